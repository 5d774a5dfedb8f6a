import { AddressSet } from "../sets/address-set.js";
import { BudgetExceeded } from "../sets/engine.js";
import { admittedBy, type Comparison, differenceOf, filtersOf, spaceFor } from "./comparison.js";
import { expectedAt } from "./expected-packets.js";
import type { IntendedPoint } from "./intended-flows.js";
import type { Coarse, Finding, Subject } from "./judged.js";
import type { MatchedPoint } from "./match-points.js";
import { OtherPoints } from "./other-points.js";
import { cubes, everyPacket } from "./packet-space.js";
import type { ReadFilter } from "./readback.js";
import { judgeWorkloads } from "./workloads.js";

/** What the filters of an output came to. */
export interface FilterPlane {
  readonly findings: readonly Finding[];
  readonly coarse: readonly Coarse[];
  /** Points and families that were compared, and the rules that were read for them. */
  readonly compared: number;
  readonly rules: number;
}

/** Compares every matched point in both families. */
export function judgeFilters(
  subject: Subject,
  intended: readonly IntendedPoint[],
  matched: readonly MatchedPoint[],
): FilterPlane {
  const findings: Finding[] = [];
  const coarse: Coarse[] = [];
  const filters = new Map(
    subject.read.flatMap(({ readback }) => readback.filters.map((one) => [one.id, one] as const)),
  );
  const byPoint = new Map(intended.map((one) => [one.point.id, one] as const));
  const others = new OtherPoints(subject, matched, byPoint, filters);
  let compared = 0;
  let rules = 0;
  for (const match of matched) {
    const intention = byPoint.get(match.point.id);
    if (intention === undefined) continue;
    for (const family of [4, 6] as const) {
      try {
        const one = { subject, intended: intention, match, family, filters: filtersOf(match, family, filters) };
        compared++;
        rules += one.filters.reduce((sum, filter) => sum + filter.rules.length, 0);
        if (match.point.state === "stateless") findings.push(...judgeStateless(one));
        else {
          const found = judgeWorkloads(one, filters, others);
          findings.push(...found.findings);
          coarse.push(...found.coarse);
        }
      } catch (thrown) {
        if (!(thrown instanceof BudgetExceeded)) throw thrown;
        findings.push({ plane: "filter", kind: "not-proved", subject: match.point.id, budget: thrown.budget });
      }
    }
  }
  findings.push(...strays(subject));
  return { findings, coarse, compared, rules };
}

/** Filters that nothing binds, though they would admit something; and those of workloads that take no group. */
function strays({ read }: Subject): readonly Finding[] {
  return read.flatMap(({ readback: { bindings, filters, interfaces } }) => {
    const bound = new Set(bindings.flatMap((one) => one.filters));
    const others = new Set(bindings.flatMap((one) => (one.where.kind === "others" ? one.filters : [])));
    return filters.filter(admitsSomething).flatMap((one): readonly Finding[] => {
      const about = { plane: "filter", subject: one.name, place: one.at } as const;
      // A network's default list exists whether anybody uses it or not.
      if (!bound.has(one.id) && one.state === "stateless" && interfaces.length === 0) return [];
      if (!bound.has(one.id)) return [{ ...about, kind: "stray-filter", what: "no interface and no workload uses it" }];
      if (!others.has(one.id)) return [];
      return [{ ...about, kind: "stray-filter", what: "workloads that take no group would be open" }];
    });
  });
}

function admitsSomething({ rules, otherwise }: ReadFilter): boolean {
  return otherwise === "admit" || rules.some((rule) => rule.action === "admit" && rule.matches.length > 0);
}

function judgeStateless(one: Comparison): readonly Finding[] {
  const { intended, match, family, filters, subject } = one;
  const { point } = intended;
  const at = match.interface;
  const forwards = at?.families.includes(family) === true;
  if (forwards && filters.length === 0) {
    const what = `IPv${family} packets come in without a filter`;
    return [
      { plane: "filter", kind: "no-filter", subject: point.id, what, ...(at === undefined ? {} : { place: at.at }) },
    ];
  }
  const own = AddressSet.unionAll(
    [...(at?.addresses.map((each) => each.address) ?? []), ...(at?.virtual ?? [])].map(AddressSet.ofAddress),
  );
  const { must, may } = expectedAt(point, intended.crossings, own, family);
  if (!forwards && must.length === 0) return [];
  const space = spaceFor(subject, [...must, ...may], filters, family);
  const everything = space.cubes(cubes(everyPacket(family), "may"));
  const most = admittedBy(space, filters, family, everything, forwards, "most");
  const least = filters.some((filter) => filter.least !== undefined)
    ? admittedBy(space, filters, family, everything, forwards, "least")
    : most;
  const mustSet = space.cubes(must);
  const maySet = may.length === 0 ? mustSet : space.union([mustSet, space.cubes(may)]);
  return [
    ...differenceOf(one, space, "opens", space.subset(most, maySet) ? space.none : space.subtract(most, maySet)),
    ...differenceOf(one, space, "closes", space.subset(mustSet, least) ? space.none : space.subtract(mustSet, least)),
  ];
}
