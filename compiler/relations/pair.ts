/** Everything the relations say of one ordered pair of domains, as flow sets over one space. */
import type { AllowRule, DomainId } from "../model/estate.js";
import type { AddressSet } from "../sets/address-set.js";
import { type Coverage, coverage } from "../sets/coverage.js";
import type { FlowSet, FlowSpace, Region } from "../sets/engine.js";
import { ServiceSet } from "../sets/service-set.js";
import { SpaceBuilder } from "../sets/space-builder.js";
import type { RuleBox } from "./boxes.js";
import type { ResidualBox } from "./residual.js";
import type { RoutedBox } from "./routing.js";
import type { UnenforcedBox } from "./unenforced.js";

/** A product of addresses and services, of whatever origin. */
export interface Box {
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
}

/** What a pair is built from. `extra` are boxes that will be asked about: their boundaries must be known at once. */
export interface PairParts {
  readonly from: DomainId;
  readonly to: DomainId;
  readonly rules: readonly RuleBox[];
  readonly routed: readonly RoutedBox[];
  /** Over which replies of flows opened the other way travel from `from` to `to`; empty inside one domain. */
  readonly replyRouted: readonly RoutedBox[];
  readonly unenforced: readonly UnenforcedBox[];
  readonly residual: readonly ResidualBox[];
  readonly tcpResidual: readonly ResidualBox[];
  readonly extra: readonly Box[];
  /** Steps the packet sets may take. */
  readonly budget?: number;
}

/** Flow sets of one pair, each computed once and on demand. All may throw `BudgetExceeded`. */
export class PairRelation {
  readonly from: DomainId;
  readonly to: DomainId;
  readonly parts: PairParts;
  /** True where both sides are of one domain, so that an address has no flow with itself. */
  readonly distinct: boolean;
  readonly space: FlowSpace;
  private readonly memo = new Map<string, FlowSet>();
  private readonly ruleSetMemo: (FlowSet | undefined)[] = [];
  private covered: Coverage | undefined;
  private ruleMemo: readonly { readonly rule: AllowRule; readonly set: FlowSet }[] | undefined;

  constructor(parts: PairParts) {
    this.parts = parts;
    this.from = parts.from;
    this.to = parts.to;
    this.distinct = parts.from === parts.to;
    const builder = new SpaceBuilder();
    for (const box of [...parts.rules, ...parts.residual, ...parts.tcpResidual, ...parts.extra]) {
      builder.addBox(box.source, box.destination, box.service);
    }
    for (const box of [...parts.routed, ...parts.replyRouted, ...parts.unenforced])
      builder.addBox(box.source, box.destination, ServiceSet.any);
    this.space = builder.build(parts.budget === undefined ? {} : { budget: parts.budget });
  }

  private once(key: string, make: () => FlowSet): FlowSet {
    const known = this.memo.get(key) ?? make();
    this.memo.set(key, known);
    return known;
  }

  /** A box as a set; families that one side lacks give nothing. */
  box(box: Box): FlowSet {
    return this.space.box(box.source, box.destination, box.service);
  }

  /** The set of one rule box, by its index in `parts.rules`. */
  ruleSet(index: number): FlowSet {
    const box = this.parts.rules[index];
    if (box === undefined) throw new Error("no such rule box");
    const set = this.ruleSetMemo[index] ?? this.box(box);
    this.ruleSetMemo[index] = set;
    return set;
  }

  private union(boxes: readonly Box[]): FlowSet {
    return this.space.unionAll(boxes.map((box) => this.box(box)));
  }

  private unionOfPairs(boxes: readonly Omit<Box, "service">[]): FlowSet {
    return this.space.unionAll(boxes.map((box) => this.space.box(box.source, box.destination, ServiceSet.any)));
  }

  /** The rules of the pair, each with the union of its boxes, in order of rules. */
  rules(): readonly { readonly rule: AllowRule; readonly set: FlowSet }[] {
    if (this.ruleMemo === undefined) {
      const byRule = new Map<AllowRule, FlowSet[]>();
      for (const [index, box] of this.parts.rules.entries()) {
        const list = byRule.get(box.rule);
        if (list === undefined) byRule.set(box.rule, [this.ruleSet(index)]);
        else list.push(this.ruleSet(index));
      }
      this.ruleMemo = [...byRule].map(([rule, sets]) => ({ rule, set: this.space.unionAll(sets) }));
    }
    return this.ruleMemo;
  }

  /** What one rule of `rules()` covers, and what at least two of them do. */
  coverage(): Coverage {
    this.covered ??= coverage(
      this.space,
      this.rules().map(({ set }) => set),
    );
    return this.covered;
  }

  /** P of this pair. */
  permission(): FlowSet {
    return this.once("permission", () => this.space.unionAll(this.parts.rules.map((_, index) => this.ruleSet(index))));
  }

  /** R of this pair: a way forward and back. */
  routed(): FlowSet {
    return this.once("routed", () => this.unionOfPairs(this.parts.routed));
  }

  /** Where replies of flows opened the other way find a way. */
  private replyRouted(): FlowSet {
    return this.once("reply", () => (this.distinct ? this.routed() : this.unionOfPairs(this.parts.replyRouted)));
  }

  /** Permitted and routed, so admitted at every point on the way. */
  open(): FlowSet {
    return this.once("open", () => this.permission().intersect(this.routed()));
  }

  /** Pairs between which nobody enforces. */
  unfiltered(): FlowSet {
    return this.once("unfiltered", () => this.unionOfPairs(this.parts.unenforced));
  }

  /** Flows that nobody permits and nobody closes. */
  unenforced(): FlowSet {
    return this.once("unenforced", () => this.unfiltered().subtract(this.permission()));
  }

  /** What replies of protocols other than TCP leave open, where somebody enforces. */
  residual(): FlowSet {
    return this.once("residual", () =>
      this.union(this.parts.residual).intersect(this.replyRouted()).subtract(this.unfiltered()),
    );
  }

  /** What TCP replies admit with ACK or RST set. */
  tcpResidual(): FlowSet {
    return this.once("tcp", () =>
      this.union(this.parts.tcpResidual).intersect(this.replyRouted()).subtract(this.unfiltered()),
    );
  }

  /** True where the set has no flow between two different endpoints. */
  isVoid(set: FlowSet): boolean {
    return this.distinct ? set.onlyDiagonal() : set.isEmpty();
  }

  /** The regions of a set. */
  regions(set: FlowSet): readonly Region[] {
    return set.regions({ distinct: this.distinct });
  }

  /** How many pairs of endpoints have a flow in the set. */
  pairs(set: FlowSet): bigint {
    return set.pairs({ distinct: this.distinct });
  }
}
