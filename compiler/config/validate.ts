/** Holds a tree against the schema of `demarc.json` and says what is wrong in a user's words, at the exact place. */
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import { configurationDiagnostics as kinds } from "../diagnostics/configuration-catalogue.js";
import { nearest } from "../suggest.js";
import { GAP_NAMES, gapNamed } from "./gaps.js";
import { type JsonMember, type JsonNode, jsonValue, memberOf, nodeAt } from "./json-text.js";
import { KEBAB, settingsSchema } from "./schema.js";

/** Names of another form are reported by the schema. */
const KEBAB_NAME = new RegExp(KEBAB);

/** Reports every fault of the settings. `limits` are the names of the limits that may be raised, by target. */
export function validateSettings(
  root: JsonNode,
  limits: ReadonlyMap<string, readonly string[]>,
  diagnostics: Diagnostics,
): void {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true });
  const validate = ajv.compile(settingsSchema);
  if (!validate(jsonValue(root))) {
    const seen = new Set<string>();
    for (const error of validate.errors ?? []) {
      const key = `${error.instancePath} ${error.keyword === "pattern" || error.keyword === "enum" ? "value" : error.keyword} ${error.propertyName ?? JSON.stringify(error.params)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      report(root, error, diagnostics);
    }
  }
  checkDates(root, diagnostics);
  checkOut(root, diagnostics);
  checkRailSources(root, diagnostics);
  checkGapTargets(root, diagnostics);
  for (const [target, known] of limits)
    checkLimits(memberOf(memberOf(root, "limits")?.value, target), known, diagnostics);
}

function report(root: JsonNode, error: ErrorObject, diagnostics: Diagnostics): void {
  const at = nodeAt(root, error.instancePath) ?? root;
  const where = settingName(error.instancePath);
  if (error.keyword === "if" || error.keyword === "propertyNames") return;
  if (error.keyword === "additionalProperties") {
    unknownKey(at, String(error.params.additionalProperty), knownKeys(error.parentSchema), diagnostics);
  } else if (error.keyword === "enum" && /^\/accept\/\d+(?:\/gap)?$/.test(error.instancePath)) {
    if (at.kind === "string") unknownGap(at.value, at.span, diagnostics);
  } else if (error.propertyName !== undefined) {
    unknownKey(
      at,
      error.propertyName,
      error.keyword === "enum" ? strings(error.params.allowedValues) : [],
      diagnostics,
    );
  } else if (error.keyword === "required") {
    const place = where === undefined ? "`demarc.json`" : `\`${where}\``;
    diagnostics.report(kinds["setting-missing"], { key: String(error.params.missingProperty), where: place }, at.span);
  } else {
    diagnostics.report(kinds["wrong-setting"], { setting: where ?? "demarc.json", wanted: wantedOf(error) }, at.span);
  }
}

function unknownKey(at: JsonNode, key: string, known: readonly string[], diagnostics: Diagnostics): void {
  const place: Span = memberOf(at, key)?.keySpan ?? at.span;
  const near = nearest(key, known);
  const edits =
    near === undefined
      ? []
      : [{ title: `write \`${near}\``, certain: true, changes: [{ span: place, text: JSON.stringify(near) }] }];
  diagnostics.report(kinds["unknown-setting"], { key, known, ...(near === undefined ? {} : { near }) }, place, {
    edits,
  });
}

function unknownGap(gap: string, place: Span, diagnostics: Diagnostics): void {
  const near = nearest(gap, GAP_NAMES);
  const edits =
    near === undefined
      ? []
      : [{ title: `write \`${near}\``, certain: true, changes: [{ span: place, text: JSON.stringify(near) }] }];
  const params = { gap, known: GAP_NAMES, ...(near === undefined ? {} : { near }) };
  diagnostics.report(kinds["unknown-gap"], params, place, { edits });
}

/** A limit that a target does not have would look raised and not be. */
function checkLimits(target: JsonMember | undefined, known: readonly string[], diagnostics: Diagnostics): void {
  for (const account of target?.value.kind === "object" ? target.value.members : []) {
    if (account.value.kind !== "object") continue;
    for (const { key } of account.value.members) {
      if (!known.includes(key) && KEBAB_NAME.test(key)) unknownKey(account.value, key, known, diagnostics);
    }
  }
}

