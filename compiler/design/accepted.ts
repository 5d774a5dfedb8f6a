/**
 * What is accepted of a prefix: of an external also longer ones inside it, up to a length, and of a summary none that lie
 * in a prefix of somebody else (language.md §5 and §7).
 */
import { comparePrefixes, familyBits, type Prefix, prefixContains } from "../../grammar/address.js";
import type { DomainId } from "../model/estate.js";
import type { Relations } from "../relations/relations.js";
import type { Site } from "../relations/sites.js";

/** Longest prefixes that are accepted from an external (language.md §5). */
export const LONGEST_ACCEPTED = { 4: 24, 6: 48 } as const;

/**
 * The routes that stand for a prefix: itself; with `upTo` also those inside it up to this length, but none that equals a
 * prefix of `except` or lies in one, since those belong to others.
 */
export interface Accepted {
  readonly prefix: Prefix;
  readonly upTo?: number;
  /** Sorted; none lies in another; each is longer than `prefix` and no longer than `upTo`. */
  readonly except?: readonly Prefix[];
}

/** True where a route to exactly this prefix is among those accepted. */
export function accepts({ prefix, upTo, except }: Accepted, route: Prefix): boolean {
  return (
    prefixContains(prefix, route) &&
    route.length <= (upTo ?? prefix.length) &&
    except?.some((one) => prefixContains(one, route)) !== true
  );
}

/** What is accepted of a prefix of a site; exactly the prefix where nothing more is said. */
export function acceptedOf(relations: Relations, site: Site, prefix: Prefix): Accepted {
  const longest = LONGEST_ACCEPTED[prefix.family];
  if (site.kind !== "external" || prefix.length >= longest) return { prefix };
  const inside = site.external?.summary === true ? ownedInside(relations, site, prefix) : [];
  // In another segment the same prefix may be somebody's: then what lies in it is not the summary's to say.
  if (inside.some((one) => one.length === prefix.length)) return { prefix };
  const except = outermost(inside.filter((one) => one.length <= longest));
  return { prefix, upTo: longest, ...(except.length === 0 ? {} : { except }) };
}

/** Prefixes of others that a prefix of a summary covers, in its own domain and in those that it shares with. */
function ownedInside({ sharing, topology }: Relations, site: Site, prefix: Prefix): readonly Prefix[] {
  const meets = (domain: DomainId): boolean =>
    domain === site.domain ||
    sharing.between(site.domain, domain).length > 0 ||
    sharing.between(domain, site.domain).length > 0;
  const domains = topology.estate.segments.map(({ name }) => name).filter(meets);
  const hubs = topology.estate.clouds.flatMap((cloud) => {
    const place = { kind: "cloud", name: cloud.name } as const;
    const carried = domains.some((domain) => topology.graph(domain).nodeOf(place) !== undefined);
    return cloud.provider === "azure" && carried ? [cloud.hubCidr.value] : [];
  });
  const others = topology.sites.filter((other) => other !== site && domains.includes(other.domain));
  return [...hubs, ...others.flatMap(({ cidrs }) => cidrs.map((cidr) => cidr.value))].filter((one) =>
    prefixContains(prefix, one),
  );
}

function outermost(prefixes: readonly Prefix[]): readonly Prefix[] {
  const out: Prefix[] = [];
  for (const one of [...prefixes].sort((a, b) => a.length - b.length || comparePrefixes(a, b))) {
    if (!out.some((wider) => prefixContains(wider, one))) out.push(one);
  }
  return out.sort(comparePrefixes);
}

/** Announcements of one level, and what of others is kept out ahead of them. */
export interface AcceptedLevel<A extends Accepted> {
  /** 0: nothing is kept out ahead of these. */
  readonly level: number;
  /** Sorted, without repetition. */
  readonly except: readonly Prefix[];
  readonly items: readonly A[];
}

/**
 * Announcements in the order in which a first-match policy can take them: those that keep nothing out, then of what keeps
 * something out the inner ones before the outer, each level behind the rejection of its `except`. So the owner of a prefix
 * inside a summary is heard ahead of the rejection that protects it.
 */
export function acceptedLevels<A extends Accepted>(list: readonly A[]): readonly AcceptedLevel<A>[] {
  const levels = new Map<A, number>();
  const careful = list.filter(({ except }) => except !== undefined).sort((a, b) => b.prefix.length - a.prefix.length);
  for (const one of careful) {
    const inner = careful.filter(
      ({ prefix }) => prefix.length > one.prefix.length && prefixContains(one.prefix, prefix),
    );
    levels.set(one, 1 + Math.max(0, ...inner.map((other) => levels.get(other) ?? 0)));
  }
  const numbers = [...new Set(list.map((one) => levels.get(one) ?? 0))].sort((a, b) => a - b);
  return numbers.map((level) => {
    const items = list.filter((one) => (levels.get(one) ?? 0) === level);
    return { level, items, except: outermost(items.flatMap(({ except }) => except ?? [])) };
  });
}

/** The routes in a prefix, itself included. */
export function orLonger(prefix: Prefix): Accepted {
  return { prefix, upTo: familyBits(prefix.family) };
}
