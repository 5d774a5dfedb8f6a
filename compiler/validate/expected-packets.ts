/**
 * The packets that a stateless point has to admit, and those it may: flows from its near side, replies to flows opened
 * towards it, later fragments of both, ICMP errors along the replies, the control-plane prologue and management.
 *
 * "May" is wider by one thing only: whether fragments of a control packet or of an ICMP error pass, as far as they can be told
 * from others, is left to the system, since no vendor promises it.
 */
import { type Address, type Family, parseAddress, prefixOf } from "../../grammar/address.js";
import type { EnforcementPoint, Prologue } from "../design/design.js";
import { AddressSet } from "../sets/address-set.js";
import { type Bounds, combine, fromPairs, INTERSECTION } from "../sets/bounds.js";
import { ICMP, ICMPV6, ServiceSet, SLOTS, TCP, UDP } from "../sets/service-set.js";
import type { Crossing } from "./intended-flows.js";
import { type Cube, cubes, everyPacket, flowParts, type Transport, transportParts } from "./packet-space.js";
import type { NumberRange, TransportMatch } from "./readback.js";

/** What must be admitted, and beyond it what may be. */
export interface ExpectedPackets {
  readonly must: readonly Cube[];
  readonly may: readonly Cube[];
}

const addressesOf = (list: readonly Address[]): AddressSet => AddressSet.unionAll(list.map(AddressSet.ofAddress));

function constant(text: string, length?: number): AddressSet {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return length === undefined ? AddressSet.ofAddress(address) : AddressSet.ofPrefix(prefixOf(address, length));
}

/** RFC 4291: link-local unicast, and multicast of link-local scope, which holds the solicited-node groups. */
const LINK_LOCAL = constant("fe80::", 10);
const LINK_MULTICAST = constant("ff02::", 16);
/** RFC 9568 (VRRP), RFC 2131 (limited broadcast), RFC 9915 (All_DHCP_Relay_Agents_and_Servers). */
const VRRP_GROUP = { 4: constant("224.0.0.18"), 6: constant("ff02::12") } as const;
const DHCP_GROUP = { 4: constant("255.255.255.255"), 6: constant("ff02::1:2") } as const;
const DHCP = { 4: { client: 68, server: 67 }, 6: { client: 546, server: 547 } } as const;

/** ICMP errors: unreachable, time exceeded, parameter problem; in IPv6 packet too big as well (RFC 792, RFC 4443). */
const ERRORS: Readonly<Record<Family, TransportMatch>> = {
  4: { protocols: [[ICMP, ICMP]], types: [[3, 3] as const, [11, 12] as const] },
  6: { protocols: [[ICMPV6, ICMPV6]], types: [[1, 4]] },
};

/** Reply types by request type (language.md §7). */
const ANSWERS: readonly (readonly [protocol: number, request: number, reply: number])[] = [
  [ICMP, 8, 0],
  [ICMP, 13, 14],
  [ICMPV6, 128, 129],
];

/** The parts of the replies to a service: from its ports to any port, TCP with ACK or RST, ICMP by its reply types. */
export function replyParts(service: ServiceSet, family: Family): readonly Transport[] {
  const parts: Transport[] = [];
  const asked = service.forFamily(family);
  const add = (match: TransportMatch): void => {
    parts.push(...transportParts({ ...match, fragments: ["whole", "first"] }, family, "must"));
    parts.push(...transportParts({ protocols: match.protocols ?? [], fragments: ["later"] }, family, "must"));
  };
  for (const [protocol, established] of [
    [TCP, true],
    [UDP, undefined],
  ] as const) {
    const ports = asked.pieces().filter((piece) => piece.protocol === protocol);
    if (ports.length === 0) continue;
    const sourcePorts = ports.map(({ first, last }): NumberRange => [first, last]);
    add({ protocols: [[protocol, protocol]], sourcePorts, ...(established === undefined ? {} : { established }) });
  }
  for (const [protocol, request, reply] of ANSWERS) {
    const base = protocol * SLOTS + request * 256;
    const codes = combine(asked.bounds, [base, base + 256], INTERSECTION);
    for (let i = 0; i + 1 < codes.length; i += 2) {
      const [first = 0, end = 0] = [codes[i], codes[i + 1]];
      const range: NumberRange = [first - base, end - 1 - base];
      add({ protocols: [[protocol, protocol]], types: [[reply, reply]], codes: [range] });
    }
  }
  const slotted = ServiceSet.unionAll([ICMP, TCP, UDP, ICMPV6].map(ServiceSet.protocol));
  const others = asked.subtract(slotted).pieces();
  if (others.length > 0) {
    const protocols = others.map(({ protocol }): NumberRange => [protocol, protocol]);
    parts.push(...transportParts({ protocols }, family, "must"));
  }
  return parts;
}

