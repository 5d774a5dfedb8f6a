/** Who owns an address: the sweep agrees with comparing every pair. */
import fc from "fast-check";
import { type OwnedPrefix, Ownership } from "../../../compiler/model/ownership.js";
import {
  type Address,
  addressIn,
  formatPrefix,
  type Prefix,
  prefixContains,
  prefixOf,
} from "../../../grammar/address.js";
import { SourceFile, span } from "../../../grammar/source.js";
import { assert, suite } from "../../support/harness.js";

const source = new SourceFile("plan.demarc", " ".repeat(200));

/** Prefixes of a space so small that they meet often: the last 6 bits of 10.0.0.0, and of 2001:db8::. */
const prefixes: fc.Arbitrary<Prefix> = fc
  .tuple(fc.constantFrom(4 as const, 6 as const), fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 6 }))
  .map(([family, value, free]) => {
    const base = family === 4 ? 10n << 24n : 0x20010db8n << 96n;
    return prefixOf({ family, value: base + BigInt(value) }, (family === 4 ? 32 : 128) - free);
  });

const plans: fc.Arbitrary<readonly OwnedPrefix[]> = fc
  .array(fc.tuple(prefixes, fc.integer({ min: 0, max: 3 }), fc.boolean()), { maxLength: 12 })
  .map((rows) =>
    rows.map(([prefix, owner, summary], index) => ({
      prefix,
      owner: `site-${owner}`,
      summary,
      span: span(source, index, index + 1),
    })),
  );

const addresses: fc.Arbitrary<Address> = prefixes.map(({ family, value }) => ({ family, value }));

suite("ownership of addresses", (test) => {
  test("is by longest prefix", () => {
    fc.assert(
      fc.property(plans, addresses, (plan, address) => {
        const owner = Ownership.of(plan).ownerOf(address);
        const longest = plan.filter(({ prefix }) => addressIn(prefix, address)).map(({ prefix }) => prefix.length);
        assert.is(owner?.prefix.length, longest.length === 0 ? undefined : Math.max(...longest));
        if (owner !== undefined) assert.ok(addressIn(owner.prefix, address));
      }),
    );
  });

  test("finds an overlap for a prefix exactly where comparing all pairs does", () => {
    const clashes = (inner: OwnedPrefix, outer: OwnedPrefix): boolean =>
      inner.owner !== outer.owner &&
      prefixContains(outer.prefix, inner.prefix) &&
      (!outer.summary || inner.prefix.length === outer.prefix.length);
    fc.assert(
      fc.property(plans, (plan) => {
        const found = Ownership.of(plan).overlaps();
        for (const { later, earlier } of found) {
          assert.ok(clashes(later, earlier) || clashes(earlier, later));
          assert.ok(later.span.start >= earlier.span.start);
        }
        const wanted = plan.some((a) => plan.some((b) => a !== b && clashes(a, b)));
        assert.is(found.length > 0, wanted);
        const sides = new Set(found.flatMap(({ later, earlier }) => [later, earlier]));
        for (const entry of plan) {
          if (
            plan.some(
              (other) =>
                other.owner !== entry.owner &&
                !other.summary &&
                clashes(entry, other) &&
                other.prefix.length < entry.prefix.length,
            )
          ) {
            assert.ok(sides.has(entry), `${formatPrefix(entry.prefix)} of ${entry.owner}`);
          }
        }
      }),
    );
  });

  test("leaves a summary what no longer prefix of another owner covers", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const holes = Ownership.of(plan).holes();
        for (const entry of plan) {
          const wanted = plan
            .filter(
              (other) => entry.summary && other.owner !== entry.owner && other.prefix.length > entry.prefix.length,
            )
            .filter((other) => prefixContains(entry.prefix, other.prefix))
            .map(({ prefix }) => formatPrefix(prefix));
          assert.equal([...(holes.get(entry) ?? [])].map(formatPrefix).sort(), wanted.sort());
        }
      }),
    );
  });

  test("does not depend on the order of the prefixes", () => {
    const texts = (plan: readonly OwnedPrefix[]): readonly string[] =>
      Ownership.of(plan)
        .overlaps()
        .map(({ later, earlier }) => `${later.span.start} ${earlier.span.start}`)
        .sort();
    fc.assert(fc.property(plans, (plan) => assert.equal(texts([...plan].reverse()), texts(plan))));
  });
});
