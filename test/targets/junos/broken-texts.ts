/** Texts of routers, broken by chance. */
import type { Random } from "../../support/oracle/random.js";

/** Pieces that mean something to one of the scanners. */
export const PIECES = [
  "{",
  "}",
  "[",
  "]",
  ";",
  '"',
  "\\",
  "#",
  "/*",
  "*/",
  "\n",
  " ",
  "set ",
  "delete ",
  "replace: ",
  "inactive: ",
  "term ",
  "then accept",
  "except",
  "0.0.0.0/0",
  "::/0",
  "\u0000",
  "\ud800",
  "é",
  "apply-groups x",
];

/** A text with some of it replaced by pieces, characters or nothing. */
export function mutated(random: Random, text: string): string {
  let out = text;
  for (let count = 1 + random.below(4); count > 0; count--) {
    const at = random.below(out.length + 1);
    const end = Math.min(out.length, at + random.of([0, 1, 2, 10, 80]));
    const piece = random.once(3)
      ? String.fromCharCode(random.below(random.once(2) ? 128 : 65_536))
      : random.of([...PIECES, ""]);
    out = out.slice(0, at) + piece + out.slice(end);
  }
  return out;
}
