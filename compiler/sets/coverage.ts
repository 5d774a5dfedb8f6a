/** Which flows several sets share, and which sets cover one of them: what redundancy is judged by. */
import type { FlowOptions, FlowSet, FlowSpace } from "./engine.js";

/** The union of neighbouring sets of a list, over the unions of its halves. */
interface Block {
  readonly once: FlowSet;
  /** Index of the first set of the block. */
  readonly first: number;
  /** Empty for a single set. */
  readonly halves: readonly Block[];
}

/** The flows of a list of sets by how many of the sets have them. */
export interface Coverage {
  readonly sets: readonly FlowSet[];
  /** The flows of at least one set: the union. */
  readonly once: FlowSet;
  /** The flows of at least two sets: a set is inside the union of the others exactly where it is inside this one. */
  readonly twice: FlowSet;
  /** The unions that `once` was built from; undefined where the list is empty. */
  readonly blocks: Block | undefined;
}

/**
 * Counts the flows of a list of sets, by divide and conquer over neighbours.
 * @throws BudgetExceeded
 */
export function coverage(space: FlowSpace, sets: readonly FlowSet[]): Coverage {
  const { block, twice } = cover(space, sets, 0, sets.length);
  return { sets, once: block?.once ?? space.empty, twice, blocks: block };
}

function cover(
  space: FlowSpace,
  sets: readonly FlowSet[],
  first: number,
  end: number,
): { readonly block: Block | undefined; readonly twice: FlowSet } {
  if (first === end) return { block: undefined, twice: space.empty };
  if (end - first === 1) return { block: { once: setAt(sets, first), first, halves: [] }, twice: space.empty };
  const middle = (first + end) >> 1;
  const left = cover(space, sets, first, middle);
  const right = cover(space, sets, middle, end);
  const [a, b] = [left.block?.once ?? space.empty, right.block?.once ?? space.empty];
  const halves = [left.block, right.block].filter((half) => half !== undefined);
  return {
    block: { once: a.union(b), first, halves },
    twice: left.twice.union(right.twice).union(a.intersect(b)),
  };
}

/**
 * A small list of other sets whose union covers the set at `index`, by index in ascending order; undefined where all
 * others together do not. One set that covers it alone comes first, the lowest index of several; else the set with the
 * most uncovered flows is taken again and again, the lower index of two equal ones, and what the rest makes needless is
 * dropped. `distinct` disregards the flows of an address with itself.
 * @throws BudgetExceeded
 */
export function coverers(covering: Coverage, index: number, options: FlowOptions = {}): readonly number[] | undefined {
  const { sets } = covering;
  const wanted = setAt(sets, index);
  if (done(wanted, options)) return [];
  const others: number[] = [];
  for (const other of overlapping(covering.blocks, wanted)) {
    if (other === index) continue;
    if (wanted.subsetOf(setAt(sets, other), options)) return [other];
    others.push(other);
  }
  const most = new Map(others.map((other) => [other, setAt(sets, other).intersect(wanted).count()]));
  const chosen: number[] = [];
  let left = wanted;
  while (!done(left, options)) {
    const next = largest(sets, most, left);
    if (next === undefined) return undefined;
    chosen.push(next);
    left = left.subtract(setAt(sets, next));
  }
  return withoutNeedless(sets, wanted, chosen, options).sort((a, b) => a - b);
}

function setAt(sets: readonly FlowSet[], index: number): FlowSet {
  const set = sets[index];
  if (set === undefined) throw new Error(`there is no set ${index}`);
  return set;
}

function done(left: FlowSet, options: FlowOptions): boolean {
  return options.distinct === true ? left.onlyDiagonal() : left.isEmpty();
}

/** The indexes of the sets that share a flow with one, ascending; blocks that share none are not entered. */
function* overlapping(block: Block | undefined, wanted: FlowSet): Iterable<number> {
  if (block === undefined || !block.once.overlaps(wanted)) return;
  if (block.halves.length === 0) yield block.first;
  for (const half of block.halves) yield* overlapping(half, wanted);
}

/**
 * The candidate with the most flows in common with what is left; undefined where none has any. `most` says how many each
 * had at some time before: what is left only shrinks, so a candidate is counted again only while that puts it in front.
 */
function largest(sets: readonly FlowSet[], most: Map<number, bigint>, left: FlowSet): number | undefined {
  for (let counted: number | undefined; ; ) {
    let best: number | undefined;
    for (const [candidate, size] of most) {
      if (size > (best === undefined ? 0n : (most.get(best) ?? 0n))) best = candidate;
    }
    if (best === undefined || best === counted) return best;
    counted = best;
    most.set(best, setAt(sets, best).intersect(left).count());
  }
}

/** Drops, from the last chosen to the first, every set without which the others still cover. */
function withoutNeedless(
  sets: readonly FlowSet[],
  wanted: FlowSet,
  chosen: readonly number[],
  options: FlowOptions,
): number[] {
  return [...chosen].reverse().reduce<number[]>(
    (kept, candidate) => {
      const others = kept.filter((other) => other !== candidate);
      const union = wanted.space.unionAll(others.map((other) => setAt(sets, other)));
      return wanted.subsetOf(union, options) ? others : kept;
    },
    [...chosen],
  );
}
