/** Reads what guard rails answer: nothing of a result that is not wholly sound is taken. */
import type { GuardManifest } from "./manifest.js";

/** What a rule says of one object. */
export interface GuardFinding {
  readonly rule: string;
  /** Id of an object of the input. */
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The findings of a bundle; else why the result is none, or which rule did not run. */
export type ReadResult =
  | { readonly kind: "findings"; readonly findings: readonly GuardFinding[] }
  | { readonly kind: "nonsense"; readonly reason: string }
  | { readonly kind: "not-run"; readonly rule: string };

type Fields = Readonly<Record<string, unknown>>;

/** Holds a result against the manifest: every rule ran, no other did, and each finding has its form. */
export function readResult(value: unknown, manifest: GuardManifest): ReadResult {
  if (!isFields(value)) return nonsense("it is no object");
  const { ran, findings } = value;
  if (!Array.isArray(ran) || !ran.every((one) => typeof one === "string")) return nonsense("`ran` is no list of names");
  if (!isFields(findings)) return nonsense("`findings` is no object");
  const names = new Set(ran as readonly string[]);
  const silent = [...manifest.rules.keys()].find((name) => !names.has(name) || !Object.hasOwn(findings, name));
  if (silent !== undefined) return { kind: "not-run", rule: silent };
  const strange = [...names, ...Object.keys(findings)].find((name) => !manifest.rules.has(name));
  if (strange !== undefined) return nonsense(`the rule \`${strange}\` is not in the manifest`);
  const read: GuardFinding[] = [];
  for (const [rule, list] of Object.entries(findings)) {
    if (!Array.isArray(list)) return nonsense(`the findings of \`${rule}\` are no list`);
    for (const one of list as readonly unknown[]) {
      const finding = findingOf(rule, one);
      if (finding === undefined)
        return nonsense(`\`${rule}\` has a finding that is no \`{"subject": id, "data": {…}}\``);
      read.push(finding);
    }
  }
  return { kind: "findings", findings: read };
}

function nonsense(reason: string): ReadResult {
  return { kind: "nonsense", reason };
}

function findingOf(rule: string, value: unknown): GuardFinding | undefined {
  if (!isFields(value) || typeof value.subject !== "string" || !isFields(value.data)) return undefined;
  if (Object.keys(value).length !== 2) return undefined;
  return { rule, subject: value.subject, data: value.data };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The placeholders of a message template. */
const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;

/** A template with its placeholders filled in; the name of a placeholder that `data` has no value for. */
export function filled(template: string, { subject, data }: GuardFinding): string | { readonly missing: string } {
  let missing: string | undefined;
  const text = template.replace(PLACEHOLDER, (_, key: string) => {
    const value = Object.hasOwn(data, key) ? data[key] : key === "subject" ? nameOf(subject) : undefined;
    if (value === undefined) missing ??= key;
    return valueText(value);
  });
  return missing === undefined ? text.replace(/\s+/g, " ").trim() : { missing };
}

/** The name of an object, without the kind in its id. */
export function nameOf(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
