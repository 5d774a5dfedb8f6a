/**
 * Rules of network security groups as lines: one for each protocol that a group can name, with a key that stays.
 *
 * A group tells Tcp, Udp, Icmp, Esp and Ah apart, and has `*` for everything; it knows no types of ICMP and no other
 * protocol numbers. What it cannot say it says wider, and `service` tells how wide. Source: Microsoft, "Network security
 * groups" (security rules).
 */
import { type ServicePiece, ServiceSet, SLOTS, TCP, UDP } from "../sets/service-set.js";
import type { EnforcementPoint, FilterEntry } from "./design.js";

/** A protocol as a group names it. */
export type NsgProtocol = "Tcp" | "Udp" | "Icmp" | "Esp" | "Ah" | "*";

/** What one line matches beside addresses. */
export interface NsgMatch {
  readonly protocol: NsgProtocol;
  /** Ranges of destination ports; absent: every port. Only with Tcp and Udp. */
  readonly ports?: readonly (readonly [first: number, last: number])[];
  /** All that the line admits in IPv4: at least what was asked for. */
  readonly service: ServiceSet;
}

/** One line of a group: an entry with one of its matches. */
export interface NsgLine {
  /** `<rule>/<protocol>`, with a number behind it where a rule has several lines of one protocol at the point. */
  readonly key: string;
  readonly entry: FilterEntry;
  readonly match: NsgMatch;
}

const NUMBERS: ReadonlyMap<number, NsgProtocol> = new Map([
  [1, "Icmp"],
  [TCP, "Tcp"],
  [UDP, "Udp"],
  [50, "Esp"],
  [51, "Ah"],
]);

const known = new WeakMap<ServiceSet, readonly NsgMatch[]>();

/** The matches that together admit a set of services, and as little more as a group can say. */
export function nsgMatches(service: ServiceSet): readonly NsgMatch[] {
  const before = known.get(service);
  if (before !== undefined) return before;
  const made = makeMatches(service.forFamily(4));
  known.set(service, made);
  return made;
}

function makeMatches(service: ServiceSet): readonly NsgMatch[] {
  const everything: NsgMatch = { protocol: "*", service: ServiceSet.any.forFamily(4) };
  if (service.equals(everything.service)) return [everything];
  const byProtocol = new Map<NsgProtocol, ServicePiece[]>();
  for (const piece of service.pieces()) {
    const name = NUMBERS.get(piece.protocol);
    if (name === undefined) return [everything];
    byProtocol.set(name, [...(byProtocol.get(name) ?? []), piece]);
  }
  return [...byProtocol].map(([protocol, pieces]) => matchOf(protocol, pieces));
}

function matchOf(protocol: NsgProtocol, pieces: readonly ServicePiece[]): NsgMatch {
  const whole = ServiceSet.protocol(pieces[0]?.protocol ?? 0);
  const all = pieces.some(({ first, last }) => first === 0 && last === SLOTS - 1);
  if (all || (protocol !== "Tcp" && protocol !== "Udp")) return { protocol, service: whole };
  return {
    protocol,
    ports: pieces.map(({ first, last }) => [first, last] as const),
    service: ServiceSet.ofPieces(pieces),
  };
}

/** The lines of a point, in the order of its entries. */
export function nsgLines(point: EnforcementPoint): readonly NsgLine[] {
  const counts = new Map<string, number>();
  return point.entries.flatMap((entry) => {
    if (entry.kind !== "flow" || entry.family !== 4) return [];
    return nsgMatches(entry.service).map((match): NsgLine => {
      const base = `${entry.rule}/${match.protocol === "*" ? "any" : match.protocol.toLowerCase()}`;
      const count = (counts.get(base) ?? 0) + 1;
      counts.set(base, count);
      return { key: count === 1 ? base : `${base}/${count}`, entry, match };
    });
  });
}
