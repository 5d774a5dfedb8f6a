/** Small designs made by hand, for tests of targets: the parts of an estate and a design with everything else empty. */
import type {
  Addressing,
  Attachment,
  Circuit,
  CloudAttachment,
  Design,
  EnforcementPoint,
  FilterEntry,
  Route,
  RouteCause,
  RouteOrigin,
  RoutingInstance,
  RuleRecord,
} from "../../compiler/design/design.js";
import type {
  AwsCloud,
  Carries,
  Estate,
  External,
  Host,
  Labels,
  Link,
  LinkKind,
  Located,
  Network,
  PlaceRef,
  Router,
  RouterOs,
  Segment,
  Subnet,
} from "../../compiler/model/estate.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import type { ServiceSet } from "../../compiler/sets/service-set.js";
import {
  type Address,
  type Family,
  type InterfaceAddress,
  type Prefix,
  parseAddress,
  prefixOf,
} from "../../grammar/address.js";
import { SourceFile, type Span } from "../../grammar/source.js";

const noLabels: Labels = new Map();

/** A span that covers the whole of a text, in a file of its own called `acme.demarc`. */
export function spanOf(text: string): Span {
  return { source: new SourceFile("acme.demarc", text), start: 0, end: text.length };
}

/** A value written as its own text. */
export function located<T>(value: T, text = String(value)): Located<T> {
  return { value, span: spanOf(text) };
}

/** An address of either family; throws where the text is none. */
export function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`no address: ${text}`);
  return address;
}

/** `10.0.0.0/8` as a prefix; host bits are cleared. */
export function prefix(text: string): Prefix {
  const [address = "", length = ""] = text.split("/");
  return prefixOf(addressOf(address), Number(length));
}

/** `10.0.0.1/30` as an interface address. */
export function interfaceAddress(text: string): InterfaceAddress {
  const [address = "", length = ""] = text.split("/");
  return { address: addressOf(address), length: Number(length) };
}

/** The union of prefixes and addresses. */
export function addresses(...texts: readonly string[]): AddressSet {
  return AddressSet.unionAll(
    texts.map((text) =>
      text.includes("/") ? AddressSet.ofPrefix(prefix(text)) : AddressSet.ofAddress(addressOf(text)),
    ),
  );
}

function declared(path: string) {
  return { path, name: path.split(".").pop() ?? path, span: spanOf(path) };
}

/** A segment with nothing but its name. */
export function segment(name: string): Segment {
  return { ...declared(name), vrf: located(name) };
}

/** A cloud at AWS in us-east-1, without account and ASN unless given. */
export function awsCloud(name: string, more: Partial<AwsCloud> = {}): AwsCloud {
  return {
    ...declared(name),
    provider: "aws",
    region: located("us-east-1"),
    hub: "transit-gateway",
    gatewayAsns: new Map(),
    ...more,
  };
}

/** A router, Junos unless it says otherwise. */
export function router(name: string, os: RouterOs = "junos"): Router {
  const base = { ...declared(name), os, loopbacks: [], routeReflector: false, management: [] };
  return { ...base, vpnSessions: "managed" };
}

/** An external without ASN. */
export function external(name: string, domain: string, ...cidrs: readonly string[]): External {
  const list = cidrs.map((text) => located(prefix(text), text));
  return { ...declared(name), domain, cidrs: list, summary: false, nextHops: [], labels: noLabels, hosts: [] };
}

/** A host of a subnet. */
export function host(path: string, ...list: readonly string[]): Host {
  return { ...declared(path), addresses: list.map((text) => located(addressOf(text), text)), labels: noLabels };
}

/** A subnet with one or several prefixes. */
export function subnet(path: string, cidrs: string | readonly string[], more: Partial<Subnet> = {}): Subnet {
  const list = typeof cidrs === "string" ? [cidrs] : cidrs;
  return {
    ...declared(path),
    cidrs: list.map((text) => located(prefix(text), text)),
    labels: noLabels,
    hosts: [],
    ...more,
  };
}

