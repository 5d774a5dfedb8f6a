/** Routing instances: which routes each domain has at each place, and where each comes from. */
import { comparePrefixes, formatAddress, formatPrefix, type Prefix } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { compareCodePoints } from "../../grammar/source.js";
import { designCatalogue as say } from "../diagnostics/design-catalogue.js";
import type { DomainId, PlaceRef } from "../model/estate.js";
import type { Relations } from "../relations/relations.js";
import { placeKey } from "../relations/topology.js";
import type { DomainDesign, Route, RouteOrigin, RoutingInstance } from "./design.js";
import { Flood, type Item } from "./flood.js";
import type { LeakPlan } from "./items.js";
import type { Allocator } from "./lock.js";
import { integers } from "./numbers.js";

/** The floods of all domains, shared by instances and circuits. */
export class Floods {
  private readonly relations: Relations;
  private readonly floods = new Map<DomainId, Flood>();

  constructor(relations: Relations) {
    this.relations = relations;
  }

  of(domain: DomainId): Flood {
    const known = this.floods.get(domain) ?? new Flood(this.relations.topology.graph(domain), domain);
    this.floods.set(domain, known);
    return known;
  }
}

/** Builds the instances of an estate: at routers of ours and at clouds, wherever a domain has something. */
export function designInstances(
  relations: Relations,
  items: readonly Item[],
  leaks: readonly LeakPlan[],
  floods: Floods,
  domains: readonly DomainDesign[],
  allocator: Allocator,
  diagnostics: Diagnostics,
): readonly RoutingInstance[] {
  const builder = new InstanceBuilder(relations, floods);
  for (const item of items) if (item.cause.kind === "own") builder.own(item);
  builder.spreadThroughCores();
  for (const item of items) if (item.cause.kind !== "own") builder.leaked(item);
  builder.spreadThroughCores();
  for (const leak of leaks) builder.surplus(leak);
  for (const item of builder.unheard) {
    const params = { prefix: formatPrefix(item.prefix), site: item.site.path };
    diagnostics.report(say["unheard-part"], params, item.sources[0]);
  }
  return builder.instances(domains, allocator);
}

interface Draft {
  readonly domain: DomainId;
  readonly place: PlaceRef;
  readonly routes: Map<string, Route>;
  /** The same routes by their site. */
  readonly bySite: Map<string, Route[]>;
}

class InstanceBuilder {
  private readonly relations: Relations;
  private readonly floods: Floods;
  private readonly drafts = new Map<string, Draft>();
  /** Items of shares whose prefix no meeting place hears of: an end on the way announces another one in its place. */
  readonly unheard: Item[] = [];
  /** The item behind each route, so that what is needed in few places goes to these alone. */
  private readonly itemOf = new WeakMap<Route, Item>();

  constructor(relations: Relations, floods: Floods) {
    this.relations = relations;
    this.floods = floods;
    for (const link of relations.estate.links) {
      for (const carried of link.carries) for (const end of link.ends) this.draft(carried.domain, end.place);
    }
  }

  private draft(domain: DomainId, place: PlaceRef): Draft | undefined {
    if (!isOurs(this.relations, place)) return undefined;
    const key = `${domain}@${placeKey(place)}`;
    const known = this.drafts.get(key) ?? {
      domain,
      place,
      routes: new Map<string, Route>(),
      bySite: new Map<string, Route[]>(),
    };
    this.drafts.set(key, known);
    return known;
  }

  private find(domain: DomainId, place: PlaceRef): Draft | undefined {
    return this.drafts.get(`${domain}@${placeKey(place)}`);
  }

  own(item: Item): void {
    if (item.site.kind !== "external" && item.site.kind !== "remote") {
      for (const place of item.entries) {
        this.put(this.draft(item.domain, place), item, { kind: "attachment", attachment: item.site.path });
        this.joinFabric(item, place);
      }
    }
    this.spread(item);
  }

  /** Clouds that their provider joins natively hear of each other's networks and of what comes over each other's links. */
  private joinFabric(item: Item, place: PlaceRef): void {
    const node = this.relations.topology.graph(item.domain).nodeOf(place);
    for (const other of node?.places ?? []) {
      if (placeKey(other) === placeKey(place)) continue;
      this.put(this.draft(item.domain, other), item, { kind: "fabric", cloud: place.name });
    }
  }

