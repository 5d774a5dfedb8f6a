/** Circuits as AWS sees them: which objects each needs, and the attachments they give a transit gateway. */
import type { Tunnel } from "../../compiler/design/design.js";
import type { Family } from "../../grammar/address.js";
import { manglePath } from "../shared/names.js";
import { dataRef, ref } from "./model.js";
import type { AwsCircuit, CloudSlice } from "./slice.js";
import type { Expression } from "./values.js";

/** One attachment of a circuit to the hub. */
export interface CircuitAttachment {
  /** Unique among the attachments of the hub; part of keys. */
  readonly key: string;
  readonly attachment: Expression;
  readonly kind: "bgp" | "static";
  /** Absent where it carries both families. */
  readonly family?: Family;
}

/** One Site-to-Site VPN connection: two tunnels of one family inside. */
export interface Connection {
  readonly key: string;
  readonly family: Family;
  readonly tunnels: readonly [Tunnel, Tunnel];
  /** Which customer gateway, from 0. */
  readonly gateway: number;
}

/** The key of the Direct Connect gateway of a segment at a hub. */
export function gatewayKey(slice: CloudSlice, domain: string): string {
  return manglePath(`${slice.cloud.name}.${domain}`);
}

/**
 * True where AWS has nothing to announce over a segment's Direct Connect gateway. AWS makes no association without
 * allowed prefixes, and nothing lies behind such a gateway: it is left out, with a remark.
 */
export function isIdle(slice: CloudSlice, domain: string): boolean {
  return slice.circuits.every(
    ({ circuit, near }) =>
      circuit.kind !== "direct-connect" || circuit.domain !== domain || near.announces.length === 0,
  );
}

/** The attachments of a circuit; all virtual interfaces of one segment at one hub share one. */
export function circuitAttachments(slice: CloudSlice, at: AwsCircuit): readonly CircuitAttachment[] {
  const { circuit } = at;
  if (circuit.kind === "direct-connect") {
    if (isIdle(slice, circuit.domain)) return [];
    const key = gatewayKey(slice, circuit.domain);
    const attachment = dataRef("aws_ec2_transit_gateway_dx_gateway_attachment", key, "id");
    return [{ key: `dx--${key}`, attachment, kind: "bgp" }];
  }
  return connectionsOf(at).map(({ key, family }) => ({
    key: `vpn--${key}`,
    attachment: ref("aws_vpn_connection", key, "transit_gateway_attachment_id"),
    kind: circuit.routing,
    family,
  }));
}

/**
 * The VPN connections of a circuit. A connection has two tunnels, and carries one family inside them
 * (`tunnel_inside_ip_version`): the tunnels of each family are paired in order. An odd one out is left to the checks.
 */
export function connectionsOf(at: AwsCircuit): readonly Connection[] {
  const { circuit } = at;
  if (circuit.kind !== "ipsec") return [];
  const out: Connection[] = [];
  for (const family of [4, 6] as const) {
    const tunnels = circuit.tunnels.filter(({ addressing }) => addressing.some((one) => one.family === family));
    for (let i = 0; i + 1 < tunnels.length; i += 2) {
      const [first, second] = [tunnels[i], tunnels[i + 1]];
      if (first === undefined || second === undefined) continue;
      const key = `${manglePath(circuit.id)}--ipv${family}-${i / 2 + 1}`;
      out.push({ key, family, tunnels: [first, second], gateway: i / 2 });
    }
  }
  return out;
}
