/** The addresses of LANs that routers own: gaps in the sets of endpoints, which a coarse match may fill. */
import type { DomainId } from "../model/estate.js";
import { AddressSet, lineOf } from "../sets/address-set.js";
import type { LanAttachmentDesign } from "./design.js";

/** The addresses that routers own inside a LAN's prefixes: its gateways and those of every attached router. */
export function routerOwned(lan: LanAttachmentDesign): AddressSet {
  const own = [...lan.gateways, ...lan.attachments.flatMap((one) => one.addresses.map((each) => each.value.address))];
  return AddressSet.unionAll(own.map((address) => AddressSet.ofAddress(address))).intersect(
    AddressSet.ofPrefixes(lan.prefixes),
  );
}

/** Fills gaps of one estate's LANs. Remembers what it filled, since many rules speak of the same sets. */
export class Gaps {
  private readonly owned = new Map<DomainId, AddressSet>();
  private readonly filled = new Map<DomainId, WeakMap<AddressSet, AddressSet>>();

  constructor(lans: readonly LanAttachmentDesign[]) {
    for (const lan of lans) {
      this.owned.set(lan.domain, (this.owned.get(lan.domain) ?? AddressSet.empty).union(routerOwned(lan)));
    }
  }

  /** The set with every gap filled that borders on it. */
  fill(domain: DomainId, set: AddressSet): AddressSet {
    const owned = this.owned.get(domain);
    if (owned === undefined || owned.isEmpty()) return set;
    const memo = this.filled.get(domain) ?? new WeakMap<AddressSet, AddressSet>();
    this.filled.set(domain, memo);
    const known = memo.get(set) ?? fillGaps(owned, set);
    memo.set(set, known);
    return known;
  }
}

/** Ranges of a set by where they begin and by what follows them on the address line. */
interface Borders {
  readonly byStart: ReadonlyMap<bigint, AddressSet>;
  readonly byEnd: ReadonlyMap<bigint, AddressSet>;
}

const bordersOf = new WeakMap<AddressSet, Borders>();

function borders(owned: AddressSet): Borders {
  const known = bordersOf.get(owned);
  if (known !== undefined) return known;
  const ranges = owned.ranges().map((range) => {
    const { family, first, last } = range;
    return {
      start: lineOf({ family, value: first }),
      end: lineOf({ family, value: last }) + 1n,
      set: AddressSet.ofRanges([range]),
    };
  });
  const made = {
    byStart: new Map(ranges.map(({ start, set }) => [start, set] as const)),
    byEnd: new Map(ranges.map(({ end, set }) => [end, set] as const)),
  };
  bordersOf.set(owned, made);
  return made;
}

/** The set with every range of `owned` that borders on it. */
export function fillGaps(owned: AddressSet, set: AddressSet): AddressSet {
  if (owned.isEmpty()) return set;
  const { byStart, byEnd } = borders(owned);
  const found = set.ranges().flatMap(({ family, first, last }) => {
    const after = byStart.get(lineOf({ family, value: last }) + 1n);
    const before = byEnd.get(lineOf({ family, value: first }));
    return [before, after].filter((one) => one !== undefined);
  });
  return found.length === 0 ? set : AddressSet.unionAll([set, ...found]);
}
