/** Direct Connect: a gateway for each segment of a hub, a transit virtual interface for each circuit. */
import type { Addressing } from "../../compiler/design/design.js";
import { comparePrefixes, formatInterfaceAddress, formatPrefix, type Prefix } from "../../grammar/address.js";
import { manglePath, mangleText } from "../shared/names.js";
import type { Expression, Text } from "../shared/terraform/values.js";
import { type BlockPlace, displayName, type Lowering, type ModuleBuilder, objectTags, originOf } from "./builder.js";
import { gatewayKey, isIdle } from "./circuits.js";
import { lowerAssociation } from "./lower-hub.js";
import { dataRef, type Origin, ref } from "./model.js";
import { circuitTableKey, hubId, hubModule, prefixKey, tableKey } from "./refs.js";
import type { AwsCircuit, CloudSlice } from "./slice.js";

/** Emits the Direct Connect part of a cloud. */
export function lowerDirectConnect(lowering: Lowering, slice: CloudSlice): void {
  const all = slice.circuits.filter(({ circuit }) => circuit.kind === "direct-connect");
  const circuits = all.filter(({ circuit }) => !isIdle(slice, circuit.domain));
  for (const { circuit } of all) {
    if (!isIdle(slice, circuit.domain)) continue;
    const text = `nothing at \`${slice.cloud.name}\` uses \`${circuit.id}\`: no virtual interface is made`;
    const sources = [circuit.carries.span];
    lowering.remarks.push({ kind: "not-served", target: "aws", subject: circuit.id, text, sources });
  }
  const byDomain = new Map<string, AwsCircuit[]>();
  for (const at of circuits) {
    const known = byDomain.get(at.circuit.domain) ?? [];
    byDomain.set(at.circuit.domain, [...known, at]);
  }
  for (const [domain, members] of byDomain) lowerGateway(lowering, slice, domain, members);
  for (const at of circuits) lowerInterface(lowering, slice, at);
}

/** The gateway of a segment, its association with what AWS announces, and its attachment to the segment's table. */
function lowerGateway(lowering: Lowering, slice: CloudSlice, domain: string, members: readonly AwsCircuit[]): void {
  const asn = lowering.slice.design.gatewayAsns.get(`${slice.cloud.name}/${domain}`);
  if (asn === undefined) throw new Error(`the design has no gateway ASN for ${slice.cloud.name}/${domain}`);
  const module = hubModule(lowering, slice);
  const key = gatewayKey(slice, domain);
  const origins = members.map(({ circuit }) => ({ id: circuit.id, span: circuit.carries.span }));
  const place: BlockPlace = { concern: "direct-connect", region: slice.region, origins };
  const name = displayName(lowering.settings, key);
  module.resource({ type: "aws_dx_gateway", body: { name, amazon_side_asn: String(asn) } }, key, place);
  const dx_gateway_id = ref("aws_dx_gateway", key, "id");
  const allowed_prefixes = announcedByAws(members).map(formatPrefix);
  const association = { dx_gateway_id, associated_gateway_id: hubId(slice), allowed_prefixes };
  module.resource({ type: "aws_dx_gateway_association", body: association }, key, place);
  module.data(
    {
      type: "aws_ec2_transit_gateway_dx_gateway_attachment",
      body: { transit_gateway_id: hubId(slice), dx_gateway_id },
    },
    key,
    { ...place, dependsOn: [`aws_dx_gateway_association.${key}`] },
  );
  const attachment = dataRef("aws_ec2_transit_gateway_dx_gateway_attachment", key, "id");
  const [first] = members;
  const table = first === undefined ? tableKey(slice, domain) : circuitTableKey(slice, first);
  lowerAssociation(lowering, slice, { key: `dx--${key}`, attachment, table, origins });
  const what = "Id of the Direct Connect gateway of each segment";
  module.output("direct_connect_gateway_ids", what, `${slice.cloud.name}/${domain}`, dx_gateway_id);
}

/** Everything that AWS ends of the circuits of one gateway announce: one list for all its virtual interfaces. */
export function announcedByAws(members: readonly AwsCircuit[]): readonly Prefix[] {
  const found = new Map<string, Prefix>();
  for (const { near } of members) {
    for (const { prefix } of near.announces) found.set(prefixKey(prefix), prefix);
  }
  return [...found.values()].sort(comparePrefixes);
}

