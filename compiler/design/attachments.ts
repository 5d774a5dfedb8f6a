/** Attachments: networks at clouds, LANs at routers of ours, networks at unmanaged routers. */

import type { Diagnostics } from "../../grammar/diagnostic.js";
import { compareCodePoints } from "../../grammar/source.js";
import type { Network, Subnet } from "../model/estate.js";
import type { Relations } from "../relations/relations.js";
import type { Attachment, CloudAttachment, LanAttachmentDesign } from "./design.js";
import type { Item } from "./flood.js";
import type { Allocator } from "./lock.js";
import { integers, numbersFrom } from "./numbers.js";

/** Zone letters of AWS availability zones, in the order they are given out. */
const ZONES = ["a", "b", "c", "d", "e", "f"] as const;

/** Builds every attachment, by id. */
export function designAttachments(
  relations: Relations,
  items: readonly Item[],
  allocator: Allocator,
  diagnostics: Diagnostics,
): readonly Attachment[] {
  const zones = allocateZones(relations, allocator);
  const groups = vrrpGroups(relations, allocator, diagnostics);
  const out: Attachment[] = [];
  for (const network of relations.estate.networks) {
    if (network.place.kind === "cloud") out.push(cloudAttachment(network, zones));
    else if (network.lan !== undefined) out.push(lan(relations, items, groups, network, undefined));
    else if (network.subnets.some((subnet) => subnet.lan !== undefined)) {
      for (const subnet of network.subnets) out.push(lan(relations, items, groups, network, subnet));
    } else {
      const { path: id, domain, place } = network;
      out.push({ kind: "remote", id, network, router: place.name, domain });
    }
  }
  return out.sort((a, b) => compareCodePoints(a.id, b.id));
}

function cloudAttachment(network: Network, zones: ReadonlyMap<string, string>): CloudAttachment {
  const own = network.subnets.flatMap((subnet) => {
    const zone = zones.get(subnet.path);
    return zone === undefined ? [] : [[subnet.path, zone] as const];
  });
  const { path: id, place, domain } = network;
  return { kind: "cloud-network", id, network, cloud: place.name, domain, zones: new Map(own) };
}

/** Zones written in the source, else the next letter of the network's subnets in turn, kept by the lock. */
function allocateZones(relations: Relations, allocator: Allocator): ReadonlyMap<string, string> {
  const zones = new Map<string, string>();
  for (const network of relations.estate.networks) {
    if (network.place.kind !== "cloud") continue;
    const aws = relations.topology.cloud(network.place.name)?.provider === "aws";
    const free = network.subnets.filter((subnet) => subnet.zone === undefined && subnet.existing === undefined);
    for (const subnet of network.subnets) if (subnet.zone !== undefined) zones.set(subnet.path, subnet.zone.value);
    if (!aws) continue;
    const keys = free.map((subnet) => subnet.path);
    for (const [path, zone] of allocator.allocate({ pool: "zone", keys, candidates: ZONES, repeat: true })) {
      if (typeof zone === "string") zones.set(path, zone);
    }
  }
  return zones;
}

/** Groups 1 to 255 for LANs on several routers (RFC 5798: the virtual router identifier). */
function vrrpGroups(relations: Relations, allocator: Allocator, diagnostics: Diagnostics): ReadonlyMap<string, number> {
  const keys = relations.topology.sites
    .filter((site) => site.kind === "lan" && site.places.length > 1)
    .map((site) => site.path);
  return numbersFrom(allocator, { pool: "vrrp", keys, candidates: integers(1, 255) }, "VRRP group", diagnostics);
}

function lan(
  relations: Relations,
  items: readonly Item[],
  groups: ReadonlyMap<string, number>,
  network: Network,
  subnet: Subnet | undefined,
): LanAttachmentDesign {
  const id = subnet?.path ?? network.path;
  const site = relations.topology.site(id);
  const side = subnet?.lan ?? network.lan;
  const prefixes = (subnet?.cidrs ?? network.cidrs).map((cidr) => cidr.value);
  const own = new Set((site?.cidrs ?? []).map((cidr) => `${cidr.value.value}/${cidr.value.length}`));
  const parts = items
    .filter((item) => item.site.path === id && item.cause.kind === "own")
    .map((item) => item.prefix)
    .filter((prefix) => !own.has(`${prefix.value}/${prefix.length}`));
  const group = groups.get(id);
  return {
    kind: "lan",
    id,
    network,
    ...(subnet === undefined ? {} : { subnet }),
    domain: network.domain,
    prefixes,
    gateways: side?.gateways.map((one) => one.value) ?? [],
    nextHops: side?.nextHops.map((one) => one.value) ?? [],
    dhcpRelay: side?.dhcpRelay.map((one) => one.value) ?? [],
    ...(side?.mtu === undefined ? {} : { mtu: side.mtu.value }),
    attachments: side?.attachments ?? [],
    parts,
    ...(group === undefined ? {} : { vrrpGroup: group }),
    sources: [subnet?.span ?? network.span],
  };
}
