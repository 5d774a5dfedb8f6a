/** Endpoint expressions: what they denote, by the holdings of the estate (language.md §6). */
import type { BinaryExpr, Expr, ListExpr, RefExpr } from "../../../grammar/syntax/nodes.js";
import type { NamedSymbol } from "../../bind/symbols.js";
import { expressionsCatalogue } from "../../diagnostics/expressions-catalogue.js";
import { EndpointSet } from "../../model/endpoint-set.js";
import type { CheckContext } from "../context.js";
import { canonicalText, operandsOf } from "./canonical.js";
import { evaluateLiteral, reportText } from "./endpoint-literals.js";
import { resolveEndpointName } from "./endpoint-names.js";
import { EndpointValue } from "./endpoint-value.js";
import { type Definition, goesTooDeep } from "./nesting.js";
import {
  describeValue,
  type Place,
  replacing,
  reportAt,
  reportCircle,
  shown,
  unwrapped,
  type Written,
} from "./report.js";
import { Scope } from "./scope.js";
import { evaluateWhere } from "./where.js";

/** What a place that takes an endpoint expression allows beyond the usual. */
export interface EndpointOptions {
  /**
   * The expression may be just the name of a segment that has no endpoint yet, which denotes the empty set: so a side of
   * a `never`. Everywhere else an empty set is an error.
   */
  readonly emptySegment?: boolean;
}

/** Where an expression stands, as far as its meaning depends on that. */
interface Frame extends Place {
  readonly scope: Scope;
  /** Inside an operand of `&`: a literal may lie in several segments. */
  readonly belowMeet: boolean;
  /** Names of the groups being evaluated around this place, the innermost last. */
  readonly within: readonly NamedSymbol[];
}

/**
 * The endpoints that an expression denotes. Undefined where it is faulty, or depends on a faulty declaration: that has
 * been reported, here or where the declaration stands. The result is empty only where `options` allow that.
 */
export function evaluateEndpoints(
  expr: Expr,
  context: CheckContext,
  file: Written,
  options: EndpointOptions = {},
): EndpointSet | undefined {
  const scope = Scope.of(context);
  const frame: Frame = { context, source: file.source, scope, belowMeet: false, within: [] };
  if (options.emptySegment === true && emptySegmentName(expr, scope) !== undefined) return EndpointSet.empty;
  return operand(expr, frame)?.set;
}

/** The name of the segment, where an expression is just that and the segment has no endpoint in a sound estate. */
function emptySegmentName(expr: Expr, scope: Scope): string | undefined {
  const inner = unwrapped(expr);
  const name = inner.kind === "RefExpr" && inner.args === undefined ? inner.ref.names[0]?.text : undefined;
  if (inner.kind !== "RefExpr" || name === undefined || inner.ref.names.length !== 1) return undefined;
  if (scope.context.symbols.names.get(name)?.kind !== "segment" || scope.isFaulty(name)) return undefined;
  const value = scope.named(name);
  return value.isEmpty() && !value.incomplete ? name : undefined;
}

/** The value of a named group; undefined where it is faulty. */
export function evaluateGroup(symbol: NamedSymbol, context: CheckContext): EndpointSet | undefined {
  return groupValue(symbol, Scope.of(context), [])?.set;
}

function groupValue(symbol: NamedSymbol, scope: Scope, within: readonly NamedSymbol[]): EndpointValue | undefined {
  const known = scope.groups.get(symbol);
  if (known === "running") return undefined;
  if (known !== undefined || scope.groups.has(symbol)) return known;
  if (goesTooDeep(definition(symbol, scope), scope.context)) return undefined;
  const { value: expr } = symbol.declaration;
  scope.groups.set(symbol, "running");
  const { context } = scope;
  const frame: Frame = { context, source: symbol.file.source, scope, belowMeet: false, within: [...within, symbol] };
  const value = expr === undefined || scope.isFaulty(symbol.name) ? undefined : operand(expr, frame);
  scope.groups.set(symbol, value);
  return value;
}

function definition(symbol: NamedSymbol, scope: Scope): Definition {
  const { names } = scope.context.symbols;
  const find = ({ ref }: RefExpr): Definition | undefined => {
    const named = ref.names.length === 1 ? names.get(ref.names[0]?.text ?? "") : undefined;
    return named?.kind === "group" ? definition(named, scope) : undefined;
  };
  return { symbol, find };
}

/** A value that counts as used: it may not be empty. */
function operand(expr: Expr, frame: Frame): EndpointValue | undefined {
  const value = evaluate(expr, frame);
  if (value === undefined || !value.isEmpty()) return value;
  if (!value.incomplete) {
    reportAt(frame, expr, expressionsCatalogue["empty-endpoints"], { why: whyEmpty(unwrapped(expr), frame) });
  }
  return undefined;
}

