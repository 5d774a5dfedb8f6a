/**
 * The route plane: which addresses of one domain have a way to which of another, forward and back.
 *
 * Sites that attach at the same places share their ways, so ways are computed per pair of groups of sites. In edition 1
 * a way that exists forward exists back (a share brings its return routes), so one relation serves both directions.
 */
import { compareCodePoints } from "../../grammar/source.js";
import type { DomainId, PlaceRef } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import type { TopologyEdge, Way } from "./graph.js";
import type { Crossing, Meeting } from "./meeting.js";
import type { SharePair, Sharing } from "./sharing.js";
import { type Site, siteAnchor } from "./sites.js";
import { placeKey, type Topology } from "./topology.js";

/** Sites of one domain that attach at the same places. */
export interface SiteGroup {
  /** `shop+…`-free key: kind and anchor. */
  readonly key: string;
  readonly domain: DomainId;
  readonly places: readonly PlaceRef[];
  readonly sites: readonly Site[];
  readonly endpoints: AddressSet;
}

/** A product of addresses that have a way to each other. */
export interface RoutedBox {
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly sourceGroup: SiteGroup;
  readonly destinationGroup: SiteGroup;
  /** The way inside one domain. */
  readonly way?: Way;
  /** The share and the meeting, between domains. */
  readonly pair?: SharePair;
  readonly crossing?: Crossing;
}

/** The route plane of an estate. */
export class Routing {
  readonly topology: Topology;
  readonly sharing: Sharing;
  private readonly groups = new Map<DomainId, readonly SiteGroup[]>();
  private readonly boxes = new Map<string, readonly RoutedBox[]>();

  constructor(topology: Topology, sharing: Sharing) {
    this.topology = topology;
    this.sharing = sharing;
  }

  /** The groups of a domain, by key. */
  groupsOf(domain: DomainId): readonly SiteGroup[] {
    const known = this.groups.get(domain);
    if (known !== undefined) return known;
    const byKey = new Map<string, Site[]>();
    for (const site of this.topology.sitesOf(domain)) {
      // Externals and LANs at one place differ in what passes them by, so the kind is part of the key.
      const key = `${site.kind}:${siteAnchor(site)}`;
      byKey.set(key, [...(byKey.get(key) ?? []), site]);
    }
    const groups = [...byKey]
      .sort(([a], [b]) => compareCodePoints(a, b))
      .map(([key, sites]) => ({
        key,
        domain,
        places: sites[0]?.places ?? [],
        sites,
        endpoints: AddressSet.unionAll(sites.map((site) => site.endpoints)),
      }));
    this.groups.set(domain, groups);
    return groups;
  }

  /** All routed products from a domain to another (or the same one). They may overlap where several shares do. */
  routed(from: DomainId, to: DomainId): readonly RoutedBox[] {
    const key = `${from} ${to}`;
    const known = this.boxes.get(key);
    if (known !== undefined) return known;
    const boxes = from === to ? this.within(from) : this.across(from, to);
    this.boxes.set(key, boxes);
    return boxes;
  }

  private within(domain: DomainId): readonly RoutedBox[] {
    const graph = this.topology.graph(domain);
    const groups = this.groupsOf(domain);
    return groups.flatMap((a) =>
      groups.flatMap((b) => {
        const way = graph.way(a.places, b.places);
        if (way === undefined) return [];
        return [{ source: a.endpoints, destination: b.endpoints, sourceGroup: a, destinationGroup: b, way }];
      }),
    );
  }

  private across(from: DomainId, to: DomainId): readonly RoutedBox[] {
    return this.sharing
      .between(to, from)
      .flatMap((pair) =>
        this.groupsOf(to).flatMap((b) =>
          this.sharedGroup(pair, b).flatMap((destination) =>
            this.groupsOf(from).flatMap((a) => this.meet(pair, a, b, destination)),
          ),
        ),
      );
  }

  private sharedGroup(pair: SharePair, group: SiteGroup): readonly AddressSet[] {
    const part = pair.shared.intersect(group.endpoints);
    return part.isEmpty() ? [] : [part];
  }

