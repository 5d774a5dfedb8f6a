import type { Reporter } from "../reporter.js";
import type { Token } from "../tokens.js";
export function layOut(tokens: readonly Token[], _reporter: Reporter): readonly Token[] {
  return tokens;
}
