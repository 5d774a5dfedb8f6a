/** Where tests find OPA: `DEMARC_OPA` names it, else it is looked for in the `PATH`. */
import { existsSync } from "node:fs";
import { findTool } from "../support/needs.js";

/** The path of OPA; undefined where there is none. */
export function findOpa(): string | undefined {
  const named = process.env.DEMARC_OPA;
  return named !== undefined && existsSync(named) ? named : findTool("opa");
}

/** Options of a test that needs OPA. */
export function needsOpa(): { readonly skip?: string } {
  return findOpa() === undefined
    ? { skip: "needs `opa` (in the PATH or named by DEMARC_OPA), which is not installed" }
    : {};
}
