/** Circuits: each segment on each link, with addresses, ASNs, sessions and what each end announces. */
import {
  type Address,
  comparePrefixes,
  type Family,
  formatPrefix,
  type InterfaceAddress,
  prefixContains,
} from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { compareCodePoints } from "../../grammar/source.js";
import { designCatalogue as say } from "../diagnostics/design-catalogue.js";
import type { Carries, Estate, Link, LinkEnd, Secret } from "../model/estate.js";
import type { Relations } from "../relations/relations.js";
import type { Accepted } from "./accepted.js";
import { blocks, blocksWithin, hostsOf, prefixesHolding } from "./addressing.js";
import type { Addressing, Announcement, Circuit, CircuitEnd, Tunnel } from "./design.js";
import type { Item } from "./flood.js";
import type { Floods } from "./instances.js";
import { mergeAnnouncements } from "./items.js";
import type { Allocator } from "./lock.js";

const FAMILIES = [4, 6] as const;

/** Everything circuits are made from. */
export interface CircuitInputs {
  readonly relations: Relations;
  readonly items: readonly Item[];
  readonly floods: Floods;
  readonly allocator: Allocator;
  /** ASNs of clouds and Direct Connect gateways, by `cloud` and `cloud/segment`. */
  readonly asns: ReadonlyMap<string, number>;
  readonly diagnostics: Diagnostics;
}

/** A link carrying a segment, before addresses are given. */
interface Draft {
  readonly id: string;
  readonly link: Link;
  readonly carries: Carries;
  readonly announces: readonly [readonly Announcement[], readonly Announcement[]];
  readonly families: readonly Family[];
}

/** Smallest MTU that every platform of a kind takes, where the link does not say (references: cloud and router targets). */
const DEFAULT_MTU = {
  "direct-connect": 1500,
  "express-route": 1500,
  interconnect: 1440,
  ipsec: 1400,
  handoff: 1500,
} as const;

/** ASN of the Microsoft edge on private peerings ("ExpressRoute routing requirements"), and of Azure VPN gateways. */
const MICROSOFT_EDGE_ASN = 12_076;
const AZURE_VPN_ASN = 65_515;

/** Tunnels per carried segment: AWS gives two to a connection, anything else has one. */
function tunnelCount(estate: Estate, link: Link): number {
  return link.ends.some((end) => providerOf(estate, end) === "aws") ? 2 : 1;
}

/** The circuits of an estate. */
export interface CircuitPlan {
  /** By id. */
  readonly circuits: readonly Circuit[];
  /** What each end announces before `announce` replaces any of it, by `announcedKey`: what lies behind the end. */
  readonly announced: ReadonlyMap<string, readonly Announcement[]>;
}

/** The key of one end of a circuit. */
export function announcedKey(circuit: string, end: 0 | 1): string {
  return `${circuit} ${end}`;
}

/** Builds every circuit of the estate. */
export function designCircuits(inputs: CircuitInputs): CircuitPlan {
  const { relations } = inputs;
  const announced = announcementsByEdge(inputs);
  const drafts: Draft[] = [];
  for (const link of relations.estate.links) {
    for (const carries of link.carries) {
      const id = `${link.name}/${carries.domain}`;
      const of = (end: 0 | 1): readonly Announcement[] =>
        replaceCovered(announced.get(announcedKey(id, end)) ?? [], carries, link.ends[end].place.name);
      const all = [of(0), of(1)] as const;
      const families = familiesOf(carries, all);
      const spoken = (list: readonly Announcement[]) => list.filter((one) => families.includes(one.prefix.family));
      drafts.push({ id, link, carries, announces: [spoken(all[0]), spoken(all[1])], families });
    }
  }
  drafts.sort((a, b) => compareCodePoints(a.id, b.id));
  const addresses = allocateAddresses(inputs, drafts);
  const circuits = drafts.map((draft) => buildCircuit(inputs, draft, addresses));
  for (const circuit of circuits) {
    checkAddresses(inputs, circuit);
    checkHubAsn(inputs, circuit);
  }
  return { circuits, announced };
}

