/** Identities of rules, shares and invariants: known answers, what does not change them and what does. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { canonicalText } from "../../../compiler/check/expressions/canonical.js";
import { checkStatements } from "../../../compiler/check/statements/statements.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { parseFile } from "../../../grammar/parse.js";
import { SourceFile } from "../../../grammar/source.js";
import { assert, suite } from "../../support/harness.js";
import { ACME, headlines, packageOf } from "./estate-context.js";

interface Identified {
  readonly id: string;
  readonly text: string;
}

/** Every statement of a package, by kind. The text may warn but not fail. */
function statementsOf(text: string | Readonly<Record<string, string>>): readonly Identified[] {
  const made = packageOf(typeof text === "string" ? ACME + text : { "a.demarc": ACME, ...text });
  const { policies, invariants } = checkStatements(made, made.context);
  assert.equal(
    headlines(made.diagnostics).filter((line) => line.includes(" error ")),
    [],
  );
  return [...policies.flatMap(({ rules, shares }) => [...rules, ...shares]), ...invariants];
}

function only(text: string): Identified {
  const [statement, more] = statementsOf(text);
  if (statement === undefined || more !== undefined) throw new Error(`one statement expected in ${text}`);
  return statement;
}

/** For JSON: leaves out where things stand, and writes what JSON does not know. */
function withoutSpans(key: string, value: unknown): unknown {
  if (/span$/i.test(key)) return undefined;
  if (typeof value === "bigint") return String(value);
  return value instanceof Map ? [...value] : value;
}

/** The canonical text of an expression. */
function canonical(expr: string): string {
  const diagnostics = new Diagnostics();
  const file = parseFile(new SourceFile("main.demarc", `group probe = ${expr}`), diagnostics);
  const [probe] = file.items;
  if (diagnostics.hasErrors || probe?.kind !== "Declaration" || probe.value === undefined) throw new Error(expr);
  return canonicalText(probe.value);
}

suite("known identities", (test) => {
  const known: readonly (readonly [text: string, id: string, canonical: string])[] = [
    ["policy shop { allow floor -> frontends on browse log }", "shop-8a05b910", "floor -> frontends on browse"],
    ["policy shop { allow shop.web <-> shop.db on tcp/5432 }", "shop-515b2540", "shop.db <-> shop.web on tcp/5432"],
    [
      "policy cards { share vault.cards with prod at use1 at chi }",
      "cards-fd9ccb01",
      "vault.cards with prod at [chi, use1]",
    ],
    ["never dev -> pci", "package-07fd5b2e", "dev -> pci on any"],
  ];
  for (const [text, id, words] of known) {
    test(text, () => assert.equal([only(text).id, only(text).text], [id, words]));
  }

  test("are the policy's name and 8 digits of the SHA-256 of the text", () => {
    const { id, text } = only(
      'policy shop { allow [floor, office] - floor.orders -> shop where tier != "db" on std.https }',
    );
    assert.is(text, '[floor, office] - floor.orders -> shop where tier != "db" on std.https');
    assert.is(id, `shop-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`);
  });
});

