/** The interval diagram as an engine of flow sets. */
import type { Family } from "../../grammar/address.js";
import { AddressSet, IPV4_END } from "./address-set.js";
import { type Bounds, boundsUpTo, combine, DIFFERENCE } from "./bounds.js";
import { countNode, countPairs } from "./diagram-count.js";
import { onlyDiagonal, pickFlow, subsetOffDiagonal } from "./diagram-pick.js";
import type { Flow, FlowOptions, FlowSet, FlowSetEngine, FlowSpace, Preferences, Region } from "./engine.js";
import { Diagram } from "./interval-diagram.js";
import { FALSE, TRUE } from "./node-store.js";
import { addressRank, DIMENSIONS, type RankTable, serviceRank } from "./rank-table.js";
import { products } from "./regions.js";
import { ServiceSet } from "./service-set.js";

/**
 * The budget of a space unless it is given, in steps: an edge stored or passed in an operation, and a result remembered,
 * are a step each. A step takes some 25 bytes at most, so that a space stays near a gigabyte when it gives up.
 */
export const DEFAULT_BUDGET = 40_000_000;

/** The hash-consed interval diagram. */
export const intervalEngine: FlowSetEngine = {
  name: "interval diagram",
  open: (table, budget = DEFAULT_BUDGET) => new DiagramSpace(table, budget),
};

/** The services that have no meaning in a family. */
const MEANINGLESS: Readonly<Record<Family, ServiceSet>> = {
  4: ServiceSet.any.subtract(ServiceSet.any.forFamily(4)),
  6: ServiceSet.any.subtract(ServiceSet.any.forFamily(6)),
};

class DiagramSpace implements FlowSpace {
  readonly table: RankTable;
  readonly diagram: Diagram;
  readonly budget: number;
  readonly empty: FlowSet;
  /** The ranks of the services that have no meaning in IPv4, and in IPv6. */
  readonly #meaningless: readonly [Bounds<number>, Bounds<number>];
  readonly #byService = new WeakMap<Bounds<number>, readonly [Bounds<number>, Bounds<number>]>();
  #all: FlowSet | undefined;

  constructor(table: RankTable, budget: number) {
    this.table = table;
    this.budget = budget;
    this.diagram = new Diagram(DIMENSIONS.length, budget);
    this.empty = new DiagramFlowSet(this, FALSE);
    this.#meaningless = [table.service.toRanks(MEANINGLESS[4].bounds), table.service.toRanks(MEANINGLESS[6].bounds)];
  }

  get used(): number {
    return this.diagram.store.used;
  }

  get all(): FlowSet {
    this.#all ??= this.box(AddressSet.all, AddressSet.all, ServiceSet.any);
    return this.#all;
  }

  box(source: AddressSet, destination: AddressSet, service: ServiceSet): FlowSet {
    const { address, service: services } = this.table;
    const sources = byFamily(this.table, address.toRanks(source.bounds));
    const destinations = byFamily(this.table, address.toRanks(destination.bounds));
    const on = this.#meaningful(services.toRanks(service.bounds));
    const half = (index: 0 | 1): number => this.diagram.box([sources[index], destinations[index], on[index]]);
    return this.wrap(this.diagram.union(half(0), half(1)));
  }

  /** A set of service ranks less what has no meaning in IPv4, and in IPv6. */
  #meaningful(ranks: Bounds<number>): readonly [Bounds<number>, Bounds<number>] {
    const known = this.#byService.get(ranks);
    if (known !== undefined) return known;
    const made = [
      combine(ranks, this.#meaningless[0], DIFFERENCE),
      combine(ranks, this.#meaningless[1], DIFFERENCE),
    ] as const;
    this.#byService.set(ranks, made);
    return made;
  }

  unionAll(sets: Iterable<FlowSet>): FlowSet {
    return this.wrap(this.diagram.unionAll([...sets].map((set) => this.rootOf(set))));
  }

  wrap(root: number): FlowSet {
    return root === FALSE ? this.empty : new DiagramFlowSet(this, root);
  }

  rootOf(set: FlowSet): number {
    if (set instanceof DiagramFlowSet && set.space === this) return set.root;
    throw new Error("flow sets of different spaces were mixed");
  }
}

/** The IPv4 and the IPv6 part of a set of address ranks. */
function byFamily(table: RankTable, ranks: Bounds<number>): readonly [Bounds<number>, Bounds<number>] {
  const split = boundsUpTo(ranks, table.address.rankAt(IPV4_END));
  return [ranks.slice(0, split), ranks.slice(split)];
}

class DiagramFlowSet implements FlowSet {
  readonly space: DiagramSpace;
  readonly root: number;

