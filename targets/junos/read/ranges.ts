/** Closed ranges of numbers: what ports, types and offsets are matched by. */
import type { NumberRange } from "../../../compiler/validate/readback.js";

/** The union as sorted ranges that neither overlap nor touch. */
export function joined(ranges: readonly NumberRange[]): readonly NumberRange[] {
  const out: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else out.push([low, high]);
  }
  return out;
}

/** Everything from 0 to `most` that is in none of the ranges. */
export function allBut(ranges: readonly NumberRange[], most: number): readonly NumberRange[] {
  const out: NumberRange[] = [];
  let next = 0;
  for (const [low, high] of joined(ranges)) {
    if (low > next) out.push([next, low - 1]);
    next = high + 1;
  }
  if (next <= most) out.push([next, most]);
  return out;
}

/** True where every number of `ranges` is among `numbers`, and there is one. */
export function within(ranges: readonly NumberRange[] | undefined, ...numbers: readonly number[]): boolean {
  if (ranges === undefined || ranges.length === 0) return false;
  return ranges.every(([low, high]) => {
    for (let number = low; number <= high; number++) if (!numbers.includes(number)) return false;
    return true;
  });
}
