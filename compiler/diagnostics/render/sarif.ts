/** Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"). */
import type { Diagnostic, Edit, Severity } from "../../../grammar/diagnostic.js";
import { compareCodePoints, type Span, spanText } from "../../../grammar/source.js";

/** What the log says of the run. */
export interface SarifOptions {
  readonly version: string;
  /** The path to write for a path relative to the package. */
  readonly display: (path: string) => string;
  /** Exit code of the run; absent in a report that is part of the output. */
  readonly exitCode?: number;
  /** Makes a fingerprint of a text (a hexadecimal digest). */
  readonly digest: (text: string) => string;
}

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const LEVEL: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/** The log of one run, as data. */
export function sarifLog(diagnostics: readonly Diagnostic[], options: SarifOptions): unknown {
  const rules = rulesOf(diagnostics);
  const index = new Map(rules.map((rule, at) => [rule.id, at] as const));
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "demarc", semanticVersion: options.version, rules } },
        columnKind: "utf16CodeUnits",
        ...(options.exitCode === undefined
          ? {}
          : { invocations: [{ executionSuccessful: options.exitCode <= 1, exitCode: options.exitCode }] }),
        results: diagnostics.map((one) => resultOf(one, index, options)),
      },
    ],
  };
}

function rulesOf(diagnostics: readonly Diagnostic[]): readonly { readonly id: string; readonly name: string }[] {
  const names = new Map(diagnostics.map((one) => [one.code, one.name] as const));
  return [...names].sort(([a], [b]) => compareCodePoints(a, b)).map(([id, name]) => ({ id, name }));
}

function resultOf(one: Diagnostic, index: ReadonlyMap<string, number>, options: SarifOptions): unknown {
  return {
    ruleId: one.code,
    ruleIndex: index.get(one.code) ?? -1,
    level: LEVEL[one.severity],
    message: { text: one.help === undefined ? one.message : `${one.message}\nhelp: ${one.help}` },
    locations: one.span === undefined ? [] : [locationOf(one.span, options)],
    ...(one.related.length === 0
      ? {}
      : {
          relatedLocations: one.related.map((related, id) => ({
            id,
            ...locationOf(related.span, options),
            message: { text: related.message },
          })),
        }),
    partialFingerprints: { "demarc/v1": options.digest(fingerprintText(one)) },
    ...(one.edits.length === 0 ? {} : { fixes: one.edits.map((edit) => fixOf(edit, options)) }),
  };
}

/** What stays the same when lines move: code, file, the words underlined and the message. */
function fingerprintText(one: Diagnostic): string {
  const words = one.span === undefined ? "" : spanText(one.span).replace(/\s+/g, " ");
  return [one.code, one.span?.source.path ?? "", words, one.message].join("\u0000");
}

function locationOf(at: Span, options: SarifOptions): { readonly physicalLocation: unknown } {
  return { physicalLocation: { artifactLocation: artifactOf(at, options), region: regionOf(at) } };
}

function artifactOf(at: Span, options: SarifOptions): unknown {
  return { uri: options.display(at.source.path).split("/").map(encodeURIComponent).join("/") };
}

function regionOf(at: Span): unknown {
  const start = at.source.position(at.start);
  const end = at.source.position(at.end);
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    charOffset: start.offset,
    charLength: end.offset - start.offset,
  };
}

function fixOf(edit: Edit, options: SarifOptions): unknown {
  const files = new Map<string, { readonly artifact: unknown; readonly replacements: unknown[] }>();
  for (const change of edit.changes) {
    const path = change.span.source.path;
    const entry = files.get(path) ?? { artifact: artifactOf(change.span, options), replacements: [] };
    entry.replacements.push({ deletedRegion: regionOf(change.span), insertedContent: { text: change.text } });
    files.set(path, entry);
  }
  return {
    description: { text: edit.title },
    artifactChanges: [...files.values()].map((one) => ({
      artifactLocation: one.artifact,
      replacements: one.replacements,
    })),
  };
}
