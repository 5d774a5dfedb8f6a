/** What must hold of Direct Connect and VPN circuits at AWS. */
import type { Addressing, Tunnel } from "../../compiler/design/design.js";
import {
  formatInterfaceAddress,
  formatPrefix,
  type InterfaceAddress,
  knownPrefix,
  type Prefix,
  prefixContains,
  prefixOf,
} from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import { awsDiagnostics } from "./catalogue.js";
import { checkBfd, checkFarAsn, checkGateways } from "./checks-far-end.js";
import { connectionsOf } from "./circuits.js";
import { checkId } from "./ids.js";
import { proposalOf } from "./ipsec.js";
import { circuitOf, holdsRoute, linkTableOf } from "./link-tables.js";
import { announcedByAws } from "./lower-direct-connect.js";
import type { AwsCircuit, AwsSlice, CloudSlice } from "./slice.js";

/** Largest ASN that provider 5.100 can send for a virtual interface: it holds the number in 32 signed bits. */
const LARGEST_INTERFACE_ASN = 2_147_483_647;
/** Source: "Set MTU for private virtual interfaces or transit virtual interfaces", AWS Direct Connect User Guide. */
const INTERFACE_MTUS: readonly number[] = [1_500, 8_500];
/** Source: AWS Site-to-Site VPN User Guide, "Best practices for your customer gateway device". */
const TUNNEL_MTU = 1_446;

/** Checks every circuit of a cloud. */
export function checkCircuits(slice: AwsSlice, cloud: CloudSlice, diagnostics: Diagnostics): void {
  for (const at of cloud.circuits) {
    checkFarEnd(slice, at, diagnostics);
    checkFarAsn(slice, at, cloud.region, diagnostics);
    if (at.circuit.kind === "direct-connect") checkInterface(at, diagnostics);
    else if (at.circuit.kind === "ipsec") checkVpn(slice, at, diagnostics);
    else {
      const why = "only Direct Connect and IPsec end at a transit gateway";
      diagnostics.report(awsDiagnostics["aws-link-not-served"], { kind: at.circuit.kind, why }, at.circuit.link.span);
    }
  }
  checkAnnouncements(cloud, diagnostics);
  checkSummaries(cloud, diagnostics);
  checkPreferences(cloud, diagnostics);
}

function checkFarEnd(slice: AwsSlice, at: AwsCircuit, diagnostics: Diagnostics): void {
  const { circuit, far } = at;
  const other = slice.design.estate.clouds.find(({ name }) => far.place.kind === "cloud" && name === far.place.name);
  if (other?.provider === "aws") {
    const why = "both ends of a VPN between two AWS clouds wait for the other to begin; join them through a router";
    diagnostics.report(awsDiagnostics["aws-link-not-served"], { kind: circuit.kind, why }, circuit.link.span);
  }
  const limit = circuit.carries.maxPrefixes;
  if (limit !== undefined && !at.managed) {
    const why = "a transit gateway has no limit of its own, and no router of ours is at the other end";
    refuseOption(at, "max-prefixes", why, limit.span, diagnostics);
  }
}

function refuseOption(at: AwsCircuit, option: string, why: string, span: Span, diagnostics: Diagnostics): void {
  diagnostics.report(awsDiagnostics["aws-option-not-served"], { option, kind: at.circuit.kind, why }, span);
}

function checkInterface(at: AwsCircuit, diagnostics: Diagnostics): void {
  const { circuit, far } = at;
  const { link, carries } = circuit;
  checkId(diagnostics, "connection", link.connection);
  const fault = (why: string, remedy: string, span: Span): void =>
    diagnostics.report(awsDiagnostics["aws-circuit"], { circuit: circuit.id, why, remedy }, span);
  if (circuit.vlan === undefined) fault("it has no `vlan`", "add `vlan = …` to `carries`", carries.span);
  if (circuit.outerVlan !== undefined) {
    fault("AWS takes no outer tag", "take `outer-vlan` out", carries.outerVlan?.span ?? carries.span);
  }
  if (circuit.routing === "static" || far.asn === undefined) {
    const why = "Direct Connect routes by BGP only, so its other end needs an `asn`";
    fault(why, `add \`asn = …\` to \`${far.place.name}\``, link.span);
  }
  checkBfd(at, diagnostics);
  if (far.asn !== undefined && far.asn > LARGEST_INTERFACE_ASN) {
    diagnostics.report(awsDiagnostics["aws-long-asn"], { asn: far.asn }, link.localAsn?.span ?? link.span);
  }
  if (!INTERFACE_MTUS.includes(circuit.mtu)) {
    const params = { mtu: circuit.mtu, kind: circuit.kind, allowed: "`mtu = 1500` or `mtu = 8500`" };
    diagnostics.report(awsDiagnostics["aws-mtu"], params, link.mtu?.span ?? link.span);
  }
  for (const { family, span } of carries.addresses) {
    if (family === 6) fault("AWS chooses its IPv6 addresses itself", "take the IPv6 pair out of `addresses`", span);
  }
}

