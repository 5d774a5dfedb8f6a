/** The declarations of an estate as guard rails see them: segments, places, networks, groups. */
import { formatAddress, formatPrefix, type Prefix } from "../../grammar/address.js";
import type {
  Cloud,
  Declared,
  Estate,
  External,
  Host,
  Labels,
  Located,
  Network,
  PlaceRef,
  Router,
  Subnet,
} from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import { spaceOf } from "./address-spaces.js";
import { compact, counted, domainId, objectId, placeId, type Subjects } from "./ids.js";
import type {
  ById,
  GuardDeclared,
  GuardExternal,
  GuardHost,
  GuardInput,
  GuardNetwork,
  GuardPlace,
  GuardPrefix,
  GuardSegment,
  GuardSubnet,
  ObjectId,
} from "./input.js";
import type { Profiles } from "./profiles.js";

type Texts = Readonly<Record<string, string>>;

/** The part of the document that declarations make. */
export type Declarations = Pick<
  GuardInput,
  "estate" | "segments" | "places" | "externals" | "networks" | "subnets" | "hosts" | "groups"
>;

/** Describes the declarations and notes where each is written. */
export function declarationsOf(estate: Estate, profiles: Profiles, subjects: Subjects): Declarations {
  const { header } = estate;
  const hosts: Record<ObjectId, GuardHost> = {};
  const addHosts = (list: readonly Host[], parent: Omit<GuardHost, "addresses" | "name">): void => {
    for (const host of list) hosts[subjects.add("host", host.path, host.span)] = hostOf(host, parent);
  };
  return {
    estate: compact({
      id: subjects.add("estate", estate.name, header?.span),
      name: estate.name,
      owner: header?.owner?.value,
      asn: header?.asn?.value,
      tags: plain(header?.tags ?? new Map()),
      declared: header !== undefined,
    }),
    segments: table(estate.segments, (each) => [
      subjects.add("segment", each.path, each.span),
      segmentOf(estate, each),
    ]),
    places: placesOf(estate, subjects),
    externals: table(estate.externals, (each) => {
      const id = objectId("external", each.path);
      addHosts(each.hosts, { parent: id, domain: domainId(each.domain), place: id, labels: plain(each.labels) });
      return [id, externalOf(each)];
    }),
    ...networksOf(estate, subjects, addHosts),
    hosts,
    groups: table(estate.groups, (each) => [
      subjects.add("group", each.path, each.span),
      { name: each.name, endpoints: profiles.endpoints(each.endpoints) },
    ]),
  };
}

function table<From, To>(list: readonly From[], entry: (each: From) => readonly [ObjectId, To]): ById<To> {
  return Object.fromEntries(list.map(entry));
}

/** What a declaration says of itself. */
export function declared({ name, doc }: Declared, description?: Located<string>): GuardDeclared {
  return compact({ name, description: description?.value ?? doc });
}

function plain(values: ReadonlyMap<string, Located<string>>): Texts {
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, { value }]) => [key, value] as const));
}

