/** Whatever stands in expressions and statements: checking never throws, and what it leaves out it has reported. */
import fc from "fast-check";
import { checkTexts } from "../../support/cases.js";
import { assert, suite } from "../../support/harness.js";

const ESTATE = `
segment prod { }
segment empty { }
router ash { os = junos  loopback = 192.0.2.2  asn = 64520 }
network floor in prod at ash {
  cidr = [10.1.0.0/24, 2001:db8:1::/64]
  interface = "ge-0/0/1"
  labels = { tier = "floor" }
  host orders { address = 10.1.0.9  labels = { tier = "api" } }
}
network hall in prod at ash { cidr = 10.2.0.0/30  interface = "ge-0/0/2" }
group g = [floor, h]
group h = g & hall
service s = [tcp/80, t]
service t = std.https - icmp/echo
`;

const WORDS = [
  "floor",
  "floor.orders",
  "hall",
  "prod",
  "empty",
  "ash",
  "g",
  "h",
  "s",
  "t",
  "nothing",
  "any",
  "std.https",
  "std",
  "tcp",
  "10.1.0.9",
  "10.1.0.1",
  "10.0.0.0/8",
  "10.1.0.0/16",
  "10.1.0.8/28",
  "2001:db8::/32",
  "10.1.0.2..10.1.0.9",
  "tcp/443",
  "icmp/echo",
  "icmpv6/echo",
  "udp/1-65535",
  "ip/47",
  "443",
  "10Gbps",
  "2026-07-20",
  "2020-01-01",
  '"api"',
  '"floor"',
  "true",
  "tier",
  "where",
  "and",
  "or",
  "not",
  "in",
  "=",
  "!=",
  "+",
  "-",
  "&",
  "(",
  ")",
  "[",
  "]",
  ",",
  ".",
  "->",
  "<->",
  "on",
  "with",
  "at",
  "until",
  "because",
  "log",
  "allow",
  "share",
  "never",
  "always",
  "secret",
  "internet",
  "policy p {",
  "}",
  "{",
];

/** Statements that are nearly right: expressions of random words in the right places. */
const statement = fc
  .tuple(
    fc.constantFrom("allow", "never", "always", "share"),
    fc.array(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 }), { minLength: 3, maxLength: 3 }),
  )
  .map(([word, [a = [], b = [], c = []]]) => {
    const [one, two, three] = [a.join(" "), b.join(" "), c.join(" ")];
    return word === "share" ? `share ${one} with ${two} at ${three}` : `${word} ${one} -> ${two} on ${three}`;
  });

suite("any text", (test) => {
  test("of words of the language can be checked", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }), (words) => {
        const { checked, diagnostics } = checkTexts({ "main.demarc": `${ESTATE} policy p { ${words.join(" ")} }` });
        const isFaulty = diagnostics.some((each) => each.severity === "error");
        if (checked?.estate.omitted.any === true) assert.ok(isFaulty, words.join(" "));
      }),
      { numRuns: 150 },
    );
  });

  test("in the places of expressions can be checked, and comes to a statement or to a finding", () => {
    fc.assert(
      fc.property(statement, (text) => {
        const { checked, diagnostics } = checkTexts({ "main.demarc": `${ESTATE} policy p { ${text} }` });
        const estate = checked?.estate;
        const made = [
          ...(estate?.policies ?? []).flatMap(({ rules, shares }) => [...rules, ...shares]),
          ...(estate?.invariants ?? []),
        ];
        assert.ok(made.length > 0 || diagnostics.some((each) => each.severity === "error"), text);
      }),
      { numRuns: 300 },
    );
  });
});
