/**
 * The syntax tree: what the parser builds and `fmt` prints. It knows no meaning.
 *
 * Nodes hold offsets into their source file; comments and blanks are recovered from the gaps, so the tree is lossless.
 * A place where the parser expected something and found nothing holds a node with `missing: true` (or a `MissingExpr`);
 * text that it skipped is a `Skipped` item. Both have been reported already: later phases pass over them silently.
 */

import type { Literal } from "../literals.js";
import type { SourceFile } from "../source.js";
import type { Trivia } from "./trivia.js";

/** Offsets of a node in its source file, comments around it excluded. */
export interface NodeBase {
  readonly start: number;
  readonly end: number;
}

/** One word: an identifier, or a keyword where the grammar takes one as a label. */
export interface Name extends NodeBase {
  readonly kind: "Name";
  readonly text: string;
  readonly missing?: true;
}

/** A path such as `shop.web`; at least one name. */
export interface Ref extends NodeBase {
  readonly kind: "Ref";
  readonly names: readonly Name[];
}

/** A string literal; `value` is the text with escapes resolved. */
export interface StringExpr extends NodeBase {
  readonly kind: "String";
  readonly value: string;
}

/** The words `true` and `false`. */
export interface BoolExpr extends NodeBase {
  readonly kind: "Bool";
  readonly value: boolean;
}

/** A digit-led run, an IPv6 form or a service literal, classified. `literal.form` is "invalid" where it is none. */
export interface LiteralExpr extends NodeBase {
  readonly kind: "Literal";
  readonly literal: Literal;
}

/** The word `any`. */
export interface AnyExpr extends NodeBase {
  readonly kind: "Any";
}

/** A name in an expression, or a call such as `secret("x")` when `args` is present. */
export interface RefExpr extends NodeBase {
  readonly kind: "RefExpr";
  readonly ref: Ref;
  readonly args?: readonly Expr[];
}

/** `[a, b]`, items as written. */
export interface ListExpr extends NodeBase {
  readonly kind: "List";
  readonly items: readonly Expr[];
}

/** `(expr)`; kept so that the printer gives back what was written. */
export interface ParenExpr extends NodeBase {
  readonly kind: "Paren";
  readonly inner: Expr;
}

/** `left op right`; `opStart` is the offset of the operator. */
export interface BinaryExpr extends NodeBase {
  readonly kind: "Binary";
  readonly op: "+" | "-" | "&";
  readonly opStart: number;
  readonly left: Expr;
  readonly right: Expr;
}

/** `term where condition`. */
export interface WhereExpr extends NodeBase {
  readonly kind: "Where";
  readonly term: Expr;
  readonly condition: Condition;
}

/** `{ key = value, … }` as the value of a property. */
export interface ObjectExpr extends NodeBase {
  readonly kind: "Object";
  readonly entries: readonly ObjectEntry[];
}

/** `key = value` inside an object. */
export interface ObjectEntry extends NodeBase {
  readonly key: Name | StringExpr;
  readonly value: Expr;
}

/** An expression was expected and is not there (reported by the parser). */
export interface MissingExpr extends NodeBase {
  readonly kind: "Missing";
}

/** Objects occur only as the value of a property or of an object's key; the parser sees to that. */
export type Expr =
  | StringExpr
  | BoolExpr
  | LiteralExpr
  | AnyExpr
  | RefExpr
  | ListExpr
  | ParenExpr
  | BinaryExpr
  | WhereExpr
  | ObjectExpr
  | MissingExpr;

/** `a or b or c`: two terms or more. */
export interface OrCondition extends NodeBase {
  readonly kind: "Or";
  readonly terms: readonly Condition[];
}

/** `a and b and c`: two terms or more. */
export interface AndCondition extends NodeBase {
  readonly kind: "And";
  readonly terms: readonly Condition[];
}

/** `not condition`. */
export interface NotCondition extends NodeBase {
  readonly kind: "Not";
  readonly inner: Condition;
}

/** `(condition)`; kept so that the printer gives back what was written. */
export interface ParenCondition extends NodeBase {
  readonly kind: "ParenCondition";
  readonly inner: Condition;
}

/** `label = value` or `label != value`. */
export interface CompareCondition extends NodeBase {
  readonly kind: "Compare";
  readonly label: Name | StringExpr;
  readonly op: "=" | "!=";
  readonly value: Expr;
}

