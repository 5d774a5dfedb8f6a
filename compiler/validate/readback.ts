/**
 * What devices would do with a set of files: the neutral form that every reader yields and that validation judges.
 *
 * A reader shares no code with the lowering and printing of its target. It says what the files mean, not what they were
 * meant to mean: evaluation order, implicit rules and defaults of the vendor are spelt out as rules and terms here. What
 * it does not model it refuses, with the place; it never skips.
 *
 * Tables hold routes and hear of others over channels; attachments are where endpoints stand; interfaces and sessions are
 * how a table meets the next device; filters are bound where packets enter or leave. Ids are unique in one readback and
 * begin with the folder of the device or module (`routers/chi/…`, `aws/111122223333/…`), so that readbacks can be joined.
 */
import type { Address, Family, InterfaceAddress, Prefix } from "../../grammar/address.js";
import type { AddressSet } from "../sets/address-set.js";
import type { PrefixSpace } from "./prefix-space.js";

/** A place in an artefact: a JSON pointer in JSON files, else a line from 1. */
export interface ArtefactPlace {
  /** Relative to the output directory. */
  readonly file: string;
  readonly at: string | number;
}

/** Something in a file that the reader does not model, or that contradicts itself: validation is withheld. */
export interface Refusal {
  readonly place: ArtefactPlace;
  /** What stands there, as a person would point at it (`source-port-range-optimize`). */
  readonly what: string;
  /** Why it cannot be judged, lower case, without a full stop. */
  readonly why: string;
}

/** Outcome of reading the files of one target. Counts only where nothing was refused. */
export interface ReadResult {
  readonly readback: Readback;
  /** The files that were read, relative to the output directory. */
  readonly files: readonly string[];
  readonly refusals: readonly Refusal[];
}

/** What the files of one target make their devices do. */
export interface Readback {
  readonly target: string;
  readonly devices: readonly ReadDevice[];
  readonly tables: readonly ReadTable[];
  readonly channels: readonly ReadChannel[];
  readonly interfaces: readonly ReadInterface[];
  readonly attachments: readonly ReadAttachment[];
  readonly filters: readonly ReadFilter[];
  readonly bindings: readonly ReadBinding[];
  /** Things that hold only under an assumption which the files state or need (`a workload takes its subnet's group`). */
  readonly assumptions: readonly ReadAssumption[];
}

/** A router, or one hub or region of an account: what a place of the estate corresponds to. */
export interface ReadDevice {
  readonly id: string;
  /** Folder of its files, `routers/chi`, `aws/111122223333`. */
  readonly folder: string;
  /** The name of the place, where the files tell it (the key of the output `transit_gateway_ids`). */
  readonly place?: string;
  /** Where a folder has several: the provider's region. */
  readonly region?: string;
  readonly at: ArtefactPlace;
}

/** A fact that no file enforces. */
export interface ReadAssumption {
  readonly id: string;
  readonly text: string;
  readonly place: ArtefactPlace;
}

// ---------------------------------------------------------------------------------------------------------- route plane

/** Where a packet goes next. */
export type ReadNext =
  /** Directly to endpoints: an interface of a LAN, the subnets of a network (`ReadAttachment.network`). */
  | { readonly kind: "attached"; readonly to: string }
  /** Into another table of the same device or module (a transit gateway table, a leaked VRF). */
  | { readonly kind: "table"; readonly table: string }
  /** To a neighbour on an interface of this device. */
  | { readonly kind: "neighbour"; readonly interface: string; readonly address: Address }
  /** Over a virtual interface or tunnel whose other side is another device, named by its session. */
  | { readonly kind: "session"; readonly channel: string }
  | { readonly kind: "discard" };

/** A route that the files state themselves: connected, static, a VPC's own. Longest prefix wins; of equals the lower preference. */
export interface ReadRoute {
  readonly prefix: Prefix;
  readonly next: ReadNext;
  /**
   * `connected` exists while its interface does; `static` is typed; `aggregate` stands for others inside it; `provider` comes
   * of itself (a VPC's local route).
   */
  readonly origin: "connected" | "static" | "aggregate" | "provider";
  /** Of several static routes to one prefix the lowest is used, others while it is not; equal ones together. Absent: 0. */
  readonly preference?: number;
  /** `false`: the route is there to be announced only; packets follow what else covers them. */
  readonly forwards?: false;
  /** Of an aggregate: it exists while a longer route of the table, inside it, passes this policy. */
  readonly contributors?: RoutePolicy;
  readonly at: ArtefactPlace;
}

/** Routes whose prefixes no file states: those of a network that exists and that the files only refer to. */
export interface OpaqueRoutes {
  /** The provider's id of the network, or the variable that holds it. */
  readonly of: string;
  /** The path that the outputs give the network, by which the estate knows its prefixes. */
  readonly path?: string;
  readonly next: ReadNext;
  readonly families: readonly Family[];
  readonly at: ArtefactPlace;
}

