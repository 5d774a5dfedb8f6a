/** Sets of packets: the interval diagram over the dimensions of `packet-space.ts`, with ranks of its own for addresses. */
import type { Address, Family } from "../../grammar/address.js";
import { AddressSet, addressAt, IPV4_END, IPV6_END, IPV6_START, lineOf } from "../sets/address-set.js";
import { type Bounds, combine, INTERSECTION } from "../sets/bounds.js";
import { PLAUSIBLE_SERVICES } from "../sets/engine.js";
import { Diagram } from "../sets/interval-diagram.js";
import { FALSE, TRUE } from "../sets/node-store.js";
import { RankLine } from "../sets/rank-table.js";
import { products } from "../sets/regions.js";
import { type Service, serviceAt } from "../sets/service-set.js";
import { type Cube, cubes, DIMENSIONS, type Transport } from "./packet-space.js";
import type { ReadFilter, ReadRule } from "./readback.js";

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
  readonly #transports = new Map<Transport, PacketSet>();
  readonly none: PacketSet = FALSE;

  constructor(addresses: Iterable<AddressSet>, budget: number = PACKET_BUDGET) {
    const all = new Set<bigint>([0n, IPV4_END, IPV6_START, IPV6_END]);
    for (const set of new Set(addresses)) for (const bound of set.bounds) all.add(bound);
    const sorted = [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    this.#addresses = new RankLine("address", sorted, (start, end) => end - start);
    this.#diagram = new Diagram(DIMENSIONS.length, budget);
  }

  /** @throws BudgetExceeded, as all operations */
  cube({ source, destination, transport }: Cube): PacketSet {
    return this.#product(source, destination, this.#transport(transport));
  }

  /** The union of cubes. Those that differ in one side alone are put together first: rules say the same of many prefixes. */
  cubes(list: readonly Cube[]): PacketSet {
    const byTransport = new Map<PacketSet, Map<AddressSet, AddressSet[]>>();
    for (const { source, destination, transport } of list) {
      const node = this.#transport(transport);
      const byDestination = byTransport.get(node) ?? new Map<AddressSet, AddressSet[]>();
      byTransport.set(node, byDestination);
      push(byDestination, destination, source);
    }
    const products: PacketSet[] = [];
    for (const [node, byDestination] of byTransport) {
      const bySources = new Map<AddressSet, AddressSet[]>();
      for (const [destination, sources] of byDestination) push(bySources, joined(sources), destination);
      for (const [source, destinations] of bySources) products.push(this.#product(source, joined(destinations), node));
    }
    return this.union(products);
  }

  #product(source: AddressSet, destination: AddressSet, transport: PacketSet): PacketSet {
    const sides = [this.#addresses.toRanks(source.bounds), this.#addresses.toRanks(destination.bounds)];
    return this.#diagram.boxOver(transport, sides, 0);
  }

  /** What lies below the addresses. */
  #transport(transport: Transport): PacketSet {
    const known = this.#transports.get(transport);
    if (known !== undefined) return known;
    const { service, sourcePort, fragment, established, ttl } = transport;
    const made = this.#diagram.boxOver(TRUE, [service, sourcePort, fragment, established, ttl], 2);
    this.#transports.set(transport, made);
    return made;
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

  /** What a filter admits of packets of one family: in doubt about later fragments, what it might. */
  admitted(filter: ReadFilter, family: Family, everything: PacketSet): PacketSet {
    if (filter.evaluation === "union") {
      return this.cubes(filter.rules.filter(isAdmit).flatMap((rule) => cubesOf(rule, family, "may")));
    }
    const runs = runsOf(filter.rules.filter((rule) => rule.action !== "pass"));
    const { admitted, matched } = this.#list(runs, family, 0, runs.length);
    return filter.otherwise === "drop" ? admitted : this.union([admitted, this.subtract(everything, matched)]);
  }

  /** A first-match list, halves first: what it admits, and what it decides. Rules in a row that do the same have no order. */
  #list(runs: readonly Run[], family: Family, from: number, to: number): { admitted: PacketSet; matched: PacketSet } {
    const run = runs[from];
    if (run === undefined || from >= to) return { admitted: FALSE, matched: FALSE };
    if (to - from === 1) {
      const { admits, rules } = run;
      const matched = this.cubes(rules.flatMap((rule) => cubesOf(rule, family, admits ? "may" : "must")));
      return { admitted: admits ? matched : FALSE, matched };
    }
    const middle = (from + to) >> 1;
    const first = this.#list(runs, family, from, middle);
    const second = this.#list(runs, family, middle, to);
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

/** Rules that follow one another and do the same. */
interface Run {
  readonly admits: boolean;
  readonly rules: ReadRule[];
}

function runsOf(rules: readonly ReadRule[]): readonly Run[] {
  const out: Run[] = [];
  for (const rule of rules) {
    const last = out.at(-1);
    if (last?.admits === isAdmit(rule)) last.rules.push(rule);
    else out.push({ admits: isAdmit(rule), rules: [rule] });
  }
  return out;
}

function cubesOf({ matches }: ReadRule, family: Family, later: "may" | "must"): readonly Cube[] {
  return matches.flatMap((match) => (match.family === family ? cubes(match, later) : []));
}

/** The union of some sets; of one the set itself. */
function joined(sets: readonly AddressSet[]): AddressSet {
  const [only, more] = sets;
  return only !== undefined && more === undefined ? only : AddressSet.unionAll(new Set(sets));
}

function push(lists: Map<AddressSet, AddressSet[]>, key: AddressSet, one: AddressSet): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
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
