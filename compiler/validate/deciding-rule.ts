/** Which rule of a filter decides about one packet: a plain walk, for messages. */
import type { Family } from "../../grammar/address.js";
import { ICMP, ICMPV6, TCP, UDP } from "../sets/service-set.js";
import type { Packet } from "./packet-set.js";
import type { ArtefactPlace, NumberRange, PacketMatch, ReadFilter, TransportMatch } from "./readback.js";

function inside(ranges: readonly NumberRange[] | undefined, value: number): boolean {
  return ranges === undefined || ranges.some(([from, to]) => from <= value && value <= to);
}

function transportMatches(match: TransportMatch, packet: Packet): boolean {
  const { protocol, slot, fragment } = packet;
  if (!inside(match.protocols, protocol) || !inside(match.ttl, packet.ttl)) return false;
  if (match.fragments !== undefined && !match.fragments.includes(fragment)) return false;
  const ported = match.sourcePorts !== undefined || match.destinationPorts !== undefined;
  const typed = match.types !== undefined || match.codes !== undefined;
  if (!ported && !typed && match.established === undefined) return true;
  // A layer 4 condition on a packet without a layer 4 header: what some platform takes.
  if (fragment === "later") return true;
  if (ported && protocol !== TCP && protocol !== UDP) return false;
  if (typed && protocol !== ICMP && protocol !== ICMPV6) return false;
  if (match.established !== undefined && (protocol !== TCP || match.established !== packet.established)) return false;
  if (ported) return inside(match.sourcePorts, packet.sourcePort) && inside(match.destinationPorts, slot);
  return !typed || (inside(match.types, slot >> 8) && inside(match.codes, slot & 255));
}

function matchMatches(match: PacketMatch, packet: Packet, family: Family): boolean {
  if (match.family !== family) return false;
  if (!match.source.contains(packet.source) || !match.destination.contains(packet.destination)) return false;
  return match.transports.some((one) => transportMatches(one, packet));
}

/** The place of the rule that decides; of the filter where none does and its default stands. */
export function decidingPlace(filter: ReadFilter, packet: Packet): ArtefactPlace {
  const { family } = packet.source;
  const rule = filter.rules.find(
    ({ action, matches }) => action !== "pass" && matches.some((one) => matchMatches(one, packet, family)),
  );
  return rule?.at ?? filter.at;
}
