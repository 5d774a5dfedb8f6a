/**
 * Source and destination of a filter term: written prefixes and prefix lists together, of which the longest that covers an
 * address decides (Juniper, "Firewall Filter Match Conditions Based on Address Fields").
 */
import { AddressSet } from "../../../compiler/sets/address-set.js";
import { type Family, familyBits, formatPrefix, type Prefix } from "../../../grammar/address.js";
import type { ConfigNode } from "./node.js";
import type { Reading } from "./reading.js";

/** Prefixes of the lists of a configuration by name; a list may be empty, and then matches nothing in a filter. */
export type PrefixLists = ReadonlyMap<string, readonly Prefix[]>;

/** Reads `policy-options prefix-list`. */
export function readPrefixLists(reading: Reading, options: ConfigNode | undefined): PrefixLists {
  const out = new Map<string, readonly Prefix[]>();
  for (const list of options?.take("prefix-list")?.all() ?? []) {
    const prefixes = list.all().flatMap((node) => reading.prefix(node) ?? []);
    out.set(list.word, prefixes);
  }
  return out;
}

interface Entry {
  readonly prefix: Prefix;
  readonly except: boolean;
  readonly node: ConfigNode;
}

/** The addresses of one side; all of the family where the term says nothing of it, undefined where it was refused. */
export function addressSide(
  reading: Reading,
  from: ConfigNode | undefined,
  side: "source" | "destination",
  family: Family,
  lists: PrefixLists,
): AddressSet | undefined {
  const [written, named] = [from?.take(`${side}-address`), from?.take(`${side}-prefix-list`)];
  if (written === undefined && named === undefined) return AddressSet.allOf(family);
  const before = reading.refusals.length;
  const entries: Entry[] = [];
  for (const node of reading.values(written)) {
    const prefix = reading.prefix(node, family);
    if (prefix !== undefined) entries.push({ prefix, except: node.has("except"), node });
  }
  for (const node of reading.values(named)) entries.push(...listEntries(reading, node, family, lists));
  if (entries.length > 0 && entries.every(({ except }) => except))
    reading.refuse(entries[0]?.node ?? (from as ConfigNode), "exceptions alone do not say what is matched");
  const set = longestMatch(reading, entries, family);
  return reading.refusals.length > before ? undefined : set;
}

function listEntries(reading: Reading, node: ConfigNode, family: Family, lists: PrefixLists): readonly Entry[] {
  const except = node.has("except");
  const prefixes = lists.get(node.word);
  if (prefixes === undefined) {
    reading.refuse(node, "there is no such prefix list");
    return [];
  }
  const other = prefixes.find((prefix) => prefix.family !== family);
  if (other !== undefined) reading.refuse(node, `the list holds ${formatPrefix(other)}, which is of the other family`);
  return prefixes.filter((prefix) => prefix.family === family).map((prefix) => ({ prefix, except, node }));
}

/** By growing length: what a length lists is in, what it excepts is out. */
function longestMatch(reading: Reading, entries: readonly Entry[], family: Family): AddressSet {
  const byLength = new Map<number, { readonly in: Prefix[]; readonly out: Prefix[] }>();
  const seen = new Map<bigint, boolean>();
  for (const { prefix, except, node } of entries) {
    const key = prefix.value * BigInt(familyBits(family) + 1) + BigInt(prefix.length);
    if ((seen.get(key) ?? except) !== except) reading.refuse(node, "a prefix is both matched and excepted");
    seen.set(key, except);
    const level = byLength.get(prefix.length) ?? { in: [], out: [] };
    byLength.set(prefix.length, level);
    (except ? level.out : level.in).push(prefix);
  }
  if (entries.every(({ except }) => !except)) return AddressSet.ofPrefixes(entries.map(({ prefix }) => prefix));
  let set = AddressSet.empty;
  for (const [, level] of [...byLength].sort(([a], [b]) => a - b))
    set = set.union(AddressSet.ofPrefixes(level.in)).subtract(AddressSet.ofPrefixes(level.out));
  return set;
}