  constructor(space: DiagramSpace, root: number) {
    this.space = space;
    this.root = root;
  }

  isEmpty(): boolean {
    return this.root === FALSE;
  }

  union(other: FlowSet): FlowSet {
    return this.space.wrap(this.space.diagram.union(this.root, this.space.rootOf(other)));
  }

  intersect(other: FlowSet): FlowSet {
    return this.space.wrap(this.space.diagram.intersect(this.root, this.space.rootOf(other)));
  }

  subtract(other: FlowSet): FlowSet {
    return this.space.wrap(this.space.diagram.subtract(this.root, this.space.rootOf(other)));
  }

  equals(other: FlowSet): boolean {
    return this.root === this.space.rootOf(other);
  }

  subsetOf(other: FlowSet, options: FlowOptions = {}): boolean {
    const { diagram, table } = this.space;
    const outer = this.space.rootOf(other);
    if (diagram.subset(this.root, outer)) return true;
    return options.distinct === true && subsetOffDiagonal(diagram, table, this.root, outer);
  }

  overlaps(other: FlowSet): boolean {
    return this.space.diagram.overlaps(this.root, this.space.rootOf(other));
  }

  contains(flow: Flow): boolean {
    const { diagram, table } = this.space;
    const path = [addressRank(table, flow.source), addressRank(table, flow.destination), serviceRank(table, flow)];
    return path.reduce((node, rank) => diagram.child(node, rank), this.root) === TRUE;
  }

  onlyDiagonal(): boolean {
    return onlyDiagonal(this.space.diagram, this.space.table, this.root);
  }

  count(): bigint {
    return countNode(this.space.diagram, this.space.table, this.root, DIMENSIONS.length);
  }

  pairs(options: FlowOptions = {}): bigint {
    return countPairs(this.space.diagram, this.space.table, this.root, options.distinct === true);
  }

  regions(options: FlowOptions = {}): readonly Region[] {
    const { address, service } = this.space.table;
    const addresses = remembering((ranks) => AddressSet.ofBounds(address.fromRanks(ranks)));
    const services = remembering((ranks) => ServiceSet.ofBounds(service.fromRanks(ranks)));
    const regions = products(this.space.diagram, this.root).map(([from = [], to = [], on = []]) => ({
      source: addresses(from),
      destination: addresses(to),
      service: services(on),
    }));
    if (options.distinct !== true) return regions;
    return regions.filter(({ source, destination }) => !(source.equals(destination) && source.size() === 1n));
  }

  sources(): AddressSet {
    const { diagram, table } = this.space;
    return AddressSet.ofBounds(table.address.fromRanks(diagram.ranks(this.root)));
  }

  destinations(): AddressSet {
    const { diagram, table } = this.space;
    return AddressSet.ofBounds(table.address.fromRanks(diagram.projection(this.root, 1)));
  }

  services(): ServiceSet {
    const { diagram, table } = this.space;
    return ServiceSet.ofBounds(table.service.fromRanks(diagram.projection(this.root, 2)));
  }

  pick(preferences: Preferences = {}): Flow | undefined {
    return pickFlow(this.space.diagram, this.space.table, this.root, preferences, false);
  }

  pickDistinct(preferences: Preferences = {}): Flow | undefined {
    return pickFlow(this.space.diagram, this.space.table, this.root, preferences, true);
  }
}

/** A function of ranks that is asked about the same array many times. */
function remembering<T>(make: (ranks: Bounds<number>) => T): (ranks: Bounds<number>) => T {
  const made = new Map<Bounds<number>, T>();
  return (ranks) => {
    const value = made.get(ranks) ?? make(ranks);
    made.set(ranks, value);
    return value;
  };
}
