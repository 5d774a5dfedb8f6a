/**
 * JSON Schemas (draft 2020-12) of what the command line prints under `--format json`: one envelope per verb. They ship
 * as `docs/schema/<verb>.schema.json`, and the tests hold real output against them.
 */
import { estateJsonSchema } from "../schema/estate-schema.js";
import { FORMAT_VERSION } from "./diagnostics.js";

/** A schema as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const whole = { type: "integer", minimum: 0 };
const digest = { type: "string", pattern: "^[0-9a-f]{64}$" };
const listOf = (items: JsonSchema): JsonSchema => ({ type: "array", items });

/** An object with these keys and no others; those of `optional` may be absent. */
function record(required: Readonly<Record<string, JsonSchema>>, optional: Readonly<Record<string, JsonSchema>> = {}) {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const position = record({
  line: { type: "integer", minimum: 1, description: "from 1" },
  column: { type: "integer", minimum: 1, description: "from 1, in UTF-16 units" },
  offset: { ...whole, description: "from 0, in UTF-16 units" },
});
const range = record({ start: position, end: position });
const file = { ...text, description: "relative to the package, with `/`; `<query>` for the text of a query" };
const place = { file, range };

const diagnostic = record(
  {
    code: {
      type: "string",
      pattern: "^(?:DMC\\d{4}|guard/[a-z0-9-]+)$",
      description: "`guard/` and the name of the rule where a guard rail found it",
    },
    name: text,
    severity: { enum: ["error", "warning", "info"] },
    message: text,
    related: listOf(record({ message: text, ...place })),
    edits: listOf(record({ title: text, certain: { type: "boolean" }, changes: listOf(record({ ...place, text })) })),
  },
  { help: text, file, range, data: { type: "object" } },
);

const end = record({ segment: text, path: text });
const witness = record(
  {
    from: end,
    to: end,
    sourceAddress: text,
    destinationAddress: text,
    protocol: { type: ["string", "integer"] },
  },
  { destinationPort: { type: "integer", minimum: 0, maximum: 65_535 }, icmp: record({ type: whole, code: whole }) },
);

const region = record({
  source: text,
  destination: text,
  service: text,
  witness,
  rules: listOf(record({ id: text, policy: text, ...place })),
  path: listOf(record({ place: text }, { point: text })),
});

const proof = record({
  id: text,
  kind: { enum: ["never", "always"] },
  text,
  status: { enum: ["proved", "refuted", "not-proved", "withheld"] },
});

const unserved = listOf(record({ place: text, platform: text }));

const estate = record({
  name: text,
  segments: whole,
  places: whole,
  networks: whole,
  links: whole,
  policies: whole,
  rules: whole,
  shares: whole,
  invariants: whole,
});

const severity = { enum: ["error", "warning", "info"] };

const guardRails = record({
  rules: listOf(record({ name: text, category: text, severity, bundle: text, findings: whole, waived: whole })),
  waivers: listOf(record({ rule: text, owner: text, reason: text, until: text, findings: whole }, { subject: text })),
});

const guardParameter = { type: ["string", "number", "boolean", "array"] };

const judged = {
  estate,
  proofs: listOf(proof),
  targets: listOf(record({ name: text, places: listOf(text) })),
  notServed: unserved,
  guardRails: {
    ...guardRails,
    description: "every rule that ran with what it found, and every waiver with how many findings it hides",
  },
};

const packet = record(
  { source: text, destination: text, protocol: whole, fragment: { enum: ["whole", "first", "later"] } },
  {
    sourcePort: whole,
    destinationPort: whole,
    icmp: record({ type: whole, code: whole }),
    established: { type: "boolean", description: "TCP: ACK or RST is set" },
  },
);
const packetRegion = record({ source: listOf(text), destination: listOf(text), service: listOf(text) });
const family = { enum: [4, 6] };
const artefact = { ...text, description: "a file of the output with a line or a JSON pointer" };

/** What validation came to. */
const validationParts = {
  proved: { type: "boolean", description: "true where all that was read does what the estate means" },
  read: { ...listOf(text), description: "targets that were read and judged" },
  targets: listOf(record({ target: text, files: whole, filters: whole, tables: whole, sessions: whole })),
  unread: { ...listOf(text), description: "targets without a reader: nothing of them is validated" },
  unreadPoints: listOf(text),
  handedOff: { ...listOf(text), description: "points of link halves that another party types" },
  size: record({ points: whole, rules: whole, tables: whole, routes: whole, ways: whole, sessions: whole }),
  differences: listOf(
    record({ kind: text, subject: text }, { what: text, at: artefact, family, packet, regions: listOf(packetRegion) }),
  ),
  refused: listOf(record({ target: text, at: artefact, what: text, why: text })),
  coarse: listOf(record({ point: text, family, accepted: { type: "boolean" }, regions: listOf(packetRegion) })),
  surplus: listOf(text),
  invariants: {
    ...listOf(
      record({
        id: text,
        kind: { enum: ["never", "always"] },
        text,
        status: { enum: ["proved", "refuted", "not-proved", "not-read"] },
        passages: { ...whole, description: "ways of packets through filters and tables that were followed" },
      }),
    ),
    description: "invariants proved again on what was read; `not-read` where they touch a place that nobody read",
  },
  assumptions: {
    ...listOf(record({ id: text, text, at: artefact })),
    description: "what the readers take for granted of these files, and what was not read and is taken from the design",
  },
};

/** Results by verb. A verb whose result is absent on errors says so in its description. */
const beyondOpen = "left out under `--open-only`, and there always otherwise";

const results: Readonly<Record<string, JsonSchema>> = {
  init: record({ files: listOf(text) }),
  check: record(judged),
  compile: record({
    ...judged,
    output: { ...text, description: "output directory, as the user named it" },
    written: { type: "boolean", description: "false under `--diff`" },
    files: listOf(
      record({ path: text, sha256: digest, state: { enum: ["new", "changed", "same"] } }, { target: text, diff: text }),
    ),
    removed: listOf(record({ path: text }, { diff: text })),
    lock: record({ path: text, sha256: digest, changed: { type: "boolean" } }),
  }),
  fmt: record({
    files: listOf(record({ path: text, state: { enum: ["same", "changed", "refused"] } }, { diff: text })),
  }),
  query: record(
    { verdict: { enum: ["open", "closed", "partial", "unenforced"] }, open: listOf(region) },
    {
      closed: { ...listOf(region), description: beyondOpen },
      unenforced: { ...listOf(region), description: beyondOpen },
      reasons: {
        ...listOf(
          record(
            {
              kind: { enum: ["no-allow", "no-share", "no-route", "no-reply", "unenforced", "residual"] },
              message: text,
            },
            { at: record(place) },
          ),
        ),
        description: beyondOpen,
      },
    },
  ),
  export: { $ref: "#/$defs/model" },
  verify: record(validationParts),
  guard: record(
    {},
    {
      rules: listOf(
        record({
          name: text,
          category: text,
          severity,
          defaultSeverity: severity,
          title: text,
          bundle: text,
          controls: listOf(text),
          parameters: listOf(record({ name: text, default: guardParameter, value: guardParameter, description: text })),
        }),
      ),
      files: listOf(text),
      tests: listOf(record({ name: text, passed: { type: "boolean" } })),
    },
  ),
  explain: record({
    diagnostics: listOf(record({ code: text, name: text, severity: { enum: ["error", "warning", "info"] }, text })),
  }),
};

/** The schema of `report/validation.json`, which ships as `docs/schema/validation.schema.json`. */
export function validationSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "validation.schema.json",
    title: "report/validation.json",
    ...record({
      formatVersion: { const: FORMAT_VERSION },
      estate: text,
      axioms: {
        ...listOf(record({ id: text, text }, { about: text })),
        description: "what no file of the output enforces",
      },
      kept: { ...listOf(text), description: "targets whose files this compile left as they were, unread" },
      ...validationParts,
    }),
  };
}

/** Verbs whose JSON output has a schema. */
export const schemaVerbs: readonly string[] = Object.keys(results);

/** The schema of the JSON output of a verb. */
export function envelopeSchema(verb: string): JsonSchema {
  const result = results[verb];
  if (result === undefined) throw new Error(`no JSON output of the verb ${verb} is described`);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `${verb}.schema.json`,
    title: `demarc ${verb} --format json`,
    ...record(
      {
        formatVersion: { const: FORMAT_VERSION },
        command: { const: verb },
        ok: { type: "boolean", description: "false where a diagnostic is an error" },
        diagnostics: listOf(diagnostic),
      },
      { result },
    ),
    ...(verb === "export" ? { $defs: modelDefinitions() } : {}),
  };
}

/** The definitions that the model of an estate needs, and the model itself as `model`: a schema of its own elsewhere. */
function modelDefinitions(): JsonSchema {
  const { $schema: _, $defs, ...model } = estateJsonSchema();
  return { ...($defs as JsonSchema), model };
}
