/** Rendered findings: what a person sees, what machines read. */
import { githubAnnotations } from "../../../compiler/diagnostics/render/github.js";
import { junitReport } from "../../../compiler/diagnostics/render/junit.js";
import { plainPaint, prettyDiagnostic, summaryOf } from "../../../compiler/diagnostics/render/pretty.js";
import { sarifLog } from "../../../compiler/diagnostics/render/sarif.js";
import { envelope } from "../../../compiler/json/diagnostics.js";
import { sha256 } from "../../../compiler/sha256.js";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { SourceFile, span } from "../../../grammar/source.js";
import { assert, suite } from "../../support/harness.js";

const display = (path: string): string => `estate/${path}`;
const options = { paint: plainPaint, display };

/** A finding about the first `words` of a text. */
function finding(text: string, words: string, more: Partial<Diagnostic> = {}): Diagnostic {
  const source = new SourceFile("main.demarc", text);
  const start = text.indexOf(words);
  return {
    code: "DMC1001",
    name: "unknown-name",
    severity: "error",
    message: "`shopp` is not declared",
    span: span(source, start, start + words.length),
    related: [],
    edits: [],
    ...more,
  };
}

suite("pretty findings", (test) => {
  test("underline the exact words, with help, a related place and a fix", () => {
    const text = "network shop in prod at use1 {\n}\npolicy shop {\n  allow shopp.web -> vault on std.https\n}\n";
    const one = finding(text, "shopp", { help: "did you mean `shop`?" });
    const source = one.span?.source ?? new SourceFile("", "");
    const at = text.indexOf("shopp");
    const full: Diagnostic = {
      ...one,
      related: [{ message: "declared here", span: span(source, 8, 12) }],
      edits: [
        {
          title: "write the declared name",
          certain: true,
          changes: [{ span: span(source, at, at + 5), text: "shop" }],
        },
      ],
    };
    assert.is(
      prettyDiagnostic(full, options),
      [
        "estate/main.demarc:4:9: error DMC1001: `shopp` is not declared",
        "  4 |   allow shopp.web -> vault on std.https",
        "    |         ^^^^^",
        "  1 | network shop in prod at use1 {",
        "    |         ---- declared here (estate/main.demarc:1:9)",
        "  help: did you mean `shop`?",
        "  fix: write the declared name: `shopp` becomes `shop`",
        "",
      ].join("\n"),
    );
  });

  test("count cells, not characters: tabs, wide and combining characters", () => {
    const text = '\towner = "支店e\u0301" shopp\n';
    const lines = prettyDiagnostic(finding(text, "shopp"), options).split("\n");
    assert.is(lines[1], '  1 |     owner = "支店e\u0301" shopp');
    assert.is(lines[2], `    | ${" ".repeat(4 + 9 + 4 + 1 + 2)}^^^^^`);
  });

  test("cut a line that is too long round the words", () => {
    const text = `${"x".repeat(500_000)} shopp ${"y".repeat(500_000)}`;
    const lines = prettyDiagnostic(finding(text, "shopp"), options).split("\n");
    const [shown = "", marks = ""] = lines.slice(1);
    assert.ok(shown.length < 200);
    assert.is(shown.indexOf("shopp"), marks.indexOf("^"));
  });

  test("do nothing to the terminal that reads them", () => {
    const text = "policy \u001b[31mshopp\u202e {\n";
    const out = prettyDiagnostic(finding(text, "shopp", { message: "bad \u001b]0;title\u0007" }), options);
    assert.noMatch(out, "\u001b");
    assert.noMatch(out, "\u202e");
  });

  test("let no word of a source or of a file's name begin a line", () => {
    const evil = "x\n::add-mask::foo\r::stop\u2028::a\u2029::b\u0085\u061c\u202e\u2066\t";
    const text = `policy shopp {}\u2028::add-mask::foo\r\n`;
    const one = finding(text, "shopp", { message: evil, help: evil });
    const at = one.span ?? span(new SourceFile("", ""), 0, 0);
    const odd = new SourceFile(`a${evil}.demarc`, "shopp\n");
    const full: Diagnostic = {
      ...one,
      related: [{ message: evil, span: span(odd, 0, 5) }],
      edits: [{ title: evil, certain: false, changes: [{ span: at, text: "\r::add-mask::foo" }] }],
    };
    const out = prettyDiagnostic(full, { ...options, display: (path) => path });
    const shown = "x\\n::add-mask::foo\\r::stop\\u{2028}::a\\u{2029}::b\\u{85}\\u{61c}\\u{202e}\\u{2066}\\t";
    assert.is(
      out,
      [
        `main.demarc:1:8: error DMC1001: ${shown}`,
        "  1 | policy shopp {}\ufffd::add-mask::foo",
        "    |        ^^^^^",
        "  1 | shopp",
        `    | ----- ${shown} (a${shown}.demarc:1:1)`,
        `  help: ${shown}`,
        `  fix: ${shown}: \`shopp\` becomes \`\\r::add-mask::foo\` (look at it before you apply it)`,
        "",
      ].join("\n"),
    );
  });

  test("show where a span of several lines ends, and stay calm at the end of a text", () => {
    assert.match(prettyDiagnostic(finding("policy shop {\n  allow\n}\n", "{\n  allow\n}"), options), "^ to line 3");
    const source = new SourceFile("main.demarc", "a");
    assert.match(prettyDiagnostic({ ...finding("a", "a"), span: span(source, 1, 1) }, options), "| a\n    |  ^");
  });

  test("end in a summary that counts", () => {
    const one = finding("shopp", "shopp");
    assert.is(summaryOf([one, one, { ...one, severity: "warning" }]), "2 errors, 1 warning");
    assert.is(summaryOf([]), "no findings");
  });
});

