/** The design phase: from relations and the lock to the design and the lock as it will be written. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { compareCodePoints } from "../../grammar/source.js";
import type { AwsCloud, DomainId, Router } from "../model/estate.js";
import { estateAxioms } from "../prove/axioms.js";
import type { Relations } from "../relations/relations.js";
import { designAttachments } from "./attachments.js";
import { designAzure } from "./azure-numbers.js";
import { designCircuits } from "./circuits.js";
import type { Core, Design, Leak, RuleRecord } from "./design.js";
import { designInstances, Floods } from "./instances.js";
import { type LeakPlan, planItems } from "./items.js";
import { Allocator, type LockFile } from "./lock.js";
import { checkTargets, designAsns, designDomains, designTargets, type LeakTargets, leakKey } from "./numbers.js";
import { designPoints } from "./points.js";

/** The result of the design phase. */
export interface DesignResult {
  readonly design: Design;
  readonly lock: LockFile;
}

/** Designs an estate. Numbers come from `lock` where it has them; `prune` drops entries that nothing uses any more. */
export function buildDesign(
  relations: Relations,
  lock: LockFile,
  diagnostics: Diagnostics,
  prune: boolean = false,
): DesignResult {
  const { estate } = relations;
  const allocator = new Allocator(lock);
  const { items, leaks, chosen } = planItems(relations);
  const floods = new Floods(relations);
  const domains = designDomains(estate, allocator, diagnostics);
  const targets = designTargets(estate, leaks, domains, allocator, diagnostics);
  checkTargets(domains, targets, diagnostics);
  const gateways = directConnectGateways(relations);
  const asns = designAsns(estate, gateways, cloudsWithAsn(relations), allocator, diagnostics);
  const attachments = designAttachments(relations, items, allocator, diagnostics);
  const { circuits, announced } = designCircuits({ relations, items, floods, allocator, asns, diagnostics });
  const instances = designInstances(relations, items, leaks, floods, domains, allocator, diagnostics);
  const lans = attachments.flatMap((one) => (one.kind === "lan" ? [one] : []));
  const points = designPoints({ relations, circuits, announced, lans, instances });
  const azure = designAzure({ estate, instances, attachments, circuits, points }, allocator);
  const design: Design = {
    estate,
    domains,
    instances,
    attachments,
    circuits,
    cores: designCores(relations),
    leaks: leaks.map((leak) => finishLeak(leak, targets)),
    points,
    rules: ruleRecords(relations),
    cloudAsns: asns,
    gatewayAsns: new Map([...asns].filter(([key]) => key.includes("/"))),
    azure,
    externals: estate.externals,
    axioms: estateAxioms(estate),
  };
  return { design, lock: allocator.finish(chosen, prune) };
}

/** Clouds that speak BGP with an ASN of their own. */
function cloudsWithAsn(relations: Relations): readonly string[] {
  return relations.estate.clouds
    .filter((cloud) => cloud.provider !== "azure" && cloud.existing === undefined)
    .map((cloud) => cloud.name);
}

/** One Direct Connect gateway per hub and segment that a `direct-connect` link carries there. */
function directConnectGateways(relations: Relations): readonly (readonly [AwsCloud, DomainId])[] {
  const found = new Map<string, readonly [AwsCloud, DomainId]>();
  for (const link of relations.estate.links) {
    if (link.kind !== "direct-connect") continue;
    for (const end of link.ends) {
      const cloud = end.place.kind === "cloud" ? relations.topology.cloud(end.place.name) : undefined;
      if (cloud?.provider !== "aws") continue;
      for (const { domain } of link.carries) found.set(`${cloud.name}/${domain}`, [cloud, domain]);
    }
  }
  return [...found].sort(([a], [b]) => compareCodePoints(a, b)).map(([, gateway]) => gateway);
}

function designCores(relations: Relations): readonly Core[] {
  return relations.topology.cores.map((core) => ({
    id: core.id,
    routers: core.routers.map((router) => router.name),
    asn: asnOf(core.routers),
    reflectors: core.routers.filter((router) => router.routeReflector).map((router) => router.name),
    links: core.links.map((link) => link.name),
  }));
}

/** The one ASN of a core; the checker has seen to it that there is one. */
function asnOf(routers: readonly Router[]): number {
  return routers.flatMap((router) => router.asn?.value ?? [])[0] ?? 0;
}

function finishLeak(leak: LeakPlan, targets: ReadonlyMap<string, LeakTargets>): Leak {
  const routed = leak.meeting.kind === "core" || leak.meeting.kind === "router";
  const pair = routed ? targets.get(leakKey(leak)) : undefined;
  return {
    id: `${leak.share}/${leak.from}/${leak.to}@${leak.meeting.kind}/${leak.meeting.id}`,
    ...leak,
    ...(pair === undefined ? {} : { sharedTarget: pair.shared, returnedTarget: pair.returned }),
  };
}

function ruleRecords(relations: Relations): ReadonlyMap<string, RuleRecord> {
  const records = relations.estate.policies.flatMap((policy) =>
    policy.rules.map((rule) => {
      const record: RuleRecord = {
        id: rule.id,
        policy: rule.policy,
        text: rule.text,
        log: rule.log,
        ...(rule.because === undefined ? {} : { because: rule.because.value }),
        ...(rule.doc === undefined ? {} : { doc: rule.doc }),
        span: rule.span,
      };
      return [rule.id, record] as const;
    }),
  );
  return new Map(records.sort(([a], [b]) => compareCodePoints(a, b)));
}
