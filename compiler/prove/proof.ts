/** The outcome of proofs, as data: what holds, what does not, and what nobody can vouch for. */
import type { Axiom } from "../model/axiom.js";
import type { InvariantStatement } from "../model/estate.js";
import type { Witness } from "./witness.js";

/** A product of endpoints and services in the estate's own names. */
export interface NamedRegion {
  readonly source: string;
  readonly destination: string;
  readonly service: string;
}

/** `withheld`: something faulty was left out, so nothing may be called proved. */
export type ProofStatus = "proved" | "refuted" | "not-proved" | "withheld";

/** The outcome of one invariant. */
export interface Proof {
  readonly invariant: InvariantStatement;
  readonly status: ProofStatus;
  readonly witness?: Witness;
  /** Flows of a `never` that stay where nobody filters. */
  readonly unenforced: readonly NamedRegion[];
  /** Residual exposure that was accepted by name, inside this `never`. */
  readonly accepted: readonly NamedRegion[];
  /** Room for later editions: regions that a waiver takes out. */
  readonly except: readonly NamedRegion[];
}

/** All proofs of an estate with what they rest on. */
export interface Proofs {
  readonly proofs: readonly Proof[];
  readonly axioms: readonly Axiom[];
}
