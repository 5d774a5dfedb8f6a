/** Which prefixes the providers let a network, a subnet and a hub have, and which addresses no network owns. */
import { type Family, type Prefix, prefixesOverlap } from "../../grammar/address.js";
import type { Cloud } from "../model/estate.js";

/** Lengths of prefixes: from the shortest to the longest, in steps. */
export interface LengthRange {
  readonly shortest: number;
  readonly longest: number;
  readonly step: number;
}

/** What a prefix is for. */
export type PrefixRole = "network" | "subnet";

type ByFamily = Readonly<Partial<Record<Family, LengthRange>>>;

/**
 * Lengths by provider; no entry: any. Sources: AWS, "VPC CIDR blocks" and "Subnet CIDR blocks"; Microsoft, "Azure
 * Virtual Network FAQ"; Google Cloud, "Subnets" (the primary range of a subnet; a VPC network has no prefix).
 */
export const prefixLengths: Readonly<Record<Cloud["provider"], Readonly<Record<PrefixRole, ByFamily>>>> = {
  aws: {
    network: { 4: { shortest: 16, longest: 28, step: 1 }, 6: { shortest: 44, longest: 60, step: 4 } },
    subnet: { 4: { shortest: 16, longest: 28, step: 1 }, 6: { shortest: 44, longest: 64, step: 4 } },
  },
  azure: {
    network: { 4: { shortest: 2, longest: 29, step: 1 } },
    subnet: { 4: { shortest: 2, longest: 29, step: 1 } },
  },
  gcp: { network: {}, subnet: { 4: { shortest: 4, longest: 29, step: 1 } } },
};

/** The longest prefix of an Azure virtual hub. Source: Microsoft, "Virtual WAN FAQ" (hub address space). */
export const longestHubPrefix = 24;

/** True where the length of a prefix is one of the range. */
export function isLengthOf(range: LengthRange, length: number): boolean {
  return length >= range.shortest && length <= range.longest && (length - range.shortest) % range.step === 0;
}

/** The lengths in words: `/16 to /28`, `/44, /48, /52, /56 or /60`. */
export function lengthWords({ shortest, longest, step }: LengthRange): string {
  if (step === 1) return `/${shortest} to /${longest}`;
  const all: string[] = [];
  for (let length = shortest; length <= longest; length += step) all.push(`/${length}`);
  return `${all.slice(0, -1).join(", ")} or ${all.at(-1) ?? ""}`;
}

interface Special {
  readonly prefix: Prefix;
  readonly what: string;
}

/** Addresses that are no unicast addresses of a network (IANA special-purpose and multicast registries; RFC 6890, 4291). */
const specials: readonly Special[] = [
  { prefix: { family: 4, value: 0n, length: 8 }, what: "`this network`" },
  { prefix: { family: 4, value: 127n << 24n, length: 8 }, what: "loopback" },
  { prefix: { family: 4, value: 224n << 24n, length: 4 }, what: "multicast" },
  { prefix: { family: 4, value: 240n << 24n, length: 4 }, what: "reserved" },
  { prefix: { family: 6, value: 0n, length: 127 }, what: "loopback" },
  { prefix: { family: 6, value: 0xfe80n << 112n, length: 10 }, what: "link-local" },
  { prefix: { family: 6, value: 0xff00n << 112n, length: 8 }, what: "multicast" },
];

/** What kind of addresses that no network owns a prefix holds; undefined where all are ordinary. */
export function specialAddresses(prefix: Prefix): string | undefined {
  return specials.find((special) => prefixesOverlap(special.prefix, prefix))?.what;
}
