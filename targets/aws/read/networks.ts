/** VPCs and subnets: those that modules make, and those that exist and are only referred to. */
import type { ArtefactPlace } from "../../../compiler/validate/readback.js";
import { type Family, formatPrefix, type Prefix, prefixContains, prefixesOverlap } from "../../../grammar/address.js";
import type { Block } from "./block.js";
import { blocksOf, type Module } from "./module.js";
import { Names } from "./outputs.js";
import { prefixIn } from "./prefixes.js";
import type { Reading } from "./reading.js";
import type { Target, Wanted } from "./reference.js";

/** A VPC. */
export interface Vpc {
  /** Of the reference that leads to it. */
  readonly key: string;
  readonly id: string;
  readonly module: Module;
  readonly region: string;
  /** Absent where it exists and the files only refer to it. */
  readonly block?: Block;
  /** The path that the outputs give it. */
  readonly path?: string;
  /** Its blocks of addresses; empty where they are not in the files. */
  readonly prefixes: Prefix[];
  readonly at: ArtefactPlace;
}

/** A subnet. */
export interface Subnet {
  readonly key: string;
  readonly id: string;
  readonly module: Module;
  readonly vpc: Vpc;
  readonly block?: Block;
  readonly path?: string;
  readonly prefixes: readonly Prefix[];
  /** As written, a name or an id; absent where it is not in the files. */
  readonly zone?: string;
  readonly at: ArtefactPlace;
}

/** All VPCs and subnets of a reading. */
export interface Networks {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly subnets: ReadonlyMap<string, Subnet>;
}

/** How a reference names a VPC. */
export const VPC: readonly Wanted[] = [["aws_vpc", "id"]];
/** How a reference names a subnet. */
export const SUBNET: readonly Wanted[] = [["aws_subnet", "id"]];
/** The provider's id of a VPC. */
export const VPC_ID = /^vpc-[0-9a-f]{8,17}$/;
/** The provider's id of a subnet. */
export const SUBNET_ID = /^subnet-[0-9a-f]{8,17}$/;

/** Reads VPCs, their blocks of addresses, and subnets. */
export function readNetworks(reading: Reading): Networks {
  const vpcs = new Map<string, Vpc>();
  const names = new Names(reading, "vpc_ids", VPC, VPC_ID);
  for (const block of blocksOf(reading.modules, "aws_vpc")) addVpc(vpcs, names, block);
  for (const type of [
    "aws_subnet",
    "aws_security_group",
    "aws_ec2_transit_gateway_vpc_attachment",
    "aws_network_acl",
  ]) {
    for (const block of blocksOf(reading.modules, type)) addExistingVpc(reading, vpcs, names, block);
  }
  for (const block of blocksOf(reading.modules, "aws_vpc_ipv4_cidr_block_association")) extend(reading, vpcs, block, 4);
  for (const block of blocksOf(reading.modules, "aws_vpc_ipv6_cidr_block_association")) extend(reading, vpcs, block, 6);
  const subnets = new Map<string, Subnet>();
  const paths = new Names(reading, "subnet_ids", SUBNET, SUBNET_ID);
  for (const block of blocksOf(reading.modules, "aws_subnet")) addSubnet(reading, vpcs, subnets, paths, block);
  for (const { path, target, module } of paths.entries) addExistingSubnet(reading, vpcs, subnets, path, target, module);
  return { vpcs, subnets };
}

function addVpc(vpcs: Map<string, Vpc>, names: Names, block: Block): void {
  const prefix = block.demand("cidr_block") ? prefixIn(block, "cidr_block", 4) : undefined;
  const path = names.pathOf(block.id);
  vpcs.set(block.id, {
    key: block.id,
    id: block.id,
    module: block.module,
    region: block.region ?? "",
    block,
    ...(path === undefined ? {} : { path }),
    prefixes: prefix === undefined ? [] : [prefix],
    at: block.place,
  });
}

function addExistingVpc(reading: Reading, vpcs: Map<string, Vpc>, names: Names, block: Block): void {
  const target = reading.resolver.target(block, "vpc_id", VPC, VPC_ID);
  if (target === undefined || target.block !== undefined || vpcs.has(target.key)) return;
  const path = names.pathOf(target.key);
  vpcs.set(target.key, {
    key: target.key,
    id: `${block.module.folder}/${target.key.split("/").pop()}`,
    module: block.module,
    region: block.region ?? "",
    ...(path === undefined ? {} : { path }),
    prefixes: [],
    at: target.at,
  });
  const text = `the VPC ${target.key} exists: its addresses, main route table, default group and default network ACL`;
  reading.assume(`${target.key}/existing`, `${text} are as its owner left them`, target.at);
}

