/** Why a flow is open or closed: the rules that open it, or what is missing. */

import type { Address } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import type { AllowRule, DomainId, Link } from "../model/estate.js";
import type { Relations } from "../relations/relations.js";
import type { Site } from "../relations/sites.js";
import { carries } from "../relations/topology.js";
import type { ConcreteFlow } from "./witness.js";

/** The kinds of reason in the JSON output of a query. */
export type ReasonKind = "no-allow" | "no-share" | "no-route" | "no-reply" | "unenforced" | "residual";

/** One reason, with what would mend it. */
export interface Reason {
  readonly kind: ReasonKind;
  readonly message: string;
  readonly mend?: string;
  readonly at?: Span;
}

/** The rules that permit a flow, in order of policies and rules. */
export function openingRules(relations: Relations, flow: ConcreteFlow): readonly AllowRule[] {
  const service = { protocol: flow.protocol, slot: flow.slot };
  const rules = relations
    .rulesBetween(flow.from, flow.to)
    .filter(
      (box) =>
        box.source.contains(flow.source) && box.destination.contains(flow.destination) && box.service.contains(service),
    )
    .map((box) => box.rule);
  return [...new Set(rules)];
}

/** The rules whose replies admit a flow: flows of its protocol opened the other way. */
export function answeredRules(relations: Relations, flow: ConcreteFlow): readonly AllowRule[] {
  const rules = relations
    .rulesBetween(flow.to, flow.from)
    .filter(
      (box) =>
        box.source.contains(flow.destination) &&
        box.destination.contains(flow.source) &&
        box.service.pieces().some((piece) => piece.protocol === flow.protocol),
    )
    .map((box) => box.rule);
  return [...new Set(rules)];
}

/** What a flow that is not open lacks: an allow, a share, a way; in this order, each at most once. */
export function missingFor(relations: Relations, flow: ConcreteFlow): readonly Reason[] {
  const reasons: Reason[] = [];
  if (openingRules(relations, flow).length === 0) {
    reasons.push({ kind: "no-allow", message: "no rule allows it", mend: "add an `allow` to a policy" });
  }
  const source = siteOf(relations, flow.from, flow.source);
  const destination = siteOf(relations, flow.to, flow.destination);
  const across = flow.from !== flow.to;
  const pairs = across
    ? relations.sharing.between(flow.to, flow.from).filter((pair) => pair.shared.contains(flow.destination))
    : [];
  if (across && pairs.length === 0) {
    const what = relations.naming.ownerOf(flow.to, flow.destination)?.path ?? flow.to;
    reasons.push({
      kind: "no-share",
      message: `nothing shares \`${what}\` with segment \`${flow.from}\``,
      mend: `add \`share ${what} with ${flow.from}\` to a policy`,
    });
  }
  if (source === undefined || destination === undefined) return reasons;
  const served = across
    ? pairs.length === 0
      ? relations.sharing.wouldServe(source, destination)
      : pairs.some((pair) => relations.sharing.crossing(pair, source, destination) !== undefined)
    : relations.topology.graph(flow.from).way(source.places, destination.places) !== undefined;
  if (!served) reasons.push(noRoute(relations, source, destination));
  return reasons;
}

/** The first reason why a flow is not open. */
export function whyClosed(relations: Relations, flow: ConcreteFlow): Reason {
  const missing = missingFor(relations, flow);
  return missing[0] ?? { kind: "unenforced", message: "nobody enforces it" };
}

/** The site that holds an address. */
export function siteOf(relations: Relations, domain: DomainId, address: Address): Site | undefined {
  const holding = relations.naming.ownerOf(domain, address);
  return holding === undefined ? undefined : relations.topology.site(holding.site);
}

/** The reason `no-route` for two sites, with the links that would have to carry what. */
export function noRoute(relations: Relations, source: Site, destination: Site): Reason {
  const from = placeNames(source);
  const to = placeNames(destination);
  const mend = missingLinks(relations, source, destination);
  if (source.domain === destination.domain) {
    const message = `segment \`${source.domain}\` does not join ${from} and ${to}`;
    return { kind: "no-route", message, mend };
  }
  const message = `no place where \`${source.domain}\` and \`${destination.domain}\` can meet serves ${from} and ${to}`;
  return { kind: "no-route", message, mend };
}

/** "let link `dx` carry `prod`", or that no link joins the places. */
function missingLinks(relations: Relations, source: Site, destination: Site): string {
  const { topology } = relations;
  const way = topology.physical().way(source.places, destination.places);
  if (way === undefined) return `no link joins ${placeNames(source)} and ${placeNames(destination)}: declare one`;
  const lacking = way.edges.filter((edge) => edge.link.kind !== "mpls");
  if (source.domain === destination.domain) {
    const links = lacking.map((edge) => edge.link).filter((link) => !carries(link, source.domain));
    if (links.length > 0) return `let ${linkNames(links)} carry \`${source.domain}\``;
  } else {
    const first = lacking
      .map((edge) => edge.link)
      .filter((link) => !carries(link, source.domain) && !carries(link, destination.domain));
    if (first.length > 0) {
      return `let ${linkNames(first)} carry \`${source.domain}\` or \`${destination.domain}\`, so that both reach one router or hub`;
    }
  }
  return "traffic passes through routers only, and a meeting place must be reached by both segments: add a link that joins them at a router";
}

function linkNames(links: readonly Link[]): string {
  const names = [...new Set(links.map((link) => link.name))].map((name) => `\`${name}\``);
  return `link${names.length === 1 ? "" : "s"} ${names.join(", ")}`;
}

function placeNames(site: Site): string {
  return site.places.map((place) => `\`${place.name}\``).join(" or ");
}
