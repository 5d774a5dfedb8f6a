/** Service sets: protocols, ports and ICMP types, their algebra, families and texts. */
import fc from "fast-check";
import { compareServiceSets, type Service, type ServicePiece, ServiceSet } from "../../../compiler/sets/service-set.js";
import { serviceText, serviceTexts } from "../../../compiler/sets/service-text.js";
import { assert, suite } from "../../support/harness.js";

const { ports, icmp, protocol } = ServiceSet;
const all = (...sets: readonly ServiceSet[]): ServiceSet => ServiceSet.unionAll(sets);

suite("service sets", (test) => {
  test("ports stay tied to their protocol", () => {
    const both = all(ports("tcp", 80), ports("udp", 53));
    assert.ok(both.contains({ protocol: 6, slot: 80 }));
    assert.ok(both.contains({ protocol: 17, slot: 53 }));
    assert.not(both.contains({ protocol: 6, slot: 53 }));
    assert.not(both.contains({ protocol: 17, slot: 80 }));
    assert.is(both.size(), 2n);
  });

  test("a protocol is all its ports", () => {
    assert.ok(ports("tcp", 0, 65_535).equals(protocol(6)));
    assert.ok(all(ports("tcp", 0, 79), ports("tcp", 80, 65_535)).equals(protocol(6)));
    assert.is(protocol(6).size(), 65_536n);
  });

  test("an ICMP type without a code is every code", () => {
    assert.ok(all(...Array.from({ length: 256 }, (_, code) => icmp(4, 3, code))).equals(icmp(4, 3)));
    assert.is(icmp(4, 3).size(), 256n);
    assert.not(icmp(4, 3).overlaps(icmp(6, 3)));
  });

  test("any is every protocol, and a protocol without ports counts once", () => {
    assert.ok(all(...Array.from({ length: 256 }, (_, number) => protocol(number))).equals(ServiceSet.any));
    assert.is(ServiceSet.any.size(), 252n + 4n * 65_536n);
    assert.is(protocol(47).size(), 1n);
    assert.is(all(protocol(50), protocol(51), ports("udp", 500)).size(), 3n);
  });

  test("ICMP has no meaning in IPv6, ICMPv6 none in IPv4", () => {
    assert.ok(ServiceSet.any.forFamily(4).equals(ServiceSet.any.subtract(protocol(58))));
    assert.ok(ServiceSet.any.forFamily(6).equals(ServiceSet.any.subtract(protocol(1))));
    assert.ok(icmp(4, 8).forFamily(6).isEmpty());
    assert.ok(icmp(6, 128).forFamily(4).isEmpty());
    assert.ok(icmp(6, 128).forFamily(6).equals(icmp(6, 128)));
    assert.ok(ports("tcp", 443).forFamily(4).equals(ports("tcp", 443).forFamily(6)));
  });

  test("pieces are cut at protocols", () => {
    const set = all(ports("tcp", 65_000, 65_535), protocol(7), protocol(8));
    assert.equal(set.pieces(), [
      { protocol: 6, first: 65_000, last: 65_535 },
      { protocol: 7, first: 0, last: 65_535 },
      { protocol: 8, first: 0, last: 65_535 },
    ]);
    assert.ok(ServiceSet.ofPieces(set.pieces()).equals(set));
    assert.equal(set.first(), { protocol: 6, slot: 65_000 });
    assert.is(ServiceSet.empty.first(), undefined);
  });

  test("numbers outside their range, and parts of a protocol without ports, are faults of the caller", () => {
    assert.throws(() => protocol(256), "256 is not in 0 to 255");
    assert.throws(() => ports("tcp", 0, 65_536), "65536 is not in 0 to 65535");
    assert.throws(() => ports("udp", 90, 80), "90 is not in 0 to 80");
    assert.throws(() => icmp(4, 256), "256 is not in 0 to 255");
    assert.throws(() => icmp(4, 3, 256), "256 is not in 0 to 255");
    assert.throws(() => protocol(1.5), "1.5 is not in 0 to 255");
    assert.throws(() => ServiceSet.ofPieces([{ protocol: 47, first: 0, last: 9 }]), "always taken whole");
  });
});

/** Services at the edges of protocols, ports, types and codes. */
const SOME: readonly Service[] = [
  { protocol: 0, slot: 0 },
  { protocol: 1, slot: 0 },
  { protocol: 1, slot: 2048 },
  { protocol: 1, slot: 65_535 },
  { protocol: 6, slot: 0 },
  { protocol: 6, slot: 1 },
  { protocol: 6, slot: 65_535 },
  { protocol: 7, slot: 0 },
  { protocol: 17, slot: 0 },
  { protocol: 58, slot: 65_535 },
  { protocol: 59, slot: 0 },
  { protocol: 255, slot: 0 },
];
const WHOLE = new Set([0, 7, 59, 255]);
const pieceOf = ({ protocol: number, slot }: Service): ServicePiece => ({
  protocol: number,
  first: slot,
  last: WHOLE.has(number) ? 65_535 : slot,
});
const of = (services: readonly Service[]): ServiceSet => ServiceSet.ofPieces(services.map(pieceOf));

