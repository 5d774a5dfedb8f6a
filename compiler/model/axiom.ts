/** What proofs take for granted. */

/** Something a proof rests on and that no artefact enforces. */
export interface Axiom {
  readonly id: string;
  readonly text: string;
  /** Path of what it is about; absent for the whole estate. */
  readonly about?: string;
}