/** A gap accepted for a target that has none would look accepted and not be. */
function checkGapTargets(root: JsonNode, diagnostics: Diagnostics): void {
  const accept = nodeAt(root, "/accept");
  if (accept?.kind !== "array") return;
  for (const item of accept.items) {
    const [gap, target] = [memberOf(item, "gap")?.value, memberOf(item, "target")?.value];
    if (gap?.kind !== "string" || target?.kind !== "string") continue;
    const known = gapNamed(gap.value);
    const targets: readonly string[] = known?.targets ?? [];
    if (known === undefined || targets.includes(target.value)) continue;
    diagnostics.report(kinds["gap-of-other-target"], { gap: gap.value, target: target.value, targets }, target.span);
  }
}

/** A committed file decides nothing outside its package. Either sort of slash counts, since packages travel. */
function checkOut(root: JsonNode, diagnostics: Diagnostics): void {
  const out = memberOf(root, "out")?.value;
  if (out?.kind !== "string" || out.value === "" || (depthOf(out.value) ?? 0) > 0) return;
  diagnostics.report(kinds["out-leaves-package"], { out: out.value }, out.span);
}

/** Guard rails travel with the package that they judge, and mean the same however it is named. */
function checkRailSources(root: JsonNode, diagnostics: Diagnostics): void {
  const sources = nodeAt(root, "/guardrails/sources");
  for (const item of sources?.kind === "array" ? sources.items : []) {
    if (item.kind !== "string" || depthOf(item.value) !== undefined) continue;
    diagnostics.report(kinds["rails-leave-package"], { path: item.value }, item.span);
  }
}

/** How many folders below the package a relative path ends; undefined for one that is absolute or leaves the package. */
function depthOf(path: string): number | undefined {
  if (/^(?:[\\/]|[A-Za-z]:)/.test(path)) return undefined;
  let depth = 0;
  for (const step of path.split(/[\\/]/)) {
    if (step === "" || step === ".") continue;
    depth += step === ".." ? -1 : 1;
    if (depth < 0) return undefined;
  }
  return depth;
}

/** What the schema says of the value that was wanted: its description, or its type. */
function wantedOf(error: ErrorObject): string {
  const schema: unknown = error.parentSchema;
  const described =
    schema !== null && typeof schema === "object" && "description" in schema ? schema.description : undefined;
  if (error.keyword === "enum")
    return strings(error.params.allowedValues)
      .map((one) => `\`${one}\``)
      .join(" or ");
  const type = error.keyword === "type" ? typeName(error.params.type) : undefined;
  const parts = [type, typeof described === "string" ? described : undefined].filter((one) => one !== undefined);
  return parts.length > 0 ? parts.join(": ") : "a name in lower case with `-` between words";
}

function typeName(type: unknown): string {
  const names: Readonly<Record<string, string>> = {
    string: "a text in double quotes",
    object: "an object `{ … }`",
    array: "a list `[ … ]`",
    integer: "a whole number",
  };
  return (Array.isArray(type) ? type : [type]).map((one) => names[String(one)] ?? String(one)).join(" or ");
}

function knownKeys(schema: unknown): readonly string[] {
  if (schema === null || typeof schema !== "object" || !("properties" in schema)) return [];
  return Object.keys(schema.properties ?? {});
}

function strings(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.map(String) : [];
}

/** `/targets/aws/prefix` as `targets.aws.prefix`; undefined for the whole document. */
function settingName(pointer: string): string | undefined {
  const parts = pointer.split("/").slice(1);
  return parts.length === 0 ? undefined : parts.map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~")).join(".");
}

/** A pattern cannot know the calendar. */
function checkDates(root: JsonNode, diagnostics: Diagnostics): void {
  const waivers = nodeAt(root, "/guardrails/waivers");
  if (waivers?.kind !== "array") return;
  waivers.items.forEach((item, index) => {
    const until = memberOf(item, "until")?.value;
    if (until?.kind !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(until.value)) return;
    const date = new Date(`${until.value}T00:00:00Z`);
    if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(until.value)) return;
    const setting = `guardrails.waivers.${index}.until`;
    diagnostics.report(
      kinds["wrong-setting"],
      { setting, wanted: "a day of the calendar as `YYYY-MM-DD`" },
      until.span,
    );
  });
}
