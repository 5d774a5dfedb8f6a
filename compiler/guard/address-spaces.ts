/** What part of the address space a prefix lies in, as data from the IANA registries. */
import { type Prefix, parseAddress, prefixContains } from "../../grammar/address.js";

/** One part of the address space with a purpose. */
export interface AddressSpace {
  readonly name: string;
  readonly meaning: string;
  readonly prefixes: readonly string[];
}

/**
 * Sources: IANA "IPv4 Special-Purpose Address Registry" and "IANA IPv6 Special-Purpose Address Registry", which name the
 * RFC of each. Whatever lies in none of them whole is `public`.
 */
export const ADDRESS_SPACES: readonly AddressSpace[] = [
  {
    name: "private",
    meaning: "private-use IPv4 (RFC 1918)",
    prefixes: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
  },
  { name: "shared", meaning: "shared between carriers and customers (RFC 6598)", prefixes: ["100.64.0.0/10"] },
  { name: "unique-local", meaning: "private-use IPv6 (RFC 4193)", prefixes: ["fc00::/7"] },
  {
    name: "documentation",
    meaning: "kept for examples (RFC 5737, RFC 3849, RFC 9637)",
    prefixes: ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"],
  },
  {
    name: "benchmarking",
    meaning: "kept for measurements (RFC 2544, RFC 5180)",
    prefixes: ["198.18.0.0/15", "2001:2::/48"],
  },
  { name: "link-local", meaning: "of one link only (RFC 3927, RFC 4291)", prefixes: ["169.254.0.0/16", "fe80::/10"] },
  { name: "loopback", meaning: "of one machine only (RFC 1122, RFC 4291)", prefixes: ["127.0.0.0/8", "::1/128"] },
];

/** The name for a prefix that lies in no special part. */
export const PUBLIC_SPACE = "public";

const PARSED = ADDRESS_SPACES.map(({ name, prefixes }) => ({ name, prefixes: prefixes.map(prefixFrom) }));

/** The name of the part that a prefix lies in. */
export function spaceOf(prefix: Prefix): string {
  const found = PARSED.find(({ prefixes }) => prefixes.some((outer) => prefixContains(outer, prefix)));
  return found?.name ?? PUBLIC_SPACE;
}

function prefixFrom(text: string): Prefix {
  const [address = "", length] = text.split("/");
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new Error(`${text} is no prefix`);
  return { ...parsed, length: Number(length) };
}
