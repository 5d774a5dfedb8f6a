/** The manifest of compiled guard rails: which rules they hold, and what the compiled form was made from. */
import type { Severity } from "../../grammar/diagnostic.js";
import { sha256 } from "../sha256.js";

/** A value of a parameter. */
export type ParameterValue = string | number | boolean | readonly (string | number | boolean)[];

/** A parameter that `demarc.json` may set. */
export interface GuardParameter {
  readonly default: ParameterValue;
  readonly description: string;
}

/** What a rule's annotations say of it. */
export interface GuardRuleInfo {
  readonly name: string;
  readonly category: string;
  readonly severity: Severity;
  readonly title: string;
  readonly description: string;
  readonly rationale: string;
  /** Template of the message: `{key}` stands for a value of `data`, `{subject}` for the name of the subject. */
  readonly message: string;
  readonly help?: string;
  /** Related controls of published standards. */
  readonly controls: readonly string[];
  readonly parameters: Readonly<Record<string, GuardParameter>>;
  /** Its findings depend on the calendar, and so are left out of the report. */
  readonly daily: boolean;
}

/** The manifest. Paths are relative to its folder, digests are SHA-256 in hexadecimal. */
export interface GuardManifest {
  readonly formatVersion: 1;
  /** Version of OPA that compiled it. */
  readonly opa: string;
  /** Version of OPA's binary interface. */
  readonly abi: string;
  readonly entrypoint: string;
  readonly wasm: { readonly path: string; readonly sha256: string };
  readonly sources: Readonly<Record<string, string>>;
  /** By name. */
  readonly rules: ReadonlyMap<string, GuardRuleInfo>;
}

/** The form of the name of a rule. */
export const RULE_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const DIGEST = /^[0-9a-f]{64}$/;
const SEVERITIES = ["error", "warning", "info"] as const;

class Fault extends Error {}

type Fields = Readonly<Record<string, unknown>>;

/** Reads a manifest; what is wrong with it, in words, where it is not sound. Never throws. */
export function parseManifest(text: string): GuardManifest | { readonly fault: string } {
  try {
    return manifestOf(JSON.parse(text) as unknown);
  } catch (thrown) {
    return { fault: thrown instanceof Fault ? thrown.message : "it is not JSON" };
  }
}

function manifestOf(value: unknown): GuardManifest {
  const root = fields(value, "it", [
    "abi",
    "entrypoint",
    "formatVersion",
    "opa",
    "rules",
    "rulesSha256",
    "sources",
    "wasm",
  ]);
  if (root.formatVersion !== 1) throw new Fault("its `formatVersion` is not 1");
  const wasm = fields(root.wasm, "`wasm`", ["path", "sha256"]);
  const path = textOf(wasm, "path");
  if (!isInside(path)) throw new Fault(`\`${path}\` lies outside its folder`);
  const rules = Object.entries(fields(root.rules, "`rules`")).map(
    ([name, rule]) => [name, ruleOf(name, rule)] as const,
  );
  if (rules.length === 0) throw new Fault("it lists no rule");
  if (digestOf(root, "rulesSha256") !== rulesDigest(root.rules)) {
    throw new Fault("its `rules` are not those that were compiled");
  }
  const sources = fields(root.sources, "`sources`");
  for (const file of Object.keys(sources)) digestOf(sources, file);
  return {
    formatVersion: 1,
    opa: textOf(root, "opa"),
    abi: textOf(root, "abi"),
    entrypoint: textOf(root, "entrypoint"),
    wasm: { path, sha256: digestOf(wasm, "sha256") },
    sources: sources as Readonly<Record<string, string>>,
    rules: new Map(rules.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/**
 * The digest of the `rules` of a manifest, in the order in which they stand and without regard to white space. It tells an
 * edit or a merge of severities and messages from a build; whoever writes the digest anew as well is not found out.
 */
export function rulesDigest(rules: unknown): string {
  return sha256(new TextEncoder().encode(JSON.stringify(rules)));
}

function ruleOf(name: string, value: unknown): GuardRuleInfo {
  if (!RULE_NAME.test(name)) throw new Fault(`\`${name}\` is no name of a rule`);
  const known = ["category", "controls", "daily", "description", "help", "message", "parameters", "rationale"];
  const rule = fields(value, `the rule \`${name}\``, [...known, "severity", "title"]);
  const severity = SEVERITIES.find((one) => one === rule.severity);
  if (severity === undefined) throw new Fault(`the severity of \`${name}\` is none of ${SEVERITIES.join(", ")}`);
  const parameters = Object.entries(fields(rule.parameters ?? {}, `the parameters of \`${name}\``));
  return {
    name,
    category: textOf(rule, "category"),
    severity,
    title: textOf(rule, "title"),
    description: textOf(rule, "description"),
    rationale: textOf(rule, "rationale"),
    message: textOf(rule, "message"),
    ...(rule.help === undefined ? {} : { help: textOf(rule, "help") }),
    controls: textsOf(rule.controls ?? [], `the controls of \`${name}\``),
    parameters: Object.fromEntries(parameters.map(([key, one]) => [key, parameterOf(key, one)] as const)),
    daily: rule.daily === true,
  };
}

function parameterOf(name: string, value: unknown): GuardParameter {
  const parameter = fields(value, `the parameter \`${name}\``, ["default", "description"]);
  if (!isParameterValue(parameter.default))
    throw new Fault(`the default of \`${name}\` is no number, text, truth or list`);
  return { default: parameter.default, description: textOf(parameter, "description") };
}

/** True for a value that a parameter may have. */
export function isParameterValue(value: unknown): value is ParameterValue {
  const plain = (one: unknown): boolean => ["string", "number", "boolean"].includes(typeof one);
  return plain(value) || (Array.isArray(value) && value.every(plain));
}

function fields(value: unknown, what: string, known?: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Fault(`${what} is no object`);
  const unknown = known === undefined ? undefined : Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Fault(`${what} has the unknown key \`${unknown}\``);
  return value as Fields;
}

function textOf(value: Fields, key: string): string {
  const found = value[key];
  if (typeof found !== "string" || found.trim() === "") throw new Fault(`\`${key}\` is no text`);
  return found.trim();
}

function textsOf(value: unknown, what: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string"))
    throw new Fault(`${what} are no list of texts`);
  return value as readonly string[];
}

function digestOf(value: Fields, key: string): string {
  const found = value[key];
  if (typeof found !== "string" || !DIGEST.test(found)) throw new Fault(`\`${key}\` has no SHA-256`);
  return found;
}

function isInside(path: string): boolean {
  return !/^(?:[\\/]|[A-Za-z]:)/.test(path) && !path.split(/[\\/]/).includes("..");
}
