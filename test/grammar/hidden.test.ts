/** Text that reads otherwise than it is compiled, and words that no output can carry: refused wherever they stand. */
import { Diagnostics } from "../../grammar/diagnostic.js";
import { parseFile } from "../../grammar/parse.js";
import { SourceFile, spanText } from "../../grammar/source.js";
import { assert, suite } from "../support/harness.js";

interface Found {
  readonly code: string;
  readonly at: string;
  readonly message: string;
  readonly mended: string | undefined;
}

function findings(text: string): readonly Found[] {
  const diagnostics = new Diagnostics();
  parseFile(new SourceFile("main.demarc", text), diagnostics);
  return diagnostics.sorted().map(({ code, span, message, edits }) => {
    const [edit] = edits ?? [];
    const [change] = edit?.certain === true ? edit.changes : [];
    const mended =
      change === undefined ? undefined : text.slice(0, change.span.start) + change.text + text.slice(change.span.end);
    return { code, at: span === undefined ? "" : spanText(span), message, mended };
  });
}

function statements(text: string): readonly string[] {
  return parseFile(new SourceFile("main.demarc", text), new Diagnostics()).items.map((item) => item.kind);
}

const returns: readonly (readonly [text: string, mended: string])[] = [
  ["// guard the vault\rnever shop -> vault", "// guard the vault\nnever shop -> vault"],
  ["/// the shop\rsegment shop { id = 1 }", "/// the shop\nsegment shop { id = 1 }"],
  ["/* one\rtwo */ segment shop { id = 1 }", "/* one\ntwo */ segment shop { id = 1 }"],
  ["segment shop { id = 1 }\rsegment vault { id = 2 }", "segment shop { id = 1 }\nsegment vault { id = 2 }"],
  ["// a\r\r\n// b", "// a\n\r\n// b"],
  ["// last\r", "// last\n"],
  ['owner = "shop\rteam"', 'owner = "shop\nteam"'],
];

const hidden: readonly (readonly [text: string, at: string, points: string, mended: string])[] = [
  ["// admins \u202e only\nowner = 1", "\u202e", "a hidden character (U+202E)", "// admins  only\nowner = 1"],
  [
    "/// the \u2066\u2069shop\nowner = 1",
    "\u2066\u2069",
    "hidden characters (U+2066, U+2069)",
    "/// the shop\nowner = 1",
  ],
  ["/* a\u200b */ owner = 1", "\u200b", "a hidden character (U+200B)", "/* a */ owner = 1"],
  ['owner = "sh\u200dop"', "\u200d", "a hidden character (U+200D)", 'owner = "shop"'],
  ["// note\u2028never shop -> vault", "\u2028", "a hidden character (U+2028)", "// note never shop -> vault"],
  ["owner \ufeff= 1", "\ufeff", "a hidden character (U+FEFF)", "owner = 1"],
  ["owner =\u20291", "\u2029", "a hidden character (U+2029)", "owner = 1"],
];

suite("hidden text", (test) => {
  for (const [text, mended] of returns) {
    test(`a lone carriage return is refused in ${JSON.stringify(text)}`, () => {
      const found = findings(text);
      assert.equal(found, [{ code: "DMC0123", at: "\r", message: "a carriage return without a line feed", mended }]);
    });
  }

  test("a lone carriage return ends a comment, so that what looks like a statement is one", () => {
    assert.equal(statements("// guard the vault\rnever shop -> vault"), ["Never"]);
  });

  test("line ends of two characters stay fine", () => {
    assert.equal(findings('// a\r\n/* b\r\n */\r\nowner = "x"\r\n'), []);
  });

  for (const [text, at, points, mended] of hidden) {
    test(`hidden characters are refused in ${JSON.stringify(text)}`, () => {
      assert.equal(findings(text), [{ code: "DMC0124", at, message: points, mended }]);
    });
  }

  test("an escape may name a hidden character, and a byte order mark may stand first", () => {
    assert.equal(findings('\ufeffowner = "sh\\u{200d}op"'), []);
  });

  for (const text of [
    "network __proto__ in prod at use1 { }",
    "group all = shop.__proto__",
    'labels = { "__proto__" = "x" }',
    'labels = { __proto__ = "x" }',
    'owner = "\\u{5f}_proto__"',
    "__proto__: 1",
  ]) {
    test(`the word \`__proto__\` is refused in ${JSON.stringify(text)}`, () => {
      const codes = findings(text).map(({ code }) => code);
      assert.ok(codes.includes("DMC0125"), codes.join(" "));
    });
  }

  test("words that only hold `__proto__` are names like others", () => {
    assert.equal(findings("segment my__proto__ { id = 1 }"), []);
  });
});
