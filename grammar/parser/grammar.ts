/**
 * The grammar of language.md §4, LL(2), with actions that build the syntax tree.
 *
 * Rules beyond the normative grammar (`stray`, `Break`) are for faults: the strict pass leaves at them.
 */
import { EOF } from "chevrotain";
import type * as Tree from "../syntax/nodes.js";
import {
  ArrowSign,
  BreakToken,
  HeaderStray,
  isReserved,
  keyword,
  LiteralToken,
  Stray,
  StringToken,
  sign,
} from "../tokens.js";
import { arrowOf, StatementParser, statementWants } from "./statements.js";

const word = {
  edition: keyword("edition"),
  import: keyword("import"),
  as: keyword("as"),
  in: keyword("in"),
  at: keyword("at"),
  between: keyword("between"),
  and: keyword("and"),
  on: keyword("on"),
};
const open = sign("{");
const close = sign("}");
const equals = sign("=");

const wants = {
  edition: { ERR_MSG: "the number of an edition, such as `1`" },
  path: { ERR_MSG: "a directory in quotes" },
  and: { ERR_MSG: "`and` and the other place" },
};

/** Examples of the statements, for help lines. */
const forms = {
  edition: "a file may begin with `edition 1`",
  import: 'an import reads `import "services" as lib`',
  entry: "a declaration is a word and a name, such as `segment prod { … }`; a property is a name, `=` and a value",
  value: "a value is text in quotes, a number, an address, a service, a name, a list `[ … ]` or an object `{ … }`",
  query: "a query reads `shop.web -> vault on tcp/8443`",
};

/** What `entry` reads behind its names. */
interface Rest {
  readonly value?: Tree.Expr;
  readonly body?: Tree.Body;
}

/** The parser. One instance serves all files; `parse.ts` keeps it. */
export class DemarcParser extends StatementParser {
  /** A whole file. */
  readonly file = this.RULE("file", () => {
    const edition = this.SUBRULE(this.optionalEdition);
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
    this.ACTION(() => this.reads(forms.query));
    const from = this.SUBRULE(this.expr);
    const arrow = this.CONSUME(ArrowSign, statementWants.arrow);
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

  private readonly optionalEdition = this.RULE("optionalEdition", () =>
    this.OPTION(() => this.SUBRULE(this.editionClause)),
  );

  private readonly editionClause = this.RULE("editionClause", () => {
    const start = this.here();
    this.ACTION(() => this.reads(forms.edition));
    this.CONSUME(word.edition);
    const number = this.CONSUME(LiteralToken, wants.edition);
    return this.ACTION(() => {
      const { literal } = this.literal(number);
      if (literal.form !== "int" && literal.form !== "invalid") this.unwanted(number, wants.edition.ERR_MSG);
      const end = this.behind();
      this.leaveEdition();
      return literal.form === "int" ? { value: literal.value, start, end } : undefined;
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
    this.ACTION(() => this.reads(forms.import));
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
    this.ACTION(() => this.reads(forms.entry));
    const refuses = this.ACTION(() => this.refuses(key));
    const given = this.SUBRULE(this.optionalRef);
    const name = this.ACTION(() => this.checkedName(given));
    const headers: Tree.Header[] = [];
    this.MANY(() => {
      const header = this.SUBRULE(this.header);
      this.ACTION(() => {
        if (header !== undefined) headers.push(header);
      });
    });
    const rest = this.SUBRULE(this.entryRest);
    return this.ACTION((): Tree.Item => {
      if (refuses || isReserved(key.text)) return { kind: "Skipped", start, end: this.behind() };
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
          this.ACTION(() => this.reads(forms.value));
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

  /** A body without a declaration: reported, and what is declared in it is kept. */
  private readonly looseBody = this.RULE("looseBody", (): Tree.Item => {
    const start = this.here();
    this.ACTION(() => this.unwanted(this.LA(1), "a declaration before `{`", false));
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
