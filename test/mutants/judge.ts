/** Judges mutants of a target's files: by its naive evaluator, which says whether devices would act otherwise, and by validation. */
import type { Artefact } from "../../compiler/contract.js";
import type { Project } from "../../compiler/driver.js";
import { type TargetReading, validate } from "../../compiler/validate/validate.js";
import { registry } from "../../targets/registry.js";
import { awsDifference } from "../support/oracle/aws/differ.js";
import { junosDifference } from "../support/oracle/junos/differ.js";
import { awsMutants } from "./aws.js";
import { junosMutants } from "./junos.js";
import type { Mutant, MutantSource } from "./mutation.js";

/** The mutants of a target, and what says whether one differs: a text where it does. */
export interface MutantKind {
  readonly target: string;
  readonly mutants: MutantSource;
  readonly difference: (before: readonly Artefact[], after: readonly Artefact[]) => string | undefined;
  /** Differences that validation does not promise to see. */
  readonly outside?: RegExp;
}

/** Every target that has mutants. */
export const MUTANT_KINDS: readonly MutantKind[] = [
  { target: "aws", mutants: awsMutants, difference: awsDifference },
  { target: "junos", mutants: junosMutants, difference: junosDifference, outside: /^ranks / },
];

/**
 * `rejected` and `accepted` are right; `survived` is a difference that validation missed, `alarm` one that it made up;
 * `outside` differs in what validation does not judge. `strict` changes nothing between the devices of the estate, but
 * says to others what the design does not, and is rejected for that alone.
 */
export type Verdict = "rejected" | "accepted" | "survived" | "alarm" | "outside" | "strict";

/** A mutant with its verdict, and what the naive evaluator saw. */
export interface JudgedMutant {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly difference?: string;
}

/**
 * What a readback does not hold, so that no difference in it is seen: the ASN of a hub that speaks to nobody with it.
 */
const UNSEEN = /^aws_ec2_transit_gateway\.[^ ]*: \{"amazon_side_asn"/;

/** Findings about what stands in the files beside the design, whoever may notice. */
const BESIDE: ReadonlySet<string> = new Set([
  "stray-path",
  "stray-table",
  "stray-session",
  "stray-route-target",
  "re-export",
]);

/** Refused whoever is there today: a hub that takes in what attaches to it unasked. */
const UNASKED = /"(?:auto_accept_shared_attachments|default_route_table_(?:association|propagation))":"enable"/;

/** Judges every n-th mutant of one target of a compiled package. */
export function judgeMutants(project: Project, kind: MutantKind, every = 1): readonly JudgedMutant[] {
  const { relations, design, settings } = project;
  const files = project.outputs.get(kind.target)?.artefacts;
  if (relations === undefined || design === undefined || files === undefined) return [];
  const readings = registry.targets.flatMap((target): readonly TargetReading[] => {
    const output = project.outputs.get(target.name);
    const result = output === undefined ? undefined : target.read?.(output.artefacts);
    return result === undefined ? [] : [{ target: target.name, places: target.serves(design), result }];
  });
  const read = registry.targets.find((target) => target.name === kind.target)?.read;
  const chosen = kind.mutants(files).filter((one, index) => index % every === 0 && !UNSEEN.test(one.description));
  return chosen.map((mutant) => {
    const mutated = mutant.files;
    const difference = kind.difference(files, mutated);
    const result = read?.(mutated);
    const changed = readings.map((one) =>
      one.target === kind.target && result !== undefined ? { ...one, result } : one,
    );
    const { proved, findings } = validate({ relations, design, settings }, changed);
    const beside = findings.length > 0 && findings.every(({ kind: sort }) => BESIDE.has(sort));
    const strict = beside || UNASKED.test(mutant.description);
    if (difference === undefined) return { mutant, verdict: proved ? "accepted" : strict ? "strict" : "alarm" };
    if (proved && kind.outside?.test(difference) === true) return { mutant, verdict: "outside", difference };
    return { mutant, verdict: proved ? "survived" : "rejected", difference };
  });
}
