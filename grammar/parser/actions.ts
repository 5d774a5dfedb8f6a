/** What the rules of the grammar do with what they read: build nodes, attach doc comments, tell good from faulty. */
import { EOF, type IToken, tokenMatcher } from "chevrotain";
import { syntaxCatalogue as errors } from "../catalogue.js";
import { classify } from "../classify.js";
import type { Reporter } from "../reporter.js";
import type * as Tree from "../syntax/nodes.js";
import type { Trivia } from "../syntax/trivia.js";
import { ArrowSign, BreakToken, keyword, LooseCloserToken, NameLike, Stray, sign, Token } from "../tokens.js";
import { TolerantParser } from "./tolerant.js";
import { describe } from "./wording.js";

/** How many operators one statement may have: trees lean to the left, and later phases walk them recursively. */
export const operatorLimit = 1000;

/** What an item restores when it ends. */
interface Outer {
  readonly faulty: boolean;
  readonly operators: number;
  readonly doc: string | undefined;
  readonly form: string | undefined;
  readonly quiet: boolean;
}

const statementForm =
  'a statement begins with a word, such as `segment prod { … }`, `owner = "…"` or `allow a -> b on c`';
const strayHelps: ReadonlyMap<string, string> = new Map([
  [",", "several values stand in a list, such as `[tcp/80, tcp/443]`"],
  ["log", "`log` is a clause of `allow`"],
  ["at", "`at` is a clause of `share`, and a header of a declaration"],
  ["until", "`until` is a clause of `allow` and `share`"],
  ["because", "`because` is a clause of a rule, a share or an invariant"],
  ["on", "`on` belongs to a rule or an invariant, behind its destination"],
]);

/** What to do about a token that begins no statement. */
function strayHelp(image: string): string {
  return strayHelps.get(image) ?? statementForm;
}

const equals = sign("=");
const edition = keyword("edition");
const openBrace = sign("{");
const closeBrace = sign("}");
const comma = sign(",");
/** What other tools call a rule that refuses. */
export const refusals: ReadonlySet<string> = new Set(["deny", "drop", "reject", "block"]);

/** The half of the parser that builds. */
export class ActionParser extends TolerantParser {
  private docs: readonly Trivia[] = [];
  private nextDoc = 0;
  private operators = 0;
  private objects = 0;
  /** The item before this one was faulty, and this one goes on in its line: nothing more is said. */
  private quiet = false;
  /** An example of the statement at hand, for the help line. */
  private form: string | undefined;

  override begin(tokens: readonly Token[], reporter: Reporter, strict: boolean, trivia: readonly Trivia[] = []): void {
    super.begin(tokens, reporter, strict);
    this.docs = trivia.some((one) => one.kind === "doc") ? trivia.filter((one) => one.kind === "doc") : [];
    this.nextDoc = 0;
    this.operators = 0;
    this.objects = 0;
    this.quiet = false;
    this.form = undefined;
  }

  protected override get example(): string | undefined {
    return this.form;
  }

  /** Names the statement that is read. */
  protected reads(form: string): void {
    this.form = form;
  }

  /** Counts the objects that are open. */
  protected entersObject(change: 1 | -1): void {
    this.objects += change;
  }

  /** In an object `where`, `and` and `or` are the next key where `=` follows: commas between entries may be missing. */
  protected isNoKey(): boolean {
    return this.objects === 0 || this.LA(2).tokenType !== equals;
  }

  protected enterItem(): Outer {
    const outer = {
      faulty: this.faulty,
      operators: this.operators,
      doc: this.takeDoc(),
      form: this.form,
      quiet: this.quiet && !this.startsLine(),
    };
    this.form = undefined;
    this.operators = 0;
    this.faulty = outer.quiet;
    return outer;
  }

