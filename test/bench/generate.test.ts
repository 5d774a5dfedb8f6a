/** The estates of the benchmarks: of the size asked for, the same for the same seed, and well formed. */
import { generateEstate } from "../../bench/generate.js";
import { median } from "../../bench/measure.js";
import { tableText } from "../../bench/table.js";
import { checkProject } from "../../compiler/driver.js";
import { memoryHost } from "../../compiler/host/memory.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { parseFile } from "../../grammar/parse.js";
import { SourceFile } from "../../grammar/source.js";
import { registry } from "../../targets/registry.js";
import { assert, suite } from "../support/harness.js";

function rulesIn(files: ReadonlyMap<string, string>): number {
  return [...files.values()].join("\n").split(/^ {2}allow /m).length - 1;
}

suite("estates of the benchmarks", (test) => {
  test("have as many rules as asked for", () => {
    for (const rules of [1, 30, 1_000]) assert.is(rulesIn(generateEstate({ rules, seed: 1 })), rules);
  });

  test("are the same for the same seed, and others for another", () => {
    const texts = (seed: number): string => JSON.stringify([...generateEstate({ rules: 60, seed })]);
    assert.is(texts(7), texts(7));
    assert.ok(texts(7) !== texts(8));
  });

  test("parse without a finding", () => {
    for (const [path, text] of generateEstate({ rules: 1_000, seed: 3 })) {
      if (!path.endsWith(".demarc")) continue;
      const diagnostics = new Diagnostics();
      parseFile(new SourceFile(path, text), diagnostics);
      assert.equal(
        diagnostics.sorted().map(({ message }) => message),
        [],
      );
    }
  });

  test(
    "compile for both targets, with every proof",
    async () => {
      const project = await checkProject({
        host: memoryHost(Object.fromEntries(generateEstate({ rules: 400, seed: 5 }))),
        path: "",
        directory: "",
        today: { year: 2027, month: 1, day: 15 },
        registry,
        purpose: "compile",
      });
      assert.equal(
        project.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
        [],
      );
      assert.equal([...project.outputs.keys()], ["aws", "junos"]);
      assert.equal([...new Set(project.proofs?.proofs.map(({ status }) => status))], ["proved"]);
    },
    { timeout: 120_000 },
  );
});

suite("measuring", (test) => {
  test("takes the middle one, or the mean of the middle two", () => {
    assert.is(median([5, 1, 9]), 5);
    assert.is(median([4, 1, 9, 2]), 3);
    assert.throws(() => median([]), "no numbers to take the median of");
  });

  test("prints the first column to the left and the others to the right", () => {
    assert.is(tableText(["what", "time"], [["a", "12 ms"]]), "what   time\n----  -----\na     12 ms\n");
  });
});
