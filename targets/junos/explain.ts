/** The offline texts of `demarc explain` for the findings of the Junos target. */
import type { junosDiagnostics } from "./catalogue.js";

/** One text a finding: what is wrong, why it matters, how to mend it. */
export const junosExplanations: Readonly<Record<keyof typeof junosDiagnostics, string>> = {
  "junos-interface-name": `An \`interface\` on a Junos router names a port: media type and position, such as \`xe-0/0/3\`, \`et-0/1/2:0\` or \`ae10\`.
The unit (logical interface) is not written. It follows from the tags: the VLAN itself, 0 without a VLAN, and a number above 4095 for two tags.`,
  "junos-instance-name": `Each segment that a router carries becomes a routing instance with the name of the segment, or of its \`vrf\`.
Junos keeps \`default\`, \`master\` and \`mgmt_junos\` for itself, and takes letters, digits, \`_\` and \`-\` in at most 128 characters. Give the segment a \`vrf\` that fits.`,
  "junos-no-common-loopback": `The routers of a core hold their VPN sessions between loopbacks, and a session has one family.
One of the two routers has only an IPv4 loopback, the other only an IPv6 one. Give one of them a second \`loopback\`.`,
  "junos-gateway-without-address": `A LAN on several routers has a virtual gateway (VRRP). Junos wants the virtual address inside the subnet of an address that the router itself has on the interface.
Write an \`address\` with the length of the prefix that the gateway belongs to, in the network and in each \`attach\`.`,
  "junos-mutual-parts": `A part of a LAN that is shared or returned gets a route of its own. Where both domains are on one router and the part is larger than a host, Junos leads packets by a lookup in the other domain's table, and refuses two tables that look each other up.
Make one of the parts a subnet with an interface of its own, share the whole LAN, or name single hosts.`,
  "junos-asn-missing": `Both ends of a BGP session need an ASN: the router's own or the estate's \`asn\`, and that of the cloud, the external or the other router.`,
  "junos-no-ipv4-loopback": `A route distinguisher makes the routes of one routing instance on one router unique in the VPN. Ours are the IPv4 loopback and the segment's number, as \`192.0.2.1:10\`.
The router has an IPv6 loopback only. Give it an IPv4 one too; it need not carry traffic of hosts.`,
  "junos-mixed-tagging": `A Junos port with VLAN tagging takes no unit without a VLAN: untagged frames need a native VLAN, which is set on the port, and ports are not ours.
Give the LAN or circuit on the untagged unit a \`vlan\`, or move it to another port.`,
  "junos-dhcp-server": `The relay of a LAN sends requests of its clients to each server of \`dhcp-relay\` inside the segment's routing instance, and the filters let the servers' answers through where they come from.
No route of the segment itself on this router leads to the server, so that requests or answers are lost. Declare the network that holds it in this segment, or add the link that brings its route.
A share from another segment does not help: the server answers to the relay, which has an address in this segment's routing instance only.`,
  "junos-limit": `A filter has more terms than the budget that this product sets for one filter. Juniper gives no such figure: what a line card holds depends on what the terms match.
The configuration is written all the same. Raise the budget in \`demarc.json\` under \`limits\` for the target \`junos\` where the line cards are known to hold more.`,
  "junos-inconsistent-output": `Before anything is written, the compiler checks that every name in the configuration it made exists and is not empty: an undefined prefix list in Junos can mean "accept".
This check failed, which is a fault of the compiler and not of your sources. Nothing was written.`,
};
