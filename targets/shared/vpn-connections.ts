/**
 * Tunnels as AWS Site-to-Site VPN builds them. Shared, because the target that emits them and the hand-off document that
 * describes them must name the same objects.
 */
import type { Circuit, Tunnel } from "../../compiler/design/design.js";
import type { Family } from "../../grammar/address.js";
import { manglePath } from "./names.js";

/** One Site-to-Site VPN connection: two tunnels of one family inside. */
export interface Connection {
  readonly key: string;
  readonly family: Family;
  readonly tunnels: readonly [Tunnel, Tunnel];
  /** Which customer gateway, from 0. */
  readonly gateway: number;
}

/** The Terraform output with the addresses of the tunnels of all connections. */
export const TUNNEL_OUTPUT = "vpn_tunnels";

/** The key of a connection in that output: `courier-vpn/partners/ipv4/1`. */
export function tunnelOutputKey(circuit: Circuit, connection: Connection): string {
  return `${circuit.id}/ipv${connection.family}/${connection.gateway + 1}`;
}

/** The attribute of such an entry that has the outer address of AWS of a tunnel, 1 or 2. */
export function outsideAttribute(number: number): string {
  return `tunnel${number}_outside_address`;
}

/**
 * The VPN connections of a circuit at AWS. A connection has two tunnels, and carries one family inside them
 * (`tunnel_inside_ip_version`): the tunnels of each family are paired in order. An odd one out is left to the checks.
 */
export function vpnConnections(circuit: Circuit): readonly Connection[] {
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
