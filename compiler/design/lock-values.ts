/** What the pools of a lock file may hold. A value out of range would be carried into the configuration of a device. */
import { type Family, formatPrefix, parseAddress, prefixOf } from "../../grammar/address.js";
import { BLOCK_LENGTH } from "./addressing.js";
import type { LockValue } from "./lock.js";

/** What a pool allows: a test and how a message names what passes it. */
interface Allowed {
  readonly test: (value: LockValue) => boolean;
  readonly what: string;
}

function integer(first: number, last: number): Allowed {
  return {
    test: (value) => typeof value === "number" && Number.isInteger(value) && value >= first && value <= last,
    what: `a whole number from ${first} to ${last}`,
  };
}

function block(family: Family): Allowed {
  const length = BLOCK_LENGTH[family];
  return {
    test: (value) => typeof value === "string" && isBlock(value, family, length),
    what: `an aligned IPv${family} prefix of length /${length} in its usual form`,
  };
}

/** Prefixes of Azure's virtual hubs ("Virtual WAN FAQ"): /23, or /24 where there is little room. */
const HUB: Allowed = {
  test: (value) => typeof value === "string" && (isBlock(value, 4, 23) || isBlock(value, 4, 24)),
  what: "an aligned IPv4 prefix of length /23 or /24 in its usual form",
};

function isBlock(text: string, family: Family, length: number): boolean {
  const address = parseAddress(text.split("/")[0] ?? "");
  return address?.family === family && formatPrefix(prefixOf(address, length)) === text;
}

/** Numbers of VRFs and route targets have two bytes behind a four-byte ASN (RFC 5668 and RFC 4364, type 2). */
const TWO_BYTES = integer(1, 65_535);

/** By the name of the pool up to its first `/`. The ASN 4294967295 is reserved (RFC 7300); a VRRP group has one byte (RFC 5798, 5.2.3). */
const ALLOWED: ReadonlyMap<string, Allowed> = new Map([
  ["segment", TWO_BYTES],
  ["share-target", TWO_BYTES],
  ["route-distinguisher", TWO_BYTES],
  ["asn", integer(1, 4_294_967_294)],
  ["vrrp", integer(1, 255)],
  ["zone", { test: (value) => typeof value === "string" && /^[a-f]$/.test(value), what: "one letter from a to f" }],
  ["hub-prefix", HUB],
  [
    "virtual-wan",
    { test: (value) => typeof value === "string" && /^[A-Za-z_]/.test(value), what: "the name of a cloud" },
  ],
  ["nsg-priority", integer(1_000, 3_999)],
  ["link-address-4", block(4)],
  ["link-address-6", block(6)],
]);

/** What a value of a pool should be, where it is not; undefined for one that is allowed and in pools of other versions. */
export function wantedValue(pool: string, value: LockValue): string | undefined {
  const allowed = ALLOWED.get(pool.split("/")[0] ?? pool);
  return allowed === undefined || allowed.test(value) ? undefined : allowed.what;
}

/** True for `kind/id`, how the lock names a meeting place. */
export function isMeeting(text: string): boolean {
  return /^[a-z]+(?:-[a-z]+)*\/[^\s/]+$/.test(text);
}
