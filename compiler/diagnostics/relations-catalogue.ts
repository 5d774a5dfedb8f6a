/** Findings of the relations: routes, shares, links that nothing needs, rules that others cover. */
import { catalogue } from "../../grammar/diagnostic.js";

/** Diagnostics of the relations, DMC20xx and DMC22xx. */
export const relationsCatalogue = catalogue({
  "missing-share": {
    code: "DMC2001",
    severity: "error",
    message: (p: { from: string; endpoints: string; to: string }) =>
      `nothing shares \`${p.endpoints}\` of segment \`${p.to}\` with segment \`${p.from}\`, so it has no route there`,
    help: (p: { from: string; endpoints: string }) =>
      `add \`share ${p.endpoints} with ${p.from}\` to a policy; a share makes it routable and permits no flow`,
  },
  "not-routed": {
    code: "DMC2002",
    severity: "error",
    message: (p: { source: string; destination: string; why: string }) =>
      `\`${p.source}\` may open flows to \`${p.destination}\` but has no route to it: ${p.why}`,
    help: (p: { mend?: string }) => p.mend,
  },
  "unneeded-share": {
    code: "DMC2003",
    severity: "warning",
    message: (p: { what: string; domains: string }) => `no rule needs to share \`${p.what}\` with ${p.domains}`,
    help: () => "remove the share, or add the `allow` that it was written for",
  },
  "unserving-meeting": {
    code: "DMC2004",
    severity: "warning",
    message: (p: { place: string }) => `\`${p.place}\` could serve no flow of this share`,
    help: () =>
      "both sides must get there over links that carry their segments; remove the place or let a link carry the segment",
  },
  "share-overlap": {
    code: "DMC2005",
    severity: "error",
    message: (p: { later: string; earlier: string; domain: string }) =>
      `\`${p.later}\` and \`${p.earlier}\` overlap in the routes of segment \`${p.domain}\``,
    help: () => "a routing domain holds each address once: share a smaller part, or give one of them other addresses",
  },
  "unneeded-carries": {
    code: "DMC2006",
    severity: "warning",
    message: (p: { link: string; domain: string }) =>
      `link \`${p.link}\` carries segment \`${p.domain}\`, but nothing behind it uses the segment`,
    help: () => "remove the `carries`, or attach a network of the segment there",
  },
  "hidden-flow": {
    code: "DMC2007",
    severity: "error",
    message: (p: { rule: string }) =>
      `no flow of \`${p.rule}\` exists: longer prefixes cover its addresses of a summary`,
    help: () => "name the network that owns the longer prefix instead of the summary",
  },
  "redundant-rule": {
    code: "DMC2201",
    severity: "warning",
    message: (p: { by: string }) => `every flow of this rule is permitted by ${p.by} already`,
    help: (p: { note?: string }) => p.note ?? "remove the rule, or narrow the one that covers it",
  },
} as const);
