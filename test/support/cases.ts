/**
 * Cases: small packages with one baseline per phase, each in a directory `fixtures/cases/<topic>/<case>/`. The sources are
 * its `.demarc` files with `demarc.json` and `demarc.lock.json` where it has them; every `.txt` file is a baseline.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Checked, checkPackage } from "../../compiler/check/check.js";
import { memoryHost } from "../../compiler/host/memory.js";
import type { Day } from "../../compiler/model/estate.js";
import { loadPackage } from "../../compiler/package.js";
import { type Diagnostic, Diagnostics, type Edit } from "../../grammar/diagnostic.js";
import { type Span, spanText } from "../../grammar/source.js";

/** Where the cases are, from the project's root. */
export const CASES = "fixtures/cases";

/** The day that cases are judged on, whatever day it is. */
export const CASE_DAY: Day = { year: 2026, month: 7, day: 1 };

/** What checking some texts came to. `checked` is absent where there was no package to check. */
export interface CheckedTexts {
  readonly checked?: Checked;
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads and checks a package given as texts (or bytes) by path; the package is the directory `at`. */
export function checkTexts(files: Readonly<Record<string, string | Uint8Array>>, at = "."): CheckedTexts {
  const diagnostics = new Diagnostics();
  const loaded = loadPackage(memoryHost(files), at, diagnostics);
  if (loaded === undefined) return { diagnostics: diagnostics.sorted() };
  const checked = checkPackage(loaded, { today: CASE_DAY }, diagnostics);
  return { checked, diagnostics: diagnostics.sorted() };
}

/** A case directory: its name as `topic/case`, and its files by path below it. */
export interface Case {
  readonly name: string;
  readonly directory: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Every other file, baselines included, by path below the directory. */
  readonly others: readonly string[];
}

const SOURCES = /\.demarc$|^demarc(?:\.lock)?\.json$/;

/** All cases, in order of name. */
export function readCases(): readonly Case[] {
  return folders(CASES).flatMap((topic) =>
    folders(join(CASES, topic)).map((name) => readCase(join(CASES, topic, name), `${topic}/${name}`)),
  );
}

/** The case of a directory. */
export function readCase(directory: string, name: string): Case {
  const all = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split("\\").join("/"))
    .sort();
  const sources = all.filter((path) => SOURCES.test(path));
  const files = sources.map((path) => [path, readFileSync(join(directory, path))] as const);
  return { name, directory, files: Object.fromEntries(files), others: all.filter((path) => !SOURCES.test(path)) };
}

function folders(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * Findings as lines: `file:line:column-column CODE name "underlined" message | help`, and indented below each its level
 * where it is no error, its related places and its edits. `no findings` where there are none.
 */
export function renderFindings(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return "no findings\n";
  return diagnostics.map((each) => `${renderFinding(each)}\n`).join("");
}

function renderFinding({ code, name, severity, message, help, span, related, edits }: Diagnostic): string {
  const place = span === undefined ? "-" : placeOf(span);
  const text = span === undefined ? "" : ` ${quoted(span)}`;
  const lines = [`${place} ${code} ${name}${text} ${message}${help === undefined ? "" : ` | ${help}`}`];
  if (severity !== "error") lines.push(`  ${severity}`);
  for (const each of related) lines.push(`  related ${placeOf(each.span)} ${quoted(each.span)} ${each.message}`);
  for (const edit of edits) lines.push(`  ${renderEdit(edit)}`);
  return lines.join("\n");
}

function renderEdit({ title, certain, changes }: Edit): string {
  const texts = changes.map((change) => `${placeOf(change.span)} -> ${JSON.stringify(change.text)}`);
  return `${certain ? "certain edit" : "edit"}: ${title}: ${texts.join(", ")}`;
}

function placeOf(span: Span): string {
  const start = span.source.position(span.start);
  const end = span.source.position(span.end);
  const last = start.line === end.line ? String(end.column) : `${end.line}:${end.column}`;
  return `${span.source.path}:${start.line}:${start.column}-${last}`;
}

/** The words of a span; of a long or broken one only the beginning. */
function quoted(span: Span): string {
  const [line = "", ...rest] = spanText(span).split("\n");
  return `"${line.length > 60 || rest.length > 0 ? `${line.slice(0, 60)}…` : line}"`;
}
