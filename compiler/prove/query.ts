/** Answers `A -> B on S`: which flows are open, through which places and rules, and what the others lack. */
import type { AllowRule, DomainId, RuleFlow } from "../model/estate.js";
import { flowBox } from "../relations/boxes.js";
import type { Box, PairRelation } from "../relations/pair.js";
import type { Relations } from "../relations/relations.js";
import { edgesOf, placesOf, type RoutedBox } from "../relations/routing.js";
import type { FlowSet, Region } from "../sets/engine.js";
import { ServiceSet } from "../sets/service-set.js";
import { nameRegion } from "./invariants.js";
import { missingFor, type Reason, siteOf } from "./reasons.js";
import { type ConcreteFlow, NOT_STOPPED, pickInRegion, sentence, type Witness, witnessOf } from "./witness.js";

/** A question, evaluated. */
export interface Question {
  readonly flows: readonly Pick<RuleFlow, "source" | "destination">[];
  readonly service: ServiceSet;
}

/** One place on a path, with the enforcement point that a packet meets there. */
export interface Hop {
  readonly place: string;
  readonly point?: string;
}

/** A region of the answer. Paths and witnesses are those of a flow in it. */
export interface AnswerRegion {
  readonly source: string;
  readonly destination: string;
  readonly service: string;
  readonly witness: Witness;
  /** The witness as a sentence. */
  readonly sentence: string;
  readonly rules: readonly AllowRule[];
  readonly path: readonly Hop[];
}

/** `partial` is every mixture. */
export type AnswerVerdict = "open" | "closed" | "partial" | "unenforced";

/** The answer to a question. */
export interface Answer {
  readonly verdict: AnswerVerdict;
  readonly open: readonly AnswerRegion[];
  readonly closed: readonly AnswerRegion[];
  readonly unenforced: readonly AnswerRegion[];
  /** The first reason of each kind. */
  readonly reasons: readonly Reason[];
}

/** Answers a question; undefined where no flow matches it. May throw `BudgetExceeded`. */
export function answer(relations: Relations, question: Question): Answer | undefined {
  const collector = new Collector(relations);
  for (const [from, to, boxes] of domainPairs(relations, question)) {
    const pair = relations.pairFor(from, to, boxes);
    const asked = pair.space.unionAll(boxes.map((box) => pair.box(box)));
    if (!pair.isVoid(asked)) collector.judge(pair, asked);
  }
  return collector.answer();
}

function domainPairs(
  relations: Relations,
  question: Question,
): readonly (readonly [DomainId, DomainId, readonly Box[]])[] {
  const pairs = new Map<string, [DomainId, DomainId, Box[]]>();
  for (const flow of question.flows) {
    for (const from of flow.source.domains()) {
      for (const to of flow.destination.domains()) {
        const box = flowBox(flow, from, to, question.service, relations.hiding);
        if (box === undefined) continue;
        const entry = pairs.get(`${from} ${to}`) ?? [from, to, []];
        entry[2].push({ ...box, service: question.service });
        pairs.set(`${from} ${to}`, entry);
      }
    }
  }
  return [...pairs.values()];
}

/** Gathers regions and reasons over the pairs of domains. */
class Collector {
  private readonly relations: Relations;
  private readonly open: AnswerRegion[] = [];
  private readonly closed: AnswerRegion[] = [];
  private readonly unenforced: AnswerRegion[] = [];
  private readonly reasons = new Map<Reason["kind"], Reason>();

  constructor(relations: Relations) {
    this.relations = relations;
  }

  judge(pair: PairRelation, asked: FlowSet): void {
    const open = pair.open().intersect(asked);
    const unenforced = pair.unenforced().intersect(asked);
    const closed = asked.subtract(open).subtract(unenforced);
    // Several shares may route one flow: it is told once, by the first.
    let untold = open;
    for (const box of pair.parts.routed) {
      const boxed = pair.box({ ...box, service: ServiceSet.any }).intersect(untold);
      untold = untold.subtract(boxed);
      this.regions(pair, boxed, this.open, "can open", box);
    }
    this.regions(pair, closed, this.closed, "cannot open");
    this.regions(pair, unenforced, this.unenforced, NOT_STOPPED);
    this.explain(pair, closed, unenforced, asked);
  }

  private regions(pair: PairRelation, set: FlowSet, into: AnswerRegion[], verb: string, box?: RoutedBox): void {
    for (const region of pair.regions(set)) {
      const flow = pickInRegion(this.relations, pair, region);
      if (flow !== undefined) into.push(this.region(pair, region, flow, verb, box));
    }
  }

