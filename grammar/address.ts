/** Addresses and prefixes of both families: values, parsing and canonical text (RFC 4291, RFC 5952). */

export type Family = 4 | 6;

/** An address: an unsigned integer of 32 (IPv4) or 128 (IPv6) bits. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** A prefix with clear host bits. */
export interface Prefix {
  readonly family: Family;
  readonly value: bigint;
  readonly length: number;
}

/** A closed range of addresses, `first <= last`. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** An address with the length of its subnet, host bits kept: what an interface is given. */
export interface InterfaceAddress {
  readonly address: Address;
  readonly length: number;
}

/** Bits in an address of a family. */
export function familyBits(family: Family): number {
  return family === 4 ? 32 : 128;
}

/** The highest address of a family as an integer. */
export function maxAddress(family: Family): bigint {
  return family === 4 ? 0xffff_ffffn : (1n << 128n) - 1n;
}

/** How many addresses a prefix of `length` covers. */
export function prefixSize(family: Family, length: number): bigint {
  return 1n << BigInt(familyBits(family) - length);
}

/** The first and last address of a prefix. */
export function prefixRange(prefix: Prefix): AddressRange {
  return {
    family: prefix.family,
    first: prefix.value,
    last: prefix.value + prefixSize(prefix.family, prefix.length) - 1n,
  };
}

/** The prefix of `length` around an address: host bits cleared. */
export function prefixOf(address: Address, length: number): Prefix {
  const size = prefixSize(address.family, length);
  return { family: address.family, value: address.value - (address.value % size), length };
}

/** True where `outer` covers `inner` (or equals it). */
export function prefixContains(outer: Prefix, inner: Prefix): boolean {
  return (
    outer.family === inner.family &&
    outer.length <= inner.length &&
    addressIn(outer, { family: inner.family, value: inner.value })
  );
}

/** True where an address lies in a prefix. */
export function addressIn(prefix: Prefix, address: Address): boolean {
  if (prefix.family !== address.family) return false;
  const { first, last } = prefixRange(prefix);
  return address.value >= first && address.value <= last;
}

/** True where two prefixes have an address in common. */
export function prefixesOverlap(a: Prefix, b: Prefix): boolean {
  return a.length <= b.length ? prefixContains(a, b) : prefixContains(b, a);
}

/** Orders addresses: IPv4 before IPv6, then by value. */
export function compareAddresses(a: Address, b: Address): number {
  return a.family - b.family || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
}

/** Orders prefixes: IPv4 before IPv6, then by value, then shorter first. */
export function comparePrefixes(a: Prefix, b: Prefix): number {
  return compareAddresses(a, b) || a.length - b.length;
}

/** Parses dotted-quad IPv4 (no leading zeros) or RFC 4291 IPv6; undefined where the text is neither. */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(":")) {
    const value = parseIpv6(text);
    return value === undefined ? undefined : { family: 6, value };
  }
  const value = parseIpv4(text);
  return value === undefined ? undefined : { family: 4, value };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = ipv6Groups(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? ipv6Groups(halves[1] ?? "", true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const given = head.length + tail.length;
  if (halves.length === 1 ? given !== 8 : given > 7) return undefined;
  const groups = [...head, ...new Array<number>(8 - given).fill(0), ...tail];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

/** The 16-bit groups of a colon-separated text; a dotted quad may stand last where `quadAllowed`. */
function ipv6Groups(text: string, quadAllowed: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (part.includes(".") && quadAllowed && index === parts.length - 1) {
      const quad = parseIpv4(part);
      if (quad === undefined) return undefined;
      groups.push(Number(quad >> 16n), Number(quad & 0xffffn));
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

/** The prefix that a text of our own says, `10.0.0.0/8`; what lies behind its length is cleared. Throws where it is none. */
export function knownPrefix(text: string): Prefix {
  const [written = "", length = ""] = text.split("/");
  const address = parseAddress(written);
  const bits = /^[0-9]+$/.test(length) ? Number(length) : -1;
  if (address === undefined || bits < 0 || bits > familyBits(address.family)) throw new Error(`not a prefix: ${text}`);
  return prefixOf(address, bits);
}

/** Canonical text of an address: dotted quad, or RFC 5952. */
export function formatAddress(address: Address): string {
  if (address.family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => String((address.value >> shift) & 255n)).join(".");
  }
  const groups = Array.from({ length: 8 }, (_, i) => Number((address.value >> BigInt(16 * (7 - i))) & 0xffffn));
  const [start, length] = longestZeroRun(groups);
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  if (length < 2) return hex(groups);
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}

/** Start and length of the first longest run of zero groups (RFC 5952 section 4.2.3). */
function longestZeroRun(groups: readonly number[]): readonly [number, number] {
  let best: readonly [number, number] = [0, 0];
  let start = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (groups[i] === 0) continue;
    if (i - start > best[1]) best = [start, i - start];
    start = i + 1;
  }
  return best;
}

/** Canonical text of a prefix. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix)}/${prefix.length}`;
}

/** Canonical text of an interface address. */
export function formatInterfaceAddress(value: InterfaceAddress): string {
  return `${formatAddress(value.address)}/${value.length}`;
}

/** The fewest prefixes that cover exactly a range, in address order. */
export function rangeToPrefixes(range: AddressRange): readonly Prefix[] {
  const bits = familyBits(range.family);
  const out: Prefix[] = [];
  let first = range.first;
  while (first <= range.last) {
    let length = bits;
    while (length > 0) {
      const size = prefixSize(range.family, length - 1);
      if (first % size !== 0n || first + size - 1n > range.last) break;
      length--;
    }
    out.push({ family: range.family, value: first, length });
    first += prefixSize(range.family, length);
  }
  return out;
}
