/** Virtual WANs, hubs and the connections of networks to them. */
import { formatPrefix } from "../../grammar/address.js";
import { manglePath } from "../shared/names.js";
import { type BlockPlace, type Lowering, objectName, objectTags, originOf } from "./builder.js";
import { ref } from "./model.js";
import { defaultRouting, groupName, hubId, hubKey, hubModule, networkIdFor } from "./refs.js";
import type { CloudSlice, Hub } from "./slice.js";

/** Emits the hubs of a cloud, their virtual WANs and connections. */
export function lowerHubs(lowering: Lowering, slice: CloudSlice): void {
  for (const hub of slice.hubs) {
    if (slice.cloud.existing === undefined) {
      lowerWan(lowering, slice, hub);
      lowerHub(lowering, slice, hub);
    }
    lowerConnections(lowering, slice, hub);
    hubModule(lowering, slice).output(
      "virtual_hub_ids",
      "Id of the virtual hub of each segment at each cloud",
      `${slice.cloud.name}/${hub.domain}`,
      hubId(slice, hub),
    );
  }
}

/** One virtual WAN for each segment of a subscription, beside the hub that it was made with. */
function lowerWan(lowering: Lowering, slice: CloudSlice, hub: Hub): void {
  const home = lowering.slice.clouds.find(({ cloud }) => cloud.name === hub.home);
  const module = hubModule(lowering, slice);
  if (home === undefined || module.has("azurerm_virtual_wan", hub.domain)) return;
  const segment = lowering.slice.design.estate.segments.find(({ name }) => name === hub.domain);
  const origins = segment === undefined ? [originOf(slice.cloud)] : [originOf(segment)];
  const body = {
    name: objectName(lowering.settings, hub.domain),
    resource_group_name: groupName(lowering, module, home.cloud),
    location: home.region,
    type: "Standard",
    allow_branch_to_branch_traffic: false,
    disable_vpn_encryption: false,
    tags: objectTags(lowering, hub.domain, segment?.doc),
  } as const;
  const place: BlockPlace = { concern: "virtual-wan", origins, scope: hub.home };
  module.resource("azurerm_virtual_wan", hub.domain, body, place);
}

function lowerHub(lowering: Lowering, slice: CloudSlice, hub: Hub): void {
  const { cloud, region } = slice;
  if (hub.prefix === undefined) return;
  const module = hubModule(lowering, slice);
  const path = `${cloud.name}.${hub.domain}`;
  const body = {
    name: objectName(lowering.settings, path),
    resource_group_name: groupName(lowering, module, cloud),
    location: region,
    virtual_wan_id: ref("azurerm_virtual_wan", hub.domain, "id"),
    address_prefix: formatPrefix(hub.prefix),
    sku: "Standard",
    branch_to_branch_traffic_enabled: false,
    hub_routing_preference: routingPreference(hub),
    tags: objectTags(lowering, path, cloud.doc),
  } as const;
  const place: BlockPlace = { concern: "virtual-wan", origins: [originOf(cloud)], scope: cloud.name };
  module.resource("azurerm_virtual_hub", hubKey(slice, hub), body, place);
}

/**
 * A hub takes ExpressRoute before VPN unless it is told to go by the AS path, which is how the far ends of links say their
 * `preference`. Source: Microsoft, "Virtual hub routing preference".
 */
export function routingPreference({ circuits }: Hub): "ExpressRoute" | "ASPath" {
  const preferences = new Set(circuits.map(({ circuit }) => circuit.preference));
  const vpn = circuits.some(({ circuit }) => circuit.kind === "ipsec");
  return vpn && preferences.size > 1 ? "ASPath" : "ExpressRoute";
}

/** Each network is connected to the hub of its own segment, and to no other. */
function lowerConnections(lowering: Lowering, slice: CloudSlice, hub: Hub): void {
  const module = hubModule(lowering, slice);
  for (const attachment of hub.attachments) {
    const { network } = attachment;
    const placed = { cloud: slice, hub, attachment, network };
    const body = {
      name: objectName(lowering.settings, network.path),
      virtual_hub_id: hubId(slice, hub),
      remote_virtual_network_id: networkIdFor(lowering, placed, module),
      internet_security_enabled: false,
      routing: defaultRouting(slice, hub),
    } as const;
    const place: BlockPlace = { concern: "virtual-wan", origins: [originOf(network)], scope: hubKey(slice, hub) };
    module.resource("azurerm_virtual_hub_connection", manglePath(network.path), body, place);
  }
}
