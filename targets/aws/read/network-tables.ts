/** Route tables of VPCs, and which of them the packets of each subnet are looked up in. */

import { AddressSet } from "../../../compiler/sets/address-set.js";
import type { ReadAttachment, ReadNext, ReadRoute, ReadTable } from "../../../compiler/validate/readback.js";
import { type Family, formatPrefix, type Prefix, prefixContains } from "../../../grammar/address.js";
import type { Block } from "./block.js";
import { type Attachment, HUB, HUB_ID } from "./hubs.js";
import { blocksOf } from "./module.js";
import { type Networks, SUBNET, type Subnet, VPC, VPC_ID, type Vpc } from "./networks.js";
import { outputEntries } from "./outputs.js";
import { prefixIn } from "./prefixes.js";
import type { Reading } from "./reading.js";
import type { Target, Wanted } from "./reference.js";

const TABLE: readonly Wanted[] = [["aws_route_table", "id"]];
const TABLE_ID = /^rtb-[0-9a-f]{8,17}$/;
const MAIN: readonly Wanted[] = [["aws_vpc", "default_route_table_id"]];

/** A route to a transit gateway, or what else stands in a table. */
interface Entry {
  readonly prefix: Prefix;
  readonly hub: string;
  readonly block: Block;
}

interface VpcTable {
  readonly key: string;
  readonly id: string;
  readonly vpc: Vpc;
  readonly name: string;
  readonly entries: Map<string, Entry>;
  readonly at: ReadTable["at"];
}

/** What the reader knows when it comes to the tables of VPCs. */
export interface NetworkWork {
  readonly reading: Reading;
  readonly networks: Networks;
  /** The attachments of each VPC. */
  readonly attached: ReadonlyMap<Vpc, readonly Attachment[]>;
}

/** The tables of VPCs, the main ones among them, and the subnets as attachments. */
export function readNetworkTables(work: NetworkWork): {
  readonly tables: readonly ReadTable[];
  readonly attachments: readonly ReadAttachment[];
} {
  const tables = new Map<string, VpcTable>();
  checkMains(work);
  for (const vpc of work.networks.vpcs.values()) if (vpc.block !== undefined) addMain(tables, vpc);
  for (const block of blocksOf(work.reading.modules, "aws_route_table")) addOwn(work, tables, block);
  const bySubnet = associations(work, tables);
  addExisting(work, tables, bySubnet);
  for (const block of blocksOf(work.reading.modules, "aws_route")) addRoute(work, tables, block);
  const out = new Map<string, ReadTable>();
  const attachments: ReadAttachment[] = [];
  for (const table of tables.values()) out.set(table.id, toTable(work, table));
  for (const subnet of work.networks.subnets.values()) {
    const table = bySubnet.get(subnet.key) ?? mainOf(work, tables, subnet);
    if (table === undefined) continue;
    const cut = isCut(work, subnet) ? toTable(work, table, true) : toTable(work, table);
    out.set(cut.id, cut);
    attachments.push(toAttachment(work, subnet, cut.id));
  }
  return { tables: [...out.values()], attachments };
}

/** Id of the device that a VPC belongs to: the hub that it is attached to, else its region. */
export function deviceOf(attached: NetworkWork["attached"], vpc: Vpc): string {
  const own = (attached.get(vpc) ?? []).map(({ hub }) => hub.id);
  return own.sort()[0] ?? `${vpc.module.folder}/${vpc.region}`;
}

/** The main table of a VPC that a module makes holds its local routes and nothing else. */
function addMain(tables: Map<string, VpcTable>, vpc: Vpc): void {
  const key = `${vpc.key}#main`;
  tables.set(key, { key, id: key, vpc, name: "main", entries: new Map(), at: vpc.at });
}

/** Main tables that modules manage, of whichever VPC: none holds a route. */
function checkMains({ reading }: NetworkWork): void {
  const managed = new Set<string>();
  for (const block of blocksOf(reading.modules, "aws_default_route_table")) {
    const vpc = reading.resolver.target(block, "default_route_table_id", MAIN);
    if (vpc !== undefined && managed.has(vpc.key)) block.refuse("default_route_table_id", "this table stands twice");
    if (vpc !== undefined) managed.add(vpc.key);
    const routes = block.items("route");
    if (routes !== undefined && routes.length > 0) block.refuse("route", "routes in the main table are not modelled");
  }
}

