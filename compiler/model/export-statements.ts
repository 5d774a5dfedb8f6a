/** Policies and invariants as JSON. */

import { serviceTexts } from "../sets/service-text.js";
import { dayText } from "./days.js";
import type { AllowRule, InvariantStatement, Policy, RuleFlow, ShareStatement } from "./estate.js";
import { declaredJson, endpointsJson, type Json, object, sourceJson } from "./export-common.js";

/** A policy with its rules and shares. */
export function policyJson(policy: Policy): Json {
  return object({
    ...declaredJson(policy),
    owner: policy.owner?.value,
    ticket: policy.ticket?.value,
    description: policy.description?.value,
    rules: policy.rules.map(ruleJson),
    shares: policy.shares.map(shareJson),
  });
}

function statementJson(
  statement: AllowRule | ShareStatement | InvariantStatement,
): Readonly<Record<string, Json | undefined>> {
  return {
    id: statement.id,
    policy: statement.policy,
    text: statement.text,
    source: sourceJson(statement.span),
    documentation: statement.doc,
    because: statement.because?.value,
  };
}

function flowJson(flow: RuleFlow): Json {
  return { source: endpointsJson(flow.source), destination: endpointsJson(flow.destination) };
}

function ruleJson(rule: AllowRule): Json {
  return object({
    ...statementJson(rule),
    flows: rule.flows.map(flowJson),
    service: serviceTexts(rule.service),
    log: rule.log,
    until: rule.until === undefined ? undefined : dayText(rule.until.value),
  });
}

function shareJson(share: ShareStatement): Json {
  return object({
    ...statementJson(share),
    what: endpointsJson(share.what),
    with: share.with.map(({ value }) => value),
    at: share.at.map(({ value }) => value.name),
    until: share.until === undefined ? undefined : dayText(share.until.value),
  });
}

/** A `never` or `always`. */
export function invariantJson(invariant: InvariantStatement): Json {
  return object({
    ...statementJson(invariant),
    kind: invariant.kind,
    flows: invariant.flows.map(flowJson),
    service: serviceTexts(invariant.service),
  });
}
