/**
 * The filters against the meaning of the design: random packets, most of them on boundaries, judged by the small Junos of
 * `device.ts` over the emitted lines and by the definition of a point in language.md §7.
 */
import fc from "fast-check";
import { checkPackage } from "../../../compiler/check/check.js";
import { buildDesign } from "../../../compiler/design/build.js";
import type { Design } from "../../../compiler/design/design.js";
import { emptyLock } from "../../../compiler/design/lock.js";
import { nodeHost } from "../../../compiler/host/node.js";
import { loadPackage } from "../../../compiler/package.js";
import { relate } from "../../../compiler/relations/relations.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { assert, suite } from "../../support/harness.js";
import { type Bench, benches, packets } from "./benches.js";
import { ADMITTED, meaning, type Verdict } from "./meaning.js";
import { smallDesigns } from "./small-designs.js";

/** The design of an estate among the fixtures. */
function designOf(path: string): Design {
  const diagnostics = new Diagnostics();
  const loaded = loadPackage(nodeHost(), path, diagnostics);
  assert.ok(loaded);
  const { estate } = checkPackage(loaded, { today: { year: 2026, month: 1, day: 31 } }, diagnostics);
  const { design } = buildDesign(relate(estate), emptyLock, diagnostics);
  assert.equal(
    diagnostics.sorted().filter(({ severity }) => severity === "error"),
    [],
  );
  return design;
}

suite("the filters of Junos routers", (test) => {
  const seen = new Map<Verdict, number>();
  const compare = (bench: Bench, family: 4 | 6, numRuns: number): void => {
    const filter = bench.device.filterOf(bench.unit, family);
    const judged = fc.property(packets(bench, family), (packet) => {
      const expected = meaning(bench.design, bench.point, packet);
      seen.set(expected, (seen.get(expected) ?? 0) + 1);
      const actual = bench.device.judge(filter, packet);
      assert.is(actual.accept, ADMITTED.has(expected), `${expected}, decided by \`${actual.term}\``);
    });
    fc.assert(judged, { numRuns, seed: 20311 });
  };

  for (const [name, make] of smallDesigns) {
    for (const bench of benches(name, make())) {
      for (const family of [4, 6] as const) {
        test(`admit in IPv${family} exactly what the design says: ${bench.name}`, () => compare(bench, family, 1500));
      }
    }
  }

  for (const name of ["quickstart", "acme-sample", "two-sites"]) {
    test(`admit exactly what the design says on every interface of the estate ${name}`, () => {
      const list = benches(name, designOf(`fixtures/estates/${name}`));
      assert.ok(list.length > 0);
      for (const bench of list) for (const family of [4, 6] as const) compare(bench, family, 200);
    });
  }

  test("have met every kind of verdict in those packets", () => {
    const kinds: readonly Verdict[] = [
      "prologue",
      "management",
      "own",
      "spoofed",
      "flow",
      "reply",
      "error",
      "fragment",
      "closed",
    ];
    assert.equal(
      kinds.filter((kind) => (seen.get(kind) ?? 0) < 20),
      [],
    );
  });
});
