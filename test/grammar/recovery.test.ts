/** Recovery: what one fault costs in findings and in lost declarations. */
import { readFileSync } from "node:fs";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { Reporter } from "../../grammar/reporter.js";
import { scan } from "../../grammar/scanner.js";
import { SourceFile } from "../../grammar/source.js";
import type { Item } from "../../grammar/syntax/nodes.js";
import { assert, suite } from "../support/harness.js";
import { type Finding, parse, show } from "./support.js";

const sample = readFileSync("fixtures/estates/acme-sample/main.demarc", "utf8");
const tokens = scan(new Reporter(new SourceFile("main.demarc", sample), new Diagnostics())).tokens;

/** Every declaration, property and rule of a program by what it says itself, wherever it is nested. */
function statements(items: readonly Item[], out: string[] = []): string[] {
  for (const item of items) {
    if (item.kind === "Declaration") {
      const { body, ...head } = item;
      out.push(show([body === undefined ? item : { ...head, body: { ...body, items: [] } }]));
      statements(body?.items ?? [], out);
    } else if (item.kind !== "Skipped") out.push(show([item]));
  }
  return out;
}

/** How many of `expected` are not in `found`. */
function lost(expected: readonly string[], found: readonly string[]): number {
  const left = new Map<string, number>();
  for (const one of found) left.set(one, (left.get(one) ?? 0) + 1);
  return expected.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  }).length;
}

/** The names of all declarations, in order, nested ones too. */
function declared(items: readonly Item[]): readonly string[] {
  return items.flatMap((item) =>
    item.kind === "Declaration"
      ? [
          `${item.word.text} ${item.name.names.map((name) => name.text).join(".")}`.trim(),
          ...declared(item.body?.items ?? []),
        ]
      : [],
  );
}

const whole = statements(parse(sample).file.items);

function without(start: number, end: number): { readonly findings: readonly Finding[]; readonly loss: number } {
  const { file, findings } = parse(sample.slice(0, start) + sample.slice(end));
  return { findings, loss: lost(whole, statements(file.items)) };
}

