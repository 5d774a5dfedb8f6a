/** Findings for people: place, code, message, the source with the exact words underlined, help and fixes. */
import type { Diagnostic, Edit, Severity } from "../../../grammar/diagnostic.js";
import { type Span, spanText } from "../../../grammar/source.js";
import { RESTORE_HELP } from "../validate-catalogue.js";
import { safeLine } from "./cells.js";
import { type Excerpt, excerptOf } from "./excerpt.js";

/** Paints text; `plainPaint` leaves it as it is. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
}

const same = (text: string): string => text;
const ansi =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;

/** Without colour: for pipes, files and `NO_COLOR`. */
export const plainPaint: Paint = { error: same, warning: same, info: same, bold: same, dim: same, good: same };

/** With the eight colours every terminal has. */
export const colourPaint: Paint = {
  error: ansi(31),
  warning: ansi(33),
  info: ansi(36),
  bold: ansi(1),
  dim: ansi(2),
  good: ansi(32),
};

/** How findings are shown. */
export interface PrettyOptions {
  readonly paint: Paint;
  /** The path to print for a path relative to the package; what a user can open from where they stand. */
  readonly display: (path: string) => string;
}

/** One finding as lines of text, with a line end after the last. */
export function prettyDiagnostic(diagnostic: Diagnostic, options: PrettyOptions): string {
  const { paint } = options;
  const label = paint[diagnostic.severity](`${diagnostic.severity} ${diagnostic.code}`);
  const place = diagnostic.span === undefined ? "" : `${paint.bold(placeOf(diagnostic.span, options))}: `;
  const lines = [`${place}${label}: ${safeLine(diagnostic.message)}`];
  lines.push(...excerptLines(diagnostic, options));
  if (diagnostic.help !== undefined) lines.push(`  ${paint.bold("help:")} ${safeLine(diagnostic.help)}`);
  for (const edit of diagnostic.edits) lines.push(`  ${paint.bold("fix:")} ${safeLine(fixText(edit))}`);
  return `${lines.join("\n")}\n`;
}

/** All findings, a blank line after each. Help that says the same under every finding of an output is said once. */
export function prettyDiagnostics(diagnostics: readonly Diagnostic[], options: PrettyOptions): string {
  const first = diagnostics.find((one) => one.help === RESTORE_HELP);
  const shown = diagnostics.map((one) => {
    const { help, ...rest } = one;
    return help === RESTORE_HELP && one !== first ? rest : one;
  });
  return shown.map((one) => `${prettyDiagnostic(one, options)}\n`).join("");
}

/** `2 errors, 1 warning`, or `no findings`. */
export function summaryOf(diagnostics: readonly Diagnostic[]): string {
  const parts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = diagnostics.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [countOf(count, nounOf(severity))];
  });
  return parts.length === 0 ? "no findings" : parts.join(", ");
}

/** `1 file`, `3 files`; `plural` where an `s` is not enough. */
export function countOf(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

function nounOf(severity: Severity): string {
  return severity === "info" ? "note" : severity;
}

function placeOf(at: Span, options: PrettyOptions): string {
  const position = at.source.position(at.start);
  return `${safeLine(options.display(at.source.path))}:${position.line}:${position.column}`;
}

/** What is underlined: the primary place with `^`, related ones with `-` and their message. */
interface Part {
  readonly excerpt: Excerpt;
  readonly mark: string;
  readonly note: string;
}

function excerptLines(diagnostic: Diagnostic, options: PrettyOptions): readonly string[] {
  const parts: Part[] = [];
  if (diagnostic.span !== undefined) {
    const excerpt = excerptOf(diagnostic.span);
    const note = excerpt.lastLine === undefined ? "" : ` to line ${excerpt.lastLine}`;
    parts.push({ excerpt, mark: "^", note });
  }
  for (const related of diagnostic.related) {
    const note = ` ${safeLine(related.message)} (${placeOf(related.span, options)})`;
    parts.push({ excerpt: excerptOf(related.span), mark: "-", note });
  }
  const gutter = Math.max(0, ...parts.map((part) => String(part.excerpt.line).length));
  return parts.flatMap((part) => partLines(part, gutter, diagnostic.severity, options.paint));
}

function partLines(part: Part, gutter: number, severity: Severity, paint: Paint): readonly string[] {
  const { excerpt, mark, note } = part;
  const colour = mark === "^" ? paint[severity] : paint.info;
  const number = String(excerpt.line).padStart(gutter);
  const underline = colour(`${mark.repeat(excerpt.length)}${note}`);
  return [
    `${paint.dim(`  ${number} |`)} ${excerpt.text}`.trimEnd(),
    `${paint.dim(`  ${" ".repeat(gutter)} |`)} ${" ".repeat(excerpt.indent)}${underline}`,
  ];
}

/** The title of an edit, and what it does where that is one short change. */
function fixText(edit: Edit): string {
  const [change, ...more] = edit.changes;
  const sure = edit.certain ? "" : " (look at it before you apply it)";
  if (change === undefined || more.length > 0) return `${edit.title}${sure}`;
  const before = spanText(change.span);
  const short = (text: string) => text.length <= 60 && !text.includes("\n");
  if (!short(before) || !short(change.text) || edit.title.includes(`\`${change.text.trim()}\``))
    return `${edit.title}${sure}`;
  if (before === "") return `${edit.title}: write \`${change.text.trim()}\`${sure}`;
  if (change.text.trim() === "") return `${edit.title}: take out \`${before.trim()}\`${sure}`;
  return `${edit.title}: \`${before}\` becomes \`${change.text}\`${sure}`;
}
