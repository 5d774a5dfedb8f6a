/**
 * What shows nothing on a screen, or shows other lines and another order than a compiler reads: direction controls,
 * characters without width, separators of lines, and lone carriage returns. A reviewer would read another program than
 * the one that is compiled, so they are refused everywhere, also in comments and strings.
 *
 * Sources: Boucher and Anderson, Trojan Source: Invisible Vulnerabilities (2021); Unicode Technical Standard 55, Unicode
 * Source Code Handling.
 */
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Reporter } from "../reporter.js";

const hiddenSet = "\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff";
const hiddenRuns = new RegExp(`[${hiddenSet}]+|\\r(?!\\n)`, "g");
const hiddenOne = new RegExp(`^[${hiddenSet}]$`);
const lineSeparator = /[\u2028\u2029]/;

/** True for a character that is refused everywhere; it has been reported before the scan begins. */
export function isHidden(character: string): boolean {
  return hiddenOne.test(character);
}

/** The end of the line at `from`: a line feed, a carriage return before one or alone, or the end of the text. */
export function lineEnd(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  const end = feed < 0 ? text.length : feed;
  const lone = text.slice(from, end).indexOf("\r");
  return lone < 0 ? end : from + lone;
}

/** Reports every run of hidden characters behind `from`, and every carriage return without a line feed. */
export function reportHidden(reporter: Reporter, from: number): void {
  const { text } = reporter.source;
  hiddenRuns.lastIndex = from;
  for (let found = hiddenRuns.exec(text); found !== null; found = hiddenRuns.exec(text)) {
    const start = found.index;
    const end = start + found[0].length;
    if (found[0] === "\r") {
      reporter.report(
        errors["lone-return"],
        {},
        start,
        end,
        reporter.edit("write a line feed", true, start, end, "\n"),
      );
      continue;
    }
    // What stands for a line end parts words.
    const instead = lineSeparator.test(found[0]) ? " " : "";
    const title = instead === "" ? "take it away" : "write a blank";
    const codes = [...found[0]].map((character) => character.charCodeAt(0));
    reporter.report(errors["hidden-character"], { codes }, start, end, reporter.edit(title, true, start, end, instead));
  }
}
