/**
 * The holdings of an estate: the innermost declarations that own endpoints (language.md §6). They are disjoint within a
 * domain, so that the labels and the name of an address are found in exactly one.
 */
import type { Address, Prefix } from "../../grammar/address.js";
import { compareCodePoints } from "../../grammar/source.js";
import type { External, Holding, Host, Labels, Lan, Located, Network, Subnet } from "../model/estate.js";
import type { Ownership } from "../model/ownership.js";
import { AddressSet } from "../sets/address-set.js";

/** The sound externals and networks, without what is faulty in them. */
export interface Holders {
  readonly externals: readonly External[];
  readonly networks: readonly Network[];
}

/** The holdings, sorted by path. `domains` knows the prefixes of each domain, for summaries. */
export function holdingsOf(holders: Holders, domains: ReadonlyMap<string, Ownership>): readonly Holding[] {
  const holes = new Map<string, AddressSet>();
  for (const ownership of domains.values()) {
    for (const [entry, inside] of ownership.holes()) {
      const own = holes.get(entry.owner) ?? AddressSet.empty;
      holes.set(entry.owner, own.union(AddressSet.ofPrefixes(inside)));
    }
  }
  const found = [
    ...holders.externals.flatMap((external) => ofExternal(external, holes.get(external.path) ?? AddressSet.empty)),
    ...holders.networks.flatMap(ofNetwork),
  ];
  return found.filter(({ addresses }) => !addresses.isEmpty()).sort((a, b) => compareCodePoints(a.path, b.path));
}

/** What the holdings of one declaration have in common. */
interface Outer {
  readonly domain: string;
  readonly site: string;
  readonly labels: readonly Labels[];
  /** Addresses that are no endpoints of it: routers' own, or those of others. */
  readonly without: AddressSet;
}

function ofExternal(external: External, holes: AddressSet): readonly Holding[] {
  const { domain, path, labels } = external;
  const outer: Outer = { domain, site: path, labels: [labels], without: holes };
  return [holding("external", external, external.cidrs, external.hosts, outer), ...ofHosts(external.hosts, outer)];
}

function ofNetwork(network: Network): readonly Holding[] {
  const { domain, path, labels } = network;
  if (network.subnets.length > 0) return network.subnets.flatMap((subnet) => ofSubnet(subnet, network));
  const outer: Outer = { domain, site: path, labels: [labels], without: routerAddresses(network.lan) };
  return [holding("network", network, network.cidrs, network.hosts, outer), ...ofHosts(network.hosts, outer)];
}

function ofSubnet(subnet: Subnet, network: Network): readonly Holding[] {
  const outer: Outer = {
    domain: network.domain,
    site: subnet.lan === undefined ? network.path : subnet.path,
    labels: [network.labels, subnet.labels],
    without: routerAddresses(subnet.lan),
  };
  return [holding("subnet", subnet, subnet.cidrs, subnet.hosts, outer), ...ofHosts(subnet.hosts, outer)];
}

/** A LAN's gateways and the routers' own addresses on it, which are no endpoints. */
export function routerAddresses(lan: Lan | undefined): AddressSet {
  if (lan === undefined) return AddressSet.empty;
  const own = lan.attachments.flatMap(({ addresses }) => addresses.map(({ value }) => value.address));
  return addressesOf([...lan.gateways.map(({ value }) => value), ...own]);
}

function holding(
  kind: Holding["kind"],
  declaration: Pick<Holding, "path" | "span">,
  cidrs: readonly Located<Prefix>[],
  hosts: readonly Host[],
  outer: Outer,
): Holding {
  const inner = addressesOf(hosts.flatMap(({ addresses }) => addresses.map(({ value }) => value)));
  const all = AddressSet.ofPrefixes(cidrs.map(({ value }) => value));
  return made(kind, declaration, all.subtract(inner), outer, outer.labels);
}

function ofHosts(hosts: readonly Host[], outer: Outer): readonly Holding[] {
  return hosts.map((host) => {
    const addresses = addressesOf(host.addresses.map(({ value }) => value));
    return made("host", host, addresses, outer, [...outer.labels, host.labels]);
  });
}

function made(
  kind: Holding["kind"],
  { path, span }: Pick<Holding, "path" | "span">,
  addresses: AddressSet,
  { domain, site, without }: Outer,
  labels: readonly Labels[],
): Holding {
  const merged = new Map(labels.flatMap((each) => [...each].map(([label, { value }]) => [label, value] as const)));
  const sorted = new Map([...merged].sort(([a], [b]) => compareCodePoints(a, b)));
  return { kind, path, domain, site, addresses: addresses.subtract(without), labels: sorted, span };
}

function addressesOf(addresses: readonly Address[]): AddressSet {
  return AddressSet.ofRanges(addresses.map(({ family, value }) => ({ family, first: value, last: value })));
}
