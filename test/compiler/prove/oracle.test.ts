/**
 * Relations and proofs against the oracle: random tiny estates, every flow of every question. `DEMARC_ORACLE_RUNS` sets
 * how many estates are compared, for longer runs than the suite's.
 */
import fc from "fast-check";
import { answer } from "../../../compiler/prove/query.js";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { headline, type Pipeline, pipeline, questionOf } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { expand } from "../../support/oracle/expand.js";
import {
  decide,
  type FlowMasks,
  holdsAlways,
  isNeeded,
  judgeNever,
  judgeRule,
  verdictWord,
} from "../../support/oracle/judge.js";
import { Oracle } from "../../support/oracle/oracle.js";
import { addressText, openingText, POINTS, type WorldText, worldText } from "../../support/oracle/world.js";
import { type Case, cases } from "../../support/oracle/worlds.js";

const RUNS = { numRuns: Number(process.env.DEMARC_ORACLE_RUNS ?? 50) };
const TIMEOUT = { timeout: 3_600_000 };

/** Runs a property over random cases; a failure says what differs, in the text of the smallest case found. */
function forAll(check: (one: Case) => void): void {
  const found = fc.check(fc.property(cases, check), RUNS);
  if (!found.failed) return;
  const { errorInstance, seed, counterexamplePath: path } = found;
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  throw new Error(`${why}\nseed ${seed}, path ${path}`);
}

interface Judged {
  readonly made: Pipeline;
  readonly oracle: Oracle;
  readonly text: WorldText;
  readonly questions: Case["questions"];
}

function judged({ world, questions }: Case): Judged {
  const text = worldText(world);
  return { made: pipeline(text.text), oracle: new Oracle(world), text, questions };
}

/** A readable list of flows that only one side has. */
function difference(oracle: Oracle, mine: FlowMasks, theirs: FlowMasks): readonly string[] {
  const out: string[] = [];
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const mask = (mine.get(key) ?? 0) ^ (theirs.get(key) ?? 0);
    if (mask === 0) continue;
    const from = oracle.endpoints[Math.floor(key / oracle.endpoints.length)];
    const to = oracle.endpoints[key % oracle.endpoints.length];
    if (from === undefined || to === undefined) continue;
    const points = POINTS.flatMap(([protocol, slot], bit) => ((mask >> bit) & 1 ? [`${protocol}/${slot}`] : []));
    const whose = (mine.get(key) ?? 0) & mask ? "oracle" : "compiler";
    out.push(
      `${from.site.name} ${addressText(from.family, from.value)} -> ${to.site.name} ${addressText(to.family, to.value)} on ${points.join()} only by ${whose}`,
    );
  }
  return out.slice(0, 3);
}

/** Lines at which a finding of one name begins, each once, in order. */
function linesOf(findings: readonly Diagnostic[], name: string): readonly number[] {
  const lines = findings.flatMap((one) =>
    one.name === name && one.span !== undefined ? [one.span.source.position(one.span.start).line] : [],
  );
  return [...new Set(lines)].sort((a, b) => a - b);
}

function where(lines: readonly number[], test: (index: number) => boolean): readonly number[] {
  return lines.filter((_, index) => test(index));
}

