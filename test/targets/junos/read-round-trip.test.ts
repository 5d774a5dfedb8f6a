/** The reader takes everything that the printers can print. */
import { generateEstate } from "../../../bench/generate.js";
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import { checkProject } from "../../../compiler/driver.js";
import { memoryHost } from "../../../compiler/host/memory.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { readJunos } from "../../../targets/junos/read.js";
import { registry } from "../../../targets/registry.js";
import { CASE_DAY } from "../../support/cases.js";
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

  test(
    "refuses nothing of generated estates",
    async () => {
      for (const [rules, seed] of [
        [40, 1],
        [60, 2],
        [120, 3],
      ] as const) {
        const host = memoryHost(Object.fromEntries(generateEstate({ rules, seed })));
        const request = { host, path: ".", directory: ".", today: CASE_DAY, registry, purpose: "check" } as const;
        const artefacts = (await checkProject(request)).outputs.get("junos")?.artefacts ?? [];
        assert.ok(artefacts.length > 0);
        assert.equal(readJunos(artefacts).refusals, []);
      }
    },
    { timeout: 120_000 },
  );
});
