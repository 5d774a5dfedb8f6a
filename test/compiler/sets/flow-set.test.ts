/** Flow sets: the boolean operations against the oracle, and the laws of sets on the canonical form. */
import fc from "fast-check";
import { AddressSet } from "../../../compiler/sets/address-set.js";
import type { FlowSet } from "../../../compiler/sets/engine.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import { assert, suite } from "../../support/harness.js";
import { addressesOf, boxes, build, openSpace, pointsIn, pointsOf, servicesOf, sizeOf, terms } from "./universe.js";

const RUNS = { numRuns: 150 };

suite("flow sets against the oracle", (test) => {
  test("every expression has exactly the points that its definition gives", () => {
    fc.assert(
      fc.property(terms, (term) => {
        assert.equal(pointsIn(build(openSpace(), term)), pointsOf(term));
      }),
      RUNS,
    );
  });

  test("the count is the sum of the sizes of the points", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const expected = pointsOf(term).reduce((sum, point) => sum + sizeOf(point), 0n);
        assert.is(build(openSpace(), term).count(), expected);
      }),
      RUNS,
    );
  });

  test("subset, overlap, equality and emptiness agree with the points", () => {
    fc.assert(
      fc.property(terms, terms, (left, right) => {
        const space = openSpace();
        const [a, b] = [build(space, left), build(space, right)];
        const [inA, inB] = [pointsOf(left).map(String), new Set(pointsOf(right).map(String))];
        assert.is(
          a.subsetOf(b),
          inA.every((point) => inB.has(point)),
        );
        assert.is(
          a.overlaps(b),
          inA.some((point) => inB.has(point)),
        );
        assert.is(a.equals(b), inA.length === inB.size && inA.every((point) => inB.has(point)));
        assert.is(a.isEmpty(), inA.length === 0);
      }),
      RUNS,
    );
  });
});

suite("laws of flow sets", (test) => {
  /** A property of three sets of one space and the set of all flows. */
  const law = (name: string, holds: (a: FlowSet, b: FlowSet, c: FlowSet, all: FlowSet) => boolean): void => {
    test(name, () => {
      fc.assert(
        fc.property(terms, terms, terms, (x, y, z) => {
          const space = openSpace();
          assert.ok(holds(build(space, x), build(space, y), build(space, z), space.all));
        }),
        { numRuns: 60 },
      );
    });
  };

  law(
    "union and intersection commute",
    (a, b) => a.union(b).equals(b.union(a)) && a.intersect(b).equals(b.intersect(a)),
  );
  law("union associates", (a, b, c) =>
    a
      .union(b)
      .union(c)
      .equals(a.union(b.union(c))),
  );
  law("intersection associates", (a, b, c) =>
    a
      .intersect(b)
      .intersect(c)
      .equals(a.intersect(b.intersect(c))),
  );
  law("absorption", (a, b) => a.union(a.intersect(b)).equals(a) && a.intersect(a.union(b)).equals(a));
  law("intersection distributes over union", (a, b, c) =>
    a.intersect(b.union(c)).equals(a.intersect(b).union(a.intersect(c))),
  );
  law("De Morgan in the set of all flows", (a, b, _c, all) => {
    const not = (set: FlowSet): FlowSet => all.subtract(set);
    return not(a.union(b)).equals(not(a).intersect(not(b))) && not(a.intersect(b)).equals(not(a).union(not(b)));
  });
  law("a complement is taken back by another", (a, _b, _c, all) => all.subtract(all.subtract(a)).equals(a));
  law("difference and intersection partition a set", (a, b) => {
    const [rest, both] = [a.subtract(b), a.intersect(b)];
    return rest.union(both).equals(a) && !rest.overlaps(both) && rest.count() + both.count() === a.count();
  });
  law("a difference is empty exactly for a subset", (a, b) => a.subtract(b).isEmpty() === a.subsetOf(b));

  test("the order in which sets are added does not matter", () => {
    const order = fc
      .array(boxes, { minLength: 1, maxLength: 12 })
      .chain((list) =>
        fc.tuple(
          fc.constant(list),
          fc.shuffledSubarray([...list.keys()], { minLength: list.length, maxLength: list.length }),
        ),
      );
    fc.assert(
      fc.property(order, ([list, shuffled]) => {
        const space = openSpace();
        const sets = list.map((box) => build(space, { op: "box", box }));
        const all = space.unionAll(sets);
        assert.ok(all.equals(space.unionAll(shuffled.flatMap((index) => sets[index] ?? []))));
        assert.ok(all.equals(shuffled.reduce((sum, index) => sum.union(sets[index] ?? space.empty), space.empty)));
      }),
      RUNS,
    );
  });

  test("boundaries that nothing uses change neither counts nor regions", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const few = build(openSpace(), term);
        const many = build(openSpace([addressesOf([0]), addressesOf([3]).union(addressesOf([7]))]), term);
        assert.is(many.count(), few.count());
        const shown = (set: FlowSet) =>
          set.regions().map((r) => [r.source.key(), r.destination.key(), r.service.key()]);
        assert.equal(shown(many), shown(few));
      }),
      { numRuns: 60 },
    );
  });

  test("a set with a boundary that the space does not know is refused", () => {
    const space = openSpace();
    const web = AddressSet.ofRange({ family: 4, first: 5n, last: 9n });
    assert.throws(() => space.box(web, space.all.sources(), servicesOf([5])), "is not in the rank table");
    assert.throws(() => space.box(space.all.sources(), web, servicesOf([5])), "is not in the rank table");
    assert.throws(
      () => space.box(space.all.sources(), space.all.sources(), ServiceSet.ports("udp", 53)),
      "is not in the rank table",
    );
  });

  test("sets of different spaces do not mix", () => {
    const [here, there] = [openSpace().all, openSpace().all];
    assert.throws(() => here.union(there), "different spaces");
    assert.throws(() => here.subsetOf(there), "different spaces");
    assert.throws(() => here.equals(there), "different spaces");
  });
});
