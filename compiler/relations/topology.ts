/**
 * The graph of places, one per domain: which places carry it, how they are joined, and the shortest ways between them.
 *
 * Nodes are routers, fabrics (clouds that their provider joins natively) and externals. Only nodes that pass traffic
 * between their attachments, by the platform table, may lie inside a way; all others are leaves. An `mpls` link carries
 * every domain and counts no link.
 */
import { compareCodePoints } from "../../grammar/source.js";
import type { Cloud, DomainId, Estate, External, Link, PlaceRef, Router } from "../model/estate.js";
import { joinsNatively, passesTraffic } from "../schema/platforms.js";
import { DomainGraph, type TopologyNode } from "./graph.js";
import { estateSites, type Site } from "./sites.js";

/** A core: routers of ours joined by `mpls` links. Its name is that of its first router. */
export interface CoreNode {
  readonly id: string;
  readonly routers: readonly Router[];
  readonly links: readonly Link[];
}

/** Places, links and graphs of an estate. */
export class Topology {
  readonly estate: Estate;
  readonly sites: readonly Site[];
  readonly cores: readonly CoreNode[];
  private readonly graphs = new Map<string, DomainGraph>();
  private readonly siteIndex: ReadonlyMap<string, Site>;
  private readonly cloudIndex: ReadonlyMap<string, Cloud>;
  private readonly routerIndex: ReadonlyMap<string, Router>;
  private physicalGraph: DomainGraph | undefined;

  constructor(estate: Estate) {
    this.estate = estate;
    this.sites = estateSites(estate);
    this.siteIndex = new Map(this.sites.map((site) => [site.path, site] as const));
    this.cloudIndex = new Map(estate.clouds.map((cloud) => [cloud.name, cloud] as const));
    this.routerIndex = new Map(estate.routers.map((router) => [router.name, router] as const));
    this.cores = findCores(estate);
  }

  site(path: string): Site | undefined {
    return this.siteIndex.get(path);
  }

  cloud(name: string): Cloud | undefined {
    return this.cloudIndex.get(name);
  }

  router(name: string): Router | undefined {
    return this.routerIndex.get(name);
  }

  sitesOf(domain: DomainId): readonly Site[] {
    return this.sites.filter((site) => site.domain === domain);
  }

  /** The core a router belongs to; undefined for one outside any core. */
  coreOf(router: string): CoreNode | undefined {
    return this.cores.find((core) => core.routers.some((one) => one.name === router));
  }

  /** The graph of a domain: the places that carry it and the links that do. */
  graph(domain: DomainId): DomainGraph {
    const known = this.graphs.get(domain);
    if (known !== undefined) return known;
    const links = this.estate.links.filter((link) => carries(link, domain));
    const graph = new DomainGraph(this.nodesFor(domain, links), links);
    this.graphs.set(domain, graph);
    return graph;
  }

  /** Every place and every link, whatever they carry: what could be joined by carrying more. */
  physical(): DomainGraph {
    const { clouds, routers, externals, links } = this.estate;
    const fabrics = groupClouds(clouds).map(fabricNode);
    this.physicalGraph ??= new DomainGraph(
      [...fabrics, ...routers.map((router) => this.routerNode(router)), ...externals.map(externalNode)],
      links,
    );
    return this.physicalGraph;
  }

  private nodesFor(domain: DomainId, links: readonly Link[]): readonly TopologyNode[] {
    const carrying = new Set<string>();
    for (const link of links) for (const end of link.ends) carrying.add(placeKey(end.place));
    for (const site of this.sitesOf(domain)) for (const place of site.places) carrying.add(placeKey(place));
    const { clouds, routers, externals } = this.estate;
    const carried = clouds.filter((cloud) => carrying.has(placeKey({ kind: "cloud", name: cloud.name })));
    // A router may hold a meeting of a domain that it does not otherwise carry, so every router is a node.
    return [
      ...groupClouds(carried).map(fabricNode),
      ...routers.map((router) => this.routerNode(router)),
      ...externals.filter((external) => external.domain === domain).map(externalNode),
    ];
  }

  private routerNode(router: Router): TopologyNode {
    const core = this.coreOf(router.name)?.id;
    return {
      id: `router:${router.name}`,
      kind: "router",
      places: [{ kind: "router", name: router.name }],
      transit: passesTraffic({ kind: "router", router }),
      managed: router.os !== "unmanaged",
      ...(core === undefined ? {} : { core }),
    };
  }
}

/** True where a link carries a domain. */
export function carries(link: Link, domain: DomainId): boolean {
  return link.kind === "mpls" || link.carries.some((one) => one.domain === domain);
}

/** A key that names a place apart from places of other kinds. */
export function placeKey(place: PlaceRef): string {
  return `${place.kind}:${place.name}`;
}

/** The fabric a cloud belongs to: its provider and account, or itself where the platform does not join clouds. */
export function fabricKey(cloud: Cloud): string {
  const account = cloud.account?.value;
  return joinsNatively(cloud) && account !== undefined
    ? `${cloud.provider}:account/${account}`
    : `${cloud.provider}:cloud/${cloud.name}`;
}

/** Clouds grouped into fabrics, each sorted by name, in order of their first cloud. */
export function groupClouds(clouds: readonly Cloud[]): readonly (readonly Cloud[])[] {
  const groups = new Map<string, Cloud[]>();
  for (const cloud of [...clouds].sort((a, b) => compareCodePoints(a.name, b.name))) {
    const key = fabricKey(cloud);
    groups.set(key, [...(groups.get(key) ?? []), cloud]);
  }
  return [...groups.values()];
}

function fabricNode(clouds: readonly Cloud[]): TopologyNode {
  const places = clouds.map((cloud) => ({ kind: "cloud" as const, name: cloud.name }));
  const first = clouds[0];
  const transit = first !== undefined && passesTraffic({ kind: "cloud", cloud: first });
  return {
    id: `fabric:${first === undefined ? "" : fabricKey(first)}`,
    kind: "fabric",
    places,
    transit,
    managed: true,
  };
}

function externalNode(external: External): TopologyNode {
  return {
    id: `external:${external.name}`,
    kind: "external",
    places: [{ kind: "external", name: external.name }],
    transit: passesTraffic({ kind: "external" }),
    managed: false,
  };
}

function findCores(estate: Estate): readonly CoreNode[] {
  const mpls = estate.links.filter((link) => link.kind === "mpls");
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  for (const link of mpls) {
    const a = root(link.ends[0].place.name);
    const b = root(link.ends[1].place.name);
    // The smaller name stays the root, so that a core is named after its first router.
    if (a !== b) parent.set(compareCodePoints(a, b) < 0 ? b : a, compareCodePoints(a, b) < 0 ? a : b);
  }
  const members = new Set(mpls.flatMap((link) => link.ends.map((end) => end.place.name)));
  const routers = estate.routers.filter((router) => members.has(router.name));
  const ids = [...new Set(routers.map((router) => root(router.name)))].sort(compareCodePoints);
  return ids.map((id) => ({
    id,
    routers: routers.filter((router) => root(router.name) === id),
    links: mpls.filter((link) => root(link.ends[0].place.name) === id),
  }));
}
