/** Finds rules that the union of the others covers, in one pass per pair of domains. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { compareSpans } from "../../grammar/source.js";
import { relationsCatalogue as say } from "../diagnostics/relations-catalogue.js";
import type { AllowRule, Day } from "../model/estate.js";
import type { RuleBox } from "../relations/boxes.js";
import type { PairRelation } from "../relations/pair.js";
import type { Relations } from "../relations/relations.js";
import { coverers } from "../sets/coverage.js";
import { BudgetExceeded } from "../sets/engine.js";

/**
 * Warns of every rule wholly covered by others. Of rules that cover each other each is named: which one goes is the
 * author's choice. Nothing is said of a pair of domains that exceeds the budget: a warning withheld, not a proof.
 */
export function judgeRedundancy(relations: Relations, diagnostics: Diagnostics): void {
  const boxesOf = new Map<AllowRule, number>();
  for (const box of relations.boxes) boxesOf.set(box.rule, (boxesOf.get(box.rule) ?? 0) + 1);
  const covering = new Map<AllowRule, Set<AllowRule>>();
  const covered = new Map<AllowRule, number>();
  for (const [from, to] of relations.ruledPairs()) {
    try {
      for (const [box, by] of coveredBoxes(relations.pair(from, to))) {
        covered.set(box.rule, (covered.get(box.rule) ?? 0) + 1);
        const rules = covering.get(box.rule) ?? new Set<AllowRule>();
        for (const rule of by) rules.add(rule);
        covering.set(box.rule, rules);
      }
    } catch (thrown) {
      if (!(thrown instanceof BudgetExceeded)) throw thrown;
    }
  }
  for (const [rule, count] of covered) {
    if (count === boxesOf.get(rule)) report(rule, [...(covering.get(rule) ?? [])], diagnostics);
  }
}

/** The boxes of a pair that others cover, each with the rules of a small covering set. */
function coveredBoxes(pair: PairRelation): readonly (readonly [RuleBox, readonly AllowRule[]])[] {
  const { twice } = pair.coverage();
  const options = { distinct: pair.distinct };
  if (pair.isVoid(twice)) return [];
  const sets = pair.parts.rules.map((_, index) => pair.ruleSet(index));
  return pair.parts.rules.flatMap((box, index) => {
    if (sets[index]?.subsetOf(twice, options) !== true) return [];
    // The two directions of one `<->` rule may cover each other; that makes no rule redundant.
    const others =
      box.rule.flows.length === 1
        ? sets
        : sets.map((set, other) => (isOther(pair, box, index, other) ? pair.space.empty : set));
    const by = (coverers(others, index, options) ?? []).flatMap((other) => pair.parts.rules[other]?.rule ?? []);
    return by.length === 0 ? [] : [[box, by] as const];
  });
}

/** True where `other` is another box of the same rule. */
function isOther(pair: PairRelation, box: RuleBox, index: number, other: number): boolean {
  return other !== index && pair.parts.rules[other]?.rule === box.rule;
}

function report(rule: AllowRule, by: readonly AllowRule[], diagnostics: Diagnostics): void {
  const rules = [...by].sort((a, b) => compareSpans(a.span, b.span));
  const names = rules.map((one) => `\`${one.text}\``).join(" and ");
  const note = noteOf(rule, rules);
  diagnostics.report(say["redundant-rule"], { by: names, ...(note === undefined ? {} : { note }) }, rule.span, {
    related: rules.map((one) => ({ message: "permits the same flows", span: one.span })),
  });
}

/** What removing the rule would change all the same. */
function noteOf(rule: AllowRule, by: readonly AllowRule[]): string | undefined {
  const earlier = by.filter((one) => one.until !== undefined && isBefore(one.until.value, rule.until?.value));
  if (earlier.length > 0) return "a rule that covers it expires earlier: after that day this one is needed";
  if (rule.log && by.some((one) => !one.log))
    return "this rule logs and the others do not: keep `log` on the one that stays";
  return undefined;
}

function isBefore(day: Day, other: Day | undefined): boolean {
  return other === undefined || dayNumber(day) < dayNumber(other);
}

function dayNumber(day: Day): number {
  return day.year * 10_000 + day.month * 100 + day.day;
}