/** `label in [a, b]`. */
export interface InCondition extends NodeBase {
  readonly kind: "In";
  readonly label: Name | StringExpr;
  readonly list: ListExpr;
}

/** A condition was expected and is not there (reported by the parser). */
export interface MissingCondition extends NodeBase {
  readonly kind: "MissingCondition";
}

/** What stands after `where`. */
export type Condition =
  | OrCondition
  | AndCondition
  | NotCondition
  | ParenCondition
  | CompareCondition
  | InCondition
  | MissingCondition;

/** `in REF`, `at REF` or `between REF and REF`, before the body of a declaration. */
export interface Header extends NodeBase {
  readonly kind: "Header";
  readonly word: "in" | "at" | "between";
  /** One ref, or two after `between` (fewer where one is missing). */
  readonly refs: readonly Ref[];
}

/** `{ … }`. `closed` is false where the closer is missing (reported). */
export interface Body extends NodeBase {
  readonly kind: "Body";
  readonly items: readonly Item[];
  readonly closed: boolean;
}

/** What every item may carry. */
export interface Documented {
  /** The doc comment lines (`///`) before the item, joined with `\n`, markers and one leading blank removed. */
  readonly doc?: string;
  /**
   * A syntax error of the item itself (not of one nested in it) has been reported: parts of it may be missing. Later
   * phases do not report what it seems to lack.
   */
  readonly faulty?: true;
}

/** `key = value`. */
export interface Property extends NodeBase, Documented {
  readonly kind: "Property";
  readonly key: Name;
  readonly value: Expr;
}

/** `word ref header… = expr` or `word ref header… { … }`: a declaration, or one nested in another. */
export interface Declaration extends NodeBase, Documented {
  readonly kind: "Declaration";
  readonly word: Name;
  readonly name: Ref;
  readonly headers: readonly Header[];
  readonly value?: Expr;
  readonly body?: Body;
}

/** `import "path"`, with `as alias` where `alias` is present. */
export interface Import extends NodeBase, Documented {
  readonly kind: "Import";
  readonly path: StringExpr | MissingExpr;
  readonly alias?: Name;
}

/** One direction, or both. */
export type Arrow = "->" | "<->";

/** A clause after a rule: `log`, `until DATE`, `because STRING`, `at REF`. Order and repetition as written. */
export interface Clause extends NodeBase {
  readonly kind: "Clause";
  readonly word: "log" | "until" | "because" | "at";
  readonly value?: Expr | Ref;
}

/** `allow source -> destination on service`, then clauses. */
export interface Allow extends NodeBase, Documented {
  readonly kind: "Allow";
  readonly source: Expr;
  readonly arrow: Arrow;
  readonly destination: Expr;
  readonly service: Expr;
  readonly clauses: readonly Clause[];
}

/** `share what with whom`, then clauses. */
export interface Share extends NodeBase, Documented {
  readonly kind: "Share";
  readonly what: Expr;
  readonly with: Expr;
  readonly clauses: readonly Clause[];
}

/** `never` and `always`; `service` is absent for a `never` over every service. */
export interface Invariant extends NodeBase, Documented {
  readonly kind: "Never" | "Always";
  readonly source: Expr;
  readonly arrow: Arrow;
  readonly destination: Expr;
  readonly service?: Expr;
  readonly clauses: readonly Clause[];
}

/** Text the parser could make nothing of (reported); the formatter leaves it as it is. */
export interface Skipped extends NodeBase {
  readonly kind: "Skipped";
}

/** What a file or a body consists of. */
export type Item = Import | Allow | Share | Invariant | Property | Declaration | Skipped;

/** One parsed file. */
export interface SyntaxFile extends NodeBase {
  readonly kind: "File";
  readonly source: SourceFile;
  /** The number after `edition`, with its place; absent where the file does not say. */
  readonly edition?: { readonly value: number; readonly start: number; readonly end: number };
  readonly items: readonly Item[];
  /** Comments in source order, each with its offsets. */
  readonly trivia: readonly Trivia[];
}

/** The parsed argument of `demarc query`: `A -> B on S`. */
export interface SyntaxQuery extends NodeBase {
  readonly kind: "Query";
  readonly source: SourceFile;
  readonly from: Expr;
  readonly arrow: Arrow;
  readonly to: Expr;
  readonly service?: Expr;
}