/** The virtual interface of a circuit, in IPv4 where it has that, and a second BGP peer for the other family. */
function lowerInterface(lowering: Lowering, slice: CloudSlice, at: AwsCircuit): void {
  const { circuit, far } = at;
  const module = hubModule(lowering, slice);
  const key = manglePath(circuit.id);
  const origins = [{ id: circuit.id, span: circuit.carries.span }];
  const place: BlockPlace = { concern: "direct-connect", region: slice.region, origins };
  const first = circuit.addressing.find(({ family }) => family === 4) ?? circuit.addressing[0];
  if (first === undefined || circuit.vlan === undefined || far.asn === undefined) return;
  const session = { bgp_asn: far.asn, bgp_auth_key: keyVariable(module, at, origins) };
  const body = {
    name: displayName(lowering.settings, key),
    connection_id: connectionId(module, slice, at),
    dx_gateway_id: ref("aws_dx_gateway", gatewayKey(slice, circuit.domain), "id"),
    vlan: circuit.vlan,
    mtu: circuit.mtu,
    ...session,
    ...addressesOf(at, first),
    tags: objectTags(lowering.settings, circuit.id, circuit.link.doc),
  };
  module.resource({ type: "aws_dx_transit_virtual_interface", body }, key, place);
  for (const other of circuit.addressing) {
    if (other === first) continue;
    const virtual_interface_id = ref("aws_dx_transit_virtual_interface", key, "id");
    const peer = { virtual_interface_id, ...session, ...addressesOf(at, other) };
    module.resource({ type: "aws_dx_bgp_peer", body: peer }, `${key}--ipv${other.family}`, place);
  }
  lowerAddressOutputs(module, at, key, first);
}

function addressesOf(at: AwsCircuit, addressing: Addressing) {
  const address_family = addressing.family === 4 ? ("ipv4" as const) : ("ipv6" as const);
  if (addressing.kind === "provider" || addressing.family === 6) return { address_family };
  const amazon_address = formatInterfaceAddress(addressing.ends[at.index]);
  const customer_address = formatInterfaceAddress(addressing.ends[at.index === 0 ? 1 : 0]);
  return { address_family, amazon_address, customer_address };
}

/** What the other party configures: its own addresses and those of AWS, of which AWS chooses the IPv6 ones. */
function lowerAddressOutputs(module: ModuleBuilder, at: AwsCircuit, key: string, first: Addressing): void {
  const value: Record<string, Expression> = {
    virtual_interface_id: ref("aws_dx_transit_virtual_interface", key, "id"),
  };
  for (const { family } of at.circuit.addressing) {
    const own = family === first.family;
    const at = (attribute: string): Expression =>
      own
        ? ref("aws_dx_transit_virtual_interface", key, attribute)
        : ref("aws_dx_bgp_peer", `${key}--ipv${family}`, attribute);
    value[`ipv${family}_amazon_address`] = at("amazon_address");
    value[`ipv${family}_customer_address`] = at("customer_address");
  }
  const what = "Addresses of each transit virtual interface, for its other party";
  module.output("direct_connect_interfaces", what, at.circuit.id, value);
}

/** The id of the port: as written, else a variable; a hosted connection is accepted first. */
function connectionId(module: ModuleBuilder, slice: CloudSlice, at: AwsCircuit): Text {
  const { link } = at.circuit;
  const id: Text =
    link.connection?.value ??
    module.variable({
      name: `connection_${link.name}`,
      description: `Id of the Direct Connect connection of link ${link.name} (dxcon-...)`,
      sensitive: false,
      origins: [originOf(link)],
    });
  if (!link.hosted) return id;
  if (!module.has("aws_dx_connection_confirmation", link.name)) {
    const place: BlockPlace = { concern: "direct-connect", region: slice.region, origins: [originOf(link)] };
    module.resource({ type: "aws_dx_connection_confirmation", body: { connection_id: id } }, link.name, place);
  }
  return ref("aws_dx_connection_confirmation", link.name, "id");
}

/** The BGP key: always on at AWS, a sensitive variable named by the secret. */
function keyVariable(module: ModuleBuilder, at: AwsCircuit, origins: readonly Origin[]): Expression {
  const secret = at.circuit.md5?.name ?? at.circuit.id;
  const name = `secret_${mangleText(secret)}`;
  return module.variable({
    name,
    description: `BGP MD5 key: the secret ${secret}, the same at both ends`,
    sensitive: true,
    validation: {
      condition: { expression: `length(var.${name}) >= 6 && length(var.${name}) <= 80` },
      message: "A BGP key of Direct Connect has 6 to 80 characters.",
    },
    origins,
  });
}
