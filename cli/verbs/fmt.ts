/**
 * `demarc fmt [paths]`: the canonical layout. A file with syntax errors is left as it is, and so is one whose formatted
 * text would not say the same. Each file is replaced in one step.
 */
import { dirname, join, resolve } from "node:path";
import { packageCatalogue } from "../../compiler/diagnostics/package-catalogue.js";
import { countOf, type Paint, summaryOf } from "../../compiler/diagnostics/render/pretty.js";
import { writingDiagnostics } from "../../compiler/diagnostics/writing-catalogue.js";
import { decodeUtf8 } from "../../compiler/utf8.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { formatSource } from "../../grammar/format.js";
import { SourceFile } from "../../grammar/source.js";
import type { Call } from "../arguments.js";
import { fileDiff, paintedDiff } from "../diff.js";
import { type FileSystem, reasonOf } from "../file-system.js";
import { type Io, Misuse } from "../io.js";
import { printReport } from "../report.js";
import { EXIT } from "../run.js";

/** What became of one file. */
interface FormattedFile {
  readonly path: string;
  readonly state: "same" | "changed" | "refused";
  readonly before?: string;
  readonly after?: string;
}

/** Runs the verb. */
export async function run(call: Call): Promise<number> {
  const named = call.positionals.length === 0 ? ["."] : call.positionals;
  const diagnostics = new Diagnostics();
  if (named.includes("-")) {
    if (named.length > 1) throw new Misuse("`-` (standard input) stands alone");
    return formatInput(call, diagnostics);
  }
  const paths = named.flatMap((path) => sourcesAt(call.io, path));
  const files = [...new Set(paths)].map((path) => formatOne(call, path, diagnostics));
  return report(call, files, diagnostics);
}

/** Files that a path names: itself, or the sources of a directory (not of directories below it). Throws `Misuse`. */
function sourcesAt(io: Io, path: string): readonly string[] {
  const at = resolve(io.cwd, path);
  if (io.files.kindOf(at) === undefined) throw new Misuse(`there is no file or directory \`${path}\``);
  let names: readonly string[];
  try {
    if (io.files.kindOf(io.files.realPath(at)) !== "directory") return [path];
    names = io.files.readDirectory(at).flatMap(({ name, kind }) => (kind === "directory" ? [] : [name]));
  } catch (error) {
    throw new Misuse(`\`${path}\` cannot be read: ${reasonOf(error)}`);
  }
  const sources = names.filter((name) => name.endsWith(".demarc") && !name.startsWith("."));
  return sources.sort().map((name) => (path === "." ? name : `${path.replace(/\/+$/, "")}/${name}`));
}

function formatOne(call: Call, path: string, diagnostics: Diagnostics): FormattedFile {
  const { io } = call;
  let bytes: Uint8Array;
  try {
    bytes = io.files.readFile(resolve(io.cwd, path));
  } catch (error) {
    diagnostics.report(packageCatalogue["unreadable-file"], { path, reason: reasonOf(error) }, undefined);
    return { path, state: "refused" };
  }
  const formatted = formatBytes(path, bytes, diagnostics);
  if (formatted === undefined) return { path, state: "refused" };
  const { before, after } = formatted;
  if (before === after) return { path, state: "same" };
  if (call.flags.has("check")) diagnostics.report(writingDiagnostics["not-formatted"], { path }, undefined);
  if (call.flags.has("check") || call.flags.has("diff")) return { path, state: "changed", before, after };
  try {
    replaceFile(io.files, resolve(io.cwd, path), after);
  } catch (error) {
    diagnostics.report(writingDiagnostics["write-failed"], { path, reason: reasonOf(error) }, undefined);
    return { path, state: "refused" };
  }
  return { path, state: "changed", before, after };
}

