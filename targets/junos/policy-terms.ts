/** Small makers of policy terms that several policies use. */
import type { Announcement } from "../../compiler/design/design.js";
import { comparePrefixes, type Family } from "../../grammar/address.js";
import { origins } from "./build.js";
import type { Origin, PolicyAction, PolicyTerm, RouteFilter } from "./model.js";

/** Both families, in the order they are emitted. */
export const FAMILIES: readonly Family[] = [4, 6];

/** What stands last in every policy: Junos would accept what no term decides. */
export const rejectRest: PolicyTerm = {
  name: "last",
  routeFilters: [],
  actions: [{ kind: "reject" }],
  origins: [],
};

/** Sorted route filters of announcements, without repetition. */
export function routeFilters(list: readonly Pick<Announcement, "prefix" | "upTo">[]): readonly RouteFilter[] {
  const seen = new Map<string, RouteFilter>();
  for (const { prefix, upTo } of list) {
    const key = filterKey({ prefix, ...(upTo === undefined ? {} : { upTo }) });
    seen.set(key, { prefix, ...(upTo === undefined || upTo <= prefix.length ? {} : { upTo }) });
  }
  return [...seen.values()].sort((a, b) => comparePrefixes(a.prefix, b.prefix) || (a.upTo ?? 0) - (b.upTo ?? 0));
}

/** A text that is equal for equal route filters. */
export function filterKey({ prefix, upTo }: RouteFilter): string {
  return `${prefix.family}/${prefix.value.toString(16)}/${prefix.length}/${upTo ?? prefix.length}`;
}

/** Where announcements come from, as origins of a term. */
export function announcementOrigins(list: readonly Announcement[]): readonly Origin[] {
  return list.flatMap(({ site, sources }) => origins(site, sources));
}

/**
 * One term a family that accepts exactly these announcements after `actions`; none for a family without any. A term of an
 * absent family must not exist: without a route filter it would match every route.
 */
export function acceptTerms(
  name: string,
  list: readonly Announcement[],
  actions: readonly PolicyAction[],
  community?: string,
): readonly PolicyTerm[] {
  return FAMILIES.flatMap((family): readonly PolicyTerm[] => {
    const own = list.filter(({ prefix }) => prefix.family === family);
    if (own.length === 0) return [];
    return [
      {
        name: `${name}-v${family}`,
        routeFilters: routeFilters(own),
        ...(community === undefined ? {} : { community }),
        actions: [...actions, { kind: "accept" }],
        origins: announcementOrigins(own),
      },
    ];
  });
}
