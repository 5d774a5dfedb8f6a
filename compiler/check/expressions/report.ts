/** What the evaluators of expressions share: where they are, how they report, how they name things in messages. */
import type { DiagnosticKind, Edit, ReportExtras } from "../../../grammar/diagnostic.js";
import { type SourceFile, type Span, span } from "../../../grammar/source.js";
import type { Expr, NodeBase } from "../../../grammar/syntax/nodes.js";
import type { NamedSymbol } from "../../bind/symbols.js";
import { expressionsCatalogue } from "../../diagnostics/expressions-catalogue.js";
import type { CheckContext } from "../context.js";
import { canonicalText } from "./canonical.js";

/** The text that an expression stands in: a file of the package, or a query. */
export interface Written {
  readonly source: SourceFile;
}

/** Where an evaluator is. */
export interface Place {
  readonly context: CheckContext;
  readonly source: SourceFile;
}

/** Reports at a node of the text that is being evaluated. */
export function reportAt<P>(
  place: Place,
  node: NodeBase,
  kind: DiagnosticKind<P>,
  params: P,
  extras: ReportExtras = {},
): void {
  place.context.diagnostics.report(kind, params, spanOf(place, node), extras);
}

/** The span of a node. */
export function spanOf(place: Written, node: NodeBase): Span {
  return span(place.source, node.start, node.end);
}

/** An edit that writes `text` in place of a node. */
export function replacing(place: Written, node: NodeBase, title: string, text: string, certain: boolean): Edit {
  return { title, certain, changes: [{ span: spanOf(place, node), text }] };
}

/** The edit that replaces a misspelt name by the one meant, where there is one. */
export function renaming(place: Written, node: NodeBase, suggestion: string | undefined): readonly Edit[] {
  if (suggestion === undefined) return [];
  return [replacing(place, node, `write \`${suggestion}\``, suggestion, false)];
}

const LONGEST_SHOWN = 60;

/** An expression as it is shown in a message: its canonical text, shortened where it is long. */
export function shown(expr: Expr): string {
  const text = canonicalText(expr);
  return `\`${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text}\``;
}

/** Reports, at the reference that closes it, a circle of named definitions in the order in which they refer. */
export function reportCircle(
  expr: Expr,
  kind: "group" | "service",
  circle: readonly NamedSymbol[],
  place: Place,
): void {
  const names = circle.map((each) => each.name);
  const path = names.length === 1 ? names : [...names, ...names.slice(0, 1)];
  const related = circle.map((each) => ({ message: `\`${each.name}\` is defined here`, span: each.span }));
  reportAt(place, expr, expressionsCatalogue["recursive-definition"], { kind, path }, { related });
}

/** The expression inside any parentheses. */
export function unwrapped(expr: Expr): Expr {
  return expr.kind === "Paren" ? unwrapped(expr.inner) : expr;
}

/** What a literal, string or truth value is called in a message; undefined for other expressions. */
export function describeValue(expr: Expr): string | undefined {
  switch (expr.kind) {
    case "String":
      return "a text";
    case "Bool":
      return "a truth value";
    case "Object":
      return "an object";
    case "Literal":
      return describeLiteral(expr.literal.form);
    default:
      return undefined;
  }
}

function describeLiteral(form: string): string {
  switch (form) {
    case "int":
      return "a number";
    case "quantity":
      return "a quantity";
    case "date":
      return "a date";
    case "service":
      return "a service";
    case "range":
      return "a range of addresses";
    case "prefix":
    case "interface-address":
      return "a prefix";
    default:
      return "an address";
  }
}
