/** The baseline of diagnostics: the sources themselves, with what is found below the words it is found at. */
import type { Diagnostic, Edit } from "../../../grammar/diagnostic.js";
import type { SourceFile, Span } from "../../../grammar/source.js";

/** All findings: those without a place first, then every source with its own. */
export function findingsText(diagnostics: readonly Diagnostic[], sources: readonly SourceFile[]): string {
  const placed = (source: SourceFile) => diagnostics.filter((one) => one.span?.source.path === source.path);
  const known = new Set(sources.map(({ path }) => path));
  const others = new Map(
    diagnostics.flatMap(({ span }) => (span === undefined ? [] : [[span.source.path, span.source]])),
  );
  const rest = [...others].filter(([path]) => !known.has(path)).map(([, source]) => source);
  const loose = diagnostics
    .filter(({ span }) => span === undefined)
    .flatMap((one) => notes(one).map((line) => `${line}\n`));
  const parts = [...sources, ...rest].map((source) => `=== ${source.path}\n${sourceText(source, placed(source))}`);
  const head = `${countText(diagnostics)}\n${loose.join("")}`;
  return [head, ...parts].join("\n");
}

function countText(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return "no findings";
  const codes = diagnostics.map(({ code, severity }) => `${code}${severity === "error" ? "" : ` (${severity})`}`);
  return codes.join(", ");
}

function sourceText(source: SourceFile, diagnostics: readonly Diagnostic[]): string {
  const gutter = String(source.lineCount).length;
  const lines: string[] = [];
  for (let line = 1; line <= source.lineCount; line++) {
    const text = source.lineText(line);
    const last = line === source.lineCount && text === "";
    const own = diagnostics.filter(({ span }) => span !== undefined && source.position(span.start).line === line);
    if (last && own.length === 0) break;
    lines.push(`${String(line).padStart(gutter)} | ${oneCellEach(text)}`.trimEnd());
    for (const each of own) if (each.span !== undefined) lines.push(...below(each, each.span, gutter));
  }
  return lines.map((line) => `${line}\n`).join("");
}

function below(diagnostic: Diagnostic, at: Span, gutter: number): readonly string[] {
  const start = at.source.position(at.start);
  const end = at.source.position(at.end);
  const length =
    end.line === start.line ? end.column - start.column : at.source.lineText(start.line).length - start.column + 1;
  const margin = `${" ".repeat(gutter)} | ${" ".repeat(start.column - 1)}`;
  const onward = end.line === start.line ? "" : ` to ${end.line}:${end.column}`;
  return [
    `${margin}${"^".repeat(Math.max(1, length))}${onward}`,
    ...notes(diagnostic).map((note) => `${margin}${note}`),
  ];
}

function notes({ code, name, severity, message, help, related, edits }: Diagnostic): readonly string[] {
  return [
    `${severity === "error" ? "" : `${severity} `}${code} ${name}: ${message}`,
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...related.map((one) => `related ${rangeText(one.span)}: ${one.message}`),
    ...edits.map(editText),
  ].map(oneCellEach);
}

function editText({ title, certain, changes }: Edit): string {
  const texts = changes.map((change) => `${rangeText(change.span)} becomes ${JSON.stringify(change.text)}`);
  return `${certain ? "certain edit" : "edit"}: ${title}: ${texts.join(", ")}`;
}

function rangeText({ source, start, end }: Span): string {
  const [from, to] = [source.position(start), source.position(end)];
  return `${source.path}:${from.line}:${from.column}-${from.line === to.line ? "" : `${to.line}:`}${to.column}`;
}

/** What does not print, or not in one cell, as one mark each, so that the underline stays below its words. */
function oneCellEach(text: string): string {
  return text.replace(/[^\u0020-\u007e\u00a1-\u024f\u2010-\u2026]/g, "\u00b7");
}
