/** Small designs for the tests of the Junos target, built by hand: two carrier routers in one core, a shop and its partners. */
import type {
  Announcement,
  Circuit,
  Design,
  DomainDesign,
  EnforcementPoint,
  FilterEntry,
  LanAttachmentDesign,
  Prologue,
  Route,
  RouteCause,
  RoutingInstance,
} from "../../compiler/design/design.js";
import { closedSides } from "../../compiler/design/entries.js";
import { routerOwned } from "../../compiler/design/gaps.js";
import type {
  Carries,
  Estate,
  LanAttachment,
  Link,
  Located,
  Network,
  PlaceRef,
  Router,
} from "../../compiler/model/estate.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import type { ServiceSet } from "../../compiler/sets/service-set.js";
import { type Address, type InterfaceAddress, type Prefix, parseAddress, prefixOf } from "../../grammar/address.js";
import { SourceFile, type Span, span } from "../../grammar/source.js";

/** A text in which the spans of the hand-built declarations lie. */
export const source = new SourceFile(
  "estate.demarc",
  "router chi\nrouter ash\nnetwork floor\nnetwork tills\nlink dx\npolicy shop\n",
);

/** A span over the first occurrence of a word, or over the first character. */
export function at(word: string): Span {
  const start = Math.max(0, source.text.indexOf(word));
  return span(source, start, start + word.length);
}

/** A value with a place. */
export function located<T>(value: T, word = "router"): Located<T> {
  return { value, span: at(word) };
}

/** An address from its text. Throws where it is none. */
export function address(text: string): Address {
  const value = parseAddress(text);
  if (value === undefined) throw new Error(`${text} is no address`);
  return value;
}

/** An address with its length. */
export function interfaceAddress(text: string): InterfaceAddress {
  const [host = "", length = ""] = text.split("/");
  return { address: address(host), length: Number(length) };
}

/** The prefix around an address with a length. */
export function prefix(text: string): Prefix {
  const { address: host, length } = interfaceAddress(text);
  return prefixOf(host, length);
}

/** The set of prefixes and single addresses. */
export function addresses(...texts: readonly string[]): AddressSet {
  return AddressSet.unionAll(
    texts.map((text) => (text.includes("/") ? AddressSet.ofPrefix(prefix(text)) : AddressSet.ofAddress(address(text)))),
  );
}

/** A router of ours, Junos unless said otherwise. */
export function router(name: string, loopback: readonly string[], more: Partial<Router> = {}): Router {
  return {
    path: name,
    name,
    span: at(name),
    os: "junos",
    loopbacks: loopback.map((text) => located(address(text), name)),
    asn: located(64520, name),
    routeReflector: false,
    vpnSessions: "managed",
    management: [],
    ...more,
  };
}

/** A segment with its number. */
export function domain(name: string, number: number, more: Partial<DomainDesign> = {}): DomainDesign {
  return {
    domain: name,
    kind: "segment",
    number,
    vrf: name,
    routeTarget: `64520:${number}`,
    sources: [at(name)],
    ...more,
  };
}

const OWN: RouteCause = { kind: "own" };

/** `10.1.0.0/24` or `10.1.0.0/16..24`. */
export function announced(site: string, text: string, cause: RouteCause = OWN): Announcement {
  const [base = "", upTo] = text.split("..");
  return {
    prefix: prefix(base),
    ...(upTo === undefined ? {} : { upTo: Number(upTo) }),
    cause,
    site,
    sources: [at(site)],
  };
}

/** A route of an instance. */
export function route(site: string, text: string, origin: Route["origin"], cause: RouteCause = OWN): Route {
  return { ...announced(site, text, cause), origin };
}

/** Attached at the router. */
export const fromLan = (attachment: string): Route["origin"] => ({ kind: "attachment", attachment });
/** Learned over a circuit. */
export const fromCircuit = (circuit: string): Route["origin"] => ({ kind: "circuit", circuit });
/** Learned from other routers of the core. */
export const fromCore: Route["origin"] = { kind: "core" };

/** A routing instance at a router. */
export function instance(segment: string, place: string, rd: string, routes: readonly Route[]): RoutingInstance {
  return {
    id: `${segment}@${place}`,
    domain: segment,
    place: { kind: "router", name: place },
    role: "main",
    routeDistinguisher: rd,
    routes,
  };
}

