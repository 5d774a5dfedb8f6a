/** The JSON Schema (draft 2020-12) of `demarc.json`. Ships as `docs/schema/demarc.schema.json`. */
import { GAP_NAMES } from "./gaps.js";

/** Targets by the name that `--target`, `demarc.json` and the manifest use: those of this edition and those to come. */
export const TARGET_NAMES = ["aws", "azure", "gcp", "junos", "iosxr", "sros", "eos", "frr"] as const;

/** The form of names. */
export const KEBAB = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

const text = (description: string) => ({ type: "string", minLength: 1, description });
const byTarget = (description: string, of: unknown) => ({
  type: "object",
  description,
  propertyNames: { enum: TARGET_NAMES },
  additionalProperties: of,
});

const accepted = {
  description: "a gap by its name, for every target or for the one named",
  type: ["string", "object"],
  if: { type: "object" },
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema
  then: {
    properties: {
      gap: { type: "string", enum: GAP_NAMES, description: "name of the gap" },
      target: { enum: TARGET_NAMES, description: "the target it is accepted for" },
      because: text("why it is accepted"),
    },
    required: ["gap"],
    additionalProperties: false,
  },
  else: { enum: GAP_NAMES },
};

const waiver = {
  type: "object",
  description: "an exception from a guard rail, owned and dated",
  properties: {
    rule: text("name of the guard rail"),
    subject: text("id of the object it is waived for, `*` for any characters; absent: every one"),
    owner: text("who answers for it"),
    reason: text("why it is waived"),
    until: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "last day it holds, as `YYYY-MM-DD`" },
  },
  required: ["rule", "owner", "reason", "until"],
  additionalProperties: false,
};

const guardrails = {
  type: "object",
  description: "guard rails written in Rego",
  properties: {
    sources: {
      type: "array",
      items: text("a path relative to the package"),
      description: "folders or bundles of guard rails that `demarc guard build` has made",
    },
    severity: {
      type: "object",
      description: "severity by the name of a guard rail",
      additionalProperties: { enum: ["error", "warning", "info"], description: "`error`, `warning` or `info`" },
    },
    parameters: {
      type: "object",
      description: "parameters by the name of a guard rail",
      additionalProperties: {
        type: "object",
        description: "values by the name of a parameter",
        additionalProperties: {
          type: ["string", "number", "boolean", "array"],
          items: { type: ["string", "number", "boolean"] },
          description: "a text, a number, `true`, `false` or a list of these",
        },
      },
    },
    waivers: { type: "array", items: waiver, description: "exceptions" },
  },
  additionalProperties: false,
};

const targetOptions = {
  type: "object",
  description: "options of the target",
  properties: {
    prefix: {
      type: "string",
      pattern: "^[A-Za-z][A-Za-z0-9-]{0,31}$",
      description: "prefix of emitted names: a letter, then letters, digits and `-`, at most 32 characters",
    },
    tags: {
      type: "object",
      description: "extra tags on what is emitted",
      additionalProperties: { type: "string", description: "the value of a tag, a text" },
    },
    "provider-version": text("version range of the Terraform provider, as Terraform writes it"),
  },
  additionalProperties: false,
};

/** The schema itself. */
export const settingsSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "demarc.schema.json",
  title: "demarc.json",
  description: "Settings of a Demarc package. Nothing here changes what the program means.",
  type: "object",
  properties: {
    $schema: { type: "string", description: "where an editor finds this schema" },
    out: text("output directory, a folder inside the package"),
    guardrails,
    accept: { type: "array", items: accepted, description: "named gaps that are accepted" },
    limits: byTarget("raised quotas: target, then account (`*` for every account), then limit", {
      type: "object",
      description: "raised quotas of the target, by account (`*` for every account)",
      additionalProperties: {
        type: "object",
        description: "raised quotas by the name of the limit",
        propertyNames: { pattern: KEBAB },
        additionalProperties: { type: "integer", minimum: 1, description: "the quota, a whole number from 1" },
      },
    }),
    targets: byTarget("options by target", targetOptions),
  },
  additionalProperties: false,
} as const;
