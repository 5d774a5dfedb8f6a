import type { Reporter } from "../reporter.js";
import type { Token } from "../tokens.js";
/** The tokens of a faulty file, as they are parsed in the second pass. */
export function layOut(tokens: readonly Token[], _reporter: Reporter): readonly Token[] {
  return tokens;
}
