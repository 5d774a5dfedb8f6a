/** What AWS takes of the other end of a circuit: its address, its ASN, its BFD. */
import { type Address, addressIn, formatAddress, knownPrefix, type Prefix } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import { awsDiagnostics } from "./catalogue.js";
import { connectionsOf } from "./circuits.js";
import { farAddress } from "./lower-vpn.js";
import type { AwsCircuit, AwsSlice } from "./slice.js";

/**
 * ASNs that AWS keeps for itself, by region; absent regions: in all of them. Operator knowledge of the list in AWS
 * Site-to-Site VPN User Guide, "Customer gateway options for your AWS Site-to-Site VPN connection".
 */
const RESERVED_ASNS: readonly { readonly asn: number; readonly region?: string }[] = [
  { asn: 7_224 },
  { asn: 9_059, region: "eu-west-1" },
  { asn: 10_124, region: "ap-northeast-1" },
  { asn: 17_943, region: "ap-southeast-1" },
];

/** Shortest interval of BFD on a virtual interface, in ms. Operator knowledge: AWS Direct Connect, "Enable BFD". */
const LEAST_BFD = 300;

/** IPv4 that the internet does not reach: RFC 1918, RFC 6598, RFC 3927. */
const PRIVATE: readonly Prefix[] = [
  knownPrefix("10.0.0.0/8"),
  knownPrefix("172.16.0.0/12"),
  knownPrefix("192.168.0.0/16"),
  knownPrefix("100.64.0.0/10"),
  knownPrefix("169.254.0.0/16"),
];

/** Reports an ASN of the other end that AWS keeps for itself. */
export function checkFarAsn(slice: AwsSlice, at: AwsCircuit, region: string, diagnostics: Diagnostics): void {
  const { circuit, far } = at;
  const { asn } = far;
  if (asn === undefined || circuit.routing === "static") return;
  if (!RESERVED_ASNS.some((one) => one.asn === asn && (one.region === undefined || one.region === region))) return;
  diagnostics.report(awsDiagnostics["aws-far-asn"], { asn, region }, farAsnSpan(slice, at) ?? circuit.link.span);
}

function farAsnSpan(slice: AwsSlice, { circuit, far }: AwsCircuit): Span | undefined {
  const { estate } = slice.design;
  const places = [...estate.externals, ...estate.routers];
  const own = places.find(({ name }) => name === far.place.name)?.asn;
  return (circuit.link.localAsn ?? own ?? estate.header?.asn)?.span;
}

/** Reports an interval of BFD that a virtual interface has not. */
export function checkBfd({ circuit }: AwsCircuit, diagnostics: Diagnostics): void {
  const { bfd, link } = circuit;
  if (bfd === undefined || bfd >= LEAST_BFD) return;
  diagnostics.report(awsDiagnostics["aws-bfd"], { interval: bfd, least: LEAST_BFD }, link.bfd?.span ?? link.span);
}

/** Reports addresses of customer gateways that AWS does not reach. */
export function checkGateways(slice: AwsSlice, at: AwsCircuit, diagnostics: Diagnostics): void {
  const { ipsec, span } = at.circuit.link;
  const written = [...(ipsec?.public ?? []), ...(ipsec?.peerPublic ?? [])];
  for (const { gateway } of connectionsOf(at)) {
    const address = farAddress(at, gateway);
    const why = address === undefined ? undefined : gatewayFault(slice, address);
    if (address === undefined || why === undefined) continue;
    const place = written.find(({ value }) => value === address)?.span ?? span;
    diagnostics.report(awsDiagnostics["aws-gateway-address"], { address: formatAddress(address), why }, place);
  }
}

function gatewayFault(slice: AwsSlice, address: Address): string | undefined {
  if (address.family === 6) return "AWS reaches it by IPv4";
  if (PRIVATE.some((one) => addressIn(one, address))) return "it is private, and AWS reaches it over the internet";
  const { networks } = slice.design.estate;
  const owner = networks.find(({ cidrs }) => cidrs.some(({ value }) => addressIn(value, address)));
  return owner === undefined ? undefined : `it lies in the network \`${owner.path}\``;
}
