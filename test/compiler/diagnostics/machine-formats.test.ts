/**
 * SARIF against its schema, JUnit as XML, annotations as GitHub's runner reads them: for findings with whatever text.
 * `DEMARC_SARIF_SCHEMA` names the official schema of SARIF 2.1.0, which is not part of this repository.
 */
import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import fc from "fast-check";
import { githubAnnotations } from "../../../compiler/diagnostics/render/github.js";
import { junitReport } from "../../../compiler/diagnostics/render/junit.js";
import { sarifLog } from "../../../compiler/diagnostics/render/sarif.js";
import { sha256 } from "../../../compiler/sha256.js";
import type { Diagnostic, Severity } from "../../../grammar/diagnostic.js";
import { SourceFile, type Span, span, spanText } from "../../../grammar/source.js";
import { assert, suite } from "../../support/harness.js";
import { SARIF_SCHEMA } from "./sarif-schema.js";
import { parseXml, type XmlNode } from "./xml.js";

const display = (path: string): string => `acme/${path}`;

/** Texts with what means something to one of the forms, and any other. */
const anyText = fc.oneof(
  fc.constantFrom("100%", "a\nb", "a\r\n::error::b", "<a b='c'>&amp;]]>", "\u0000\u001b[31m\ud800", "a,b:c=d", "支店"),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const anyPath = fc.constantFrom("main.demarc", "a,b:c.demarc", "two words/100%.demarc", '支店/<&>".demarc');

const anySpan: fc.Arbitrary<Span> = fc
  .tuple(anyPath, fc.string({ unit: fc.constantFrom("a", " ", "\n", "\r\n", "支", "😀"), minLength: 1, maxLength: 30 }))
  .chain(([path, text]) =>
    fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([a, b]) => {
      return span(new SourceFile(path, text), Math.min(a, b), Math.max(a, b));
    }),
  );

