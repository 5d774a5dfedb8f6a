/** Links as guard rails see them, and what each brings of each domain. */
import type { Circuit, Design } from "../design/design.js";
import type { Estate, Link, PlaceRef } from "../model/estate.js";
import type { TopologyNode } from "../relations/graph.js";
import type { Topology } from "../relations/topology.js";
import { declared } from "./declarations.js";
import { compact, domainId, objectId, placeId, type Subjects } from "./ids.js";
import type { GuardCarries, GuardInput, GuardLink, ObjectId } from "./input.js";

/** Describes links and circuits, and notes where each is written. */
export function linksOf(design: Design, topology: Topology, subjects: Subjects): Pick<GuardInput, "links" | "carries"> {
  const { estate } = design;
  const links: Record<ObjectId, GuardLink> = {};
  for (const link of estate.links) links[subjects.add("link", link.path, link.span)] = linkOf(estate, link);
  const carries: Record<ObjectId, GuardCarries> = {};
  for (const circuit of design.circuits) {
    carries[subjects.add("carries", circuit.id, circuit.carries.span)] = carriesOf(circuit, topology);
  }
  return { links, carries };
}

function linkOf(estate: Estate, link: Link): GuardLink {
  const ends = link.ends.map((end) => end.place);
  const unmanaged = ({ kind, name }: PlaceRef): boolean =>
    kind === "router" && estate.routers.some((router) => router.name === name && router.os === "unmanaged");
  const domains =
    link.kind === "mpls" ? estate.segments.map((segment) => segment.name) : link.carries.map((one) => one.domain);
  return compact({
    ...declared(link),
    kind: link.kind,
    ends: ends.map(placeId),
    toCloud: ends.some((end) => end.kind === "cloud"),
    toExternal: ends.some((end) => end.kind === "external"),
    toUnmanaged: ends.some(unmanaged),
    encrypted: link.kind === "ipsec",
    bandwidth: link.bandwidth?.value,
    bfd: link.bfd?.value,
    mtu: link.mtu?.value,
    preference: link.preference,
    hosted: link.hosted,
    partner: link.partner,
    ike: Object.fromEntries([...(link.ipsec?.ike ?? [])].map(([key, { value }]) => [key, value] as const)),
    domains: domains.map(domainId),
  });
}

function carriesOf(circuit: Circuit, topology: Topology): GuardCarries {
  return compact({
    link: objectId("link", circuit.link.path),
    domain: domainId(circuit.domain),
    bgp: circuit.routing === "bgp",
    authenticated: circuit.md5 !== undefined,
    bfd: circuit.bfd !== undefined,
    maxPrefixes: circuit.maxPrefixes,
    bandwidth: circuit.bandwidth,
    redundant: hasOtherWay(circuit, topology),
    accepted: Math.max(...circuit.ends.map((end) => end.announces.length)),
  });
}

/** True where the two ends still reach each other in the domain when the link fails. */
function hasOtherWay({ link, domain }: Circuit, topology: Topology): boolean {
  const graph = topology.graph(domain);
  const start = graph.nodeOf(link.ends[0].place);
  const goal = graph.nodeOf(link.ends[1].place);
  if (start === undefined || goal === undefined) return false;
  const seen = new Set<string>([start.id]);
  const open: TopologyNode[] = [start];
  for (const node of open) {
    if (node !== start && !node.transit) continue;
    for (const edge of graph.edgesOf(node)) {
      if (edge.link === link || seen.has(edge.to.id)) continue;
      if (edge.to.id === goal.id) return true;
      seen.add(edge.to.id);
      open.push(edge.to);
    }
  }
  return false;
}
