/** The schema of kinds is well formed, and the page of the reference is made from it. */
import { kindOf, kinds, kindWords, nestedWords, topWords } from "../../../compiler/schema/kinds.js";
import { kindsManual } from "../../../compiler/schema/manual.js";
import { regions } from "../../../compiler/schema/regions.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { parseFile } from "../../../grammar/parse.js";
import { SourceFile } from "../../../grammar/source.js";
import { assert, matchFile, suite } from "../../support/harness.js";

suite("the schema of kinds", (test) => {
  test("has the declarations of the language", () => {
    assert.equal(topWords, [
      "estate",
      "segment",
      "cloud",
      "router",
      "external",
      "network",
      "link",
      "service",
      "group",
      "policy",
    ]);
    assert.equal(nestedWords("network"), ["subnet", "host", "attach"]);
    assert.equal(nestedWords("link"), ["carries"]);
    assert.is(kindOf("constructor"), undefined);
  });

  test("gives each property of a kind one meaning", () => {
    for (const word of kindWords) {
      const names = kinds[word].properties.map(({ name }) => name);
      assert.equal(names, [...new Set(names)], word);
      for (const { name, doc } of kinds[word].properties) {
        assert.match(name, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
        assert.match(doc, /^[A-Z].*\.$/, `${word} ${name}`);
      }
    }
  });

  test("has examples that parse", () => {
    for (const word of kindWords) {
      const { example, inside } = kinds[word];
      const diagnostics = new Diagnostics();
      const text = inside.length === 0 ? example : `network outer in a at b { ${example} }`;
      parseFile(new SourceFile("example.demarc", text), diagnostics);
      assert.equal(diagnostics.sorted(), [], word);
    }
  });

  test("knows regions once each, in order", () => {
    for (const names of Object.values(regions)) assert.equal([...new Set(names)].sort(), [...names]);
  });

  test("is the generated page of the reference", () => {
    matchFile("docs/reference/kinds.md", kindsManual());
  });
});