/** Labels merged inwards: the inner value wins. */
function merged(outer: Texts, inner: Labels): Texts {
  return Object.fromEntries(Object.entries({ ...outer, ...plain(inner) }).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function segmentOf(estate: Estate, segment: Estate["segments"][number]): GuardSegment {
  return compact({
    kind: "segment" as const,
    ...declared(segment, segment.description),
    owner: segment.owner?.value,
    number: segment.number?.value,
    vrf: segment.vrf.value,
    networks: estate.networks.filter((network) => network.domain === segment.name).length,
    externals: estate.externals.filter((external) => external.domain === segment.name).length,
  });
}

function placesOf(estate: Estate, subjects: Subjects): ById<GuardPlace> {
  const carried = domainsByPlace(estate);
  const places: Record<ObjectId, GuardPlace> = {};
  const add = (place: PlaceRef, { span }: Declared, entry: Omit<GuardPlace, "kind" | "domains">): void => {
    const id = subjects.add(place.kind, place.name, span);
    places[id] = { kind: place.kind, ...entry, domains: carried.get(id) ?? [] };
  };
  for (const cloud of estate.clouds) add({ kind: "cloud", name: cloud.name }, cloud, cloudOf(cloud));
  for (const router of estate.routers) add({ kind: "router", name: router.name }, router, routerOf(router));
  for (const external of estate.externals) {
    const entry = { ...declared(external, external.description), platform: "external", managed: false };
    add({ kind: "external", name: external.name }, external, compact({ ...entry, asn: external.asn?.value }));
  }
  return places;
}

function cloudOf(cloud: Cloud): Omit<GuardPlace, "kind" | "domains"> {
  const { provider } = cloud;
  return compact({
    ...declared(cloud),
    platform: provider,
    managed: true,
    region: cloud.region.value,
    account: cloud.account?.value,
    asn: cloud.asn?.value,
    existing: cloud.existing !== undefined,
    // Demarc emits no flow logs at GCP: whether there are any is not known here.
    flowLogs: provider === "gcp" ? undefined : cloud.flowLogs !== undefined,
  });
}

function routerOf(router: Router): Omit<GuardPlace, "kind" | "domains"> {
  const managed = router.os !== "unmanaged";
  const management = router.management.map((prefix) => prefix.value);
  return compact({
    ...declared(router),
    platform: router.os,
    managed,
    site: router.site?.value,
    asn: router.asn?.value,
    managementPrefixes: managed ? management.length : undefined,
    managementAddresses: managed ? counted(AddressSet.ofPrefixes(management).size()) : undefined,
  });
}

/** The domains that have an attachment or a link at each place, by name. */
function domainsByPlace(estate: Estate): ReadonlyMap<ObjectId, readonly ObjectId[]> {
  const found = new Map<ObjectId, Set<ObjectId>>();
  const add = (place: PlaceRef, domain: string): void => {
    const set = found.get(placeId(place)) ?? new Set();
    found.set(placeId(place), set.add(domainId(domain)));
  };
  for (const network of estate.networks) {
    add(network.place, network.domain);
    for (const lan of [network.lan, ...network.subnets.map((subnet) => subnet.lan)]) {
      for (const one of lan?.attachments ?? []) add({ kind: "router", name: one.router }, network.domain);
    }
  }
  for (const external of estate.externals) add({ kind: "external", name: external.name }, external.domain);
  for (const link of estate.links) {
    for (const { domain } of link.carries) for (const end of link.ends) add(end.place, domain);
  }
  return new Map([...found].map(([place, domains]) => [place, [...domains].sort()] as const));
}

function prefixesOf(cidrs: readonly Located<Prefix>[]): readonly GuardPrefix[] {
  return cidrs.map(({ value }) => ({
    prefix: formatPrefix(value),
    family: value.family,
    length: value.length,
    space: spaceOf(value),
  }));
}

function setOf(cidrs: readonly Located<Prefix>[]): AddressSet {
  return AddressSet.ofPrefixes(cidrs.map((cidr) => cidr.value));
}

function externalOf(external: External): GuardExternal {
  return compact({
    ...declared(external, external.description),
    domain: domainId(external.domain),
    place: objectId("external", external.name),
    prefixes: prefixesOf(external.cidrs),
    addresses: counted(setOf(external.cidrs).size()),
    summary: external.summary,
    bgp: external.asn !== undefined,
    labels: plain(external.labels),
    hosts: external.hosts.length,
  });
}

type AddHosts = (list: readonly Host[], parent: Omit<GuardHost, "addresses" | "name">) => void;

function networksOf(
  estate: Estate,
  subjects: Subjects,
  addHosts: AddHosts,
): Pick<Declarations, "networks" | "subnets"> {
  const networks: Record<ObjectId, GuardNetwork> = {};
  const subnets: Record<ObjectId, GuardSubnet> = {};
  for (const network of estate.networks) {
    const id = subjects.add("network", network.path, network.span);
    networks[id] = networkOf(network);
    const base = { domain: domainId(network.domain), place: placeId(network.place) };
    const labels = plain(network.labels);
    addHosts(network.hosts, { ...base, parent: id, labels });
    for (const subnet of network.subnets) {
      const inner = subjects.add("subnet", subnet.path, subnet.span);
      const own = merged(labels, subnet.labels);
      subnets[inner] = subnetOf(subnet, { ...base, network: id, labels: own });
      addHosts(subnet.hosts, { ...base, parent: inner, labels: own });
    }
  }
  return { networks, subnets };
}

function networkOf(network: Network): GuardNetwork {
  const whole = setOf(network.cidrs);
  const inSubnets = AddressSet.unionAll(network.subnets.map((subnet) => setOf(subnet.cidrs)));
  const hosts = [network, ...network.subnets].reduce((sum, each) => sum + each.hosts.length, 0);
  return compact({
    ...declared(network, network.description),
    domain: domainId(network.domain),
    place: placeId(network.place),
    prefixes: prefixesOf(network.cidrs),
    addresses: counted(whole.size()),
    labels: plain(network.labels),
    account: network.account?.value,
    existing: network.existing !== undefined,
    lan: network.lan !== undefined || network.subnets.some((subnet) => subnet.lan !== undefined),
    subnets: network.subnets.length,
    hosts,
    subnetted: network.subnets.length === 0 ? undefined : percent(inSubnets.family(4).size(), whole.family(4).size()),
  });
}

function subnetOf(subnet: Subnet, base: Pick<GuardSubnet, "network" | "domain" | "place" | "labels">): GuardSubnet {
  return compact({
    ...declared(subnet),
    ...base,
    prefixes: prefixesOf(subnet.cidrs),
    addresses: counted(setOf(subnet.cidrs).size()),
    zone: subnet.zone?.value,
    existing: subnet.existing !== undefined,
    hosts: subnet.hosts.length,
  });
}

function hostOf(host: Host, parent: Omit<GuardHost, "addresses" | "name">): GuardHost {
  return {
    ...declared(host),
    ...parent,
    addresses: host.addresses.map(({ value }) => formatAddress(value)),
    labels: merged(parent.labels, host.labels),
  };
}

/** A part in whole per cent, rounded down; undefined of nothing. */
function percent(part: bigint, whole: bigint): number | undefined {
  return whole === 0n ? undefined : Number((part * 100n) / whole);
}
