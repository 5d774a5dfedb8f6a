/** Every way that the packets of a flow may take: place by place, no place twice. Shares no code with the compiler. */
import type { Endpoint, Meeting, Oracle } from "./oracle.js";
import type { Site, WorldLink } from "./world.js";

/** A packet crosses a link, in the routes of one segment. */
export interface Step {
  readonly link: WorldLink;
  readonly segment: string;
  readonly from: string;
  readonly to: string;
}

/** A place on the way, as one segment sees it. */
export interface Stand {
  readonly place: string;
  readonly segment: string;
}

/** One way of a flow, from the source's place to the destination's. */
export interface Path {
  readonly steps: readonly Step[];
  readonly stands: readonly Stand[];
}

/** All ways of a flow. */
export function pathsOf(oracle: Oracle, source: Endpoint, destination: Endpoint): readonly Path[] {
  if (source.segment === destination.segment) return walks(oracle, source.site, destination.site.places);
  return oracle.meetingsOf(source, destination).flatMap((meeting) => across(oracle, source, destination, meeting));
}

function across(oracle: Oracle, source: Endpoint, destination: Endpoint, meeting: Meeting): readonly Path[] {
  const there = walks(oracle, source.site, meeting.places);
  const back = walks(oracle, destination.site, meeting.places).map(reversed);
  return there.flatMap((one) =>
    back.map((other) => ({ steps: [...one.steps, ...other.steps], stands: [...one.stands, ...other.stands] })),
  );
}

/** Ways in the segment of a site from where it attaches to any of some places. */
function walks(oracle: Oracle, site: Site, goals: readonly string[]): readonly Path[] {
  const goalNodes = new Set(goals.map((goal) => oracle.node(site.segment, goal)));
  const seen = new Map<string, Path>();
  for (const start of site.places) {
    walk(oracle, site, start, goalNodes, (path) => {
      seen.set(path.steps.map((step) => `${step.link.name} ${step.to}`).join(), path);
    });
  }
  return [...seen.values()];
}

function walk(
  oracle: Oracle,
  { segment, places }: Site,
  start: string,
  goals: ReadonlySet<string>,
  found: (path: Path) => void,
): void {
  // A way that comes by another place of its own site would have begun there.
  const visited = new Set(places.filter((place) => place !== start));
  // The routers of a core have one ASN: BGP lets no route back into a core that it has left.
  const comesBack = (from: string, to: string, before: readonly Stand[]): boolean => {
    const core = oracle.core(to);
    return !core.includes(from) && [...before.map((stand) => stand.place), ...places].some((one) => core.includes(one));
  };
  const go = (place: string, steps: readonly Step[], stands: readonly Stand[]): void => {
    const node = oracle.node(segment, place);
    const here = [...stands, { place, segment }];
    if (goals.has(node)) {
      found({ steps, stands: here });
      return;
    }
    if (steps.length > 0 && !["managed", "unmanaged"].includes(oracle.kind(place))) return;
    visited.add(node);
    for (const link of oracle.world.links) {
      if (link.kind !== "mpls" && !link.carries.includes(segment)) continue;
      for (const [from, to] of [link.ends, [link.ends[1], link.ends[0]]] as const) {
        if (oracle.node(segment, from) !== node || visited.has(oracle.node(segment, to))) continue;
        if (steps.length > 0 && comesBack(from, to, here)) continue;
        go(to, [...steps, { link, segment, from, to }], from === place ? here : [...here, { place: from, segment }]);
      }
    }
    visited.delete(node);
  };
  go(start, [], []);
}

function reversed({ steps, stands }: Path): Path {
  const back = steps.map(({ link, segment, from, to }) => ({ link, segment, from: to, to: from }));
  return { steps: back.reverse(), stands: [...stands].reverse() };
}