  private meet(pair: SharePair, a: SiteGroup, b: SiteGroup, destination: AddressSet): readonly RoutedBox[] {
    const source = a.sites[0];
    const target = b.sites[0];
    if (source === undefined || target === undefined) return [];
    const crossing = this.sharing.crossing(pair, source, target);
    if (crossing === undefined) return [];
    return [{ source: a.endpoints, destination, sourceGroup: a, destinationGroup: b, pair, crossing }];
  }
}

/**
 * The places a packet passes in a box, from the source's to the destination's, each once. The meeting place of a core is
 * the whole core: what leads to the router that it is named after and back again is no part of the way.
 */
export function placesOf(box: RoutedBox): readonly PlaceRef[] {
  const hops: PlaceRef[] = [];
  const add = (place: PlaceRef): void => {
    const known = hops.findIndex((hop) => placeKey(hop) === placeKey(place));
    if (known < 0) hops.push(place);
    else hops.length = known + 1;
  };
  if (box.crossing === undefined) {
    for (const place of wayPlaces(box.way, box.sourceGroup.places, box.destinationGroup.places)) add(place);
    return hops;
  }
  const { meeting, source, destination } = box.crossing;
  for (const place of wayPlaces(source.way, box.sourceGroup.places, at(meeting, source.way))) add(place);
  const back = wayPlaces(destination.way, box.destinationGroup.places, at(meeting, destination.way));
  for (const place of [...back].reverse()) add(place);
  return hops;
}

/** The edges a packet crosses in a box, in order and in its direction, with the domain it crosses them in. */
export function edgesOf(box: RoutedBox): readonly { readonly edge: TopologyEdge; readonly domain: DomainId }[] {
  const from = box.sourceGroup.domain;
  const to = box.destinationGroup.domain;
  if (box.crossing === undefined) return (box.way?.edges ?? []).map((edge) => ({ edge, domain: from }));
  return withoutCircles([
    ...box.crossing.source.way.edges.map((edge) => ({ edge, domain: from })),
    ...[...box.crossing.destination.way.edges].reverse().map((edge) => ({ edge: reversed(edge), domain: to })),
  ]);
}

/** Edges less those of every circle that they make, as `placesOf` leaves them out. */
function withoutCircles<T extends { readonly edge: TopologyEdge }>(edges: readonly T[]): readonly T[] {
  const kept: T[] = [];
  for (const one of edges) {
    const known = kept.findIndex(({ edge }) => edge.from.id === one.edge.to.id);
    if (known < 0) kept.push(one);
    else kept.length = known;
  }
  return kept;
}

function reversed(edge: TopologyEdge): TopologyEdge {
  return { ...edge, from: edge.to, to: edge.from, fromEnd: edge.fromEnd === 0 ? 1 : 0 };
}

/** The place of a meeting at which a way arrives. */
function at(meeting: Meeting, way: Way): readonly PlaceRef[] {
  const last = way.edges[way.edges.length - 1];
  const arrived = last?.link.ends[last.fromEnd === 0 ? 1 : 0].place;
  if (arrived !== undefined) return [arrived];
  const own = new Set(way.goal.places.map(placeKey));
  return meeting.places.filter((place) => own.has(placeKey(place))).slice(0, 1);
}

function wayPlaces(way: Way | undefined, from: readonly PlaceRef[], to: readonly PlaceRef[]): readonly PlaceRef[] {
  if (way === undefined) return [];
  const start = new Set(way.start.places.map(placeKey));
  const goal = new Set(way.goal.places.map(placeKey));
  const places = from.filter((place) => start.has(placeKey(place))).slice(0, 1);
  for (const edge of way.edges) {
    places.push(edge.link.ends[edge.fromEnd].place, edge.link.ends[edge.fromEnd === 0 ? 1 : 0].place);
  }
  return [...places, ...to.filter((place) => goal.has(placeKey(place))).slice(0, 1)];
}
