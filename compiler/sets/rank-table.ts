/**
 * Rank tables: every boundary that the sets of one comparison use, sorted; a set then is a list of small integers. Engines
 * share the table, so that they share one coordinate system.
 */
import type { Address } from "../../grammar/address.js";
import { IPV4_END, IPV6_END, IPV6_START, lineOf } from "./address-set.js";
import { type Bounds, boundsUpTo, type LineValue } from "./bounds.js";
import { countServices, ICMP, ICMPV6, SERVICE_END, type Service, SLOTS, TCP, UDP } from "./service-set.js";

/** What the values of a dimension are. */
export type LineName = "address" | "service";

/** A dimension of the packet space. */
export interface Dimension {
  readonly name: string;
  readonly line: LineName;
}

/** The dimensions in the order in which they are decided and shown; a further one is a further entry. */
export const DIMENSIONS = [
  { name: "source", line: "address" },
  { name: "destination", line: "address" },
  { name: "service", line: "service" },
] as const satisfies readonly Dimension[];

/** The sorted boundaries of one line. Rank r is the interval from boundary r to boundary r + 1, the end exclusive. */
export class RankLine<T extends LineValue> {
  readonly name: LineName;
  readonly boundaries: readonly T[];
  readonly #count: (start: T, end: T) => bigint;
  readonly #ranked = new WeakMap<Bounds<T>, Bounds<number>>();

  /** `boundaries` are strictly increasing; `count` says how many values lie in `[start, end)`. */
  constructor(name: LineName, boundaries: readonly T[], count: (start: T, end: T) => bigint) {
    this.name = name;
    this.boundaries = boundaries;
    this.#count = count;
  }

  /** A set in ranks. Throws where the table lacks one of its boundaries. */
  toRanks(bounds: Bounds<T>): Bounds<number> {
    const known = this.#ranked.get(bounds);
    if (known !== undefined) return known;
    const ranks = bounds.map((bound) => {
      const rank = this.rankAt(bound);
      if (this.boundaries[rank] === bound) return rank;
      throw new Error(`the ${this.name} boundary ${bound} is not in the rank table`);
    });
    this.#ranked.set(bounds, ranks);
    return ranks;
  }

  /** A set in ranks, as its values. */
  fromRanks(ranks: Bounds<number>): Bounds<T> {
    return ranks.map((rank) => this.#boundary(rank));
  }

  /** The rank whose interval holds a value of the line. */
  rankAt(value: T): number {
    return boundsUpTo(this.boundaries, value) - 1;
  }

  /** How many values the ranks from `start` to `end`, exclusive, stand for. */
  weight(start: number, end: number): bigint {
    return this.#count(this.#boundary(start), this.#boundary(end));
  }

  #boundary(rank: number): T {
    const boundary = this.boundaries[rank];
    if (boundary === undefined) throw new Error(`the ${this.name} line has no rank ${rank}`);
    return boundary;
  }
}

/** The lines of a comparison: one for both address dimensions, so that sets can be turned round, and one for services. */
export interface RankTable {
  readonly address: RankLine<bigint>;
  readonly service: RankLine<number>;
}

/** Where the protocols that have slots begin and end. */
const SLOTTED_EDGES = [ICMP, TCP, UDP, ICMPV6].flatMap((protocol) => [protocol * SLOTS, (protocol + 1) * SLOTS]);

/** The table with these boundaries, in any order and repeated, and those of the families and the protocols with slots. */
export function rankTable(addresses: readonly bigint[], services: readonly number[]): RankTable {
  return {
    address: new RankLine(
      "address",
      ascending([...addresses, 0n, IPV4_END, IPV6_START, IPV6_END]),
      (start, end) => end - start,
    ),
    service: new RankLine("service", ascending([...services, 0, SERVICE_END, ...SLOTTED_EDGES]), (start, end) =>
      BigInt(countServices(start, end)),
    ),
  };
}

/** How many values the ranks from `start` to `end`, exclusive, of a dimension stand for. */
export function weightOf(table: RankTable, level: number, start: number, end: number): bigint {
  const line = DIMENSIONS[level]?.line;
  if (line === undefined) throw new Error(`the packet space has no dimension ${level}`);
  return table[line].weight(start, end);
}

/** The rank of an address. */
export function addressRank(table: RankTable, address: Address): number {
  return table.address.rankAt(lineOf(address));
}

/** The rank of a service. */
export function serviceRank(table: RankTable, service: Service): number {
  return table.service.rankAt(service.protocol * SLOTS + service.slot);
}

function ascending<T extends LineValue>(values: T[]): readonly T[] {
  values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return values.filter((value, index) => index === 0 || value !== values[index - 1]);
}
