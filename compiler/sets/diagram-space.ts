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
 * are a step each. A step takes at most some 20 bytes, so a space stays below about half a gigabyte.
 */
export const DEFAULT_BUDGET = 30_000_000;

/** The hash-consed interval diagram. */
export const intervalEngine: FlowSetEngine = {
  name: "interval diagram",
  open: (table, budget = DEFAULT_BUDGET) => new DiagramSpace(table, budget),
};

class DiagramSpace implements FlowSpace {
  readonly table: RankTable;
  readonly diagram: Diagram;
  readonly budget: number;
  readonly empty: FlowSet;
  /** The ranks of the services that have no meaning in IPv4, and in IPv6. */
  readonly #meaningless: readonly [Bounds<number>, Bounds<number>];
  #all: FlowSet | undefined;

  constructor(table: RankTable, budget: number) {
    this.table = table;
    this.budget = budget;
    this.diagram = new Diagram(DIMENSIONS.length, budget);
    this.empty = new DiagramFlowSet(this, FALSE);
    const without = (family: Family): Bounds<number> =>
      table.service.toRanks(ServiceSet.any.subtract(ServiceSet.any.forFamily(family)).bounds);
    this.#meaningless = [without(4), without(6)];
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
    const on = services.toRanks(service.bounds);
    const halves = ([0, 1] as const).map((half) => {
      const meaningful = combine(on, this.#meaningless[half], DIFFERENCE);
      return this.diagram.box([sources[half], destinations[half], meaningful]);
    });
    return this.wrap(this.diagram.union(halves[0] ?? FALSE, halves[1] ?? FALSE));
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
    const regions = products(this.space.diagram, this.root).map(([from = [], to = [], on = []]) => ({
      source: AddressSet.ofBounds(address.fromRanks(from)),
      destination: AddressSet.ofBounds(address.fromRanks(to)),
      service: ServiceSet.ofBounds(service.fromRanks(on)),
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
