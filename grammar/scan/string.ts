/** Strings: one line, five escapes. */
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Scanner } from "../scanner.js";
import { StringToken } from "../tokens.js";
import { reportUnusable } from "./word.js";

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["n", "\n"],
  ["t", "\t"],
]);

/** Scans a string from its opening quote. An unterminated one ends with its line, before the closers it ends in. */
export function scanString(scanner: Scanner): void {
  const { text, at: start } = scanner;
  let end = start + 1;
  let escaped = false;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code === 0x22) break;
    if (code === 0x5c) {
      escaped = true;
      const next = text.charCodeAt(end + 1);
      end += next === 0x0a || next === 0x0d || Number.isNaN(next) ? 1 : 2;
    } else if (code === 0x0a || Number.isNaN(code)) {
      unterminated(scanner, end);
      return;
    } else {
      // A carriage return before a line feed ends the line; a lone one has been reported.
      if (code < 0x20 && code !== 0x09 && code !== 0x0d) control(scanner, end);
      end++;
    }
  }
  const value = escaped ? resolveEscapes(scanner, start + 1, end) : text.slice(start + 1, end);
  reportUnusable(scanner, value, end + 1);
  scanner.push(StringToken, start, end + 1, { value });
}

function unterminated(scanner: Scanner, lineEnd: number): void {
  const { text, at: start } = scanner;
  const line = text.slice(start + 1, Math.min(lineEnd, text.length));
  const content = line.replace(/[\s\]}),]*$/, "");
  const end = start + 1 + content.length;
  const extras = scanner.reporter.edit("close the string", false, end, end, '"');
  scanner.reporter.report(errors["unterminated-string"], {}, start, end, extras);
  scanner.push(StringToken, start, end, { value: content });
}

function control(scanner: Scanner, at: number): void {
  const code = scanner.text.charCodeAt(at);
  scanner.reporter.report(errors["control-in-string"], { code }, at, at + 1);
}

/** The text of `[start, end)` with escapes resolved; a faulty escape is reported and stands for itself. */
function resolveEscapes(scanner: Scanner, start: number, end: number): string {
  const { text } = scanner;
  let value = "";
  let i = start;
  while (i < end) {
    const backslash = text.indexOf("\\", i);
    if (backslash < 0 || backslash >= end) return value + text.slice(i, end);
    value += text.slice(i, backslash);
    const simple = simpleEscapes.get(text.charAt(backslash + 1));
    if (simple !== undefined) {
      value += simple;
      i = backslash + 2;
      continue;
    }
    const point = /u\{([^}"]*)\}?/y;
    point.lastIndex = backslash + 1;
    const found = point.exec(text);
    const length = found === null ? codePointLength(text, backslash + 1) : found[0].length;
    i = Math.min(end, backslash + 1 + length);
    value += codePoint(scanner, backslash, i, found?.[1]);
  }
  return value;
}

function codePointLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function codePoint(scanner: Scanner, start: number, end: number, digits: string | undefined): string {
  const text = scanner.text.slice(start, end);
  const value = digits !== undefined && /^[0-9A-Fa-f]{1,6}$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
  const scalar = value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
  if (scalar && text.endsWith("}")) return String.fromCodePoint(value);
  const isPoint = text.startsWith("\\u");
  scanner.reporter.report(errors["faulty-escape"], { text, isPoint }, start, end);
  return text;
}
