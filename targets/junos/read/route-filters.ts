/**
 * `route-filter`: of a term's prefixes the longest that covers the route is chosen first, and only its match types are
 * judged; a shorter prefix that would match is not asked (Juniper, "How Route Filters Are Evaluated in Routing Policy Match
 * Conditions", with "common configuration problem with the longest-match lookup"). Of equal prefixes any may match.
 */
import { type PrefixRange, PrefixSpace } from "../../../compiler/validate/prefix-space.js";
import { comparePrefixes, familyBits, type Prefix, prefixContains } from "../../../grammar/address.js";
import type { PrefixLists } from "./address-side.js";
import type { ConfigNode } from "./node.js";
import type { Reading } from "./reading.js";

/** The routes that the prefixes of a `from` match; undefined where it names none, or where one was refused. */
export function routePrefixes(reading: Reading, from: ConfigNode, lists: PrefixLists): PrefixSpace | undefined {
  const found = [
    routeFilters(reading, from.take("route-filter")),
    listedPrefixes(reading, from.take("prefix-list"), lists),
    listFilters(reading, from.take("prefix-list-filter"), lists),
  ].filter((space) => space !== undefined);
  if (found.length > 1) reading.refuse(from, "prefixes are matched in two ways at once");
  return found[0];
}

function routeFilters(reading: Reading, node: ConfigNode | undefined): PrefixSpace | undefined {
  if (node === undefined) return undefined;
  const ranges: PrefixRange[] = [];
  for (const one of reading.values(node)) {
    const prefix = reading.prefix(one);
    if (prefix === undefined) continue;
    for (const type of reading.values(one)) {
      const lengths = lengthsOf(reading, type, prefix);
      if (lengths !== undefined) ranges.push({ prefix, from: lengths[0], to: lengths[1] });
    }
  }
  if (new Set(ranges.map(({ prefix }) => prefix.family)).size > 1)
    reading.refuse(node, "prefixes of both families are matched in one term");
  return longestFirst(ranges);
}

/** The lengths that a match type takes. */
function lengthsOf(reading: Reading, type: ConfigNode, prefix: Prefix): readonly [number, number] | undefined {
  const most = familyBits(prefix.family);
  switch (type.word) {
    case "exact":
      return [prefix.length, prefix.length];
    case "orlonger":
      return [prefix.length, most];
    case "longer":
      return [prefix.length + 1, most];
    case "upto": {
      const to = reading.value(type);
      const length = to === undefined ? undefined : slashed(to.word);
      if (to === undefined) return undefined;
      if (length === undefined || length < prefix.length || length > most)
        return reading.refuse(to, "it is no length of a longer prefix");
      return [prefix.length, length];
    }
    case "prefix-length-range": {
      const range = reading.value(type);
      if (range === undefined) return undefined;
      const [from, to, more] = range.word.split("-").map(slashed);
      if (
        from === undefined ||
        to === undefined ||
        more !== undefined ||
        range.word.split("-").length > 2 ||
        from < prefix.length ||
        from > to ||
        to > most
      )
        return reading.refuse(range, "it is no range of lengths of longer prefixes");
      return [from, to];
    }
    default:
      type.all();
      return reading.refuse(type, "this match type is not modelled");
  }
}

function slashed(text: string): number | undefined {
  return /^\/[0-9]{1,3}$/.test(text) ? Number(text.slice(1)) : undefined;
}

/** A prefix of a list with the lengths that its match types take, and the outermost longer prefixes inside it. */
interface Listed {
  readonly prefix: Prefix;
  readonly ranges: PrefixRange[];
  readonly inner: Prefix[];
}

/** The union of what each prefix takes outside the longer ones of the same list. */
function longestFirst(ranges: readonly PrefixRange[]): PrefixSpace {
  const plain: PrefixRange[] = [];
  let nested = PrefixSpace.empty;
  for (const { ranges: own, inner } of withInner(ranges)) {
    for (const range of own) {
      const hidden = inner.filter(({ length }) => length <= range.to);
      if (hidden.length === 0) {
        plain.push(range);
        continue;
      }
      const cover = hidden.map((prefix) => ({ prefix, from: prefix.length, to: range.to }));
      nested = nested.union(PrefixSpace.ofRanges([range]).subtract(PrefixSpace.ofRanges(cover)));
    }
  }
  return PrefixSpace.ofRanges(plain).union(nested);
}

function withInner(ranges: readonly PrefixRange[]): readonly Listed[] {
  const out: Listed[] = [];
  const around: Listed[] = [];
  for (const range of [...ranges].sort((a, b) => comparePrefixes(a.prefix, b.prefix))) {
    const { prefix } = range;
    const last = out.at(-1);
    if (last !== undefined && comparePrefixes(last.prefix, prefix) === 0) {
      last.ranges.push(range);
      continue;
    }
    let outer = around.at(-1);
    while (outer !== undefined && !prefixContains(outer.prefix, prefix)) {
      around.pop();
      outer = around.at(-1);
    }
    outer?.inner.push(prefix);
    const listed: Listed = { prefix, ranges: [range], inner: [] };
    out.push(listed);
    around.push(listed);
  }
  return out;
}

function namedList(reading: Reading, node: ConfigNode, lists: PrefixLists): readonly Prefix[] {
  const prefixes = lists.get(node.word);
  if (prefixes === undefined) reading.refuse(node, "there is no such prefix list");
  else if (prefixes.length === 0)
    reading.refuse(node, "the prefix list is empty, and what a policy then matches is in doubt");
  return prefixes ?? [];
}

function listedPrefixes(reading: Reading, node: ConfigNode | undefined, lists: PrefixLists): PrefixSpace | undefined {
  if (node === undefined) return undefined;
  return PrefixSpace.ofPrefixes(reading.values(node).flatMap((one) => namedList(reading, one, lists)));
}

/**
 * Each prefix of one list with one match type. With `longer`, or with several lists, it would matter which of two prefixes
 * decides, of which Juniper's text says nothing.
 */
function listFilters(reading: Reading, node: ConfigNode | undefined, lists: PrefixLists): PrefixSpace | undefined {
  const list = reading.value(node);
  const type = reading.value(list);
  if (list === undefined || type === undefined) return undefined;
  const prefixes = namedList(reading, list, lists);
  if (type.word !== "exact" && type.word !== "orlonger") return reading.refuse(type, "this match type is not modelled");
  const longest = (prefix: Prefix): number => (type.word === "exact" ? prefix.length : familyBits(prefix.family));
  return PrefixSpace.ofRanges(prefixes.map((prefix) => ({ prefix, from: prefix.length, to: longest(prefix) })));
}
