/**
 * Every diagnostic of every catalogue is produced by a test: its code stands at the head of a case's baseline, or its
 * code or name in a text of a test file that says what is to be found. Texts are looked at, not what happens to be
 * reported in a run: property tests report by chance, and a finding that nobody expects is not tested.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type CatalogueEntry, readCatalogues } from "../support/catalogues.js";
import { assert, suite } from "../support/harness.js";
import { parseSource, readSources, type Source, walk } from "../support/sources.js";

/** Test files that name diagnostics without producing them. */
const NAMING_ONLY = /^test\/meta\/|^test\/cli\/explanations\.test\.ts$/;

function stringsOf(source: Source): readonly string[] {
  const found: string[] = [];
  walk(source.tree, (node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) found.push(node.text);
    // The keys of a table of expectations.
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) found.push(node.name.text);
  });
  return found;
}

/** The codes and names that texts of a test say: a code anywhere, a name of several words as a word of its own. */
function mentions(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.match(/DMC\d{4}|[a-z0-9]+(?:-[a-z0-9]+)+/g) ?? []));
}

function baselineTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("diagnostics.txt"))
    .map((path) => readFileSync(join(folder, path), "utf8").split("\n", 1)[0] ?? "");
}

function untested(entries: readonly CatalogueEntry[], said: ReadonlySet<string>): readonly string[] {
  return entries
    .filter(({ code, name }) => !said.has(code) && !said.has(name))
    .map(({ code, name, file }) => `${code} ${name} of ${file}`);
}

suite("every diagnostic", (test) => {
  test("is produced by a test", async () => {
    const { entries } = await readCatalogues();
    const tests = readSources().filter(({ path }) => path.startsWith("test/") && !NAMING_ONLY.test(path));
    const said = mentions([...tests.flatMap(stringsOf), ...baselineTexts("fixtures/cases")]);
    assert.ok(said.has("DMC0101"));
    assert.is(untested(entries, said).join("\n"), "");
  });

  test("is judged by a check that finds one that no test names", () => {
    const entries = [
      { file: "a-catalogue.ts", code: "DMC0101", name: "open-gate" },
      { file: "a-catalogue.ts", code: "DMC0102", name: "closed-gate" },
      { file: "a-catalogue.ts", code: "DMC0103", name: "gate" },
    ];
    const text = '// "gate" in a comment\nconst expected = ["1:2 DMC0101", { "closed-gate": 1 }, "open-gate-way"];';
    const said = mentions(stringsOf(parseSource("test/gate.test.ts", text)));
    assert.equal(untested(entries, said), ["DMC0103 gate of a-catalogue.ts"]);
  });
});
