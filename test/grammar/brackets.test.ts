/** Brackets: what any one missing brace or bracket costs in files that read like real ones. */
import { readdirSync, readFileSync } from "node:fs";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { parseFile } from "../../grammar/parse.js";
import { Reporter } from "../../grammar/reporter.js";
import { scan } from "../../grammar/scanner.js";
import { SourceFile } from "../../grammar/source.js";
import type { Item } from "../../grammar/syntax/nodes.js";
import type { Token } from "../../grammar/tokens.js";
import { assert, suite } from "../support/harness.js";
import { parse } from "./support.js";

const estate = "fixtures/estates/two-sites";
const brackets = new Set(["{", "}", "[", "]"]);

/** Bodies on one line and on several, headers of every kind, objects and lists side by side. */
const mixed = `edition 1

/// Ours.
estate fabrikam-retail {
  asn   = 65001
  owner = "network@retail.example"
  tags  = { cost-centre = "42", owner = "net" }
}

segment prod { id = 1 }
segment cards { id = 2 }
segment branch { }

external fabrikam in partner { cidr = 203.0.113.0/26  asn = 65010 }
external contoso in partner {
  cidr = [203.0.113.64/26, 203.0.113.128/26]
  host edi { address = 203.0.113.70 }
}

service tills = [tcp/8443, tcp/9443]
service business = [
  tcp/443,
  udp/443,
]

network vault in cards at euc1 {
  cidr = 10.30.0.0/20
  subnet cards { cidr = 10.30.0.0/24 }
  subnet keys {
    zone = "a"
    host hsm { address = 10.30.1.10  labels = { role = "hsm" } }
  }
}

network tills in cards at ham1 { cidr = 10.31.0.0/24  interface = "xe-0/0/3"  vlan = 310 }
network branch-bremen in branch at carrier { cidr = 10.81.2.0/24 }

link fabrikam-line between ham1 and fabrikam {
  kind = handoff
  md5  = secret("fabrikam-bgp")
  carries partner { vlan = 900  addresses = [172.31.1.1/30, 172.31.1.2/30]  max-prefixes = 10 }
  carries prod { vlan = 901 }
}

group web = prod where tier in ["web", "api"] and zone = "a"

policy checkout {
  owner = "shop@retail.example"
  share vault.cards with prod
  allow web -> vault.cards on [tcp/8443, tcp/9443] log
  allow branch + prod -> fabrikam.edi on tills until 2031-12-31 because "until the contract ends"
}

never branch -> cards on [std.ssh, std.rdp]
`;

const files: readonly (readonly [name: string, text: string])[] = [
  ["mixed", mixed],
  ...readdirSync(estate)
    .filter((name) => name.endsWith(".demarc"))
    .sort()
    .map((name) => [name, readFileSync(`${estate}/${name}`, "utf8")] as const),
];

/** The path of every declaration: words and names from the outermost one. */
function declared(items: readonly Item[], outer = ""): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind !== "Declaration") return [];
    const path = `${outer}/${item.word.text} ${item.name.names.map((name) => name.text).join(".")}`;
    return [path, ...declared(item.body?.items ?? [], path)];
  });
}

