/** The rules for names, values, expressions and conditions. */
import type { IToken } from "chevrotain";
import type * as Tree from "../syntax/nodes.js";
import { Additive, keyword, LabelWord, LiteralToken, NameLike, StringToken, sign, Truth, Word } from "../tokens.js";
import { ActionParser } from "./actions.js";

const word = {
  any: keyword("any"),
  where: keyword("where"),
  and: keyword("and"),
  or: keyword("or"),
  not: keyword("not"),
  in: keyword("in"),
};
const dot = sign(".");
const comma = sign(",");
const equals = sign("=");
const unequal = sign("!=");
const ampersand = sign("&");
const openParen = sign("(");
const closeParen = sign(")");
const openBracket = sign("[");
const closeBracket = sign("]");
const openBrace = sign("{");
const closeBrace = sign("}");

const wants = {
  name: { ERR_MSG: "a name" },
  closeList: { ERR_MSG: "`,` or `]`" },
  closeCall: { ERR_MSG: "`,` or `)`" },
  closeParen: { ERR_MSG: "an operator or `)`" },
  closeObject: { ERR_MSG: "a key or `}`" },
  equals: { ERR_MSG: "`=`" },
};

/** Examples, for help lines. */
const forms = {
  list: "the items of a list stand between commas, such as `[tcp/80, tcp/443]`",
  where: 'a condition compares labels, such as `where tier = "web"` or `where tier in ["web", "api"]`',
};

/** A comparison without its label. */
type Comparison = { readonly op: "=" | "!="; readonly value: Tree.Expr } | { readonly list: Tree.ListExpr } | undefined;

type Alternatives<T> = { ALT: () => T }[];

/** The part of the parser for everything inside a statement. */
export class ExpressionParser extends ActionParser {
  protected readonly name = this.RULE("name", (): Tree.Name => {
    const token = this.CONSUME(NameLike, wants.name);
    return this.ACTION(() => {
      this.checkReserved(token);
      return this.nameNode(token);
    });
  });

  protected readonly ref = this.RULE("ref", (): Tree.Ref => {
    const start = this.here();
    const names = [this.SUBRULE(this.name)];
    this.MANY(() => {
      this.CONSUME(dot);
      names.push(this.SUBRULE2(this.name));
    });
    return this.ACTION(() => ({ kind: "Ref", start: names[0]?.start ?? start, end: this.behind(), names }));
  });

  private valueAlternatives: Alternatives<Tree.Expr> | undefined;

  protected readonly value: () => Tree.Expr = this.RULE("value", (): Tree.Expr => {
    this.valueAlternatives ??= [{ ALT: () => this.SUBRULE(this.expr) }, { ALT: () => this.SUBRULE(this.object) }];
    const value = this.OR(this.valueAlternatives);
    return this.ACTION(() => value ?? this.missingExpr());
  });

  private readonly object = this.RULE("object", (): Tree.ObjectExpr => {
    const start = this.here();
    this.CONSUME(openBrace);
    this.ACTION(() => this.entersObject(1));
    const entries: Tree.ObjectEntry[] = [];
    this.MANY(() => {
      entries.push(this.SUBRULE(this.objectEntry));
    });
    this.ACTION(() => this.entersObject(-1));
    this.CONSUME(closeBrace, wants.closeObject);
    return this.ACTION(() => ({ kind: "Object", start, end: this.behind(), entries }));
  });

  private readonly objectEntry = this.RULE("objectEntry", (): Tree.ObjectEntry => {
    const start = this.here();
    const token = this.OR([{ ALT: () => this.CONSUME(Word) }, { ALT: () => this.CONSUME(StringToken) }]);
    this.CONSUME(equals, wants.equals);
    const value = this.SUBRULE(this.value);
    const end = this.ACTION(() => this.behind());
    this.OPTION(() => this.CONSUME(comma));
    return this.ACTION(() => ({ start, end, key: this.keyNode(token), value }));
  });

  readonly expr: (index?: number) => Tree.Expr = this.RULE("expr", (): Tree.Expr => {
    let left = this.SUBRULE(this.meet);
    this.MANY(() => {
      const op = this.CONSUME(Additive);
      const right = this.SUBRULE2(this.meet);
      this.ACTION(() => {
        if (this.countOperator()) left = this.binary(op, left, right);
      });
    });
    return left;
  });

