/** Direct Connect: gateways, what they announce, transit virtual interfaces and their BGP peers. */

import { PrefixSpace } from "../../../compiler/validate/prefix-space.js";
import type { ReadChannel, ReadNext, ReadRoute, ReadTable } from "../../../compiler/validate/readback.js";
import { type Family, formatPrefix, type Prefix } from "../../../grammar/address.js";
import type { Block } from "./block.js";
import { type Attachment, HUB, HUB_ID, type Hub, hubOf, hybrid, learnedId } from "./hubs.js";
import { blocksOf } from "./module.js";
import { outputEntries } from "./outputs.js";
import { parsePrefix, parseWithLength } from "./prefixes.js";
import type { Reading } from "./reading.js";
import type { Wanted } from "./reference.js";

/** A Direct Connect gateway with its associations. */
export interface Gateway {
  readonly block: Block;
  readonly asn?: number;
  readonly associations: { readonly attachment: Attachment; readonly prefixes: readonly Prefix[] }[];
}

const GATEWAY: readonly Wanted[] = [["aws_dx_gateway", "id"]];
const INTERFACE: readonly Wanted[] = [["aws_dx_transit_virtual_interface", "id"]];
const CONFIRMED: readonly Wanted[] = [["aws_dx_connection_confirmation", "id"]];
const CONNECTION_ID = /^(?:dxcon|dxlag)-[0-9a-z]{8,17}$/;
const ATTACHMENT_DATA = "data.aws_ec2_transit_gateway_dx_gateway_attachment";

/** Reads the gateways and their associations; each association is an attachment of a transit gateway. */
export function readGateways(reading: Reading, hubs: ReadonlyMap<string, Hub>): ReadonlyMap<string, Gateway> {
  const gateways = new Map<string, Gateway>();
  for (const block of blocksOf(reading.modules, "aws_dx_gateway")) {
    const asn = asnIn(block, "amazon_side_asn");
    gateways.set(block.id, { block, ...(asn === undefined ? {} : { asn }), associations: [] });
  }
  for (const block of blocksOf(reading.modules, "aws_dx_gateway_association")) {
    const gateway = gateways.get(reading.resolver.target(block, "dx_gateway_id", GATEWAY)?.key ?? "");
    const hub = hubOf(reading, hubs, block, "associated_gateway_id");
    const prefixes = allowedPrefixes(reading, block);
    if (gateway === undefined || hub === undefined) continue;
    for (const other of gateway.associations) {
      if (other.attachment.hub === hub) block.refuse("associated_gateway_id", "this association stands twice");
      const both = other.prefixes.map(formatPrefix).filter((text) => prefixes.map(formatPrefix).includes(text));
      if (both.length > 0) block.refuse("allowed_prefixes", "AWS refuses prefixes that another association has");
    }
    const attachment = hybrid("dx", hub, block, [4, 6], learnedId(gateway.block.id));
    gateway.associations.push({ attachment, prefixes });
  }
  return gateways;
}

/** A decimal ASN of up to 32 bits, written as a text or a number. */
export function asnIn(block: Block, attribute: string): number | undefined {
  const value = block.raw(attribute);
  if (value === undefined) return undefined;
  const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
  const asn = /^[1-9][0-9]{0,9}$/.test(text) ? Number(text) : 0;
  return asn > 0 && asn < 4_294_967_295 ? asn : block.refuse(attribute, "an autonomous system number is expected here");
}

/** What AWS announces to every router of the gateway. Source: AWS Direct Connect User Guide, "Allowed prefixes interactions". */
function allowedPrefixes(reading: Reading, block: Block): readonly Prefix[] {
  if (!block.demand("allowed_prefixes")) return [];
  const found = new Map<string, Prefix>();
  for (const { value, at } of block.items("allowed_prefixes") ?? []) {
    const prefix = typeof value === "string" ? parsePrefix(value) : undefined;
    if (prefix === undefined) reading.refusals.add(at.place, String(value), "this is no prefix with clear host bits");
    else if (found.has(formatPrefix(prefix))) reading.refusals.add(at.place, String(value), "this prefix stands twice");
    else found.set(formatPrefix(prefix), prefix);
  }
  return [...found.values()];
}

