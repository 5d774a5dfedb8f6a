/**
 * Unenforced pairs: endpoints of one domain of which some way passes every enforcement point by. Inside one router LAN,
 * inside one external, and over unmanaged routers alone nobody filters.
 */
import type { DomainId } from "../model/estate.js";
import type { AddressSet } from "../sets/address-set.js";
import type { Routing, SiteGroup } from "./routing.js";

/** A product of addresses between which nobody enforces. */
export interface UnenforcedBox {
  readonly source: AddressSet;
  readonly destination: AddressSet;
}

/** All unenforced products of a domain. Domains are kept apart even by unmanaged routers (an axiom). */
export function unenforcedBoxes(routing: Routing, domain: DomainId): readonly UnenforcedBox[] {
  const groups = routing.groupsOf(domain);
  const boxes: UnenforcedBox[] = groups.flatMap((group) =>
    group.sites
      .filter((site) => site.kind === "lan")
      .map((site) => ({ source: site.endpoints, destination: site.endpoints })),
  );
  const open = groups.filter(isUnfiltered);
  const graph = routing.topology.graph(domain);
  for (const a of open) {
    const node = a.places.map((place) => graph.nodeOf(place))[0];
    if (node === undefined) continue;
    // Only unmanaged places may lie inside; a way that ends at one of ours has met its filter.
    const ways = graph.explore(node, (inner) => inner.transit && !inner.managed);
    for (const b of open) {
      const goal = b.places.map((place) => graph.nodeOf(place))[0];
      if (goal !== undefined && ways.has(goal.id)) boxes.push({ source: a.endpoints, destination: b.endpoints });
    }
  }
  return boxes;
}

/** Sites that no point of ours or of a provider stands before: externals and networks at unmanaged routers. */
function isUnfiltered(group: SiteGroup): boolean {
  return group.sites.some((site) => site.kind === "external" || site.kind === "remote");
}
