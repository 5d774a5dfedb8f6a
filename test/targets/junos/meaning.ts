/**
 * What a point of the design says of one packet: the definition of language.md §7, on raw packets, for tests that compare
 * emitted filters with it.
 */
import type {
  Design,
  EnforcementPoint,
  FilterEntry,
  LanAttachmentDesign,
  Prologue,
} from "../../../compiler/design/design.js";
import type { AddressSet } from "../../../compiler/sets/address-set.js";
import type { Address, Prefix } from "../../../grammar/address.js";
import { groups, type Packet, quad } from "../../support/oracle/junos/device.js";

/** Why a packet passes or does not. */
export type Verdict =
  | "prologue"
  | "management"
  | "own"
  | "spoofed"
  | "flow"
  | "reply"
  | "error"
  | "fragment"
  | "closed";

const has = (set: AddressSet, family: 4 | 6, value: bigint): boolean => set.contains({ family, value });

/** Slot of a service: a port, or ICMP type and code; 0 for other protocols. */
function slot(packet: Packet, port: number): number {
  if (packet.protocol === 6 || packet.protocol === 17) return port;
  return packet.protocol === 1 || packet.protocol === 58 ? packet.type * 256 + packet.code : 0;
}

/** ICMP of the other family is a protocol like any other. */
const isIcmp = (family: 4 | 6, protocol: number): boolean => protocol === (family === 4 ? 1 : 58);

/** The request that an ICMP packet answers. */
const REQUESTS: Readonly<Record<string, number>> = { "1/0": 8, "1/14": 13, "58/129": 128 };

function answers(entry: FilterEntry, packet: Packet): boolean {
  const { protocol } = packet;
  if (isIcmp(packet.family, protocol)) {
    const request = REQUESTS[`${protocol}/${packet.type}`];
    return request !== undefined && entry.service.contains({ protocol, slot: request * 256 + packet.code });
  }
  if (protocol === 6 && !packet.established) return false;
  return entry.service.contains({ protocol, slot: slot(packet, packet.sourcePort) });
}

/** True where some service of a protocol is in the entry: its later fragments may pass. */
function speaks(entry: FilterEntry, protocol: number): boolean {
  return entry.service.pieces().some((piece) => {
    if (piece.protocol !== protocol) return false;
    if (entry.kind === "flow" || !isIcmp(entry.family, protocol)) return true;
    const requests = protocol === 1 ? [8, 13] : [128];
    return requests.some((type) => piece.first <= type * 256 + 255 && piece.last >= type * 256);
  });
}

function inPrologue(point: EnforcementPoint, packet: Packet, design: Design): boolean {
  return point.prologue.some((one) => admits(one, point, packet, design));
}

function admits(one: Prologue, point: EnforcementPoint, packet: Packet, design: Design): boolean {
  const { family, protocol } = packet;
  // IPv4 takes a first fragment towards the router; IPv6 takes none.
  const whole = packet.offset === 0 && !(family === 6 && packet.more);
  const icmp = isIcmp(family, protocol);
  const is = (address: { readonly family: number; readonly value: bigint }, value: bigint): boolean =>
    address.family === family && address.value === value;
  const session = (pair: { readonly peer: Address; readonly local: Address }): boolean =>
    whole && is(pair.peer, packet.source) && is(pair.local, packet.destination);
  switch (one.kind) {
    case "neighbour-discovery": {
      const local = packet.destination >> 118n === 0x3fan || packet.destination >> 112n === 0xff02n;
      const own = interfaceAddresses(design, point).some((address) => is(address, packet.destination));
      return (
        family === 6 &&
        whole &&
        icmp &&
        packet.type >= 133 &&
        packet.type <= 136 &&
        packet.ttl === 255 &&
        (local || own)
      );
    }
    case "echo":
      return (
        whole && icmp && packet.type === (family === 4 ? 8 : 128) && one.to.some((to) => is(to, packet.destination))
      );
    case "bgp":
      return (
        session(one) &&
        protocol === 6 &&
        (packet.destinationPort === 179 || (packet.sourcePort === 179 && packet.established))
      );
    case "bfd":
      return session(one) && protocol === 17 && packet.ttl === 255 && [3784, 3785].includes(packet.destinationPort);
    case "vrrp": {
      if (family === 6 && (packet.offset > 0 || packet.more)) return false;
      if (protocol !== 112 || packet.ttl !== 255 || !one.peers.some((peer) => peer.family === family)) return false;
      return family === 4
        ? packet.destination === quad("224.0.0.18") && one.peers.some((peer) => is(peer, packet.source))
        : packet.destination === groups("ff02::12") && packet.source >> 118n === 0x3fan;
    }
    case "dhcp-requests": {
      const port = family === 4 ? 67 : 547;
      return (
        packet.offset === 0 &&
        protocol === 17 &&
        packet.sourcePort === port &&
        packet.destinationPort === port &&
        one.relays.some((relay) => is(relay, packet.source)) &&
        one.servers.some((server) => is(server, packet.destination))
      );
    }
    case "dhcp":
      return whole && protocol === 17 && dhcp(point, packet, design, one);
  }
}

