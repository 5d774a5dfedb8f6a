/** Route tables of transit gateways: associations, propagations, static routes and the defaults of a hub. */
import type { ReadNext } from "../../../compiler/validate/readback.js";
import { formatPrefix, type Prefix } from "../../../grammar/address.js";
import type { Block } from "./block.js";
import { ATTACHMENT, type Attachment, type Hub, type HubTable, hubOf, nextOf } from "./hubs.js";
import { blocksOf } from "./module.js";
import { prefixIn } from "./prefixes.js";
import type { Reading } from "./reading.js";
import type { Wanted } from "./reference.js";

/** How a reference names a table of a transit gateway. */
const TABLE: readonly Wanted[] = [["aws_ec2_transit_gateway_route_table", "id"]];

/** The tables of all hubs by key, and what is known of them. */
export type HubTables = Map<string, HubTable>;

interface Work {
  readonly reading: Reading;
  readonly tables: HubTables;
  readonly attachments: ReadonlyMap<string, Attachment>;
}

/** Reads tables, then who is associated, then what stands in them: static routes first, since they win. */
export function readHubTables(
  reading: Reading,
  hubs: ReadonlyMap<string, Hub>,
  attachments: ReadonlyMap<string, Attachment>,
): HubTables {
  const tables: HubTables = new Map();
  for (const block of blocksOf(reading.modules, "aws_ec2_transit_gateway_route_table")) {
    const hub = hubOf(reading, hubs, block, "transit_gateway_id");
    if (hub !== undefined) tables.set(block.id, emptyTable(block.id, hub, block.name, block.place));
  }
  const work = { reading, tables, attachments };
  associate(work);
  for (const block of blocksOf(reading.modules, "aws_ec2_transit_gateway_route")) addStatic(work, block);
  propagate(work);
  return tables;
}

function emptyTable(key: string, hub: Hub, name: string, at: HubTable["at"]): HubTable {
  return { key, hub, routes: [], taken: new Set(), opaque: [], channels: [], name, at };
}

function tableIn({ reading, tables }: Work, block: Block): HubTable | undefined {
  return tables.get(reading.resolver.target(block, "transit_gateway_route_table_id", TABLE)?.key ?? "");
}

function attachmentIn({ reading, attachments }: Work, block: Block): Attachment | undefined {
  const target = reading.resolver.target(block, "transit_gateway_attachment_id", ATTACHMENT);
  return target === undefined ? undefined : attachments.get(target.key);
}

/** The one table of each attachment. Source: Amazon VPC, Transit Gateways, "Transit gateway route tables". */
function associate(work: Work): void {
  const replaced = new Set<Attachment>();
  for (const block of blocksOf(work.reading.modules, "aws_ec2_transit_gateway_route_table_association")) {
    const [attachment, table] = [attachmentIn(work, block), tableIn(work, block)];
    const replaces = block.flag("replace_existing_association", false);
    if (attachment === undefined || table === undefined || replaces === undefined) continue;
    if (attachment.hub !== table.hub) {
      block.refuse("transit_gateway_route_table_id", "this table belongs to another transit gateway");
    } else if (attachment.table !== undefined) {
      block.refuse("transit_gateway_attachment_id", "this attachment is associated with two tables");
    } else if (attachment.hub.associates === true && attachment.associates && !replaces) {
      block.refuse("transit_gateway_attachment_id", "the default of the hub associates this attachment already");
    } else {
      attachment.table = table;
      if (replaces) replaced.add(attachment);
    }
  }
  for (const attachment of new Set(work.attachments.values())) {
    if (attachment.table !== undefined || !attachment.associates) continue;
    if (attachment.hub.associates === undefined) {
      attachment.block.refuse(undefined, "the default table of a hub that exists is not in the files");
    } else if (attachment.hub.associates) {
      attachment.table = defaultTable(work, attachment.hub);
    }
  }
}

/** The one table that a hub with default association or propagation has by itself. */
function defaultTable({ tables }: Work, hub: Hub): HubTable {
  const key = `${hub.id}#default`;
  const known = tables.get(key) ?? emptyTable(key, hub, "default", hub.at);
  tables.set(key, known);
  return known;
}

function addStatic(work: Work, block: Block): void {
  const table = tableIn(work, block);
  const prefix = block.demand("destination_cidr_block") ? prefixIn(block, "destination_cidr_block") : undefined;
  const blackhole = block.flag("blackhole", false);
  if (table === undefined || prefix === undefined || blackhole === undefined) return;
  if (table.taken.has(formatPrefix(prefix))) {
    block.refuse("destination_cidr_block", `the table has two routes for ${formatPrefix(prefix)}`);
    return;
  }
  table.taken.add(formatPrefix(prefix));
  if (blackhole && block.has("transit_gateway_attachment_id")) {
    block.refuse("blackhole", "a blackhole has no attachment");
    return;
  }
  for (const next of blackhole ? [discard] : staticNext(work, block, table, prefix)) {
    table.routes.push({ prefix, next, origin: "static", at: block.place });
  }
}

const discard: ReadNext = { kind: "discard" };

function staticNext(work: Work, block: Block, table: HubTable, prefix: Prefix): readonly ReadNext[] {
  const attachment = attachmentIn(work, block);
  if (attachment === undefined) return [];
  if (attachment.hub !== table.hub) {
    block.refuse("transit_gateway_attachment_id", "this hangs on another transit gateway");
    return [];
  }
  if (attachment.kind === "dx") {
    block.refuse("transit_gateway_attachment_id", "a static route to a Direct Connect gateway is not modelled");
    return [];
  }
  return nextOf(attachment, prefix.family);
}

function propagate(work: Work): void {
  const done = new Set<string>();
  for (const block of blocksOf(work.reading.modules, "aws_ec2_transit_gateway_route_table_propagation")) {
    const [attachment, table] = [attachmentIn(work, block), tableIn(work, block)];
    if (attachment === undefined || table === undefined) continue;
    if (attachment.hub !== table.hub) {
      block.refuse("transit_gateway_route_table_id", "this table belongs to another transit gateway");
      continue;
    }
    const pair = `${attachment.key} ${table.key}`;
    if (done.has(pair)) block.refuse(undefined, "this propagation stands twice");
    done.add(pair);
    addPropagation(attachment, table, block.place);
  }
  for (const attachment of new Set(work.attachments.values())) {
    if (attachment.hub.propagates !== true || !attachment.propagates) continue;
    addPropagation(attachment, defaultTable(work, attachment.hub), attachment.block.place);
  }
}

/** A VPC propagates all its blocks; a link what it has heard. A static route for the same prefix hides either. */
function addPropagation(attachment: Attachment, table: HubTable, at: HubTable["at"]): void {
  const { vpc } = attachment;
  if (!attachment.up) return;
  if (vpc === undefined) {
    const from = attachment.learned;
    table.channels.push({
      id: `${table.key}<${from}`,
      table: table.key,
      peer: { kind: "table", table: from },
      next: { kind: "table", table: from },
      at,
    });
    return;
  }
  const next: ReadNext = { kind: "attached", to: vpc.id };
  if (vpc.block === undefined) {
    const { families } = attachment;
    table.opaque.push({ of: vpc.key, ...(vpc.path === undefined ? {} : { path: vpc.path }), next, families, at });
  }
  for (const prefix of vpc.prefixes) {
    if (!attachment.families.includes(prefix.family)) continue;
    if (table.taken.has(formatPrefix(prefix))) continue;
    table.taken.add(formatPrefix(prefix));
    table.routes.push({ prefix, next, origin: "provider", at });
  }
}