/** What crosses each end of each circuit, by `announcedKey`. */
function announcementsByEdge({ items, floods }: CircuitInputs): ReadonlyMap<string, readonly Announcement[]> {
  const lists = new Map<string, Announcement[]>();
  for (const item of items) {
    for (const { edge, prefix } of floods.of(item.domain).crossings(item)) {
      if (edge.link.kind === "mpls") continue;
      const key = announcedKey(`${edge.link.name}/${item.domain}`, edge.fromEnd);
      const list = lists.get(key) ?? [];
      lists.set(key, list);
      list.push({
        ...(prefix === item.prefix ? acceptedAs(item) : { prefix }),
        cause: item.cause,
        site: item.site.path,
        sources: item.sources,
      });
    }
  }
  return new Map([...lists].map(([key, list]) => [key, mergeAnnouncements([], list)] as const));
}

function acceptedAs({ prefix, upTo, except }: Item): Accepted {
  return { prefix, ...(upTo === undefined ? {} : { upTo }), ...(except === undefined ? {} : { except }) };
}

/** Announces what `announce` lists for an end in place of the routes it covers. */
function replaceCovered(list: readonly Announcement[], carries: Carries, end: string): readonly Announcement[] {
  const wide = carries.announce.get(end) ?? [];
  const kept = list.filter((one) => !wide.some((cover) => prefixContains(cover.value, one.prefix)));
  const covers = wide.flatMap((cover) => {
    const inside = list.filter((one) => prefixContains(cover.value, one.prefix));
    const first = inside[0];
    if (first === undefined) return [];
    return [{ prefix: cover.value, cause: first.cause, site: first.site, sources: [cover.span] }];
  });
  return [...kept, ...covers].sort((a, b) => comparePrefixes(a.prefix, b.prefix) || compareCodePoints(a.site, b.site));
}

/**
 * Families that a circuit needs: those in which both ends have something to announce, since a flow needs its reply, and
 * those of addresses that are written. Where that leaves none, whatever one end announces.
 */
function familiesOf(carries: Carries, announces: Draft["announces"]): readonly Family[] {
  const of = (list: readonly Announcement[], family: Family): boolean =>
    list.some((one) => one.prefix.family === family);
  const written = (family: Family): boolean => carries.addresses.some((pair) => pair.family === family);
  const both = FAMILIES.filter((family) => written(family) || announces.every((list) => of(list, family)));
  return both.length > 0 ? both : FAMILIES.filter((family) => announces.some((list) => of(list, family)));
}

/** Keys of the blocks that a draft needs from the pools. */
function blockKeys(estate: Estate, draft: Draft): readonly { readonly key: string; readonly family: Family }[] {
  const { link, carries } = draft;
  if (link.kind === "ipsec") {
    const tunnels = Array.from({ length: tunnelCount(estate, link) }, (_, index) => index);
    return draft.families.flatMap((family) =>
      tunnels
        .filter((index) => index > 0 || !carries.addresses.some((pair) => pair.family === family))
        .map((index) => ({ key: `${draft.id}/tunnel${index + 1}`, family })),
    );
  }
  return draft.families
    .filter((family) => !carries.addresses.some((pair) => pair.family === family))
    .filter((family) => !(family === 6 && link.kind === "direct-connect"))
    .map((family) => ({ key: draft.id, family }));
}

/** The blocks by `<family> <key>`. */
function allocateAddresses(inputs: CircuitInputs, drafts: readonly Draft[]): ReadonlyMap<string, string> {
  const { relations, allocator, diagnostics } = inputs;
  const { estate } = relations;
  const written = blocksWithin(drafts.flatMap((draft) => draft.carries.addresses.flatMap((pair) => pair.ends)));
  const given = new Map<string, string>();
  for (const family of [4, 6] as const) {
    for (const azure of [false, true]) {
      const keys = drafts
        .filter((draft) => draft.link.ends.some((end) => providerOf(estate, end) === "azure") === azure)
        .flatMap((draft) => blockKeys(estate, draft))
        .filter((one) => one.family === family)
        .map((one) => one.key);
      const pool = `link-address-${family}`;
      const values = allocator.allocate({ pool, keys, candidates: blocks(estate, family, azure), taken: written });
      for (const key of keys) {
        const value = values.get(key);
        if (typeof value === "string") given.set(`${family} ${key}`, value);
        else diagnostics.report(say["pool-exhausted"], { pool: "link address", key }, undefined);
      }
    }
  }
  return given;
}

