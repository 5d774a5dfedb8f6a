/**
 * The journal of a write: what is being replaced, so that the next compile can put it back where one was killed.
 *
 * A journal lies in the output directory, where anybody may have put it. So it names no place but a path inside that
 * directory, or the lock file; where the copies of a file are follows from its number. What is not exactly so is refused.
 */
import { join } from "node:path";
import { STAGING } from "../compiler/emit.js";
import { LOCK_FILE } from "../compiler/lock-file.js";
import { isInside } from "../compiler/manifest.js";
import type { FileSystem } from "./file-system.js";

/** Name of the journal, in the staging directory. */
export const JOURNAL = "journal.json";

/** Endings of the staged lock file and of the copy of the old one, beside it: it may lie on another file system. */
export const LOCK_ENDINGS = { staged: ".demarc-new", old: ".demarc-old" } as const;

/** Where a plan is carried out. Paths are absolute. */
export interface WriteGoal {
  readonly files: FileSystem;
  readonly output: string;
  readonly lock: string;
  /** The output directory as findings name it. */
  readonly shown: string;
}

/** The staging directory as findings name it. */
export function shownStaging({ shown }: WriteGoal): string {
  return `${shown.replace(/\/+$/, "")}/${STAGING}`;
}

/** One file in the journal. */
export interface Entry {
  /** Relative to the output directory; absent: the lock file. */
  readonly path?: string | undefined;
  /** A new text is staged; else the file is removed. */
  readonly isWritten: boolean;
  /** The file was there, and a copy of it is kept. */
  readonly wasThere: boolean;
}

/** One file on its way: new text is at `staged` (absent: the file is removed), a copy of the old one at `old`. */
export interface Step {
  /** As findings name it. */
  readonly path: string;
  readonly goal: string;
  readonly staged?: string;
  readonly old?: string;
}

/** Where the file of an entry, its new text and its copy are. `number` is the entry's place in the journal. */
export function stepOf({ path, isWritten, wasThere }: Entry, number: number, goal: WriteGoal): Step {
  const copy = join(goal.output, STAGING, String(number));
  const [staged, old] =
    path === undefined
      ? [`${goal.lock}${LOCK_ENDINGS.staged}`, `${goal.lock}${LOCK_ENDINGS.old}`]
      : [`${copy}.new`, `${copy}.old`];
  return {
    path: path ?? LOCK_FILE,
    goal: goalOf(path, goal),
    ...(isWritten ? { staged } : {}),
    ...(wasThere ? { old } : {}),
  };
}

/** Where a file is: its path in the output directory, or (undefined) the lock file. */
export function goalOf(path: string | undefined, { output, lock }: WriteGoal): string {
  return path === undefined ? lock : join(output, path);
}

/** The text of a journal. */
export function journalText(entries: readonly Entry[]): string {
  return JSON.stringify(entries);
}

/** What a journal says, or why it cannot be trusted. No journal, or one that is not whole, has no steps. */
export function readJournal(goal: WriteGoal): { readonly steps: readonly Step[] } | { readonly fault: string } {
  const path = join(goal.output, STAGING, JOURNAL);
  const kind = goal.files.kindOf(path);
  if (kind === undefined) return { steps: [] };
  if (kind !== "file") return { fault: "its journal is not a file" };
  const text = new TextDecoder().decode(goal.files.readFile(path));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A journal that is not whole was not finished, so nothing had been replaced yet.
    return { steps: [] };
  }
  if (!Array.isArray(value) || !value.every(isEntry)) return { fault: "its journal is none that demarc wrote" };
  const steps = value.map((entry, number) => stepOf(entry, number, goal));
  for (const [number, entry] of value.entries()) {
    const fault = faultOf(entry, steps[number]?.old, goal);
    if (fault !== undefined) return { fault };
  }
  return { steps };
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const { path, isWritten, wasThere, ...others } = value as Readonly<Record<string, unknown>>;
  const isPath = path === undefined || typeof path === "string";
  return isPath && typeof isWritten === "boolean" && typeof wasThere === "boolean" && Object.keys(others).length === 0;
}

function faultOf({ path }: Entry, old: string | undefined, { files, output }: WriteGoal): string | undefined {
  const copy = old === undefined ? undefined : files.kindOf(old);
  if (copy !== undefined && copy !== "file") return `its copy of \`${path ?? LOCK_FILE}\` is not a file`;
  if (path === undefined) return undefined;
  if (!isInside(path)) return `its journal names \`${path}\`, which leads out of the output directory`;
  if (path.split("/")[0]?.toLowerCase() === STAGING) return "its journal names the staging directory itself";
  const blocked = foldersOf(path).find((folder) => {
    const found = files.kindOf(join(output, folder));
    return found !== undefined && found !== "directory";
  });
  return blocked === undefined ? undefined : `its journal leads through \`${blocked}\`, which is not a directory`;
}

/** The folders that a relative path leads through, from the top: `a` and `a/b` for `a/b/c`. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
