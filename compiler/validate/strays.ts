/**
 * Things in an output that nothing of the design asks for. Points, sessions and ways are judged from the design, so that
 * what stands beside them would be looked at by nobody: here every path, hub, routing instance, route target, core session
 * and static next hop that was read has to be one of the design.
 */
import { type Address, formatAddress, formatPrefix, type Prefix } from "../../grammar/address.js";
import type { Core, Design } from "../design/design.js";
import { portKey, portOwners } from "./design-ports.js";
import type { ReadTarget, StructureFinding, Subject } from "./judged.js";
import { placeOf } from "./match-points.js";
import type { ReadChannel, ReadInterface, ReadRoute, ReadTable, RoutePolicy } from "./readback.js";

type Sort = Pick<StructureFinding, "plane" | "kind">;

const PATH: Sort = { plane: "filter", kind: "stray-path" };
const TABLE: Sort = { plane: "route", kind: "stray-table" };
const SESSION: Sort = { plane: "route", kind: "stray-session" };
const TARGET: Sort = { plane: "route", kind: "stray-route-target" };

/** Everything that was read and that the design does not have. */
export function findStrays(subject: Subject): readonly StructureFinding[] {
  const { design, read } = subject;
  return read.flatMap((target) => [
    ...strayPaths(subject, target),
    ...strayTables(design, target),
    ...target.readback.tables.flatMap((table) => strayTargets(design, target, table)),
    ...target.readback.channels.flatMap((channel) => strayCommunities(channel)),
    ...strayCoreSessions(design, target),
    ...target.readback.tables.flatMap((table) => strayNextHops(design, target, table)),
  ]);
}

