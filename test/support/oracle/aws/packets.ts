/** Packets at the edges of everything that stands in a module, from a seed. */
import { type Cidr, cidrOf, edgesOf, type Point } from "./address.js";
import type { RawPacket } from "./filters.js";
import type { State } from "./state.js";

/** The numbers that a state draws lines at. */
export interface Edges {
  readonly points: readonly Point[];
  readonly byFamily: Readonly<Record<4 | 6, readonly Point[]>>;
  readonly ports: readonly number[];
  readonly protocols: readonly number[];
}

const KNOWN: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

/** All texts and numbers of a value. */
function* leaves(value: unknown): Generator<string | number> {
  if (typeof value === "string" || typeof value === "number") yield value;
  else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) yield* leaves(part);
}

/** Every prefix that stands anywhere in a state. */
export function cidrsOf(state: State): readonly Cidr[] {
  const found = new Map<string, Cidr>();
  for (const { body } of state.items.values()) {
    for (const leaf of leaves(body)) {
      const cidr = cidrOf(leaf);
      if (cidr !== undefined) found.set(`${cidr.family} ${cidr.value} ${cidr.length}`, cidr);
    }
  }
  return [...found.values()];
}

/** The edges of a state: both sides of each prefix, each range of ports, each protocol. */
export function edgesIn(state: State): Edges {
  const ports = new Set([0, 65535]);
  const protocols = new Set([0, 1, 6, 17, 47, 50, 58, 255]);
  for (const { body } of state.items.values()) {
    for (const attribute of ["from_port", "to_port", "icmp_type", "icmp_code"]) {
      const value = body[attribute];
      if (typeof value !== "number") continue;
      for (const near of [value - 1, value, value + 1]) if (near >= 0 && near < 65536) ports.add(near);
    }
    const protocol = body.ip_protocol ?? body.protocol;
    const number = KNOWN[String(protocol)] ?? Number(protocol);
    if (number >= 0 && number < 256) protocols.add(number);
  }
  const points = new Map<string, Point>();
  for (const cidr of cidrsOf(state)) {
    for (const point of edgesOf(cidr)) points.set(`${point.family} ${point.value}`, point);
  }
  const all = [...points.values()];
  const byFamily = { 4: all.filter(({ family }) => family === 4), 6: all.filter(({ family }) => family === 6) };
  return { points: all, byFamily, ports: [...ports], protocols: [...protocols] };
}

/** Pseudo-random numbers from a seed (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** One packet of a family between two edges. */
export function packetAt(edges: Edges, random: (below: number) => number): RawPacket | undefined {
  const any = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
  const source = any(edges.points);
  const destination = any(edges.byFamily[source?.family ?? 4]);
  const port = (): number => any(edges.ports) ?? 0;
  if (source === undefined || destination === undefined) return undefined;
  return {
    source,
    destination,
    protocol: any(edges.protocols) ?? 6,
    fragment: any(["whole", "whole", "first", "later"] as const) ?? "whole",
    sourcePort: port(),
    destinationPort: port(),
    type: port() % 256,
    code: port() % 256,
    established: random(2) === 1,
  };
}
