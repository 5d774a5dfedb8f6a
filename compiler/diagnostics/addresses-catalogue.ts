/** Findings about the address plan: prefixes, hosts, gateways and LANs: DMC13xx. */
import { catalogue } from "../../grammar/diagnostic.js";
import { article, error } from "./entry.js";

/** The catalogue of the address plan. */
export const addressesCatalogue = catalogue({
  "prefix-overlap": error<{ prefix: string; owner: string; other: string; otherOwner: string; segment: string }>(
    "DMC1301",
    ({ prefix, owner, other, otherOwner, segment }) =>
      `\`${prefix}\` of ${owner} overlaps \`${other}\` of ${otherOwner} in segment \`${segment}\``,
    () =>
      "addresses of one segment lie in one place; change one of the prefixes, or make the wider one of an external a `summary`",
  ),
  "subnets-overlap": error<{ prefix: string; other: string; subnet: string }>(
    "DMC1302",
    ({ prefix, other, subnet }) => `\`${prefix}\` overlaps \`${other}\` of subnet \`${subnet}\``,
    () => "subnets of one network lie side by side",
  ),
  "subnet-outside": error<{ prefix: string; network: string; cidrs: string }>(
    "DMC1303",
    ({ prefix, network }) => `\`${prefix}\` does not lie inside network \`${network}\``,
    ({ cidrs }) => `the network has ${cidrs}`,
  ),
  "host-outside": error<{ address: string; parent: string; cidrs: string }>(
    "DMC1304",
    ({ address, parent }) => `\`${address}\` does not lie inside ${parent}`,
    ({ cidrs }) => `its prefixes are ${cidrs}`,
  ),
  "shared-host-address": error<{ address: string; host: string }>(
    "DMC1305",
    ({ address, host }) => `\`${address}\` is the address of host \`${host}\` already`,
    () => "an address belongs to one host",
  ),
  "host-beside-subnets": error<{ host: string; network: string }>(
    "DMC1306",
    ({ host, network }) => `host \`${host}\` stands beside the subnets of network \`${network}\``,
    () => "move it into the subnet that its address lies in",
  ),
  "network-without-subnet": error<{ network: string; cloud: string }>(
    "DMC1307",
    ({ network, cloud }) => `network \`${network}\` at cloud \`${cloud}\` has no subnet`,
    () => "workloads live in subnets there: `subnet NAME { cidr = … }`",
  ),
  "gateway-outside": error<{ address: string; cidrs: string }>(
    "DMC1308",
    ({ address }) => `the gateway \`${address}\` does not lie inside the LAN`,
    ({ cidrs }) => `the prefixes of the LAN are ${cidrs}`,
  ),
  "gateway-not-a-host": error<{ address: string; prefix: string }>(
    "DMC1309",
    ({ address, prefix }) => `\`${address}\` is the network or broadcast address of \`${prefix}\``,
    () => "a gateway has the address of a host",
  ),
  "second-gateway": error<{ address: string; prefix: string }>(
    "DMC1310",
    ({ address, prefix }) => `\`${address}\` is a second gateway of \`${prefix}\``,
    () => "a prefix has one gateway",
  ),
  "gateway-beside-next-hop": error<object>(
    "DMC1311",
    () => "`gateway` cannot stand beside `next-hop`",
    () => "prefixes behind a next hop have their gateway there; take one of the two away",
  ),
  "next-hop-family": error<{ family: string }>(
    "DMC1312",
    ({ family }) => `\`next-hop\` has no ${family} address, but the LAN has ${family} prefixes`,
    () => "give one next hop for each family of the prefixes",
  ),
  "next-hop-unreachable": error<{ address: string }>(
    "DMC1313",
    ({ address }) => `the next hop \`${address}\` does not lie on the link of \`address\``,
    () => "`address` is the router's own address, with its length, on the link that the next hop is on",
  ),
  "address-family": error<{ family: string; router: string }>(
    "DMC1314",
    ({ family, router }) => `router \`${router}\` has no ${family} \`address\` on this LAN`,
    () => "the router's own address is needed for each family",
  ),
  "address-off-lan": error<{ address: string; cidrs: string; edge?: string }>(
    "DMC1315",
    ({ address, edge }) =>
      `\`${address}\` is no interface address of the LAN${edge === undefined ? "" : `: it is ${edge}`}`,
    ({ cidrs, edge }) =>
      edge === undefined
        ? `write one inside a prefix of the LAN, with its length: ${cidrs}`
        : "write one between the first and the last address of the prefix",
  ),
  "router-address-twice": error<{ address: string; other: string }>(
    "DMC1316",
    ({ address, other }) => `\`${address}\` is ${other} already`,
    () => "each router has an address of its own, and the gateway another",
  ),
  "unused-address": error<object>(
    "DMC1317",
    () => "`address` is not used without `next-hop` or `attach`",
    () => "the router's own address is the `gateway`",
  ),
  "lan-property-on-network": error<{ property: string; network: string }>(
    "DMC1318",
    ({ property, network }) => `\`${property}\` belongs to the subnets of network \`${network}\``,
    () => "a network with subnets is no LAN itself; each of its subnets is",
  ),
  "property-beside-attach": error<{ property: string; at: string }>(
    "DMC1319",
    ({ property, at }) => `\`${property}\` cannot stand beside \`attach ${at}\`, which says it`,
    ({ at }) => `take one of the two away: the LAN's own properties are those of its \`at\` router \`${at}\``,
  ),
  "first-attach": error<{ router: string }>(
    "DMC1320",
    ({ router }) => `the network is at router \`${router}\`, which is not the first attached`,
    ({ router }) => `put \`attach ${router} { … }\` before the others`,
  ),
  "repeated-attach": error<{ router: string }>(
    "DMC1321",
    ({ router }) => `the LAN is attached to router \`${router}\` twice`,
    () => "each router of a LAN has one `attach`",
  ),
  "unmanaged-attach": error<{ router: string }>(
    "DMC1322",
    ({ router }) => `router \`${router}\` is unmanaged: no LAN is attached to it`,
    () => "networks of an unmanaged router lie `at` it, without interfaces",
  ),
  "host-on-router-address": error<{ address: string; router: string }>(
    "DMC1323",
    ({ address, router }) => `\`${address}\` is the address of router \`${router}\` on this LAN`,
    () => "a router's own addresses are no endpoints; give the host another address",
  ),
  "link-address-covered": error<{ prefix: string; owner: string; address: string; by: string }>(
    "DMC1324",
    ({ prefix, owner, address, by }) => `\`${prefix}\` of ${owner} covers \`${address}\`, an address of ${by}`,
    () => "addresses of links lie outside the prefixes of their segment",
  ),
  "no-ipv6": error<{ prefix: string; provider: string }>(
    "DMC1325",
    ({ prefix, provider }) => `\`${prefix}\` is IPv6, which is not available at ${provider}`,
    ({ provider }) =>
      provider === "azure" ? "Azure virtual hubs carry IPv4 only" : "edition 1 has IPv4 only at Google Cloud",
  ),
  "missing-ipv6-pool": error<{ cloud: string; network: string }>(
    "DMC1326",
    ({ cloud, network }) => `cloud \`${cloud}\` lacks \`ipv6-pool\`, and network \`${network}\` there has IPv6`,
    () => 'name the IPAM pool that holds the prefixes: `ipv6-pool = "ipam-pool-…"`',
  ),
  "unfit-prefix-length": error<{ prefix: string; what: string; provider: string; lengths: string }>(
    "DMC1327",
    ({ prefix, what, provider }) => `\`${prefix}\` cannot be the prefix of ${article(what)} at ${provider}`,
    ({ lengths }) => `its length is ${lengths}`,
  ),
  "host-of-other-prefix": error<{ address: string; external: string; owner: string }>(
    "DMC1328",
    ({ address, external, owner }) => `\`${address}\` belongs to ${owner}, not to the summary \`${external}\``,
    () => "a summary owns what no longer prefix of the segment owns; declare the host there",
  ),
  "not-unicast": error<{ prefix: string; what: string }>(
    "DMC1329",
    ({ prefix, what }) => `\`${prefix}\` holds ${what} addresses, which no network owns`,
    () => "a network has unicast addresses",
  ),
  "route-table-alone": error<object>(
    "DMC1330",
    () => "`route-table` stands without `existing`",
    () => "a subnet that is made here gets a table of its own",
  ),
  "outer-vlan-alone": error<object>(
    "DMC1331",
    () => "`outer-vlan` stands without `vlan`",
    () => "an outer tag encloses an inner one: add `vlan`",
  ),
  "interface-taken": error<{ router: string; circuit: string; other: string }>(
    "DMC1332",
    ({ router, circuit, other }) => `${circuit} of router \`${router}\` serves ${other} already`,
    () => "one interface and tag serves one thing; choose another `vlan`",
  ),
});
