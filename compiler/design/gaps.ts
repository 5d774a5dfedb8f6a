/** The addresses of LANs that routers own: gaps in the sets of endpoints, which a coarse match may fill. */
import type { DomainId } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import type { LanAttachmentDesign } from "./design.js";

/** Fills gaps of one estate's LANs. Remembers what it filled, since many rules speak of the same sets. */
export class Gaps {
  private readonly owned = new Map<DomainId, AddressSet>();
  private readonly filled = new Map<DomainId, WeakMap<AddressSet, AddressSet>>();

  constructor(lans: readonly LanAttachmentDesign[]) {
    for (const lan of lans) {
      const own = [
        ...lan.gateways,
        ...lan.attachments.flatMap((one) => one.addresses.map((each) => each.value.address)),
      ];
      const inside = AddressSet.unionAll(own.map((address) => AddressSet.ofAddress(address))).intersect(
        AddressSet.ofPrefixes(lan.prefixes),
      );
      this.owned.set(lan.domain, (this.owned.get(lan.domain) ?? AddressSet.empty).union(inside));
    }
  }

  /** The set with every gap filled that borders on it. */
  fill(domain: DomainId, set: AddressSet): AddressSet {
    const owned = this.owned.get(domain);
    if (owned === undefined || owned.isEmpty()) return set;
    const memo = this.filled.get(domain) ?? new WeakMap<AddressSet, AddressSet>();
    this.filled.set(domain, memo);
    const known = memo.get(set) ?? fillFrom(owned, set);
    memo.set(set, known);
    return known;
  }
}

function fillFrom(owned: AddressSet, set: AddressSet): AddressSet {
  const bordering = owned.ranges().filter(({ family, first, last }) => {
    const before = first > 0n && set.contains({ family, value: first - 1n });
    return before || set.contains({ family, value: last + 1n });
  });
  return bordering.length === 0 ? set : set.union(AddressSet.ofRanges(bordering));
}
