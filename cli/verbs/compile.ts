/** `demarc compile [path] -o out`: check, then artefacts and the lock file, all or nothing. */
import { resolve } from "node:path";
import type { Paint } from "../../compiler/diagnostics/render/pretty.js";
import { writingDiagnostics } from "../../compiler/diagnostics/writing-catalogue.js";
import { checkProject, type Project } from "../../compiler/driver.js";
import { planOutput, type WritePlan } from "../../compiler/emit.js";
import { guardJson } from "../../compiler/guard/guard.js";
import { isFailure } from "../../compiler/host/host.js";
import { LOCK_FILE } from "../../compiler/lock-file.js";
import { assembleOutput } from "../../compiler/outputs.js";
import { sha256 } from "../../compiler/sha256.js";
import { type Diagnostic, Diagnostics } from "../../grammar/diagnostic.js";
import { type Call, flagValue } from "../arguments.js";
import { chosenTargets } from "../chosen-targets.js";
import { diffText, fileDiff, isDerived } from "../diff.js";
import { wrongOutput } from "../fault.js";
import { changesOf } from "../git-changes.js";
import { guardServices } from "../guard-services.js";
import type { Io } from "../io.js";
import type { WriteGoal } from "../journal.js";
import { isUsableOutput } from "../output-directory.js";
import { progressOn } from "../progress.js";
import { type LocatedPackage, locatePackage, shownPath, todayOf } from "../project.js";
import { printReport } from "../report.js";
import { compiledText, judgedResult } from "../summary.js";
import { VERSION } from "../version.js";
import { holdOutput, writePlan } from "../write.js";

/** What a compile came to: the plan of writing, and whether it was carried out. */
export interface Outcome {
  readonly project: Project;
  /** Output directory as the user would write it. */
  readonly output: string;
  readonly plan?: WritePlan;
  readonly written: boolean;
  readonly diff: boolean;
}

/** Runs the verb. */
export async function run(call: Call): Promise<number> {
  const { io } = call;
  const today = todayOf(call);
  const registry = await io.registry();
  const targets = chosenTargets(call, registry);
  const located = locatePackage(io, call.positionals[0]);
  const changes = changesOf(call, located);
  const progress = progressOn(io);
  const project = await checkProject({
    host: io.host,
    path: located.path,
    directory: located.directory,
    today,
    registry,
    ...(targets === undefined ? {} : { targets }),
    purpose: "compile",
    frozenLock: call.flags.has("frozen-lock"),
    pruneLock: call.flags.has("prune-lock"),
    guard: guardServices(io),
    say: progress.say,
  });
  progress.say("writing");
  const diagnostics = new Diagnostics();
  diagnostics.addAll(project.diagnostics);
  const outcome = emit(call, located, project, targets, diagnostics);
  progress.end();
  const code = await printReport(call, {
    diagnostics: diagnostics.sorted(),
    changes,
    directory: located.directory,
    result: diagnostics.hasErrors ? undefined : resultOf(outcome),
    text: (paint, shown) => textOf(outcome, shown, paint),
  });
  return wrongOutput(project, project.diagnostics, io) ?? code;
}

