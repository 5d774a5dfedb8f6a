/** Virtual networks, subnets and their route tables. */
import type { Subnet } from "../../compiler/model/estate.js";
import { comparePrefixes, formatPrefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import { manglePath } from "../shared/names.js";
import type { Text } from "../shared/terraform/values.js";
import { type BlockPlace, type Lowering, type ModuleBuilder, objectName, objectTags, originOf } from "./builder.js";
import { parseId } from "./ids.js";
import { ref } from "./model.js";
import { groupName, type NetworkRef, networkModule, networkName, networkRef, subnetId } from "./refs.js";
import { type Placed, placedNetworks } from "./slice.js";

/** One network with what its blocks need. */
interface Work {
  readonly lowering: Lowering;
  readonly placed: Placed;
  readonly module: ModuleBuilder;
  readonly place: BlockPlace;
  readonly names: NetworkRef;
}

/** Emits every network of the slice. */
export function lowerNetworks(lowering: Lowering): void {
  for (const placed of placedNetworks(lowering.slice)) {
    const { network } = placed;
    const module = networkModule(lowering, placed);
    const place: BlockPlace = { concern: "network", origins: [originOf(network)], scope: placed.cloud.cloud.name };
    const work: Work = { lowering, placed, module, place, names: networkRef(lowering, placed) };
    if (network.existing === undefined) lowerNetwork(work);
    else remarkExisting(work, network.existing.span);
    for (const subnet of network.subnets) if (subnet.existing === undefined) lowerSubnet(work, subnet);
    lowerRouteTable(work);
    lowerExistingTables(work);
    module.output("virtual_network_ids", "Id of the virtual network of each network", network.path, work.names.id);
    for (const subnet of network.subnets) {
      module.output("subnet_ids", "Id of each subnet, for workloads", subnet.path, subnetId(subnet));
    }
  }
}

/** A network that exists is somebody else's: what of it the estate does not name may be open, and is on the same routes. */
function remarkExisting({ lowering, placed }: Work, span: Span): void {
  const { path } = placed.network;
  const text = `\`${path}\` exists: subnets of it that the estate does not name keep their own security groups and routes`;
  lowering.remarks.push({ kind: "not-served", target: "azure", subject: path, text, sources: [span] });
}

function lowerNetwork({ lowering, placed, module, place }: Work): void {
  const { network, cloud } = placed;
  const prefixes = network.cidrs.map(({ value }) => value).sort(comparePrefixes);
  const body = {
    name: networkName(lowering, network),
    resource_group_name: groupName(lowering, module, cloud.cloud),
    location: cloud.region,
    address_space: prefixes.map(formatPrefix),
    tags: objectTags(lowering, network.path, network.doc),
  };
  module.resource("azurerm_virtual_network", manglePath(network.path), body, place);
}

/** A subnet without a way to the Internet of its own, whose private endpoints are under its security group too. */
function lowerSubnet({ module, place, placed, names }: Work, subnet: Subnet): void {
  const body = {
    name: subnet.name,
    resource_group_name: names.group,
    virtual_network_name: names.name,
    address_prefixes: subnet.cidrs.map(({ value }) => formatPrefix(value)),
    default_outbound_access_enabled: false,
    private_endpoint_network_policies: "Enabled",
  } as const;
  const at: BlockPlace = { ...place, origins: [originOf(subnet)], scope: placed.network.path };
  module.resource("azurerm_subnet", manglePath(subnet.path), body, at);
}

/** What the implicit route to the Internet becomes: there is no way out in this edition. */
const noDefault = { address_prefix: "0.0.0.0/0", next_hop_type: "None" } as const;

/**
 * One route table for the subnets that we make. The hub's and peers' routes come by themselves and are longer; all that it
 * holds is that everything else goes nowhere, since a subnet has a system route to the Internet otherwise.
 */
function lowerRouteTable({ lowering, placed, module, place }: Work): void {
  const { network, cloud } = placed;
  const own = network.subnets.filter(({ existing }) => existing === undefined);
  if (own.length === 0) return;
  const key = manglePath(network.path);
  const body = {
    name: objectName(lowering.settings, network.path),
    resource_group_name: groupName(lowering, module, cloud.cloud),
    location: cloud.region,
    bgp_route_propagation_enabled: true,
    tags: objectTags(lowering, network.path, network.doc),
  } as const;
  module.resource("azurerm_route_table", key, body, place);
  const route_table_name = ref("azurerm_route_table", key, "name");
  const route = { name: "no-default", resource_group_name: body.resource_group_name, route_table_name, ...noDefault };
  module.resource("azurerm_route", key, route, { ...place, scope: `table ${network.path}` });
  for (const subnet of own) {
    const association = { subnet_id: subnetId(subnet), route_table_id: ref("azurerm_route_table", key, "id") };
    const at: BlockPlace = { ...place, origins: [originOf(subnet)] };
    module.resource("azurerm_subnet_route_table_association", manglePath(subnet.path), association, at);
  }
}

/** The table of an existing subnet, where it is named, gets our one route. Each table counts once. */
function lowerExistingTables({ placed, module, place }: Work): void {
  const seen = new Set<Text>();
  for (const subnet of placed.network.subnets) {
    const written = subnet.existing === undefined ? undefined : subnet.routeTable;
    const id = written === undefined ? undefined : parseId("table", written.value);
    if (written === undefined || id === undefined || seen.has(written.value)) continue;
    seen.add(written.value);
    const route = {
      name: "demarc-no-default",
      resource_group_name: id.group,
      route_table_name: id.names[0] ?? "",
      ...noDefault,
    };
    const at: BlockPlace = {
      ...place,
      origins: [{ id: subnet.path, span: written.span }],
      scope: `table ${written.value}`,
    };
    module.resource("azurerm_route", `existing--${manglePath(subnet.path)}`, route, at);
  }
}