/** A LAN in texts. */
export interface LanInput {
  readonly path: string;
  readonly segment: string;
  readonly prefixes: readonly string[];
  readonly gateways?: readonly string[];
  readonly nextHops?: readonly string[];
  readonly dhcpRelay?: readonly string[];
  readonly mtu?: number;
  readonly parts?: readonly string[];
  readonly vrrpGroup?: number;
  /** `chi xe-0/0/3 310 10.31.0.1/24`: router, port, VLAN (`-` for none, `20.310` for two), own addresses. */
  readonly attach: readonly string[];
}

function attachment(text: string): LanAttachment {
  const [name = "", port = "", tags = "-", ...own] = text.split(" ");
  const [outer, inner] = tags.includes(".") ? tags.split(".") : [undefined, tags];
  return {
    router: name,
    interface: located(port, name),
    ...(inner === undefined || inner === "-" ? {} : { vlan: located(Number(inner), name) }),
    ...(outer === undefined ? {} : { outerVlan: located(Number(outer), name) }),
    addresses: own.map((one) => located(interfaceAddress(one), name)),
    span: at(name),
  };
}

/** The design of a LAN. */
export function lan(input: LanInput): LanAttachmentDesign {
  const prefixes = input.prefixes.map(prefix);
  const attachments = input.attach.map(attachment);
  const network: Network = {
    path: input.path,
    name: input.path,
    span: at(input.path),
    domain: input.segment,
    place: { kind: "router", name: attachments[0]?.router ?? "" },
    placeSpan: at(input.path),
    cidrs: prefixes.map((one) => located(one, input.path)),
    labels: new Map(),
    subnets: [],
    hosts: [],
  };
  return {
    kind: "lan",
    id: input.path,
    network,
    domain: input.segment,
    prefixes,
    gateways: (input.gateways ?? []).map(address),
    nextHops: (input.nextHops ?? []).map(address),
    dhcpRelay: (input.dhcpRelay ?? []).map(address),
    ...(input.mtu === undefined ? {} : { mtu: input.mtu }),
    attachments,
    parts: (input.parts ?? []).map(prefix),
    ...(input.vrrpGroup === undefined ? {} : { vrrpGroup: input.vrrpGroup }),
    sources: [at(input.path)],
  };
}

/** A circuit in texts. */
export interface CircuitInput {
  readonly link: string;
  readonly segment: string;
  readonly kind?: Circuit["kind"];
  /** `router:chi xe-0/0/2 64520` or `cloud:use1 - 64601`: place, port, ASN. */
  readonly ends: readonly [string, string];
  readonly announces: readonly [readonly Announcement[], readonly Announcement[]];
  /** `169.254.1.1/30 169.254.1.2/30`, or `provider:6`. */
  readonly addressing: readonly string[];
  readonly vlan?: number;
  readonly outerVlan?: number;
  readonly routing?: "bgp" | "static";
  readonly nextHops?: readonly string[];
  readonly mtu?: number;
  readonly bfd?: number;
  readonly md5?: string;
  readonly maxPrefixes?: number;
  readonly preference?: number;
}

/** The design of a circuit. */
export function circuit(input: CircuitInput): Circuit {
  const ends = input.ends.map((text, index) => {
    const [who = "", port = "-", asn = "-"] = text.split(" ");
    const [kind = "", name = ""] = who.split(":");
    const place = { kind, name } as PlaceRef;
    return {
      place,
      ...(port === "-" ? {} : { interface: port }),
      ...(asn === "-" ? {} : { asn: Number(asn) }),
      announces: input.announces[index] ?? [],
    };
  });
  const [first, second] = ends;
  if (first === undefined || second === undefined) throw new Error("a circuit has two ends");
  const carries: Carries = { domain: input.segment, span: at(input.link), addresses: [], announce: new Map() };
  const link: Link = {
    path: input.link,
    name: input.link,
    span: at(input.link),
    kind: input.kind ?? "direct-connect",
    ends: [
      { place: first.place, span: at(input.link) },
      { place: second.place, span: at(input.link) },
    ],
    hosted: false,
    partner: false,
    preference: input.preference ?? 100,
    carries: [carries],
  };
  return {
    id: `${input.link}/${input.segment}`,
    link,
    carries,
    kind: input.kind ?? "direct-connect",
    domain: input.segment,
    ends: [first, second],
    ...(input.vlan === undefined ? {} : { vlan: input.vlan }),
    ...(input.outerVlan === undefined ? {} : { outerVlan: input.outerVlan }),
    addressing: input.addressing.map((text) => {
      if (text.startsWith("provider:")) return { family: text.endsWith("6") ? 6 : 4, kind: "provider" } as const;
      const [one = "", other = ""] = text.split(" ");
      const pair = [interfaceAddress(one), interfaceAddress(other)] as const;
      return { family: pair[0].address.family, kind: "given", ends: pair } as const;
    }),
    tunnels: [],
    routing: input.routing ?? "bgp",
    nextHops: (input.nextHops ?? []).map(address),
    mtu: input.mtu ?? 1500,
    ...(input.bfd === undefined ? {} : { bfd: input.bfd }),
    ...(input.md5 === undefined ? {} : { md5: { name: input.md5 } }),
    ...(input.maxPrefixes === undefined ? {} : { maxPrefixes: input.maxPrefixes }),
    preference: input.preference ?? 100,
    sources: [at(input.link)],
  };
}

