/** Boolean operations and searches on the nodes of an interval diagram. */
import { type Bounds, unionAll } from "./bounds.js";
import { at, PairTable } from "./int-table.js";
import { EDGE, EdgeList, FALSE, NodeStore, TRUE } from "./node-store.js";

/** What an operation does with the parts that only one side has, and what it remembers. */
interface Operation {
  readonly keepA: boolean;
  readonly keepB: boolean;
  readonly commutes: boolean;
  readonly memo: PairTable;
}

/** The nodes of one space over `levels` dimensions, with the operations on them. Every set is named by its root node. */
export class Diagram {
  readonly store: NodeStore;
  readonly levels: number;
  readonly #lists: readonly EdgeList[];
  readonly #union: Operation;
  readonly #intersection: Operation;
  readonly #difference: Operation;
  readonly #subset = new PairTable();
  readonly #overlap = new PairTable();

  constructor(levels: number, budget: number) {
    this.levels = levels;
    this.store = new NodeStore(budget);
    this.#lists = Array.from({ length: levels }, () => new EdgeList());
    const memo = (): PairTable => new PairTable();
    this.#union = { keepA: true, keepB: true, commutes: true, memo: memo() };
    this.#intersection = { keepA: false, keepB: false, commutes: true, memo: memo() };
    this.#difference = { keepA: true, keepB: false, commutes: false, memo: memo() };
  }

  /** The root of a cross product: one set of ranks for each dimension. */
  box(sides: readonly Bounds<number>[]): number {
    return this.boxOver(TRUE, sides, 0);
  }

  /** The node of a cross product whose first side is of dimension `level`, and whose last stands above the node `below`. */
  boxOver(below: number, sides: readonly Bounds<number>[], level: number): number {
    let node = below;
    for (let index = sides.length - 1; index >= 0; index--) {
      const list = this.#list(level + index);
      const ranks = node === FALSE ? [] : (sides[index] ?? []);
      for (let i = 0; i + 1 < ranks.length; i += 2) list.push(ranks[i] as number, ranks[i + 1] as number, node);
      node = this.store.make(list);
    }
    return node;
  }

  union(a: number, b: number): number {
    return this.#apply(this.#union, 0, a, b);
  }

  intersect(a: number, b: number): number {
    return this.#apply(this.#intersection, 0, a, b);
  }

  subtract(a: number, b: number): number {
    return this.#apply(this.#difference, 0, a, b);
  }

  /** The union of many roots: neighbours first, so that every set takes part in few unions. */
  unionAll(roots: readonly number[]): number {
    let level = [...new Set(roots)];
    while (level.length > 1) {
      const next: number[] = [];
      for (let i = 0; i < level.length; i += 2) next.push(this.union(level[i] ?? FALSE, level[i + 1] ?? FALSE));
      level = next;
    }
    return level[0] ?? FALSE;
  }

  /** True where `a` lies in `b`. Makes no nodes. */
  subset(a: number, b: number): boolean {
    if (a === FALSE || a === b) return true;
    if (b === FALSE) return false;
    const known = this.#subset.get(a, b);
    if (known >= 0) return known === 1;
    const { store } = this;
    const { edges } = store;
    let steps = 1;
    let holds = true;
    let j = store.first(b);
    const end = store.end(b);
    for (let i = store.first(a); holds && i < store.end(a); i += EDGE) {
      let from = at(edges, i);
      const to = at(edges, i + 1);
      j = seek(edges, j, end, from);
      for (let k = j; holds && from < to; k += EDGE, steps++) {
        holds = k < end && at(edges, k) <= from && this.subset(at(edges, i + 2), at(edges, k + 2));
        if (holds) from = at(edges, k + 1);
      }
    }
    store.spend(steps);
    this.#subset.set(a, b, holds ? 1 : 0);
    return holds;
  }

  /** True where `a` and `b` have a point in common. Makes no nodes. */
  overlaps(a: number, b: number): boolean {
    if (a === FALSE || b === FALSE) return false;
    if (a === b) return true;
    if (a > b) return this.overlaps(b, a);
    const known = this.#overlap.get(a, b);
    if (known >= 0) return known === 1;
    const { store } = this;
    const { edges } = store;
    let steps = 1;
    let found = false;
    let i = store.first(a);
    let j = store.first(b);
    while (!found && i < store.end(a) && j < store.end(b)) {
      steps++;
      if (at(edges, i + 1) <= at(edges, j)) i = seek(edges, i, store.end(a), at(edges, j));
      else if (at(edges, j + 1) <= at(edges, i)) j = seek(edges, j, store.end(b), at(edges, i));
      else {
        found = this.overlaps(at(edges, i + 2), at(edges, j + 2));
        if (at(edges, i + 1) <= at(edges, j + 1)) i += EDGE;
        else j += EDGE;
      }
    }
    store.spend(steps);
    this.#overlap.set(a, b, found ? 1 : 0);
    return found;
  }

