/**
 * What routers of the tests' own make of routes: each external neighbour may say any of some prefixes, with any of two sets of
 * communities; tables fill, instances exchange by their policies, on one router and over the VPN, until nothing changes.
 */
import type { Result, Route } from "./policies.js";
import { type Block, blockOf, type Instance, keyOf, type Neighbour, type Router, subnetOf } from "./router.js";

/** A route in a table. */
interface Held extends Route {
  /** The interface, next hop, neighbour or table that it leads to. */
  readonly via: string;
  readonly preference: number;
  readonly vpn: boolean;
  /** Whether the neighbour that said it attached communities. */
  readonly world: number;
}

/** What tables hold and what neighbours are told: by table and by session, sorted lines. */
export interface Outcome {
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly told: ReadonlyMap<string, readonly string[]>;
  /** By session what ranks it behind others: communities that mean something to a neighbour, and longer paths. */
  readonly ranks: ReadonlyMap<string, readonly string[]>;
  /** By session what its policies let through at all, whatever the tables hold. */
  readonly policies: ReadonlyMap<string, readonly string[]>;
}

interface Table {
  readonly router: Router;
  readonly instance: Instance;
  readonly key: string;
  readonly routes: Map<string, Held>;
}

/** Route targets go no further than the routers that read them. */
const VPN_ONLY = /^target:/;

const familyOf = (address: string): 4 | 6 => (address.includes(":") ? 6 : 4);

/** Fills the tables of some routers. `said` is what neighbours may say. */
export function settle(routers: readonly Router[], said: readonly string[]): Outcome {
  const tables = routers.flatMap((router) =>
    router.instances.map(
      (instance): Table => ({ router, instance, key: `${router.name} ${instance.name}`, routes: new Map() }),
    ),
  );
  const communities = [...new Set(routers.flatMap(({ policies }) => policies.known()))];
  for (const table of tables) {
    stated(table);
    heard(table, said, communities);
  }
  const reach = reaching(routers);
  for (let changed = true; changed; ) {
    changed = false;
    for (const from of tables) for (const to of tables) if (exchange(from, to, reach)) changed = true;
  }
  return {
    tables: new Map(tables.map(linesOf)),
    told: new Map(tables.flatMap((table) => toldBy(table, false))),
    ranks: new Map(tables.flatMap((table) => toldBy(table, true))),
    policies: new Map(tables.flatMap((table) => letThrough(table, said, communities))),
  };
}

function put({ routes }: Table, route: Held): boolean {
  const { protocol, via, preference, communities, world } = route;
  const key = `${keyOf(route)} ${protocol} ${via} ${preference} ${world} ${[...communities].sort().join()}`;
  if (routes.has(key)) return false;
  routes.set(key, route);
  return true;
}

function stated(table: Table): void {
  const { router, instance } = table;
  const add = (block: Block, protocol: string, via: string): void => {
    put(table, { ...block, communities: new Set(), protocol, via, preference: 0, vpn: false, world: 0 });
  };
  for (const name of instance.units) {
    const unit = router.units.get(name);
    for (const address of unit?.addresses ?? []) add(subnetOf(blockOf(address)), "direct", unit?.wire ?? "");
  }
  for (const { prefix, kind, to } of instance.statics) add(blockOf(prefix), "static", `${kind} ${to}`);
}

/** The policies that a neighbour names, one after another; the last word is BGP's. */
function chain(router: Router, names: readonly string[] | undefined, route: Route, otherwise: boolean): Result {
  const [name, ...more] = names ?? [];
  if (more.length > 0) throw new Error("only one policy at a time");
  if (name === undefined) return { accepted: otherwise, communities: route.communities, prepended: [] };
  return router.policies.run(name, route, otherwise);
}

function heard(table: Table, said: readonly string[], communities: readonly string[]): void {
  const { router, instance } = table;
  for (const neighbour of instance.neighbours) {
    const family = familyOf(neighbour.address);
    for (const prefix of said.filter((one) => familyOf(one) === family)) {
      for (const [world, carried] of [[], communities].entries()) {
        const route: Route = { ...blockOf(prefix), communities: new Set(carried), protocol: "bgp" };
        const result = chain(router, neighbour.settings.get("import"), route, true);
        if (!result.accepted) continue;
        const via = `neighbour ${neighbour.address}`;
        const preference = result.localPreference ?? 100;
        put(table, { ...route, communities: result.communities, via, preference, vpn: false, world });
      }
    }
  }
}

