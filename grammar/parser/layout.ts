/**
 * Lays the tokens of a faulty file out for the second pass, by line starts and indentation.
 *
 * A `Break` goes before each token that begins an item, so that a half-typed item ends where the next one begins. Where
 * brackets do not balance, closers and openers of no width are put in where the layout shows that they were meant: each
 * is reported once, a missing closer at its opener, and what follows parses as it was written.
 */
import type { TokenType } from "chevrotain";
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Reporter } from "../reporter.js";
import {
  BreakToken,
  keyword,
  LiteralToken,
  LooseCloserToken,
  NameToken,
  ReservedToken,
  StringToken,
  sign,
  Token,
} from "../tokens.js";
import { refusals } from "./actions.js";
import { type Balance, balanceOf, closerOf, isCloser, isOpener, openerOf } from "./balance.js";
import { type LinePlace, linePlaces } from "./lines.js";
import { describe } from "./wording.js";

/** The item at hand on one level of nesting, as far as it was read. */
interface ItemState {
  phase: "none" | "header" | "other";
  indent: number;
  names: number;
}

/** One open bracket. */
interface Open {
  readonly token: Token;
  readonly kind: "body" | "object" | "bracket";
  readonly place: LinePlace;
  readonly indent: number;
  readonly virtual: boolean;
  readonly item: ItemState;
  /** An item or the closer stands where its indentation says that the body is over, or not yet. */
  misplaced?: true;
}

/** A faulty file laid out. */
export interface LaidOut {
  readonly tokens: readonly Token[];
  /** Bodies whose indentation says something else than their braces. */
  readonly misplaced: number;
}

const openBrace = sign("{");
const closeBrace = sign("}");
const equals = sign("=");
const openBracket = sign("[");
const statements: ReadonlySet<TokenType> = new Set(
  (["import", "allow", "share", "never", "always"] as const).map((word) => keyword(word)),
);
const conditionWords: ReadonlySet<TokenType> = new Set([
  keyword("where"),
  keyword("and"),
  keyword("or"),
  keyword("not"),
  sign("("),
]);
const headerTypes: ReadonlySet<TokenType> = new Set([
  keyword("in"),
  keyword("at"),
  keyword("between"),
  keyword("and"),
  sign("."),
]);
const valueTypes: ReadonlySet<TokenType> = new Set([
  LiteralToken,
  StringToken,
  openBracket,
  keyword("true"),
  keyword("false"),
]);
const bracketEnds: ReadonlySet<TokenType> = new Set([
  ...(["log", "until", "because", "on", "with"] as const).map((word) => keyword(word)),
  sign("->"),
  sign("<->"),
]);
const itemEnds: ReadonlySet<TokenType> = new Set([
  LiteralToken,
  StringToken,
  sign("]"),
  sign(")"),
  closeBrace,
  openBrace,
  keyword("true"),
  keyword("false"),
]);

/**
 * The tokens of a faulty file as the second pass reads them; what is put in or taken out has been reported. Brackets are
 * mended as far as their counts show that they must be, or `byIndent` wherever the indentation says so.
 */
export function layOut(tokens: readonly Token[], reporter: Reporter, byIndent: boolean): LaidOut {
  return new Layout(tokens, reporter, byIndent).run();
}

class Layout {
  private readonly tokens: readonly Token[];
  private readonly reporter: Reporter;
  private readonly places: readonly LinePlace[];
  private readonly balance: Balance;
  private readonly stack: Open[] = [];
  private readonly out: Token[] = [];
  private readonly outermost: ItemState = { phase: "none", indent: 0, names: 0 };
  private misplaced = 0;

  constructor(tokens: readonly Token[], reporter: Reporter, byIndent: boolean) {
    this.tokens = tokens;
    this.reporter = reporter;
    this.places = linePlaces(tokens, reporter.source.text);
    this.balance = balanceOf(tokens, byIndent);
  }

