/** Where two domains can meet: cores, routers outside any core, and fabrics of clouds; and which pairs of sites they serve. */
import { compareCodePoints } from "../../grammar/source.js";
import type { PlaceRef } from "../model/estate.js";
import type { MeetingPlace } from "../model/meeting-place.js";
import { type MeetingCapability, platformOf } from "../schema/platforms.js";
import type { Way } from "./graph.js";
import { type Site, siteAnchor } from "./sites.js";
import { groupClouds, placeKey, type Topology } from "./topology.js";

/** A place where shares can meet. */
export interface Meeting {
  readonly kind: MeetingPlace["kind"];
  /** Name of the first router of a core, of the router, or of the first cloud. */
  readonly id: string;
  readonly places: readonly PlaceRef[];
  readonly capability: MeetingCapability;
}

/** How a site gets to a meeting: attached there, or by a way over links of its domain. */
export interface Approach {
  readonly attached: boolean;
  readonly way: Way;
}

/** A meeting that serves two sites, with the ways of both sides to it. */
export interface Crossing {
  readonly meeting: Meeting;
  readonly source: Approach;
  readonly destination: Approach;
  /** Links on the whole way that count. */
  readonly length: number;
}

/** Every meeting place of an estate, by id. */
export function meetingPlaces(topology: Topology): readonly Meeting[] {
  const { estate } = topology;
  const meetings: Meeting[] = [];
  for (const core of topology.cores) {
    const places = core.routers.map((router) => ({ kind: "router" as const, name: router.name }));
    const first = core.routers[0];
    const capability = first === undefined ? undefined : platformOf({ kind: "router", router: first }).meeting;
    if (capability !== undefined) meetings.push({ kind: "core", id: core.id, places, capability });
  }
  for (const router of estate.routers) {
    const capability = platformOf({ kind: "router", router }).meeting;
    if (capability === undefined || topology.coreOf(router.name) !== undefined) continue;
    meetings.push({ kind: "router", id: router.name, places: [{ kind: "router", name: router.name }], capability });
  }
  for (const clouds of groupClouds(estate.clouds)) {
    const first = clouds[0];
    const capability = first === undefined ? undefined : platformOf({ kind: "cloud", cloud: first }).meeting;
    if (first === undefined || capability === undefined) continue;
    const kind = ({ aws: "aws-hub", azure: "azure-fabric", gcp: "gcp-fabric" } as const)[first.provider];
    const places = clouds.map((cloud) => ({ kind: "cloud" as const, name: cloud.name }));
    meetings.push({ kind, id: first.name, places, capability });
  }
  return meetings.sort((a, b) => compareCodePoints(a.id, b.id));
}

/** How a site gets to a meeting; undefined where it does not. */
export function approach(topology: Topology, site: Site, meeting: Meeting): Approach | undefined {
  const graph = topology.graph(site.domain);
  const here = new Set(meeting.places.map(placeKey));
  const attached = site.places.some((place) => here.has(placeKey(place)));
  const way = graph.way(site.places, meeting.places);
  return way === undefined ? undefined : { attached, way };
}

/** How a meeting serves a source and a destination site; undefined where it serves them not. */
export function serve(topology: Topology, source: Site, destination: Site, meeting: Meeting): Crossing | undefined {
  const a = approach(topology, source, meeting);
  const b = approach(topology, destination, meeting);
  if (a === undefined || b === undefined) return undefined;
  const attached = Number(a.attached) + Number(b.attached);
  const wanted = { any: 0, "one-behind-link": 1, both: 2 }[meeting.capability.serves];
  if (attached < wanted) return undefined;
  return { meeting, source: a, destination: b, length: a.way.length + b.way.length };
}

/**
 * Chooses the meeting for two sites: the kept one as long as it serves, else fewest links on the whole way, then name.
 */
export function choose(
  topology: Topology,
  source: Site,
  destination: Site,
  meetings: readonly Meeting[],
  kept: string | undefined,
): Crossing | undefined {
  let best: Crossing | undefined;
  for (const meeting of meetings) {
    const crossing = serve(topology, source, destination, meeting);
    if (crossing === undefined) continue;
    if (meetingKey(meeting) === kept) return crossing;
    if (best === undefined || crossing.length < best.length) best = crossing;
  }
  return best;
}

/** How the lock file names a meeting: `core/ash`, `aws-hub/use1`. */
export function meetingKey(meeting: Pick<Meeting, "kind" | "id">): string {
  return `${meeting.kind}/${meeting.id}`;
}

/** How the lock file names the unordered pair of places whose meeting was chosen. */
export function choiceKey(a: Site, b: Site): string {
  return [a, b]
    .map((site) => `${site.domain}@${siteAnchor(site)}`)
    .sort(compareCodePoints)
    .join(" ");
}
