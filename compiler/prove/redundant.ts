/** Finds rules that the union of the others covers, in one pass per pair of domains. */

import type { Diagnostics } from "../../grammar/diagnostic.js";
import { compareSpans } from "../../grammar/source.js";
import { relationsCatalogue as say } from "../diagnostics/relations-catalogue.js";
import { daysBetween } from "../model/days.js";
import type { AllowRule, Day } from "../model/estate.js";
import type { PairRelation } from "../relations/pair.js";
import type { Relations } from "../relations/relations.js";
import { coverers } from "../sets/coverage.js";
import { BudgetExceeded } from "../sets/engine.js";

/**
 * Warns of every rule wholly covered by others. Of rules that cover each other each is named: which one goes is the
 * author's choice. Nothing is said of a pair of domains that exceeds the budget: a warning withheld, not a proof.
 */
export function judgeRedundancy(relations: Relations, diagnostics: Diagnostics): void {
  const pairsOf = new Map<AllowRule, number>();
  const covering = new Map<AllowRule, Set<AllowRule>>();
  const covered = new Map<AllowRule, number>();
  for (const [from, to] of relations.ruledPairs()) {
    const pair = relations.pair(from, to);
    for (const rule of new Set(pair.parts.rules.map((box) => box.rule))) {
      pairsOf.set(rule, (pairsOf.get(rule) ?? 0) + 1);
    }
    try {
      for (const [rule, by] of coveredRules(pair)) {
        covered.set(rule, (covered.get(rule) ?? 0) + 1);
        covering.set(rule, new Set([...(covering.get(rule) ?? []), ...by]));
      }
    } catch (thrown) {
      if (!(thrown instanceof BudgetExceeded)) throw thrown;
    }
  }
  for (const [rule, count] of covered) {
    if (count === pairsOf.get(rule)) report(rule, [...(covering.get(rule) ?? [])], diagnostics);
  }
}

/** The rules of a pair that others cover, each with the rules of a small covering set. */
function coveredRules(pair: PairRelation): readonly (readonly [AllowRule, readonly AllowRule[]])[] {
  const covering = pair.coverage();
  const options = { distinct: pair.distinct };
  if (pair.isVoid(covering.twice)) return [];
  const rules = pair.rules();
  return rules.flatMap(({ rule, set }, index) => {
    if (!set.subsetOf(covering.twice, options)) return [];
    const by = (coverers(covering, index, options) ?? []).flatMap((other) => rules[other]?.rule ?? []);
    return by.length === 0 ? [] : [[rule, by] as const];
  });
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
  return other === undefined || daysBetween(day, other) > 0;
}
