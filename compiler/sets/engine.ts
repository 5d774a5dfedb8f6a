/**
 * Flow sets: what every packet-set engine offers. A flow is (source, destination, service) of one family. The engine that
 * stands behind these interfaces today is the interval diagram; nothing outside this folder depends on which it is.
 */
import type { Address } from "../../grammar/address.js";
import type { AddressSet } from "./address-set.js";
import type { RankTable } from "./rank-table.js";
import { ServiceSet } from "./service-set.js";

/** One flow. `slot` is the destination port, `type * 256 + code`, or 0 where the protocol has neither. */
export interface Flow {
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: number;
  readonly slot: number;
}

/** A cross product: every source with every destination on every service, all of one family. */
export interface Region {
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
}

/**
 * What a picked flow should look like: each list in falling importance. A set narrows the choice where it leaves one, and
 * is ignored where it does not; the source is chosen first, then the destination, then the service.
 */
export interface Preferences {
  readonly sources?: readonly AddressSet[];
  readonly destinations?: readonly AddressSet[];
  /** Absent: `PLAUSIBLE_SERVICES`. */
  readonly services?: readonly ServiceSet[];
}

/** `distinct` leaves out the flows of an address with itself: source and destination are addresses of one domain. */
export interface FlowOptions {
  readonly distinct?: boolean;
}

/** An immutable set of flows. Sets of different spaces do not mix: every operation on such a pair throws. */
export interface FlowSet {
  readonly space: FlowSpace;
  isEmpty(): boolean;
  /** @throws BudgetExceeded */
  union(other: FlowSet): FlowSet;
  /** @throws BudgetExceeded */
  intersect(other: FlowSet): FlowSet;
  /** @throws BudgetExceeded */
  subtract(other: FlowSet): FlowSet;
  /** Equal meaning, by identity of the canonical form. */
  equals(other: FlowSet): boolean;
  /**
   * True where every flow of this set is in `other`: a search that stops at the first that is not. With `distinct` the
   * difference is built where that search finds one.
   * @throws BudgetExceeded
   */
  subsetOf(other: FlowSet, options?: FlowOptions): boolean;
  /**
   * True where the sets have a flow in common: a search that stops at the first.
   * @throws BudgetExceeded
   */
  overlaps(other: FlowSet): boolean;
  contains(flow: Flow): boolean;
  /** True where no flow goes between two different addresses; so for the empty set. */
  onlyDiagonal(): boolean;
  /** How many flows, the diagonal included. A protocol without ports and types is one service. */
  count(): bigint;
  /** How many pairs of a source and a destination have a flow. */
  pairs(options?: FlowOptions): bigint;
  /**
   * Disjoint cross products that together are exactly this set, in canonical order. `distinct` drops those of a single
   * address with itself; a larger one may still hold such flows beside others.
   */
  regions(options?: FlowOptions): readonly Region[];
  /** Every source that has a flow. */
  sources(): AddressSet;
  /** Every destination that has a flow. */
  destinations(): AddressSet;
  /** Every service that has a flow. */
  services(): ServiceSet;
  /** One flow, the same on every run; undefined where the set is empty. */
  pick(preferences?: Preferences): Flow | undefined;
  /** One flow between two different addresses; undefined where there is none. */
  pickDistinct(preferences?: Preferences): Flow | undefined;
}

/** The sets over one rank table. */
export interface FlowSpace {
  readonly empty: FlowSet;
  /** Every flow that has a meaning: what a complement is taken in. */
  readonly all: FlowSet;
  /** Work done so far, counted as the budget counts it. */
  readonly used: number;
  readonly budget: number;
  /**
   * The flows from `source` to `destination` on `service`: addresses of one family each, services that have a meaning in it.
   * Throws an Error where a set has a boundary that the space does not know (a fault of the caller).
   * @throws BudgetExceeded
   */
  box(source: AddressSet, destination: AddressSet, service: ServiceSet): FlowSet;
  /** @throws BudgetExceeded */
  unionAll(sets: Iterable<FlowSet>): FlowSet;
}

/** A way to represent flow sets. */
export interface FlowSetEngine {
  readonly name: string;
  /** Opens an empty space over a table. `budget` is in the engine's own units, never in seconds. */
  open(table: RankTable, budget?: number): FlowSpace;
}

/** Work exceeded the budget: the question is not proved, neither way. Every later question of the space may end so too. */
export class BudgetExceeded extends Error {
  override readonly name = "BudgetExceeded";
  readonly budget: number;

  constructor(budget: number) {
    super(`the packet sets need more than ${budget} steps`);
    this.budget = budget;
  }
}

/** The outcome of work under a budget. */
export type Attempt<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "exceeded"; readonly budget: number };

/** Runs work and turns a `BudgetExceeded` into a value; every other error passes. */
export function attempt<T>(run: () => T): Attempt<T> {
  try {
    return { kind: "done", value: run() };
  } catch (thrown) {
    if (thrown instanceof BudgetExceeded) return { kind: "exceeded", budget: thrown.budget };
    throw thrown;
  }
}

/** Services that make a picked flow plausible, the most telling first. */
export const PLAUSIBLE_SERVICES: readonly ServiceSet[] = [
  ServiceSet.ports("tcp", 22),
  ServiceSet.ports("tcp", 443),
  ServiceSet.ports("tcp", 1, 1023),
  ServiceSet.ports("tcp", 1, 65_535),
  ServiceSet.ports("udp", 53),
  ServiceSet.ports("udp", 1, 65_535),
  ServiceSet.icmp(4, 8, 0),
  ServiceSet.icmp(6, 128, 0),
];