interface Damaged {
  readonly line: number;
  readonly image: string;
  /** The lines of the findings, and what they say. */
  readonly findings: readonly { readonly line: number; readonly says: string }[];
  readonly lost: readonly string[];
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

function bracketsOf(text: string): readonly Token[] {
  const { tokens } = scan(new Reporter(new SourceFile("main.demarc", text), new Diagnostics()));
  return tokens.filter((token) => brackets.has(token.image));
}

/** Reads a text without some of its tokens. */
function without(text: string, whole: readonly string[], ...gone: readonly Token[]): Damaged {
  let left = text;
  for (const { startOffset, end } of [...gone].sort((a, b) => b.startOffset - a.startOffset)) {
    left = left.slice(0, startOffset) + left.slice(end);
  }
  const diagnostics = new Diagnostics();
  const { items } = parseFile(new SourceFile("main.demarc", left), diagnostics);
  const found = new Set(declared(items));
  return {
    line: lineOf(text, gone[0]?.startOffset ?? 0),
    image: gone.map((one) => one.image).join(" "),
    findings: diagnostics
      .sorted()
      .map(({ code, message, span }) => ({ line: lineOf(left, span?.start ?? 0), says: `${code} ${message}` })),
    lost: whole.filter((path) => !found.has(path)),
  };
}

function report(what: string, all: readonly Damaged[]): void {
  const counts = all.map((one) => one.findings.length);
  const mean = counts.reduce((sum, one) => sum + one, 0) / Math.max(1, counts.length);
  const lost = Math.max(0, ...all.map((one) => one.lost.length));
  console.log(
    `brackets: ${all.length} ${what} cost ${mean.toFixed(2)} findings on average, ${Math.max(0, ...counts)} at worst; ${lost} declarations lost at worst`,
  );
}

suite("brackets", (test) => {
  test("any one missing brace or bracket costs one finding and no declaration", () => {
    const all: Damaged[] = [];
    for (const [name, text] of files) {
      const whole = declared(parse(text).file.items);
      for (const token of bracketsOf(text)) {
        const damaged = without(text, whole, token);
        const place = `${name}:${damaged.line} without \`${token.image}\``;
        assert.is(damaged.findings.length, 1, `${place}: ${JSON.stringify(damaged.findings)}`);
        assert.equal(damaged.lost, [], place);
        if (token.image === "{") assert.is(damaged.findings[0]?.line, damaged.line, place);
        all.push(damaged);
      }
    }
    report("single deletions", all);
  });

  test("two missing braces that cancel out are still told apart", () => {
    const whole = declared(parse(mixed).file.items);
    const braces = bracketsOf(mixed).filter((token) => token.image === "{" || token.image === "}");
    const all = braces.flatMap((one, index) =>
      braces
        .slice(index + 1)
        .flatMap((other) => (one.image === other.image ? [] : [without(mixed, whole, one, other)])),
    );
    for (const damaged of all) {
      const place = `line ${damaged.line}, ${damaged.image}`;
      assert.ok(damaged.findings.length <= 4, `${place}: ${JSON.stringify(damaged.findings)}`);
      assert.ok(damaged.lost.length <= 2, `${place}: ${damaged.lost.join(", ")}`);
    }
    report("pairs of a missing `{` and a missing `}`", all);
  });

  test("an unclosed body far above is not the one blamed for a header without `{`", () => {
    const text = [
      "external fabrikam in partner {",
      "  cidr = 203.0.113.0/26",
      "  asn  = 65010",
      "",
      "segment branch { }",
      "",
      "network vault in cards at euc1",
      "  cidr = 10.30.0.0/20",
      "  subnet cards { cidr = 10.30.0.0/24 }",
      "}",
      'network tills in cards at ham1 { cidr = 10.31.0.0/24  interface = "xe-0/0/3"  vlan = 310 }',
      "",
    ].join("\n");
    const { file, findings } = parse(text);
    assert.equal(
      findings.map(([code, underlined, message]) => [code, underlined, message]),
      [
        ["DMC0102", "{", "`{` is never closed"],
        ["DMC0101", "euc1", "expected `{` after `euc1`"],
      ],
    );
    assert.equal(declared(file.items), [
      "/external fabrikam",
      "/segment branch",
      "/network vault",
      "/network vault/subnet cards",
      "/network tills",
    ]);
  });

  test("a header without `{` costs one finding where its properties are not indented", () => {
    const text =
      'network vault in cards at euc1\ncidr = 10.30.0.0/20\nsubnet cards { zone = "a" }\n}\nsegment branch { }\n';
    const { file, findings } = parse(text);
    assert.equal(
      findings.map(([code, underlined, message]) => [code, underlined, message]),
      [["DMC0101", "euc1", "expected `{` after `euc1`"]],
    );
    assert.equal(declared(file.items), ["/network vault", "/network vault/subnet cards", "/segment branch"]);
  });

  test("a thousand closing brackets that nothing opened are mended, one more ends the reading", () => {
    const findings = (closers: number) => {
      const { findings: all } = parse(`segment prod { }\n${"}".repeat(closers)}\nsegment pci { }\n`);
      return all.filter(([code]) => code === "DMC0121");
    };
    assert.equal(findings(1000), []);
    assert.equal(findings(1001), [
      ["DMC0121", "}", "more than 1000 closing brackets that nothing opened", "the rest of the file was not read"],
    ]);
  });
});
