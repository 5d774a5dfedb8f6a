/**
 * The packets that filters are compared over. Where flows know three things of a packet, a filter may look at more: the
 * source port, fragments, TCP flags, the TTL. `DIMENSIONS` declares them all; a further one is a further entry.
 *
 * Packets without meaning stand for nothing: a port of ICMP, a layer 4 value of a later fragment, a flag of UDP. `cubes`
 * therefore spells every match out into the parts in which its conditions mean something, each normal in the rest, so
 * that equal meaning is an equal set.
 */
import type { Family } from "../../grammar/address.js";
import { AddressSet } from "../sets/address-set.js";
import { type Bounds, combine, DIFFERENCE, fromPairs, INTERSECTION } from "../sets/bounds.js";
import { ICMP, ICMPV6, SERVICE_END, type ServiceSet, SLOTS, TCP, UDP } from "../sets/service-set.js";
import type { FragmentKind, NumberRange, PacketMatch, TransportMatch } from "./readback.js";

/** The dimensions in the order in which they are decided. `end` is exclusive; addresses are ranked for each comparison. */
export const DIMENSIONS = [
  { name: "source", values: "address" },
  { name: "destination", values: "address" },
  /** Protocol with its destination port, or ICMP type and code: the service line of `ServiceSet`. */
  { name: "service", values: "number", end: SERVICE_END },
  { name: "source port", values: "number", end: 65_536 },
  /** 0 whole, 1 first, 2 later. */
  { name: "fragment", values: "number", end: 3 },
  /** TCP: 1 where ACK or RST is set. */
  { name: "established", values: "number", end: 2 },
  { name: "ttl", values: "number", end: 256 },
] as const;

/** What packets have above their addresses: a set of values for each dimension. Equal ones are mostly one object. */
export interface Transport {
  readonly service: Bounds<number>;
  readonly sourcePort: Bounds<number>;
  readonly fragment: Bounds<number>;
  readonly established: Bounds<number>;
  readonly ttl: Bounds<number>;
}

/** A cross product of packets of one family. */
export interface Cube {
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly transport: Transport;
}

const FRAGMENT_NUMBERS: Readonly<Record<FragmentKind, number>> = { whole: 0, first: 1, later: 2 };
const ALL_TTL: Bounds<number> = [0, 256];
const ALL_PORTS: Bounds<number> = [0, 65_536];
/** What a dimension holds where it has no meaning. */
const NONE: Bounds<number> = [0, 1];
const LATER: Bounds<number> = [2, 3];
/** Whole packets and first fragments: those that have a layer 4 header. */
const HEADED: Bounds<number> = [0, 2];

function bounds(ranges: readonly NumberRange[] | undefined, all: Bounds<number>): Bounds<number> {
  return ranges === undefined
    ? all
    : combine(fromPairs(ranges.map(([a, b]) => [a, b + 1] as const)), all, INTERSECTION);
}

const protocolLine = (protocols: Bounds<number>): Bounds<number> => protocols.map((one) => one * SLOTS);

/** The protocols that have a meaning in a family: ICMP is IPv4, ICMPv6 is IPv6. */
const MEANINGFUL: Readonly<Record<Family, Bounds<number>>> = {
  4: [0, ICMPV6, ICMPV6 + 1, 256],
  6: [0, ICMP, ICMP + 1, 256],
};

/**
 * The parts of a transport in a family. A layer 4 condition on later fragments, which have no layer 4 header, is decided by
 * `later`: what may be admitted is not to be missed (`may`), what is dropped for certain not to be assumed (`must`).
 */
export function transportParts(match: TransportMatch, family: Family, later: "may" | "must"): readonly Transport[] {
  const own = byMatch.get(match) ?? [];
  byMatch.set(match, own);
  const place = (family === 4 ? 0 : 2) + (later === "may" ? 0 : 1);
  const parts = own[place] ?? sameParts(match, family, later);
  own[place] = parts;
  return parts;
}

const byMatch = new WeakMap<TransportMatch, (readonly Transport[] | undefined)[]>();

