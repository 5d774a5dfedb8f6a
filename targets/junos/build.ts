/** What lowering shares: named objects made once, prefix lists by content, communities by target. */

import type { AddressSet } from "../../compiler/sets/address-set.js";
import { sha256 } from "../../compiler/sha256.js";
import type { Family, Prefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import { fit, mangle, Names } from "../shared/routers/names.js";
import { INLINE_PREFIXES, limits, OWNED_PREFIX } from "./limit-data.js";
import type { AddressMatch, Community, Origin, PolicyStatement, PrefixList } from "./model.js";

/** Origins of one object: an id with each place it was written. */
export function origins(id: string, spans: readonly Span[]): readonly Origin[] {
  return spans.map((span) => ({ id, span }));
}

/** Collects the objects of one router that several others refer to. */
export class Build {
  private readonly names = new Names();
  private readonly lists = new Map<string, { readonly prefixes: readonly Prefix[]; readonly origins: OriginSet }>();
  private readonly defined = new Map<string, { readonly members: readonly string[]; readonly origins: OriginSet }>();
  private readonly sides = new Map<string, AddressMatch>();
  private readonly statements = new Map<string, PolicyStatement>();

  /** An owned name: the prefix, a word for the kind, the path it stands for, a suffix; shortened where too long. */
  name(kind: string, path: string, suffix: string, most: number = limits.name.allowed): string {
    const tail = suffix === "" ? "" : `-${suffix}`;
    const name = fit(`${OWNED_PREFIX}${kind}-${mangle(path)}`, most - tail.length) + tail;
    return this.names.claim(name, `${kind} ${path} ${suffix}`);
  }

  /** The match of a set of one family, which must not be empty: nothing ever widens to every address. */
  side(set: AddressSet, family: Family, from: readonly Origin[]): AddressMatch {
    const own = set.family(family);
    if (own.isEmpty()) throw new Error("an address side of a filter term is empty");
    const match = this.sides.get(own.key()) ?? this.newSide(own, family);
    this.sides.set(own.key(), match);
    if (match.kind === "list") this.lists.get(match.list)?.origins.add(from);
    return match;
  }

  private newSide(own: AddressSet, family: Family): AddressMatch {
    const prefixes = own.prefixes();
    if (prefixes.length <= INLINE_PREFIXES) return { kind: "inline", prefixes };
    const name = `${OWNED_PREFIX}SET-${sha256(own.key()).slice(0, 12)}-V${family}`;
    this.names.claim(name, own.key());
    this.lists.set(name, { prefixes, origins: new OriginSet() });
    return { kind: "list", list: name };
  }

  /** The community that stands for route targets, all of them together. */
  targets(list: readonly string[], from: readonly Origin[]): string {
    const sorted = [...new Set(list)].sort();
    const joined = sorted.map((target) => target.replace(/[.:]/g, "-")).join("-");
    const name = fit(`${OWNED_PREFIX}${sorted.length === 1 ? "RT" : "RTS"}-${joined}`, limits.name.allowed);
    this.names.claim(name, sorted.join(" "));
    return this.addCommunity(name, sorted.map(targetMember), from);
  }

  /** A standard community (`ASN:value`) under an owned name. */
  community(word: string, member: string, from: readonly Origin[]): string {
    const name = `${OWNED_PREFIX}${word}`;
    this.names.claim(name, member);
    return this.addCommunity(name, [member], from);
  }

  private addCommunity(name: string, members: readonly string[], from: readonly Origin[]): string {
    const known = this.defined.get(name) ?? { members, origins: new OriginSet() };
    known.origins.add(from);
    this.defined.set(name, known);
    return name;
  }

  policy(statement: PolicyStatement): string {
    if (this.statements.has(statement.name)) throw new Error(`the policy ${statement.name} is made twice`);
    // A term named after many targets outgrows what Junos takes.
    const terms = statement.terms.map((term) => ({ ...term, name: fit(term.name, limits.name.allowed) }));
    this.statements.set(statement.name, { ...statement, terms });
    return statement.name;
  }

  prefixLists(): readonly PrefixList[] {
    return byName(
      [...this.lists].map(([name, one]) => ({ name, prefixes: one.prefixes, origins: one.origins.list() })),
    );
  }

  communities(): readonly Community[] {
    return byName(
      [...this.defined].map(([name, one]) => ({ name, members: one.members, origins: one.origins.list() })),
    );
  }

  policies(): readonly PolicyStatement[] {
    return byName(this.statements.values());
  }
}

/** Sorts named objects by name, in code-unit order (names are ASCII). */
export function byName<T extends { readonly name: string }>(items: Iterable<T>): readonly T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Junos wants an `L` behind an ASN of four bytes in an extended community. */
function targetMember(target: string): string {
  const [administrator = "", number = ""] = target.split(":");
  const long = /^[0-9]+$/.test(administrator) && Number(administrator) > 65_535;
  return `target:${administrator}${long ? "L" : ""}:${number}`;
}

/** Origins without repetition, in the order they come. */
class OriginSet {
  private readonly items = new Map<string, Origin>();

  add(from: readonly Origin[]): void {
    for (const one of from) this.items.set(`${one.id} ${one.span.source.path} ${one.span.start}`, one);
  }

  list(): readonly Origin[] {
    return [...this.items.values()];
  }
}