/** The attachments of gateways, keyed by the association and by each data source that looks one up. */
export function gatewayAttachments(
  reading: Reading,
  hubs: ReadonlyMap<string, Hub>,
  gateways: ReadonlyMap<string, Gateway>,
): ReadonlyMap<string, Attachment> {
  const out = new Map<string, Attachment>();
  for (const { associations } of gateways.values()) {
    for (const { attachment } of associations) out.set(attachment.key, attachment);
  }
  for (const block of blocksOf(reading.modules, ATTACHMENT_DATA)) {
    const gateway = gateways.get(reading.resolver.target(block, "dx_gateway_id", GATEWAY)?.key ?? "");
    const hub = hubs.get(reading.resolver.target(block, "transit_gateway_id", HUB, HUB_ID)?.key ?? "");
    const found = gateway?.associations.find(({ attachment }) => attachment.hub === hub)?.attachment;
    if (found !== undefined) out.set(block.id, found);
    else block.refuse(undefined, "no association makes this attachment");
  }
  return out;
}

/** The tables of a gateway: what packets of routers are looked up in, and what routers have told. */
export function gatewayTables(gateways: ReadonlyMap<string, Gateway>): readonly ReadTable[] {
  return [...gateways.values()].flatMap(({ block, associations }) => {
    const device = associations[0]?.attachment.hub.id ?? `${block.module.folder}/${block.region}`;
    const routes = associations.flatMap(({ attachment, prefixes }) =>
      prefixes.map((prefix) => routeTo(attachment, prefix)),
    );
    const common = { device, kind: "gateway" as const, at: block.place };
    return [
      { ...common, id: block.id, name: block.name, routes },
      { ...common, id: learnedId(block.id), name: `${block.name}, learned`, routes: [] },
    ];
  });
}

function routeTo(attachment: Attachment, prefix: Prefix): ReadRoute {
  const { table } = attachment;
  const next: ReadNext = table === undefined ? { kind: "discard" } : { kind: "table", table: table.key };
  return { prefix, next, origin: "static", at: attachment.block.at.at("allowed_prefixes").place };
}

/** The BGP sessions of all transit virtual interfaces. */
export function gatewaySessions(reading: Reading, gateways: ReadonlyMap<string, Gateway>): readonly ReadChannel[] {
  const paths = interfacePaths(reading);
  const channels: ReadChannel[] = [];
  const seen = new Map<string, string>();
  for (const block of blocksOf(reading.modules, "aws_dx_transit_virtual_interface")) {
    const gateway = gateways.get(reading.resolver.target(block, "dx_gateway_id", GATEWAY)?.key ?? "");
    const vlan = block.demand("vlan") ? block.integer("vlan", 1, 4094) : undefined;
    const connection = connectionOf(reading, block);
    if (block.flag("sitelink_enabled", false) !== false) block.refuse("sitelink_enabled", "SiteLink is not modelled");
    if (gateway === undefined || vlan === undefined || connection === undefined) continue;
    const other = seen.get(`${connection} ${vlan}`);
    if (other !== undefined) block.refuse("vlan", `\`${other}\` has this VLAN on the same connection`);
    seen.set(`${connection} ${vlan}`, block.address);
    const path = paths.get(block.id);
    // 1500 where it is not said. Source: AWS, "MTUs for private virtual interfaces or transit virtual interfaces".
    const mtu = block.integer("mtu", 1500, 8500) ?? 1500;
    const port = { vlan, connection, mtu, object: block.address, ...(path === undefined ? {} : { path }) };
    channels.push(...session(block, gateway, port, new Set()));
    channels.push(...peers(reading, block, gateway, port, channels));
  }
  return channels;
}

interface Port {
  readonly vlan: number;
  readonly mtu: number;
  readonly connection: string;
  readonly object: string;
  readonly path?: string;
}

