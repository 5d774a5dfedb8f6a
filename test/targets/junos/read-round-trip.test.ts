/** The reader takes everything that the printers can print. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { readJunos } from "../../../targets/junos/read.js";
import { assert, suite } from "../../support/harness.js";
import { fixtureRouters } from "./readings.js";
import { smallDesigns } from "./small-designs.js";

suite("the reader of Junos on what is printed", (test) => {
  for (const [name, make] of smallDesigns) {
    test(`refuses nothing of the design ${name}, and reads as many objects as it has`, () => {
      const design: Design = make();
      const { readback, refusals } = readJunos(
        junosTarget.compile(design, defaultSettings, new Diagnostics()).artefacts,
      );
      assert.equal(refusals, []);
      assert.equal(
        readback.devices.map(({ folder }) => folder),
        junosTarget
          .serves(design)
          .map((router) => `routers/${router}`)
          .sort(),
      );
      assert.is(readback.tables.length, design.instances.length);
      const inputs = readback.bindings.filter(({ direction }) => direction === "in");
      assert.is(inputs.length, readback.bindings.length, "nothing is bound outwards");
      assert.equal(
        readback.filters.filter(({ id }) => !inputs.some((one) => one.filters.includes(id))),
        [],
      );
    });
  }

  test(
    "refuses nothing of any case or estate among the fixtures",
    async () => {
      const all = await fixtureRouters();
      assert.ok(all.length >= 10, `only ${all.length} have routers`);
      for (const [name, artefacts] of all) assert.equal(readJunos(artefacts).refusals, [], name);
    },
    { timeout: 120_000 },
  );
});
