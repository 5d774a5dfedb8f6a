/** Explanations of DMC35xx: what files that were read back do. */
import type { validateCatalogue } from "../validate-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const validateExplanations: Explanations<typeof validateCatalogue> = {
  "output-refused": `Every output is read back by code that shares nothing with the code that wrote it. The reader knows what Demarc
emits and some of what people add; anything else it refuses by name, because a construct that nobody models could open or
close what the proof says it does not. \`demarc verify\` meets this in files that somebody edited.`,
  "output-opens": `A filter of the output admits a packet that no rule permits there. The message shows one such packet, the line
of the artefact that admits it and, where it is known, the line of the source that the artefact's line came from. With
\`demarc verify\` the files were edited or are old. In \`demarc compile\` and \`demarc check\` nothing was written, and it is
a fault of Demarc itself: exit code 70.`,
  "output-closes": `A filter of the output stops a packet that some rule permits, or the reply to one. The message shows one such
packet, the line of the artefact that decides about it, and the rule. With \`demarc verify\` the files were edited or are
old. In \`demarc compile\` and \`demarc check\` nothing was written, and it is a fault of Demarc itself: exit code 70.`,
  "output-filter": `Every interface of ours towards a LAN, a cloud, an external or an unmanaged router has a filter for each
family, every cloud subnet a group for its workloads, and no filter stands alone. Something of that is not so.`,
  "output-not-proved": `Comparing two filters takes space that grows with how irregularly their rules overlap. Past a bound
the question is given up and counts as not proved, which is an error: nothing is called good on trust.`,
  "output-route": `The routes of the output were computed from its tables, route targets, policies and sessions, and are not the
intended ones: a route is missing, one is there that nothing needs, two ends of a session disagree, or a policy announces
or accepts something else than is meant. Filters and routes are proved apart, so that neither covers for the other.`,
};
