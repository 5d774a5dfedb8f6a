/**
 * What expressions look up, indexed once per check: holdings by name, place and segment, labels as declared, and the
 * values of named groups and services once they are known.
 */

import type { Prefix } from "../../../grammar/address.js";
import { compareCodePoints } from "../../../grammar/source.js";
import type { Body, Declaration, Header } from "../../../grammar/syntax/nodes.js";
import type { ImportSymbol, MemberSymbol, NamedSymbol, Symbols } from "../../bind/symbols.js";
import type { DomainId, Holding } from "../../model/estate.js";
import { AddressSet } from "../../sets/address-set.js";
import type { ServiceSet } from "../../sets/service-set.js";
import type { CheckContext } from "../context.js";
import { refText } from "./canonical.js";
import { EndpointValue } from "./endpoint-value.js";

/** A named group or service being evaluated, so that recursion is seen; `undefined` once it has turned out faulty. */
export type Evaluation<T> = T | undefined | "running";

/** By the holdings of the estate, so that a query with findings of its own finds what the check of the package left. */
const scopes = new WeakMap<readonly Holding[], Scope>();

/** By package: services depend on no holdings, and are evaluated before those are known. */
const services = new WeakMap<Symbols, Map<NamedSymbol, Evaluation<ServiceSet>>>();

/** The services of a package that have been evaluated. */
export function evaluatedServices({ symbols }: CheckContext): Map<NamedSymbol, Evaluation<ServiceSet>> {
  let known = services.get(symbols);
  if (known === undefined) {
    known = new Map();
    services.set(symbols, known);
  }
  return known;
}

/** The indexes and caches of one estate. */
export class Scope {
  readonly context: CheckContext;
  readonly groups = new Map<NamedSymbol, Evaluation<EndpointValue>>();
  /** Values of `where` expressions by canonical text, of literals by text. Only sound ones that reported nothing. */
  readonly compounds = new Map<string, EndpointValue>();
  readonly #byName = new Map<string, Holding[]>();
  /** Names under which a faulty declaration would have added endpoints. */
  readonly #incomplete = new Set<string>();
  #any: EndpointValue | undefined;
  #labels: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  #prefixes: readonly (readonly [string, AddressSet])[] | undefined;
  readonly #values = new Map<string, EndpointValue>();

  private constructor(context: CheckContext) {
    this.context = context;
    for (const holding of context.holdings) {
      for (const path of pathAndAbove(holding.path)) this.#add(path, holding);
      this.#add(holding.domain, holding);
    }
    for (const symbol of context.symbols.names.values()) {
      if (symbol.kind === "network" || symbol.kind === "external") this.#place(symbol);
    }
  }

  static of(context: CheckContext): Scope {
    let scope = scopes.get(context.holdings);
    if (scope === undefined) {
      scope = new Scope(context);
      scopes.set(context.holdings, scope);
    }
    return scope;
  }

  /** Every endpoint of the estate. */
  any(): EndpointValue {
    this.#any ??= EndpointValue.ofHoldings(this.context.holdings, this.#incomplete.size > 0);
    return this.#any;
  }

  /** The endpoints of a segment, place, network, external, subnet or host, by its path. */
  named(path: string): EndpointValue {
    let value = this.#values.get(path);
    if (value === undefined) {
      value = EndpointValue.ofHoldings(this.#byName.get(path) ?? [], this.#incomplete.has(path));
      this.#values.set(path, value);
    }
    return value;
  }

  /** The endpoints of a domain, as one set of addresses. */
  domain(domain: DomainId): EndpointValue {
    return this.named(domain);
  }

  /** True where a declaration, or one that holds it, was left out as faulty. */
  isFaulty(path: string): boolean {
    return this.context.faulty.size > 0 && pathAndAbove(path).some((each) => this.context.faulty.has(each));
  }

  /** The labels that the source declares, with the values each is given somewhere; those of faulty declarations too. */
  labels(): ReadonlyMap<string, ReadonlySet<string>> {
    this.#labels ??= declaredLabels(this.context.symbols.names.values());
    return this.#labels;
  }

  /** What networks, subnets and externals have as `cidr`, outer ones before inner ones: endpoints or not. */
  writtenPrefixes(): readonly (readonly [string, AddressSet])[] {
    this.#prefixes ??= writtenPrefixes(this.context.symbols.names.values());
    return this.#prefixes;
  }

  #add(name: string, holding: Holding): void {
    const list = this.#byName.get(name);
    if (list === undefined) this.#byName.set(name, [holding]);
    else if (list[list.length - 1] !== holding) list.push(holding);
  }

