/** Policies, rules, shares and invariants as guard rails see them. */
import { daysBetween, dayText } from "../model/days.js";
import { EndpointSet } from "../model/endpoint-set.js";
import type { AllowRule, Day, DomainId, Located, Policy, ShareStatement } from "../model/estate.js";
import type { Proof, Proofs } from "../prove/proof.js";
import type { Relations } from "../relations/relations.js";
import { AddressSet } from "../sets/address-set.js";
import { declared } from "./declarations.js";
import { compact, counted, domainId, objectId, placeId, type Subjects } from "./ids.js";
import type {
  GuardEnding,
  GuardFlow,
  GuardInput,
  GuardInvariant,
  GuardPolicy,
  GuardRule,
  GuardShare,
  ObjectId,
} from "./input.js";
import type { Profiles } from "./profiles.js";

/** What statements are described from. */
export interface StatementInputs {
  readonly relations: Relations;
  readonly proofs: Proofs;
  readonly profiles: Profiles;
  readonly subjects: Subjects;
  /** The day that `daysLeft` counts from. */
  readonly today: Day;
  /** What rules reach, by pair of domains: filled as it is asked for. */
  readonly reached: Map<string, AddressSet>;
}

/** Describes all statements and notes where each is written. */
export function statementsOf(
  inputs: StatementInputs,
): Pick<GuardInput, "policies" | "rules" | "shares" | "invariants"> {
  const { relations, proofs, subjects } = inputs;
  const policies: Record<ObjectId, GuardPolicy> = {};
  const rules: Record<ObjectId, GuardRule> = {};
  const shares: Record<ObjectId, GuardShare> = {};
  for (const policy of relations.estate.policies) {
    policies[subjects.add("policy", policy.path, policy.span)] = policyOf(policy);
    for (const rule of policy.rules) rules[subjects.add("rule", rule.id, rule.span)] = ruleOf(rule, inputs);
    for (const share of policy.shares) shares[subjects.add("share", share.id, share.span)] = shareOf(share, inputs);
  }
  const invariants = proofs.proofs.map(
    (proof) =>
      [subjects.add(proof.invariant.kind, proof.invariant.id, proof.invariant.span), invariantOf(proof)] as const,
  );
  return { policies, rules, shares, invariants: Object.fromEntries(invariants) };
}

function policyOf(policy: Policy): GuardPolicy {
  return compact({
    ...declared(policy, policy.description),
    owner: policy.owner?.value,
    ticket: policy.ticket?.value,
    rules: policy.rules.length,
    shares: policy.shares.length,
  });
}

function ending(until: Located<Day> | undefined, today: Day): GuardEnding {
  return until === undefined ? {} : { until: dayText(until.value), daysLeft: daysBetween(today, until.value) };
}

function ruleOf(rule: AllowRule, { profiles, today }: StatementInputs): GuardRule {
  const flows: readonly GuardFlow[] = rule.flows.map((flow) => ({
    source: profiles.endpoints(flow.source),
    destination: profiles.endpoints(flow.destination),
  }));
  const source = unionOf(rule.flows.map((flow) => flow.source));
  const destination = unionOf(rule.flows.map((flow) => flow.destination));
  return compact({
    policy: objectId("policy", rule.policy),
    because: rule.because?.value,
    ...ending(rule.until, today),
    flows,
    service: profiles.service(rule.service),
    log: rule.log,
    crossing: rule.flows.some((flow) => isCrossing(flow.source, flow.destination)),
    anyToAny: rule.flows.some((flow) => isWhole(flow.source, profiles) && isWhole(flow.destination, profiles)),
    sourceAddresses: counted(source.size()),
    destinationAddresses: counted(destination.size()),
    sourceExternals: some(externalsOf(source, profiles)),
    destinationExternals: some(externalsOf(destination, profiles)),
  });
}

function unionOf(sets: readonly EndpointSet[]): EndpointSet {
  const [only, ...rest] = sets;
  return rest.reduce((union, set) => union.union(set), only ?? EndpointSet.empty);
}

function isCrossing(source: EndpointSet, destination: EndpointSet): boolean {
  return source.domains().some((from) => destination.domains().some((to) => to !== from));
}

function isWhole(set: EndpointSet, profiles: Profiles): boolean {
  return [...set.parts].every(([domain, addresses]) => addresses.containsSet(profiles.wholeOf(domain)));
}

function externalsOf(set: EndpointSet, profiles: Profiles): readonly ObjectId[] {
  return [...set.parts].flatMap(([domain, addresses]) => profiles.externalsOf(domain, addresses));
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function shareOf(share: ShareStatement, inputs: StatementInputs): GuardShare {
  const { profiles, today } = inputs;
  const used = [...share.what.parts].reduce((sum, [domain, addresses]) => {
    const reached = AddressSet.unionAll(share.with.map(({ value }) => reachedFrom(value, domain, inputs)));
    return sum + reached.intersect(addresses).size();
  }, 0n);
  return compact({
    policy: objectId("policy", share.policy),
    because: share.because?.value,
    ...ending(share.until, today),
    what: profiles.endpoints(share.what),
    with: share.with.map(({ value }) => domainId(value)),
    at: share.at.map(({ value }) => placeId(value)),
    addresses: counted(share.what.size()),
    used: counted(used),
    needed: used > 0n,
    externals: externalsOf(share.what, profiles),
  });
}

/** What rules reach in one domain from another. */
function reachedFrom(from: DomainId, to: DomainId, { relations, reached }: StatementInputs): AddressSet {
  const key = `${from} ${to}`;
  const known = reached.get(key) ?? AddressSet.unionAll(relations.rulesBetween(from, to).map((box) => box.destination));
  reached.set(key, known);
  return known;
}

function invariantOf({ invariant, status, unenforced, accepted }: Proof): GuardInvariant {
  const from = new Set(invariant.flows.flatMap((flow) => flow.source.domains()));
  const to = new Set(invariant.flows.flatMap((flow) => flow.destination.domains()));
  return compact({
    policy: invariant.policy === undefined ? undefined : objectId("policy", invariant.policy),
    because: invariant.because?.value,
    kind: invariant.kind,
    text: invariant.text,
    status,
    from: [...from].sort().map(domainId),
    to: [...to].sort().map(domainId),
    unenforced: unenforced.length,
    accepted: accepted.length,
  });
}
