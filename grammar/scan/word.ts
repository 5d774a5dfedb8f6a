/** Words with a tail: service literals such as `tcp/443`, and interface names that should have been quoted. */
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Scanner } from "../scanner.js";
import { LiteralToken, StringToken } from "../tokens.js";

/** The protocols that a service literal may begin with. */
export const serviceWords: ReadonlySet<string> = new Set(["tcp", "udp", "icmp", "icmpv6", "ip"]);

/** As the key of an object in JavaScript and in tools made with it, this word changes the object and adds no key. */
const UNUSABLE = "__proto__";

/** Refuses a name or a string that cannot be a key of emitted JSON; it begins where the scanner is. */
export function reportUnusable(scanner: Scanner, text: string, end: number): void {
  if (text === UNUSABLE) scanner.reporter.report(errors["unusable-text"], { text }, scanner.at, end);
}

const portPath = /^[A-Za-z][A-Za-z0-9-]*[0-9](\/[0-9]+)+([.:][0-9]+)*$/;
const logicalUnit = /^[A-Za-z][A-Za-z-]*[0-9]+[.:][0-9]+$/;

/**
 * Takes `word/…` or `word.digits` as one token; `end` is where the word ends. False where the text is neither a service
 * nor an interface name: the word then stands by itself.
 */
export function scanServiceOrInterface(scanner: Scanner, word: string, end: number): boolean {
  const start = scanner.at;
  const behind = scanner.runEnd(end);
  const run = scanner.text.slice(start, behind);
  if (!serviceWords.has(word) && (portPath.test(run) || logicalUnit.test(run))) {
    const extras = scanner.reporter.edit("quote it", true, start, behind, `"${run}"`);
    scanner.reporter.report(errors["unquoted-interface"], { text: run }, start, behind, extras);
    scanner.push(StringToken, start, behind, { value: run });
    return true;
  }
  if (scanner.text.charCodeAt(end) !== 0x2f) return false;
  scanner.push(LiteralToken, start, behind, { shape: "service" });
  return true;
}
