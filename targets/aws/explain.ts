/** Explanations of DMC40xx: the AWS target. */
import type { Explanations } from "../../compiler/diagnostics/explain/explanation.js";
import type { awsDiagnostics } from "./catalogue.js";

/** By the name of the entry. */
export const awsExplanations: Explanations<typeof awsDiagnostics> = {
  "aws-hub-not-served": `The cloud asks for Cloud WAN as its hub. This edition compiles AWS clouds to transit gateways only.

Write \`hub = transit-gateway\`, or leave \`hub\` out: it is the default. A segment in several regions is then joined through
routers, because two transit gateways are never joined.`,
  "aws-limit-exceeded": `A part of the design needs more of something than AWS allows an account. The message says what, how much is
needed and how much is allowed.

Many quotas can be raised by AWS. When one was raised, say so in \`demarc.json\`:

    { "limits": { "aws": { "111122223333": { "rules-per-security-group": 120 } } } }

With \`*\` in place of an account the value counts for every account. Some quotas are fixed: segments per Direct Connect port (four
transit virtual interfaces, one on a hosted connection) or prefixes per BGP session. Use fewer then: announce a summary with
\`announce\`, or carry segments on another port.`,
  "aws-limit-setting": `\`demarc.json\` raises a limit of the target \`aws\` that does not exist, that AWS does not raise, or beyond what AWS
raises it to. A raised limit that is not real would let a compile pass whose apply fails.

The table of limits in docs/reference/limits.md names every key with its default and its maximum.`,
  "aws-vpc-prefix": `AWS takes VPC and subnet prefixes of certain lengths only: IPv4 from /16 to /28, IPv6 from /44 to /60 for a VPC and to
/64 for a subnet in steps of four.

Cut a larger network into several, or choose another prefix.`,
  "aws-vpc-without-ipv4": `Every VPC has an IPv4 prefix, even where all its subnets are IPv6 only.

Add an IPv4 prefix to \`cidr\` of the network. A subnet may stay without one.`,
  "aws-subnet-prefixes": `A network at AWS may have several prefixes of a family, but each of its subnets has at most one IPv4 and one IPv6
prefix.

Declare a subnet for each prefix.`,
  "aws-ipv6-pool": `The addresses of a network are written in the source, so its IPv6 prefix must be one that AWS hands out by choice: from an
IPAM pool or from a pool of addresses that you brought. The prefix that Amazon provides cannot be chosen.

Write \`ipv6-pool = "ipam-pool-…"\` or \`"ipv6pool-…"\` in the cloud.`,
  "aws-reserved-address": `AWS keeps the first four addresses and the last of every subnet: network, router, resolver, reserve, broadcast. No
workload can have one, so rules for this host never match.

Give the host another address.`,
  "aws-hub-asn": `A transit gateway takes a private ASN: 64512 to 65534, or 4200000000 to 4294967294. The provider does not check it, AWS
refuses it at apply.

Write another \`asn\` in the cloud.`,
  "aws-gateway-asn": `The Direct Connect gateway of a segment has an ASN of its own. It must be private (64512 to 65534 or 4200000000 to
4294967294) and differ from that of the transit gateway, or AWS refuses the association.

Leave \`gateway-asn\` out and one is allocated, or write another.`,
  "aws-long-asn": `Provider 5.100 holds the ASN of a virtual interface in 32 signed bits: a larger one passes validate and plan, and overflows
at apply.

Use an ASN up to 2147483647 towards AWS. \`local-asn\` gives one link of a router its own.`,
  "aws-part-not-cut": `At AWS a workload takes the security group of its subnet, or the group of a declared host. A rule for another part of a
subnet is written into the group of the whole subnet, so that more workloads than the rule names could use it. That is
harmless where the filter at the other end names the part exactly; here none does, or two such rules together let flows
through that no rule allows.

Declare the part as a host or as a subnet. With \`{ "accept": [ { "gap": "part-of-subnet", "target": "aws" } ] }\` in
\`demarc.json\` the wider group is accepted and reported.`,
  "aws-tunnel-address": `Inside a VPN tunnel AWS takes a /30 of 169.254.0.0/16, of which some are its own, or a /126 of fd00::/8. AWS has the first
host, the other end the second, and no two tunnels have the same prefix.

Leave \`addresses\` out and they are allocated, or write others.`,
  "aws-mtu": `A transit virtual interface has an MTU of 1500 or 8500. Inside a VPN tunnel packets up to 1446 bytes pass; larger ones are
dropped.

Write one of these as \`mtu\` of the link.`,
  "aws-preference": `A transit gateway orders routes to one prefix by their kind before anything else: static routes (so a VPN without BGP),
then Direct Connect, then VPN by BGP. \`preference\` asks for another order.

Change \`preference\`, or carry the segment on one of the links only.`,
  "aws-route-twice": `A static route of a transit gateway has one target. Two links without BGP lead to the same prefix, or two attachments
share it.

Use BGP on the links: give the far end an \`asn\`. Both links are then in use.`,
  "aws-option-not-served": `An option of a link would be carried out by neither end: AWS has no such setting here, and the other end is not a
router of ours.

Take the option out, or end the link at a router of ours.`,
  "aws-ike-option": `\`ike\` holds a key that is no option of AWS tunnels, or a value that AWS does not take. Without \`ike\` a tunnel has IKEv2,
AES-256, SHA2-256 and group 14, with AES-256-GCM for the traffic.

The help line lists what AWS takes.`,
  "aws-flow-log-destination": `Flow logs go to a CloudWatch log group, an S3 bucket or a Firehose delivery stream, named by ARN:

  flow-logs = "arn:aws:s3:::acme-flow-logs"

For CloudWatch the module asks for the role by which they are written.`,
  "aws-zone": `A subnet lies in one availability zone of the region of its cloud. The zone is a letter (\`a\`), the name of a zone
(\`us-east-1a\`) or its id (\`use1-az4\`, the same in every account).

Leave \`zone\` out and a letter is allocated.`,
  "aws-id": `An id or account in the source has not the form that AWS gives such ids, so that apply would fail, or a path of the output would
not be what it seems.

Copy the id from AWS.`,
  "aws-existing-subnet": `A subnet with \`existing\` lies in a VPC that exists as well. Its network has no \`existing\`, so a new VPC would be made.

Write the id of the VPC as \`existing\` of the network.`,
  "aws-name-clash": `Two parts of the estate would get one name at AWS, or one folder of the output.

Rename one of them.`,
  "aws-text": `A name or a tag that follows from the source or from \`demarc.json\` is too long for AWS or holds what AWS does not take.

Shorten it: \`prefix\` of the target in \`demarc.json\` stands ahead of every name.`,
  "aws-tunnels": `A Site-to-Site VPN connection has exactly two tunnels, each with one family inside. Without BGP only one connection can be
used, because a static route has one target.

Give both tunnels addresses of the same families, and \`asn\` to the far end for more than two tunnels.`,
  "aws-circuit": `A transit virtual interface carries one VLAN, routes by BGP, and takes its IPv6 addresses from AWS.

Write \`vlan\` in \`carries\`, give the far end an \`asn\`, leave IPv6 \`addresses\` out.`,
  "aws-announcements-differ": `All virtual interfaces of one segment at one hub hang on one Direct Connect gateway, and AWS announces its one list of
allowed prefixes over each. Here an end that is no router of ours would hear prefixes that are meant for another link.

End the link at a router of ours, which accepts only its own list, or announce the same on both with \`announce\`.`,
  "aws-link-not-served": `A transit gateway ends Direct Connect and IPsec. Between two AWS clouds IPsec does not come up, because both ends wait for
the other's address.

Join the clouds through a router.`,
  "aws-shared-hub": `A network lies in another account than its cloud. The transit gateway is then shared with that account, which needs the
account of the cloud.

Write \`account\` in the cloud.`,
  "aws-attachment-subnet": `The transit gateway is attached to a VPC by one subnet of each zone, and workloads of a zone without one cannot use it. Its
interface there has an IPv4 address and, where the network has IPv6, an IPv6 address. So each zone needs a subnet with both.

Give one subnet of the zone both families, or move its subnets to a zone that has such a subnet.`,
  "aws-announcement": `Over a VPN connection AWS announces the routes of the transit gateway's table. \`announce\` asks for a summary, which is in no
table, so the other end would wait for a route that never comes.

Take the prefix out of \`announce\`. Over Direct Connect summaries are announced: there the list of allowed prefixes is what
AWS says.`,
  "aws-gateway-address": `A customer gateway is the other end of a VPN as the internet sees it: a public IPv4 address. A private address
(RFC 1918, RFC 6598), an IPv6 address or one of a network of the estate is not reached from AWS, and the tunnels would stay
down.

Write the public address as \`public\` of the router or \`peer-public\` of the other end. Behind address translation it is the
outer one.`,
  "aws-far-asn": `AWS uses some ASNs itself: 7224 everywhere, and a few more in single regions. A customer gateway or virtual interface with
one of them is refused at apply.

Give the external or router another \`asn\`, or \`local-asn\` to the link.`,
  "aws-bfd": `AWS answers BFD on a virtual interface at 300 milliseconds with a multiplier of three. A shorter interval is not agreed to, so
the router would detect nothing sooner than it seems.

Write \`bfd = 300ms\` or a longer interval.`,
};
