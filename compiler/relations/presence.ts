/**
 * The prefixes present in a domain: its own, what is shared into it, what replies to it need, and what meeting places
 * leak beyond that. They must not overlap, and a longer one takes addresses away from a summary.
 */
import { formatPrefix, type Prefix, prefixContains } from "../../grammar/address.js";
import { compareSpans, type Span } from "../../grammar/source.js";
import type { DomainId, Estate } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import { broughtBy, partsOf } from "./parts.js";
import type { RoutedBox, Routing } from "./routing.js";
import type { SharePair } from "./sharing.js";
import type { Site } from "./sites.js";
import { placeKey } from "./topology.js";

/** A prefix present in a domain, and why. */
export interface Presence {
  readonly prefix: Prefix;
  readonly cause: "own" | "share" | "return" | "surplus";
  /** Path of the network, external or cloud that owns it: parts of one owner never clash. */
  readonly owner: string;
  readonly summary: boolean;
  /** The `cidr` that it comes from. */
  readonly span: Span;
  readonly pair?: SharePair;
}

/** Which endpoints of one domain open flows to which part of another: what return routes are needed for. */
export type NeededSources = (from: DomainId, to: DomainId, destination: AddressSet) => AddressSet;

/** Everything present in a domain, in order of ownership. `needed` limits returns to what permitted flows need. */
export function presentIn(routing: Routing, domain: DomainId, needed: NeededSources): readonly Presence[] {
  const { topology } = routing;
  const out: Presence[] = [...ownPrefixes(topology.estate, routing, domain)];
  for (const other of topology.estate.segments) {
    if (other.name === domain) continue;
    for (const pair of routing.sharing.between(other.name, domain)) {
      for (const site of topology.sitesOf(other.name)) out.push(...sitePresence(site, pair.shared, "share", pair));
    }
    // Flows of `other` to what this domain shares: their sources are returned to.
    for (const box of routing.routed(other.name, domain)) {
      const sources = needed(other.name, domain, box.destination).intersect(box.source);
      if (sources.isEmpty() || box.pair === undefined) continue;
      for (const site of box.sourceGroup.sites) out.push(...sitePresence(site, sources, "return", box.pair));
      out.push(...surplusOf(routing, box, "source"));
    }
    for (const box of routing.routed(domain, other.name)) {
      if (needed(domain, other.name, box.destination).intersect(box.source).isEmpty()) continue;
      out.push(...surplusOf(routing, box, "destination"));
    }
  }
  return out;
}

function sitePresence(site: Site, set: AddressSet, cause: "share" | "return", pair: SharePair): readonly Presence[] {
  const parts = new Set(partsOf(site, set).map(formatPrefix));
  return broughtBy(site, set).map((prefix) =>
    presence(site, prefix, parts.has(formatPrefix(prefix)) ? cause : "surplus", pair),
  );
}

function presence(site: Site, prefix: Prefix, cause: Presence["cause"], pair?: SharePair): Presence {
  const cidr = site.cidrs.find((one) => prefixContains(one.value, prefix)) ?? site.cidrs[0];
  return {
    prefix,
    cause,
    owner: site.network?.path ?? site.path,
    summary: site.external?.summary ?? false,
    span: cidr?.span ?? site.span,
    ...(pair === undefined ? {} : { pair }),
  };
}

function ownPrefixes(estate: Estate, routing: Routing, domain: DomainId): readonly Presence[] {
  const graph = routing.topology.graph(domain);
  const networks = estate.networks.filter((network) => network.domain === domain);
  const hubs = estate.clouds.flatMap((cloud) => {
    const carried = graph.nodeOf({ kind: "cloud", name: cloud.name }) !== undefined;
    if (cloud.provider !== "azure" || !carried) return [];
    const { value: prefix, span } = cloud.hubCidr;
    return [{ prefix, cause: "own" as const, owner: cloud.path, summary: false, span }];
  });
  return [
    ...networks.flatMap((network) =>
      network.cidrs.map(({ value: prefix, span }) => ({
        prefix,
        cause: "own" as const,
        owner: network.path,
        summary: false,
        span,
      })),
    ),
    ...estate.externals
      .filter((external) => external.domain === domain)
      .flatMap((external) =>
        external.cidrs.map(({ value: prefix, span }) => ({
          prefix,
          cause: "own" as const,
          owner: external.path,
          summary: external.summary,
          span,
        })),
      ),
    ...hubs,
  ];
}

