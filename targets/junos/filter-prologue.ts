/**
 * The control-plane prologue: what a filter must admit before any rule so that the interface works at all.
 *
 * Facts: ICMPv6 types of RFC 4861 with hop limit 255; BFD single hop of RFC 5881 (UDP 3784 and 3785, TTL 255); VRRP of
 * RFC 9568 (protocol 112, 224.0.0.18 and ff02::12, TTL 255); DHCP relay of RFC 2131 and RFC 8415. IPv4 terms with ports
 * or types match packets at offset 0 only, because Junos does not check that by itself (Juniper, "Firewall Filter Match
 * Conditions Based on Bit-Field Values"). IPv6 has no such condition, so fragments towards the router close first; RFC 6980
 * forbids them in neighbour discovery anyway.
 */
import type { EnforcementPoint, Prologue } from "../../compiler/design/design.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import { ICMP, ICMPV6, TCP, UDP } from "../../compiler/sets/service-set.js";
import type { Address, Family } from "../../grammar/address.js";
import { parseAddress, prefixOf } from "../../grammar/address.js";
import type { FilterBuilder, L4Match } from "./filter-builder.js";
import type { Origin } from "./model.js";

const VRRP = 112;
/** TCP port of BGP (RFC 4271). */
const BGP = 179;

function known(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address;
}

const setOf = (...texts: readonly string[]): AddressSet =>
  AddressSet.unionAll(texts.map((text) => AddressSet.ofAddress(known(text))));
const prefixSet = (text: string, length: number): AddressSet => AddressSet.ofPrefix(prefixOf(known(text), length));

const LINK_LOCAL = prefixSet("fe80::", 10);
/** Link-local scope multicast, solicited-node addresses included. */
const LINK_MULTICAST = prefixSet("ff02::", 16);
const VRRP_GROUPS = setOf("224.0.0.18", "ff02::12");
const BROADCAST = setOf("255.255.255.255");
const DHCPV6_SERVERS = setOf("ff02::1:2");

/** What the interface of a point has, and where it comes from. */
export interface PrologueContext {
  readonly interfaceAddresses: readonly Address[];
  readonly origins: readonly Origin[];
}

function addressSet(list: readonly Address[]): AddressSet {
  return AddressSet.unionAll(list.map(AddressSet.ofAddress));
}

/** A match with ports or ICMP types: at offset 0 in IPv4. */
function l4(family: Family, match: L4Match): L4Match {
  return family === 4 ? { ...match, fragment: "initial" } : match;
}

/** Adds the terms of a point's prologue in one family. */
export function addPrologue(builder: FilterBuilder, point: EnforcementPoint, context: PrologueContext): void {
  if (builder.family === 6 && point.prologue.length > 0) {
    const relays = addressSet(point.prologue.flatMap((one) => (one.kind === "dhcp" ? (one.relays ?? []) : [])));
    builder.add({
      name: "ctl-fragments",
      destination: AddressSet.unionAll([LINK_LOCAL, LINK_MULTICAST, point.ownAddresses.family(6), relays.family(6)]),
      match: { fragment: "later" },
      action: "discard",
      origins: context.origins,
    });
  }
  for (const one of point.prologue) addOne(builder, point, one, context);
}

function addOne(builder: FilterBuilder, point: EnforcementPoint, one: Prologue, context: PrologueContext): void {
  const { family } = builder;
  const { origins } = context;
  switch (one.kind) {
    case "neighbour-discovery":
      if (family === 6) addNeighbourDiscovery(builder, context);
      return;
    case "echo":
      builder.add({
        name: "ctl-echo",
        destination: addressSet(one.to),
        match: l4(family, {
          protocols: [family === 4 ? ICMP : ICMPV6],
          icmpTypes: [family === 4 ? [8, 8] : [128, 128]],
        }),
        action: "accept",
        origins,
      });
      return;
    case "dhcp":
      if (one.relays === undefined) addDhcpClients(builder, one.servers, context);
      else addDhcpServers(builder, point, one.servers, one.relays, context);
      return;
    case "dhcp-requests":
      builder.add({
        name: "ctl-dhcp-requests",
        source: addressSet(one.relays),
        destination: addressSet(one.servers),
        match: dhcpPorts(family, DHCP_PORTS[family].server),
        action: "accept",
        origins,
      });
      return;
    case "vrrp":
      addVrrp(builder, one.peers, origins);
      return;
    case "bgp":
      if (one.family !== family) return;
      addBgp(builder, one.local, one.peer, origins);
      return;
    case "bfd":
      if (one.family !== family) return;
      builder.add({
        name: "ctl-bfd",
        source: AddressSet.ofAddress(one.peer),
        destination: AddressSet.ofAddress(one.local),
        match: l4(family, { protocols: [UDP], destinationPorts: [[3784, 3785]], hopLimit: 255 }),
        action: "accept",
        origins,
      });
  }
}

