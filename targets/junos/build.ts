/** What lowering shares: named objects made once, prefix lists by content, communities by target. */

import type { AddressSet } from "../../compiler/sets/address-set.js";
import { sha256 } from "../../compiler/sha256.js";
import type { Family } from "../../grammar/address.js";
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
  private readonly lists = new Map<string, PrefixList>();
  private readonly rts = new Map<string, Community>();
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
    const prefixes = own.prefixes();
    if (prefixes.length <= INLINE_PREFIXES) return { kind: "inline", prefixes };
    const name = `${OWNED_PREFIX}SET-${sha256(own.key()).slice(0, 12)}-V${family}`;
    this.names.claim(name, own.key());
    const known = this.lists.get(name);
    this.lists.set(name, { name, prefixes, origins: mergeOrigins(known?.origins ?? [], from) });
    return { kind: "list", list: name };
  }

  /** The community that stands for route targets, all of them together. */
  targets(list: readonly string[], from: readonly Origin[]): string {
    const sorted = [...new Set(list)].sort();
    const joined = sorted.map((target) => target.replace(/[.:]/g, "-")).join("-");
    const name = fit(`${OWNED_PREFIX}${sorted.length === 1 ? "RT" : "RTS"}-${joined}`, limits.name.allowed);
    this.names.claim(name, sorted.join(" "));
    const members = sorted.map(targetMember);
    this.rts.set(name, { name, members, origins: mergeOrigins(this.rts.get(name)?.origins ?? [], from) });
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
    return byName(this.lists.values());
  }

  communities(): readonly Community[] {
    return byName(this.rts.values());
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

function mergeOrigins(a: readonly Origin[], b: readonly Origin[]): readonly Origin[] {
  const out = [...a];
  for (const one of b) {
    const known = out.some(
      ({ id, span }) => id === one.id && span.source === one.span.source && span.start === one.span.start,
    );
    if (!known) out.push(one);
  }
  return out;
}
