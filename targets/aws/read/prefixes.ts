/** Prefixes and addresses as AWS takes them. */
import {
  type Address,
  type Family,
  familyBits,
  type InterfaceAddress,
  type Prefix,
  parseAddress,
  prefixOf,
} from "../../../grammar/address.js";
import type { Block } from "./block.js";

/** A prefix with host bits clear; undefined where the text is none. AWS refuses set host bits. */
export function parsePrefix(text: string): Prefix | undefined {
  const found = parseWithLength(text);
  if (found === undefined) return undefined;
  const prefix = prefixOf(found.address, found.length);
  return prefix.value === found.address.value ? prefix : undefined;
}

/** An address with the length of its subnet; undefined where the text is none. */
export function parseWithLength(text: string): InterfaceAddress | undefined {
  const [, host = "", digits = ""] = /^([0-9a-fA-F.:]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const address: Address | undefined = host === "" ? undefined : parseAddress(host);
  const length = Number(digits);
  return address === undefined || length > familyBits(address.family) ? undefined : { address, length };
}

/** The prefix of an attribute, of a family where one is asked for; refused where it is none. */
export function prefixIn(block: Block, attribute: string, family?: Family): Prefix | undefined {
  const text = block.text(attribute);
  if (text === undefined) return undefined;
  const prefix = parsePrefix(text);
  if (prefix === undefined) return block.refuse(attribute, "this is no prefix with clear host bits");
  if (family !== undefined && prefix.family !== family) {
    return block.refuse(attribute, `an IPv${family} prefix is expected here`);
  }
  return prefix;
}