/** Subnets that the design has no point for, and groups of workloads that it does not have. */
function strayPaths({ design, relations }: Subject, { places, readback }: ReadTarget): readonly StructureFinding[] {
  const subnets = new Set<string>();
  for (const { attachment, place } of design.points)
    if (attachment.kind === "subnet" && places.includes(place.name)) subnets.add(attachment.subnet);
  const hosts = relations.estate.segments.flatMap(({ name }) =>
    relations.naming.holdingsOf(name).filter(({ kind }) => kind === "host"),
  );
  const takers = new Set([...subnets, ...hosts.map(({ path }) => path).filter((path) => subnets.has(parentOf(path)))]);
  const groups = readback.bindings.flatMap(({ where, at }): readonly StructureFinding[] => {
    if (where.kind !== "workloads" || takers.has(where.path)) return [];
    const what = "workloads may take a group there, but no subnet and no host of the estate is there";
    return [{ ...PATH, subject: where.path, what, place: at }];
  });
  const attached = readback.attachments.flatMap(({ id, path, at }): readonly StructureFinding[] => {
    if (path !== undefined && subnets.has(path)) return [];
    return [{ ...PATH, subject: path ?? id, what: "the estate has no such subnet", place: at }];
  });
  return [...groups, ...attached];
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

/** Hubs that are no cloud of the estate, and routing instances of segments that are not at their router. */
function strayTables(design: Design, target: ReadTarget): readonly StructureFinding[] {
  return target.readback.tables.flatMap(({ id, kind, name, device, vpn, at }): readonly StructureFinding[] => {
    if (kind === "hub") {
      const place = target.readback.devices.find((one) => one.id === device)?.place;
      const known = place !== undefined && target.places.includes(place);
      return known ? [] : [{ ...TABLE, subject: id, what: "no cloud of the estate has this hub", place: at }];
    }
    if (kind !== "vrf") return [];
    const router = placeOf(target, device) ?? device;
    const instance = instanceOf(design, router, name);
    const about = { ...TABLE, subject: `${name} at ${router}`, place: at };
    if (instance === undefined) return [{ ...about, what: "the design has no such routing instance there" }];
    const { routeDistinguisher: wanted } = instance;
    if (wanted === undefined || vpn === undefined || vpn.distinguisher === wanted) return [];
    return [{ ...about, what: `its route distinguisher is ${vpn.distinguisher}, not ${wanted}` }];
  });
}

function instanceOf(design: Design, router: string, vrf: string) {
  const domain = design.domains.find((one) => one.vrf === vrf)?.domain;
  return design.instances.find((one) => one.domain === domain && one.place.name === router);
}

/** Route targets that an instance takes or gives and that are neither its segment's nor those of a share with it. */
function strayTargets(design: Design, target: ReadTarget, table: ReadTable): readonly StructureFinding[] {
  const { vpn, kind, name, device } = table;
  const domain = design.domains.find((one) => one.vrf === name);
  if (vpn === undefined || kind !== "vrf" || domain === undefined) return [];
  const taken = new Set(communityOf(domain.routeTarget));
  const given = new Set(taken);
  for (const { from, to, sharedTarget, returnedTarget } of design.leaks) {
    const [into, out] = [
      to === domain.domain ? sharedTarget : undefined,
      from === domain.domain ? sharedTarget : undefined,
    ];
    const [back, forth] = [
      from === domain.domain ? returnedTarget : undefined,
      to === domain.domain ? returnedTarget : undefined,
    ];
    for (const one of [...communityOf(into), ...communityOf(back)]) taken.add(one);
    for (const one of [...communityOf(out), ...communityOf(forth)]) given.add(one);
  }
  const about = { ...TARGET, subject: `${name} at ${placeOf(target, device) ?? device}` };
  return [
    ...takenBy(vpn.import).flatMap(({ community, at }): readonly StructureFinding[] => {
      if (community !== undefined && taken.has(community)) return [];
      return [{ ...about, what: `it takes routes with ${community ?? "any route target"}`, place: at }];
    }),
    ...givenBy(vpn.export).flatMap(({ community, at }): readonly StructureFinding[] =>
      given.has(community) ? [] : [{ ...about, what: `it gives its routes ${community}`, place: at }],
    ),
  ];
}

function communityOf(routeTarget: string | undefined): readonly string[] {
  return routeTarget === undefined ? [] : [`target:${routeTarget}`];
}

type Term = RoutePolicy["terms"][number];

/** What each accepting alternative of an import policy asks a route for; undefined where for nothing. */
function takenBy({ terms }: RoutePolicy): readonly { readonly community?: string; readonly at: Term["at"] }[] {
  return terms.flatMap(({ action, match, at }) => {
    if (action !== "accept") return [];
    const lists = match.communities ?? [[]];
    return lists.flatMap((list) => (list.length === 0 ? [{ at }] : list.map((community) => ({ community, at }))));
  });
}

function givenBy({ terms }: RoutePolicy): readonly { readonly community: string; readonly at: Term["at"] }[] {
  return terms.flatMap(({ action, communities, at }) =>
    action === "reject"
      ? []
      : [...(communities?.set ?? []), ...(communities?.add ?? [])].map((community) => ({ community, at })),
  );
}

/** Route targets come of routing instances only: a session of ours gives a route none. */
function strayCommunities(channel: ReadChannel): readonly StructureFinding[] {
  if (channel.peer.kind === "table") return [];
  return [channel.import, channel.export].flatMap((policy) =>
    (policy === undefined ? [] : givenBy(policy)).filter(isTarget).map(({ community, at }): StructureFinding => {
      return { ...TARGET, subject: channel.id, what: `the session gives routes ${community}`, place: at };
    }),
  );
}

function isTarget({ community }: { readonly community: string }): boolean {
  return community.startsWith("target:");
}

/** Sessions of the core that are not between two of its routers, or reflect where nobody should. */
function strayCoreSessions(design: Design, target: ReadTarget): readonly StructureFinding[] {
  const loopbacks = new Map(
    design.estate.routers.map(
      ({ name, loopbacks: list }) => [name, list.map(({ value }) => formatAddress(value))] as const,
    ),
  );
  const has = (router: string, address: Address): boolean =>
    loopbacks.get(router)?.includes(formatAddress(address)) === true;
  return target.readback.channels.flatMap((channel): readonly StructureFinding[] => {
    const { peer } = channel;
    if (peer.kind !== "vpn") return [];
    const router = placeOf(target, channel.table) ?? channel.table;
    const core = design.cores.find(({ routers }) => routers.includes(router));
    const remote = core?.routers.find((one) => one !== router && has(one, peer.remote));
    const about = { ...SESSION, subject: `${router} to ${formatAddress(peer.remote)}`, place: channel.at };
    if (core === undefined || remote === undefined || !has(router, peer.local))
      return [{ ...about, what: "it joins no two routers of one core" }];
    return coreDifferences(core, router, remote, channel).map((what) => ({ ...about, what }));
  });
}

function coreDifferences(
  { reflectors }: Core,
  router: string,
  remote: string,
  { peer, import: imports, export: exports }: ReadChannel,
): readonly string[] {
  const [own, other] = [reflectors.includes(router), reflectors.includes(remote)];
  const client = own && !other;
  const out: string[] = [];
  if (reflectors.length > 0 && !own && !other)
    out.push("neither of its routers reflects, so that they have no session");
  if (peer.kind === "vpn" && peer.reflectorClient !== client)
    out.push(
      client ? "it does not reflect, though its router should" : "it reflects routes, which its router should not",
    );
  if (imports !== undefined || exports !== undefined) out.push("it has a policy, and none is meant");
  return out;
}

/** Routes to a neighbour that is not the one that the destination lies behind. */
function strayNextHops(design: Design, target: ReadTarget, table: ReadTable): readonly StructureFinding[] {
  const interfaces = new Map(target.readback.interfaces.map((one) => [one.id, one] as const));
  return table.routes.flatMap(({ prefix, next, at }: ReadRoute): readonly StructureFinding[] => {
    if (next.kind !== "neighbour") return [];
    const one = interfaces.get(next.interface);
    const hops = one === undefined ? [] : hopsTo(design, target, one, prefix);
    const to = formatAddress(next.address);
    if (hops.includes(to)) return [];
    const what = `packets to ${formatPrefix(prefix)} go to ${to}, ${hops.length === 0 ? "and nothing of the design lies there" : `not to ${hops.join(", ")}`}`;
    return [{ ...TABLE, subject: table.name, what, place: at }];
  });
}

/** The designed next hops of a prefix on an interface: of hosts of a LAN themselves, else what the source or the link says. */
function hopsTo(design: Design, target: ReadTarget, at: ReadInterface, prefix: Prefix): readonly string[] {
  const text = formatPrefix(prefix);
  const { device, port, vlan, outerVlan } = at;
  const key = portKey({ router: placeOf(target, device) ?? device, port, vlan, outerVlan });
  const found = (portOwners(design).get(key) ?? []).flatMap((owner): readonly Address[] => {
    if (owner.kind === "lan") {
      const { prefixes, parts, nextHops } = owner.lan;
      if (![...prefixes, ...parts].some((one) => formatPrefix(one) === text)) return [];
      return nextHops.length > 0 ? nextHops : [{ family: prefix.family, value: prefix.value }];
    }
    const { ends, addressing, nextHops } = owner.circuit;
    const far = owner.end === 0 ? 1 : 0;
    if (!ends[far].announces.some((one) => formatPrefix(one.prefix) === text)) return [];
    return [...nextHops, ...addressing.flatMap((one) => (one.kind === "provider" ? [] : [one.ends[far].address]))];
  });
  return found.filter(({ family }) => family === prefix.family).map(formatAddress);
}