suite("algebra of service sets", (test) => {
  test("it is that of lists of services", () => {
    const members = fc.subarray([...SOME]);
    fc.assert(
      fc.property(members, members, (a, b) => {
        const [x, y] = [of(a), of(b)];
        const expect = (actual: ServiceSet, wanted: (service: Service) => boolean): void => {
          assert.equal(
            SOME.filter((service) => actual.contains(service)),
            SOME.filter(wanted),
          );
          assert.is(actual.key(), of(SOME.filter(wanted)).key());
          assert.is(actual.size(), BigInt(SOME.filter(wanted).length));
        };
        expect(x.union(y), (service) => a.includes(service) || b.includes(service));
        expect(x.intersect(y), (service) => a.includes(service) && b.includes(service));
        expect(x.subtract(y), (service) => a.includes(service) && !b.includes(service));
        expect(x.forFamily(4), (service) => a.includes(service) && service.protocol !== 58);
        expect(x.forFamily(6), (service) => a.includes(service) && service.protocol !== 1);
        assert.is(
          x.containsSet(y),
          b.every((service) => a.includes(service)),
        );
        assert.is(
          x.overlaps(y),
          b.some((service) => a.includes(service)),
        );
        assert.is(x.equals(y), x.key() === y.key());
        assert.is(compareServiceSets(x, y) === 0, x.equals(y));
      }),
    );
  });
});

suite("service texts", (test) => {
  test("literals of the language", () => {
    const set = all(
      ports("tcp", 443),
      ports("udp", 1024, 65_535),
      icmp(4, 8, 0),
      icmp(4, 3),
      protocol(47),
      protocol(58),
      icmp(4, 11),
    );
    assert.equal(serviceTexts(set), ["icmp/3", "icmp/8/0", "icmp/11", "tcp/443", "udp/1024-65535", "ip/47", "icmpv6"]);
    assert.equal(serviceTexts(ports("tcp", 443)), ["tcp/443"]);
  });

  test("whole protocols and any", () => {
    assert.equal(serviceTexts(all(protocol(1), protocol(6), protocol(17))), ["icmp", "tcp", "udp"]);
    assert.equal(serviceTexts(ServiceSet.any), ["any"]);
    assert.equal(serviceTexts(ServiceSet.any.forFamily(4), 4), ["any"]);
    assert.equal(serviceTexts(ServiceSet.any.forFamily(6), 6), ["any"]);
    assert.equal(serviceTexts(ServiceSet.any.forFamily(4)), [
      "ip/0",
      "icmp",
      "ip/2-5",
      "tcp",
      "ip/7-16",
      "udp",
      "ip/18-57",
      "ip/59-255",
    ]);
    assert.equal(serviceTexts(ServiceSet.empty), []);
  });

  test("runs of types and codes", () => {
    assert.equal(serviceTexts(all(icmp(4, 3), icmp(4, 4), icmp(4, 5))), ["icmp/3-5"]);
    assert.equal(serviceTexts(icmp(4, 3).subtract(icmp(4, 3, 0))), ["icmp/3/1-255"]);
    assert.equal(serviceTexts(icmp(4, 3).subtract(icmp(4, 3, 255))), ["icmp/3/0-254"]);
    assert.equal(serviceTexts(icmp(4, 3).subtract(icmp(4, 3, 4))), ["icmp/3/0-3", "icmp/3/5-255"]);
    assert.equal(serviceTexts(all(icmp(6, 1, 255), icmp(6, 2), icmp(6, 3, 0))), [
      "icmpv6/1/255",
      "icmpv6/2",
      "icmpv6/3/0",
    ]);
    assert.equal(serviceTexts(all(icmp(6, 1, 255), icmp(6, 2, 0))), ["icmpv6/1/255", "icmpv6/2/0"]);
  });

  test("one service", () => {
    assert.is(serviceText({ protocol: 6, slot: 22 }), "tcp/22");
    assert.is(serviceText({ protocol: 1, slot: 2048 }), "icmp/8/0");
    assert.is(serviceText({ protocol: 58, slot: 65_535 }), "icmpv6/255/255");
    assert.is(serviceText({ protocol: 47, slot: 0 }), "ip/47");
  });
});
