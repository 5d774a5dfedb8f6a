/** Security groups: stateful, a union of what their rules admit, bound to the workloads that take them. */

import { AddressSet } from "../../../compiler/sets/address-set.js";
import type { PacketMatch, ReadBinding, ReadFilter, ReadRule } from "../../../compiler/validate/readback.js";
import type { Family, Prefix } from "../../../grammar/address.js";
import type { Block } from "./block.js";
import { transportIn } from "./matching.js";
import { blocksOf, type Module } from "./module.js";
import { type Networks, type Subnet, VPC, VPC_ID, type Vpc } from "./networks.js";
import { outputEntries } from "./outputs.js";
import { parsePrefix, prefixIn } from "./prefixes.js";
import type { Reading } from "./reading.js";
import type { Wanted } from "./reference.js";

type Direction = "in" | "out";
const DIRECTIONS: readonly Direction[] = ["in", "out"];
const BOTH: readonly Family[] = [4, 6];
const GROUP: readonly Wanted[] = [["aws_security_group", "id"]];
const LIST: readonly Wanted[] = [["aws_ec2_managed_prefix_list", "id"]];
const RULE_TYPE: Readonly<Record<Direction, string>> = {
  in: "aws_vpc_security_group_ingress_rule",
  out: "aws_vpc_security_group_egress_rule",
};
/** ICMP types and codes stand in the attributes of ports. */
const PORTS = { protocol: "ip_protocol", first: "from_port", last: "to_port", type: "from_port", code: "to_port" };

/** A group with its rules. */
interface Group {
  readonly block: Block;
  readonly vpc: Vpc;
  readonly rules: Readonly<Record<Direction, ReadRule[]>>;
}

/** Filters with where they stand. */
export interface Filters {
  readonly filters: readonly ReadFilter[];
  readonly bindings: readonly ReadBinding[];
}

/** Reads all groups, the emptied default ones among them, and who takes which. */
export function readGroups(reading: Reading, networks: Networks): Filters {
  const groups = new Map<string, Group>();
  for (const block of blocksOf(reading.modules, "aws_security_group")) {
    const vpc = networks.vpcs.get(reading.resolver.target(block, "vpc_id", VPC, VPC_ID)?.key ?? "");
    if (vpc !== undefined) groups.set(block.id, { block, vpc, rules: { in: [], out: [] } });
  }
  const lists = readLists(reading);
  for (const direction of DIRECTIONS) {
    for (const block of blocksOf(reading.modules, RULE_TYPE[direction])) {
      const rule = ruleOf(reading, lists, direction, block);
      const group = groups.get(reading.resolver.target(block, "security_group_id", GROUP)?.key ?? "");
      if (rule !== undefined && group !== undefined) group.rules[direction].push(rule);
    }
  }
  const filters = new Map<string, ReadFilter>();
  for (const group of groups.values()) {
    for (const direction of DIRECTIONS) {
      const filter = filterOf(`${group.block.id}/${direction}`, group.block.name, [group], direction);
      filters.set(filter.id, filter);
    }
  }
  const bindings = workloads(reading, networks, groups, filters);
  const defaults = readDefaults(reading, networks);
  return { filters: [...filters.values(), ...defaults.filters], bindings: [...bindings, ...defaults.bindings] };
}

/** The union of what groups admit in one direction: rules have no order, and none denies. */
function filterOf(id: string, name: string, groups: readonly Group[], direction: Direction): ReadFilter {
  return {
    id,
    name,
    state: "stateful",
    evaluation: "union",
    rules: groups.flatMap((group) => group.rules[direction]),
    otherwise: "drop",
    at: groups[0]?.block.place ?? { file: "", at: "" },
  };
}

/** A prefix list: one family, entries that lie in no rule. */
interface PrefixList {
  readonly family: Family;
  readonly addresses: AddressSet;
}

function readLists(reading: Reading): ReadonlyMap<string, PrefixList> {
  const lists = new Map<string, PrefixList>();
  for (const block of blocksOf(reading.modules, "aws_ec2_managed_prefix_list")) {
    const written = block.demand("address_family", "max_entries")
      ? block.word("address_family", ["IPv4", "IPv6"])
      : undefined;
    const most = block.integer("max_entries", 1, 1000);
    const entries = block.nested("entry");
    if (written === undefined || most === undefined || entries === undefined) continue;
    const family: Family = written === "IPv4" ? 4 : 6;
    if (entries.length > most) block.refuse("max_entries", `the list has ${entries.length} entries, which AWS refuses`);
    const prefixes: Prefix[] = [];
    for (const { value, at } of entries) {
      const prefix = parsePrefix(String(value.get("cidr")));
      const known = [...value.keys()].every((key) => key === "cidr" || key === "description");
      if (prefix?.family === family && known) prefixes.push(prefix);
      else reading.refusals.add(at.place, "entry", `one IPv${family} prefix is expected here`);
    }
    lists.set(block.id, { family, addresses: AddressSet.ofPrefixes(prefixes) });
  }
  return lists;
}

function ruleOf(
  reading: Reading,
  lists: ReadonlyMap<string, PrefixList>,
  direction: Direction,
  block: Block,
): ReadRule | undefined {
  const side = sideOf(reading, lists, block);
  if (side === undefined) return undefined;
  const transport = transportIn(block, PORTS, side.family);
  if (transport === undefined) return undefined;
  const { family, addresses } = side;
  const own = AddressSet.allOf(family);
  const match: PacketMatch =
    direction === "in"
      ? { family, source: addresses, destination: own, transports: [transport] }
      : { family, source: own, destination: addresses, transports: [transport] };
  return { name: block.name, action: "admit", matches: [match], at: block.place };
}

