/** Loads `demarc.lock.json` from beside the sources. */
import type { Diagnostics } from "../grammar/diagnostic.js";
import { SourceFile } from "../grammar/source.js";
import { emptyLock, type LockFile } from "./design/lock.js";
import { lockChanges, readLock } from "./design/lock-read.js";
import { designCatalogue } from "./diagnostics/design-catalogue.js";
import { failureReason, type Host, isFailure } from "./host/host.js";

/** The name of the lock file. */
export const LOCK_FILE = "demarc.lock.json";

/** The lock and its text, absent where there is no file yet. */
export interface LoadedLock {
  readonly file: LockFile;
  readonly source?: SourceFile;
}

/**
 * Loads the lock of the package at `directory`; an absent file is an empty lock. Undefined where the file is faulty,
 * which is reported: numbers that are deployed already must not be given out anew.
 */
export function loadLock(host: Host, directory: string, diagnostics: Diagnostics): LoadedLock | undefined {
  const bytes = host.readFile(directory === "" ? LOCK_FILE : `${directory}/${LOCK_FILE}`);
  if (isFailure(bytes)) {
    if (bytes.failure === "missing") return { file: emptyLock };
    diagnostics.report(designCatalogue["lock-malformed"], { why: failureReason(bytes) }, undefined);
    return undefined;
  }
  const source = new SourceFile(LOCK_FILE, new TextDecoder().decode(bytes), "lock");
  const file = readLock(source, diagnostics);
  return file === undefined ? undefined : { file, source };
}

/** `--frozen-lock`: reports what a compile would change. */
export function reportFrozen(lock: LoadedLock, after: LockFile, diagnostics: Diagnostics): void {
  const changes = lockChanges(lock.file, after);
  if (changes.length === 0) return;
  const more = changes.length > 3 ? `, and ${changes.length - 3} more` : "";
  const shown = `${changes.slice(0, 3).join(", ")}${more}`;
  diagnostics.report(designCatalogue["lock-frozen"], { changes: shown }, undefined);
}
