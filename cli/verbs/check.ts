/** `demarc check [path]`: everything up to the output that a compile would write. Writes nothing. */
import type { Paint } from "../../compiler/diagnostics/render/pretty.js";
import { checkProject, type Project } from "../../compiler/driver.js";
import { REPORT_FILE } from "../../compiler/outputs.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import type { Call } from "../arguments.js";
import { wrongOutput } from "../fault.js";
import { changesOf } from "../git-changes.js";
import { guardServices } from "../guard-services.js";
import { progressOn } from "../progress.js";
import { locatePackage, todayOf } from "../project.js";
import { printReport } from "../report.js";
import { shownSummary } from "../shown.js";
import { estateRows, judgedResult, remarkRows, table } from "../summary.js";

/** Runs the verb. */
export async function run(call: Call): Promise<number> {
  const today = todayOf(call);
  const located = locatePackage(call.io, call.positionals[0]);
  const changes = changesOf(call, located);
  const progress = progressOn(call.io);
  const project = await checkProject({
    host: call.io.host,
    path: located.path,
    directory: located.directory,
    today,
    registry: await call.io.registry(),
    purpose: "check",
    guard: guardServices(call.io),
    say: progress.say,
  });
  progress.end();
  const code = await printReport(call, {
    diagnostics: project.diagnostics,
    changes,
    directory: located.directory,
    result: judgedResult(project),
    text: (paint, shown) => summaryText(project, shown, paint),
  });
  return wrongOutput(project, project.diagnostics, call.io) ?? code;
}

function summaryText(project: Project, shown: readonly Diagnostic[], paint: Paint): string {
  const failed = project.diagnostics.some((one) => one.severity === "error");
  const verdict = failed ? paint.error("not sound") : paint.good("sound");
  return `${table([...estateRows(project), ...remarkRows(project, `a compile lists them in ${REPORT_FILE}`)])}${verdict}: ${shownSummary(shown)}\n`;
}
