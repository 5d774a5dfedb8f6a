/**
 * Hash-consed nodes of the interval diagram. A node decides one dimension: its edges are disjoint intervals of ranks in
 * order, each with the node of the next dimension; ranks without an edge lead to FALSE. Neighbouring edges differ in their
 * node, no edge leads to FALSE, and no dimension is skipped, so equal sets are the same node.
 */
import { BudgetExceeded } from "./engine.js";
import { at, finish, grown, mix } from "./int-table.js";

/** The node of the empty set, of every dimension. */
export const FALSE = 0;
/** What lies below the last dimension. */
export const TRUE = 1;
/** Integers of an edge: first rank, rank after the last, node. */
export const EDGE = 3;

/** Tables start small: there is a space for every pair of segments, and most stay tiny. */
const FIRST_NODES = 1 << 4;

/** Edges under construction: intervals in order; equal neighbours are joined and FALSE is left out. */
export class EdgeList {
  data = new Int32Array(8 * EDGE);
  length = 0;

  /** Adds an interval at or after the end of the last one. */
  push(start: number, end: number, node: number): void {
    if (node === FALSE) return;
    const last = this.length - EDGE;
    if (last >= 0 && at(this.data, last + 1) === start && at(this.data, last + 2) === node) {
      this.data[last + 1] = end;
      return;
    }
    if (this.length + EDGE > this.data.length) this.data = grown(this.data);
    this.data[this.length] = start;
    this.data[this.length + 1] = end;
    this.data[this.length + 2] = node;
    this.length += EDGE;
  }
}

/** All nodes of a space, and the budget that they are counted against. */
export class NodeStore {
  readonly budget: number;
  used = 0;
  /** The edges of every node, one after another; replaced when it grows, so never keep it across a call that makes nodes. */
  edges = new Int32Array(FIRST_NODES * 4 * EDGE);
  /** Where the edges of a node begin; those of the next begin where they end. */
  #starts = new Int32Array(FIRST_NODES);
  #count = 2;
  /** Open addressing: node numbers, 0 for a free place. */
  #unique = new Int32Array(FIRST_NODES * 2);

  constructor(budget: number) {
    this.budget = budget;
  }

  /** Nodes made so far, both terminals included. */
  get size(): number {
    return this.#count;
  }

  /** The index in `edges` of a node's first edge. */
  first(node: number): number {
    return at(this.#starts, node);
  }

  /** The index in `edges` after a node's last edge. */
  end(node: number): number {
    return at(this.#starts, node + 1);
  }

  /** Counts work. Throws BudgetExceeded where it is too much. */
  spend(steps: number): void {
    this.used += steps;
    if (this.used > this.budget) throw new BudgetExceeded(this.budget);
  }

  /** The node with these edges: the one that exists already, or a new one; FALSE where there are none. */
  make(list: EdgeList): number {
    if (list.length === 0) return FALSE;
    if (this.#count * 2 > this.#unique.length) this.#rehash();
    const place = this.#place(list.data, 0, list.length);
    const known = at(this.#unique, place);
    if (known !== 0) return known;
    this.spend(list.length / EDGE);
    const node = this.#append(list);
    this.#unique[place] = node;
    return node;
  }

  #append(list: EdgeList): number {
    const node = this.#count;
    const start = at(this.#starts, node);
    while (start + list.length > this.edges.length) this.edges = grown(this.edges);
    this.edges.set(list.data.subarray(0, list.length), start);
    if (node + 2 > this.#starts.length) this.#starts = grown(this.#starts);
    this.#starts[node + 1] = start + list.length;
    this.#count++;
    return node;
  }

  /** The place in the table of the node with these edges, or the free place where it belongs. */
  #place(data: Int32Array, from: number, length: number): number {
    let hash = length;
    for (let i = from; i < from + length; i++) hash = mix(hash, at(data, i));
    const mask = this.#unique.length - 1;
    let place = finish(hash) & mask;
    for (;;) {
      const node = at(this.#unique, place);
      if (node === 0 || this.#same(node, data, from, length)) return place;
      place = (place + 1) & mask;
    }
  }

  #same(node: number, data: Int32Array, from: number, length: number): boolean {
    const start = this.first(node);
    if (this.end(node) - start !== length) return false;
    for (let i = 0; i < length; i++) {
      if (at(this.edges, start + i) !== at(data, from + i)) return false;
    }
    return true;
  }

  #rehash(): void {
    this.#unique = new Int32Array(this.#unique.length * 2);
    for (let node = 2; node < this.#count; node++) {
      const place = this.#place(this.edges, this.first(node), this.end(node) - this.first(node));
      this.#unique[place] = node;
    }
  }
}
