/**
 * Sets of prefixes: what a route policy accepts, an external may announce, a table holds. Exact under union, intersection
 * and difference: for each family and length the set of addresses whose prefixes of that length belong to it.
 */
import { type Address, comparePrefixes, type Family, familyBits, type Prefix } from "../../grammar/address.js";
import { AddressSet } from "../sets/address-set.js";

/** Prefixes inside `prefix` whose length lies between `from` and `to`, both included. */
export interface PrefixRange {
  readonly prefix: Prefix;
  readonly from: number;
  readonly to: number;
}

/** A prefix of one family and one length, of which `addresses` says where. */
interface Layer {
  readonly family: Family;
  readonly length: number;
  readonly addresses: AddressSet;
}

/** An immutable set of prefixes of both families. */
export class PrefixSpace {
  static readonly empty = new PrefixSpace([]);
  /** Layers with addresses, by family and length. */
  readonly layers: readonly Layer[];

  private constructor(layers: readonly Layer[]) {
    this.layers = layers;
  }

  /** Every prefix of a family, the default route included. */
  static allOf(family: Family): PrefixSpace {
    const addresses = AddressSet.allOf(family);
    return PrefixSpace.of(
      Array.from({ length: familyBits(family) + 1 }, (_, length) => ({ family, length, addresses })),
    );
  }

  /** Exactly these prefixes. */
  static ofPrefixes(prefixes: Iterable<Prefix>): PrefixSpace {
    return PrefixSpace.ofRanges([...prefixes].map((prefix) => ({ prefix, from: prefix.length, to: prefix.length })));
  }

  /** The union of ranges; lengths outside a range's own prefix or family give nothing. */
  static ofRanges(ranges: Iterable<PrefixRange>): PrefixSpace {
    const byLayer = new Map<string, { family: Family; length: number; prefixes: Prefix[] }>();
    for (const { prefix, from, to } of ranges) {
      const { family } = prefix;
      for (let length = Math.max(from, prefix.length); length <= Math.min(to, familyBits(family)); length++) {
        const key = `${family} ${length}`;
        const layer = byLayer.get(key) ?? { family, length, prefixes: [] };
        byLayer.set(key, layer);
        layer.prefixes.push(prefix);
      }
    }
    return PrefixSpace.of(
      [...byLayer.values()].map(({ family, length, prefixes }) => ({
        family,
        length,
        addresses: AddressSet.ofPrefixes(prefixes),
      })),
    );
  }

  private static of(layers: readonly Layer[]): PrefixSpace {
    const kept = layers.filter((layer) => !layer.addresses.isEmpty());
    return new PrefixSpace(kept.sort((a, b) => a.family - b.family || a.length - b.length));
  }

  private layer(family: Family, length: number): AddressSet {
    return this.layers.find((one) => one.family === family && one.length === length)?.addresses ?? AddressSet.empty;
  }

  private combine(other: PrefixSpace, what: (a: AddressSet, b: AddressSet) => AddressSet): PrefixSpace {
    const keys = new Map([...this.layers, ...other.layers].map((one) => [`${one.family} ${one.length}`, one] as const));
    return PrefixSpace.of(
      [...keys.values()].map(({ family, length }) => ({
        family,
        length,
        addresses: what(this.layer(family, length), other.layer(family, length)),
      })),
    );
  }

  union(other: PrefixSpace): PrefixSpace {
    return this.combine(other, (a, b) => a.union(b));
  }

  intersect(other: PrefixSpace): PrefixSpace {
    return this.combine(other, (a, b) => a.intersect(b));
  }

  subtract(other: PrefixSpace): PrefixSpace {
    return this.combine(other, (a, b) => a.subtract(b));
  }

  isEmpty(): boolean {
    return this.layers.length === 0;
  }

  contains(prefix: Prefix): boolean {
    const first: Address = { family: prefix.family, value: prefix.value };
    return this.layer(prefix.family, prefix.length).contains(first);
  }

  containsSpace(other: PrefixSpace): boolean {
    return other.layers.every(({ family, length, addresses }) => this.layer(family, length).containsSet(addresses));
  }

  equals(other: PrefixSpace): boolean {
    return this.containsSpace(other) && other.containsSpace(this);
  }

  /** Every address that some prefix of the set covers. */
  addresses(): AddressSet {
    return AddressSet.unionAll(this.layers.map((layer) => layer.addresses));
  }

  /** The shortest prefix of the set that comes first, for messages; undefined where it is empty. */
  first(): Prefix | undefined {
    const candidates = this.layers.flatMap(({ family, length, addresses }) => {
      const first = addresses.first();
      return first === undefined ? [] : [{ family, value: first.value, length }];
    });
    return candidates.sort((a, b) => a.length - b.length || comparePrefixes(a, b))[0];
  }
}
