/** Site-to-Site VPN: customer gateways and connections, one connection for each pair of tunnels and family. */
import type { Tunnel } from "../../compiler/design/design.js";
import { type Address, type Family, formatAddress, formatPrefix, prefixOf } from "../../grammar/address.js";
import { manglePath, mangleText } from "../shared/names.js";
import type { Expression, Text } from "../shared/terraform/values.js";
import { type Connection, outsideAttribute, TUNNEL_OUTPUT, tunnelOutputKey } from "../shared/vpn-connections.js";
import { type BlockPlace, type Lowering, type ModuleBuilder, objectTags, originOf } from "./builder.js";
import { connectionsOf } from "./circuits.js";
import { proposalOf } from "./ipsec.js";
import { lowerAssociation } from "./lower-hub.js";
import { type Origin, ref } from "./model.js";
import { circuitTableKey, hubId, hubModule } from "./refs.js";
import type { TunnelOptions, TunnelPair } from "./resources.js";
import type { AwsCircuit, CloudSlice } from "./slice.js";

/** ASN that AWS gives a customer gateway without BGP. */
const STATIC_ASN = "65000";
/** Largest ASN of the attribute `bgp_asn`; larger ones have their own. */
const SHORT_ASN = 2_147_483_647;

/** Emits the VPN part of a cloud. */
export function lowerVpn(lowering: Lowering, slice: CloudSlice): void {
  for (const at of slice.circuits) {
    for (const connection of connectionsOf(at)) lowerConnection(lowering, slice, at, connection);
  }
}

function lowerConnection(lowering: Lowering, slice: CloudSlice, at: AwsCircuit, connection: Connection): void {
  const { circuit } = at;
  const module = hubModule(lowering, slice);
  const origins: readonly Origin[] = [{ id: circuit.id, span: circuit.carries.span }];
  const place: BlockPlace = { concern: "vpn", region: slice.region, origins };
  const [first, second] = connection.tunnels;
  const options = (tunnel: Tunnel): TunnelOptions => tunnelOptions(module, at, tunnel, connection.family);
  const body = {
    type: "ipsec.1" as const,
    customer_gateway_id: customerGateway(lowering, slice, at, connection.gateway),
    transit_gateway_id: hubId(slice),
    static_routes_only: circuit.routing === "static",
    tunnel_inside_ip_version: connection.family === 4 ? ("ipv4" as const) : ("ipv6" as const),
    ...numbered(options(first), options(second)),
    tags: objectTags(lowering.settings, circuit.id, circuit.link.doc),
  };
  module.resource({ type: "aws_vpn_connection", body }, connection.key, place);
  const attachment = ref("aws_vpn_connection", connection.key, "transit_gateway_attachment_id");
  const key = `vpn--${connection.key}`;
  lowerAssociation(lowering, slice, { key, attachment, table: circuitTableKey(slice, at), origins });
  lowerTunnelOutputs(module, at, connection);
}

/** Gives the attributes of the two tunnels the names that the provider has for them. */
function numbered(first: TunnelOptions, second: TunnelOptions): TunnelPair {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(first)) out[`tunnel1_${name}`] = value;
  for (const [name, value] of Object.entries(second)) out[`tunnel2_${name}`] = value;
  return out as TunnelPair;
}

function tunnelOptions(module: ModuleBuilder, at: AwsCircuit, tunnel: Tunnel, family: Family): TunnelOptions {
  const addressing = tunnel.addressing.find((one) => one.family === family);
  const near = addressing === undefined || addressing.kind === "provider" ? undefined : addressing.ends[at.index];
  const inside = near === undefined ? undefined : formatPrefix(prefixOf(near.address, near.length));
  return {
    ...(inside === undefined ? {} : family === 4 ? { inside_cidr: inside } : { inside_ipv6_cidr: inside }),
    preshared_key: keyVariable(module, at, tunnel),
    ...proposalOf(at.circuit.link.ipsec).proposal,
  };
}

