/** Checking LANs at routers of ours: interfaces, gateways, next hops, and several routers on one LAN. */
import {
  type Address,
  addressIn,
  formatAddress,
  formatPrefix,
  type InterfaceAddress,
  type Prefix,
  prefixOf,
  prefixRange,
} from "../../../grammar/address.js";
import { refText } from "../../bind/lookup.js";
import { addressesCatalogue as findings } from "../../diagnostics/addresses-catalogue.js";
import type { Lan, LanAttachment, Located } from "../../model/estate.js";
import type { Properties } from "../properties.js";
import { familyName } from "../values/decode.js";
import { checkAttachments, checkOwnAddresses } from "./attach.js";
import { nestedOf, optional } from "./common.js";
import { prefixList } from "./hosts.js";
import type { NetworkScope } from "./networks.js";

type Cidrs = readonly Located<Prefix>[];

/** Checks the LAN of a network or subnet at a router of ours. Undefined where nothing can be made of it. */
export function checkLan(properties: Properties, cidrs: Cidrs, scope: NetworkScope): Lan | undefined {
  const nextHops = properties.addresses("next-hop");
  const isBehind = properties.has("next-hop");
  if (isBehind && properties.has("gateway")) {
    properties.report(findings["gateway-beside-next-hop"], {}, properties.keySpan("gateway"));
  }
  const gateways = isBehind ? [] : gatewaysOf(properties, cidrs);
  const attachments = attachmentsOf(properties, cidrs, gateways, scope);
  if (isBehind) checkNextHops(properties, nextHops, cidrs, attachments);
  return {
    gateways,
    nextHops,
    dhcpRelay: properties.addresses("dhcp-relay"),
    ...optional("mtu", properties.integer("mtu")),
    attachments,
  };
}

/**
 * Where routers join the LAN, the `at` router first: it is described by the LAN's own properties, or by the first
 * `attach`, and each further router by an `attach`.
 */
function attachmentsOf(
  properties: Properties,
  cidrs: Cidrs,
  gateways: readonly Located<Address>[],
  scope: NetworkScope,
): readonly LanAttachment[] {
  const attached = nestedOf(properties.declaration, "attach");
  const isAttached = attached.some(({ name }) => refText(name) === scope.place?.name);
  const own = isAttached ? [] : ownAttachment(properties, cidrs, gateways, scope);
  return attached.length === 0 ? own : checkAttachments(properties, cidrs, gateways, own, scope);
}

/** The LAN's own interface at the `at` router. */
function ownAttachment(
  properties: Properties,
  cidrs: Cidrs,
  gateways: readonly Located<Address>[],
  scope: NetworkScope,
): readonly LanAttachment[] {
  const isSound = !properties.faulty;
  if (isSound) properties.require("interface");
  const tags = tagsOf(properties);
  const addresses = properties.interfaceAddresses("address");
  const isWritten = properties.has("next-hop") || nestedOf(properties.declaration, "attach").length > 0;
  if (isWritten) {
    if (isSound) properties.require("address");
    if (!properties.has("next-hop")) checkOwnAddresses(properties, scope.place?.name ?? "", cidrs, addresses);
  } else if (properties.has("address"))
    properties.report(findings["unused-address"], {}, properties.keySpan("address"));
  const router = scope.place?.name;
  const name = properties.text("interface");
  if (name === undefined || router === undefined) return [];
  const own = isWritten ? addresses : gateways.map((gateway) => interfaceOf(gateway, cidrs));
  return [{ router, interface: name, ...tags, addresses: own, span: properties.span }];
}

/** `vlan` and `outer-vlan`, of which the second needs the first. */
export function tagsOf(properties: Properties): Pick<LanAttachment, "vlan" | "outerVlan"> {
  const vlan = properties.integer("vlan");
  const outerVlan = properties.integer("outer-vlan");
  if (properties.has("outer-vlan") && !properties.has("vlan")) {
    properties.report(findings["outer-vlan-alone"], {}, properties.keySpan("outer-vlan"));
  }
  return { ...optional("vlan", vlan), ...optional("outerVlan", outerVlan) };
}