/** Peers beside the interface's own. AWS takes one of each family. */
function peers(
  reading: Reading,
  owner: Block,
  gateway: Gateway,
  port: Port,
  known: readonly ReadChannel[],
): readonly ReadChannel[] {
  const taken = new Set(
    known.flatMap(({ id, peer }) => (id.startsWith(`${owner.id}#`) && "family" in peer ? peer.family : [])),
  );
  return blocksOf(reading.modules, "aws_dx_bgp_peer")
    .filter((block) => reading.resolver.target(block, "virtual_interface_id", INTERFACE)?.key === owner.id)
    .flatMap((block) => session(block, gateway, port, taken));
}

function session(block: Block, gateway: Gateway, port: Port, taken: Set<Family>): readonly ReadChannel[] {
  const written = block.demand("address_family", "bgp_asn")
    ? block.word("address_family", ["ipv4", "ipv6"])
    : undefined;
  const remoteAsn = asnIn(block, "bgp_asn");
  if (written === undefined || remoteAsn === undefined) return [];
  const family: Family = written === "ipv4" ? 4 : 6;
  if (taken.has(family)) block.refuse("address_family", "AWS takes one peer of a family on an interface");
  taken.add(family);
  checkSecret(block, "bgp_auth_key");
  const owner = gateway.block.id;
  const id = `${port.object === block.address ? block.id : `${block.module.folder}/${port.object}`}#ipv${family}`;
  const announced = gateway.associations.flatMap(({ prefixes }) => prefixes.filter((one) => one.family === family));
  return [
    {
      id,
      table: owner,
      into: learnedId(owner),
      peer: {
        kind: "session",
        routing: "bgp",
        family,
        ...addressesOf(block, family),
        ...(gateway.asn === undefined ? {} : { localAsn: gateway.asn }),
        remoteAsn,
        ...port,
        // AWS makes a key where none is given, and runs BFD as soon as the router does.
        authenticated: true,
        bfd: true,
      },
      announces: PrefixSpace.ofPrefixes(announced),
      next: { kind: "session", channel: id },
      at: block.place,
    },
  ];
}

/** Addresses of both sides, which AWS takes only together. */
function addressesOf(block: Block, family: Family) {
  const [near, far] = [block.text("amazon_address"), block.text("customer_address")];
  if (near === undefined && far === undefined) return {};
  const [local, remote] = [parseWithLength(near ?? ""), parseWithLength(far ?? "")];
  const pair = local !== undefined && remote !== undefined && local.length === remote.length;
  if (!pair || local.address.family !== family || remote.address.family !== family) {
    block.refuse("amazon_address", `two IPv${family} addresses of one subnet are expected here`);
    return {};
  }
  return { local: local.address, remote: remote.address };
}

/** A key is a variable or absent: a file holds no secret. */
export function checkSecret(block: Block, attribute: string): void {
  const value = block.raw(attribute);
  const isVariable = typeof value === "string" && /^\$\{var\.[A-Za-z_][A-Za-z0-9_-]*\}$/.test(value);
  if (value !== undefined && !isVariable) block.refuse(attribute, "a secret stands in a file, or is not a variable");
}

function connectionOf(reading: Reading, block: Block): string | undefined {
  const target = reading.resolver.target(block, "connection_id", CONFIRMED, CONNECTION_ID);
  if (target?.block === undefined) return target?.key;
  return reading.resolver.target(target.block, "connection_id", [], CONNECTION_ID)?.key;
}

/** The paths of circuits by the interface that `direct_connect_interfaces` gives them. */
function interfacePaths(reading: Reading): ReadonlyMap<string, string> {
  return pathsWithin(reading, "direct_connect_interfaces", "virtual_interface_id", INTERFACE);
}

/** The paths of an output whose members are objects, by what one of their attributes names. */
export function pathsWithin(
  reading: Reading,
  output: string,
  member: string,
  wanted: readonly Wanted[],
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { path, module, values } of outputEntries(reading, output)) {
    for (const { value, at } of values) {
      const named = value instanceof Map ? value.get(member) : undefined;
      if (named === undefined) {
        reading.refusals.add(at.place, path, `\`${member}\` is missing`);
        continue;
      }
      const target = reading.resolver.follow(module, { value: named, at: at.at(member) }, wanted);
      if (target === undefined) continue;
      if (paths.has(target.key)) reading.refusals.add(at.place, path, "the same object has two paths");
      paths.set(target.key, path);
    }
  }
  return paths;
}
