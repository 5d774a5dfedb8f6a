/** Address sets: canonical form, algebra, and the border between the families. */
import fc from "fast-check";
import { AddressSet, addressAt, compareAddressSets, lineOf } from "../../../compiler/sets/address-set.js";
import { type AddressRange, type Family, formatPrefix, parseAddress } from "../../../grammar/address.js";
import { assert, suite } from "../../support/harness.js";

const MAX = { 4: 2n ** 32n - 1n, 6: 2n ** 128n - 1n } as const;

function range(first: string, last: string = first): AddressRange {
  const [from, to] = [parseAddress(first), parseAddress(last)];
  if (from === undefined || to === undefined) throw new Error(`\`${first}\` or \`${last}\` is no address`);
  return { family: from.family, first: from.value, last: to.value };
}

function set(...ranges: readonly (readonly [string, string?])[]): AddressSet {
  return AddressSet.ofRanges(ranges.map(([first, last]) => range(first, last ?? first)));
}

/** Addresses near both ends of both families, so that small sets meet, touch and overlap often. */
const NEAR: readonly { readonly family: Family; readonly value: bigint }[] = ([4, 6] as const).flatMap((family) =>
  [0n, 1n, 2n, 3n, 4n, MAX[family] - 2n, MAX[family] - 1n, MAX[family]].map((value) => ({ family, value })),
);

/** A set of some of the addresses of `NEAR` with those addresses: neighbours in it are runs. */
const members = fc.subarray([...NEAR]);
const of = (addresses: readonly (typeof NEAR)[number][]): AddressSet =>
  AddressSet.unionAll(addresses.map(AddressSet.ofAddress));

suite("address sets", (test) => {
  test("ranges that touch or overlap become one, in any order", () => {
    const web = set(["10.20.1.128", "10.20.1.255"], ["10.20.1.0", "10.20.1.127"], ["10.20.1.7", "10.20.1.200"]);
    assert.equal(web.ranges(), [range("10.20.1.0", "10.20.1.255")]);
    assert.equal(web.prefixes().map(formatPrefix), ["10.20.1.0/24"]);
    assert.is(web.size(), 256n);
  });

  test("the last IPv4 and the first IPv6 address are not neighbours", () => {
    const both = set(["255.255.255.255"], ["::"]);
    assert.equal(both.ranges(), [range("255.255.255.255"), range("::")]);
    assert.equal(both.prefixes().map(formatPrefix), ["255.255.255.255/32", "::/128"]);
    assert.equal(both.families(), [4, 6]);
    assert.equal(both.family(4).ranges(), [range("255.255.255.255")]);
    assert.equal(both.family(6).ranges(), [range("::")]);
  });

  test("everything is both families whole", () => {
    assert.equal(AddressSet.all.prefixes().map(formatPrefix), ["0.0.0.0/0", "::/0"]);
    assert.is(AddressSet.all.size(), 2n ** 32n + 2n ** 128n);
    assert.ok(AddressSet.allOf(4).union(AddressSet.allOf(6)).equals(AddressSet.all));
    assert.ok(AddressSet.all.subtract(AddressSet.allOf(6)).equals(AddressSet.allOf(4)));
    assert.is(AddressSet.empty.first(), undefined);
    assert.equal(AddressSet.all.first(), { family: 4, value: 0n });
  });

  test("a prefix less a host is ranges and the fewest prefixes", () => {
    const rest = set(["10.20.1.0", "10.20.1.15"]).subtract(set(["10.20.1.5"]));
    assert.equal(rest.texts(), ["10.20.1.0..10.20.1.4", "10.20.1.6..10.20.1.15"]);
    assert.equal(rest.prefixes().map(formatPrefix), ["10.20.1.0/30", "10.20.1.4/32", "10.20.1.6/31", "10.20.1.8/29"]);
  });

  test("texts are an address, a prefix or a range", () => {
    assert.equal(set(["10.20.1.7"], ["10.30.0.0", "10.30.255.255"], ["2001:db8::1", "2001:db8::3"]).texts(), [
      "10.20.1.7",
      "10.30.0.0/16",
      "2001:db8::1..2001:db8::3",
    ]);
  });

  test("a reversed range and one outside its family are faults of the caller", () => {
    assert.throws(() => AddressSet.ofRange({ family: 4, first: 9n, last: 5n }), "no range of IPv4");
    assert.throws(() => AddressSet.ofRange({ family: 4, first: 0n, last: 2n ** 32n }), "no range of IPv4");
    assert.throws(() => AddressSet.ofRange({ family: 6, first: -1n, last: 5n }), "no range of IPv6");
    assert.throws(() => AddressSet.ofRange({ family: 6, first: 0n, last: 2n ** 128n }), "no range of IPv6");
  });

  test("places on the address line are addresses", () => {
    for (const address of NEAR) assert.equal(addressAt(lineOf(address)), address);
  });

  test("the algebra is that of lists of addresses", () => {
    fc.assert(
      fc.property(members, members, (a, b) => {
        const [x, y] = [of(a), of(b)];
        const expect = (actual: AddressSet, wanted: (address: (typeof NEAR)[number]) => boolean): void => {
          assert.equal(
            NEAR.filter((address) => actual.contains(address)),
            NEAR.filter(wanted),
          );
          assert.is(actual.key(), of(NEAR.filter(wanted)).key());
          assert.is(actual.size(), BigInt(NEAR.filter(wanted).length));
        };
        expect(x.union(y), (address) => a.includes(address) || b.includes(address));
        expect(x.intersect(y), (address) => a.includes(address) && b.includes(address));
        expect(x.subtract(y), (address) => a.includes(address) && !b.includes(address));
        expect(x.family(4), (address) => a.includes(address) && address.family === 4);
        expect(x.family(6), (address) => a.includes(address) && address.family === 6);
        assert.is(
          x.containsSet(y),
          b.every((address) => a.includes(address)),
        );
        assert.is(
          x.overlaps(y),
          b.some((address) => a.includes(address)),
        );
        assert.is(x.equals(y), x.key() === y.key());
        assert.is(x.equals(y), a.length === b.length && a.every((address) => b.includes(address)));
        assert.is(compareAddressSets(x, y) === 0, x.equals(y));
        assert.is(Math.sign(compareAddressSets(x, y)), -Math.sign(compareAddressSets(y, x)));
      }),
    );
  });

  test("ranges and prefixes give the set back", () => {
    fc.assert(
      fc.property(members, (a) => {
        const x = of(a);
        assert.is(AddressSet.ofRanges(x.ranges()).key(), x.key());
        assert.is(AddressSet.ofPrefixes(x.prefixes()).key(), x.key());
        assert.is(AddressSet.ofBounds(x.bounds).key(), x.key());
        assert.is(AddressSet.unionAll([x.family(6), x.family(4)]).key(), x.key());
      }),
    );
  });

  test("a union of ten thousand sets is one pass", () => {
    const hosts = Array.from({ length: 20_000 }, (_, i) =>
      AddressSet.ofAddress({ family: 6, value: BigInt(i * 7919) % 20_000n }),
    );
    assert.equal(AddressSet.unionAll(hosts).ranges(), [{ family: 6, first: 0n, last: 19_999n }]);
  });
});
