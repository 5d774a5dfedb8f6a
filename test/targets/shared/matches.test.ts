/** Services as matches: together exactly the set, each with one range. */
import fc from "fast-check";
import { type Service, ServiceSet, slotMeaning } from "../../../compiler/sets/service-set.js";
import { type ServiceMatch, serviceMatches } from "../../../targets/shared/matches.js";
import { assert, suite } from "../../support/harness.js";

/** What a match holds, as a filter reads it. */
function holds(match: ServiceMatch, { protocol, slot }: Service): boolean {
  if (match.protocol === "any") return true;
  if (match.protocol !== protocol) return false;
  if ("type" in match) return match.type === slot >> 8 && (match.code === undefined || match.code === (slot & 255));
  return !("ports" in match) || match.ports === undefined || (match.ports[0] <= slot && slot <= match.ports[1]);
}

const piece = fc.oneof(
  fc
    .tuple(fc.constantFrom(1, 6, 17, 58), fc.nat(65_535), fc.nat(600))
    .map(([protocol, first, more]) => ({ protocol, first, last: Math.min(first + more, 65_535) })),
  fc.constantFrom(1, 6, 41, 47, 50, 58).map((protocol) => ({ protocol, first: 0, last: 65_535 })),
);

suite("service matches", (test) => {
  test("of everything are one", () => {
    assert.equal(serviceMatches(ServiceSet.any, 4), [{ protocol: "any" }]);
    assert.equal(serviceMatches(ServiceSet.any.forFamily(6), 6), [{ protocol: "any" }]);
  });

  test("take whole types of ICMP where they can, and leave the other family's out", () => {
    const types = ServiceSet.icmp(4, 3)
      .union(ServiceSet.icmp(4, 8, 0))
      .union(ServiceSet.icmp(6, 2));
    assert.equal(serviceMatches(types, 4), [
      { protocol: 1, type: 3 },
      { protocol: 1, type: 8, code: 0 },
    ]);
    assert.equal(serviceMatches(types, 6), [{ protocol: 58, type: 2 }]);
  });

  test("hold exactly the services of the set", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), fc.constantFrom(4, 6), (pieces, family) => {
        const set = ServiceSet.ofPieces(pieces).forFamily(family);
        const matches = serviceMatches(set, family);
        for (const { protocol, first, last } of [...pieces, { protocol: 6, first: 80, last: 81 }]) {
          if (protocol === (family === 4 ? 58 : 1)) continue;
          for (const slot of slotMeaning(protocol) === "none" ? [0] : [first - 1, first, last, last + 1]) {
            if (slot < 0 || slot > 65_535) continue;
            const service = { protocol, slot };
            assert.is(
              matches.some((match) => holds(match, service)),
              set.contains(service),
            );
          }
        }
      }),
    );
  });
});
