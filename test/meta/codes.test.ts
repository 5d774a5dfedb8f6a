/** Diagnostic codes: well formed and unique over all catalogues. */
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { assert, suite } from "../support/harness.js";
import { importsOf, readSources } from "../support/sources.js";

interface Entry {
  readonly file: string;
  readonly name: string;
  readonly code: string;
}

const CATALOGUE = /^(?:catalogue[^/]*|[^/]+-catalogue)\.ts$/;
const FLOORS = /^(?:grammar|compiler|targets)\//;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The entries of the catalogues that a module exports: tables whose values have a code and a message. */
function entriesOf(file: string, module: Readonly<Record<string, unknown>>): readonly Entry[] {
  const found: Entry[] = [];
  for (const table of Object.values(module).filter(isRecord)) {
    for (const [key, entry] of Object.entries(table)) {
      if (!isRecord(entry) || typeof entry.code !== "string" || typeof entry.message !== "function") continue;
      found.push({ file, name: typeof entry.name === "string" ? entry.name : key, code: entry.code });
    }
  }
  return found;
}

async function readEntries(): Promise<{ readonly files: readonly string[]; readonly entries: readonly Entry[] }> {
  const paths = readSources().map(({ path }) => path);
  const files = paths.filter((path) => FLOORS.test(path) && CATALOGUE.test(basename(path)));
  const entries: Entry[] = [];
  for (const file of files) {
    const module: unknown = await import(pathToFileURL(resolve(file)).href);
    const own = isRecord(module) ? entriesOf(file, module) : [];
    assert.ok(own.length > 0, `${file} exports no catalogue`);
    entries.push(...own);
  }
  return { files, entries };
}

function duplicates(entries: readonly Entry[], key: "code" | "name"): readonly string[] {
  const first = new Map<string, Entry>();
  const found: string[] = [];
  for (const entry of entries) {
    const earlier = first.get(entry[key]);
    if (earlier === undefined) first.set(entry[key], entry);
    else found.push(`${entry[key]}: ${earlier.file} (${earlier.name}) and ${entry.file} (${entry.name})`);
  }
  return found;
}

suite("diagnostic codes", (test) => {
  test("are DMC and four digits, and unique, as are the names", async () => {
    const { files, entries } = await readEntries();
    assert.ok(files.length > 0, "no catalogue was found");
    assert.equal(
      entries.filter(({ code }) => !/^DMC\d{4}$/.test(code)),
      [],
    );
    assert.equal(
      entries.filter(({ name }) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)),
      [],
    );
    assert.equal(duplicates(entries, "code"), []);
    assert.equal(duplicates(entries, "name"), []);
  });

  test("are declared in catalogue files only", () => {
    const makers = readSources().filter(
      (source) =>
        FLOORS.test(source.path) &&
        /\bcatalogue\(/.test(source.text) &&
        importsOf(source).some(({ target }) => target === "grammar/diagnostic.ts"),
    );
    assert.equal(
      makers.map(({ path }) => path).filter((path) => !CATALOGUE.test(basename(path))),
      [],
    );
  });

  test("are judged by a check that finds a code used twice", () => {
    const message = (): string => "the gate is open";
    const one = entriesOf("a-catalogue.ts", {
      gates: { "open-gate": { code: "DMC0101", name: "open-gate", message } },
    });
    const two = entriesOf("b-catalogue.ts", {
      doors: { "open-door": { code: "DMC0101", name: "open-door", message } },
    });
    assert.is(duplicates([...one, ...two], "code").length, 1);
    assert.is(duplicates([...one, ...two], "name").length, 0);
  });
});
