/** Random tiny estates: a fixed map of places, of which each estate takes some links, sites and statements. */
import fc from "fast-check";
import { type Endpoint, Oracle } from "./oracle.js";
import {
  type Block,
  type Opening,
  type Place,
  SERVICES,
  type Side,
  type Site,
  sideText,
  type World,
  type WorldLink,
  type WorldShare,
} from "./world.js";

const SEGMENTS = ["prod", "pci", "dev"] as const;

const PLACES: readonly Place[] = [
  { name: "use1", kind: "aws", account: "111122223333", asn: 64601 },
  { name: "use2", kind: "aws", account: "111122223333", asn: 64602 },
  { name: "ue4", kind: "gcp", account: "acme-network", asn: 64603 },
  { name: "uw1", kind: "gcp", account: "acme-network", asn: 64604 },
  { name: "eus", kind: "azure", account: "00000000-0000-4000-8000-000000000001", asn: 0 },
  { name: "chi", kind: "managed", asn: 64520 },
  { name: "ash", kind: "managed", asn: 64520 },
  { name: "iad", kind: "managed", asn: 64521 },
  { name: "carrier", kind: "unmanaged", asn: 64701 },
];

const MEETING_PLACES = PLACES.filter(({ kind }) => kind !== "unmanaged").map(({ name }) => name);

/** The links an estate may have, without what they carry. */
const LINKS: readonly (readonly [name: string, kind: string, a: string, b: string])[] = [
  ["backbone", "mpls", "chi", "ash"],
  ["chi-iad", "handoff", "chi", "iad"],
  ["ash-iad", "handoff", "ash", "iad"],
  ["chi-wan", "handoff", "chi", "carrier"],
  ["ash-wan", "handoff", "ash", "carrier"],
  ["iad-wan", "handoff", "iad", "carrier"],
  ["dx-chi", "direct-connect", "use1", "chi"],
  ["dx-ash", "direct-connect", "ash", "use1"],
  ["dx-iad", "direct-connect", "use2", "iad"],
  ["dx-wan", "direct-connect", "use2", "carrier"],
  ["vpn-wan", "ipsec", "use1", "carrier"],
  ["ic-chi", "interconnect", "ue4", "chi"],
  ["ic-iad", "interconnect", "uw1", "iad"],
  ["er-ash", "express-route", "eus", "ash"],
];

/** Where sites may lie. Two names are a LAN on two routers; an empty list is an external. */
const SPOTS: readonly (readonly string[])[] = [
  ["use1"],
  ["use1"],
  ["use2"],
  ["ue4"],
  ["uw1"],
  ["eus"],
  ["chi"],
  ["chi"],
  ["ash"],
  ["iad"],
  ["ash", "chi"],
  ["carrier"],
  [],
  [],
];

const NETWORKS = ["shop", "vault", "floor", "tills", "lab", "depot"] as const;
const PARTNERS = ["globex", "initech", "umbra", "hooli", "acquirer", "courier"] as const;
/** Where the ports of externals may be: a place and the kind of link. */
const PORTS: readonly (readonly [place: string, kind: string])[] = [
  ["chi", "handoff"],
  ["ash", "handoff"],
  ["iad", "handoff"],
  ["carrier", "handoff"],
  ["use1", "ipsec"],
];

interface SitePlan {
  readonly segment: number;
  readonly spot: number;
  readonly slot: number;
  readonly ipv6: boolean;
  readonly host: boolean;
  readonly summary: boolean;
  readonly ports: readonly number[];
}

interface SidePlan {
  readonly plus: readonly number[];
  readonly minus: readonly number[];
}

interface OpeningPlan {
  readonly source: SidePlan;
  readonly destination: SidePlan;
  readonly both: boolean;
  readonly service: number;
}

interface SharePlan {
  readonly what: SidePlan;
  readonly with: number;
  readonly at: readonly number[];
}

/** A world and a question about it. */
export interface Case {
  readonly world: World;
  readonly questions: readonly Opening[];
}

