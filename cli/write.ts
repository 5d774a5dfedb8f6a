/**
 * Carries out a plan of writing: all or nothing.
 *
 * Every new text is staged in a folder of the output directory and every old one copied there, so that a full disk or a
 * missing permission shows before anything is touched. Then files are renamed into place, the lock first and the manifest
 * last, and a failure in between puts the old ones back. A journal in the staging folder lets the next run do the same
 * for a run that was killed.
 */
import { dirname, join } from "node:path";
import { writingDiagnostics as kinds } from "../compiler/diagnostics/writing-catalogue.js";
import { type PlannedFile, STAGING, type WritePlan } from "../compiler/emit.js";
import type { Diagnostics } from "../grammar/diagnostic.js";
import { reasonOf } from "./file-system.js";
import { type Hold, makeDirectory, quietly, removeMade, takeHold } from "./hold.js";
import {
  type Entry,
  goalOf,
  JOURNAL,
  journalText,
  readJournal,
  type Step,
  shownStaging,
  stepOf,
  type WriteGoal,
} from "./journal.js";
import { isUsableOutput, leadsThroughNoLink } from "./output-directory.js";

/**
 * Takes the output directory for one compile, and puts back what one that was killed had begun to replace. Undefined
 * where that cannot be done: reported, and nothing may be written. Whoever has the hold must release it.
 */
export function holdOutput(goal: WriteGoal, diagnostics: Diagnostics): Hold | undefined {
  if (!isUsableOutput(goal, diagnostics)) return undefined;
  const hold = takeHold(goal, diagnostics);
  if (hold === undefined) return undefined;
  if (recover(goal, hold, diagnostics)) return hold;
  hold.keep();
  hold.release();
  return undefined;
}

function recover(goal: WriteGoal, hold: Hold, diagnostics: Diagnostics): boolean {
  const staging = shownStaging(goal);
  try {
    const journal = readJournal(goal);
    if ("fault" in journal) {
      diagnostics.report(kinds["foreign-staging"], { staging, fault: journal.fault }, undefined);
      return false;
    }
    if (!new Writing(goal, diagnostics).undo(journal.steps)) return false;
    hold.clear();
    return true;
  } catch (error) {
    diagnostics.report(kinds["write-failed"], { path: staging, reason: reasonOf(error) }, undefined);
    return false;
  }
}

/**
 * Writes the lock (where its text is given) and the output of a directory that is held. False where it failed: reported,
 * and all is as it was.
 */
export function writePlan(
  plan: WritePlan,
  lock: string | undefined,
  goal: WriteGoal,
  hold: Hold,
  diagnostics: Diagnostics,
): boolean {
  if (!leadsThroughNoLink(plan, goal, diagnostics)) return false;
  const writing = new Writing(goal, diagnostics);
  const isWritten = writing.run(plan, lock);
  if (!writing.isWhole) hold.keep();
  return isWritten;
}

class Writing {
  /** False where something could not be put back, and is kept in the staging directory. */
  isWhole = true;
  private readonly staging: string;
  private readonly made: string[] = [];
  private readonly done: Step[] = [];
  private readonly goal: WriteGoal;
  private readonly diagnostics: Diagnostics;
  /** What is under way, for the message of a failure. */
  private at = "";

  constructor(goal: WriteGoal, diagnostics: Diagnostics) {
    this.goal = goal;
    this.diagnostics = diagnostics;
    this.staging = join(goal.output, STAGING);
  }

  run(plan: WritePlan, lock: string | undefined): boolean {
    try {
      this.at = this.goal.shown;
      const { entries, steps } = this.stage(plan, lock);
      this.goal.files.writeNew(join(this.staging, JOURNAL), bytesOf(journalText(entries)));
      for (const step of steps) this.commit(step);
    } catch (error) {
      this.isWhole = this.undo(this.done);
      this.diagnostics.report(kinds["write-failed"], { path: this.at, reason: reasonOf(error) }, undefined);
      if (this.isWhole) removeMade(this.goal.files, this.made);
      return false;
    }
    return true;
  }

  /** Stages every text: the lock first, then what is removed, what is written, and the manifest last. */
  private stage(
    plan: WritePlan,
    lock: string | undefined,
  ): { readonly entries: readonly Entry[]; readonly steps: readonly Step[] } {
    const texts: (readonly [path: string | undefined, text: string | undefined])[] = [
      ...(lock === undefined ? [] : [[undefined, lock] as const]),
      ...plan.removed.map(({ path }) => [path, undefined] as const),
      ...[...plan.files, plan.manifest].filter(isChanged).map(({ path, text }) => [path, text] as const),
    ];
    const entries: Entry[] = [];
    const steps: Step[] = [];
    for (const [path, text] of texts) {
      const wasThere = this.goal.files.kindOf(goalOf(path, this.goal)) !== undefined;
      const entry: Entry = { path, isWritten: text !== undefined, wasThere };
      const step = stepOf(entry, entries.length, this.goal);
      this.stageOne(step, text);
      entries.push(entry);
      steps.push(step);
    }
    return { entries, steps };
  }

  private stageOne(step: Step, text: string | undefined): void {
    const { files } = this.goal;
    this.at = step.path;
    if (step.old !== undefined) files.copyFile(step.goal, step.old);
    if (text !== undefined && step.staged !== undefined) files.writeNew(step.staged, bytesOf(text));
  }

  private commit(step: Step): void {
    const { files } = this.goal;
    this.at = step.path;
    if (step.staged === undefined) {
      this.done.push(step);
      files.removeFile(step.goal);
      this.removeEmptyFolders(step.path);
      return;
    }
    makeDirectory(files, dirname(step.goal), this.made);
    this.done.push(step);
    files.rename(step.staged, step.goal);
  }

  /** Puts back what was there, last step first. False where something could not be put back and is kept in staging. */
  undo(steps: readonly Step[]): boolean {
    const { files } = this.goal;
    let whole = true;
    for (const step of [...steps].reverse()) {
      try {
        if (!this.isDone(step)) continue;
        if (step.old === undefined) {
          this.removeIfThere(step.goal);
        } else if (files.kindOf(step.old) !== undefined) {
          makeDirectory(files, dirname(step.goal), this.made);
          files.rename(step.old, step.goal);
        }
      } catch (error) {
        whole = false;
        const kept = step.old ?? step.goal;
        this.diagnostics.report(kinds["restore-failed"], { path: step.path, kept, reason: reasonOf(error) }, undefined);
      }
    }
    return whole;
  }

  /** Renames and removals are done or not, nothing between: the one that failed has changed nothing. */
  private isDone(step: Step): boolean {
    return this.goal.files.kindOf(step.staged ?? step.goal) === undefined;
  }

  /** Folders that a removal has emptied, up to the output directory. */
  private removeEmptyFolders(path: string): void {
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
      if (!quietly(() => this.goal.files.removeEmptyDirectory(join(this.goal.output, folder)))) return;
    }
  }

  private removeIfThere(path: string): void {
    if (this.goal.files.kindOf(path) !== undefined) this.goal.files.removeFile(path);
  }
}

function isChanged(file: PlannedFile): boolean {
  return file.state !== "same";
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
