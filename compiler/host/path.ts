/** Paths with `/`, worked on as texts: the compiler asks no file system what they mean. */

/** Resolves `.`, `..` and empty parts; `..` stays at the front where it leads out. The empty path is `.`. */
export function normalisePath(path: string): string {
  const absolute = path.startsWith("/");
  const out: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") out.push(part);
    else if (out.length > 0 && out.at(-1) !== "..") out.pop();
    else if (!absolute) out.push(part);
  }
  const joined = out.join("/");
  return absolute ? `/${joined}` : joined === "" ? "." : joined;
}

/** A path below (or beside) a directory; an absolute one is taken as it is. */
export function joinPath(directory: string, path: string): string {
  return normalisePath(path.startsWith("/") ? path : `${directory === "" ? "." : directory}/${path}`);
}

/** The directory of a path. */
export function parentPath(path: string): string {
  const clean = normalisePath(path);
  const at = clean.lastIndexOf("/");
  return at < 0 ? "." : at === 0 ? "/" : clean.slice(0, at);
}

/** The last part of a path. */
export function lastPart(path: string): string {
  return normalisePath(path).split("/").at(-1) ?? "";
}
