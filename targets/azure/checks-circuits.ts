/** What must hold of ExpressRoute and VPN circuits at Azure. */
import { formatAddress } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import { azureDiagnostics } from "./catalogue.js";
import { farAddress, insideOf, isApipa, isManaged, vpnCircuits } from "./circuits.js";
import { checkId } from "./ids.js";
import { policyOf } from "./ipsec.js";
import { instanceAddresses } from "./lower-vpn.js";
import type { AzureCircuit, AzureSlice, Hub } from "./slice.js";

/**
 * ASNs that a peer of Azure must not have: Azure's own, and those that IANA reserves. Sources: Microsoft, "About BGP with
 * VPN Gateway" (reserved ASNs) and "ExpressRoute routing requirements".
 */
const RESERVED_ASNS: readonly (readonly [number, number])[] = [
  [8_074, 8_075],
  [12_076, 12_076],
  [23_456, 23_456],
  [64_496, 64_511],
  [65_515, 65_520],
  [65_535, 65_551],
];

/** The most that a connection weighs, and so the highest `preference` that ExpressRoute can tell apart. */
const LARGEST_WEIGHT = 32_000;
/** Source: Microsoft, "About VPN devices for Site-to-Site VPN Gateway connections" (MTU and MSS). */
const TUNNEL_MTU = 1_400;

/** Checks every circuit of a hub. */
export function checkCircuits(slice: AzureSlice, hub: Hub, diagnostics: Diagnostics): void {
  for (const at of hub.circuits) {
    const { circuit, far } = at;
    if (isAzure(slice, at)) {
      const why =
        "both ends of a VPN between two Azure clouds wait for the other's address; join them through a router";
      diagnostics.report(azureDiagnostics["azure-link-not-served"], { kind: circuit.kind, why }, circuit.link.span);
      continue;
    }
    checkFarEnd(slice, at, diagnostics);
    if (far.asn !== undefined && isReserved(far.asn)) {
      const span = circuit.link.localAsn?.span ?? circuit.link.span;
      diagnostics.report(azureDiagnostics["azure-asn"], { asn: far.asn, place: far.place.name }, span);
    }
    if (circuit.kind === "express-route") checkExpressRoute(at, diagnostics);
    else if (circuit.kind === "ipsec") checkVpn(at, diagnostics);
    else {
      const why = "only ExpressRoute and IPsec end at a virtual hub";
      diagnostics.report(azureDiagnostics["azure-link-not-served"], { kind: circuit.kind, why }, circuit.link.span);
    }
  }
  checkPreferences(hub, diagnostics);
  checkInstances(hub, diagnostics);
}

function isReserved(asn: number): boolean {
  return RESERVED_ASNS.some(([first, last]) => asn >= first && asn <= last);
}

function isAzure(slice: AzureSlice, { far }: AzureCircuit): boolean {
  return slice.clouds.some(({ cloud }) => far.place.kind === "cloud" && far.place.name === cloud.name);
}

function refuseOption(at: AzureCircuit, option: string, why: string, span: Span, diagnostics: Diagnostics): void {
  diagnostics.report(azureDiagnostics["azure-option-not-served"], { option, kind: at.circuit.kind, why }, span);
}

function checkFarEnd(slice: AzureSlice, at: AzureCircuit, diagnostics: Diagnostics): void {
  const { circuit, near } = at;
  const { carries } = circuit;
  if (carries.maxPrefixes !== undefined && !isManaged(slice, at)) {
    const why = "a virtual hub has no limit of its own, and no router of ours is at the other end";
    refuseOption(at, "max-prefixes", why, carries.maxPrefixes.span, diagnostics);
  }
  const summary = carries.announce.get(near.place.name)?.[0];
  if (summary !== undefined) {
    const why = "a virtual hub announces the prefixes of its networks as they are";
    refuseOption(at, "announce", why, summary.span, diagnostics);
  }
}

