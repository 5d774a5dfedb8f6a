/**
 * The part of the Junos configuration that this target emits, as a typed tree shaped like Junos' own hierarchy.
 *
 * Statement names are those of Juniper's published YANG (`junos-conf-*`, 24.4R1) and of the Junos CLI reference. Every
 * object that we own carries where it comes from; lists are in the order Junos evaluates them.
 */
import type { Address, Family, InterfaceAddress, Prefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";

/** The source of an emitted object: a rule identity or the path of an object, with the place it was written. */
export interface Origin {
  readonly id: string;
  readonly span: Span;
}

interface Emitted {
  readonly origins: readonly Origin[];
}

/** `vrrp-group` or `vrrp-inet6-group` below an interface address. */
export interface VrrpGroup {
  readonly number: number;
  readonly virtual: Address;
  readonly priority: number;
}

/** `family inet address` or `family inet6 address`. */
export interface UnitAddress {
  readonly address: InterfaceAddress;
  readonly vrrp?: VrrpGroup;
}

/** `family inet` or `family inet6` of a unit. A family without addresses still binds the filter that closes it. */
export interface UnitFamily {
  readonly family: Family;
  readonly mtu?: number;
  /** Absent on links between routers of ours, where nothing is filtered. */
  readonly filter?: string;
  readonly addresses: readonly UnitAddress[];
}

/** `interfaces <port> unit <number>`. */
export interface InterfaceUnit extends Emitted {
  readonly port: string;
  readonly number: number;
  readonly description: string;
  readonly vlan?: number;
  readonly outerVlan?: number;
  readonly families: readonly UnitFamily[];
}

/** `policy-options prefix-list`. Never empty: an empty list matches nothing in a filter and everything in no place. */
export interface PrefixList extends Emitted {
  readonly name: string;
  readonly prefixes: readonly Prefix[];
}

/** `policy-options community`; as a condition all members must be present, as `community set` all are set. */
export interface Community extends Emitted {
  readonly name: string;
  readonly members: readonly string[];
}

/** `route-filter <prefix> exact`, `upto`, or `orlonger` where `upTo` is the length of an address. */
export interface RouteFilter {
  readonly prefix: Prefix;
  readonly upTo?: number;
}

/** A term of a policy: conditions that all hold, then actions in order. */
export interface PolicyTerm extends Emitted {
  readonly name: string;
  /** All filters of a term are of one family; absent where the term matches every family. */
  readonly routeFilters: readonly RouteFilter[];
  /** Name of a community that the route must carry. */
  readonly community?: string;
  readonly actions: readonly PolicyAction[];
}

/** What a policy term does to a route. */
export type PolicyAction =
  | { readonly kind: "accept" }
  | { readonly kind: "reject" }
  | { readonly kind: "local-preference"; readonly value: number }
  | { readonly kind: "as-path-prepend"; readonly asn: number; readonly times: number }
  /** Replaces every community that the route carries. */
  | { readonly kind: "community-set"; readonly community: string }
  | { readonly kind: "community-add"; readonly community: string }
  | { readonly kind: "community-delete"; readonly community: string };

/** `policy-options policy-statement`; its last term has no condition and rejects. */
export interface PolicyStatement extends Emitted {
  readonly name: string;
  readonly terms: readonly PolicyTerm[];
}

/** An address side of a filter term: prefixes written in the term, or the name of a prefix list. */
export type AddressMatch =
  | { readonly kind: "inline"; readonly prefixes: readonly Prefix[] }
  | { readonly kind: "list"; readonly list: string };

/** A closed range of numbers, printed `a` or `a-b`. */
export type NumberRange = readonly [number, number];

/**
 * The `from` of a filter term. A side that is absent matches every address, so absence is only ever written on purpose.
 * Ports and ICMP matches always come with their protocol: Junos tests raw bytes otherwise (Juniper, "Firewall Filter
 * Match Conditions Based on Protocols").
 */
export interface FilterMatch {
  readonly source?: AddressMatch;
  /** Every source but these: an explicit zero-length prefix, and these with `except`. */
  readonly sourceExcept?: AddressMatch;
  readonly destination?: AddressMatch;
  readonly protocols: readonly number[];
  /** Every protocol but these. */
  readonly protocolsExcept: readonly number[];
  /** Source or destination port. */
  readonly port?: number;
  readonly sourcePorts: readonly NumberRange[];
  readonly destinationPorts: readonly NumberRange[];
  readonly icmpTypes: readonly NumberRange[];
  readonly icmpCodes: readonly NumberRange[];
  readonly tcpEstablished: boolean;
  /** `ttl` or `hop-limit`. */
  readonly hopLimit?: number;
  /** `initial`: the packet begins at offset 0; `later`: it does not; `first`: it is the first of several fragments. */
  readonly fragment?: "initial" | "later" | "first";
}

/** A term of a filter. It always has a terminating action: a matched term without one would accept. */
export interface FilterTerm extends Emitted {
  readonly name: string;
  readonly match: FilterMatch;
  readonly count?: string;
  /** `log` keeps headers in the packet-forwarding buffer, `syslog` also sends them to the system log. */
  readonly log: "none" | "log" | "syslog";
  readonly action: "accept" | "discard";
}

/** `firewall family <family> filter <name>`, interface-specific, first match wins. */
export interface FirewallFilter extends Emitted {
  readonly name: string;
  readonly family: Family;
  readonly terms: readonly FilterTerm[];
}

/** Where packets of a static route go. */
export type StaticNext =
  /** `backups` are used in order of their preference (higher than the 5 of the first), lowest first. */
  | {
      readonly kind: "next-hop";
      readonly addresses: readonly Address[];
      readonly backups: readonly { readonly address: Address; readonly preference: number }[];
    }
  | { readonly kind: "next-table"; readonly table: string }
  /** In the routing table to be announced, not in the forwarding table. */
  | { readonly kind: "announce-only" };

/** `routing-options static route` of an instance. */
export interface StaticRoute extends Emitted {
  readonly prefix: Prefix;
  readonly next: StaticNext;
}

/** An aggregate that exists while a route that its policy accepts contributes to it; packets that only it matches are discarded. */
export interface AggregateRoute extends Emitted {
  readonly prefix: Prefix;
  readonly policy: string;
}

/** `neighbor` of a group: one session of one family. */
export interface BgpNeighbor extends Emitted {
  readonly address: Address;
  readonly description: string;
  readonly localAddress: Address;
  readonly peerAs: number;
  /** Set where the session speaks with another ASN than the router. */
  readonly localAs?: number;
  readonly importPolicy: string;
  readonly exportPolicy: string;
  /** Name of the key chain that the operator fills: no secret is ever in the configuration. */
  readonly keyChain?: string;
  /** Milliseconds. */
  readonly bfd?: number;
  readonly maxPrefixes?: number;
}

/** `protocols bgp group` in a routing instance: one circuit. */
export interface BgpGroup extends Emitted {
  readonly name: string;
  readonly neighbors: readonly BgpNeighbor[];
}

/** `forwarding-options dhcp-relay` of one LAN in one family. */
export interface DhcpRelay extends Emitted {
  readonly name: string;
  readonly family: Family;
  readonly interface: string;
  readonly servers: readonly Address[];
}

/** `routing-instances <name> instance-type vrf`. */
export interface Instance extends Emitted {
  readonly name: string;
  readonly description: string;
  readonly interfaces: readonly string[];
  readonly routeDistinguisher: string;
  readonly importPolicy: string;
  readonly exportPolicy: string;
  readonly routerId?: Address;
  readonly statics: readonly StaticRoute[];
  readonly aggregates: readonly AggregateRoute[];
  readonly relays: readonly DhcpRelay[];
  readonly groups: readonly BgpGroup[];
}

/** `protocols bgp group` of the VPN sessions between routers of a core. */
export interface VpnGroup extends Emitted {
  readonly name: string;
  readonly localAddress: Address;
  /** Set where this router reflects to the group's neighbours. */
  readonly cluster?: Address;
  readonly neighbors: readonly { readonly address: Address; readonly description: string }[];
}

/** Everything of ours on one router. */
export interface JunosConfig {
  readonly router: string;
  readonly units: readonly InterfaceUnit[];
  readonly prefixLists: readonly PrefixList[];
  readonly communities: readonly Community[];
  readonly policies: readonly PolicyStatement[];
  readonly filters: readonly FirewallFilter[];
  readonly instances: readonly Instance[];
  readonly vpnGroups: readonly VpnGroup[];
}

/** Junos' name of a family. */
export function familyName(family: Family): "inet" | "inet6" {
  return family === 4 ? "inet" : "inet6";
}

/** A match without any condition. */
export const matchAll: FilterMatch = {
  protocols: [],
  protocolsExcept: [],
  sourcePorts: [],
  destinationPorts: [],
  icmpTypes: [],
  icmpCodes: [],
  tcpEstablished: false,
};
