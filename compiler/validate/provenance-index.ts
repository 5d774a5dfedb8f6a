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