  /** Routes learned over circuits. */
  private spread(item: Item): void {
    const flood = this.floods.of(item.domain);
    for (const { edge, prefix } of flood.crossings(item)) {
      if (edge.link.kind === "mpls") continue;
      const place = edge.link.ends[edge.fromEnd === 0 ? 1 : 0].place;
      const heard = withPrefix(item, flood.announced(edge, prefix));
      this.put(this.find(item.domain, place), heard, { kind: "circuit", circuit: `${edge.link.name}/${item.domain}` });
      this.joinFabric(heard, place);
    }
  }

  /** A prefix of another domain: leaked at the meeting from where that domain has it, and spread from there. */
  leaked(item: Item): void {
    if (item.cause.kind === "own") return;
    const domain = item.cause.domain;
    let found = false;
    for (const place of item.entries) {
      const here = this.shared(item, domain, place).map((route) => route.origin);
      found ||= here.length > 0;
      const into = this.find(item.domain, place);
      if (into === undefined) continue;
      const origins = here.length > 0 ? here : this.fromElsewhere(item, domain, place);
      for (const origin of origins) this.put(into, item, { kind: "leak", domain, origin });
    }
    if (!found) this.unheard.push(item);
    this.spread(item);
  }

  /** The routes of a domain at a place that an item is leaked from. */
  private shared(item: Item, domain: DomainId, place: PlaceRef): readonly Route[] {
    return (this.find(domain, place)?.bySite.get(item.site.path) ?? []).filter(
      (route) => route.cause.kind === "own" && comparePrefixes(route.prefix, item.prefix) === 0,
    );
  }

  /** The two domains need no place in common: a core or a fabric brings what enters it at another of its places. */
  private fromElsewhere(item: Item, domain: DomainId, place: PlaceRef): readonly RouteOrigin[] {
    if (place.kind === "router" && !this.isWanted(item, place)) return [];
    return item.entries.flatMap((other) =>
      this.shared(item, domain, other)
        .filter((route) => entersHere(route.origin))
        .map((): RouteOrigin => (place.kind === "router" ? { kind: "core" } : { kind: "fabric", cloud: other.name })),
    );
  }

  /** What propagation at a hub brings beyond a share. */
  surplus(leak: LeakPlan): void {
    const meeting = this.relations.sharing.meetings.find(
      (one) => one.kind === leak.meeting.kind && one.id === leak.meeting.id,
    );
    const led = new Set([...leak.shared, ...leak.returned].map((one) => `${one.site} ${formatPrefix(one.prefix)}`));
    for (const one of leak.surplus) {
      // What covers a part of the share is led where that is needed, and there already.
      if (led.has(`${one.site} ${formatPrefix(one.prefix)}`)) continue;
      const from = one.into === leak.to ? leak.from : leak.to;
      for (const place of meeting?.places ?? []) {
        const into = this.find(one.into, place);
        for (const route of this.find(from, place)?.bySite.get(one.site) ?? []) {
          if (route.cause.kind !== "own" || into === undefined) continue;
          const origin: RouteOrigin = { kind: "leak", domain: from, origin: route.origin };
          const known = [...into.routes.values()].some((other) => comparePrefixes(other.prefix, route.prefix) === 0);
          if (!known) putRoute(into, { ...route, cause: one.cause, origin, sources: one.sources });
        }
      }
    }
  }

  /** Inside a core every router hears what another one has from outside. */
  spreadThroughCores(): void {
    for (const core of this.relations.topology.cores) {
      const places = core.routers.map((router) => ({ kind: "router" as const, name: router.name }));
      for (const segment of this.relations.estate.segments) {
        const drafts = places.flatMap((place) => this.find(segment.name, place) ?? []);
        for (const from of drafts) {
          for (const route of [...from.routes.values()]) {
            if (!entersHere(route.origin)) continue;
            for (const to of drafts) {
              if (to !== from && this.wanted(route, to)) putRoute(to, { ...route, origin: coreOrigin(route.origin) });
            }
          }
        }
      }
    }
  }

  /**
   * True where a router of the core needs a route of another: own prefixes everywhere, a part of a site nowhere (it is
   * leaked where it enters), a shared or returned one where it is needed or passed on.
   */
  private wanted(route: Route, at: Draft): boolean {
    const item = this.itemOf.get(route);
    if (item?.targets === undefined) return true;
    return item.cause.kind !== "own" && this.isWanted(item, at.place);
  }

  /** True where a router needs what is shared or returned, or passes it on. */
  private isWanted(item: Item, place: PlaceRef): boolean {
    const here = placeKey(place);
    if (item.targets === undefined) return true;
    if (item.targets.some((place) => placeKey(place) === here)) return true;
    return this.floods
      .of(item.domain)
      .edges(item)
      .some((edge) => edge.link.kind !== "mpls" && placeKey(edge.link.ends[edge.fromEnd].place) === here);
  }

