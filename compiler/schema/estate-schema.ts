/** The JSON Schema (draft 2020-12) of the exported estate, made from the schema of kinds. Ships as `docs/schema/estate.schema.json`. */
import { kinds } from "./kinds.js";
import type { KindWord, PropertySchema, ValueType } from "./types.js";

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [key: string]: unknown };

const text: JsonSchema = { type: "string" };
const count: JsonSchema = { type: "integer", minimum: 1 };
const listOf = (items: JsonSchema): JsonSchema => ({ type: "array", items });
const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });

/** An object with exactly these properties; all are required but those named. */
function closed(
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", description, properties, required, additionalProperties: false };
}

/** What the model holds as something else than the property of its name: places, LANs and texts of the declaration itself. */
const NOT_EXPORTED: Readonly<Partial<Record<KindWord, readonly string[]>>> = {
  network: ["interface", "vlan", "outer-vlan", "address"],
  subnet: ["interface", "vlan", "outer-vlan", "address"],
  link: ["interface"],
};

/** Properties that the model always has, by default where not written. */
const ALWAYS: Readonly<Partial<Record<KindWord, readonly string[]>>> = {
  segment: ["vrf"],
  router: ["route-reflector", "vpn-sessions"],
  external: ["summary"],
  link: ["hosted", "partner", "preference"],
};

/** The schema. */
export function estateJsonSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "An estate, exported",
    ...closed(
      "The checked model of a package: every declaration that is sound.",
      {
        formatVersion: { const: 1 },
        name: text,
        estate: ref("estate"),
        segments: listOf(ref("segment")),
        clouds: listOf(ref("cloud")),
        routers: listOf(ref("router")),
        externals: listOf(ref("external")),
        networks: listOf(ref("network")),
        links: listOf(ref("link")),
        services: listOf(ref("service")),
        groups: listOf(ref("group")),
        policies: listOf(ref("policy")),
        invariants: listOf(ref("invariant")),
        omitted: closed("What was left out as faulty or expired.", {
          any: { type: "boolean" },
          routing: { type: "boolean" },
        }),
      },
      ["estate"],
    ),
    $defs: { ...kindDefinitions(), ...statementDefinitions(), ...commonDefinitions() },
  };
}

function kindDefinitions(): Readonly<Record<string, JsonSchema>> {
  const lan = { attachments: listOf(ref("attachment")) };
  return {
    estate: kindSchema("estate", {}),
    segment: kindSchema("segment", {}),
    cloud: kindSchema("cloud", {}),
    router: kindSchema("router", {}),
    external: kindSchema("external", { segment: text, hosts: listOf(ref("host")) }),
    network: kindSchema(
      "network",
      { segment: text, place: text, subnets: listOf(ref("subnet")), hosts: listOf(ref("host")), ...lan },
      ["attachments"],
    ),
    subnet: kindSchema("subnet", { hosts: listOf(ref("host")), ...lan }, ["attachments"]),
    host: kindSchema("host", {}),
    link: kindSchema("link", {
      ends: { type: "array", items: ref("end"), minItems: 2, maxItems: 2 },
      carries: listOf(ref("carries")),
    }),
    service: kindSchema("service", { service: ref("services") }),
    group: kindSchema("group", { endpoints: ref("endpoints") }),
    policy: kindSchema("policy", { rules: listOf(ref("rule")), shares: listOf(ref("share")) }),
    carries: nestedSchema("carries", { segment: text, source: ref("source") }),
    attachment: nestedSchema("attach", { router: text }),
  };
}

/** The schema of a kind with a name of its own. */
function kindSchema(
  word: KindWord,
  extra: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  const declared = { path: text, name: text, source: ref("source"), documentation: text };
  return nestedSchema(word, { ...declared, ...extra }, ["documentation", ...optional]);
}

function nestedSchema(
  word: KindWord,
  extra: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  const kind = kinds[word];
  const exported = kind.properties.filter(({ name }) => NOT_EXPORTED[word]?.includes(name) !== true);
  const properties = Object.fromEntries(exported.map((property) => [property.name, propertySchema(property)]));
  const absent = exported.filter((property) => !isAlways(word, property)).map(({ name }) => name);
  return closed(kind.doc, { ...extra, ...properties }, [...optional, ...absent]);
}

