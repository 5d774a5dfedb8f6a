/** Route policies applied to one route, and the prefixes that a policy could let through at all. */
import type { Prefix } from "../../grammar/address.js";
import { PrefixSpace } from "./prefix-space.js";
import type { RoutePolicy, RouteTerm } from "./readback.js";

/** Where a route came from, as policies ask it. */
export type RouteSource = "connected" | "static" | "aggregate" | "bgp" | "vpn";

/** A route as a policy sees it. */
export interface PolicyRoute {
  readonly prefix: Prefix;
  readonly communities: ReadonlySet<string>;
  readonly origin: RouteSource;
}

/** The communities of a route after a policy; undefined where the policy rejects it. No policy lets everything through. */
export function applyPolicy(policy: RoutePolicy | undefined, route: PolicyRoute): ReadonlySet<string> | undefined {
  if (policy === undefined) return route.communities;
  let communities = route.communities;
  for (const term of policy.terms) {
    if (!matches(term, { ...route, communities })) continue;
    if (term.action === "reject") return undefined;
    communities = changed(term, communities);
    if (term.action === "accept") return communities;
  }
  return undefined;
}

function matches({ match }: RouteTerm, { prefix, communities, origin }: PolicyRoute): boolean {
  if (match.prefixes !== undefined && !match.prefixes.contains(prefix)) return false;
  if (match.origins !== undefined && !match.origins.includes(origin)) return false;
  return match.communities === undefined || match.communities.some((list) => list.every((one) => communities.has(one)));
}

function changed({ communities }: RouteTerm, before: ReadonlySet<string>): ReadonlySet<string> {
  if (communities === undefined) return before;
  const after = new Set(communities.set ?? before);
  for (const one of communities.remove ?? []) after.delete(one);
  for (const one of communities.add ?? []) after.add(one);
  return after;
}

const EVERYTHING = PrefixSpace.allOf(4).union(PrefixSpace.allOf(6));

/** The prefixes that some route could pass a policy with: communities are the sender's to choose. */
export function passing(policy: RoutePolicy | undefined): PrefixSpace {
  if (policy === undefined) return EVERYTHING;
  let left = EVERYTHING;
  let through = PrefixSpace.empty;
  for (const { match, action } of policy.terms) {
    const hit = match.prefixes === undefined ? left : left.intersect(match.prefixes);
    const certain = match.communities === undefined && match.origins === undefined;
    if (action === "accept" && match.communities?.length !== 0) through = through.union(hit);
    if (action !== "next" && certain) left = left.subtract(hit);
  }
  return through;
}
