/**
 * How a kind of declaration is described: the types of the schema of kinds. The schema is data; checker, completion,
 * hover, the reference manual and the JSON Schema of the exported model are all driven by it.
 */

/** What a place is to links, networks and conditions of the schema. `router` is a router of ours. */
export type PlaceTag = "aws" | "azure" | "gcp" | "router" | "unmanaged" | "external";

/** The coarser view of a place that pairs of link ends are named by. */
export type PlaceClass = "cloud" | "router" | "unmanaged" | "external";

/** Kinds of names that a header, a key or the name of a nested declaration refers to. */
export type ReferredKind = "segment" | "cloud" | "router" | "external";

/** The facts of a declaration that decide which properties it uses. A fact may have several values (`end`). */
export type Fact = "provider" | "hub" | "os" | "place" | "kind" | "end" | "ends";

/** Holds where one of the values of the fact is in the list; also where the fact is unknown because it is faulty. */
export interface Use {
  readonly fact: Fact;
  readonly oneOf: readonly string[];
}

/** Keys of an object: free names, or names of segments or of the link's ends. */
export type KeyKind = "free" | "segment" | "end" | "listed";

/** The type of a property's value. `integer` bounds are inclusive; `excluded` integers lie inside them but are refused. */
export type ValueType =
  | { readonly type: "text"; readonly form?: TextForm }
  | {
      readonly type: "integer";
      readonly min: number;
      readonly max: number;
      readonly excluded?: readonly number[];
    }
  | { readonly type: "boolean" }
  | { readonly type: "rate" }
  | { readonly type: "time"; readonly min: number; readonly max: number }
  | { readonly type: "prefix" }
  | { readonly type: "address" }
  | { readonly type: "interface-address" }
  | { readonly type: "secret" }
  | { readonly type: "service" }
  | { readonly type: "word"; readonly words: readonly string[] }
  | {
      readonly type: "object";
      readonly keys: KeyKind;
      /** The keys that may stand, where `keys` is `listed`. */
      readonly listed?: readonly string[];
      readonly values: ValueType | readonly ValueType[];
      readonly many: boolean;
    };

/** A text that has to look a certain way, because a provider or the output says so. */
export interface TextForm {
  /** Anchored regular expression. */
  readonly pattern: string;
  /** What it looks like, in words (`12 digits`). */
  readonly words: string;
}

/** One property of a kind. */
export interface PropertySchema {
  readonly name: string;
  readonly value: ValueType;
  /** One value or a list of them. */
  readonly many: boolean;
  /** A list holds one value of each address family at most. */
  readonly perFamily?: boolean;
  readonly required?: boolean;
  /** What it is where absent, in words for the manual. */
  readonly default?: string;
  /** The property is used only where all of these hold. */
  readonly when?: readonly Use[];
  /** One line: what it says. */
  readonly doc: string;
}

/** A header before the body: `in SEGMENT`, `at PLACE`, `between PLACE and PLACE`. All headers are required. */
export interface HeaderSchema {
  readonly word: "in" | "at" | "between";
  /** What each of its names may refer to. */
  readonly refers: readonly ReferredKind[];
}

/** Words of all kinds of declarations, nested ones included. */
export type KindWord =
  | "estate"
  | "segment"
  | "cloud"
  | "router"
  | "external"
  | "network"
  | "subnet"
  | "host"
  | "attach"
  | "link"
  | "carries"
  | "service"
  | "group"
  | "policy";

/** One kind of declaration. */
export interface KindSchema {
  readonly word: KindWord;
  /** One line: what it declares. */
  readonly doc: string;
  /** Where it stands: at top level, or inside declarations of these kinds. */
  readonly inside: readonly KindWord[];
  /** `name { … }` or `name = …`. */
  readonly form: "body" | "value";
  /** The name is a new one, or refers to a segment or router. */
  readonly name: "declares" | "segment" | "router";
  readonly headers: readonly HeaderSchema[];
  readonly properties: readonly PropertySchema[];
  /** Statements that may stand in the body. */
  readonly statements: readonly ("allow" | "share" | "never" | "always")[];
  /** A short example for the manual and for messages. */
  readonly example: string;
}
