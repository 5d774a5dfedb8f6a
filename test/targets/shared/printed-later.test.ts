/** Printing happens when files or provenance are read, and once. */
import { checkProject } from "../../../compiler/driver.js";
import { memoryHost } from "../../../compiler/host/memory.js";
import { printedLater } from "../../../targets/shared/printed-later.js";
import { readEstate } from "../../fixtures/packages.js";
import { assert, suite } from "../../support/harness.js";

suite("an output that is printed later", (test) => {
  test("prints nothing until it is asked for text, then once", () => {
    let count = 0;
    const print = () => {
      count++;
      return { artefacts: [{ path: "a", text: "b\n" }], provenance: [] };
    };
    const output = printedLater(print, { headroom: [], remarks: [] });
    assert.equal([output.headroom, output.remarks], [[], []]);
    assert.is(count, 0);
    assert.equal(output.artefacts, [{ path: "a", text: "b\n" }]);
    assert.equal(output.provenance, []);
    assert.is(output.artefacts, output.artefacts);
    assert.is(count, 1);
  });

  test("is not printed by a check", async () => {
    let count = 0;
    const target = {
      name: "aws",
      summary: "counts",
      serves: () => ["use1", "chi"],
      compile: () => {
        const print = () => {
          count++;
          return { artefacts: [], provenance: [] };
        };
        return printedLater(print, { headroom: [], remarks: [] });
      },
    };
    const judge = (purpose: "check" | "compile") =>
      checkProject({
        host: memoryHost(readEstate("quickstart")),
        path: "",
        directory: "",
        today: { year: 2027, month: 1, day: 15 },
        registry: { targets: [target], documents: () => [] },
        purpose,
      });
    const { failed, outputs } = await judge("check");
    assert.equal([failed, outputs.size, count], [false, 1, 0]);
    const compiled = await judge("compile");
    assert.equal(compiled.outputs.get("aws")?.artefacts, []);
    assert.is(count, 1);
  });
});
