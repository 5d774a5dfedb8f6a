/** Conditions over labels: `where tier = "web" and zone != "a"`. */
import type { CompareCondition, Condition, Expr, Name, StringExpr, WhereExpr } from "../../../grammar/syntax/nodes.js";
import { expressionsCatalogue } from "../../diagnostics/expressions-catalogue.js";
import type { Holding } from "../../model/estate.js";
import { nearest } from "../../suggest.js";
import {
  canonicalText,
  conditionOperand,
  conditionText,
  labelName,
  quoted,
  refText,
  unparenthesised,
} from "./canonical.js";
import { EndpointValue } from "./endpoint-value.js";
import { literalText } from "./literal-text.js";
import { describeValue, type Place, renaming, replacing, reportAt, spanOf } from "./report.js";
import type { Scope } from "./scope.js";

type Test = (holding: Holding) => boolean;

/** A checked condition: what it says of a holding, and the labels that it tests negated, each with where. */
interface Checked {
  readonly test: Test;
  readonly negated: readonly { readonly label: string; readonly at: Condition }[];
}

/**
 * The endpoints of `term` that satisfy the condition of `expr`; undefined where the condition is faulty, which has been
 * reported. The value may be empty: the caller judges that.
 */
export function evaluateWhere(
  expr: WhereExpr,
  term: EndpointValue,
  scope: Scope,
  place: Place,
): EndpointValue | undefined {
  const checked = checkCondition(expr.condition, scope, place);
  if (checked === undefined) return undefined;
  const applied = holdingsIn(term, scope);
  for (const { label, at } of checked.negated) {
    const lacking = applied.find((holding) => !holding.labels.has(label));
    if (lacking === undefined) continue;
    reportLacking(expr, label, at, lacking, place);
    return undefined;
  }
  const kept = EndpointValue.ofHoldings(applied.filter(checked.test), term.incomplete);
  return term.holdings === undefined ? term.intersect(kept) : kept;
}

/** The holdings that have endpoints in a value. */
function holdingsIn(value: EndpointValue, scope: Scope): readonly Holding[] {
  if (value.holdings !== undefined) return value.holdings.filter((each) => !each.addresses.isEmpty());
  return value.set.domains().flatMap((domain) => {
    const addresses = value.set.in(domain);
    return (scope.domain(domain).holdings ?? []).filter((holding) => holding.addresses.overlaps(addresses));
  });
}

/** Checks a condition. Every fault in it is reported, not only the first. */
function checkCondition(condition: Condition, scope: Scope, place: Place): Checked | undefined {
  switch (condition.kind) {
    case "Or":
      return checkAll(condition.terms, scope, place, (tests) => (holding) => tests.some((test) => test(holding)));
    case "And":
      return checkAll(condition.terms, scope, place, (tests) => (holding) => tests.every((test) => test(holding)));
    case "ParenCondition":
      return checkCondition(condition.inner, scope, place);
    case "Not": {
      const inner = checkCondition(condition.inner, scope, place);
      if (inner === undefined) return undefined;
      const negated = labelsOf(condition.inner).map((label) => ({ label, at: condition }));
      return { test: (holding) => !inner.test(holding), negated };
    }
    case "Compare":
      return checkCompare(condition, scope, place);
    case "In": {
      const values = checkValues(condition.label, condition.list.items, scope, place);
      return values === undefined ? undefined : { test: holds(labelName(condition.label), values), negated: [] };
    }
    case "MissingCondition":
      return undefined;
  }
}

function checkAll(
  terms: readonly Condition[],
  scope: Scope,
  place: Place,
  join: (tests: readonly Test[]) => Test,
): Checked | undefined {
  const checked = terms.map((term) => checkCondition(term, scope, place));
  const sound = checked.filter((each) => each !== undefined);
  if (sound.length !== checked.length) return undefined;
  return { test: join(sound.map((each) => each.test)), negated: sound.flatMap((each) => each.negated) };
}

function checkCompare(condition: CompareCondition, scope: Scope, place: Place): Checked | undefined {
  const values = checkValues(condition.label, [condition.value], scope, place);
  if (values === undefined) return undefined;
  const label = labelName(condition.label);
  const test = holds(label, values);
  if (condition.op === "=") return { test, negated: [] };
  return { test: (holding) => !test(holding), negated: [{ label, at: condition }] };
}

function holds(label: string, values: ReadonlySet<string>): Test {
  return (holding) => {
    const value = holding.labels.get(label);
    return value !== undefined && values.has(value);
  };
}

