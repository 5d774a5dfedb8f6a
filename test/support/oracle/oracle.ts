/**
 * The second witness: decides every flow of a tiny estate by reading language.md §7 directly, one endpoint and one place
 * at a time. It shares no code with the compiler.
 */
import {
  type Block,
  hostNumbers,
  type Numbered,
  type Opening,
  type Place,
  POINTS,
  routerNumbers,
  type Side,
  type Site,
  subnetsOf,
  type World,
  type WorldLink,
  type WorldShare,
} from "./world.js";

/** One endpoint: what names it, where it is. */
export interface Endpoint {
  readonly segment: string;
  readonly site: Site;
  readonly family: 4 | 6;
  readonly value: bigint;
  readonly names: ReadonlySet<string>;
}

/** Protocols whose replies open nothing that counts: TCP asks for ACK or RST, ICMP replies open no service. */
const HARMLESS = [6, 1, 58];

/** A place where two segments can meet. */
export interface Meeting {
  readonly id: string;
  readonly places: readonly string[];
  readonly kind: "router" | "aws" | "azure" | "gcp";
}

/** A prefix that is present in a segment. */
interface Presence extends Block {
  readonly owner: string;
}

/** What is known of one ordered pair of endpoints. Masks hold one bit for each of `POINTS`. */
export interface PairFacts {
  /** Services that have a meaning between the two; 0 where no flow goes between them. */
  readonly flows: number;
  readonly permitted: number;
  readonly routed: boolean;
  readonly unenforced: boolean;
  /** What replies of protocols other than TCP leave open. */
  readonly residual: number;
}

/** Decides the flows of a world. */
export class Oracle {
  readonly world: World;
  readonly endpoints: readonly Endpoint[];
  private readonly meetings: readonly Meeting[];
  private readonly distances = new Map<string, ReadonlyMap<string, number>>();
  private readonly facts = new Map<number, PairFacts>();
  private readonly present = new Map<string, readonly Presence[]>();
  private readonly kinds: ReadonlyMap<string, Place>;

  constructor(world: World) {
    this.world = world;
    this.kinds = new Map(world.places.map((place) => [place.name, place] as const));
    this.endpoints = world.sites.flatMap((site) => endpointsOf(site, world));
    this.meetings = this.findMeetings();
  }

  /** What a place is. */
  kind(place: string): Place["kind"] {
    return this.kinds.get(place)?.kind ?? "external";
  }

  // Places: which are one fabric, which pass traffic, how far one is from another.

  private fabricOf(place: string): string {
    const { kind, account } = this.kinds.get(place) ?? { kind: "external" as const, account: undefined };
    return kind === "gcp" || kind === "azure" ? `${kind} ${account}` : place;
  }

  /** The place as one segment sees it: clouds that carry it and that the provider joins are one. */
  node(segment: string, place: string): string {
    return this.carries(segment, place) ? this.fabricOf(place) : place;
  }

  private carries(segment: string, place: string): boolean {
    const attached = this.world.sites.some((site) => site.segment === segment && site.places.includes(place));
    return attached || this.world.links.some((link) => link.ends.includes(place) && brings(link, segment));
  }

  /** Links on the shortest way from a place to each node, through places that `through` admits. */
  private explore(segment: string, from: string, through: (place: string) => boolean): ReadonlyMap<string, number> {
    const best = new Map<string, number>([[this.node(segment, from), 0]]);
    // As many rounds as there are links reach everything: a way never needs a link twice.
    for (let round = 0; round <= this.world.links.length; round++) {
      for (const link of this.world.links) {
        if (!brings(link, segment)) continue;
        for (const [near, far] of [link.ends, [link.ends[1], link.ends[0]]] as const) {
          const at = best.get(this.node(segment, near));
          const isStart = this.node(segment, near) === this.node(segment, from);
          if (at === undefined || (!isStart && !through(near))) continue;
          const goal = this.node(segment, far);
          const length = at + (link.kind === "mpls" ? 0 : 1);
          if (length < (best.get(goal) ?? Number.POSITIVE_INFINITY)) best.set(goal, length);
        }
      }
    }
    return best;
  }

  /** Links between a site and the nearest of some places in the site's segment; infinite where there is no way. */
  private distance(site: Site, places: readonly string[]): number {
    let best = Number.POSITIVE_INFINITY;
    for (const start of site.places) {
      const key = `${site.segment} ${start}`;
      const isRouter = (place: string): boolean => ["managed", "unmanaged"].includes(this.kind(place));
      const reached = this.distances.get(key) ?? this.explore(site.segment, start, isRouter);
      this.distances.set(key, reached);
      for (const place of places) {
        best = Math.min(best, reached.get(this.node(site.segment, place)) ?? Number.POSITIVE_INFINITY);
      }
    }
    return best;
  }

