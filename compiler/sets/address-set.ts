/** Sets of addresses of both families. */
import {
  type Address,
  type AddressRange,
  type Family,
  formatAddress,
  formatPrefix,
  maxAddress,
  type Prefix,
  prefixRange,
  rangeToPrefixes,
} from "../../grammar/address.js";
import {
  type Bounds,
  boundsUpTo,
  combine,
  compareBounds,
  containsPoint,
  covers,
  DIFFERENCE,
  fromPairs,
  INTERSECTION,
  overlap,
  sameBounds,
  toPairs,
  UNION,
  unionAll,
} from "./bounds.js";

/**
 * Where IPv6 begins on the address line, which holds the IPv4 values at 0 and the IPv6 values from here on. The values
 * between belong to no address; because of that gap the last IPv4 and the first IPv6 address are not neighbours.
 */
export const IPV6_START = 1n << 33n;
/** The ends of the families on the address line, exclusive. */
export const IPV4_END = maxAddress(4) + 1n;
/** The end of the IPv6 addresses on the address line, exclusive. */
export const IPV6_END = IPV6_START + maxAddress(6) + 1n;

/** The place of an address on the address line. */
export function lineOf(address: Address): bigint {
  return address.family === 4 ? address.value : IPV6_START + address.value;
}

/** The address at a place of the address line. */
export function addressAt(line: bigint): Address {
  return line < IPV6_START ? { family: 4, value: line } : { family: 6, value: line - IPV6_START };
}

/** An immutable set of addresses of both families. Equal sets have equal `bounds` and equal keys. */
export class AddressSet {
  static readonly empty = new AddressSet([]);
  /** Every address of both families. */
  static readonly all = new AddressSet([0n, IPV4_END, IPV6_START, IPV6_END]);
  static readonly #ipv4 = new AddressSet([0n, IPV4_END]);
  static readonly #ipv6 = new AddressSet([IPV6_START, IPV6_END]);

  /** The set on the address line: starts and exclusive ends of its intervals. */
  readonly bounds: Bounds<bigint>;
  #key: string | undefined;
  #prefixes: readonly Prefix[] | undefined;
  #families: { readonly 4: AddressSet; readonly 6: AddressSet } | undefined;

  private constructor(bounds: Bounds<bigint>) {
    this.bounds = bounds;
  }

  /** Every address of a family. */
  static allOf(family: Family): AddressSet {
    return family === 4 ? AddressSet.#ipv4 : AddressSet.#ipv6;
  }

  /** The addresses of a range. Throws where the range is reversed or leaves its family. */
  static ofRange(range: AddressRange): AddressSet {
    return new AddressSet(rangeBounds(range));
  }

  static ofPrefix(prefix: Prefix): AddressSet {
    return AddressSet.ofRange(prefixRange(prefix));
  }

  static ofAddress(address: Address): AddressSet {
    return AddressSet.ofRange({ family: address.family, first: address.value, last: address.value });
  }

  /** The union of ranges in any order. Throws where one is reversed or leaves its family. */
  static ofRanges(ranges: Iterable<AddressRange>): AddressSet {
    return AddressSet.of(fromPairs([...ranges].map(rangeBounds)));
  }

  /** The union of prefixes in any order. */
  static ofPrefixes(prefixes: Iterable<Prefix>): AddressSet {
    return AddressSet.ofRanges([...prefixes].map(prefixRange));
  }

  /** The set with these bounds on the address line, which must be strictly increasing and lie inside the families. */
  static ofBounds(bounds: Bounds<bigint>): AddressSet {
    return AddressSet.of(bounds);
  }

  /** The union of any number of sets, in one pass. */
  static unionAll(sets: Iterable<AddressSet>): AddressSet {
    return AddressSet.of(unionAll([...sets].map((set) => set.bounds)));
  }

  private static of(bounds: Bounds<bigint>): AddressSet {
    return bounds.length === 0 ? AddressSet.empty : new AddressSet(bounds);
  }

