/**
 * What a mutation of artefacts is: one small change to the files that a compile wrote, of which a naive evaluator says
 * whether it changes what devices do. Each target makes its own; `run.ts` judges them all.
 */
import type { Artefact } from "../../compiler/contract.js";

/** The kinds of change. */
export const OPERATORS = [
  "drop",
  "swap",
  "widen",
  "narrow",
  "renumber",
  "re-bind",
  "flip",
  "family",
  "direction",
  "route",
  "leak",
  "announce",
] as const;

/** One kind of change. */
export type Operator = (typeof OPERATORS)[number];

/** One changed output of a target. */
export interface Mutant {
  readonly target: string;
  /** The file that was changed, relative to the output directory. */
  readonly file: string;
  readonly what: Operator;
  /** The change as a person would tell it (`term shop-14ea7d2b-prod-tcp: discard instead of accept`). */
  readonly description: string;
  /** All files of the target, the changed one among them. */
  readonly files: readonly Artefact[];
}

/** Makes every mutant of a target's files, in a fixed order; the same files give the same mutants. */
export type MutantSource = (artefacts: readonly Artefact[]) => readonly Mutant[];
