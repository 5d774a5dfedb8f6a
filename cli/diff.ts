/** What a compile would change, as unified diffs grouped by place. */
import { createTwoFilesPatch } from "diff";
import { safeText } from "../compiler/diagnostics/render/cells.js";
import { countOf, type Paint } from "../compiler/diagnostics/render/pretty.js";
import type { WritePlan } from "../compiler/emit.js";
import { LOCK_FILE } from "../compiler/lock-file.js";
import { compareCodePoints } from "../grammar/source.js";

/** The unified diff of one file; an absent side is an empty file. */
export function fileDiff(path: string, before: string | undefined, after: string | undefined): string {
  const old = before === undefined ? "/dev/null" : `a/${path}`;
  const now = after === undefined ? "/dev/null" : `b/${path}`;
  const patch = createTwoFilesPatch(old, now, before ?? "", after ?? "", undefined, undefined, { context: 3 });
  // The first line is a rule that unified diffs do not need.
  return patch.replace(/^=+\n/, "");
}

/** One changed file. */
interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** All diffs of a plan and the lock, grouped by place, with a summary at the end. */
export function diffText(
  plan: WritePlan,
  lock: { readonly before: string | undefined; readonly text: string },
  paint: Paint,
): string {
  const changes: Change[] = [
    ...plan.files.map(({ path, before, text }) => ({ path, before, after: text })),
    ...plan.removed.map(({ path, before }) => ({ path, before, after: undefined })),
    { path: LOCK_FILE, before: lock.before, after: lock.text },
  ].filter(({ before, after }) => before !== after);
  const groups = new Map<string, Change[]>();
  for (const change of changes.sort((a, b) => compareCodePoints(a.path, b.path))) {
    const place = placeOf(change.path);
    groups.set(place, [...(groups.get(place) ?? []), change]);
  }
  const parts = [...groups].map(([place, members]) => {
    const diffs = members.map(({ path, before, after }) => paintedDiff(fileDiff(path, before, after), paint));
    return `${paint.bold(`${place}: ${countOf(members.length, "file")}`)}\n\n${diffs.join("\n")}`;
  });
  const total = changes.length === 0 ? "nothing would change" : `${countOf(changes.length, "file")} would change`;
  return `${[...parts, `${total}; nothing was written`].join("\n")}\n`;
}

/** The folder of a place (`aws/111122223333`, `routers/chi`, `links/dx`), else what the whole estate has. */
function placeOf(path: string): string {
  const parts = path.split("/");
  return parts.length > 2 ? parts.slice(0, 2).join("/") : parts.length === 2 ? (parts[0] ?? path) : "estate";
}

/** A diff in colours. */
export function paintedDiff(diff: string, paint: Paint): string {
  return safeText(diff.replace(/\r$/gm, ""))
    .split("\n")
    .map((line) => {
      if (line.startsWith("+++") || line.startsWith("---")) return paint.bold(line);
      if (line.startsWith("+")) return paint.good(line);
      if (line.startsWith("-")) return paint.error(line);
      return line.startsWith("@@") ? paint.info(line) : line;
    })
    .join("\n");
}
