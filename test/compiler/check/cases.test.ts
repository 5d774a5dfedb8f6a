/** Every case of `fixtures/cases` reports exactly what its baseline says. */
import { join } from "node:path";
import { checkTexts, readCases, renderFindings } from "../../support/cases.js";
import { assert, matchFile, suite } from "../../support/harness.js";

suite("the cases", (test) => {
  for (const { name, directory, files } of readCases()) {
    test(name, () => {
      assert.ok(Object.keys(files).length > 0, `${directory} holds no source`);
      const { diagnostics } = checkTexts(files);
      matchFile(join(directory, "diagnostics.txt"), renderFindings(diagnostics));
    });
  }
});