  /** Enters a network's holdings under its places, and what is faulty of it under every name that would hold it. */
  #place(symbol: NamedSymbol): void {
    const places = placesOf(symbol.declaration);
    for (const holding of this.#byName.get(symbol.name) ?? []) {
      for (const [place, paths] of places) {
        if (paths.some((path) => path === symbol.name || pathAndAbove(holding.path).includes(path))) {
          this.#add(place, holding);
        }
      }
    }
    if (this.context.faulty.size === 0) return;
    const headers = headerNames(symbol.declaration, "in");
    const names = [...headers, ...places.keys()];
    const faulty = faultyPaths(symbol, this.context.faulty);
    const unheld = !this.#byName.has(symbol.name) && names.some((name) => this.context.faulty.has(name));
    if (faulty.length === 0 && !unheld) return;
    for (const name of [...names, symbol.name, ...faulty.flatMap(pathAndAbove)]) this.#incomplete.add(name);
  }
}

/** `a.b.c` gives `a.b.c`, `a.b`, `a`. */
function pathAndAbove(path: string): readonly string[] {
  const out = [path];
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) out.push(path.slice(0, dot));
  return out;
}

/** The faulty ones among a declaration and its members. */
function faultyPaths(symbol: NamedSymbol, faulty: ReadonlySet<string>): readonly string[] {
  return [symbol.name, ...membersOf(symbol).map((member) => member.path)].filter((path) => faulty.has(path));
}

/** Subnets and hosts at any depth. */
export function membersOf(symbol: NamedSymbol | MemberSymbol): readonly MemberSymbol[] {
  return [...symbol.members.values()].flatMap((member) => [member, ...membersOf(member)]);
}

/**
 * The places where a network lies, each with the paths of the parts that lie there: its `at`, and the routers that its
 * LAN, or that of a subnet, is attached to as well.
 */
function placesOf(declaration: Declaration): ReadonlyMap<string, readonly string[]> {
  const name = refText(declaration.name);
  const places = new Map<string, string[]>();
  const add = (place: string, path: string): void => {
    places.set(place, [...(places.get(place) ?? []), path]);
  };
  for (const place of headerNames(declaration, "at")) add(place, name);
  for (const router of attachedRouters(declaration.body)) add(router, name);
  for (const item of declaration.body?.items ?? []) {
    if (item.kind !== "Declaration" || item.word.text !== "subnet") continue;
    for (const router of attachedRouters(item.body)) add(router, `${name}.${refText(item.name)}`);
  }
  return places;
}

function headerNames(declaration: Declaration, word: Header["word"]): readonly string[] {
  return declaration.headers.filter((header) => header.word === word).flatMap((header) => header.refs.map(refText));
}

function attachedRouters(body: Body | undefined): readonly string[] {
  const items = body?.items ?? [];
  return items.flatMap((item) =>
    item.kind === "Declaration" && item.word.text === "attach" ? [refText(item.name)] : [],
  );
}

function writtenPrefixes(symbols: Iterable<NamedSymbol | ImportSymbol>): readonly (readonly [string, AddressSet])[] {
  const out: (readonly [string, AddressSet])[] = [];
  const byName = [...symbols].sort((a, b) => compareCodePoints(a.name, b.name));
  for (const symbol of byName) {
    if (symbol.kind !== "network" && symbol.kind !== "external") continue;
    const inner = membersOf(symbol).filter((member) => member.kind === "subnet");
    out.push([symbol.name, prefixesIn(symbol.declaration)]);
    for (const member of inner) out.push([member.path, prefixesIn(member.declaration)]);
  }
  return out;
}

function prefixesIn(declaration: Declaration): AddressSet {
  const prefixes: Prefix[] = [];
  for (const item of declaration.body?.items ?? []) {
    if (item.kind !== "Property" || item.key.text !== "cidr") continue;
    for (const each of item.value.kind === "List" ? item.value.items : [item.value]) {
      if (each.kind === "Literal" && each.literal.form === "prefix") prefixes.push(each.literal.prefix);
    }
  }
  return AddressSet.ofPrefixes(prefixes);
}

function declaredLabels(symbols: Iterable<NamedSymbol | ImportSymbol>): Map<string, Set<string>> {
  const labels = new Map<string, Set<string>>();
  for (const symbol of symbols) {
    if (symbol.kind === "import") continue;
    for (const each of [symbol, ...membersOf(symbol)]) collectLabels(each.declaration, labels);
  }
  return labels;
}

function collectLabels(declaration: Declaration, labels: Map<string, Set<string>>): void {
  for (const item of declaration.body?.items ?? []) {
    if (item.kind !== "Property" || item.key.text !== "labels" || item.value.kind !== "Object") continue;
    for (const { key, value } of item.value.entries) {
      const name = key.kind === "Name" ? key.text : key.value;
      const values = labels.get(name) ?? new Set<string>();
      if (value.kind === "String") values.add(value.value);
      labels.set(name, values);
    }
  }
}
