/** The JSON Schemas that ship, as they are generated; real output is held against them where each verb is tested. */

import { jsonText } from "../../compiler/json/diagnostics.js";
import { envelopeSchema, schemaVerbs, validationSchema } from "../../compiler/json/schemas.js";
import { assert, matchFile, suite } from "../support/harness.js";
import { schemaFaults } from "./support.js";

suite("the JSON schemas", (test) => {
  for (const verb of schemaVerbs) {
    test(`ship for \`${verb}\``, () => {
      matchFile(`docs/schema/${verb}.schema.json`, jsonText(envelopeSchema(verb)));
    });
  }

  test("ship for `report/validation.json`", () => {
    matchFile("docs/schema/validation.schema.json", jsonText(validationSchema()));
  });

  test("refuse what is not an envelope", () => {
    const sound = { formatVersion: 1, command: "init", ok: true, diagnostics: [], result: { files: [] } };
    assert.equal(schemaFaults("init", sound), []);
    for (const wrong of [
      { ...sound, formatVersion: 2 },
      { ...sound, command: "check" },
      { ...sound, more: 1 },
      { ...sound, result: { files: [1] } },
      { ...sound, diagnostics: [{ code: "DMC1" }] },
    ]) {
      assert.ok(schemaFaults("init", wrong).length > 0, JSON.stringify(wrong));
    }
  });
});