/** A filter entry of both families. */
export interface EntryInput {
  readonly rule: string;
  readonly kind?: FilterEntry["kind"];
  /** `prod -> pci`. */
  readonly domains: string;
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
  readonly log?: boolean;
}

/** One entry a family that both sides have. */
export function entries(input: EntryInput): readonly FilterEntry[] {
  const [sourceDomain = "", destinationDomain = ""] = input.domains.split(" -> ");
  return ([4, 6] as const).flatMap((family): readonly FilterEntry[] => {
    const from = input.source.family(family);
    const to = input.destination.family(family);
    if (from.isEmpty() || to.isEmpty()) return [];
    return [
      {
        rule: input.rule,
        kind: input.kind ?? "flow",
        sourceDomain,
        destinationDomain,
        family,
        source: from,
        destination: to,
        service: input.service,
        log: input.log ?? false,
        sources: [at("policy shop")],
      },
    ];
  });
}

/** An enforcement point of a router. */
export interface PointInput {
  readonly router: string;
  readonly lan?: string;
  readonly circuit?: string;
  readonly segment: string;
  readonly sources: AddressSet;
  readonly own: AddressSet;
  readonly entries?: readonly (readonly FilterEntry[])[];
  readonly prologue?: readonly Prologue[];
  readonly management?: readonly string[];
  readonly families?: readonly (4 | 6)[];
}

/** The design of a point. */
export function point(input: PointInput): EnforcementPoint {
  const { lan: lanPath, circuit: circuitId } = input;
  return {
    id: `${lanPath ?? circuitId ?? ""}@${input.router}/in`,
    place: { kind: "router", name: input.router },
    attachment:
      lanPath === undefined
        ? { kind: "circuit", circuit: circuitId ?? "", router: input.router }
        : { kind: "lan", lan: lanPath, router: input.router },
    domain: input.segment,
    direction: "in",
    state: "stateless",
    entries: (input.entries ?? []).flat(),
    sourceCheck: input.sources,
    prologue: input.prologue ?? [],
    ownAddresses: input.own,
    management: (input.management ?? []).map(prefix),
    families: input.families ?? [4],
  };
}

/** A design with these parts; everything else is empty. */
export function design(parts: Partial<Omit<Design, "estate">> & { readonly routers: readonly Router[] }): Design {
  const { routers, ...rest } = parts;
  const estate: Estate = {
    name: "acme",
    segments: [],
    clouds: [],
    routers,
    externals: [],
    networks: [],
    links: [],
    services: [],
    groups: [],
    policies: [],
    invariants: [],
    holdings: [],
    omitted: { any: false, routing: false },
  };
  return {
    estate,
    domains: [],
    instances: [],
    attachments: [],
    circuits: [],
    cores: [],
    leaks: [],
    rules: new Map(),
    cloudAsns: new Map(),
    gatewayAsns: new Map(),
    azure: { hubPrefixes: new Map(), wanHomes: new Map(), priorities: new Map() },
    externals: [],
    axioms: [],
    ...rest,
    points: (rest.points ?? []).map((one) => closeRouters(one, rest.attachments ?? [])),
  };
}

/** The point with what routers own on the LANs of its domain, and with the coarse sides that this allows. */
function closeRouters(one: EnforcementPoint, attachments: Design["attachments"]): EnforcementPoint {
  const lans = attachments.flatMap((each) => (each.kind === "lan" ? [each] : []));
  const { attachment: at } = one;
  const own = lans.find((lan) => at.kind === "lan" && lan.id === at.lan);
  const closed = {
    ...(own === undefined ? {} : { ownSources: routerOwned(own) }),
    ownAddresses: one.ownAddresses,
    routerAddresses: AddressSet.unionAll([
      one.ownAddresses,
      ...lans.filter(({ domain }) => domain === one.domain).map(routerOwned),
    ]),
  };
  const entries = one.entries.map((entry) => ({
    ...entry,
    coarse: closedSides(closed, entry.source, entry.destination),
  }));
  return { ...one, ...closed, entries };
}
