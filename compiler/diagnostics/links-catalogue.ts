/** Findings about links, routers, clouds and segments, and what must agree between them: DMC14xx. */
import { catalogue } from "../../grammar/diagnostic.js";
import { error, listed, warning } from "./entry.js";

/** The catalogue of links and places. */
export const linksCatalogue = catalogue({
  "link-to-itself": error<{ place: string }>(
    "DMC1401",
    ({ place }) => `the link joins \`${place}\` to itself`,
    () => "a link joins two different places",
  ),
  "unfit-ends": error<{ kind: string; ends: readonly string[]; joins: string; near: readonly string[] }>(
    "DMC1402",
    ({ kind, ends }) => `a link of kind \`${kind}\` does not join ${ends.join(" and ")}`,
    ({ joins, near }) =>
      near.length === 0 ? `it joins ${joins}` : `it joins ${joins}; these two are joined by ${listed(near)}`,
  ),
  "interface-count": error<{ given: number; wanted: number }>(
    "DMC1403",
    ({ given, wanted }) =>
      `\`interface\` has ${given} value${given === 1 ? "" : "s"}, but the link has ${wanted} router${wanted === 1 ? "" : "s"} of ours`,
    () => "give one interface for each router of ours, in `between` order",
  ),
  "repeated-carries": error<{ segment: string }>(
    "DMC1404",
    ({ segment }) => `the link carries segment \`${segment}\` twice`,
    () => "a link carries a segment once; a second way is a second link",
  ),
  "missing-carries": error<{ link: string; segment: string }>(
    "DMC1405",
    ({ link, segment }) => `the link \`${link}\` does not carry \`${segment}\`, the segment of its external`,
    ({ segment }) => `add \`carries ${segment} { … }\``,
  ),
  "carries-nothing": warning<{ link: string }>(
    "DMC1406",
    ({ link }) => `the link \`${link}\` carries no segment`,
    () => "add `carries SEGMENT { … }` for each segment that goes over it",
  ),
  "foreign-carries": error<{ segment: string; external: string; own: string }>(
    "DMC1407",
    ({ segment, external }) => `segment \`${segment}\` is not the segment of external \`${external}\``,
    ({ own }) => `a link to an external carries the external's segment alone: \`carries ${own} { … }\``,
  ),
  "address-pairs": error<{ family: string; given: number }>(
    "DMC1408",
    ({ family, given }) => `\`addresses\` has ${given} ${family} address${given === 1 ? "" : "es"}`,
    () => "give one pair for each family, in `between` order",
  ),
  "address-pair": error<{ first: string; second: string }>(
    "DMC1409",
    ({ first, second }) => `\`${first}\` and \`${second}\` are no pair on one link`,
    () => "the two ends have different addresses in one prefix",
  ),
  "static-session": error<{ property: string; external: string }>(
    "DMC1410",
    ({ property, external }) => `\`${property}\` needs BGP, but external \`${external}\` has no \`asn\``,
    ({ external }) => `routes to \`${external}\` are static; give it an \`asn\`, or take the option away`,
  ),
  "shared-asn": error<{ asn: number; of: string; other: string }>(
    "DMC1411",
    ({ asn, of, other }) => `${of} has the autonomous system ${asn} of ${other}`,
    () => "clouds, gateways, externals, unmanaged routers and the estate have different autonomous systems",
  ),
  "missing-estate-asn": error<{ router: string; estate: string | undefined }>(
    "DMC1412",
    ({ router, estate }) =>
      estate === undefined
        ? `router \`${router}\` speaks BGP, and no estate gives the autonomous system`
        : `the estate \`${estate}\` lacks \`asn\`, and router \`${router}\` speaks BGP`,
    () => "add `asn = …` to the estate, for instance a private one such as 64512",
  ),
  "core-asn": error<{ router: string; asn: string; other: string; otherAsn: string }>(
    "DMC1413",
    ({ router, asn, other, otherAsn }) =>
      `router \`${router}\` has autonomous system ${asn}, and \`${other}\` of the same core has ${otherAsn}`,
    () => "routers joined by `mpls` are one core and have one autonomous system",
  ),
  "shared-loopback": error<{ address: string; router: string }>(
    "DMC1414",
    ({ address, router }) => `\`${address}\` is the loopback of router \`${router}\` already`,
    () => "each router has a loopback address of its own",
  ),
  "one-system-handoff": error<{ asn: number; first: string; second: string }>(
    "DMC1415",
    ({ asn, first, second }) => `\`${first}\` and \`${second}\` are both in autonomous system ${asn}`,
    () =>
      "a `handoff` joins two autonomous systems; routers of one are joined by `mpls`, or one end shows a `local-asn`",
  ),
  "shared-number": error<{ number: number; segment: string }>(
    "DMC1416",
    ({ number, segment }) => `the number ${number} is that of segment \`${segment}\` already`,
    () => "each segment has a number of its own; without `id` a free one is allocated",
  ),
  "shared-vrf": error<{ vrf: string; segment: string }>(
    "DMC1417",
    ({ vrf, segment }) => `the VRF \`${vrf}\` is that of segment \`${segment}\` already`,
    () => "two segments in one VRF would not be isolated; choose another name",
  ),
  "shared-route-target": error<{ routeTarget: string; segment: string }>(
    "DMC1418",
    ({ routeTarget, segment }) => `the route target \`${routeTarget}\` is that of segment \`${segment}\` already`,
    () => "segments with one route target exchange all routes; choose another",
  ),
  "circuit-of-two-segments": error<{ circuit: string; segment: string }>(
    "DMC1419",
    ({ circuit, segment }) => `the circuit \`${circuit}\` carries segment \`${segment}\` already`,
    () => "a circuit has one private peering; each carried segment needs a circuit of its own",
  ),
  "circuit-path-twice": error<{ circuit: string; path: string }>(
    "DMC1420",
    ({ circuit, path }) => `the ${path} path of circuit \`${circuit}\` is used already`,
    ({ path }) => `use \`path = ${path === "primary" ? "secondary" : "primary"}\``,
  ),
  "circuit-with-one-path": warning<{ circuit: string; path: string }>(
    "DMC1421",
    ({ circuit, path }) => `of the circuit \`${circuit}\` only the ${path} path is used`,
    () => "both paths are needed for the provider's availability; add a link that uses the other",
  ),
  "unoffered-mtu": error<{ mtu: number; kind: string; mtus: string }>(
    "DMC1422",
    ({ mtu, kind }) => `a link of kind \`${kind}\` cannot have an \`mtu\` of ${mtu}`,
    ({ mtus }) => `the provider offers ${mtus}`,
  ),
  "shared-link-prefix": error<{ address: string; link: string; segment: string; place: string }>(
    "DMC1423",
    ({ address, link, segment, place }) =>
      `\`${address}\` lies on the prefix that link \`${link}\` has in segment \`${segment}\` at \`${place}\``,
    () => "each link has a prefix of its own; without `addresses` a free one is allocated",
  ),
  "link-address-not-a-host": error<{ address: string; what: string }>(
    "DMC1424",
    ({ address, what }) => `\`${address}\` cannot be an end of a link: it is ${what}`,
    () => "give each end an address between the first and the last of the prefix, or use a /31 (IPv6: /127)",
  ),
  "connection-vlan-taken": error<{ vlan: number; connection: string; link: string; segment: string }>(
    "DMC1425",
    ({ vlan, connection, link, segment }) =>
      `VLAN ${vlan} of \`${connection}\` carries segment \`${segment}\` of link \`${link}\` already`,
    () => "a tag stands for one segment on a connection; choose another `vlan`",
  ),
});
