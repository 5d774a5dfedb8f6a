/**
 * The route plane: R computed again from the tables of an output, and compared with who is meant to have a way to whom.
 *
 * A route that some flow needs must lead to the endpoints' own attachment, over every way the tables hold. A table may hold
 * what is present in its segment: own prefixes, what is shared into it or returned to it, what its meeting places leak
 * beyond that (surplus, which is reported), its own links; nothing else.
 */
import { formatAddress, formatPrefix } from "../../grammar/address.js";
import type { DomainId, PlaceRef } from "../model/estate.js";
import type { Site } from "../relations/sites.js";
import { AddressSet } from "../sets/address-set.js";
import { AllowedRoutes } from "./allowed-routes.js";
import { judgeExchange } from "./exchange.js";
import type { StructureFinding, Subject } from "./judged.js";
import { placeOf } from "./match-points.js";
import type { ReadTable } from "./readback.js";
import { applyPolicy } from "./route-policy.js";
import { RouteTables, type TableNext, type TableRoute } from "./route-tables.js";
import type { MatchedSession } from "./sessions.js";
import { Sides } from "./sides.js";
import { type Arrival, Trace } from "./trace.js";

/** What the routes of an output came to. */
export interface RoutePlane {
  readonly findings: readonly StructureFinding[];
  /** Routes that were found, and ways that were followed. */
  readonly routes: number;
  readonly ways: number;
  /** Follows packets through the filled tables. */
  readonly trace: Trace;
  /** Routes that a meeting place leaks beyond its shares, as `prefix in table`. */
  readonly surplus: readonly string[];
}

/** Computes the tables of an output and judges them. */
export function judgeRoutes(subject: Subject, sessions: readonly MatchedSession[]): RoutePlane {
  return new Judge(subject, sessions).judge();
}

class Judge {
  private readonly subject: Subject;
  private readonly tables: RouteTables;
  private readonly trace: Trace;
  private readonly sides: Sides;
  private readonly allowed: AllowedRoutes;
  private readonly sessions: readonly MatchedSession[];
  private readonly domains: ReadonlyMap<string, DomainId>;
  private readonly networkDomains: ReadonlyMap<string, DomainId>;
  private readonly ownTables = new Map<Site, readonly string[]>();
  private readonly goals = new Map<Site, Map<string, boolean>>();
  private readonly findings: StructureFinding[] = [];
  private readonly surplus: string[] = [];
  private ways = 0;
  private routes = 0;

  constructor(subject: Subject, sessions: readonly MatchedSession[]) {
    this.subject = subject;
    this.sessions = sessions;
    this.tables = new RouteTables(subject, sessions);
    this.trace = new Trace(this.tables, sessions, [
      ...subject.read.flatMap(({ readback }) => readback.channels),
      ...sessions.map((one) => one.channel),
    ]);
    this.sides = new Sides(subject.relations);
    this.allowed = new AllowedRoutes(subject);
    this.domains = tableDomains(subject, sessions);
    this.networkDomains = networkDomains(subject);
  }

  judge(): RoutePlane {
    this.judgeTables();
    this.judgeTold();
    this.findings.push(...judgeExchange(this.subject, this.tables, this.domains));
    this.judgeWays();
    const { findings, routes, ways, surplus, trace } = this;
    return { findings, routes, ways, surplus, trace };
  }

  private judgeTables(): void {
    for (const [id, table] of this.tables.tables) {
      const domain = this.domains.get(id);
      if (domain === undefined) continue;
      for (const route of this.tables.of(id)) {
        this.judgeRoute(table, domain, route);
        this.judgeReExport(table, domain, route);
      }
    }
  }

  /** What was shared into a domain goes no further: its table does not announce it to the core as its own. */
  private judgeReExport(table: ReadTable, domain: DomainId, route: TableRoute): void {
    const { next, prefix, communities } = route;
    const from = next.kind === "vpn" ? this.domains.get(next.table) : undefined;
    if (table.vpn === undefined || from === undefined || from === domain) return;
    const { export: policy } = table.vpn;
    const again = (["vpn", "bgp"] as const).some(
      (origin) => applyPolicy(policy, { prefix, communities, origin }) !== undefined,
    );
    if (!again) return;
    const what = `it exports ${formatPrefix(prefix)} again, which it imported from \`${from}\``;
    this.findings.push({ plane: "route", kind: "re-export", subject: table.name, what, place: policy.at });
  }