/** The value of an expression, empty or not; its operands are not. */
function evaluate(expr: Expr, frame: Frame): EndpointValue | undefined {
  switch (expr.kind) {
    case "Any":
      return frame.scope.any();
    case "Paren":
      return evaluate(expr.inner, frame);
    case "List":
      return cached(expr, frame, () => evaluateList(expr, frame));
    case "Literal":
      return evaluateLiteral(expr, frame.scope, frame, frame.belowMeet);
    case "RefExpr":
      return evaluateName(expr, frame);
    case "Binary":
      return expr.op === "+" ? evaluateSum(expr, frame) : evaluateBinary(expr, frame);
    case "Where":
      return cached(expr, frame, () => {
        const term = operand(expr.term, frame);
        return term === undefined ? undefined : evaluateWhere(expr, term, frame.scope, frame);
      });
    case "String":
      reportText(expr, frame.scope, frame);
      return undefined;
    case "Bool":
    case "Object":
      reportAt(frame, expr, expressionsCatalogue["wrong-operand"], {
        found: describeValue(expr) ?? "a value",
        wanted: "endpoints",
      });
      return undefined;
    case "Missing":
      return undefined;
  }
}

/** Remembers the sound value of an expression by its canonical text. A literal's soundness depends on where it stands. */
function cached(expr: Expr, frame: Frame, make: () => EndpointValue | undefined): EndpointValue | undefined {
  const key = `${frame.belowMeet ? "&" : ""}${canonicalText(expr)}`;
  const known = frame.scope.compounds.get(key);
  if (known !== undefined) return known;
  const value = make();
  if (value !== undefined) frame.scope.compounds.set(key, value);
  return value;
}

function evaluateName(expr: RefExpr, frame: Frame): EndpointValue | undefined {
  const { scope } = frame;
  const name = resolveEndpointName(expr, scope, frame);
  if (name === undefined) return undefined;
  if (name.kind === "declared") return scope.isFaulty(name.path) ? undefined : scope.named(name.path);
  const circle = frame.within.indexOf(name.symbol);
  if (circle >= 0) {
    reportCircle(expr, "group", frame.within.slice(circle), frame);
    return undefined;
  }
  return groupValue(name.symbol, scope, frame.within);
}

function evaluateList(expr: ListExpr, frame: Frame): EndpointValue | undefined {
  return unionOf(expr.items.map((item) => operand(item, frame)));
}

/** A chain of `+` in one pass, since it may be long. */
function evaluateSum(expr: BinaryExpr, frame: Frame): EndpointValue | undefined {
  let sound = true;
  for (let at: Expr = expr; at.kind === "Binary" && at.op === "+"; at = at.left) {
    sound = whereIsEnclosed(at, frame) && sound;
  }
  const value = unionOf(operandsOf(expr, "+").map((part) => operand(part, frame)));
  return sound ? value : undefined;
}

function unionOf(values: readonly (EndpointValue | undefined)[]): EndpointValue | undefined {
  const sound = values.filter((value) => value !== undefined);
  return sound.length === values.length ? EndpointValue.unionAll(sound) : undefined;
}

function evaluateBinary(expr: BinaryExpr, frame: Frame): EndpointValue | undefined {
  const sound = whereIsEnclosed(expr, frame);
  const inner = expr.op === "&" ? { ...frame, belowMeet: true } : frame;
  const left = operand(expr.left, inner);
  // What is subtracted may be empty: that only leaves more, as it is written.
  const right = expr.op === "-" ? evaluate(expr.right, inner) : operand(expr.right, inner);
  if (!sound || left === undefined || right === undefined) return undefined;
  return expr.op === "&" ? left.intersect(right) : left.subtract(right);
}

/** Reports a `where` that stands beside an operator without parentheses. */
function whereIsEnclosed(expr: BinaryExpr, frame: Frame): boolean {
  let sound = true;
  for (const side of [expr.left, expr.right]) {
    if (side.kind !== "Where") continue;
    sound = false;
    const { text } = frame.source;
    const edits = [replacing(frame, side, "filter the one term", `(${text.slice(side.start, side.end)})`, false)];
    if (side === expr.right) {
      const whole = { start: expr.start, end: side.term.end };
      edits.push(replacing(frame, whole, "filter the whole", `(${text.slice(whole.start, whole.end)})`, false));
    }
    reportAt(frame, side, expressionsCatalogue["bare-where"], { operator: expr.op }, { edits });
  }
  return sound;
}

/** Why an expression whose operands have endpoints has none. */
function whyEmpty(expr: Expr, frame: Frame): string {
  switch (expr.kind) {
    case "List":
      return "an empty list denotes no endpoints";
    case "Where":
      return `no endpoint of ${shown(expr.term)} satisfies the condition`;
    case "Binary":
      return expr.op === "&"
        ? `${shown(expr.left)} and ${shown(expr.right)} have no endpoint in common`
        : `${shown(expr.right)} leaves nothing of ${shown(expr.left)}`;
    case "RefExpr": {
      const symbol = frame.context.symbols.names.get(expr.ref.names[0]?.text ?? "");
      const kind = expr.ref.names.length === 1 && symbol !== undefined ? `${symbol.kind} ` : "";
      return `${kind}${shown(expr)} has no endpoints`;
    }
    case "Any":
      return "the estate has no endpoints";
    default:
      return `${shown(expr)} denotes no endpoints`;
  }
}
