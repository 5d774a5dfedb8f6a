/**
 * How `preference` is told to the far side of a BGP session: by the length of the AS path, and to AWS Direct Connect by
 * its local preference communities, which it ranks ahead of the path.
 */
import type { Circuit, CircuitEnd, Design } from "../../compiler/design/design.js";

/**
 * Communities that rank what AWS hears over private and transit virtual interfaces, best first. A route carries at most
 * one; equal ones leave the order to the AS path. Source: AWS Direct Connect User Guide, "Routing policies and BGP
 * communities" (local preference BGP communities for private and transit virtual interfaces).
 */
export const DIRECT_CONNECT_RANKS = ["7224:7300", "7224:7200", "7224:7100"] as const;

/** One of the communities of `DIRECT_CONNECT_RANKS`. */
export type DirectConnectCommunity = (typeof DIRECT_CONNECT_RANKS)[number];

/** Where a circuit stands among those of its Direct Connect gateway. */
export interface DirectConnectRank {
  readonly community: DirectConnectCommunity;
  /** True where circuits of another preference have the same community: among them only the AS path is left. */
  readonly tied: boolean;
}

/**
 * The rank of a Direct Connect circuit among those that bring its segment to the same hub, which is one Direct Connect
 * gateway. Undefined where all are preferred alike: then AWS is told nothing and chooses by itself.
 */
export function directConnectRank(design: Design, circuit: Circuit): DirectConnectRank | undefined {
  if (circuit.kind !== "direct-connect") return undefined;
  const hub = hubOf(circuit);
  const members = design.circuits.filter(
    (one) => one.kind === "direct-connect" && one.domain === circuit.domain && hubOf(one) === hub,
  );
  const levels = [...new Set(members.map(({ preference }) => preference))].sort((a, b) => b - a);
  if (levels.length < 2) return undefined;
  const last = DIRECT_CONNECT_RANKS.length - 1;
  const level = levels.indexOf(circuit.preference);
  const community = DIRECT_CONNECT_RANKS[Math.min(level, last)] ?? "7224:7100";
  return { community, tied: level >= last && levels.length > DIRECT_CONNECT_RANKS.length };
}

function hubOf({ ends }: Circuit): string | undefined {
  return ends.find((end) => end.place.kind === "cloud")?.place.name;
}

/**
 * How many different preferences above this circuit's there are among the circuits of its domain between the same two
 * sides: so many times the announcing end's ASN is prepended, so that both ends prefer the same circuit. Both ends come to
 * the same number, since it depends on the pair alone.
 */
export function higherPreferences(design: Design, circuit: Circuit): number {
  const pair = sidesOf(design, circuit);
  const rivals = design.circuits.filter(
    (one) => one.domain === circuit.domain && one.preference > circuit.preference && sidesOf(design, one) === pair,
  );
  return new Set(rivals.map(({ preference }) => preference)).size;
}

/**
 * The two sides of a circuit in either order. Between routers of ours they are the routers, those of a core as one;
 * towards a place of somebody else all routers of ours are one side.
 */
function sidesOf(design: Design, { ends }: Circuit): string {
  const ours = ({ place: { kind, name } }: CircuitEnd): boolean =>
    kind === "router" && !design.estate.routers.some((one) => one.name === name && one.os === "unmanaged");
  const between = ends.every(ours);
  const side = (end: CircuitEnd): string => {
    const { kind, name } = end.place;
    if (!between && ours(end)) return "ours";
    const core = between ? design.cores.find(({ routers }) => routers.includes(name)) : undefined;
    return core === undefined ? `${kind} ${name}` : `core ${core.id}`;
  };
  return ends.map(side).sort().join(" | ");
}
