/**
 * What a readback says of one packet and one route: its rules walked in their order, without sets of packets. Together with
 * an evaluator of the vendor's own text this judges readers.
 */
import type {
  FragmentKind,
  NumberRange,
  PacketMatch,
  ReadFilter,
  RoutePolicy,
  RouteTerm,
  TransportMatch,
} from "../../../compiler/validate/readback.js";
import type { Family } from "../../../grammar/address.js";
import type { Packet } from "./junos/device.js";

const among = (ranges: readonly NumberRange[] | undefined, value: number): boolean =>
  ranges === undefined || ranges.some(([low, high]) => value >= low && value <= high);

function kindOf({ offset, more }: Packet): FragmentKind {
  if (offset > 0) return "later";
  return more ? "first" : "whole";
}

function transports(match: TransportMatch, packet: Packet): boolean {
  return (
    among(match.protocols, packet.protocol) &&
    (match.fragments === undefined || match.fragments.includes(kindOf(packet))) &&
    among(match.sourcePorts, packet.sourcePort) &&
    among(match.destinationPorts, packet.destinationPort) &&
    among(match.types, packet.type) &&
    among(match.codes, packet.code) &&
    (match.established === undefined || match.established === packet.established) &&
    among(match.ttl, packet.ttl)
  );
}

function matches({ family, source, destination, transports: all }: PacketMatch, packet: Packet): boolean {
  return (
    family === packet.family &&
    all.some((one) => transports(one, packet)) &&
    source.contains({ family, value: packet.source }) &&
    destination.contains({ family, value: packet.destination })
  );
}

/** Whether a filter admits a packet, by its upper bound or its lower one. */
export function admits(filter: ReadFilter, packet: Packet, bound: "most" | "least" = "most"): boolean {
  const rules = bound === "most" ? filter.rules : (filter.least ?? filter.rules);
  const hits = rules.filter(
    ({ action, matches: list }) => action !== "pass" && list.some((one) => matches(one, packet)),
  );
  if (filter.evaluation === "union") return hits.length > 0 || filter.otherwise === "admit";
  return (hits[0]?.action ?? (filter.otherwise === "admit" ? "admit" : "drop")) === "admit";
}

/** A route as policies see it. */
export interface PlainRoute {
  readonly family: Family;
  readonly value: bigint;
  readonly length: number;
  readonly communities: ReadonlySet<string>;
  readonly origin: NonNullable<RouteTerm["match"]["origins"]>[number];
}

/** What a policy makes of a route. */
export interface PlainResult {
  readonly accepted: boolean;
  readonly communities: ReadonlySet<string>;
  readonly localPreference?: number;
  readonly prepend: number;
}

/** Takes a route through a policy. */
export function decide(policy: RoutePolicy, route: PlainRoute): PlainResult {
  let communities = route.communities;
  let localPreference: number | undefined;
  let prepend = 0;
  const result = (accepted: boolean): PlainResult => ({
    accepted,
    communities,
    ...(localPreference === undefined ? {} : { localPreference }),
    prepend,
  });
  for (const term of policy.terms) {
    const { prefixes, communities: lists, origins } = term.match;
    if (prefixes !== undefined && !prefixes.contains(route)) continue;
    if (origins !== undefined && !origins.includes(route.origin)) continue;
    if (lists !== undefined && !lists.some((list) => list.every((one) => communities.has(one)))) continue;
    const { set, remove = [], add = [] } = term.communities ?? {};
    communities = new Set([...(set ?? communities)].filter((one) => !remove.includes(one)).concat(add));
    localPreference = term.localPreference ?? localPreference;
    prepend += term.prepend ?? 0;
    if (term.action !== "next") return result(term.action === "accept");
  }
  return result(false);
}
