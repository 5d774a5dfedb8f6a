/**
 * The routing tables of an output as its devices would fill them: routes that the files state, what tables hear from one
 * another, over sessions, and through the VPN of a core by route targets. What ends that nobody read would say is what the
 * design says of them; that is an axiom of each such link.
 */
import { comparePrefixes, type Family, formatPrefix, type Prefix } from "../../grammar/address.js";
import type { Design } from "../design/design.js";
import type { DomainId } from "../model/estate.js";
import type { Subject } from "./judged.js";
import type { ReadChannel, ReadNext, ReadRoute, ReadTable, RoutePolicy } from "./readback.js";
import { applyPolicy, type RouteSource } from "./route-policy.js";
import type { MatchedSession } from "./sessions.js";

/** Where a packet goes from a table: as the files say, into the table that a VPN route came from, or out to an unread end. */
export type TableNext =
  | ReadNext
  | { readonly kind: "vpn"; readonly table: string }
  /** To a router of the core whose target has no reader. */
  | { readonly kind: "unread"; readonly place: string };

/** One route of a filled table. */
export interface TableRoute {
  readonly prefix: Prefix;
  readonly communities: ReadonlySet<string>;
  readonly origin: RouteSource;
  readonly next: TableNext;
  /** Of the stated routes of one prefix only the lowest count. */
  readonly preference: number;
  readonly stated: boolean;
  readonly forwards: boolean;
  /** ASNs that it has passed, and the sessions, against loops. */
  readonly path: readonly number[];
}

/** A table that takes a route over the VPN. */
interface Taker {
  readonly to: ReadTable;
  readonly communities: ReadonlySet<string>;
}

const NO_COMMUNITIES: ReadonlySet<string> = new Set();

/** All tables of an output, filled. */
export class RouteTables {
  readonly tables: ReadonlyMap<string, ReadTable>;
  private readonly routes = new Map<string, Map<string, TableRoute>>();
  private readonly subject: Subject;
  private readonly sessions: readonly MatchedSession[];
  private changed = true;

  constructor(subject: Subject, sessions: readonly MatchedSession[]) {
    this.subject = subject;
    this.sessions = sessions;
    this.tables = new Map(subject.read.flatMap(({ readback }) => readback.tables.map((one) => [one.id, one] as const)));
    for (const table of this.tables.values()) for (const route of table.routes) this.put(table.id, statedRoute(route));
    this.putOpaque();
    this.putUnread();
    // Each round carries every route one step further; a route that is known stays as it is, so this comes to an end.
    while (this.changed) {
      this.changed = false;
      this.spread();
    }
  }

  /** The routes of a table, by prefix. */
  of(table: string): readonly TableRoute[] {
    return [...(this.routes.get(table)?.values() ?? [])].sort((a, b) => comparePrefixes(a.prefix, b.prefix));
  }

  private put(table: string, route: TableRoute): void {
    const known = this.routes.get(table) ?? new Map<string, TableRoute>();
    this.routes.set(table, known);
    const key = `${formatPrefix(route.prefix)} ${nextKey(route.next)} ${[...route.communities].sort().join(",")}`;
    if (known.has(key)) return;
    known.set(key, route);
    this.changed = true;
  }

  /** Networks that exist have the prefixes that the estate gives them. */
  private putOpaque(): void {
    const networks = new Map(this.subject.relations.estate.networks.map((one) => [one.path, one] as const));
    for (const table of this.tables.values()) {
      for (const { path, next, families } of table.opaque ?? []) {
        for (const { value: prefix } of networks.get(path ?? "")?.cidrs ?? []) {
          if (!families.includes(prefix.family)) continue;
          this.put(table.id, { ...plainRoute(prefix, next), origin: "static", stated: true });
        }
      }
    }
  }

  /** Routers of a core that nobody read export what the design has entering at them, with the targets it gives. */
  private putUnread(): void {
    const { design, read } = this.subject;
    const isRead = (place: string): boolean => read.some((target) => target.places.includes(place));
    const routers = new Set(design.cores.flatMap((core) => core.routers).filter((name) => !isRead(name)));
    for (const { domain, place, routes } of design.instances) {
      if (place.kind !== "router" || !routers.has(place.name)) continue;
      const own = routes.filter(({ cause, origin }) => cause.kind === "own" && origin.kind !== "core");
      for (const { prefix } of own) {
        const communities = targetsOf(design, domain, prefix);
        for (const table of this.tables.values()) {
          const taken = applyPolicy(table.vpn?.import ?? CLOSED, { prefix, communities, origin: "vpn" });
          if (taken === undefined) continue;
          const next: TableNext = { kind: "unread", place: place.name };
          this.put(table.id, { ...plainRoute(prefix, next), communities: taken, origin: "vpn" });
        }
      }
    }
  }

  private spread(): void {
    for (const { readback } of this.subject.read) {
      for (const channel of readback.channels)
        if (channel.peer.kind === "table") this.pass(channel, channel.peer.table);
    }
    for (const session of this.sessions) this.hear(session);
    this.exchange();
  }

