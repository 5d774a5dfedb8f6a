/**
 * Source files, positions and spans: the coordinates every later phase carries.
 *
 * Offsets count UTF-16 code units from 0. Lines and columns count from 1, columns in UTF-16 units, which is what
 * editors and SARIF use. Nothing outside this file converts between the two.
 */

/** What a text is, so that a renderer knows how to name it. */
export type SourceKind = "demarc" | "query" | "config" | "lock";

/** A place in a text: line and column from 1 (UTF-16 units), offset from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** One text that spans point into. `path` is relative to the package, with `/`; `<query>` for the text of a query. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  readonly kind: SourceKind;
  private lineStarts: readonly number[] | undefined;

  constructor(path: string, text: string, kind: SourceKind = "demarc") {
    this.path = path;
    this.text = text;
    this.kind = kind;
  }

  /** The position of an offset; offsets outside the text are clamped to it. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1, offset: at };
  }

  /** The text of a line (from 1) without its terminator; empty for a line that does not exist. */
  lineText(line: number): string {
    const starts = this.starts();
    const start = starts[line - 1];
    if (start === undefined) return "";
    const end = starts[line] ?? this.text.length;
    return this.text.slice(start, end).replace(/\r?\n$|\r$/, "");
  }

  /** How many lines the text has; an empty text has one. */
  get lineCount(): number {
    return this.starts().length;
  }

  private starts(): readonly number[] {
    if (this.lineStarts === undefined) {
      const starts = [0];
      for (let i = this.text.indexOf("\n"); i >= 0; i = this.text.indexOf("\n", i + 1)) starts.push(i + 1);
      this.lineStarts = starts;
    }
    return this.lineStarts;
  }
}

/**
 * A half-open range of one source file.
 *
 * `frames` is room for later editions, where a declaration can come from a table or a module: the places that it was
 * expanded from, innermost first.
 */
export interface Span {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly frames?: readonly Span[];
}

/** A span over `[start, end)` of `source`. */
export function span(source: SourceFile, start: number, end: number): Span {
  return { source, start, end };
}

/** The text a span covers. */
export function spanText(at: Span): string {
  return at.source.text.slice(at.start, at.end);
}

/** Compares strings by code points (not by UTF-16 units and not by locale), the order files are taken in. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogateX = x >= 0xd800 && x <= 0xdfff;
    const surrogateY = y >= 0xd800 && y <= 0xdfff;
    if (surrogateX !== surrogateY) return surrogateX ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

/** Orders spans by (file, position): of two clashing places the later one is where a fault is shown. */
export function compareSpans(a: Span, b: Span): number {
  return compareCodePoints(a.source.path, b.source.path) || a.start - b.start || a.end - b.end;
}
