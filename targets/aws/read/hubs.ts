/** Transit gateways and their attachments: VPCs, Direct Connect gateways and VPN connections. */
import type {
  ArtefactPlace,
  ReadChannel,
  ReadNext,
  ReadRoute,
  ReadTable,
} from "../../../compiler/validate/readback.js";
import type { Family } from "../../../grammar/address.js";
import type { Block } from "./block.js";
import { blocksOf, type Module } from "./module.js";
import { type Networks, SUBNET, SUBNET_ID, VPC, VPC_ID, type Vpc } from "./networks.js";
import { Names } from "./outputs.js";
import type { Reading } from "./reading.js";
import type { Target, Wanted } from "./reference.js";
import { isShared } from "./sharing.js";

/** A transit gateway. */
export interface Hub {
  readonly key: string;
  /** Id of the device that it is. */
  readonly id: string;
  /** The module that holds its tables. */
  readonly module: Module;
  readonly block?: Block;
  readonly place?: string;
  readonly region: string;
  readonly asn?: number;
  /** Whether an attachment lands in the default table of itself; undefined where the hub exists. */
  readonly associates?: boolean;
  readonly propagates?: boolean;
  readonly accepts: boolean;
  readonly at: ArtefactPlace;
}

/** A route table of a transit gateway, growing as routes are read. */
export interface HubTable {
  readonly key: string;
  readonly hub: Hub;
  readonly routes: ReadRoute[];
  /** Prefixes that `routes` has, as text. */
  readonly taken: Set<string>;
  readonly opaque: NonNullable<ReadTable["opaque"]>[number][];
  readonly channels: ReadChannel[];
  readonly name: string;
  readonly at: ArtefactPlace;
}

/** What hangs on a transit gateway. */
export interface Attachment {
  /** The same for every reference to it. */
  readonly key: string;
  readonly kind: "vpc" | "dx" | "vpn";
  readonly hub: Hub;
  readonly block: Block;
  /** Families that pass. */
  readonly families: readonly Family[];
  /** False where it waits for somebody to accept it. */
  readonly up: boolean;
  /** Whether it takes part in the default tables of the hub, where the hub has any. */
  readonly associates: boolean;
  readonly propagates: boolean;
  readonly vpc?: Vpc;
  /** The table that holds what a link has heard. */
  readonly learned: string;
  /** Subnets that a VPC is attached by. */
  readonly subnets: readonly Target[];
  /** The table that its packets are looked up in, once associations are read. */
  table?: HubTable;
}

/** How a reference names a transit gateway. */
export const HUB: readonly Wanted[] = [["aws_ec2_transit_gateway", "id"]];
/** The provider's id of a transit gateway. */
export const HUB_ID = /^tgw-[0-9a-f]{8,17}$/;
const ACCEPTER = "aws_ec2_transit_gateway_vpc_attachment_accepter";
/** How a reference names an attachment. */
export const ATTACHMENT: readonly Wanted[] = [
  ["aws_ec2_transit_gateway_vpc_attachment", "id"],
  [ACCEPTER, "id"],
  [ACCEPTER, "transit_gateway_attachment_id"],
  ["data.aws_ec2_transit_gateway_dx_gateway_attachment", "id"],
  ["aws_vpn_connection", "transit_gateway_attachment_id"],
];
const VPC_ATTACHMENT: readonly Wanted[] = ATTACHMENT.slice(0, 1);
const SWITCH = ["enable", "disable"] as const;
/** The ASN of a transit gateway that names none. Source: Amazon VPC, Transit Gateways, "Create a transit gateway". */
const DEFAULT_ASN = 64512;

/** Reads the transit gateways: those that modules make, and existing ones that have tables in a module. */
export function readHubs(reading: Reading): ReadonlyMap<string, Hub> {
  const hubs = new Map<string, Hub>();
  const names = new Names(reading, "transit_gateway_ids", HUB, HUB_ID);
  for (const block of blocksOf(reading.modules, "aws_ec2_transit_gateway")) {
    const place = names.pathOf(block.id);
    hubs.set(block.id, {
      key: block.id,
      id: `${block.module.folder}/${place ?? block.name}`,
      module: block.module,
      block,
      ...(place === undefined ? {} : { place }),
      region: block.region ?? "",
      asn: block.integer("amazon_side_asn", 1, 4_294_967_294) ?? DEFAULT_ASN,
      associates: block.word("default_route_table_association", SWITCH, "enable") === "enable",
      propagates: block.word("default_route_table_propagation", SWITCH, "enable") === "enable",
      accepts: block.word("auto_accept_shared_attachments", SWITCH, "disable") === "enable",
      at: block.place,
    });
  }
  for (const block of blocksOf(reading.modules, "aws_ec2_transit_gateway_route_table")) {
    const target = reading.resolver.target(block, "transit_gateway_id", HUB, HUB_ID);
    if (target === undefined || hubs.has(target.key)) continue;
    const place = names.pathOf(target.key);
    hubs.set(target.key, {
      key: target.key,
      id: `${block.module.folder}/${place ?? target.key.split("/").pop()}`,
      module: block.module,
      ...(place === undefined ? {} : { place }),
      region: block.region ?? "",
      accepts: false,
      at: target.at,
    });
    const text = `the transit gateway ${target.key} exists: its default table leads nothing of ours anywhere`;
    reading.assume(`${target.key}/existing`, text, target.at);
  }
  return hubs;
}

/** The hub that an attribute names; refused where no module holds it or its tables. */
export function hubOf(
  reading: Reading,
  hubs: ReadonlyMap<string, Hub>,
  block: Block,
  attribute: string,
): Hub | undefined {
  const target = reading.resolver.target(block, attribute, HUB, HUB_ID);
  if (target === undefined) return undefined;
  return hubs.get(target.key) ?? block.refuse(attribute, "no module holds a table of this transit gateway");
}

