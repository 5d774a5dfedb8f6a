/** What must hold of networks and subnets at AWS. */
import type { CloudAttachment } from "../../compiler/design/design.js";
import type { Located, Network, Subnet } from "../../compiler/model/estate.js";
import { addressIn, formatAddress, formatPrefix, type Prefix, prefixRange } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { attachmentFamilies, attachmentSubnets, hasFamily, zoneOfSubnet } from "./attachment-subnets.js";
import { awsDiagnostics } from "./catalogue.js";
import { checkId } from "./ids.js";
import type { CloudSlice } from "./slice.js";

/** Lengths that AWS takes. Source: Amazon VPC User Guide, "VPC CIDR blocks" and "Subnet CIDR blocks". */
interface Lengths {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

const lengths: Readonly<Record<"vpc4" | "vpc6" | "subnet4" | "subnet6", Lengths>> = {
  vpc4: { what: "VPC", least: 16, most: 28, step: 1 },
  vpc6: { what: "VPC", least: 44, most: 60, step: 4 },
  subnet4: { what: "subnet", least: 16, most: 28, step: 1 },
  subnet6: { what: "subnet", least: 44, most: 64, step: 4 },
};

/** Checks every network of a cloud. */
export function checkNetworks(slice: CloudSlice, diagnostics: Diagnostics): void {
  for (const attachment of slice.attachments) {
    const { network } = attachment;
    checkId(diagnostics, "vpc", network.existing);
    if (network.existing === undefined) checkVpc(slice, network, diagnostics);
    for (const subnet of network.subnets) checkSubnet(slice, attachment, subnet, diagnostics);
    checkAttachment(attachment, diagnostics);
  }
}

/** Each zone needs a subnet with every family of the network: the hub is attached there. */
function checkAttachment(attachment: CloudAttachment, diagnostics: Diagnostics): void {
  for (const subnet of attachmentSubnets(attachment)) {
    const family = attachmentFamilies(attachment.network).find((one) => !hasFamily(subnet, one));
    if (family === undefined) continue;
    const zone = zoneOfSubnet(attachment, subnet);
    const params = { network: attachment.id, family, ...(zone === undefined ? {} : { zone }) };
    diagnostics.report(awsDiagnostics["aws-attachment-subnet"], params, subnet.span);
  }
}

function checkVpc(slice: CloudSlice, network: Network, diagnostics: Diagnostics): void {
  if (!network.cidrs.some(({ value }) => value.family === 4)) {
    diagnostics.report(awsDiagnostics["aws-vpc-without-ipv4"], { network: network.path }, network.span);
  }
  for (const cidr of network.cidrs) {
    checkLength(diagnostics, cidr, cidr.value.family === 4 ? lengths.vpc4 : lengths.vpc6);
    if (cidr.value.family === 6) checkPool(slice, cidr, diagnostics);
  }
}

/** A chosen IPv6 prefix comes from a pool, by the form of whose id the kind of pool is known. */
function checkPool(slice: CloudSlice, cidr: Located<Prefix>, diagnostics: Diagnostics): void {
  const pool = slice.cloud.ipv6Pool;
  if (pool !== undefined && /^(ipam-pool|ipv6pool)-[0-9a-z-]+$/.test(pool.value)) return;
  const params = { cloud: slice.cloud.name, ...(pool === undefined ? {} : { pool: pool.value }) };
  diagnostics.report(awsDiagnostics["aws-ipv6-pool"], params, pool?.span ?? cidr.span);
}

function checkLength(diagnostics: Diagnostics, cidr: Located<Prefix>, allowed: Lengths): void {
  const { length } = cidr.value;
  const { least, most, step, what } = allowed;
  if (length >= least && length <= most && (length - least) % step === 0) return;
  const text = `/${least} to /${most}${step === 1 ? "" : ` in steps of ${step}`}`;
  const params = { prefix: formatPrefix(cidr.value), what, allowed: text };
  diagnostics.report(awsDiagnostics["aws-vpc-prefix"], params, cidr.span);
}

function checkSubnet(slice: CloudSlice, attachment: CloudAttachment, subnet: Subnet, diagnostics: Diagnostics): void {
  checkId(diagnostics, "subnet", subnet.existing);
  checkId(diagnostics, "routeTable", subnet.routeTable);
  const { network } = attachment;
  if (subnet.existing !== undefined && network.existing === undefined) {
    const params = { subnet: subnet.path, network: network.path };
    diagnostics.report(awsDiagnostics["aws-existing-subnet"], params, subnet.existing.span);
  }
  for (const family of [4, 6] as const) {
    const own = subnet.cidrs.filter(({ value }) => value.family === family);
    if (own.length > 1) {
      const params = { subnet: subnet.path, family, count: own.length };
      diagnostics.report(awsDiagnostics["aws-subnet-prefixes"], params, own[1]?.span);
    }
    if (subnet.existing !== undefined) continue;
    for (const cidr of own) checkLength(diagnostics, cidr, family === 4 ? lengths.subnet4 : lengths.subnet6);
  }
  checkZone(slice, attachment, subnet, diagnostics);
  checkHosts(subnet, diagnostics);
}

/**
 * Letters of availability zones: no region has more than six. Operator knowledge of AWS, "AWS Availability Zones" (Regions
 * and Zones user guide).
 */
const ZONE_LETTERS = "abcdef";
const ZONE_LETTER = new RegExp(`^[${ZONE_LETTERS}]$`);
/** What follows the region in the name of a zone: a letter, after the place of a local zone where it is one. */
const NAMED_ZONE = new RegExp(`^(-[a-z]+-[0-9]+)?[${ZONE_LETTERS}]$`);

function checkZone(slice: CloudSlice, attachment: CloudAttachment, subnet: Subnet, diagnostics: Diagnostics): void {
  const zone = zoneOfSubnet(attachment, subnet);
  if (zone === undefined || subnet.existing !== undefined) return;
  const { region } = slice;
  const named = zone.startsWith(region) && NAMED_ZONE.test(zone.slice(region.length));
  if (ZONE_LETTER.test(zone) || named || /^[a-z]{2,}[0-9]+(-[a-z]+[0-9]+)?-az[0-9]+$/.test(zone)) return;
  diagnostics.report(awsDiagnostics["aws-zone"], { zone, region }, subnet.zone?.span ?? subnet.span);
}

/** AWS keeps the first four addresses and the last of a subnet. Source: Amazon VPC User Guide, "Subnet CIDR blocks". */
function checkHosts(subnet: Subnet, diagnostics: Diagnostics): void {
  for (const host of subnet.hosts) {
    for (const { value, span } of host.addresses) {
      const prefix = subnet.cidrs.map((cidr) => cidr.value).find((one) => addressIn(one, value));
      if (prefix === undefined) continue;
      const { first, last } = prefixRange(prefix);
      if (value.value > first + 3n && value.value < last) continue;
      const params = { address: formatAddress(value), subnet: subnet.path };
      diagnostics.report(awsDiagnostics["aws-reserved-address"], params, span);
    }
  }
}
