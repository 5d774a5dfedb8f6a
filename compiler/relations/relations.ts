/** The relations of an estate: permission, routing and the verdict, per ordered pair of domains. */
import type { DomainId, Estate } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import { Pool } from "../sets/memo.js";
import type { ServiceSet } from "../sets/service-set.js";
import { flowBox, Hiding, type RuleBox, ruleBoxes } from "./boxes.js";
import { Naming } from "./naming.js";
import { type Box, PairRelation } from "./pair.js";
import { type NeededSources, type Presence, presentIn } from "./presence.js";
import { type ResidualBox, replyServices, residualOf, tcpReplies } from "./residual.js";
import { Routing } from "./routing.js";
import { type KeptChoice, Sharing } from "./sharing.js";
import { Topology } from "./topology.js";
import { unenforcedBoxes } from "./unenforced.js";

/** Options of `relate`. `budget` bounds the packet sets of one pair of domains; exceeding it gives "not proved". */
export interface RelateOptions {
  readonly kept?: KeptChoice;
  readonly budget?: number;
}

/** All relations of one estate. Pairs are built on demand. */
export class Relations {
  readonly estate: Estate;
  readonly topology: Topology;
  readonly sharing: Sharing;
  readonly routing: Routing;
  readonly hiding: Hiding;
  readonly naming: Naming;
  /** Every box of every rule, in order of policies and rules. */
  readonly boxes: readonly RuleBox[];
  private readonly byPair = new Map<string, RuleBox[]>();
  private readonly pairs = new Map<string, PairRelation>();
  private readonly invariantBoxes: ReadonlyMap<string, readonly Box[]>;
  private readonly unfilteredMemo = new Map<DomainId, AddressSet>();
  private readonly neededMemo = new Map<string, WeakMap<AddressSet, AddressSet>>();
  private readonly budget: number | undefined;

  constructor(estate: Estate, options: RelateOptions = {}) {
    this.estate = estate;
    this.budget = options.budget;
    this.topology = new Topology(estate);
    this.sharing = new Sharing(this.topology, options.kept);
    this.routing = new Routing(this.topology, this.sharing);
    this.hiding = new Hiding(this.routing);
    this.naming = new Naming(estate);
    const pooled = boxPool();
    this.boxes = estate.policies.flatMap((policy) =>
      policy.rules.flatMap((rule) => ruleBoxes(rule, this.hiding).map(pooled)),
    );
    for (const box of this.boxes) {
      const key = pairKey(box.from, box.to);
      const list = this.byPair.get(key);
      if (list === undefined) this.byPair.set(key, [box]);
      else list.push(box);
    }
    this.invariantBoxes = this.indexInvariants();
  }

  private indexInvariants(): ReadonlyMap<string, readonly Box[]> {
    const index = new Map<string, Box[]>();
    for (const invariant of this.estate.invariants) {
      for (const flow of invariant.flows) {
        for (const from of flow.source.domains()) {
          for (const to of flow.destination.domains()) {
            const box = flowBox(flow, from, to, invariant.service, this.hiding);
            if (box === undefined) continue;
            const key = pairKey(from, to);
            index.set(key, [...(index.get(key) ?? []), { ...box, service: invariant.service }]);
          }
        }
      }
    }
    return index;
  }

  /** The rule boxes of a pair. */
  rulesBetween(from: DomainId, to: DomainId): readonly RuleBox[] {
    return this.byPair.get(pairKey(from, to)) ?? [];
  }

  /** Pairs of domains between which some rule permits something, in order of rules. */
  ruledPairs(): readonly (readonly [DomainId, DomainId])[] {
    return [...this.byPair.values()].flatMap((list) =>
      list[0] === undefined ? [] : [[list[0].from, list[0].to] as const],
    );
  }

  /** The relation of a pair, with the boundaries of every rule and invariant. */
  pair(from: DomainId, to: DomainId): PairRelation {
    const key = pairKey(from, to);
    const known = this.pairs.get(key) ?? this.build(from, to, this.invariantBoxes.get(key) ?? []);
    this.pairs.set(key, known);
    return known;
  }

  /** The relation of a pair, with the boundaries of `boxes` too: for questions that the source does not ask. */
  pairFor(from: DomainId, to: DomainId, boxes: readonly Box[]): PairRelation {
    return this.build(from, to, boxes);
  }

  private build(from: DomainId, to: DomainId, extra: readonly Box[]): PairRelation {
    // Replies of flows from `to` travel from `from` to `to`.
    const answered = this.rulesBetween(to, from);
    const replies = (services: Parameters<typeof residualOf>[2]): readonly ResidualBox[] =>
      answered.flatMap((box) => residualOf(box, (domain) => this.unfiltered(domain), services) ?? []);
    return new PairRelation({
      from,
      to,
      rules: this.rulesBetween(from, to),
      routed: this.routing.routed(from, to),
      replyRouted: from === to || answered.length === 0 ? [] : this.replyRoutes(from, to),
      unenforced: from === to ? unenforcedBoxes(this.routing, from) : [],
      residual: replies(replyServices),
      tcpResidual: replies(tcpReplies),
      extra,
      ...(this.budget === undefined ? {} : { budget: this.budget }),
    });
  }

  /** The routes of flows opened from `to` to `from`, turned round: their replies use them. */
  private replyRoutes(from: DomainId, to: DomainId): ReturnType<Routing["routed"]> {
    return this.routing.routed(to, from).map((box) => ({
      ...box,
      source: box.destination,
      destination: box.source,
      sourceGroup: box.destinationGroup,
      destinationGroup: box.sourceGroup,
    }));
  }

  /** Endpoints of a domain that no stateful filter stands before: all but those in cloud subnets. */
  unfiltered(domain: DomainId): AddressSet {
    const known =
      this.unfilteredMemo.get(domain) ??
      AddressSet.unionAll(
        this.topology
          .sitesOf(domain)
          .filter((site) => site.kind !== "cloud")
          .map((site) => site.endpoints),
      );
    this.unfilteredMemo.set(domain, known);
    return known;
  }

  /** Sources of permitted flows to a part of a domain: what return routes are needed for. */
  readonly needed: NeededSources = (from, to, destination) => {
    const key = pairKey(from, to);
    const memo = this.neededMemo.get(key) ?? new WeakMap<AddressSet, AddressSet>();
    this.neededMemo.set(key, memo);
    const needed = memo.get(destination) ?? this.sourcesTo(this.rulesBetween(from, to), destination);
    memo.set(destination, needed);
    return needed;
  };

  private sourcesTo(boxes: readonly RuleBox[], destination: AddressSet): AddressSet {
    const met = boxes.filter((box) => box.destination.overlaps(destination));
    return AddressSet.unionAll(new Set(met.map((box) => box.source)));
  }

  /** What is present in a domain, returns limited to what permitted flows need. */
  present(domain: DomainId): readonly Presence[] {
    return presentIn(this.routing, domain, this.needed);
  }
}

/** Lets boxes share their equal sets, so that what was found of a set is found once. */
function boxPool(): (box: RuleBox) => RuleBox {
  const addresses = new Pool<AddressSet>();
  const services = new Pool<ServiceSet>();
  return (box) => ({
    ...box,
    source: addresses.one(box.source),
    destination: addresses.one(box.destination),
    service: services.one(box.service),
  });
}

function pairKey(from: DomainId, to: DomainId): string {
  return `${from} ${to}`;
}

/** Computes the relations of an estate. */
export function relate(estate: Estate, options: RelateOptions = {}): Relations {
  return new Relations(estate, options);
}