function addOwn(work: NetworkWork, tables: Map<string, VpcTable>, block: Block): void {
  const vpc = work.networks.vpcs.get(work.reading.resolver.target(block, "vpc_id", VPC, VPC_ID)?.key ?? "");
  if (vpc === undefined) return;
  tables.set(block.id, {
    key: block.id,
    id: block.id,
    vpc,
    name: block.name,
    entries: new Map(),
    at: block.place,
  });
}

/** The table of each subnet that names one. Source: Amazon VPC User Guide, "Subnet route tables". */
function associations(work: NetworkWork, tables: ReadonlyMap<string, VpcTable>): Map<string, VpcTable> {
  const out = new Map<string, VpcTable>();
  for (const block of blocksOf(work.reading.modules, "aws_route_table_association")) {
    const subnet = work.networks.subnets.get(work.reading.resolver.target(block, "subnet_id", SUBNET)?.key ?? "");
    const table = tables.get(work.reading.resolver.target(block, "route_table_id", TABLE)?.key ?? "");
    if (subnet === undefined || table === undefined) continue;
    if (table.vpc !== subnet.vpc) block.refuse("route_table_id", "this table belongs to another VPC");
    if (out.has(subnet.key)) block.refuse("subnet_id", "a subnet has one route table");
    out.set(subnet.key, table);
  }
  return out;
}

/** Tables of existing subnets: the output `route_table_ids` says whose they are. */
function addExisting(work: NetworkWork, tables: Map<string, VpcTable>, bySubnet: Map<string, VpcTable>): void {
  const { reading, networks } = work;
  const byPath = new Map([...networks.subnets.values()].map((subnet) => [subnet.path, subnet] as const));
  for (const { path, module, values, at } of outputEntries(reading, "route_table_ids")) {
    const subnet = byPath.get(path);
    const [only, more] = values;
    const target = only === undefined ? undefined : reading.resolver.follow(module, only, TABLE, TABLE_ID);
    if (subnet === undefined || more !== undefined || subnet.block !== undefined || bySubnet.has(subnet.key)) {
      reading.refusals.add(at.place, path, "the table of one existing subnet is expected here");
      continue;
    }
    if (target === undefined) continue;
    const table = tables.get(target.key) ?? existing(module.folder, subnet.vpc, target);
    if (table.vpc !== subnet.vpc) reading.refusals.add(at.place, path, "this table belongs to another VPC");
    tables.set(target.key, table);
    bySubnet.set(subnet.key, table);
    const text = `the existing subnet ${subnet.key} uses the route table ${target.key}, which holds only our routes`;
    reading.assume(`${subnet.key}/route-table`, text, at.place);
  }
}

function existing(folder: string, vpc: Vpc, target: Target): VpcTable {
  const name = target.key.split("/").pop() ?? target.key;
  return { key: target.key, id: `${folder}/${name}`, vpc, name, entries: new Map(), at: target.at };
}

function mainOf(work: NetworkWork, tables: ReadonlyMap<string, VpcTable>, subnet: Subnet): VpcTable | undefined {
  const main = tables.get(`${subnet.vpc.key}#main`);
  if (main === undefined) {
    work.reading.refusals.add(subnet.at, subnet.key, "nothing says which route table this subnet uses");
  }
  return main;
}

function addRoute(work: NetworkWork, tables: ReadonlyMap<string, VpcTable>, block: Block): void {
  const target = work.reading.resolver.target(block, "route_table_id", [...TABLE, ...MAIN], TABLE_ID);
  const main = target?.block?.type === "aws_vpc";
  const table = tables.get(main ? `${target.key}#main` : (target?.key ?? ""));
  const hub = work.reading.resolver.target(block, "transit_gateway_id", HUB, HUB_ID);
  const prefix = destinationOf(block);
  if (target !== undefined && table === undefined) block.refuse("route_table_id", "nothing says whose table this is");
  if (table === undefined || prefix === undefined || hub === undefined) return;
  const text = formatPrefix(prefix);
  if (table.entries.has(text)) block.refuse(undefined, `the table has two routes for ${text}`);
  if (table.vpc.prefixes.some((own) => prefixContains(own, prefix))) {
    block.refuse(undefined, `${text} lies inside the VPC, where AWS takes no route to a transit gateway`);
  }
  table.entries.set(text, { prefix, hub: hub.key, block });
}