const anyDiagnostic: fc.Arbitrary<Diagnostic> = fc.record(
  {
    code: fc.constantFrom("DMC1001", "DMC2101", "guard/wide-prefix"),
    name: fc.constant("wide-prefix"),
    severity: fc.constantFrom<Severity>("error", "warning", "info"),
    message: anyText,
    help: anyText,
    span: anySpan,
    related: fc.array(fc.record({ message: anyText, span: anySpan }), { maxLength: 3 }),
    edits: fc.array(
      fc.record({
        title: anyText,
        certain: fc.boolean(),
        changes: fc.array(fc.record({ span: anySpan, text: anyText }), { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ["code", "name", "severity", "message", "related", "edits"] },
);
const anyDiagnostics = fc.array(anyDiagnostic, { maxLength: 5 });

type Log = { runs: { tool: { driver: { rules: { id: string }[] } }; results: SarifResult[] }[] };
interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
  }[];
}
interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly charOffset: number;
  readonly charLength: number;
}

function logOf(diagnostics: readonly Diagnostic[]): Log {
  const log = sarifLog(diagnostics, { version: "1.2.3", display, exitCode: 1, digest: sha256 });
  return JSON.parse(JSON.stringify(log));
}

function official(): { readonly path: string; readonly skip?: string } {
  const path = process.env.DEMARC_SARIF_SCHEMA ?? "";
  return path !== "" && existsSync(path)
    ? { path }
    : { path, skip: "needs the official schema of SARIF 2.1.0, named by DEMARC_SARIF_SCHEMA" };
}

/** The official schema is of draft 4, which differs from draft 7 only in the name of `$id` for what it uses. */
function officialSchema(): AnySchemaObject {
  const { $schema: _, id, ...rest } = JSON.parse(readFileSync(official().path, "utf8"));
  return { ...rest, $id: id };
}

suite("SARIF", (test) => {
  const faults = (validate: { (data: unknown): boolean; errors?: unknown }, log: unknown): string =>
    validate(log) ? "" : JSON.stringify(validate.errors);

  test("is as the schema of what Demarc writes says, and consistent in itself", () => {
    const validate = new Ajv2020({ allErrors: true }).compile(SARIF_SCHEMA);
    fc.assert(
      fc.property(anyDiagnostics, (diagnostics) => {
        const log = logOf(diagnostics);
        assert.is(faults(validate, log), "");
        const [run] = log.runs;
        for (const [index, result] of (run?.results ?? []).entries()) {
          assert.is(run?.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
          const at = diagnostics[index]?.span;
          const place = result.locations[0]?.physicalLocation;
          assert.is(place === undefined, at === undefined);
          if (at === undefined || place === undefined) continue;
          const { charOffset, charLength, startLine, startColumn } = place.region;
          assert.is(at.source.text.slice(charOffset, charOffset + charLength), spanText(at));
          const lines = at.source.text.split("\n").slice(0, startLine - 1);
          assert.is(lines.reduce((sum, line) => sum + line.length + 1, 0) + startColumn - 1, charOffset);
          assert.is(decodeURIComponent(place.artifactLocation.uri), display(at.source.path));
        }
      }),
    );
    assert.notEqual(faults(validate, { ...logOf([]), version: "2.0.0" }), "");
  });

  test(
    "is as the official schema says",
    () => {
      const formats = { uri: /^[a-z][a-z0-9+.-]*:\S*$/, "uri-reference": /^[^\s\\<>"{}|^`]*$/, "date-time": /^\d{4}-/ };
      const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats }).compile(
        officialSchema(),
      );
      fc.assert(fc.property(anyDiagnostics, (diagnostics) => assert.is(faults(validate, logOf(diagnostics)), "")));
      assert.notEqual(faults(validate, { ...logOf([]), version: "2.0.0" }), "");
    },
    official(),
  );
});

suite("JUnit", (test) => {
  const shown = (text: string): string => text.replace(/[^\t\n -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

  function counts(node: XmlNode): readonly (string | undefined)[] {
    return [node.attributes.tests, node.attributes.failures, node.attributes.errors, node.attributes.skipped];
  }

  test("is well-formed XML with one case for each finding, and counts them", () => {
    fc.assert(
      fc.property(anyDiagnostics, (diagnostics) => {
        const root = parseXml(junitReport("check", diagnostics, display));
        assert.equal([root.name, root.children.length], ["testsuites", 1]);
        const [inner] = root.children;
        const cases = inner?.children ?? [];
        const failing = cases.filter((one) => one.children[0]?.name === "failure");
        const errors = diagnostics.filter((one) => one.severity === "error");
        assert.equal(failing.length, errors.length);
        const expected = [String(Math.max(1, diagnostics.length)), String(errors.length), "0", "0"];
        assert.equal([counts(root), inner && counts(inner)], [expected, expected]);
        assert.is(cases.length, Math.max(1, diagnostics.length));
        for (const [index, one] of diagnostics.entries()) {
          const [body] = cases[index]?.children ?? [];
          assert.is(cases[index]?.attributes.classname, one.code);
          assert.is(body?.name, one.severity === "error" ? "failure" : "system-out");
          assert.ok(body?.text.includes(shown(one.message)), `${body?.text} without ${one.message}`);
          if (body?.name === "failure") assert.is(body.attributes.message, shown(one.message));
        }
      }),
    );
  });

  test("is judged by a reader that refuses what is no XML", () => {
    for (const wrong of ["<a>", "<a></b>", "<a b=c/>", '<a b="<"/>', "<a>&x;</a>", "<a>\u0001</a>", "<a/><a/>"]) {
      assert.throws(() => parseXml(wrong), "not well-formed");
    }
  });
});

suite("annotations of GitHub", (test) => {
  interface Command {
    readonly level: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly message: string;
  }

  const unescaped = (text: string, pairs: readonly (readonly [string, string])[]): string =>
    [...pairs, ["%25", "%"] as const].reduce((now, [from, to]) => now.replaceAll(from, to), text);
  const DATA = [
    ["%0D", "\r"],
    ["%0A", "\n"],
  ] as const;
  const PROPERTY = [...DATA, ["%3A", ":"], ["%2C", ","]] as const;

  /** A line as the runner reads it (actions/runner, `ActionCommand`): the first `::` after the head ends the properties. */
  function commandOf(line: string): Command {
    const [, level = "", list = "", message = ""] = /^::(\S+) (.*?)::(.*)$/su.exec(line) ?? [];
    const properties = list.split(",").map((pair) => {
      const [key = "", ...value] = pair.split("=");
      return [key, unescaped(value.join("="), PROPERTY)] as const;
    });
    return { level, properties: Object.fromEntries(properties), message: unescaped(message, DATA) };
  }

  /** Control characters, but for ends of lines, stand as escapes. */
  const visible = (text: string): string =>
    [...text]
      .map((one) => (/^(?![\r\n])\p{Cc}$/u.test(one) ? `\\u{${one.codePointAt(0)?.toString(16)}}` : one))
      .join("");

  test("are one line each, which the runner reads back as it was meant", () => {
    fc.assert(
      fc.property(anyDiagnostics, (diagnostics) => {
        const out = githubAnnotations(diagnostics, display);
        const lines = out.split(/\r\n|\r|\n/);
        assert.is(lines.pop(), "");
        assert.is(lines.length, diagnostics.length);
        for (const [index, one] of diagnostics.entries()) {
          const { level, properties, message } = commandOf(lines[index] ?? "");
          assert.is(level, one.severity === "info" ? "notice" : one.severity);
          assert.is(message, visible(one.help === undefined ? one.message : `${one.message}\nhelp: ${one.help}`));
          assert.is(properties.title, `${one.code} ${one.name}`);
          assert.is(properties.file, one.span === undefined ? undefined : display(one.span.source.path));
          const line = one.span?.source.position(one.span.start).line;
          assert.is(properties.line, line === undefined ? undefined : String(line));
        }
      }),
    );
  });
});
