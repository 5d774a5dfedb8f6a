/** Link addresses: those that the source gives, else blocks of the estate's pools that the lock file keeps. */
import {
  type Family,
  formatPrefix,
  type InterfaceAddress,
  knownPrefix,
  type Prefix,
  prefixesOverlap,
  prefixOf,
  prefixSize,
} from "../../grammar/address.js";
import type { Estate, Located } from "../model/estate.js";
import type { LockValue } from "./lock.js";

/** Length of an allocated block: two hosts, and room for the subnet-router address in IPv6. */
export const BLOCK_LENGTH = { 4: 30, 6: 126 } as const;

/** Default pools (language.md §5): link-local IPv4, and a fixed ULA prefix whose global id spells "demarc" shortened. */
const DEFAULT_POOLS: readonly Prefix[] = [knownPrefix("169.254.0.0/16"), knownPrefix("fd64:656d:6172::/48")];

/**
 * Ranges of 169.254.0.0/16 that providers keep: the tunnel ranges that AWS reserves ("Tunnel options for your AWS
 * Site-to-Site VPN connection"), the metadata network, and Azure's APIPA range for BGP ("About BGP with VPN Gateway").
 */
const RESERVED: readonly Prefix[] = [
  knownPrefix("169.254.0.0/30"),
  knownPrefix("169.254.1.0/30"),
  knownPrefix("169.254.2.0/30"),
  knownPrefix("169.254.3.0/30"),
  knownPrefix("169.254.4.0/30"),
  knownPrefix("169.254.5.0/30"),
  knownPrefix("169.254.169.0/24"),
];
const AZURE_RANGES: readonly Prefix[] = [knownPrefix("169.254.21.0/24"), knownPrefix("169.254.22.0/24")];

/** The blocks of a pool in address order, as text: what the lock file holds. `azure` where one side is Azure. */
export function* blocks(estate: Estate, family: Family, azure: boolean): Generator<string> {
  const written = estate.header?.linkAddresses.map((pool) => pool.value).filter((pool) => pool.family === family) ?? [];
  const defaults = DEFAULT_POOLS.filter((pool) => pool.family === family);
  const pools = azure && family === 4 ? AZURE_RANGES : written.length > 0 ? written : defaults;
  const size = prefixSize(family, BLOCK_LENGTH[family]);
  for (const pool of pools) {
    const end = pool.value + prefixSize(family, pool.length);
    for (let value = pool.value; value + size <= end; value += size) {
      const block = { family, value, length: BLOCK_LENGTH[family] };
      if (RESERVED.some((one) => prefixesOverlap(one, block))) continue;
      if (!azure && AZURE_RANGES.some((one) => prefixesOverlap(one, block))) continue;
      yield formatPrefix(block);
    }
  }
}

/** The two hosts of a block, in order. */
export function hostsOf(block: string): readonly [InterfaceAddress, InterfaceAddress] {
  const { family, value, length } = knownPrefix(block);
  const host = (index: bigint): InterfaceAddress => ({ address: { family, value: value + index }, length });
  return [host(1n), host(2n)];
}

/**
 * The blocks, in the text of the lock file, that overlap the prefix of a written pair: no allocation takes them. A pair may
 * be shorter than a block, or hold more of them than could be listed.
 */
export function blocksWithin(written: readonly InterfaceAddress[]): { has(block: LockValue): boolean } {
  const prefixes = written.map(({ address, length }) => prefixOf(address, length));
  return {
    has: (block) => typeof block === "string" && prefixes.some((one) => prefixesOverlap(one, knownPrefix(block))),
  };
}

/** Declared prefixes of a segment that a link address lies in: an overlap, shown at the prefix. */
export function prefixesHolding(
  cidrs: readonly Located<Prefix>[],
  address: InterfaceAddress["address"],
): readonly Located<Prefix>[] {
  const host = { family: address.family, value: address.value, length: address.family === 4 ? 32 : 128 };
  return cidrs.filter((cidr) => prefixesOverlap(cidr.value, host));
}
