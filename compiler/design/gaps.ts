/** The addresses of LANs that routers own: gaps in the sets of endpoints, which a coarse match may fill. */
import type { DomainId } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import { fillGaps } from "../sets/fill-gaps.js";
import type { LanAttachmentDesign } from "./design.js";

/** The addresses that routers own inside a LAN's prefixes: its gateways and those of every attached router. */
export function routerOwned(lan: LanAttachmentDesign): AddressSet {
  const own = [...lan.gateways, ...lan.attachments.flatMap((one) => one.addresses.map((each) => each.value.address))];
  return AddressSet.unionAll(own.map((address) => AddressSet.ofAddress(address))).intersect(
    AddressSet.ofPrefixes(lan.prefixes),
  );
}

/** Fills gaps of one estate's LANs. */
export class Gaps {
  private readonly owned = new Map<DomainId, AddressSet>();

  constructor(lans: readonly LanAttachmentDesign[]) {
    for (const lan of lans) {
      this.owned.set(lan.domain, (this.owned.get(lan.domain) ?? AddressSet.empty).union(routerOwned(lan)));
    }
  }

  /** The set with every gap filled that borders on it. */
  fill(domain: DomainId, set: AddressSet): AddressSet {
    const owned = this.owned.get(domain);
    return owned === undefined ? set : fillGaps(owned, set);
  }
}
