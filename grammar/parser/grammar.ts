/**
 * The grammar of language.md §4, LL(2), with actions that build the syntax tree.
 *
 * Rules beyond the normative grammar (`stray`, `Break`) are for faults: the strict pass leaves at them.
 */
import { EOF, type IToken } from "chevrotain";
import type * as Tree from "../syntax/nodes.js";
import { ArrowSign, BreakToken, HeaderStray, keyword, LiteralToken, Stray, StringToken, sign } from "../tokens.js";
import { ExpressionParser } from "./expressions.js";

const word = {
  edition: keyword("edition"),
  import: keyword("import"),
  as: keyword("as"),
  allow: keyword("allow"),
  share: keyword("share"),
  never: keyword("never"),
  always: keyword("always"),
  in: keyword("in"),
  at: keyword("at"),
  between: keyword("between"),
  and: keyword("and"),
  on: keyword("on"),
  with: keyword("with"),
  log: keyword("log"),
  until: keyword("until"),
  because: keyword("because"),
};
const open = sign("{");
const close = sign("}");
const equals = sign("=");

const wants = {
  edition: { ERR_MSG: "the number of an edition, such as `1`" },
  path: { ERR_MSG: "a directory in quotes" },
  reason: { ERR_MSG: "a reason in quotes" },
  date: { ERR_MSG: "a date such as `2027-06-30`" },
  arrow: { ERR_MSG: "`->` or `<->`" },
  on: { ERR_MSG: "`on` and a service" },
  with: { ERR_MSG: "`with` and a segment" },
  and: { ERR_MSG: "`and` and the other place" },
};

type Clause = Tree.Clause;

/** What `entry` reads behind its names. */
interface Rest {
  readonly value?: Tree.Expr;
  readonly body?: Tree.Body;
}

/** The parser. One instance serves all files; `parse.ts` keeps it. */
export class DemarcParser extends ExpressionParser {
  /** A whole file. */
  readonly file = this.RULE("file", () => {
    const edition = this.OPTION(() => this.SUBRULE(this.editionClause));
    const items: Tree.Item[] = [];
    this.MANY(() => {
      const item = this.SUBRULE(this.item);
      this.ACTION(() => {
        if (item !== undefined) items.push(item);
      });
    });
    return this.ACTION(() => ({ items, ...(edition === undefined ? {} : { edition }) }));
  });

  /** The argument of `demarc query`. */
  readonly query = this.RULE("query", () => {
    const from = this.SUBRULE(this.expr);
    const arrow = this.CONSUME(ArrowSign, wants.arrow);
    const to = this.SUBRULE2(this.expr);
    const service = this.OPTION(() => {
      this.CONSUME(word.on);
      return this.SUBRULE3(this.expr);
    });
    return this.ACTION(() => {
      if (this.LA(1).tokenType !== EOF) this.expected("the end of the query");
      return { from, arrow: arrowOf(arrow), to, ...(service === undefined ? {} : { service }) };
    });
  });

  private readonly editionClause = this.RULE("editionClause", () => {
    const start = this.here();
    this.CONSUME(word.edition);
    const number = this.CONSUME(LiteralToken, wants.edition);
    return this.ACTION(() => {
      const literal = this.literal(number);
      if (literal.literal.form === "int") return { value: literal.literal.value, start, end: this.behind() };
      if (literal.literal.form !== "invalid") this.unwanted(number, wants.edition.ERR_MSG);
      return undefined;
    });
  });

  private itemAlternatives: { ALT: () => Tree.Item | undefined }[] | undefined;

  private readonly item = this.RULE("item", (): Tree.Item | undefined => {
    const outer = this.ACTION(() => this.enterItem());
    this.itemAlternatives ??= [
      { ALT: () => this.SUBRULE(this.entry) },
      { ALT: () => this.SUBRULE(this.allow) },
      { ALT: () => this.SUBRULE(this.share) },
      { ALT: () => this.SUBRULE(this.never) },
      { ALT: () => this.SUBRULE(this.always) },
      { ALT: () => this.SUBRULE(this.importItem) },
      { ALT: () => this.SUBRULE(this.stray) },
      { ALT: () => this.SUBRULE(this.looseBody) },
      {
        ALT: () => {
          this.CONSUME(BreakToken);
          return undefined;
        },
      },
    ];
    const node = this.OR(this.itemAlternatives);
    return this.ACTION(() => this.leaveItem(outer, node));
  });

  private readonly importItem = this.RULE("importItem", (): Tree.Item => {
    const start = this.here();
    this.CONSUME(word.import);
    const path = this.CONSUME(StringToken, wants.path);
    const alias = this.OPTION(() => {
      this.CONSUME(word.as);
      return this.SUBRULE(this.name);
    });
    return this.ACTION(() => ({
      kind: "Import",
      start,
      end: this.behind(),
      path: this.stringOrMissing(path),
      ...(alias === undefined ? {} : { alias }),
    }));
  });

