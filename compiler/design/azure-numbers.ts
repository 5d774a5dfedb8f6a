/**
 * What the lock file keeps for Azure: the prefix of each virtual hub, the cloud that a segment's virtual WAN lies at, and
 * the priorities of the rules of network security groups.
 */
import { formatPrefix, knownPrefix, type Prefix, prefixSize } from "../../grammar/address.js";
import { compareCodePoints } from "../../grammar/source.js";
import type { AzureCloud, DomainId, Estate } from "../model/estate.js";
import type { Attachment, AzureNumbers, Circuit, EnforcementPoint, RoutingInstance } from "./design.js";
import type { Allocator } from "./lock.js";
import { nsgLines } from "./nsg-lines.js";

/** The parts of a design that Azure's numbers are given out for. */
export interface AzureParts {
  readonly estate: Estate;
  readonly instances: readonly RoutingInstance[];
  readonly attachments: readonly Attachment[];
  readonly circuits: readonly Circuit[];
  readonly points: readonly EnforcementPoint[];
}

/** Prefix length of a hub where there is room for several, and the longest that Azure takes ("Virtual WAN FAQ"). */
const HUB_LENGTH = 23;
const LONGEST_HUB = 24;

/** Priorities of generated rules: those below are kept for an upper layer of denies, those above for probes and the last deny. */
const FIRST_PRIORITY = 1_000;
const LAST_PRIORITY = 3_999;

/** The segments that a cloud has a hub for: attached networks, links, and what routes it holds. */
export function domainsAt(parts: Omit<AzureParts, "points" | "estate">, cloud: string): readonly DomainId[] {
  const here = ({ kind, name }: { readonly kind: string; readonly name: string }): boolean =>
    kind === "cloud" && name === cloud;
  const found = new Set<DomainId>();
  for (const one of parts.attachments) if (one.kind === "cloud-network" && one.cloud === cloud) found.add(one.domain);
  for (const { ends, domain } of parts.circuits) if (ends.some(({ place }) => here(place))) found.add(domain);
  for (const { place, domain } of parts.instances) if (here(place)) found.add(domain);
  return [...found].sort(compareCodePoints);
}

/** Gives out all numbers of Azure. A hub for which its cloud's `hub-cidr` has no room left is absent. */
export function designAzure(parts: AzureParts, allocator: Allocator): AzureNumbers {
  const clouds = parts.estate.clouds.filter((cloud): cloud is AzureCloud => cloud.provider === "azure");
  const hubPrefixes = new Map<string, Prefix>();
  for (const cloud of clouds) {
    const candidates = hubBlocks(cloud.hubCidr.value).map(formatPrefix);
    const keys = domainsAt(parts, cloud.name);
    const taken = { has: (value: string | number) => !candidates.includes(String(value)) };
    for (const [domain, value] of allocator.allocate({ pool: `hub-prefix/${cloud.name}`, keys, candidates, taken })) {
      hubPrefixes.set(`${cloud.name}/${domain}`, knownPrefix(String(value)));
    }
  }
  return {
    hubPrefixes,
    wanHomes: wanHomes(parts, clouds, allocator),
    priorities: priorities(parts, clouds, allocator),
  };
}

/** The blocks of a `hub-cidr`: of length /23 where it has room for two, else of /24. */
function hubBlocks(cidr: Prefix): readonly Prefix[] {
  const length = Math.max(cidr.length, cidr.length < HUB_LENGTH ? HUB_LENGTH : LONGEST_HUB);
  const size = prefixSize(4, length);
  const end = cidr.value + prefixSize(4, cidr.length);
  const out: Prefix[] = [];
  for (let value = cidr.value; value < end && out.length < MOST_HUBS; value += size)
    out.push({ family: 4, value, length });
  return out;
}

/** More segments than a VRF number can tell apart never need a hub. */
const MOST_HUBS = 65_535;

/** The key of a segment's virtual WAN: one for each subscription, or for each cloud without one. */
export function wanKey(cloud: AzureCloud, domain: DomainId): string {
  return `${cloud.account?.value ?? cloud.name}/${domain}`;
}

/** A virtual WAN stays at the cloud it was made at for as long as that carries the segment: moving it would replace it. */
function wanHomes(parts: AzureParts, clouds: readonly AzureCloud[], allocator: Allocator): ReadonlyMap<string, string> {
  const members = new Map<string, string[]>();
  for (const cloud of clouds) {
    for (const domain of domainsAt(parts, cloud.name)) {
      const key = wanKey(cloud, domain);
      members.set(key, [...(members.get(key) ?? []), cloud.name]);
    }
  }
  const homes = new Map<string, string>();
  for (const [key, candidates] of members) {
    const taken = { has: (value: string | number) => !candidates.includes(String(value)) };
    const given = allocator.allocate({ pool: "virtual-wan", keys: [key], candidates, taken, repeat: true }).get(key);
    if (given !== undefined) homes.set(key, String(given));
  }
  return homes;
}

/** Priorities with gaps, each once: multiples of ten while there are some, then of five, then any that is left. */
function* gapped(): Generator<number> {
  for (let value = FIRST_PRIORITY; value <= LAST_PRIORITY; value += 10) yield value;
  for (let value = FIRST_PRIORITY + 5; value <= LAST_PRIORITY; value += 10) yield value;
  for (let value = FIRST_PRIORITY; value <= LAST_PRIORITY; value++) if (value % 5 !== 0) yield value;
}

function priorities(
  parts: AzureParts,
  clouds: readonly AzureCloud[],
  allocator: Allocator,
): AzureNumbers["priorities"] {
  const names = new Set(clouds.map(({ name }) => name));
  const out = new Map<string, ReadonlyMap<string, number>>();
  for (const point of parts.points) {
    if (point.attachment.kind !== "subnet" || !names.has(point.place.name)) continue;
    const keys = nsgLines(point).map(({ key }) => key);
    if (keys.length === 0) continue;
    const given = allocator.allocate({ pool: `nsg-priority/${point.id}`, keys, candidates: gapped() });
    out.set(point.id, new Map([...given].map(([key, value]) => [key, Number(value)] as const)));
  }
  return out;
}
