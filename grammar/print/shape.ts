/** Whether two texts say the same: their trees without places, and their comments. */
import type { SyntaxFile } from "../syntax/nodes.js";
import { commentText } from "./pieces.js";

const places: ReadonlySet<string> = new Set(["start", "end", "opStart", "source", "trivia"]);

/** True where two files have the same tree, apart from places and spellings of equal literals, and the same comments. */
export function sameShape(a: SyntaxFile, b: SyntaxFile): boolean {
  return sameValue(a, b) && sameList(comments(a), comments(b));
}

/** The texts of all comments of a file, in order. */
function comments(file: SyntaxFile): readonly string[] {
  return file.trivia.map((one) => `${one.kind} ${commentText(file.source.text.slice(one.start, one.end))}`);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a).filter(([key]) => !places.has(key));
  const right = new Map(Object.entries(b).filter(([key]) => !places.has(key)));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)));
}
