/**
 * Who stands on which side of a link: computed from the graphs of places, by the rule that a route goes everywhere in its
 * domain, and a shared or returned one on the way to where it is needed; neither comes back into the core that it has left,
 * whose routers have one ASN. It knows nothing of what the design announces.
 */
import type { DomainId, PlaceRef } from "../model/estate.js";
import type { DomainGraph, TopologyNode } from "../relations/graph.js";
import type { Relations } from "../relations/relations.js";
import { AddressSet } from "../sets/address-set.js";

/** Endpoints of one side, by domain. */
export type Side = ReadonlyMap<DomainId, AddressSet>;

/** What comes into a domain at a meeting: from there it goes to where it is needed. */
interface Brought {
  /** Domain of the addresses. */
  readonly owner: DomainId;
  readonly addresses: AddressSet;
  readonly entries: readonly PlaceRef[];
  readonly targets: readonly PlaceRef[];
}

/** Answers who stands behind the ends of links. Remembers what it has computed. */
export class Sides {
  private readonly relations: Relations;
  private readonly brought = new Map<DomainId, Brought[]>();
  private readonly known = new Map<string, Side>();
  private readonly memos = new WeakMap<DomainGraph, Map<string, ReadonlySet<string>>>();

  constructor(relations: Relations) {
    this.relations = relations;
    const domains = relations.estate.segments.map((segment) => segment.name);
    for (const from of domains) for (const to of domains) if (from !== to) this.bring(from, to);
  }

  private bring(from: DomainId, to: DomainId): void {
    for (const box of this.relations.routing.routed(from, to)) {
      if (box.crossing === undefined || box.pair === undefined) continue;
      const sources = this.relations.needed(from, to, box.destination).intersect(box.source);
      if (sources.isEmpty()) continue;
      const entries = box.crossing.meeting.places;
      this.add(from, { owner: to, addresses: box.destination, entries, targets: box.sourceGroup.places });
      this.add(to, { owner: from, addresses: sources, entries, targets: box.destinationGroup.places });
    }
  }

  private add(domain: DomainId, one: Brought): void {
    const list = this.brought.get(domain) ?? [];
    this.brought.set(domain, list);
    list.push(one);
  }

  /** The endpoints whose packets a link of a domain brings from the place `far` to the place `near`. */
  behind(domain: DomainId, far: PlaceRef, near: PlaceRef): Side {
    const key = `${domain} ${far.kind}:${far.name} ${near.kind}:${near.name}`;
    const known = this.known.get(key) ?? this.compute(domain, far, near);
    this.known.set(key, known);
    return known;
  }

  private compute(domain: DomainId, far: PlaceRef, near: PlaceRef): Side {
    const graph = this.relations.topology.graph(domain);
    const [farNode, nearNode] = [graph.nodeOf(far), graph.nodeOf(near)];
    const lists = new Map<DomainId, AddressSet[]>();
    if (farNode === undefined || nearNode === undefined) return new Map();
    const put = (owner: DomainId, set: AddressSet): void => {
      lists.set(owner, [...(lists.get(owner) ?? []), set]);
    };
    for (const site of this.relations.topology.sitesOf(domain)) {
      if (this.enters(graph, site.places, farNode, nearNode)) put(domain, site.endpoints);
    }
    for (const one of this.brought.get(domain) ?? []) {
      if (!this.enters(graph, one.entries, farNode, nearNode)) continue;
      if (this.isWanted(graph, one.targets, nearNode, farNode)) put(one.owner, one.addresses);
    }
    return new Map([...lists].map(([owner, list]) => [owner, AddressSet.unionAll(list)] as const));
  }

  /** True where what enters at some place comes to `far` without passing `near`, and does not enter at `near` itself. */
  private enters(graph: DomainGraph, places: readonly PlaceRef[], far: TopologyNode, near: TopologyNode): boolean {
    const nodes = places.flatMap((place) => graph.nodeOf(place) ?? []);
    if (nodes.includes(near)) return false;
    const reached = this.reach(graph, far, near);
    return nodes.some((node) => reached.has(node.id));
  }

  /** True where `near` is a target, or passes traffic on to one without coming back over `far`. */
  private isWanted(graph: DomainGraph, targets: readonly PlaceRef[], near: TopologyNode, far: TopologyNode): boolean {
    const nodes = targets.flatMap((place) => graph.nodeOf(place) ?? []);
    if (nodes.includes(near)) return true;
    if (!near.transit) return false;
    const reached = this.reach(graph, near, far);
    return nodes.some((node) => reached.has(node.id));
  }

  /** The nodes joined to a start by ways that avoid a node and the rest of its core. A leaf passes nothing on. */
  private reach(graph: DomainGraph, start: TopologyNode, avoided: TopologyNode): ReadonlySet<string> {
    if (!start.transit) return new Set([start.id]);
    const key = `${start.id} ${avoided.id}`;
    const memo = this.memoOf(graph);
    const known = memo.get(key);
    if (known !== undefined) return known;
    const core = this.coreOf(avoided).filter((router) => !this.coreOf(start).includes(router));
    const closed = new Set([avoided.id, ...core.map((router) => `router:${router}`)]);
    const found = new Set(graph.explore(start, (node) => node.transit && !closed.has(node.id)).keys());
    for (const id of closed) found.delete(id);
    memo.set(key, found);
    return found;
  }

  /** Names of the routers of a node's core. */
  private coreOf(node: TopologyNode): readonly string[] {
    const names = node.kind === "router" ? node.places.map((place) => place.name) : [];
    return names.flatMap((name) => this.relations.topology.coreOf(name)?.routers.map((router) => router.name) ?? []);
  }

  private memoOf(graph: DomainGraph): Map<string, ReadonlySet<string>> {
    const known = this.memos.get(graph) ?? new Map<string, ReadonlySet<string>>();
    this.memos.set(graph, known);
    return known;
  }
}
