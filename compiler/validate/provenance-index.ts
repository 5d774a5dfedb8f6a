/** Finds the source of a place in an artefact: of the innermost emitted block that holds it. */
import type { Span } from "../../grammar/source.js";
import type { ArtefactPlace } from "./readback.js";

/** Where an emitted block comes from, as targets say it. */
export interface BlockSource {
  readonly file: string;
  /** A JSON pointer, or a range of lines from 1. */
  readonly at: string | { readonly firstLine: number; readonly lastLine: number };
  readonly source: Span;
}

/** A lookup over blocks, which are asked for only once something has to be looked up. */
export function provenanceIndex(blocks: () => readonly BlockSource[]): (place: ArtefactPlace) => Span | undefined {
  let byFile: ReadonlyMap<string, readonly BlockSource[]> | undefined;
  return (place) => {
    byFile ??= grouped(blocks());
    const holding = (byFile.get(place.file) ?? []).filter((one) => holds(one, place.at));
    return holding.sort((a, b) => sizeOf(a) - sizeOf(b))[0]?.source;
  };
}

/** A file with its text. */
interface TextFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Finds the line of a file as it is made now for a line of the same file as somebody has it: an equal one. A line that is
 * not there now has no source, which is line 0.
 */
export function lineFinder(
  made: () => readonly TextFile[],
  given: readonly TextFile[] | undefined,
): (place: ArtefactPlace) => ArtefactPlace {
  return (place) => {
    if (given === undefined || typeof place.at === "string") return place;
    const text = (files: readonly TextFile[]): readonly string[] =>
      files.find((one) => one.path === place.file)?.text.split("\n") ?? [];
    const line = text(given)[place.at - 1];
    return { file: place.file, at: line === undefined ? 0 : text(made()).indexOf(line) + 1 };
  };
}

function grouped(blocks: readonly BlockSource[]): ReadonlyMap<string, readonly BlockSource[]> {
  const out = new Map<string, BlockSource[]>();
  for (const block of blocks) {
    const list = out.get(block.file);
    if (list === undefined) out.set(block.file, [block]);
    else list.push(block);
  }
  return out;
}

function holds({ at }: BlockSource, place: string | number): boolean {
  if (typeof at === "string") return typeof place === "string" && (place === at || place.startsWith(`${at}/`));
  return typeof place === "number" && at.firstLine <= place && place <= at.lastLine;
}

/** The smaller the more exact: lines held, or a longer pointer. */
function sizeOf({ at }: BlockSource): number {
  return typeof at === "string" ? -at.length : at.lastLine - at.firstLine;
}