  private readonly meet = this.RULE("meet", (): Tree.Expr => {
    let left = this.SUBRULE(this.term);
    this.MANY(() => {
      const op = this.CONSUME(ampersand);
      const right = this.SUBRULE2(this.term);
      this.ACTION(() => {
        if (this.countOperator()) left = this.binary(op, left, right);
      });
    });
    return left;
  });

  private binary(op: IToken, left: Tree.Expr, right: Tree.Expr): Tree.BinaryExpr {
    const sign = op.image === "+" ? "+" : op.image === "&" ? "&" : "-";
    return { kind: "Binary", start: left.start, end: right.end, op: sign, opStart: op.startOffset, left, right };
  }

  private whereOption: { GATE: () => boolean; DEF: () => Tree.Condition } | undefined;

  private readonly term = this.RULE("term", (): Tree.Expr => {
    const primary = this.SUBRULE(this.primary);
    this.whereOption ??= {
      GATE: () => this.isNoKey(),
      DEF: () => {
        this.CONSUME(word.where);
        this.ACTION(() => this.reads(forms.where));
        return this.SUBRULE(this.condition);
      },
    };
    const condition = this.OPTION(this.whereOption);
    return this.ACTION(() =>
      condition === undefined
        ? primary
        : { kind: "Where", start: primary.start, end: this.behind(), term: primary, condition },
    );
  });

  private primaryAlternatives: Alternatives<Tree.Expr> | undefined;

