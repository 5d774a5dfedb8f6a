/** The entries of enforcement points: the part of each rule whose flows, or whose replies, cross a point. */
import type { Family } from "../../grammar/address.js";
import { compareCodePoints } from "../../grammar/source.js";
import type { DomainId } from "../model/estate.js";
import type { RuleBox } from "../relations/boxes.js";
import { AddressSet } from "../sets/address-set.js";
import { fillGaps } from "../sets/fill-gaps.js";
import { PairMemo } from "../sets/memo.js";
import type { EnforcementPoint, FilterEntry } from "./design.js";
import type { Gaps } from "./gaps.js";
import { OwnerIndex } from "./owner-index.js";

/** Who stands at one side of a point: addresses by domain. */
export type Side = ReadonlyMap<DomainId, AddressSet>;

/** A point before its entries. */
export interface PointDraft {
  readonly point: Omit<EnforcementPoint, "entries">;
  /** Endpoints on the near side: in the subnet, on the LAN, behind the link. */
  readonly here: Side;
  /** `from-here` and `to-here` are the two points of a stateful subnet; a stateless one also lets replies in. */
  readonly needs: "from-here" | "to-here" | "both-ways";
  /** The other ends of flows that cross: all, all that are not on the near side, or those given. */
  readonly beyond: "all" | "not-here" | Side;
}

/** Distributes every box of every rule to the points that its flows or their replies cross. */
export function fillEntries(
  boxes: readonly RuleBox[],
  drafts: readonly PointDraft[],
  gaps: Gaps,
): ReadonlyMap<PointDraft, readonly FilterEntry[]> {
  const sides = new Map<DomainId, [PointDraft, AddressSet][]>();
  for (const draft of drafts) {
    for (const [domain, set] of draft.here) {
      const list = sides.get(domain);
      if (list === undefined) sides.set(domain, [[draft, set]]);
      else list.push([draft, set]);
    }
  }
  const indexes = new Map([...sides].map(([domain, list]) => [domain, new OwnerIndex(list)] as const));
  const out = new Map<PointDraft, FilterEntry[]>();
  const add = (draft: PointDraft, entries: readonly FilterEntry[]): void => {
    const list = out.get(draft);
    if (list === undefined) out.set(draft, [...entries]);
    else list.push(...entries);
  };
  for (const box of boxes) {
    for (const draft of indexes.get(box.from)?.meeting(box.source) ?? []) {
      if (draft.needs !== "to-here") add(draft, flowsFrom(draft, box, gaps));
    }
    for (const draft of indexes.get(box.to)?.meeting(box.destination) ?? []) {
      if (draft.needs === "to-here") add(draft, flowsTo(draft, box, gaps));
      if (draft.needs === "both-ways") add(draft, repliesTo(draft, box, gaps));
    }
  }
  return new Map([...out].map(([draft, entries]) => [draft, sortEntries(entries)] as const));
}

/** What of a set lies in another, and what does not. */
const common = new PairMemo((set, other) => set.intersect(other));
const outside = new PairMemo((set, other) => set.subtract(other));

/** The near side's addresses of a domain. */
function near(draft: PointDraft, domain: DomainId): AddressSet {
  return draft.here.get(domain) ?? AddressSet.empty;
}

/** The other side of a flow as far as it crosses the point. */
function beyond(draft: PointDraft, domain: DomainId, set: AddressSet): AddressSet {
  if (draft.beyond === "all") return set;
  if (draft.beyond === "not-here") return outside.of(set, near(draft, domain));
  return common.of(set, draft.beyond.get(domain) ?? AddressSet.empty);
}

function flowsFrom(draft: PointDraft, box: RuleBox, gaps: Gaps): readonly FilterEntry[] {
  const source = common.of(box.source, near(draft, box.from));
  return split(draft, gaps, box, "flow", box.from, box.to, source, beyond(draft, box.to, box.destination));
}

function flowsTo(draft: PointDraft, box: RuleBox, gaps: Gaps): readonly FilterEntry[] {
  const destination = common.of(box.destination, near(draft, box.to));
  return split(draft, gaps, box, "flow", box.from, box.to, beyond(draft, box.from, box.source), destination);
}

/** Replies of flows opened to here: they come from here and go back to where the flow was opened. */
function repliesTo(draft: PointDraft, box: RuleBox, gaps: Gaps): readonly FilterEntry[] {
  const source = common.of(box.destination, near(draft, box.to));
  return split(draft, gaps, box, "reply", box.to, box.from, source, beyond(draft, box.from, box.source));
}

/** One entry per family in which both sides and the service have something. */
function split(
  draft: PointDraft,
  gaps: Gaps,
  box: RuleBox,
  kind: FilterEntry["kind"],
  sourceDomain: DomainId,
  destinationDomain: DomainId,
  source: AddressSet,
  destination: AddressSet,
): readonly FilterEntry[] {
  return ([4, 6] as const).flatMap((family: Family) => {
    const from = source.family(family);
    const to = destination.family(family);
    const service = box.service.forFamily(family);
    if (from.isEmpty() || to.isEmpty() || service.isEmpty()) return [];
    return [
      {
        rule: box.rule.id,
        kind,
        sourceDomain,
        destinationDomain,
        family,
        source: from,
        destination: to,
        coarse:
          draft.point.state === "stateful"
            ? { source: gaps.fill(sourceDomain, from), destination: gaps.fill(destinationDomain, to) }
            : closedSides(draft.point, from, to),
        service,
        log: box.rule.log,
        sources: [box.rule.span],
      },
    ];
  });
}

/** The coarse sides of a stateless point: filled only with what the point itself discards ahead of the rules. */
export function closedSides(
  point: Pick<EnforcementPoint, "ownSources" | "ownAddresses" | "routerAddresses">,
  source: AddressSet,
  destination: AddressSet,
): { readonly source: AddressSet; readonly destination: AddressSet } {
  return {
    source: fillGaps(point.ownSources ?? AddressSet.empty, source),
    destination: fillGaps(point.routerAddresses ?? point.ownAddresses, destination),
  };
}

/** Canonical order: by rule, kind, family, domains, addresses. */
function sortEntries(entries: readonly FilterEntry[]): readonly FilterEntry[] {
  const keyed = entries.map((entry) => [entryKey(entry), entry] as const);
  return keyed.sort(([a], [b]) => compareCodePoints(a, b)).map(([, entry]) => entry);
}

function entryKey(entry: FilterEntry): string {
  const { rule, kind, family, sourceDomain, destinationDomain, source, destination } = entry;
  return [rule, kind, family, sourceDomain, destinationDomain, source.key(), destination.key()].join(" ");
}
