/** `allow`. */
import type { Allow } from "../../../grammar/syntax/nodes.js";
import type { AllowRule } from "../../model/estate.js";
import { spanOf } from "../expressions/report.js";
import { readClauses } from "./clauses.js";
import { evaluateFlows, type StatementPlace } from "./flow-statement.js";
import { identityOf } from "./identity.js";

/** The rule that an `allow` in a policy makes; undefined where it is faulty or expired, which has been reported. */
export function checkAllow(node: Allow, policy: string, place: StatementPlace): AllowRule | undefined {
  const clauses = readClauses(node.clauses, "rule", place);
  const flows = evaluateFlows(node, "rule", place);
  if (flows === undefined || !clauses.sound) return undefined;
  return {
    ...flows,
    id: identityOf(policy, flows.text),
    policy,
    span: spanOf(place, node),
    log: clauses.log,
    ...(clauses.until === undefined ? {} : { until: clauses.until }),
    ...(clauses.because === undefined ? {} : { because: clauses.because }),
    ...(node.doc === undefined ? {} : { doc: node.doc }),
  };
}
