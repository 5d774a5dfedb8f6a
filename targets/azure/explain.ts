/** Explanations of DMC42xx: the Azure target. */
import type { Explanations } from "../../compiler/diagnostics/explain/explanation.js";
import type { azureDiagnostics } from "./catalogue.js";

/** By the name of the entry. */
export const azureExplanations: Explanations<typeof azureDiagnostics> = {
  "azure-name-clash": `Names of Azure resources ignore case and must differ inside their resource group, network or security group.
Two things of the source would have one name there, because they differ in case only or because a subscription has the name of a
cloud.

Rename one of them.`,
  "azure-limit-exceeded": `A part of the design needs more of something than Azure allows. The message says what, how much is needed and
how much is allowed.

Some limits can be raised by Microsoft. When one was raised, say so in \`demarc.json\`:

    { "limits": { "azure": { "00000000-0000-0000-0000-000000000001": { "networks-per-region": 2000 } } } }

With \`*\` in place of a subscription the value counts for every subscription. A security group has 1000 rules and no more: let one
rule speak of groups of hosts or of wider prefixes, or split the subnet.`,
  "azure-limit-setting": `\`demarc.json\` raises a limit of the target \`azure\` that does not exist, or that Azure does not raise. A raised
limit that is not real would let a compile pass whose apply fails.

The table of limits in docs/reference/limits.md names every key.`,
  "azure-id": `An object that exists is named by its whole resource id, in the letters that the provider takes:
\`/subscriptions/<guid>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>\`. Nothing is looked up, so that the
module plans without a network.

The portal shows the id under "Properties" or "JSON View".`,
  "azure-hub-room": `Each segment at an Azure cloud has a virtual WAN of its own and in it a hub, and each hub needs a prefix that nothing
else uses: /24 at the least, /23 where there is room. They are taken out of \`hub-cidr\` and kept in the lock file.

A \`hub-cidr\` of /24 is one hub, of /23 two, of /22 two of /23, of /20 eight.`,
  "azure-existing-hub": `A virtual hub joins everything that is connected to it, so one hub can serve one segment only. \`existing\` of a
cloud names a single hub.

Declare one cloud for each segment that uses an existing hub, or leave \`existing\` out: hubs are then made.`,
  "azure-subnet-prefixes": `A subnet of an Azure virtual network has one prefix here.

Declare one subnet for each prefix. Rules can name both: \`[shop.web-a, shop.web-b]\`, a group, or a label.`,
  "azure-name": `Names of Azure resources have a length and an alphabet: letters, digits, \`_\`, \`.\` and \`-\`, a letter or digit first, up
to 80 characters (64 for a virtual network). \`GatewaySubnet\` and a few other names of subnets are Azure's own.

Names are made from the prefix in \`demarc.json\` (\`demarc\` where none is written) and the path of the object; the name of a subnet
is its own.`,
  "azure-reserved-address": `Azure uses the first four addresses and the last one of every subnet: network, gateway, two for name
resolution, broadcast. A host cannot have one of them.

The declaration compiles, and no network interface will ever get that address.`,
  "azure-existing-subnet": `A subnet that exists lies in a network that exists. The network of the subnet would be made anew, or its id
is of another network than the subnet's.

Write \`existing\` of the network with the id of the network that holds the subnet.`,
  "azure-subscription": `There is one Terraform module for each subscription, and objects of a module lie in its subscription. An id names
another one; or a network names a subscription of its own while its cloud names none, so that neither can refer to the other.

Write \`subscription\` of the cloud, and of the network where it differs.`,
  "azure-service-not-cut": `A security group matches Tcp, Udp, Icmp, Esp, Ah or everything. It knows no types of ICMP and no other
protocol numbers, so a rule on \`icmp/echo-request\` is written as all of ICMP, and one on \`gre\` as every protocol, between exactly
the addresses of the rule.

Where another filter on the way is exact (a router's, a security group of AWS) the flow stays exact and the group is reported as a
coarse point. Here none is. Permit what the group admits, or accept that it is wider:

    { "accept": [{ "gap": "coarse-service", "target": "azure" }] }`,
  "azure-probe-service": `Health probes are let in from the tag AzureLoadBalancer on the service of \`health-probes\`. Load balancers of
Azure probe with TCP, HTTP and HTTPS, so the service is one of TCP ports.`,
  "azure-tag": `Tags of the estate and of \`demarc.json\` are put on every resource that takes tags. Azure takes fifty on one, with names
of up to 512 characters without \`<>%&\\?/\` and values of up to 256. Names that begin with \`microsoft\`, \`azure\` or \`windows\` are
Azure's own, and \`demarc:…\` are set by Demarc.`,
  "azure-conflict": `Two objects of the output would have one number or overlapping addresses, which neither Terraform nor the provider
compares: a priority twice in one security group, a prefix of two hubs. The numbers come from the lock file, which somebody changed
by hand or merged.

Take the entry of one of the two out of the lock; it is given a new one.`,
  "azure-link-not-served": `A link ends at an Azure cloud in a way that the target does not write.

At a virtual hub end ExpressRoute and IPsec. ExpressRoute routes by BGP, so that its other end needs an ASN. A VPN between two
Azure clouds would need the address of each gateway before the other is made: clouds of one subscription are joined without a link,
others through a router.`,
  "azure-option-not-served": `A property of the link has no counterpart at Azure, and leaving it out in silence would make the link less
than the source says.

Inside a VPN of a virtual hub there is neither BFD nor TCP authentication of BGP. A hub has no limit of prefixes that the source
could set, and announces the prefixes of its networks as they are.`,
  "azure-mtu": `Inside a tunnel of Azure there is room for packets of 1400 bytes.`,
  "azure-asn": `Azure keeps the ASNs 8074, 8075, 12076 and 65515 to 65520 for itself, and takes none that IANA reserves (23456, 64496 to
64511, 65535 to 65551).

\`local-asn\` of the link gives our router another ASN towards this neighbour.`,
  "azure-tunnel-address": `BGP inside tunnels of Azure uses addresses of 169.254.21.0/24 and 169.254.22.0/24, one for each tunnel at each of
the two instances of a gateway; outside the tunnels gateways have IPv4.

The instance at which no tunnel of the design ends gets the same address with 21 and 22 exchanged, which must be free too.`,
  "azure-ike-option": `\`ike\` of the link asks for an algorithm, a group or a time that Azure has no setting for. The lifetime of the
first phase is 28800 seconds and cannot be changed; a cipher with GCM needs no integrity of its own.

Without \`ike\` the tunnels use AES-256, SHA-256 and group 14, and AES-256-GCM for the traffic, which every platform takes.`,
  "azure-preference": `\`preference\` among ExpressRoute connections is their weight, of 32000 at most; among VPNs, and between both, it is
the length of the path that the far end announces. A VPN without BGP announces nothing: its static routes are taken first.`,
};
