/** One comparison of filters with what their point has to admit: what all kinds of points have in common. */
import type { Address, Family } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import { AddressSet } from "../sets/address-set.js";
import { decidingPlace } from "./deciding-rule.js";
import type { Crossing, IntendedPoint } from "./intended-flows.js";
import type { FilterFinding, Subject } from "./judged.js";
import type { MatchedPoint } from "./match-points.js";
import { type Packet, type PacketSet, PacketSpace } from "./packet-set.js";
import type { Cube } from "./packet-space.js";
import type { ReadBinding, ReadFilter } from "./readback.js";

/** One comparison: the filters that stand at a point in one family. */
export interface Comparison {
  readonly subject: Subject;
  readonly intended: IntendedPoint;
  readonly match: MatchedPoint;
  readonly family: Family;
  readonly filters: readonly ReadFilter[];
}

/** The filters that stand at a point in a family. */
export function filtersOf(
  { bindings }: { readonly bindings: readonly ReadBinding[] },
  family: Family,
  filters: ReadonlyMap<string, ReadFilter>,
): readonly ReadFilter[] {
  const ids = bindings.filter((one) => one.families.includes(family)).flatMap((one) => one.filters);
  return [...new Set(ids)].flatMap((id) => filters.get(id) ?? []);
}

/** A space that knows every address of a comparison in a family. */
export function spaceFor(
  subject: Subject,
  expected: readonly Cube[],
  filters: readonly ReadFilter[],
  family: Family,
  more: readonly AddressSet[] = [],
): PacketSpace {
  const sets = new Set<AddressSet>(more);
  for (const { source, destination } of expected) sets.add(source).add(destination);
  for (const { rules, least = [] } of filters) {
    for (const { matches } of [...rules, ...least]) {
      for (const match of matches) {
        if (match.family === family) sets.add(match.source.family(family)).add(match.destination.family(family));
      }
    }
  }
  return new PacketSpace([...sets, AddressSet.all], subject.budget);
}

/** What all filters of a point admit of the packets of a family that `everything` holds. */
export function admittedBy(
  space: PacketSpace,
  filters: readonly ReadFilter[],
  family: Family,
  everything: PacketSet,
  forwards: boolean,
  which: "most" | "least",
): PacketSet {
  if (!forwards) return space.none;
  return filters
    .map((filter) => {
      const rules = which === "least" ? (filter.least ?? filter.rules) : filter.rules;
      return space.admitted({ ...filter, rules }, family, everything);
    })
    .reduce((all, next) => space.intersect(all, next), everything);
}

/** A difference as a finding; none where the set is empty. */
export function differenceOf(
  { intended, family, filters, subject, match }: Comparison,
  space: PacketSpace,
  kind: "opens" | "closes",
  set: PacketSet,
): readonly FilterFinding[] {
  const { point, crossings } = intended;
  const prefer = (side: "source" | "destination", of: AddressSet): Address | undefined =>
    preferred(subject, crossings, side, of) ?? of.first();
  const witness = space.pick(set, prefer);
  if (witness === undefined) return [];
  const filter = filters[0];
  const place = filter === undefined ? match.interface?.at : decidingPlace(filter, witness);
  const source = kind === "closes" ? permittingSpan(crossings, witness) : undefined;
  const at = place ?? match.target.readback.devices[0]?.at ?? { file: match.target.target, at: 1 };
  return [
    {
      plane: "filter",
      kind,
      point: point.id,
      family,
      witness,
      regions: space.regions(set),
      place: at,
      ...(source === undefined ? {} : { source }),
    },
  ];
}

/**
 * A declared host where there is one, by the naming of whichever domain owns some address of the set; no source that is
 * where the flows go, if another will do.
 */
function preferred(
  { relations }: Subject,
  crossings: readonly Crossing[],
  side: "source" | "destination",
  of: AddressSet,
): Address | undefined {
  const other = side === "source" ? AddressSet.unionAll(crossings.map((one) => one.destination)) : AddressSet.empty;
  const domains = new Set(crossings.map((one) => (side === "source" ? one.from : one.to)));
  for (const wanted of [of.subtract(other), of]) {
    for (const domain of domains) {
      const holdings = relations.naming.holdingsOf(domain).map((one) => one.addresses);
      const owned = AddressSet.unionAll(holdings).intersect(wanted);
      const found = owned.isEmpty() ? undefined : relations.naming.pick(domain, owned);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The rule whose flow, or whose reply, a packet is. */
function permittingSpan(crossings: readonly Crossing[], { source, destination }: Packet): Span | undefined {
  return crossings.find((one) => one.source.contains(source) && one.destination.contains(destination))?.rule.span;
}
