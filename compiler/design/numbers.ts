/** Numbers that the lock file keeps: VRF numbers, route targets, ASNs, zones, VRRP groups. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { designCatalogue as say } from "../diagnostics/design-catalogue.js";
import type { AwsCloud, DomainId, Estate } from "../model/estate.js";
import type { DomainDesign } from "./design.js";
import type { LeakPlan } from "./items.js";
import type { Allocator, LockValue, PoolRequest } from "./lock.js";

/** The integers from `first` to `last`. */
export function* integers(first: number, last: number): Generator<number> {
  for (let value = first; value <= last; value++) yield value;
}

/** Asks a pool for numbers and reports keys for which none is left. */
export function numbersFrom(
  allocator: Allocator,
  request: PoolRequest,
  what: string,
  diagnostics: Diagnostics,
): ReadonlyMap<string, number> {
  const given = allocator.allocate(request);
  for (const key of request.keys) {
    if (!given.has(key)) diagnostics.report(say["pool-exhausted"], { pool: what, key }, undefined);
  }
  return new Map([...given].flatMap(([key, value]) => (typeof value === "number" ? [[key, value] as const] : [])));
}

/** First number of the targets of shares, apart from those of segments, so that a person can tell them apart. */
const FIRST_SHARE_NUMBER = 10_001;
const LAST_NUMBER = 65_535;

/** VRF numbers and route targets of the segments. */
export function designDomains(estate: Estate, allocator: Allocator, diagnostics: Diagnostics): readonly DomainDesign[] {
  const pinned = new Map<string, LockValue>(
    estate.segments.flatMap((segment) => (segment.number === undefined ? [] : [[segment.name, segment.number.value]])),
  );
  const keys = estate.segments.map((segment) => segment.name);
  const candidates = integers(1, LAST_NUMBER);
  // Route targets of segments and of shares are of one space: what a share holds stays its own.
  const request = { pool: "segment", keys, candidates, pinned, avoid: allocator.held("share-target") };
  const numbers = numbersFrom(allocator, request, "VRF number", diagnostics);
  const asn = estate.header?.asn?.value;
  return estate.segments.flatMap((segment) => {
    const number = numbers.get(segment.name);
    if (number === undefined) return [];
    const routeTarget = segment.routeTarget?.value ?? (asn === undefined ? undefined : `${asn}:${number}`);
    return [
      {
        domain: segment.name,
        kind: "segment" as const,
        number,
        vrf: segment.vrf.value,
        ...(routeTarget === undefined ? {} : { routeTarget }),
        sources: [segment.span],
      },
    ];
  });
}

/** Route targets of one leak. */
export interface LeakTargets {
  readonly shared: string;
  readonly returned: string;
}

/** Key of a leak in the lock: one pair of targets per share and pair of domains. */
export function leakKey(leak: Pick<LeakPlan, "share" | "from" | "to">): string {
  return `${leak.share}/${leak.from}/${leak.to}`;
}

/** Route targets of shares that meet at routers, by `leakKey`. */
export function designTargets(
  estate: Estate,
  leaks: readonly LeakPlan[],
  domains: readonly DomainDesign[],
  allocator: Allocator,
  diagnostics: Diagnostics,
): ReadonlyMap<string, LeakTargets> {
  const atRouters = leaks.filter((leak) => leak.meeting.kind === "core" || leak.meeting.kind === "router");
  const keys = atRouters.flatMap((leak) => [`${leakKey(leak)}/shared`, `${leakKey(leak)}/returned`]);
  // A number that a share holds and a segment has come to have is an error of `checkTargets`, never renumbered in silence.
  const written = domains.flatMap(({ routeTarget = "" }) => Number(routeTarget.split(":")[1] ?? 0));
  const avoid = new Set<LockValue>([...domains.map((domain) => domain.number), ...written]);
  const request = { pool: "share-target", keys, candidates: integers(FIRST_SHARE_NUMBER, LAST_NUMBER), avoid };
  const numbers = numbersFrom(allocator, request, "route target", diagnostics);
  const asn = estate.header?.asn?.value;
  if (asn === undefined) {
    const first = atRouters[0];
    if (first !== undefined)
      diagnostics.report(say["no-estate-asn"], { what: "a share at a router" }, first.sources[0]);
    return new Map();
  }
  return new Map(
    atRouters.flatMap((leak) => {
      const key = leakKey(leak);
      const shared = numbers.get(`${key}/shared`);
      const returned = numbers.get(`${key}/returned`);
      // Without a number of its own (reported) a share has no target: one that others have too would join them.
      if (shared === undefined || returned === undefined) return [];
      return [[key, { shared: `${asn}:${shared}`, returned: `${asn}:${returned}` }] as const];
    }),
  );
}

/** Reports route targets that stand for two things. */
export function checkTargets(
  domains: readonly DomainDesign[],
  targets: ReadonlyMap<string, LeakTargets>,
  diagnostics: Diagnostics,
): void {
  const owners = new Map<string, DomainDesign>();
  for (const domain of domains) {
    if (domain.routeTarget === undefined) continue;
    const first = owners.get(domain.routeTarget);
    if (first !== undefined) {
      const params = { target: domain.routeTarget, first: first.domain, second: domain.domain };
      diagnostics.report(say["target-clash"], params, domain.sources[0]);
    }
    owners.set(domain.routeTarget, domain);
  }
  for (const [key, { shared, returned }] of targets) {
    for (const target of [shared, returned]) {
      const owner = owners.get(target);
      if (owner === undefined) continue;
      diagnostics.report(say["target-clash"], { target, first: key, second: owner.domain }, owner.sources[0]);
    }
  }
}

/** Private 16-bit ASNs (RFC 6996) that are given out where the source names none. */
const FIRST_PRIVATE_ASN = 64_512;
const LAST_PRIVATE_ASN = 65_534;

/** ASNs of clouds without one and of Direct Connect gateways, by `cloud` and `cloud/segment`. */
export function designAsns(
  estate: Estate,
  gateways: readonly (readonly [AwsCloud, DomainId])[],
  clouds: readonly string[],
  allocator: Allocator,
  diagnostics: Diagnostics,
): ReadonlyMap<string, number> {
  const pinned = new Map<string, LockValue>();
  for (const cloud of estate.clouds) if (cloud.asn !== undefined) pinned.set(cloud.name, cloud.asn.value);
  for (const [cloud, domain] of gateways) {
    const written = cloud.gatewayAsns.get(domain);
    if (written !== undefined) pinned.set(`${cloud.name}/${domain}`, written.value);
  }
  const keys = [...clouds, ...gateways.map(([cloud, domain]) => `${cloud.name}/${domain}`)];
  const taken = new Set<LockValue>([
    ...(estate.header?.asn === undefined ? [] : [estate.header.asn.value]),
    ...estate.routers.flatMap((router) => router.asn?.value ?? []),
    ...estate.externals.flatMap((external) => external.asn?.value ?? []),
    ...estate.links.flatMap((link) => link.localAsn?.value ?? []),
    ...pinned.values(),
  ]);
  const own = new Map([...pinned].filter(([key]) => keys.includes(key)));
  const candidates = integers(FIRST_PRIVATE_ASN, LAST_PRIVATE_ASN);
  const free = new Set([...taken].filter((value) => ![...own.values()].includes(value)));
  return numbersFrom(allocator, { pool: "asn", keys, candidates, pinned: own, taken: free }, "ASN", diagnostics);
}