/** The text of some bytes and its canonical form; undefined, and reported, where there is none. */
function formatBytes(
  path: string,
  bytes: Uint8Array,
  diagnostics: Diagnostics,
): { readonly before: string; readonly after: string } | undefined {
  const decoded = decodeUtf8(bytes);
  if (!("text" in decoded)) {
    diagnostics.report(packageCatalogue["not-utf-8"], { path, ...decoded }, undefined);
    return undefined;
  }
  const formatted = formatSource(new SourceFile(path, decoded.text), diagnostics);
  if (formatted === undefined) return undefined;
  return { before: decoded.text, after: withLineEnds(formatted.text, decoded.text) };
}

/** A file that ends every line with CRLF keeps that; any other gets LF. */
function withLineEnds(text: string, before: string): string {
  const isCrlf = before.includes("\r\n") && !/(^|[^\r])\n/.test(before);
  return isCrlf ? text.replace(/\n/g, "\r\n") : text;
}

/** Replaces a file in one step, keeping its permissions. What a link leads to is replaced, not the link. */
function replaceFile(files: FileSystem, path: string, text: string): void {
  const goal = files.realPath(path);
  const staged = join(dirname(goal), `.${process.pid}.demarc-fmt`);
  try {
    files.writeNew(staged, new TextEncoder().encode(text), files.modeOf(goal));
    files.rename(staged, goal);
  } catch (error) {
    if (files.kindOf(staged) !== undefined) files.removeFile(staged);
    throw error;
  }
}

async function formatInput(call: Call, diagnostics: Diagnostics): Promise<number> {
  const formatted = formatBytes("<stdin>", await call.io.stdin(), diagnostics);
  const state = formatted === undefined ? "refused" : formatted.before === formatted.after ? "same" : "changed";
  const file: FormattedFile = { path: "<stdin>", state, ...formatted };
  if (state === "refused" || call.flags.has("diff") || call.flags.has("format"))
    return report(call, [file], diagnostics);
  if (!call.flags.has("check")) {
    call.io.stdout.write(formatted?.after ?? "");
    return EXIT.clean;
  }
  if (state === "changed") diagnostics.report(writingDiagnostics["not-formatted"], { path: "<stdin>" }, undefined);
  return report(call, [file], diagnostics);
}

async function report(call: Call, files: readonly FormattedFile[], diagnostics: Diagnostics): Promise<number> {
  const diff = call.flags.has("diff");
  const diffOf = (file: FormattedFile): string => fileDiff(file.path, file.before ?? "", file.after ?? "");
  return printReport(call, {
    diagnostics: diagnostics.sorted(),
    directory: "",
    result: {
      files: files.map((file) => ({
        path: file.path,
        state: file.state,
        ...(diff && file.state === "changed" ? { diff: diffOf(file) } : {}),
      })),
    },
    text: (paint) => {
      const changed = files.filter((file) => file.state === "changed");
      const diffs = diff ? changed.map((file) => `${paintedDiff(diffOf(file), paint)}\n`).join("") : "";
      return `${diffs}${summaryText(call, files, diagnostics, paint)}`;
    },
  });
}

function summaryText(call: Call, files: readonly FormattedFile[], diagnostics: Diagnostics, paint: Paint): string {
  const count = (state: FormattedFile["state"]): number => files.filter((file) => file.state === state).length;
  const dry = call.flags.has("check") || call.flags.has("diff");
  const list = dry
    ? ""
    : files
        .filter((file) => file.state === "changed")
        .map((file) => `${file.path}\n`)
        .join("");
  const refused =
    count("refused") > 0 ? `, ${count("refused")} left as ${count("refused") === 1 ? "it is" : "they are"}` : "";
  const found = diagnostics.hasErrors ? `: ${summaryOf(diagnostics.sorted())}` : "";
  const verb = dry ? "would change" : "changed";
  const line = `${countOf(count("changed"), "file")} ${verb}, ${count("same")} in order${refused}${found}\n`;
  return `${list}${diagnostics.hasErrors ? paint.error(line.trimEnd()) : line.trimEnd()}\n`;
}