function emit(
  call: Call,
  located: LocatedPackage,
  project: Project,
  targets: readonly string[] | undefined,
  diagnostics: Diagnostics,
): Outcome {
  const { io } = call;
  const named = flagValue(call, "out");
  const output =
    named === undefined ? resolve(located.absolute, project.settings.out ?? "out") : resolve(io.cwd, named);
  const shown = named ?? (shownPath(io, output) || ".");
  const diff = call.flags.has("diff");
  const idle: Outcome = { project, output: shown, written: false, diff };
  if (`${located.absolute}/`.startsWith(`${output}/`)) {
    diagnostics.report(writingDiagnostics["output-in-package"], { directory: shown }, undefined);
  }
  const goal: WriteGoal = { files: io.files, output, lock: resolve(located.absolute, LOCK_FILE), shown };
  if (diagnostics.hasErrors || !isUsableOutput(goal, diagnostics)) return idle;
  const planned = (): WritePlan | undefined => planFor(call, project, targets, output, diagnostics);
  if (diff) return withPlan(idle, planned());
  const hold = holdOutput(goal, diagnostics);
  if (hold === undefined) return idle;
  try {
    const plan = planned();
    if (plan === undefined || project.lock === undefined) return withPlan(idle, plan);
    const { before, text } = project.lock;
    if (lockText(io, located) !== before) {
      diagnostics.report(writingDiagnostics["lock-overtaken"], { path: LOCK_FILE }, undefined);
      return idle;
    }
    const written = writePlan(plan, before === text ? undefined : text, goal, hold, diagnostics);
    return { ...idle, plan, written };
  } finally {
    hold.release();
  }
}

function withPlan(outcome: Outcome, plan: WritePlan | undefined): Outcome {
  return plan === undefined ? outcome : { ...outcome, plan };
}

/** The lock file as it is now. */
function lockText(io: Io, { absolute }: LocatedPackage): string | undefined {
  const bytes = io.host.readFile(resolve(absolute, LOCK_FILE));
  return isFailure(bytes) ? undefined : new TextDecoder().decode(bytes);
}

function planFor(
  call: Call,
  project: Project,
  targets: readonly string[] | undefined,
  output: string,
  diagnostics: Diagnostics,
): WritePlan | undefined {
  const { checked, proofs, lock, guard, validation } = project;
  if (checked === undefined || proofs === undefined || lock === undefined) return undefined;
  if (guard === undefined || validation === undefined) return undefined;
  const { host } = call.io;
  const directory = output;
  const previous = (path: string): string | undefined => {
    const bytes = host.readFile(`${directory}/${path}`);
    return isFailure(bytes) ? undefined : new TextDecoder().decode(bytes);
  };
  const would = assembleOutput(
    {
      version: VERSION,
      edition: 1,
      estate: checked.estate,
      proofs,
      validation,
      outputs: project.outputs,
      documents: project.documents,
      notServed: project.notServed.map(({ place, platform }) => ({ place, platform })),
      guardRails: guardJson(guard.lasting),
      findings: project.lasting,
      sources: project.sources,
      ...(project.settingsSource === undefined ? {} : { settings: project.settingsSource }),
      lock: lock.text,
      ...(targets === undefined ? {} : { targets }),
    },
    previous,
  );
  const force = call.flags.has("force");
  return planOutput(would, { host, directory, shown: shownPath(call.io, output) || ".", force }, diagnostics);
}

function resultOf({ project, output, plan, written, diff }: Outcome): unknown {
  const judged = judgedResult(project);
  if (judged === undefined || plan === undefined || project.lock === undefined) return undefined;
  const withDiff = (path: string, before: string | undefined, after: string | undefined) =>
    diff && before !== after && !isDerived(path) ? { diff: fileDiff(path, before, after) } : {};
  return {
    ...judged,
    output,
    written,
    files: [...plan.files, plan.manifest].map(({ path, sha256, state, target, before, text }) => ({
      path,
      sha256,
      state,
      ...(target === undefined ? {} : { target }),
      ...withDiff(path, before, text),
    })),
    removed: plan.removed.map(({ path, before }) => ({ path, ...withDiff(path, before, undefined) })),
    lock: {
      path: LOCK_FILE,
      sha256: sha256(project.lock.text),
      changed: project.lock.before !== project.lock.text,
    },
  };
}

function textOf(outcome: Outcome, shown: readonly Diagnostic[], paint: Paint): string {
  const { project, plan } = outcome;
  if (outcome.diff && plan !== undefined && project.lock !== undefined) return diffText(plan, project.lock, paint);
  return compiledText(outcome, shown, paint);
}
