/**
 * From text to tokens and comments. Blanks are the gaps; every byte is in a token, a comment or a gap.
 *
 * Never throws. What is no token is reported once per run and becomes an `Invalid` token, or the token it was meant to
 * be where that is plain, so that nothing is reported twice.
 */
import { syntaxCatalogue as errors } from "./catalogue.js";
import { isLooseMask } from "./classify/addresses.js";
import { isLooseService } from "./classify/services.js";
import type { Reporter } from "./reporter.js";
import { blank, classOf, digit, hex, isAlphanumeric, letter } from "./scan/characters.js";
import { lineEnd, reportHidden } from "./scan/hidden.js";
import { scanStray } from "./scan/stray.js";
import { scanString } from "./scan/string.js";
import { reportUnusable, scanServiceOrInterface, serviceWords } from "./scan/word.js";
import type { Trivia } from "./syntax/trivia.js";
import { InvalidToken, LiteralToken, NameToken, sign, Token, wordTokens } from "./tokens.js";
import { isUnit, units } from "./units.js";

/** What a scan yields. `cut` is set where a text goes beyond what any program needs: the tokens stop there, and it is reported. */
export interface Scan {
  readonly tokens: readonly Token[];
  readonly trivia: readonly Trivia[];
  readonly cut: boolean;
}

/** How deep brackets and braces may nest. */
export const nestingLimit = 100;
/** How many closing brackets may have no opener: what has more is no program, and mending it would take for ever. */
export const closerLimit = 1000;
/** How many tokens one file may have: some 20 MB of ordinary text. More would exhaust memory. */
export const tokenLimit = 4_000_000;

const arrow = sign("->");
const bothWays = sign("<->");
const unequal = sign("!=");
const equals = sign("=");
const dot = sign(".");
const singleSigns: readonly (Token["tokenType"] | undefined)[] = (() => {
  const table: Token["tokenType"][] = [];
  for (const text of ["{", "}", "[", "]", "(", ")", "=", ",", ".", "+", "-", "&"] as const) {
    table[text.charCodeAt(0)] = sign(text);
  }
  return table;
})();

/** Scans one text, of which at most `most` tokens are read. */
export function scan(reporter: Reporter, most: number = tokenLimit): Scan {
  const scanner = new Scanner(reporter, most);
  scanner.run();
  return { tokens: scanner.tokens, trivia: scanner.trivia, cut: scanner.cut };
}

/** The state of one scan; the helpers in `scan-*.ts` read and move it. */
export class Scanner {
  readonly reporter: Reporter;
  readonly text: string;
  readonly tokens: Token[] = [];
  readonly trivia: Trivia[] = [];
  at = 0;
  cut = false;
  private depth = 0;
  private unopened = 0;
  private readonly most: number;

  constructor(reporter: Reporter, most: number) {
    this.reporter = reporter;
    this.most = most;
    this.text = reporter.source.text;
  }

  /** Scans to the end of the text, or to the place where it goes beyond a limit. */
  run(): void {
    const { text } = this;
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
    reportHidden(this.reporter, this.at);
    while (this.at < text.length && !this.cut) {
      const code = text.charCodeAt(this.at);
      const kind = classOf(code);
      if (kind === blank) this.at++;
      else if ((kind & letter) !== 0) this.word();
      else if ((kind & digit) !== 0) this.number();
      else this.other(code);
      if (this.tokens.length > this.most) this.stopAtLimit();
    }
  }

  private stopAtLimit(): void {
    this.cut = true;
    this.reporter.report(errors["too-many-tokens"], { limit: this.most }, this.at - 1, this.at);
  }

  /** The character code at an offset from here; NaN past the end. */
  peek(offset: number): number {
    return this.text.charCodeAt(this.at + offset);
  }

  /** Adds a token over `[start, end)` and moves behind it. */
  push(type: Token["tokenType"], start: number, end: number, extra?: ConstructorParameters<typeof Token>[3]): void {
    this.tokens.push(new Token(type, this.text.slice(start, end), start, extra));
    this.at = end;
  }

  private other(code: number): void {
    const next = this.peek(1);
    if (code === 0x22) scanString(this);
    else if (code === 0x2f && (next === 0x2f || next === 0x2a)) this.comment(next);
    else if (code === 0x3a && next === 0x3a) this.literalRun("ipv6");
    else if (code === 0x2d && next === 0x3e) this.push(arrow, this.at, this.at + 2);
    else if (code === 0x3c && next === 0x2d && this.peek(2) === 0x3e) this.push(bothWays, this.at, this.at + 3);
    else if (code === 0x21 && next === 0x3d) this.push(unequal, this.at, this.at + 2);
    else this.single(code, next);
  }

