/** Whole estates: whatever is sound compiles to an output that does what it means, as the readers read it. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { checkProject } from "../../../compiler/driver.js";
import { memoryHost } from "../../../compiler/host/memory.js";
import type { Day } from "../../../compiler/model/estate.js";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { registry } from "../../../targets/registry.js";
import { CASE_DAY, readCases } from "../../support/cases.js";
import { assert, suite } from "../../support/harness.js";
import { estateParts, smallEstate } from "../../support/small-estates.js";

const RUNS = { numRuns: Number(process.env.DEMARC_ORACLE_RUNS ?? 25) };
const slow = { timeout: 3_600_000 };
const TODAY: Day = { year: 2027, month: 1, day: 15 };

/** The errors of a package, those of guard rails left out. */
async function errorsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  today = TODAY,
): Promise<readonly Diagnostic[]> {
  const host = memoryHost(files);
  const { diagnostics } = await checkProject({ host, path: "", directory: "", today, registry, purpose: "check" });
  return diagnostics.filter(({ severity, code }) => severity === "error" && !code.startsWith("guard/"));
}

const ofValidation = ({ code }: Diagnostic): boolean => code.startsWith("DMC35");
const said = (list: readonly Diagnostic[]): readonly string[] => list.map(({ code, message }) => `${code} ${message}`);

suite("outputs of sound estates", (test) => {
  test(
    "do what the estates mean, whatever the estates are made of",
    async () => {
      let sound = 0;
      await fc.assert(
        fc.asyncProperty(estateParts, async (parts) => {
          const text = smallEstate(parts);
          const errors = await errorsOf({ "estate.demarc": text });
          if (errors.some((one) => !ofValidation(one))) return;
          sound++;
          assert.equal(said(errors), [], text);
        }),
        RUNS,
      );
      // About two in three are; a sample of 25 with fewer than a quarter would mean that the generator went wrong.
      assert.ok(sound * 4 >= RUNS.numRuns, `${sound} of ${RUNS.numRuns} estates are sound`);
    },
    slow,
  );

  test(
    "do so in every case",
    async () => {
      for (const { name, files } of readCases()) {
        const errors = await errorsOf(files, CASE_DAY);
        if (errors.every(ofValidation)) assert.equal(said(errors), [], name);
      }
    },
    slow,
  );

  test(
    "do so where a carrier has two links to one core",
    async () => {
      const beside = `
router carrier { os = unmanaged  asn = 65030  site = "carrier" }
network tills in pci at carrier { cidr = 10.81.1.0/24 }
link carrier-a between chi1 and carrier {
  kind = handoff  interface = "xe-0/0/7"  preference = 200
  carries pci { vlan = 700  max-prefixes = 200 }
}
link carrier-b between chi2 and carrier {
  kind = handoff  interface = "xe-0/0/7"
  carries pci { vlan = 700  max-prefixes = 200 }
}
policy stores { allow tills -> vault.cards on tcp/8443  allow vault.cards -> tills on tcp/8444 }
`;
      const base = readFileSync("fixtures/guard/base.demarc", "utf8");
      assert.equal(said(await errorsOf({ "base.demarc": base, "carrier.demarc": beside })), []);
    },
    slow,
  );
});
