/** The rules for statements: `allow`, `share`, `never`, `always` and their clauses. */
import type { IToken } from "chevrotain";
import type * as Tree from "../syntax/nodes.js";
import { ArrowSign, keyword, LiteralToken, StringToken } from "../tokens.js";
import { ExpressionParser } from "./expressions.js";

const word = {
  allow: keyword("allow"),
  share: keyword("share"),
  never: keyword("never"),
  always: keyword("always"),
  at: keyword("at"),
  on: keyword("on"),
  with: keyword("with"),
  log: keyword("log"),
  until: keyword("until"),
  because: keyword("because"),
};

/** What is expected where a statement goes wrong. */
export const statementWants = {
  reason: { ERR_MSG: "a reason in quotes" },
  date: { ERR_MSG: "a date such as `2027-06-30`" },
  arrow: { ERR_MSG: "`->` or `<->`" },
  on: { ERR_MSG: "`on` and a service" },
  with: { ERR_MSG: "`with` and a segment" },
};
const wants = statementWants;

/** Examples of the statements, for help lines. */
const forms = {
  allow: "a rule reads `allow shop.web -> shop.db on tcp/5432`",
  share: "a share reads `share vault.cards with prod`",
  never: "an invariant reads `never dev -> pci`, with `on tcp/22` if it is about a service",
  always: "an invariant reads `always shop.web -> shop.db on tcp/5432`",
};

type Clause = Tree.Clause;

/** The part of the parser for statements. */
export class StatementParser extends ExpressionParser {
  protected readonly allow = this.RULE("allow", (): Tree.Item => {
    const start = this.here();
    this.ACTION(() => this.reads(forms.allow));
    this.CONSUME(word.allow);
    const source = this.SUBRULE(this.expr);
    const arrow = this.CONSUME(ArrowSign, wants.arrow);
    const destination = this.SUBRULE2(this.expr);
    this.CONSUME(word.on, wants.on);
    const service = this.SUBRULE3(this.expr);
    const clauses: Clause[] = [];
    this.MANY(() => {
      const clause = this.SUBRULE(this.allowClause);
      this.ACTION(() => clauses.push(clause));
    });
    return this.ACTION(() => ({
      kind: "Allow",
      start,
      end: this.behind(),
      source,
      arrow: arrowOf(arrow),
      destination,
      service,
      clauses,
    }));
  });

  protected readonly share = this.RULE("share", (): Tree.Item => {
    const start = this.here();
    this.ACTION(() => this.reads(forms.share));
    this.CONSUME(word.share);
    const what = this.SUBRULE(this.expr);
    this.CONSUME(word.with, wants.with);
    const segments = this.SUBRULE2(this.expr);
    const clauses: Clause[] = [];
    this.MANY(() => {
      const clause = this.SUBRULE(this.shareClause);
      this.ACTION(() => clauses.push(clause));
    });
    return this.ACTION(() => ({ kind: "Share", start, end: this.behind(), what, with: segments, clauses }));
  });

  protected readonly never = this.RULE("never", (): Tree.Item => {
    const start = this.here();
    this.ACTION(() => this.reads(forms.never));
    this.CONSUME(word.never);
    const source = this.SUBRULE(this.expr);
    const arrow = this.CONSUME(ArrowSign, wants.arrow);
    const destination = this.SUBRULE2(this.expr);
    const service = this.OPTION(() => {
      this.CONSUME(word.on);
      return this.SUBRULE3(this.expr);
    });
    const clauses = this.SUBRULE(this.reasons);
    return this.ACTION(() => ({
      kind: "Never",
      start,
      end: this.behind(),
      source,
      arrow: arrowOf(arrow),
      destination,
      ...(service === undefined ? {} : { service }),
      clauses,
    }));
  });

  protected readonly always = this.RULE("always", (): Tree.Item => {
    const start = this.here();
    this.ACTION(() => this.reads(forms.always));
    this.CONSUME(word.always);
    const source = this.SUBRULE(this.expr);
    const arrow = this.CONSUME(ArrowSign, wants.arrow);
    const destination = this.SUBRULE2(this.expr);
    this.CONSUME(word.on, wants.on);
    const service = this.SUBRULE3(this.expr);
    const clauses = this.SUBRULE(this.reasons);
    return this.ACTION(() => ({
      kind: "Always",
      start,
      end: this.behind(),
      source,
      arrow: arrowOf(arrow),
      destination,
      service,
      clauses,
    }));
  });

  private readonly allowClause = this.RULE(
    "allowClause",
    (): Clause =>
      this.OR([
        { ALT: () => this.SUBRULE(this.logClause) },
        { ALT: () => this.SUBRULE(this.untilClause) },
        { ALT: () => this.SUBRULE(this.becauseClause) },
      ]),
  );

  private readonly shareClause = this.RULE(
    "shareClause",
    (): Clause =>
      this.OR([
        { ALT: () => this.SUBRULE(this.atClause) },
        { ALT: () => this.SUBRULE(this.untilClause) },
        { ALT: () => this.SUBRULE(this.becauseClause) },
      ]),
  );

  private readonly reasons = this.RULE("reasons", (): Clause[] => {
    const clauses: Clause[] = [];
    this.MANY(() => {
      const clause = this.SUBRULE(this.becauseClause);
      this.ACTION(() => clauses.push(clause));
    });
    return clauses;
  });

  private readonly logClause = this.RULE("logClause", (): Clause => {
    const start = this.here();
    this.CONSUME(word.log);
    return this.ACTION(() => ({ kind: "Clause", start, end: this.behind(), word: "log" }));
  });

  private readonly untilClause = this.RULE("untilClause", (): Clause => {
    const start = this.here();
    this.CONSUME(word.until);
    const date = this.CONSUME(LiteralToken, wants.date);
    return this.ACTION(() => ({ kind: "Clause", start, end: this.behind(), word: "until", value: this.date(date) }));
  });

  private readonly becauseClause = this.RULE("becauseClause", (): Clause => {
    const start = this.here();
    this.CONSUME(word.because);
    const reason = this.CONSUME(StringToken, wants.reason);
    return this.ACTION(() => ({
      kind: "Clause",
      start,
      end: this.behind(),
      word: "because",
      value: this.stringOrMissing(reason),
    }));
  });

  private readonly atClause = this.RULE("atClause", (): Clause => {
    const start = this.here();
    this.CONSUME(word.at);
    const value = this.SUBRULE(this.ref);
    return this.ACTION(() => ({ kind: "Clause", start, end: this.behind(), word: "at", value }));
  });
}

/** The arrow that a sign stands for; `->` where it is missing. */
export function arrowOf(token: IToken): Tree.Arrow {
  return token.image === "<->" ? "<->" : "->";
}