/**
 * A routing table: a VRF, a VPC route table, a transit gateway route table, a Direct Connect gateway. Of equal prefixes
 * one of `routes` wins over what channels bring.
 */
export interface ReadTable {
  readonly id: string;
  readonly device: string;
  /** The vendor's name, for messages. */
  readonly name: string;
  readonly kind: "vrf" | "network" | "hub" | "gateway";
  readonly routes: readonly ReadRoute[];
  readonly opaque?: readonly OpaqueRoutes[];
  /**
   * How this table takes part in a VPN of routers (RFC 4364): what it exports and with which route targets, what it imports
   * by them; absent where it does not. Tables of one router whose `local` is true exchange routes among themselves too.
   */
  readonly vpn?: {
    readonly distinguisher: string;
    readonly export: RoutePolicy;
    readonly import: RoutePolicy;
    readonly local: boolean;
  };
  readonly at: ArtefactPlace;
}

/** A prefix of a route policy's match, with what follows. First match ends; what no term matches is rejected. */
export interface RoutePolicy {
  readonly name: string;
  readonly terms: readonly RouteTerm[];
  readonly at: ArtefactPlace;
}

/** One term. The reader resolves the vendor's matching rules (longest `route-filter` first, …) into exact sets. */
export interface RouteTerm {
  readonly match: {
    /** Prefixes; absent: all of both families. */
    readonly prefixes?: PrefixSpace;
    /** One list must be wholly carried by the route; absent: any. An empty list of lists matches nothing. */
    readonly communities?: readonly (readonly string[])[];
    /** Where the route came from; absent: anywhere. */
    readonly origins?: readonly ("connected" | "static" | "aggregate" | "bgp" | "vpn")[];
  };
  /** Exact communities, `target:64520:1` or `64520:1`: `set` replaces all, then `remove`, then `add`. */
  readonly communities?: {
    readonly set?: readonly string[];
    readonly remove?: readonly string[];
    readonly add?: readonly string[];
  };
  /** Local preference given, or how often the own ASN is prepended. */
  readonly localPreference?: number;
  readonly prepend?: number;
  /** `next` goes on to the next term with the changes kept. */
  readonly action: "accept" | "reject" | "next";
  readonly at: ArtefactPlace;
}

/**
 * A way for routes between a table and something else. Inside a module (`peer.kind` `table`) routes pass from `peer.table`
 * into `table`. A session has two directions: what the peer says passes `import` into `table`, what the table has passes
 * `export` to the peer.
 */
export interface ReadChannel {
  readonly id: string;
  /** The table; of a `vpn` session the id of the device, whose tables meet there by their route targets. */
  readonly table: string;
  readonly peer:
    | { readonly kind: "table"; readonly table: string }
    | ({ readonly kind: "session" } & ReadSession)
    /** A mesh or reflector session that carries VPN routes between routers. */
    | {
        readonly kind: "vpn";
        readonly local: Address;
        readonly remote: Address;
        readonly families: readonly Family[];
        readonly reflectorClient: boolean;
      };
  /** Absent: everything passes. */
  readonly import?: RoutePolicy;
  /** Absent: everything passes. For a fixed list (`allowed_prefixes`) use `announces`. */
  readonly export?: RoutePolicy;
  /** Prefixes that are announced whatever the table holds. */
  readonly announces?: PrefixSpace;
  /**
   * Sessions: the table that what the peer says goes into, where that is not `table`, in which packets of the peer are
   * looked up and whose routes it is told (a transit gateway's attachment is associated with one table and propagates to
   * others).
   */
  readonly into?: string;
  /** Next hop of what is heard, as the table sees it. */
  readonly next: ReadNext;
  readonly at: ArtefactPlace;
}

/** One BGP session, or one static adjacency, towards another device. */
export interface ReadSession {
  readonly routing: "bgp" | "static";
  readonly family: Family;
  /** Addresses of both sides; absent where the provider chooses them. */
  readonly local?: Address;
  readonly remote?: Address;
  readonly localAsn?: number;
  readonly remoteAsn?: number;
  /** What joins the two ends beyond addresses: a VLAN on a port, a tunnel. */
  readonly vlan?: number;
  readonly outerVlan?: number;
  /** Id of the read interface. */
  readonly interface?: string;
  /** The provider's object (`aws_dx_transit_virtual_interface.dx--prod`, `aws_vpn_connection.…#tunnel1`). */
  readonly object?: string;
  /** The path that the module's outputs give it: of a circuit, `dx-fra-a/prod`, or of a connection of one. */
  readonly path?: string;
  /** The provider's id of the port that carries it (`dxcon-…`), or the variable that holds it. */
  readonly connection?: string;
  /** Public address of the far end of a tunnel; absent where a variable holds it. */
  readonly outside?: Address;
  readonly authenticated: boolean;
  readonly bfd: boolean;
  readonly maxPrefixes?: number;
  /** Largest IP packet that the provider's side takes; of a router its interface says it. */
  readonly mtu?: number;
}

