/** Judges rules and shares against the route plane: missing shares, permitted but not routed, shares nothing needs. */
import type { Diagnostics, Edit } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import { proveCatalogue } from "../diagnostics/prove-catalogue.js";
import { relationsCatalogue as say } from "../diagnostics/relations-catalogue.js";
import type { ShareStatement } from "../model/estate.js";
import type { RuleBox } from "../relations/boxes.js";
import { serve } from "../relations/meeting.js";
import { presenceClashes } from "../relations/presence.js";
import type { Relations } from "../relations/relations.js";
import type { Site } from "../relations/sites.js";
import type { AddressSet } from "../sets/address-set.js";
import { BudgetExceeded } from "../sets/engine.js";
import { noRoute, siteOf } from "./reasons.js";
import { pickFlow } from "./witness.js";

/** Reports everything about routes and shares. Missing routes are withheld where places, links or shares were left out. */
export function judgeRoutes(relations: Relations, diagnostics: Diagnostics): void {
  const unshared = missingShares(relations, diagnostics);
  hiddenRules(relations, diagnostics);
  if (!relations.estate.omitted.routing) notRouted(relations, unshared, diagnostics);
  unneededShares(relations, diagnostics);
  clashes(relations, diagnostics);
}

/** Reports destinations that no share covers; returns the boxes concerned, which are not judged further. */
function missingShares(relations: Relations, diagnostics: Diagnostics): ReadonlySet<RuleBox> {
  const faulty = new Set<RuleBox>();
  const said = new Set<string>();
  for (const box of relations.boxes) {
    if (box.from === box.to) continue;
    const missing = box.destination.subtract(relations.sharing.shared(box.to, box.from));
    if (missing.isEmpty()) continue;
    faulty.add(box);
    if (relations.estate.omitted.routing) continue;
    const endpoints = relations.naming.describe(box.to, missing);
    const at = box.flow.destinationSpan;
    const key = `${at.source.path}:${at.start} ${box.from} ${endpoints}`;
    if (said.has(key)) continue;
    said.add(key);
    diagnostics.report(say["missing-share"], { from: box.from, to: box.to, endpoints }, at, {
      edits: [shareEdit(box.rule.span, endpoints, box.from)],
    });
  }
  return faulty;
}

/** Puts a share before the rule: not certain, since it is the author who decides what becomes routable. */
function shareEdit(rule: Span, endpoints: string, domain: string): Edit {
  const line = rule.source.position(rule.start);
  const indent = rule.source.lineText(line.line).slice(0, line.column - 1);
  const text = `share ${endpoints} with ${domain}\n${/^\s*$/.test(indent) ? indent : ""}`;
  return {
    title: `share \`${endpoints}\` with \`${domain}\``,
    certain: false,
    changes: [{ span: { source: rule.source, start: rule.start, end: rule.start }, text }],
  };
}

/** Rules all of whose flows a longer prefix takes away from a summary. */
function hiddenRules(relations: Relations, diagnostics: Diagnostics): void {
  const alive = new Set(relations.boxes.map((box) => box.rule));
  for (const policy of relations.estate.policies) {
    for (const rule of policy.rules) {
      if (!alive.has(rule)) diagnostics.report(say["hidden-flow"], { rule: rule.text }, rule.span);
    }
  }
}

