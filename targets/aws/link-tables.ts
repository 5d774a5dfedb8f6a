/**
 * Which route table of a hub each link is associated with. A transit gateway looks the packets of an attachment up in its
 * table, and announces every route of that table over a VPN connection (AWS Site-to-Site VPN User Guide, "Site-to-Site VPN
 * routing options"), so a link has a table that holds no more than is meant for it:
 *
 * - the segment's own, where the hub has no other link to keep it from and all of it is for the link;
 * - one for all links that everything attached is for. A hub passes no traffic from link to link (language.md §7), and
 *   nothing filters between two links, so what lies behind any link is left out;
 * - one for all links that only the segment's own networks are for;
 * - one of its own for a link that some of what is shared with its segment is for, and some not.
 *
 * A hub has twenty tables unless more are asked for, so Direct Connect to routers of ours, which is told an explicit list
 * and sends only what its filters admit, counts as a link that everything attached is for.
 *
 * A table is named by what it is for, never by the other links that use it: a new link moves no other one.
 */
import type { Route, RouteOrigin } from "../../compiler/design/design.js";
import type { DomainId } from "../../compiler/model/estate.js";
import { type Prefix, prefixContains } from "../../grammar/address.js";
import { circuitAttachments, gatewayKey } from "./circuits.js";
import type { AwsCircuit, CloudSlice } from "./slice.js";

/** A route table for links. Besides the networks of the segment it holds what `holds` admits of other segments' networks. */
export interface LinkTable {
  /** Below the cloud and the segment: `links`, `link.acquirer-vpn`. */
  readonly name: string;
  readonly holds: (prefix: Prefix) => boolean;
}

/** The circuit that a route leaves by, through whatever leaks. */
export function circuitOf(origin: RouteOrigin): string | undefined {
  if (origin.kind === "leak") return circuitOf(origin.origin);
  return origin.kind === "circuit" ? origin.circuit : undefined;
}

const memo = new WeakMap<CloudSlice, Map<DomainId, ReadonlyMap<string, LinkTable>>>();

/** The tables of the links of a segment at a hub, each once, by name. */
export function linkTables(slice: CloudSlice, domain: DomainId): readonly LinkTable[] {
  const byName = new Map([...tablesByLink(slice, domain).values()].map((table) => [table.name, table] as const));
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}

/** The table of a circuit; undefined where it uses its segment's. */
export function linkTableOf(slice: CloudSlice, at: AwsCircuit): LinkTable | undefined {
  return tablesByLink(slice, at.circuit.domain).get(circuitKey(slice, at));
}

/** True where a route table for links holds a route of its segment's table. */
export function holdsRoute(table: LinkTable, { prefix, origin, cause }: Route): boolean {
  return circuitOf(origin) === undefined && (cause.kind === "own" || table.holds(prefix));
}

function tablesByLink(slice: CloudSlice, domain: DomainId): ReadonlyMap<string, LinkTable> {
  const known = memo.get(slice) ?? new Map<DomainId, ReadonlyMap<string, LinkTable>>();
  memo.set(slice, known);
  const found = known.get(domain) ?? chooseTables(slice, domain);
  known.set(domain, found);
  return found;
}

function chooseTables(slice: CloudSlice, domain: DomainId): ReadonlyMap<string, LinkTable> {
  const links = groupByAttachment(
    slice,
    slice.circuits.filter(({ circuit }) => circuit.domain === domain),
  );
  const routes = slice.instances.filter((one) => one.domain === domain).flatMap((one) => one.routes);
  const led = new Set(routes.flatMap(({ origin }) => circuitOf(origin) ?? []));
  const leading = groupByAttachment(
    slice,
    slice.circuits.filter(({ circuit }) => led.has(circuit.id)),
  );
  const apart = new Set([...links.keys(), ...leading.keys()]).size > 1;
  const shared = routes.filter(({ origin, cause }) => circuitOf(origin) === undefined && cause.kind !== "own");
  const out = new Map<string, LinkTable>();
  for (const [key, members] of links) {
    const holds = (prefix: Prefix): boolean =>
      members.some(({ near }) => near.announces.some((one) => prefixContains(one.prefix, prefix)));
    const trusted = members.every(({ circuit, managed }) => circuit.kind === "direct-connect" && managed);
    const held = trusted ? shared.length : shared.filter(({ prefix }) => holds(prefix)).length;
    if (held === shared.length && !apart) continue;
    if (held === shared.length) out.set(key, { name: "links", holds: () => true });
    else if (held === 0) out.set(key, { name: "links-own", holds: () => false });
    else out.set(key, { name: ownName(members), holds });
  }
  return out;
}

/** The circuits of each attachment: one circuit, or all of a Direct Connect gateway. */
function groupByAttachment(
  slice: CloudSlice,
  circuits: readonly AwsCircuit[],
): ReadonlyMap<string, readonly AwsCircuit[]> {
  const out = new Map<string, readonly AwsCircuit[]>();
  for (const at of circuits) {
    if (circuitAttachments(slice, at).length === 0) continue;
    const key = circuitKey(slice, at);
    out.set(key, [...(out.get(key) ?? []), at]);
  }
  return out;
}

function circuitKey(slice: CloudSlice, { circuit }: AwsCircuit): string {
  return circuit.kind === "direct-connect" ? `dx ${gatewayKey(slice, circuit.domain)}` : circuit.id;
}

/** Virtual interfaces of one gateway have one attachment, and so one table. */
function ownName(members: readonly AwsCircuit[]): string {
  const [first] = members;
  return first === undefined || first.circuit.kind === "direct-connect"
    ? "direct-connect"
    : `link.${first.circuit.link.name}`;
}
