/** Sets of prefixes against a list of small prefixes counted one by one. */
import fc from "fast-check";
import { PrefixSpace } from "../../../compiler/validate/prefix-space.js";
import { type Prefix, prefixContains } from "../../../grammar/address.js";

import { assert, suite } from "../../support/harness.js";

/** Every prefix of lengths 28 to 32 inside 192.0.2.0/28. */
const BASE = 0xc0000200n;
const universe: readonly Prefix[] = [28, 29, 30, 31, 32].flatMap((length) =>
  Array.from({ length: 1 << (length - 28) }, (_, index) => ({
    family: 4 as const,
    length,
    value: BASE + BigInt(index << (32 - length)),
  })),
);

interface Ranged {
  readonly prefix: Prefix;
  readonly from: number;
  readonly to: number;
}
const ranged: fc.Arbitrary<Ranged> = fc.record({
  prefix: fc.constantFrom(...universe),
  from: fc.integer({ min: 26, max: 32 }),
  to: fc.integer({ min: 28, max: 34 }),
});

function naive(ranges: readonly Ranged[], prefix: Prefix): boolean {
  return ranges.some(
    (one) => prefixContains(one.prefix, prefix) && prefix.length >= one.from && prefix.length <= one.to,
  );
}

suite("prefix spaces", (test) => {
  test("union, intersection and difference agree with counting one by one", () => {
    fc.assert(
      fc.property(fc.array(ranged, { maxLength: 4 }), fc.array(ranged, { maxLength: 4 }), (left, right) => {
        const a = PrefixSpace.ofRanges(left);
        const b = PrefixSpace.ofRanges(right);
        for (const prefix of universe) {
          const [inA, inB] = [naive(left, prefix), naive(right, prefix)];
          assert.is(a.contains(prefix), inA);
          assert.is(a.union(b).contains(prefix), inA || inB);
          assert.is(a.intersect(b).contains(prefix), inA && inB);
          assert.is(a.subtract(b).contains(prefix), inA && !inB);
        }
        assert.is(a.containsSpace(b), b.subtract(a).isEmpty());
      }),
    );
  });

  test("all of a family holds its default route and every host", () => {
    const all = PrefixSpace.allOf(6);
    assert.ok(all.contains({ family: 6, value: 0n, length: 0 }));
    assert.ok(all.contains({ family: 6, value: 1n, length: 128 }));
    assert.not(all.contains({ family: 4, value: 0n, length: 0 }));
  });

  test("the first prefix is the shortest, then the lowest", () => {
    const web: Prefix = { family: 4, value: BASE + 8n, length: 29 };
    const host: Prefix = { family: 4, value: BASE, length: 32 };
    assert.equal(PrefixSpace.ofPrefixes([host, web]).first(), web);
  });
});
