/** The pages of guard rails are those that the annotations and fixtures give. `DEMARC_UPDATE=1` writes them anew. */
import { readFileSync } from "node:fs";
import { guardRailsPage, rulePage } from "../../compiler/guard/rule-pages.js";
import { assert, matchFile, suite } from "../support/harness.js";
import { libraryManifest } from "./library.js";
import { folderOf } from "./support.js";

suite("the pages of guard rails", (test) => {
  const manifest = libraryManifest();

  test("are the reference that ships", () => {
    matchFile("docs/reference/guard-rails.md", guardRailsPage(manifest));
  });

  for (const [name, rule] of manifest.rules) {
    test(`have one for ${name}, with its example`, () => {
      const read = (file: string): string => readFileSync(`fixtures/guard/${name}/${file}`, "utf8");
      const example = {
        violating: read("violating.demarc"),
        findings: read("findings.txt"),
        conforming: read("conforming.demarc"),
      };
      matchFile(`${folderOf(name, rule)}/rule.md`, rulePage(rule, example));
    });
  }

  test("refuse a rule of a category that they have no chapter for", () => {
    const [first] = manifest.rules.values();
    assert.ok(first);
    const rules = new Map([[first.name, { ...first, category: "weather" }]]);
    assert.throws(() => guardRailsPage({ rules }), "`weather` has no chapter");
  });
});