/**
 * Which end takes the first host of an allocated block: the first-named one, but the router on Azure, and the cloud on
 * GCP and AWS VPN, AWS before GCP (language.md §5).
 */
function firstEnd(estate: Estate, link: Link): 0 | 1 {
  const index = (test: (end: LinkEnd) => boolean): 0 | 1 | undefined =>
    test(link.ends[0]) ? 0 : test(link.ends[1]) ? 1 : undefined;
  const aws = link.kind === "ipsec" ? index((end) => providerOf(estate, end) === "aws") : undefined;
  const azure = index((end) => providerOf(estate, end) === "azure");
  const gcp = index((end) => providerOf(estate, end) === "gcp");
  if (aws !== undefined) return aws;
  if (azure !== undefined) return azure === 0 ? 1 : 0;
  return gcp ?? 0;
}

function providerOf(estate: Estate, end: LinkEnd): "aws" | "azure" | "gcp" | undefined {
  if (end.place.kind !== "cloud") return undefined;
  return estate.clouds.find((cloud) => cloud.name === end.place.name)?.provider;
}

function addressingFrom(estate: Estate, link: Link, family: Family, block: string | undefined): readonly Addressing[] {
  if (block === undefined) return [];
  const [first, second] = hostsOf(block);
  const ends: readonly [InterfaceAddress, InterfaceAddress] =
    firstEnd(estate, link) === 0 ? [first, second] : [second, first];
  return [{ family, kind: "allocated", ends }];
}

function buildCircuit(inputs: CircuitInputs, draft: Draft, blocksOf: ReadonlyMap<string, string>): Circuit {
  const { estate } = inputs.relations;
  const { id, link, carries } = draft;
  const kind = link.kind === "mpls" ? "handoff" : link.kind;
  const ends = [buildEnd(inputs, draft, 0), buildEnd(inputs, draft, 1)] as const;
  const routing = ends.every((end) => end.asn !== undefined) ? "bgp" : "static";
  const addressing = kind === "ipsec" ? [] : linkAddressing(estate, draft, blocksOf);
  const tunnels = kind === "ipsec" ? buildTunnels(estate, draft, blocksOf) : [];
  const md5 = routing === "bgp" ? md5Of(link, carries) : undefined;
  const optional = <T>(key: string, value: T | undefined): object => (value === undefined ? {} : { [key]: value });
  return {
    id,
    link,
    carries,
    kind,
    domain: carries.domain,
    ends,
    ...optional("vlan", carries.vlan?.value),
    ...optional("outerVlan", carries.outerVlan?.value),
    addressing,
    tunnels,
    routing,
    nextHops: routing === "static" ? nextHopsOf(estate, link) : [],
    mtu: link.mtu?.value ?? DEFAULT_MTU[kind],
    ...optional("bandwidth", carries.bandwidth?.value ?? link.bandwidth?.value),
    ...optional("bfd", link.bfd?.value),
    ...optional("md5", md5),
    ...optional("maxPrefixes", carries.maxPrefixes?.value),
    preference: link.preference,
    sources: [carries.span, link.span],
  };
}

function linkAddressing(estate: Estate, draft: Draft, blocksOf: ReadonlyMap<string, string>): readonly Addressing[] {
  return draft.families.flatMap((family): readonly Addressing[] => {
    const written = draft.carries.addresses.find((pair) => pair.family === family);
    if (written !== undefined) return [{ family, kind: "given", ends: written.ends }];
    // AWS chooses the IPv6 addresses of a virtual interface ("AWS Direct Connect virtual interfaces").
    if (family === 6 && draft.link.kind === "direct-connect") return [{ family, kind: "provider" }];
    return addressingFrom(estate, draft.link, family, blocksOf.get(`${family} ${draft.id}`));
  });
}

function buildTunnels(estate: Estate, draft: Draft, blocksOf: ReadonlyMap<string, string>): readonly Tunnel[] {
  const { link, carries } = draft;
  return Array.from({ length: tunnelCount(estate, link) }, (_, index) => {
    const key = `${draft.id}/tunnel${index + 1}`;
    const addressing = draft.families.flatMap((family): readonly Addressing[] => {
      const written = index === 0 ? carries.addresses.find((pair) => pair.family === family) : undefined;
      if (written !== undefined) return [{ family, kind: "given", ends: written.ends }];
      return addressingFrom(estate, link, family, blocksOf.get(`${family} ${key}`));
    });
    const psk = link.ipsec?.psk[index]?.value ?? { name: `${link.name}-${carries.domain}-tunnel${index + 1}` };
    return { index, addressing, psk };
  });
}

