/** A diagram as few disjoint cross products, in canonical order. */
import { type Bounds, compareBounds, unionAll } from "./bounds.js";
import type { Diagram } from "./interval-diagram.js";
import { FALSE } from "./node-store.js";

/** A cross product in ranks: one set for each dimension. */
export type Product = readonly Bounds<number>[];

/** The cross products of a root. They are disjoint, cover exactly its points, and depend on nothing but these. */
export function products(diagram: Diagram, root: number): readonly Product[] {
  let rows = expand(diagram, root, 0);
  const numbers = new SetNumbers();
  for (let before = -1; rows.length !== before; ) {
    before = rows.length;
    for (let level = 0; level < diagram.levels; level++) rows = mergeAlong(rows, level, numbers);
  }
  return [...rows].sort(compareProducts);
}

/** One product for each path of different nodes: the ranks of a node that lead to the same child are one set. */
function expand(diagram: Diagram, node: number, level: number): readonly Product[] {
  if (node === FALSE) return [];
  if (level === diagram.levels) return [[]];
  const byChild = new Map<number, number[]>();
  diagram.forEachEdge(node, (start, end, child) => {
    const ranks = byChild.get(child);
    if (ranks === undefined) byChild.set(child, [start, end]);
    else ranks.push(start, end);
  });
  return [...byChild].flatMap(([child, ranks]) =>
    expand(diagram, child, level + 1).map((rest): Product => [ranks, ...rest]),
  );
}

/** A number for each different set, so that long sets are compared once. */
class SetNumbers {
  readonly #byText = new Map<string, number>();
  readonly #byArray = new Map<Bounds<number>, number>();

  of(set: Bounds<number>): number {
    const known = this.#byArray.get(set);
    if (known !== undefined) return known;
    const text = set.join(" ");
    const number = this.#byText.get(text) ?? this.#byText.size;
    this.#byText.set(text, number);
    this.#byArray.set(set, number);
    return number;
  }
}

/** Joins the products that agree in every dimension but one. */
function mergeAlong(rows: readonly Product[], level: number, numbers: SetNumbers): readonly Product[] {
  const groups = new Map<string, Product[]>();
  for (const row of rows) {
    const key = row.map((side, index) => (index === level ? "" : numbers.of(side))).join(" ");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  if (groups.size === rows.length) return rows;
  return [...groups.values()].map((group) => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return first ?? [];
    const joined = unionAll(group.map((row) => row[level] ?? []));
    return first.map((side, index) => (index === level ? joined : side));
  });
}

function compareProducts(a: Product, b: Product): number {
  for (const [index, side] of a.entries()) {
    const order = compareBounds(side, b[index] ?? []);
    if (order !== 0) return order;
  }
  return 0;
}