/** A layer 3 interface of a router. */
export interface ReadInterface {
  readonly id: string;
  readonly device: string;
  /** As the source names it (`xe-0/0/1`). */
  readonly port: string;
  readonly vlan?: number;
  readonly outerVlan?: number;
  readonly table: string;
  readonly addresses: readonly InterfaceAddress[];
  /** Virtual addresses of VRRP that it may hold. */
  readonly virtual: readonly Address[];
  /** Families that are switched on: only these forward packets. */
  readonly families: readonly Family[];
  readonly mtu?: number;
  readonly at: ArtefactPlace;
}

/** Endpoints that stand behind a table: a cloud subnet. A router's LAN is its interface. */
export interface ReadAttachment {
  readonly id: string;
  readonly kind: "subnet";
  readonly device: string;
  /** The path that the module's outputs give it, by which people find it. */
  readonly path?: string;
  /** Addresses; absent where an existing object is referred to. */
  readonly addresses?: AddressSet;
  /** Table that packets from here are looked up in. */
  readonly table: string;
  /** The network it is a part of, which `attached` routes lead to. */
  readonly network?: string;
  readonly at: ArtefactPlace;
}

// --------------------------------------------------------------------------------------------------------- filter plane

/** Later fragments have no layer 4 header; `first` has one but more follow. */
export type FragmentKind = "whole" | "first" | "later";

/** Inclusive. */
export type NumberRange = readonly [number, number];

/**
 * One alternative of what a rule matches above the addresses. Absent parts match everything; a reader spells out what the
 * vendor implies (that a port condition does not match a later fragment, that `established` means TCP).
 */
export interface TransportMatch {
  /** IP protocol numbers; absent: every protocol. */
  readonly protocols?: readonly NumberRange[];
  readonly fragments?: readonly FragmentKind[];
  /** TCP and UDP; only with `protocols` 6 or 17 (or both). */
  readonly sourcePorts?: readonly NumberRange[];
  readonly destinationPorts?: readonly NumberRange[];
  /** ICMP and ICMPv6; only with `protocols` 1 or 58. */
  readonly types?: readonly NumberRange[];
  readonly codes?: readonly NumberRange[];
  /** TCP: ACK or RST set (true), neither set (false). */
  readonly established?: boolean;
  /** TTL or hop limit. */
  readonly ttl?: readonly NumberRange[];
}

/** What a rule matches: source and destination of one family, and any of the transports. */
export interface PacketMatch {
  readonly family: Family;
  readonly source: AddressSet;
  readonly destination: AddressSet;
  /** A union; empty matches nothing. */
  readonly transports: readonly TransportMatch[];
}

/** One rule of a filter. */
export interface ReadRule {
  readonly name: string;
  /** `pass` counts or logs and goes on. */
  readonly action: "admit" | "drop" | "pass";
  /** A union of matches; empty matches nothing. */
  readonly matches: readonly PacketMatch[];
  readonly at: ArtefactPlace;
}

/** A filter as the device evaluates it. */
export interface ReadFilter {
  readonly id: string;
  readonly name: string;
  readonly state: "stateful" | "stateless";
  /** `first-match` in this order, or the `union` of what rules admit (then no rule drops). */
  readonly evaluation: "first-match" | "union";
  readonly rules: readonly ReadRule[];
  /**
   * Present where the vendor's platforms differ in what a condition matches (a port condition in a later fragment): `rules`
   * admit what some platform admits, `least` only what each one does. Nothing may be admitted by `rules` that must not be;
   * what must be admitted has to be so by `least`.
   */
  readonly least?: readonly ReadRule[];
  /** What happens to packets that no rule matches. */
  readonly otherwise: "admit" | "drop";
  readonly at: ArtefactPlace;
}

/** Where filters stand. All filters of one binding must admit; several bindings at one place must all admit too. */
export interface ReadBinding {
  readonly filters: readonly string[];
  /** `in`: packets towards the device (from a LAN, a link) or towards the endpoint (a subnet). `out`: the other way. */
  readonly direction: "in" | "out";
  readonly families: readonly Family[];
  readonly where:
    | { readonly kind: "interface"; readonly interface: string }
    /** Workloads of a subnet or of a host that take a group, by the path the outputs give (`shop.web`, `vault.keys.hsm`). */
    | { readonly kind: "workloads"; readonly path: string; readonly attachment?: string }
    /** Everything that enters or leaves a subnet, but nothing inside it. */
    | { readonly kind: "subnet"; readonly attachment: string }
    /** Workloads of a network that take no group of their own. */
    | { readonly kind: "others"; readonly network: string };
  readonly at: ArtefactPlace;
}
