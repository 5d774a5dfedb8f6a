/**
 * The estate: the typed, immutable, span-carrying model that the checker makes of a package.
 *
 * Everything here has been checked: references resolve, values are in range, prefixes have clear host bits. A faulty
 * declaration is left out, and `omitted` says so, because some judgements must then be withheld. Lists are sorted by name.
 * Addresses, prefixes and sets are those of `grammar/address.ts` and `compiler/sets/`.
 */
import type { Address, Family, InterfaceAddress, Prefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import type { AddressSet } from "../sets/address-set.js";
import type { ServiceSet } from "../sets/service-set.js";
import type { EndpointSet } from "./endpoint-set.js";

/** A value with the place it was written at. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

/** What every declaration has. `path` is the dotted name by which the source refers to it (`shop.web`). */
export interface Declared {
  readonly path: string;
  readonly name: string;
  /** The name in its declaration: where a fault about the whole thing is shown. */
  readonly span: Span;
  /** `description` where it is given, else the doc comment, of which each line is one line. */
  readonly doc?: string;
}

/** A reference to a secret by name; no value of a secret is ever held. */
export interface Secret {
  readonly name: string;
}

/**
 * A routing domain: the key under which addresses are unique. Only segments are domains in edition 1; the name of a
 * domain is then the name of its segment.
 */
export type DomainId = string;

/** A segment: a routing domain with its VRF facts. */
export interface Segment extends Declared {
  readonly owner?: Located<string>;
  readonly description?: Located<string>;
  /** Pins the VRF number (1 to 65535). */
  readonly number?: Located<number>;
  /** VRF name; `span` is the segment's name where defaulted. */
  readonly vrf: Located<string>;
  /** Route target `ASN:number` or `IPv4:number`; absent: the estate's ASN and the segment's number. */
  readonly routeTarget?: Located<string>;
}

interface CloudBase extends Declared {
  readonly region: Located<string>;
  readonly asn?: Located<number>;
  /** AWS account, Azure subscription or GCP project; clouds without one are accounts of their own. */
  readonly account?: Located<string>;
  /** Id of the hub to use instead of creating one. */
  readonly existing?: Located<string>;
}

/** An AWS region of one account, with its hub. */
export interface AwsCloud extends CloudBase {
  readonly provider: "aws";
  readonly hub: "transit-gateway" | "cloud-wan";
  readonly gatewayAsns: ReadonlyMap<DomainId, Located<number>>;
  readonly ipv6Pool?: Located<string>;
  /** Destination of flow logs (an ARN); absent: none are emitted. */
  readonly flowLogs?: Located<string>;
}

/** An Azure region of one subscription, with its hub. */
export interface AzureCloud extends CloudBase {
  readonly provider: "azure";
  readonly hubCidr: Located<Prefix>;
  readonly resourceGroup?: Located<string>;
  readonly flowLogs?: Located<string>;
}

/** A GCP region of one project. */
export interface GcpCloud extends CloudBase {
  readonly provider: "gcp";
  readonly sharedVpcHost?: Located<string>;
}

/** A cloud place; `provider` tells which. */
export type Cloud = AwsCloud | AzureCloud | GcpCloud;

/** Operating system of a router; `unmanaged` is run by somebody else. */
export type RouterOs = "junos" | "iosxr" | "sros" | "eos" | "frr" | "unmanaged";

/** A router of ours, or an unmanaged one. */
export interface Router extends Declared {
  readonly os: RouterOs;
  /** One per family at most; none where unmanaged. */
  readonly loopbacks: readonly Located<Address>[];
  /** The router's own ASN, else the estate's; absent where neither is written. */
  readonly asn?: Located<number>;
  readonly site?: Located<string>;
  readonly loopbackInterface?: Located<string>;
  readonly routeReflector: boolean;
  readonly vpnSessions: "managed" | "existing";
  readonly management: readonly Located<Prefix>[];
}

/** Labels by name, with where each value was written. */
export type Labels = ReadonlyMap<string, Located<string>>;

/** A host: one endpoint per family with a name. */
export interface Host extends Declared {
  readonly addresses: readonly Located<Address>[];
  /** Its own labels only; merged ones are on the holding. */
  readonly labels: Labels;
}

/** A place that we do not manage and that owns addresses. */
export interface External extends Declared {
  readonly domain: DomainId;
  readonly cidrs: readonly Located<Prefix>[];
  readonly summary: boolean;
  /** Absent: static routes both ways. */
  readonly asn?: Located<number>;
  readonly nextHops: readonly Located<Address>[];
  readonly labels: Labels;
  readonly description?: Located<string>;
  readonly hosts: readonly Host[];
}

/** Where one router joins a LAN. */
export interface LanAttachment {
  readonly router: string;
  readonly interface: Located<string>;
  readonly vlan?: Located<number>;
  readonly outerVlan?: Located<number>;
  /** The router's own addresses: written where the LAN has a `next-hop` or several routers, else the gateways. */
  readonly addresses: readonly Located<InterfaceAddress>[];
  readonly span: Span;
}

/** The interface side of a network or subnet at a router of ours. */
export interface Lan {
  /** Addresses that hosts use as gateway, one per prefix; the VRRP addresses where several routers attach. Empty with `nextHops`. */
  readonly gateways: readonly Located<Address>[];
  /** The prefixes lie behind these; then the LAN's own prefixes are not connected here. */
  readonly nextHops: readonly Located<Address>[];
  readonly dhcpRelay: readonly Located<Address>[];
  readonly mtu?: Located<number>;
  /** The `at` router first; more than one where `attach` is used. */
  readonly attachments: readonly LanAttachment[];
}

/** A part of a network. */
export interface Subnet extends Declared {
  readonly cidrs: readonly Located<Prefix>[];
  readonly zone?: Located<string>;
  readonly labels: Labels;
  readonly existing?: Located<string>;
  readonly routeTable?: Located<string>;
  readonly healthProbes?: Located<ServiceSet>;
  readonly hosts: readonly Host[];
  /** Present at a router of ours. */
  readonly lan?: Lan;
}

/** A cloud, a router (managed or not) or an external, by name. */
export interface PlaceRef {
  readonly kind: "cloud" | "router" | "external";
  readonly name: string;
}

/** A network: a VPC, VNet, set of subnets or LAN, in one domain at one place. */
export interface Network extends Declared {
  readonly domain: DomainId;
  readonly place: PlaceRef;
  readonly placeSpan: Span;
  readonly cidrs: readonly Located<Prefix>[];
  readonly labels: Labels;
  readonly description?: Located<string>;
  /** Account, subscription or project where it differs from the cloud's. */
  readonly account?: Located<string>;
  readonly existing?: Located<string>;
  readonly subnets: readonly Subnet[];
  /** Hosts of a network without subnets. */
  readonly hosts: readonly Host[];
  /** Present at a router of ours, where the network has no subnets. */
  readonly lan?: Lan;
}

/** Kinds of link (language.md §5). */
export type LinkKind = "direct-connect" | "express-route" | "interconnect" | "ipsec" | "handoff" | "mpls";

/** One end of a link. */
export interface LinkEnd {
  readonly place: PlaceRef;
  readonly span: Span;
  /** Present at a router of ours, except on `mpls` and `ipsec`. */
  readonly interface?: Located<string>;
}

/** What an `ipsec` link says beyond the common properties. */
export interface IpsecOptions {
  /** Of our router (of the first-named where both ends are ours). */
  readonly public: readonly Located<Address>[];
  readonly peerPublic: readonly Located<Address>[];
  readonly wanInterface?: Located<string>;
  readonly wanVrf?: Located<string>;
  readonly psk: readonly Located<Secret>[];
  /** Proposal overrides, by key (`encryption`, `integrity`, `dh-group`, `lifetime`, …). */
  readonly ike: ReadonlyMap<string, Located<string | number>>;
}

/** A pair of interface addresses in `between` order. */
export interface AddressPair {
  readonly family: Family;
  readonly ends: readonly [InterfaceAddress, InterfaceAddress];
  readonly span: Span;
}

/** One segment on a link. */
export interface Carries {
  readonly domain: DomainId;
  readonly span: Span;
  readonly vlan?: Located<number>;
  readonly outerVlan?: Located<number>;
  /** Written ones, at most one per family; the design allocates the rest. */
  readonly addresses: readonly AddressPair[];
  readonly circuit?: Located<string>;
  readonly path?: Located<"primary" | "secondary">;
  /** Bits per second. */
  readonly bandwidth?: Located<number>;
  readonly maxPrefixes?: Located<number>;
  /** By the name of the end that announces. */
  readonly announce: ReadonlyMap<string, readonly Located<Prefix>[]>;
  readonly md5?: Located<Secret>;
}

/** A link between two places. */
export interface Link extends Declared {
  readonly kind: LinkKind;
  readonly ends: readonly [LinkEnd, LinkEnd];
  /** Bits per second. */
  readonly bandwidth?: Located<number>;
  readonly connection?: Located<string>;
  readonly hosted: boolean;
  readonly partner: boolean;
  readonly edgeDomain?: Located<number>;
  readonly preference: number;
  readonly localAsn?: Located<number>;
  readonly mtu?: Located<number>;
  /** Milliseconds. */
  readonly bfd?: Located<number>;
  readonly md5?: Located<Secret>;
  readonly ipsec?: IpsecOptions;
  /** Sorted by domain; empty on `mpls`, which carries every segment. */
  readonly carries: readonly Carries[];
}

/** A calendar day in UTC; valid through its end. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** One direction of opening. */
export interface RuleFlow {
  readonly source: EndpointSet;
  readonly destination: EndpointSet;
  readonly sourceSpan: Span;
  readonly destinationSpan: Span;
}

/** What rules, shares and invariants have. `id` is the rule identity of language.md §8 (`shop-9c41d07e`). */
interface Statement {
  readonly id: string;
  /** Name of the policy; absent for an invariant at top level. */
  readonly policy?: string;
  readonly span: Span;
  readonly because?: Located<string>;
  readonly doc?: string;
}

/** An unexpired `allow`. */
export interface AllowRule extends Statement {
  readonly policy: string;
  /** One, or two for `<->`. */
  readonly flows: readonly RuleFlow[];
  readonly service: ServiceSet;
  readonly serviceSpan: Span;
  readonly log: boolean;
  readonly until?: Located<Day>;
  /** Canonical text `source -> destination on service`, for descriptions and messages. */
  readonly text: string;
}

/** An unexpired `share`. */
export interface ShareStatement extends Statement {
  readonly policy: string;
  readonly what: EndpointSet;
  readonly whatSpan: Span;
  readonly with: readonly Located<DomainId>[];
  /** Meeting places that may be used; empty: the compiler chooses. */
  readonly at: readonly Located<PlaceRef>[];
  readonly until?: Located<Day>;
  readonly text: string;
}

/** A `never` or `always`. */
export interface InvariantStatement extends Statement {
  readonly kind: "never" | "always";
  /** One, or two for `<->`; none where a side of a `never` is a segment without endpoints, so that it holds. */
  readonly flows: readonly RuleFlow[];
  readonly service: ServiceSet;
  readonly serviceSpan: Span;
  /** Canonical text, for messages and reports. */
  readonly text: string;
}

/** A policy with its sound rules and shares. */
export interface Policy extends Declared {
  readonly owner?: Located<string>;
  readonly ticket?: Located<string>;
  readonly description?: Located<string>;
  readonly rules: readonly AllowRule[];
  readonly shares: readonly ShareStatement[];
}

/** A named service or group, evaluated. */
export interface NamedService extends Declared {
  readonly service: ServiceSet;
}

/** A group, evaluated. */
export interface NamedGroup extends Declared {
  readonly endpoints: EndpointSet;
}

/**
 * The innermost declaration that owns endpoints: a host, a subnet, a network without subnets, or an external. The
 * holdings of a domain are disjoint, so that labels and names of an address are found in exactly one.
 */
export interface Holding {
  readonly kind: "host" | "subnet" | "network" | "external";
  /** Dotted path (`floor.orders`). */
  readonly path: string;
  readonly domain: DomainId;
  /** Path of its site: the subnet where that is a LAN at a router of ours, else its network or external. */
  readonly site: string;
  /** Its addresses less those of hosts inside and of router-owned gateways; for a summary, less longer prefixes of the segment. */
  readonly addresses: AddressSet;
  /** Merged inwards: the inner value of a label wins. */
  readonly labels: ReadonlyMap<string, string>;
  readonly span: Span;
}

/** The `estate` declaration. */
export interface EstateHeader extends Declared {
  readonly asn?: Located<number>;
  readonly owner?: Located<string>;
  readonly tags: ReadonlyMap<string, Located<string>>;
  /** Pools of link addresses as written; empty: the defaults of language.md §5. */
  readonly linkAddresses: readonly Located<Prefix>[];
}

/** What was left out as faulty or expired, so that judgements which need it are withheld. */
export interface Omissions {
  /** Anything at all: every "proved" and every `always` is withheld. */
  readonly any: boolean;
  /** A link, a place, a network or a share: missing routes are not reported. */
  readonly routing: boolean;
}

/** The checked estate. */
export interface Estate {
  /** `estate` where the package declares none. */
  readonly name: string;
  readonly header?: EstateHeader;
  readonly segments: readonly Segment[];
  readonly clouds: readonly Cloud[];
  readonly routers: readonly Router[];
  readonly externals: readonly External[];
  readonly networks: readonly Network[];
  readonly links: readonly Link[];
  readonly services: readonly NamedService[];
  readonly groups: readonly NamedGroup[];
  readonly policies: readonly Policy[];
  readonly invariants: readonly InvariantStatement[];
  readonly holdings: readonly Holding[];
  readonly omitted: Omissions;
}