  /** A router with all that `mpls` links join it to, sorted. */
  core(router: string): readonly string[] {
    const members = new Set([router]);
    for (let size = 0; size !== members.size; ) {
      size = members.size;
      for (const { kind, ends } of this.world.links) {
        if (kind === "mpls" && ends.some((end) => members.has(end))) for (const end of ends) members.add(end);
      }
    }
    return [...members].sort();
  }

  // Meetings.

  private findMeetings(): readonly Meeting[] {
    const found = new Map<string, Meeting>();
    for (const { name, kind } of this.world.places) {
      if (kind === "managed") {
        const places = this.core(name);
        found.set(places.join(), { id: places[0] ?? name, places, kind: "router" });
      } else if (kind === "aws" || kind === "azure" || kind === "gcp") {
        const places = this.world.places
          .map((place) => place.name)
          .filter((other) => this.fabricOf(other) === this.fabricOf(name))
          .sort();
        found.set(places.join(), { id: places[0] ?? name, places, kind });
      }
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private isAttached(site: Site, meeting: Meeting): boolean {
    return site.places.some((place) => meeting.places.includes(place));
  }

  /** The meetings of all shares over which a flow between two segments goes. */
  meetingsOf(source: Endpoint, destination: Endpoint): readonly Meeting[] {
    const found = this.world.shares.flatMap((share) => {
      const shared = this.sharedWith(share, destination, source.segment);
      const meeting = shared ? this.meeting(source.site, destination.site, share.at) : undefined;
      return meeting === undefined ? [] : [meeting];
    });
    return [...new Set(found)];
  }

  private meeting(source: Site, destination: Site, at: readonly string[]): Meeting | undefined {
    let best: Meeting | undefined;
    let shortest = Number.POSITIVE_INFINITY;
    for (const meeting of this.meetings) {
      if (at.length > 0 && !at.some((place) => meeting.places.includes(place))) continue;
      const length = this.distance(source, meeting.places) + this.distance(destination, meeting.places);
      const attached = [source, destination].filter((site) => this.isAttached(site, meeting)).length;
      const wanted = { router: 0, aws: 1, gcp: 1, azure: 2 }[meeting.kind];
      if (attached < wanted || length >= shortest) continue;
      best = meeting;
      shortest = length;
    }
    return best;
  }

  // Sides and endpoints.

  inSide(side: Side, endpoint: Endpoint): boolean {
    const named = (name: string): boolean => endpoint.names.has(name);
    return side.plus.some(named) && !side.minus.some(named);
  }

  private sharedWith(share: WorldShare, endpoint: Endpoint, segment: string): boolean {
    return share.with === segment && endpoint.segment !== segment && this.inSide(share.what, endpoint);
  }

  /** True where some share makes the endpoint routable from the segment. */
  isShared(endpoint: Endpoint, segment: string): boolean {
    return this.world.shares.some((share) => this.sharedWith(share, endpoint, segment));
  }

  // Routes.

  private isRouted(source: Endpoint, destination: Endpoint): boolean {
    if (source.segment === destination.segment) {
      return this.distance(source.site, destination.site.places) < Number.POSITIVE_INFINITY;
    }
    return this.world.shares.some(
      (share) =>
        this.sharedWith(share, destination, source.segment) &&
        this.meeting(source.site, destination.site, share.at) !== undefined,
    );
  }

  private isUnenforced(source: Endpoint, destination: Endpoint): boolean {
    if (source.segment !== destination.segment) return false;
    const [a, b] = [source.site, destination.site];
    if (a === b && a.kind === "lan") return true;
    const soft = (site: Site): boolean => site.kind === "external" || site.kind === "remote";
    if (!soft(a) || !soft(b)) return false;
    const reached = this.explore(a.segment, a.places[0] ?? "", (place) => this.kind(place) === "unmanaged");
    return b.places.some((place) => reached.has(place));
  }

  // Summaries.

  /** Everything that is or could be present in a segment: own, shared in, returned, leaked. */
  private presentIn(segment: string): readonly Presence[] {
    const known = this.present.get(segment);
    if (known !== undefined) return known;
    const out: Presence[] = [];
    const whole = (site: Site): void => {
      out.push(...site.blocks.map((block) => ({ ...block, owner: site.name })));
    };
    for (const site of this.world.sites) if (site.segment === segment) whole(site);
    for (const share of this.world.shares) {
      const partsOf = (site: Site): readonly Endpoint[] =>
        this.endpoints.filter((one) => one.site === site && this.inSide(share.what, one));
      for (const shared of this.world.sites) {
        if (shared.segment === share.with || partsOf(shared).length === 0) continue;
        if (share.with === segment) this.sharedPresence(shared, partsOf(shared), out);
        for (const source of this.world.sites) {
          if (source.segment !== share.with) continue;
          const meeting = this.meeting(source, shared, share.at);
          if (meeting === undefined) continue;
          if (shared.segment === segment) {
            whole(source);
            for (const site of this.leaked(source, meeting)) whole(site);
          }
          if (share.with === segment) for (const site of this.leaked(shared, meeting)) whole(site);
        }
      }
    }
    this.present.set(segment, out);
    return out;
  }

  private sharedPresence(site: Site, parts: readonly Endpoint[], out: Presence[]): void {
    const all = this.endpoints.filter((one) => one.site === site);
    for (const family of [4, 6] as const) {
      const some = parts.filter((one) => one.family === family);
      if (some.length === 0) continue;
      // A place that is not ours announces what it declares, whatever part of it is shared; so does an Azure hub.
      const isWhole = some.length === all.filter((one) => one.family === family).length;
      const covering =
        site.kind === "external" || site.kind === "remote" || site.places.some((one) => this.kind(one) === "azure");
      if (isWhole || covering) {
        for (const block of site.blocks) if (block.family === family) out.push({ ...block, owner: site.name });
      } else out.push(...some.map(({ value }) => ({ family, base: value, size: 1n, owner: site.name })));
    }
  }

  /** Sites whose whole prefixes a meeting brings into the other segment, beside what is shared of this side. */
  private leaked(side: Site, meeting: Meeting): readonly Site[] {
    if (meeting.kind === "router") return [];
    const segment = this.world.sites.filter((site) => site.segment === side.segment);
    if (meeting.kind === "azure") return segment.filter((site) => site.places.join() === side.places.join());
    if (!this.isAttached(side, meeting)) {
      return segment.filter(
        (site) => !this.isAttached(site, meeting) && this.distance(site, meeting.places) < Number.POSITIVE_INFINITY,
      );
    }
    return meeting.kind === "gcp" ? segment.filter((site) => this.isAttached(site, meeting)) : [];
  }

  /** True where the address of a summary is covered by a longer prefix in the segment of the other end. */
  private isHidden(one: Endpoint, segment: string): boolean {
    if (!one.site.summary) return false;
    return this.presentIn(segment).some(
      ({ family, base, size, owner }) =>
        owner !== one.site.name &&
        family === one.family &&
        one.value >= base &&
        one.value < base + size &&
        one.site.blocks.some((block) => block.family === family && size < block.size),
    );
  }

  // Flows.

  /** Which of `POINTS` a statement names between two endpoints, in its direction and, with `<->`, the other. */
  mask(opening: Opening, source: Endpoint, destination: Endpoint): number {
    const forward = this.inSide(opening.source, source) && this.inSide(opening.destination, destination);
    const back = opening.both && this.inSide(opening.source, destination) && this.inSide(opening.destination, source);
    if (!forward && !back) return 0;
    return POINTS.reduce(
      (mask, [protocol, slot], bit) => (opening.service.holds(protocol, slot) ? mask | (1 << bit) : mask),
      0,
    );
  }

  /** What is known of the pair of endpoints with these indexes. */
  pair(source: number, destination: number): PairFacts {
    const key = source * this.endpoints.length + destination;
    const known = this.facts.get(key) ?? this.judge(source, destination);
    this.facts.set(key, known);
    return known;
  }

  private judge(source: number, destination: number): PairFacts {
    const none: PairFacts = { flows: 0, permitted: 0, routed: false, unenforced: false, residual: 0 };
    const from = this.endpoints[source];
    const to = this.endpoints[destination];
    if (from === undefined || to === undefined || source === destination || from.family !== to.family) return none;
    if (this.isHidden(from, to.segment) || this.isHidden(to, from.segment)) return none;
    const flows = familyMask(from.family);
    const rules = (a: Endpoint, b: Endpoint): number =>
      this.world.rules.reduce((mask, rule) => mask | (this.mask(rule, a, b) & flows), 0);
    const unenforced = this.isUnenforced(from, to);
    const stateful = from.site.kind === "cloud" || to.site.kind === "cloud";
    const replies = stateful || unenforced || !this.isRouted(to, from) ? 0 : residualMask(rules(to, from));
    return {
      flows,
      permitted: rules(from, to),
      routed: this.isRouted(from, to),
      unenforced,
      residual: replies & flows,
    };
  }

  /** Calls `visit` for every pair of endpoints between which a statement names flows. */
  forEach(
    opening: Opening,
    visit: (facts: PairFacts, asked: number, source: number, destination: number) => void,
  ): void {
    for (const [source, from] of this.endpoints.entries()) {
      for (const [destination, to] of this.endpoints.entries()) {
        const mask = this.mask(opening, from, to);
        if (mask === 0) continue;
        const facts = this.pair(source, destination);
        if ((mask & facts.flows) !== 0) visit(facts, mask & facts.flows, source, destination);
      }
    }
  }
}

function brings(link: WorldLink, segment: string): boolean {
  return link.kind === "mpls" || link.carries.includes(segment);
}

function contains(block: Block, family: 4 | 6, value: bigint): boolean {
  return block.family === family && value >= block.base && value < block.base + block.size;
}

/**
 * Endpoints of a site: its addresses less those of routers, and for a summary less those that others own. Of the addresses
 * between two boundaries that nothing tells apart a few stand for all: those next to the boundaries.
 */
function endpointsOf(site: Site, world: World): readonly Endpoint[] {
  const others = world.sites
    .filter((other) => other !== site && other.segment === site.segment)
    .flatMap((other) => other.blocks);
  const isIn = (list: readonly Numbered[], family: 4 | 6, value: bigint): boolean =>
    list.some(([f, v]) => f === family && v === value);
  return telling(site, world).flatMap(([family, value]) => {
    if (isIn(routerNumbers(site), family, value)) return [];
    const covering = others.filter((block) => contains(block, family, value));
    if (site.summary && covering.some((block) => site.blocks.some((own) => block.size < own.size))) return [];
    const names = new Set(["any", site.segment, site.name]);
    if (site.kind === "cloud") {
      const subnet = subnetsOf(site).find(([, blocks]) => blocks.some((block) => contains(block, family, value)));
      if (subnet === undefined) return [];
      names.add(`${site.name}.${subnet[0]}`);
    }
    if (isIn(hostNumbers(site), family, value)) {
      names.add(site.kind === "cloud" ? `${site.name}.db.box` : `${site.name}.box`);
    }
    return [{ segment: site.segment, site, family, value, names }];
  });
}

/** The addresses of a site next to any boundary in the world, in order. */
function telling(site: Site, world: World): readonly Numbered[] {
  const blocks = world.sites.flatMap((one) => [
    ...one.blocks,
    ...(one.kind === "cloud" ? subnetsOf(one).flatMap(([, inner]) => inner) : []),
  ]);
  const single = world.sites.flatMap((one) => [...hostNumbers(one), ...routerNumbers(one)]);
  return site.blocks.flatMap((own) => {
    const cuts = [
      ...blocks.filter(({ family }) => family === own.family).flatMap(({ base, size }) => [base, base + size]),
      ...single.filter(([family]) => family === own.family).flatMap(([, value]) => [value, value + 1n]),
    ];
    const near = new Set(cuts.flatMap((cut) => [cut - 2n, cut - 1n, cut, cut + 1n]));
    return [...near]
      .filter((value) => contains(own, own.family, value))
      .sort((a, b) => (a < b ? -1 : 1))
      .map((value) => [own.family, value] as const);
  });
}

/** Services that have a meaning in a family: `icmp` is IPv4, `icmpv6` is IPv6. */
function familyMask(family: 4 | 6): number {
  return POINTS.reduce((mask, [protocol], bit) => (protocol === (family === 4 ? 58 : 1) ? mask : mask | (1 << bit)), 0);
}

/** What the replies of these services leave open: every port of UDP, the same number of others. */
function residualMask(services: number): number {
  const answered = new Set(POINTS.flatMap(([protocol], bit) => ((services >> bit) & 1 ? [protocol] : [])));
  return POINTS.reduce(
    (mask, [protocol], bit) => (answered.has(protocol) && !HARMLESS.includes(protocol) ? mask | (1 << bit) : mask),
    0,
  );
}
