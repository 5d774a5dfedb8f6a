/** The prefixes that enter each domain: own ones, parts that shares need, what is shared into it and what replies need. */
import { comparePrefixes, formatPrefix, type Prefix } from "../../grammar/address.js";
import { compareCodePoints, type Span } from "../../grammar/source.js";
import type { DomainId } from "../model/estate.js";
import type { MeetingPlace } from "../model/meeting-place.js";
import { choiceKey, type Meeting, meetingKey } from "../relations/meeting.js";
import { broughtBy, partsOf } from "../relations/parts.js";
import { surplusSites } from "../relations/presence.js";
import type { Relations } from "../relations/relations.js";
import type { RoutedBox } from "../relations/routing.js";
import type { Site } from "../relations/sites.js";
import type { AddressSet } from "../sets/address-set.js";
import { type Accepted, acceptedOf } from "./accepted.js";
import type { Announcement, RouteCause, Surplus } from "./design.js";
import type { Item } from "./flood.js";

/** A share as it is realised at one meeting place between two domains. */
export interface LeakPlan {
  readonly share: string;
  readonly from: DomainId;
  readonly to: DomainId;
  readonly meeting: MeetingPlace;
  readonly shared: readonly Announcement[];
  readonly returned: readonly Announcement[];
  readonly surplus: readonly Surplus[];
  readonly sources: readonly Span[];
}

/** All items of an estate, and the leaks that some of them come from. */
export interface ItemPlan {
  readonly items: readonly Item[];
  readonly leaks: readonly LeakPlan[];
  /** Meetings that permitted flows use and that no `at` names, by `choiceKey`: what the lock file keeps. */
  readonly chosen: ReadonlyMap<string, string>;
}

/** Plans what enters where. Only shares that some permitted flow needs bring anything. */
export function planItems(relations: Relations): ItemPlan {
  const planner = new Planner(relations);
  const domains = relations.estate.segments.map((segment) => segment.name);
  for (const site of relations.topology.sites) planner.own(site);
  for (const to of domains) {
    for (const from of domains) {
      if (from === to) continue;
      for (const box of relations.routing.routed(from, to)) planner.crossing(box);
    }
  }
  return planner.plan();
}

class Planner {
  private readonly relations: Relations;
  private readonly items = new Map<string, Item>();
  private readonly leaks = new Map<string, LeakDraft>();
  private readonly chosen = new Map<string, string>();
  private readonly accepted = new Map<string, Accepted>();

  constructor(relations: Relations) {
    this.relations = relations;
  }

  /** A prefix of a site as others see it. */
  private announcement(site: Site, prefix: Prefix, cause: RouteCause, sources: readonly Span[]): Announcement {
    const key = `${site.path} ${formatPrefix(prefix)}`;
    const accepted = this.accepted.get(key) ?? acceptedOf(this.relations, site, prefix);
    this.accepted.set(key, accepted);
    return { ...accepted, cause, site: site.path, sources };
  }

  own(site: Site): void {
    for (const cidr of site.cidrs) {
      const one = this.announcement(site, cidr.value, { kind: "own" }, [cidr.span]);
      this.add(site, one, { domain: site.domain, entries: site.places });
    }
  }

  crossing(box: RoutedBox): void {
    const { pair, crossing } = box;
    if (pair === undefined || crossing === undefined) return;
    const sources = this.relations.needed(pair.to, pair.from, box.destination).intersect(box.source);
    if (sources.isEmpty()) return;
    const { meeting } = crossing;
    this.keep(box, meeting);
    const shared = box.destinationGroup.sites.flatMap((site) =>
      this.parts(site, pair.shared, { kind: "share", share: pair.share.id, domain: pair.from }, pair.share.span),
    );
    const returned = box.sourceGroup.sites.flatMap((site) =>
      this.parts(site, sources, { kind: "return", share: pair.share.id, domain: pair.to }, pair.share.span),
    );
    // A part of a site goes to the meeting beside the site's own prefix, from there into the other domain.
    for (const [list, home, away, goal] of [
      [shared, pair.from, pair.to, box.sourceGroup.places],
      [returned, pair.to, pair.from, box.destinationGroup.places],
    ] as const) {
      for (const [site, one] of list) {
        this.add(
          site,
          { ...one, cause: { kind: "own" } },
          { domain: home, entries: site.places, targets: meeting.places },
        );
        this.add(site, one, { domain: away, entries: meeting.places, targets: goal });
      }
    }
    this.leak(box, shared, returned);
  }

  private keep(box: RoutedBox, meeting: Meeting): void {
    const source = box.sourceGroup.sites[0];
    const destination = box.destinationGroup.sites[0];
    if (box.pair?.meetings !== undefined || source === undefined || destination === undefined) return;
    this.chosen.set(choiceKey(source, destination), meetingKey(meeting));
  }

  /** The prefixes that bring a part of a site, as the meeting hears of them. */
  private parts(site: Site, set: AddressSet, cause: RouteCause, span: Span): readonly SiteAnnouncement[] {
    const parts = new Set(partsOf(site, set).map(formatPrefix));
    return broughtBy(site, set).map(
      (prefix) => [site, this.announcement(site, prefix, cause, [span]), !parts.has(formatPrefix(prefix))] as const,
    );
  }

