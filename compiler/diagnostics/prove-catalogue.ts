/** Findings of the proofs: invariants that do not hold, or that nobody can vouch for. */
import { catalogue } from "../../grammar/diagnostic.js";

/** Diagnostics of the proofs, DMC21xx. */
export const proveCatalogue = catalogue({
  "never-violated": {
    code: "DMC2101",
    severity: "error",
    message: (p: { witness: string }) => `this \`never\` does not hold: ${p.witness}`,
    help: (p: { affected: string }) => `${p.affected}; narrow the rule that opens it, or the \`never\``,
  },
  "never-violated-by-reply": {
    code: "DMC2102",
    severity: "error",
    message: (p: { witness: string }) => `this \`never\` does not hold: by what replies admit, ${p.witness}`,
    help: () =>
      "no stateful filter lies on the way of these replies, so their source port opens every port of the client; use tcp, end the flow at a cloud subnet, or accept `residual-reply` in demarc.json",
  },
  "always-violated": {
    code: "DMC2103",
    severity: "error",
    message: (p: { witness: string; why: string }) => `this \`always\` does not hold: ${p.witness}: ${p.why}`,
    help: (p: { mend?: string }) => p.mend,
  },
  "nothing-enforced": {
    code: "DMC2104",
    severity: "error",
    message: (p: { where: string }) => `nobody can enforce this \`never\`: every flow of it stays ${p.where}`,
    help: () => "put the two sides behind points that filter, such as two LANs of a router, or drop the invariant",
  },
  "not-proved": {
    code: "DMC2105",
    severity: "error",
    message: (p: { why: string }) => `this could not be proved: ${p.why}`,
    help: () => "split the invariant or the rules it speaks of into smaller ones",
  },
} as const);