/** One more block of addresses. AWS takes no overlapping ones. */
function extend(reading: Reading, vpcs: ReadonlyMap<string, Vpc>, block: Block, family: Family): void {
  const attribute = family === 4 ? "cidr_block" : "ipv6_cidr_block";
  if (!block.demand("vpc_id", attribute)) return;
  const vpc = vpcs.get(reading.resolver.target(block, "vpc_id", VPC)?.key ?? "");
  const prefix = prefixIn(block, attribute, family);
  if (vpc === undefined || prefix === undefined) return;
  if (vpc.prefixes.some((other) => prefixesOverlap(other, prefix))) {
    block.refuse(attribute, "this overlaps another block of the VPC, which AWS refuses");
    return;
  }
  vpc.prefixes.push(prefix);
}

function addSubnet(
  reading: Reading,
  vpcs: ReadonlyMap<string, Vpc>,
  subnets: Map<string, Subnet>,
  paths: Names,
  block: Block,
): void {
  const vpc = vpcs.get(reading.resolver.target(block, "vpc_id", VPC, VPC_ID)?.key ?? "");
  if (block.flag("map_public_ip_on_launch", false) !== false) {
    block.refuse("map_public_ip_on_launch", "public addresses are not modelled");
  }
  const prefixes = subnetPrefixes(block);
  if (vpc === undefined || prefixes === undefined) return;
  const zone = zoneOf(block);
  const path = paths.pathOf(block.id);
  checkInside(block, vpc, prefixes, subnets);
  subnets.set(block.id, {
    key: block.id,
    id: block.id,
    module: block.module,
    vpc,
    block,
    ...(path === undefined ? {} : { path }),
    prefixes,
    ...(zone === undefined ? {} : { zone }),
    at: block.place,
  });
}

function subnetPrefixes(block: Block): readonly Prefix[] | undefined {
  const prefixes = [prefixIn(block, "cidr_block", 4), prefixIn(block, "ipv6_cidr_block", 6)].filter(
    (prefix) => prefix !== undefined,
  );
  const native = block.flag("ipv6_native", false);
  if (native === undefined) return undefined;
  if (native === block.has("cidr_block")) {
    return block.refuse("ipv6_native", "a subnet has IPv4 addresses, or `ipv6_native` and none");
  }
  return prefixes.length > 0 ? prefixes : block.refuse(undefined, "a subnet without addresses");
}

function zoneOf(block: Block): string | undefined {
  const [name, id] = [block.text("availability_zone"), block.text("availability_zone_id")];
  if (name !== undefined && id !== undefined) return block.refuse("availability_zone_id", "a zone stands twice");
  return name ?? id;
}

/** AWS takes subnets only inside the VPC's blocks and apart from each other. */
function checkInside(block: Block, vpc: Vpc, prefixes: readonly Prefix[], subnets: ReadonlyMap<string, Subnet>): void {
  const others = [...subnets.values()].filter((other) => other.vpc === vpc);
  for (const prefix of prefixes) {
    const attribute = prefix.family === 4 ? "cidr_block" : "ipv6_cidr_block";
    if (vpc.block !== undefined && !vpc.prefixes.some((outer) => prefixContains(outer, prefix))) {
      block.refuse(attribute, `${formatPrefix(prefix)} lies outside the blocks of the VPC, which AWS refuses`);
    }
    if (others.some((other) => other.prefixes.some((one) => prefixesOverlap(one, prefix)))) {
      block.refuse(attribute, `${formatPrefix(prefix)} overlaps another subnet, which AWS refuses`);
    }
  }
}

/** An existing subnet belongs to the VPC whose path its own begins with: nothing else in the files says so. */
function addExistingSubnet(
  reading: Reading,
  vpcs: ReadonlyMap<string, Vpc>,
  subnets: Map<string, Subnet>,
  path: string,
  target: Target,
  module: Module,
): void {
  if (target.block !== undefined || subnets.has(target.key)) return;
  const vpc = [...vpcs.values()].find((one) => one.path !== undefined && path.startsWith(`${one.path}.`));
  if (vpc === undefined) {
    reading.refusals.add(target.at, path, "no output `vpc_ids` says which VPC this subnet is in");
    return;
  }
  const id = `${module.folder}/${target.key.split("/").pop()}`;
  subnets.set(target.key, { key: target.key, id, module, vpc, path, prefixes: [], at: target.at });
  const text = `the subnet ${target.key} exists and is ${path} in ${vpc.key}, its network ACL admits everything`;
  reading.assume(`${target.key}/existing`, text, target.at);
}
