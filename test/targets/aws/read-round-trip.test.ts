/** Everything that the printer can print is read back without a refusal. */

import { generateEstate } from "../../../bench/generate.js";
import type { Artefact } from "../../../compiler/contract.js";
import { readAws } from "../../../targets/aws/read.js";
import { compilePackage, estateNames, type PackageFiles, readEstate } from "../../fixtures/packages.js";
import { assert, suite } from "../../support/harness.js";
import { acmeDesign, legacyDesign, shopDesign } from "./estates.js";
import { compileAws } from "./judge.js";

/** Refusals as lines for a person. */
function refusalsOf(artefacts: readonly Artefact[]): readonly string[] {
  return readAws(artefacts).refusals.map(({ place, what, why }) => `${place.file}${place.at} ${what}: ${why}`);
}

async function compiled(files: PackageFiles): Promise<readonly Artefact[]> {
  const artefacts = (await compilePackage(files, ["aws"])).outputs.get("aws")?.artefacts ?? [];
  assert.ok(artefacts.length > 0, "the estate has no AWS part");
  return artefacts;
}

suite("reading back what the AWS target writes", (test) => {
  for (const [name, design] of Object.entries({ shop: shopDesign, acme: acmeDesign, legacy: legacyDesign })) {
    test(`models all of the ${name} design`, () => {
      assert.equal(refusalsOf(compileAws(design()).output.artefacts), []);
    });
  }

  for (const name of estateNames()) {
    test(`models all of the estate ${name}`, async () => {
      assert.equal(refusalsOf(await compiled(readEstate(name))), []);
    });
  }

  test("models all of a generated estate", async () => {
    assert.equal(refusalsOf(await compiled(Object.fromEntries(generateEstate({ rules: 200, seed: 7 })))), []);
  });
});