  private pass(channel: ReadChannel, from: string): void {
    for (const route of this.of(from)) {
      const communities = applyPolicy(channel.import, route);
      if (communities === undefined) continue;
      this.put(channel.table, { ...route, communities, next: channel.next, stated: false });
    }
  }

  /** What the far end of a session says. */
  private hear(near: MatchedSession): void {
    const { circuit, end, channel, session } = near;
    const other = this.sessions.find(
      (one) =>
        one.circuit === circuit &&
        one.end !== end &&
        one.session.family === session.family &&
        one.session.remote?.value === session.local?.value,
    );
    const far = circuit.ends[end === 0 ? 1 : 0];
    const said = other === undefined ? this.assumed(near) : this.announced(other);
    const own = circuit.ends[end].asn;
    for (const route of said) {
      if (route.prefix.family !== session.family) continue;
      const path = far.asn === undefined ? route.path : [far.asn, ...route.path];
      if (own !== undefined && path.includes(own)) continue;
      const communities = applyPolicy(channel.import, { ...route, origin: "bgp" });
      if (communities === undefined) continue;
      const heard = { ...plainRoute(route.prefix, channel.next), communities, path, origin: "bgp" as const };
      this.put(channel.into ?? channel.table, heard);
    }
  }

  /** What an end that nobody read says. */
  private assumed({ circuit, end }: MatchedSession): readonly TableRoute[] {
    const far = circuit.ends[end === 0 ? 1 : 0];
    return far.announces.map(({ prefix }) => plainRoute(prefix, { kind: "discard" }));
  }

  private announced({ channel }: MatchedSession): readonly TableRoute[] {
    const fixed = channel.announces;
    if (fixed !== undefined) {
      return fixed.layers.flatMap(({ length, addresses }) =>
        addresses
          .ranges()
          .flatMap(({ family, first, last }) => stretch({ family, value: first, length }, last))
          .map((prefix) => plainRoute(prefix, { kind: "discard" })),
      );
    }
    return this.of(channel.table).flatMap((route) => {
      const communities = applyPolicy(channel.export, route);
      return communities === undefined ? [] : [{ ...route, communities }];
    });
  }

  /** The VPN: what tables export reaches those that import one of its route targets. Nothing imported is exported again. */
  private exchange(): void {
    const members = this.members();
    for (const from of members) {
      for (const route of this.of(from.id)) {
        for (const { to, communities } of this.takers(from, route, members)) {
          const next: TableNext = { kind: "vpn", table: from.id };
          this.put(to.id, { ...plainRoute(route.prefix, next), communities, origin: "vpn", path: route.path });
        }
      }
    }
  }

  private members(): readonly ReadTable[] {
    return [...this.tables.values()].filter((table) => table.vpn !== undefined);
  }

  /** The tables that take a route of another one, with the communities that it has there. */
  private takers(from: ReadTable, route: TableRoute, members: readonly ReadTable[]): readonly Taker[] {
    if (route.origin === "vpn") return [];
    const exported = applyPolicy(from.vpn?.export, route);
    if (exported === undefined) return [];
    return members.flatMap((to): readonly Taker[] => {
      if (to === from || !this.joined(from, to, route.prefix.family)) return [];
      const arriving = { prefix: route.prefix, communities: exported, origin: "vpn" } as const;
      const communities = applyPolicy(to.vpn?.import, arriving);
      return communities === undefined ? [] : [{ to, communities }];
    });
  }

  /**
   * Where routes that somebody says over BGP would come to if they were said with our own route targets: only a policy that
   * replaces what a neighbour attached keeps them where they belong.
   */
  forged(): readonly { readonly from: ReadTable; readonly to: ReadTable; readonly prefix: Prefix }[] {
    const members = this.members();
    const terms = members.flatMap(({ vpn }) => vpn?.import.terms ?? []);
    const targets = terms.flatMap(({ match }) => match.communities ?? []).flat();
    return members.flatMap((from) =>
      this.of(from.id).flatMap((route) => {
        if (route.origin !== "bgp") return [];
        const said = { ...route, communities: new Set([...route.communities, ...targets]) };
        if (equal(applyPolicy(from.vpn?.export, said), applyPolicy(from.vpn?.export, route))) return [];
        const meant = new Set(this.takers(from, route, members).map(({ to }) => to));
        const reached = this.takers(from, said, members).filter(({ to }) => !meant.has(to));
        return reached.map(({ to }) => ({ from, to, prefix: route.prefix }));
      }),
    );
  }

  /** True where routes of one table's router come to another's: the same one, or over VPN sessions of the family. */
  private joined(from: ReadTable, to: ReadTable, family: Family): boolean {
    if (from.device === to.device) return from.vpn?.local === true && to.vpn?.local === true;
    return this.reach(from.device, family).has(to.device);
  }

  private readonly reaches = new Map<string, ReadonlySet<string>>();

