/** The host over the file system of Node. The only file of the compiler that knows Node. */
import { createHash } from "node:crypto";
import { closeSync, type Dirent, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { compareCodePoints } from "../../grammar/source.js";
import type { DirectoryEntry, Host, HostFailure } from "./host.js";

/** Bytes that one file may have: far above any estate, far below what would exhaust memory. */
export const FILE_LIMIT = 256 * 1024 * 1024;

/** Reads below `root` (the working directory where not given). Relative paths are relative to it. Nothing throws. */
export function nodeHost(root = "."): Host {
  return {
    readDirectory(path: string): readonly DirectoryEntry[] | HostFailure {
      try {
        const at = resolve(root, path);
        const entries = readdirSync(at, { withFileTypes: true });
        return entries.map((entry) => describe(at, entry)).sort((a, b) => compareCodePoints(a.name, b.name));
      } catch (thrown) {
        return failureOf(thrown, path);
      }
    },
    readFile(path: string): Uint8Array | HostFailure {
      try {
        return readWithLimit(resolve(root, path), path);
      } catch (thrown) {
        return failureOf(thrown, path);
      }
    },
    sha256: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
  };
}

/** Links are followed; one that leads nowhere is neither file nor directory. */
function describe(at: string, entry: Dirent): DirectoryEntry {
  const { name } = entry;
  if (entry.isFile()) return { name, kind: "file" };
  if (entry.isDirectory()) return { name, kind: "directory" };
  if (!entry.isSymbolicLink()) return { name, kind: "other" };
  const target = statSync(join(at, name), { throwIfNoEntry: false });
  const kind = target?.isFile() === true ? "file" : target?.isDirectory() === true ? "directory" : "other";
  return { name, kind, isLink: true };
}

/** Opens once and asks the open file for its kind and size, so that a pipe or device is never read. */
function readWithLimit(at: string, path: string): Uint8Array | HostFailure {
  const kind = statSync(at);
  if (!kind.isFile()) return { failure: "not-a-file", detail: path };
  const file = openSync(at, "r");
  try {
    const { size } = fstatSync(file);
    if (size > FILE_LIMIT) return { failure: "too-large", detail: `${FILE_LIMIT / 1024 / 1024} MiB` };
    const bytes = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const read = readSync(file, bytes, filled, size - filled, filled);
      if (read === 0) break;
      filled += read;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EMFILE: "too many open files",
  ELOOP: "its links go in a circle",
  ENAMETOOLONG: "the name is too long",
  EIO: "the device failed",
};

function failureOf(thrown: unknown, path: string): HostFailure {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (code === "ENOENT") return { failure: "missing", detail: path };
  if (code === "ENOTDIR") return { failure: "not-a-directory", detail: path };
  if (code === "EISDIR") return { failure: "not-a-file", detail: path };
  return { failure: "unreadable", detail: REASONS[code] ?? (code === "" ? "unknown reason" : code) };
}
