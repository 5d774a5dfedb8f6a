/** What `demarc.json` changes about guard rails: severities, parameters, waivers. Whatever names nothing is an error. */
import type { Diagnostics, Edit } from "../../grammar/diagnostic.js";
import type { GuardrailSettings, Placed, Waiver } from "../config/settings.js";
import { guardCatalogue as say } from "../diagnostics/guard-catalogue.js";
import { dayText } from "../model/days.js";
import type { Day } from "../model/estate.js";
import { nearest } from "../suggest.js";
import { type GuardRuleInfo, isParameterValue, type ParameterValue } from "./manifest.js";

/** Rules by name over all bundles. */
export type GuardRules = ReadonlyMap<string, GuardRuleInfo>;

/** Values of parameters by rule and name. */
export type ParameterTable = Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;

/** The rules with the severities that are in force. */
export function withSeverities(rules: GuardRules, settings: GuardrailSettings, diagnostics: Diagnostics): GuardRules {
  const changed = new Map(rules);
  for (const { rule, severity } of settings.severity) {
    const info = knownRule(rules, rule, diagnostics);
    if (info !== undefined) changed.set(rule.value, { ...info, severity });
  }
  return changed;
}

/** Every parameter of every rule with the value in force. */
export function parametersOf(rules: GuardRules, settings: GuardrailSettings, diagnostics: Diagnostics): ParameterTable {
  const table: Record<string, Record<string, ParameterValue>> = {};
  for (const { name, parameters } of rules.values()) {
    const defaults = Object.entries(parameters).map(([key, parameter]) => [key, parameter.default] as const);
    table[name] = Object.fromEntries(defaults);
  }
  for (const { rule, parameter, value } of settings.parameters) {
    const info = knownRule(rules, rule, diagnostics);
    if (info === undefined) continue;
    const known = Object.keys(info.parameters);
    const wanted = known.includes(parameter.value) ? info.parameters[parameter.value]?.default : undefined;
    if (wanted === undefined) {
      const near = nearest(parameter.value, known);
      const params = { rule: rule.value, parameter: parameter.value, known, ...(near === undefined ? {} : { near }) };
      diagnostics.report(say["unknown-guard-parameter"], params, parameter.span, { edits: rename(parameter, near) });
    } else if (!isParameterValue(value.value) || !isLike(value.value, wanted)) {
      const params = { parameter: parameter.value, wanted: kindOf(wanted) };
      diagnostics.report(say["wrong-guard-parameter"], params, value.span);
    } else {
      table[rule.value] = { ...table[rule.value], [parameter.value]: value.value };
    }
  }
  return table;
}

/** True for a value of the type of the default; in lists of the types of its elements, since others would match nothing. */
function isLike(value: ParameterValue, wanted: ParameterValue): boolean {
  if (!Array.isArray(value) || !Array.isArray(wanted)) return kindOf(value) === kindOf(wanted);
  const kinds = new Set(wanted.map(kindOf));
  return kinds.size === 0 || value.every((one) => kinds.has(kindOf(one)));
}

function kindOf(value: ParameterValue): string {
  if (Array.isArray(value)) return "a list";
  return (
    { string: "a text", number: "a number", boolean: "`true` or `false`" }[typeof value as string] ?? "another value"
  );
}

function knownRule(rules: GuardRules, rule: Placed<string>, diagnostics: Diagnostics): GuardRuleInfo | undefined {
  const info = rules.get(rule.value);
  if (info !== undefined) return info;
  const near = nearest(rule.value, [...rules.keys()]);
  const params = { rule: rule.value, ...(near === undefined ? {} : { near }) };
  diagnostics.report(say["unknown-guard-rail"], params, rule.span, { edits: rename(rule, near) });
  return undefined;
}

function rename({ span }: Placed<string>, near: string | undefined): readonly Edit[] {
  if (near === undefined) return [];
  return [{ title: `write \`${near}\``, certain: true, changes: [{ span, text: JSON.stringify(near) }] }];
}

/** A waiver that holds, with a count of what it hides. */
export interface ActiveWaiver {
  readonly waiver: Waiver;
  /** Findings it hides, those that do not depend on the calendar counted apart. */
  matched: number;
  lasting: number;
}

/** The waivers that hold today; the others are reported. */
export function activeWaivers(
  rules: GuardRules,
  settings: GuardrailSettings,
  today: Day,
  diagnostics: Diagnostics,
): readonly ActiveWaiver[] {
  return settings.waivers.flatMap((waiver) => {
    const { rule, owner, reason, until } = waiver;
    const blank = Object.entries({ owner, reason }).filter(([, { value }]) => !saysSomething(value));
    for (const [key, { span }] of blank) diagnostics.report(say["waiver-incomplete"], { key }, span);
    if (knownRule(rules, rule, diagnostics) === undefined || blank.length > 0) return [];
    if (until.value < dayText(today)) {
      const params = { rule: rule.value, until: until.value, owner: owner.value };
      diagnostics.report(say["waiver-expired"], params, until.span);
      return [];
    }
    return [{ waiver, matched: 0, lasting: 0 }];
  });
}

/** True for a text with a letter or digit that is seen: the fillers of Hangul are letters that are not. */
function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text.replace(/\p{Default_Ignorable_Code_Point}/gu, ""));
}

/** True where a waiver is about a finding. */
export function matches(
  { rule, subject }: Waiver,
  finding: { readonly rule: string; readonly subject: string },
): boolean {
  return rule.value === finding.rule && (subject === undefined || globMatches(subject, finding.subject));
}

/** `*` stands for any characters; without backtracking, so that no pattern takes long. */
function globMatches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Reports waivers that hide nothing. */
export function reportStale(waivers: readonly ActiveWaiver[], diagnostics: Diagnostics): void {
  for (const { waiver, matched } of waivers) {
    if (matched > 0) continue;
    const params = { rule: waiver.rule.value, subject: waiver.subject ?? "*" };
    diagnostics.report(say["waiver-stale"], params, waiver.span);
  }
}