  private single(code: number, next: number): void {
    const type = singleSigns[code];
    if (type === undefined) scanStray(this);
    else if (type === dot && next === code) this.looseRange();
    else if (type === equals && next === code) this.doubledEquals();
    else {
      if (code === 0x7b || code === 0x5b || code === 0x28) this.open();
      else if (code === 0x7d || code === 0x5d || code === 0x29) this.close();
      if (!this.cut) this.push(type, this.at, this.at + 1);
    }
  }

  private open(): void {
    this.depth++;
    if (this.depth <= nestingLimit) return;
    this.cut = true;
    this.reporter.report(errors["nested-too-deeply"], { limit: nestingLimit }, this.at, this.at + 1);
  }

  private close(): void {
    if (this.depth > 0) {
      this.depth--;
      return;
    }
    this.unopened++;
    if (this.unopened <= closerLimit) return;
    this.cut = true;
    this.reporter.report(errors["too-many-closers"], { limit: closerLimit }, this.at, this.at + 1);
  }

  /** `..` with a blank before it: the ends of a range stand close. */
  private looseRange(): void {
    const start = this.at;
    let end = start;
    while (this.text.charCodeAt(end) === 0x2e) end++;
    const before = this.tokens.at(-1);
    const gap = /[ \t]*/y;
    gap.lastIndex = end;
    const behind = end + (gap.exec(this.text)?.[0].length ?? 0);
    const mendable =
      end === start + 2 && before?.shape !== undefined && classOf(this.text.charCodeAt(behind)) !== blank;
    const extras = mendable ? this.reporter.edit("take the blanks away", true, before.end, behind, "..") : undefined;
    this.reporter.report(errors["loose-range"], {}, start, end, extras);
    this.push(InvalidToken, start, end);
  }

  private doubledEquals(): void {
    const { at } = this;
    this.reporter.report(
      errors["foreign-sign"],
      { found: "==", instead: "=" },
      at,
      at + 2,
      this.reporter.edit("write `=`", true, at, at + 2, "="),
    );
    // `x = a == b`: no second `=`, or what follows would be taken for a property.
    this.push(this.tokens.at(-2)?.tokenType === equals ? InvalidToken : equals, at, at + 2);
  }

  private comment(second: number): void {
    const { text, at } = this;
    let end: number;
    let kind: Trivia["kind"];
    if (second === 0x2f) {
      end = lineEnd(text, at);
      kind = text.charCodeAt(at + 2) === 0x2f && text.charCodeAt(at + 3) !== 0x2f ? "doc" : "line";
    } else {
      const close = text.indexOf("*/", at + 2);
      end = close < 0 ? text.length : close + 2;
      kind = "block";
      if (close < 0) this.reporter.report(errors["unterminated-comment"], {}, at, at + 2);
    }
    this.trivia.push({ kind, start: at, end });
    this.at = end;
  }

  private word(): void {
    const { text, at } = this;
    let end = at + 1;
    for (;;) {
      const code = text.charCodeAt(end);
      if ((classOf(code) & (letter | digit)) !== 0) end++;
      else if (code === 0x2d && isAlphanumeric(text.charCodeAt(end - 1)) && isAlphanumeric(text.charCodeAt(end + 1))) {
        end += 2;
      } else break;
    }
    const code = text.charCodeAt(end);
    if (code === 0x3a) {
      this.wordBeforeColon(end);
      return;
    }
    const digitsFollow = (code === 0x2f && !this.commentAt(end)) || (code === 0x2e && this.isDigit(end + 1));
    if (digitsFollow && this.wordWithTail(end)) return;
    const image = text.slice(at, end);
    const before = this.tokens.at(-1);
    if (before?.shape === "run" && isUnit(image) && this.looseUnit(before, image, end)) return;
    reportUnusable(this, image, end);
    this.tokens.push(new Token(wordTokens.get(image) ?? NameToken, image, at));
    this.at = end;
  }

  /** `tcp/443`, and interface names such as `xe-0/0/2` or `ae0.100`; false where the word stands by itself. */
  private wordWithTail(end: number): boolean {
    const word = this.text.slice(this.at, end);
    const isPath = this.text.charCodeAt(end) === 0x2e;
    if (isPath && (serviceWords.has(word) || !/[0-9]$/.test(word) || this.tokens.at(-1)?.tokenType === dot))
      return false;
    return scanServiceOrInterface(this, word, end);
  }

