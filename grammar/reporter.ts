/** Where scanner, classifier and parser report to: counts the errors of one file and stops at a cap. */
import { syntaxCatalogue } from "./catalogue.js";
import { type DiagnosticKind, Diagnostics, type Related, type ReportExtras, type TextChange } from "./diagnostic.js";
import { type SourceFile, span } from "./source.js";

/** How many syntax errors one file may have before the rest is left unsaid. */
export const errorCap = 200;

/** One collector's view of one file. */
export class Reporter {
  readonly source: SourceFile;
  private readonly diagnostics: Diagnostics;
  private count = 0;

  constructor(source: SourceFile, diagnostics: Diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
  }

  /** How many findings were reported for this file. */
  get reported(): number {
    return this.count;
  }

  /** A reporter that goes on from here but keeps its findings to itself until they are adopted. */
  attempt(): Reporter {
    const attempt = new Reporter(this.source, new Diagnostics());
    attempt.count = this.count;
    return attempt;
  }

  /** Takes over the findings of an attempt. */
  adopt(attempt: Reporter): void {
    this.diagnostics.addAll(attempt.diagnostics.sorted());
    this.count = attempt.count;
  }

  /** True where the cap is reached: nothing more will be said. */
  get full(): boolean {
    return this.count >= errorCap;
  }

  /** Reports at `[start, end)`; the first finding past the cap is replaced by one that says so. */
  report<P>(kind: DiagnosticKind<P>, params: P, start: number, end: number, extras?: ReportExtras): void {
    if (this.count > errorCap) return;
    this.count++;
    if (this.count > errorCap) {
      const at = span(this.source, start, start);
      this.diagnostics.report(syntaxCatalogue["too-many-errors"], { cap: errorCap }, at);
      return;
    }
    this.diagnostics.report(kind, params, span(this.source, start, end), extras);
  }

  /** One replacement in this file. */
  change(start: number, end: number, text: string): TextChange {
    return { span: span(this.source, start, end), text };
  }

  /** Extras with one edit that replaces `[start, end)` by `text`. */
  edit(title: string, certain: boolean, start: number, end: number, text: string): ReportExtras {
    return { edits: [{ title, certain, changes: [this.change(start, end, text)] }] };
  }

  /** A related place in this file. */
  related(message: string, start: number, end: number): Related {
    return { message, span: span(this.source, start, end) };
  }
}
