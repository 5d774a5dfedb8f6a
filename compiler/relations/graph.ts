/** One domain's graph of places, and the best ways through it. */
import { compareCodePoints } from "../../grammar/source.js";
import type { Link, PlaceRef } from "../model/estate.js";

/** A node of a domain's graph. */
export interface TopologyNode {
  /** `router:chi`, `fabric:aws:cloud/use1`, `external:globex`. */
  readonly id: string;
  readonly kind: "router" | "fabric" | "external";
  /** The places it stands for: several where a fabric spans clouds. Sorted by name. */
  readonly places: readonly PlaceRef[];
  /** Passes traffic between its attachments. */
  readonly transit: boolean;
  /** A router of ours or a provider's fabric enforces at its edge; an unmanaged router or an external does not. */
  readonly managed: boolean;
  /** Of a router in a core: the name of the core. */
  readonly core?: string;
}

/** A link seen from one end. */
export interface TopologyEdge {
  readonly link: Link;
  readonly from: TopologyNode;
  readonly to: TopologyNode;
  /** Which end of the link `from` is. */
  readonly fromEnd: 0 | 1;
  /** 0 for `mpls`, else 1. */
  readonly cost: 0 | 1;
}

/** A way through the graph: the edges in order; empty where start and goal are one node. */
export interface Way {
  readonly start: TopologyNode;
  readonly goal: TopologyNode;
  readonly edges: readonly TopologyEdge[];
  /** Links that count. */
  readonly length: number;
}

/** The graph of one domain. */
export class DomainGraph {
  readonly nodes: ReadonlyMap<string, TopologyNode>;
  private readonly edges = new Map<string, TopologyEdge[]>();
  private readonly byPlace = new Map<string, TopologyNode>();
  private readonly trees = new Map<string, ReadonlyMap<string, Way>>();

  constructor(nodes: readonly TopologyNode[], links: readonly Link[]) {
    this.nodes = new Map(nodes.map((node) => [node.id, node] as const));
    for (const node of nodes) for (const place of node.places) this.byPlace.set(`${place.kind}:${place.name}`, node);
    for (const link of links) this.join(link);
    for (const list of this.edges.values()) list.sort(compareEdges);
  }

  private join(link: Link): void {
    const a = this.nodeOf(link.ends[0].place);
    const b = this.nodeOf(link.ends[1].place);
    if (a === undefined || b === undefined || a === b) return;
    const cost = link.kind === "mpls" ? 0 : 1;
    this.edgesFrom(a.id).push({ link, from: a, to: b, fromEnd: 0, cost });
    this.edgesFrom(b.id).push({ link, from: b, to: a, fromEnd: 1, cost });
  }

  private edgesFrom(id: string): TopologyEdge[] {
    const list = this.edges.get(id) ?? [];
    this.edges.set(id, list);
    return list;
  }

  /** The node that stands for a place; undefined where the domain is not carried there. */
  nodeOf(place: PlaceRef): TopologyNode | undefined {
    return this.byPlace.get(`${place.kind}:${place.name}`);
  }

  /** Edges that leave a node, best first: higher preference, then name of the link. */
  edgesOf(node: TopologyNode): readonly TopologyEdge[] {
    return this.edges.get(node.id) ?? [];
  }

  /** The best way from a node to each node that can be reached: fewest links, then higher preference, then names. */
  waysFrom(start: TopologyNode): ReadonlyMap<string, Way> {
    const known = this.trees.get(start.id);
    if (known !== undefined) return known;
    const ways = this.explore(start, (node) => node.transit);
    this.trees.set(start.id, ways);
    return ways;
  }

  /** As `waysFrom`, through nodes that `through` admits only (the start apart). */
  explore(start: TopologyNode, through: (node: TopologyNode) => boolean): ReadonlyMap<string, Way> {
    const ways = new Map<string, Way>([[start.id, { start, goal: start, edges: [], length: 0 }]]);
    const done = new Set<string>();
    let ring: TopologyNode[] = [start];
    while (ring.length > 0) {
      const next: TopologyNode[] = [];
      // A ring holds the nodes at one distance; edges that cost nothing grow it while it is walked.
      for (const node of ring) {
        const way = ways.get(node.id);
        if (done.has(node.id) || way === undefined) continue;
        done.add(node.id);
        if (node !== start && !through(node)) continue;
        for (const edge of this.edgesOf(node)) {
          const length = way.length + edge.cost;
          const known = ways.get(edge.to.id);
          if (known !== undefined && (done.has(edge.to.id) || known.length <= length)) continue;
          ways.set(edge.to.id, { start, goal: edge.to, edges: [...way.edges, edge], length });
          (edge.cost === 0 ? ring : next).push(edge.to);
        }
      }
      ring = next;
    }
    return ways;
  }

  /** The best way between any of one set of places and any of another. */
  way(from: readonly PlaceRef[], to: readonly PlaceRef[]): Way | undefined {
    let best: Way | undefined;
    for (const start of from) {
      const node = this.nodeOf(start);
      if (node === undefined) continue;
      const ways = this.waysFrom(node);
      for (const end of to) {
        const goal = this.nodeOf(end);
        const way = goal === undefined ? undefined : ways.get(goal.id);
        if (way !== undefined && (best === undefined || way.length < best.length)) best = way;
      }
    }
    return best;
  }
}

function compareEdges(a: TopologyEdge, b: TopologyEdge): number {
  return b.link.preference - a.link.preference || compareCodePoints(a.link.name, b.link.name) || a.fromEnd - b.fromEnd;
}
