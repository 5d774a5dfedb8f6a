/**
 * The design: what every target lowers from. Vendor-neutral, all numbers allocated, each part with its sources.
 *
 * Nothing below looks at syntax. Lists are in canonical order (by id). Ids are stable: they derive from names and rule
 * identities, never from positions.
 */
import type { Address, Family, InterfaceAddress, Prefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import type { Axiom } from "../model/axiom.js";
import type {
  Carries,
  DomainId,
  Estate,
  External,
  LanAttachment,
  Link,
  LinkKind,
  Network,
  PlaceRef,
  Secret,
  Subnet,
} from "../model/estate.js";
import type { MeetingPlace } from "../model/meeting-place.js";
import type { AddressSet } from "../sets/address-set.js";
import type { ServiceSet } from "../sets/service-set.js";
import type { Accepted } from "./accepted.js";

/** A routing domain with its allocated number. */
export interface DomainDesign {
  readonly domain: DomainId;
  readonly kind: "segment";
  /** VRF number, 1 to 65535. */
  readonly number: number;
  readonly vrf: string;
  /** `ASN:number`; absent where the estate has no ASN and no router needs one. */
  readonly routeTarget?: string;
  readonly sources: readonly Span[];
}

/** Why a prefix is present in a domain. `share` and `return` name the share's id. */
export type RouteCause =
  | { readonly kind: "own" }
  | { readonly kind: "share"; readonly share: string; readonly domain: DomainId }
  | { readonly kind: "return"; readonly share: string; readonly domain: DomainId }
  | { readonly kind: "surplus"; readonly share: string; readonly domain: DomainId };

/** Where a route of an instance comes from. */
export type RouteOrigin =
  /** A network or LAN attached at this place (path of the network, or of the subnet where that is the LAN). */
  | { readonly kind: "attachment"; readonly attachment: string }
  /** Learned over a circuit. */
  | { readonly kind: "circuit"; readonly circuit: string }
  /** Learned from other routers of the core. */
  | { readonly kind: "core" }
  /** Joined natively inside a fabric (another cloud of one provider and account). */
  | { readonly kind: "fabric"; readonly cloud: string }
  /** Leaked at this place from another domain's instance, where it has `origin`. */
  | { readonly kind: "leak"; readonly domain: DomainId; readonly origin: RouteOrigin };

/** One route of an instance, or several: what an external may announce. */
export interface Route extends Accepted {
  readonly cause: RouteCause;
  readonly origin: RouteOrigin;
  /** Path of the network or external that owns the prefix. */
  readonly site: string;
  readonly sources: readonly Span[];
}

/**
 * A routing domain at a place: a VRF on a router, a transit-gateway route table at a cloud. Keyed (domain, place, role);
 * edition 1 has the one role `main`.
 */
export interface RoutingInstance {
  /** `prod@chi`. */
  readonly id: string;
  readonly domain: DomainId;
  readonly place: PlaceRef;
  readonly role: "main";
  /** `<loopback>:<number>` at a router of ours. */
  readonly routeDistinguisher?: string;
  /** Sorted by prefix, cause, origin. */
  readonly routes: readonly Route[];
}

/** A network at a cloud. Its subnets are in `network.subnets`, each with the zone letter given or allocated. */
export interface CloudAttachment {
  readonly kind: "cloud-network";
  /** Path of the network. */
  readonly id: string;
  readonly network: Network;
  readonly cloud: string;
  readonly domain: DomainId;
  /** Zone letter by subnet path. */
  readonly zones: ReadonlyMap<string, string>;
}

/** A network or subnet on interfaces of routers of ours. */
export interface LanAttachmentDesign {
  readonly kind: "lan";
  /** Path of the network or subnet. */
  readonly id: string;
  readonly network: Network;
  readonly subnet?: Subnet;
  readonly domain: DomainId;
  readonly prefixes: readonly Prefix[];
  readonly gateways: readonly Address[];
  readonly nextHops: readonly Address[];
  readonly dhcpRelay: readonly Address[];
  readonly mtu?: number;
  readonly attachments: readonly LanAttachment[];
  /**
   * Parts of the LAN that are shared or returned and announced as prefixes of their own beside the LAN's: each gets a
   * route on the LAN interface.
   */
  readonly parts: readonly Prefix[];
  /** VRRP group (1 to 255) where several routers attach. */
  readonly vrrpGroup?: number;
  readonly sources: readonly Span[];
}

/** A network at an unmanaged router: addresses that exist and that nobody configures here. */
export interface RemoteAttachment {
  readonly kind: "remote";
  readonly id: string;
  readonly network: Network;
  readonly router: string;
  readonly domain: DomainId;
}

/** Anything with endpoints that attaches to a place. */
export type Attachment = CloudAttachment | LanAttachmentDesign | RemoteAttachment;

/** A prefix (and, with `upTo`, longer ones inside it) that an end announces, and why. */
export interface Announcement extends Accepted {
  readonly cause: RouteCause;
  readonly site: string;
  readonly sources: readonly Span[];
}

/** The addresses of a circuit or tunnel in one family. */
export type Addressing =
  | {
      readonly family: Family;
      readonly kind: "given" | "allocated";
      readonly ends: readonly [InterfaceAddress, InterfaceAddress];
    }
  /** Chosen by the provider at apply time: AWS Direct Connect in IPv6. */
  | { readonly family: Family; readonly kind: "provider" };

/** One end of a circuit: its place, ASN and what it announces. */
export interface CircuitEnd {
  readonly place: PlaceRef;
  /** Interface of a router of ours. */
  readonly interface?: string;
  /** ASN this end speaks with on this circuit; absent where routes are static. */
  readonly asn?: number;
  /** What this end announces to the other: the other end accepts exactly these. Sorted by prefix. */
  readonly announces: readonly Announcement[];
}

/** One IPsec tunnel of a circuit. */
export interface Tunnel {
  readonly index: number;
  readonly addressing: readonly Addressing[];
  readonly psk: Secret;
}

/** One link carrying one segment: a sub-interface pair, a virtual interface, a set of tunnels. */
export interface Circuit {
  /** `<link>/<segment>`. */
  readonly id: string;
  readonly link: Link;
  readonly carries: Carries;
  readonly kind: Exclude<LinkKind, "mpls">;
  readonly domain: DomainId;
  readonly ends: readonly [CircuitEnd, CircuitEnd];
  readonly vlan?: number;
  readonly outerVlan?: number;
  /** Empty for ipsec, where each tunnel has its own. */
  readonly addressing: readonly Addressing[];
  readonly tunnels: readonly Tunnel[];
  readonly routing: "bgp" | "static";
  /** Far next hops by family where routes are static. */
  readonly nextHops: readonly Address[];
  readonly mtu: number;
  readonly bandwidth?: number;
  /** Milliseconds. */
  readonly bfd?: number;
  readonly md5?: Secret;
  readonly maxPrefixes?: number;
  /** Higher wins, both directions; 100 by default. */
  readonly preference: number;
  readonly sources: readonly Span[];
}

/** Routers of ours joined by `mpls` links: one L3VPN, one meeting place. */
export interface Core {
  /** Name of its first router. */
  readonly id: string;
  readonly routers: readonly string[];
  readonly asn: number;
  /** Routers that reflect; empty: full mesh. */
  readonly reflectors: readonly string[];
  readonly links: readonly string[];
}

/** A prefix that a meeting place leaks beyond the share: reported, and cut by the filter plane. */
export interface Surplus extends Announcement {
  /** The domain it becomes visible in. */
  readonly into: DomainId;
}

/** A share realised at one meeting place for one pair of domains. */
export interface Leak {
  /** `<share id>@<meeting>`. */
  readonly id: string;
  readonly share: string;
  /** The share's domain (whose endpoints are shared) and the domain it is shared with. */
  readonly from: DomainId;
  readonly to: DomainId;
  readonly meeting: MeetingPlace;
  /** Prefixes of `from` made routable from `to`. */
  readonly shared: readonly Announcement[];
  /** Prefixes of `to` that replies return to. */
  readonly returned: readonly Announcement[];
  readonly surplus: readonly Surplus[];
  /** Route targets at a core or router: numbers from the lock. */
  readonly sharedTarget?: string;
  readonly returnedTarget?: string;
  readonly sources: readonly Span[];
}

/** One direction of one rule at one point: an exact product set. */
export interface FilterEntry {
  /** Rule identity. */
  readonly rule: string;
  /** `flow` opens; `reply` lets the answers of a flow opened the other way through a stateless point. */
  readonly kind: "flow" | "reply";
  readonly sourceDomain: DomainId;
  readonly destinationDomain: DomainId;
  readonly family: Family;
  /** Source and destination of the packet at this point (for a reply: of the reply). */
  readonly source: AddressSet;
  readonly destination: AddressSet;
  /**
   * The sides with router-owned addresses of LANs filled in where they border: shorter to say. At a stateful point that
   * is safe because the routers' own points close their addresses. A stateless point fills its source with `ownSources`
   * and its destination with `routerAddresses` only: whoever emits these sides must discard both ahead of the rules, so
   * that no packet with such a source or destination comes as far as a rule.
   */
  readonly coarse?: { readonly source: AddressSet; readonly destination: AddressSet };
  /** For a flow the services opened; for a reply the services of the flow it answers (now at the source port). */
  readonly service: ServiceSet;
  readonly log: boolean;
  readonly sources: readonly Span[];
}

/** What the control plane needs at a stateless point, ahead of every rule. */
export type Prologue =
  | { readonly kind: "neighbour-discovery" }
  | { readonly kind: "echo"; readonly to: readonly Address[] }
  /**
   * Without `relays` the point is the relayed LAN: its clients ask. With `relays` the servers lie behind the point and
   * answer to these addresses of routers.
   */
  | { readonly kind: "dhcp"; readonly servers: readonly Address[]; readonly relays?: readonly Address[] }
  /** The relays lie behind the point (a link) and ask these servers. */
  | { readonly kind: "dhcp-requests"; readonly servers: readonly Address[]; readonly relays: readonly Address[] }
  | { readonly kind: "vrrp"; readonly peers: readonly Address[] }
  | { readonly kind: "bgp"; readonly family: Family; readonly local: Address; readonly peer: Address }
  | { readonly kind: "bfd"; readonly family: Family; readonly local: Address; readonly peer: Address };

/**
 * A place where packets are filtered. The verdict folds over the points of a path; a point nobody renders, or that is
 * an axiom, says so.
 */
export interface EnforcementPoint {
  /** `shop.web/in`, `floor@ash/in`, `dx/prod@chi/in`. */
  readonly id: string;
  readonly place: PlaceRef;
  readonly attachment:
    | { readonly kind: "subnet"; readonly network: string; readonly subnet: string }
    | { readonly kind: "lan"; readonly lan: string; readonly router: string }
    | { readonly kind: "circuit"; readonly circuit: string; readonly router: string };
  readonly domain: DomainId;
  readonly direction: "in" | "out";
  /** Stateful points admit replies by state; stateless ones need reply entries. */
  readonly state: "stateful" | "stateless";
  readonly entries: readonly FilterEntry[];
  /** What may be the source of a packet here; absent where the provider checks. */
  readonly sourceCheck?: AddressSet;
  readonly prologue: readonly Prologue[];
  /**
   * At a LAN what routers own inside its prefixes (gateways, the addresses of every attached router): no host has them, so
   * behind the prologue, which is all that routers say to each other there, packets with such a source are discarded.
   */
  readonly ownSources?: AddressSet;
  /** Addresses of this router that packets routed from here could reach; `management` keeps access to them. */
  readonly ownAddresses: AddressSet;
  /**
   * `ownAddresses` and those of LANs at other routers that packets could be routed to: closed as destinations ahead of the
   * rules, since a router's own addresses are no endpoints. Absent: `ownAddresses`.
   */
  readonly routerAddresses?: AddressSet;
  /** Prefixes that keep access to the router's own addresses (an axiom): those that may arrive at this point. */
  readonly management: readonly Prefix[];
  /** Families that exist at this point; the other family gets a filter that drops everything. */
  readonly families: readonly Family[];
}

/** A rule as artefacts refer to it. */
export interface RuleRecord {
  readonly id: string;
  readonly policy: string;
  readonly text: string;
  readonly log: boolean;
  readonly because?: string;
  readonly doc?: string;
  readonly span: Span;
}

/** What the lock file keeps for Azure. */
export interface AzureNumbers {
  /** Prefix of the virtual hub by `<cloud>/<segment>`; absent where `hub-cidr` has no room. */
  readonly hubPrefixes: ReadonlyMap<string, Prefix>;
  /** Cloud that the virtual WAN of a segment lies at, by `<subscription>/<segment>` (the cloud's name where it has none). */
  readonly wanHomes: ReadonlyMap<string, string>;
  /** Priority of each line of a network security group, by point and then by the key of the line. */
  readonly priorities: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** The whole design of an estate, handed to every target. */
export interface Design {
  readonly estate: Estate;
  readonly domains: readonly DomainDesign[];
  readonly instances: readonly RoutingInstance[];
  readonly attachments: readonly Attachment[];
  readonly circuits: readonly Circuit[];
  readonly cores: readonly Core[];
  readonly leaks: readonly Leak[];
  readonly points: readonly EnforcementPoint[];
  readonly rules: ReadonlyMap<string, RuleRecord>;
  /** ASN of each cloud that speaks BGP, by name: the written one or an allocated one. */
  readonly cloudAsns: ReadonlyMap<string, number>;
  /** ASN of the Direct Connect gateway by `<cloud>/<segment>`. */
  readonly gatewayAsns: ReadonlyMap<string, number>;
  readonly azure: AzureNumbers;
  readonly externals: readonly External[];
  readonly axioms: readonly Axiom[];
}