function dhcp(
  point: EnforcementPoint,
  packet: Packet,
  design: Design,
  one: Prologue & { readonly kind: "dhcp" },
): boolean {
  const { family } = packet;
  const [client, server] = family === 4 ? [68, 67] : [546, 547];
  if (packet.destinationPort !== server) return false;
  const among = (list: readonly Address[], value: bigint): boolean =>
    list.some((address) => address.family === family && address.value === value);
  if (one.relays !== undefined) {
    const behind = among(one.servers, packet.source) && has(point.sourceCheck as AddressSet, family, packet.source);
    return behind && packet.sourcePort === server && among(one.relays, packet.destination);
  }
  if (packet.sourcePort !== client || !one.servers.some((address) => address.family === family)) return false;
  const everyone = family === 4 ? quad("255.255.255.255") : groups("ff02::1:2");
  const renews = family === 4 && among(one.servers, packet.destination);
  return renews || packet.destination === everyone || among(interfaceAddresses(design, point), packet.destination);
}

function lanOf(design: Design, { attachment: at }: EnforcementPoint) {
  return design.attachments.find((one) => one.kind === "lan" && at.kind === "lan" && one.id === at.lan) as
    | Extract<Design["attachments"][number], { kind: "lan" }>
    | undefined;
}

/** The addresses of the point's own interface. */
export function interfaceAddresses(
  design: Design,
  point: EnforcementPoint,
): readonly { readonly family: 4 | 6; readonly value: bigint }[] {
  const lan = lanOf(design, point);
  if (lan !== undefined) {
    const own = lan.attachments
      .filter(({ router }) => router === point.place.name)
      .flatMap(({ addresses }) => addresses);
    return [...lan.gateways, ...own.map(({ value }) => value.address)];
  }
  const { attachment: at } = point;
  const circuit = design.circuits.find((one) => at.kind === "circuit" && one.id === at.circuit);
  const end = circuit?.ends[0].place.name === point.place.name ? 0 : 1;
  return (circuit?.addressing ?? []).flatMap((one) => (one.kind === "provider" ? [] : [one.ends[end].address]));
}

type Numbered = { readonly family: 4 | 6; readonly value: bigint };

/** Gateways of a LAN and the addresses of its routers, as far as they lie in its prefixes. */
function ownedBy(lan: LanAttachmentDesign): readonly Numbered[] {
  const all = [...lan.gateways, ...lan.attachments.flatMap((one) => one.addresses.map(({ value }) => value.address))];
  return all.filter((address) => lan.prefixes.some((prefix) => inside(prefix, address)));
}

function inside(prefix: Prefix, { family, value }: Numbered): boolean {
  const size = 1n << BigInt((family === 4 ? 32 : 128) - prefix.length);
  return prefix.family === family && value >= prefix.value && value < prefix.value + size;
}

/** True for an address of a router on some LAN of the point's own domain: no endpoint, wherever the LAN lies. */
function remoteRouter(design: Design, point: EnforcementPoint, packet: Packet): boolean {
  return design.attachments.some(
    (one) =>
      one.kind === "lan" &&
      one.domain === point.domain &&
      ownedBy(one).some(({ family, value }) => family === packet.family && value === packet.destination),
  );
}

/** What a point says of a packet. */
export function meaning(design: Design, point: EnforcementPoint, packet: Packet): Verdict {
  const { family } = packet;
  if (!point.families.includes(family)) return "closed";
  if (inPrologue(point, packet, design)) return "prologue";
  const lan = lanOf(design, point);
  if (lan !== undefined && ownedBy(lan).some((one) => one.family === family && one.value === packet.source))
    return "spoofed";
  if (has(point.ownAddresses, family, packet.destination)) {
    const managed = point.management.some(
      (one) =>
        one.family === family &&
        packet.source >= one.value &&
        packet.source < one.value + (1n << BigInt((family === 4 ? 32 : 128) - one.length)),
    );
    return managed ? "management" : "own";
  }
  if (remoteRouter(design, point, packet)) return "own";
  if (point.sourceCheck === undefined || !has(point.sourceCheck, family, packet.source)) return "spoofed";
  const entries = point.entries.filter(
    (entry) =>
      entry.family === family &&
      has(entry.source, family, packet.source) &&
      has(entry.destination, family, packet.destination),
  );
  if (packet.offset > 0) return entries.some((entry) => speaks(entry, packet.protocol)) ? "fragment" : "closed";
  if (
    entries.some(
      (entry) =>
        entry.kind === "flow" &&
        entry.service.contains({ protocol: packet.protocol, slot: slot(packet, packet.destinationPort) }),
    )
  )
    return "flow";
  const replies = entries.filter(({ kind }) => kind === "reply");
  if (replies.some((entry) => answers(entry, packet))) return "reply";
  const error =
    family === 4
      ? packet.protocol === 1 && [3, 11, 12].includes(packet.type)
      : packet.protocol === 58 && packet.type >= 1 && packet.type <= 4;
  return error && replies.length > 0 && !(family === 6 && packet.more) ? "error" : "closed";
}

/** The verdicts that let a packet pass. */
export const ADMITTED: ReadonlySet<Verdict> = new Set(["prologue", "management", "flow", "reply", "error", "fragment"]);
