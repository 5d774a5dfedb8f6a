/** A host over texts in memory: for tests, editors and browsers. */
import { compareCodePoints } from "../../grammar/source.js";
import type { DirectoryEntry, Host, HostFailure } from "./host.js";

/** Serves `files` (path to text or bytes); directories exist where a file lies below them. */
export function memoryHost(files: Readonly<Record<string, string | Uint8Array>>): Host {
  const clean = new Map(Object.entries(files).map(([path, text]) => [normalise(path), text] as const));
  return {
    readDirectory(path: string): readonly DirectoryEntry[] | HostFailure {
      const at = normalise(path);
      const prefix = at === "" ? "" : `${at}/`;
      const entries = new Map<string, DirectoryEntry>();
      for (const file of clean.keys()) {
        if (!file.startsWith(prefix)) continue;
        const [name = "", ...rest] = file.slice(prefix.length).split("/");
        entries.set(name, { name, kind: rest.length > 0 ? "directory" : "file" });
      }
      if (clean.has(at)) return { failure: "not-a-directory", detail: path };
      if (entries.size === 0 && at !== "") return { failure: "missing", detail: path };
      return [...entries.values()].sort((a, b) => compareCodePoints(a.name, b.name));
    },
    readFile(path: string): Uint8Array | HostFailure {
      const content = clean.get(normalise(path));
      if (content === undefined) return { failure: "missing", detail: path };
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
  };
}

/** Resolves `.` and `..` and drops a leading `./`. */
function normalise(path: string): string {
  const out: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") out.pop();
    else out.push(part);
  }
  return out.join("/");
}
