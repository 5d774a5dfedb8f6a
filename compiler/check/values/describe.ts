/** Words for values and types in messages. */
import type { Expr } from "../../../grammar/syntax/nodes.js";
import { units } from "../../../grammar/units.js";
import { listed } from "../../diagnostics/entry.js";
import type { ValueType } from "../../schema/types.js";

type TypeName = ValueType["type"];

const WANTED: Readonly<Record<TypeName, string>> = {
  text: "a text",
  integer: "an integer",
  boolean: "`true` or `false`",
  rate: "a rate",
  time: "a time",
  prefix: "a prefix",
  address: "an address",
  "interface-address": "an address with its length",
  secret: "a secret",
  service: "a service",
  word: "a word",
  object: "an object",
};

const EXAMPLES: Readonly<Record<TypeName, string>> = {
  text: '"…"',
  integer: "100",
  boolean: "true",
  rate: "10Gbps",
  time: "300ms",
  prefix: "10.0.0.0/16",
  address: "10.0.0.1",
  "interface-address": "10.0.0.1/30",
  secret: 'secret("name")',
  service: "tcp/443",
  word: "word",
  object: '{ key = "…" }',
};

/** The units that quantities of a dimension have, in words. */
export function unitsOf(dimension: "rate" | "time"): string {
  return listed(
    [...units].filter(([, unit]) => unit.dimension === dimension).map(([name]) => name),
    "and",
  );
}

/** What a type is called, with its article. */
export function wantedWords(value: ValueType): string {
  return WANTED[value.type];
}

/** A value of the type, as it is written. */
export function exampleOf(value: ValueType): string {
  if (value.type === "word") return value.words[0] ?? "word";
  if (value.type !== "object") return EXAMPLES[value.type];
  const inner = Array.isArray(value.values) ? value.values[0] : value.values;
  return inner === undefined ? EXAMPLES.object : `{ key = ${exampleOf(inner as ValueType)} }`;
}

const LITERALS = {
  int: "an integer",
  quantity: "a quantity",
  date: "a date",
  address: "an address",
  prefix: "a prefix",
  "interface-address": "an address with a length",
  range: "a range",
  service: "a service",
  invalid: "this",
} as const;

/** What an expression is called, with its article. */
export function foundWords(expr: Expr): string {
  switch (expr.kind) {
    case "String":
      return "a text";
    case "Bool":
      return `\`${expr.value}\``;
    case "Literal":
      return LITERALS[expr.literal.form];
    case "Any":
      return "`any`";
    case "RefExpr":
      return expr.args === undefined ? "a name" : "a call";
    case "List":
      return "a list";
    case "Object":
      return "an object";
    default:
      return "an expression";
  }
}
