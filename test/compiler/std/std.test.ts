/** The tables of `std`: well formed, and the page in the reference is made from them. */
import { ICMP_TYPES, ICMPV6_TYPES, icmpTypeNames, icmpTypeNumber } from "../../../compiler/std/icmp-types.js";
import { PROTOCOL_NAMES, UNDECLARABLE_NAMES, UNNAMED_PROTOCOLS } from "../../../compiler/std/names.js";
import { STD_SERVICE_NAMES, STD_SERVICES, stdService } from "../../../compiler/std/services.js";
import { servicesPage } from "../../../compiler/std/services-page.js";
import { assert, matchFile, suite } from "../../support/harness.js";

const IDENTIFIER = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

suite("std services", (test) => {
  test("have unique names in order, which are identifiers", () => {
    assert.equal([...new Set(STD_SERVICE_NAMES)].sort(), [...STD_SERVICE_NAMES]);
    assert.equal(
      STD_SERVICE_NAMES.filter((name) => !IDENTIFIER.test(name)),
      [],
    );
  });

  test("have parts within the ranges of ports, types and protocol numbers", () => {
    for (const { name, parts } of STD_SERVICES) {
      assert.ok(parts.length > 0, name);
      for (const part of parts) {
        if ("number" in part) assert.ok(part.number >= 0 && part.number <= 255, name);
        else if ("type" in part) assert.ok(icmpTypeNumber(part.protocol, String(part.type)) !== undefined, name);
        else assert.ok(part.first >= 1 && part.first <= part.last && part.last <= 65535, name);
      }
    }
  });

  test("are what the language says of them", () => {
    const port = (protocol: "tcp" | "udp", number: number) => ({ protocol, first: number, last: number });
    assert.equal(stdService("https")?.parts, [port("tcp", 443)]);
    assert.equal(stdService("ssh")?.parts, [port("tcp", 22)]);
    assert.equal(stdService("dns")?.parts, [port("tcp", 53), port("udp", 53)]);
    assert.equal(stdService("ntp")?.parts, [port("udp", 123)]);
    assert.equal(stdService("bgp")?.parts, [port("tcp", 179)]);
    assert.is(stdService("gopher"), undefined);
  });

  test("are the generated page of the reference", () => {
    matchFile("docs/reference/services.md", servicesPage());
  });
});

suite("ICMP types", (test) => {
  test("have one number for each name and ascending numbers", () => {
    for (const types of [ICMP_TYPES, ICMPV6_TYPES]) {
      const names = types.flatMap((each) => [each.name, ...each.aliases]);
      assert.is(new Set(names).size, names.length);
      assert.equal(
        names.filter((name) => !IDENTIFIER.test(name)),
        [],
      );
      const numbers = types.map((each) => each.type);
      assert.equal(
        [...new Set(numbers)].sort((a, b) => a - b),
        numbers,
      );
      assert.ok(numbers.every((number) => number >= 0 && number <= 255));
    }
  });

  test("are found by IANA name and by alias", () => {
    assert.is(icmpTypeNumber("icmp", "echo"), 8);
    assert.is(icmpTypeNumber("icmp", "echo-request"), 8);
    assert.is(icmpTypeNumber("icmp", "timestamp-request"), 13);
    assert.is(icmpTypeNumber("icmpv6", "echo-request"), 128);
    assert.is(icmpTypeNumber("icmpv6", "packet-too-big"), 2);
    assert.is(icmpTypeNumber("icmp", "packet-too-big"), undefined);
    assert.ok(icmpTypeNames("icmpv6").includes("neighbor-solicitation"));
  });
});

suite("names of the language", (test) => {
  test("cover every protocol name, `std` and `internet`", () => {
    assert.equal([...UNDECLARABLE_NAMES].sort(), ["esp", "gre", "icmp", "icmpv6", "internet", "std", "tcp", "udp"]);
  });

  test("name no protocol twice", () => {
    for (const [name, number] of UNNAMED_PROTOCOLS) {
      assert.not(PROTOCOL_NAMES.has(name));
      assert.not([...PROTOCOL_NAMES.values()].includes(number));
    }
  });
});