  protected leaveItem(outer: Outer, node: Tree.Item | undefined): Tree.Item | undefined {
    const faulty = this.faulty;
    this.quiet = node !== undefined && faulty;
    this.faulty = outer.faulty;
    this.operators = outer.operators;
    this.form = outer.form;
    if (outer.quiet && (node?.kind === "Property" || node?.kind === "Declaration") && !("body" in node)) {
      return { kind: "Skipped", start: node.start, end: node.end };
    }
    if (node === undefined || node.kind === "Skipped" || (outer.doc === undefined && !faulty)) return node;
    return {
      ...node,
      ...(outer.doc === undefined ? {} : { doc: outer.doc }),
      ...(faulty ? { faulty: true as const } : {}),
    };
  }

  /** Ends the `edition` line: what follows a faulty one on its line is quiet, the rest is not. */
  protected leaveEdition(): void {
    this.quiet = this.faulty;
    this.faulty = false;
  }

  private startsLine(): boolean {
    const from = this.behind();
    return from === 0 || this.reporting.source.text.slice(from, this.here()).includes("\n");
  }

  /** The doc comment between the last token and the next: its last block without an empty line. */
  private takeDoc(): string | undefined {
    const { docs } = this;
    if (this.nextDoc >= docs.length) return undefined;
    const from = this.behind();
    const to = this.here();
    const { text } = this.reporting.source;
    let lines: string[] = [];
    let end = from;
    for (; this.nextDoc < docs.length; this.nextDoc++) {
      const doc = docs[this.nextDoc];
      if (doc === undefined || doc.start >= to) break;
      if (doc.start < from) continue;
      const gap = text.slice(end, doc.start);
      if (end === from && from > 0 && !gap.includes("\n")) continue;
      if (/\n[ \t\r]*\n/.test(gap)) lines = [];
      lines.push(
        text
          .slice(doc.start, doc.end)
          .replace(/^\/\/\/ ?/, "")
          .trimEnd(),
      );
      end = doc.end;
    }
    return lines.length === 0 ? undefined : lines.join("\n");
  }

  /** Counts an operator; false past the limit, where the operand is left out. */
  protected countOperator(): boolean {
    this.operators++;
    if (this.operators <= operatorLimit) return true;
    const at = this.LA(0);
    this.fault((reporter) =>
      reporter.report(
        errors["too-many-operators"],
        { limit: operatorLimit },
        at.startOffset,
        at.startOffset + at.image.length,
      ),
    );
    return false;
  }

  protected literal(token: IToken): Tree.LiteralExpr {
    const { startOffset: start } = token;
    const end = token instanceof Token ? token.end : start;
    if (!(token instanceof Token) || token.virtual) {
      return { kind: "Literal", start, end, literal: { form: "invalid", text: "" } };
    }
    return { kind: "Literal", start, end, literal: classify(token, this.reporting) };
  }

  /** The literal of `until`: a date, or reported. */
  protected date(token: IToken): Tree.Expr {
    const node = this.literal(token);
    if (node.end === node.start) return { kind: "Missing", start: node.start, end: node.end };
    const { form } = node.literal;
    if (form === "date" || form === "invalid") return node;
    this.unwanted(token, "a date such as `2027-06-30`");
    return { ...node, literal: { form: "invalid", text: token.image } };
  }

  /** Reports a token that was read but is not what it had to be. */
  protected unwanted(token: IToken, expected: string, shown = true): void {
    this.fault((reporter) =>
      reporter.report(
        errors.unexpected,
        { expected, found: shown ? describe(token) : undefined, help: this.example ?? statementForm },
        token.startOffset,
        token.startOffset + token.image.length,
      ),
    );
  }

  protected stringOrMissing(token: IToken): Tree.StringExpr | Tree.MissingExpr {
    const end = token.startOffset + token.image.length;
    if (token.image === "") return { kind: "Missing", start: token.startOffset, end };
    const value = token instanceof Token ? (token.value ?? "") : "";
    return { kind: "String", start: token.startOffset, end, value };
  }

  protected nameNode(token: IToken): Tree.Name {
    const start = token.startOffset;
    const node = { kind: "Name", start, end: start + token.image.length, text: token.image } as const;
    return token.image === "" ? { ...node, missing: true } : node;
  }

