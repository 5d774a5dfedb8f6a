/** Findings as workflow commands of GitHub Actions ("Workflow commands for GitHub Actions", setting a message). */
import type { Diagnostic } from "../../../grammar/diagnostic.js";

/** One command per finding; `display` gives the path relative to the repository's root. */
export function githubAnnotations(diagnostics: readonly Diagnostic[], display: (path: string) => string): string {
  return diagnostics.map((one) => annotation(one, display)).join("");
}

function annotation(one: Diagnostic, display: (path: string) => string): string {
  const level = one.severity === "info" ? "notice" : one.severity;
  const properties = [...placeProperties(one, display), `title=${property(`${one.code} ${one.name}`)}`].join(",");
  const text = one.help === undefined ? one.message : `${one.message}\nhelp: ${one.help}`;
  return `::${level} ${properties}::${data(text)}\n`;
}

function placeProperties(one: Diagnostic, display: (path: string) => string): readonly string[] {
  if (one.span === undefined) return [];
  const start = one.span.source.position(one.span.start);
  const end = one.span.source.position(one.span.end);
  const place = [`file=${property(display(one.span.source.path))}`, `line=${start.line}`, `endLine=${end.line}`];
  // GitHub takes columns only where the annotation stays on one line.
  if (start.line === end.line) place.push(`col=${start.column}`, `endColumn=${end.column}`);
  return place;
}

/** Other control characters are shown as escapes: a log must not be steered by a name that somebody wrote. */
function data(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const shown = text.replace(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, escaped);
  return shown.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

function escaped(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`;
}