  run(): LaidOut {
    for (const [index, token] of this.tokens.entries()) {
      const place = this.places[index];
      if (place === undefined) break;
      if (this.lacksBrace(index, token, place)) this.openObject(token, place);
      const begins = this.beginsItem(index, token, place);
      if (place.first && begins) this.closeBefore(token, place);
      else if (begins || this.endsBracket(index, token)) this.closeBrackets(token);
      if (isCloser(token.tokenType)) this.closer(token, place);
      else {
        if (begins && this.atItems()) this.itemBegins(index, token, place);
        else if (this.lacksEquals(index, token, place)) this.putEquals(token);
        this.take(index, token, place);
      }
    }
    while (this.stack.length > 0) this.closeTop(undefined);
    return { tokens: this.out, misplaced: this.misplaced };
  }

  private get item(): ItemState {
    return this.stack.at(-1)?.item ?? this.outermost;
  }

  private atItems(): boolean {
    const top = this.stack.at(-1);
    return top === undefined || top.kind === "body";
  }

  /** True where a token begins an item whatever the grammar would make of it: a statement word, `name =`, `word name`. */
  private beginsItem(index: number, token: Token, place: LinePlace): boolean {
    const type = token.tokenType;
    const next = this.tokens[index + 1];
    const before = this.tokens[index - 1];
    const isLabel =
      next !== undefined && this.isLabel(before, next) && !(place.first && place.indent <= this.item.indent);
    if (statements.has(type)) return !isLabel && !this.isWord(next, place);
    if (!isName(token) || next === undefined) return false;
    if (next.tokenType === equals) return !isLabel && this.endsObject(place) && !this.namesDeclaration(before, place);
    const sameLine = this.places[index + 1]?.first === false;
    if (!sameLine) return false;
    if (isName(next)) return place.first && (this.stack.at(-1)?.kind !== "bracket" || place.indent <= this.item.indent);
    const fresh = place.first || before === undefined || itemEnds.has(before.tokenType);
    return fresh && this.atItems() && valueTypes.has(next.tokenType);
  }

  /** `where name =` and the like: a label, not the key of a property. */
  private isLabel(before: Token | undefined, next: Token): boolean {
    const compares = next.image === "=" || next.image === "!=" || next.image === "in";
    return compares && before !== undefined && conditionWords.has(before.tokenType);
  }

  /** A statement word in the place of a key, or of the name of a declaration (which is reported). */
  private isWord(next: Token | undefined, place: LinePlace): boolean {
    if (next?.tokenType === equals && this.stack.at(-1)?.kind === "object") return true;
    if (place.first || this.item.phase !== "header" || this.item.names !== 1 || next === undefined) return false;
    return next.tokenType === openBrace || next.tokenType === equals || headerTypes.has(next.tokenType);
  }

  /** `service name =`: the name of a declaration that has a value. */
  private namesDeclaration(before: Token | undefined, place: LinePlace): boolean {
    if (place.first || before === undefined) return false;
    return before.image === "." || (this.item.phase === "header" && this.item.names === 1 && isName(before));
  }

  /** `name =` is a key inside an object, unless its line shows that the object is over. */
  private endsObject(place: LinePlace): boolean {
    const top = this.stack.at(-1);
    if (top?.kind !== "object") return true;
    return (
      this.balance.lacking(closeBrace) && place.first && place.indent <= top.indent && place.line !== top.place.line
    );
  }

  /** Closes what an item that begins a line shows to be over. */
  private closeBefore(token: Token, place: LinePlace): void {
    for (let top = this.stack.at(-1); top !== undefined; top = this.stack.at(-1)) {
      const outdented = place.indent <= top.indent && place.line !== top.place.line;
      const over = top.kind === "bracket" || (top.kind === "object" && !(token.tokenType === NameToken)) || outdented;
      const allowed = top.virtual || this.balance.lacking(closerOf(top.token.tokenType));
      if (!over || !allowed) return;
      this.closeTop(token);
    }
  }

  /** True for a token that goes on behind a list or a call, and cannot stand in one. */
  private endsBracket(index: number, token: Token): boolean {
    if (this.stack.at(-1)?.kind !== "bracket") return false;
    if (bracketEnds.has(token.tokenType)) return true;
    if (token.tokenType !== keyword("and")) return false;
    const open = this.stack.at(-1)?.token;
    for (let i = index - 1; this.tokens[i] !== undefined && this.tokens[i] !== open; i--) {
      if (this.tokens[i]?.tokenType === keyword("where")) return false;
    }
    return open?.tokenType === openBracket;
  }

