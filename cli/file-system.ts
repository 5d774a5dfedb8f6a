/** The file system as the command line uses it: a narrow interface, so that tests can make any step of it fail. */
import * as fs from "node:fs";

/** One entry of a directory. */
export interface FileEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "other";
}

/** Synchronous calls with the errors of `node:fs` (an `Error` with a `code`). Paths are absolute. */
export interface FileSystem {
  readFile(path: string): Uint8Array;
  /** Writes a new file and brings it to the disk; fails where the file exists. `mode` are its permissions, if not the usual. */
  writeNew(path: string, bytes: Uint8Array, mode?: number): void;
  /** The path with all links followed; fails where nothing is there. */
  realPath(path: string): string;
  /** The permissions of a file. */
  modeOf(path: string): number;
  copyFile(from: string, to: string): void;
  rename(from: string, to: string): void;
  removeFile(path: string): void;
  /** Removes a directory that is empty; fails where it is not. */
  removeEmptyDirectory(path: string): void;
  /** Removes a directory with all that is in it. */
  removeTree(path: string): void;
  makeDirectory(path: string): void;
  readDirectory(path: string): readonly FileEntry[];
  /** What is at a path, without following a link; undefined where nothing is. */
  kindOf(path: string): "file" | "directory" | "other" | undefined;
}

function entryKind(entry: { isFile(): boolean; isDirectory(): boolean }): FileEntry["kind"] {
  if (entry.isFile()) return "file";
  return entry.isDirectory() ? "directory" : "other";
}

/** The file system of the machine. */
export const nodeFiles: FileSystem = {
  readFile: (path) => fs.readFileSync(path),
  writeNew: (path, bytes, mode) => {
    const handle = fs.openSync(path, "wx", mode);
    try {
      fs.writeFileSync(handle, bytes);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  },
  realPath: (path) => fs.realpathSync(path),
  modeOf: (path) => fs.statSync(path).mode & 0o777,
  copyFile: (from, to) => fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL),
  rename: (from, to) => fs.renameSync(from, to),
  removeFile: (path) => fs.unlinkSync(path),
  removeEmptyDirectory: (path) => fs.rmdirSync(path),
  removeTree: (path) => fs.rmSync(path, { recursive: true, force: true }),
  makeDirectory: (path) => {
    fs.mkdirSync(path, { recursive: true });
  },
  readDirectory: (path) =>
    fs.readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: entryKind(entry) })),
  kindOf: (path) => {
    try {
      const found = fs.lstatSync(path, { throwIfNoEntry: false });
      return found === undefined ? undefined : entryKind(found);
    } catch (error) {
      // What may not even be looked at is something: the call that follows says why it cannot be used.
      return errorCode(error) === "ENOTDIR" ? undefined : "other";
    }
  },
};

/** The code of a file system's error (`ENOSPC`), where it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "there is no such file or directory",
  ENOTDIR: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  EEXIST: "it exists already",
  ENOTEMPTY: "the directory is not empty",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  EXDEV: "it lies on another file system",
};

/** Why a call failed, in a user's words. */
export function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined) return REASONS[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}
