/** Lookups in a table against the rule itself: of all prefixes that hold an address the longest decides. */
import fc from "fast-check";
import { AddressSet } from "../../../compiler/sets/address-set.js";
import type { TableRoute } from "../../../compiler/validate/route-tables.js";
import { type Arrival, Trace } from "../../../compiler/validate/trace.js";
import { comparePrefixes, formatPrefix, type Prefix, prefixContains } from "../../../grammar/address.js";
import { assert, suite } from "../../support/harness.js";

/** Every prefix of lengths 27 to 32 inside 192.0.2.0/27, and two that hold them all. */
const BASE = 0xc0000200n;
const LENGTHS = [27, 28, 29, 30, 31, 32] as const;
const universe: readonly Prefix[] = [
  { family: 4, length: 0, value: 0n },
  { family: 4, length: 24, value: BASE },
  ...LENGTHS.flatMap((length) =>
    Array.from({ length: 1 << (length - 27) }, (_, index) => ({
      family: 4 as const,
      length,
      value: BASE + BigInt(index << (32 - length)),
    })),
  ),
];

const prefixes = fc.uniqueArray(fc.constantFrom(...universe), { maxLength: 9, selector: formatPrefix });

function route(prefix: Prefix): TableRoute {
  const next = { kind: "attached", to: formatPrefix(prefix) } as const;
  const rest = { origin: "static", preference: 0, stated: true, forwards: true, path: [] } as const;
  return { prefix, next, communities: new Set(), ...rest };
}

/** Where each address of a set comes to. */
function perAddress(set: AddressSet, goal: (value: bigint) => string): readonly string[] {
  return set.ranges().flatMap(({ first, last }) => {
    const out: string[] = [];
    for (let value = first; value <= last; value++) out.push(`${value} ${goal(value)}`);
    return out;
  });
}

function longest(held: readonly Prefix[], value: bigint): string {
  const holding = held.filter((one) => prefixContains(one, { family: 4, length: 32, value }));
  const best = holding.sort((a, b) => b.length - a.length)[0];
  return best === undefined ? "nowhere table" : `attached ${formatPrefix(best)}`;
}

suite("lookups", (test) => {
  test("the longest prefix decides about every address, and each is said once", () => {
    fc.assert(
      fc.property(prefixes, prefixes, (held, asked) => {
        const routes = held.map(route).sort((a, b) => comparePrefixes(a.prefix, b.prefix));
        const trace = new Trace({ of: () => routes }, [], []);
        const inside = AddressSet.ofPrefix({ family: 4, length: 26, value: BASE });
        const addresses = AddressSet.ofPrefixes(asked).intersect(inside);
        const arrivals: readonly Arrival[] = trace.from("table", addresses);
        const found = arrivals.flatMap((one) => perAddress(one.addresses, () => `${one.at} ${one.id}`));
        const meant = perAddress(addresses, (value) => longest(held, value));
        assert.equal([...found].sort(), [...meant].sort());
      }),
    );
  });
  test("arrivals stand in the order of deciding: the longest prefix first, what nothing matches last", () => {
    const held = universe.filter((one) => [24, 28, 32].includes(one.length)).slice(0, 4);
    const routes = held.map(route).sort((a, b) => comparePrefixes(a.prefix, b.prefix));
    const trace = new Trace({ of: () => routes }, [], []);
    const addresses = AddressSet.ofPrefix({ family: 4, length: 23, value: BASE });
    assert.equal(
      trace.from("table", addresses).map((one) => `${one.at} ${one.id}`),
      [
        "attached 192.0.2.0/32",
        "attached 192.0.2.0/28",
        "attached 192.0.2.16/28",
        "attached 192.0.2.0/24",
        "nowhere table",
      ],
    );
  });
});
