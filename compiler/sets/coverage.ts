/** Which flows several sets share, and which sets cover one of them: what redundancy is judged by. */
import type { FlowOptions, FlowSet, FlowSpace } from "./engine.js";

/** The flows of a list of sets by how many of the sets have them. */
export interface Coverage {
  /** The flows of at least one set: the union. */
  readonly once: FlowSet;
  /** The flows of at least two sets: a set is inside the union of the others exactly where it is inside this one. */
  readonly twice: FlowSet;
}

/**
 * Counts the flows of a list of sets, by divide and conquer over neighbours.
 * @throws BudgetExceeded
 */
export function coverage(space: FlowSpace, sets: readonly FlowSet[]): Coverage {
  const [only] = sets;
  if (only === undefined) return { once: space.empty, twice: space.empty };
  if (sets.length === 1) return { once: only, twice: space.empty };
  const left = coverage(space, sets.slice(0, sets.length >> 1));
  const right = coverage(space, sets.slice(sets.length >> 1));
  return {
    once: left.once.union(right.once),
    twice: left.twice.union(right.twice).union(left.once.intersect(right.once)),
  };
}

/**
 * A small list of other sets whose union covers the set at `index`, by index in ascending order; undefined where all
 * others together do not. Takes the set with the most uncovered flows first, the lower index of two equal ones, then drops
 * what the rest makes needless. `distinct` disregards the flows of an address with itself.
 * @throws BudgetExceeded
 */
export function coverers(
  sets: readonly FlowSet[],
  index: number,
  options: FlowOptions = {},
): readonly number[] | undefined {
  const wanted = sets[index];
  if (wanted === undefined) throw new Error(`there is no set ${index}`);
  const most = new Map<number, bigint>();
  for (const [other, set] of sets.entries()) {
    if (other !== index && set.overlaps(wanted)) most.set(other, set.intersect(wanted).count());
  }
  const chosen: number[] = [];
  let left = wanted;
  while (!done(left, options)) {
    const next = largest(sets, most, left);
    if (next === undefined) return undefined;
    chosen.push(next);
    left = left.subtract(sets[next] ?? left.space.empty);
  }
  return withoutNeedless(sets, wanted, chosen, options).sort((a, b) => a - b);
}

function done(left: FlowSet, options: FlowOptions): boolean {
  return options.distinct === true ? left.onlyDiagonal() : left.isEmpty();
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
    most.set(best, sets[best]?.intersect(left).count() ?? 0n);
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
      const union = wanted.space.unionAll(others.map((other) => sets[other] ?? wanted.space.empty));
      return wanted.subsetOf(union, options) ? others : kept;
    },
    [...chosen],
  );
}
