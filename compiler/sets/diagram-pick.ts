/**
 * Single flows of an interval diagram, and the diagonal: the flows of an address with itself, which are no flows of the
 * language. The diagram does not represent the diagonal; every question here asks for a point off it.
 */
import { AddressSet } from "./address-set.js";
import { fromPairs } from "./bounds.js";
import { type Flow, PLAUSIBLE_SERVICES, type Preferences } from "./engine.js";
import type { Diagram } from "./interval-diagram.js";
import { addressRank, type RankTable, weightOf } from "./rank-table.js";
import { ServiceSet } from "./service-set.js";

/** One flow of a root, the same on every run; with `distinct` one between two different addresses. */
export function pickFlow(
  diagram: Diagram,
  table: RankTable,
  root: number,
  preferences: Preferences,
  distinct: boolean,
): Flow | undefined {
  const source = prefer(sourcesOf(diagram, table, root, distinct), preferences.sources ?? []).first();
  if (source === undefined) return undefined;
  const fromSource = diagram.child(root, addressRank(table, source));
  const reached = AddressSet.ofBounds(table.address.fromRanks(diagram.ranks(fromSource)));
  const others = distinct ? reached.subtract(AddressSet.ofAddress(source)) : reached;
  const destination = prefer(others, preferences.destinations ?? []).first();
  if (destination === undefined) return undefined;
  const services = diagram.ranks(diagram.child(fromSource, addressRank(table, destination)));
  const wanted = preferences.services ?? PLAUSIBLE_SERVICES;
  const service = prefer(ServiceSet.ofBounds(table.service.fromRanks(services)), wanted).first();
  return service === undefined ? undefined : { source, destination, ...service };
}

/** The sources of a root that have a flow; with `distinct` one to another address. */
function sourcesOf(diagram: Diagram, table: RankTable, root: number, distinct: boolean): AddressSet {
  const sources = AddressSet.ofBounds(table.address.fromRanks(diagram.ranks(root)));
  if (!distinct) return sources;
  const lonely: (readonly [number, number])[] = [];
  diagram.forEachEdge(root, (start, end, child) => {
    const rank = onlyRank(diagram, table, child);
    if (rank !== undefined && start <= rank && rank < end) lonely.push([rank, rank + 1]);
  });
  return sources.subtract(AddressSet.ofBounds(table.address.fromRanks(fromPairs(lonely))));
}

/** The one rank of a node of destinations that reaches a single address; undefined where it reaches more. */
function onlyRank(diagram: Diagram, table: RankTable, node: number): number | undefined {
  const [start, end, more] = diagram.ranks(node);
  if (start === undefined || end !== start + 1 || more !== undefined) return undefined;
  return weightOf(table, 1, start, end) === 1n ? start : undefined;
}

/** True where no flow of a root goes between two different addresses. */
export function onlyDiagonal(diagram: Diagram, table: RankTable, root: number): boolean {
  return sourcesOf(diagram, table, root, true).isEmpty();
}

/** True where every flow of `inner` between two different addresses is in `outer`. */
export function subsetOffDiagonal(diagram: Diagram, table: RankTable, inner: number, outer: number): boolean {
  return onlyDiagonal(diagram, table, diagram.subtract(inner, outer));
}

/** A set narrowed by each of `wanted` that leaves something of it. */
function prefer<T extends { intersect(other: T): T; isEmpty(): boolean }>(set: T, wanted: readonly T[]): T {
  return wanted.reduce((left, next) => {
    const narrowed = left.intersect(next);
    return narrowed.isEmpty() ? left : narrowed;
  }, set);
}
