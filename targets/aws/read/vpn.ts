/** Site-to-Site VPN: connections of two tunnels, with BGP or static routes. */
import type { ReadChannel, ReadTable } from "../../../compiler/validate/readback.js";
import { type Address, type Family, parseAddress } from "../../../grammar/address.js";
import type { Block } from "./block.js";
import { asnIn, checkSecret, pathsWithin } from "./direct-connect.js";
import { type Attachment, learnedId, tunnelId } from "./hubs.js";
import { blocksOf } from "./module.js";
import { parsePrefix } from "./prefixes.js";
import type { Reading } from "./reading.js";
import { referenceIn, type Wanted } from "./reference.js";

const CUSTOMER: readonly Wanted[] = [["aws_customer_gateway", "id"]];
const CONNECTION: readonly Wanted[] = [["aws_vpn_connection", "id"]];
/** Length of the inside prefix of a tunnel. Source: AWS Site-to-Site VPN User Guide, "Tunnel options". */
const INSIDE: Readonly<Record<Family, number>> = { 4: 30, 6: 126 };

/** The sessions of all connections, and the tables that hold what they hear. */
export function readVpns(
  reading: Reading,
  attachments: ReadonlyMap<string, Attachment>,
): { readonly channels: readonly ReadChannel[]; readonly tables: readonly ReadTable[] } {
  const paths = pathsWithin(reading, "vpn_tunnels", "vpn_connection_id", CONNECTION);
  const channels: ReadChannel[] = [];
  const tables: ReadTable[] = [];
  for (const block of blocksOf(reading.modules, "aws_vpn_connection")) {
    const attachment = attachments.get(block.id);
    if (attachment === undefined) continue;
    const common = { device: attachment.hub.id, kind: "gateway" as const, routes: [], at: block.place };
    tables.push({ ...common, id: attachment.learned, name: `${block.name}, learned` });
    if (attachment.table === undefined) tables.push({ ...common, id: idleId(block), name: `${block.name}, no table` });
    channels.push(...tunnels(reading, attachment, paths.get(block.id)));
  }
  return { channels, tables };
}

/** A table without routes, for an attachment that is associated with none. */
function idleId(block: Block): string {
  return `${block.id}#idle`;
}

function tunnels(reading: Reading, attachment: Attachment, path: string | undefined): readonly ReadChannel[] {
  const { block, hub } = attachment;
  const asked = block.demand("type", "tunnel_inside_ip_version", "static_routes_only");
  const [type, isStatic] = [block.word("type", ["ipsec.1"]), block.flag("static_routes_only", false)];
  const version = block.word("tunnel_inside_ip_version", ["ipv4", "ipv6"]);
  const customer = reading.resolver.target(block, "customer_gateway_id", CUSTOMER)?.block;
  const remoteAsn = customer === undefined ? undefined : customerAsn(customer);
  const outside = customer === undefined ? undefined : outsideOf(customer);
  if (!asked || type === undefined || isStatic === undefined || version === undefined) return [];
  const family: Family = version === "ipv4" ? 4 : 6;
  return [1, 2].map((tunnel) => {
    checkSecret(block, `tunnel${tunnel}_preshared_key`);
    const id = tunnelId(block, tunnel);
    const asns = {
      ...(hub.asn === undefined ? {} : { localAsn: hub.asn }),
      ...(remoteAsn === undefined ? {} : { remoteAsn }),
    };
    return {
      id,
      table: attachment.table?.key ?? idleId(block),
      into: learnedId(block.id),
      peer: {
        kind: "session" as const,
        routing: isStatic ? ("static" as const) : ("bgp" as const),
        family,
        ...insideOf(block, tunnel, family),
        ...(isStatic ? {} : asns),
        object: `${block.address}#tunnel${tunnel}`,
        ...(outside === undefined ? {} : { outside }),
        ...(path === undefined ? {} : { path }),
        authenticated: false,
        bfd: false,
      },
      next: { kind: "session" as const, channel: id },
      at: block.place,
    };
  });
}

/** AWS takes the first host of a tunnel's inside prefix. */
function insideOf(block: Block, tunnel: number, family: Family): { local?: Address; remote?: Address } {
  const own = family === 4 ? `tunnel${tunnel}_inside_cidr` : `tunnel${tunnel}_inside_ipv6_cidr`;
  const other = family === 4 ? `tunnel${tunnel}_inside_ipv6_cidr` : `tunnel${tunnel}_inside_cidr`;
  if (block.has(other)) block.refuse(other, "the tunnels of this connection have the other family inside");
  const text = block.text(own);
  if (text === undefined) return {};
  const prefix = parsePrefix(text);
  if (prefix === undefined || prefix.family !== family || prefix.length !== INSIDE[family]) {
    block.refuse(own, `an IPv${family} prefix of length ${INSIDE[family]} is expected here`);
    return {};
  }
  return { local: { family, value: prefix.value + 1n }, remote: { family, value: prefix.value + 2n } };
}

function customerAsn(gateway: Block): number | undefined {
  gateway.word("type", ["ipsec.1"]);
  if (gateway.has("bgp_asn") && gateway.has("bgp_asn_extended")) gateway.refuse("bgp_asn", "the ASN stands twice");
  const asn = gateway.has("bgp_asn_extended") ? asnIn(gateway, "bgp_asn_extended") : asnIn(gateway, "bgp_asn");
  return asn ?? gateway.refuse(undefined, "`bgp_asn` is missing");
}

/** The public address of a customer gateway; undefined where a variable holds it. */
function outsideOf(gateway: Block): Address | undefined {
  const value = gateway.raw("ip_address");
  if (value === undefined) return gateway.refuse(undefined, "`ip_address` is missing");
  const found = typeof value === "string" ? referenceIn(gateway.module, value) : undefined;
  if (found?.kind === "variable") return undefined;
  const address = found?.kind === "literal" ? parseAddress(found.text) : undefined;
  return address ?? gateway.refuse("ip_address", "an address or a variable is expected here");
}
