/** The diagnostics of the AWS target (DMC40xx). Their long texts are in `explain.ts`. */
import { catalogue } from "../../grammar/diagnostic.js";

/** The catalogue of the target, by name of the finding. */
export const awsDiagnostics = catalogue({
  "aws-hub-not-served": {
    code: "DMC4001",
    severity: "error",
    message: (p: { cloud: string }) => `\`hub = cloud-wan\` of \`${p.cloud}\` is not compiled by this edition`,
    help: () => "write `hub = transit-gateway`, or leave `hub` out",
  },
  "aws-limit-exceeded": {
    code: "DMC4002",
    severity: "error",
    message: (p: { subject: string; used: number; allowed: number; what: string; limit: string }) =>
      `\`${p.subject}\` needs ${p.used} ${p.what}, AWS allows ${p.allowed}`,
    help: (p: { limit: string }) =>
      `use fewer, or have the quota raised and say so in \`demarc.json\`: \`"limits": { "aws": { "*": { "${p.limit}": … } } }\``,
  },
  "aws-limit-setting": {
    code: "DMC4003",
    severity: "error",
    message: (p: { limit: string; why: string }) => `the limit \`${p.limit}\` in \`demarc.json\` ${p.why}`,
    help: () => "see the table of limits in docs/reference/limits.md",
  },
  "aws-vpc-prefix": {
    code: "DMC4004",
    severity: "error",
    message: (p: { prefix: string; what: string; allowed: string }) =>
      `AWS takes no ${p.what} of \`${p.prefix}\`: its length must be ${p.allowed}`,
    help: () => "choose another prefix, or declare several networks or subnets",
  },
  "aws-vpc-without-ipv4": {
    code: "DMC4005",
    severity: "error",
    message: (p: { network: string }) => `\`${p.network}\` has no IPv4 prefix, and a VPC needs one`,
    help: () => "add an IPv4 prefix to `cidr` of the network; its subnets may stay without",
  },
  "aws-subnet-prefixes": {
    code: "DMC4006",
    severity: "error",
    message: (p: { subnet: string; family: number; count: number }) =>
      `\`${p.subnet}\` has ${p.count} IPv${p.family} prefixes, and a subnet at AWS has at most one`,
    help: () => "declare one subnet for each prefix",
  },
  "aws-ipv6-pool": {
    code: "DMC4007",
    severity: "error",
    message: (p: { cloud: string; pool?: string }) =>
      p.pool === undefined
        ? `\`${p.cloud}\` has IPv6 networks and no \`ipv6-pool\``
        : `\`${p.pool}\` is no id of an IPv6 pool`,
    help: () => "write the id of an IPAM pool (`ipam-pool-…`) or of a pool of your own (`ipv6pool-…`) as `ipv6-pool`",
  },
  "aws-reserved-address": {
    code: "DMC4008",
    severity: "warning",
    message: (p: { address: string; subnet: string }) => `AWS keeps \`${p.address}\` of \`${p.subnet}\` for itself`,
    help: () => "the first four addresses and the last of a subnet are taken: use another",
  },
  "aws-hub-asn": {
    code: "DMC4009",
    severity: "error",
    message: (p: { asn: number }) => `${p.asn} is no ASN for a transit gateway`,
    help: () => "use one of 64512 to 65534 or 4200000000 to 4294967294",
  },
  "aws-gateway-asn": {
    code: "DMC4010",
    severity: "error",
    message: (p: { asn: number; gateway: string; why: string }) =>
      `${p.asn} cannot be the ASN of the Direct Connect gateway \`${p.gateway}\`: ${p.why}`,
    help: () =>
      "give it another in `gateway-asn` of the cloud: 64512 to 65534 or 4200000000 to 4294967294, used nowhere else",
  },
  "aws-long-asn": {
    code: "DMC4011",
    severity: "error",
    message: (p: { asn: number }) =>
      `${p.asn} is too large for Direct Connect: the Terraform provider holds it in 31 bits`,
    help: () => "use an ASN up to 2147483647 towards AWS; `local-asn` of the link sets one for this link",
  },
  "aws-part-not-cut": {
    code: "DMC4012",
    severity: "error",
    message: (p: { rule: string; part: string; group: string }) =>
      `\`${p.rule}\` names \`${p.part}\`, a part of \`${p.group}\` that no other filter on the way cuts out`,
    help: () =>
      "declare a host or a subnet for that part: a security group belongs to a whole subnet or a declared host",
  },
  "aws-tunnel-address": {
    code: "DMC4013",
    severity: "error",
    message: (p: { address: string; why: string }) => `\`${p.address}\` cannot be inside a tunnel of AWS: ${p.why}`,
    help: () =>
      "use a /30 of 169.254.0.0/16 (169.254.0.0/30 to 169.254.5.0/30 and 169.254.169.252/30 are taken) or a /126 of fd00::/8, first host to AWS",
  },
  "aws-mtu": {
    code: "DMC4014",
    severity: "error",
    message: (p: { mtu: number; kind: string; allowed: string }) => `\`${p.kind}\` at AWS has no MTU of ${p.mtu}`,
    help: (p: { allowed: string }) => `write ${p.allowed}`,
  },
  "aws-preference": {
    code: "DMC4015",
    severity: "error",
    message: (p: { preferred: string; other: string; why: string }) =>
      `a transit gateway cannot prefer \`${p.preferred}\` to \`${p.other}\`: ${p.why}`,
    help: () => "change `preference` of one of the links, or carry the segment on one of them only",
  },
  "aws-route-twice": {
    code: "DMC4016",
    severity: "error",
    message: (p: { prefix: string; table: string; first: string; second: string }) =>
      `the route table \`${p.table}\` would need \`${p.prefix}\` twice, to \`${p.first}\` and to \`${p.second}\``,
    help: () => "a static route has one target: use BGP on the links (give the far end an ASN)",
  },
  "aws-option-not-served": {
    code: "DMC4017",
    severity: "error",
    message: (p: { option: string; kind: string; why: string }) => `\`${p.option}\` on \`${p.kind}\`: ${p.why}`,
    help: (p: { option: string }) => `take \`${p.option}\` out`,
  },
  "aws-ike-option": {
    code: "DMC4018",
    severity: "error",
    message: (p: { key: string; value?: string; allowed: string }) =>
      p.value === undefined
        ? `\`${p.key}\` is no option of \`ike\` at AWS`
        : `AWS takes no \`${p.value}\` as \`${p.key}\``,
    help: (p: { allowed: string }) => `use ${p.allowed}`,
  },
  "aws-flow-log-destination": {
    code: "DMC4019",
    severity: "error",
    message: (p: { destination: string }) => `\`${p.destination}\` is no place for flow logs`,
    help: () => "write the ARN of a CloudWatch log group, an S3 bucket or a Firehose delivery stream",
  },
  "aws-zone": {
    code: "DMC4020",
    severity: "error",
    message: (p: { zone: string; region: string }) => `\`${p.zone}\` is no availability zone of \`${p.region}\``,
    help: (p: { region: string }) =>
      `write a letter (\`a\` to \`f\`), a name (\`${p.region}a\`) or the id of a zone (\`use1-az1\`)`,
  },
  "aws-id": {
    code: "DMC4021",
    severity: "error",
    message: (p: { id: string; what: string; example: string }) => `\`${p.id}\` is no id of ${p.what}`,
    help: (p: { example: string }) => `write an id like \`${p.example}\``,
  },
  "aws-existing-subnet": {
    code: "DMC4022",
    severity: "error",
    message: (p: { subnet: string; network: string }) =>
      `\`${p.subnet}\` exists already, but its network \`${p.network}\` would be created`,
    help: () => "write the id of the VPC as `existing` of the network",
  },
  "aws-name-clash": {
    code: "DMC4023",
    severity: "error",
    message: (p: { name: string; first: string; second: string }) =>
      `\`${p.first}\` and \`${p.second}\` would both be called \`${p.name}\``,
    help: () => "rename one of them",
  },
  "aws-text": {
    code: "DMC4024",
    severity: "error",
    message: (p: { what: string; text: string; why: string }) => `${p.what} \`${p.text}\` ${p.why}`,
    help: () => "shorten or change it",
  },
  "aws-tunnels": {
    code: "DMC4025",
    severity: "error",
    message: (p: { circuit: string; why: string }) => `the tunnels of \`${p.circuit}\` do not fit AWS: ${p.why}`,
    help: () => "a Site-to-Site VPN connection has two tunnels",
  },
  "aws-circuit": {
    code: "DMC4026",
    severity: "error",
    message: (p: { circuit: string; why: string; remedy: string }) =>
      `\`${p.circuit}\` cannot be a virtual interface: ${p.why}`,
    help: (p: { remedy: string }) => p.remedy,
  },
  "aws-announcements-differ": {
    code: "DMC4027",
    severity: "error",
    message: (p: { circuit: string; prefix: string; other: string }) =>
      `\`${p.circuit}\` would also announce \`${p.prefix}\`, which only \`${p.other}\` shall announce`,
    help: () =>
      "virtual interfaces of one segment at one hub announce one list: end both links at routers of ours, or announce the same on both",
  },
  "aws-link-not-served": {
    code: "DMC4028",
    severity: "error",
    message: (p: { kind: string; why: string }) => `\`${p.kind}\` here is not served: ${p.why}`,
    help: () => "end Direct Connect and IPsec at a router, an external or a cloud of another provider",
  },
  "aws-shared-hub": {
    code: "DMC4029",
    severity: "error",
    message: (p: { network: string; cloud: string }) =>
      `\`${p.network}\` is in another account than \`${p.cloud}\`, whose own account is not written`,
    help: () => "write `account` of the cloud, so that its hub can be shared",
  },
  "aws-attachment-subnet": {
    code: "DMC4030",
    severity: "error",
    message: (p: { network: string; family: number; zone?: string }) =>
      `${p.zone === undefined ? "a zone" : `zone \`${p.zone}\``} of \`${p.network}\` has no subnet with IPv${p.family} for the transit gateway`,
    help: (p: { family: number }) =>
      `give a subnet of the zone an IPv${p.family} prefix beside its other one, or move its subnets to a zone that has one`,
  },
  "aws-announcement": {
    code: "DMC4031",
    severity: "error",
    message: (p: { prefix: string; circuit: string }) =>
      `AWS cannot announce \`${p.prefix}\` over \`${p.circuit}\`: a VPN announces the routes of its table and no summary`,
    help: () => "take the prefix out of `announce`, or carry the segment by Direct Connect",
  },
  "aws-gateway-address": {
    code: "DMC4032",
    severity: "error",
    message: (p: { address: string; why: string }) =>
      `\`${p.address}\` cannot be the address of a customer gateway: ${p.why}`,
    help: () => "write the public IPv4 address by which the other end is seen from the internet",
  },
  "aws-far-asn": {
    code: "DMC4033",
    severity: "error",
    message: (p: { asn: number; region: string }) => `AWS keeps the ASN ${p.asn} for itself in \`${p.region}\``,
    help: () => "use another ASN towards AWS; `local-asn` of the link sets one for this link of a router",
  },
  "aws-bfd": {
    code: "DMC4034",
    severity: "error",
    message: (p: { interval: number; least: number }) =>
      `Direct Connect has no BFD of ${p.interval}ms: its shortest interval is ${p.least}ms`,
    help: (p: { least: number }) => `write \`bfd = ${p.least}ms\` or more`,
  },
});