const ANY_ICMP = ServiceSet.unionAll([ServiceSet.protocol(ICMP), ServiceSet.protocol(ICMPV6)]);

const known = new WeakMap<ServiceSet, (readonly Transport[] | undefined)[]>();

/** The parts of a crossing; the same services come again with many rules. */
function partsOf(kind: Crossing["kind"], service: ServiceSet, family: Family): readonly Transport[] {
  const memo = known.get(service) ?? [];
  known.set(service, memo);
  const place = (kind === "flow" ? 0 : 2) + (family === 4 ? 0 : 1);
  const parts = memo[place] ?? (kind === "flow" ? flowParts(service, family) : replyParts(service, family));
  memo[place] = parts;
  return parts;
}

/** The cubes of crossings in a family. */
export function crossingCubes(crossings: readonly Crossing[], family: Family): readonly Cube[] {
  return crossings.flatMap(({ kind, service, source, destination }) => {
    const [from, to] = [source.family(family), destination.family(family)];
    if (from.isEmpty() || to.isEmpty()) return [];
    return partsOf(kind, service, family).map((transport) => ({ source: from, destination: to, transport }));
  });
}

/**
 * Packets that answer flows and open nothing: replies to ICMP requests, and ICMP errors along any reply. With `others`, replies of
 * every protocol: what stateless filters let in for them.
 */
export function answerCubes(replies: readonly Crossing[], family: Family, others: boolean): readonly Cube[] {
  const harmless = (service: ServiceSet): ServiceSet => (others ? service : service.intersect(ANY_ICMP));
  const answers = replies.map((one) => ({ ...one, service: harmless(one.service) }));
  const errors = replies.flatMap(({ source, destination }) =>
    cubes({ family, source, destination, transports: [ERRORS[family]] }, "may"),
  );
  return [...crossingCubes(answers, family), ...errors];
}

const fragmented = new WeakMap<TransportMatch, { readonly whole: TransportMatch; readonly rest: TransportMatch }>();

/** A match of whole packets, and of those fragments that it can tell from others. */
function fragmentsOf(match: TransportMatch): { readonly whole: TransportMatch; readonly rest: TransportMatch } {
  const known = fragmented.get(match);
  if (known !== undefined) return known;
  // Without a layer 4 condition nothing tells a later fragment from the rest.
  const conditional = (match.types ?? match.sourcePorts ?? match.destinationPorts) !== undefined;
  const rest: TransportMatch = { ...match, fragments: conditional ? ["first"] : ["first", "later"] };
  const made = { whole: { ...match, fragments: ["whole"] as const }, rest };
  fragmented.set(match, made);
  return made;
}