  /** An IPv6 form that begins with a letter, or a colon written for `=`. */
  private wordBeforeColon(end: number): void {
    const { text, at } = this;
    const next = text.charCodeAt(end + 1);
    if (/^[0-9A-Fa-f]{1,4}$/.test(text.slice(at, end)) && (next === 0x3a || (classOf(next) & hex) !== 0)) {
      this.literalRun("ipv6");
      return;
    }
    const word = text.slice(at, end);
    reportUnusable(this, word, end);
    this.push(wordTokens.get(word) ?? NameToken, at, end);
    if (next === 0x3a) return;
    this.reporter.report(
      errors["foreign-sign"],
      { found: ":", instead: "=" },
      end,
      end + 1,
      this.reporter.edit("write `=`", true, end, end + 1, " ="),
    );
    this.push(equals, end, end + 1);
  }

  private number(): void {
    const before = this.tokens.at(-1);
    const isTail = before?.tokenType === dot && before.end === this.at;
    if (isTail) {
      // `ae.100`: a name cannot begin with a digit, so this is no path.
      const end = this.runEnd();
      this.reporter.report(errors["name-begins-with-digit"], { text: this.text.slice(this.at, end) }, this.at, end);
      this.push(NameToken, this.at, end);
      return;
    }
    this.literalRun("run");
  }

  /** Takes the run of characters that a literal may be made of; it is classified by the parser. */
  literalRun(shape: "run" | "ipv6"): void {
    const end = this.runEnd();
    if (this.joinsLast(end)) return;
    const isColon = shape === "ipv6" || this.text.slice(this.at, end).includes(":");
    this.push(LiteralToken, this.at, end, { shape: isColon ? "ipv6" : "run" });
  }

  /** `10.0.0.0 255.0.0.0` and `tcp 443` are one token, which the classifier reports. */
  private joinsLast(end: number): boolean {
    const before = this.tokens.at(-1);
    if (before === undefined || (before.shape !== "run" && before.tokenType !== NameToken)) return false;
    if (!/^[ \t]+$/.test(this.text.slice(before.end, this.at))) return false;
    const joined = this.text.slice(before.startOffset, end);
    const isService = before.tokenType === NameToken && isLooseService(joined);
    if (!isService && !isLooseMask(joined)) return false;
    this.tokens.pop();
    this.push(LiteralToken, before.startOffset, end, { shape: isService ? "service" : "run" });
    return true;
  }

  /** The end of the run at this place: letters, digits, `.`, `/`, `:`, `%`, and `-` before a letter or digit. */
  runEnd(from = this.at): number {
    const { text } = this;
    let end = from;
    let colon = false;
    for (;;) {
      const code = text.charCodeAt(end);
      if ((classOf(code) & (letter | digit)) !== 0 || code === 0x2e) end++;
      else if (code === 0x2f && !this.commentAt(end)) end++;
      else if (code === 0x2d && isAlphanumeric(text.charCodeAt(end + 1))) end++;
      else if (code === 0x3a) {
        colon = true;
        end++;
      } else if (code === 0x25 && colon) end++;
      else return end;
    }
  }

  /** `10 Gbps`: the unit belongs to the number before it. True where the two were joined. */
  private looseUnit(number: Token, unit: string, end: number): boolean {
    const { text, at } = this;
    if (!/^[0-9.]+$/.test(number.image) || !/^[ \t]+$/.test(text.slice(number.end, at))) return false;
    const rest = /[ \t]*(\r?\n|$|[\]},)]|\/\/|\/\*)?/y;
    rest.lastIndex = end;
    const behind = rest.exec(text);
    const next = text.charCodeAt(end + (behind?.[0].length ?? 0));
    if (behind?.[1] === undefined && (units.get(unit)?.dimension !== "rate" || next === 0x3d)) return false;
    const joined = number.image + unit;
    this.reporter.report(
      errors["loose-unit"],
      { joined },
      number.startOffset,
      end,
      this.reporter.edit(`write \`${joined}\``, true, number.end, at, ""),
    );
    this.tokens.pop();
    this.tokens.push(
      new Token(LiteralToken, text.slice(number.startOffset, end), number.startOffset, { shape: "run" }),
    );
    this.at = end;
    return true;
  }

  private commentAt(at: number): boolean {
    const next = this.text.charCodeAt(at + 1);
    return next === 0x2f || next === 0x2a;
  }

  private isDigit(at: number): boolean {
    return (classOf(this.text.charCodeAt(at)) & digit) !== 0;
  }
}