/** The parts of a match, the same object for matches that say the same. */
function sameParts(match: TransportMatch, family: Family, later: "may" | "must"): readonly Transport[] {
  const key = `${family} ${later} ${JSON.stringify(match)}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const parts = makeParts(match, family, later);
  remembered.set(key, parts);
  return parts;
}

/** Rules of one output say the same few things of ports and protocols over and over. */
const remembered = new Map<string, readonly Transport[]>();
const MOST_REMEMBERED = 4_096;

function makeParts(match: TransportMatch, family: Family, later: "may" | "must"): readonly Transport[] {
  const protocols = combine(bounds(match.protocols, [0, 256]), MEANINGFUL[family], INTERSECTION);
  const kinds = match.fragments?.map((one) => FRAGMENT_NUMBERS[one]) ?? [0, 1, 2];
  const fragment = fromPairs(kinds.map((one) => [one, one + 1] as const));
  const headed = combine(fragment, HEADED, INTERSECTION);
  const ttl = bounds(match.ttl, ALL_TTL);
  const out: Transport[] = [];
  const add = (service: Bounds<number>, more: Partial<Transport> = {}): void => {
    const part = { service, sourcePort: NONE, fragment: headed, established: NONE, ttl, ...more };
    if (Object.values(part).every((side) => side.length > 0)) out.push(part);
  };
  for (const protocol of [TCP, UDP, ICMP, ICMPV6]) {
    const one = combine(protocols, [protocol, protocol + 1], INTERSECTION);
    if (one.length > 0) add(...headedPart(match, protocol));
  }
  const ported = match.sourcePorts !== undefined || match.destinationPorts !== undefined;
  const conditional =
    ported || match.types !== undefined || match.codes !== undefined || match.established !== undefined;
  const plain = combine(protocols, PLAIN, INTERSECTION);
  if (!conditional) add(protocolLine(plain));
  if (!conditional || later === "may") add(laterLine(protocols), { fragment: combine(fragment, LATER, INTERSECTION) });
  return out;
}

/** Protocols without ports, types or flags. */
const PLAIN: Bounds<number> = [0, 1, 2, 6, 7, 17, 18, 58, 59, 256];

/** Where later fragments stand: the first slot of a protocol that has slots, the whole of another. */
function laterLine(protocols: Bounds<number>): Bounds<number> {
  const slotted = [ICMP, TCP, UDP, ICMPV6].flatMap((one) => [one * SLOTS + 1, (one + 1) * SLOTS]);
  return combine(protocolLine(protocols), slotted, DIFFERENCE);
}

/** The services of one protocol with slots that a transport matches, with what it asks beside them. */
function headedPart(match: TransportMatch, protocol: number): readonly [Bounds<number>, Partial<Transport>] {
  const base = protocol * SLOTS;
  const ported = protocol === TCP || protocol === UDP;
  const foreign = ported
    ? match.types !== undefined || match.codes !== undefined
    : match.sourcePorts !== undefined || match.destinationPorts !== undefined;
  if (foreign || (match.established !== undefined && protocol !== TCP)) return [[], {}];
  if (!ported) return [icmpLine(match, base), {}];
  const service = bounds(match.destinationPorts, ALL_PORTS).map((one) => base + one);
  const sourcePort = bounds(match.sourcePorts, ALL_PORTS);
  if (protocol === UDP) return [service, { sourcePort }];
  const established: Bounds<number> = match.established === undefined ? [0, 2] : match.established ? [1, 2] : [0, 1];
  return [service, { sourcePort, established }];
}

function icmpLine(match: TransportMatch, base: number): Bounds<number> {
  const codes = match.codes;
  if (codes === undefined) return bounds(match.types, [0, 256]).map((one) => base + one * 256);
  const types = match.types ?? [[0, 255] as const];
  const pairs = types.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((type) =>
      codes.map(([from, to]) => [base + type * 256 + from, base + type * 256 + to + 1] as const),
    ),
  );
  return fromPairs(pairs);
}

/** The cubes of a match. Sides are limited to its family; an empty one gives none. */
export function cubes(match: PacketMatch, later: "may" | "must"): readonly Cube[] {
  const source = match.source.family(match.family);
  const destination = match.destination.family(match.family);
  if (source.isEmpty() || destination.isEmpty()) return [];
  return match.transports.flatMap((transport) =>
    transportParts(transport, match.family, later).map((part) => ({ source, destination, transport: part })),
  );
}

/** The packets of flows on a service: from any port, whole or in fragments, whatever their flags. */
export function flowParts(service: ServiceSet, family: Family): readonly Transport[] {
  const line = service.forFamily(family).bounds;
  const inside = (protocols: Bounds<number>): Bounds<number> => combine(line, protocolLine(protocols), INTERSECTION);
  const protocols = [
    ...new Set(
      service
        .forFamily(family)
        .pieces()
        .map((piece) => piece.protocol),
    ),
  ];
  const later = laterLine(fromPairs(protocols.map((one) => [one, one + 1] as const)));
  const rest = { established: NONE, ttl: ALL_TTL };
  const parts: readonly Transport[] = [
    { service: inside([TCP, TCP + 1]), sourcePort: ALL_PORTS, fragment: HEADED, ...rest, established: [0, 2] },
    { service: inside([UDP, UDP + 1]), sourcePort: ALL_PORTS, fragment: HEADED, ...rest },
    { service: inside([0, TCP, TCP + 1, UDP, UDP + 1, 256]), sourcePort: NONE, fragment: HEADED, ...rest },
    { service: later, sourcePort: NONE, fragment: LATER, ...rest },
  ];
  return parts.filter((part) => part.service.length > 0);
}

/** Every packet of a family that has a meaning, between all addresses. */
export function everyPacket(family: Family): PacketMatch {
  return { family, source: AddressSet.allOf(family), destination: AddressSet.allOf(family), transports: [{}] };
}
