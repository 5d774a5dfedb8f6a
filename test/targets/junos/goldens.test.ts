/** What the Junos target emits for each construct, whole files. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { assert, matchFile, suite } from "../../support/harness.js";
import { smallDesigns } from "./small-designs.js";

suite("the files of Junos routers", (test) => {
  for (const [name, make] of smallDesigns) {
    test(`are as they were for ${name}`, () => {
      const diagnostics = new Diagnostics();
      const { artefacts } = junosTarget.compile(make(), defaultSettings, diagnostics);
      assert.equal(
        diagnostics.sorted().map(({ code, message }) => `${code} ${message}`),
        [],
      );
      assert.ok(artefacts.length > 0);
      for (const { path, text } of artefacts) matchFile(`fixtures/goldens/junos/${name}/${path}`, text);
    });
  }
});
