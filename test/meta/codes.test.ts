/** Diagnostic codes: well formed and unique over all catalogues. */
import { basename } from "node:path";
import {
  CATALOGUE_FILE,
  CATALOGUE_FLOORS,
  type CatalogueEntry as Entry,
  entriesOf,
  readCatalogues,
} from "../support/catalogues.js";
import { assert, suite } from "../support/harness.js";
import { importsOf, readSources } from "../support/sources.js";

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
    const { files, entries } = await readCatalogues();
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
        CATALOGUE_FLOORS.test(source.path) &&
        /\bcatalogue\(/.test(source.text) &&
        importsOf(source).some(({ target }) => target === "grammar/diagnostic.ts"),
    );
    assert.equal(
      makers.map(({ path }) => path).filter((path) => !CATALOGUE_FILE.test(basename(path))),
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