/** A network at a cloud. */
export function network(
  path: string,
  domain: string,
  cloud: string,
  cidrs: string | readonly string[],
  subnets: readonly Subnet[],
  more: Partial<Network> = {},
): Network {
  const list = typeof cidrs === "string" ? [cidrs] : cidrs;
  return {
    ...declared(path),
    domain,
    place: { kind: "cloud", name: cloud },
    placeSpan: spanOf(cloud),
    cidrs: list.map((text) => located(prefix(text), text)),
    labels: noLabels,
    subnets,
    hosts: [],
    ...more,
  };
}

/** The attachment of a network at a cloud, its subnets in zones `a`, `b`, … in order unless they name one. */
export function cloudAttachment(net: Network): CloudAttachment {
  const zones = new Map(
    net.subnets.map((one, i) => [one.path, one.zone?.value ?? String.fromCharCode(97 + (i % 3))] as const),
  );
  return { kind: "cloud-network", id: net.path, network: net, cloud: net.place.name, domain: net.domain, zones };
}

/** A link that carries nothing unless given. */
export function link(
  name: string,
  kind: LinkKind,
  ends: readonly [PlaceRef, PlaceRef],
  more: Partial<Link> = {},
): Link {
  const [a, b] = ends;
  return {
    ...declared(name),
    kind,
    ends: [
      { place: a, span: spanOf(a.name) },
      { place: b, span: spanOf(b.name) },
    ],
    hosted: false,
    partner: false,
    preference: 100,
    carries: [],
    ...more,
  };
}

/** What a link carries of a segment. */
export function carries(domain: string, more: Partial<Carries> = {}): Carries {
  return { domain, span: spanOf(`carries ${domain}`), addresses: [], announce: new Map(), ...more };
}

/** A pair of addresses in `between` order. */
export function pair(first: string, second: string, kind: "given" | "allocated" = "allocated"): Addressing {
  const ends = [interfaceAddress(first), interfaceAddress(second)] as const;
  return { family: ends[0].address.family, kind, ends };
}

/** What a test says of a circuit; the rest is a BGP circuit in `between` order of the link. */
export interface CircuitPlan extends Partial<Omit<Circuit, "ends" | "link" | "id">> {
  readonly link: Link;
  readonly segment: string;
  /** Prefixes that each end announces, in `between` order. */
  readonly announces: readonly [readonly string[], readonly string[]];
  readonly asns?: readonly [number | undefined, number | undefined];
}

/** A circuit from its plan. */
export function circuit(plan: CircuitPlan): Circuit {
  const { link: of, segment: domain, announces, asns = [64611, 64520], ...more } = plan;
  const end = (index: 0 | 1) => ({
    place: of.ends[index].place,
    ...(asns[index] === undefined ? {} : { asn: asns[index] }),
    announces: announces[index].map((text) => ({
      prefix: prefix(text),
      cause: { kind: "own" as const },
      site: "site",
      sources: [spanOf(text)],
    })),
  });
  if (of.kind === "mpls") throw new Error("an mpls link has no circuit");
  return {
    id: `${of.name}/${domain}`,
    link: of,
    carries: of.carries.find((one) => one.domain === domain) ?? carries(domain),
    kind: of.kind,
    domain,
    ends: [end(0), end(1)],
    addressing: [],
    tunnels: [],
    routing: "bgp",
    nextHops: [],
    mtu: 1500,
    preference: of.preference,
    sources: [of.span],
    ...more,
  };
}

/** One route of an instance, owned by `site`. */
export function route(text: string, site: string, origin: RouteOrigin, cause: RouteCause = { kind: "own" }): Route {
  return { prefix: prefix(text), cause, origin, site, sources: [spanOf(`${site} ${text}`)] };
}

/** A routing instance at a place. */
export function instance(domain: string, place: PlaceRef, routes: readonly Route[]): RoutingInstance {
  return { id: `${domain}@${place.name}`, domain, place, role: "main", routes };
}

/** One rule of a test: who opens what to whom, in one segment unless it says otherwise. */
export interface Flow {
  readonly rule: string;
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
  readonly sourceDomain?: string;
  readonly destinationDomain?: string;
  readonly log?: boolean;
}