  union(other: AddressSet): AddressSet {
    if (this === other || other.isEmpty()) return this;
    return this.isEmpty() ? other : AddressSet.of(combine(this.bounds, other.bounds, UNION));
  }

  intersect(other: AddressSet): AddressSet {
    return this === other ? this : AddressSet.of(combine(this.bounds, other.bounds, INTERSECTION));
  }

  subtract(other: AddressSet): AddressSet {
    return other.isEmpty() ? this : AddressSet.of(combine(this.bounds, other.bounds, DIFFERENCE));
  }

  isEmpty(): boolean {
    return this.bounds.length === 0;
  }

  contains(address: Address): boolean {
    return containsPoint(this.bounds, lineOf(address));
  }

  /** True where every address of `other` is in this set; so for every empty `other`. */
  containsSet(other: AddressSet): boolean {
    return this === other || covers(this.bounds, other.bounds);
  }

  /** True where the sets have an address in common. */
  overlaps(other: AddressSet): boolean {
    return overlap(this.bounds, other.bounds);
  }

  equals(other: AddressSet): boolean {
    return this === other || sameBounds(this.bounds, other.bounds);
  }

  /** How many addresses. */
  size(): bigint {
    return toPairs(this.bounds).reduce((sum, [start, end]) => sum + (end - start), 0n);
  }

  /** The addresses of one family. */
  family(family: Family): AddressSet {
    const split = boundsUpTo(this.bounds, IPV4_END);
    if (split === 0 || split === this.bounds.length) return (split === 0) === (family === 6) ? this : AddressSet.empty;
    this.#families ??= {
      4: new AddressSet(this.bounds.slice(0, split)),
      6: new AddressSet(this.bounds.slice(split)),
    };
    return this.#families[family];
  }

  /** The families that have an address in the set, 4 before 6. */
  families(): readonly Family[] {
    return ([4, 6] as const).filter((family) => !this.family(family).isEmpty());
  }

  /** The maximal ranges, IPv4 first, in address order. */
  ranges(): readonly AddressRange[] {
    return toPairs(this.bounds).map(([start, end]) => {
      const { family, value } = addressAt(start);
      return { family, first: value, last: value + (end - start) - 1n };
    });
  }

  /** The fewest prefixes that cover exactly this set, IPv4 first, in address order. */
  prefixes(): readonly Prefix[] {
    this.#prefixes ??= this.ranges().flatMap((range) => rangeToPrefixes(range));
    return this.#prefixes;
  }

  /** The lowest address, IPv4 before IPv6; undefined where the set is empty. */
  first(): Address | undefined {
    const [start] = this.bounds;
    return start === undefined ? undefined : addressAt(start);
  }

  /** For people, one text a range: an address, a prefix, or `first..last` where no single prefix is the range. */
  texts(): readonly string[] {
    return this.ranges().map((range) => {
      const first = formatAddress({ family: range.family, value: range.first });
      if (range.first === range.last) return first;
      const [prefix, more] = rangeToPrefixes(range);
      if (prefix !== undefined && more === undefined) return formatPrefix(prefix);
      return `${first}..${formatAddress({ family: range.family, value: range.last })}`;
    });
  }

  /** A text that is equal for equal sets and differs for others. */
  key(): string {
    this.#key ??= this.bounds.map((bound) => bound.toString(16)).join(" ");
    return this.#key;
  }
}

/** Orders sets by their lowest addresses; the order is total on sets. */
export function compareAddressSets(a: AddressSet, b: AddressSet): number {
  return compareBounds(a.bounds, b.bounds);
}

function rangeBounds(range: AddressRange): readonly [bigint, bigint] {
  if (range.first < 0n || range.first > range.last || range.last > maxAddress(range.family)) {
    throw new Error(`the range ${range.first}-${range.last} is no range of IPv${range.family} addresses`);
  }
  const start = lineOf({ family: range.family, value: range.first });
  return [start, start + (range.last - range.first) + 1n];
}
