/**
 * `npm run mutants`: every mutant of every estate, and the table of counts in `docs/contributing/mutants.md`. Ends with 1
 * where validation misses a difference or makes one up.
 */
import { writeFileSync } from "node:fs";
import { compilePackage, readEstate } from "../fixtures/packages.js";
import { type JudgedMutant, judgeMutants, MUTANT_KINDS, type Verdict } from "./judge.js";
import { OPERATORS } from "./mutation.js";

const PAGE = "docs/contributing/mutants.md";
const ESTATES = ["quickstart", "two-sites"] as const;

/** The page of counts. */
function pageOf(all: readonly JudgedMutant[]): string {
  const count = (target: string, what: string, verdict: Verdict): number =>
    all.filter((one) => one.mutant.target === target && one.mutant.what === what && one.verdict === verdict).length;
  const rows = MUTANT_KINDS.flatMap(({ target }) =>
    OPERATORS.map((what) => {
      const [rejected, accepted] = [count(target, what, "rejected"), count(target, what, "accepted")];
      const [survived, alarm] = [count(target, what, "survived"), count(target, what, "alarm")];
      return `| ${target} | ${what} | ${rejected} | ${accepted} | ${survived} | ${alarm} |`;
    }),
  );
  return [
    "# Mutants",
    "",
    `Every file that a compile writes for the estates ${ESTATES.map((one) => `\`${one}\``).join(" and ")} is changed in one place at a time. A naive evaluator,`,
    "written from the vendor's rules, says whether devices would act otherwise. Validation must reject every mutant that differs and",
    "accept every other one. This page is written by `npm run mutants`.",
    "",
    "| Target | Change | Differ, rejected | Same, accepted | Differ, missed | Same, rejected |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

const all: JudgedMutant[] = [];
for (const estate of ESTATES) {
  const project = await compilePackage(readEstate(estate));
  for (const kind of MUTANT_KINDS) all.push(...judgeMutants(project, kind));
}
const wrong = all.filter(({ verdict }) => verdict === "survived" || verdict === "alarm");
for (const { mutant, verdict, difference = "" } of wrong) {
  console.log(`${verdict}: ${mutant.file}: ${mutant.what} ${mutant.description} ${difference}`);
}
writeFileSync(PAGE, pageOf(all));
console.log(`${all.length} mutants, ${wrong.length} judged wrongly; ${PAGE} is written`);
process.exitCode = wrong.length === 0 ? 0 : 1;
