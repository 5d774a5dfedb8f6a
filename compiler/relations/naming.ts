/** Says address sets in the estate's own names, as expressions of the language, and finds who owns an address. */
import { type Address, formatAddress, formatPrefix, prefixRange, rangeToPrefixes } from "../../grammar/address.js";
import { compareCodePoints } from "../../grammar/source.js";
import type { DomainId, Estate, Holding } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";

/** Something with a name that denotes addresses of one domain. */
interface Named {
  readonly path: string;
  readonly set: AddressSet;
  readonly children: readonly Named[];
}

/** Names of address sets and owners of addresses, by domain. */
export class Naming {
  private readonly estate: Estate;
  private readonly trees = new Map<DomainId, readonly Named[]>();
  private readonly exact = new Map<string, string>();
  private readonly holdings = new Map<DomainId, readonly Holding[]>();
  private readonly prefixes: ReadonlyMap<DomainId, ReadonlySet<string>>;

  constructor(estate: Estate) {
    this.estate = estate;
    for (const segment of estate.segments) {
      this.holdings.set(
        segment.name,
        estate.holdings.filter((holding) => holding.domain === segment.name),
      );
    }
    for (const segment of estate.segments) this.index(segment.name);
    this.prefixes = declaredEdges(estate);
  }

  private index(domain: DomainId): void {
    const roots = namedTree(this.holdingsOf(domain));
    this.trees.set(domain, roots);
    const remember = (path: string, set: AddressSet): void => {
      const key = `${domain} ${set.key()}`;
      if (!set.isEmpty() && !this.exact.has(key)) this.exact.set(key, path);
    };
    remember(domain, AddressSet.unionAll(roots.map((root) => root.set)));
    const walk = (named: Named): void => {
      remember(named.path, named.set);
      named.children.forEach(walk);
    };
    roots.forEach(walk);
    for (const group of this.estate.groups) {
      if (group.endpoints.domains().length === 1) remember(group.path, group.endpoints.in(domain));
    }
  }

  holdingsOf(domain: DomainId): readonly Holding[] {
    return this.holdings.get(domain) ?? [];
  }

  /** The innermost declaration that owns an address; undefined where nobody does. */
  ownerOf(domain: DomainId, address: Address): Holding | undefined {
    return this.holdingsOf(domain).find((holding) => holding.addresses.contains(address));
  }

  /** The set as an expression: one name where one denotes it exactly, else a union of names and parts of names. */
  describe(domain: DomainId, set: AddressSet): string {
    const one = this.exact.get(`${domain} ${set.key()}`);
    if (one !== undefined) return one;
    const terms: string[] = [];
    const rest = describeInto(this.trees.get(domain) ?? [], set, terms);
    if (!rest.isEmpty()) terms.push(addressText(rest));
    return terms.join(" + ");
  }

  /** A plausible address of a set: a declared host before bare ones, no first or last address of a declared prefix. */
  pick(domain: DomainId, set: AddressSet): Address | undefined {
    for (const holding of this.holdingsOf(domain)) {
      if (holding.kind !== "host") continue;
      const host = holding.addresses.intersect(set).first();
      if (host !== undefined) return host;
    }
    const edges = this.prefixes.get(domain);
    for (const range of set.ranges()) {
      const tries = range.last - range.first < 4n ? range.last - range.first + 1n : 4n;
      for (let i = 0n; i < tries; i++) {
        const address = { family: range.family, value: range.first + i };
        if (edges?.has(formatAddress(address)) !== true) return address;
      }
    }
    return set.first();
  }
}

/** First and last addresses of declared prefixes, as text, by domain. */
function declaredEdges(estate: Estate): ReadonlyMap<DomainId, ReadonlySet<string>> {
  const edges = new Map<DomainId, Set<string>>();
  const add = (domain: DomainId, cidrs: readonly { readonly value: Parameters<typeof prefixRange>[0] }[]): void => {
    const set = edges.get(domain) ?? new Set<string>();
    edges.set(domain, set);
    for (const cidr of cidrs) {
      const { family, first, last } = prefixRange(cidr.value);
      if (last - first < 2n) continue;
      set.add(formatAddress({ family, value: first }));
      set.add(formatAddress({ family, value: last }));
    }
  };
  for (const network of estate.networks) {
    add(network.domain, network.cidrs);
    for (const subnet of network.subnets) add(network.domain, subnet.cidrs);
  }
  for (const external of estate.externals) add(external.domain, external.cidrs);
  return edges;
}

/** The names of a domain as a tree by path, each with all its addresses. */
function namedTree(holdings: readonly Holding[]): readonly Named[] {
  const sets = new Map<string, AddressSet[]>();
  for (const holding of holdings) {
    const parts = holding.path.split(".");
    for (let i = 1; i <= parts.length; i++) {
      const path = parts.slice(0, i).join(".");
      const list = sets.get(path) ?? [];
      list.push(holding.addresses);
      sets.set(path, list);
    }
  }
  const paths = [...sets.keys()].sort(compareCodePoints);
  const childrenOf = new Map<string, string[]>();
  for (const path of paths) {
    const parent = path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "";
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), path]);
  }
  const build = (path: string): Named => ({
    path,
    set: AddressSet.unionAll(sets.get(path) ?? []),
    children: (childrenOf.get(path) ?? []).map(build),
  });
  return (childrenOf.get("") ?? []).map(build);
}

/** Adds the terms that cover `set` and returns what no name covers. */
function describeInto(names: readonly Named[], set: AddressSet, terms: string[]): AddressSet {
  let rest = set;
  for (const named of names) {
    if (rest.isEmpty()) break;
    const part = rest.intersect(named.set);
    if (part.isEmpty()) continue;
    rest = rest.subtract(part);
    if (part.equals(named.set)) {
      terms.push(named.path);
      continue;
    }
    const left = describeInto(named.children, part, terms);
    if (!left.isEmpty()) terms.push(`${named.path} & ${addressText(left)}`);
  }
  return rest;
}

/** Addresses as the language writes them: one literal, or a list. */
export function addressText(set: AddressSet): string {
  const texts = set.ranges().map((range) => {
    const prefixes = rangeToPrefixes(range);
    const only = prefixes[0];
    if (range.first === range.last) return formatAddress({ family: range.family, value: range.first });
    if (prefixes.length === 1 && only !== undefined) return formatPrefix(only);
    return `${formatAddress({ family: range.family, value: range.first })}..${formatAddress({ family: range.family, value: range.last })}`;
  });
  return texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
}
