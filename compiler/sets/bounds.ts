/**
 * Sets on an ordered line, as bounds: a strictly increasing list of even length in which each pair `[start, end)` is one
 * maximal interval, the end exclusive. Equal sets have equal bounds.
 */

/** What a line is made of: numbers for services and ranks, bigints for addresses. */
export type LineValue = number | bigint;

/** A set on a line: `[start, end, start, end, …]`, strictly increasing, ends exclusive. */
export type Bounds<T extends LineValue> = readonly T[];

/** A boolean operation as a truth table: bit `inA + 2 * inB` says whether the result has such a point; bit 0 is clear. */
export const UNION = 0b1110;
/** Points of both. */
export const INTERSECTION = 0b1000;
/** Points of the first alone. */
export const DIFFERENCE = 0b0010;

/** Applies a truth table to two sets in one pass over both. */
export function combine<T extends LineValue>(a: Bounds<T>, b: Bounds<T>, table: number): Bounds<T> {
  const out: T[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const x = a[i];
    const y = b[j];
    const at = x === undefined ? y : y === undefined || x < y ? x : y;
    if (at === undefined) return out;
    if (x === at) i++;
    if (y === at) j++;
    // An odd index lies inside an interval; the result changes where its own parity disagrees.
    const inside = (table >> ((i & 1) | ((j & 1) << 1))) & 1;
    if (inside !== (out.length & 1)) out.push(at);
  }
}

/** The union of any number of intervals, given as `[start, end)` pairs in any order; empty pairs count for nothing. */
export function fromPairs<T extends LineValue>(pairs: readonly (readonly [T, T])[]): Bounds<T> {
  const sorted = pairs.filter(([start, end]) => start < end);
  sorted.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const out: T[] = [];
  let last: T | undefined;
  for (const [start, end] of sorted) {
    if (last === undefined || start > last) out.push(start, end);
    else if (end > last) out[out.length - 1] = end;
    else continue;
    last = end;
  }
  return out;
}

/** The intervals of a set as `[start, end)` pairs, in order. */
export function toPairs<T extends LineValue>(bounds: Bounds<T>): readonly (readonly [T, T])[] {
  const out: (readonly [T, T])[] = [];
  let start: T | undefined;
  for (const bound of bounds) {
    if (start === undefined) {
      start = bound;
    } else {
      out.push([start, bound]);
      start = undefined;
    }
  }
  return out;
}

/** The union of any number of sets. */
export function unionAll<T extends LineValue>(sets: readonly Bounds<T>[]): Bounds<T> {
  const filled = sets.filter((bounds) => bounds.length > 0);
  const [first, second] = filled;
  if (first === undefined) return [];
  if (second === undefined) return first;
  if (filled.length === 2) return combine(first, second, UNION);
  return fromPairs(filled.flatMap((bounds) => toPairs(bounds)));
}

/** How many bounds are at or before a point: odd inside the set. */
export function boundsUpTo<T extends LineValue>(bounds: Bounds<T>, point: T): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const bound = bounds[middle];
    if (bound !== undefined && bound <= point) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True where a point lies in a set. */
export function containsPoint<T extends LineValue>(bounds: Bounds<T>, point: T): boolean {
  return (boundsUpTo(bounds, point) & 1) === 1;
}

/** True where two sets have the same points. */
export function sameBounds<T extends LineValue>(a: Bounds<T>, b: Bounds<T>): boolean {
  return a === b || (a.length === b.length && a.every((bound, index) => bound === b[index]));
}

/** True where two sets have a point in common; stops at the first. */
export function overlap<T extends LineValue>(a: Bounds<T>, b: Bounds<T>): boolean {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  return toPairs(few).some(([start, end]) => {
    const index = boundsUpTo(many, start);
    if ((index & 1) === 1) return true;
    const next = many[index];
    return next !== undefined && next < end;
  });
}

/** True where every point of `inner` lies in `outer`; stops at the first that does not. */
export function covers<T extends LineValue>(outer: Bounds<T>, inner: Bounds<T>): boolean {
  return toPairs(inner).every(([start, end]) => {
    const index = boundsUpTo(outer, start);
    const close = outer[index];
    return (index & 1) === 1 && close !== undefined && close >= end;
  });
}

/** Orders sets by their first bound that differs; a set that is the beginning of another comes first. */
export function compareBounds<T extends LineValue>(a: Bounds<T>, b: Bounds<T>): number {
  for (const [index, x] of a.entries()) {
    const y = b[index];
    if (y === undefined) return 1;
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