  private readonly entry = this.RULE("entry", (): Tree.Item => {
    const start = this.here();
    const key = this.SUBRULE(this.name);
    const name = this.SUBRULE(this.optionalRef);
    this.ACTION(() => this.checkName(name));
    const headers: Tree.Header[] = [];
    this.MANY(() => {
      const header = this.SUBRULE(this.header);
      this.ACTION(() => {
        if (header !== undefined) headers.push(header);
      });
    });
    const rest = this.SUBRULE(this.entryRest);
    return this.ACTION(() => {
      if (name === undefined && headers.length === 0 && rest.value !== undefined) {
        return { kind: "Property", start, end: this.behind(), key, value: rest.value };
      }
      this.checkValue(rest.value);
      return {
        kind: "Declaration",
        start,
        end: this.behind(),
        word: key,
        name: name ?? this.missingRef(key),
        headers,
        ...rest,
      };
    });
  });

  private readonly optionalRef = this.RULE("optionalRef", () => this.OPTION(() => this.SUBRULE(this.ref)));

  private entryRestAlternatives: { ALT: () => Rest }[] | undefined;

  private readonly entryRest = this.RULE("entryRest", (): Rest => {
    this.entryRestAlternatives ??= [
      {
        ALT: () => {
          this.CONSUME(equals);
          const value = this.SUBRULE(this.value);
          return this.ACTION(() => ({ value }));
        },
      },
      {
        ALT: () => {
          const body = this.SUBRULE(this.body);
          return this.ACTION(() => ({ body }));
        },
      },
    ];
    return this.OR({ DEF: this.entryRestAlternatives, ERR_MSG: "`{` or `=`" }) ?? {};
  });

  private readonly header = this.RULE("header", (): Tree.Header | undefined =>
    this.OR([
      { ALT: () => this.SUBRULE(this.placeHeader) },
      { ALT: () => this.SUBRULE(this.betweenHeader) },
      {
        ALT: () => {
          this.ACTION(() => this.expected("`in`, `at`, `between`, `=` or `{`"));
          this.CONSUME(HeaderStray);
          return undefined;
        },
      },
    ]),
  );

  private readonly placeHeader = this.RULE("placeHeader", (): Tree.Header => {
    const start = this.here();
    const first = this.OR([{ ALT: () => this.CONSUME(word.in) }, { ALT: () => this.CONSUME(word.at) }]);
    const ref = this.SUBRULE(this.ref);
    return this.ACTION(() => ({
      kind: "Header",
      start,
      end: this.behind(),
      word: first.tokenType === word.in ? "in" : "at",
      refs: [ref],
    }));
  });

  private readonly betweenHeader = this.RULE("betweenHeader", (): Tree.Header => {
    const start = this.here();
    this.CONSUME(word.between);
    const one = this.SUBRULE(this.ref);
    this.CONSUME(word.and, wants.and);
    const other = this.SUBRULE2(this.ref);
    return this.ACTION(() => ({ kind: "Header", start, end: this.behind(), word: "between", refs: [one, other] }));
  });

  private readonly body = this.RULE("body", (): Tree.Body => {
    const start = this.here();
    this.CONSUME(open);
    const items: Tree.Item[] = [];
    this.MANY(() => {
      const item = this.SUBRULE(this.item);
      this.ACTION(() => {
        if (item !== undefined) items.push(item);
      });
    });
    const end = this.CONSUME(close);
    return this.ACTION(() => ({ kind: "Body", start, end: this.behind(), items, closed: end.image !== "" }));
  });

  private readonly allow = this.RULE("allow", (): Tree.Item => {
    const start = this.here();
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

  private readonly share = this.RULE("share", (): Tree.Item => {
    const start = this.here();
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

  private readonly never = this.RULE("never", (): Tree.Item => {
    const start = this.here();
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

  private readonly always = this.RULE("always", (): Tree.Item => {
    const start = this.here();
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

  /** A body without a declaration: reported, and what is declared in it is kept. */
  private readonly looseBody = this.RULE("looseBody", (): Tree.Item => {
    const start = this.here();
    this.ACTION(() => this.expected("a declaration before `{`"));
    const body = this.SUBRULE(this.body);
    return this.ACTION(() => {
      const missing = { kind: "Name", start, end: start, text: "", missing: true } as const;
      const name = { kind: "Ref", start, end: start, names: [missing] } as const;
      return { kind: "Declaration", start, end: this.behind(), word: missing, name, headers: [], body };
    });
  });

  /** What cannot begin an item: reported once, skipped up to the next item. */
  private readonly stray = this.RULE("stray", (): Tree.Item => {
    const start = this.here();
    this.ACTION(() => this.reportStray());
    this.CONSUME(Stray);
    this.ACTION(() => this.skipStray());
    return this.ACTION(() => ({ kind: "Skipped", start, end: this.behind() }));
  });

  constructor(validate = false) {
    super(validate);
    this.performSelfAnalysis();
  }
}

function arrowOf(token: IToken): Tree.Arrow {
  return token.image === "<->" ? "<->" : "->";
}