function isAlways(word: KindWord, { name, required, when }: PropertySchema): boolean {
  return (required === true && when === undefined) || ALWAYS[word]?.includes(name) === true;
}

function propertySchema({ value, many, doc }: PropertySchema): JsonSchema {
  const one = valueSchema(value);
  return many ? { description: doc, type: "array", items: one, minItems: 1 } : { description: doc, ...one };
}

function valueSchema(value: ValueType): JsonSchema {
  switch (value.type) {
    case "text":
      return value.form === undefined
        ? { type: "string", minLength: 1 }
        : { type: "string", pattern: value.form.pattern };
    case "integer":
      return { type: "integer", minimum: value.min, maximum: value.max };
    case "boolean":
      return { type: "boolean" };
    case "rate":
      return { type: "number", exclusiveMinimum: 0, $comment: "bits per second" };
    case "time":
      return { type: "number", minimum: value.min, maximum: value.max, $comment: "milliseconds" };
    case "prefix":
    case "address":
    case "interface-address":
    case "secret":
      return ref(value.type);
    case "service":
      return ref("services");
    case "word":
      return { enum: value.words };
    case "object":
      return objectSchema(value);
  }
}

function objectSchema(value: ValueType & { type: "object" }): JsonSchema {
  const choices = Array.isArray(value.values) ? (value.values as readonly ValueType[]) : [value.values as ValueType];
  const [only, ...rest] = choices.map(valueSchema);
  const one = rest.length === 0 && only !== undefined ? only : { anyOf: choices.map(valueSchema) };
  return {
    type: "object",
    ...(value.listed === undefined ? {} : { propertyNames: { enum: value.listed } }),
    additionalProperties: value.many ? { type: "array", items: one, minItems: 1 } : one,
  };
}

function statementDefinitions(): Readonly<Record<string, JsonSchema>> {
  const base = { id: text, policy: text, text, source: ref("source"), documentation: text, because: text };
  const optional = ["documentation", "because"];
  const flows = { type: "array", items: ref("flow"), minItems: 1, maxItems: 2 };
  const until = { type: "string", format: "date", description: "valid through the end of this day in UTC" };
  return {
    rule: closed(
      "A rule: flows that may be opened.",
      { ...base, flows, service: ref("services"), log: { type: "boolean" }, until },
      [...optional, "until"],
    ),
    share: closed(
      "A share: endpoints that become routable from other segments.",
      { ...base, what: ref("endpoints"), with: listOf(text), at: listOf(text), until },
      [...optional, "until"],
    ),
    invariant: closed(
      "A `never` or `always`.",
      { ...base, kind: { enum: ["never", "always"] }, flows, service: ref("services") },
      [...optional, "policy"],
    ),
    flow: closed("One direction of opening.", { source: ref("endpoints"), destination: ref("endpoints") }),
  };
}

function commonDefinitions(): Readonly<Record<string, JsonSchema>> {
  return {
    source: closed("Where it is written.", { file: text, line: count, column: count }),
    end: closed(
      "An end of a link.",
      { kind: { enum: ["cloud", "router", "external"] }, place: text, interface: text },
      ["interface"],
    ),
    endpoints: {
      type: "object",
      description: "Addresses, prefixes and ranges (`first..last`) by segment.",
      additionalProperties: { type: "array", items: text, minItems: 1 },
    },
    services: { type: "array", description: "Services as written in the language.", items: text, minItems: 1 },
    secret: closed("A reference to a secret; never its value.", { secret: text }),
    prefix: { type: "string", pattern: "^[0-9a-f:.]+/[0-9]{1,3}$" },
    address: { type: "string", pattern: "^[0-9a-f:.]+$" },
    "interface-address": { type: "string", pattern: "^[0-9a-f:.]+/[0-9]{1,3}$" },
  };
}
