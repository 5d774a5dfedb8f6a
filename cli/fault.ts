/** What a user sees when demarc itself is at fault: one calm paragraph, and where the details are. */
import { join } from "node:path";
import type { Project } from "../compiler/driver.js";
import type { Diagnostic } from "../grammar/diagnostic.js";
import type { Io } from "./io.js";
import { EXIT } from "./run.js";
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

/**
 * The exit code of a run whose output, read back, is not what is meant: a fault of demarc, since the sources were sound.
 * Undefined where it is what is meant, or where it is not proved for want of steps.
 */
export function wrongOutput(
  project: Pick<Project, "validation">,
  diagnostics: readonly Diagnostic[],
  io: Io,
): number | undefined {
  const { validation } = project;
  if (validation === undefined) return undefined;
  const wrong = validation.refusals.length > 0 || validation.findings.some((one) => one.kind !== "not-proved");
  if (!wrong) return undefined;
  const texts = diagnostics.filter((one) => one.code.startsWith("DMC35")).map(faultLine);
  const report = [`demarc ${VERSION}: the output, read back, is not what the sources mean`, "", ...texts, ""].join(
    "\n",
  );
  const path = writeReport(report, io);
  const where = path === undefined ? "" : ` The details are in ${path}.`;
  io.stderr.write(
    `demarc: what it would have written is not what your files mean; that is a fault of demarc. Nothing was written.${where}\n`,
  );
  return EXIT.fault;
}

/** A finding on one line, with the line of the source where it is known. */
function faultLine({ code, message, span }: Diagnostic): string {
  const at = span === undefined ? "" : `${span.source.path}:${span.source.position(span.start).line}: `;
  return `${at}${code} ${message}`;
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
