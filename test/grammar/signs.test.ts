/** Faulty signs, strings, brackets and words: the exact finding of each, and what its certain edit makes of it. */
import { assert, suite } from "../support/harness.js";
import { mended, parse } from "./support.js";

/** The text, its one finding, and the text with the certain edit applied. */
type Row = readonly [text: string, code: string, underlined: string, message: string, help: string, mended?: string];

const rows: readonly Row[] = [
  [
    'segment prod { owner = "x }',
    "DMC0106",
    '"x',
    "the string is not closed",
    'a string ends with `"` on the line it begins on',
  ],
  [
    'owner = "a\\qb"',
    "DMC0107",
    "\\q",
    "`\\q` is not an escape",
    'the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{\u2026}` with the hexadecimal code of a character',
  ],
  [
    'owner = "\\u{110000}"',
    "DMC0107",
    "\\u{110000}",
    "`\\u{110000}` names no character",
    'the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{\u2026}` with the hexadecimal code of a character',
  ],
  [
    'owner = "\\u{zz}"',
    "DMC0107",
    "\\u{zz}",
    "`\\u{zz}` names no character",
    'the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{\u2026}` with the hexadecimal code of a character',
  ],
  [
    'owner = "a\u0001b"',
    "DMC0108",
    "\u0001",
    "control character U+0001 in a string",
    "write it as `\\u{1}` if it is meant",
  ],
  ["/* never closed\nsegment prod { id = 1 }", "DMC0109", "/*", "the comment is not closed", "end it with `*/`"],
  [
    "segment \u00a7 prod { id = 1 }",
    "DMC0110",
    "\u00a7",
    "`\u00a7` has no meaning here",
    "outside strings and comments a program is letters, digits and signs of ASCII",
  ],
  [
    "owner = \u201cx\u201d",
    "DMC0115",
    "\u201cx\u201d",
    "`\u201c` does not begin a string",
    'strings stand in `"`',
    'owner = "x"',
  ],
  [
    "allow a \u2192 b on c",
    "DMC0111",
    "\u2192",
    "`\u2192` is not a sign of this language",
    "write `->`",
    "allow a -> b on c",
  ],
  ['owner: "x"', "DMC0111", ":", "`:` is not a sign of this language", "write `=`", 'owner = "x"'],
  ["owner = 'x'", "DMC0115", "'x'", "`'` does not begin a string", 'strings stand in `"`', 'owner = "x"'],
  ["# a note", "DMC0114", "#", "`#` does not begin a comment", "comments begin with `//`", "// a note"],
  ["id = 1;", "DMC0112", ";", "`;` is not needed", "statements need no separator", "id = 1"],
  [
    "segment\u00a0prod { id = 1 }",
    "DMC0113",
    "\u00a0",
    "a blank of another kind (U+00A0)",
    "use plain spaces, tabs and line ends",
    "segment prod { id = 1 }",
  ],
  ["x == 5", "DMC0111", "==", "`==` is not a sign of this language", "write `=`", "x = 5"],
  ["group g = a | b", "DMC0111", "|", "`|` is not a sign of this language", "write `+`"],
  ['group g = prod where !web = "x"', "DMC0111", "!", "`!` is not a sign of this language", "write `not`"],
  [
    "network shop.1 in prod at use1 { }",
    "DMC0116",
    "1",
    "`1` begins with a digit and is no name",
    "names begin with a letter; the name of an interface stands in quotes",
  ],
  [
    "\u0000\u0001\u0002",
    "DMC0110",
    "\u0000\u0001\u0002",
    "`<U+0000><U+0001><U+0002>` has no meaning here",
    "outside strings and comments a program is letters, digits and signs of ASCII",
  ],
  ["}", "DMC0103", "}", "`}` closes nothing", "take it away, or write the opening sign before it (`{`)"],
  [
    "segment prod { id = 1 } }",
    "DMC0103",
    "}",
    "`}` closes nothing",
    "take it away, or write the opening sign before it (`{`)",
  ],
  [
    "service web = tcp/80]",
    "DMC0103",
    "]",
    "`]` closes nothing",
    "take it away, or write the opening sign before it (`[`)",
  ],
  ["segment prod { id = [1, 2 }", "DMC0102", "[", "`[` is never closed", "add the `]` that ends it"],
  ["x = (a + b", "DMC0102", "(", "`(` is never closed", "add the `)` that ends it"],
  ['md5 = secret("a"', "DMC0102", "(", "`(` is never closed", "add the `)` that ends it"],
  [
    'md5 = secret "a"',
    "DMC0101",
    '"a"',
    "expected a property, a declaration or a rule after `secret`, found the string",
    'a statement begins with a word, such as `segment prod { \u2026 }`, `owner = "\u2026"` or `allow a -> b on c`',
  ],
  ["segment prod { labels = { a = 1 }\n", "DMC0102", "{", "`{` is never closed", "add the `}` that ends it"],
  [
    "internet x { id = 1 }",
    "DMC0104",
    "internet",
    "`internet` is reserved for a later edition",
    "edition 1 has no `internet`; a name must be another word",
  ],
  [
    "nat = 5",
    "DMC0104",
    "nat",
    "`nat` is reserved for a later edition",
    "edition 1 has no `nat`; a name must be another word",
  ],
  [
    "allow a -> internet on b",
    "DMC0104",
    "internet",
    "`internet` is reserved for a later edition",
    "edition 1 has no `internet`; a name must be another word",
  ],
  [
    "via fw",
    "DMC0104",
    "via",
    "`via` is reserved for a later edition",
    "edition 1 has no `via`; a name must be another word",
  ],
  [
    "waive x",
    "DMC0104",
    "waive",
    "`waive` is reserved for a later edition",
    "edition 1 has no `waive`; a name must be another word",
  ],
  [
    "network log in prod at use1 { }",
    "DMC0105",
    "log",
    "`log` is a keyword; expected a name",
    "choose another word; only keys of objects and labels may be keywords",
  ],
  [
    "segment share { }",
    "DMC0105",
    "share",
    "`share` is a keyword; expected a name",
    "choose another word; only keys of objects and labels may be keywords",
  ],
  [
    "policy at { }",
    "DMC0105",
    "at",
    "`at` is a keyword; expected a name",
    "choose another word; only keys of objects and labels may be keywords",
  ],
  [
    "log = 5",
    "DMC0105",
    "log",
    "`log` is a keyword; expected a name",
    "choose another word; only keys of objects and labels may be keywords",
  ],
  [
    "network tills in cards at ham1 { cidr = 10.0.0.0/8, vlan = 3 }",
    "DMC0112",
    ",",
    "`,` is not needed",
    "properties and statements are not separated by commas",
    "network tills in cards at ham1 { cidr = 10.0.0.0/8 vlan = 3 }",
  ],
  [
    "network lab in dev at ham1 { cidr = 10.80.0.0 255.255.255.0 }",
    "DMC0144",
    "10.80.0.0 255.255.255.0",
    "a prefix with a netmask",
    "write `10.80.0.0/24`",
    "network lab in dev at ham1 { cidr = 10.80.0.0/24 }",
  ],
  [
    "policy plant { allow hmi -> plc on tcp 4840 log }",
    "DMC0155",
    "tcp 4840",
    "`tcp 4840` is not a service",
    "write `tcp/4840`",
    "policy plant { allow hmi -> plc on tcp/4840 log }",
  ],
  [
    "# written by hand\nedition 1\nsegment dev { id = 1 }\n",
    "DMC0114",
    "#",
    "`#` does not begin a comment",
    "comments begin with `//`",
    "// written by hand\nedition 1\nsegment dev { id = 1 }\n",
  ],
  ...[
    "deny dev -> pci on tcp/80",
    "deny any -> pci",
    "drop [dev, lab] -> pci on std.ssh",
    "block 10.0.0.0/8 <-> pci",
  ].map((rule): Row => {
    const word = rule.split(" ")[0] ?? "";
    return [
      `policy shop {\n  ${rule}\n  allow web -> db on tcp/5432\n}\n`,
      "DMC0126",
      word,
      `there is no \`${word}\`: what no rule allows is closed`,
      "take it away, or write `never` to state that something must stay closed",
    ];
  }),
];

suite("faulty signs and words", (test) => {
  for (const [written, code, underlined, message, help, certain] of rows) {
    test(`${JSON.stringify(written)} is one finding`, () => {
      const text = written;
      assert.equal(parse(text).findings, [[code, underlined, message, help]]);
      assert.is(mended(text), certain ?? text);
      if (certain !== undefined) assert.equal(parse(certain).findings, []);
    });
  }
});
