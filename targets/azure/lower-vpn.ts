/** VPN: a gateway in each hub that has tunnels, a site and a connection for each circuit, a link for each tunnel. */
import type { Tunnel } from "../../compiler/design/design.js";
import { type Address, formatAddress, formatPrefix } from "../../grammar/address.js";
import { manglePath, mangleText } from "../shared/names.js";
import type { Expression, Text } from "../shared/terraform/values.js";
import { outsideAttribute, TUNNEL_OUTPUT } from "../shared/vpn-connections.js";
import { type BlockPlace, type Lowering, type ModuleBuilder, objectName, objectTags, originOf } from "./builder.js";
import { farAddress, insideOf, secondAddress, vpnCircuits } from "./circuits.js";
import { DEAD_PEER_SECONDS, policyOf } from "./ipsec.js";
import { type Origin, ref } from "./model.js";
import { groupName, hubId, hubKey, hubModule, hubTable } from "./refs.js";
import type { ResourceBodies } from "./resources.js";
import type { AzureCircuit, CloudSlice, Hub } from "./slice.js";

/** Bits per second of one scale unit of a gateway. Source: Microsoft, "Virtual WAN FAQ" (VPN gateway scale units). */
const UNIT = 500_000_000;
/** Megabits per second that a link is said to have where the source does not say: told to people, limits nothing. */
const SPEED = 1_000;

/** Scale units for what the links of a hub may carry. */
export function vpnUnits(hub: Hub): number {
  const bits = vpnCircuits(hub).reduce((sum, { circuit }) => sum + (circuit.bandwidth ?? 0), 0);
  return Math.max(1, Math.ceil(bits / UNIT));
}

/** Emits the VPN part of a cloud. */
export function lowerVpn(lowering: Lowering, slice: CloudSlice): void {
  for (const hub of slice.hubs) {
    const circuits = vpnCircuits(hub);
    if (circuits.length === 0) continue;
    lowerGateway(lowering, slice, hub, circuits);
    for (const at of circuits) {
      lowerSite(lowering, slice, hub, at);
      lowerConnection(lowering, slice, hub, at);
      lowerOutput(lowering, slice, hub, at);
    }
  }
}

/** The custom addresses of both instances of a gateway, those of the first being the near ends of tunnels. */
function customAddresses(circuits: readonly AzureCircuit[]): readonly (readonly [string, string])[] {
  return circuits.flatMap((at) =>
    at.circuit.tunnels.flatMap((tunnel) => {
      const near = at.circuit.routing === "static" ? undefined : insideOf(at, tunnel)?.near.address;
      return near === undefined ? [] : [instanceAddresses(near)];
    }),
  );
}

/** The address of a tunnel at the first instance, and the one that fills its place at the second. */
export function instanceAddresses(near: Address): readonly [string, string] {
  return [formatAddress(near), secondAddress(near)];
}

function lowerGateway(lowering: Lowering, slice: CloudSlice, hub: Hub, circuits: readonly AzureCircuit[]): void {
  const { cloud, region } = slice;
  const module = hubModule(lowering, slice);
  const path = `${cloud.name}.${hub.domain}`;
  const custom = customAddresses(circuits);
  const addresses = (index: 0 | 1): readonly string[] => custom.map((pair) => pair[index]).sort();
  const bgp =
    custom.length === 0
      ? {}
      : {
          instance_0_bgp_peering_address: [{ custom_ips: addresses(0) }] as const,
          instance_1_bgp_peering_address: [{ custom_ips: addresses(1) }] as const,
        };
  const asn = circuits.find(({ near }) => near.asn !== undefined)?.near.asn ?? 0;
  const body = {
    name: objectName(lowering.settings, path),
    resource_group_name: groupName(lowering, module, cloud),
    location: region,
    virtual_hub_id: hubId(slice, hub),
    scale_unit: vpnUnits(hub),
    bgp_settings: [{ asn, peer_weight: 0, ...bgp }],
    tags: objectTags(lowering, path),
  } as const;
  const place: BlockPlace = { concern: "vpn", origins: [originOf(cloud)], scope: cloud.name };
  module.resource("azurerm_vpn_gateway", hubKey(slice, hub), body, place);
}

function originsOf({ circuit }: AzureCircuit): readonly Origin[] {
  return [{ id: circuit.id, span: circuit.carries.span }];
}

function speedOf({ circuit }: AzureCircuit): number {
  return circuit.bandwidth === undefined ? SPEED : Math.max(1, Math.floor(circuit.bandwidth / 1_000_000));
}

type Site = ResourceBodies["azurerm_vpn_site"];

/** The far end: one link for each tunnel, with its session, or the prefixes behind it where routes are static. */
function lowerSite(lowering: Lowering, slice: CloudSlice, hub: Hub, at: AzureCircuit): void {
  const { circuit, far } = at;
  const module = hubModule(lowering, slice);
  const place: BlockPlace = { concern: "vpn", origins: originsOf(at), scope: slice.cloud.name };
  const link = circuit.tunnels.map((tunnel): Site["link"][number] => {
    const inside = insideOf(at, tunnel);
    const session =
      circuit.routing === "static" || far.asn === undefined || inside === undefined
        ? {}
        : { bgp: [{ asn: far.asn, peering_address: formatAddress(inside.far.address) }] as const };
    return {
      name: linkName(tunnel),
      ip_address: outerAddress(module, at, tunnel.index),
      speed_in_mbps: speedOf(at),
      ...session,
    };
  });
  const body = {
    name: objectName(lowering.settings, circuit.id),
    resource_group_name: groupName(lowering, module, slice.cloud),
    location: slice.region,
    virtual_wan_id: wanId(lowering, slice, hub),
    ...(circuit.routing === "static" ? { address_cidrs: far.announces.map(({ prefix }) => formatPrefix(prefix)) } : {}),
    link,
    tags: objectTags(lowering, circuit.id, circuit.link.doc),
  };
  module.resource("azurerm_vpn_site", manglePath(circuit.id), body, place);
}

