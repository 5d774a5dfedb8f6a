/** Findings as a JUnit report: one test case per finding, and one that passes where there is none. */
import type { Diagnostic } from "../../../grammar/diagnostic.js";

/** The report of a verb. Errors are failures; warnings and notes pass, with their text as output. */
export function junitReport(
  command: string,
  diagnostics: readonly Diagnostic[],
  display: (path: string) => string,
): string {
  const failures = diagnostics.filter((one) => one.severity === "error").length;
  const counts = `tests="${Math.max(1, diagnostics.length)}" failures="${failures}" errors="0" skipped="0"`;
  const cases =
    diagnostics.length === 0
      ? [`    <testcase classname="demarc" name="${attribute(command)}"/>`]
      : diagnostics.map((one) => testCase(one, display));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="demarc" ${counts}>`,
    `  <testsuite name="demarc ${attribute(command)}" ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(one: Diagnostic, display: (path: string) => string): string {
  const place = placeText(one, display);
  const file = one.span === undefined ? "" : ` file="${attribute(display(one.span.source.path))}"`;
  const body = [place, one.message, ...(one.help === undefined ? [] : [`help: ${one.help}`])].filter(
    (line) => line !== "",
  );
  const open = `    <testcase classname="${attribute(one.code)}" name="${attribute([place, one.message].filter((x) => x !== "").join(": "))}"${file}>`;
  const inner =
    one.severity === "error"
      ? `      <failure type="${attribute(one.code)}" message="${attribute(one.message)}">${content(body.join("\n"))}</failure>`
      : `      <system-out>${content(`${one.severity}: ${body.join("\n")}`)}</system-out>`;
  return [open, inner, "    </testcase>"].join("\n");
}

function placeText(one: Diagnostic, display: (path: string) => string): string {
  if (one.span === undefined) return "";
  const start = one.span.source.position(one.span.start);
  return `${display(one.span.source.path)}:${start.line}:${start.column}`;
}

/** XML 1.0 has no way to write most control characters, so they are shown as U+FFFD. */
function content(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

function attribute(text: string): string {
  return content(text).replace(/"/g, "&quot;").replace(/\n/g, "&#10;").replace(/\t/g, "&#9;");
}
