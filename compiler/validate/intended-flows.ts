/**
 * What each enforcement point has to admit, from permission and the point's attachment: which flows cross it from its near
 * side, and whose replies do. Nothing here looks at the entries that targets lower from.
 */
import type { Design, EnforcementPoint } from "../design/design.js";
import { OwnerIndex } from "../design/owner-index.js";
import type { DomainId } from "../model/estate.js";
import type { RuleBox } from "../relations/boxes.js";
import type { Relations } from "../relations/relations.js";
import { AddressSet } from "../sets/address-set.js";
import { PairMemo } from "../sets/memo.js";
import type { ServiceSet } from "../sets/service-set.js";
import { type Side, Sides } from "./sides.js";

/** A product of packets that a rule lets cross a point: of its flows, or of their replies. */
export interface Crossing {
  readonly kind: "flow" | "reply";
  readonly rule: RuleBox["rule"];
  /** Domains and addresses of the packet: for a reply of the reply. */
  readonly from: DomainId;
  readonly to: DomainId;
  readonly source: AddressSet;
  readonly destination: AddressSet;
  /** Of the flow, also where its reply crosses. */
  readonly service: ServiceSet;
}

/** A point with its near side, and what crosses it. */
export interface IntendedPoint {
  readonly point: EnforcementPoint;
  readonly near: Side;
  /** The other ends: those given; all but the near ones; all. */
  readonly beyond: Side | "not-near" | "all";
  readonly crossings: readonly Crossing[];
}

type Draft = Omit<IntendedPoint, "crossings">;

/** Computes the intention of every point of a design. */
export function intendPoints(relations: Relations, design: Design): readonly IntendedPoint[] {
  const sides = new Sides(relations);
  const holdings = endpointsByPath(relations);
  const drafts = design.points.map((point) => draftOf(relations, design, sides, holdings, point));
  const found = distribute(relations.boxes, drafts);
  return drafts.map((draft) => ({ ...draft, crossings: found.get(draft) ?? [] }));
}

/** All endpoints below each path of two names: a subnet with its hosts. */
function endpointsByPath(relations: Relations): ReadonlyMap<string, AddressSet> {
  const lists = new Map<string, AddressSet[]>();
  for (const { path, addresses } of relations.estate.holdings) {
    const key = path.split(".").slice(0, 2).join(".");
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [addresses]);
    else list.push(addresses);
  }
  return new Map([...lists].map(([path, list]) => [path, AddressSet.unionAll(list)] as const));
}

function draftOf(
  relations: Relations,
  design: Design,
  sides: Sides,
  holdings: ReadonlyMap<string, AddressSet>,
  point: EnforcementPoint,
): Draft {
  const { attachment, domain } = point;
  if (attachment.kind === "subnet") {
    return { point, near: new Map([[domain, holdings.get(attachment.subnet) ?? AddressSet.empty]]), beyond: "all" };
  }
  if (attachment.kind === "lan") {
    const endpoints = relations.topology.site(attachment.lan)?.endpoints ?? AddressSet.empty;
    return { point, near: new Map([[domain, endpoints]]), beyond: "not-near" };
  }
  const circuit = design.circuits.find((one) => one.id === attachment.circuit);
  const far = circuit?.ends.find((end) => end.place.name !== attachment.router)?.place;
  if (far === undefined) throw new Error(`the point ${point.id} has no circuit`);
  return {
    point,
    near: sides.behind(domain, far, point.place),
    beyond: sides.behind(domain, point.place, far),
  };
}

/** Gives every box to the points that its flows, or their replies, cross. */
function distribute(boxes: readonly RuleBox[], drafts: readonly Draft[]): ReadonlyMap<Draft, readonly Crossing[]> {
  const owners = new Map<DomainId, [Draft, AddressSet][]>();
  for (const draft of drafts) {
    for (const [domain, set] of draft.near) {
      const list = owners.get(domain);
      if (list === undefined) owners.set(domain, [[draft, set]]);
      else list.push([draft, set]);
    }
  }
  const indexes = new Map([...owners].map(([domain, list]) => [domain, new OwnerIndex(list)] as const));
  const out = new Map<Draft, Crossing[]>();
  const add = (draft: Draft, crossing: Crossing): void => {
    if (crossing.source.isEmpty() || crossing.destination.isEmpty()) return;
    const list = out.get(draft);
    if (list === undefined) out.set(draft, [crossing]);
    else list.push(crossing);
  };
  for (const box of boxes) {
    for (const draft of indexes.get(box.from)?.meeting(box.source) ?? []) {
      if (!isEntry(draft.point)) add(draft, flowFrom(draft, box));
    }
    for (const draft of indexes.get(box.to)?.meeting(box.destination) ?? []) {
      if (isEntry(draft.point)) add(draft, flowTo(draft, box));
      else if (draft.point.state === "stateless") add(draft, replyFrom(draft, box));
    }
  }
  return out;
}

/** True for the inbound point of a cloud subnet: packets go to the near side. */
function isEntry(point: EnforcementPoint): boolean {
  return point.attachment.kind === "subnet" && point.direction === "in";
}

function nearOf(draft: Draft, domain: DomainId): AddressSet {
  return draft.near.get(domain) ?? AddressSet.empty;
}

const both = new PairMemo((a, b) => a.intersect(b));
const without = new PairMemo((a, b) => a.subtract(b));

function beyondOf(draft: Draft, domain: DomainId, set: AddressSet): AddressSet {
  if (draft.beyond === "all") return set;
  if (draft.beyond === "not-near") return without.of(set, nearOf(draft, domain));
  return both.of(set, draft.beyond.get(domain) ?? AddressSet.empty);
}

function flowFrom(draft: Draft, { rule, from, to, source, destination, service }: RuleBox): Crossing {
  const [here, there] = [both.of(source, nearOf(draft, from)), beyondOf(draft, to, destination)];
  return { kind: "flow", rule, from, to, source: here, destination: there, service };
}

function flowTo(draft: Draft, { rule, from, to, source, destination, service }: RuleBox): Crossing {
  const [here, there] = [both.of(destination, nearOf(draft, to)), beyondOf(draft, from, source)];
  return { kind: "flow", rule, from, to, source: there, destination: here, service };
}

function replyFrom(draft: Draft, { rule, from, to, source, destination, service }: RuleBox): Crossing {
  const [here, there] = [both.of(destination, nearOf(draft, to)), beyondOf(draft, from, source)];
  return { kind: "reply", rule, from: to, to: from, source: here, destination: there, service };
}
