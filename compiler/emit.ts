/**
 * From would-be output to a plan of writing: which files are new, changed, the same or to be removed, and the manifest
 * that will describe them. Decides everything that can go wrong with what is there already; carrying the plan out is the
 * command line's business.
 */
import type { Diagnostics } from "../grammar/diagnostic.js";
import { compareCodePoints } from "../grammar/source.js";
import type { Artefact } from "./contract.js";
import { writingDiagnostics as kinds } from "./diagnostics/writing-catalogue.js";
import { failureReason, type Host, isFailure } from "./host/host.js";
import {
  type DigestedFile,
  MANIFEST_FILE,
  type Manifest,
  type ManifestFile,
  manifestText,
  readManifest,
} from "./manifest.js";
import { sha256 } from "./sha256.js";

/** Name of the staging directory, inside the output directory. It exists only while a write is under way. */
export const STAGING = ".demarc-staging";

/** A file of the new output and the target that made it (absent: the whole estate). */
export interface OutputFile extends Artefact {
  readonly target?: string;
}

/** Everything a compile wants to write. */
export interface WouldBeOutput {
  /** All files but the manifest. */
  readonly files: readonly OutputFile[];
  /** Targets whose files are made anew; absent: all, so that files of any other target are removed. */
  readonly targets?: readonly string[];
  readonly about: Omit<Manifest, "files">;
}

/** One file to write. `before` is its present text, where it has one. */
export interface PlannedFile extends DigestedFile {
  readonly text: string;
  readonly target?: string;
  readonly state: "new" | "changed" | "same";
  readonly before?: string;
}

/** What to do to the output directory. Paths are relative to it. */
export interface WritePlan {
  /** Sorted by path, the manifest apart. */
  readonly files: readonly PlannedFile[];
  /** Files of the previous output that no longer exist, with their present text. Sorted by path. */
  readonly removed: readonly { readonly path: string; readonly target?: string; readonly before: string }[];
  readonly manifest: PlannedFile;
}

/** Where the output goes and what may be overwritten. */
export interface PlanOptions {
  readonly host: Host;
  /** The output directory as the host knows it, and as findings name it. */
  readonly directory: string;
  readonly shown: string;
  /** Overwrite what was edited, and write beside what is not ours. */
  readonly force: boolean;
}

/** Plans the writing of an output. Faults are reported; then the plan is undefined and nothing may be written. */
export function planOutput(
  output: WouldBeOutput,
  options: PlanOptions,
  diagnostics: Diagnostics,
): WritePlan | undefined {
  const before = diagnostics.errorCount;
  const present = readPresent(options, diagnostics);
  if (present === undefined) return undefined;
  const files = output.files.map((file) => plannedFile(file, present, options, diagnostics));
  const kept = present.files.filter((file) => isKept(file, output, files));
  reportClashes([...files, ...kept], diagnostics);
  const paths = new Set([...files, ...kept].map((file) => file.path));
  const removed = present.files
    .filter((file) => !paths.has(file.path))
    .flatMap((file) => removedFile(file, present, options, diagnostics));
  const listed: readonly ManifestFile[] = [
    ...files.map(({ path, sha256, target }) => ({ path, sha256, ...(target === undefined ? {} : { target }) })),
    ...kept,
  ];
  const manifest = manifestOf({ ...output.about, files: listed }, present.manifest);
  if (diagnostics.errorCount > before) return undefined;
  return { files: sorted(files), removed: sorted(removed), manifest };
}

function sorted<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  return [...files].sort((a, b) => compareCodePoints(a.path, b.path));
}

/** What the output directory holds before the write. */
interface Present {
  readonly manifest?: string;
  readonly files: readonly ManifestFile[];
  readonly digests: ReadonlyMap<string, string>;
  /** The text of a file, undefined where there is none. */
  readonly text: (path: string) => string | undefined;
}

