/** A fast sample of the mutants: what differs is rejected, what does not is accepted. All of them: `npm run mutants`. */
import { compilePackage, readEstate } from "../../fixtures/packages.js";
import { judgeMutants, MUTANT_KINDS } from "../../mutants/judge.js";
import { assert, suite } from "../../support/harness.js";

suite("validation of mutants", (test) => {
  for (const kind of MUTANT_KINDS) {
    test(
      `rejects exactly those of ${kind.target} that differ`,
      async () => {
        const judged = judgeMutants(await compilePackage(readEstate("quickstart")), kind, 3);
        const wrong = judged.filter(({ verdict }) => verdict === "survived" || verdict === "alarm");
        assert.equal(
          wrong.map(({ mutant, verdict }) => `${verdict}: ${mutant.what} ${mutant.description}`),
          [],
        );
        assert.ok(judged.some(({ verdict }) => verdict === "rejected"));
        assert.ok(judged.some(({ verdict }) => verdict === "accepted"));
      },
      { timeout: 120_000 },
    );
  }
});
