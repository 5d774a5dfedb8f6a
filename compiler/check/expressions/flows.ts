/** Whether any flow at all goes between two sets of endpoints on a service. */
import type { Family } from "../../../grammar/address.js";
import type { EndpointSet } from "../../model/endpoint-set.js";
import type { DomainId } from "../../model/estate.js";
import type { AddressSet } from "../../sets/address-set.js";
import type { ServiceSet } from "../../sets/service-set.js";

const FAMILIES = [4, 6] as const;

/** The parts of one family of a set of endpoints: what is not there is left out. */
function familyParts(set: EndpointSet, family: Family): Parts {
  const parts: (readonly [DomainId, AddressSet])[] = [];
  for (const [domain, addresses] of set.parts) {
    const part = addresses.family(family);
    if (!part.isEmpty()) parts.push([domain, part]);
  }
  return parts;
}

type Parts = readonly (readonly [DomainId, AddressSet])[];

/** True where both are the same one endpoint, so that no flow goes between two different ones. */
function sameEndpoint(source: Parts, destination: Parts): boolean {
  const [from] = source;
  const [to] = destination;
  if (source.length !== 1 || destination.length !== 1 || from === undefined || to === undefined) return false;
  return from[0] === to[0] && from[1].bounds.length === 2 && from[1].equals(to[1]) && from[1].size() === 1n;
}

/**
 * Why no flow goes from `source` to `destination` on `service`: undefined where one does. A flow goes between two
 * different endpoints of one family, and its service has a meaning in that family (`icmp` in IPv4, `icmpv6` in IPv6).
 */
export function noFlowReason(source: EndpointSet, destination: EndpointSet, service: ServiceSet): string | undefined {
  let shared: Family | undefined;
  let served = false;
  for (const family of FAMILIES) {
    const from = familyParts(source, family);
    const to = familyParts(destination, family);
    if (from.length === 0 || to.length === 0) continue;
    shared ??= family;
    if (service.forFamily(family).isEmpty()) continue;
    served = true;
    if (!sameEndpoint(from, to)) return undefined;
  }
  if (served) return "its source and its destination are the same single endpoint";
  if (shared === undefined) {
    return `its source has only ${familyName(source)} and its destination only ${familyName(destination)}`;
  }
  const [own, other] = shared === 4 ? ["IPv4", "IPv6"] : ["IPv6", "IPv4"];
  return `its service is of ${other} alone, and its sides share only ${own}`;
}

/** The family of a set that has addresses of one only. */
function familyName(set: EndpointSet): string {
  return familyParts(set, 4).length > 0 ? "IPv4" : "IPv6";
}
