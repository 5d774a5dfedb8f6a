/** `demarc verify OUTPUT [path]`: what an output does as it stands, whoever wrote or edited it, against what is meant. */
import { join, resolve } from "node:path";
import type { Artefact } from "../../compiler/contract.js";
import { countOf, type Paint, summaryOf } from "../../compiler/diagnostics/render/pretty.js";
import { checkProject, type Project } from "../../compiler/driver.js";
import { failureReason, type Host, isFailure } from "../../compiler/host/host.js";
import { MANIFEST_FILE } from "../../compiler/manifest.js";
import { validationJson } from "../../compiler/validate/validation-json.js";
import type { Call } from "../arguments.js";
import { chosenTargets } from "../chosen-targets.js";
import { type Io, Misuse } from "../io.js";
import { progressOn } from "../progress.js";
import { locatePackage, todayOf } from "../project.js";
import { printReport } from "../report.js";
import { table } from "../summary.js";

/** Files and folders that stand for no device: the report, provenance and hand-off documents, and what is hidden. */
const BESIDE = /^(?:manifest\.json|provenance\.json|report|links|\..*)$/;

/** Runs the verb: 0 where the files do exactly what is meant, 1 where they do not or cannot be judged. */
export async function run(call: Call): Promise<number> {
  const { io } = call;
  const today = todayOf(call);
  const [output = "", path] = call.positionals;
  if (io.files.kindOf(resolve(io.cwd, output)) !== "directory") throw new Misuse(`there is no directory \`${output}\``);
  const located = locatePackage(io, path);
  const progress = progressOn(io);
  progress.say("reading the output");
  const given = filesBelow(io.host, output);
  const registry = await io.registry();
  const targets = chosenTargets(call, registry);
  const project = await checkProject({
    host: io.host,
    path: located.path,
    directory: located.directory,
    today,
    registry,
    ...(targets === undefined ? {} : { targets }),
    purpose: "check",
    given,
    say: progress.say,
  });
  progress.end();
  refuseOthers(io, output, given, project);
  for (const name of targets ?? project.validation?.unread ?? []) refuseUnjudged(name, project);
  const { validation } = project;
  return printReport(call, {
    diagnostics: project.diagnostics,
    directory: located.directory,
    ...(validation === undefined ? {} : { result: validationJson(validation) }),
    text: (paint) => verdictText(project, paint),
  });
}

/** Throws `Misuse` where nothing of a directory could be an output's: it has no manifest, and no folder that an output has. */
function refuseOthers(io: Io, output: string, given: readonly Artefact[], { outputs }: Project): void {
  const isOutput = (path: string): boolean => io.files.kindOf(resolve(io.cwd, path, MANIFEST_FILE)) === "file";
  const top = (path: string): string => path.split("/")[0] ?? path;
  const folders = new Set([...outputs.values()].flatMap(({ artefacts }) => artefacts.map(({ path }) => top(path))));
  if (folders.size === 0 || isOutput(output) || given.some(({ path }) => folders.has(top(path)))) return;
  const names = [...folders].sort().map((name) => `\`${name}\``);
  const above = [join(output, ".."), join(output, "../..")].find(isOutput);
  const hint = above === undefined ? "" : `; did you mean \`${above}\`?`;
  const lacks = `it has neither \`${MANIFEST_FILE}\` nor a folder ${names.join(" or ")}`;
  throw new Misuse(`\`${output}\` is no output directory: ${lacks}${hint}`);
}

/** Throws `Misuse` for a target of which nothing can be judged: it must be left out by name, and never counts as meant. */
function refuseUnjudged(name: string, { outputs, design, validation }: Project): void {
  if (design !== undefined && !outputs.has(name))
    throw new Misuse(`no place of the package is compiled for \`${name}\``);
  if (validation?.unread.includes(name) !== true) return;
  const others = [...outputs.keys()].filter((one) => !validation.unread.includes(one)).map((one) => `--target ${one}`);
  const advice = others.length === 0 ? "" : `; judge the rest with \`${others.join(" ")}\``;
  throw new Misuse(`\`${name}\` has no reader yet, so that nothing of it can be judged${advice}`);
}

/** Every file below a directory that could be a device's, by path. What is no text is left to the readers to refuse. */
function filesBelow(host: Host, directory: string, folder = ""): readonly Artefact[] {
  const entries = host.readDirectory(folder === "" ? directory : `${directory}/${folder}`);
  if (isFailure(entries)) {
    throw new Misuse(`\`${folder === "" ? directory : folder}\` cannot be read: ${failureReason(entries)}`);
  }
  return entries.flatMap(({ name, kind, isLink }): readonly Artefact[] => {
    if (folder === "" && BESIDE.test(name)) return [];
    const path = folder === "" ? name : `${folder}/${name}`;
    if (kind === "directory" && isLink === true) {
      throw new Misuse(`\`${path}\` is a link to a directory: put the directory itself there`);
    }
    if (kind === "directory") return filesBelow(host, directory, path);
    const bytes = host.readFile(`${directory}/${path}`);
    if (isFailure(bytes)) throw new Misuse(`\`${path}\` cannot be read: ${failureReason(bytes)}`);
    return [{ path, text: new TextDecoder().decode(bytes) }];
  });
}

function verdictText({ validation, diagnostics }: Project, paint: Paint): string {
  if (validation === undefined) return `${paint.error("not judged")}: ${summaryOf(diagnostics)}\n`;
  const { size, read, assumptions } = validation;
  const rows: (readonly [string, string])[] = [
    ["read", read.length === 0 ? "nothing" : read.join(", ")] as const,
    ["filters", `${size.points} comparisons, ${size.rules} rules`] as const,
    [
      "routes",
      `${size.routes} in ${size.tables} tables, ${size.sessions} sessions, ${size.ways} ways followed`,
    ] as const,
  ];
  if (assumptions.length > 0)
    rows.push([
      "assumed",
      `${countOf(assumptions.length, "fact")} that no file here enforces: \`--format json\` lists them`,
    ]);
  const verdict = validation.proved ? paint.good("as meant") : paint.error("not as meant");
  return `${table(rows)}${verdict}: ${summaryOf(diagnostics)}\n`;
}
