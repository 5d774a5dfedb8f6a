/** Names that the language itself gives a meaning to. */
import { reservedWords } from "../../grammar/tokens.js";

/**
 * IP protocol numbers that have a bare name in service position.
 * Source: IANA, "Assigned Internet Protocol Numbers".
 */
export const PROTOCOL_NAMES: ReadonlyMap<string, number> = new Map([
  ["icmp", 1],
  ["tcp", 6],
  ["udp", 17],
  ["gre", 47],
  ["esp", 50],
  ["icmpv6", 58],
]);

/**
 * IP protocols that people name and that have no bare name here; written `ip/NUMBER`. For suggestions.
 * Source: IANA, "Assigned Internet Protocol Numbers".
 */
export const UNNAMED_PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ["ipip", 4],
  ["ipencap", 4],
  ["egp", 8],
  ["igp", 9],
  ["dccp", 33],
  ["rsvp", 46],
  ["isis", 124],
  ["udplite", 136],
]);

/** The name under which the well-known services are reached without an import. */
export const STD = "std";

/** Names that no declaration and no import alias may take: nothing shadows what the language defines. */
export const UNDECLARABLE_NAMES: ReadonlySet<string> = new Set([STD, "internet", ...PROTOCOL_NAMES.keys()]);

/** Words kept for later editions (language.md §1): the parser reports them where they stand for a name. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(reservedWords);
