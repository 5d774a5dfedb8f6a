/** Network ACLs: stateless, first match by rule number, the two directions apart, never between hosts of one subnet. */

import { AddressSet } from "../../../compiler/sets/address-set.js";
import type { ReadBinding, ReadFilter, ReadRule } from "../../../compiler/validate/readback.js";
import type { Family } from "../../../grammar/address.js";
import type { Block } from "./block.js";
import type { Filters } from "./groups.js";
import { transportIn } from "./matching.js";
import { blocksOf } from "./module.js";
import { type Networks, SUBNET, SUBNET_ID, type Subnet, VPC, VPC_ID, type Vpc } from "./networks.js";
import { prefixIn } from "./prefixes.js";
import type { Reading } from "./reading.js";
import type { Target, Wanted } from "./reference.js";

type Direction = "in" | "out";
const DIRECTIONS: readonly Direction[] = ["in", "out"];
const BOTH: readonly Family[] = [4, 6];
const ACL: readonly Wanted[] = [["aws_network_acl", "id"]];
const DEFAULT: readonly Wanted[] = [["aws_vpc", "default_network_acl_id"]];
const PORTS = { protocol: "protocol", first: "from_port", last: "to_port", type: "icmp_type", code: "icmp_code" };
/** Highest number of a rule. Source: Amazon VPC User Guide, "Network ACL rules". */
const LAST_NUMBER = 32_766;

/** An ACL with its entries by number. */
interface Acl {
  readonly id: string;
  readonly name: string;
  readonly vpc: Vpc;
  readonly entries: Readonly<Record<Direction, Map<number, ReadRule>>>;
  readonly at: ReadFilter["at"];
}

/** Reads all ACLs, the default ones among them, and which subnets each guards. */
export function readAcls(reading: Reading, networks: Networks): Filters {
  const acls = new Map<string, Acl>();
  const bySubnet = new Map<string, Acl>();
  for (const block of blocksOf(reading.modules, "aws_network_acl")) {
    const vpc = networks.vpcs.get(reading.resolver.target(block, "vpc_id", VPC, VPC_ID)?.key ?? "");
    if (vpc !== undefined) acls.set(block.id, emptyAcl(block.id, block.name, vpc, block.place));
  }
  const defaults = readDefaults(reading, networks);
  for (const block of blocksOf(reading.modules, "aws_network_acl_rule")) addEntry(reading, acls, block);
  for (const block of blocksOf(reading.modules, "aws_network_acl")) {
    const subnets = reading.resolver.targets(block, "subnet_ids", SUBNET, SUBNET_ID);
    for (const target of subnets) bind(reading, networks, bySubnet, acls.get(block.id), target);
  }
  for (const block of blocksOf(reading.modules, "aws_network_acl_association")) {
    const acl = acls.get(reading.resolver.target(block, "network_acl_id", ACL)?.key ?? "");
    const target = reading.resolver.target(block, "subnet_id", SUBNET, SUBNET_ID);
    if (target !== undefined) bind(reading, networks, bySubnet, acl, target);
  }
  const filters: ReadFilter[] = [];
  const bindings: ReadBinding[] = [];
  for (const acl of [...acls.values(), ...defaults.values()]) filters.push(...filtersOf(acl));
  for (const subnet of networks.subnets.values()) {
    const acl = bySubnet.get(subnet.key) ?? defaults.get(subnet.vpc.key);
    if (acl !== undefined) bindings.push(...bindingsOf(acl, subnet));
    else if (subnet.block !== undefined) {
      reading.refusals.add(subnet.at, subnet.key, "the default network ACL of a VPC that exists is not in the files");
    }
  }
  return { filters, bindings };
}

function emptyAcl(id: string, name: string, vpc: Vpc, at: Acl["at"]): Acl {
  return { id, name, vpc, entries: { in: new Map(), out: new Map() }, at };
}

/**
 * The default ACL of each VPC that a module makes: without entries where Terraform manages it, else as AWS makes it, open to
 * everything. Source: Amazon VPC User Guide, "Default network ACL".
 */