  private region(pair: PairRelation, region: Region, flow: ConcreteFlow, verb: string, box?: RoutedBox): AnswerRegion {
    return {
      ...nameRegion(this.relations, pair.from, pair.to, region),
      witness: witnessOf(this.relations, flow),
      sentence: sentence(this.relations, pair, flow, verb),
      rules: box === undefined ? [] : rulesIn(pair, region),
      path: box === undefined ? [] : hops(this.relations, box, flow),
    };
  }

  private explain(pair: PairRelation, closed: FlowSet, unenforced: FlowSet, asked: FlowSet): void {
    for (const region of pair.regions(closed)) {
      const flow = pickInRegion(this.relations, pair, region);
      if (flow !== undefined) for (const reason of missingFor(this.relations, flow)) this.add(reason);
    }
    if (!pair.isVoid(unenforced)) {
      this.add({ kind: "unenforced", message: "some way between the two sides passes every enforcement point by" });
    }
    const residual = pair.residual().intersect(asked).intersect(closed);
    const region = pair.regions(residual)[0];
    const flow = region === undefined ? undefined : pickInRegion(this.relations, pair, region);
    if (flow !== undefined) {
      const text = sentence(this.relations, pair, flow, "reaches");
      this.add({ kind: "residual", message: `what replies admit beyond their flow: ${text}` });
    }
  }

  private add(reason: Reason): void {
    if (!this.reasons.has(reason.kind)) this.reasons.set(reason.kind, reason);
  }

  answer(): Answer | undefined {
    const counts = [this.open, this.closed, this.unenforced].filter((list) => list.length > 0).length;
    if (counts === 0) return undefined;
    const verdict =
      counts > 1 ? "partial" : this.open.length > 0 ? "open" : this.closed.length > 0 ? "closed" : "unenforced";
    const order: readonly Reason["kind"][] = ["no-allow", "no-share", "no-route", "no-reply", "unenforced", "residual"];
    const reasons = order.flatMap((kind) => this.reasons.get(kind) ?? []);
    return { verdict, open: this.open, closed: this.closed, unenforced: this.unenforced, reasons };
  }
}

/** The rules that open some flow of a region. */
function rulesIn(pair: PairRelation, region: Region): readonly AllowRule[] {
  const set = pair.parts.rules
    .filter(
      (box) =>
        box.source.overlaps(region.source) &&
        box.destination.overlaps(region.destination) &&
        box.service.overlaps(region.service),
    )
    .map((box) => box.rule);
  return [...new Set(set)];
}

/** The path of a flow with the points that it meets: ids as in the design. A place with two points is two hops. */
function hops(relations: Relations, box: RoutedBox, flow: ConcreteFlow): readonly Hop[] {
  const places = placesOf(box);
  const entered = new Map<string, string>();
  for (const { edge, domain } of edgesOf(box)) {
    const enters = edge.link.ends[edge.fromEnd === 0 ? 1 : 0].place;
    const filters = edge.to.kind === "router" && edge.to.managed && !(edge.from.kind === "router" && edge.from.managed);
    if (filters) entered.set(enters.name, `${edge.link.name}/${domain}@${enters.name}/in`);
  }
  const source = siteOf(relations, flow.from, flow.source);
  const destination = siteOf(relations, flow.to, flow.destination);
  return places.flatMap(({ name }, index) => {
    const points: string[] = [];
    if (index === 0 && source?.kind === "cloud") points.push(`${subnetOf(relations, flow.from, flow.source)}/out`);
    if (index === 0 && source?.kind === "lan") points.push(`${source.path}@${name}/in`);
    const link = index === 0 ? undefined : entered.get(name);
    if (link !== undefined) points.push(link);
    if (index === places.length - 1 && destination?.kind === "cloud") {
      points.push(`${subnetOf(relations, flow.to, flow.destination)}/in`);
    }
    return points.length === 0 ? [{ place: name }] : points.map((point) => ({ place: name, point }));
  });
}

function subnetOf(relations: Relations, domain: DomainId, address: ConcreteFlow["source"]): string {
  const holding = relations.naming.ownerOf(domain, address);
  if (holding === undefined) return domain;
  return holding.kind === "host" ? holding.path.slice(0, holding.path.lastIndexOf(".")) : holding.path;
}
