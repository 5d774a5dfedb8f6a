/**
 * The hold on an output directory: one compile at a time writes into it.
 *
 * Who writes owns the staging directory by a file in it, which is created only where nobody has created it yet. The file
 * names a process. Where that is gone, the next compile takes over with a file of the next number, so that of two that
 * find the same leftovers one goes on.
 */
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { writingDiagnostics as kinds } from "../compiler/diagnostics/writing-catalogue.js";
import { STAGING } from "../compiler/emit.js";
import type { Diagnostics } from "../grammar/diagnostic.js";
import { errorCode, type FileSystem, reasonOf } from "./file-system.js";
import { JOURNAL, LOCK_ENDINGS, shownStaging, type WriteGoal } from "./journal.js";

const OWNER = /^owner-(\d{1,9})\.json$/;

/** A hold that was taken. `made` are the directories that were made for it, outermost first. */
export class Hold {
  private readonly goal: WriteGoal;
  private readonly made: readonly string[];
  private readonly owner: string;
  private readonly staging: string;
  private isKept = false;

  constructor(goal: WriteGoal, made: readonly string[], owner: string) {
    this.goal = goal;
    this.made = made;
    this.owner = owner;
    this.staging = join(goal.output, STAGING);
  }

  /** Leaves the staging directory where it is: it holds what could not be put back, or is not ours. */
  keep(): void {
    this.isKept = true;
  }

  /** Gives the hold back. Never throws: what cannot be removed now is removed by the next compile. */
  release(): void {
    const { files } = this.goal;
    if (this.isKept) {
      quietly(() => files.removeTree(join(this.staging, this.owner)));
      return;
    }
    quietly(() => this.removeStaging());
    removeMade(files, this.made);
  }

  /**
   * Removes what an earlier write has staged, here and beside the lock. The journal goes first: without it nothing is
   * undone any more. Fails with the errors of `node:fs`.
   */
  clear(): void {
    const { files, lock } = this.goal;
    files.removeTree(join(this.staging, JOURNAL));
    for (const end of Object.values(LOCK_ENDINGS)) {
      if (files.kindOf(`${lock}${end}`) !== undefined) files.removeFile(`${lock}${end}`);
    }
    for (const { name } of files.readDirectory(this.staging)) {
      if (name !== this.owner) files.removeTree(join(this.staging, name));
    }
  }

  /** The file of the owner goes last, and the directory only where nobody has come into it since. */
  private removeStaging(): void {
    this.clear();
    this.goal.files.removeTree(join(this.staging, this.owner));
    this.goal.files.removeEmptyDirectory(this.staging);
  }
}

/** Takes the hold on an output directory, which is made where it is missing. Undefined where it cannot be had: reported. */
export function takeHold(goal: WriteGoal, diagnostics: Diagnostics): Hold | undefined {
  const { files, output, shown } = goal;
  const staging = join(output, STAGING);
  const made: string[] = [];
  const busy = (by: string): void => {
    diagnostics.report(kinds["output-busy"], { directory: shown, staging: shownStaging(goal), by }, undefined);
  };
  try {
    makeDirectory(files, staging, made);
    const numbers = files.readDirectory(staging).flatMap(({ name }) => OWNER.exec(name)?.[1] ?? []);
    for (const number of numbers) {
      const living = livingOwner(files, join(staging, ownerName(Number(number))));
      if (living === undefined) continue;
      busy(living);
      return undefined;
    }
    const owner = ownerName(Math.max(-1, ...numbers.map(Number)) + 1);
    if (claim(files, join(staging, owner))) return new Hold(goal, made, owner);
    busy("a process that was faster");
  } catch (error) {
    diagnostics.report(kinds["write-failed"], { path: shown, reason: reasonOf(error) }, undefined);
    removeMade(files, made);
  }
  return undefined;
}

function ownerName(number: number): string {
  return `owner-${number}.json`;
}

/** False where another process has the file, or has just taken its directory away. */
function claim(files: FileSystem, path: string): boolean {
  try {
    files.writeNew(path, new TextEncoder().encode(JSON.stringify({ pid: process.pid, host: hostname() })));
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST" || errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

/**
 * Who may still be writing, in words; undefined where the process of the file is gone. A process of another machine, or
 * one that the file does not name, cannot be asked. This process writes once, so its own number is that of an older one.
 */
function livingOwner(files: FileSystem, path: string): string | undefined {
  const owner = readOwner(files, path);
  if (owner === undefined) return "a process that did not give its name";
  const { pid, host } = owner;
  if (host !== hostname()) return `process ${pid} of \`${host}\``;
  return pid !== process.pid && isRunning(pid) ? `process ${pid}` : undefined;
}

function readOwner(files: FileSystem, path: string): { readonly pid: number; readonly host: string } | undefined {
  if (files.kindOf(path) !== "file") return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(files.readFile(path)));
    if (typeof value !== "object" || value === null || !("pid" in value) || !("host" in value)) return undefined;
    const { pid, host } = value;
    const isPid = typeof pid === "number" && Number.isInteger(pid) && pid > 0 && pid < 2 ** 31;
    return isPid && typeof host === "string" ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}

/** Signal 0 asks whether a process is there and does nothing to it. One that we may not ask is there. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}

/** Makes a directory and those above it that are missing, and adds them to `made`. */
export function makeDirectory(files: FileSystem, path: string, made: string[]): void {
  if (files.kindOf(path) !== undefined) return;
  const parent = dirname(path);
  if (parent !== path) makeDirectory(files, parent, made);
  files.makeDirectory(path);
  made.push(path);
}

/** Removes directories that were made, as far as they are empty. */
export function removeMade(files: FileSystem, made: readonly string[]): void {
  for (const directory of [...made].reverse()) quietly(() => files.removeEmptyDirectory(directory));
}

/** Does something whose failure changes nothing that matters; says whether it worked. */
export function quietly(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
