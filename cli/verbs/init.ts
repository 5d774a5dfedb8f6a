/** `demarc init`: writes a small estate that compiles, never over a file that is there. */
import { join, resolve } from "node:path";
import { countOf } from "../../compiler/diagnostics/render/pretty.js";
import { writingDiagnostics } from "../../compiler/diagnostics/writing-catalogue.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import type { Call } from "../arguments.js";
import { errorCode, type FileSystem, reasonOf } from "../file-system.js";
import { QUICKSTART } from "../quickstart.js";
import { displayPath, printReport } from "../report.js";

/** Runs the verb. */
export async function run(call: Call): Promise<number> {
  const { files, cwd } = call.io;
  const directory = call.positionals[0] ?? "";
  const root = resolve(cwd, directory);
  const diagnostics = new Diagnostics();
  for (const path of sourcesIn(files, root)) {
    diagnostics.report(writingDiagnostics["already-there"], { path: displayPath(directory, path) }, undefined);
  }
  const written = diagnostics.hasErrors ? [] : writeAll(call, root, directory, diagnostics);
  return printReport(call, {
    diagnostics: diagnostics.sorted(),
    directory,
    result: { files: written },
    text: () => (written.length === 0 ? "" : summary(written, directory)),
  });
}

/** Sources that are there already: with them, the new ones would form one package. */
function sourcesIn(files: FileSystem, root: string): readonly string[] {
  try {
    return files
      .readDirectory(root)
      .map(({ name }) => name)
      .filter((name) => name.endsWith(".demarc") || Object.hasOwn(QUICKSTART, name))
      .sort();
  } catch {
    // Where nothing can be read, the write says why it cannot be done.
    return [];
  }
}

/** Writes the files; on a failure takes back those already written. Gives their paths. */
function writeAll(call: Call, root: string, directory: string, diagnostics: Diagnostics): readonly string[] {
  const { files } = call.io;
  const written: string[] = [];
  for (const [path, text] of Object.entries(QUICKSTART)) {
    const goal = join(root, path);
    try {
      files.makeDirectory(root);
      files.writeNew(goal, new TextEncoder().encode(text));
      written.push(path);
    } catch (error) {
      const shown = displayPath(directory, path);
      diagnostics.report(writingDiagnostics["write-failed"], { path: shown, reason: reasonOf(error) }, undefined);
      const begun = errorCode(error) === "EEXIST" ? written : [...written, path];
      for (const one of begun) takeBack(call, join(root, one));
      return [];
    }
  }
  return written;
}

function takeBack(call: Call, path: string): void {
  try {
    if (call.io.files.kindOf(path) === "file") call.io.files.removeFile(path);
  } catch {
    // It was new a moment ago and holds nothing of the user's; the failure that led here is reported.
  }
}

function summary(written: readonly string[], directory: string): string {
  const list = written.map((path) => `  ${displayPath(directory, path)}\n`).join("");
  const at = directory === "" ? "" : ` ${directory}`;
  return `wrote ${countOf(written.length, "file")}:\n${list}next: \`demarc check${at}\`, then \`demarc compile${at}\`\n`;
}
