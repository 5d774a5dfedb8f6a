/** Transit gateways shared with other accounts: without the share no other account can attach anything. */
import type { Hub } from "./hubs.js";
import { blocksOf, type Module } from "./module.js";
import type { Reading } from "./reading.js";
import type { Wanted } from "./reference.js";

const SHARE: readonly Wanted[] = [["aws_ram_resource_share", "arn"]];
const HUB_ARN: readonly Wanted[] = [["aws_ec2_transit_gateway", "arn"]];
const LITERAL_ARN = /^arn:aws[a-z-]*:ec2:[a-z0-9-]+:[0-9]{12}:transit-gateway\/tgw-[0-9a-f]{8,17}$/;

/** Refuses whatever is shared that is no transit gateway: a shared subnet, for one, takes workloads of other accounts. */
export function checkShares(reading: Reading): void {
  for (const block of blocksOf(reading.modules, "aws_ram_resource_association"))
    reading.resolver.target(block, "resource_arn", HUB_ARN, LITERAL_ARN);
}

/** True where a share holds the hub and the account of a module. */
export function isShared(reading: Reading, hub: Hub, module: Module): boolean {
  const account = module.folder.slice(module.folder.indexOf("/") + 1);
  const shares = new Set(
    blocksOf(reading.modules, "aws_ram_principal_association")
      .filter((block) => block.text("principal") === account)
      .flatMap((block) => reading.resolver.target(block, "resource_share_arn", SHARE)?.key ?? []),
  );
  return blocksOf(reading.modules, "aws_ram_resource_association").some((block) => {
    const resource = reading.resolver.target(block, "resource_arn", HUB_ARN, LITERAL_ARN);
    const share = reading.resolver.target(block, "resource_share_arn", SHARE);
    if (resource === undefined || share === undefined || !shares.has(share.key)) return false;
    return resource.key === hub.key || resource.key.endsWith(`:transit-gateway/${hub.key}`);
  });
}
