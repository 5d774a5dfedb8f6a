/**
 * The canonical text of an expression, from which identities are made (language.md §8): lists and unions flattened,
 * sorted and without repetition, parentheses dropped, operands of `&` and values of `in` sorted, literals normalised,
 * names kept. It depends on the written expression alone, never on what the names stand for.
 */
import { compareCodePoints } from "../../../grammar/source.js";
import type { Condition, Expr, Name, Ref, StringExpr } from "../../../grammar/syntax/nodes.js";
import { literalText } from "./literal-text.js";

/**
 * An expression reduced to what counts, with its text. Parentheses and lists of one are gone; a union holds no union and
 * a meet no meet among its `parts`.
 */
interface Canon {
  readonly kind: "atom" | "union" | "meet" | "difference" | "where";
  readonly text: string;
  readonly parts: readonly Canon[];
}

/** The canonical text of an endpoint or service expression. Unions are written as lists. */
export function canonicalText(expr: Expr): string {
  return reduce(expr).text;
}

/** The canonical text of a set of names, as of `with` and `at`: sorted, without repetition, a list where several. */
export function canonicalNames(names: Iterable<string>): string {
  return union([...names].map(atom)).text;
}

/** The text of a path. */
export function refText(ref: Ref): string {
  const [only, more] = ref.names;
  return only !== undefined && more === undefined ? only.text : ref.names.map((name) => name.text).join(".");
}

function atom(text: string): Canon {
  return { kind: "atom", text, parts: [] };
}

/** What expressions were reduced to: the checker and the identities of statements ask for the same ones. */
const reduced = new WeakMap<Expr, Canon>();

function reduce(expr: Expr): Canon {
  const canon = reduced.get(expr) ?? reduceAnew(expr);
  reduced.set(expr, canon);
  return canon;
}

function reduceAnew(expr: Expr): Canon {
  switch (expr.kind) {
    case "String":
      return atom(quoted(expr.value));
    case "Bool":
      return atom(String(expr.value));
    case "Literal":
      return atom(literalText(expr.literal));
    case "Any":
      return atom("any");
    case "RefExpr":
      return atom(refText(expr.ref));
    case "Paren":
      return reduce(expr.inner);
    case "List":
      return union(expr.items.map(reduce));
    case "Where":
      return where(reduce(expr.term), conditionText(expr.condition));
    case "Binary":
      if (expr.op === "-") return difference(reduce(expr.left), reduce(expr.right));
      return (expr.op === "+" ? union : meet)(operandsOf(expr, expr.op).map(reduce));
    case "Object":
    case "Missing":
      return atom("");
  }
}

/** The operands of a chain of one operator, which leans to the left. */
export function operandsOf(expr: Expr, op: "+" | "&"): readonly Expr[] {
  const out: Expr[] = [];
  let at = expr;
  while (at.kind === "Binary" && at.op === op) {
    out.push(at.right);
    at = at.left;
  }
  return [...out, at].reverse();
}

function union(items: readonly Canon[]): Canon {
  const flat = items.flatMap((each) => (each.kind === "union" ? each.parts : [each]));
  const parts = sorted([...new Map(flat.map((each) => [each.text, each])).values()]);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return { kind: "union", text: `[${parts.map((each) => each.text).join(", ")}]`, parts };
}

function meet(operands: readonly Canon[]): Canon {
  const parts = sorted(operands.flatMap((each) => (each.kind === "meet" ? each.parts : [each])));
  return { kind: "meet", text: parts.map((each) => enclosed(each, "difference", "where")).join(" & "), parts };
}

function difference(left: Canon, right: Canon): Canon {
  const text = `${enclosed(left, "where")} - ${enclosed(right, "difference", "where")}`;
  return { kind: "difference", text, parts: [] };
}

function where(term: Canon, condition: string): Canon {
  return { kind: "where", text: `${enclosed(term, "meet", "difference", "where")} where ${condition}`, parts: [] };
}

function sorted(parts: readonly Canon[]): readonly Canon[] {
  return [...parts].sort((a, b) => compareCodePoints(a.text, b.text));
}

/** The text of an operand, in parentheses where it is of a kind that would read differently without. */
function enclosed(canon: Canon, ...kinds: readonly Canon["kind"][]): string {
  return kinds.includes(canon.kind) ? `(${canon.text})` : canon.text;
}

/** The canonical text of a condition. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case "Or":
      return condition.terms.map(conditionText).join(" or ");
    case "And":
      return condition.terms.map((each) => conditionOperand(each, ["Or"])).join(" and ");
    case "Not":
      return `not ${conditionOperand(condition.inner, ["Or", "And"])}`;
    case "ParenCondition":
      return conditionText(condition.inner);
    case "Compare":
      return `${labelText(condition.label)} ${condition.op} ${canonicalText(condition.value)}`;
    case "In": {
      const values = [...new Set(condition.list.items.map(canonicalText))].sort(compareCodePoints);
      return `${labelText(condition.label)} in [${values.join(", ")}]`;
    }
    case "MissingCondition":
      return "";
  }
}

/** The text of a condition, in parentheses where it is of a kind that would read differently without. */
export function conditionOperand(condition: Condition, kinds: readonly Condition["kind"][]): string {
  const text = conditionText(condition);
  return kinds.includes(unparenthesised(condition).kind) ? `(${text})` : text;
}

/** The condition inside any parentheses. */
export function unparenthesised(condition: Condition): Condition {
  return condition.kind === "ParenCondition" ? unparenthesised(condition.inner) : condition;
}

/** A label's name, written bare where it can be. */
function labelText(label: Name | StringExpr): string {
  const name = labelName(label);
  return /^[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*$/.test(name) && name !== "not" ? name : quoted(name);
}

/** The name that a condition's left side stands for. */
export function labelName(label: Name | StringExpr): string {
  return label.kind === "Name" ? label.text : label.value;
}

/** A string literal that stands for `text`. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}
