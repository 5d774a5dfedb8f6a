/**
 * What happens where the grammar meets a token it did not expect.
 *
 * A file is parsed strictly first: the first fault ends that pass, and nothing is reported. Only then is it parsed again
 * with the tokens that `layout.ts` laid out; this pass never stops. A missing token is put in with no width, what stands
 * before a closer is skipped, and each item reports its first fault only, so that one fault costs one finding.
 */
import { EmbeddedActionsParser, EOF, type IToken, type TokenType } from "chevrotain";
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Reporter } from "../reporter.js";
import {
  BreakToken,
  InvalidToken,
  keywordTokens,
  NameLike,
  ReservedToken,
  sign,
  Token,
  vocabulary,
} from "../tokens.js";
import { describe, expectedAfter } from "./wording.js";

/** Thrown to leave the strict pass; never seen outside `parse.ts`. */
export const strictFault = new Error("the strict pass met a fault");

const closers: ReadonlySet<TokenType> = new Set([sign("}"), sign("]"), sign(")")]);
const openers: ReadonlySet<TokenType> = new Set([sign("{"), sign("["), sign("(")]);
const keywordTypes: ReadonlySet<TokenType> = new Set(keywordTokens.values());
const behindName: ReadonlySet<string> = new Set([
  "{",
  "=",
  ".",
  "->",
  "<->",
  "in",
  "at",
  "between",
  "and",
  "on",
  "with",
]);

/** The half of the parser that reports and mends. */
export class TolerantParser extends EmbeddedActionsParser {
  private reporter: Reporter | undefined;
  private strict = true;
  /** A fault of the item at hand has been reported; what follows from it is not. */
  protected faulty = false;

  constructor(validate: boolean) {
    super([...vocabulary], { maxLookahead: 2, recoveryEnabled: false, skipValidations: !validate });
  }

  /** Makes the parser ready for one pass. */
  begin(tokens: readonly Token[], reporter: Reporter, strict: boolean): void {
    this.input = tokens as Token[];
    this.reporter = reporter;
    this.strict = strict;
    this.faulty = false;
  }

  protected get reporting(): Reporter {
    if (this.reporter === undefined) throw new Error("the parser was not made ready");
    return this.reporter;
  }

  /** Where the next token begins; the end of the text where there is none. */
  protected here(): number {
    const next = this.LA(1);
    return next.tokenType === EOF ? (this.reporter?.source.text.length ?? 0) : next.startOffset;
  }

  /** Where the next token begins. */
  get place(): number {
    return this.here();
  }

  /** True where every token is read. */
  get atEnd(): boolean {
    return this.LA(1).tokenType === EOF;
  }

  /** Where the last token ends. */
  protected behind(): number {
    const last = this.LA(0);
    return last instanceof Token ? last.end : 0;
  }

  /** Chevrotain's hook behind every CONSUME. */
  protected consumeInternal(type: TokenType, _index: number, options?: { readonly ERR_MSG?: string }): IToken {
    const next = this.LA(1);
    const known = next.tokenTypeIdx;
    if (known === type.tokenTypeIdx || type.categoryMatchesMap?.[known] === true) {
      this.advance();
      if ((next as Token).virtual) this.faulty = true;
      return next;
    }
    return this.mismatch(type, options?.ERR_MSG);
  }

  /** Chevrotain's hook behind every OR of which no alternative fits: the OR then yields `undefined`. */
  protected raiseNoAltException(_occurrence: number, expected?: string): void {
    this.expected(expected ?? expectedAfter(this.LA(0)));
  }

  /** Takes the next token, whatever it is. */
  protected advance(): IToken {
    const next = this.LA(1);
    this.SKIP_TOKEN();
    return next;
  }

