/** The parts that the JSON Schema of the guard-rail input is put together from. */
import { ADDRESS_SPACES, PUBLIC_SPACE } from "./address-spaces.js";
import { OBJECT_KINDS } from "./ids.js";
import { type GuardInput, MOST_COUNTED } from "./input.js";
import { SERVICE_CLASSES } from "./service-classes.js";

/** A part of the schema, with a description for the reference page. */
export type Part = Readonly<Record<string, unknown>>;

/** A text that is not empty. */
export const text = (description: string): Part => ({ type: "string", minLength: 1, description });
/** True or false. */
export const flag = (description: string): Part => ({ type: "boolean", description });
/** A whole number from 0. */
export const whole = (description: string, most = MOST_COUNTED): Part => ({
  type: "integer",
  minimum: 0,
  maximum: most,
  description,
});
/** One of these words. */
export const word = (words: readonly unknown[], description: string): Part => ({ enum: words, description });
/** An id of one of these kinds, or of any. */
export const id = (description: string, ...kinds: readonly (typeof OBJECT_KINDS)[number][]): Part => ({
  type: "string",
  pattern: `^(?:${(kinds.length === 0 ? OBJECT_KINDS : kinds).join("|")}):.`,
  description,
});
/** A list. */
export const list = (items: Part, description: string): Part => ({ type: "array", items: bare(items), description });
/** Texts by name. */
export const texts = (description: string): Part => ({
  type: "object",
  additionalProperties: { type: "string" },
  description,
});

/** A part without its description, for where it stands inside another. */
export function bare({ description: _, ...rest }: Part): Part {
  return rest;
}

/** An object with these keys and no others; those of `optional` may be absent. */
export function record(required: Readonly<Record<string, Part>>, optional: Readonly<Record<string, Part>> = {}): Part {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

/** The name of a declaration. */
export const name = text("last part of its path");
/** What a declaration says of itself. */
export const description = text("`description`, else the doc comment");
/** A domain. */
export const domain = id("the domain it is in: of a kind, which is `segment` in this version", "segment");
/** Several domains. */
export const domains = list(domain, "domains, sorted");
/** A place. */
export const place = id("where it is", "cloud", "router", "external");
/** Labels. */
export const labels = texts("labels; in a subnet or host with those of what it lies in, the inner value wins");
/** A count of addresses. */
export const addresses = whole("how many addresses");
/** A last day. */
export const until = text("last day it holds, `YYYY-MM-DD`");
/** Days to it. */
export const daysLeft = { type: "integer", description: "days from the day of the check to `until`; 0 on the last" };
/** A reason. */
export const because = text("the reason that is given with `because`");
/** A reference to a service set. */
export const service = text("key of `services`");
/** References to endpoint sets. */
export const endpointKeys = (about: string): Part =>
  list(text(""), `${about}: keys of \`endpoints\`, one for each domain`);
/** Classes of a service set. */
export const classes: Part = {
  type: "object",
  propertyNames: { enum: SERVICE_CLASSES.map((one) => one.name) },
  additionalProperties: { type: "array", items: { type: "string" }, minItems: 1 },
  description: "by class, the `std` services of it that the set touches; see *Classes of services*",
};
/** Declared prefixes. */
export const prefixes = list(
  record({
    prefix: text("the prefix"),
    family: word([4, 6], "family"),
    length: whole("its length", 128),
    space: word([...ADDRESS_SPACES.map((one) => one.name), PUBLIC_SPACE], "what part of the address space it is in"),
  }),
  "`cidr` as declared: `prefix`, `family`, `length` and `space`, which says what part of the address space it is in",
);
/** What is open, unenforced or residual, in sums. */
export const region: Part = {
  ...record({
    any: flag("every service"),
    tcpPorts: whole("TCP ports", 65_536),
    udpPorts: whole("UDP ports", 65_536),
    classes,
    sources: whole("source addresses"),
    destinations: whole("destination addresses"),
    pairs: whole("pairs of addresses"),
  }),
};
/** A reference to a region. */
export const regionOf = (about: string): Part => ({ $ref: "#/$defs/region", description: about });

/** One table of the document: objects by id, or profiles by key. */
export interface Table {
  /** What its objects are, as a paragraph of the reference page. */
  readonly about: string;
  /** What the key is: an id of these kinds, or a text. */
  readonly key: readonly (typeof OBJECT_KINDS)[number][] | "text";
  readonly entry: Part;
}

/** The tables of the document by their names. */
export type Tables = { readonly [K in Exclude<keyof GuardInput, "formatVersion" | "estate">]: Table };