const side = fc.record<SidePlan>({
  plus: fc.array(fc.nat(99), { minLength: 1, maxLength: 2 }),
  minus: fc.array(fc.nat(99), { maxLength: 1 }),
});
const opening = fc.record<OpeningPlan>({
  source: side,
  destination: side,
  both: fc.boolean().map((yes) => yes),
  service: fc.nat(SERVICES.length - 1),
});
const share = fc.record<SharePlan>({
  what: side,
  with: fc.nat(SEGMENTS.length - 1),
  at: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.nat(20), { maxLength: 2 }) },
  ),
});
const site = fc.record<SitePlan>({
  segment: fc.nat(SEGMENTS.length - 1),
  spot: fc.nat(SPOTS.length - 1),
  slot: fc.nat(7),
  ipv6: fc.boolean(),
  host: fc.boolean(),
  summary: fc.nat(3).map((one) => one === 0),
  ports: fc.uniqueArray(fc.nat(PORTS.length - 1), { minLength: 1, maxLength: 2 }),
});

/** Random cases. Statements that would be faulty by themselves (empty sides, no flow) are left out. */
export const cases: fc.Arbitrary<Case> = fc
  .record({
    links: fc.array(fc.record({ link: fc.nat(LINKS.length - 1), carries: fc.integer({ min: 1, max: 7 }) }), {
      minLength: 2,
      maxLength: 7,
    }),
    sites: fc.array(site, { minLength: 2, maxLength: 6 }),
    shares: fc.array(share, { maxLength: 4 }),
    rules: fc.array(opening, { minLength: 1, maxLength: 5 }),
    nevers: fc.array(opening, { maxLength: 2 }),
    alwayses: fc.array(opening, { maxLength: 1 }),
    questions: fc.array(opening, { minLength: 1, maxLength: 2 }),
  })
  .map((plan) => {
    const sites = makeSites(plan.sites);
    const links = makeLinks(plan.links, plan.sites, sites);
    const partners = sites
      .filter(({ kind }) => kind === "external")
      .map((one, index): Place => ({ name: one.name, kind: "external", asn: 65_010 + index }));
    const places = [...PLACES, ...partners];
    const names = namesOf(sites);
    const openings = (plans: readonly OpeningPlan[]): readonly Opening[] => plans.map((one) => makeOpening(one, names));
    const shares = plan.shares.map((one) => ({
      what: makeSide(one.what, names),
      with: SEGMENTS[one.with] ?? "prod",
      at: [...new Set(one.at.map((index) => MEETING_PLACES[index % MEETING_PLACES.length] ?? "chi"))],
    }));
    const bare: World = { segments: SEGMENTS, places, links, sites, shares: [], rules: [], nevers: [], alwayses: [] };
    const oracle = new Oracle(bare);
    const sound = (plans: readonly OpeningPlan[]): readonly Opening[] =>
      unique(
        openings(plans).filter((one) => hasFlow(oracle, one)),
        identityText,
      );
    const world: World = {
      ...bare,
      shares: unique(
        shares.filter((one) => isSoundShare(oracle, one)),
        (one) => `${canonicalSide(one.what)} with ${one.with}`,
      ),
      rules: sound(plan.rules),
      nevers: sound(plan.nevers),
      alwayses: sound(plan.alwayses),
    };
    return { world, questions: sound(plan.questions) };
  });

function makeSites(plans: readonly SitePlan[]): readonly Site[] {
  const sites: Site[] = [];
  const taken = new Set<string>();
  let networks = 0;
  let partners = 0;
  for (const plan of plans) {
    const segment = SEGMENTS[plan.segment] ?? "prod";
    const spot = SPOTS[plan.spot] ?? [];
    const isExternal = spot.length === 0;
    const summary = isExternal && plan.summary && !sites.some((one) => one.summary && one.segment === segment);
    let slot = plan.slot;
    while (!summary && taken.has(`${segment} ${slot}`)) slot = (slot + 1) % 8;
    if (!summary) taken.add(`${segment} ${slot}`);
    const name = (isExternal ? PARTNERS[partners++] : NETWORKS[networks++]) ?? "";
    const place = PLACES.find((one) => one.name === spot[0]);
    const isCloud = kindOf(place) === "cloud";
    const size = summary ? 128n : isCloud ? 32n : 8n;
    const base = summary ? 0n : BigInt(slot) * 32n;
    const ipv6 = plan.ipv6 && !summary && place?.kind !== "gcp" && place?.kind !== "azure";
    sites.push({
      name,
      kind: kindOf(place),
      segment,
      places: isExternal ? [name] : spot,
      blocks: [{ family: 4, base, size }, ...(ipv6 ? [block6(slot, isCloud)] : [])],
      summary,
      // Whether a host of a summary is its own does not concern us here.
      host: plan.host && !summary,
    });
  }
  return sites;
}

