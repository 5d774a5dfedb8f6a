/** The formatter: exact layouts, comments, and texts that it leaves alone. */
import { readFileSync } from "node:fs";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { type Formatted, formatSource } from "../../grammar/format.js";
import { SourceFile } from "../../grammar/source.js";
import { assert, suite } from "../support/harness.js";

const sample = readFileSync("fixtures/estates/acme-sample/main.demarc", "utf8");

function format(text: string): { readonly formatted: Formatted | undefined; readonly codes: readonly string[] } {
  const diagnostics = new Diagnostics();
  const formatted = formatSource(new SourceFile("main.demarc", text), diagnostics);
  return { formatted, codes: diagnostics.sorted().map((one) => one.code) };
}

/** Claims that a text becomes another, and that the other is left as it is. */
function becomes(text: string, expected: string): void {
  const { formatted, codes } = format(text);
  assert.equal(codes, []);
  assert.is(formatted?.text, expected);
  assert.is(formatted?.changed, text !== expected);
  assert.is(format(expected).formatted?.text, expected);
}

const layouts: readonly (readonly [what: string, before: string, after: string])[] = [
  [
    "one statement a line",
    "segment prod { id = 1 } segment pci { id = 2 }",
    "segment prod { id = 1 }\nsegment pci { id = 2 }\n",
  ],
  [
    "short declarations stay on one line, their properties two blanks apart",
    'cloud use1{provider=aws region="us-east-1"}',
    'cloud use1 { provider = aws  region = "us-east-1" }\n',
  ],
  ["an empty body", "segment dev {   }", "segment dev {}\n"],
  [
    "`=` lines up in consecutive lines",
    'estate acme {\nasn = 64520\nowner = "network@acme.example"\n\nlink-addresses = 169.254.0.0/16\n}',
    'estate acme {\n  asn   = 64520\n  owner = "network@acme.example"\n\n  link-addresses = 169.254.0.0/16\n}\n',
  ],
  [
    "properties that share a line keep sharing it",
    'network tills in pci at chi {\n cidr = 10.31.0.0/24\n interface = "xe-0/0/3" vlan = 310\n}',
    'network tills in pci at chi {\n  cidr = 10.31.0.0/24\n  interface = "xe-0/0/3"  vlan = 310\n}\n',
  ],
  [
    "at most one empty line, none at the edges of a body",
    '\n\nsegment prod {\n\n\n  id = 1\n\n\n\n  vrf = "P"\n\n}\n\n\n\nsegment pci { id = 2 }\n\n',
    'segment prod {\n  id = 1\n\n  vrf = "P"\n}\n\nsegment pci { id = 2 }\n',
  ],
  [
    "lists on one line lose the last comma",
    "service browse = [ tcp/80 ,tcp/443, ]",
    "service browse = [tcp/80, tcp/443]\n",
  ],
  [
    "lists on several lines have one item a line and a last comma",
    "service browse = [\ntcp/80, tcp/443]",
    "service browse = [\n  tcp/80,\n  tcp/443,\n]\n",
  ],
  [
    "objects on one line have commas",
    'network lab in dev at ue4 { labels = { tier = "web" stage = "test", } }',
    'network lab in dev at ue4 { labels = { tier = "web", stage = "test" } }\n',
  ],
  [
    "objects on several lines have none",
    'estate acme {\n tags = {\n cost-centre = "42", owner = "net" }\n}',
    'estate acme {\n  tags = {\n    cost-centre = "42"\n    owner       = "net"\n  }\n}\n',
  ],
  [
    "operators, calls, parentheses and conditions",
    'group web = ( shop-lab ) +shop . web&prod where(tier="web"and not(zone in["a"]))\nmd5 = secret ( "globex" )',
    'group web = (shop-lab) + shop.web & prod where (tier = "web" and not (zone in ["a"]))\nmd5 = secret("globex")\n',
  ],
  [
    "clauses on one line where they fit",
    "allow shop.web\n  -> vault.cards\n  on tcp/8443 until 2031-06-30",
    "allow shop.web -> vault.cards on tcp/8443 until 2031-06-30\n",
  ],
  [
    "a rule that is too long breaks before its clauses",
    `allow shop.web -> vault.cards on tcp/8443 because "${"settlement ".repeat(5)}" until 2031-06-30 log`,
    `allow shop.web -> vault.cards on tcp/8443\n    because "${"settlement ".repeat(5)}" until 2031-06-30 log\n`,
  ],
  ["strings are escaped anew", 'owner = "a\\u{41}\\u{e9}\\u{202e}\\t\\"x\\""', 'owner = "aAé\\u{202e}\\t\\"x\\""\n'],
  [
    "IPv6 is written as RFC 5952 has it",
    "cidr = [2001:DB8:0:0::/32, ::FFFF:10.0.0.1]",
    "cidr = [2001:db8::/32, ::ffff:10.0.0.1]\n",
  ],
  [
    "a byte order mark and CRLF go",
    "\ufeffsegment prod { id = 1 }\r\n\r\n// end\r\n",
    "segment prod { id = 1 }\n\n// end\n",
  ],
  ["an empty file stays empty", "  \n\n", ""],
  ["a file of comments", "  // only\n\n\n  /* this */", "// only\n\n/* this */\n"],
  [
    "the edition and imports",
    'edition   1 import "lib/services"   as lib',
    'edition 1\nimport "lib/services" as lib\n',
  ],
];

