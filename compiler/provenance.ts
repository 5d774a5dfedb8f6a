/**
 * The text of `provenance.json`: one entry a line, because it is the largest file of an output, and a line that changes is
 * then a line of the difference. Of its many entries most share file, rule and place, whose texts are made once.
 */
import { compareCodePoints, type Span } from "../grammar/source.js";
import type { ProvenanceEntry, TargetOutput } from "./contract.js";
import { sourcePlace } from "./report.js";

/** An entry as it was read from a previous output. */
export interface ProvenanceLine {
  readonly target: string;
  readonly file: string;
  readonly pointer?: string;
  readonly lines?: { readonly first: number; readonly last: number };
  readonly id: string;
  readonly source: unknown;
}

/** True where a value has what an entry is sorted by. */
export function isProvenanceLine(value: unknown): value is ProvenanceLine {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { target, file, id } = value as Readonly<Record<string, unknown>>;
  return typeof target === "string" && typeof file === "string" && typeof id === "string";
}

/** An entry by what it is sorted by, with its text. */
interface Row {
  readonly pointer: string;
  readonly first: number;
  readonly last: number;
  readonly id: string;
  /** As JSON. */
  readonly source: string;
  readonly text: string;
}

/** The entries of the outputs by target, and those that are kept of a previous one, by file, place, rule and source. */
export function provenanceText(
  outputs: ReadonlyMap<string, Pick<TargetOutput, "provenance">>,
  kept: readonly ProvenanceLine[],
): string {
  const files = new Map<string, Row[]>();
  const add = (file: string, row: Row): void => {
    const rows = files.get(file);
    if (rows === undefined) files.set(file, [row]);
    else rows.push(row);
  };
  for (const line of kept) add(line.file, keptRow(line));
  const rows = new Rows();
  for (const [target, { provenance }] of outputs)
    for (const entry of provenance) add(entry.file, rows.of(target, entry));
  const texts: string[] = [];
  // Targets give the entries of a file in order, or nearly so.
  for (const [, list] of [...files].sort(([a], [b]) => compareCodePoints(a, b))) {
    for (const { text } of list.sort(compareRows)) texts.push(text);
  }
  return `{\n  "formatVersion": 1,\n  "entries": [${texts.length === 0 ? "" : `\n${texts.join(",\n")}\n  `}]\n}\n`;
}

function keptRow(line: ProvenanceLine): Row {
  return {
    pointer: line.pointer ?? "",
    first: line.lines?.first ?? 0,
    last: line.lines?.last ?? 0,
    id: line.id,
    source: JSON.stringify(line.source ?? null),
    text: `    ${JSON.stringify(line)}`,
  };
}

/** Makes rows of entries. */
class Rows {
  private readonly quoted = new Map<string, string>();
  private readonly sources = new Map<Span, string>();

  of(target: string, { file, at, id, source }: ProvenanceEntry): Row {
    const [pointer, first, last] = typeof at === "string" ? [at, 0, 0] : ["", at.firstLine, at.lastLine];
    const where =
      typeof at === "string" ? `"pointer":${JSON.stringify(at)}` : `"lines":{"first":${first},"last":${last}}`;
    const place = this.source(source);
    const text = `    {"target":${this.quote(target)},"file":${this.quote(file)},${where},"id":${this.quote(id)},"source":${place}}`;
    return { pointer, first, last, id, source: place, text };
  }

  private quote(text: string): string {
    const known = this.quoted.get(text) ?? JSON.stringify(text);
    this.quoted.set(text, known);
    return known;
  }

  private source(at: Span): string {
    const known = this.sources.get(at) ?? JSON.stringify(sourcePlace(at));
    this.sources.set(at, known);
    return known;
  }
}

function compareRows(a: Row, b: Row): number {
  return (
    a.first - b.first ||
    a.last - b.last ||
    compareCodePoints(a.pointer, b.pointer) ||
    compareCodePoints(a.id, b.id) ||
    compareCodePoints(a.source, b.source)
  );
}