  private readonly primary: () => Tree.Expr = this.RULE("primary", (): Tree.Expr => {
    this.primaryAlternatives ??= [
      { ALT: () => this.SUBRULE(this.reference) },
      { ALT: () => this.SUBRULE(this.leaf) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.paren) },
    ];
    const node = this.OR(this.primaryAlternatives);
    return this.ACTION(() => node ?? this.missingExpr());
  });

  private leafAlternatives: Alternatives<Tree.Expr> | undefined;

  private readonly leaf = this.RULE("leaf", (): Tree.Expr => {
    this.leafAlternatives ??= [
      {
        ALT: () => {
          const token = this.CONSUME(LiteralToken);
          return this.ACTION(() => this.literal(token));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(StringToken);
          return this.ACTION(() => this.stringOrMissing(token));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(word.any);
          return this.ACTION(() => ({ kind: "Any", start: token.startOffset, end: this.behind() }));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(Truth);
          return this.ACTION(() => ({
            kind: "Bool",
            start: token.startOffset,
            end: this.behind(),
            value: token.image === "true",
          }));
        },
      },
    ];
    return this.OR(this.leafAlternatives);
  });

  private readonly reference = this.RULE("reference", (): Tree.Expr => {
    const ref = this.SUBRULE(this.ref);
    const args = this.OPTION(() => this.SUBRULE(this.args));
    return this.ACTION(() => ({
      kind: "RefExpr",
      start: ref.start,
      end: this.behind(),
      ref,
      ...(args === undefined ? {} : { args }),
    }));
  });

  private readonly args = this.RULE("args", (): Tree.Expr[] => {
    const args: Tree.Expr[] = [];
    this.CONSUME(openParen);
    this.OPTION(() => {
      args.push(this.SUBRULE(this.expr));
      this.MANY(() => {
        this.CONSUME(comma);
        args.push(this.SUBRULE2(this.expr));
      });
    });
    this.CONSUME(closeParen, wants.closeCall);
    return args;
  });

  /** The comma between two items is optional here, so that a missing one is just that; the action reports it. */
  private readonly list = this.RULE("list", (): Tree.ListExpr => {
    const opener = this.CONSUME(openBracket);
    const items: Tree.Expr[] = [];
    let separated = true;
    this.MANY(() => {
      this.ACTION(() => {
        if (!separated) this.expected(wants.closeList.ERR_MSG, forms.list);
      });
      items.push(this.SUBRULE(this.expr));
      const found = this.OPTION(() => this.CONSUME(comma));
      this.ACTION(() => {
        separated = found !== undefined;
      });
    });
    this.CONSUME(closeBracket, wants.closeList);
    return this.ACTION(() => ({ kind: "List", start: opener.startOffset, end: this.behind(), items }));
  });

  private readonly paren = this.RULE("paren", (): Tree.ParenExpr => {
    const start = this.here();
    this.CONSUME(openParen);
    const inner = this.SUBRULE(this.expr);
    this.CONSUME(closeParen, wants.closeParen);
    return this.ACTION(() => ({ kind: "Paren", start, end: this.behind(), inner }));
  });

  private readonly condition: () => Tree.Condition = this.RULE("condition", (): Tree.Condition => {
    const start = this.here();
    const first = this.SUBRULE(this.conjunction);
    let terms: Tree.Condition[] | undefined;
    this.MANY({
      GATE: () => this.isNoKey(),
      DEF: () => {
        this.CONSUME(word.or);
        const next = this.SUBRULE2(this.conjunction);
        terms ??= [first];
        terms.push(next);
      },
    });
    return this.ACTION(() => (terms === undefined ? first : { kind: "Or", start, end: this.behind(), terms }));
  });

  private readonly conjunction = this.RULE("conjunction", (): Tree.Condition => {
    const start = this.here();
    const first = this.SUBRULE(this.test);
    let terms: Tree.Condition[] | undefined;
    this.MANY({
      GATE: () => this.isNoKey(),
      DEF: () => {
        this.CONSUME(word.and);
        const next = this.SUBRULE2(this.test);
        terms ??= [first];
        terms.push(next);
      },
    });
    return this.ACTION(() => (terms === undefined ? first : { kind: "And", start, end: this.behind(), terms }));
  });

  private readonly test = this.RULE("test", (): Tree.Condition => {
    const start = this.here();
    const negated = this.OPTION(() => this.CONSUME(word.not));
    const inner = this.OR([
      { ALT: () => this.SUBRULE(this.parenCondition) },
      { ALT: () => this.SUBRULE(this.comparison) },
    ]);
    return this.ACTION(() => {
      const at = this.behind();
      const whole = inner ?? { kind: "MissingCondition", start: at, end: at };
      return negated === undefined ? whole : { kind: "Not", start, end: this.behind(), inner: whole };
    });
  });

  private readonly parenCondition = this.RULE("parenCondition", (): Tree.Condition => {
    const start = this.here();
    this.CONSUME(openParen);
    const inner = this.SUBRULE(this.condition);
    this.CONSUME(closeParen, wants.closeParen);
    return this.ACTION(() => ({ kind: "ParenCondition", start, end: this.behind(), inner }));
  });

  private readonly comparison = this.RULE("comparison", (): Tree.Condition => {
    const start = this.here();
    const label = this.OR([{ ALT: () => this.CONSUME(LabelWord) }, { ALT: () => this.CONSUME(StringToken) }]);
    const rest = this.SUBRULE(this.comparisonRest);
    return this.ACTION((): Tree.Condition => {
      const end = this.behind();
      if (rest === undefined) return { kind: "MissingCondition", start, end };
      if ("list" in rest) return { kind: "In", start, end, label: this.keyNode(label), list: rest.list };
      return { kind: "Compare", start, end, label: this.keyNode(label), op: rest.op, value: rest.value };
    });
  });

  private restAlternatives: Alternatives<Comparison> | undefined;

  private readonly comparisonRest = this.RULE("comparisonRest", (): Comparison => {
    this.restAlternatives ??= [
      {
        ALT: () => {
          this.CONSUME(equals);
          const value = this.SUBRULE(this.primary);
          return this.ACTION(() => ({ op: "=", value }) as const);
        },
      },
      {
        ALT: () => {
          this.CONSUME(unequal);
          const value = this.SUBRULE2(this.primary);
          return this.ACTION(() => ({ op: "!=", value }) as const);
        },
      },
      {
        ALT: () => {
          this.CONSUME(word.in);
          const list = this.SUBRULE(this.list);
          return this.ACTION(() => ({ list }));
        },
      },
    ];
    return this.OR({ DEF: this.restAlternatives, ERR_MSG: "`=`, `!=` or `in`" });
  });

  private keyNode(token: IToken): Tree.Name | Tree.StringExpr {
    if (token.tokenType === StringToken) {
      const node = this.stringOrMissing(token);
      if (node.kind === "String") return node;
    }
    return this.nameNode(token);
  }
}
