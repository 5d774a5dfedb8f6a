/**
 * The estate as canonical JSON: what guard rails, editors and other programs read. Keys are the language's own names of
 * properties, in a fixed order; lists are sorted as in the model; absent is left out. `estateJsonSchema` describes it.
 */

import type { Address, Prefix } from "../../grammar/address.js";
import { formatAddress, formatInterfaceAddress, formatPrefix, type InterfaceAddress } from "../../grammar/address.js";
import { serviceTexts } from "../sets/service-text.js";
import type {
  Carries,
  Cloud,
  Estate,
  External,
  Host,
  Lan,
  Link,
  Located,
  Network,
  Router,
  Secret,
  Segment,
  Subnet,
} from "./estate.js";
import { declaredJson, endpointsJson, type Json, object, sourceJson } from "./export-common.js";
import { invariantJson, policyJson } from "./export-statements.js";

export type { Json } from "./export-common.js";

/** The estate as a value of JSON. Deterministic: the same estate gives the same bytes. */
export function exportEstate(estate: Estate): Json {
  const { header } = estate;
  const keys = accountKeys(estate);
  return object({
    formatVersion: 1,
    name: estate.name,
    estate:
      header === undefined
        ? undefined
        : object({
            ...declaredJson(header),
            asn: header.asn?.value,
            owner: header.owner?.value,
            tags: textsJson(header.tags),
            "link-addresses": some(header.linkAddresses, prefixJson),
          }),
    segments: estate.segments.map(segmentJson),
    clouds: estate.clouds.map(cloudJson),
    routers: estate.routers.map(routerJson),
    externals: estate.externals.map(externalJson),
    networks: estate.networks.map((network) => networkJson(network, keys)),
    links: estate.links.map(linkJson),
    services: estate.services.map((each) => object({ ...declaredJson(each), service: serviceTexts(each.service) })),
    groups: estate.groups.map((each) => object({ ...declaredJson(each), endpoints: endpointsJson(each.endpoints) })),
    policies: estate.policies.map(policyJson),
    invariants: estate.invariants.map(invariantJson),
    omitted: { any: estate.omitted.any, routing: estate.omitted.routing },
  });
}

function some<T>(items: readonly Located<T>[], json: (item: Located<T>) => Json): readonly Json[] | undefined {
  return items.length === 0 ? undefined : items.map(json);
}

const prefixJson = ({ value }: Located<Prefix>): Json => formatPrefix(value);
const addressJson = ({ value }: Located<Address>): Json => formatAddress(value);
const interfaceJson = ({ value }: Located<InterfaceAddress>): Json => formatInterfaceAddress(value);
const secretJson = ({ value }: Located<Secret>): Json => ({ secret: value.name });

