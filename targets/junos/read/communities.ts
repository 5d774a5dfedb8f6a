/**
 * Named communities: exact members only. As a condition all members of a name must be there; as an action all are meant
 * (Juniper, "Understanding BGP Communities, Extended Communities, and Large Communities as Routing Policy Match Conditions").
 */
import { parseAddress } from "../../../grammar/address.js";
import type { ConfigNode } from "./node.js";
import type { Reading } from "./reading.js";

/** Members by name, in the form of `RouteTerm`. */
export type Communities = ReadonlyMap<string, readonly string[]>;

/** Reads `policy-options community`. */
export function readCommunities(reading: Reading, options: ConfigNode | undefined): Communities {
  const out = new Map<string, readonly string[]>();
  for (const node of options?.take("community")?.all() ?? []) {
    const members = node.take("members");
    if (members === undefined) reading.refuse(node, "a community has no members");
    const read = reading.values(members).flatMap((one) => member(reading, one) ?? []);
    out.set(node.word, [...new Set(read)].sort());
  }
  return out;
}

/** Communities of RFC 1997 by their names. */
const WELL_KNOWN: ReadonlyMap<string, string> = new Map([
  ["no-export", "65535:65281"],
  ["no-advertise", "65535:65282"],
  ["no-export-subconfed", "65535:65283"],
]);

function member(reading: Reading, node: ConfigNode): string | undefined {
  const known = WELL_KNOWN.get(node.word);
  if (known !== undefined) return known;
  if (node.word.startsWith("target:")) return routeTarget(reading, node);
  const plain = /^([0-9]{1,5}):([0-9]{1,5})$/.exec(node.word);
  const [asn, value] = [Number(plain?.[1]), Number(plain?.[2])];
  if (plain !== null && asn <= 0xffff && value <= 0xffff) return `${asn}:${value}`;
  return reading.refuse(node, "it is no exact community");
}

/**
 * A route target: two bytes for one number and four for the other (RFC 4360); Junos marks an ASN of four bytes with an `L`
 * (RFC 5668). Undefined where it is refused.
 */
export function routeTarget(reading: Reading, node: ConfigNode): string | undefined {
  const [, asn, long, address, value] =
    /^target:(?:([0-9]{1,10})(L?)|([0-9.]{7,15})):([0-9]{1,10})$/.exec(node.word) ?? [];
  const number = Number(value);
  if (address !== undefined) {
    const sound = parseAddress(address) !== undefined && number <= 0xffff;
    return sound ? `target:${address}:${number}` : reading.refuse(node, "it is no route target");
  }
  const wide = Number(asn) > 0xffff;
  const fits = Number(asn) <= 0xffff_ffff && number <= (wide ? 0xffff : 0xffff_ffff);
  if (!fits || wide !== (long === "L"))
    return reading.refuse(node, "it is no route target of two bytes and four, or of four with an `L` and two");
  return `target:${Number(asn)}:${number}`;
}