/** Reads every attachment, keyed as references lead to it. */
export function readAttachments(
  reading: Reading,
  networks: Networks,
  hubs: ReadonlyMap<string, Hub>,
): ReadonlyMap<string, Attachment> {
  const out = new Map<string, Attachment>();
  const accepters = readAccepters(reading);
  for (const block of blocksOf(reading.modules, "aws_ec2_transit_gateway_vpc_attachment")) {
    const attachment = vpcAttachment(reading, networks, hubs, block, accepters.get(block.id));
    if (attachment === undefined) continue;
    const twin = [...out.values()].find(({ hub, vpc }) => hub === attachment.hub && vpc === attachment.vpc);
    if (twin !== undefined) block.refuse("vpc_id", "AWS attaches a VPC to a transit gateway once");
    out.set(block.id, attachment);
  }
  for (const accepter of accepters.values()) {
    const own = reading.resolver.target(accepter, "transit_gateway_attachment_id", VPC_ATTACHMENT);
    const attachment = own === undefined ? undefined : out.get(own.key);
    if (attachment !== undefined) out.set(accepter.id, attachment);
  }
  for (const block of blocksOf(reading.modules, "aws_vpn_connection")) {
    const hub = hubOf(reading, hubs, block, "transit_gateway_id");
    const six = block.raw("tunnel_inside_ip_version") === "ipv6";
    if (hub !== undefined) out.set(block.id, hybrid("vpn", hub, block, six ? [6] : [4], learnedId(block.id)));
  }
  return out;
}

/** An attachment of a link: it lands in the default tables wherever the hub has them. */
export function hybrid(
  kind: "dx" | "vpn",
  hub: Hub,
  block: Block,
  families: readonly Family[],
  learned: string,
): Attachment {
  return {
    key: block.id,
    kind,
    hub,
    block,
    families,
    up: true,
    associates: true,
    propagates: true,
    learned,
    subnets: [],
  };
}

function readAccepters(reading: Reading): ReadonlyMap<string, Block> {
  const out = new Map<string, Block>();
  for (const block of blocksOf(reading.modules, ACCEPTER)) {
    const target = reading.resolver.target(block, "transit_gateway_attachment_id", VPC_ATTACHMENT);
    if (target === undefined) continue;
    if (out.has(target.key)) block.refuse("transit_gateway_attachment_id", "this attachment is accepted twice");
    out.set(target.key, block);
  }
  return out;
}

function vpcAttachment(
  reading: Reading,
  networks: Networks,
  hubs: ReadonlyMap<string, Hub>,
  block: Block,
  accepter: Block | undefined,
): Attachment | undefined {
  const hub = hubOf(reading, hubs, block, "transit_gateway_id");
  const vpc = networks.vpcs.get(reading.resolver.target(block, "vpc_id", VPC, VPC_ID)?.key ?? "");
  const subnets = reading.resolver.targets(block, "subnet_ids", SUBNET, SUBNET_ID);
  const six = block.word("ipv6_support", SWITCH, "disable") === "enable";
  if (hub === undefined || vpc === undefined) return undefined;
  if (subnets.length === 0) return block.refuse(undefined, "an attachment needs a subnet");
  checkSubnets(reading, networks, vpc, subnets);
  const own = hub.module === block.module;
  const asked = (attribute: string): boolean => {
    const flag = accepter !== undefined && !block.has(attribute) ? accepter.flag(attribute, true) : undefined;
    return flag ?? block.flag(attribute, true) ?? true;
  };
  return {
    key: block.id,
    kind: "vpc",
    hub,
    block,
    families: six ? [4, 6] : [4],
    up: own || ((accepter !== undefined || hub.accepts) && isShared(reading, hub, block.module)),
    associates: asked("transit_gateway_default_route_table_association"),
    propagates: asked("transit_gateway_default_route_table_propagation"),
    vpc,
    learned: learnedId(block.id),
    subnets,
  };
}

/** A VPC is attached by its own subnets, one in a zone. Source: Amazon VPC, Transit Gateways, "VPC attachments". */
function checkSubnets(reading: Reading, networks: Networks, vpc: Vpc, subnets: readonly Target[]): void {
  const zones = new Set<string>();
  for (const target of subnets) {
    const subnet = networks.subnets.get(target.key);
    if (subnet === undefined) {
      reading.refusals.add(target.at, target.key, "nothing says which subnet this is");
      continue;
    }
    if (subnet.vpc !== vpc) reading.refusals.add(target.at, target.key, "this is a subnet of another VPC");
    const zone = subnet.zone ?? subnet.key;
    if (zones.has(zone)) reading.refusals.add(target.at, target.key, "AWS takes one subnet of a zone");
    zones.add(zone);
  }
}

/** Where packets that leave by an attachment go; none where it does not carry the family. */
export function nextOf(attachment: Attachment, family: Family): readonly ReadNext[] {
  if (!attachment.up || !attachment.families.includes(family)) return [{ kind: "discard" }];
  if (attachment.vpc !== undefined) return [{ kind: "attached", to: attachment.vpc.id }];
  return [1, 2].map((tunnel) => ({ kind: "session", channel: tunnelId(attachment.block, tunnel) }));
}

/** The id of a tunnel's channel. */
export function tunnelId(block: Block, tunnel: number): string {
  return `${block.id}#tunnel${tunnel}`;
}

/** The id of the table that holds what an attachment or a gateway has heard. */
export function learnedId(id: string): string {
  return `${id}#learned`;
}
