/** What is written for whole estates, file by file. */

import { compilePackage, readEstate } from "../../fixtures/packages.js";
import { matchFile } from "../../support/golden.js";
import { assert, suite } from "../../support/harness.js";
import { linkedEstate, shopEstate } from "./estates.js";
import { compileAzure, linesOf } from "./judge.js";

function matchGoldens(name: string, source: string): void {
  const { output, findings } = compileAzure(source);
  assert.equal(linesOf(findings), []);
  for (const { path, text } of output.artefacts) matchFile(`fixtures/goldens/${name}/${path}`, text);
}

suite("files of the Azure target", (test) => {
  test("one network in one segment", () => {
    matchGoldens("shop", shopEstate);
  });

  test("links: ExpressRoute of two segments, a partner and a branch by VPN", () => {
    matchGoldens("azure-links", linkedEstate);
  });

  test("the estate three-clouds, whole", async () => {
    const project = await compilePackage(readEstate("three-clouds"), ["azure"]);
    const artefacts = project.outputs.get("azure")?.artefacts ?? [];
    assert.is(artefacts.length, 9);
    for (const { path, text } of artefacts) matchFile(`fixtures/goldens/three-clouds/${path}`, text);
  });
});
