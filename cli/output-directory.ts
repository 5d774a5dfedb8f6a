/** Looks at an output directory before anything is done there: that it is one, and that no link leads out of it. */
import { dirname, join } from "node:path";
import { writingDiagnostics as kinds } from "../compiler/diagnostics/writing-catalogue.js";
import { STAGING, type WritePlan } from "../compiler/emit.js";
import type { Diagnostics } from "../grammar/diagnostic.js";
import { type FileSystem, reasonOf } from "./file-system.js";
import { foldersOf, shownStaging, type WriteGoal } from "./journal.js";

/** True where the output directory is one or can be made, and its staging directory too; else that is reported. */
export function isUsableOutput(goal: WriteGoal, diagnostics: Diagnostics): boolean {
  const { files, output, shown } = goal;
  const reason = directoryFault(files, output);
  if (reason !== undefined) {
    diagnostics.report(kinds["output-not-directory"], { directory: shown, reason }, undefined);
    return false;
  }
  const staging = files.kindOf(join(output, STAGING));
  if (staging === undefined || staging === "directory") return true;
  const fault = staging === "file" ? "it is a file" : "it is a link";
  diagnostics.report(kinds["foreign-staging"], { staging: shownStaging(goal), fault }, undefined);
  return false;
}

/** Why a path is no directory and cannot become one; links that the user gave are followed. */
function directoryFault(files: FileSystem, path: string): string | undefined {
  if (files.kindOf(path) === undefined) {
    const parent = dirname(path);
    const above = parent === path ? undefined : directoryFault(files, parent);
    return above === undefined ? undefined : "a part of its path is not a directory";
  }
  try {
    return files.kindOf(files.realPath(path)) === "directory" ? undefined : "something else is there";
  } catch (error) {
    return reasonOf(error);
  }
}

/** True where a plan leads through no link; else each is reported. A file that is a link is replaced, not followed. */
export function leadsThroughNoLink(plan: WritePlan, goal: WriteGoal, diagnostics: Diagnostics): boolean {
  const folders = new Set([...plan.files, ...plan.removed].flatMap(({ path }) => foldersOf(path)));
  const links = [...folders].filter((folder) => goal.files.kindOf(join(goal.output, folder)) === "other");
  // What lies behind a link is not asked for: the link itself is what is in the way.
  const outermost = links.filter((link) => !foldersOf(link).some((folder) => links.includes(folder)));
  for (const path of outermost) {
    diagnostics.report(kinds["linked-directory"], { path, directory: goal.shown }, undefined);
  }
  return links.length === 0;
}
