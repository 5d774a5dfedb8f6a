/** `demarc guard list|init|build|test [path]`: guard rails, those that are built in and those of the package. */
import { join, resolve } from "node:path";
import { loadSettings } from "../../compiler/config/load.js";
import { countOf } from "../../compiler/diagnostics/render/pretty.js";
import { writingDiagnostics } from "../../compiler/diagnostics/writing-catalogue.js";
import { regoFiles } from "../../compiler/guard/bundle.js";
import { parametersOf, withSeverities } from "../../compiler/guard/configure.js";
import { loadBundles, rulesOf } from "../../compiler/guard/guard.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import type { Call } from "../arguments.js";
import { reasonOf } from "../file-system.js";
import { guardServices } from "../guard-services.js";
import { Misuse } from "../io.js";
import { locatePackage } from "../project.js";
import { type BuiltRails, buildFolder, takeBundle } from "../rails/build.js";
import { findOpa, runOpa } from "../rails/opa.js";
import { STARTER } from "../rails/starter.js";
import { type ListedRule, rulesJson, rulesText } from "../rails/text.js";
import { displayPath, printReport } from "../report.js";
import { EXIT } from "../run.js";

/** The folder that `guard init` writes where none is named, and that `build` and `test` take then. */
const USUAL_FOLDER = "rails";

/** Runs the verb. */
export async function run(call: Call): Promise<number> {
  switch (call.positionals[0]) {
    case "list":
      return list(call);
    case "init":
      return init(call);
    case "build":
      return build(call);
    default:
      return test(call);
  }
}

/** Every rule that a check of the package would run. */
async function list(call: Call): Promise<number> {
  const { io } = call;
  const located = locatePackage(io, call.positionals[1]);
  const diagnostics = new Diagnostics();
  const { settings } = await loadSettings(io.host, located.directory, diagnostics);
  const request = { host: io.host, directory: located.directory, settings, services: guardServices(io) };
  const bundles = await loadBundles(request, diagnostics);
  const all = rulesOf(bundles, diagnostics);
  const rails = settings.guardrails ?? { sources: [], severity: [], parameters: [], waivers: [] };
  const rules = withSeverities(all, rails, diagnostics);
  const parameters = parametersOf(rules, rails, diagnostics);
  const listed = bundles.flatMap(({ name, manifest }) =>
    [...manifest.rules.values()].map((one): ListedRule => {
      return { info: rules.get(one.name) ?? one, bundle: name, defaultSeverity: one.severity };
    }),
  );
  return printReport(call, {
    diagnostics: diagnostics.sorted(),
    directory: located.directory,
    result: { rules: rulesJson(listed, parameters) },
    text: (paint) => (listed.length === 0 ? "no guard rails\n" : rulesText(listed, paint)),
  });
}

/** Writes a rule of one's own with its test, never over a file that is there. */
async function init(call: Call): Promise<number> {
  const { files, cwd } = call.io;
  const folder = call.positionals[1] ?? USUAL_FOLDER;
  const root = resolve(cwd, folder);
  const diagnostics = new Diagnostics();
  const written: string[] = [];
  for (const path of Object.keys(STARTER)) {
    if (files.kindOf(join(root, path)) === undefined) continue;
    diagnostics.report(writingDiagnostics["already-there"], { path: displayPath(folder, path) }, undefined);
  }
  for (const [path, text] of diagnostics.hasErrors ? [] : Object.entries(STARTER)) {
    const goal = join(root, path);
    try {
      files.makeDirectory(resolve(goal, ".."));
      files.writeNew(goal, new TextEncoder().encode(text));
      written.push(path);
    } catch (error) {
      const params = { path: displayPath(folder, path), reason: reasonOf(error) };
      diagnostics.report(writingDiagnostics["write-failed"], params, undefined);
      break;
    }
  }
  const next = `next: \`demarc guard test ${folder}\`, \`demarc guard build ${folder}\`, and in demarc.json\n  "guardrails": { "sources": [${JSON.stringify(folder)}] }\n`;
  return printReport(call, {
    diagnostics: diagnostics.sorted(),
    directory: folder,
    result: { files: written.map((path) => displayPath(folder, path)) },
    text: () => (diagnostics.hasErrors ? "" : `${filesText(folder, written)}${next}`),
  });
}