  /** A route leads nowhere but to what is present; into the tables of another domain only to what that one brings. */
  private judgeRoute(table: ReadTable, domain: DomainId, route: TableRoute): void {
    this.routes++;
    const into = this.domainOfNext(route.next) ?? domain;
    const addresses = AddressSet.ofPrefix(route.prefix);
    const { all, meant } = this.allowed.reach(domain, into);
    if (!all.containsSet(addresses)) {
      const by = into === domain ? "" : ` by way of \`${into}\``;
      const what = `the table has a route to ${formatPrefix(route.prefix)}${by}, which nothing brings into \`${domain}\``;
      this.findings.push({ plane: "route", kind: "route-surplus", subject: table.name, what, place: table.at });
    } else if (!meant.containsSet(addresses)) {
      this.surplus.push(`${formatPrefix(route.prefix)} in ${table.id}`);
    }
  }

  /** The domain that a route leads into where that is said by a table or a network. */
  private domainOfNext(next: TableNext): DomainId | undefined {
    if (next.kind === "table" || next.kind === "vpn") return this.domains.get(next.table);
    return next.kind === "attached" ? this.networkDomains.get(next.to) : undefined;
  }

  /** What an end without a policy tells is whatever its table holds. */
  private judgeTold(): void {
    for (const { channel, session, circuit, end } of this.sessions) {
      if (session.routing !== "bgp" || channel.announces !== undefined || channel.export !== undefined) continue;
      const near = circuit.ends[end];
      const meant = AddressSet.ofPrefixes(near.announces.map((one) => one.prefix));
      for (const { prefix, next, path } of this.tables.of(channel.table)) {
        const back = next.kind === "table" && next.table === channel.into;
        const heard = path.includes(circuit.ends[end === 0 ? 1 : 0].asn ?? -1);
        if (back || heard || prefix.family !== session.family) continue;
        if (meant.containsSet(AddressSet.ofPrefix(prefix))) continue;
        const what = `\`${near.place.name}\` would announce ${formatPrefix(prefix)}`;
        const about = { plane: "route", subject: circuit.id, place: channel.at } as const;
        this.findings.push({ ...about, kind: "announce-surplus", what });
      }
    }
  }

  private judgeWays(): void {
    const { relations } = this.subject;
    for (const from of relations.estate.segments) {
      for (const to of relations.estate.segments) this.judgePair(from.name, to.name);
    }
  }

  private judgePair(from: DomainId, to: DomainId): void {
    const { relations } = this.subject;
    for (const box of relations.routing.routed(from, to)) {
      const sources = from === to ? box.source : relations.needed(from, to, box.destination).intersect(box.source);
      if (sources.isEmpty()) continue;
      for (const a of box.sourceGroup.sites) {
        const opening = a.endpoints.intersect(sources);
        if (opening.isEmpty()) continue;
        for (const b of box.destinationGroup.sites) {
          const goal = b.endpoints.intersect(box.destination);
          if (a === b || goal.isEmpty() || sharedFamily(opening, goal) === undefined) continue;
          this.judgeWay(a, b, commonFamilies(goal, opening));
          if (from !== to) this.judgeWay(b, a, commonFamilies(opening, goal));
        }
      }
    }
  }

  /** Every way from where a site stands must lead to where the other does. */
  private judgeWay(from: Site, to: Site, addresses: AddressSet): void {
    for (const table of this.tablesOf(from, to)) {
      this.ways++;
      for (const arrival of this.trace.from(table, addresses)) {
        if (this.isGoal(to, arrival) || this.waitsForAddresses(from, to, arrival)) continue;
        const first = arrival.addresses.first();
        const address = first === undefined ? "" : formatAddress(first);
        const where = arrival.at === "nowhere" ? "nowhere" : `to \`${arrival.id}\``;
        const what = `packets from \`${from.path}\` to \`${address}\` in \`${to.path}\` lead ${where}`;
        const at = this.tables.tables.get(table);
        this.findings.push({
          plane: "route",
          kind: "route-missing",
          subject: at?.name ?? table,
          what,
          ...(at === undefined ? {} : { place: at.at }),
          source: to.span,
        });
        return;
      }
    }
  }