suite("findings for machines", (test) => {
  const one = finding("policy shop {\r\n  allow shopp, 100%\n}\n", "shopp", {
    help: "did you mean `shop`?",
    data: { witness: 1 },
  });

  test("are JSON in the documented envelope", () => {
    const json = envelope("check", [one], { segments: 2 });
    assert.equal(JSON.parse(JSON.stringify(json)), {
      formatVersion: 1,
      command: "check",
      ok: false,
      diagnostics: [
        {
          code: "DMC1001",
          name: "unknown-name",
          severity: "error",
          message: "`shopp` is not declared",
          help: "did you mean `shop`?",
          file: "main.demarc",
          range: { start: { line: 2, column: 9, offset: 23 }, end: { line: 2, column: 14, offset: 28 } },
          related: [],
          edits: [],
          data: { witness: 1 },
        },
      ],
      result: { segments: 2 },
    });
    assert.is(envelope("check", [{ ...one, severity: "warning" }], undefined).ok, true);
    assert.not("result" in envelope("check", [], undefined));
  });

  test("are GitHub annotations with what could end a command escaped", () => {
    assert.is(
      githubAnnotations([{ ...one, message: "100%\nsure, `a:b`" }], display),
      "::error file=estate/main.demarc,line=2,endLine=2,col=9,endColumn=14,title=DMC1001 unknown-name::100%25%0Asure, `a:b`%0Ahelp: did you mean `shop`?\n",
    );
    assert.match(
      githubAnnotations([one], () => "a,b:c"),
      "file=a%2Cb%3Ac,",
    );
  });

  test("are JUnit failures, and a passing case where there is nothing", () => {
    const report = junitReport("check", [{ ...one, message: "a < b & \u0000" }], display);
    assert.match(report, 'tests="1" failures="1"');
    assert.match(report, "a &lt; b &amp; \ufffd");
    assert.match(junitReport("check", [], display), '<testcase classname="demarc" name="check"/>');
    assert.match(junitReport("check", [{ ...one, severity: "warning" }], display), 'failures="0"');
  });

  test("are SARIF with a fingerprint that does not move with the lines", () => {
    const moved = finding("\n\n\npolicy shop {\r\n  allow shopp, 100%\n}\n", "shopp");
    const print = (which: Diagnostic): unknown => {
      const log = sarifLog([which], { version: "1.2.3", display, exitCode: 1, digest: sha256 });
      return JSON.parse(JSON.stringify(log)).runs[0].results[0].partialFingerprints;
    };
    assert.equal(print({ ...one, data: {} }), print(moved));
    assert.notEqual(print(one), print({ ...one, code: "DMC1002" }));
  });
});