  /** Closes the lists and calls that are open before a token that stands in none. */
  private closeBrackets(token: Token): void {
    for (let top = this.stack.at(-1); top?.kind === "bracket"; top = this.stack.at(-1)) {
      if (!this.balance.lacking(closerOf(top.token.tokenType))) return;
      this.closeTop(token);
    }
  }

  /** Notes that the indentation speaks against the braces of a body. */
  private misplace(open: Open | undefined): void {
    if (open === undefined || open.misplaced || open.kind !== "body") return;
    open.misplaced = true;
    this.misplaced++;
  }

  /** Closes the innermost bracket with a closer of no width; `before` is the token that shows it. */
  private closeTop(before: Token | undefined): void {
    const open = this.stack.pop();
    if (open === undefined) return;
    const type = closerOf(open.token.tokenType);
    if (!open.virtual) {
      this.balance.closed(type);
      const closer = type.name.slice(-1);
      const related =
        before === undefined
          ? []
          : [this.reporter.related("it seems to end before this", before.startOffset, before.end)];
      const { startOffset, end } = open.token;
      this.reporter.report(errors["not-closed"], { opener: open.token.image, closer }, startOffset, end, { related });
    }
    this.out.push(new Token(type, "", this.behind(), { virtual: true }));
    if (open.kind !== "bracket") this.item.phase = "none";
  }

  private itemBegins(index: number, token: Token, place: LinePlace): void {
    if (this.lacksBody(index, place)) this.openVirtually(place);
    const top = this.stack.at(-1);
    if (place.first && top !== undefined && place.indent <= top.indent && place.line !== top.place.line) {
      this.misplace(top);
    }
    this.out.push(new Token(BreakToken, "", this.behind()));
    Object.assign(this.item, { phase: isName(token) ? "header" : "other", indent: place.indent, names: 0 });
  }

  /** True where the item that begins must stand in a body of the item before, which has none. */
  private lacksBody(index: number, place: LinePlace): boolean {
    const { item } = this;
    if (item.phase !== "header" || item.names < 2) return false;
    if (place.first && place.indent > item.indent) return true;
    const isProperty = this.tokens[index + 1]?.tokenType === equals;
    return this.balance.surplus(closeBrace) && (!place.first || (isProperty && place.indent === item.indent));
  }

  private openVirtually(place: LinePlace): void {
    const at = this.behind();
    const last = this.out.at(-1);
    if (last === undefined) return;
    const help = "the body of a declaration begins with `{`";
    const params = { expected: "`{`", after: describe(last), help };
    this.reporter.report(errors.unexpected, params, last.startOffset, last.end);
    const token = new Token(openBrace, "", at, { virtual: true });
    this.out.push(token);
    if (this.balance.byIndent || this.balance.surplus(closeBrace)) this.balance.opened(openBrace);
    const item: ItemState = { phase: "none", indent: place.indent, names: 0 };
    const indent = place.first ? Math.min(this.item.indent, place.indent - 1) : this.item.indent;
    this.stack.push({ token, kind: "body", place, indent, virtual: true, item });
  }

  /** `labels = tier = "web" }`: the brace of an object is missing. */
  private lacksBrace(index: number, token: Token, place: LinePlace): boolean {
    const opens = this.tokens[index - 1]?.tokenType === equals && this.tokens[index + 1]?.tokenType === equals;
    return opens && isName(token) && !place.first && this.balance.surplus(closeBrace);
  }

  private openObject(found: Token, place: LinePlace): void {
    const help = 'an object stands in braces, such as `{ tier = "web" }`';
    const params = { expected: "`{`", after: "`=`", found: describe(found), help };
    const at = found.startOffset;
    const extras = this.reporter.edit("write `{`", true, at, at, "{ ");
    this.reporter.report(errors.unexpected, params, at, found.end, extras);
    const token = new Token(openBrace, "", this.behind(), { virtual: true });
    this.out.push(token);
    this.balance.opened(openBrace);
    this.stack.push({ token, kind: "object", place, indent: place.indent, virtual: true, item: this.item });
  }