/**
 * Both roles of a session: opened by the peer to our port, and answers to what we opened. Only the second may come from
 * the peer's port 179 to any port, and then it opens nothing.
 */
function addBgp(builder: FilterBuilder, local: Address, peer: Address, origins: readonly Origin[]): void {
  const { family } = builder;
  const ends = { source: AddressSet.ofAddress(peer), destination: AddressSet.ofAddress(local) };
  builder.add({
    ...ends,
    name: "ctl-bgp",
    match: l4(family, { protocols: [TCP], destinationPorts: [[BGP, BGP]] }),
    action: "accept",
    origins,
  });
  builder.add({
    ...ends,
    name: "ctl-bgp-answers",
    match: l4(family, { protocols: [TCP], sourcePorts: [[BGP, BGP]], tcpEstablished: true }),
    action: "accept",
    origins,
  });
}

function addNeighbourDiscovery(builder: FilterBuilder, { interfaceAddresses, origins }: PrologueContext): void {
  const own = addressSet(interfaceAddresses).family(6);
  builder.add({
    name: "ctl-nd",
    destination: AddressSet.unionAll([LINK_LOCAL, LINK_MULTICAST, own]),
    match: { protocols: [ICMPV6], icmpTypes: [[133, 136]], hopLimit: 255 },
    action: "accept",
    origins,
  });
}

/** IPv6 adverts come from the link-local address of the peer, which nobody configures. */
function addVrrp(builder: FilterBuilder, peers: readonly Address[], origins: readonly Origin[]): void {
  const { family } = builder;
  const own = addressSet(peers).family(family);
  if (own.isEmpty()) return;
  builder.add({
    name: "ctl-vrrp",
    source: family === 4 ? own : LINK_LOCAL,
    destination: VRRP_GROUPS.family(family),
    match: { protocols: [VRRP], hopLimit: 255 },
    action: "accept",
    origins,
  });
}

/**
 * Clients towards the relay. A server itself is an endpoint, and between endpoints only rules open anything (language.md §1):
 * a client that renews by unicast needs a rule, or renews by broadcast through the relay later (RFC 2131 section 4.4.5).
 */
function addDhcpClients(builder: FilterBuilder, servers: readonly Address[], context: PrologueContext): void {
  const { family } = builder;
  const own = addressSet(context.interfaceAddresses).family(family);
  if (addressSet(servers).family(family).isEmpty()) return;
  builder.add({
    name: "ctl-dhcp-clients",
    destination: AddressSet.unionAll(family === 4 ? [BROADCAST, own] : [DHCPV6_SERVERS, own]),
    match: dhcpPorts(family, DHCP_PORTS[family].client),
    action: "accept",
    origins: context.origins,
  });
}

/** Servers that lie behind the point, towards the relays: router addresses, which no rule can name. */
function addDhcpServers(
  builder: FilterBuilder,
  point: EnforcementPoint,
  servers: readonly Address[],
  relays: readonly Address[],
  { origins }: PrologueContext,
): void {
  const { family } = builder;
  builder.add({
    name: "ctl-dhcp-servers",
    source: addressSet(servers).intersect(point.sourceCheck ?? AddressSet.empty),
    destination: addressSet(relays),
    match: dhcpPorts(family, DHCP_PORTS[family].server),
    action: "accept",
    origins,
  });
}

/** UDP ports of clients and of servers and relays. */
const DHCP_PORTS: Readonly<Record<Family, { readonly client: number; readonly server: number }>> = {
  4: { client: 68, server: 67 },
  6: { client: 546, server: 547 },
};

function dhcpPorts(family: Family, from: number): L4Match {
  const { server } = DHCP_PORTS[family];
  return l4(family, { protocols: [UDP], sourcePorts: [[from, from]], destinationPorts: [[server, server]] });
}
