/** Faulty values and expressions: the exact finding of each, and what its certain edit makes of it. */
import { assert, suite } from "../support/harness.js";
import { mended, parse } from "./support.js";

/** The text, its one finding, and the text with the certain edit applied. */
type Row = readonly [text: string, code: string, underlined: string, message: string, help: string, mended?: string];

const rows: readonly Row[] = [
  [
    "service x = tcp/80, tcp/443",
    "DMC0101",
    ",",
    "expected a property, a declaration or a rule after `tcp/80`, found `,`",
    "several values stand in a list, such as `[tcp/80, tcp/443]`",
  ],
  [
    "x = [a, , b]",
    "DMC0101",
    ",",
    "expected a value or a name after `,`, found `,`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = [a b]",
    "DMC0101",
    "b",
    "expected `,` or `]` after `a`, found `b`",
    "the items of a list stand between commas, such as `[tcp/80, tcp/443]`",
  ],
  [
    "x = [, a]",
    "DMC0101",
    ",",
    "expected `,` or `]` after `[`, found `,`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = { a = 1, 2 }",
    "DMC0101",
    "2",
    "expected a value or a name after `,`, found `2`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = { a 1 }",
    "DMC0101",
    "1",
    "expected `=` after `a`, found `1`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = {{ }}",
    "DMC0101",
    "{",
    "expected a key or `}` after `{`, found `{`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = { = 1 }",
    "DMC0101",
    "=",
    "expected a key or `}` after `{`, found `=`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = a +",
    "DMC0101",
    "+",
    "expected an operand after `+`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = + a",
    "DMC0101",
    "+",
    "expected a value after `=`, found `+`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = - a",
    "DMC0101",
    "-",
    "expected a value after `=`, found `-`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = a & & b",
    "DMC0101",
    "&",
    "expected an operand after `&`, found `&`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = a.",
    "DMC0101",
    ".",
    "expected a name after `.`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = .a",
    "DMC0101",
    ".",
    "expected a value after `=`, found `.`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = ()",
    "DMC0101",
    ")",
    "expected a value or a name after `(`, found `)`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = a(b c)",
    "DMC0101",
    "c",
    "expected `,` or `)` after `b`, found `c`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x = a where",
    "DMC0101",
    "where",
    "expected a condition on labels after `where`",
    'a condition compares labels, such as `where tier = "web"` or `where tier in ["web", "api"]`',
  ],
  [
    "x = a where b",
    "DMC0101",
    "b",
    "expected `=`, `!=` or `in` after `b`",
    'a condition compares labels, such as `where tier = "web"` or `where tier in ["web", "api"]`',
  ],
  [
    "x = a where b =",
    "DMC0101",
    "=",
    "expected a value after `=`",
    'a condition compares labels, such as `where tier = "web"` or `where tier in ["web", "api"]`',
  ],
  [
    "x = a where b in",
    "DMC0101",
    "in",
    "expected `[` after `in`",
    'a condition compares labels, such as `where tier = "web"` or `where tier in ["web", "api"]`',
  ],
  [
    'x = a where b in "c"',
    "DMC0101",
    '"c"',
    "expected `[` after `in`, found the string",
    'a condition compares labels, such as `where tier = "web"` or `where tier in ["web", "api"]`',
  ],
  [
    'x = a where not not b = "c"',
    "DMC0101",
    "not",
    "expected a condition on labels after `not`, found `not`",
    'a condition compares labels, such as `where tier = "web"` or `where tier in ["web", "api"]`',
  ],
  ['x = a where (b = "c"', "DMC0102", "(", "`(` is never closed", "add the `)` that ends it"],
  [
    'x = a where b = "c" and',
    "DMC0101",
    "and",
    "expected a condition on labels after `and`",
    'a condition compares labels, such as `where tier = "web"` or `where tier in ["web", "api"]`',
  ],
  [
    'x = a where 5 = "c"',
    "DMC0101",
    "5",
    "expected a condition on labels after `where`, found `5`",
    'a condition compares labels, such as `where tier = "web"` or `where tier in ["web", "api"]`',
  ],
  [
    "x = any thing",
    "DMC0101",
    "thing",
    "expected a name or `=` after `thing`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    "x = true false",
    "DMC0101",
    "false",
    "expected a property, a declaration or a rule after `true`, found `false`",
    'a statement begins with a word, such as `segment prod { \u2026 }`, `owner = "\u2026"` or `allow a -> b on c`',
  ],
  [
    "( a )",
    "DMC0101",
    "(",
    "expected a property, a declaration or a rule, found `(`",
    'a statement begins with a word, such as `segment prod { \u2026 }`, `owner = "\u2026"` or `allow a -> b on c`',
  ],
  [
    "-> b",
    "DMC0101",
    "->",
    "expected a property, a declaration or a rule, found `->`",
    'a statement begins with a word, such as `segment prod { \u2026 }`, `owner = "\u2026"` or `allow a -> b on c`',
  ],
  [
    "[tcp/80]",
    "DMC0101",
    "[",
    "expected a property, a declaration or a rule, found `[`",
    'a statement begins with a word, such as `segment prod { \u2026 }`, `owner = "\u2026"` or `allow a -> b on c`',
  ],
  [
    '"text"',
    "DMC0101",
    '"text"',
    "expected a property, a declaration or a rule, found the string",
    'a statement begins with a word, such as `segment prod { \u2026 }`, `owner = "\u2026"` or `allow a -> b on c`',
  ],
  [
    "10.0.0.0/8",
    "DMC0101",
    "10.0.0.0/8",
    "expected a property, a declaration or a rule, found `10.0.0.0/8`",
    'a statement begins with a word, such as `segment prod { \u2026 }`, `owner = "\u2026"` or `allow a -> b on c`',
  ],
  [", x = 1", "DMC0112", ",", "`,` is not needed", "properties and statements are not separated by commas", " x = 1"],
  [
    "x = ",
    "DMC0101",
    "=",
    "expected a value after `=`",
    "a value is text in quotes, a number, an address, a service, a name, a list `[ \u2026 ]` or an object `{ \u2026 }`",
  ],
  [
    "x",
    "DMC0101",
    "x",
    "expected a name or `=` after `x`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    "x y",
    "DMC0101",
    "y",
    "expected `{` or `=` after `y`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
  [
    "x y z { id = 1 }",
    "DMC0101",
    "z",
    "expected `in`, `at`, `between`, `=` or `{` after `y`, found `z`",
    "a declaration is a word and a name, such as `segment prod { \u2026 }`; a property is a name, `=` and a value",
  ],
];

suite("faulty values", (test) => {
  for (const [written, code, underlined, message, help, certain] of rows) {
    test(`${JSON.stringify(written)} is one finding`, () => {
      const text = written;
      assert.equal(parse(text).findings, [[code, underlined, message, help]]);
      assert.is(mended(text), certain ?? text);
      if (certain !== undefined) assert.equal(parse(certain).findings, []);
    });
  }
});
