/** What `allow`, `never` and `always` have in common: two sides, an arrow, a service. */

import type { Span } from "../../../grammar/source.js";
import type { Allow, Invariant } from "../../../grammar/syntax/nodes.js";
import { statementsCatalogue } from "../../diagnostics/statements-catalogue.js";
import type { EndpointSet } from "../../model/endpoint-set.js";
import type { RuleFlow } from "../../model/estate.js";
import { ServiceSet } from "../../sets/service-set.js";
import { evaluateEndpoints } from "../expressions/endpoints.js";
import { noFlowReason } from "../expressions/flows.js";
import { type Place, reportAt, spanOf } from "../expressions/report.js";
import { evaluateService } from "../expressions/service.js";
import { flowText } from "./identity.js";

/** Where a statement stands. */
export interface StatementPlace extends Place {
  /** Name of the policy; absent at top level. */
  readonly policy?: string;
}

/** The evaluated sides and service of a statement. */
export interface FlowStatement {
  /** One flow, two after `<->`, the one from the side first in canonical order first; none where a side is empty. */
  readonly flows: readonly RuleFlow[];
  readonly service: ServiceSet;
  readonly serviceSpan: Span;
  readonly text: string;
}

/**
 * Evaluates sides and service, every one even where another is faulty, so that all faults are seen at once. Undefined
 * where one is faulty, or where no flow could match, which has been reported.
 */
export function evaluateFlows(
  node: Allow | Invariant,
  statement: string,
  place: StatementPlace,
): FlowStatement | undefined {
  const { context } = place;
  const options = { emptySegment: node.kind === "Never" };
  const source = evaluateEndpoints(node.source, context, place, options);
  const destination = evaluateEndpoints(node.destination, context, place, options);
  const service = node.service === undefined ? ServiceSet.any : evaluateService(node.service, context, place);
  if (source === undefined || destination === undefined || service === undefined) return undefined;
  const { text, swapped } = flowText(node.source, node.arrow, node.destination, node.service);
  const serviceSpan = spanOf(place, node.service ?? node);
  if (source.isEmpty() || destination.isEmpty()) return { flows: [], service, serviceSpan, text };
  const why = noFlowReason(source, destination, service);
  if (why !== undefined) {
    reportAt(place, node, statementsCatalogue["no-flow"], { statement, why });
    return undefined;
  }
  const flows = flowsOf(node, source, destination, place);
  return { flows: swapped ? [...flows].reverse() : flows, service, serviceSpan, text };
}

function flowsOf(
  node: Allow | Invariant,
  source: EndpointSet,
  destination: EndpointSet,
  place: Place,
): readonly RuleFlow[] {
  const sourceSpan = spanOf(place, node.source);
  const destinationSpan = spanOf(place, node.destination);
  const forth: RuleFlow = { source, destination, sourceSpan, destinationSpan };
  if (node.arrow === "->") return [forth];
  const back: RuleFlow = {
    source: destination,
    destination: source,
    sourceSpan: destinationSpan,
    destinationSpan: sourceSpan,
  };
  return [forth, back];
}
