/** The entries of every diagnostic catalogue of the project. */
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readSources } from "./sources.js";

/** One entry, with the catalogue file it stands in. */
export interface CatalogueEntry {
  readonly file: string;
  readonly name: string;
  readonly code: string;
}

/** What files that hold catalogues are called. */
export const CATALOGUE_FILE = /^(?:catalogue[^/]*|[^/]+-catalogue)\.ts$/;
/** Where they lie. */
export const CATALOGUE_FLOORS = /^(?:grammar|compiler|targets)\//;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The entries of the catalogues that a module exports: tables whose values have a code and a message. */
export function entriesOf(file: string, module: Readonly<Record<string, unknown>>): readonly CatalogueEntry[] {
  const found: CatalogueEntry[] = [];
  for (const table of Object.values(module).filter(isRecord)) {
    for (const [key, entry] of Object.entries(table)) {
      if (!isRecord(entry) || typeof entry.code !== "string" || typeof entry.message !== "function") continue;
      found.push({ file, name: typeof entry.name === "string" ? entry.name : key, code: entry.code });
    }
  }
  return found;
}

/** Every catalogue file and every entry. Throws where a catalogue file exports none. */
export async function readCatalogues(): Promise<{
  readonly files: readonly string[];
  readonly entries: readonly CatalogueEntry[];
}> {
  const paths = readSources().map(({ path }) => path);
  const files = paths.filter((path) => CATALOGUE_FLOORS.test(path) && CATALOGUE_FILE.test(basename(path)));
  const entries: CatalogueEntry[] = [];
  for (const file of files) {
    const module: unknown = await import(pathToFileURL(resolve(file)).href);
    const own = isRecord(module) ? entriesOf(file, module) : [];
    if (own.length === 0) throw new Error(`${file} exports no catalogue`);
    entries.push(...own);
  }
  return { files, entries };
}