function destinationOf(block: Block): Prefix | undefined {
  if (block.has("destination_cidr_block") === block.has("destination_ipv6_cidr_block")) {
    return block.refuse(undefined, "a route has one destination");
  }
  return block.has("destination_cidr_block")
    ? prefixIn(block, "destination_cidr_block", 4)
    : prefixIn(block, "destination_ipv6_cidr_block", 6);
}

/**
 * A table as packets see it: the VPC's own routes, then those to transit gateways. `cut` is the table of a subnet in a zone
 * without an attachment, from where nothing reaches a transit gateway. Source: Amazon VPC, Transit Gateways, "VPC attachments".
 */
function toTable(work: NetworkWork, table: VpcTable, cut = false): ReadTable {
  const { vpc, at } = table;
  const local: ReadNext = { kind: "attached", to: vpc.id };
  const own = vpc.prefixes.map((prefix): ReadRoute => ({ prefix, next: local, origin: "provider", at: vpc.at }));
  const others = [...table.entries.values()].map(
    (entry): ReadRoute => ({
      prefix: entry.prefix,
      next: cut ? { kind: "discard" } : nextHop(work, vpc, entry.hub, entry.prefix.family),
      origin: "static",
      at: entry.block.place,
    }),
  );
  const path = vpc.path === undefined ? {} : { path: vpc.path };
  const families: readonly Family[] = [4, 6];
  return {
    id: cut ? `${table.id}#no-zone` : table.id,
    device: deviceOf(work.attached, vpc),
    name: table.name,
    kind: "network",
    routes: [...own, ...others],
    ...(vpc.block === undefined ? { opaque: [{ of: vpc.key, ...path, next: local, families, at: vpc.at }] } : {}),
    at,
  };
}

/** From a VPC into the table that its attachment is associated with. */
function nextHop(work: NetworkWork, vpc: Vpc, hub: string, family: Family): ReadNext {
  const attachment = work.attached.get(vpc)?.find((one) => one.hub.key === hub);
  const usable = attachment?.up === true && attachment.families.includes(family);
  return usable && attachment.table !== undefined
    ? { kind: "table", table: attachment.table.key }
    : { kind: "discard" };
}

/** True for a subnet in a zone that no attachment of its VPC has. */
function isCut(work: NetworkWork, subnet: Subnet): boolean {
  const own = work.attached.get(subnet.vpc) ?? [];
  const attached = own.flatMap(({ subnets }) => subnets.map(({ key }) => work.networks.subnets.get(key)));
  if (own.length === 0 || attached.some((one) => one === subnet)) return false;
  if (subnet.zone !== undefined && attached.some((one) => one?.zone === subnet.zone)) return false;
  const unsure = subnet.zone === undefined || attached.some((one) => one === undefined || !sameNaming(one, subnet));
  if (!unsure) return true;
  if (subnet.block !== undefined && subnet.zone === undefined) {
    subnet.block.refuse(undefined, "without a zone nobody knows whether this subnet reaches the transit gateway");
  } else {
    const text = `the subnet ${subnet.key} lies in a zone by which its VPC is attached to the transit gateway`;
    work.reading.assume(`${subnet.key}/zone`, text, subnet.at);
  }
  return false;
}

/** Names (`us-east-1a`) compare with names, ids (`use1-az1`) with ids; the two differ from account to account. */
function sameNaming(one: Subnet, other: Subnet): boolean {
  const isId = (zone: string | undefined): boolean => /-az[0-9]+$/.test(zone ?? "");
  return one.zone !== undefined && isId(one.zone) === isId(other.zone);
}

function toAttachment(work: NetworkWork, subnet: Subnet, table: string): ReadAttachment {
  return {
    id: subnet.id,
    kind: "subnet",
    device: deviceOf(work.attached, subnet.vpc),
    ...(subnet.path === undefined ? {} : { path: subnet.path }),
    ...(subnet.block === undefined ? {} : { addresses: AddressSet.ofPrefixes(subnet.prefixes) }),
    table,
    network: subnet.vpc.id,
    at: subnet.at,
  };
}