/** Compiles a folder, or takes a bundle. */
async function build(call: Call): Promise<number> {
  const { io } = call;
  const named = call.positionals[1] ?? USUAL_FOLDER;
  const at = existing(call, named);
  const opa = findOpa(io);
  const isBundle = /\.(?:tar\.gz|tgz)$/.test(named);
  const folder = isBundle ? named.replace(/\.(?:tar\.gz|tgz)$/, "") : named;
  const built = isBundle ? await takeBundle(io, at, resolve(io.cwd, folder), opa) : await buildFolder(io, at, opa);
  if (typeof built === "string") return refuse(call, named, built);
  return printReport(call, {
    diagnostics: [],
    directory: folder,
    result: { files: built.files.map((path) => displayPath(folder, path)) },
    text: () => builtText(folder, built),
  });
}

/** Runs the Rego tests of a folder. */
async function test(call: Call): Promise<number> {
  const { io } = call;
  const named = call.positionals[1] ?? USUAL_FOLDER;
  const at = existing(call, named);
  const opa = findOpa(io);
  const sources = regoFiles(io.host, at, "", true);
  if (sources.length === 0) return refuse(call, named, "there is no `.rego` file in it");
  const ended = runOpa(opa, ["test", "--format", "json", ...sources.map((path) => `./${path}`)], at);
  const tests = testsOf(ended.stdout);
  if (tests === undefined) return refuse(call, named, `opa refuses it:\n${(ended.stderr || ended.stdout).trim()}`);
  if (tests.length === 0) return refuse(call, named, "it has no tests");
  const failed = tests.filter((one) => !one.passed);
  const code = await printReport(call, {
    diagnostics: [],
    directory: named,
    result: { tests },
    text: (paint) => {
      const lines = failed.map(({ name }) => `${paint.error("failed")}: ${name}\n`).join("");
      return `${lines}${tests.length - failed.length} passed, ${failed.length} failed\n`;
    },
  });
  return failed.length > 0 ? EXIT.findings : code;
}

interface RegoTest {
  readonly name: string;
  readonly passed: boolean;
}

function testsOf(output: string): readonly RegoTest[] | undefined {
  try {
    const results: unknown = JSON.parse(output);
    if (results === null) return [];
    if (!Array.isArray(results)) return undefined;
    return (results as readonly Readonly<Record<string, unknown>>[]).map((one) => ({
      name: `${String(one.package)}.${String(one.name)}`,
      passed: one.fail === undefined && one.error === undefined && one.skip === undefined,
    }));
  } catch {
    return undefined;
  }
}

function existing(call: Call, named: string): string {
  const at = resolve(call.io.cwd, named);
  if (call.io.files.kindOf(at) === undefined) throw new Misuse(`there is no file or directory \`${named}\``);
  return at;
}

/** What `opa` or the sources are at fault for. */
async function refuse(call: Call, named: string, reason: string): Promise<number> {
  const { guardCatalogue } = await import("../../compiler/diagnostics/guard-catalogue.js");
  const diagnostics = new Diagnostics();
  diagnostics.report(guardCatalogue["guard-build-failed"], { bundle: named, reason }, undefined);
  return printReport(call, { diagnostics: diagnostics.sorted(), directory: named });
}

function filesText(folder: string, files: readonly string[]): string {
  const lines = files.map((path) => `  ${displayPath(folder, path)}\n`).join("");
  return `wrote ${countOf(files.length, "file")}:\n${lines}`;
}

function builtText(folder: string, { files, rules }: BuiltRails): string {
  return `${filesText(folder, files)}${countOf(rules, "rule")} built: commit both files with the sources\n`;
}
