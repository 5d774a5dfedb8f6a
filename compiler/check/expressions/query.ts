/** The argument of `demarc query`, evaluated against a checked estate. */
import type { SyntaxQuery } from "../../../grammar/syntax/nodes.js";
import { statementsCatalogue } from "../../diagnostics/statements-catalogue.js";
import type { RuleFlow } from "../../model/estate.js";
import { ServiceSet } from "../../sets/service-set.js";
import type { CheckContext } from "../context.js";
import { evaluateEndpoints } from "./endpoints.js";
import { noFlowReason } from "./flows.js";
import { spanOf } from "./report.js";
import { evaluateService } from "./service.js";

/** What a query asks about: the flows in one direction, or in two after `<->`, and the services. */
export interface EvaluatedQuery {
  readonly flows: readonly RuleFlow[];
  readonly service: ServiceSet;
}

/** Evaluates a query; undefined where it is faulty, which has been reported. Without `on` it asks about every service. */
export function evaluateQuery(query: SyntaxQuery, context: CheckContext): EvaluatedQuery | undefined {
  const from = evaluateEndpoints(query.from, context, query);
  const to = evaluateEndpoints(query.to, context, query);
  const service = query.service === undefined ? ServiceSet.any : evaluateService(query.service, context, query);
  if (from === undefined || to === undefined || service === undefined) return undefined;
  const why = noFlowReason(from, to, service);
  if (why !== undefined) {
    context.diagnostics.report(statementsCatalogue["no-flow"], { statement: "query", why }, spanOf(query, query));
    return undefined;
  }
  const sourceSpan = spanOf(query, query.from);
  const destinationSpan = spanOf(query, query.to);
  const flow: RuleFlow = { source: from, destination: to, sourceSpan, destinationSpan };
  const reverse: RuleFlow = { source: to, destination: from, sourceSpan: destinationSpan, destinationSpan: sourceSpan };
  return { flows: query.arrow === "<->" ? [flow, reverse] : [flow], service };
}