suite("relations and proofs against the oracle", (test) => {
  test(
    "questions: verdict and every region",
    () => {
      const seen = { estates: 0, questions: 0, flows: 0, open: 0, unenforced: 0 };
      forAll((one) => {
        const { made, oracle, text, questions } = judged(one);
        seen.estates++;
        for (const question of questions) {
          const expected = decide(oracle, question);
          const found = answer(made.relations, questionOf(made, openingText(question)));
          const about = `${openingText(question)} in\n${text.text}`;
          assert.is(found?.verdict, verdictWord(expected), `the verdict of ${about}`);
          for (const sort of ["open", "closed", "unenforced"] as const) {
            const regions = expand(made, oracle, found?.[sort] ?? []);
            assert.equal(difference(oracle, expected[sort], regions), [], `flows that are ${sort} of ${about}`);
            seen.flows += expected[sort].size;
          }
          seen.questions++;
          seen.open += expected.open.size;
          seen.unenforced += expected.unenforced.size;
        }
      });
      console.log(
        `oracle: ${seen.estates} estates, ${seen.questions} questions, ${seen.flows} pairs of endpoints compared (${seen.open} with an open flow, ${seen.unenforced} with an unenforced one)`,
      );
      assert.ok(seen.open > 0 && seen.unenforced > 0);
    },
    TIMEOUT,
  );

  test(
    "rules and shares: missing shares, missing routes, redundancy, shares that nothing needs",
    () => {
      const seen = { rules: 0, unshared: 0, unrouted: 0, redundant: 0, unneeded: 0 };
      forAll((one) => {
        const { made, oracle, text } = judged(one);
        const faults = oracle.world.rules.map((rule) => judgeRule(oracle, rule));
        const { rules, shares } = text.lines;
        const compare = (name: string, lines: readonly number[]): void =>
          assert.equal(
            linesOf(made.findings, name),
            lines,
            `${name} in\n${text.text}${made.findings.map(headline).join("\n")}`,
          );
        compare(
          "missing-share",
          where(rules, (index) => faults[index]?.missingShare === true),
        );
        compare(
          "not-routed",
          where(rules, (index) => faults[index]?.notRouted === true),
        );
        compare(
          "redundant-rule",
          where(rules, (index) => faults[index]?.redundant === true),
        );
        compare(
          "hidden-flow",
          where(rules, (index) => faults[index]?.hidden === true),
        );
        compare(
          "unneeded-share",
          where(shares, (index) => !isNeeded(oracle, index)),
        );
        seen.rules += rules.length;
        seen.unshared += faults.filter((fault) => fault.missingShare).length;
        seen.unrouted += faults.filter((fault) => fault.notRouted).length;
        seen.redundant += faults.filter((fault) => fault.redundant).length;
        seen.unneeded += shares.filter((_, index) => !isNeeded(oracle, index)).length;
      });
      assert.ok(
        Object.values(seen).every((count) => count > 0),
        JSON.stringify(seen),
      );
    },
    TIMEOUT,
  );

  test(
    "invariants: what holds, what does not, and why",
    () => {
      const seen = { nevers: 0, opened: 0, byReply: 0, nothingEnforced: 0, alwayses: 0, always: 0 };
      forAll((one) => {
        const { made, oracle, text } = judged(one);
        const nevers = oracle.world.nevers.map((never) => judgeNever(oracle, never));
        const alwayses = oracle.world.alwayses.map((always) => holdsAlways(oracle, always));
        const lines = text.lines;
        const about = `in\n${text.text}${made.findings.map(headline).join("\n")}`;
        const reported = (name: string): readonly number[] => linesOf(made.findings, name);
        for (const [index, line] of lines.nevers.entries()) {
          const faults = nevers[index];
          assert.ok(faults);
          const direct = reported("never-violated").includes(line);
          const replied = reported("never-violated-by-reply").includes(line);
          assert.is(direct || replied, faults.opened || faults.byReply, `line ${line} ${about}`);
          if (direct) assert.ok(faults.opened, `line ${line} ${about}`);
          if (replied) assert.ok(faults.byReply, `line ${line} ${about}`);
          const idle = faults.nothingEnforced && !faults.opened && !faults.byReply;
          assert.is(reported("nothing-enforced").includes(line), idle, `line ${line} ${about}`);
          seen.nevers++;
          seen.opened += Number(direct);
          seen.byReply += Number(replied);
          seen.nothingEnforced += Number(idle);
        }
        assert.equal(
          reported("always-violated"),
          where(lines.alwayses, (index) => alwayses[index] === false),
          about,
        );
        for (const proof of made.proofs.proofs) {
          const bad = made.findings.some((finding) => finding.span === proof.invariant.span);
          assert.is(proof.status, bad ? "refuted" : "proved", about);
        }
        seen.alwayses += alwayses.length;
        seen.always += alwayses.filter((holds) => holds).length;
      });
      assert.ok(seen.opened > 0 && seen.nevers > seen.opened && seen.alwayses > 0, JSON.stringify(seen));
    },
    TIMEOUT,
  );
});
