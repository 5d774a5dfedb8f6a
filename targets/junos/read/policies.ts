/**
 * Routing policies: terms in order; the conditions of a term must all hold, the values of one are alternatives; a term
 * without `from` matches every route, one without `accept` or `reject` goes on to the next (Juniper, "Evaluating Routing
 * Policies", "Default Routing Policies"). Several policies in a row are one list of terms.
 */

import { PrefixSpace } from "../../../compiler/validate/prefix-space.js";
import type { ArtefactPlace, RoutePolicy, RouteTerm } from "../../../compiler/validate/readback.js";
import type { PrefixLists } from "./address-side.js";
import { type Communities, readCommunities } from "./communities.js";
import type { ConfigNode } from "./node.js";
import type { Reading } from "./reading.js";
import { routePrefixes } from "./route-filters.js";

/** What becomes of a route that no term decides, as terms of their own; undefined where it is not known. */
export type PolicyDefault = readonly Pick<RouteTerm, "match" | "action">[] | undefined;

/** BGP takes what no import policy decides. */
export const BGP_IMPORT: PolicyDefault = [{ match: {}, action: "accept" }];
/** BGP announces its own active routes where no export policy decides, and no others. */
export const BGP_EXPORT: PolicyDefault = [{ match: { origins: ["bgp", "vpn"] }, action: "accept" }];

type Origins = NonNullable<RouteTerm["match"]["origins"]>;

/** Where routes come from, by the names that `from protocol` has for it. Routes of the VPN are BGP routes too. */
const PROTOCOLS: ReadonlyMap<string, Origins> = new Map([
  ["direct", ["connected"]],
  ["static", ["static"]],
  ["aggregate", ["aggregate"]],
  ["bgp", ["bgp", "vpn"]],
]);

/** The policies of a router by name. */
export class Policies {
  private readonly reading: Reading;
  private readonly lists: PrefixLists;
  private readonly communities: Communities;
  private readonly terms = new Map<string, readonly RouteTerm[]>();

  constructor(reading: Reading, options: ConfigNode | undefined, lists: PrefixLists) {
    this.reading = reading;
    this.lists = lists;
    this.communities = readCommunities(reading, options);
    for (const node of options?.take("policy-statement")?.all() ?? []) {
      const terms = (node.take("term")?.all() ?? []).map((term) => this.term(term));
      // Conditions and actions outside the terms are a last term without a name.
      const tail = node.child("from") !== undefined || node.child("then") !== undefined ? [this.term(node)] : [];
      if (terms.length + tail.length === 0) reading.refuse(node, "a policy has no terms");
      this.terms.set(node.word, [...terms, ...tail]);
    }
  }

  /** The chain that a statement names; undefined where a policy is missing, or where its end is reached and unknown. */
  chain(names: readonly ConfigNode[], otherwise: PolicyDefault): RoutePolicy | undefined {
    const terms: RouteTerm[] = [];
    const [first] = names;
    for (const node of names) {
      const own = this.terms.get(node.word);
      if (own === undefined) return this.reading.refuse(node, "there is no such policy");
      terms.push(...own);
    }
    if (first === undefined) return undefined;
    const at = this.reading.at(first);
    const closed = terms.some((term) => isLast(term));
    if (!closed && otherwise === undefined)
      return this.reading.refuse(first, "no term decides of every route, and what becomes of the others is in doubt");
    return {
      name: names.map(({ word }) => word).join(" "),
      terms: closed ? terms : [...terms, ...defaults(otherwise, at)],
      at,
    };
  }

  /** The policy that holds where a statement names none. */
  implicit(name: string, otherwise: PolicyDefault, node: ConfigNode): RoutePolicy {
    const at = this.reading.at(node);
    return { name, terms: defaults(otherwise, at), at };
  }

  private term(node: ConfigNode): RouteTerm {
    const from = node.take("from");
    return {
      match: from === undefined ? {} : this.match(from),
      ...this.actions(node.take("then")),
      at: this.reading.at(node),
    };
  }