function checkVpn(slice: AwsSlice, at: AwsCircuit, diagnostics: Diagnostics): void {
  const { circuit } = at;
  const { link, carries } = circuit;
  const why = (what: string): string => `AWS has no ${what} inside a VPN`;
  if (circuit.bfd !== undefined) refuseOption(at, "bfd", why("BFD"), link.bfd?.span ?? link.span, diagnostics);
  const md5 = carries.md5?.span ?? link.md5?.span;
  if (md5 !== undefined) refuseOption(at, "md5", why("BGP authentication"), md5, diagnostics);
  if (circuit.mtu > TUNNEL_MTU) {
    const params = { mtu: circuit.mtu, kind: circuit.kind, allowed: `\`mtu = ${TUNNEL_MTU}\` or less` };
    diagnostics.report(awsDiagnostics["aws-mtu"], params, link.mtu?.span ?? link.span);
  }
  for (const { key, value, allowed, span } of proposalOf(link.ipsec).faults) {
    diagnostics.report(
      awsDiagnostics["aws-ike-option"],
      { key, allowed, ...(value === undefined ? {} : { value }) },
      span,
    );
  }
  checkTunnels(at, diagnostics);
  checkGateways(slice, at, diagnostics);
}

function checkTunnels(at: AwsCircuit, diagnostics: Diagnostics): void {
  const { circuit } = at;
  const report = (why: string): void =>
    diagnostics.report(awsDiagnostics["aws-tunnels"], { circuit: circuit.id, why }, circuit.carries.span);
  if (circuit.tunnels.length === 0) report("there is none");
  for (const family of [4, 6] as const) {
    const own = circuit.tunnels.filter(({ addressing }) => addressing.some((one) => one.family === family));
    if (own.length % 2 !== 0) report(`${own.length} of them carry IPv${family}`);
    if (circuit.routing === "static" && own.length > 2) report("without BGP only two can be used");
  }
  const seen = new Map<string, string>();
  for (const tunnel of circuit.tunnels) {
    for (const addressing of tunnel.addressing) checkInside(at, tunnel, addressing, seen, diagnostics);
  }
}

const INSIDE_IPV4 = knownPrefix("169.254.0.0/16");
const INSIDE_IPV6 = knownPrefix("fd00::/8");
/** Source: AWS Site-to-Site VPN User Guide, "Tunnel options", "Inside tunnel IPv4 CIDR". */
const RESERVED: readonly Prefix[] = [
  ...[0, 1, 2, 3, 4, 5].map((third) => knownPrefix(`169.254.${third}.0/30`)),
  knownPrefix("169.254.169.252/30"),
];

function checkInside(
  at: AwsCircuit,
  tunnel: Tunnel,
  addressing: Addressing,
  seen: Map<string, string>,
  diagnostics: Diagnostics,
): void {
  if (addressing.kind === "provider") return;
  const near = addressing.ends[at.index];
  const why = insideFault(near);
  const { carries } = at.circuit;
  const span = carries.addresses.find(({ family }) => family === addressing.family)?.span ?? carries.span;
  const report = (reason: string): void =>
    diagnostics.report(
      awsDiagnostics["aws-tunnel-address"],
      { address: formatInterfaceAddress(near), why: reason },
      span,
    );
  if (why !== undefined) report(why);
  const inside = formatPrefix(prefixOf(near.address, near.length));
  if (seen.has(inside)) report(`tunnel ${seen.get(inside)} has the same prefix`);
  seen.set(inside, String(tunnel.index + 1));
}

