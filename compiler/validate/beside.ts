/** Files of an output that no reader judges and that people load or trust all the same: held against what a compile writes. */
import type { Refusal } from "./readback.js";
import type { TargetReading } from "./validate.js";

/** A file by its path in the output. */
interface File {
  readonly path: string;
  readonly text: string;
}

const LOADED = /\.(?:json|set|conf)$/;

/** Refusals of given files as a reading of its own; none where every file is read, or as a compile would write it. Other folders count only where `everything` is asked for. */
export function readBeside(
  given: readonly File[],
  outputs: ReadonlyMap<string, { readonly artefacts: readonly File[] }>,
  readings: readonly TargetReading[],
  everything: boolean,
): readonly TargetReading[] {
  const judged = new Set(readings.flatMap(({ result }) => result?.files ?? []));
  const unread = new Set(readings.filter(({ result }) => result === undefined).map(({ target }) => target));
  const made = new Map<string, string>();
  const folders = new Set<string | undefined>();
  for (const [target, { artefacts }] of outputs) {
    for (const { path, text } of artefacts) {
      folders.add(path.split("/")[0]);
      if (!unread.has(target)) made.set(path, text);
    }
  }
  const refusals = given.flatMap(({ path, text }): readonly Refusal[] => {
    const refuse = (why: string): readonly Refusal[] => [{ place: { file: path, at: 1 }, what: path, why }];
    if (everything && path.includes("/") && !folders.has(path.split("/")[0]))
      return refuse("the design has no such folder");
    const meant = made.get(path);
    if (judged.has(path) || meant === undefined || meant === text || !LOADED.test(path)) return [];
    return refuse("it is not what a compile of this source writes");
  });
  if (refusals.length === 0) return [];
  const nothing = { devices: [], tables: [], channels: [], interfaces: [], attachments: [], filters: [], bindings: [] };
  const readback = { target: "files", ...nothing, assumptions: [] };
  return [{ target: "files", places: [], result: { readback, files: [], refusals } }];
}