  /** `cidr 10.0.0.0/8`, `service web [tcp/80]`: the `=` is missing. */
  private lacksEquals(index: number, token: Token, place: LinePlace): boolean {
    const { item } = this;
    const before = this.tokens[index - 1];
    if (item.phase !== "header" || place.first || !this.atItems() || before === undefined || !isName(before))
      return false;
    if (refusals.has(before.image)) return false;
    if (item.names === 1) return valueTypes.has(token.tokenType);
    if (token.tokenType !== openBracket && token.tokenType !== LiteralToken) return false;
    for (let i = index + 1; this.places[i]?.line === place.line; i++) {
      const type = this.tokens[i]?.tokenType;
      if (type === openBrace || type === equals) return false;
    }
    return true;
  }

  private putEquals(token: Token): void {
    const last = this.out.at(-1);
    const after = last === undefined ? undefined : describe(last);
    const help = "`=` stands between a name and its value";
    const params = { expected: "`=`", after, found: describe(token), help };
    const at = this.behind();
    const extras = this.reporter.edit("write `=`", token.tokenType !== StringToken, at, at, " =");
    this.reporter.report(errors.unexpected, params, token.startOffset, token.end, extras);
    this.out.push(new Token(equals, "", this.behind(), { virtual: true }));
    this.item.phase = "other";
  }

  private closer(token: Token, place: LinePlace): void {
    const opener = openerOf(token.tokenType);
    const depth = this.partnerOf(opener, place);
    if (depth < 0) {
      this.balance.opened(opener);
      this.out.push(new Token(LooseCloserToken, token.image, token.startOffset));
      return;
    }
    while (this.stack.length > depth + 1) this.closeTop(token);
    const open = this.stack.pop();
    if (place.first && open !== undefined && place.indent !== open.indent && place.line !== open.place.line) {
      this.misplace(open);
    }
    this.out.push(token);
    if (token.tokenType === closeBrace) this.item.phase = "none";
  }

  /** The index in the stack of the bracket that a closer closes; -1 where it closes nothing. */
  private partnerOf(opener: TokenType, place: LinePlace): number {
    const { stack } = this;
    const surplus = this.balance.surplus(closerOf(opener));
    let nearest = -1;
    for (let i = stack.length - 1; i >= 0; i--) {
      const open = stack[i];
      if (open === undefined) break;
      if (opener !== openBrace && open.kind !== "bracket") break;
      if (open.token.tokenType !== opener || (open.virtual && !this.balance.broken)) continue;
      if (nearest < 0) nearest = i;
      if (!this.balance.broken || opener !== openBrace || !place.first) break;
      if (open.indent === place.indent && open.place.line !== place.line) return i;
    }
    const open = stack[nearest];
    if (open === undefined || opener !== openBrace || !surplus || open.place.line === place.line) return nearest;
    return place.first && open.indent >= place.indent ? nearest : -1;
  }

  private take(index: number, token: Token, place: LinePlace): void {
    const { item } = this;
    const type = token.tokenType;
    if (isOpener(type)) {
      const isObject = type === openBrace && this.tokens[index - 1]?.tokenType === equals;
      const kind = type !== openBrace ? "bracket" : isObject ? "object" : "body";
      const inner = kind === "body" ? { phase: "none" as const, indent: place.indent, names: 0 } : item;
      if (type !== openBrace) item.phase = "other";
      this.stack.push({ token, kind, place, indent: place.indent, virtual: false, item: inner });
    } else if (this.atItems()) {
      if (item.phase === "none" && isName(token))
        Object.assign(item, { phase: "header", indent: place.indent, names: 0 });
      if (isName(token)) item.names++;
      else if (!headerTypes.has(type)) item.phase = "other";
    }
    this.out.push(token);
  }

  private behind(): number {
    return this.out.at(-1)?.end ?? 0;
  }
}

function isName(token: Token): boolean {
  return token.tokenType === NameToken || token.tokenType === ReservedToken;
}
