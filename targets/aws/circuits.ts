/** Circuits as AWS sees them: which objects each needs, and the attachments they give a transit gateway. */
import type { Family } from "../../grammar/address.js";
import { manglePath } from "../shared/names.js";
import type { Expression } from "../shared/terraform/values.js";
import { type Connection, vpnConnections } from "../shared/vpn-connections.js";
import { dataRef, ref } from "./model.js";
import type { AwsCircuit, CloudSlice } from "./slice.js";

/** One attachment of a circuit to the hub. */
export interface CircuitAttachment {
  /** Unique among the attachments of the hub; part of keys. */
  readonly key: string;
  readonly attachment: Expression;
  readonly kind: "bgp" | "static";
  /** Absent where it carries both families. */
  readonly family?: Family;
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

/** The VPN connections of a circuit. */
export function connectionsOf(at: AwsCircuit): readonly Connection[] {
  return vpnConnections(at.circuit);
}