function textsJson(texts: ReadonlyMap<string, Located<string | number>>): Json | undefined {
  if (texts.size === 0) return undefined;
  return Object.fromEntries(
    [...texts].map(([key, { value }]) => [key, value] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function segmentJson(segment: Segment): Json {
  return object({
    ...declaredJson(segment),
    owner: segment.owner?.value,
    description: segment.description?.value,
    id: segment.number?.value,
    vrf: segment.vrf.value,
    rt: segment.routeTarget?.value,
  });
}

function cloudJson(cloud: Cloud): Json {
  const base = {
    ...declaredJson(cloud),
    provider: cloud.provider,
    region: cloud.region.value,
    asn: cloud.asn?.value,
    existing: cloud.existing?.value,
  };
  switch (cloud.provider) {
    case "aws":
      return object({
        ...base,
        account: cloud.account?.value,
        hub: cloud.hub,
        "gateway-asn": textsJson(cloud.gatewayAsns),
        "ipv6-pool": cloud.ipv6Pool?.value,
        "flow-logs": cloud.flowLogs?.value,
      });
    case "azure":
      return object({
        ...base,
        subscription: cloud.account?.value,
        "hub-cidr": formatPrefix(cloud.hubCidr.value),
        "resource-group": cloud.resourceGroup?.value,
        "flow-logs": cloud.flowLogs?.value,
      });
    case "gcp":
      return object({ ...base, project: cloud.account?.value, "shared-vpc-host": cloud.sharedVpcHost?.value });
  }
}

function routerJson(router: Router): Json {
  return object({
    ...declaredJson(router),
    os: router.os,
    loopback: some(router.loopbacks, addressJson),
    asn: router.asn?.value,
    site: router.site?.value,
    "loopback-interface": router.loopbackInterface?.value,
    "route-reflector": router.routeReflector,
    "vpn-sessions": router.vpnSessions,
    management: some(router.management, prefixJson),
  });
}

function externalJson(external: External): Json {
  return object({
    ...declaredJson(external),
    segment: external.domain,
    cidr: external.cidrs.map(prefixJson),
    summary: external.summary,
    asn: external.asn?.value,
    "next-hop": some(external.nextHops, addressJson),
    labels: textsJson(external.labels),
    description: external.description?.value,
    hosts: external.hosts.map(hostJson),
  });
}

function hostJson(host: Host): Json {
  return object({ ...declaredJson(host), address: host.addresses.map(addressJson), labels: textsJson(host.labels) });
}

/** What the account of a network is called at each cloud. */
function accountKeys({ clouds }: Estate): ReadonlyMap<string, string> {
  const keys = { aws: "account", azure: "subscription", gcp: "project" } as const;
  return new Map(clouds.map(({ name, provider }) => [name, keys[provider]] as const));
}

function networkJson(network: Network, keys: ReadonlyMap<string, string>): Json {
  return object({
    ...declaredJson(network),
    segment: network.domain,
    place: network.place.name,
    cidr: network.cidrs.map(prefixJson),
    labels: textsJson(network.labels),
    description: network.description?.value,
    [keys.get(network.place.name) ?? "account"]: network.account?.value,
    existing: network.existing?.value,
    ...lanJson(network.lan),
    subnets: network.subnets.map(subnetJson),
    hosts: network.hosts.map(hostJson),
  });
}

function subnetJson(subnet: Subnet): Json {
  return object({
    ...declaredJson(subnet),
    cidr: subnet.cidrs.map(prefixJson),
    zone: subnet.zone?.value,
    labels: textsJson(subnet.labels),
    existing: subnet.existing?.value,
    "route-table": subnet.routeTable?.value,
    "health-probes": subnet.healthProbes === undefined ? undefined : serviceTexts(subnet.healthProbes.value),
    ...lanJson(subnet.lan),
    hosts: subnet.hosts.map(hostJson),
  });
}

function lanJson(lan: Lan | undefined): Readonly<Record<string, Json | undefined>> {
  if (lan === undefined) return {};
  return {
    gateway: some(lan.gateways, addressJson),
    "next-hop": some(lan.nextHops, addressJson),
    "dhcp-relay": some(lan.dhcpRelay, addressJson),
    mtu: lan.mtu?.value,
    attachments: lan.attachments.map((each) =>
      object({
        router: each.router,
        interface: each.interface.value,
        vlan: each.vlan?.value,
        "outer-vlan": each.outerVlan?.value,
        address: each.addresses.map(interfaceJson),
      }),
    ),
  };
}

function linkJson(link: Link): Json {
  const { ipsec } = link;
  return object({
    ...declaredJson(link),
    kind: link.kind,
    ends: link.ends.map((end) =>
      object({ kind: end.place.kind, place: end.place.name, interface: end.interface?.value }),
    ),
    bandwidth: link.bandwidth?.value,
    connection: link.connection?.value,
    hosted: link.hosted,
    partner: link.partner,
    "edge-domain": link.edgeDomain?.value,
    preference: link.preference,
    "local-asn": link.localAsn?.value,
    mtu: link.mtu?.value,
    bfd: link.bfd?.value,
    md5: link.md5 === undefined ? undefined : secretJson(link.md5),
    ...(ipsec === undefined
      ? {}
      : {
          public: some(ipsec.public, addressJson),
          "peer-public": some(ipsec.peerPublic, addressJson),
          "wan-interface": ipsec.wanInterface?.value,
          "wan-vrf": ipsec.wanVrf?.value,
          psk: some(ipsec.psk, secretJson),
          ike: textsJson(ipsec.ike),
        }),
    carries: link.carries.map(carriesJson),
  });
}

function carriesJson(carries: Carries): Json {
  const announce = [...carries.announce].map(([end, prefixes]) => [end, prefixes.map(prefixJson)] as const);
  return object({
    segment: carries.domain,
    source: sourceJson(carries.span),
    vlan: carries.vlan?.value,
    "outer-vlan": carries.outerVlan?.value,
    addresses:
      carries.addresses.length === 0
        ? undefined
        : carries.addresses.flatMap(({ ends }) => ends.map((end) => formatInterfaceAddress(end))),
    circuit: carries.circuit?.value,
    path: carries.path?.value,
    bandwidth: carries.bandwidth?.value,
    "max-prefixes": carries.maxPrefixes?.value,
    announce: announce.length === 0 ? undefined : Object.fromEntries(announce.sort(([a], [b]) => (a < b ? -1 : 1))),
    md5: carries.md5 === undefined ? undefined : secretJson(carries.md5),
  });
}