/** Why an address cannot be that of AWS inside a tunnel. */
function insideFault(near: InterfaceAddress): string | undefined {
  const inside = prefixOf(near.address, near.length);
  const four = near.address.family === 4;
  if (near.length !== (four ? 30 : 126)) return `a tunnel has a /${four ? 30 : 126}`;
  if (!prefixContains(four ? INSIDE_IPV4 : INSIDE_IPV6, inside)) {
    return `it is not in ${four ? "169.254.0.0/16" : "fd00::/8"}`;
  }
  if (RESERVED.some((reserved) => prefixContains(reserved, inside))) return "AWS keeps that prefix for itself";
  return near.address.value === inside.value + 1n ? undefined : "AWS takes the first host of the prefix";
}

/** What AWS announces over a VPN: the routes of its table of the families inside the tunnels, but the far end's own. */
export function announcedByTable(cloud: CloudSlice, at: AwsCircuit): readonly string[] {
  const { circuit } = at;
  const instance = cloud.instances.find(({ domain }) => domain === circuit.domain);
  const families = new Set(connectionsOf(at).map(({ family }) => family));
  const table = linkTableOf(cloud, at);
  return (instance?.routes ?? [])
    .filter(({ prefix }) => families.has(prefix.family))
    .filter((route) => (table === undefined ? circuitOf(route.origin) !== circuit.id : holdsRoute(table, route)))
    .map(({ prefix }) => formatPrefix(prefix));
}

/** A VPN announces what stands in its table: a summary that stands nowhere is never heard. */
function checkSummaries(cloud: CloudSlice, diagnostics: Diagnostics): void {
  for (const at of cloud.circuits) {
    const { circuit, near } = at;
    if (circuit.kind !== "ipsec" || circuit.routing === "static") continue;
    const told = new Set(announcedByTable(cloud, at));
    const families = new Set(connectionsOf(at).map(({ family }) => family));
    for (const { prefix, sources } of near.announces) {
      const text = formatPrefix(prefix);
      if (told.has(text) || !families.has(prefix.family)) continue;
      const span = sources[0] ?? circuit.carries.span;
      diagnostics.report(awsDiagnostics["aws-announcement"], { prefix: text, circuit: circuit.id }, span);
    }
  }
}

/** All virtual interfaces of a gateway announce one list: a far end that does not filter must want all of it. */
function checkAnnouncements(cloud: CloudSlice, diagnostics: Diagnostics): void {
  const members = cloud.circuits.filter(({ circuit }) => circuit.kind === "direct-connect");
  for (const at of members) {
    if (at.managed) continue;
    const own = new Set(at.near.announces.map((one) => formatPrefix(one.prefix)));
    const others = members.filter((other) => other !== at && other.circuit.domain === at.circuit.domain);
    for (const other of others) {
      const extra = announcedByAws([other]).find((one) => !own.has(formatPrefix(one)));
      if (extra === undefined) continue;
      const params = { circuit: at.circuit.id, prefix: formatPrefix(extra), other: other.circuit.id };
      diagnostics.report(awsDiagnostics["aws-announcements-differ"], params, at.circuit.carries.span);
    }
  }
}

/** How a transit gateway orders routes to one prefix. Source: "How AWS Transit Gateway works", route evaluation order. */
function rank({ circuit }: AwsCircuit): number {
  if (circuit.kind === "direct-connect") return 1;
  return circuit.routing === "static" ? 2 : 0;
}

const rankNames = ["VPN by BGP", "Direct Connect", "VPN with static routes"] as const;

/** Two circuits with a prefix in common must be preferred as a transit gateway does. */
function checkPreferences(cloud: CloudSlice, diagnostics: Diagnostics): void {
  for (const a of cloud.circuits) {
    const prefixes = new Set(a.far.announces.map((one) => formatPrefix(one.prefix)));
    for (const b of cloud.circuits) {
      if (a.circuit.domain !== b.circuit.domain || a.circuit.preference <= b.circuit.preference) continue;
      if (rank(a) >= rank(b) || !b.far.announces.some((one) => prefixes.has(formatPrefix(one.prefix)))) continue;
      const why = `it takes ${rankNames[rank(b)]} before ${rankNames[rank(a)]}`;
      const params = { preferred: a.circuit.link.name, other: b.circuit.link.name, why };
      diagnostics.report(awsDiagnostics["aws-preference"], params, a.circuit.link.span);
    }
  }
}