  /** The tables that packets of a site are looked up in, as they come into our hands on their way to another. */
  private tablesOf(site: Site, to: Site): readonly string[] {
    if ((site.kind !== "cloud" && site.kind !== "lan") || this.unreadSite(site)) {
      const family = site.endpoints.families();
      return unique(
        this.sessions
          .filter((one) => this.brings(one, site, to) && family.includes(one.session.family))
          .map((one) => one.channel.table),
      );
    }
    const known = this.ownTables.get(site) ?? this.tablesAt(site);
    this.ownTables.set(site, known);
    return known;
  }

  /** The tables that a cloud network or a LAN stands at itself, wherever its packets go. */
  private tablesAt(site: Site): readonly string[] {
    const { read, design } = this.subject;
    if (site.kind === "cloud") {
      return unique(
        read.flatMap(({ readback }) =>
          readback.attachments.filter((one) => one.path?.startsWith(`${site.path}.`) === true).map((one) => one.table),
        ),
      );
    }
    const lan = design.attachments.find((one) => one.id === site.path);
    if (lan?.kind !== "lan") return [];
    return read.flatMap((target) =>
      target.readback.interfaces
        .filter((one) =>
          lan.attachments.some(
            (each) =>
              each.router === placeOf(target, one.device) &&
              each.interface.value === one.port &&
              each.vlan?.value === one.vlan &&
              each.outerVlan?.value === one.outerVlan,
          ),
        )
        .map((one) => one.table),
    );
  }

  /** True where a session brings packets of an unread site into our hands, on their way to another. */
  private brings({ circuit, end }: MatchedSession, site: Site, to: Site): boolean {
    const near = circuit.ends[end].place;
    const far = circuit.ends[end === 0 ? 1 : 0].place;
    if (this.sessions.some((one) => one.circuit === circuit && one.end !== end)) return false;
    const behind = this.sides.behind(circuit.domain, far, near).get(site.domain);
    const beyond = this.sides.behind(circuit.domain, near, far).get(to.domain);
    return behind?.overlaps(site.endpoints) === true && beyond?.overlaps(to.endpoints) === true;
  }

  private isGoal(site: Site, arrival: Arrival): boolean {
    const { at, id, end } = arrival;
    const goals = this.goals.get(site) ?? new Map<string, boolean>();
    this.goals.set(site, goals);
    const key = `${at} ${id} ${end}`;
    const known = goals.get(key) ?? this.leadsTo(site, arrival);
    goals.set(key, known);
    return known;
  }

  private leadsTo(site: Site, { at, id, end }: Arrival): boolean {
    const { read, design } = this.subject;
    if (at === "session") return end !== undefined && this.isBehind(site, id, end);
    if (at === "unread") return this.unreadSite(site) || this.entersAt(site, id);
    if (at !== "attached") return false;
    if (site.kind === "cloud") {
      return read.some(({ readback }) =>
        readback.attachments.some((one) => one.network === id && one.path?.startsWith(`${site.path}.`) === true),
      );
    }
    const lan = design.attachments.find((one) => one.id === site.path);
    if (lan?.kind === "lan") {
      return read.some((target) =>
        target.readback.interfaces.some(
          (one) =>
            one.id === id &&
            lan.attachments.some((each) => each.interface.value === one.port && each.vlan?.value === one.vlan),
        ),
      );
    }
    // A static circuit: the far next hop on its interface.
    return this.interfaceLeadsTo(site, id);
  }

  /** True where a site stands behind the far end of a circuit that nobody read: it leads packets on as the estate means. */
  private isBehind(site: Site, id: string, end: 0 | 1): boolean {
    const circuit = this.subject.design.circuits.find((one) => one.id === id);
    if (circuit === undefined) return false;
    const [near, far] = [circuit.ends[end], circuit.ends[end === 0 ? 1 : 0]];
    if (this.isRead(far.place)) return false;
    return this.sides.behind(circuit.domain, far.place, near.place).get(site.domain)?.overlaps(site.endpoints) === true;
  }

