/** Flow logs of the VPCs and the hub, where the cloud names a destination. */
import { manglePath } from "../shared/names.js";
import type { Text } from "../shared/terraform/values.js";
import { type BlockPlace, type Lowering, type ModuleBuilder, objectTags, originOf } from "./builder.js";
import { awsDiagnostics } from "./catalogue.js";
import { hubId, hubModule, networkModule, vpcId } from "./refs.js";
import type { CloudSlice } from "./slice.js";

type DestinationType = "cloud-watch-logs" | "s3" | "kinesis-data-firehose";

/** Kinds of destinations by the service in their ARN. Source: Amazon VPC User Guide, "Publish flow logs". */
const destinations: ReadonlyMap<string, DestinationType> = new Map([
  ["logs", "cloud-watch-logs"],
  ["s3", "s3"],
  ["firehose", "kinesis-data-firehose"],
]);

/** Seconds that a record aggregates; a transit gateway takes no other value. */
const AGGREGATION = 60;

/** Emits the flow logs of a cloud, or remarks that rules with `log` have none. */
export function lowerLogs(lowering: Lowering, slice: CloudSlice): void {
  const written = slice.cloud.flowLogs;
  if (written === undefined) {
    remarkUnlogged(lowering, slice);
    return;
  }
  const kind = destinations.get(/^arn:aws[a-z-]*:([a-z0-9-]+):/.exec(written.value)?.[1] ?? "");
  if (kind === undefined) {
    const params = { destination: written.value };
    lowering.diagnostics.report(awsDiagnostics["aws-flow-log-destination"], params, written.span);
    return;
  }
  const origins = [{ id: slice.cloud.path, span: written.span }];
  const hub = hubModule(lowering, slice);
  const common = (module: ModuleBuilder) => ({
    log_destination: written.value,
    log_destination_type: kind,
    max_aggregation_interval: AGGREGATION,
    ...(kind === "cloud-watch-logs" ? { iam_role_arn: roleVariable(module, slice) } : {}),
  });
  for (const attachment of slice.attachments) {
    const { network } = attachment;
    if (network.existing !== undefined) continue;
    const module = networkModule(lowering, slice, attachment);
    const tags = objectTags(lowering.settings, network.path);
    const body = { ...common(module), traffic_type: "ALL" as const, vpc_id: vpcId(network), tags };
    const place: BlockPlace = { concern: "network", region: slice.region, origins: [originOf(network), ...origins] };
    module.resource({ type: "aws_flow_log", body }, `vpc--${manglePath(network.path)}`, place);
  }
  const tags = objectTags(lowering.settings, slice.cloud.name);
  const body = { ...common(hub), transit_gateway_id: hubId(slice), tags };
  const place: BlockPlace = { concern: "transit-gateway", region: slice.region, origins };
  hub.resource({ type: "aws_flow_log", body }, `hub--${slice.cloud.name}`, place);
}

/** CloudWatch takes flow logs by a role only; its ARN is asked for. */
function roleVariable(module: ModuleBuilder, slice: CloudSlice): Text {
  return module.variable({
    name: `flow_log_role_${slice.cloud.name}`,
    description: `ARN of the IAM role by which flow logs of ${slice.cloud.name} are written`,
    sensitive: false,
    origins: [originOf(slice.cloud)],
  });
}

/** AWS logs per VPC, never per rule: a `log` at a cloud without flow logs logs nothing. */
function remarkUnlogged(lowering: Lowering, slice: CloudSlice): void {
  const networks = new Set(slice.attachments.map(({ id }) => id));
  const unlogged = new Map<string, string>();
  for (const point of lowering.slice.points.values()) {
    if (point.attachment.kind !== "subnet" || !networks.has(point.attachment.network)) continue;
    for (const entry of point.entries) if (entry.log) unlogged.set(entry.rule, slice.cloud.name);
  }
  for (const rule of [...unlogged.keys()].sort()) {
    const record = lowering.slice.design.rules.get(rule);
    lowering.remarks.push({
      kind: "not-served",
      target: "aws",
      subject: rule,
      text: `\`log\`: nothing is logged at \`${slice.cloud.name}\`, which has no \`flow-logs\``,
      sources: record === undefined ? [] : [record.span],
    });
  }
}
