/** Characters that begin no token: one report per run, and a help where it is plain what was meant. */
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Scanner } from "../scanner.js";
import { InvalidToken, StringToken } from "../tokens.js";
import { classOf } from "./characters.js";
import { isHidden, lineEnd } from "./hidden.js";

const otherQuotes = /['‘“]/;
const foreignBlank = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;

/** What other languages or word processors write, and what to write here; undefined where it is just taken away. */
const meant: ReadonlyMap<string, string> = new Map([
  ["→", "->"],
  ["⇒", "->"],
  ["↔", "<->"],
  ["–", "-"],
  ["—", "-"],
  ["|", "+"],
  ["!", "not"],
  ["≠", "!="],
  ["“", '"'],
  ["”", '"'],
]);

/** Reports the run of stray characters at this place and moves behind it. */
export function scanStray(scanner: Scanner): void {
  const first = String.fromCodePoint(scanner.text.codePointAt(scanner.at) ?? 0);
  if (isHidden(first)) scanner.at++;
  else if (foreignBlank.test(first)) strayBlanks(scanner);
  else if (first === "#") hashComment(scanner);
  else if (!otherQuotes.test(first) || !foreignString(scanner, first)) strayRun(scanner, first);
}

function strayBlanks(scanner: Scanner): void {
  const { text, at } = scanner;
  let end = at + 1;
  while (foreignBlank.test(text.charAt(end))) end++;
  const extras = scanner.reporter.edit("write a blank", true, at, end, " ");
  scanner.reporter.report(errors["foreign-blank"], { code: text.charCodeAt(at) }, at, end, extras);
  scanner.at = end;
}

/** `# text`: a comment of another language. The rest of the line is passed over, as a comment where it begins a line. */
function hashComment(scanner: Scanner): void {
  const { text, at } = scanner;
  const extras = scanner.reporter.edit("write `//`", true, at, at + 1, "//");
  scanner.reporter.report(errors["foreign-comment"], {}, at, at + 1, extras);
  const end = lineEnd(text, at);
  if (/^[ \t\ufeff]*$/.test(text.slice(text.lastIndexOf("\n", at) + 1, at))) {
    scanner.trivia.push({ kind: "line", start: at, end });
    scanner.at = end;
  } else scanner.push(InvalidToken, at, end);
}

/** A string in quotes of another kind is taken for the string it was meant to be. */
function foreignString(scanner: Scanner, sign: string): boolean {
  const { text, at } = scanner;
  const quoted = /['‘“]([^'"\\\r\n‘’“”]*)['’”]/y;
  quoted.lastIndex = at;
  const found = quoted.exec(text);
  if (found === null) return false;
  const value = found[1] ?? "";
  const end = at + found[0].length;
  const extras = scanner.reporter.edit(`write \`"${value}"\``, true, at, end, `"${value}"`);
  scanner.reporter.report(errors["foreign-quotes"], { sign }, at, end, extras);
  scanner.push(StringToken, at, end, { value });
  return true;
}

function strayRun(scanner: Scanner, first: string): void {
  const { text, at } = scanner;
  let end = at + first.length;
  while (end < text.length && isStray(text, end)) end++;
  const run = text.slice(at, end);
  const instead = meant.get(run);
  if (instead !== undefined) {
    const extras = scanner.reporter.edit(`write \`${instead}\``, run !== "|" && run !== "!", at, end, instead);
    scanner.reporter.report(errors["foreign-sign"], { found: run, instead }, at, end, extras);
  } else if (/^;+$/.test(run)) {
    const extras = scanner.reporter.edit("take it away", true, at, end, "");
    scanner.reporter.report(errors["needless-sign"], { found: run }, at, end, extras);
  } else {
    scanner.reporter.report(errors["stray-character"], { run }, at, end);
  }
  scanner.push(InvalidToken, at, end);
}

function isStray(text: string, at: number): boolean {
  const char = text.charAt(at);
  return (
    classOf(char.charCodeAt(0)) === 0 &&
    char !== "#" &&
    char !== "'" &&
    char !== ":" &&
    !isSign(text, at) &&
    !foreignBlank.test(char) &&
    !isHidden(char)
  );
}

function isSign(text: string, at: number): boolean {
  return text.startsWith("<->", at) || text.startsWith("!=", at);
}
