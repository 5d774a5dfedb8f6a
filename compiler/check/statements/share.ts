/** `share`. */
import { compareCodePoints } from "../../../grammar/source.js";
import type { Expr, Ref, Share } from "../../../grammar/syntax/nodes.js";
import type { NamedKind, NamedSymbol } from "../../bind/symbols.js";
import { statementsCatalogue } from "../../diagnostics/statements-catalogue.js";
import type { DomainId, Located, PlaceRef, ShareStatement } from "../../model/estate.js";
import { nearest } from "../../suggest.js";
import { operandsOf, refText } from "../expressions/canonical.js";
import { evaluateEndpoints } from "../expressions/endpoints.js";
import { describeValue, renaming, reportAt, shown, spanOf } from "../expressions/report.js";
import { readClauses } from "./clauses.js";
import type { StatementPlace } from "./flow-statement.js";
import { identityOf, shareText } from "./identity.js";

/** The statement that a `share` in a policy makes; undefined where it is faulty or expired, which has been reported. */
export function checkShare(node: Share, policy: string, place: StatementPlace): ShareStatement | undefined {
  const clauses = readClauses(node.clauses, "share", place);
  const what = evaluateEndpoints(node.what, place.context, place);
  const segments = segmentsOf(node.with, place);
  const at = allOf(clauses.at.map((ref) => meetingPlace(ref, place)));
  if (what === undefined || segments === undefined || at === undefined || !clauses.sound) return undefined;
  if (segments.length === 0) {
    reportAt(place, node.with, statementsCatalogue["with-needs-segments"], { found: "an empty list" });
    return undefined;
  }
  const own = segments.filter(({ value }) => !what.in(value).isEmpty());
  for (const { value, span } of own) {
    const params = { segment: value, what: shown(node.what) };
    place.context.diagnostics.report(statementsCatalogue["share-with-itself"], params, span);
  }
  if (own.length > 0) return undefined;
  const withSorted = distinct(segments, (domain) => domain);
  const atSorted = distinct(at, (one) => one.name);
  const names = (list: readonly Located<PlaceRef>[]): readonly string[] => list.map(({ value }) => value.name);
  const text = shareText(
    node.what,
    withSorted.map(({ value }) => value),
    names(atSorted),
  );
  return {
    id: identityOf(policy, text),
    policy,
    span: spanOf(place, node),
    what,
    whatSpan: spanOf(place, node.what),
    with: withSorted,
    at: atSorted,
    text,
    ...(clauses.until === undefined ? {} : { until: clauses.until }),
    ...(clauses.because === undefined ? {} : { because: clauses.because }),
    ...(node.doc === undefined ? {} : { doc: node.doc }),
  };
}

/** The list, where all of it is sound. */
function allOf<T>(items: readonly (T | undefined)[]): readonly T[] | undefined {
  const sound = items.filter((item) => item !== undefined);
  return sound.length === items.length ? sound : undefined;
}

/** Sorted by name, the first of equal names kept. */
function distinct<T>(items: readonly Located<T>[], nameOf: (value: T) => string): readonly Located<T>[] {
  const byName = new Map<string, Located<T>>();
  for (const item of items) if (!byName.has(nameOf(item.value))) byName.set(nameOf(item.value), item);
  return [...byName.values()].sort((a, b) => compareCodePoints(nameOf(a.value), nameOf(b.value)));
}

/** The segments that stand after `with`: names, lists and unions of them. */
function segmentsOf(expr: Expr, place: StatementPlace): readonly Located<DomainId>[] | undefined {
  switch (expr.kind) {
    case "Paren":
      return segmentsOf(expr.inner, place);
    case "List":
      return allOf(expr.items.map((item) => segmentsOf(item, place)))?.flat();
    case "Binary":
      if (expr.op === "+") return allOf(operandsOf(expr, "+").map((part) => segmentsOf(part, place)))?.flat();
      return refuse(expr, `an expression with \`${expr.op}\``, place);
    case "RefExpr":
      return expr.args === undefined ? segmentNamed(expr, expr.ref, place) : refuse(expr, shown(expr), place);
    case "Any":
      return refuse(expr, "`any`", place);
    case "Where":
      return refuse(expr, "a filter by labels", place);
    case "Missing":
      return undefined;
    default:
      if (expr.kind === "Literal" && expr.literal.form === "invalid") return undefined;
      return refuse(expr, describeValue(expr) ?? "this", place);
  }
}

function refuse(expr: Expr, found: string, place: StatementPlace): undefined {
  reportAt(place, expr, statementsCatalogue["with-needs-segments"], { found });
  return undefined;
}

function segmentNamed(expr: Expr, ref: Ref, place: StatementPlace): readonly Located<DomainId>[] | undefined {
  if (ref.names.some((name) => name.missing)) return undefined;
  const { names } = place.context.symbols;
  const first = names.get(ref.names[0]?.text ?? "");
  const text = refText(ref);
  if (first === undefined) {
    const suggestion = nearestOf(["segment"], text, place);
    const edits = renaming(place, expr, suggestion);
    reportAt(place, expr, statementsCatalogue["unknown-segment-after-with"], { name: text, suggestion }, { edits });
    return undefined;
  }
  if (first.kind !== "segment" || ref.names.length > 1) return refuse(expr, `${kindOf(first, ref)} \`${text}\``, place);
  if (!place.context.domains.has(text)) return undefined;
  return [{ value: text, span: spanOf(place, expr) }];
}

/** What a path is called in a message: the kind of its first name, or a member of that. */
function kindOf(symbol: { readonly kind: string }, ref: Ref): string {
  return ref.names.length > 1 ? `a member of a ${symbol.kind},` : symbol.kind;
}

/** The place that an `at` names; undefined where no segments can meet there, or it was left out as faulty. */
function meetingPlace(ref: Ref, place: StatementPlace): Located<PlaceRef> | undefined {
  if (ref.names.some((name) => name.missing)) return undefined;
  const text = refText(ref);
  const symbol = place.context.symbols.names.get(ref.names[0]?.text ?? "");
  if (symbol === undefined) {
    const suggestion = nearestOf(["cloud", "router"], text, place);
    const edits = renaming(place, ref, suggestion);
    reportAt(place, ref, statementsCatalogue["unknown-meeting-place"], { name: text, suggestion }, { edits });
    return undefined;
  }
  const { kind } = symbol;
  if (ref.names.length > 1 || (kind !== "cloud" && kind !== "router")) {
    reportAt(place, ref, statementsCatalogue["not-a-meeting-place"], { what: `${kindOf(symbol, ref)} \`${text}\`` });
    return undefined;
  }
  if (kind === "router" && isUnmanaged(symbol)) {
    reportAt(place, ref, statementsCatalogue["not-a-meeting-place"], { what: `\`${text}\`, an unmanaged router` });
    return undefined;
  }
  if (place.context.faulty.has(text)) return undefined;
  return { value: { kind, name: text }, span: spanOf(place, ref) };
}

function isUnmanaged(symbol: NamedSymbol): boolean {
  return (symbol.declaration.body?.items ?? []).some(
    (item) =>
      item.kind === "Property" &&
      item.key.text === "os" &&
      item.value.kind === "RefExpr" &&
      refText(item.value.ref) === "unmanaged",
  );
}

function nearestOf(kinds: readonly NamedKind[], name: string, place: StatementPlace): string | undefined {
  const candidates = [...place.context.symbols.names.values()].filter(
    (symbol) => symbol.kind !== "import" && kinds.includes(symbol.kind),
  );
  return nearest(
    name,
    candidates.map((symbol) => symbol.name),
  );
}
