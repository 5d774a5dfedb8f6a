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
import type { PlannedFile, WritePlan } from "../compiler/emit.js";
import type { Diagnostics } from "../grammar/diagnostic.js";
import { type FileSystem, reasonOf } from "./file-system.js";

/** Name of the staging folder, inside the output directory. It exists only while a write is under way. */
export const STAGING = ".demarc-staging";

/** Ending of the staged lock file and of the copy of the old one, beside it: it may lie on another file system. */
const LOCK_NEW = ".demarc-new";
const LOCK_OLD = ".demarc-old";

/** Where a plan is carried out. Paths are absolute. */
export interface WriteGoal {
  readonly files: FileSystem;
  readonly output: string;
  readonly lock: string;
  /** The output directory as findings name it. */
  readonly shown: string;
}

/** One file on its way: new text is at `staged` (absent: the file is removed), a copy of the old one at `old`. */
interface Step {
  readonly path: string;
  readonly goal: string;
  readonly staged?: string;
  readonly old?: string;
}

/** Writes the lock (where its text is given) and the output. False where it failed: reported, and all is as it was. */
export function writePlan(
  plan: WritePlan,
  lock: string | undefined,
  goal: WriteGoal,
  diagnostics: Diagnostics,
): boolean {
  return new Writing(goal, diagnostics).run(plan, lock);
}

/** Puts back what a run that was killed had begun to replace. Reports what cannot be put back. */
export function recoverOutput(goal: WriteGoal, diagnostics: Diagnostics): void {
  const { files, output } = goal;
  const staging = join(output, STAGING);
  if (files.kindOf(staging) === undefined) return;
  const writing = new Writing(goal, diagnostics);
  if (!writing.undo(readJournal(files, join(staging, "journal.json")))) return;
  try {
    writing.removeStaging();
  } catch (error) {
    diagnostics.report(kinds["write-failed"], { path: STAGING, reason: reasonOf(error) }, undefined);
  }
}

function readJournal(files: FileSystem, path: string): readonly Step[] {
  if (files.kindOf(path) === undefined) return [];
  try {
    const steps: unknown = JSON.parse(new TextDecoder().decode(files.readFile(path)));
    return Array.isArray(steps) ? steps.filter(isStep) : [];
  } catch {
    // A journal that is not whole was not finished, so nothing had been replaced yet.
    return [];
  }
}

function isStep(value: unknown): value is Step {
  return typeof value === "object" && value !== null && "path" in value && "goal" in value;
}

class Writing {
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
      this.makeDirectory(this.staging);
      const steps = this.stage(plan, lock);
      this.goal.files.writeNew(join(this.staging, "journal.json"), bytesOf(JSON.stringify(steps)));
      for (const step of steps) this.commit(step);
    } catch (error) {
      const whole = this.undo(this.done);
      this.diagnostics.report(kinds["write-failed"], { path: this.at, reason: reasonOf(error) }, undefined);
      if (whole) this.cleanUp();
      return false;
    }
    // The manifest is in place: what fails from here on leaves at most a staging folder, which the next run takes away.
    quietly(() => this.removeStaging());
    return true;
  }

  /** Stages every text: the lock first, then what is removed, what is written, and the manifest last. */
  private stage(plan: WritePlan, lock: string | undefined): readonly Step[] {
    const steps: Step[] = [];
    if (lock !== undefined) {
      const path = this.goal.lock;
      for (const end of [LOCK_NEW, LOCK_OLD]) this.removeIfThere(`${path}${end}`);
      steps.push(this.stageOne("demarc.lock.json", path, lock, [`${path}${LOCK_NEW}`, `${path}${LOCK_OLD}`]));
    }
    for (const { path } of plan.removed) steps.push(this.stageFile(path, undefined, steps.length));
    for (const file of plan.files.filter(isChanged)) steps.push(this.stageFile(file.path, file.text, steps.length));
    if (isChanged(plan.manifest)) steps.push(this.stageFile(plan.manifest.path, plan.manifest.text, steps.length));
    return steps;
  }

  private stageFile(path: string, text: string | undefined, number: number): Step {
    const name = join(this.staging, String(number));
    return this.stageOne(path, join(this.goal.output, path), text, [`${name}.new`, `${name}.old`]);
  }

  private stageOne(
    path: string,
    goal: string,
    text: string | undefined,
    [staged, old]: readonly [string, string],
  ): Step {
    const { files } = this.goal;
    this.at = path;
    const isThere = files.kindOf(goal) !== undefined;
    if (isThere) files.copyFile(goal, old);
    if (text !== undefined) files.writeNew(staged, bytesOf(text));
    return { path, goal, ...(text === undefined ? {} : { staged }), ...(isThere ? { old } : {}) };
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
    this.makeDirectory(dirname(step.goal));
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
          this.makeDirectory(dirname(step.goal));
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

  /** Takes the staging folder and the staged lock away. */
  removeStaging(): void {
    for (const end of [LOCK_NEW, LOCK_OLD]) this.removeIfThere(`${this.goal.lock}${end}`);
    this.goal.files.removeTree(this.staging);
  }

  /** After a failure: staging, and the folders this run made. */
  private cleanUp(): void {
    quietly(() => this.removeStaging());
    for (const directory of [...this.made].reverse()) {
      if (directory !== this.staging) quietly(() => this.goal.files.removeEmptyDirectory(directory));
    }
  }

  /** Folders that a removal has emptied, up to the output directory. */
  private removeEmptyFolders(path: string): void {
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
      if (!quietly(() => this.goal.files.removeEmptyDirectory(join(this.goal.output, folder)))) return;
    }
  }

  private makeDirectory(path: string): void {
    const { files } = this.goal;
    if (files.kindOf(path) !== undefined) return;
    const parent = dirname(path);
    if (parent !== path) this.makeDirectory(parent);
    files.makeDirectory(path);
    this.made.push(path);
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

/** Does something whose failure changes nothing that matters; says whether it worked. */
function quietly(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
