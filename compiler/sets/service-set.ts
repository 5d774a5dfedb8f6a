/** Sets of services: pairs of a protocol and a destination port, or an ICMP type and code. */
import type { Family } from "../../grammar/address.js";
import {
  type Bounds,
  combine,
  compareBounds,
  containsPoint,
  covers,
  DIFFERENCE,
  INTERSECTION,
  overlap,
  sameBounds,
  toPairs,
  UNION,
  unionAll,
} from "./bounds.js";

/** Protocol numbers of the IANA registry "Protocol Numbers" whose services have parts. */
export const ICMP = 1;
/** Protocol number of TCP. */
export const TCP = 6;
/** Protocol number of UDP. */
export const UDP = 17;
/** Protocol number of ICMPv6. */
export const ICMPV6 = 58;

/** Slots of a protocol: places of the service line, which holds protocol 0 first and protocol 255 last. */
export const SLOTS = 65_536;
/** The end of the service line, exclusive. */
export const SERVICE_END = 256 * SLOTS;

/** What a protocol's slots mean: destination ports, `type * 256 + code`, or nothing, so that the protocol is one service. */
export type SlotMeaning = "port" | "icmp" | "none";

/** The meaning of a protocol's slots. */
export function slotMeaning(protocol: number): SlotMeaning {
  if (protocol === TCP || protocol === UDP) return "port";
  return protocol === ICMP || protocol === ICMPV6 ? "icmp" : "none";
}

/** One interval of services of one protocol: slots `first` to `last`, both in it; 0 to 65535 is the whole protocol. */
export interface ServicePiece {
  readonly protocol: number;
  readonly first: number;
  readonly last: number;
}

/** One service: a slot of a protocol, 0 where the protocol's slots mean nothing. */
export interface Service {
  readonly protocol: number;
  readonly slot: number;
}

/** An immutable set of services. Equal sets have equal `bounds` and equal keys. Never part of a protocol without slots. */
export class ServiceSet {
  static readonly empty = new ServiceSet([]);
  /** Every protocol. */
  static readonly any = new ServiceSet([0, SERVICE_END]);

  /** The set on the service line (`protocol * 65536 + slot`): starts and exclusive ends of its intervals. */
  readonly bounds: Bounds<number>;
  #key: string | undefined;
  #ipv4: ServiceSet | undefined;
  #ipv6: ServiceSet | undefined;

  private constructor(bounds: Bounds<number>) {
    this.bounds = bounds;
  }

  /** A whole protocol. Throws where the number is not in 0 to 255. */
  static protocol(protocol: number): ServiceSet {
    return ServiceSet.slots(protocol, 0, SLOTS - 1);
  }

  /** Destination ports `first` to `last`, both in it. Throws where they are reversed or not in 0 to 65535. */
  static ports(protocol: "tcp" | "udp", first: number, last: number = first): ServiceSet {
    return ServiceSet.slots(protocol === "tcp" ? TCP : UDP, first, last);
  }

  /** An ICMP type with one code, or with every code. Throws where a number is not in 0 to 255. */
  static icmp(family: Family, type: number, code?: number): ServiceSet {
    check(type, 255);
    if (code !== undefined) check(code, 255);
    const first = type * 256 + (code ?? 0);
    return ServiceSet.slots(family === 4 ? ICMP : ICMPV6, first, code === undefined ? first + 255 : first);
  }

  /** The union of pieces in any order. Throws where one cuts a protocol without slots or leaves the service line. */
  static ofPieces(pieces: Iterable<ServicePiece>): ServiceSet {
    return ServiceSet.unionAll([...pieces].map(({ protocol, first, last }) => ServiceSet.slots(protocol, first, last)));
  }

  /** The set with these bounds on the service line, which must be strictly increasing and cut no protocol without slots. */
  static ofBounds(bounds: Bounds<number>): ServiceSet {
    return ServiceSet.of(bounds);
  }

  /** The union of any number of sets, in one pass. */
  static unionAll(sets: Iterable<ServiceSet>): ServiceSet {
    return ServiceSet.of(unionAll([...sets].map((set) => set.bounds)));
  }

  private static of(bounds: Bounds<number>): ServiceSet {
    return bounds.length === 0 ? ServiceSet.empty : new ServiceSet(bounds);
  }

