/** `never` and `always`. */
import type { Expr, Invariant } from "../../../grammar/syntax/nodes.js";
import { statementsCatalogue } from "../../diagnostics/statements-catalogue.js";
import type { InvariantStatement } from "../../model/estate.js";
import { canonicalText } from "../expressions/canonical.js";
import { evaluateEndpoints } from "../expressions/endpoints.js";
import { reportAt, spanOf } from "../expressions/report.js";
import { readClauses } from "./clauses.js";
import { evaluateFlows, type StatementPlace } from "./flow-statement.js";
import { identityOf } from "./identity.js";

/**
 * The invariant that a `never` or an `always` makes; undefined where it is faulty, which has been reported. A `never`
 * about a segment without endpoints has no flows: it holds, with a warning.
 */
export function checkInvariant(node: Invariant, place: StatementPlace): InvariantStatement | undefined {
  const kind = node.kind === "Never" ? "never" : "always";
  const clauses = readClauses(node.clauses, `\`${kind}\``, place);
  const flows = evaluateFlows(node, `\`${kind}\``, place);
  if (flows === undefined || !clauses.sound) return undefined;
  if (flows.flows.length === 0) warnOfEmptySides(node, place);
  return {
    ...flows,
    kind,
    id: identityOf(place.policy, flows.text),
    span: spanOf(place, node),
    ...(place.policy === undefined ? {} : { policy: place.policy }),
    ...(clauses.because === undefined ? {} : { because: clauses.because }),
    ...(node.doc === undefined ? {} : { doc: node.doc }),
  };
}

function warnOfEmptySides(node: Invariant, place: StatementPlace): void {
  const isEmpty = (side: Expr): boolean =>
    evaluateEndpoints(side, place.context, place, { emptySegment: true })?.isEmpty() ?? false;
  const sides = [node.source, node.destination].filter(isEmpty);
  const segments = [...new Set(sides.map(canonicalText))];
  reportAt(place, sides[0] ?? node, statementsCatalogue["never-without-endpoints"], { segments });
}
