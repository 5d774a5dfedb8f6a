/**
 * Symbols: what the names of a package stand for. Made by `bind`, read by the checker and by editors.
 *
 * Segments, clouds, routers, externals, networks, groups, services and import aliases share one namespace; policies and
 * links have one each; subnets and hosts are members of what declares them. Nothing shadows.
 */
import type { Span } from "../../grammar/source.js";
import type { Declaration, Import, SyntaxFile } from "../../grammar/syntax/nodes.js";

/** Kinds whose names share the one namespace of a package. */
export type NamedKind = "segment" | "cloud" | "router" | "external" | "network" | "group" | "service";

/** A declaration of the shared namespace. */
export interface NamedSymbol {
  readonly kind: NamedKind;
  readonly name: string;
  readonly declaration: Declaration;
  readonly file: SyntaxFile;
  /** The name in the declaration. */
  readonly span: Span;
  /** Subnets and hosts by name, where the kind has any. */
  readonly members: ReadonlyMap<string, MemberSymbol>;
}

/** A subnet or host, reached by path from its parent. */
export interface MemberSymbol {
  readonly kind: "subnet" | "host";
  readonly name: string;
  /** `shop.web`, `shop.web.orders`. */
  readonly path: string;
  readonly declaration: Declaration;
  readonly file: SyntaxFile;
  readonly span: Span;
  readonly members: ReadonlyMap<string, MemberSymbol>;
}

/** An imported package of services, under its alias. */
export interface ImportSymbol {
  readonly kind: "import";
  readonly name: string;
  readonly syntax: Import;
  readonly file: SyntaxFile;
  readonly span: Span;
  readonly package: ServicePackage;
}

/** What an import brings: services and further imports, by name. */
export interface ServicePackage {
  /** Directory relative to the importing package's root, normalised. */
  readonly directory: string;
  readonly services: ReadonlyMap<string, NamedSymbol>;
  readonly imports: ReadonlyMap<string, ImportSymbol>;
}

/** A policy or a link, or the estate: named, but not referred to by expressions. */
export interface UnitSymbol {
  readonly kind: "policy" | "link" | "estate";
  readonly name: string;
  readonly declaration: Declaration;
  readonly file: SyntaxFile;
  readonly span: Span;
}

/** All names of a package. */
export interface Symbols {
  readonly names: ReadonlyMap<string, NamedSymbol | ImportSymbol>;
  readonly policies: ReadonlyMap<string, UnitSymbol>;
  readonly links: ReadonlyMap<string, UnitSymbol>;
  readonly estate?: UnitSymbol;
}
