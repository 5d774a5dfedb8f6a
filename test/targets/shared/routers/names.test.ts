/** Names of router objects: the alphabet, no two things with one name, and lengths. */
import fc from "fast-check";
import { ServiceSet } from "../../../../compiler/sets/service-set.js";
import { fit, mangle, Names } from "../../../../targets/shared/routers/names.js";
import { serviceMatches } from "../../../../targets/shared/routers/services.js";
import { assert, suite } from "../../../support/harness.js";

/** Identifiers of language.md §3: letters, digits, `_`, and single hyphens between alphanumerics. */
const identifier = fc
  .array(fc.constantFrom("a", "b0", "u", "_", "_1", "x-y", "0", "9-0"), { minLength: 1, maxLength: 4 })
  .map((pieces) => `s${pieces.join("")}`);
const path = fc.array(identifier, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("."));

suite("names of router objects", (test) => {
  test("are letters, digits and hyphens", () => {
    assert.is(mangle("shop.web"), "shop--web");
    assert.is(mangle("dx/prod"), "dx--prod");
    assert.is(mangle("corp_it"), "corp--0it");
    assert.is(mangle("dx prod"), "dx--920-prod");
    fc.assert(fc.property(fc.string(), (text) => assert.match(mangle(text), /^[A-Za-z0-9-]*$/)));
  });

  test("differ for different paths", () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(path, (one) => {
        const known = seen.get(mangle(one));
        if (known !== undefined) assert.is(known, one);
        seen.set(mangle(one), one);
      }),
      { numRuns: 5000, seed: 3 },
    );
  });

  test("are shortened with a digest, and only where they are too long", () => {
    assert.is(fit("short", 10), "short");
    const long = fit("a-very-long-name-indeed", 16);
    assert.match(long, /^a-very-[0-9a-f]{8}$/);
    assert.isNot(fit("a-very-long-name-indeee", 16), long);
  });

  test("stand for one thing each", () => {
    const names = new Names();
    assert.is(names.claim("x", "one"), "x");
    assert.is(names.claim("x", "one"), "x");
    assert.throws(() => names.claim("x", "two"), "the name x stands for one and for two");
    assert.is(names.unique("y", 64), "y");
    assert.is(names.unique("y", 64), "y-2");
    assert.is(names.unique("z".repeat(64), 64).length, 64);
    assert.is(names.unique("z".repeat(64), 64).length, 64);
  });
});

suite("services of router filters", (test) => {
  test("keep ports with their protocol", () => {
    const service = ServiceSet.ports("tcp", 80).union(ServiceSet.ports("udp", 53)).union(ServiceSet.ports("tcp", 443));
    assert.equal(serviceMatches(service, 4), [
      {
        kind: "ports",
        protocol: 6,
        ports: [
          [80, 80],
          [443, 443],
        ],
      },
      { kind: "ports", protocol: 17, ports: [[53, 53]] },
    ]);
  });

  test("cut ICMP into whole types and types with codes", () => {
    const service = ServiceSet.icmp(4, 8)
      .union(ServiceSet.icmp(4, 3, 4))
      .union(ServiceSet.icmp(4, 11));
    assert.equal(serviceMatches(service, 4), [
      { kind: "icmp", protocol: 1, types: [8, 11] },
      { kind: "icmp-code", protocol: 1, type: 3, codes: [[4, 4]] },
    ]);
    assert.equal(serviceMatches(service, 6), []);
  });

  test("are one match for everything, and the listed protocols where one is missing", () => {
    assert.equal(serviceMatches(ServiceSet.any, 4), [{ kind: "any" }]);
    assert.equal(serviceMatches(ServiceSet.empty, 4), []);
    const [most, rest] = serviceMatches(ServiceSet.any.subtract(ServiceSet.ports("tcp", 22)), 4);
    assert.ok(
      most?.kind === "protocols" &&
        most.protocols.length === 254 &&
        !most.protocols.includes(6) &&
        !most.protocols.includes(58),
    );
    assert.equal(rest, {
      kind: "ports",
      protocol: 6,
      ports: [
        [0, 21],
        [23, 65_535],
      ],
    });
  });
});
