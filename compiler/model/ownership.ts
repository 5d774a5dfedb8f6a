/**
 * Who owns an address of a routing domain: the one function, by longest prefix. The overlap check asks it too, and
 * nobody else compares prefixes pairwise. Everything is one sweep over sorted prefixes.
 */
import {
  type Address,
  compareAddresses,
  comparePrefixes,
  type Prefix,
  prefixContains,
  prefixRange,
} from "../../grammar/address.js";
import { compareSpans, type Span } from "../../grammar/source.js";

/** A prefix that is present in a routing domain. */
export interface OwnedPrefix {
  readonly prefix: Prefix;
  /** Path of the network or external, or any other name of who owns the prefix. */
  readonly owner: string;
  /** Of an external with `summary = true`: it may cover longer prefixes, and owns what they do not. */
  readonly summary: boolean;
  readonly span: Span;
}

/** Two prefixes that cannot both be present. `later` is the later in (file, position) order: where it is shown. */
export interface PrefixOverlap {
  readonly later: OwnedPrefix;
  readonly earlier: OwnedPrefix;
}

interface Node {
  readonly entry: OwnedPrefix;
  /** The nearest prefix around it. */
  readonly parent: Node | undefined;
}

/** The prefixes of one routing domain, and who owns its addresses. */
export class Ownership {
  /** In address order, wider ones first. */
  private readonly nodes: readonly Node[];

  private constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }

  /** Of any prefixes; the same prefix may come several times. */
  static of(entries: Iterable<OwnedPrefix>): Ownership {
    const sorted = [...entries].sort((a, b) => comparePrefixes(a.prefix, b.prefix) || compareSpans(a.span, b.span));
    const nodes: Node[] = [];
    let open: Node | undefined;
    for (const entry of sorted) {
      while (open !== undefined && !prefixContains(open.entry.prefix, entry.prefix)) open = open.parent;
      open = { entry, parent: open };
      nodes.push(open);
    }
    return new Ownership(nodes);
  }

  /** The prefixes in address order, wider ones first. */
  get entries(): readonly OwnedPrefix[] {
    return this.nodes.map(({ entry }) => entry);
  }

  /** The owner of an address: the longest prefix around it. Undefined where none is. */
  ownerOf(address: Address): OwnedPrefix | undefined {
    return this.around(address).next().value ?? undefined;
  }

  /** All prefixes around an address, the longest first. */
  *around(address: Address): Generator<OwnedPrefix, undefined> {
    let node = this.lastBefore(address);
    while (node !== undefined) {
      const { last } = prefixRange(node.entry.prefix);
      if (node.entry.prefix.family === address.family && address.value <= last) yield node.entry;
      node = node.parent;
    }
    return undefined;
  }

  /** The last prefix that begins at or before an address; every prefix around the address is this or around this. */
  private lastBefore(address: Address): Node | undefined {
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const node = this.nodes[middle];
      if (node !== undefined && compareAddresses(node.entry.prefix, address) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.nodes[low - 1];
  }

  /**
   * Pairs of different owners that clash: one inside (or equal to) the other, which is no summary; or two equal ones. A
   * prefix inside several clashing ones is listed with the nearest. Prefixes of one owner never clash here.
   */
  overlaps(): readonly PrefixOverlap[] {
    const found: PrefixOverlap[] = [];
    for (const { entry, parent } of this.nodes) {
      for (let outer = parent; outer !== undefined; outer = outer.parent) {
        const other = outer.entry;
        const isEqual = other.prefix.length === entry.prefix.length;
        if (other.owner === entry.owner || (other.summary && !isEqual)) continue;
        const isLater = compareSpans(entry.span, other.span) >= 0;
        found.push(isLater ? { later: entry, earlier: other } : { later: other, earlier: entry });
        break;
      }
    }
    return found;
  }

  /** For each summary prefix, the longer prefixes of other owners inside it: what it does not own. */
  holes(): ReadonlyMap<OwnedPrefix, readonly Prefix[]> {
    const found = new Map<OwnedPrefix, Prefix[]>();
    for (const { entry, parent } of this.nodes) {
      for (let outer = parent; outer !== undefined; outer = outer.parent) {
        const other = outer.entry;
        if (!other.summary || other.owner === entry.owner || other.prefix.length === entry.prefix.length) continue;
        const holes = found.get(other) ?? [];
        holes.push(entry.prefix);
        found.set(other, holes);
      }
    }
    return found;
  }
}
