/** ExpressRoute: a gateway in each hub that has circuits, and one connection for each existing circuit. */
import type { Expression } from "../shared/terraform/values.js";
import { type BlockPlace, type Lowering, objectName, objectTags, originOf } from "./builder.js";
import { circuitName, expressRouteCircuits } from "./circuits.js";
import { type Origin, ref } from "./model.js";
import { defaultRouting, groupName, hubId, hubKey, hubModule } from "./refs.js";
import type { AzureCircuit, CloudSlice, Hub } from "./slice.js";

/** Bits per second of one scale unit of a gateway. Source: Microsoft, "About ExpressRoute connections in Azure Virtual WAN". */
const UNIT = 2_000_000_000;

/** Scale units for what the links of a hub may carry; each circuit has two paths that take its traffic together. */
export function expressRouteUnits(hub: Hub): number {
  const all = [...expressRouteCircuits(hub).values()];
  const bits = all.reduce((sum, members) => sum + Math.max(...members.map(({ circuit }) => circuit.bandwidth ?? 0)), 0);
  return Math.max(1, Math.ceil(bits / UNIT));
}

/** Emits the ExpressRoute part of a cloud. */
export function lowerExpressRoute(lowering: Lowering, slice: CloudSlice): void {
  for (const hub of slice.hubs) {
    const circuits = expressRouteCircuits(hub);
    if (circuits.size === 0) continue;
    lowerGateway(lowering, slice, hub);
    for (const [id, members] of circuits) lowerConnection(lowering, slice, hub, id, members);
  }
}

function lowerGateway(lowering: Lowering, slice: CloudSlice, hub: Hub): void {
  const { cloud, region } = slice;
  const module = hubModule(lowering, slice);
  const path = `${cloud.name}.${hub.domain}`;
  const body = {
    name: objectName(lowering.settings, path),
    resource_group_name: groupName(lowering, module, cloud),
    location: region,
    virtual_hub_id: hubId(slice, hub),
    scale_units: expressRouteUnits(hub),
    allow_non_virtual_wan_traffic: false,
    tags: objectTags(lowering, path),
  } as const;
  const place: BlockPlace = { concern: "express-route", origins: [originOf(cloud)], scope: cloud.name };
  module.resource("azurerm_express_route_gateway", hubKey(slice, hub), body, place);
}

/** One private peering for each circuit, connected to the hubs of its own segment only. */
function lowerConnection(
  lowering: Lowering,
  slice: CloudSlice,
  hub: Hub,
  id: string,
  members: readonly AzureCircuit[],
): void {
  const module = hubModule(lowering, slice);
  const key = `${hubKey(slice, hub)}--${circuitName(id)}`;
  const origins: readonly Origin[] = members.map(({ circuit }) => ({ id: circuit.id, span: circuit.carries.span }));
  const body = {
    name: objectName(lowering.settings, `${hub.domain}.${circuitName(id)}`),
    express_route_gateway_id: ref("azurerm_express_route_gateway", hubKey(slice, hub), "id"),
    express_route_circuit_peering_id: `${id}/peerings/AzurePrivatePeering`,
    authorization_key: authorization(lowering, slice, id, `authorization_${terraformKey(key)}`, origins),
    internet_security_enabled: false,
    routing_weight: Math.max(...members.map(({ circuit }) => circuit.preference)),
    routing: defaultRouting(slice, hub),
  } as const;
  const place: BlockPlace = { concern: "express-route", origins, scope: hubKey(slice, hub) };
  module.resource("azurerm_express_route_connection", terraformKey(key), body, place);
  for (const { circuit } of members) {
    module.output(
      "express_route_connections",
      "Id of the connection that carries each segment of each ExpressRoute link",
      circuit.id,
      ref("azurerm_express_route_connection", terraformKey(key), "id"),
    );
  }
}

/** Names of circuits are of other people and may hold dots. */
function terraformKey(name: string): string {
  return name.replaceAll(".", "_");
}

/** A circuit of another subscription is connected by an authorization key; one of the same needs none. */
function authorization(
  lowering: Lowering,
  slice: CloudSlice,
  id: string,
  name: string,
  origins: readonly Origin[],
): Expression {
  hubModule(lowering, slice).variable({
    name,
    description: `Authorization key of the ExpressRoute circuit ${circuitName(id)}; empty where it is in the same subscription`,
    sensitive: true,
    optional: true,
    origins,
  });
  return { expression: `var.${name} == "" ? null : var.${name}` };
}