/** Families of the VPN that routers exchange: both name the other, and each has the family. */
function reaching(routers: readonly Router[]): ReadonlySet<string> {
  const out = new Set<string>();
  const towards = (from: Router, to: Router, family: string): readonly Neighbour[] => {
    const addresses = to.core.flatMap(({ settings }) => settings.get("local-address") ?? []);
    return from.core.filter(
      ({ address, settings }) =>
        addresses.includes(address) && (settings.get("family") ?? []).some((one) => one.startsWith(`${family} `)),
    );
  };
  const direct = (from: Router, to: Router, family: string): boolean => {
    const [there, back] = [towards(from, to, family), towards(to, from, family)];
    return there.some((one) =>
      back.some(
        (other) =>
          one.settings.get("local-address")?.[0] === other.address &&
          other.settings.get("local-address")?.[0] === one.address,
      ),
    );
  };
  const client = (reflector: Router, of: Router, family: string): boolean =>
    towards(reflector, of, family).some(({ settings }) => settings.has("cluster"));
  for (const [number, family] of [
    [4, "inet-vpn"],
    [6, "inet6-vpn"],
  ] as const) {
    for (const from of routers) {
      for (const to of routers) {
        if (from === to) continue;
        const over = routers.some(
          (middle) =>
            middle !== from &&
            middle !== to &&
            direct(from, middle, family) &&
            direct(middle, to, family) &&
            (client(middle, from, family) || client(middle, to, family)),
        );
        if (over || direct(from, to, family)) out.add(`${number} ${from.name} ${to.name}`);
      }
    }
  }
  return out;
}

function exports({ instance }: Table): boolean {
  return instance.statements.some(([a, b]) => a === "routing-options" && b === "auto-export");
}

/** Carries the routes of one table into another where policies of both let them. What came that way goes no further. */
function exchange(from: Table, to: Table, reach: ReadonlySet<string>): boolean {
  if (from === to) return false;
  let changed = false;
  const local = from.router === to.router;
  if (local && !(exports(from) && exports(to))) return false;
  for (const route of [...from.routes.values()]) {
    if (route.vpn || (!local && !reach.has(`${route.family} ${from.router.name} ${to.router.name}`))) continue;
    const out = run(from, "vrf-export", route);
    if (!out.accepted) continue;
    const arriving = { ...route, communities: out.communities, protocol: "bgp" };
    const taken = run(to, "vrf-import", arriving);
    if (!taken.accepted) continue;
    const preference = taken.localPreference ?? out.localPreference ?? route.preference;
    const more = { communities: taken.communities, via: `table ${from.key}`, preference, vpn: true };
    if (put(to, { ...arriving, ...more })) changed = true;
  }
  return changed;
}

function run({ router, instance }: Table, word: string, route: Route): Result {
  const names = instance.statements.filter(([first]) => first === word).map(([, name = ""]) => name);
  return chain(router, names, route, false);
}

function linesOf({ key, routes }: Table): readonly [string, readonly string[]] {
  const lines = [...routes.values()].map((route) => `${keyOf(route)} ${route.via} ${route.preference} ${route.world}`);
  return [key, [...new Set(lines)].sort()];
}

/** What each neighbour of a table is told: prefixes, and apart from them what ranks one link behind another. */
function toldBy(
  { router, instance, key, routes }: Table,
  ranked: boolean,
): readonly (readonly [string, readonly string[]])[] {
  return instance.neighbours.map(({ address, settings }) => {
    const lines: string[] = [];
    for (const route of routes.values()) {
      if (route.family !== familyOf(address) || route.via === `neighbour ${address}`) continue;
      const result = chain(router, settings.get("export"), route, route.protocol === "bgp");
      if (!result.accepted) continue;
      const communities = [...result.communities].filter((one) => !VPN_ONLY.test(one)).sort();
      const rank = ranked ? ` ${communities.join()} ${result.prepended.join()}` : "";
      lines.push(`${keyOf(route)} ${route.world}${rank}`);
    }
    return [`${key} ${address}`, [...new Set(lines)].sort()] as const;
  });
}

const PROTOCOLS = ["direct", "static", "aggregate", "bgp"];

/** The prefixes that the policies of a session let through, from somewhere and with some communities. */
function letThrough(
  { router, instance, key }: Table,
  said: readonly string[],
  communities: readonly string[],
): readonly (readonly [string, readonly string[]])[] {
  return instance.neighbours.flatMap(({ address, settings }) => {
    const own = said.filter((one) => familyOf(one) === familyOf(address));
    const passes = (word: string, prefix: string, protocol: string, otherwise: boolean): boolean =>
      [[], communities].some((carried) => {
        const route: Route = { ...blockOf(prefix), communities: new Set(carried), protocol };
        return chain(router, settings.get(word), route, otherwise).accepted;
      });
    const told = own.filter((one) => PROTOCOLS.some((protocol) => passes("export", one, protocol, protocol === "bgp")));
    const heard = own.filter((one) => passes("import", one, "bgp", true));
    return [[`${key} to ${address}`, told] as const, [`${key} from ${address}`, heard] as const];
  });
}
