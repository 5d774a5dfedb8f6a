/**
 * The diagnostic type, the catalogue entry and the collector.
 *
 * They live on the ground floor so that scanner and parser can report without knowing the compiler. Rendering and the
 * texts of `demarc explain` do not live here.
 */
import { compareCodePoints, type Span } from "./source.js";

/** How grave a finding is; only an `error` makes the exit code 1. */
export type Severity = "error" | "warning" | "info";

/** A place that helps to understand a diagnostic, possibly in another file. */
export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** Replaces the text of `span` by `text`. */
export interface TextChange {
  readonly span: Span;
  readonly text: string;
}

/** A way to mend a fault. `certain` edits may be applied without asking. */
export interface Edit {
  readonly title: string;
  readonly certain: boolean;
  readonly changes: readonly TextChange[];
}

/** One finding, rendered last. `message` and `help` are lower case, one line, without internal names. */
export interface Diagnostic {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  /** Absent only where a finding has no place in a text (an unreadable directory, say). */
  readonly span?: Span;
  readonly related: readonly Related[];
  readonly edits: readonly Edit[];
  /** Structured data for machines, such as the witness of a failed invariant. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * One entry of a catalogue: a stable code, a kebab-case name and how to word it. `P` is the type of the parameters, so
 * that a report with the wrong parameters does not compile.
 */
export interface DiagnosticKind<P> {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: (params: P) => string;
  readonly help?: (params: P) => string | undefined;
}

/** What a catalogue entry is written as: everything but the name, which is its key. */
export type DiagnosticEntry<P> = Omit<DiagnosticKind<P>, "name">;

/** Turns a table of entries into diagnostic kinds, taking each key as the name. Codes must be unique; a test checks. */
export function catalogue<T extends Readonly<Record<string, DiagnosticEntry<never>>>>(
  entries: T,
): { readonly [K in keyof T]: T[K] & { readonly name: string } } {
  const out: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(entries)) out[name] = { ...entry, name };
  return out as { readonly [K in keyof T]: T[K] & { readonly name: string } };
}

/** The optional parts of a report. `help` overrides the catalogue's help line where the place knows better. */
export interface ReportExtras {
  readonly related?: readonly Related[];
  readonly edits?: readonly Edit[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly help?: string;
}

/** Longer texts are cut in the middle: a message quotes what the user wrote, and that may be megabytes. */
const LONGEST_TEXT = 1_000;

function shortened(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const half = LONGEST_TEXT / 2;
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

/** Collects diagnostics. Phases are handed one and never print. */
export class Diagnostics {
  private readonly items: Diagnostic[] = [];
  private readonly known = new Set<string>();
  private errors = 0;

  /** Reports one finding of `kind` at `at`. */
  report<P>(kind: DiagnosticKind<P>, params: P, at: Span | undefined, extras: ReportExtras = {}): void {
    const help = extras.help ?? kind.help?.(params);
    this.add({
      code: kind.code,
      name: kind.name,
      severity: kind.severity,
      message: shortened(kind.message(params)),
      ...(help === undefined ? {} : { help: shortened(help) }),
      ...(at === undefined ? {} : { span: at }),
      related: extras.related ?? [],
      edits: extras.edits ?? [],
      ...(extras.data === undefined ? {} : { data: extras.data }),
    });
  }

  /** Adds a finished diagnostic. One that says the same of the same place as an earlier one is left out. */
  add(diagnostic: Diagnostic): void {
    const identity = identityOf(diagnostic);
    if (this.known.has(identity)) return;
    this.known.add(identity);
    this.items.push(diagnostic);
    if (diagnostic.severity === "error") this.errors++;
  }

  /** Adds all findings of another collector. */
  addAll(diagnostics: Iterable<Diagnostic>): void {
    for (const diagnostic of diagnostics) this.add(diagnostic);
  }

  get hasErrors(): boolean {
    return this.errors > 0;
  }

  get errorCount(): number {
    return this.errors;
  }

  /** All findings in canonical order: by file, position, code, message; findings without a place come first. */
  sorted(): readonly Diagnostic[] {
    return [...this.items].sort(compareDiagnostics);
  }
}

function identityOf({ code, message, help, span: at, related }: Diagnostic): string {
  const place = (one: Span | undefined) => [one?.source.path, one?.start, one?.end];
  return JSON.stringify([code, message, help, place(at), related.map((one) => [one.message, place(one.span)])]);
}

/** The canonical order of findings. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  const pathA = a.span?.source.path ?? "";
  const pathB = b.span?.source.path ?? "";
  return (
    compareCodePoints(pathA, pathB) ||
    (a.span?.start ?? 0) - (b.span?.start ?? 0) ||
    (a.span?.end ?? 0) - (b.span?.end ?? 0) ||
    compareCodePoints(a.code, b.code) ||
    compareCodePoints(a.message, b.message)
  );
}