function readPresent(options: PlanOptions, diagnostics: Diagnostics): Present | undefined {
  const { host, directory, shown, force } = options;
  const text = (path: string): string | undefined => {
    const bytes = host.readFile(joined(directory, path));
    if (!isFailure(bytes)) return new TextDecoder().decode(bytes);
    if (bytes.failure !== "missing" && bytes.failure !== "not-a-directory") {
      diagnostics.report(kinds["output-unreadable"], { path, reason: failureReason(bytes) }, undefined);
    }
    return undefined;
  };
  const nothing = { files: [], digests: new Map<string, string>(), text };
  const entries = host.readDirectory(directory);
  if (isFailure(entries)) {
    if (entries.failure === "missing") return nothing;
    diagnostics.report(kinds["output-unreadable"], { path: shown, reason: failureReason(entries) }, undefined);
    return undefined;
  }
  const manifest = text(MANIFEST_FILE);
  if (manifest === undefined) {
    const isForeign = entries.some(({ name }) => name !== STAGING);
    if (isForeign && !force) diagnostics.report(kinds["foreign-output"], { directory: shown }, undefined);
    return nothing;
  }
  const read = readManifest(manifest);
  if ("fault" in read) {
    if (!force) diagnostics.report(kinds["broken-manifest"], { reason: read.fault }, undefined);
    return { ...nothing, manifest };
  }
  return { manifest, files: read.files, digests: new Map(read.files.map((file) => [file.path, file.sha256])), text };
}

function joined(directory: string, path: string): string {
  return directory === "" ? path : `${directory}/${path}`;
}

function plannedFile(file: OutputFile, present: Present, options: PlanOptions, diagnostics: Diagnostics): PlannedFile {
  const planned = { ...file, sha256: digestOf(options.host, file.text) };
  const before = present.text(file.path);
  if (before === undefined) return { ...planned, state: "new" };
  if (before === file.text) return { ...planned, state: "same", before };
  const digest = present.digests.get(file.path);
  if (!options.force) {
    if (digest === undefined) diagnostics.report(kinds["foreign-file"], { path: file.path }, undefined);
    else if (digest !== digestOf(options.host, before))
      diagnostics.report(kinds["edited-artefact"], { path: file.path }, undefined);
  }
  return { ...planned, state: "changed", before };
}

function removedFile(
  file: ManifestFile,
  present: Present,
  options: PlanOptions,
  diagnostics: Diagnostics,
): WritePlan["removed"] {
  const before = present.text(file.path);
  if (before === undefined) return [];
  if (!options.force && digestOf(options.host, before) !== file.sha256) {
    diagnostics.report(kinds["edited-artefact"], { path: file.path }, undefined);
  }
  return [{ path: file.path, before, ...(file.target === undefined ? {} : { target: file.target }) }];
}

/** With `--target`, files and entries of the other targets stay. */
function isKept(file: ManifestFile, output: WouldBeOutput, files: readonly PlannedFile[]): boolean {
  if (output.targets === undefined || file.target === undefined || output.targets.includes(file.target)) return false;
  return !files.some((one) => one.path === file.path);
}

/** Two paths that differ in case alone are one file on many machines. */
function reportClashes(files: readonly DigestedFile[], diagnostics: Diagnostics): void {
  const seen = new Map<string, string>();
  for (const { path } of sorted(files)) {
    const folded = path.toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) diagnostics.report(kinds["path-clash"], { path, other }, undefined);
    else seen.set(folded, path);
  }
}

function manifestOf(manifest: Manifest, before: string | undefined): PlannedFile {
  const text = manifestText(manifest);
  const state = before === undefined ? "new" : before === text ? "same" : "changed";
  return { path: MANIFEST_FILE, text, sha256: sha256(text), state, ...(before === undefined ? {} : { before }) };
}

function digestOf(host: Host, text: string): string {
  return host.sha256?.(text) ?? sha256(text);
}
