/** Explanations of DMC30xx: the lock file and allocated numbers. */
import type { designCatalogue } from "../design-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const designExplanations: Explanations<typeof designCatalogue> = {
  "lock-malformed": `\`demarc.lock.json\` keeps numbers that are deployed: VRF numbers, route targets, ASNs, link addresses. It is
written by \`demarc compile\` and belongs into version control. A lock that cannot be read is an error, because starting
anew could renumber what is live.`,
  "lock-duplicate": `Two keys of one pool hold one value. That happens when two branches each added something and a merge kept both
lines. Remove the line of the thing that is not deployed yet: the next compile gives it a free value.`,
  "lock-frozen": `With \`--frozen-lock\` a compile fails where it would change the lock file. Pipelines use it so that numbers are
only ever allocated in a commit that somebody reviewed.`,
  "pool-exhausted": `Every value of the pool is given out. Entries of removed things stay in the lock until \`--prune-lock\`, so that
a number is not used again while its old owner may still be deployed.`,
  "link-address-in-prefix": `A link address lies in no segment. The one allocated here falls inside a prefix that a network or external of
the carried segment declares, so packets to that prefix could end at the router itself.`,
  "target-clash": `A route target decides which routes a VRF imports. Two segments, or a segment and a share, with one target would
import each other's routes.

Numbers of shares are kept in \`demarc.lock.json\` (pool \`share-target\`, from 10001 on), those of segments too (pool \`segment\`). Where the
\`id\` of a segment is one that a share holds, give the segment another, or delete the share's two entries from the lock file: the share then gets
new targets, on all routers at once.`,
  "no-estate-asn": `Route targets are written \`<asn>:<number>\` with the ASN of the estate.

    estate acme { asn = 64520 }`,
  "hub-asn-unknown": `A hub that is used and not created has an ASN already. The other end of a VPN must be told it, and Demarc cannot
know it. Write it at the cloud.

    cloud use1 { provider = aws  region = "us-east-1"  existing = "tgw-0123456789abcdef0"  asn = 64601 }`,
  "unheard-part": `A share brings a prefix into another segment at a meeting place. Here an end of a link on the way there announces a
covering prefix in place of the routes it covers, so the meeting place never hears of the shared one, and the permitted
flows would have no route although everything else is right.

Leave the shared prefix out of \`announce\`, or let the segments meet before that link.`,
};