  /** The node that a rank leads to. */
  child(node: number, rank: number): number {
    const { edges } = this.store;
    const index = seek(edges, this.store.first(node), this.store.end(node), rank);
    return index < this.store.end(node) && at(edges, index) <= rank ? at(edges, index + 2) : FALSE;
  }

  /** Calls `visit` for every edge of a node, in order; nodes may be made meanwhile. */
  forEachEdge(node: number, visit: (start: number, end: number, child: number) => void): void {
    const end = this.store.end(node);
    for (let i = this.store.first(node); i < end; i += EDGE) {
      visit(at(this.store.edges, i), at(this.store.edges, i + 1), at(this.store.edges, i + 2));
    }
  }

  /** The ranks of a node's own dimension that lead anywhere. */
  ranks(node: number): Bounds<number> {
    const out: number[] = [];
    this.forEachEdge(node, (start, end) => {
      if (out.at(-1) === start) out[out.length - 1] = end;
      else out.push(start, end);
    });
    return out;
  }

  /** The ranks of a dimension that some point of a root has. */
  projection(root: number, level: number): Bounds<number> {
    let nodes = new Set(root === FALSE ? [] : [root]);
    for (let above = 0; above < level; above++) {
      const below = new Set<number>();
      for (const node of nodes) this.forEachEdge(node, (_start, _end, child) => below.add(child));
      nodes = below;
    }
    return unionAll([...nodes].map((node) => this.ranks(node)));
  }

  /** An empty list for a level; one operation is at work on a level at a time. */
  #list(level: number): EdgeList {
    const list = this.#lists[level];
    if (list === undefined) throw new Error(`the diagram has no dimension ${level}`);
    list.length = 0;
    return list;
  }

  #apply(operation: Operation, level: number, a: number, b: number): number {
    if (a === FALSE) return operation.keepB ? b : FALSE;
    if (b === FALSE) return operation.keepA ? a : FALSE;
    if (a === b) return operation.commutes ? a : FALSE;
    if (operation.commutes && a > b) return this.#apply(operation, level, b, a);
    const known = operation.memo.get(a, b);
    if (known >= 0) return known;
    const list = this.#list(level);
    this.store.spend(1 + this.#merge(operation, level, a, b, list));
    const node = this.store.make(list);
    operation.memo.set(a, b, node);
    return node;
  }

  /** Sweeps over the edges of both nodes into `list`; returns how many steps that took. */
  #merge(operation: Operation, level: number, a: number, b: number, list: EdgeList): number {
    const { store } = this;
    const endA = store.end(a);
    const endB = store.end(b);
    let i = store.first(a);
    let j = store.first(b);
    let from = 0;
    let steps = 0;
    while (i < endA && j < endB) {
      steps++;
      const { edges } = store; // Read again each time: the recursion below may replace it.
      const startA = Math.max(at(edges, i), from);
      const startB = Math.max(at(edges, j), from);
      const stopA = at(edges, i + 1);
      const stopB = at(edges, j + 1);
      if (startA < startB) {
        from = Math.min(stopA, startB);
        if (operation.keepA) list.push(startA, from, at(edges, i + 2));
        if (from === stopA) i = operation.keepA ? i + EDGE : seek(edges, i, endA, startB);
      } else if (startB < startA) {
        from = Math.min(stopB, startA);
        if (operation.keepB) list.push(startB, from, at(edges, j + 2));
        if (from === stopB) j = operation.keepB ? j + EDGE : seek(edges, j, endB, startA);
      } else {
        from = Math.min(stopA, stopB);
        list.push(startA, from, this.#apply(operation, level + 1, at(edges, i + 2), at(edges, j + 2)));
        if (from === stopA) i += EDGE;
        if (from === stopB) j += EDGE;
      }
    }
    if (operation.keepA) steps += this.#rest(i, endA, from, list);
    if (operation.keepB) steps += this.#rest(j, endB, from, list);
    return steps;
  }

  /** Copies what is left of one side. */
  #rest(first: number, end: number, from: number, list: EdgeList): number {
    const { edges } = this.store;
    for (let i = first; i < end; i += EDGE) list.push(Math.max(at(edges, i), from), at(edges, i + 1), at(edges, i + 2));
    return (end - first) / EDGE;
  }
}

/** The first edge at or after `first` that ends after `rank`; `end` where there is none. Gallops, then halves. */
function seek(edges: Int32Array, first: number, end: number, rank: number): number {
  let low = first;
  let stride = EDGE;
  while (low < end && at(edges, low + 1) <= rank) {
    const next = low + stride;
    if (next < end && at(edges, next + 1) <= rank) {
      low = next;
      stride *= 2;
    } else if (stride > EDGE) {
      stride = EDGE;
    } else {
      low = next;
    }
  }
  return low;
}
