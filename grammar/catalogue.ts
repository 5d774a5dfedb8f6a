/** Every finding of scanner and parser, DMC01xx. The longer texts of `demarc explain` live with the command line. */

import { literalEntries } from "./classify/findings.js";
import { catalogue, type DiagnosticEntry } from "./diagnostic.js";

/** An error entry without parameters beyond those of its texts. */
function error<P = object>(
  code: string,
  message: (p: P) => string,
  help?: (p: P) => string | undefined,
): DiagnosticEntry<P> {
  return { code, severity: "error", message, ...(help === undefined ? {} : { help }) };
}

function point(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The code points of a run, each once, long runs shortened. */
function pointsOf(codes: readonly number[]): string {
  const distinct = [...new Set(codes)].map(point);
  return `${distinct.slice(0, 4).join(", ")}${distinct.length > 4 ? ", …" : ""}`;
}

/** Shows a run of characters: control characters by their code points, long runs shortened. */
function shown(run: string): string {
  const head = [...run.slice(0, 24)].map((char) => {
    const code = char.codePointAt(0) ?? 0;
    const visible =
      code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa0) && !(code >= 0xd800 && code < 0xe000);
    return visible ? char : `<${point(code)}>`;
  });
  return `\`${head.join("")}${run.length > 24 ? "…" : ""}\``;
}

/** The catalogue of syntax findings. */
export const syntaxCatalogue = catalogue({
  unexpected: error<{
    expected: string;
    after?: string | undefined;
    found?: string | undefined;
    help?: string | undefined;
  }>(
    "DMC0101",
    ({ expected, after, found }) =>
      `expected ${expected}${after === undefined ? "" : ` after ${after}`}${found === undefined ? "" : `, found ${found}`}`,
    ({ help }) => help,
  ),
  "not-closed": error<{ opener: string; closer: string }>(
    "DMC0102",
    ({ opener }) => `\`${opener}\` is never closed`,
    ({ closer }) => `add the \`${closer}\` that ends it`,
  ),
  "closes-nothing": error<{ closer: string }>(
    "DMC0103",
    ({ closer }) => `\`${closer}\` closes nothing`,
    ({ closer }) =>
      `take it away, or write the opening sign before it (\`${closer === "}" ? "{" : closer === "]" ? "[" : "("}\`)`,
  ),
  "reserved-word": error<{ word: string }>(
    "DMC0104",
    ({ word }) => `\`${word}\` is reserved for a later edition`,
    ({ word }) => `edition 1 has no \`${word}\`; a name must be another word`,
  ),
  "keyword-as-name": error<{ word: string; wanted: string }>(
    "DMC0105",
    ({ word, wanted }) => `\`${word}\` is a keyword; expected ${wanted}`,
    () => "choose another word; only keys of objects and labels may be keywords",
  ),
  "unterminated-string": error<object>(
    "DMC0106",
    () => "the string is not closed",
    () => 'a string ends with `"` on the line it begins on',
  ),
  "faulty-escape": error<{ text: string; isPoint: boolean }>(
    "DMC0107",
    ({ text, isPoint }) => (isPoint ? `${shown(text)} names no character` : `${shown(text)} is not an escape`),
    () => 'the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}` with the hexadecimal code of a character',
  ),
  "control-in-string": error<{ code: number }>(
    "DMC0108",
    ({ code }) => `control character ${point(code)} in a string`,
    ({ code }) => `write it as \`\\u{${code.toString(16)}}\` if it is meant`,
  ),
  "unterminated-comment": error<object>(
    "DMC0109",
    () => "the comment is not closed",
    () => "end it with `*/`",
  ),
  "stray-character": error<{ run: string }>(
    "DMC0110",
    ({ run }) => `${shown(run)} has no meaning here`,
    () => "outside strings and comments a program is letters, digits and signs of ASCII",
  ),
  "foreign-sign": error<{ found: string; instead: string }>(
    "DMC0111",
    ({ found }) => `\`${found}\` is not a sign of this language`,
    ({ instead }) => `write \`${instead}\``,
  ),
  "needless-sign": error<{ found: string }>(
    "DMC0112",
    ({ found }) => `\`${found}\` is not needed`,
    () => "statements need no separator",
  ),
  "foreign-blank": error<{ code: number }>(
    "DMC0113",
    ({ code }) => `a blank of another kind (${point(code)})`,
    () => "use plain spaces, tabs and line ends",
  ),
  "foreign-comment": error<object>(
    "DMC0114",
    () => "`#` does not begin a comment",
    () => "comments begin with `//`",
  ),
  "foreign-quotes": error<{ sign: string }>(
    "DMC0115",
    ({ sign }) => `\`${sign}\` does not begin a string`,
    () => 'strings stand in `"`',
  ),
  "name-begins-with-digit": error<{ text: string }>(
    "DMC0116",
    ({ text }) => `\`${text}\` begins with a digit and is no name`,
    () => "names begin with a letter; the name of an interface stands in quotes",
  ),
  "nested-too-deeply": error<{ limit: number }>(
    "DMC0117",
    ({ limit }) => `brackets nest more than ${limit} deep`,
    () => "the rest of the file was not read",
  ),
  "too-many-operators": error<{ limit: number }>(
    "DMC0118",
    ({ limit }) => `more than ${limit} operators in one statement`,
    () => "write a list, or name parts of it with `group`",
  ),
  "too-many-errors": error<{ cap: number }>(
    "DMC0119",
    ({ cap }) => `more than ${cap} syntax errors; the rest of the file is not reported`,
    () => "mend the first ones and run again",
  ),
  "edition-first": error<object>(
    "DMC0120",
    () => "`edition` stands at the beginning of a file",
    () => "move it to the first line",
  ),
  "too-many-closers": error<{ limit: number }>(
    "DMC0121",
    ({ limit }) => `more than ${limit} closing brackets that nothing opened`,
    () => "the rest of the file was not read",
  ),
  "too-many-tokens": error<{ limit: number }>(
    "DMC0122",
    ({ limit }) => `more than ${limit} words and signs in one file`,
    () => "the rest of the file was not read; split it into several files of one directory",
  ),
  "lone-return": error<object>(
    "DMC0123",
    () => "a carriage return without a line feed",
    () => "editors disagree whether it ends a line: end lines with a line feed",
  ),
  "hidden-character": error<{ codes: readonly number[] }>(
    "DMC0124",
    ({ codes }) => `${codes.length === 1 ? "a hidden character" : "hidden characters"} (${pointsOf(codes)})`,
    () => "they change what a reader sees and are refused everywhere; a string can name one as `\\u{…}`",
  ),
  "unusable-text": error<{ text: string }>(
    "DMC0125",
    ({ text }) => `\`${text}\` can be neither a name nor a key`,
    () => "programs that read the output give it a meaning of their own: choose another word",
  ),
  "no-refusal": error<{ word: string }>(
    "DMC0126",
    ({ word }) => `there is no \`${word}\`: what no rule allows is closed`,
    () => "take it away, or write `never` to state that something must stay closed",
  ),
  ...literalEntries,
});
