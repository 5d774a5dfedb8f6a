/**
 * How blocks refer to the objects of a slice: by reference where the module creates them, by literal id where they
 * exist, by variable where another module holds them or nobody wrote the id.
 */
import type { CloudAttachment, RouteOrigin } from "../../compiler/design/design.js";
import type { DomainId, Network, Subnet } from "../../compiler/model/estate.js";
import { formatAddress, type Prefix } from "../../grammar/address.js";
import { manglePath } from "../shared/names.js";
import type { Expression, Text } from "../shared/terraform/values.js";
import type { Lowering, ModuleBuilder } from "./builder.js";
import { circuitAttachments, gatewayKey } from "./circuits.js";
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

/**
 * True where links of a segment need a table of their own at the hub: where the segment's table leads to a link, of this
 * segment or of one that it shares with, from which another link's packets must be kept. A hub passes no traffic from link
 * to link (language.md §7), and nothing filters between two links, so the table of links holds attached networks only.
 */
export function hasLinkTable(slice: CloudSlice, domain: DomainId): boolean {
  const own = new Set(
    attachmentKeys(
      slice,
      slice.circuits.filter(({ circuit }) => circuit.domain === domain),
    ),
  );
  const routes = slice.instances.filter((instance) => instance.domain === domain).flatMap(({ routes }) => routes);
  const circuits = new Set(routes.flatMap(({ origin }) => circuitOf(origin) ?? []));
  const led = attachmentKeys(
    slice,
    slice.circuits.filter(({ circuit }) => circuits.has(circuit.id)),
  );
  return own.size > 0 && new Set([...own, ...led]).size > 1;
}

/** One key for each circuit, one for all circuits of a Direct Connect gateway. */
function attachmentKeys(slice: CloudSlice, circuits: readonly AwsCircuit[]): readonly string[] {
  return circuits.flatMap((at) => (circuitAttachments(slice, at).length === 0 ? [] : [circuitKey(slice, at)]));
}

function circuitKey(slice: CloudSlice, { circuit }: AwsCircuit): string {
  return circuit.kind === "direct-connect" ? `dx ${gatewayKey(slice, circuit.domain)}` : circuit.id;
}

/** The circuit that a route leaves by, through whatever leaks. */
export function circuitOf(origin: RouteOrigin): string | undefined {
  if (origin.kind === "leak") return circuitOf(origin.origin);
  return origin.kind === "circuit" ? origin.circuit : undefined;
}

/** The key of the table that the links of a segment are associated with. */
export function linkTableKey(slice: CloudSlice, domain: DomainId): string {
  return hasLinkTable(slice, domain) ? `${tableKey(slice, domain)}--links` : tableKey(slice, domain);
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
