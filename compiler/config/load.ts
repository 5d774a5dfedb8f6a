/**
 * Reads `demarc.json`: bytes to a tree with places, the JSON Schema, then `Settings`. The schema engine is loaded only
 * where there is a file, since it costs more than all the rest of a small check.
 */
import type { Diagnostics, Severity } from "../../grammar/diagnostic.js";
import { SourceFile } from "../../grammar/source.js";
import { configurationDiagnostics as kinds } from "../diagnostics/configuration-catalogue.js";
import { failureReason, type Host, isFailure } from "../host/host.js";
import { isFault, type JsonNode, jsonValue, memberOf, parseJson } from "./json-text.js";
import {
  defaultSettings,
  type GuardrailSettings,
  type Placed,
  type RaisedLimit,
  type Settings,
  type TargetSettings,
  type Waiver,
} from "./settings.js";

/** The name of the file, beside the sources. */
export const SETTINGS_FILE = "demarc.json";

/** Larger files are refused. */
const MAX_BYTES = 1_000_000;

/** What was read: the settings in force, and the text where there was one (it is digested in the manifest). */
export interface LoadedSettings {
  readonly settings: Settings;
  readonly source?: SourceFile;
}

/**
 * Loads the settings of the package at `directory`. Without a file they are the defaults; a faulty file is reported,
 * gives the defaults and so, being an error, withholds all output. `limits` are the names of the limits that may be raised
 * by target; those of a target that is not in it are not judged.
 */
export async function loadSettings(
  host: Host,
  directory: string,
  diagnostics: Diagnostics,
  limits: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<LoadedSettings> {
  const bytes = host.readFile(directory === "" ? SETTINGS_FILE : `${directory}/${SETTINGS_FILE}`);
  if (isFailure(bytes)) {
    if (bytes.failure !== "missing")
      diagnostics.report(kinds["settings-unreadable"], { reason: failureReason(bytes) }, undefined);
    return { settings: defaultSettings };
  }
  const text = textOf(bytes, diagnostics);
  if (text === undefined) return { settings: defaultSettings };
  const source = new SourceFile(SETTINGS_FILE, text, "config");
  const root = parseJson(source);
  if (isFault(root)) {
    diagnostics.report(kinds["settings-not-json"], { fault: root.fault }, root.span);
    return { settings: defaultSettings, source };
  }
  const { validateSettings } = await import("./validate.js");
  const before = diagnostics.errorCount;
  validateSettings(root, limits, diagnostics);
  if (diagnostics.errorCount > before) return { settings: defaultSettings, source };
  return { settings: settingsOf(root), source };
}

function textOf(bytes: Uint8Array, diagnostics: Diagnostics): string | undefined {
  if (bytes.length > MAX_BYTES) {
    diagnostics.report(kinds["settings-unreadable"], { reason: `it has ${bytes.length} bytes` }, undefined);
    return undefined;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    diagnostics.report(kinds["settings-unreadable"], { reason: "it is not UTF-8" }, undefined);
    return undefined;
  }
}

/** The settings of a tree that the schema has accepted. */
function settingsOf(root: JsonNode): Settings {
  const out = text(root, "out");
  const guardrails = memberOf(root, "guardrails")?.value;
  return {
    ...(out === undefined ? {} : { out }),
    accept: items(root, "accept").map(acceptedOf),
    limits: members(root, "limits").flatMap(([target, accounts]) => limitsOf(target, accounts)),
    targets: new Map(members(root, "targets").map(([target, options]) => [target, targetOf(options)] as const)),
    ...(guardrails === undefined ? {} : { guardrails: guardrailsOf(guardrails) }),
  };
}

function acceptedOf(node: JsonNode): { readonly gap: string; readonly target?: string } {
  if (node.kind === "string") return { gap: node.value };
  const target = text(node, "target");
  return { gap: text(node, "gap") ?? "", ...(target === undefined ? {} : { target }) };
}

function limitsOf(target: string, accounts: JsonNode): readonly RaisedLimit[] {
  return members(accounts).flatMap(([account, limits]) =>
    members(limits).map(([limit, value]) => ({
      target,
      ...(account === "*" ? {} : { account }),
      limit,
      value: Number(jsonValue(value)),
    })),
  );
}

function targetOf(options: JsonNode): TargetSettings {
  const prefix = text(options, "prefix");
  const providerVersion = text(options, "provider-version");
  return {
    ...(prefix === undefined ? {} : { prefix }),
    tags: new Map(members(options, "tags").map(([key, value]) => [key, String(jsonValue(value))] as const)),
    ...(providerVersion === undefined ? {} : { providerVersion }),
  };
}

function guardrailsOf(node: JsonNode): GuardrailSettings {
  const parameters = memberOf(node, "parameters")?.value;
  return {
    sources: items(node, "sources").map((one) => ({ value: String(jsonValue(one)), span: one.span })),
    severity: named(memberOf(node, "severity")?.value).flatMap(([rule, value]) => {
      const severity = SEVERITIES.find((one) => one === jsonValue(value));
      return severity === undefined ? [] : [{ rule, severity }];
    }),
    parameters: named(parameters).flatMap(([rule, values]) =>
      named(values).map(([parameter, value]) => ({
        rule,
        parameter,
        value: { value: jsonValue(value), span: value.span },
      })),
    ),
    waivers: items(node, "waivers").map(waiverOf),
  };
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

function waiverOf(node: JsonNode): Waiver {
  const placed = (key: string): Placed<string> => ({
    value: text(node, key) ?? "",
    span: memberOf(node, key)?.value.span ?? node.span,
  });
  const subject = text(node, "subject");
  return {
    rule: placed("rule"),
    ...(subject === undefined ? {} : { subject }),
    owner: placed("owner"),
    reason: placed("reason"),
    until: placed("until"),
    span: node.span,
  };
}

/** The members of an object with the places of their keys. */
function named(node: JsonNode | undefined): readonly (readonly [Placed<string>, JsonNode])[] {
  if (node?.kind !== "object") return [];
  return node.members.map(({ key, keySpan, value }) => [{ value: key, span: keySpan }, value] as const);
}

function text(node: JsonNode, key: string): string | undefined {
  const value = memberOf(node, key)?.value;
  return value?.kind === "string" ? value.value : undefined;
}

function items(node: JsonNode, key: string): readonly JsonNode[] {
  const value = memberOf(node, key)?.value;
  return value?.kind === "array" ? value.items : [];
}

/** Members of an object, or of the object below `key`. */
function members(node: JsonNode, key?: string): readonly (readonly [string, JsonNode])[] {
  const at = key === undefined ? node : memberOf(node, key)?.value;
  return at?.kind === "object" ? at.members.map((member) => [member.key, member.value] as const) : [];
}