suite("the formatter", (test) => {
  for (const [what, before, after] of layouts) test(what, () => becomes(before, after));

  test("a declaration that is too long is opened", () => {
    becomes(
      'network shop in prod at use1 { subnet web { cidr = 10.20.1.0/24 zone = "a" labels = { tier = "web", role = "frontend" } existing = "subnet-0a1b2c" } }',
      [
        "network shop in prod at use1 {",
        "  subnet web {",
        "    cidr     = 10.20.1.0/24",
        '    zone     = "a"',
        '    labels   = { tier = "web", role = "frontend" }',
        '    existing = "subnet-0a1b2c"',
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("a declaration that is too long has one property a line, the lists that fit stay on theirs", () => {
    becomes(
      'router ham1 { os = junos  loopback = [192.0.2.11, 2001:db8:ffff::11]  site = "Hamburg"  management = 10.9.0.0/24 }',
      [
        "router ham1 {",
        "  os         = junos",
        "  loopback   = [192.0.2.11, 2001:db8:ffff::11]",
        '  site       = "Hamburg"',
        "  management = 10.9.0.0/24",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("every comment is kept where it stood", () => {
    becomes(
      [
        "// head",
        "edition 1 // first",
        "/// The shop.",
        "network shop in prod /* why */ at use1 { // opens",
        "    // own line",
        "",
        "  cidr = [ 10.20.0.0/16 // main",
        "    , 10.21.0.0/16 /* more */ ]",
        "  // last",
        "} // closes",
        "allow // a source",
        "  shop -> vault",
        "  // why",
        "  on tcp/443",
        "/* two",
        "   lines */",
        "// end",
      ].join("\n"),
      [
        "// head",
        "edition 1  // first",
        "/// The shop.",
        "network shop in prod /* why */ at use1 {  // opens",
        "  // own line",
        "",
        "  cidr = [",
        "    10.20.0.0/16,  // main",
        "    10.21.0.0/16, /* more */",
        "  ]",
        "  // last",
        "}  // closes",
        "allow  // a source",
        "    shop -> vault",
        "    // why",
        "    on tcp/443",
        "/* two",
        "   lines */",
        "// end",
        "",
      ].join("\n"),
    );
  });

  test("the sample of the specification changes in blanks only", () => {
    const { formatted } = format(sample);
    assert.is(formatted?.text.replace(/\s+/g, " "), `${sample.replace(/\s+/g, " ").trim()} `);
  });

  test("a text with syntax errors is left as it is, and the errors are reported", () => {
    const { formatted, codes } = format("segment prod {");
    assert.is(formatted, undefined);
    assert.equal(codes, ["DMC0102"]);
  });

  test("a text that would not say the same is not written", () => {
    const diagnostics = new Diagnostics();
    const source = new SourceFile("main.demarc", "segment prod {} // ours\n");
    for (const wrong of ["segment pci {} // ours\n", "segment prod {}\n", "segment prod { // ours\n"]) {
      assert.is(
        formatSource(source, diagnostics, () => wrong),
        undefined,
        wrong,
      );
    }
    assert.equal(
      diagnostics.sorted().map(({ code, span, message, help }) => [code, span?.start, span?.end, message, help]),
      [
        [
          "DMC9010",
          ...[0, 0],
          "the formatted text would not say the same; the file was left as it is",
          "this is a fault of the formatter: please report it with the file",
        ],
      ],
    );
  });
});