  private put(draft: Draft | undefined, item: Item, origin: RouteOrigin): void {
    if (draft === undefined) return;
    const route: Route = {
      prefix: item.prefix,
      ...(item.upTo === undefined ? {} : { upTo: item.upTo }),
      ...(item.except === undefined ? {} : { except: item.except }),
      cause: item.cause,
      origin,
      site: item.site.path,
      sources: item.sources,
    };
    this.itemOf.set(route, item);
    putRoute(draft, route);
  }

  instances(domains: readonly DomainDesign[], allocator: Allocator): readonly RoutingInstance[] {
    const given = distinguishers(this.relations, [...this.drafts.values()], domains, allocator);
    return [...this.drafts.values()]
      .map((draft) => {
        const rd = given.get(draft);
        return {
          id: `${draft.domain}@${draft.place.name}`,
          domain: draft.domain,
          place: draft.place,
          role: "main" as const,
          ...(rd === undefined ? {} : { routeDistinguisher: rd }),
          routes: [...draft.routes.entries()]
            .sort(([a, x], [b, y]) => comparePrefixes(x.prefix, y.prefix) || compareCodePoints(a, b))
            .map(([, route]) => route),
        };
      })
      .sort((a, b) => compareCodePoints(a.id, b.id) || compareCodePoints(a.place.kind, b.place.kind));
  }
}

/** An item as it is known beyond an end that announces another prefix for it: then exactly that one. */
function withPrefix(item: Item, prefix: Prefix): Item {
  if (comparePrefixes(item.prefix, prefix) === 0) return item;
  const { upTo: _, except: __, ...rest } = item;
  return { ...rest, prefix };
}

function isOurs(relations: Relations, place: PlaceRef): boolean {
  if (place.kind === "external") return false;
  return place.kind === "cloud" || relations.topology.router(place.name)?.os !== "unmanaged";
}

function putRoute(draft: Draft, route: Route): void {
  const key = `${route.cause.kind} ${"share" in route.cause ? route.cause.share : ""} ${originKey(route.origin)} ${route.site} ${formatPrefix(route.prefix)}`;
  if (draft.routes.has(key)) return;
  draft.routes.set(key, route);
  const list = draft.bySite.get(route.site);
  if (list === undefined) draft.bySite.set(route.site, [route]);
  else list.push(route);
}

function originKey(origin: RouteOrigin): string {
  switch (origin.kind) {
    case "attachment":
      return `attachment ${origin.attachment}`;
    case "circuit":
      return `circuit ${origin.circuit}`;
    case "core":
      return "core";
    case "fabric":
      return `fabric ${origin.cloud}`;
    case "leak":
      return `leak ${origin.domain} ${originKey(origin.origin)}`;
  }
}

/** True where a route comes from outside the core, directly or through a leak. */
function entersHere(origin: RouteOrigin): boolean {
  return origin.kind === "leak" ? entersHere(origin.origin) : origin.kind !== "core";
}

function coreOrigin(origin: RouteOrigin): RouteOrigin {
  return origin.kind === "leak" ? { ...origin, origin: { kind: "core" } } : { kind: "core" };
}

/**
 * Route distinguishers by instance: `<IPv4 loopback>:<VRF number>`, and at a router that has no IPv4 loopback
 * `<ASN>:<number>` with a number of its own for each router and domain (RFC 4364 section 4.2).
 */
function distinguishers(
  relations: Relations,
  drafts: readonly Draft[],
  domains: readonly DomainDesign[],
  allocator: Allocator,
): ReadonlyMap<Draft, string> {
  const numbers = new Map(domains.map((domain) => [domain.domain, domain.number] as const));
  const out = new Map<Draft, string>();
  const others = new Map<string, Draft>();
  for (const draft of drafts) {
    const router = draft.place.kind === "router" ? relations.topology.router(draft.place.name) : undefined;
    const loopback = router?.loopbacks.find((one) => one.value.family === 4);
    const number = numbers.get(draft.domain);
    if (router === undefined || number === undefined) continue;
    if (loopback !== undefined) out.set(draft, `${formatAddress(loopback.value)}:${number}`);
    else others.set(`${router.name}/${draft.domain}`, draft);
  }
  const candidates = integers(1, 65_535);
  const given = allocator.allocate({ pool: "route-distinguisher", keys: [...others.keys()], candidates });
  for (const [key, draft] of others) {
    const asn = relations.topology.router(draft.place.name)?.asn?.value;
    const number = given.get(key);
    if (asn !== undefined && number !== undefined) out.set(draft, `${asn}:${number}`);
  }
  return out;
}
