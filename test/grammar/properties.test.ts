/** Properties of any text and of any program: nothing throws, nothing is lost, printing and parsing are inverse. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { formatSource } from "../../grammar/format.js";
import { parseFile, parseQuery } from "../../grammar/parse.js";
import { lineWidth } from "../../grammar/print/printer.js";
import { Reporter } from "../../grammar/reporter.js";
import { scan } from "../../grammar/scanner.js";
import { SourceFile } from "../../grammar/source.js";
import { signs, wordTokens } from "../../grammar/tokens.js";
import { assert, suite } from "../support/harness.js";
import { expression, program, wideProgram } from "./programs.js";
import { parse, show, showExpr } from "./support.js";

const sample = readFileSync("fixtures/estates/acme-sample/main.demarc", "utf8");

/** Bytes, words of the language in any order, and pieces of a real program cut anywhere. */
const anyText = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new TextDecoder().decode(bytes)),
  fc.string({ unit: "binary", maxLength: 100 }),
  fc
    .array(
      fc.constantFrom(
        ...wordTokens.keys(),
        ...signs,
        "shop",
        "10.0.0.0/8",
        "tcp/443",
        '"x"',
        '"',
        "/*",
        "//",
        "\n",
        "\n  ",
        "é",
        "\0",
        "\\",
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(" ")),
  fc
    .tuple(fc.nat({ max: sample.length }), fc.nat({ max: 400 }), fc.string({ maxLength: 4 }))
    .map(
      ([start, length, put]) =>
        sample.slice(start, start + length) + put + sample.slice(start + length, start + 2 * length),
    ),
);

/** The blanks, tokens and comments of a text put together again. */
function rebuilt(text: string): string {
  const { tokens, trivia } = scan(new Reporter(new SourceFile("main.demarc", text), new Diagnostics()));
  const pieces = [
    ...tokens.map(({ startOffset, end, image }) => ({ start: startOffset, end, image })),
    ...trivia.map(({ start, end }) => ({ start, end, image: text.slice(start, end) })),
  ].sort((a, b) => a.start - b.start);
  let out = "";
  let behind = 0;
  for (const { start, end, image } of pieces) {
    assert.ok(start >= behind, `a piece at ${start} begins before ${behind}`);
    out += text.slice(behind, start) + image;
    behind = end;
  }
  return out + text.slice(behind);
}

function format(text: string): string | undefined {
  const diagnostics = new Diagnostics();
  const formatted = formatSource(new SourceFile("main.demarc", text), diagnostics);
  assert.not(
    diagnostics.sorted().some((one) => one.code.startsWith("DMC90")),
    "the guard of the formatter struck",
  );
  return formatted?.text;
}

suite("any text", (test) => {
  test("is scanned without loss: gaps, tokens and comments give it back", () => {
    fc.assert(fc.property(anyText, (text) => rebuilt(text) === text));
  });

  test("is parsed and formatted without throwing, and what makes no sense is reported", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { file, findings } = parse(text);
        const mendedItems = file.items.some((item) => item.kind === "Skipped" || item.faulty === true);
        assert.ok(!mendedItems || findings.length > 0);
        parseQuery(new SourceFile("<query>", text, "query"), new Diagnostics());
        format(text);
      }),
    );
  });

  test("has findings whose places lie in it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const diagnostics = new Diagnostics();
        parseFile(new SourceFile("main.demarc", text), diagnostics);
        return diagnostics.sorted().every(({ span }) => {
          return span !== undefined && span.start >= 0 && span.end >= span.start && span.end <= text.length;
        });
      }),
    );
  });
});

suite("any program", (test) => {
  test("gives the tree that it was written from, whatever blanks and comments stand in it", () => {
    fc.assert(
      fc.property(program, ({ text, tree }) => {
        const { file, findings } = parse(text);
        assert.equal(findings, []);
        assert.is(show(file.items), tree);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps its tree when formatted: parsing undoes printing", () => {
    fc.assert(
      fc.property(program, ({ text, tree }) => {
        const printed = format(text);
        assert.is(printed === undefined ? undefined : show(parse(printed).file.items), tree);
      }),
      { numRuns: 300 },
    );
  });

  test("is formatted once and for all", () => {
    fc.assert(
      fc.property(program, ({ text }) => {
        const once = format(text);
        assert.is(once === undefined ? undefined : format(once), once);
      }),
      { numRuns: 300 },
    );
  });

  test("is formatted once and for all where lines are about as long as the width", () => {
    fc.assert(
      fc.property(wideProgram, (text) => {
        const once = format(text);
        assert.ok(once !== undefined, text);
        assert.is(format(once), once);
        for (const line of once.split("\n")) assert.ok(line.length <= lineWidth, line);
      }),
      { numRuns: 400 },
    );
  });

  test("a query is two expressions and a service", () => {
    fc.assert(
      fc.property(expression, expression, expression, (from, to, on) => {
        const diagnostics = new Diagnostics();
        const source = new SourceFile("<query>", `${from.text} -> ${to.text} on ${on.text}`, "query");
        const query = parseQuery(source, diagnostics);
        assert.equal(diagnostics.sorted(), []);
        assert.is(query === undefined ? "" : showExpr(query.from), from.tree);
        assert.is(query === undefined ? "" : showExpr(query.to), to.tree);
        assert.is(query?.service === undefined ? "" : showExpr(query.service), on.tree);
      }),
    );
  });
});
