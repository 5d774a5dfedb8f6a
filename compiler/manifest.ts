/**
 * The manifest of an output directory: every file with its digest, and digests of what it was made from. It is what
 * tells our files from others, so reading it trusts nothing: a path that leads out of the directory is refused.
 */
import { compareCodePoints } from "../grammar/source.js";
import { jsonText } from "./json/diagnostics.js";

/** Its name, at the top of the output directory. */
export const MANIFEST_FILE = "manifest.json";

/** A file with the SHA-256 of its bytes, in hexadecimal. */
export interface DigestedFile {
  readonly path: string;
  readonly sha256: string;
}

/** A file of the output. `target` is the target that made it; absent for what belongs to the whole estate. */
export interface ManifestFile extends DigestedFile {
  readonly target?: string;
}

/** What an output was made from and of. Digests are SHA-256 in hexadecimal. */
export interface Manifest {
  readonly version: string;
  readonly edition: number;
  readonly sources: readonly DigestedFile[];
  readonly settings?: DigestedFile;
  readonly lock: DigestedFile;
  /** Sorted by path. */
  readonly files: readonly ManifestFile[];
}

/** The text of a manifest. */
export function manifestText(manifest: Manifest): string {
  return jsonText({
    formatVersion: 1,
    tool: { name: "demarc", version: manifest.version },
    edition: manifest.edition,
    sources: byPath(manifest.sources),
    ...(manifest.settings === undefined ? {} : { settings: manifest.settings }),
    lock: manifest.lock,
    files: byPath(manifest.files),
  });
}

/** A manifest's list of files, or why the text is none. */
export type ReadManifest = { readonly files: readonly ManifestFile[] } | { readonly fault: string };

/** Reads a manifest. Only the list of files matters to a later run. Never throws. */
export function readManifest(text: string): ReadManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: "it is not JSON" };
  }
  if (!isRecord(value) || value.formatVersion !== 1) return { fault: "it is not a manifest that this version knows" };
  if (!Array.isArray(value.files)) return { fault: "it has no list of files" };
  const files: ManifestFile[] = [];
  for (const one of value.files as readonly unknown[]) {
    const file = fileOf(one);
    if (file === undefined) return { fault: "an entry of its list of files is damaged" };
    if (!isInside(file.path)) return { fault: `it lists \`${file.path}\`, which leads out of the directory` };
    files.push(file);
  }
  return { files };
}

/** True for a relative path with `/` that stays inside its directory, without parts that lead up and control characters. */
export function isInside(path: string): boolean {
  if (path === "" || /[\\\p{Cc}\p{Zl}\p{Zp}]/u.test(path) || /^[A-Za-z]:/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

function fileOf(value: unknown): ManifestFile | undefined {
  if (!isRecord(value) || typeof value.path !== "string" || typeof value.sha256 !== "string") return undefined;
  if (!/^[0-9a-f]{64}$/.test(value.sha256)) return undefined;
  if (value.target !== undefined && typeof value.target !== "string") return undefined;
  return { path: value.path, sha256: value.sha256, ...(value.target === undefined ? {} : { target: value.target }) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byPath<T extends DigestedFile>(files: readonly T[]): readonly T[] {
  return [...files].sort((a, b) => compareCodePoints(a.path, b.path));
}
