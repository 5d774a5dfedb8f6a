/** Faulty statements: the exact finding of each, and what its certain edit makes of it. */
import { assert, suite } from "../support/harness.js";
import { mended, parse } from "./support.js";

/** The text, its one finding, and the text with the certain edit applied. */
type Row = readonly [text: string, code: string, underlined: string, message: string, help: string, mended?: string];

const rows: readonly Row[] = [
  [
    "cidr 10.0.0.0/8",
    "DMC0101",
    "10.0.0.0/8",
    "expected `=` after `cidr`, found `10.0.0.0/8`",
    "`=` stands between a name and its value",
    "cidr = 10.0.0.0/8",
  ],
  [
    "service browse [tcp/80]",
    "DMC0101",
    "[",
    "expected `=` after `browse`, found `[`",
    "`=` stands between a name and its value",
    "service browse = [tcp/80]",
  ],
  [
    'owner "x"',
    "DMC0101",
    '"x"',
    "expected `=` after `owner`, found the string",
    "`=` stands between a name and its value",
  ],
  [
    "edition",
    "DMC0101",
    "edition",
    "expected the number of an edition, such as `1` after `edition`",
    "a file may begin with `edition 1`",
  ],
  [
    "edition two",
    "DMC0101",
    "two",
    "expected the number of an edition, such as `1` after `edition`, found `two`",
    "a file may begin with `edition 1`",
  ],
  [
    "edition 1.5s",
    "DMC0101",
    "1.5s",
    "expected the number of an edition, such as `1`, found `1.5s`",
    "a file may begin with `edition 1`",
  ],
  [
    "id = 1\nedition 1",
    "DMC0120",
    "edition",
    "`edition` stands at the beginning of a file",
    "move it to the first line",
  ],
  [
    "import services",
    "DMC0101",
    "services",
    "expected a directory in quotes after `import`, found `services`",
    'an import reads `import "services" as lib`',
  ],
  [
    "import 5",
    "DMC0101",
    "5",
    "expected a directory in quotes after `import`, found `5`",
    'an import reads `import "services" as lib`',
  ],
  [
    "allow a b on c",
    "DMC0101",
    "b",
    "expected `->` or `<->` after `a`, found `b`",
    "a rule reads `allow shop.web -> shop.db on tcp/5432`",
  ],
  [
    "allow a -> b tcp/80",
    "DMC0101",
    "tcp/80",
    "expected `on` and a service after `b`, found `tcp/80`",
    "a rule reads `allow shop.web -> shop.db on tcp/5432`",
  ],
  [
    "allow a -> b on c at d",
    "DMC0101",
    "at",
    "expected a property, a declaration or a rule after `c`, found `at`",
    "`at` is a clause of `share`, and a header of a declaration",
  ],
  [
    "never a -> b log",
    "DMC0101",
    "log",
    "expected a property, a declaration or a rule after `b`, found `log`",
    "`log` is a clause of `allow`",
  ],
  [
    "always a -> b",
    "DMC0101",
    "b",
    "expected `on` and a service after `b`",
    "an invariant reads `always shop.web -> shop.db on tcp/5432`",
  ],
  ["share x", "DMC0101", "x", "expected `with` and a segment after `x`", "a share reads `share vault.cards with prod`"],
  [
    "share x with s log",
    "DMC0101",
    "log",
    "expected a property, a declaration or a rule after `s`, found `log`",
    "`log` is a clause of `allow`",
  ],
  [
    "allow a -> b on c until soon",
    "DMC0101",
    "soon",
    "expected a date such as `2027-06-30` after `until`, found `soon`",
    "a rule reads `allow shop.web -> shop.db on tcp/5432`",
  ],
  [
    "allow a -> b on c until 5",
    "DMC0101",
    "5",
    "expected a date such as `2027-06-30`, found `5`",
    "a rule reads `allow shop.web -> shop.db on tcp/5432`",
  ],
  [
    "allow a -> b on c because x",
    "DMC0101",
    "x",
    "expected a reason in quotes after `because`, found `x`",
    "a rule reads `allow shop.web -> shop.db on tcp/5432`",
  ],
  [
    "allow a -> b on not",
    "DMC0101",
    "not",
    "expected a service after `on`, found `not`",
    "a rule reads `allow shop.web -> shop.db on tcp/5432`",
  ],
  [
    "link dx between chi ash { }",
    "DMC0101",
    "ash",
    "expected `and` and the other place after `chi`, found `ash`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    "link dx between chi and { }",
    "DMC0101",
    "{",
    "expected a name after `and`, found `{`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    "network shop prod at use1 { }",
    "DMC0101",
    "prod",
    "expected `in`, `at`, `between`, `=` or `{` after `shop`, found `prod`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    'network shop "x" in prod { }',
    "DMC0101",
    '"x"',
    "expected `in`, `at`, `between`, `=` or `{` after `shop`, found the string",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    "shop { id = 1 }",
    "DMC0101",
    "{",
    "expected a name after `shop`, found `{`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    "segment { id = 1 }",
    "DMC0101",
    "{",
    "expected a name after `segment`, found `{`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    "segment prod",
    "DMC0101",
    "prod",
    "expected `{` or `=` after `prod`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    "segment prod = { id = 1 }",
    "DMC0101",
    "{",
    "expected a value or a name, found `{`",
    "the body of a declaration follows its name without `=`",
  ],
  [
    "{ id = 1 }",
    "DMC0101",
    "{",
    "expected a declaration before `{`",
    'a statement begins with a word, such as `segment prod { \u2026 }`, `owner = "\u2026"` or `allow a -> b on c`',
  ],
];

suite("faulty statements", (test) => {
  for (const [written, code, underlined, message, help, certain] of rows) {
    test(`${JSON.stringify(written)} is one finding`, () => {
      const text = written;
      assert.equal(parse(text).findings, [[code, underlined, message, help]]);
      assert.is(mended(text), certain ?? text);
      if (certain !== undefined) assert.equal(parse(certain).findings, []);
    });
  }
});
