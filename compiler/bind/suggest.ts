/** "Did you mean": the nearest of the names that would have been right. */
import { nearNames } from "../diagnostics/near.js";

/**
 * The candidate that a misspelt `name` most likely stood for; undefined where none is near. The name itself is no
 * candidate, and a single letter is near to nothing. The answer does not depend on the order of the candidates.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length < 2) return undefined;
  return nearNames(name, candidates).find((candidate) => candidate !== name);
}
