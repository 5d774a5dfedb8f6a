/**
 * What tables of routers exchange: every route that enters at one of them is in each other one that is meant to have it, and
 * nobody who announces something can lead it elsewhere.
 */
import { formatPrefix, type Prefix } from "../../grammar/address.js";
import type { DomainId } from "../model/estate.js";
import type { MeetingPlace } from "../model/meeting-place.js";
import type { StructureFinding, Subject } from "./judged.js";
import { placeOf } from "./match-points.js";
import type { ReadTable } from "./readback.js";
import type { RouteTables } from "./route-tables.js";

/** Judges the exchange of routes. `domains` gives the domain of each table. */
export function judgeExchange(
  subject: Subject,
  tables: RouteTables,
  domains: ReadonlyMap<string, DomainId>,
): readonly StructureFinding[] {
  const exchange = new Exchange(subject, tables, domains);
  return [...exchange.missing(), ...exchange.forged()];
}

class Exchange {
  private readonly subject: Subject;
  private readonly tables: RouteTables;
  private readonly domains: ReadonlyMap<string, DomainId>;
  private readonly places: ReadonlyMap<string, string>;
  /** Prefixes that a table did not get from other routers or tables. */
  private readonly entering = new Map<string, Prefix[]>();
  /** By table: `prefix` that it states itself, `prefix table` that it has by way of another. */
  private readonly held = new Map<string, Set<string>>();
  private readonly meant = new Map<string, ReadonlySet<string>>();

  constructor(subject: Subject, tables: RouteTables, domains: ReadonlyMap<string, DomainId>) {
    this.subject = subject;
    this.tables = tables;
    this.domains = domains;
    const devices = subject.read.flatMap((one) =>
      one.readback.devices.map(({ id }) => [id, placeOf(one, id) ?? id] as const),
    );
    this.places = new Map(devices);
    for (const table of this.vrfs()) this.index(table);
  }

  private vrfs(): readonly ReadTable[] {
    return [...this.tables.tables.values()].filter((table) => table.vpn !== undefined);
  }

  private index({ id }: ReadTable): void {
    const entering = new Map<string, Prefix>();
    const held = new Set<string>();
    for (const { prefix, origin, next, stated } of this.tables.of(id)) {
      const text = formatPrefix(prefix);
      if (origin !== "vpn" && next.kind !== "table") entering.set(text, prefix);
      if (stated) held.add(text);
      if (next.kind === "vpn") held.add(`${text} ${next.table}`);
    }
    this.entering.set(id, [...entering.values()]);
    this.held.set(id, held);
  }

  /** With one of two ways missing, packets still arrive while the other is there: so each way is asked for by itself. */
  missing(): readonly StructureFinding[] {
    const vrfs = this.vrfs();
    return vrfs.flatMap((from) => vrfs.flatMap((to) => (to === from ? [] : this.missingBetween(from, to))));
  }

  private missingBetween(from: ReadTable, to: ReadTable): readonly StructureFinding[] {
    const meant = this.meantBetween(from, to);
    const held = this.held.get(to.id);
    if (meant === undefined || meant.size === 0 || held === undefined) return [];
    for (const prefix of this.entering.get(from.id) ?? []) {
      const text = formatPrefix(prefix);
      if (!meant.has(text) || held.has(text) || held.has(`${text} ${from.id}`)) continue;
      const what = `the route to ${text} by way of \`${from.id}\` is missing in \`${to.id}\``;
      return [{ plane: "route", kind: "route-missing", subject: to.name, what, place: to.at }];
    }
    return [];
  }

  /** Routes that come to another table only where whoever says them attaches a route target of ours. */
  forged(): readonly StructureFinding[] {
    return this.tables.forged().map(({ from, to, prefix }) => {
      const what = `whoever announces ${formatPrefix(prefix)} in \`${from.id}\` can lead it into \`${to.id}\` by a route target`;
      return { plane: "route", kind: "route-surplus", subject: to.name, what, place: to.at };
    });
  }

  /** What the estate brings from one table into another: a domain's own routes, and what is shared or returned. */
  private meantBetween(from: ReadTable, to: ReadTable): ReadonlySet<string> | undefined {
    const [source, target] = [this.domains.get(from.id), this.domains.get(to.id)];
    const [place, other] = [this.places.get(from.device), this.places.get(to.device)];
    if (source === undefined || target === undefined || place === undefined || other === undefined) return undefined;
    const { cores } = this.subject.design;
    if (place !== other && !cores.some(({ routers }) => routers.includes(place) && routers.includes(other)))
      return undefined;
    const key = `${source} ${target} ${place}`;
    const made = this.meant.get(key) ?? (source === target ? this.own(source, place) : this.led(source, target, place));
    this.meant.set(key, made);
    return made;
  }

  /** A part of a LAN crosses only where a share leads it: its own domain has the LAN's route. */
  private own(domain: DomainId, place: string): ReadonlySet<string> {
    const { attachments, instances } = this.subject.design;
    const parts = new Set(attachments.flatMap((one) => (one.kind === "lan" ? one.parts.map(formatPrefix) : [])));
    const here = instances.find((one) => one.domain === domain && one.place.name === place);
    const own = here?.routes.filter(({ cause, origin }) => cause.kind === "own" && origin.kind !== "core") ?? [];
    return new Set(own.map(({ prefix }) => formatPrefix(prefix)).filter((text) => !parts.has(text)));
  }

  private led(source: DomainId, target: DomainId, place: string): ReadonlySet<string> {
    const found = this.subject.design.leaks.flatMap(({ from, to, shared, returned, meeting }) => {
      if (!this.meetsAt(meeting, place)) return [];
      if (from === source && to === target) return shared;
      return to === source && from === target ? returned : [];
    });
    return new Set(found.map(({ prefix }) => formatPrefix(prefix)));
  }

  private meetsAt(meeting: MeetingPlace, place: string): boolean {
    if (meeting.kind === "router") return meeting.id === place;
    if (meeting.kind !== "core") return false;
    return this.subject.design.cores.some(({ id, routers }) => id === meeting.id && routers.includes(place));
  }
}
