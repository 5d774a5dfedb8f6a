/** Small makers of policy terms that several policies use. */
import { type Accepted, acceptedLevels, orLonger } from "../../compiler/design/accepted.js";
import type { Announcement } from "../../compiler/design/design.js";
import { comparePrefixes, type Family, type Prefix } from "../../grammar/address.js";
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

/** Sorted route filters of announcements, without repetition, for a term behind the rejection of what they leave out. */
export function routeFilters(list: readonly Accepted[]): readonly RouteFilter[] {
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
 * The term that rejects what belongs to others inside accepted prefixes: `orlonger` each. It stands ahead of the terms that
 * accept. Not in the same term: there Junos asks the longest filter only, and an owner's own route could not pass.
 */
export function othersTerm(
  name: string,
  except: readonly Prefix[],
  from: readonly Origin[],
  community?: string,
): readonly PolicyTerm[] {
  if (except.length === 0) return [];
  return [
    {
      name,
      routeFilters: routeFilters(except.map(orLonger)),
      ...(community === undefined ? {} : { community }),
      actions: [{ kind: "reject" }],
      origins: from,
    },
  ];
}

/**
 * Terms of a family that accept exactly these announcements after `actions`; none for a family without any. A term of an
 * absent family must not exist: without a route filter it would match every route. Where some keep out what belongs to
 * others, these follow in terms of their own, each behind a rejection.
 */
export function acceptTerms(
  name: string,
  list: readonly Announcement[],
  actions: readonly PolicyAction[],
  community?: string,
): readonly PolicyTerm[] {
  return FAMILIES.flatMap((family): readonly PolicyTerm[] => {
    const levels = acceptedLevels(list.filter(({ prefix }) => prefix.family === family));
    return levels.flatMap(({ level, items, except }): readonly PolicyTerm[] => {
      const from = announcementOrigins(items);
      return [
        ...othersTerm(levelName(`${name}-others`, level, family), except, from, community),
        {
          name: levelName(level === 0 ? name : `${name}-summary`, level, family),
          routeFilters: routeFilters(items),
          ...(community === undefined ? {} : { community }),
          actions: [...actions, { kind: "accept" }],
          origins: from,
        },
      ];
    });
  });
}

/** The name of a term of one level of `acceptedLevels`: numbered from the second on that keeps something out. */
export function levelName(name: string, level: number, family: Family): string {
  return `${name}${level < 2 ? "" : `-${level}`}-v${family}`;
}
