/** A million packets for AWS: every fixture estate, and generated ones of growing size. */
import { generateEstate } from "../../bench/generate.js";
import { compilePackage, estateNames, type PackageFiles, readEstate } from "../fixtures/packages.js";
import { compareAws } from "../support/oracle/aws/compare.js";
import type { NightlyPart, NightlyResult } from "./part.js";

/** Rules of the generated estates. */
const SIZES = [40, 150, 500] as const;

/** The reader of AWS against the naive evaluator, files by files. */
export const awsPart: NightlyPart = {
  name: "aws",
  run: async (packets, seed) => {
    const estates: readonly PackageFiles[] = [
      ...estateNames().map(readEstate),
      ...SIZES.map((rules) => Object.fromEntries(generateEstate({ rules, seed }))),
    ];
    const results: NightlyResult[] = [];
    const each = Math.ceil(packets / estates.length);
    for (const files of estates) {
      const artefacts = (await compilePackage(files, ["aws"])).outputs.get("aws")?.artefacts ?? [];
      results.push({ packets: each, ...compareAws(artefacts, { packets: each, seed }) });
    }
    const sum = (what: "packets" | "answers" | "admitted"): number => results.reduce((all, one) => all + one[what], 0);
    return {
      packets: sum("packets"),
      answers: sum("answers"),
      admitted: sum("admitted"),
      differences: results.flatMap(({ differences }) => differences),
    };
  },
};