suite("the page of the reference on identities", (test) => {
  test("tells the truth", () => {
    const page = readFileSync("docs/reference/expressions.md", "utf8");
    const rows = [...page.matchAll(/^\| `((?:allow|share|never) [^`]*)` \| `([^`]*)` \| `([^`]*)` \|$/gm)];
    assert.is(rows.length, 4);
    for (const [, written = "", text = "", id = ""] of rows) {
      const found = only(`policy shop { ${written} }`);
      assert.equal([found.text, found.id], [text, id]);
    }
  });
});

suite("what does not change an identity", (test) => {
  const base = "allow [floor, office] -> shop.web on [tcp/80, tcp/443]";
  const same = [
    "allow [office, floor] -> shop.web on [tcp/443, tcp/80]",
    "allow floor + office -> (shop.web) on tcp/80 + tcp/443",
    "allow [floor, [office, floor]] -> [shop.web] on [tcp/80, [tcp/443], tcp/80]",
    "allow ((office) + floor) -> shop.web on [tcp/443-443, tcp/80]",
    'allow [floor, office] -> shop.web on [tcp/80, tcp/443] log until 2031-06-30 because "the shop"',
  ];
  for (const text of same) {
    test(text, () => assert.is(only(`policy shop { ${text} }`).id, only(`policy shop { ${base} }`).id));
  }

  test("a date and a reason of a share", () => {
    assert.is(
      only('policy cards { share vault with [dev, prod] until 2031-06-30 because "cards" }').id,
      only("policy cards { share vault with prod + dev }").id,
    );
  });

  test("the sides of `<->` swapped, which open the same flows", () => {
    const one = statementsOf("policy shop { allow floor <-> [tills, office] on tcp/22 }");
    const other = statementsOf("policy shop { allow [office, tills] <-> floor on tcp/22 }");
    assert.is(one[0]?.id, other[0]?.id);
    const parts = (statements: readonly Identified[]): string => JSON.stringify(statements, withoutSpans);
    assert.is(parts(one), parts(other));
  });

  test("the order of statements, declarations and files", () => {
    const rules = "allow floor -> shop.web on tcp/80 allow floor -> shop.db on tcp/22";
    const swapped = "allow floor -> shop.db on tcp/22 allow floor -> shop.web on tcp/80";
    const ids = (text: string | Readonly<Record<string, string>>): readonly string[] =>
      statementsOf(text).map(({ id }) => id);
    const wanted = ids(`policy shop { ${rules} never pci -> floor } never globex -> any`);
    assert.equal(ids(`never globex -> any policy shop { never pci -> floor ${swapped} }`), wanted);
    assert.equal(
      ids({ "z.demarc": `policy shop { ${swapped} never pci -> floor }`, "b.demarc": "never globex -> any" }),
      wanted,
    );
  });
});

suite("what changes an identity", (test) => {
  const different: readonly (readonly [string, string])[] = [
    ["policy shop { allow floor -> shop.web on tcp/80 }", "policy other { allow floor -> shop.web on tcp/80 }"],
    ["policy shop { allow floor -> shop.web on tcp/80 }", "policy shop { allow floor -> shop.web on tcp/81 }"],
    ["policy shop { allow floor -> shop.web on tcp/80 }", "policy shop { allow floor <-> shop.web on tcp/80 }"],
    ["policy shop { allow floor -> shop.web on tcp/80 }", "policy shop { allow shop.web -> floor on tcp/80 }"],
    ["policy shop { allow floor -> frontends on tcp/80 }", "policy shop { allow floor -> shop.web on tcp/80 }"],
    ["policy cards { share vault with prod }", "policy cards { share vault with [dev, prod] }"],
    ["policy cards { share vault with prod }", "policy cards { share vault with prod at use1 }"],
    ["never pci -> floor", "policy shop { never pci -> floor }"],
    ["never pci -> floor", "never pci -> floor on tcp"],
  ];
  for (const [one, other] of different) {
    test(`${one} / ${other}`, () => assert.isNot(only(one).id, only(other).id));
  }
});

suite("canonical texts", (test) => {
  const pairs: readonly (readonly [string, string])[] = [
    ["(a)", "a"],
    ["[a]", "a"],
    ["[b, a, b]", "[a, b]"],
    ["c + (b + [a, c])", "[a, b, c]"],
    ["a + b - c", "[a, b] - c"],
    ["a - b + c", "[a - b, c]"],
    ["a - (b + c)", "a - [b, c]"],
    ["a - (b - c)", "a - (b - c)"],
    ["(a - b) - c", "a - b - c"],
    ["c & (b & a)", "a & b & c"],
    ["(b + a) & c", "[a, b] & c"],
    ["b + a & c", "[a & c, b]"],
    ["(a - b) & c", "(a - b) & c"],
    ["a & b - c & d", "a & b - c & d"],
    ["10.1.0.9/32", "10.1.0.9"],
    ["10.1.0.0..10.1.0.255", "10.1.0.0/24"],
    ["10.1.0.1..10.1.0.2", "10.1.0.1..10.1.0.2"],
    ["2001:0DB8::1", "2001:db8::1"],
    ["ip/6", "tcp"],
    ["udp/0-65535", "udp"],
    ["tcp/443-443", "tcp/443"],
    ["ip/47", "gre"],
    ["icmp/echo-request", "icmp/8"],
    ["icmp/echo", "icmp/8"],
    ["icmpv6/packet-too-big", "icmpv6/2"],
    ["icmp/destination-unreachable", "icmp/3"],
    ["icmp/3/4", "icmp/3/4"],
    ['(a where t = "x")', 'a where t = "x"'],
    ['(a & b) where t = "x"', '(a & b) where t = "x"'],
    ['(a + b) where t = "x"', '[a, b] where t = "x"'],
    ['a where "t" in ["y", "x", "y"]', 'a where t in ["x", "y"]'],
    ['a where (t = "x" and (u = "y"))', 'a where t = "x" and u = "y"'],
    ['a where (t = "x" or u = "y") and v = "z"', 'a where (t = "x" or u = "y") and v = "z"'],
    ['a where not ((t = "x"))', 'a where not t = "x"'],
    ['a where not (t = "x" or u = "y")', 'a where not (t = "x" or u = "y")'],
    ['a where "not" = "x"', 'a where "not" = "x"'],
    ['a where "odd label" = "say \\"x\\""', 'a where "odd label" = "say \\"x\\""'],
    ['(a where t = "x") - b', '(a where t = "x") - b'],
  ];
  for (const [written, wanted] of pairs) {
    test(`${written} is ${wanted}`, () => {
      assert.is(canonical(written), wanted);
      assert.is(canonical(wanted), wanted);
    });
  }
});

/** An expression, and a rewriting of it that its identity must not see. */
const rewritten: fc.Arbitrary<readonly [string, string]> = fc.letrec<{ pair: readonly [string, string] }>((tie) => ({
  pair: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .constantFrom("shop", "floor", "vault.cards", "any", "10.1.0.9", "std.https")
      .map((text) => [text, text] as const),
    tie("pair").map(([one, other]) => [one, `(${other})`] as const),
    tie("pair").map(([one, other]) => [one, `[${other}]`] as const),
    fc.array(tie("pair"), { minLength: 2, maxLength: 4 }).chain((pairs) =>
      fc
        .tuple(fc.shuffledSubarray(pairs, { minLength: pairs.length }), fc.boolean(), fc.boolean())
        .map(([shuffled, list, twice]) => {
          const others = [...shuffled, ...(twice ? shuffled.slice(0, 1) : [])].map(([, other]) => `(${other})`);
          return [
            `[${pairs.map(([one]) => one).join(", ")}]`,
            list ? `[${others.join(", ")}]` : others.join(" + "),
          ] as const;
        }),
    ),
    fc
      .array(tie("pair"), { minLength: 2, maxLength: 3 })
      .chain((pairs) =>
        fc
          .shuffledSubarray(pairs, { minLength: pairs.length })
          .map(
            (shuffled) =>
              [
                pairs.map(([one]) => `(${one})`).join(" & "),
                shuffled.map(([, other]) => `(${other})`).join(" & "),
              ] as const,
          ),
      ),
    fc.tuple(tie("pair"), tie("pair")).map(([a, b]) => [`(${a[0]}) - (${b[0]})`, `[${a[1]}] - [${b[1]}]`] as const),
    tie("pair").map(
      ([one, other]) => [`(${one}) where tier in ["a", "b"]`, `[${other}] where tier in ["b", "a", "b"]`] as const,
    ),
  ),
})).pair;

suite("canonical texts of rewritten expressions", (test) => {
  test("are equal, and canonical themselves", () => {
    fc.assert(
      fc.property(rewritten, ([one, other]) => {
        assert.is(canonical(other), canonical(one));
        assert.is(canonical(canonical(one)), canonical(one));
      }),
      { numRuns: 500 },
    );
  });
});