function linkName({ index }: Tunnel): string {
  return `tunnel${index + 1}`;
}

/** The virtual WAN of a hub; of an existing hub only its owner knows it. */
function wanId(lowering: Lowering, slice: CloudSlice, hub: Hub): Text {
  if (slice.cloud.existing === undefined) return ref("azurerm_virtual_wan", hub.domain, "id");
  return hubModule(lowering, slice).variable({
    name: `virtual_wan_${slice.cloud.name}`,
    description: `Id of the virtual WAN of the existing hub of ${slice.cloud.name}`,
    sensitive: false,
    optional: false,
    origins: [originOf(slice.cloud)],
  });
}

function outerAddress(module: ModuleBuilder, at: AzureCircuit, index: number): Text {
  const written = farAddress(at, index);
  if (written !== undefined) return formatAddress(written);
  const { link } = at.circuit;
  return module.variable({
    name: `public_${manglePath(link.name)}_${index + 1}`,
    description: `Public address of ${at.far.place.name} for link ${link.name}, tunnel ${index + 1}`,
    sensitive: false,
    optional: false,
    origins: [originOf(link)],
  });
}

function lowerConnection(lowering: Lowering, slice: CloudSlice, hub: Hub, at: AzureCircuit): void {
  const { circuit } = at;
  const module = hubModule(lowering, slice);
  const key = manglePath(circuit.id);
  const table = hubTable(slice, hub);
  const body = {
    name: objectName(lowering.settings, circuit.id),
    vpn_gateway_id: ref("azurerm_vpn_gateway", hubKey(slice, hub), "id"),
    remote_vpn_site_id: ref("azurerm_vpn_site", key, "id"),
    internet_security_enabled: false,
    routing: [
      { associated_route_table: table, propagated_route_table: [{ labels: ["default"], route_table_ids: [table] }] },
    ],
    vpn_link: circuit.tunnels.map((tunnel, position) => vpnLink(module, slice, hub, at, tunnel, position)),
  } as const;
  const place: BlockPlace = { concern: "vpn", origins: originsOf(at), scope: hubKey(slice, hub) };
  module.resource("azurerm_vpn_gateway_connection", key, body, place);
}

type VpnLink = ResourceBodies["azurerm_vpn_gateway_connection"]["vpn_link"][number];

function vpnLink(
  module: ModuleBuilder,
  slice: CloudSlice,
  hub: Hub,
  at: AzureCircuit,
  tunnel: Tunnel,
  position: number,
): VpnLink {
  const { circuit } = at;
  const { policy } = policyOf(circuit.link.ipsec);
  const near = circuit.routing === "static" ? undefined : insideOf(at, tunnel)?.near.address;
  const gateway = hubKey(slice, hub);
  const custom =
    near === undefined
      ? {}
      : {
          custom_bgp_address: instanceAddresses(near).map((ip_address, instance) => ({
            ip_address,
            ip_configuration_id: ref(
              "azurerm_vpn_gateway",
              gateway,
              `bgp_settings[0].instance_${instance}_bgp_peering_address[0].ip_configuration_id`,
            ),
          })),
        };
  return {
    name: linkName(tunnel),
    vpn_site_link_id: ref("azurerm_vpn_site", manglePath(circuit.id), `link[${position}].id`),
    bgp_enabled: near !== undefined,
    protocol: "IKEv2",
    bandwidth_mbps: speedOf(at),
    shared_key: keyVariable(module, at, tunnel),
    dpd_timeout_seconds: DEAD_PEER_SECONDS,
    ...custom,
    ipsec_policy: [policy],
  };
}

/** The pre-shared key of a tunnel: a sensitive variable. Terraform checks it against what all clouds take. */
function keyVariable(module: ModuleBuilder, at: AzureCircuit, tunnel: Tunnel): Expression {
  const name = `secret_${mangleText(tunnel.psk.name)}`;
  return module.variable({
    name,
    description: `Pre-shared key of VPN tunnels: the secret ${tunnel.psk.name}, the same at both ends`,
    sensitive: true,
    optional: false,
    validation: {
      condition: { expression: `can(regex("^[A-Za-z1-9][A-Za-z0-9]{15,63}$", var.${name}))` },
      message: "A key has 16 to 64 letters and digits, and does not begin with 0.",
    },
    origins: originsOf(at),
  });
}

/** What the other party configures: the public address at which Azure has each tunnel, that of the first instance. */
function lowerOutput(lowering: Lowering, slice: CloudSlice, hub: Hub, at: AzureCircuit): void {
  const { circuit } = at;
  const gateway = `azurerm_vpn_gateway.${hubKey(slice, hub)}`;
  const address: Expression = {
    expression: `one([for one in ${gateway}.ip_configuration : one.public_ip_address if one.id == "Instance0"])`,
  };
  const value: Record<string, Expression> = {
    vpn_connection_id: ref("azurerm_vpn_gateway_connection", manglePath(circuit.id), "id"),
  };
  for (const { index } of circuit.tunnels) value[outsideAttribute(index + 1)] = address;
  const what = "Addresses of the tunnels of each VPN connection, for its other party";
  hubModule(lowering, slice).output(TUNNEL_OUTPUT, what, circuit.id, value);
}
