/** The proving phase: routes and shares, invariants, redundancy, in this order. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Settings } from "../config/settings.js";
import type { Relations } from "../relations/relations.js";
import { judgeCarries } from "./carries.js";
import { proveInvariants } from "./invariants.js";
import type { Proofs } from "./proof.js";
import { judgeRedundancy } from "./redundant.js";
import { judgeRoutes } from "./routes.js";

/** Proves and judges; reports to `diagnostics` and returns the outcome of every invariant. */
export function prove(relations: Relations, settings: Settings, diagnostics: Diagnostics): Proofs {
  const before = diagnostics.errorCount;
  judgeRoutes(relations, diagnostics);
  // A missing share or route is told already; that a link then carries for nothing follows from it.
  if (diagnostics.errorCount === before) judgeCarries(relations, diagnostics);
  const proofs = proveInvariants(relations, settings, diagnostics);
  judgeRedundancy(relations, diagnostics);
  return proofs;
}