  private static slots(protocol: number, first: number, last: number): ServiceSet {
    check(protocol, 255);
    check(first, last);
    check(last, SLOTS - 1);
    if (slotMeaning(protocol) === "none" && last - first !== SLOTS - 1) {
      throw new Error(`protocol ${protocol} has neither ports nor types: it is always taken whole`);
    }
    return new ServiceSet([protocol * SLOTS + first, protocol * SLOTS + last + 1]);
  }

  union(other: ServiceSet): ServiceSet {
    if (this === other || other.isEmpty()) return this;
    return this.isEmpty() ? other : ServiceSet.of(combine(this.bounds, other.bounds, UNION));
  }

  intersect(other: ServiceSet): ServiceSet {
    return this === other ? this : ServiceSet.of(combine(this.bounds, other.bounds, INTERSECTION));
  }

  subtract(other: ServiceSet): ServiceSet {
    return other.isEmpty() ? this : ServiceSet.of(combine(this.bounds, other.bounds, DIFFERENCE));
  }

  isEmpty(): boolean {
    return this.bounds.length === 0;
  }

  contains(service: Service): boolean {
    return containsPoint(this.bounds, service.protocol * SLOTS + service.slot);
  }

  /** True where every service of `other` is in this set; so for every empty `other`. */
  containsSet(other: ServiceSet): boolean {
    return this === other || covers(this.bounds, other.bounds);
  }

  /** True where the sets have a service in common. */
  overlaps(other: ServiceSet): boolean {
    return overlap(this.bounds, other.bounds);
  }

  equals(other: ServiceSet): boolean {
    return this === other || sameBounds(this.bounds, other.bounds);
  }

  /** The services that have a meaning in a family: ICMP has none in IPv6, ICMPv6 none in IPv4. */
  forFamily(family: Family): ServiceSet {
    if (family === 4) {
      this.#ipv4 ??= this.#without(WHOLE_ICMPV6);
      return this.#ipv4;
    }
    this.#ipv6 ??= this.#without(WHOLE_ICMP);
    return this.#ipv6;
  }

  #without(other: ServiceSet): ServiceSet {
    return this.overlaps(other) ? this.subtract(other) : this;
  }

  /** How many services: ports, types with codes, and one for each protocol that has neither. */
  size(): bigint {
    return toPairs(this.bounds).reduce((sum, [start, end]) => sum + BigInt(countServices(start, end)), 0n);
  }

  /** The maximal intervals cut at protocols, by protocol and slot. */
  pieces(): readonly ServicePiece[] {
    const out: ServicePiece[] = [];
    for (const [start, end] of toPairs(this.bounds)) {
      for (let at = start; at < end; ) {
        const protocol = Math.floor(at / SLOTS);
        const stop = Math.min(end, (protocol + 1) * SLOTS);
        out.push({ protocol, first: at - protocol * SLOTS, last: stop - 1 - protocol * SLOTS });
        at = stop;
      }
    }
    return out;
  }

  /** The service of the lowest protocol and slot; undefined where the set is empty. */
  first(): Service | undefined {
    const [start] = this.bounds;
    return start === undefined ? undefined : serviceAt(start);
  }

  /** A text that is equal for equal sets and differs for others. */
  key(): string {
    this.#key ??= this.bounds.map((bound) => bound.toString(16)).join(" ");
    return this.#key;
  }
}

const WHOLE_ICMP = ServiceSet.protocol(ICMP);
const WHOLE_ICMPV6 = ServiceSet.protocol(ICMPV6);

/** Starts of the protocols that have slots, and the starts of the protocols after them, in order. */
const SLOTTED: Bounds<number> = ServiceSet.unionAll([ICMP, TCP, UDP, ICMPV6].map(ServiceSet.protocol)).bounds;

/** How many services lie in `[start, end)` of the service line, which cuts no protocol without slots. */
export function countServices(start: number, end: number): number {
  const slotted = combine([start, end], SLOTTED, INTERSECTION);
  const slots = toPairs(slotted).reduce((sum, [from, to]) => sum + (to - from), 0);
  return slots + (end - start - slots) / SLOTS;
}

/** The service at a place of the service line. */
export function serviceAt(line: number): Service {
  const protocol = Math.floor(line / SLOTS);
  return { protocol, slot: slotMeaning(protocol) === "none" ? 0 : line - protocol * SLOTS };
}

/** Orders sets by their lowest services; the order is total on sets. */
export function compareServiceSets(a: ServiceSet, b: ServiceSet): number {
  return compareBounds(a.bounds, b.bounds);
}

function check(value: number, most: number): void {
  if (!Number.isInteger(value) || value < 0 || value > most) throw new Error(`${value} is not in 0 to ${most}`);
}
