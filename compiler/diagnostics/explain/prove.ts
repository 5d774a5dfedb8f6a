/** Explanations of DMC21xx: invariants. */
import type { proveCatalogue } from "../prove-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const proveExplanations: Explanations<typeof proveCatalogue> = {
  "never-violated": `A \`never\` says that no flow between its sides is open. It is proved over every packet, not sampled. Some
rules open such a flow: the message shows one as a witness, the related lines are the rules.

A \`never\` grants and installs nothing, so the mend is to narrow the rule, or to narrow the \`never\` if it says more than
was meant.`,
  "never-violated-by-reply": `Router filters keep no state. To let the answers of a UDP flow back in, a filter must admit packets from the
service's port to any port of the client, so whoever runs the service can reach every UDP port there. Where a cloud
subnet lies at one end, its stateful filter cuts that; here none does.

For TCP the answer must carry ACK or RST and opens no flow: it is listed as residual exposure and does not count.

Accept the gap by its name if it is known and wanted, in demarc.json:

    { "accept": [ { "gap": "residual-reply" } ] }`,
  "always-violated": `An \`always\` says that every flow between its sides on its service is open: permitted, routed, the reply routed, and
admitted at every point on the way. The message shows one flow that is not, and the first thing that it lacks.`,
  "nothing-enforced": `All flows of this \`never\` stay where nobody filters: inside one LAN of a router, inside one external, or over
unmanaged routers alone. They are not closed, and no configuration of ours could close them, so calling the invariant
proved would be a lie.`,
  "not-proved": `The sets of packets grew beyond the budget, or an invariant is outside what can be proved. That is an error, since
"not proved" must never pass for "proved". Split the invariant, or the rules that it speaks of, into smaller ones.`,
};
