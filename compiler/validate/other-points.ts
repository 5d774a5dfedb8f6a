/**
 * What the other filters on the way make of packets that one filter lets through: packets leave a LAN or a subnet through
 * one of its points, come in over one of the links that lead there, and enter a subnet through its point. At each of these
 * stages a packet that no alternative admits is cut.
 */
import type { Family } from "../../grammar/address.js";
import type { DomainId } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import { admittedBy, type Comparison, filtersOf } from "./comparison.js";
import { groupsOf } from "./groups.js";
import type { IntendedPoint } from "./intended-flows.js";
import type { Subject } from "./judged.js";
import type { MatchedPoint } from "./match-points.js";
import { type PacketRegion, type PacketSet, PacketSpace } from "./packet-set.js";
import { type Cube, cubes, everyPacket } from "./packet-space.js";
import type { ReadFilter } from "./readback.js";
import { type Side, Sides } from "./sides.js";

type Stage = "leaves" | "crosses" | "enters";

/** Packets between two sets that pass a point, with what stands there for some of them. */
interface Passage {
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly filters: readonly ReadFilter[];
}

/** All points of an output, for questions about the way of packets. */
export class OtherPoints {
  readonly subject: Subject;
  private readonly points: readonly { readonly match: MatchedPoint; readonly intended: IntendedPoint }[];
  private readonly filters: ReadonlyMap<string, ReadFilter>;
  private readonly directs = new Map<string, AddressSet>();

  constructor(
    subject: Subject,
    matched: readonly MatchedPoint[],
    intended: ReadonlyMap<string, IntendedPoint>,
    filters: ReadonlyMap<string, ReadFilter>,
  ) {
    this.subject = subject;
    this.filters = filters;
    this.points = matched.flatMap((match) => {
      const found = intended.get(match.point.id);
      return found === undefined ? [] : [{ match, intended: found }];
    });
  }

  /** The passages of a stage for packets between two sets of one family, apart from a point. */
  passages(stage: Stage, but: string, domains: ReadonlySet<DomainId>, family: Family): readonly Passage[] {
    const direct = stage === "crosses" ? this.direct(domains) : AddressSet.empty;
    return this.points.flatMap(({ match, intended }) => {
      if (match.point.id === but || stageOf(match) !== stage) return [];
      const near = within(intended.near, domains).family(family);
      const all = AddressSet.allOf(family);
      if (stage === "crosses") {
        if (typeof intended.beyond === "string") return [];
        const beyond = within(intended.beyond, domains).family(family);
        const filters = filtersOf(match, family, this.filters);
        return [{ source: near.subtract(direct), destination: beyond, filters }];
      }
      if (stage === "leaves" && match.point.attachment.kind === "lan") {
        return [{ source: near, destination: all.subtract(near), filters: filtersOf(match, family, this.filters) }];
      }
      return groupsOf({ match, intended, subject: this.subject }).map((group) => {
        const here = group.addresses.family(family);
        const filters = filtersOf(group, family, this.filters);
        return stage === "enters"
          ? { source: all, destination: here, filters }
          : { source: here, destination: all, filters };
      });
    });
  }

  /** Endpoints that come into a cloud without passing a router of ours. */
  private direct(domains: ReadonlySet<DomainId>): AddressSet {
    const key = [...domains].sort().join(" ");
    const known = this.directs.get(key);
    if (known !== undefined) return known;
    const { relations, design } = this.subject;
    const sides = new Sides(relations);
    const managed = (name: string): boolean => {
      const router = relations.topology.router(name);
      return router !== undefined && router.os !== "unmanaged";
    };
    const found = design.circuits.flatMap(({ domain, ends }) => {
      const cloud = ends.find((end) => end.place.kind === "cloud");
      const far = ends.find((end) => end !== cloud);
      if (cloud === undefined || far === undefined || managed(far.place.name)) return [];
      return [within(sides.behind(domain, far.place, cloud.place), domains)];
    });
    const made = AddressSet.unionAll(found);
    this.directs.set(key, made);
    return made;
  }
}

function stageOf({ point }: MatchedPoint): Stage {
  if (point.attachment.kind === "circuit") return "crosses";
  if (point.attachment.kind === "lan") return "leaves";
  return point.direction === "in" ? "enters" : "leaves";
}

function within(side: Side, domains: ReadonlySet<DomainId>): AddressSet {
  return AddressSet.unionAll([...side].flatMap(([domain, set]) => (domains.has(domain) ? [set] : [])));
}

/** A set in a space of its own. */
export interface OwnSet {
  readonly space: PacketSpace;
  readonly set: PacketSet;
}

/** What is left of packets that a point lets through after every other stage of their way. */
export function survivors(one: Comparison, regions: readonly PacketRegion[], others: OtherPoints): OwnSet {
  const { intended, family } = one;
  const { point, crossings } = intended;
  const domains = new Set([point.domain, ...crossings.flatMap(({ from, to }) => [from, to])]);
  const stages = (["leaves", "crosses", "enters"] as const).map((stage) =>
    others
      .passages(stage, point.id, domains, family)
      .filter((passage) => regions.some((region) => meets(passage, region))),
  );
  const space = spaceOf(one, regions, stages.flat());
  const asked = space.cubes(
    regions.map((region) => ({ source: region.source, destination: region.destination, transport: region })),
  );
  const everything = space.cubes(cubes(everyPacket(family), "may"));
  const left = stages.reduce((packets, passages) => {
    const between = (passage: Passage): PacketSet => space.cubes(betweenCubes(passage, family));
    const admitted = passages.map((passage) =>
      space.intersect(
        between(passage),
        admittedBy(space, passage.filters, family, everything, passage.filters.length > 0, "most"),
      ),
    );
    const cut = space.subtract(space.union(passages.map(between)), space.union(admitted));
    return space.subtract(packets, cut);
  }, asked);
  return { space, set: left };
}

function meets(passage: Passage, region: PacketRegion): boolean {
  return passage.source.overlaps(region.source) && passage.destination.overlaps(region.destination);
}

function betweenCubes({ source, destination }: Passage, family: Family): readonly Cube[] {
  return cubes({ ...everyPacket(family), source, destination }, "may");
}

function spaceOf({ subject }: Comparison, regions: readonly PacketRegion[], passages: readonly Passage[]): PacketSpace {
  const sets = [AddressSet.all, ...([4, 6] as const).map((family) => AddressSet.allOf(family))];
  for (const { source, destination } of [...regions, ...passages]) sets.push(source, destination);
  for (const { filters } of passages) {
    for (const { matches } of filters.flatMap((filter) => filter.rules)) {
      for (const { source, destination, family } of matches)
        sets.push(source.family(family), destination.family(family));
    }
  }
  return new PacketSpace(sets, subject.budget);
}
