/** Sizes of the sets of an interval diagram. */
import { combine, INTERSECTION, toPairs } from "./bounds.js";
import type { Diagram } from "./interval-diagram.js";
import { FALSE } from "./node-store.js";
import { type RankTable, weightOf } from "./rank-table.js";

/** How many points of its first `dimensions` dimensions a root has, whatever follows them. */
export function countNode(diagram: Diagram, table: RankTable, root: number, dimensions: number): bigint {
  const known = new Map<number, bigint>();
  const count = (node: number, level: number): bigint => {
    if (node === FALSE) return 0n;
    if (level === dimensions) return 1n;
    const before = known.get(node);
    if (before !== undefined) return before;
    let sum = 0n;
    diagram.forEachEdge(node, (start, end, child) => {
      sum += weightOf(table, level, start, end) * count(child, level + 1);
    });
    known.set(node, sum);
    return sum;
  };
  return count(root, 0);
}

/** How many pairs of a source and a destination a root has; `distinct` leaves out those of an address with itself. */
export function countPairs(diagram: Diagram, table: RankTable, root: number, distinct: boolean): bigint {
  let pairs = countNode(diagram, table, root, 2);
  if (!distinct) return pairs;
  diagram.forEachEdge(root, (start, end, child) => {
    for (const [from, to] of toPairs(combine([start, end], diagram.ranks(child), INTERSECTION))) {
      pairs -= weightOf(table, 0, from, to);
    }
  });
  return pairs;
}