function readDefaults(reading: Reading, networks: Networks): ReadonlyMap<string, Acl> {
  const out = new Map<string, Acl>();
  for (const vpc of networks.vpcs.values()) {
    if (vpc.block === undefined) continue;
    const acl = emptyAcl(`${vpc.id}#default-acl`, "default", vpc, vpc.at);
    for (const direction of DIRECTIONS) acl.entries[direction].set(100, admitAll(vpc));
    out.set(vpc.key, acl);
  }
  const managed = new Set<string>();
  for (const block of blocksOf(reading.modules, "aws_default_network_acl")) {
    const vpc = networks.vpcs.get(reading.resolver.target(block, "default_network_acl_id", DEFAULT)?.key ?? "");
    for (const attribute of ["ingress", "egress", "subnet_ids"]) {
      const items = block.nested(attribute);
      if (items !== undefined && items.length > 0) block.refuse(attribute, "entries of a default ACL are not modelled");
    }
    if (vpc === undefined) continue;
    if (managed.has(vpc.key)) block.refuse("default_network_acl_id", "this ACL stands twice");
    managed.add(vpc.key);
    const acl = emptyAcl(`${vpc.id}#default-acl`, "default", vpc, block.place);
    out.set(vpc.key, acl);
  }
  return out;
}

function admitAll(vpc: Vpc): ReadRule {
  const matches = BOTH.map((family) => {
    const all = AddressSet.allOf(family);
    return { family, source: all, destination: all, transports: [{}] };
  });
  return { name: "100", action: "admit", matches, at: vpc.at };
}

function addEntry(reading: Reading, acls: ReadonlyMap<string, Acl>, block: Block): void {
  const acl = acls.get(reading.resolver.target(block, "network_acl_id", ACL)?.key ?? "");
  if (!block.demand("rule_number", "rule_action", "protocol")) return;
  const number = block.integer("rule_number", 1, LAST_NUMBER);
  const action = block.word("rule_action", ["allow", "deny"]);
  const egress = block.flag("egress", false);
  const prefix = sideOf(block);
  if (prefix === undefined || acl === undefined) return;
  const transport = transportIn(block, PORTS, prefix.family);
  if (number === undefined || action === undefined || egress === undefined || transport === undefined) return;
  const entries = acl.entries[egress ? "out" : "in"];
  if (entries.has(number)) {
    block.refuse("rule_number", "another entry of this direction has the same number");
    return;
  }
  const { family } = prefix;
  const [far, own] = [AddressSet.ofPrefix(prefix), AddressSet.allOf(family)];
  const [source, destination] = egress ? [own, far] : [far, own];
  if (transport.fragments !== undefined) {
    const text = "an entry of a network ACL with ports or types matches no later fragment: AWS does not say";
    reading.assume(`${acl.id}/fragments`, text, block.place);
  }
  const match = { family, source, destination, transports: [transport] };
  const read = action === "allow" ? ("admit" as const) : ("drop" as const);
  entries.set(number, { name: block.name, action: read, matches: [match], at: block.place });
}

function sideOf(block: Block) {
  if (block.has("cidr_block") === block.has("ipv6_cidr_block"))
    return block.refuse(undefined, "an entry has one prefix");
  return block.has("cidr_block") ? prefixIn(block, "cidr_block", 4) : prefixIn(block, "ipv6_cidr_block", 6);
}

function bind(
  reading: Reading,
  networks: Networks,
  bySubnet: Map<string, Acl>,
  acl: Acl | undefined,
  target: Target,
): void {
  const subnet = networks.subnets.get(target.key);
  if (acl === undefined) return;
  if (subnet === undefined || subnet.vpc !== acl.vpc) {
    reading.refusals.add(target.at, target.key, "this is no subnet of the ACL's VPC");
  } else if (bySubnet.has(subnet.key)) {
    reading.refusals.add(target.at, target.key, "a subnet has one network ACL");
  } else {
    bySubnet.set(subnet.key, acl);
  }
}

/** Entries in the order of their numbers; what none matches is dropped. */
function filtersOf(acl: Acl): readonly ReadFilter[] {
  return DIRECTIONS.map((direction) => ({
    id: `${acl.id}/${direction}`,
    name: acl.name,
    state: "stateless",
    evaluation: "first-match",
    rules: [...acl.entries[direction]].sort(([a], [b]) => a - b).map(([, rule]) => rule),
    otherwise: "drop",
    at: acl.at,
  }));
}

function bindingsOf(acl: Acl, subnet: Subnet): readonly ReadBinding[] {
  return DIRECTIONS.map((direction) => ({
    filters: [`${acl.id}/${direction}`],
    direction,
    families: BOTH,
    where: { kind: "subnet", attachment: subnet.id },
    at: acl.at,
  }));
}