function notRouted(relations: Relations, unshared: ReadonlySet<RuleBox>, diagnostics: Diagnostics): void {
  const said = new Set<RuleBox["rule"]>();
  for (const [from, to] of relations.ruledPairs()) {
    const pair = relations.pair(from, to);
    for (const [index, box] of pair.parts.rules.entries()) {
      if (unshared.has(box) || said.has(box.rule)) continue;
      try {
        const set = pair.ruleSet(index);
        if (set.subsetOf(pair.routed(), { distinct: pair.distinct })) continue;
        const flow = pickFlow(relations, pair, set.subtract(pair.routed()));
        if (flow === undefined) throw new Error("a set that is not routed has a flow");
        const source = siteOf(relations, from, flow.source);
        const destination = siteOf(relations, to, flow.destination);
        if (source === undefined || destination === undefined) throw new Error("an endpoint lies at a site");
        said.add(box.rule);
        const { message: why, mend } = noRoute(relations, source, destination);
        const params = {
          source: source.path,
          destination: destination.path,
          why,
          ...(mend === undefined ? {} : { mend }),
        };
        diagnostics.report(say["not-routed"], params, box.rule.span);
      } catch (thrown) {
        if (!(thrown instanceof BudgetExceeded)) throw thrown;
        diagnostics.report(proveCatalogue["not-proved"], { why: thrown.message }, box.rule.span);
        break;
      }
    }
  }
}

/** The part of a share that some rule's flows from `domain` reach. */
function needs(relations: Relations, share: ShareStatement, domain: string): boolean {
  return share.what
    .domains()
    .some((from) => relations.rulesBetween(domain, from).some((box) => box.destination.overlaps(share.what.in(from))));
}

function unneededShares(relations: Relations, diagnostics: Diagnostics): void {
  // A rule that was left out as faulty may be the one that needs the share.
  if (relations.estate.omitted.any) return;
  for (const policy of relations.estate.policies) {
    for (const share of policy.shares) {
      const unneeded = share.with.filter((domain) => !needs(relations, share, domain.value));
      const what = share.what
        .domains()
        .map((domain) => relations.naming.describe(domain, share.what.in(domain)))
        .join(" + ");
      if (unneeded.length === share.with.length) {
        const domains = unneeded.map((domain) => `\`${domain.value}\``).join(", ");
        diagnostics.report(say["unneeded-share"], { what, domains }, share.span);
        continue;
      }
      for (const domain of unneeded) {
        diagnostics.report(say["unneeded-share"], { what, domains: `\`${domain.value}\`` }, domain.span);
      }
      unservingPlaces(relations, share, diagnostics);
    }
  }
}

/** Places after `at` that could serve none of the share's flows. */
function unservingPlaces(relations: Relations, share: ShareStatement, diagnostics: Diagnostics): void {
  for (const place of share.at) {
    const meeting = relations.sharing.meetingOf(place.value);
    const serving =
      meeting !== undefined &&
      neededSites(relations, share).some(([a, b]) => serve(relations.topology, a, b, meeting) !== undefined);
    if (!serving) diagnostics.report(say["unserving-meeting"], { place: place.value.name }, place.span);
  }
}

/** Pairs of sites between which some rule's flows use a share. */
function neededSites(relations: Relations, share: ShareStatement): readonly (readonly [Site, Site])[] {
  const overlapping = (domain: string, set: AddressSet): readonly Site[] =>
    relations.topology.sitesOf(domain).filter((site) => site.endpoints.overlaps(set));
  return share.what.domains().flatMap((from) =>
    share.with.flatMap((to) =>
      relations.rulesBetween(to.value, from).flatMap((box) => {
        const reached = box.destination.intersect(share.what.in(from));
        return overlapping(to.value, box.source).flatMap((a) => overlapping(from, reached).map((b) => [a, b] as const));
      }),
    ),
  );
}

function clashes(relations: Relations, diagnostics: Diagnostics): void {
  for (const segment of relations.estate.segments) {
    for (const clash of presenceClashes(segment.name, relations.present(segment.name))) {
      const shares = [clash.later, clash.earlier].flatMap((one) => one.pair?.share ?? []);
      diagnostics.report(
        say["share-overlap"],
        { later: clash.later.owner, earlier: clash.earlier.owner, domain: segment.name },
        clash.later.span,
        {
          related: [
            { message: `\`${clash.earlier.owner}\` is here`, span: clash.earlier.span },
            ...[...new Set(shares)].map((share) => ({ message: "this share joins them", span: share.span })),
          ],
        },
      );
    }
  }
}
