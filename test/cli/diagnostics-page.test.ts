/** The page of diagnostics says what `demarc explain` says. */
import { allDiagnostics } from "../../cli/explanations.js";
import { diagnosticsPage } from "../../compiler/diagnostics/page.js";
import { assert, matchFile, suite } from "../support/harness.js";

suite("the page of diagnostics", (test) => {
  test("is made from the catalogues", () => {
    matchFile("docs/reference/diagnostics.md", diagnosticsPage(allDiagnostics));
  });

  test("has every diagnostic once, in its chapter", () => {
    const page = diagnosticsPage(allDiagnostics);
    for (const { code, name } of allDiagnostics) {
      assert.is(page.split(`\n### ${code} ${name}\n`).length, 2, `${code} ${name}`);
    }
  });

  test("refuses a code that no chapter is for", () => {
    const stray = { code: "DMC7001", name: "stray", severity: "error", text: "No chapter." } as const;
    assert.throws(() => diagnosticsPage([stray]), "DMC7001 lies in no chapter of the page of diagnostics");
  });
});