  /** The name that a declaration lacks, behind its word. */
  protected missingRef(word: Tree.Name): Tree.Ref {
    const name = { kind: "Name", start: word.end, end: word.end, text: "", missing: true } as const;
    return { kind: "Ref", start: word.end, end: word.end, names: [name] };
  }

  /** Nothing where an expression was wanted. */
  protected missingExpr(): Tree.MissingExpr {
    const at = this.behind();
    return { kind: "Missing", start: at, end: at };
  }

  /** A declaration without a name is faulty; a property has none. A keyword in its place is reported and taken. */
  protected checkedName(name: Tree.Ref | undefined): Tree.Ref | undefined {
    if (name !== undefined || this.LA(1).tokenType === equals) return name;
    if (this.keywordAsName()) {
      const taken = this.nameNode(this.advance());
      return { kind: "Ref", start: taken.start, end: taken.end, names: [taken] };
    }
    this.expected(this.LA(1).tokenType === openBrace ? "a name" : "a name or `=`");
    return undefined;
  }

  /** `deny a -> b`: reported, true. */
  protected refuses(word: Tree.Name): boolean {
    if (!refusals.has(word.text)) return false;
    for (let ahead = 1; !tokenMatcher(this.LA(ahead), ArrowSign); ahead++) {
      const type = this.LA(ahead).tokenType;
      if (type === EOF || type === BreakToken || type === equals || type === openBrace) return false;
    }
    this.fault((reporter) => reporter.report(errors["no-refusal"], { word: word.text }, word.start, word.end));
    return true;
  }

  /** The value of a declaration is an expression, never an object. */
  protected checkValue(value: Tree.Expr | undefined): void {
    if (value?.kind !== "Object") return;
    this.fault((reporter) =>
      reporter.report(
        errors.unexpected,
        { expected: "a value or a name", found: "`{`", help: "the body of a declaration follows its name without `=`" },
        value.start,
        value.start + 1,
      ),
    );
  }

  protected reportStray(): void {
    const next = this.LA(1);
    if (next.tokenType === LooseCloserToken) {
      const end = next.startOffset + next.image.length;
      this.fault((reporter) =>
        reporter.report(errors["closes-nothing"], { closer: next.image }, next.startOffset, end),
      );
      return;
    }
    if (next.tokenType === comma && this.separatesItems()) {
      const { startOffset: start } = next;
      this.remark((reporter) =>
        reporter.report(errors["needless-sign"], { found: "," }, start, start + 1, {
          ...reporter.edit("take it away", true, start, start + 1, ""),
          help: "properties and statements are not separated by commas",
        }),
      );
      return;
    }
    if (next.tokenType !== edition) {
      if (!this.keywordAsKey()) this.expected("a property, a declaration or a rule", strayHelp(next.image));
      return;
    }
    this.faulty = false;
    this.fault((reporter) =>
      reporter.report(errors["edition-first"], {}, next.startOffset, next.startOffset + next.image.length),
    );
  }

  /** True at a comma behind an item that another one follows. */
  private separatesItems(): boolean {
    const before = this.LA(0).tokenType;
    return before === closeBrace || (this.LA(2).tokenType === BreakToken && before !== openBrace);
  }

  /** Skips what cannot begin an item either; an object behind `=` goes as a whole. */
  protected skipStray(): void {
    for (;;) {
      const next = this.LA(1);
      if (next.tokenType === EOF || next.tokenType === edition) return;
      if (tokenMatcher(next, Stray)) this.advance();
      else if (next.tokenType === openBrace && this.LA(0).tokenType === equals) this.skipGroup();
      else if (tokenMatcher(next, NameLike) && !this.startsLine() && !this.beginsEntry()) this.advance();
      else return;
    }
  }

  private beginsEntry(): boolean {
    const after = this.LA(2);
    return after.tokenType === equals || after.tokenType === openBrace || tokenMatcher(after, NameLike);
  }

  private skipGroup(): void {
    let depth = 0;
    do {
      const next = this.LA(1);
      if (next.tokenType === EOF) return;
      if (next.tokenType === openBrace) depth++;
      else if (next.image === "}") depth--;
      this.advance();
    } while (depth > 0);
  }
}