function surplusOf(routing: Routing, box: RoutedBox, side: "source" | "destination"): readonly Presence[] {
  const { pair } = box;
  if (pair === undefined) return [];
  return surplusSites(routing, box, side).flatMap((site) =>
    site.cidrs.map((cidr) => presence(site, cidr.value, "surplus", pair)),
  );
}

/**
 * Sites whose prefixes the meeting of a box leaks, beyond the share, from the domain of one side into that of the other:
 * by the platform table.
 */
export function surplusSites(routing: Routing, box: RoutedBox, side: "source" | "destination"): readonly Site[] {
  const { crossing } = box;
  if (crossing === undefined) return [];
  const group = side === "source" ? box.sourceGroup : box.destinationGroup;
  const { surplus } = crossing.meeting.capability;
  const here = new Set(crossing.meeting.places.map(placeKey));
  const attachedAt = (site: Site): boolean => site.places.some((place) => here.has(placeKey(place)));
  const all = routing.topology.sitesOf(group.domain);
  if (crossing[side].attached) {
    if (surplus.attached === "networks") return group.sites;
    return surplus.attached === "domains" ? all.filter(attachedAt) : [];
  }
  if (surplus.behindLink === "none") return [];
  const graph = routing.topology.graph(group.domain);
  return all.filter((site) => !attachedAt(site) && graph.way(site.places, crossing.meeting.places) !== undefined);
}

/** Two owners whose prefixes overlap in a domain, the later `cidr` first. */
export interface PresenceClash {
  readonly domain: DomainId;
  readonly later: Presence;
  readonly earlier: Presence;
}

/** Overlaps among what is present in a domain; each pair of owners once. Clashes among own prefixes are left out. */
export function presenceClashes(domain: DomainId, all: readonly Presence[]): readonly PresenceClash[] {
  const sorted = [...all].sort((a, b) => comparePresence(a, b));
  const clashes = new Map<string, PresenceClash>();
  const open: Presence[] = [];
  for (const one of sorted) {
    while (open.length > 0) {
      const top = open[open.length - 1];
      if (top !== undefined && prefixContains(top.prefix, one.prefix)) break;
      open.pop();
    }
    for (const outer of open) {
      if (outer.owner === one.owner || (outer.cause === "own" && one.cause === "own")) continue;
      if (outer.summary && outer.prefix.length < one.prefix.length) continue;
      const [earlier, later] = compareSpans(outer.span, one.span) <= 0 ? [outer, one] : [one, outer];
      const key = [outer.owner, one.owner].sort().join(" ");
      if (!clashes.has(key)) clashes.set(key, { domain, earlier, later });
    }
    open.push(one);
  }
  return [...clashes.values()];
}

function comparePresence(a: Presence, b: Presence): number {
  if (a.prefix.family !== b.prefix.family) return a.prefix.family - b.prefix.family;
  if (a.prefix.value !== b.prefix.value) return a.prefix.value < b.prefix.value ? -1 : 1;
  return a.prefix.length - b.prefix.length || compareSpans(a.span, b.span);
}

/**
 * The addresses of summaries of `domain` that have no flow with endpoints of `other`: those that a longer prefix of
 * another owner covers in the domain of `other`.
 */
export function hiddenFrom(routing: Routing, domain: DomainId, other: readonly Presence[]): AddressSet {
  const hidden: AddressSet[] = [];
  for (const site of routing.topology.sitesOf(domain)) {
    if (site.external?.summary !== true) continue;
    for (const one of other) {
      if (one.owner === site.path) continue;
      const covered = site.cidrs.some(
        (cidr) => cidr.value.length < one.prefix.length && prefixContains(cidr.value, one.prefix),
      );
      if (covered) hidden.push(AddressSet.ofPrefix(one.prefix).intersect(site.endpoints));
    }
  }
  return AddressSet.unionAll(hidden);
}
