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
  "output-breaks-never": `Every \`never\` is proved twice: on the source, and again on the files that were read back, by following
packets from where endpoints stand through tables and every filter on the way. Something in the files lets a packet
through that a \`never\` forbids, whatever the rules say. The message shows the packet and the last line that lets it
pass. In \`demarc compile\` and \`demarc check\` nothing was written, and it is a fault of Demarc itself: exit code 70.`,
  "output-breaks-always": `Every \`always\` is proved twice: on the source, and again on the files that were read back, by following
packets from where endpoints stand through tables and every filter on the way. A packet that an \`always\` asks for has no
way, or a filter on one of its ways stops it. In \`demarc compile\` and \`demarc check\` nothing was written, and it is a
fault of Demarc itself: exit code 70.`,
};
