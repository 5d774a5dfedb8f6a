/** `demarc verify OUTPUT [path]`: what an output does as it stands, whoever wrote or edited it, against what is meant. */
import { resolve } from "node:path";
import type { Artefact } from "../../compiler/contract.js";
import { type Paint, summaryOf } from "../../compiler/diagnostics/render/pretty.js";
import { checkProject, type Project } from "../../compiler/driver.js";
import { type Host, isFailure } from "../../compiler/host/host.js";
import { validationJson } from "../../compiler/validate/validation-json.js";
import type { Call } from "../arguments.js";
import { Misuse } from "../io.js";
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
  const project = await checkProject({
    host: io.host,
    path: located.path,
    directory: located.directory,
    today,
    registry: await io.registry(),
    purpose: "check",
    given,
    say: progress.say,
  });
  progress.end();
  const { validation } = project;
  return printReport(call, {
    diagnostics: project.diagnostics,
    directory: located.directory,
    ...(validation === undefined ? {} : { result: validationJson(validation) }),
    text: (paint) => verdictText(project, paint),
  });
}

/** Every file below a directory that could be a device's, by path. What is no text is left to the readers to refuse. */
function filesBelow(host: Host, directory: string, folder = ""): readonly Artefact[] {
  const entries = host.readDirectory(folder === "" ? directory : `${directory}/${folder}`);
  if (isFailure(entries)) return [];
  return entries.flatMap(({ name, kind, isLink }): readonly Artefact[] => {
    if (folder === "" && BESIDE.test(name)) return [];
    const path = folder === "" ? name : `${folder}/${name}`;
    if (kind === "directory" && isLink === true) {
      throw new Misuse(`\`${path}\` is a link to a directory: put the directory itself there`);
    }
    if (kind === "directory") return filesBelow(host, directory, path);
    const bytes = host.readFile(`${directory}/${path}`);
    if (isFailure(bytes)) throw new Misuse(`\`${path}\` cannot be read: ${bytes.detail}`);
    return [{ path, text: new TextDecoder().decode(bytes) }];
  });
}

function verdictText({ validation, diagnostics }: Project, paint: Paint): string {
  if (validation === undefined) return `${paint.error("not judged")}: ${summaryOf(diagnostics)}\n`;
  const { size, read, unread } = validation;
  const rows = [
    ["read", read.length === 0 ? "nothing" : read.join(", ")] as const,
    ...(unread.length === 0
      ? []
      : [["not read", `${unread.join(", ")}: no reader yet, so nothing of it is judged`] as const]),
    ["filters", `${size.points} comparisons, ${size.rules} rules`] as const,
    [
      "routes",
      `${size.routes} in ${size.tables} tables, ${size.sessions} sessions, ${size.ways} ways followed`,
    ] as const,
  ];
  const verdict = validation.proved ? paint.good("as meant") : paint.error("not as meant");
  return `${table(rows)}${verdict}: ${summaryOf(diagnostics)}\n`;
}
