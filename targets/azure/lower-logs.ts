/** Flow logs of the virtual networks, where the cloud names a storage account. */
import { manglePath } from "../shared/names.js";
import { type BlockPlace, type Lowering, objectName, objectTags, originOf } from "./builder.js";
import { networkModule, networkRef } from "./refs.js";
import { type CloudSlice, placedNetworks } from "./slice.js";

/** Where Azure makes the network watcher of a region by itself. Source: Microsoft, "Create, change, or delete an Azure Network Watcher". */
const WATCHER_GROUP = "NetworkWatcherRG";

/** Emits the flow logs of a cloud, or remarks that rules with `log` have none. */
export function lowerLogs(lowering: Lowering, slice: CloudSlice): void {
  const written = slice.cloud.flowLogs;
  if (written === undefined) {
    remarkUnlogged(lowering, slice);
    return;
  }
  for (const placed of placedNetworks({ clouds: [slice] })) {
    const { network } = placed;
    const module = networkModule(lowering, placed);
    const body = {
      name: objectName(lowering.settings, network.path),
      network_watcher_name: `NetworkWatcher_${slice.region}`,
      resource_group_name: WATCHER_GROUP,
      location: slice.region,
      target_resource_id: networkRef(lowering, placed).id,
      storage_account_id: written.value,
      enabled: true,
      version: 2,
      retention_policy: [{ enabled: false, days: 0 }],
      tags: objectTags(lowering, network.path),
    } as const;
    const origins = [originOf(network), { id: slice.cloud.path, span: written.span }];
    const place: BlockPlace = { concern: "network", origins, scope: `watcher ${slice.region}` };
    module.resource("azurerm_network_watcher_flow_log", manglePath(network.path), body, place);
  }
}

/** Azure logs per network, never per rule: a `log` at a cloud without flow logs logs nothing. */
function remarkUnlogged(lowering: Lowering, slice: CloudSlice): void {
  const unlogged = new Set<string>();
  for (const point of lowering.slice.points.values()) {
    if (point.place.name !== slice.cloud.name) continue;
    for (const entry of point.entries) if (entry.log) unlogged.add(entry.rule);
  }
  for (const rule of [...unlogged].sort()) {
    const record = lowering.slice.design.rules.get(rule);
    lowering.remarks.push({
      kind: "not-served",
      target: "azure",
      subject: rule,
      text: `\`log\`: nothing is logged at \`${slice.cloud.name}\`, which has no \`flow-logs\``,
      sources: record === undefined ? [] : [record.span],
    });
  }
}
