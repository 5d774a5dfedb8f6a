/** The reader agrees with the tests' own Junos on packets and routes at the boundaries. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { assert, suite } from "../../support/harness.js";
import { sampleFilter, samplePolicy } from "../../support/oracle/junos/samples.js";
import { Random } from "../../support/oracle/random.js";
import { compareFilters, comparePolicies, emptyTally } from "./agreement.js";
import { fixtureRouters, PLAIN, plainWith, routerFiles } from "./readings.js";
import { smallDesigns } from "./small-designs.js";

suite("the reader of Junos and the tests' own Junos", (test) => {
  for (const [name, make] of smallDesigns) {
    test(`admit the same packets and pass the same routes of the design ${name}`, () => {
      const { artefacts } = junosTarget.compile(make(), defaultSettings, new Diagnostics());
      const packets = emptyTally();
      compareFilters(artefacts, new Random(5), 400, packets);
      const share = packets.accepted / packets.judged;
      assert.ok(share > 0.03 && share < 0.9, `${share} of the packets are admitted`);
      const routes = emptyTally();
      comparePolicies(artefacts, new Random(6), 100, routes);
      assert.ok(routes.accepted > routes.judged / 20, `${routes.accepted} of ${routes.judged} routes are accepted`);
    });
  }

  test(
    "agree on every router among the fixtures",
    async () => {
      for (const [, artefacts] of await fixtureRouters()) {
        compareFilters(artefacts, new Random(7), 60, emptyTally());
        comparePolicies(artefacts, new Random(8), 20, emptyTally());
      }
    },
    { timeout: 120_000 },
  );

  test("agree on filters of every condition that is read, platform by platform", () => {
    const random = new Random(11);
    const tally = emptyTally();
    for (let index = 0; index < 200; index++) {
      const lines = sampleFilter(random, index % 3 === 0 ? 6 : 4);
      compareFilters(routerFiles(plainWith(...lines)), random, 60, tally);
    }
    assert.ok(tally.doubtful > tally.judged / 100, "platforms differ of some packets");
    assert.ok(tally.accepted > tally.judged / 10);
  });

  test("agree on policies of every condition that is read", () => {
    const random = new Random(12);
    const tally = emptyTally();
    for (let index = 0; index < 200; index++) {
      const lines = plainWith(...samplePolicy(random)).replace("vrf-import NOTHING", "vrf-import P");
      comparePolicies(routerFiles(lines), random, 60, tally);
    }
    assert.ok(tally.accepted > tally.judged / 10);
    assert.ok(PLAIN.includes("vrf-import NOTHING"));
  });
});
