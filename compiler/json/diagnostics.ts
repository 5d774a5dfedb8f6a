/** The JSON form of findings and results: architecture.md, "Machine output". */
import type { Diagnostic } from "../../grammar/diagnostic.js";
import type { Position, Span } from "../../grammar/source.js";

/** The version of every JSON result; it changes when a consumer has to. */
export const FORMAT_VERSION = 1;

/** Line and column from 1 in UTF-16 units, offset from 0. */
export interface JsonRange {
  readonly start: Position;
  readonly end: Position;
}

/** A place in a file relative to the package, or in `<query>`. */
export interface JsonPlace {
  readonly file: string;
  readonly range: JsonRange;
}

/** One finding in JSON. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly name: string;
  readonly severity: string;
  readonly message: string;
  readonly help?: string;
  readonly file?: string;
  readonly range?: JsonRange;
  readonly related: readonly (JsonPlace & { readonly message: string })[];
  readonly edits: readonly {
    readonly title: string;
    readonly certain: boolean;
    readonly changes: readonly (JsonPlace & { readonly text: string })[];
  }[];
  readonly data?: unknown;
}

/** What every verb that reports prints under `--format json`. */
export interface Envelope {
  readonly formatVersion: typeof FORMAT_VERSION;
  readonly command: string;
  readonly ok: boolean;
  readonly diagnostics: readonly JsonDiagnostic[];
  /** Absent where there is no result (an estate with errors, say). */
  readonly result?: unknown;
}

/** The place of a span. */
export function placeJson(at: Span): JsonPlace {
  return { file: at.source.path, range: { start: at.source.position(at.start), end: at.source.position(at.end) } };
}

/** One finding. Keys come in the order of the document that describes them. */
export function diagnosticJson(one: Diagnostic): JsonDiagnostic {
  return {
    code: one.code,
    name: one.name,
    severity: one.severity,
    message: one.message,
    ...(one.help === undefined ? {} : { help: one.help }),
    ...(one.span === undefined ? {} : placeJson(one.span)),
    related: one.related.map((related) => ({ message: related.message, ...placeJson(related.span) })),
    edits: one.edits.map((edit) => ({
      title: edit.title,
      certain: edit.certain,
      changes: edit.changes.map((change) => ({ ...placeJson(change.span), text: change.text })),
    })),
    ...(one.data === undefined ? {} : { data: one.data }),
  };
}

/** The envelope of a result. `ok` is false where a finding is an error. */
export function envelope(command: string, diagnostics: readonly Diagnostic[], result: unknown): Envelope {
  return {
    formatVersion: FORMAT_VERSION,
    command,
    ok: !diagnostics.some((one) => one.severity === "error"),
    diagnostics: diagnostics.map(diagnosticJson),
    ...(result === undefined ? {} : { result }),
  };
}

/** The text of a JSON document: two blanks of indentation, a line end after the last line. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
