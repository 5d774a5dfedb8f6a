/** Many rules at once, against a scan of the rules one by one; what several of them share; and budgets. */
import fc from "fast-check";
import { coverage, coverers } from "../../../compiler/sets/coverage.js";
import { attempt, BudgetExceeded, type Flow, type FlowSpace } from "../../../compiler/sets/engine.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import { SpaceBuilder, type SpaceOptions } from "../../../compiler/sets/space-builder.js";
import type { Address } from "../../../grammar/address.js";
import { assert, suite } from "../../support/harness.js";
import { addresses, numbers, type Rule, rules } from "./estate.js";
import { boxes, build, openSpace, pointsIn, pointsOf } from "./universe.js";

function open(list: readonly Rule[], options: SpaceOptions = {}): FlowSpace {
  const builder = new SpaceBuilder();
  for (const { source, destination, service } of list) builder.addBox(source, destination, service);
  return builder.build(options);
}

const boxesOf = (space: FlowSpace, list: readonly Rule[]) =>
  list.map(({ source, destination, service }) => space.box(source, destination, service));

/** Flows at the edges of rules: first or last address of a range, one before or after it, first or last slot of a piece. */
function edgeFlows(list: readonly Rule[], count: number): readonly Flow[] {
  const next = numbers(7);
  const one = <T>(items: readonly T[]): T => {
    const item = items[next(items.length)];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  };
  const edge = (set: Rule["source"]): Address => {
    const { family, first, last } = one(set.ranges());
    return { family, value: one([first, last, (first + last) / 2n, one([first - 1n, last + 1n])]) };
  };
  return Array.from({ length: count }, () => {
    const rule = one(list); // Mostly one rule's own edges: those of three different rules seldom meet in a flow.
    const other = (): Rule => (next(4) === 0 ? one(list) : rule);
    const { protocol, first, last } = one(other().service.pieces());
    const slot = [6, 17, 1, 58].includes(protocol) ? one([first, last, Math.max(first - 1, 0)]) : 0;
    return { source: edge(other().source), destination: edge(other().destination), protocol, slot };
  });
}

/** Membership by the definition of a rule, on the ranges and pieces alone. */
function admits({ source, destination, service }: Rule, flow: Flow): boolean {
  const inside = (set: Rule["source"], { family, value }: Address): boolean =>
    set.ranges().some((range) => range.family === family && range.first <= value && value <= range.last);
  const { protocol, slot } = flow;
  const meant = protocol !== (flow.source.family === 4 ? 58 : 1);
  return (
    flow.source.family === flow.destination.family &&
    meant &&
    inside(source, flow.source) &&
    inside(destination, flow.destination) &&
    service.pieces().some((piece) => piece.protocol === protocol && piece.first <= slot && slot <= piece.last)
  );
}

suite("many rules", (test) => {
  test("the union of 600 rules agrees with a scan of the rules on flows at their edges", () => {
    const list = rules(600, 1);
    const space = open(list);
    const union = space.unionAll(boxesOf(space, list));
    let admitted = 0;
    for (const flow of edgeFlows(list, 800)) {
      const expected = list.some((rule) => admits(rule, flow));
      if (expected) admitted++;
      assert.is(union.contains(flow), expected);
    }
    assert.ok(admitted > 100, `only ${admitted} flows were admitted: the test says little`);
  });

  test("the regions of 600 rules are the union again, and their sizes its size", () => {
    const list = rules(600, 2);
    const space = open(list);
    const union = space.unionAll(boxesOf(space, list));
    const again = boxesOf(space, union.regions());
    assert.ok(space.unionAll(again).equals(union));
    assert.is(
      again.reduce((sum, box) => sum + box.count(), 0n),
      union.count(),
    );
  });

  test("the union of 10,000 rules takes a few million steps at most", () => {
    const list = rules(10_000, 3);
    const space = open(list, { budget: 8_000_000 });
    const union = space.unionAll(boxesOf(space, list));
    assert.ok(
      list.slice(0, 100).every((rule) => space.box(rule.source, rule.destination, rule.service).subsetOf(union)),
    );
  });
});

