/**
 * How blocks refer to the objects of a slice: by reference where the module makes them, by literal id where they exist or
 * another module makes them.
 */
import type { AzureCloud, Network, Subnet } from "../../compiler/model/estate.js";
import { manglePath } from "../shared/names.js";
import type { Text } from "../shared/terraform/values.js";
import { type Lowering, type ModuleBuilder, objectName, objectTags, originOf } from "./builder.js";
import { networkId, parseId } from "./ids.js";
import { ref } from "./model.js";
import type { Routing } from "./resources.js";
import { type CloudSlice, type Hub, networkFolder, type Placed } from "./slice.js";

/** The module of a cloud's hubs and of the virtual WANs that lie there. */
export function hubModule(lowering: Lowering, { folder, cloud }: CloudSlice): ModuleBuilder {
  return lowering.modules.module(folder, cloud.account?.value);
}

/** The module of a network. */
export function networkModule(lowering: Lowering, { cloud, network }: Placed): ModuleBuilder {
  const subscription = network.account?.value ?? cloud.cloud.account?.value;
  return lowering.modules.module(networkFolder(cloud.cloud, network), subscription);
}

/** The name of a cloud's resource group: the written one, which exists, else one that each module makes. */
export function groupText(lowering: Lowering, cloud: AzureCloud): string {
  return cloud.resourceGroup?.value ?? objectName(lowering.settings, cloud.name);
}

/** The resource group of a cloud as blocks of a module name it; the first to ask makes it. */
export function groupName(lowering: Lowering, module: ModuleBuilder, cloud: AzureCloud): Text {
  const name = groupText(lowering, cloud);
  if (cloud.resourceGroup !== undefined) return name;
  if (!module.has("azurerm_resource_group", cloud.name)) {
    const body = { name, location: cloud.region.value, tags: objectTags(lowering, cloud.path, cloud.doc) };
    module.resource("azurerm_resource_group", cloud.name, body, { concern: "virtual-wan", origins: [originOf(cloud)] });
  }
  return ref("azurerm_resource_group", cloud.name, "name");
}

/** The key of a segment's hub at a cloud. */
export function hubKey({ cloud }: CloudSlice, { domain }: Hub): string {
  return manglePath(`${cloud.name}.${domain}`);
}

/** The id of a hub inside its module. */
export function hubId(slice: CloudSlice, hub: Hub): Text {
  return slice.cloud.existing?.value ?? ref("azurerm_virtual_hub", hubKey(slice, hub), "id");
}

/** The default route table of a hub: the only one that is used, because a segment has a virtual WAN of its own. */
export function hubTable(slice: CloudSlice, hub: Hub): Text {
  const { existing } = slice.cloud;
  if (existing !== undefined) return `${existing.value}/hubRouteTables/defaultRouteTable`;
  return ref("azurerm_virtual_hub", hubKey(slice, hub), "default_route_table_id");
}

/** Association with the default table and propagation to those of all hubs of the segment, and to no other. */
export function defaultRouting(slice: CloudSlice, hub: Hub): readonly [Routing] {
  const table = hubTable(slice, hub);
  return [
    {
      associated_route_table_id: table,
      propagated_route_table: [{ labels: ["default"], route_table_ids: [table] }],
    },
  ];
}

/** A virtual network as blocks of its own module name it. */
export interface NetworkRef {
  readonly id: Text;
  readonly name: Text;
  readonly group: Text;
}

/** How the module of a network names it. */
export function networkRef(lowering: Lowering, placed: Placed): NetworkRef {
  const { network, cloud } = placed;
  const written = network.existing === undefined ? undefined : parseId("network", network.existing.value);
  if (written !== undefined && network.existing !== undefined) {
    return { id: network.existing.value, name: written.names[0] ?? "", group: written.group };
  }
  const key = manglePath(network.path);
  return {
    id: ref("azurerm_virtual_network", key, "id"),
    name: ref("azurerm_virtual_network", key, "name"),
    group: groupName(lowering, networkModule(lowering, placed), cloud.cloud),
  };
}

/** The id of a virtual network as another module, or its own, names it. */
export function networkIdFor(lowering: Lowering, placed: Placed, module: ModuleBuilder): Text {
  const { network, cloud } = placed;
  const subscription = network.account?.value ?? cloud.cloud.account?.value;
  if (networkModule(lowering, placed) === module || network.existing !== undefined || subscription === undefined) {
    return networkRef(lowering, placed).id;
  }
  return networkId(subscription, groupText(lowering, cloud.cloud), networkName(lowering, network));
}

/** The name of a virtual network that we make. */
export function networkName(lowering: Lowering, network: Network): string {
  return objectName(lowering.settings, network.path);
}

/** The id of a subnet inside its module. */
export function subnetId(subnet: Subnet): Text {
  return subnet.existing?.value ?? ref("azurerm_subnet", manglePath(subnet.path), "id");
}