  private match(from: ConfigNode): RouteTerm["match"] {
    const prefixes = this.families(from, routePrefixes(this.reading, from, this.lists));
    const communities = from.take("community");
    const protocol = from.take("protocol");
    const origins = this.reading.values(protocol).flatMap((node): Origins => {
      const known = PROTOCOLS.get(node.word);
      if (known === undefined) this.reading.refuse(node, "routes of this protocol are not modelled");
      return known ?? [];
    });
    return {
      ...(prefixes === undefined ? {} : { prefixes }),
      ...(communities === undefined
        ? {}
        : { communities: this.reading.values(communities).map((node) => this.members(node)) }),
      ...(protocol === undefined ? {} : { origins }),
    };
  }

  /** `from family` cuts the prefixes to one family. */
  private families(from: ConfigNode, prefixes: PrefixSpace | undefined): PrefixSpace | undefined {
    const family = this.reading.value(from.take("family"));
    if (family === undefined) return prefixes;
    if (family.word !== "inet" && family.word !== "inet6")
      return this.reading.refuse(family, "this family is not modelled");
    const all = PrefixSpace.allOf(family.word === "inet" ? 4 : 6);
    return prefixes === undefined ? all : prefixes.intersect(all);
  }

  private members(node: ConfigNode): readonly string[] {
    const members = this.communities.get(node.word);
    if (members === undefined) this.reading.refuse(node, "there is no such community");
    return members ?? [];
  }

  private actions(then: ConfigNode | undefined): Omit<RouteTerm, "match" | "at"> {
    if (then === undefined) return { action: "next" };
    const preference = this.reading.numberOf(then.take("local-preference"), 0, 4_294_967_295);
    const prepend = this.prepend(this.reading.value(then.take("as-path-prepend")));
    const communities = this.changes(then.take("community"));
    const hop = this.reading.value(then.take("next-hop"));
    if (hop !== undefined && hop.word !== "self") this.reading.refuse(hop, "only `next-hop self` is modelled");
    return {
      ...(communities === undefined ? {} : { communities }),
      ...(preference === undefined ? {} : { localPreference: preference }),
      ...(prepend === undefined ? {} : { prepend }),
      action: this.action(then),
    };
  }

  private action(then: ConfigNode): RouteTerm["action"] {
    const found: RouteTerm["action"][] = [];
    if (then.has("accept")) found.push("accept");
    if (then.has("reject")) found.push("reject");
    const next = then.take("next");
    if (next !== undefined) {
      if (!next.has("term")) this.reading.refuse(next, "only `next term` is modelled");
      found.push("next");
    }
    if (found.length > 1) this.reading.refuse(then, "a term has two terminating actions");
    return found[0] ?? "next";
  }

  private prepend(node: ConfigNode | undefined): number | undefined {
    if (node === undefined) return undefined;
    const numbers = node.word.split(" ");
    const sound = numbers.every((number) => /^[1-9][0-9]{0,9}$/.test(number)) && new Set(numbers).size === 1;
    return sound ? numbers.length : this.reading.refuse(node, "it is no ASN, once or several times");
  }

  /**
   * Changes of communities. Junos makes them in their order; where a member is in two kinds of change that order would
   * matter, and is refused.
   */
  private changes(node: ConfigNode | undefined): RouteTerm["communities"] {
    if (node === undefined) return undefined;
    if (node.size === 0) this.reading.refuse(node, "it does not say what to change");
    const kinds = new Map<string, string>();
    const of = (word: string): readonly string[] => {
      const names = this.reading.values(node.take(word));
      if (word === "set" && names.length > 1) this.reading.refuse(node, "communities are set twice in one term");
      const members = names.flatMap((name) => this.members(name));
      const other = members.find((member) => (kinds.get(member) ?? word) !== word);
      if (other !== undefined) this.reading.refuse(node, `${other} is changed in two ways in one term`);
      for (const member of members) kinds.set(member, word);
      return [...new Set(members)].sort();
    };
    const [set, remove, add] = [of("set"), of("delete"), of("add")];
    return {
      ...(set.length === 0 ? {} : { set }),
      ...(remove.length === 0 ? {} : { remove }),
      ...(add.length === 0 ? {} : { add }),
    };
  }
}

function defaults(otherwise: PolicyDefault, at: ArtefactPlace): readonly RouteTerm[] {
  return (otherwise ?? []).map((term) => ({ ...term, at }));
}

/** True for a term that decides of every route. */
function isLast({ match, action }: RouteTerm): boolean {
  return action !== "next" && Object.keys(match).length === 0;
}