/** A gateway as an address of the router's interface: with the length of the prefix that it serves. */
function interfaceOf({ value, span }: Located<Address>, cidrs: Cidrs): Located<InterfaceAddress> {
  const prefix = cidrs.find((cidr) => addressIn(cidr.value, value));
  return { value: { address: value, length: prefix?.value.length ?? (value.family === 4 ? 32 : 128) }, span };
}

/** One gateway for each prefix: as written, else the first host. In the order of the prefixes. */
function gatewaysOf(properties: Properties, cidrs: Cidrs): readonly Located<Address>[] {
  const written = new Map<Located<Prefix>, Located<Address>>();
  for (const gateway of properties.addresses("gateway")) {
    const { value, span } = gateway;
    const address = formatAddress(value);
    const cidr = cidrs.find((each) => addressIn(each.value, value));
    if (cidr === undefined) {
      if (cidrs.length > 0) properties.report(findings["gateway-outside"], { address, cidrs: prefixList(cidrs) }, span);
      continue;
    }
    const prefix = formatPrefix(cidr.value);
    const first = written.get(cidr);
    if (first !== undefined) {
      const related = [{ message: "the first is here", span: first.span }];
      properties.report(findings["second-gateway"], { address, prefix }, span, { related });
    } else if (!isHost(cidr.value, value)) {
      properties.report(findings["gateway-not-a-host"], { address, prefix }, span);
    } else {
      written.set(cidr, gateway);
    }
  }
  return cidrs.map((cidr) => written.get(cidr) ?? { value: firstHost(cidr.value), span: cidr.span });
}

/** The first address that a host can have: after the network address, where the prefix has one (RFC 3021, RFC 6164). */
export function firstHost(prefix: Prefix): Address {
  const pointToPoint = prefix.family === 4 ? 31 : 127;
  return { family: prefix.family, value: prefix.length >= pointToPoint ? prefix.value : prefix.value + 1n };
}

/** True where an address of a prefix is neither its network nor its broadcast address. */
export function isHost(prefix: Prefix, { value }: Address): boolean {
  const { first, last } = prefixRange(prefix);
  if (prefix.family === 6) return prefix.length >= 127 || value !== first;
  return prefix.length >= 31 || (value !== first && value !== last);
}

/** What an address of a prefix is that no host can have: "the network address of …" or "the broadcast address of …". */
export function edgeWords(prefix: Prefix, { value }: Address): string {
  if (prefix.family === 6) return `the subnet-router anycast address of \`${formatPrefix(prefix)}\``;
  const which = value === prefix.value ? "network" : "broadcast";
  return `the ${which} address of \`${formatPrefix(prefix)}\``;
}

/** Each family of the prefixes has a next hop, and each next hop lies on the link of the router's own address. */
function checkNextHops(
  properties: Properties,
  nextHops: readonly Located<Address>[],
  cidrs: Cidrs,
  attachments: readonly LanAttachment[],
): void {
  const at = properties.valueSpan("next-hop");
  for (const family of [4, 6] as const) {
    const isWanted = cidrs.some(({ value }) => value.family === family);
    if (!isWanted || nextHops.length === 0 || nextHops.some(({ value }) => value.family === family)) continue;
    properties.report(findings["next-hop-family"], { family: familyName(family) }, at);
  }
  for (const { router, addresses, span } of attachments) {
    if (addresses.length === 0) continue;
    for (const nextHop of nextHops) {
      const { family } = nextHop.value;
      const own = addresses.find(({ value }) => value.address.family === family);
      if (own === undefined) {
        properties.report(findings["address-family"], { family: familyName(family), router }, span);
      } else if (!addressIn(prefixOf(own.value.address, own.value.length), nextHop.value)) {
        const related = [{ message: "the router's own address is here", span: own.span }];
        const params = { address: formatAddress(nextHop.value) };
        properties.report(findings["next-hop-unreachable"], params, nextHop.span, { related });
      }
    }
  }
}
