/** Literal addresses, ranges and prefixes in endpoint expressions: the declared endpoints among them. */
import { type AddressRange, formatPrefix, parseAddress, prefixOf, prefixRange } from "../../../grammar/address.js";
import type { LiteralExpr, StringExpr } from "../../../grammar/syntax/nodes.js";
import { expressionsCatalogue } from "../../diagnostics/expressions-catalogue.js";
import { EndpointSet } from "../../model/endpoint-set.js";
import type { DomainId } from "../../model/estate.js";
import { AddressSet } from "../../sets/address-set.js";
import { boundsUpTo } from "../../sets/bounds.js";
import { EndpointValue } from "./endpoint-value.js";
import { literalText } from "./literal-text.js";
import { describeValue, type Place, replacing, reportAt } from "./report.js";
import type { Scope } from "./scope.js";

/** In how many segments a declaration is named as related to an ambiguous literal. */
const MOST_RELATED = 4;

/**
 * The endpoints that a literal denotes: its addresses in every segment that declares them. Several segments are an error
 * unless it stands below an `&`; undefined where that, or another fault, has been reported.
 */
export function evaluateLiteral(
  expr: LiteralExpr,
  scope: Scope,
  place: Place,
  belowMeet: boolean,
): EndpointValue | undefined {
  const range = rangeOf(expr);
  if (range === undefined) {
    reportKind(expr, place);
    return undefined;
  }
  const text = literalText(expr.literal);
  const value = scope.compounds.get(text) ?? declaredIn(range, scope);
  scope.compounds.set(text, value);
  if (value.isEmpty()) {
    if (!value.incomplete) {
      const inside = declarationAround(range, scope);
      reportAt(place, expr, expressionsCatalogue["undeclared-address"], { text, inside });
    }
    return undefined;
  }
  if (!belowMeet && value.set.parts.size > 1) {
    reportAmbiguous(expr, range, value.set.domains(), scope, place);
    return undefined;
  }
  return value;
}

/** The declared endpoints of a range, in every segment. */
function declaredIn(range: AddressRange, scope: Scope): EndpointValue {
  const wanted = AddressSet.ofRange(range);
  const parts = [...scope.context.domains].map(
    (domain) => [domain, clipped(scope.domain(domain).set.in(domain), wanted)] as const,
  );
  return EndpointValue.ofSet(EndpointSet.of(parts), scope.any().incomplete);
}

/** The part of a large set inside one range, found by bisection. */
function clipped(set: AddressSet, range: AddressSet): AddressSet {
  const [start, end] = range.bounds;
  if (start === undefined || end === undefined) return AddressSet.empty;
  const from = boundsUpTo(set.bounds, start) & ~1;
  const to = (boundsUpTo(set.bounds, end - 1n) + 1) & ~1;
  return AddressSet.ofBounds(set.bounds.slice(from, to)).intersect(range);
}

/** The addresses of a literal; undefined where it is of another kind. */
function rangeOf({ literal }: LiteralExpr): AddressRange | undefined {
  switch (literal.form) {
    case "address":
      return { family: literal.address.family, first: literal.address.value, last: literal.address.value };
    case "prefix":
      return prefixRange(literal.prefix);
    case "range":
      return literal.range;
    default:
      return undefined;
  }
}

/** Reports a literal that is no address; an invalid one has been reported. */
function reportKind(expr: LiteralExpr, place: Place): void {
  const { literal } = expr;
  if (literal.form === "invalid") return;
  if (literal.form === "interface-address") {
    reportHostBits(expr, formatPrefix(prefixOf(literal.value.address, literal.value.length)), place);
  } else if (literal.form === "service") {
    const what = `service \`${place.source.text.slice(expr.start, expr.end)}\``;
    reportAt(place, expr, expressionsCatalogue["not-endpoints"], { what });
  } else {
    const found = describeValue(expr) ?? "a value";
    reportAt(place, expr, expressionsCatalogue["wrong-operand"], { found, wanted: "endpoints" });
  }
}

function reportHostBits(expr: LiteralExpr, prefix: string, place: Place): void {
  const text = literalText(expr.literal);
  reportAt(
    place,
    expr,
    expressionsCatalogue["endpoint-host-bits"],
    { text, prefix },
    {
      edits: [replacing(place, expr, `write \`${prefix}\``, prefix, false)],
    },
  );
}

function reportAmbiguous(
  expr: LiteralExpr,
  range: AddressRange,
  segments: readonly DomainId[],
  scope: Scope,
  place: Place,
): void {
  const text = literalText(expr.literal);
  const addresses = AddressSet.ofRange(range);
  const edits = segments.map((segment) => {
    const one = `(${text} & ${segment})`;
    return replacing(place, expr, `write \`${one}\``, one, false);
  });
  const related = segments.slice(0, MOST_RELATED).flatMap((segment) => {
    const holding = (scope.domain(segment).holdings ?? []).find((each) => each.addresses.overlaps(addresses));
    return holding === undefined ? [] : [{ message: `declared here in \`${segment}\``, span: holding.span }];
  });
  reportAt(place, expr, expressionsCatalogue["ambiguous-address"], { text, segments }, { edits, related });
}

/** The innermost declaration whose written `cidr` holds all of a range, though none of its endpoints do. */
function declarationAround(range: AddressRange, scope: Scope): string | undefined {
  const wanted = AddressSet.ofRange(range);
  let found: string | undefined;
  for (const [path, addresses] of scope.writtenPrefixes()) {
    if (addresses.containsSet(wanted) && (found === undefined || path.startsWith(`${found}.`))) found = path;
  }
  return found;
}

/** Reports a text where endpoints are wanted, with the mending where it is only in quotes. */
export function reportText(expr: StringExpr, scope: Scope, place: Place): void {
  const [head = ""] = expr.value.split(/[./]/);
  const isAddress = parseAddress(expr.value.split("/")[0] ?? "") !== undefined;
  const meant = isAddress || scope.context.symbols.names.has(head);
  const edits = meant ? [replacing(place, expr, "write it without quotes", expr.value, isAddress)] : [];
  reportAt(place, expr, expressionsCatalogue["wrong-operand"], { found: "a text", wanted: "endpoints" }, { edits });
}
