/** What a compile would change, as unified diffs grouped by place. */
import { createTwoFilesPatch } from "diff";
import { safeText } from "../compiler/diagnostics/render/cells.js";
import { countOf, type Paint } from "../compiler/diagnostics/render/pretty.js";
import type { WritePlan } from "../compiler/emit.js";
import { LOCK_FILE } from "../compiler/lock-file.js";
import { MANIFEST_FILE } from "../compiler/manifest.js";
import { PROVENANCE_FILE } from "../compiler/outputs.js";
import { compareCodePoints } from "../grammar/source.js";

/** The unified diff of one file; an absent side is an empty file. */
export function fileDiff(path: string, before: string | undefined, after: string | undefined): string {
  const old = before === undefined ? "/dev/null" : `a/${path}`;
  const now = after === undefined ? "/dev/null" : `b/${path}`;
  const patch = createTwoFilesPatch(old, now, before ?? "", after ?? "", undefined, undefined, { context: 3 });
  // The first line is a rule that unified diffs do not need.
  return patch.replace(/^=+\n/, "");
}

/** The group of what the whole estate has. */
const ESTATE = "estate";

/** One changed file. */
interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** True for a file that follows from all others: it changes with every line of the source, and its diff tells nothing more. */
export function isDerived(path: string): boolean {
  return path === PROVENANCE_FILE || path === MANIFEST_FILE || path.startsWith("report/");
}

/**
 * All diffs of a plan and the lock, grouped by place: what is loaded somewhere, then the lock, then one line for each
 * derived file, and a summary at the end.
 */
export function diffText(
  plan: WritePlan,
  lock: { readonly before: string | undefined; readonly text: string },
  paint: Paint,
): string {
  const changes: Change[] = [
    ...plan.files.map(({ path, before, text }) => ({ path, before, after: text })),
    ...plan.removed.map(({ path, before }) => ({ path, before, after: undefined })),
    { path: plan.manifest.path, before: plan.manifest.before, after: plan.manifest.text },
    { path: LOCK_FILE, before: lock.before, after: lock.text },
  ].filter(({ before, after }) => before !== after);
  const groups = new Map<string, Change[]>();
  const sorted = changes.sort((a, b) => compareCodePoints(a.path, b.path));
  for (const change of sorted.filter(({ path }) => !isDerived(path))) {
    const place = placeOf(change.path);
    groups.set(place, [...(groups.get(place) ?? []), change]);
  }
  const places = [...groups].sort(([a], [b]) => Number(a === ESTATE) - Number(b === ESTATE));
  const parts = places.map(([place, members]) => {
    const diffs = members.map(({ path, before, after }) => paintedDiff(fileDiff(path, before, after), paint));
    return `${paint.bold(`${place}: ${countOf(members.length, "file")}`)}\n\n${diffs.join("\n")}`;
  });
  const derived = sorted.filter(({ path }) => isDerived(path)).map(({ path }) => `${safeText(path)} would change`);
  if (derived.length > 0) parts.push(`${derived.join("\n")}\n`);
  const total = changes.length === 0 ? "nothing would change" : `${countOf(changes.length, "file")} would change`;
  return `${[...parts, `${total}; nothing was written`].join("\n")}\n`;
}

/** The folder of a place (`aws/111122223333`, `routers/chi`, `links/dx`), else what the whole estate has. */
function placeOf(path: string): string {
  const parts = path.split("/");
  return parts.length > 2 ? parts.slice(0, 2).join("/") : parts.length === 2 ? (parts[0] ?? path) : ESTATE;
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
