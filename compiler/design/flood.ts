/**
 * How prefixes spread in a domain: from where they enter, over links that carry the domain, through places that pass
 * traffic. A prefix of a share or a return goes only to places on the way to where it is needed. No prefix comes back into
 * a core that it has left: all routers of a core have one ASN, and BGP drops a route with its own ASN in the path (RFC 4271,
 * section 9.1.2).
 */
import { formatPrefix, type Prefix, prefixContains } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import type { DomainId, PlaceRef } from "../model/estate.js";
import type { DomainGraph, TopologyEdge, TopologyNode } from "../relations/graph.js";
import type { Site } from "../relations/sites.js";
import { placeKey } from "../relations/topology.js";
import type { Accepted } from "./accepted.js";
import type { RouteCause } from "./design.js";

/** A prefix that enters a domain somewhere. */
export interface Item extends Accepted {
  readonly domain: DomainId;
  readonly cause: RouteCause;
  readonly site: Site;
  /** Where it enters: the places of its site, or of a meeting. */
  readonly entries: readonly PlaceRef[];
  /** Where it is needed; undefined: everywhere. */
  readonly targets?: readonly PlaceRef[];
  readonly sources: readonly Span[];
}

/** A prefix that comes to an edge, before what the edge's end announces in its place. */
export interface CrossedEdge {
  readonly edge: TopologyEdge;
  readonly prefix: Prefix;
}

/** Nodes that a way must not pass. */
interface Avoided {
  readonly key: string;
  readonly has: (node: TopologyNode) => boolean;
}

/** Computes the edges an item crosses. It remembers what it has computed for its graph. */
export class Flood {
  private readonly graph: DomainGraph;
  private readonly domain: DomainId;
  private readonly without = new Map<string, ReadonlySet<string>>();
  private readonly known = new Map<string, readonly TopologyEdge[]>();

  constructor(graph: DomainGraph, domain: DomainId) {
    this.graph = graph;
    this.domain = domain;
  }

  /**
   * What of an item crosses each edge. Beyond an end that announces a covering prefix only that one is known, so it is
   * what goes on from there.
   */
  crossings(item: Item): readonly CrossedEdge[] {
    const edges = this.edges(item);
    if (!edges.some((edge) => this.covers(edge).length > 0))
      return edges.map((edge) => ({ edge, prefix: item.prefix }));
    const forms = new Map<string, Map<string, Prefix>>();
    const learn = (node: string, prefix: Prefix): boolean => {
      const known = forms.get(node) ?? new Map<string, Prefix>();
      forms.set(node, known);
      const key = formatPrefix(prefix);
      if (known.has(key)) return false;
      known.set(key, prefix);
      return true;
    };
    for (const node of this.nodes(item.entries)) learn(node.id, item.prefix);
    for (let changed = true; changed; ) {
      changed = false;
      for (const edge of edges) {
        for (const prefix of [...(forms.get(edge.from.id)?.values() ?? [])]) {
          if (learn(edge.to.id, this.announced(edge, prefix))) changed = true;
        }
      }
    }
    return edges.flatMap((edge) => [...(forms.get(edge.from.id)?.values() ?? [])].map((prefix) => ({ edge, prefix })));
  }

  /** What an end announces for a prefix: the one that covers it, where the link says so. */
  announced(edge: TopologyEdge, prefix: Prefix): Prefix {
    return this.covers(edge).find((cover) => prefixContains(cover, prefix)) ?? prefix;
  }

  private covers(edge: TopologyEdge): readonly Prefix[] {
    const carries = edge.link.carries.find((one) => one.domain === this.domain);
    return carries?.announce.get(edge.link.ends[edge.fromEnd].place.name)?.map((one) => one.value) ?? [];
  }

  /** The edges over which an item is announced. */
  edges(item: Pick<Item, "entries" | "targets">): readonly TopologyEdge[] {
    const key = `${item.entries.map(placeKey)} ${item.targets?.map(placeKey)}`;
    const edges = this.known.get(key) ?? this.spread(item);
    this.known.set(key, edges);
    return edges;
  }

  private spread(item: Pick<Item, "entries" | "targets">): readonly TopologyEdge[] {
    const entries = this.nodes(item.entries);
    const targets = item.targets === undefined ? undefined : this.nodes(item.targets);
    const out: TopologyEdge[] = [];
    for (const node of this.graph.nodes.values()) {
      // A leaf announces only what enters at it.
      if (!node.transit && !entries.includes(node)) continue;
      for (const edge of this.graph.edgesOf(node)) {
        if (entries.includes(edge.to) || !this.reaches(entries, node, this.avoided(edge.to, node))) continue;
        if (targets !== undefined && !this.leadsTo(targets, edge)) continue;
        out.push(edge);
      }
    }
    return out;
  }

  private nodes(places: readonly PlaceRef[]): readonly TopologyNode[] {
    return [...new Set(places.flatMap((place) => this.graph.nodeOf(place) ?? []))];
  }

  /** True where an edge is on the way to some target: it ends there, or its end passes traffic on to one. */
  private leadsTo(targets: readonly TopologyNode[], edge: TopologyEdge): boolean {
    if (targets.includes(edge.to)) return true;
    return edge.to.transit && this.reaches(targets, edge.to, this.avoided(edge.from, edge.to));
  }

  /** Where a way must not have been before it comes to `node` from `other`: at that node, and from outside in its core. */
  private avoided(node: TopologyNode, other: TopologyNode): Avoided {
    const { core, id } = node;
    return core === undefined || core === other.core
      ? { key: id, has: (one) => one === node }
      : { key: `core:${core}`, has: (one) => one.core === core };
  }

  /** True where some start reaches `goal` without passing `avoided`. */
  private reaches(starts: readonly TopologyNode[], goal: TopologyNode, avoided: Avoided): boolean {
    return starts.some((start) => !avoided.has(start) && this.reachable(start, avoided).has(goal.id));
  }

  private reachable(start: TopologyNode, avoided: Avoided): ReadonlySet<string> {
    const key = `${start.id} ${avoided.key}`;
    const known = this.without.get(key);
    if (known !== undefined) return known;
    const ways = this.graph.explore(start, (node) => node.transit && !avoided.has(node));
    const found = new Set<string>();
    for (const [id, { goal }] of ways) if (!avoided.has(goal)) found.add(id);
    this.without.set(key, found);
    return found;
  }
}