/** The pre-shared key of a tunnel: a sensitive variable that Terraform checks against the alphabet of AWS. */
function keyVariable(module: ModuleBuilder, at: AwsCircuit, tunnel: Tunnel): Expression {
  const name = `secret_${mangleText(tunnel.psk.name)}`;
  return module.variable({
    name,
    description: `Pre-shared key of VPN tunnels: the secret ${tunnel.psk.name}, the same at both ends`,
    sensitive: true,
    validation: {
      condition: { expression: `can(regex("^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$", var.${name}))` },
      message: "A key has 8 to 64 letters, digits, dots and underscores, and does not begin with 0.",
    },
    origins: [{ id: at.circuit.id, span: at.circuit.carries.span }],
  });
}

/**
 * The far end as a customer gateway. AWS answers a second request for the same address and ASN with the first one's
 * object, so all circuits of a region share one.
 */
function customerGateway(lowering: Lowering, slice: CloudSlice, at: AwsCircuit, index: number): Expression {
  const { circuit, far } = at;
  const module = hubModule(lowering, slice);
  const written = farAddress(at, index);
  const asn = circuit.routing === "static" ? undefined : far.asn;
  const who = written === undefined ? `${circuit.link.name}--${index + 1}` : addressKey(written);
  const key = `${slice.region}--${who}--${asn ?? "static"}`;
  if (!module.has("aws_customer_gateway", key)) {
    const body = {
      type: "ipsec.1" as const,
      ip_address: written === undefined ? addressVariable(module, at, index) : formatAddress(written),
      ...(asn === undefined || asn <= SHORT_ASN
        ? { bgp_asn: asn === undefined ? STATIC_ASN : String(asn) }
        : { bgp_asn_extended: String(asn) }),
      tags: objectTags(lowering.settings, circuit.link.name, circuit.link.doc),
    };
    const origins = [originOf(circuit.link)];
    module.resource({ type: "aws_customer_gateway", body }, key, { concern: "vpn", region: slice.region, origins });
  }
  return ref("aws_customer_gateway", key, "id");
}

function addressKey(address: Address): string {
  return formatAddress(address).replaceAll(".", "-").replaceAll(":", "_");
}

/** The public address of the far end: of a router of ours `public`, of anything else `peer-public`. */
export function farAddress(at: AwsCircuit, index: number): Address | undefined {
  const { ipsec } = at.circuit.link;
  if (ipsec === undefined) return undefined;
  const [own, peer] = [ipsec.public, ipsec.peerPublic];
  const list = own.length > 0 ? own : peer;
  return (list[index] ?? list[list.length - 1])?.value;
}

function addressVariable(module: ModuleBuilder, at: AwsCircuit, index: number): Text {
  const { link } = at.circuit;
  return module.variable({
    name: `public_${manglePath(link.name)}_${index + 1}`,
    description: `Public address of ${at.far.place.name} for link ${link.name}, gateway ${index + 1}`,
    sensitive: false,
    origins: [originOf(link)],
  });
}

/** What the other party configures: the addresses that AWS chooses for the tunnels. */
function lowerTunnelOutputs(module: ModuleBuilder, at: AwsCircuit, connection: Connection): void {
  const at1 = (attribute: string): Expression => ref("aws_vpn_connection", connection.key, attribute);
  const value: Record<string, Expression> = { vpn_connection_id: at1("id") };
  for (const n of [1, 2]) {
    value[outsideAttribute(n)] = at1(`tunnel${n}_address`);
    value[`tunnel${n}_aws_inside_address`] = at1(`tunnel${n}_vgw_inside_address`);
    value[`tunnel${n}_far_inside_address`] = at1(`tunnel${n}_cgw_inside_address`);
  }
  const what = "Addresses of the tunnels of each VPN connection, for its other party";
  module.output(TUNNEL_OUTPUT, what, tunnelOutputKey(at.circuit, connection), value);
}
