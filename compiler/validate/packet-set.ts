/** Sets of packets: the interval diagram over the dimensions of `packet-space.ts`, with ranks of its own for addresses. */
import type { Address } from "../../grammar/address.js";
import { AddressSet, addressAt, IPV4_END, IPV6_END, IPV6_START, lineOf } from "../sets/address-set.js";
import { type Bounds, combine, INTERSECTION } from "../sets/bounds.js";
import { PLAUSIBLE_SERVICES } from "../sets/engine.js";
import { Diagram } from "../sets/interval-diagram.js";
import { FALSE } from "../sets/node-store.js";
import { RankLine } from "../sets/rank-table.js";
import { products } from "../sets/regions.js";
import { type Service, serviceAt } from "../sets/service-set.js";
import { type Cube, cubes, DIMENSIONS } from "./packet-space.js";
import type { PacketMatch, ReadFilter, ReadRule } from "./readback.js";

/** Steps that the comparison of one point may take before it ends as "not proved"; see `DEFAULT_BUDGET` of the flow sets. */
export const PACKET_BUDGET = 40_000_000;

/** One packet. */
export interface Packet extends Service {
  readonly source: Address;
  readonly destination: Address;
  /** TCP and UDP; 0 elsewhere. */
  readonly sourcePort: number;
  readonly fragment: "whole" | "first" | "later";
  readonly established: boolean;
  readonly ttl: number;
}

/** A cross product of a set, as values. */
export interface PacketRegion {
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: Bounds<number>;
  readonly sourcePort: Bounds<number>;
  readonly fragment: Bounds<number>;
  readonly established: Bounds<number>;
  readonly ttl: Bounds<number>;
}

/** Names a set of packets inside its space. Equal sets are equal numbers. */
export type PacketSet = number;

const NAMES = ["whole", "first", "later"] as const;

/** All sets of one comparison. Every address set that will be used must be given at the start. */
export class PacketSpace {
  readonly #addresses: RankLine<bigint>;
  readonly #diagram: Diagram;
  readonly none: PacketSet = FALSE;

  constructor(addresses: Iterable<AddressSet>, budget: number = PACKET_BUDGET) {
    const all = new Set<bigint>([0n, IPV4_END, IPV6_START, IPV6_END]);
    for (const set of new Set(addresses)) for (const bound of set.bounds) all.add(bound);
    const sorted = [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    this.#addresses = new RankLine("address", sorted, (start, end) => end - start);
    this.#diagram = new Diagram(DIMENSIONS.length, budget);
  }

  /** @throws BudgetExceeded, as all operations */
  cube(cube: Cube): PacketSet {
    const { source, destination, service, sourcePort, fragment, established, ttl } = cube;
    const sides = [this.#addresses.toRanks(source.bounds), this.#addresses.toRanks(destination.bounds)];
    return this.#diagram.box([...sides, service, sourcePort, fragment, established, ttl]);
  }

  match(matches: readonly PacketMatch[], later: "may" | "must"): PacketSet {
    return this.union(matches.flatMap((match) => cubes(match, later).map((cube) => this.cube(cube))));
  }

  union(sets: readonly PacketSet[]): PacketSet {
    return this.#diagram.unionAll(sets);
  }

  intersect(a: PacketSet, b: PacketSet): PacketSet {
    return this.#diagram.intersect(a, b);
  }

  subtract(a: PacketSet, b: PacketSet): PacketSet {
    return this.#diagram.subtract(a, b);
  }

  subset(a: PacketSet, b: PacketSet): boolean {
    return this.#diagram.subset(a, b);
  }

  isEmpty(set: PacketSet): boolean {
    return set === FALSE;
  }

  /** What a filter admits: in doubt about later fragments, what it might. */
  admitted(filter: ReadFilter, everything: PacketSet): PacketSet {
    if (filter.evaluation === "union") {
      return this.union(filter.rules.filter(isAdmit).map((rule) => this.match(rule.matches, "may")));
    }
    const deciding = filter.rules.filter((rule) => rule.action !== "pass");
    const { admitted, matched } = this.#list(deciding, 0, deciding.length);
    return filter.otherwise === "drop" ? admitted : this.union([admitted, this.subtract(everything, matched)]);
  }

  /** A first-match list, halves first: what it admits, and what it decides. */
  #list(rules: readonly ReadRule[], from: number, to: number): { admitted: PacketSet; matched: PacketSet } {
    const rule = rules[from];
    if (rule === undefined || from >= to) return { admitted: FALSE, matched: FALSE };
    if (to - from === 1) {
      const matched = this.match(rule.matches, isAdmit(rule) ? "may" : "must");
      return { admitted: isAdmit(rule) ? matched : FALSE, matched };
    }
    const middle = (from + to) >> 1;
    const first = this.#list(rules, from, middle);
    const second = this.#list(rules, middle, to);
    return {
      admitted: this.union([first.admitted, this.subtract(second.admitted, first.matched)]),
      matched: this.union([first.matched, second.matched]),
    };
  }

  /** The disjoint cross products of a set, in canonical order. */
  regions(set: PacketSet): readonly PacketRegion[] {
    const addresses = (ranks: Bounds<number> = []): AddressSet => AddressSet.ofBounds(this.#addresses.fromRanks(ranks));
    return products(this.#diagram, set).map(
      ([from, to, service = [], sourcePort = [], fragment = [], established = [], ttl = []]) => ({
        source: addresses(from),
        destination: addresses(to),
        ...{ service, sourcePort, fragment, established, ttl },
      }),
    );
  }

  /** The sources of a set. */
  sources(set: PacketSet): AddressSet {
    return AddressSet.ofBounds(this.#addresses.fromRanks(this.#diagram.ranks(set)));
  }

  /** One packet of a set, the same on every run; `prefer` chooses among addresses. Undefined where it is empty. */
  pick(
    set: PacketSet,
    prefer: (side: "source" | "destination", of: AddressSet) => Address | undefined,
  ): Packet | undefined {
    if (set === FALSE) return undefined;
    const source = this.#pickAddress(set, (of) => prefer("source", of));
    const below = this.#below(set, source);
    const destination = this.#pickAddress(below, (of) => prefer("destination", of));
    const values: number[] = [];
    let node = this.#below(below, destination);
    for (let level = 2; level < DIMENSIONS.length; level++) {
      const ranks = this.#diagram.ranks(node);
      const value = (level === 2 ? plausible(ranks) : ranks)[0] ?? 0;
      values.push(value);
      node = this.#diagram.child(node, value);
    }
    const [service = 0, sourcePort = 0, fragment = 0, established = 0, ttl = 0] = values;
    return {
      source,
      destination,
      ...serviceAt(service),
      sourcePort,
      fragment: NAMES[fragment] ?? "whole",
      established: established === 1,
      ttl,
    };
  }

  #pickAddress(node: PacketSet, prefer: (of: AddressSet) => Address | undefined): Address {
    const set = this.sources(node);
    const found = prefer(set);
    if (found !== undefined && set.contains(found)) return found;
    return set.first() ?? addressAt(0n);
  }

  #below(node: PacketSet, address: Address): PacketSet {
    return this.#diagram.child(node, this.#addresses.rankAt(lineOf(address)));
  }
}

function isAdmit(rule: ReadRule): boolean {
  return rule.action === "admit";
}

/** The part of a set of services that people look for first. */
function plausible(services: Bounds<number>): Bounds<number> {
  for (const wanted of PLAUSIBLE_SERVICES) {
    const narrowed = combine(services, wanted.bounds, INTERSECTION);
    if (narrowed.length > 0) return narrowed;
  }
  return services;
}
