/**
 * Changed modules: the reader refuses what AWS or Terraform refuses, takes what means the same, and sees of the rest what
 * the naive evaluator sees.
 */
import type { Artefact } from "../../../compiler/contract.js";
import { readAws } from "../../../targets/aws/read.js";
import { compilePackage, readEstate } from "../../fixtures/packages.js";
import { awsMutants } from "../../mutants/aws.js";
import { assert, suite } from "../../support/harness.js";
import { compareAws } from "../../support/oracle/aws/compare.js";
import { awsDifference } from "../../support/oracle/aws/differ.js";
import { acmeDesign, legacyDesign } from "./estates.js";
import { compileAws } from "./judge.js";

const slow = { timeout: 120_000 };
const existing = { "vpc-0a1b2c3d4e5f60718": ["10.40.0.0/16"] };

/** Counts of same, different and refused mutants, of every n-th one. */
function judge(files: readonly Artefact[], every: number): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { same: 0, different: 0, refused: 0 };
  for (const [index, { what, description, files: changed }] of awsMutants(files).entries()) {
    if (index % every > 0) continue;
    const title = `${what} ${description}`;
    const difference = awsDifference(files, changed);
    const { refusals } = readAws(changed);
    const kind = difference === undefined ? "same" : difference.startsWith("refused") ? "refused" : "different";
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (kind === "same") assert.equal(refusals, [], title);
    if (kind === "refused") assert.ok(refusals.length > 0, `${title}: ${difference}`);
    if (refusals.length > 0) continue;
    assert.equal(compareAws(changed, { packets: 40, seed: index, existing }).differences, [], title);
  }
  return counts;
}

suite("the AWS reader on mutants", (test) => {
  test(
    "reads every mutant of the quickstart as AWS would",
    async () => {
      const files = (await compilePackage(readEstate("quickstart"), ["aws"])).outputs.get("aws")?.artefacts ?? [];
      const counts = judge(files, 1);
      assert.ok(
        Object.values(counts).every((count) => count > 0),
        JSON.stringify(counts),
      );
    },
    slow,
  );

  for (const [name, design] of Object.entries({ acme: acmeDesign, legacy: legacyDesign })) {
    test(
      `reads mutants of the ${name} design as AWS would`,
      () => {
        const counts = judge(compileAws(design()).output.artefacts, 2);
        assert.ok((counts.different ?? 0) > 0, JSON.stringify(counts));
      },
      slow,
    );
  }
});
