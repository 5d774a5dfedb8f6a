/** Shares between pairs of domains: which endpoints are made routable from where, and where the two domains meet. */
import { compareCodePoints } from "../../grammar/source.js";
import type { DomainId, PlaceRef, ShareStatement } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import { type Crossing, choiceKey, choose, type Meeting, meetingKey, meetingPlaces } from "./meeting.js";
import type { Site } from "./sites.js";
import { placeKey, type Topology } from "./topology.js";

/** One share seen from one pair of domains. */
export interface SharePair {
  readonly share: ShareStatement;
  /** The domain whose endpoints are shared. */
  readonly from: DomainId;
  /** The domain they are shared with. */
  readonly to: DomainId;
  readonly shared: AddressSet;
  /** The meetings that `at` names; undefined where the compiler chooses. */
  readonly meetings?: readonly Meeting[];
}

/** Looks up the meeting that was chosen before, by `choiceKey`; the lock file stands behind it. */
export type KeptChoice = (key: string) => string | undefined;

/** The shares of an estate and where they meet. */
export class Sharing {
  readonly pairs: readonly SharePair[];
  readonly meetings: readonly Meeting[];
  private readonly topology: Topology;
  private readonly kept: KeptChoice;
  private readonly byDomains = new Map<string, SharePair[]>();
  private readonly byPlace = new Map<string, Meeting>();
  private readonly crossings = new Map<string, Crossing | undefined>();
  private readonly sharedSets = new Map<string, AddressSet>();

  constructor(topology: Topology, kept: KeptChoice = () => undefined) {
    this.topology = topology;
    this.kept = kept;
    this.meetings = meetingPlaces(topology);
    for (const meeting of this.meetings) for (const place of meeting.places) this.byPlace.set(placeKey(place), meeting);
    this.pairs = topology.estate.policies.flatMap((policy) => policy.shares.flatMap((share) => this.pairsOf(share)));
    for (const pair of this.pairs) {
      const key = `${pair.from} ${pair.to}`;
      this.byDomains.set(key, [...(this.byDomains.get(key) ?? []), pair]);
    }
  }

  private pairsOf(share: ShareStatement): readonly SharePair[] {
    const at = share.at.flatMap((place) => this.meetingOf(place.value) ?? []);
    const meetings = [...new Set(at)].sort((a, b) => compareCodePoints(a.id, b.id));
    return share.what.domains().flatMap((from) =>
      share.with.map((to) => ({
        share,
        from,
        to: to.value,
        shared: share.what.in(from),
        ...(share.at.length === 0 ? {} : { meetings }),
      })),
    );
  }

  /** The meeting a place names: a router its core; undefined where no share can meet there. */
  meetingOf(place: PlaceRef): Meeting | undefined {
    return this.byPlace.get(placeKey(place));
  }

  /** The shares of endpoints of `from` with `to`. */
  between(from: DomainId, to: DomainId): readonly SharePair[] {
    return this.byDomains.get(`${from} ${to}`) ?? [];
  }

  /** All endpoints of `from` that are shared with `to`. */
  shared(from: DomainId, to: DomainId): AddressSet {
    const key = `${from} ${to}`;
    const shared = this.sharedSets.get(key) ?? AddressSet.unionAll(this.between(from, to).map((pair) => pair.shared));
    this.sharedSets.set(key, shared);
    return shared;
  }

  /** True where some meeting place could serve the two sites, if one were shared with the other. */
  wouldServe(source: Site, destination: Site): boolean {
    return choose(this.topology, source, destination, this.meetings, undefined) !== undefined;
  }

  /** Where the two sites meet for a share; undefined where no allowed place serves them. */
  crossing(pair: SharePair, source: Site, destination: Site): Crossing | undefined {
    const choice = choiceKey(source, destination);
    // An `at` that names no meeting is not the same as none: it serves nothing.
    const where = pair.meetings === undefined ? "any" : `at ${pair.meetings.map(meetingKey).join(",")}`;
    const key = `${where}|${source.domain}@${source.places.map(placeKey)}|${destination.domain}@${destination.places.map(placeKey)}`;
    if (this.crossings.has(key)) return this.crossings.get(key);
    const kept = pair.meetings === undefined ? this.kept(choice) : undefined;
    const crossing = choose(this.topology, source, destination, pair.meetings ?? this.meetings, kept);
    this.crossings.set(key, crossing);
    return crossing;
  }
}