suite("coverage", (test) => {
  const lists = fc.array(boxes, { minLength: 0, maxLength: 9 });

  test("`once` has the flows of some set, `twice` those of two", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const space = openSpace();
        const { once, twice } = coverage(
          space,
          list.map((box) => build(space, { op: "box", box })),
        );
        const times = new Map<string, number>();
        for (const box of list) {
          for (const point of pointsOf({ op: "box", box }))
            times.set(String(point), (times.get(String(point)) ?? 0) + 1);
        }
        const atLeast = (least: number): number => [...times.values()].filter((count) => count >= least).length;
        assert.is(pointsIn(once).length, atLeast(1));
        assert.is(pointsIn(twice).length, atLeast(2));
        assert.ok(pointsIn(twice).every((point) => (times.get(String(point)) ?? 0) >= 2));
      }),
      { numRuns: 100 },
    );
  });

  test("a set inside `twice` is covered by its coverers, each of them needed; any other has none", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const space = openSpace();
        const sets = list.map((box) => build(space, { op: "box", box }));
        const covering = coverage(space, sets);
        for (const [index, set] of sets.entries()) {
          const chosen = coverers(covering, index);
          assert.is(chosen !== undefined, set.subsetOf(covering.twice));
          if (chosen === undefined) continue;
          const union = (indexes: readonly number[]) => space.unionAll(indexes.flatMap((other) => sets[other] ?? []));
          assert.not(chosen.includes(index));
          assert.equal(
            chosen,
            [...chosen].sort((a, b) => a - b),
          );
          assert.ok(set.subsetOf(union(chosen)));
          for (const one of chosen) assert.not(set.subsetOf(union(chosen.filter((other) => other !== one))));
        }
      }),
      { numRuns: 100 },
    );
  });

  const [web, cards] = [addresses("10.20.1.0/24"), addresses("10.30.1.0/24")];
  const [low, high, host] = [addresses("10.20.1.0/25"), addresses("10.20.1.128/25"), addresses("10.20.1.7/32")];
  const https = ServiceSet.ports("tcp", 443);
  const tcp = ServiceSet.protocol(6);

  test("two halves cover a rule; one wider rule is preferred to them", () => {
    const rule = (source: Rule["source"], service: ServiceSet): Rule => ({ source, destination: cards, service });
    const list = [rule(web, https), rule(low, tcp), rule(high, https), rule(host, tcp)];
    const space = open([...list, rule(web, tcp)]);
    const covering = coverage(space, boxesOf(space, list));
    assert.equal(
      list.map((_, index) => coverers(covering, index)),
      [[1, 2], undefined, [0], [1]],
    );
    assert.equal(coverers(coverage(space, boxesOf(space, [...list, rule(web, tcp)])), 0), [4]);
  });

  test("equal rules cover each other", () => {
    const rule: Rule = { source: web, destination: cards, service: https };
    const space = open([rule]);
    const covering = coverage(space, boxesOf(space, [rule, rule]));
    assert.equal([coverers(covering, 0), coverers(covering, 1)], [[1], [0]]);
  });

  test("two thousand equal rules are each covered by one other, in steps that grow with the list and not its square", () => {
    const list = Array.from({ length: 2000 }, (): Rule => ({ source: web, destination: cards, service: https }));
    const space = open(list, { budget: 50_000 });
    const covering = coverage(space, boxesOf(space, list));
    assert.equal(
      list.map((_, index) => coverers(covering, index)),
      list.map((_, index) => [index === 0 ? 1 : 0]),
    );
  });

  test("off the diagonal a rule for one host's flows to itself needs nothing", () => {
    const list: readonly Rule[] = [
      { source: host, destination: web, service: https },
      { source: host, destination: web.subtract(host), service: https },
    ];
    const space = open(list);
    const covering = coverage(space, boxesOf(space, list));
    assert.is(coverers(covering, 0), undefined);
    assert.equal(coverers(covering, 0, { distinct: true }), [1]);
  });
});

suite("budgets", (test) => {
  test("work beyond the budget gives the typed result, and the same count on every run", () => {
    const list = rules(300, 4);
    const run = () => {
      const space = open(list, { budget: 5000 });
      const outcome = attempt(() => space.unionAll(boxesOf(space, list)));
      return { outcome, used: space.used };
    };
    const { outcome, used } = run();
    assert.equal(outcome, { kind: "exceeded", budget: 5000 });
    assert.equal(run(), { outcome, used });
  });

  test("with enough budget the answer is the one without a limit", () => {
    const list = rules(300, 4);
    const free = open(list);
    const expected = free.unionAll(boxesOf(free, list)).count();
    const space = open(list, { budget: free.used });
    assert.equal(
      attempt(() => space.unionAll(boxesOf(space, list)).count()),
      { kind: "done", value: expected },
    );
    const short = open(list, { budget: free.used - 1 });
    assert.is(attempt(() => short.unionAll(boxesOf(short, list))).kind, "exceeded");
  });

  test("every operation either gives the right answer or says that the budget is exceeded", () => {
    const seen = { done: 0, exceeded: 0 };
    fc.assert(
      fc.property(boxes, boxes, fc.integer({ min: 20, max: 160 }), (left, right, budget) => {
        const [a, b] = [
          { op: "box", box: left },
          { op: "box", box: right },
        ] as const;
        const inB = new Set(pointsOf(b).map(String));
        const outcome = attempt(() => {
          const space = openSpace([], budget);
          const [x, y] = [build(space, a), build(space, b)];
          return { union: x.union(y), rest: x.subtract(y), subset: x.subsetOf(y), overlaps: x.overlaps(y) };
        });
        seen[outcome.kind]++;
        if (outcome.kind === "exceeded") return;
        const { union, rest, subset, overlaps } = outcome.value;
        assert.equal(pointsIn(union), pointsOf({ op: "union", left: a, right: b }));
        assert.equal(pointsIn(rest), pointsOf({ op: "subtract", left: a, right: b }));
        assert.is(
          subset,
          pointsOf(a).every((point) => inB.has(String(point))),
        );
        assert.is(
          overlaps,
          pointsOf(a).some((point) => inB.has(String(point))),
        );
      }),
      { numRuns: 200 },
    );
    assert.ok(seen.done > 10 && seen.exceeded > 10, `the budgets were too easy or too hard: ${JSON.stringify(seen)}`);
  });

  test("an error that is no budget passes", () => {
    assert.throws(
      () =>
        attempt(() => {
          throw new Error("the disk is full");
        }),
      "the disk is full",
    );
    assert.is(new BudgetExceeded(9).name, "BudgetExceeded");
  });
});
