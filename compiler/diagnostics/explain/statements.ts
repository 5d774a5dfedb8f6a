/** Explanations of DMC16xx: rules, shares and invariants. */
import type { statementsCatalogue } from "../statements-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const statementsExplanations: Explanations<typeof statementsCatalogue> = {
  expired: `\`until D\` is valid through the end of day D in UTC. An expired rule is never dropped silently: what it permitted
would close without a word, and an invariant that counted on it would be judged on another estate. Take it out, or give it
a later date. \`--today\` sets the day that is judged against.`,
  "expires-soon": `The rule or share has at most 30 days left. It is still in force; after its last day (in UTC) it is an error.`,
  "no-flow": `A flow goes between two different endpoints of one address family, and its service must exist in that family: \`icmp\`
is IPv4, \`icmpv6\` is IPv6. Here no packet could ever match, so the statement says something else than it seems to.

    allow floor -> guests on std.https        // floor has only IPv4, guests only IPv6`,
  "duplicate-statement": `Two statements of one kind in one policy have the same sides, direction and service, written in whatever order. The
reason, \`log\` and the date are no part of a statement's identity. Of the two, the later one is shown.`,
  "equal-identity": `A statement's identity is its policy's name and 8 hexadecimal digits of a hash of its text. By a rare accident two
different texts came out equal. Names in the output derive from identities, so one of the two must change: write it in
another way (\`10.1.0.0/24\` as two halves, say) or move it to another policy.`,
  "repeated-clause": `\`log\`, \`until\` and \`because\` may stand once in a statement. Only \`at\` in a \`share\` may be repeated: each names one more
place where the segments may meet.`,
  "share-with-itself": `\`share X with S\` makes X routable from S. Within one segment everything is routable already, so X may hold no
endpoint of S. Share the part that lies elsewhere, or leave the segment out:

    share vault.cards with prod
    allow tills -> vault.cards on tcp/8443    // both in pci: no share needed`,
  "with-needs-segments": `Routes are shared between segments, so after \`with\` stand names of segments: one, or a list. What exactly becomes
routable is said before \`with\`; who may open flows is said by \`allow\`.

    share vault.cards with [prod, dev]`,
  "unknown-segment-after-with": `After \`with\` stand names of declared segments, and this is none.`,
  "unknown-meeting-place": `\`at\` names the place where two segments meet: a cloud, or a router of ours, which stands for its core. Nothing of that
name is declared.`,
  "not-a-meeting-place": `Segments meet at a cloud, or at a router of ours, which stands for its core. At an external or an unmanaged router
somebody else decides what is routed, and a segment or network is no place.

    share vault.cards with prod at use1`,
  "never-without-endpoints": `A \`never\` about a segment without endpoints holds, since there is nothing yet that could open a flow. It is kept, so
that it counts from the first endpoint on; until then it proves nothing.`,
};
