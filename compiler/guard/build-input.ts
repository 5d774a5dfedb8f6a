/** Builds the input of guard rails from what the phases before have made. */

import { compareCodePoints, type Span } from "../../grammar/source.js";
import type { TargetOutput } from "../contract.js";
import type { Design } from "../design/design.js";
import type { Day } from "../model/estate.js";
import type { Proofs } from "../prove/proof.js";
import type { Relations } from "../relations/relations.js";
import { declarationsOf } from "./declarations.js";
import { exposuresOf, overlapsOf, pairsOf, surplusOf } from "./facts.js";
import { Subjects } from "./ids.js";
import { type ById, GUARD_INPUT_VERSION, type GuardInput, type GuardLimit, type GuardRemark } from "./input.js";
import { linksOf } from "./links.js";
import { Profiles } from "./profiles.js";
import { statementsOf } from "./statements.js";

/** What the document is built from. */
export interface GuardSources {
  readonly relations: Relations;
  readonly proofs: Proofs;
  readonly design: Design;
  /** By name of the target. */
  readonly outputs: ReadonlyMap<string, TargetOutput>;
  /** The day that `daysLeft` counts from. */
  readonly today: Day;
}

/** The document, and where each of its objects is written. */
export interface BuiltInput {
  readonly input: GuardInput;
  readonly subjects: Subjects;
}

/** Builds the document: the same sources give the same bytes. May throw `BudgetExceeded`. */
export function buildGuardInput({ relations, proofs, design, outputs, today }: GuardSources): BuiltInput {
  const { estate } = relations;
  const subjects = new Subjects();
  const profiles = new Profiles(relations);
  const declarations = declarationsOf(estate, profiles, subjects);
  const links = linksOf(design, relations.topology, subjects);
  const statements = statementsOf({ relations, proofs, profiles, subjects, today, reached: new Map() });
  const facts = {
    pairs: pairsOf(relations, subjects),
    exposures: exposuresOf(relations, profiles, subjects),
    surplus: surplusOf(relations, subjects),
    overlaps: overlapsOf(estate, subjects),
    limits: limitsOf(outputs, subjects),
    remarks: remarksOf(outputs, subjects),
  };
  const tables = { services: profiles.serviceTable(), endpoints: profiles.endpointTable() };
  const input = {
    formatVersion: GUARD_INPUT_VERSION,
    ...declarations,
    ...links,
    ...statements,
    ...tables,
    ...facts,
  } as const;
  return { input, subjects };
}

/** For each limit of each target the fullest of what it counts. */
function limitsOf(outputs: ReadonlyMap<string, TargetOutput>, subjects: Subjects): ById<GuardLimit> {
  const fullest = new Map<string, GuardLimit>();
  for (const [target, { headroom }] of outputs) {
    for (const { limit, subject, used, allowed } of headroom) {
      const key = `${target}/${limit}`;
      const known = fullest.get(key);
      const instances = (known?.instances ?? 0) + 1;
      const percentUsed = allowed === 0 ? 100 : Math.floor((used * 100) / allowed);
      const one = { target, limit, fullest: subject, used, allowed, left: allowed - used, percentUsed, instances };
      fullest.set(key, known === undefined || isFuller(one, known) ? one : { ...known, instances });
    }
  }
  const sorted = [...fullest].sort(([a], [b]) => compareCodePoints(a, b));
  return Object.fromEntries(sorted.map(([key, limit]) => [subjects.add("limit", key, undefined), limit] as const));
}

function isFuller(one: GuardLimit, other: GuardLimit): boolean {
  const difference = one.used * other.allowed - other.used * one.allowed;
  return difference > 0 || (difference === 0 && compareCodePoints(one.fullest, other.fullest) < 0);
}

/** How often a target says what of its output, under the first source line that it comes from. */
function remarksOf(outputs: ReadonlyMap<string, TargetOutput>, subjects: Subjects): ById<GuardRemark> {
  const found = new Map<string, readonly [GuardRemark, Span | undefined]>();
  for (const [target, output] of outputs) {
    for (const { kind, subject, sources } of output.remarks) {
      const key = `${target}/${kind}/${subject}`;
      const [known, span = sources[0]] = found.get(key) ?? [];
      found.set(key, [{ target, kind, subject, count: (known?.count ?? 0) + 1 }, span]);
    }
  }
  const sorted = [...found].sort(([a], [b]) => compareCodePoints(a, b));
  return Object.fromEntries(
    sorted.map(([key, [remark, span]]) => [subjects.add("remark", key, span), remark] as const),
  );
}