  /** The routers that hear what one says: its neighbours, and theirs where a reflector passes it on (RFC 4456). */
  private reach(device: string, family: Family): ReadonlySet<string> {
    const key = `${family} ${device}`;
    const known = this.reaches.get(key);
    if (known !== undefined) return known;
    const found = new Set<string>();
    const ends = vpnEnds(this.subject).filter((one) => one.families.includes(family));
    for (const first of ends.filter((one) => one.from === device)) {
      found.add(first.to);
      // The neighbour reflects to all where we are its client, else to its clients only.
      const client = ends.find((one) => one.from === first.to && one.to === device)?.client === true;
      const reflector = ends.some((one) => one.from === first.to && one.client);
      if (!reflector) continue;
      for (const next of ends.filter((one) => one.from === first.to)) if (client || next.client) found.add(next.to);
    }
    found.delete(device);
    this.reaches.set(key, found);
    return found;
  }
}

function equal(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.size === b.size && [...a].every((one) => b.has(one));
}

/** What a table outside any VPN takes from one. */
const CLOSED: RoutePolicy = { name: "no VPN", terms: [], at: { file: "", at: 0 } };

/** The route targets that a prefix of a domain goes with: the domain's own, and those of shares that lead it elsewhere. */
function targetsOf(design: Design, domain: DomainId, prefix: Prefix): ReadonlySet<string> {
  const own = design.domains.find((one) => one.domain === domain)?.routeTarget;
  const has = (list: readonly { readonly prefix: Prefix }[]): boolean =>
    list.some((one) => comparePrefixes(one.prefix, prefix) === 0);
  const shared = design.leaks.flatMap((leak) => [
    ...(leak.from === domain && has(leak.shared) ? [leak.sharedTarget] : []),
    ...(leak.to === domain && has(leak.returned) ? [leak.returnedTarget] : []),
  ]);
  return new Set([own, ...shared].flatMap((target) => (target === undefined ? [] : [`target:${target}`])));
}

/** A VPN session that both ends have. `client`: `from` reflects for `to`. */
interface VpnEnd {
  readonly from: string;
  readonly to: string;
  readonly client: boolean;
  readonly families: readonly Family[];
}

const vpnMemo = new WeakMap<Subject, readonly VpnEnd[]>();

function vpnEnds(subject: Subject): readonly VpnEnd[] {
  const known = vpnMemo.get(subject);
  if (known !== undefined) return known;
  const all = subject.read.flatMap(({ readback }) =>
    readback.channels.flatMap(({ table: device, peer }) => (peer.kind === "vpn" ? [{ device, peer }] : [])),
  );
  const found = all.flatMap(({ device, peer }) => {
    const other = all.find(
      (one) => one.peer.local.value === peer.remote.value && one.peer.remote.value === peer.local.value,
    );
    const families = peer.families.filter((family) => other?.peer.families.includes(family) === true);
    return other === undefined ? [] : [{ from: device, to: other.device, client: peer.reflectorClient, families }];
  });
  const made = [...found, ...existingMesh(subject)];
  vpnMemo.set(subject, made);
  return made;
}

/** Routers whose VPN sessions are there already and not ours to write: taken as a full mesh, which is an axiom. */
function existingMesh({ relations, read }: Subject): readonly VpnEnd[] {
  const devices = new Map(
    read.flatMap(({ readback }) => readback.devices.map((one) => [one.place ?? one.folder.split("/").pop(), one.id])),
  );
  return relations.topology.cores.flatMap((core) => {
    if (core.routers.every((router) => router.vpnSessions === "managed")) return [];
    const ids = core.routers.flatMap((router) => devices.get(router.name) ?? []);
    return ids.flatMap((from) =>
      ids.filter((to) => to !== from).map((to) => ({ from, to, client: false, families: [4, 6] as const })),
    );
  });
}

function statedRoute(route: ReadRoute): TableRoute {
  const origin = route.origin === "provider" ? "static" : route.origin;
  const { preference = 0, forwards = true } = route;
  return { ...plainRoute(route.prefix, route.next), origin, preference, forwards, stated: true };
}

function plainRoute(prefix: Prefix, next: TableNext): TableRoute {
  const none = { communities: NO_COMMUNITIES, preference: 0, stated: false, forwards: true, path: [] };
  return { prefix, next, origin: "bgp", ...none };
}

function nextKey(next: TableNext): string {
  switch (next.kind) {
    case "attached":
      return `attached ${next.to}`;
    case "table":
    case "vpn":
      return `${next.kind} ${next.table}`;
    case "neighbour":
      return `neighbour ${next.interface} ${next.address.value}`;
    case "session":
      return `session ${next.channel}`;
    case "unread":
      return `unread ${next.place}`;
    case "discard":
      return "discard";
  }
}

/** The prefixes of one length from a first one to the one that ends with an address. */
function stretch(first: Prefix, last: bigint): readonly Prefix[] {
  const size = 1n << BigInt((first.family === 4 ? 32 : 128) - first.length);
  const out: Prefix[] = [];
  for (let value = first.value; value <= last; value += size) out.push({ ...first, value });
  return out;
}
