/** Warns of segments that a link carries and nothing behind it uses. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { relationsCatalogue as say } from "../diagnostics/relations-catalogue.js";
import type { Carries, DomainId, Link, PlaceRef } from "../model/estate.js";
import type { TopologyNode } from "../relations/graph.js";
import type { Relations } from "../relations/relations.js";
import { placeKey } from "../relations/topology.js";

/** Judges every carried segment of every link. */
export function judgeCarries(relations: Relations, diagnostics: Diagnostics): void {
  // What would use the segment may be what was left out as faulty.
  if (relations.estate.omitted.any) return;
  for (const link of relations.estate.links) {
    for (const carried of link.carries) {
      if (isUsed(relations, link, carried)) continue;
      diagnostics.report(say["unneeded-carries"], { link: link.name, domain: carried.domain }, carried.span);
    }
  }
}

/** A segment is used where it has something on both sides of the link: a site, or a place where its shares meet. */
function isUsed(relations: Relations, link: Link, carried: Carries): boolean {
  return link.ends.every((end) => reachesUse(relations, link, carried.domain, end.place));
}

function reachesUse(relations: Relations, without: Link, domain: DomainId, start: PlaceRef): boolean {
  const graph = relations.topology.graph(domain);
  const used = usedPlaces(relations, domain);
  const first = graph.nodeOf(start);
  const seen = new Set<string>();
  const next: TopologyNode[] = first === undefined ? [] : [first];
  for (const node of next) {
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    if (node.places.some((place) => used.has(placeKey(place)))) return true;
    if (!node.transit) continue;
    for (const edge of graph.edgesOf(node)) if (edge.link !== without) next.push(edge.to);
  }
  return false;
}

/** Places with a site of the domain, and meeting places that some share of it uses. */
function usedPlaces(relations: Relations, domain: DomainId): ReadonlySet<string> {
  const places = new Set<string>();
  for (const site of relations.topology.sitesOf(domain)) for (const place of site.places) places.add(placeKey(place));
  for (const segment of relations.estate.segments) {
    if (segment.name === domain) continue;
    const boxes = [
      ...relations.routing.routed(domain, segment.name),
      ...relations.routing.routed(segment.name, domain),
    ];
    for (const box of boxes) for (const place of box.crossing?.meeting.places ?? []) places.add(placeKey(place));
  }
  return places;
}