/** The labels that a condition tests. */
function labelsOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "Or":
    case "And":
      return condition.terms.flatMap(labelsOf);
    case "Not":
    case "ParenCondition":
      return labelsOf(condition.inner);
    case "Compare":
    case "In":
      return [labelName(condition.label)];
    case "MissingCondition":
      return [];
  }
}

/** The values that a test compares a label with; undefined where label or values are faulty, which has been reported. */
function checkValues(
  label: Name | StringExpr,
  values: readonly Expr[],
  scope: Scope,
  place: Place,
): ReadonlySet<string> | undefined {
  if (label.kind === "Name" && label.missing) return undefined;
  const name = labelName(label);
  const known = scope.labels().get(name);
  if (known === undefined) {
    const suggestion = nearest(name, scope.labels().keys());
    const edits = renaming(place, label, suggestion);
    reportAt(
      place,
      label,
      expressionsCatalogue["unknown-label"],
      { name, suggestion, known: [...scope.labels().keys()] },
      { edits },
    );
    return undefined;
  }
  const checked = values.map((value) => checkValue(name, known, value, place));
  const sound = checked.filter((value) => value !== undefined);
  return sound.length === checked.length ? new Set(sound) : undefined;
}

function checkValue(label: string, known: ReadonlySet<string>, expr: Expr, place: Place): string | undefined {
  if (expr.kind === "Missing") return undefined;
  if (expr.kind !== "String") {
    reportValueType(expr, known, place);
    return undefined;
  }
  if (known.has(expr.value)) return expr.value;
  const suggestion = nearest(expr.value, known);
  const edits = suggestion === undefined ? [] : renaming(place, expr, quoted(suggestion));
  const params = { label, name: expr.value, suggestion, known: [...known] };
  reportAt(place, expr, expressionsCatalogue["unknown-label-value"], params, { edits });
  return undefined;
}

/** Reports a value that is no text; one that was only left without quotes comes with its mending. */
function reportValueType(expr: Expr, known: ReadonlySet<string>, place: Place): void {
  if (expr.kind === "Literal" && expr.literal.form === "invalid") return;
  const word =
    expr.kind === "RefExpr" && expr.args === undefined
      ? refText(expr.ref)
      : expr.kind === "Literal"
        ? literalText(expr.literal)
        : undefined;
  const found = describeValue(expr) ?? (word === undefined ? "an expression" : `the name \`${word}\``);
  const text = word === undefined ? undefined : quoted(word);
  const edits = text === undefined ? [] : [replacing(place, expr, `write \`${text}\``, text, known.has(word ?? ""))];
  reportAt(place, expr, expressionsCatalogue["label-value-type"], { found, value: word }, { edits });
}

function reportLacking(expr: WhereExpr, label: string, at: Condition, lacking: Holding, place: Place): void {
  const difference = explicitDifference(expr);
  const edits = difference === undefined ? [] : [replacing(place, expr, "subtract instead", difference, false)];
  const related = [{ message: `no label \`${label}\` here`, span: lacking.span }];
  const params = { label, at: lacking.path, difference };
  place.context.diagnostics.report(expressionsCatalogue["label-not-everywhere"], params, spanOf(place, at), {
    edits,
    related,
  });
}

/**
 * The expression that keeps endpoints without the label: what the negated tests exclude is subtracted. Only for a
 * condition that is one test, or a conjunction of tests; undefined for others.
 */
function explicitDifference(expr: WhereExpr): string | undefined {
  const condition = unparenthesised(expr.condition);
  const conjuncts = (condition.kind === "And" ? condition.terms : [condition]).map(unparenthesised);
  const kept: string[] = [];
  const removed: string[] = [];
  for (const each of conjuncts) {
    if (each.kind === "Not") {
      if (negates(each.inner)) return undefined;
      removed.push(conditionText(each.inner));
    } else if (each.kind === "Compare" && each.op === "!=") {
      removed.push(conditionText({ ...each, op: "=" }));
    } else {
      if (negates(each)) return undefined;
      kept.push(conditionOperand(each, ["Or"]));
    }
  }
  const term = canonicalText(expr.term);
  const atom = expr.term.kind === "Paren" ? `(${term})` : term;
  const rest = kept.length === 0 ? atom : `(${atom} where ${kept.join(" and ")})`;
  return [rest, ...removed.map((each) => `(${atom} where ${each})`)].join(" - ");
}

/** True where a condition has a negated test inside. */
function negates(condition: Condition): boolean {
  switch (condition.kind) {
    case "Or":
    case "And":
      return condition.terms.some(negates);
    case "ParenCondition":
      return negates(condition.inner);
    case "Not":
      return true;
    case "Compare":
      return condition.op === "!=";
    default:
      return false;
  }
}
