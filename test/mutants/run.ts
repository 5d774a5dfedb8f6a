/**
 * `npm run mutants`: every mutant of every estate, and the table of counts in `docs/contributing/mutants.md`. Ends with 1
 * where validation misses a difference or makes one up.
 */
import { writeFileSync } from "node:fs";
import { compilePackage, readEstate } from "../fixtures/packages.js";
import { type JudgedMutant, judgeMutants, MUTANT_KINDS, type Verdict } from "./judge.js";
import { OPERATORS } from "./mutation.js";

const PAGE = "docs/contributing/mutants.md";
/** Estates with how many of their mutants are judged: one in so many; with `--all` every one. */
const ESTATES = [
  { name: "quickstart", every: 1 },
  { name: "two-sites", every: 25 },
] as const;
const ALL = process.argv.includes("--all");

/** The page of counts. */
function pageOf(all: readonly JudgedMutant[]): string {
  const count = (target: string, what: string, verdict: Verdict): number =>
    all.filter((one) => one.mutant.target === target && one.mutant.what === what && one.verdict === verdict).length;
  const rows = MUTANT_KINDS.flatMap(({ target }) =>
    OPERATORS.map((what) => {
      const [rejected, accepted] = [count(target, what, "rejected"), count(target, what, "accepted")];
      const [survived, alarm] = [count(target, what, "survived"), count(target, what, "alarm")];
      const outside = count(target, what, "outside");
      const strict = count(target, what, "strict");
      return `| ${target} | ${what} | ${rejected} | ${accepted} | ${survived} | ${alarm} | ${strict} | ${outside} |`;
    }),
  );
  return [
    "# Mutants",
    "",
    `Every file that a compile writes for the estates ${ESTATES.map((one) => `\`${one.name}\``).join(" and ")} is changed in one place at a time. A naive evaluator,`,
    "written from the vendor's rules, says whether devices would act otherwise. Validation must reject every mutant that differs and",
    "accept every other one. This page is written by `npm run mutants`.",
    "",
    ...ESTATES.map(({ name, every }) => sampleOf(name, ALL ? 1 : every)),
    "",
    "| Target | Change | Differ, rejected | Same, accepted | Differ, missed | Same, rejected | Strict | Outside |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
    "",
    "What Terraform or Junos would refuse counts as different. Changes of a router are made in both of its text forms alike; one in",
    "forty is made in one form only, too, which must be refused.",
    "",
    "Strict: nothing changes between the devices of the estate, and the files say what the design does not: a route target, a",
    "distinguisher, a path or a session more or another one. Others could notice, so that alone is rejected.",
    "",
    "Outside the proof, so that a change is counted apart where validation accepts it:",
    "",
    "- What a router tells the other side to rank links by: longer paths, and communities of Direct Connect. All links of a segment",
    "  open the same, whichever of them is preferred; what a router itself prefers is compared.",
    "- The ASN of a hub of AWS that speaks to nobody: no readback holds it, and no mutant changes it.",
    "- Names that the files only refer to: what a key chain holds, which servers a DHCP relay asks, how often BFD sends. No mutant",
    "  changes them.",
    "",
  ].join("\n");
}

function sampleOf(estate: string, every: number): string {
  return every === 1
    ? `- \`${estate}\`: every mutant.`
    : `- \`${estate}\`: one mutant in ${every}; \`npm run mutants -- --all\` judges all.`;
}

const all: JudgedMutant[] = [];
for (const { name, every } of ESTATES) {
  const project = await compilePackage(readEstate(name));
  for (const kind of MUTANT_KINDS) all.push(...judgeMutants(project, kind, ALL ? 1 : every));
}
const wrong = all.filter(({ verdict }) => verdict === "survived" || verdict === "alarm");
for (const { mutant, verdict, difference = "" } of wrong) {
  console.log(`${verdict}: ${mutant.file}: ${mutant.what} ${mutant.description} ${difference}`);
}
writeFileSync(PAGE, pageOf(all));
console.log(`${all.length} mutants, ${wrong.length} judged wrongly; ${PAGE} is written`);
process.exitCode = wrong.length === 0 ? 0 : 1;
