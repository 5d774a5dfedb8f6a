/**
 * How deep named groups and services are defined through one another. Evaluation follows names by recursion, so that the
 * depth is judged first, without recursion over names: no chain of definitions can exhaust the stack.
 */
import type { Expr, RefExpr } from "../../../grammar/syntax/nodes.js";
import type { NamedSymbol } from "../../bind/symbols.js";
import { expressionsCatalogue } from "../../diagnostics/expressions-catalogue.js";
import type { CheckContext } from "../context.js";
import { operandsOf } from "./canonical.js";

/** How many names may be defined through one another. */
const NAMES = 200;

/** How deep names, brackets and operators may nest in all over a chain of names. */
const LEVELS = 800;

/** A named definition, and how the names in it are found. */
export interface Definition {
  readonly symbol: NamedSymbol;
  /** The definition that a reference stands for; undefined where it is of no named one. */
  readonly find: (ref: RefExpr) => Definition | undefined;
}

interface Depth {
  readonly names: number;
  readonly levels: number;
}

interface Visit {
  readonly definition: Definition;
  readonly refs: readonly (readonly [Definition, number])[];
  next: number;
}

/** Depths by definition; one that is being visited has none yet, so that a circle ends there. */
const depths = new WeakMap<NamedSymbol, Depth | "visited">();

/**
 * True for a definition that must not be evaluated, since it goes too deep. Those that first do so are reported, at their
 * declarations, when a definition that goes through them is judged for the first time.
 */
export function goesTooDeep(root: Definition, context: CheckContext): boolean {
  const path: Visit[] = [];
  const enter = (definition: Definition): void => {
    depths.set(definition.symbol, "visited");
    path.push({ definition, refs: referencesOf(definition), next: 0 });
  };
  if (!depths.has(root.symbol)) enter(root);
  for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
    const ref = visit.refs[visit.next++]?.[0];
    if (ref !== undefined) {
      if (!depths.has(ref.symbol)) enter(ref);
      continue;
    }
    path.pop();
    const depth = depthOf(visit);
    const { symbol } = visit.definition;
    depths.set(symbol, depth);
    const first = exceeds(depth) && visit.refs.every(([each]) => !exceeds(depths.get(each.symbol)));
    if (first) report(symbol, context);
  }
  return exceeds(depths.get(root.symbol));
}

function exceeds(depth: Depth | "visited" | undefined): boolean {
  return typeof depth === "object" && (depth.names > NAMES || depth.levels > LEVELS);
}

function report(symbol: NamedSymbol, context: CheckContext): void {
  const params = { kind: symbol.kind, name: symbol.name, names: NAMES, levels: LEVELS };
  context.diagnostics.report(expressionsCatalogue["definition-too-deep"], params, symbol.span);
}

function depthOf({ refs }: Visit): Depth {
  let names = 0;
  let levels = 0;
  for (const [{ symbol }, level] of refs) {
    const depth = depths.get(symbol);
    if (typeof depth !== "object") continue;
    names = Math.max(names, depth.names);
    levels = Math.max(levels, depth.levels + level);
  }
  return { names: names + 1, levels: levels + 1 };
}

/** The named definitions in an expression, each with how deep it stands there. */
function referencesOf({ symbol, find }: Definition): readonly (readonly [Definition, number])[] {
  const found: (readonly [Definition, number])[] = [];
  const walk = (expr: Expr, level: number): void => {
    if (expr.kind === "RefExpr") {
      const definition = find(expr);
      if (definition !== undefined) found.push([definition, level]);
    } else for (const part of partsOf(expr)) walk(part, level + 1);
  };
  const { value } = symbol.declaration;
  if (value !== undefined) walk(value, 0);
  return found;
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "Paren":
      return [expr.inner];
    case "List":
      return expr.items;
    case "Where":
      return [expr.term];
    case "Binary":
      return expr.op === "+" ? operandsOf(expr, "+") : [expr.left, expr.right];
    default:
      return [];
  }
}
