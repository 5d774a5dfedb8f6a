/** The library of guard rails over estates: through the whole compiler, with the engine that users have. */
import { existsSync, readFileSync } from "node:fs";
import { checkProject, type Project } from "../../compiler/driver.js";
import { type BuiltInput, buildGuardInput } from "../../compiler/guard/build-input.js";
import { evaluatePolicy } from "../../compiler/guard/engine.js";
import { parseManifest } from "../../compiler/guard/manifest.js";
import { filled, type GuardFinding, readResult } from "../../compiler/guard/results.js";
import { memoryHost } from "../../compiler/host/memory.js";
import type { Span } from "../../grammar/source.js";
import { registry } from "../../targets/registry.js";
import type { PackageFiles } from "../fixtures/packages.js";
import { assert } from "../support/harness.js";

/** The day of the fixtures: before every date in them. */
export const TODAY = { year: 2027, month: 1, day: 15 } as const;
/** Bytes that an evaluation may use. */
const MEMORY = 1024 * 1024 * 1024;
const FOLDER = "fixtures/guard";

/** The files of a fixture of a rule: the common base, unless the fixture declares an estate of its own. */
export function fixtureOf(rule: string, kind: "violating" | "conforming"): PackageFiles {
  const text = readFileSync(`${FOLDER}/${rule}/${kind}.demarc`, "utf8");
  const settings = `${FOLDER}/${rule}/demarc.json`;
  return {
    ...(/^estate /m.test(text) ? {} : { "base.demarc": baseText() }),
    [`${kind}.demarc`]: text,
    ...(existsSync(settings) ? { "demarc.json": readFileSync(settings, "utf8") } : {}),
  };
}

/** What the fixtures have in common. */
export function baseText(): string {
  return readFileSync(`${FOLDER}/base.demarc`, "utf8");
}

const inputs = new Map<string, Promise<Judged>>();

/** The input of a fixture; it is compiled once in a process. */
export function fixtureInput(rule: string, kind: "violating" | "conforming"): Promise<Judged> {
  const key = `${rule}/${kind}`;
  const known = inputs.get(key) ?? inputOf(fixtureOf(rule, kind));
  inputs.set(key, known);
  return known;
}

/** An estate with the input that its guard rails get. */
export interface Judged extends BuiltInput {
  readonly project: Project;
}

/** Compiles a package up to the input of guard rails; any error fails the test. */
export async function inputOf(files: PackageFiles, targets?: readonly string[]): Promise<Judged> {
  const project = await checkProject({
    host: memoryHost(files),
    path: "",
    directory: "",
    today: TODAY,
    registry,
    ...(targets === undefined ? {} : { targets }),
    purpose: "check",
  });
  const errors = project.diagnostics.filter(({ severity, code }) => severity === "error" && !code.startsWith("guard/"));
  assert.equal(
    errors.map(({ message }) => message),
    [],
  );
  const { relations, proofs, design, outputs } = project;
  if (relations === undefined || proofs === undefined || design === undefined) throw new Error("nothing was designed");
  return { project, ...buildGuardInput({ relations, proofs, design, outputs, today: TODAY }) };
}

/** The library, as it is committed. */
export function libraryManifest() {
  const manifest = parseManifest(readFileSync("policies/manifest.json", "utf8"));
  if ("fault" in manifest) throw new Error(manifest.fault);
  return manifest;
}

const policy = readFileSync("policies/dist/policy.wasm");

/** What the compiled library answers, as it comes. */
export function evaluateLibrary(input: unknown, parameters: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  return evaluatePolicy({
    policy,
    entrypoint: libraryManifest().entrypoint,
    data: JSON.stringify({ parameters }),
    input: JSON.stringify(input),
    memory: MEMORY,
  });
}

/** The findings of every rule of the library. */
export async function findingsOfLibrary(input: unknown): Promise<readonly GuardFinding[]> {
  const read = readResult(await evaluateLibrary(input), libraryManifest());
  if (read.kind !== "findings") throw new Error(JSON.stringify(read));
  return read.findings;
}

/** `file:line:column: severity rule: message`, with the help, one per finding, in order of position. */
export async function judge({ input, subjects }: BuiltInput): Promise<readonly string[]> {
  const { rules } = libraryManifest();
  const lines = (await findingsOfLibrary(input)).map((finding) => {
    const rule = rules.get(finding.rule);
    assert.ok(rule, finding.rule);
    assert.ok(subjects.has(finding.subject), `${finding.rule} speaks of ${finding.subject}, which is nothing`);
    const message = filled(rule.message, finding);
    assert.is(typeof message, "string", `a message of ${finding.rule} lacks a value`);
    assert.is(typeof filled(rule.help ?? "", finding), "string", `the help of ${finding.rule} lacks a value`);
    return `${positionText(subjects.spanOf(finding.subject))}: ${rule.severity} ${finding.rule}: ${String(message)}`;
  });
  return lines.sort();
}

function positionText(span: Span | undefined): string {
  if (span === undefined) return "(no place)";
  const { line, column } = span.source.position(span.start);
  return `${span.source.path}:${line}:${column}`;
}