suite("recovery", (test) => {
  test("deleting any single token of the sample costs one finding and at most two statements", () => {
    let worst = 0;
    let sum = 0;
    for (const token of tokens) {
      const { findings, loss } = without(token.startOffset, token.end);
      const place = `without the ${token.image} at ${token.startOffset}`;
      assert.ok(findings.length <= 1, `${place}: ${findings.length} findings`);
      assert.ok(loss <= 2, `${place}: ${loss} statements lost`);
      worst = Math.max(worst, loss);
      sum += loss;
    }
    console.log(
      `recovery: ${tokens.length} single deletions lose ${(sum / tokens.length).toFixed(2)} of ${whole.length} statements on average, ${worst} at worst`,
    );
  });

  test("any missing brace costs one finding, a closer's at its opener, and hides nothing", () => {
    const openers: number[] = [];
    for (const token of tokens) {
      if (token.image === "{") openers.push(token.startOffset);
      if (token.image !== "}") continue;
      const opener = openers.pop() ?? -1;
      const text = sample.slice(0, token.startOffset) + sample.slice(token.end);
      const { file, findings } = parse(text);
      assert.equal(findings, [["DMC0102", "{", "`{` is never closed", "add the `}` that ends it"]]);
      assert.is(declared(file.items).length, declared(parse(sample).file.items).length);
      assert.ok(opener >= 0);
    }
  });

  test("a missing closer is shown at the opener that lacks it", () => {
    const text =
      'network shop in prod at use1 {\n  subnet web {\n    cidr = 10.20.1.0/24\n\n  subnet db { zone = "b" }\n}\n';
    const diagnostics = new Diagnostics();
    const { file, findings } = parse(text);
    assert.equal(declared(file.items), ["network shop", "subnet web", "subnet db"]);
    assert.is(findings.length, 1);
    assert.equal(diagnostics.sorted(), []);
    const shop = file.items[0];
    const nested = shop?.kind === "Declaration" ? shop.body?.items.length : 0;
    assert.is(nested, 2);
  });

  const halfTyped: readonly (readonly [typed: string, underlined: string, message: string])[] = [
    ["segment", "segment", "expected a name or `=` after `segment`"],
    ["segment dev", "dev", "expected `{` or `=` after `dev`"],
    ["network lab in", "in", "expected a name after `in`"],
    ["network lab in prod at", "at", "expected a name after `at`"],
    ["network lab in prod at use1", "use1", "expected `{` or `=` after `use1`"],
    ["link dx between", "between", "expected a name after `between`"],
    ["link dx between use1", "use1", "expected `and` and the other place after `use1`"],
    ["allow shop.web ->", "->", "expected a destination after `->`"],
    ["allow shop.web -> vault on", "on", "expected a service after `on`"],
    ["allow shop.web -> vault", "vault", "expected `on` and a service after `vault`"],
    ["allow", "allow", "expected a source after `allow`"],
    ["allow shop.", ".", "expected a name after `.`"],
    ["share vault.cards", "cards", "expected `with` and a segment after `cards`"],
    ["share vault.cards with", "with", "expected a segment after `with`"],
    ["never dev", "dev", "expected `->` or `<->` after `dev`"],
    ["never dev -> pci because", "because", "expected a reason in quotes after `because`"],
    ["allow a -> b on std.ssh until", "until", "expected a date such as `2027-06-30` after `until`"],
    ["group web = prod where", "where", "expected a condition on labels after `where`"],
    ["group web = prod where tier", "tier", "expected `=`, `!=` or `in` after `tier`"],
    ["group web = prod where tier =", "=", "expected a value after `=`"],
    ["service browse =", "=", "expected a value after `=`"],
    ["cidr =", "=", "expected a value after `=`"],
    ["import", "import", "expected a directory in quotes after `import`"],
    ['import "services" as', "as", "expected a name after `as`"],
  ];
  for (const [typed, underlined, message] of halfTyped) {
    test(`half-typed \`${typed}\` costs one finding and hides no neighbour`, () => {
      for (const [before, indent, after] of [
        ["segment prod { id = 1 }\n", "", "\nsegment pci { id = 2 }\n"],
        ["policy shop {\n  segment prod { id = 1 }\n", "  ", "\n  segment pci { id = 2 }\n}\n"],
      ] as const) {
        const { file, findings } = parse(before + indent + typed + after);
        assert.equal(
          findings.map(([, text, said]) => [text, said]),
          [[underlined, message]],
        );
        const names = declared(file.items);
        assert.ok(names.includes("segment prod") && names.includes("segment pci"), names.join(", "));
      }
    });
  }

  test("three faults in three statements are three findings", () => {
    const { findings } = parse("segment\nsegment prod { id = }\nallow a -> on std.ssh\nsegment pci { id = 2 }\n");
    assert.equal(
      findings.map(([code, text]) => [code, text]),
      [
        ["DMC0101", "segment"],
        ["DMC0101", "}"],
        ["DMC0101", "on"],
      ],
    );
  });

  test("brackets that nest too deeply are one finding", () => {
    for (const text of [`x = ${"[".repeat(10_000)}`, "network a {".repeat(10_000), `x = ${"(".repeat(10_000)}`]) {
      assert.equal(
        parse(text).findings.map(([code]) => code),
        ["DMC0117"],
      );
    }
    assert.equal(parse(`x = ${"[".repeat(100)}${"]".repeat(100)}`).findings, []);
  });

  test("a chain of operators without end is one finding", () => {
    assert.equal(
      parse(`group all = shop${" + shop".repeat(20_000)}`).findings.map(([code]) => code),
      ["DMC0118"],
    );
    assert.equal(parse(`group all = shop${" + shop".repeat(1000)}`).findings, []);
  });

  test("after 200 errors one finding says that the rest is left unsaid", () => {
    const { findings } = parse("segment §\n".repeat(1000));
    assert.is(findings.length, 201);
    assert.is(findings.filter(([code]) => code === "DMC0119").length, 1);
  });
});