function entriesOf(flow: Flow, domain: string): readonly FilterEntry[] {
  return ([4, 6] as const).flatMap((family: Family) => {
    const source = flow.source.family(family);
    const destination = flow.destination.family(family);
    const service = flow.service.forFamily(family);
    if (source.isEmpty() || destination.isEmpty() || service.isEmpty()) return [];
    const entry: FilterEntry = {
      rule: flow.rule,
      kind: "flow",
      sourceDomain: flow.sourceDomain ?? domain,
      destinationDomain: flow.destinationDomain ?? domain,
      family,
      source,
      destination,
      service,
      log: flow.log ?? false,
      sources: [spanOf(`allow ${flow.rule}`)],
    };
    return [entry];
  });
}

/** The two points of each subnet of a network, with what the flows open from and to it. */
export function subnetPoints(net: Network, flows: readonly Flow[]): readonly EnforcementPoint[] {
  return net.subnets.flatMap((one) => {
    const own = AddressSet.ofPrefixes(one.cidrs.map(({ value }) => value));
    return (["in", "out"] as const).map((direction) => ({
      id: `${one.path}/${direction}`,
      place: net.place,
      attachment: { kind: "subnet" as const, network: net.path, subnet: one.path },
      domain: net.domain,
      direction,
      state: "stateful" as const,
      entries: flows
        .filter(
          (flow) => ((direction === "in" ? flow.destinationDomain : flow.sourceDomain) ?? net.domain) === net.domain,
        )
        .map((flow) =>
          direction === "in"
            ? { ...flow, destination: flow.destination.intersect(own) }
            : { ...flow, source: flow.source.intersect(own) },
        )
        .flatMap((flow) => entriesOf(flow, net.domain)),
      prologue: [],
      ownAddresses: AddressSet.empty,
      management: [],
      families: own.families(),
    }));
  });
}

/** A stateless point on a router's LAN that holds what the flows open from it. */
export function lanPoint(
  path: string,
  domain: string,
  of: string,
  own: AddressSet,
  flows: readonly Flow[],
): EnforcementPoint {
  return {
    id: `${path}@${of}/in`,
    place: { kind: "router", name: of },
    attachment: { kind: "lan", lan: path, router: of },
    domain,
    direction: "in",
    state: "stateless",
    entries: flows
      .map((flow) => ({ ...flow, source: flow.source.intersect(own) }))
      .flatMap((flow) => entriesOf(flow, domain)),
    sourceCheck: own,
    prologue: [],
    ownAddresses: AddressSet.empty,
    management: [],
    families: own.families(),
  };
}

/** A rule as artefacts name it; the policy is the id up to its first hyphen. */
export function ruleRecord(id: string, text: string): RuleRecord {
  return { id, policy: id.split("-")[0] ?? id, text, log: false, span: spanOf(`allow ${id}`) };
}

/** An estate with nothing but what is given. */
export function estate(parts: Partial<Estate>): Estate {
  return {
    name: "acme",
    segments: [],
    clouds: [],
    routers: [],
    externals: [],
    networks: [],
    links: [],
    services: [],
    groups: [],
    policies: [],
    invariants: [],
    holdings: [],
    omitted: { any: false, routing: false },
    ...parts,
  };
}

/** A design with nothing but what is given; attachments follow from the networks at clouds unless they are given. */
export function design(parts: Partial<Design> & { readonly estate: Estate }): Design {
  const attachments: readonly Attachment[] = parts.estate.networks
    .filter(({ place }) => place.kind === "cloud")
    .map(cloudAttachment);
  return {
    domains: [],
    instances: [],
    attachments,
    circuits: [],
    cores: [],
    leaks: [],
    points: [],
    rules: new Map(),
    cloudAsns: new Map(),
    gatewayAsns: new Map(),
    azure: { hubPrefixes: new Map(), wanHomes: new Map(), priorities: new Map() },
    externals: parts.estate.externals,
    axioms: [],
    ...parts,
  };
}