/** Of each /60 a network at a cloud takes all, any other site the first /64. */
function block6(slot: number, isCloud: boolean): Block {
  return { family: 6, base: BigInt(slot) << 68n, size: 1n << (isCloud ? 68n : 64n) };
}

function kindOf(place: Place | undefined): Site["kind"] {
  if (place === undefined) return "external";
  if (place.kind === "managed") return "lan";
  return place.kind === "unmanaged" ? "remote" : "cloud";
}

function makeLinks(
  plans: readonly { readonly link: number; readonly carries: number }[],
  sitePlans: readonly SitePlan[],
  sites: readonly Site[],
): readonly WorldLink[] {
  const links = new Map<string, WorldLink>();
  for (const { link, carries } of plans) {
    const [name = "", kind = "", a = "", b = ""] = LINKS[link] ?? [];
    const carried = SEGMENTS.filter((_, index) => (carries >> index) & 1);
    links.set(name, { name, kind, ends: [a, b], carries: kind === "mpls" ? [] : carried });
  }
  for (const [index, one] of sites.entries()) {
    if (one.kind !== "external") continue;
    for (const port of sitePlans[index]?.ports ?? []) {
      const [place, kind] = PORTS[port] ?? ["chi", "handoff"];
      const name = `${one.name}-${place}`;
      links.set(name, { name, kind, ends: [place, one.name], carries: [one.segment] });
    }
  }
  return [...links.values()];
}

/** Everything that a side may name. */
function namesOf(sites: readonly Site[]): readonly string[] {
  const used = SEGMENTS.filter((segment) => sites.some((one) => one.segment === segment));
  const inner = sites.flatMap((one) => {
    const host = one.host ? [one.kind === "cloud" ? `${one.name}.db.box` : `${one.name}.box`] : [];
    return [one.name, one.name, ...(one.kind === "cloud" ? [`${one.name}.web`, `${one.name}.db`] : []), ...host];
  });
  return [...inner, ...used, "any"];
}

function makeSide({ plus, minus }: SidePlan, names: readonly string[]): Side {
  const pick = (index: number): string => names[index % names.length] ?? "any";
  return { plus: [...new Set(plus.map(pick))], minus: minus.map(pick) };
}

function makeOpening(plan: OpeningPlan, names: readonly string[]): Opening {
  const service = SERVICES[plan.service] ?? SERVICES[0];
  if (service === undefined) throw new Error("there are services");
  return {
    source: makeSide(plan.source, names),
    destination: makeSide(plan.destination, names),
    both: plan.both,
    service,
  };
}

/** A side with its names in order and without repetition: two such sides are one to the checker, and equal statements a fault. */
function canonicalSide({ plus, minus }: Side): string {
  return sideText({ plus: [...new Set(plus)].sort(), minus: [...minus].sort() });
}

function identityText({ source, destination, both, service }: Opening): string {
  const sides = [canonicalSide(source), canonicalSide(destination)];
  return `${(both ? sides.sort() : sides).join(both ? " <-> " : " -> ")} on ${service.text}`;
}

function unique<T>(items: readonly T[], textOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [textOf(item), item] as const)).values()];
}

/** The endpoints of a side; none where the checker would refuse a part of it as empty. */
function endpointsOf(oracle: Oracle, side: Side): readonly Endpoint[] {
  return oracle.endpoints.filter((one) => oracle.inSide(side, one));
}

function hasFlow(oracle: Oracle, { source, destination, service }: Opening): boolean {
  const to = endpointsOf(oracle, destination);
  return endpointsOf(oracle, source).some((a) =>
    to.some((b) => a !== b && a.family === b.family && fits(service, a.family)),
  );
}

/** True where the service has a meaning in the family. */
function fits(service: Opening["service"], family: 4 | 6): boolean {
  return (
    !(service.text.startsWith("icmp/") || service.text === "icmp" ? family === 6 : false) &&
    !(service.text.startsWith("icmpv6") && family === 4)
  );
}

function isSoundShare(oracle: Oracle, share: WorldShare): boolean {
  const shared = endpointsOf(oracle, share.what);
  return shared.length > 0 && shared.every((one) => one.segment !== share.with);
}
