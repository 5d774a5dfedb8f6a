/** Static and aggregate routes of a routing instance, and the connected ones of its interfaces. */
import type { ReadNext, ReadRoute } from "../../../compiler/validate/readback.js";
import { type Address, addressIn, type Family, prefixOf } from "../../../grammar/address.js";
import type { Unit } from "./interfaces.js";
import type { ConfigNode } from "./node.js";
import type { Policies } from "./policies.js";
import { FAMILY_WORDS, type Reading } from "./reading.js";

/** What the routes of an instance need to know of it. */
export interface InstanceScope {
  readonly reading: Reading;
  /** Name of the instance. */
  readonly name: string;
  readonly units: readonly Unit[];
  readonly policies: Policies;
  /** Ids of the tables by the names of instances. */
  readonly tables: ReadonlyMap<string, string>;
}

/** Junos' default preference of static routes (Juniper, "Understanding Route Preference Values"). */
const STATIC = 5;
const MOST_PREFERENCE = 4_294_967_295;

/** The prefixes of the interfaces' own addresses. */
export function connectedRoutes({ units }: InstanceScope): readonly ReadRoute[] {
  return units.flatMap((unit) =>
    unit.addresses.map(
      ({ address, length }): ReadRoute => ({
        prefix: prefixOf(address, length),
        next: { kind: "attached", to: unit.id },
        origin: "connected",
        at: unit.at,
      }),
    ),
  );
}

/** Reads `static` and `aggregate` below `routing-options`, and below `rib <instance>.inet6.0`. */
export function statedRoutes(scope: InstanceScope, options: ConfigNode | undefined): readonly ReadRoute[] {
  const out = options === undefined ? [] : [...familyRoutes(scope, options, 4)];
  for (const rib of options?.take("rib")?.all() ?? []) {
    if (rib.word === `${scope.name}.inet6.0`) out.push(...familyRoutes(scope, rib, 6));
    else scope.reading.refuseWhole(rib, "it is no table of this routing instance");
  }
  return out;
}

function familyRoutes(scope: InstanceScope, options: ConfigNode, family: Family): readonly ReadRoute[] {
  const { reading } = scope;
  const statics = reading.values(options.take("static")?.take("route"));
  const aggregates = reading.values(options.take("aggregate")?.take("route"));
  return [
    ...statics.flatMap((node) => staticRoutes(scope, node, family)),
    ...aggregates.flatMap((node) => aggregateRoute(scope, node, family) ?? []),
  ];
}

function staticRoutes(scope: InstanceScope, node: ConfigNode, family: Family): readonly ReadRoute[] {
  const { reading } = scope;
  const prefix = reading.prefix(node, family);
  const preference = reading.numberOf(node.take("preference"), 0, MOST_PREFERENCE) ?? STATIC;
  const nexts = nextsOf(scope, node, family, preference);
  const forwards = node.has("no-install") ? ({ forwards: false } as const) : {};
  if (prefix === undefined) return [];
  return nexts.map(([next, own]) => ({
    prefix,
    next,
    origin: "static",
    preference: own,
    ...forwards,
    at: reading.at(node),
  }));
}

/** The next hops of a static route with their preferences; exactly one way of saying where packets go is taken. */
function nextsOf(
  scope: InstanceScope,
  node: ConfigNode,
  family: Family,
  preference: number,
): readonly (readonly [ReadNext, number])[] {
  const { reading } = scope;
  const hops = reading.values(node.take("next-hop")).flatMap((one): readonly (readonly [ReadNext, number])[] => {
    const next = neighbourOf(scope, one, family);
    return next === undefined ? [] : [[next, preference]];
  });
  for (const one of reading.values(node.take("qualified-next-hop"))) {
    const next = neighbourOf(scope, one, family);
    const own = reading.numberOf(one.take("preference"), 0, MOST_PREFERENCE) ?? preference;
    if (next !== undefined) hops.push([next, own]);
  }
  const table = reading.value(node.take("next-table"));
  const drops = ["discard", "reject"].filter((word) => node.has(word));
  const said = [
    node.child("next-hop") !== undefined || node.child("qualified-next-hop") !== undefined,
    table !== undefined,
  ];
  if (said.filter(Boolean).length + drops.length !== 1) {
    reading.refuse(node, "it does not say in exactly one way where packets go");
    return [];
  }
  if (drops.length > 0) return [[{ kind: "discard" }, preference]];
  if (table === undefined) return hops;
  const id = tableOf(scope, table, family);
  return id === undefined ? [] : [[{ kind: "table", table: id }, preference]];
}

/** `<instance>.inet.0` of the same family. */
function tableOf({ reading, tables, name }: InstanceScope, node: ConfigNode, family: Family): string | undefined {
  const [, word] = FAMILY_WORDS.find(([one]) => one === family) ?? [];
  const instance = node.word.endsWith(`.${word}.0`) ? node.word.slice(0, -`.${word}.0`.length) : undefined;
  const id = instance === undefined || instance === name ? undefined : tables.get(instance);
  return id ?? reading.refuse(node, "it is no table of another routing instance");
}

/** A next hop on a subnet of the instance; any other would leave the route without effect. */
function neighbourOf(scope: InstanceScope, node: ConfigNode, family: Family): ReadNext | undefined {
  const { reading } = scope;
  const address = reading.address(node, family);
  if (address === undefined) return undefined;
  const unit = unitAround(scope, node, address);
  return unit === undefined ? undefined : { kind: "neighbour", interface: unit.id, address };
}

/** The one unit in whose subnet a neighbour lies. */
export function unitAround({ reading, units }: InstanceScope, node: ConfigNode, to: Address): Unit | undefined {
  const around = units.filter((unit) =>
    unit.addresses.some(({ address, length }) => addressIn(prefixOf(address, length), to)),
  );
  const [unit, other] = around;
  if (unit === undefined) return reading.refuse(node, "it lies on no interface of the routing instance");
  if (other !== undefined) return reading.refuse(node, `it lies on ${unit.name} and on ${other.name}`);
  const own = unit.addresses.some(({ address }) => address.family === to.family && address.value === to.value);
  return own ? reading.refuse(node, "it is the router's own address") : unit;
}

function aggregateRoute({ reading, policies }: InstanceScope, node: ConfigNode, family: Family): ReadRoute | undefined {
  const prefix = reading.prefix(node, family);
  for (const word of ["discard", "reject"]) node.take(word);
  const names = reading.values(node.take("policy"));
  // Without a policy every longer route contributes.
  const contributors =
    names.length === 0
      ? policies.implicit("", [{ match: {}, action: "accept" }], node)
      : policies.chain(names, undefined);
  if (prefix === undefined || contributors === undefined) return undefined;
  return { prefix, next: { kind: "discard" }, origin: "aggregate", contributors, at: reading.at(node) };
}
