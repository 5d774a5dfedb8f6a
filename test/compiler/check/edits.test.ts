/** Edits that are offered as certain mend what they are offered for. */
import type { Diagnostic, Edit } from "../../../grammar/diagnostic.js";
import { checkTexts, readCases } from "../../support/cases.js";
import { assert, suite } from "../../support/harness.js";

/** The texts after an edit. */
function applied(edit: Edit, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const out = { ...files };
  for (const { span, text } of [...edit.changes].sort((a, b) => b.span.start - a.span.start)) {
    const before = out[span.source.path] ?? "";
    out[span.source.path] = before.slice(0, span.start) + text + before.slice(span.end);
  }
  return out;
}

const key = ({ code, message }: Diagnostic): string => `${code} ${message}`;

suite("certain edits", (test) => {
  test("mend the finding in every case and add no other", () => {
    let count = 0;
    const decoder = new TextDecoder();
    for (const { name, files } of readCases()) {
      const texts = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, decoder.decode(bytes)]));
      const { diagnostics } = checkTexts(texts);
      for (const finding of diagnostics) {
        for (const edit of finding.edits.filter(({ certain }) => certain)) {
          count++;
          const left = checkTexts(applied(edit, texts)).diagnostics.map(key);
          assert.not(left.includes(key(finding)), `${name}: ${edit.title} leaves ${key(finding)}`);
          const before = new Set(diagnostics.map(key));
          assert.equal(
            left.filter((each) => !before.has(each)),
            [],
            name,
          );
        }
      }
    }
    assert.ok(count >= 10, `only ${count} certain edits were tried`);
  });
});
