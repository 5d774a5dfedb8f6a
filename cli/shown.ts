/** Which findings are shown where only changed lines are asked for, and the finding that counts the rest. */
import { countOf, summaryOf } from "../compiler/diagnostics/render/pretty.js";
import { writingDiagnostics } from "../compiler/diagnostics/writing-catalogue.js";
import { type Diagnostic, Diagnostics } from "../grammar/diagnostic.js";
import type { Span } from "../grammar/source.js";
import type { Changes } from "./git-changes.js";

const { "hidden-errors": hiddenErrors, "hidden-findings": hiddenFindings } = writingDiagnostics;

/**
 * The findings with a changed line at their place or at a related one, and those without a place. The rest is counted in
 * one more finding at the end, an error where an error is among them: whatever the form, the verdict is that of all.
 */
export function shownOf(all: readonly Diagnostic[], changes: Changes): readonly Diagnostic[] {
  const shown = all.filter((one) => isShown(one, changes));
  const hidden = all.filter((one) => !isShown(one, changes));
  if (hidden.length === 0) return all;
  const count = (severity: string): number => hidden.filter((one) => one.severity === severity).length;
  const counts = { errors: count("error"), warnings: count("warning"), notes: count("info") };
  const said = new Diagnostics();
  const kind = counts.errors > 0 ? hiddenErrors : hiddenFindings;
  const data = { since: changes.revision, hidden: counts };
  said.report(kind, { since: changes.revision, counts: summaryOf(hidden) }, undefined, { data });
  return [...shown, ...said.sorted()];
}

function isShown({ span, related }: Diagnostic, changes: Changes): boolean {
  return span === undefined || [span, ...related.map((one) => one.span)].some((at) => hasChanged(at, changes));
}

function hasChanged(at: Span, { touch }: Changes): boolean {
  const first = at.source.position(at.start).line;
  // A span that ends at the start of a line has its last character on the line before.
  const last = at.source.position(Math.max(at.start, at.end - 1)).line;
  return touch(at.source.path, first, last);
}

/** The counts of what is shown, and how many findings are not. */
export function shownSummary(shown: readonly Diagnostic[]): string {
  const isCount = (one: Diagnostic): boolean => one.code === hiddenErrors.code || one.code === hiddenFindings.code;
  const counted = shown.find(isCount);
  if (counted === undefined) return summaryOf(shown);
  const numbers = Object.values(counted.data?.hidden ?? {}).map(Number);
  const hidden = numbers.reduce((sum, one) => sum + one, 0);
  return `${summaryOf(shown.filter((one) => !isCount(one)))} shown, ${countOf(hidden, "finding")} hidden`;
}
