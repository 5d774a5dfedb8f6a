/** `demarc export [path]`: the checked estate as JSON, for other programs. Always the envelope of `--format json`. */
import { checkProject } from "../../compiler/driver.js";
import { exportEstate } from "../../compiler/model/export.js";
import { registry } from "../../targets/registry.js";
import type { Call } from "../arguments.js";
import { progressOn } from "../progress.js";
import { locatePackage, todayOf } from "../project.js";
import { printReport } from "../report.js";

/** Runs the verb: 0 with the model as the result, 1 without it where the estate has errors. */
export async function run(call: Call): Promise<number> {
  const today = todayOf(call);
  const located = locatePackage(call.io, call.positionals[0]);
  const progress = progressOn(call.io);
  const { checked, diagnostics, failed } = await checkProject({
    host: call.io.host,
    path: located.path,
    directory: located.directory,
    today,
    registry,
    purpose: "relations",
    say: progress.say,
  });
  progress.end();
  const json: Call = { ...call, flags: new Map([...call.flags, ["format", ["json"]]]) };
  return printReport(json, {
    diagnostics,
    directory: located.directory,
    // What is left out as faulty would look as if it were not there: a model with errors is none.
    ...(checked === undefined || failed ? {} : { result: exportEstate(checked.estate) }),
  });
}
