/** A line of source with the exact words underlined. */
import type { Span } from "../../../grammar/source.js";
import { type Cell, cellsOf } from "./cells.js";

/** Longer lines are cut to this many characters round the words that matter. */
const WINDOW = 160;
/** How much of the text before the words is shown when a line is cut. */
const BEFORE = 40;

/** What an excerpt shows: the number of the line, its text, and the blanks and marks below it. */
export interface Excerpt {
  readonly line: number;
  readonly text: string;
  /** Blanks before the underline, in cells. */
  readonly indent: number;
  /** Length of the underline, in cells; at least one. */
  readonly length: number;
  /** The last line of the span where it goes on over several lines. */
  readonly lastLine?: number;
}

/** The excerpt of a span: its first line. A span of several lines is underlined to the end of the first. */
export function excerptOf(at: Span): Excerpt {
  const start = at.source.position(at.start);
  const end = at.source.position(Math.max(at.start, at.end));
  const text = at.source.lineText(start.line);
  const from = Math.min(start.column - 1, text.length);
  const to = end.line === start.line ? end.column - 1 : text.length;
  const first = text.length > WINDOW ? windowStart(text, from) : 0;
  const last = Math.min(text.length, first + WINDOW);
  const cells = cellsOf(text.slice(first, last));
  const lead = first > 0 ? "…" : "";
  const tail = last < text.length ? "…" : "";
  return {
    line: start.line,
    text: `${lead}${cells.map((cell) => cell.text).join("")}${tail}`.trimEnd(),
    indent: lead.length + widthOf(cells, 0, from - first),
    length: Math.max(1, widthOf(cells, from - first, to - first)),
    ...(end.line > start.line ? { lastLine: lastLineOf(at) } : {}),
  };
}

/** A span that ends at the start of a line has its last character on the line before. */
function lastLineOf(at: Span): number {
  return at.source.position(at.end - 1).line;
}

/** Where a cut line begins; never between the halves of a surrogate pair. */
function windowStart(text: string, from: number): number {
  const start = Math.max(0, Math.min(from - BEFORE, text.length - WINDOW));
  const code = text.charCodeAt(start);
  return code >= 0xdc00 && code <= 0xdfff ? start - 1 : start;
}

function widthOf(cells: readonly Cell[], from: number, to: number): number {
  return cells.reduce((sum, cell) => (cell.offset >= from && cell.offset < to ? sum + cell.width : sum), 0);
}