/** MD5 is always on at a Direct Connect virtual interface, so there it has a name even where none is written. */
function md5Of(link: Link, carries: Carries): Secret | undefined {
  const written = carries.md5?.value ?? link.md5?.value;
  return written ?? (link.kind === "direct-connect" ? { name: `${link.name}-${carries.domain}` } : undefined);
}

function nextHopsOf(estate: Estate, link: Link): readonly Address[] {
  const external = estate.externals.find((one) =>
    link.ends.some((end) => end.place.name === one.name && end.place.kind === "external"),
  );
  return external?.nextHops.map((hop) => hop.value) ?? [];
}

function buildEnd(inputs: CircuitInputs, draft: Draft, index: 0 | 1): CircuitEnd {
  const { link } = draft;
  const end = link.ends[index];
  const asn = asnOf(inputs, draft, end);
  return {
    place: end.place,
    ...(end.interface === undefined ? {} : { interface: end.interface.value }),
    ...(asn === undefined ? {} : { asn }),
    announces: draft.announces[index],
  };
}

/** The ASN an end speaks with: of the Direct Connect gateway, the cloud, the router (or `local-asn`), the external. */
function asnOf({ relations, asns }: CircuitInputs, draft: Draft, end: LinkEnd): number | undefined {
  const { link, carries } = draft;
  const { estate } = relations;
  if (end.place.kind === "external") return estate.externals.find((one) => one.name === end.place.name)?.asn?.value;
  if (end.place.kind === "cloud") {
    if (link.kind === "direct-connect") return asns.get(`${end.place.name}/${carries.domain}`);
    if (providerOf(estate, end) === "azure") return link.kind === "express-route" ? MICROSOFT_EDGE_ASN : AZURE_VPN_ASN;
    return asns.get(end.place.name) ?? hubAsn(estate, end.place.name);
  }
  const router = relations.topology.router(end.place.name);
  const local = router?.os === "unmanaged" ? undefined : link.localAsn?.value;
  return local ?? router?.asn?.value;
}

/** The ASN of an existing hub, which only its owner knows: what is not written is missing, not ours to choose. */
function hubAsn(estate: Estate, name: string): number | undefined {
  return estate.clouds.find((cloud) => cloud.name === name)?.asn?.value;
}

/** Reports a tunnel to an existing hub of unknown ASN whose far end speaks BGP: it would be routed statically in silence. */
function checkHubAsn({ relations, diagnostics }: CircuitInputs, circuit: Circuit): void {
  if (circuit.kind !== "ipsec") return;
  const silent = circuit.ends.find((end) => end.asn === undefined);
  const cloud = silent?.place.kind === "cloud" ? relations.topology.cloud(silent.place.name) : undefined;
  if (cloud?.existing === undefined || cloud.provider === "azure") return;
  if (!circuit.ends.some((end) => end.asn !== undefined)) return;
  diagnostics.report(say["hub-asn-unknown"], { cloud: cloud.name, link: circuit.link.name }, cloud.span);
}

/** Allocated and written link addresses that a declared prefix of the segment covers. */
function checkAddresses({ relations, diagnostics }: CircuitInputs, circuit: Circuit): void {
  const cidrs = relations.topology.sitesOf(circuit.domain).flatMap((site) => site.cidrs);
  const all = [...circuit.addressing, ...circuit.tunnels.flatMap((tunnel) => tunnel.addressing)];
  for (const one of all) {
    if (one.kind !== "allocated") continue;
    for (const end of one.ends) {
      const holding = prefixesHolding(cidrs, end.address)[0];
      if (holding === undefined) continue;
      const address = formatPrefix({ ...end.address, length: end.length });
      const params = { address, circuit: circuit.id, prefix: formatPrefix(holding.value) };
      diagnostics.report(say["link-address-in-prefix"], params, holding.span);
      return;
    }
  }
}
