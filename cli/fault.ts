/** What a user sees when demarc itself is at fault: one calm paragraph, and where the details are. */
import { join } from "node:path";
import type { Io } from "./io.js";
import { VERSION } from "./version.js";

/** Writes a report of an unexpected error into the directory for temporary files and says so on standard error. */
export function reportFault(error: unknown, words: readonly string[], io: Io): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const report = [
    `demarc ${VERSION} on Node ${process.version}, ${process.platform} ${process.arch}`,
    `command line: demarc ${words.join(" ")}`,
    "",
    detail,
    "",
  ].join("\n");
  const path = writeReport(report, io);
  const where =
    path === undefined ? `The details could not be saved and follow.\n\n${report}` : `The details are in ${path}.\n`;
  io.stderr.write(
    `demarc: a fault of demarc itself, not of your files, ended this run. Nothing was half written. ${where}`,
  );
}

function writeReport(report: string, io: Io): string | undefined {
  for (let number = 1; number <= 100; number++) {
    const path = join(io.temporary, `demarc-fault-${process.pid}-${number}.txt`);
    try {
      if (io.files.kindOf(path) !== undefined) continue;
      io.files.writeNew(path, new TextEncoder().encode(report));
      return path;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
