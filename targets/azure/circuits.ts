/** Circuits at Azure: what several rooms of the target ask of them. */
import type { Tunnel } from "../../compiler/design/design.js";
import { type Address, formatAddress, type InterfaceAddress } from "../../grammar/address.js";
import { parseId } from "./ids.js";
import type { AzureCircuit, AzureSlice, Hub } from "./slice.js";

/** Existing ExpressRoute circuits of a hub, each with the circuits of the design that use one of its two paths. */
export function expressRouteCircuits(hub: Hub): ReadonlyMap<string, readonly AzureCircuit[]> {
  const out = new Map<string, AzureCircuit[]>();
  for (const at of hub.circuits) {
    const id = at.circuit.kind === "express-route" ? at.circuit.carries.circuit?.value : undefined;
    if (id !== undefined) out.set(id, [...(out.get(id) ?? []), at]);
  }
  return out;
}

/** The name of an ExpressRoute circuit by its id. */
export function circuitName(id: string): string {
  return parseId("circuit", id)?.names[0] ?? id;
}

/** The VPN circuits of a hub. */
export function vpnCircuits(hub: Hub): readonly AzureCircuit[] {
  return hub.circuits.filter(({ circuit }) => circuit.kind === "ipsec");
}

/** The public address of the far end of a tunnel: of a router of ours `public`, of anything else `peer-public`. */
export function farAddress({ circuit }: AzureCircuit, index: number): Address | undefined {
  const { ipsec } = circuit.link;
  if (ipsec === undefined) return undefined;
  const list = ipsec.public.length > 0 ? ipsec.public : ipsec.peerPublic;
  return (list[index] ?? list[list.length - 1])?.value;
}

/** The inner addresses of a tunnel. */
export interface Inside {
  readonly near: InterfaceAddress;
  readonly far: InterfaceAddress;
}

/** The IPv4 addresses inside a tunnel; absent where it has none. */
export function insideOf({ index }: AzureCircuit, tunnel: Tunnel): Inside | undefined {
  for (const one of tunnel.addressing) {
    if (one.kind !== "provider" && one.family === 4) {
      return { near: one.ends[index], far: one.ends[index === 0 ? 1 : 0] };
    }
  }
  return undefined;
}

/** The two networks of 169.254.0.0/16 that Azure takes custom addresses from ("About BGP with VPN Gateway"). */
const APIPA = [21n, 22n] as const;
const LINK_LOCAL = (169n << 8n) | 254n;

/** True where an address may be a custom BGP address of a gateway. */
export function isApipa({ family, value }: Address): boolean {
  return family === 4 && value >> 16n === LINK_LOCAL && APIPA.some((third) => ((value >> 8n) & 255n) === third);
}

/**
 * The custom address of the second instance. A link lists one of each instance (D), and the design has one tunnel, which
 * ends at the first: the second gets the address with 21 and 22 exchanged, to which nobody speaks.
 */
export function secondAddress(first: Address): string {
  const third = (first.value >> 8n) & 255n;
  const other = third === APIPA[0] ? APIPA[1] : APIPA[0];
  return formatAddress({ family: 4, value: first.value - (third << 8n) + (other << 8n) });
}

/** True where the far end is a router that we configure, which then filters what it accepts. */
export function isManaged(slice: AzureSlice, { far }: AzureCircuit): boolean {
  if (far.place.kind !== "router") return false;
  return slice.design.estate.routers.some(({ name, os }) => name === far.place.name && os !== "unmanaged");
}