/** Everything that a stateless point admits in a family. `own` are the addresses of its interface. */
export function expectedAt(
  point: EnforcementPoint,
  crossings: readonly Crossing[],
  own: AddressSet,
  family: Family,
): ExpectedPackets {
  if (!point.families.includes(family)) return { must: [], may: [] };
  const must: Cube[] = [...crossingCubes(crossings, family)];
  const may: Cube[] = [];
  const add = (source: AddressSet, destination: AddressSet, match: TransportMatch): void => {
    const { whole, rest } = fragmentsOf(match);
    must.push(...cubes({ family, source, destination, transports: [whole] }, "must"));
    may.push(...cubes({ family, source, destination, transports: [rest] }, "must"));
  };
  for (const one of crossings) {
    if (one.kind !== "reply" || partsOf("reply", one.service, family).length === 0) continue;
    add(one.source, one.destination, ERRORS[family]);
  }
  for (const one of point.prologue) addPrologue(point, one, own, family, add);
  const managers = AddressSet.ofPrefixes(point.management).subtract(point.ownSources ?? AddressSet.empty);
  must.push(...cubes({ ...everyPacket(family), source: managers, destination: point.ownAddresses }, "must"));
  return { must, may };
}

type Add = (source: AddressSet, destination: AddressSet, match: TransportMatch) => void;

function addPrologue(point: EnforcementPoint, one: Prologue, own: AddressSet, family: Family, add: Add): void {
  const anyone = AddressSet.allOf(family);
  if (one.kind === "neighbour-discovery") {
    if (family === 4) return;
    const to = AddressSet.unionAll([LINK_LOCAL, LINK_MULTICAST, own]);
    add(anyone, to, { protocols: [[ICMPV6, ICMPV6]], types: [[133, 136]], ttl: [[255, 255]] });
  } else if (one.kind === "echo") {
    const [protocol, type] = family === 4 ? [ICMP, 8] : [ICMPV6, 128];
    add(anyone, addressesOf(one.to), { protocols: [[protocol, protocol]], types: [[type, type]] });
  } else if (one.kind === "vrrp") {
    addVrrp(one.peers, family, add);
  } else if (one.kind === "bgp") {
    if (one.family === family) addBgp(one.local, one.peer, add);
  } else if (one.kind === "bfd") {
    if (one.family !== family) return;
    const match = { protocols: [[UDP, UDP]], destinationPorts: [[3784, 3785]], ttl: [[255, 255]] } as const;
    add(AddressSet.ofAddress(one.peer), AddressSet.ofAddress(one.local), match);
  } else {
    addDhcp(point, one, own, family, add);
  }
}

function addVrrp(peers: readonly Address[], family: Family, add: Add): void {
  const own = addressesOf(peers).family(family);
  if (own.isEmpty()) return;
  add(family === 4 ? own : LINK_LOCAL, VRRP_GROUP[family], { protocols: [[112, 112]], ttl: [[255, 255]] });
}

/** Opened by the peer, or the answer to what we opened, which opens nothing. */
function addBgp(local: Address, peer: Address, add: Add): void {
  const [from, to] = [AddressSet.ofAddress(peer), AddressSet.ofAddress(local)];
  add(from, to, { protocols: [[TCP, TCP]], destinationPorts: [[179, 179]] });
  add(from, to, { protocols: [[TCP, TCP]], sourcePorts: [[179, 179]], established: true });
}

function addDhcp(
  point: EnforcementPoint,
  one: Extract<Prologue, { kind: "dhcp" | "dhcp-requests" }>,
  own: AddressSet,
  family: Family,
  add: Add,
): void {
  const { client, server } = DHCP[family];
  const servers = addressesOf(one.servers);
  const ports = (from: number): TransportMatch => ({
    protocols: [[UDP, UDP]],
    sourcePorts: [[from, from]],
    destinationPorts: [[server, server]],
  });
  if (servers.family(family).isEmpty()) return;
  if (one.kind === "dhcp-requests") {
    add(addressesOf(one.relays), servers, ports(server));
  } else if (one.relays === undefined) {
    add(AddressSet.allOf(family), AddressSet.unionAll([DHCP_GROUP[family], own]), ports(client));
  } else {
    add(servers.intersect(point.sourceCheck ?? AddressSet.empty), addressesOf(one.relays), ports(server));
  }
}

/** Packets that open a flow, which is all that a stateful filter decides: TCP without ACK or RST, no later fragments. */
export const OPENING: { readonly fragment: Bounds<number>; readonly established: Bounds<number> } = {
  fragment: fromPairs([[0, 2]]),
  established: [0, 1],
};
