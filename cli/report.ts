/** Prints findings and a result in the form that was asked for. */
import { colourPaint, type Paint, plainPaint, prettyDiagnostics } from "../compiler/diagnostics/render/pretty.js";
import { envelope, jsonText } from "../compiler/json/diagnostics.js";
import type { Diagnostic } from "../grammar/diagnostic.js";
import { type Call, flagValue } from "./arguments.js";
import type { Changes } from "./git-changes.js";
import type { Output } from "./io.js";
import { EXIT } from "./run.js";
import { shownOf } from "./shown.js";
import { VERSION } from "./version.js";

/** What a verb has to say. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  /** Where given, only findings about changed lines are shown; the verdict is that of all. */
  readonly changes?: Changes | undefined;
  /** The result in JSON; absent where there is none. */
  readonly result?: unknown;
  /** What a person reads after the findings that are shown, on standard output. */
  readonly text?: (paint: Paint, shown: readonly Diagnostic[]) => string;
  /** The directory that paths of findings are relative to, as the user would write it; empty: the working directory. */
  readonly directory: string;
}

/** Prints a report. The exit code is 1 where a finding is an error, else 0. */
export async function printReport(call: Call, report: Report): Promise<number> {
  const { io } = call;
  const failed = report.diagnostics.some((one) => one.severity === "error");
  const exitCode = failed ? EXIT.findings : EXIT.clean;
  const display = (path: string): string => displayPath(report.directory, path);
  const { changes } = report;
  const diagnostics = changes === undefined ? report.diagnostics : shownOf(report.diagnostics, changes);
  switch (flagValue(call, "format") ?? "pretty") {
    case "json":
      io.stdout.write(jsonText(envelope(call.verb, diagnostics, report.result)));
      break;
    case "sarif": {
      const { sarifLog } = await import("../compiler/diagnostics/render/sarif.js");
      const { sha256 } = await import("../compiler/sha256.js");
      io.stdout.write(jsonText(sarifLog(diagnostics, { version: VERSION, display, exitCode, digest: sha256 })));
      break;
    }
    case "github": {
      const { githubAnnotations } = await import("../compiler/diagnostics/render/github.js");
      io.stdout.write(githubAnnotations(diagnostics, display));
      break;
    }
    case "junit": {
      const { junitReport } = await import("../compiler/diagnostics/render/junit.js");
      io.stdout.write(junitReport(call.verb, diagnostics, display));
      break;
    }
    default: {
      const paint = paintFor(io.stdout, io.env);
      io.stdout.write(prettyDiagnostics(diagnostics, { paint, display }));
      if (report.text !== undefined) io.stdout.write(report.text(paint, diagnostics));
    }
  }
  return exitCode;
}

/** Colour only on a terminal, and never under `NO_COLOR` (no-color.org) or on a dumb terminal. */
export function paintFor(output: Output, env: Readonly<Record<string, string | undefined>>): Paint {
  const refused = (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
  return output.isTty && !refused ? colourPaint : plainPaint;
}

/** A path relative to a directory, as a user standing in the working directory would write it. */
export function displayPath(directory: string, path: string): string {
  if (directory === "" || directory === "." || path.startsWith("<")) return path;
  return `${directory.replace(/\/+$/, "")}/${path}`;
}
