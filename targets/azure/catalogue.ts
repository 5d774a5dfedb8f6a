/** The diagnostics of the Azure target (DMC42xx). Their long texts are in `explain.ts`. */
import { catalogue } from "../../grammar/diagnostic.js";

/** The catalogue of the target, by name of the finding. */
export const azureDiagnostics = catalogue({
  "azure-name-clash": {
    code: "DMC4201",
    severity: "error",
    message: (p: { name: string; first: string; second: string }) =>
      `\`${p.first}\` and \`${p.second}\` would both be called \`${p.name}\` at Azure`,
    help: () => "rename one of them: at Azure upper and lower case are the same",
  },
  "azure-limit-exceeded": {
    code: "DMC4202",
    severity: "error",
    message: (p: { subject: string; used: number; allowed: number; what: string; limit: string }) =>
      `\`${p.subject}\` needs ${p.used} ${p.what}, Azure allows ${p.allowed}`,
    help: (p: { limit: string }) =>
      `use fewer, or have the limit raised and say so in \`demarc.json\`: \`"limits": { "azure": { "*": { "${p.limit}": … } } }\``,
  },
  "azure-limit-setting": {
    code: "DMC4203",
    severity: "error",
    message: (p: { limit: string; why: string }) => `the limit \`${p.limit}\` in \`demarc.json\` ${p.why}`,
    help: () => "see the table of limits in docs/reference/limits.md",
  },
  "azure-id": {
    code: "DMC4204",
    severity: "error",
    message: (p: { id: string; what: string; example: string }) => `\`${p.id}\` is no id of ${p.what}`,
    help: (p: { example: string }) =>
      `write the whole id, in this case: \`/subscriptions/…/resourceGroups/…/providers/…/${p.example}\``,
  },
  "azure-hub-room": {
    code: "DMC4205",
    severity: "error",
    message: (p: { prefix: string; cloud: string; segments: number; room: number }) =>
      `\`${p.prefix}\` has room for ${p.room} virtual ${p.room === 1 ? "hub" : "hubs"}, and \`${p.cloud}\` carries ${p.segments} segments`,
    help: () =>
      "write a shorter `hub-cidr`: each segment at an Azure cloud has a hub of its own, which takes a /24 at least",
  },
  "azure-existing-hub": {
    code: "DMC4206",
    severity: "error",
    message: (p: { cloud: string; segments: number }) =>
      `\`existing\` names one virtual hub, and \`${p.cloud}\` carries ${p.segments} segments`,
    help: () => "a hub joins all that is connected to it: leave `existing` out, or declare a cloud for each segment",
  },
  "azure-subnet-prefixes": {
    code: "DMC4207",
    severity: "error",
    message: (p: { subnet: string; count: number }) =>
      `\`${p.subnet}\` has ${p.count} prefixes, and a subnet at Azure has one`,
    help: () => "declare one subnet for each prefix",
  },
  "azure-name": {
    code: "DMC4208",
    severity: "error",
    message: (p: { what: string; name: string; why: string }) => `${p.what} \`${p.name}\` ${p.why}`,
    help: () => "rename what the name is made from, or shorten `targets.azure.prefix` in `demarc.json`",
  },
  "azure-reserved-address": {
    code: "DMC4209",
    severity: "warning",
    message: (p: { address: string; subnet: string }) => `Azure keeps \`${p.address}\` of \`${p.subnet}\` for itself`,
    help: () => "the first four addresses and the last of a subnet are taken: use another",
  },
  "azure-existing-subnet": {
    code: "DMC4210",
    severity: "error",
    message: (p: { subnet: string; network: string; why: string }) =>
      `\`${p.subnet}\` is to exist, and \`${p.network}\` ${p.why}`,
    help: () => "write the id of the network that holds the subnet as `existing` of the network",
  },
  "azure-subscription": {
    code: "DMC4211",
    severity: "error",
    message: (p: { what: string; subscription: string; wanted: string }) =>
      `\`${p.what}\` lies in subscription \`${p.subscription}\`, and ${p.wanted}`,
    help: () => "write the `subscription` of the cloud, and of the network where it is another",
  },
  "azure-service-not-cut": {
    code: "DMC4212",
    severity: "error",
    message: (p: { rule: string; admitted: string }) =>
      `\`${p.rule}\` would open ${p.admitted} at Azure, and no other filter on the way cuts the rest`,
    help: () =>
      "permit the whole protocol (`icmp`), or accept the gap `coarse-service` for `azure` in `demarc.json`: a security group knows no types of ICMP and no protocol numbers",
  },
  "azure-probe-service": {
    code: "DMC4213",
    severity: "error",
    message: (p: { subnet: string }) =>
      `the health probes of \`${p.subnet}\` are of a protocol that a security group cannot tell apart`,
    help: () => "probes of Azure are TCP: write its ports, `tcp/8080`",
  },
  "azure-tag": {
    code: "DMC4214",
    severity: "error",
    message: (p: { tag: string; why: string }) => `the tag \`${p.tag}\` ${p.why}`,
    help: () =>
      "use another tag: names up to 512 characters without `<>%&\\?/`, values up to 256, fifty of them at most",
  },
  "azure-conflict": {
    code: "DMC4215",
    severity: "error",
    message: (p: { what: string; first: string; second: string }) =>
      `\`${p.first}\` and \`${p.second}\` have ${p.what}`,
    help: () => "run `demarc compile --prune-lock`, or take the entry of one of them out of `demarc.lock.json`",
  },
  "azure-link-not-served": {
    code: "DMC4216",
    severity: "error",
    message: (p: { kind: string; why: string }) => `\`${p.kind}\` cannot end here: ${p.why}`,
    help: () => "join the two places by another kind of link, or through a router",
  },
  "azure-option-not-served": {
    code: "DMC4217",
    severity: "error",
    message: (p: { option: string; kind: string; why: string }) => `\`${p.option}\` on \`${p.kind}\`: ${p.why}`,
    help: (p: { option: string }) => `take \`${p.option}\` out`,
  },
  "azure-mtu": {
    code: "DMC4218",
    severity: "error",
    message: (p: { mtu: number; kind: string; allowed: string }) => `\`${p.kind}\` at Azure has no MTU of ${p.mtu}`,
    help: (p: { allowed: string }) => `write ${p.allowed}`,
  },
  "azure-asn": {
    code: "DMC4219",
    severity: "error",
    message: (p: { asn: number; place: string }) =>
      `\`${p.place}\` cannot speak to Azure as ${p.asn}, which is reserved`,
    help: () => "use another ASN towards Azure; `local-asn` of the link sets one for this link",
  },
  "azure-tunnel-address": {
    code: "DMC4220",
    severity: "error",
    message: (p: { address: string; why: string }) =>
      `\`${p.address}\` cannot be an address of a tunnel of Azure: ${p.why}`,
    help: () =>
      "leave `addresses` out, so that a block is allocated, or use a /30 of 169.254.21.0/24 or 169.254.22.0/24",
  },
  "azure-ike-option": {
    code: "DMC4221",
    severity: "error",
    message: (p: { key: string; value: string; allowed: string }) => `Azure takes no \`${p.value}\` as \`${p.key}\``,
    help: (p: { allowed: string }) => `use ${p.allowed}`,
  },
  "azure-preference": {
    code: "DMC4222",
    severity: "error",
    message: (p: { link: string; preference: number; why: string }) =>
      `a virtual hub cannot give \`${p.link}\` the preference ${p.preference}: ${p.why}`,
    help: () => "change `preference` of one of the links, or carry the segment on one of them only",
  },
});
