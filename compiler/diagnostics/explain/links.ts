/** Explanations of DMC14xx: links, routers, clouds and segments. */
import type { linksCatalogue } from "../links-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const linksExplanations: Explanations<typeof linksCatalogue> = {
  "link-to-itself": `A link joins two different places.`,
  "unfit-ends": `Each kind of link joins certain places: Direct Connect an AWS cloud, ExpressRoute an Azure cloud, Interconnect a
Google cloud, each with a router or an external. \`mpls\` joins routers of ours. \`docs/reference/kinds.md\` has the table.`,
  "interface-count": `\`interface\` has one value for each end that is a router of ours, in the order of \`between\`.

    link cross between chi and ash {
      kind = handoff
      interface = ["xe-0/0/1", "TenGigE0/0/0/1"]
      carries prod { vlan = 7 }
    }`,
  "repeated-carries": `A segment goes over a link once. For a second circuit declare a second link; \`preference\` orders the two.`,
  "missing-carries": `The external lies in a segment, and the link to it carries that one.`,
  "carries-nothing": `Only what a link carries has a route over it. This one carries nothing, so it has no effect.`,
  "foreign-carries": `An external lies in one segment. Carrying another to it would give that segment's routes to a partner.`,
  "address-pairs": `The two ends of a link have one address each, for each family.

    addresses = [169.254.7.1/30, 169.254.7.2/30]`,
  "address-pair": `The two addresses must be in one prefix and differ, or the ends would not reach each other.`,
  "static-session": `An external without \`asn\` does not speak BGP: routes to it are static both ways. BFD of BGP, MD5 and prefix limits
have nothing to act on.`,
  "shared-asn": `BGP takes a route that has passed its own autonomous system for a loop and drops it. So clouds, Direct Connect
gateways, externals, unmanaged routers and the estate have different ones. A router of ours has the estate's, or one
that none of the others has.`,
  "missing-estate-asn": `A router of ours exchanges routes by BGP, and route targets are made from the estate's autonomous system.

    estate acme { asn = 64520 }`,
  "core-asn": `Routers joined by \`mpls\` exchange VPN routes by internal BGP, which is within one autonomous system.`,
  "shared-loopback": `A router is known to the others by its loopback address, and makes its route distinguishers from it.`,
  "one-system-handoff": `A hand-off is external BGP between two autonomous systems. Two routers of one system are joined by \`mpls\`, or one
shows another number on this link by \`local-asn\`.`,
  "shared-number": `The number of a segment becomes part of its route target and route distinguishers. Two segments with one number
would not be kept apart.`,
  "shared-vrf": `Two segments in one VRF would be one segment.`,
  "shared-route-target": `VRFs that import one route target exchange all their routes. Two segments with one target would be joined without
a share. A segment with a pinned \`id\` has \`<estate asn>:<id>\` where it does not say.`,
  "circuit-of-two-segments": `An ExpressRoute circuit has one private peering. Connected to the hubs of two segments it would join them at the
provider's edge, outside our filters.`,
  "circuit-path-twice": `A circuit has two paths, primary and secondary, each with one session.`,
  "circuit-with-one-path": `The provider's availability holds for both paths of a circuit together, and maintenance takes one away at a time.`,
  "unoffered-mtu": `The provider offers certain packet sizes on this kind of link. The ends would disagree with any other.`,
  "shared-link-prefix": `Two links of one segment at one place have overlapping addresses, so that a neighbour would be found on the wrong
one.`,
  "link-address-not-a-host": `The first address of a prefix is its network address and the last its broadcast address; a router
refuses both on an interface. A /31 (RFC 3021) and an IPv6 /127 (RFC 6164) have neither.

    addresses = [192.0.2.129/30, 192.0.2.130/30]`,
  "connection-vlan-taken": `Everything on a provider's port or connection shares its tags: two links that name the same \`connection\`,
or two segments of one link, cannot both have one \`vlan\`. The provider refuses the second virtual interface.`,
};
