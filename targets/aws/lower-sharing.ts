/**
 * A hub shared with the accounts of networks that lie elsewhere: a resource share in the hub's module, an accepter for
 * each attachment. The attachment itself stands in the module of the network, so its id comes back as a variable.
 */
import type { CloudAttachment } from "../../compiler/design/design.js";
import { compareCodePoints } from "../../grammar/source.js";
import { manglePath } from "../shared/names.js";
import type { Text } from "../shared/terraform/values.js";
import { type BlockPlace, displayName, type Lowering, objectTags, originOf } from "./builder.js";
import { ref } from "./model.js";
import { hubModule, isForeign, networkModule } from "./refs.js";
import { type CloudSlice, networkFolder } from "./slice.js";

/** Emits what the hub's account does for networks of other accounts. */
export function lowerSharedHub(lowering: Lowering, slice: CloudSlice): void {
  const foreign = slice.attachments.filter((attachment) => isForeign(slice, attachment));
  if (foreign.length === 0) return;
  lowerShare(lowering, slice, foreign);
  for (const attachment of foreign) lowerAccepter(lowering, slice, attachment);
}

function lowerShare(lowering: Lowering, slice: CloudSlice, foreign: readonly CloudAttachment[]): void {
  const module = hubModule(lowering, slice);
  const { cloud } = slice;
  const place: BlockPlace = { concern: "transit-gateway", region: slice.region, origins: [originOf(cloud)] };
  const name = displayName(lowering.settings, cloud.name);
  const tags = objectTags(lowering.settings, cloud.name);
  const share = { name, allow_external_principals: false, tags };
  module.resource({ type: "aws_ram_resource_share", body: share }, cloud.name, place);
  const resource_share_arn = ref("aws_ram_resource_share", cloud.name, "arn");
  const association = { resource_arn: hubArn(slice), resource_share_arn };
  module.resource({ type: "aws_ram_resource_association", body: association }, cloud.name, place);
  const accounts = new Set(foreign.map((attachment) => networkFolder(cloud, attachment)));
  for (const principal of [...accounts].sort(compareCodePoints)) {
    const members = foreign.filter((attachment) => networkFolder(cloud, attachment) === principal);
    const origins = members.map(({ network }) => originOf(network));
    const body = { principal, resource_share_arn };
    module.resource({ type: "aws_ram_principal_association", body }, `${cloud.name}--${principal}`, {
      ...place,
      origins,
    });
  }
}

/** The ARN of the hub; of an existing one it follows from its id and account. */
function hubArn(slice: CloudSlice): Text {
  const { cloud, region } = slice;
  if (cloud.existing === undefined) return ref("aws_ec2_transit_gateway", cloud.name, "arn");
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:ec2:${region}:${slice.folder}:transit-gateway/${cloud.existing.value}`;
}

function lowerAccepter(lowering: Lowering, slice: CloudSlice, attachment: CloudAttachment): void {
  const module = hubModule(lowering, slice);
  const { network } = attachment;
  const key = manglePath(network.path);
  const folder = networkFolder(slice.cloud, attachment);
  const origins = [originOf(network)];
  const id = module.variable({
    name: `attachment_${key}`,
    description: `Id of the attachment of ${network.path}: output vpc_attachment_ids of module aws/${folder}`,
    sensitive: false,
    origins,
  });
  const body = {
    transit_gateway_attachment_id: id,
    transit_gateway_default_route_table_association: false,
    transit_gateway_default_route_table_propagation: false,
    tags: objectTags(lowering.settings, network.path),
  } as const;
  const place: BlockPlace = { concern: "transit-gateway", region: slice.region, origins };
  module.resource({ type: "aws_ec2_transit_gateway_vpc_attachment_accepter", body }, key, place);
  networkModule(lowering, slice, attachment).output(
    "vpc_attachment_ids",
    "Id of the transit gateway attachment of each network whose hub is in another account",
    network.path,
    ref("aws_ec2_transit_gateway_vpc_attachment", key, "id"),
  );
}
