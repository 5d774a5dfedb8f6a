/** "Did you mean": the nearest of the names that would have been right. */
import { compareCodePoints } from "../grammar/source.js";

/**
 * The candidate that a misspelt `name` most likely stood for; undefined where none is near. Case counts for nothing, a
 * swap of neighbours is one mistake, and at most a third of the letters may be wrong. Ties go to the first in code-point
 * order, so that the answer does not depend on the order of the candidates.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: { readonly text: string; readonly distance: number } | undefined;
  for (const text of candidates) {
    if (text === name) continue;
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, text.length) / 3));
    if (Math.abs(text.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, text.toLowerCase());
    if (distance > limit || distance >= Math.max(wanted.length, text.length)) continue;
    const nearer =
      best === undefined ||
      distance < best.distance ||
      (distance === best.distance && compareCodePoints(text, best.text) < 0);
    if (nearer) best = { text, distance };
  }
  return best?.text;
}

/** Edits between two texts: insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
