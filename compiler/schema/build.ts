/** Short ways to write down properties of the schema of kinds. */
import type { PropertySchema, TextForm, Use, ValueType } from "./types.js";

/** The parts of a property that most do not need. */
export type Extras = Partial<Pick<PropertySchema, "required" | "default" | "when" | "perFamily">>;

function property(name: string, value: ValueType, many: boolean, doc: string, extras: Extras): PropertySchema {
  return { name, value, many, doc, ...extras };
}

/** A property whose value is a text. */
export function text(name: string, doc: string, extras: Extras & { readonly form?: TextForm } = {}): PropertySchema {
  const { form, ...rest } = extras;
  return property(name, form === undefined ? { type: "text" } : { type: "text", form }, false, doc, rest);
}

/** A property whose value is an integer from `min` to `max`. */
export function integer(
  name: string,
  range: { readonly min: number; readonly max: number; readonly excluded?: readonly number[] },
  doc: string,
  extras: Extras = {},
): PropertySchema {
  return property(name, { type: "integer", ...range }, false, doc, extras);
}

/** A property that is `true` or `false`. */
export function boolean(name: string, doc: string, extras: Extras = {}): PropertySchema {
  return property(name, { type: "boolean" }, false, doc, { default: "`false`", ...extras });
}

/** A property that is one of some words, written without quotes. */
export function word(name: string, words: readonly string[], doc: string, extras: Extras = {}): PropertySchema {
  return property(name, { type: "word", words }, false, doc, extras);
}

/** A property of another type that holds one value. */
export function one(name: string, value: ValueType, doc: string, extras: Extras = {}): PropertySchema {
  return property(name, value, false, doc, extras);
}

/** A property that holds one value or a list. */
export function many(name: string, value: ValueType, doc: string, extras: Extras = {}): PropertySchema {
  return property(name, value, true, doc, extras);
}

/** The condition that a fact has one of some values. */
export function uses(fact: Use["fact"], ...oneOf: readonly string[]): Use {
  return { fact, oneOf };
}

/** The labels of a declaration that owns addresses. */
export const labels: PropertySchema = one(
  "labels",
  { type: "object", keys: "free", values: { type: "text" }, many: false },
  "Labels that `where` filters by; merged inwards, the inner value of a label wins.",
);

/** A description in words. */
export const description: PropertySchema = text(
  "description",
  "What it is for, carried into descriptions of the output.",
);

/** Autonomous system numbers that can be used: 0, 23456, 65535 and 4294967295 are reserved (RFC 7607, 6793, 7300). */
export const asnRange = { min: 1, max: 4_294_967_294, excluded: [23_456, 65_535] } as const;

/** VLAN identifiers (IEEE 802.1Q). */
export const vlanRange = { min: 1, max: 4094 } as const;

/** Sizes of packets that an interface may be given, in bytes: the IPv4 minimum to the largest common jumbo frame. */
export const mtuRange = { min: 576, max: 9600 } as const;
