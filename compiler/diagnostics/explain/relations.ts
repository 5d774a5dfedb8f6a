/** Explanations of DMC20xx and DMC22xx: routes, shares, redundant rules. */
import type { relationsCatalogue } from "../relations-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const relationsExplanations: Explanations<typeof relationsCatalogue> = {
  "missing-share": `A rule opens flows from one segment to endpoints of another, and nothing shares those endpoints. Segments have
no route to each other, so the rule alone would open nothing.

Put a share into a policy. It makes its endpoints routable from the other segment and brings the return routes that the
permitted flows need; it permits no flow itself.

    policy cards {
      share vault.cards with prod
      allow shop.web -> vault.cards on tcp/8443
    }

A \`<->\` opens flows both ways and needs a share of each side.`,
  "not-routed": `The rule permits flows that have no way through the network: inside one segment no chain of links that
carry the segment joins the two places, or across segments no place where the two can meet is reached by both.

Traffic passes through routers only. A cloud, or an external, is an end: never a way from one link to another. Two AWS
transit gateways are not joined by themselves. An AWS hub serves a share for what is attached to it and for one side
behind a link; an Azure hub only for what is attached.

The help names the link that would have to carry the segment.`,
  "unneeded-share": `No rule opens flows from the segments named after \`with\` to what is shared. The routes would be there for
nothing, and routes are half of what an attacker needs.`,
  "unserving-meeting": `The place after \`at\` cannot be where the two segments of this share meet: one side does not get there over
links that carry its segment, or the platform does not serve sides that lie behind links. The share would be realised at
the other places, or not at all.`,
  "share-overlap": `A routing domain holds each address once. The shared part, the addresses that replies return to, or what the
meeting place leaks beyond the share overlap with a prefix that the segment has already, so a packet could be routed to
either.

Share a smaller part, let the two meet at a place that leaks nothing (a router, or an AWS hub with both sides attached),
or renumber one of them. A \`summary\` external may cover longer prefixes.`,
  "unneeded-carries": `The link carries the segment, but on one of its sides there is neither a network or external of the segment
nor a place where a share of it meets. A circuit would be built, paid for and monitored for nothing.`,
  "hidden-flow": `The rule names addresses of a \`summary\` external that a longer prefix of somebody else covers in the routing
domain of the other side. Packets follow the longer prefix, so these flows do not exist.`,
  "redundant-rule": `Every flow of the rule is permitted by the union of the other rules named. Removing it changes nothing that is
open. Two rules that cover each other are both named: only one of them can go.

Mind that a covering rule may expire earlier or may not log.`,
};
