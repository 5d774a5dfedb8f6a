/** `export`: the model by its schema, and none where the estate has errors. */
import { exportEstate } from "../../compiler/model/export.js";
import { estateFrom } from "../support/estate-from.js";
import { assert, suite } from "../support/harness.js";
import { acme, json, QUICKSTART, UNSOUND } from "./quickstart-place.js";

suite("export", (test) => {
  test("prints the model of the estate in the envelope, with or without `--format json`", async () => {
    const place = acme();
    const { code, output } = await json(place, "export", ["acme"]);
    assert.is(code, 0);
    assert.equal([output.command, output.ok], ["export", true]);
    assert.equal(output.result, JSON.parse(JSON.stringify(exportEstate(estateFrom(QUICKSTART)))));
    const plain = await place.run(["export", "acme"]);
    assert.equal([plain.code, JSON.parse(plain.stdout), plain.stderr], [0, output, ""]);
    place.remove();
  });

  test("prints no model of an estate with errors", async () => {
    const place = acme();
    place.put({ "unsound/main.demarc": UNSOUND, "broken/main.demarc": "segment prod {" });
    for (const estate of ["unsound", "broken"]) {
      const { code, output } = await json(place, "export", [estate]);
      assert.equal([code, output.ok, "result" in output], [1, false, false]);
      assert.ok(output.diagnostics.length > 0);
    }
    assert.is((await place.run(["export", "nowhere"])).code, 2);
    assert.is((await place.run(["export", "acme", "--format", "sarif"])).code, 2);
    place.remove();
  });
});