/** The far side of a rule: exactly one of a prefix of either family and a prefix list; groups as peers are refused. */
function sideOf(reading: Reading, lists: ReadonlyMap<string, PrefixList>, block: Block): PrefixList | undefined {
  const written = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id"].filter((attribute) => block.has(attribute));
  const [only, more] = written;
  if (only === undefined || more !== undefined) return block.refuse(only, "a rule has one prefix or prefix list");
  if (only === "prefix_list_id") return lists.get(reading.resolver.target(block, only, LIST)?.key ?? "");
  const prefix = prefixIn(block, only, only === "cidr_ipv4" ? 4 : 6);
  return prefix === undefined ? undefined : { family: prefix.family, addresses: AddressSet.ofPrefix(prefix) };
}

/** Who takes which groups, by the output `security_group_ids`; of several groups the union counts. */
function workloads(
  reading: Reading,
  networks: Networks,
  groups: ReadonlyMap<string, Group>,
  filters: Map<string, ReadFilter>,
): readonly ReadBinding[] {
  const bindings: ReadBinding[] = [];
  const subnets = new Map([...networks.subnets.values()].map((subnet) => [subnet.path, subnet] as const));
  const seen = new Set<string>();
  for (const { path, module, values, at } of outputEntries(reading, "security_group_ids")) {
    const taken = values.flatMap((value) => groups.get(reading.resolver.follow(module, value, GROUP)?.key ?? "") ?? []);
    const subnet = subnetOf(subnets, path);
    if (seen.has(path)) reading.refusals.add(at.place, path, "this path stands twice");
    seen.add(path);
    if (taken.length === 0) continue;
    if (subnet !== undefined && taken.some(({ vpc }) => vpc !== subnet.vpc)) {
      reading.refusals.add(at.place, path, "a workload takes groups of its own VPC only");
    }
    const attachment = subnet === undefined ? {} : { attachment: subnet.id };
    for (const direction of DIRECTIONS) {
      const id = taken.length === 1 ? `${taken[0]?.block.id}/${direction}` : `${module.folder}/${path}/${direction}`;
      if (!filters.has(id)) filters.set(id, filterOf(id, path, taken, direction));
      const where = { kind: "workloads" as const, path, ...attachment };
      bindings.push({ filters: [id], direction, families: BOTH, where, at: at.place });
    }
    assumeTaken(reading, module);
  }
  return bindings;
}

/** The subnet of a path: its own, or that of a host in it. */
function subnetOf(subnets: ReadonlyMap<string | undefined, Subnet>, path: string): Subnet | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const found = subnets.get(path.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}

function assumeTaken(reading: Reading, module: Module): void {
  const text = "a workload takes only the group that the output `security_group_ids` gives its subnet or its host";
  reading.assume(`${module.folder}/workload-group`, text, module.at);
  const exempt = "no filter stops packets to the resolver, the metadata service and the like of a VPC";
  reading.assume(`${module.folder}/provider-addresses`, exempt, module.at);
}

/**
 * The default group of each VPC that a module makes: empty where Terraform manages it, else as AWS makes it, open among its
 * members and outwards. Source: Amazon VPC User Guide, "Default security groups".
 */
function readDefaults(reading: Reading, networks: Networks): Filters {
  const managed = new Map<string, Block>();
  for (const block of blocksOf(reading.modules, "aws_default_security_group")) {
    const target = reading.resolver.target(block, "vpc_id", VPC, VPC_ID);
    for (const attribute of ["ingress", "egress"]) {
      const rules = block.items(attribute);
      if (rules !== undefined && rules.length > 0) block.refuse(attribute, "rules in a default group are not modelled");
    }
    if (target === undefined) continue;
    if (managed.has(target.key)) block.refuse("vpc_id", "the default group of this VPC stands twice");
    managed.set(target.key, block);
  }
  const filters: ReadFilter[] = [];
  const bindings: ReadBinding[] = [];
  for (const vpc of networks.vpcs.values()) {
    const block = managed.get(vpc.key);
    if (block === undefined && vpc.block === undefined) continue;
    const at = block?.place ?? vpc.at;
    for (const direction of DIRECTIONS) {
      const id = `${vpc.id}#default-group/${direction}`;
      const rules = block === undefined ? openRules(vpc, direction) : [];
      filters.push({ id, name: "default", state: "stateful", evaluation: "union", rules, otherwise: "drop", at });
      const where = { kind: "others" as const, network: vpc.id };
      bindings.push({ filters: [id], direction, families: BOTH, where, at });
    }
  }
  return { filters, bindings };
}

/** Members may stand at any address of the VPC: the bound from above. */
function openRules(vpc: Vpc, direction: Direction): readonly ReadRule[] {
  const matches = BOTH.map((family): PacketMatch => {
    const all = AddressSet.allOf(family);
    const members = AddressSet.ofPrefixes(vpc.prefixes).family(family);
    return { family, source: direction === "in" ? members : all, destination: all, transports: [{}] };
  });
  return [{ name: "default", action: "admit", matches, at: vpc.at }];
}