  /** True where the design has the route to a site at a router of a core that nobody read. */
  private entersAt(site: Site, router: string): boolean {
    return this.subject.design.instances.some(
      ({ domain, place, routes }) =>
        domain === site.domain &&
        place.kind === "router" &&
        place.name === router &&
        routes.some(({ prefix }) => AddressSet.ofPrefix(prefix).overlaps(site.endpoints)),
    );
  }

  private isRead({ name }: PlaceRef): boolean {
    return this.subject.read.some((target) => target.places.includes(name));
  }

  private interfaceLeadsTo(site: Site, id: string): boolean {
    const { read, design } = this.subject;
    return read.some((target) =>
      target.readback.interfaces.some((one) => {
        if (one.id !== id) return false;
        const router = placeOf(target, one.device);
        return design.circuits.some((circuit) =>
          circuit.ends.some((end, index) => {
            if (end.place.name !== router || end.interface !== one.port || circuit.vlan !== one.vlan) return false;
            const far = circuit.ends[index === 0 ? 1 : 0].place;
            return (
              this.sides.behind(circuit.domain, far, end.place).get(site.domain)?.overlaps(site.endpoints) === true
            );
          }),
        );
      }),
    );
  }

  /**
   * True where a provider has still to choose the addresses of a link on the way, so that no session is there yet: an axiom
   * of that link. A network's own table has its routes all the same.
   */
  private waitsForAddresses(from: Site, to: Site, { addresses, at, id }: Arrival): boolean {
    if (at === "nowhere" && this.tables.tables.get(id)?.kind === "network") return false;
    const families = addresses.families();
    return this.subject.design.circuits.some(
      ({ domain, addressing }) =>
        (domain === from.domain || domain === to.domain) &&
        addressing.some((one) => one.kind === "provider" && families.includes(one.family)),
    );
  }

  /** A site of ours whose target nobody read: what leaves towards it is as far as can be seen. */
  private unreadSite(site: Site): boolean {
    return !site.places.some((place) => this.isRead(place));
  }
}

function unique(list: readonly string[]): readonly string[] {
  return [...new Set(list)];
}

function sharedFamily(a: AddressSet, b: AddressSet): 4 | 6 | undefined {
  return a.families().find((family) => b.families().includes(family));
}

/** The addresses of a set in the families that another has too. */
function commonFamilies(set: AddressSet, other: AddressSet): AddressSet {
  return AddressSet.unionAll(other.families().map((family) => set.family(family)));
}

/** The domain of each network that `attached` routes lead to. */
function networkDomains({ relations, read }: Subject): ReadonlyMap<string, DomainId> {
  const domains = new Map(relations.estate.networks.map((one) => [one.path, one.domain] as const));
  return new Map(
    read.flatMap(({ readback }) =>
      readback.attachments.flatMap(({ network, path }) => {
        const domain = domains.get(path?.split(".")[0] ?? "");
        return network === undefined || domain === undefined ? [] : [[network, domain] as const];
      }),
    ),
  );
}

/** The domain of each table: of the VRF's name, of the circuit or subnet that looks up in it, and on from there. */
function tableDomains(
  { relations, read }: Subject,
  sessions: readonly MatchedSession[],
): ReadonlyMap<string, DomainId> {
  const out = new Map<string, DomainId>();
  const vrfs = new Map(relations.estate.segments.map((segment) => [segment.vrf.value, segment.name] as const));
  const networks = new Map(relations.estate.networks.map((one) => [one.path, one.domain] as const));
  const tables = new Map(read.flatMap(({ readback }) => readback.tables.map((one) => [one.id, one] as const)));
  const give = (id: string, domain: DomainId | undefined): void => {
    if (domain === undefined || out.has(id)) return;
    out.set(id, domain);
    for (const { next } of tables.get(id)?.routes ?? []) {
      if (next.kind === "table" && tables.get(next.table)?.kind !== "vrf") give(next.table, domain);
    }
  };
  for (const table of tables.values()) if (table.kind === "vrf") give(table.id, vrfs.get(table.name));
  for (const { channel, circuit } of sessions) {
    give(channel.table, circuit.domain);
    if (channel.into !== undefined) give(channel.into, circuit.domain);
  }
  for (const { readback } of read) {
    for (const { table, path } of readback.attachments) give(table, networks.get(path?.split(".")[0] ?? ""));
  }
  return out;
}
