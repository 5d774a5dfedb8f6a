/** What a filter that a reader made does with one packet: linear, from the words of the contract alone. */
import type {
  NumberRange,
  PacketMatch,
  Readback,
  ReadFilter,
  TransportMatch,
} from "../../../compiler/validate/readback.js";
import type { RawPacket } from "./aws/filters.js";

function inRanges(ranges: readonly NumberRange[] | undefined, value: number): boolean {
  return ranges === undefined || ranges.some(([first, last]) => first <= value && value <= last);
}

function transportFits(match: TransportMatch, packet: RawPacket): boolean {
  const { protocol, fragment } = packet;
  if (!inRanges(match.protocols, protocol)) return false;
  if (match.fragments !== undefined && !match.fragments.includes(fragment)) return false;
  if (!inRanges(match.sourcePorts, packet.sourcePort)) return false;
  if (!inRanges(match.destinationPorts, packet.destinationPort)) return false;
  if (!inRanges(match.types, packet.type) || !inRanges(match.codes, packet.code)) return false;
  return match.established === undefined || match.established === packet.established;
}

function packetFits(match: PacketMatch, packet: RawPacket): boolean {
  return (
    match.family === packet.source.family &&
    match.source.contains(packet.source) &&
    match.destination.contains(packet.destination) &&
    match.transports.some((transport) => transportFits(transport, packet))
  );
}

/** Whether a filter admits a packet. */
export function filterAdmits(filter: ReadFilter, packet: RawPacket): boolean {
  for (const rule of filter.rules) {
    if (rule.action !== "pass" && rule.matches.some((match) => packetFits(match, packet))) {
      return rule.action === "admit";
    }
  }
  return filter.otherwise === "admit";
}

/** Whether every filter of the bindings with this place admits a packet. No binding admits nothing. */
export function placeAdmits(
  readback: Readback,
  direction: "in" | "out",
  where: { readonly path: string } | { readonly subnet: string } | { readonly network: string },
  packet: RawPacket,
): boolean {
  const bindings = readback.bindings.filter((binding) => {
    if (binding.direction !== direction) return false;
    if (binding.where.kind === "workloads") return "path" in where && binding.where.path === where.path;
    if (binding.where.kind === "subnet") return "subnet" in where && binding.where.attachment === where.subnet;
    return binding.where.kind === "others" && "network" in where && binding.where.network === where.network;
  });
  const ids = bindings.flatMap(({ filters }) => filters);
  const filters = ids.flatMap((id) => readback.filters.find((filter) => filter.id === id) ?? []);
  return filters.length > 0 && filters.every((filter) => filterAdmits(filter, packet));
}