  private add(site: Site, one: Announcement, where: Pick<Item, "domain" | "entries" | "targets">): void {
    const cause = one.cause.kind === "own" ? "own" : `${one.cause.kind} ${one.cause.share} ${one.cause.domain}`;
    const own = `${where.domain} ${formatPrefix(one.prefix)} own ${site.path}`;
    const key = one.cause.kind === "own" ? own : `${own} ${cause} ${where.entries.map((place) => place.name)}`;
    const known = this.items.get(key);
    // What goes everywhere needs no narrower copy; two narrow ones go to the places of both.
    if (known !== undefined && known.targets === undefined) return;
    const targets = known?.targets === undefined ? where.targets : [...known.targets, ...(where.targets ?? [])];
    const { prefix, upTo, except, cause: why, sources } = one;
    this.items.set(key, {
      domain: where.domain,
      prefix,
      ...(upTo === undefined ? {} : { upTo }),
      ...(except === undefined ? {} : { except }),
      cause: why,
      site,
      entries: where.entries,
      ...(targets === undefined ? {} : { targets: uniquePlaces(targets) }),
      sources: known === undefined ? sources : mergeSpans(known.sources, sources),
    });
  }

  private leak(box: RoutedBox, shared: readonly SiteAnnouncement[], returned: readonly SiteAnnouncement[]): void {
    const { pair, crossing } = box;
    if (pair === undefined || crossing === undefined) return;
    const { kind, id } = crossing.meeting;
    const key = `${pair.share.id} ${pair.from} ${pair.to} ${kind}/${id}`;
    const known = this.leaks.get(key);
    const span = pair.share.span;
    const surplus = (side: "source" | "destination", brought: readonly SiteAnnouncement[]): readonly Surplus[] => {
      const [domain, into] = side === "source" ? [pair.to, pair.from] : [pair.from, pair.to];
      const sites = [...surplusSites(this.relations.routing, box, side), ...brought.map(([site]) => site)];
      const cause = { kind: "surplus", share: pair.share.id, domain } as const;
      return sites.flatMap((site) =>
        site.cidrs.map((cidr) => ({ ...this.announcement(site, cidr.value, cause, [span]), into })),
      );
    };
    this.leaks.set(key, {
      share: pair.share.id,
      from: pair.from,
      to: pair.to,
      meeting: { kind, id },
      shared: mergeAnnouncements(known?.shared ?? [], shared.map(announcementOf)),
      returned: mergeAnnouncements(known?.returned ?? [], returned.map(announcementOf)),
      surplus: mergeAnnouncements(known?.surplus ?? [], [
        ...surplus("source", returned.filter(isCovering)),
        ...surplus("destination", shared.filter(isCovering)),
      ]),
      asked: new Set([
        ...(known?.asked ?? []),
        ...[...shared, ...returned].filter((one) => !isCovering(one)).map(([, one]) => leakedKey(one)),
      ]),
      sources: [span],
    });
  }

  plan(): ItemPlan {
    return {
      items: [...this.items.values()].sort(compareItems),
      chosen: this.chosen,
      leaks: [...this.leaks.entries()].sort(([a], [b]) => compareCodePoints(a, b)).map(([, leak]) => finish(leak)),
    };
  }
}

/** A leak while its boxes come in: a prefix that one leaks beyond the share another may ask for. */
interface LeakDraft extends LeakPlan {
  /** `leakedKey` of what the share and its replies ask for. */
  readonly asked: ReadonlySet<string>;
}

function finish({ asked, ...leak }: LeakDraft): LeakPlan {
  return { ...leak, surplus: leak.surplus.filter((one) => !asked.has(leakedKey(one))) };
}

function leakedKey(one: Announcement): string {
  const domain = one.cause.kind === "own" ? "" : one.cause.domain;
  return `${domain} ${one.site} ${formatPrefix(one.prefix)}`;
}

/** An announcement with its site; with `covering` it brings more than what is asked for. */
type SiteAnnouncement = readonly [site: Site, announcement: Announcement, covering: boolean];

const announcementOf = ([, one]: SiteAnnouncement): Announcement => one;
const isCovering = ([, , covering]: SiteAnnouncement): boolean => covering;

function uniquePlaces(places: Item["entries"]): Item["entries"] {
  const byKey = new Map(places.map((place) => [`${place.kind}:${place.name}`, place] as const));
  return [...byKey].sort(([a], [b]) => compareCodePoints(a, b)).map(([, place]) => place);
}

function mergeSpans(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const same = (x: Span, y: Span): boolean => x.source === y.source && x.start === y.start && x.end === y.end;
  return [...a, ...b.filter((one) => !a.some((other) => same(one, other)))];
}

/** Joins two lists of announcements, one of each prefix and site with the sources of all, sorted. */
export function mergeAnnouncements<A extends Announcement>(a: readonly A[], b: readonly A[]): readonly A[] {
  const byKey = new Map<string, A>();
  for (const one of [...a, ...b]) {
    const key = `${formatPrefix(one.prefix)} ${one.site} ${one.cause.kind}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? one : { ...known, sources: mergeSpans(known.sources, one.sources) });
  }
  return [...byKey.values()].sort((x, y) => comparePrefixes(x.prefix, y.prefix) || compareCodePoints(x.site, y.site));
}

function compareItems(a: Item, b: Item): number {
  return (
    compareCodePoints(a.domain, b.domain) ||
    comparePrefixes(a.prefix, b.prefix) ||
    compareCodePoints(a.cause.kind, b.cause.kind) ||
    compareCodePoints(a.site.path, b.site.path) ||
    compareCodePoints(a.entries.map((place) => place.name).join(), b.entries.map((place) => place.name).join())
  );
}
