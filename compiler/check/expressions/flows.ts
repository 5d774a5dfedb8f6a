/** Whether any flow at all goes between two sets of endpoints on a service. */
import type { Family } from "../../../grammar/address.js";
import type { EndpointSet } from "../../model/endpoint-set.js";
import type { AddressSet } from "../../sets/address-set.js";
import type { ServiceSet } from "../../sets/service-set.js";

const FAMILIES = [4, 6] as const;

/** The parts of one family of a set of endpoints: what is not there is left out. */
function familyParts(set: EndpointSet, family: Family): readonly (readonly [string, AddressSet])[] {
  return [...set.parts]
    .map(([domain, addresses]) => [domain, addresses.family(family)] as const)
    .filter(([, addresses]) => !addresses.isEmpty());
}

type Parts = ReturnType<typeof familyParts>;

/** True where both are the same one endpoint, so that no flow goes between two different ones. */
function sameEndpoint(source: Parts, destination: Parts): boolean {
  const [from] = source;
  const [to] = destination;
  if (source.length !== 1 || destination.length !== 1 || from === undefined || to === undefined) return false;
  return from[0] === to[0] && from[1].size() === 1n && from[1].equals(to[1]);
}

/**
 * Why no flow goes from `source` to `destination` on `service`: undefined where one does. A flow goes between two
 * different endpoints of one family, and its service has a meaning in that family (`icmp` in IPv4, `icmpv6` in IPv6).
 */
export function noFlowReason(source: EndpointSet, destination: EndpointSet, service: ServiceSet): string | undefined {
  const shared = FAMILIES.map((family) => ({
    family,
    source: familyParts(source, family),
    destination: familyParts(destination, family),
  })).filter((each) => each.source.length > 0 && each.destination.length > 0);
  if (shared.length === 0) {
    const family = (set: EndpointSet): string => (familyParts(set, 4).length > 0 ? "IPv4" : "IPv6");
    return `its source has only ${family(source)} and its destination only ${family(destination)}`;
  }
  const served = shared.filter(({ family }) => !service.forFamily(family).isEmpty());
  if (served.length === 0) {
    const [first] = shared;
    return first?.family === 4
      ? "its service is of IPv6 alone, and its sides share only IPv4"
      : "its service is of IPv4 alone, and its sides share only IPv6";
  }
  if (served.some((each) => !sameEndpoint(each.source, each.destination))) return undefined;
  return "its source and its destination are the same single endpoint";
}
