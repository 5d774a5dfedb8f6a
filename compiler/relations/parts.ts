/** Which prefixes stand for a part of a site, where that part is announced by itself. */
import { comparePrefixes, type Family, type Prefix, prefixContains } from "../../grammar/address.js";
import { AddressSet } from "../sets/address-set.js";
import { fillGaps } from "../sets/fill-gaps.js";
import type { Site } from "./sites.js";

/**
 * The prefixes that cover the endpoints of `set` at a site: the site's own where all its endpoints of a family are
 * meant, else those of its subnets that are meant whole and the fewest prefixes for the rest. Sorted.
 */
export function partsOf(site: Site, set: AddressSet): readonly Prefix[] {
  return ([4, 6] as const).flatMap((family) => familyParts(site, set, family)).sort(comparePrefixes);
}

/**
 * The prefixes that bring a part of a site into another domain: the part's own where we can announce it, else the whole
 * covering ones of those that are declared.
 */
export function broughtBy(site: Site, set: AddressSet): readonly Prefix[] {
  const parts = partsOf(site, set);
  if (site.announcesParts) return parts;
  return site.cidrs
    .map((cidr) => cidr.value)
    .filter((cidr) => parts.some((part) => prefixContains(cidr, part)))
    .sort(comparePrefixes);
}

function familyParts(site: Site, set: AddressSet, family: Family): readonly Prefix[] {
  const all = site.endpoints.family(family);
  let rest = set.family(family).intersect(all);
  if (rest.isEmpty()) return [];
  if (rest.equals(all)) return site.cidrs.map((cidr) => cidr.value).filter((prefix) => prefix.family === family);
  const parts: Prefix[] = [];
  for (const subnet of site.subnet === undefined ? (site.network?.subnets ?? []) : []) {
    const prefixes = subnet.cidrs.map((cidr) => cidr.value).filter((prefix) => prefix.family === family);
    const whole = AddressSet.unionAll(prefixes.map((prefix) => AddressSet.ofPrefix(prefix))).intersect(all);
    if (whole.isEmpty() || !rest.containsSet(whole)) continue;
    parts.push(...prefixes);
    rest = rest.subtract(whole);
  }
  return [...parts, ...filled(site, rest).prefixes()];
}

/**
 * A part with the router-owned addresses of its LAN that border on it: they are no endpoints and are closed by filters,
 * and a route that spares them would be many prefixes for one.
 */
function filled(site: Site, part: AddressSet): AddressSet {
  const lan = site.subnet?.lan ?? site.network?.lan;
  if (site.kind !== "lan" || lan === undefined) return part;
  const own = [...lan.gateways, ...lan.attachments.flatMap((one) => one.addresses)].map((one) =>
    "address" in one.value ? one.value.address : one.value,
  );
  const inside = AddressSet.unionAll(own.map((address) => AddressSet.ofAddress(address))).intersect(
    AddressSet.ofPrefixes(site.cidrs.map((cidr) => cidr.value)),
  );
  return fillGaps(inside, part);
}