function checkExpressRoute(at: AzureCircuit, diagnostics: Diagnostics): void {
  const { circuit, far } = at;
  const { link, carries } = circuit;
  checkId(diagnostics, "circuit", carries.circuit);
  if (circuit.routing === "static" || far.asn === undefined) {
    const why = `ExpressRoute routes by BGP only, and \`${far.place.name}\` has no \`asn\``;
    diagnostics.report(azureDiagnostics["azure-link-not-served"], { kind: circuit.kind, why }, link.span);
  }
}

function checkVpn(at: AzureCircuit, diagnostics: Diagnostics): void {
  const { circuit } = at;
  const { link, carries } = circuit;
  const why = (what: string): string => `Azure has no ${what} inside a VPN of a virtual hub`;
  if (circuit.bfd !== undefined) refuseOption(at, "bfd", why("BFD"), link.bfd?.span ?? link.span, diagnostics);
  const md5 = carries.md5?.span ?? link.md5?.span;
  if (md5 !== undefined) refuseOption(at, "md5", why("BGP authentication"), md5, diagnostics);
  if (circuit.mtu > TUNNEL_MTU) {
    const params = { mtu: circuit.mtu, kind: circuit.kind, allowed: `\`mtu = ${TUNNEL_MTU}\` or less` };
    diagnostics.report(azureDiagnostics["azure-mtu"], params, link.mtu?.span ?? link.span);
  }
  for (const { span, ...params } of policyOf(link.ipsec).faults) {
    diagnostics.report(azureDiagnostics["azure-ike-option"], params, span);
  }
  const outer = farAddress(at, 0);
  if (outer?.family === 6) {
    const params = { address: formatAddress(outer), why: "VPN gateways of virtual hubs have IPv4 outside only" };
    diagnostics.report(azureDiagnostics["azure-tunnel-address"], params, link.span);
  }
  if (circuit.routing === "static") return;
  for (const tunnel of circuit.tunnels) {
    const near = insideOf(at, tunnel)?.near.address;
    if (near !== undefined && isApipa(near)) continue;
    const span = carries.addresses[0]?.span ?? carries.span;
    const address = near === undefined ? circuit.id : formatAddress(near);
    const params = { address, why: "Azure takes addresses of 169.254.21.0/24 and 169.254.22.0/24" };
    diagnostics.report(azureDiagnostics["azure-tunnel-address"], params, span);
  }
}

/** Weights tell ExpressRoute connections apart; static routes of a VPN have no path that anybody could lengthen. */
function checkPreferences({ circuits }: Hub, diagnostics: Diagnostics): void {
  const highest = Math.max(...circuits.map(({ circuit }) => circuit.preference));
  for (const { circuit } of circuits) {
    const { preference, kind, routing, link } = circuit;
    const why =
      kind === "express-route" && preference > LARGEST_WEIGHT
        ? `a connection weighs ${LARGEST_WEIGHT} at most`
        : routing === "static" && preference < highest
          ? "its routes are static, and a hub takes those ahead of longer paths"
          : undefined;
    if (why !== undefined) {
      diagnostics.report(azureDiagnostics["azure-preference"], { link: link.name, preference, why }, link.span);
    }
  }
}

/** Each custom address of a gateway is of one tunnel and instance. */
function checkInstances(hub: Hub, diagnostics: Diagnostics): void {
  const holders = new Map<string, string>();
  for (const at of vpnCircuits(hub)) {
    if (at.circuit.routing === "static") continue;
    for (const tunnel of at.circuit.tunnels) {
      const near = insideOf(at, tunnel)?.near.address;
      if (near === undefined || !isApipa(near)) continue;
      for (const address of instanceAddresses(near)) {
        const holder = holders.get(address);
        holders.set(address, at.circuit.id);
        if (holder === undefined) continue;
        const why = `\`${holder}\` has it at an instance of the same gateway`;
        const span = at.circuit.carries.addresses[0]?.span ?? at.circuit.carries.span;
        diagnostics.report(azureDiagnostics["azure-tunnel-address"], { address, why }, span);
      }
    }
  }
}