  private mismatch(type: TokenType, expected: string | undefined): IToken {
    if (type === NameLike && this.keywordAsName()) return this.advance();
    const behindComma = closers.has(type) && this.LA(0).image === ",";
    this.expected(behindComma ? expectedAfter(this.LA(0)) : (expected ?? type.LABEL ?? type.name));
    if (closers.has(type) && this.skipTo(type)) return this.advance();
    return new Token(type, "", this.behind(), { virtual: true });
  }

  /** A keyword where a name is wanted, and what follows shows that a name was meant. */
  protected keywordAsName(): boolean {
    const next = this.LA(1);
    if (this.strict || !keywordTypes.has(next.tokenType) || !behindName.has(this.LA(2).image)) return false;
    if (behindName.has(next.image) && this.LA(2).tokenTypeIdx !== sign("{").tokenTypeIdx) return false;
    this.reportKeyword(next);
    return true;
  }

  /** A keyword before `=` where a statement begins: reported, not taken. */
  protected keywordAsKey(): boolean {
    const next = this.LA(1);
    if (this.strict || !keywordTypes.has(next.tokenType) || this.LA(2).image !== "=") return false;
    this.reportKeyword(next);
    return true;
  }

  private reportKeyword(token: IToken): void {
    const { image: word, startOffset: start } = token;
    this.fault((reporter) =>
      reporter.report(errors["keyword-as-name"], { word, wanted: "a name" }, start, start + word.length),
    );
  }

  /** Skips to the closer of this type that belongs to the open bracket; false where a line break of the layout is first. */
  private skipTo(closer: TokenType): boolean {
    let depth = 0;
    for (let ahead = 1; ; ahead++) {
      const type = this.LA(ahead).tokenType;
      if (type === EOF || (type === BreakToken && depth === 0)) return false;
      if (depth === 0 && type === closer) {
        for (let i = 1; i < ahead; i++) this.advance();
        return true;
      }
      if (openers.has(type)) depth++;
      else if (closers.has(type)) depth--;
      if (depth < 0) return false;
    }
  }

  /** An example of the statement at hand. */
  protected get example(): string | undefined {
    return undefined;
  }

  /** Reports one fault of the item at hand, unless it has one already. Leaves the strict pass. */
  protected fault(report: (reporter: Reporter) => void): void {
    if (this.strict) throw strictFault;
    if (this.faulty) return;
    this.faulty = true;
    report(this.reporting);
  }

  /** Reports what can be passed over: the item at hand is not faulty for it. Leaves the strict pass. */
  protected remark(report: (reporter: Reporter) => void): void {
    if (this.strict) throw strictFault;
    if (!this.faulty) report(this.reporting);
  }

  /** Reports that something is missing or in the way at this place. */
  protected expected(what: string, help?: string): void {
    this.fault((reporter) => {
      const next = this.LA(1);
      const last = this.LA(0);
      if (next.tokenType === InvalidToken || (next instanceof Token && next.virtual)) return;
      const after = last instanceof Token ? last : undefined;
      const { text } = reporter.source;
      const gone = !(next instanceof Token) || next.tokenType === BreakToken;
      if (after !== undefined && (gone || /[\n]/.test(text.slice(after.end, next.startOffset)))) {
        const params = { expected: what, after: describe(after), help: help ?? this.example };
        reporter.report(errors.unexpected, params, after.startOffset, after.end);
        return;
      }
      const params = {
        expected: what,
        after: after === undefined || after.tokenType === BreakToken ? undefined : describe(after),
        found: gone ? "the end of the text" : describe(next),
        help: help ?? this.example,
      };
      reporter.report(errors.unexpected, params, this.here(), next instanceof Token ? next.end : this.here());
    });
  }

  /** Reports a reserved word that stands where a name is wanted. */
  protected checkReserved(token: IToken): void {
    if (token.tokenType !== ReservedToken) return;
    this.fault((reporter) =>
      reporter.report(
        errors["reserved-word"],
        { word: token.image },
        token.startOffset,
        token.startOffset + token.image.length,
      ),
    );
  }
}
