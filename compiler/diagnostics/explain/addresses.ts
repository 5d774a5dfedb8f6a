/** Explanations of DMC13xx: the address plan. */
import type { addressesCatalogue } from "../addresses-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const addressesExplanations: Explanations<typeof addressesCatalogue> = {
  "prefix-overlap": `A segment is one routing domain, wherever its parts lie: an address in it leads to one place. Two of its networks
or externals have a prefix inside the other, or the same one, and so has the hub of an Azure cloud that carries it.
In different segments the same addresses may be used, as long as no share brings them together.

An external that stands for "everything else over there" may cover longer prefixes of the segment if it says so:

    external branches in prod { cidr = 10.0.0.0/8  summary = true }`,
  "subnets-overlap": `Subnets of a network lie side by side, at every provider and on routers.`,
  "subnet-outside": `A subnet is a part of its network: each of its prefixes lies inside one of the network's.`,
  "host-outside": `A host has addresses of the subnet, network or external in which it is declared.`,
  "shared-host-address": `An address belongs to one host, so that its labels and its name are known.`,
  "host-beside-subnets": `A network with subnets names exactly its subnets' addresses, so a host beside them would have an address that
is none of the network's. Declare it in the subnet:

    subnet web {
      cidr = 10.20.1.0/24
      host front { address = 10.20.1.7 }
    }`,
  "network-without-subnet": `At a cloud a network is a VPC or virtual network, and workloads are attached to its subnets. Without one nothing
can be there.`,
  "gateway-outside": `The gateway is the router's own address on the LAN, so it lies inside one of the LAN's prefixes.`,
  "gateway-not-a-host": `The first address of an IPv4 prefix names the network, the last one is broadcast to; hosts have the ones between
(except in a /31 and /32). In IPv6 the first one is the routers' anycast address.`,
  "second-gateway": `Each prefix of a LAN has one gateway. For two routers give each an address by \`attach\`, and the gateway is the
virtual address that they share.`,
  "gateway-beside-next-hop": `With \`next-hop\` the prefixes lie behind another router, which has their gateway. Ours has only an \`address\` on
the way there.`,
  "next-hop-family": `IPv4 prefixes need an IPv4 next hop, IPv6 prefixes an IPv6 one.

    next-hop = [192.168.9.2, 2001:db8:9::2]
    address  = [192.168.9.1/30, 2001:db8:9::1/64]`,
  "next-hop-unreachable": `A next hop is a neighbour: it lies in the prefix of the router's own address on that interface.`,
  "address-family": `The router needs an address of its own for each family that the LAN, or its next hop, has.`,
  "address-off-lan": `On a LAN with several routers each has its own address in a prefix of the LAN, with that prefix's length, and
none has the address of the network or of the broadcast.`,
  "router-address-twice": `With several routers on a LAN the gateway is a virtual address (VRRP). It differs from each router's own
address, and those differ from each other.`,
  "unused-address": `With one router the gateway is the router's own address. Another one is needed only on the way to a \`next-hop\`, or
where several routers share the gateway.`,
  "lan-property-on-network": `A network with subnets at a router is several LANs: each subnet has its own interface, gateway and so on.`,
  "property-beside-attach": `The \`at\` router of the network is described by the LAN's own \`interface\`, \`vlan\` and \`address\`, or by an
\`attach\` of its own. Here both say it.`,
  "first-attach": `Where the router that the network is \`at\` has an \`attach\` of its own, that one comes first.`,
  "repeated-attach": `A LAN joins a router by one interface.`,
  "unmanaged-attach": `Somebody else runs this router; its interfaces are not ours to configure. Networks that lie at it say so with \`at\`.`,
  "host-on-router-address": `A router's gateway and own addresses are no endpoints: filters close them ahead of all rules. A host with such an
address would clash with the router. Without \`gateway\` the first host of each prefix is the gateway.`,
  "link-address-covered": `Addresses of links lie in the segment as well. One inside a prefix that a network or external owns would lead two
ways. Give the link other addresses, or leave them away to have free ones allocated.`,
  "no-ipv6": `Azure's virtual hubs carry no IPv6, and at Google Cloud this edition has IPv4 only. The prefix cannot be reached
there, so it is refused where it is written.`,
  "missing-ipv6-pool": `AWS assigns the IPv6 prefix of a VPC from an IPAM pool that has it. The pool is named once for the cloud:

    ipv6-pool = "ipam-pool-0a1b2c3d"`,
  "unfit-prefix-length": `The provider bounds the length of prefixes. AWS: a VPC and a subnet are /16 to /28, in IPv6 /44 to /60 and /44 to
/64 in steps of four. Azure: a subnet is /29 or shorter, a virtual hub /24 or shorter. Google Cloud: a subnet is /29
or shorter.`,
  "host-of-other-prefix": `A summary owns what no longer prefix of its segment owns. This address lies in such a longer prefix, so the host
belongs to whoever declares that.`,
  "not-unicast": `Multicast, loopback, link-local and reserved addresses are not owned by a network; no route leads to them.`,
  "route-table-alone": `\`route-table\` names the table of an existing subnet, to which our routes are added. A subnet that is made here gets
a table of its own.`,
  "outer-vlan-alone": `An outer tag encloses an inner one (IEEE 802.1ad). With one tag only, write it as \`vlan\`.`,
  "interface-taken": `An interface, or one VLAN on it, is bound to one VRF and has one filter. It serves one LAN or one segment of one
link.`,
};
