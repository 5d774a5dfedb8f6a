/**
 * JSON Schema (draft 2020-12) of the parts of SARIF 2.1.0 that Demarc writes, made by hand from the standard ("Static
 * Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS, sections 3.13 to 3.58). Narrower than the official
 * schema: what Demarc does not write is refused. The tests hold logs against the official one, too, where it is at hand.
 */

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const count: Schema = { type: "integer", minimum: 0 };
const from1: Schema = { type: "integer", minimum: 1 };
const listOf = (items: Schema, more: Schema = {}): Schema => ({ type: "array", items, ...more });

function record(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const message = record({ text });
/** A URI reference without characters that have to be escaped (RFC 3986). */
const uri: Schema = { type: "string", pattern: "^(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$" };
const artifactLocation = record({ uri });
const region = record({
  startLine: from1,
  startColumn: from1,
  endLine: from1,
  endColumn: from1,
  charOffset: count,
  charLength: count,
});
const physicalLocation = record({ artifactLocation, region });
const replacement = record({ deletedRegion: region, insertedContent: message });
const change = record({ artifactLocation, replacements: listOf(replacement, { minItems: 1 }) });

const result = record(
  {
    ruleId: text,
    ruleIndex: count,
    level: { enum: ["note", "warning", "error"] },
    message,
    locations: listOf(record({ physicalLocation }), { maxItems: 1 }),
    partialFingerprints: record({ "demarc/v1": { type: "string", pattern: "^[0-9a-f]{64}$" } }),
  },
  {
    relatedLocations: listOf(record({ id: count, physicalLocation, message }), { uniqueItems: true }),
    fixes: listOf(record({ description: message, artifactChanges: listOf(change, { minItems: 1 }) })),
  },
);

const driver = record({
  name: { const: "demarc" },
  semanticVersion: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+" },
  rules: listOf(record({ id: text, name: text }), { uniqueItems: true }),
});

/** The schema of a whole log. */
export const SARIF_SCHEMA: Schema = record({
  $schema: { const: "https://json.schemastore.org/sarif-2.1.0.json" },
  version: { const: "2.1.0" },
  runs: listOf(
    record(
      { tool: record({ driver }), columnKind: { const: "utf16CodeUnits" }, results: listOf(result) },
      {
        invocations: listOf(record({ executionSuccessful: { type: "boolean" }, exitCode: { enum: [0, 1, 2, 70] } })),
      },
    ),
    { minItems: 1, maxItems: 1 },
  ),
});
