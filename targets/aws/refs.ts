/**
 * How blocks refer to the objects of a slice: by reference where the module creates them, by literal id where they
 * exist, by variable where another module holds them or nobody wrote the id.
 */
import type { CloudAttachment } from "../../compiler/design/design.js";
import type { DomainId, Network, Subnet } from "../../compiler/model/estate.js";
import { formatAddress, type Prefix } from "../../grammar/address.js";
import { manglePath } from "../shared/names.js";
import type { Expression, Text } from "../shared/terraform/values.js";
import type { Lowering, ModuleBuilder } from "./builder.js";
import { type LinkTable, linkTableOf } from "./link-tables.js";
import { ref } from "./model.js";
import { type AwsCircuit, type CloudSlice, networkFolder } from "./slice.js";

/** The module of a cloud's hub. */
export function hubModule(lowering: Lowering, slice: CloudSlice): ModuleBuilder {
  return lowering.modules.module(slice.folder, slice.cloud.account?.value);
}

/** The module of a network. */
export function networkModule(lowering: Lowering, slice: CloudSlice, attachment: CloudAttachment): ModuleBuilder {
  const account = attachment.network.account?.value ?? slice.cloud.account?.value;
  return lowering.modules.module(networkFolder(slice.cloud, attachment), account);
}

/** True where a network lies in another account than its hub, which is then shared with it. */
export function isForeign(slice: CloudSlice, attachment: CloudAttachment): boolean {
  return networkFolder(slice.cloud, attachment) !== slice.folder;
}

/** The id of the transit gateway inside the hub's module. */
export function hubId(slice: CloudSlice): Text {
  return slice.cloud.existing?.value ?? ref("aws_ec2_transit_gateway", slice.cloud.name, "id");
}

/** The id of the transit gateway inside the module of a network. */
export function hubIdFor(lowering: Lowering, slice: CloudSlice, attachment: CloudAttachment): Text {
  if (!isForeign(slice, attachment) || slice.cloud.existing !== undefined) return hubId(slice);
  return networkModule(lowering, slice, attachment).variable({
    name: `transit_gateway_${slice.cloud.name}`,
    description: `Id of the transit gateway ${slice.cloud.name}: output transit_gateway_ids of module aws/${slice.folder}`,
    sensitive: false,
    origins: [{ id: attachment.id, span: attachment.network.span }],
  });
}

/** The key of a segment's route table at a hub. */
export function tableKey(slice: CloudSlice, domain: DomainId): string {
  return manglePath(`${slice.cloud.name}.${domain}`);
}

/** The id of a route table inside the hub's module. */
export function tableId(key: string): Expression {
  return ref("aws_ec2_transit_gateway_route_table", key, "id");
}

/** The key of a table for links of a segment. */
export function linkTableKey(slice: CloudSlice, domain: DomainId, table: LinkTable): string {
  return manglePath(`${slice.cloud.name}.${domain}.${table.name}`);
}

/** The key of the table that a circuit is associated with. */
export function circuitTableKey(slice: CloudSlice, at: AwsCircuit): string {
  const { domain } = at.circuit;
  const table = linkTableOf(slice, at);
  return table === undefined ? tableKey(slice, domain) : linkTableKey(slice, domain, table);
}

/** The id of a network's attachment inside the hub's module. */
export function attachmentId(slice: CloudSlice, attachment: CloudAttachment): Expression {
  const key = manglePath(attachment.id);
  return isForeign(slice, attachment)
    ? ref("aws_ec2_transit_gateway_vpc_attachment_accepter", key, "transit_gateway_attachment_id")
    : ref("aws_ec2_transit_gateway_vpc_attachment", key, "id");
}

/** The id of the VPC of a network. */
export function vpcId(network: Network): Text {
  return network.existing?.value ?? ref("aws_vpc", manglePath(network.path), "id");
}

/** The id of a subnet. */
export function subnetId(subnet: Subnet): Text {
  return subnet.existing?.value ?? ref("aws_subnet", manglePath(subnet.path), "id");
}

/** A prefix as part of a block's key: `10-20-0-0-16`, `2001_db8__-32`; no two prefixes have one. */
export function prefixKey(prefix: Prefix): string {
  return `${formatAddress(prefix).replaceAll(".", "-").replaceAll(":", "_")}-${prefix.length}`;
}
