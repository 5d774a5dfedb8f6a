/** Whatever can be reported can be explained. */
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { allDiagnostics } from "../../cli/explanations.js";
import { assert, suite } from "../support/harness.js";
import { readSources } from "../support/sources.js";

const CATALOGUE = /^(?:catalogue[^/]*|[^/]+-catalogue)\.ts$/;

/** The codes of every catalogue of the compiler and the targets, read from the files themselves. */
async function reportedCodes(): Promise<readonly string[]> {
  const codes = new Set<string>();
  for (const { path } of readSources()) {
    if (!/^(?:grammar|compiler|targets)\//.test(path) || !CATALOGUE.test(basename(path))) continue;
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(resolve(path)).href);
    for (const table of Object.values(module)) {
      if (typeof table !== "object" || table === null) continue;
      for (const entry of Object.values(table)) {
        if (typeof entry === "object" && entry !== null && typeof entry.code === "string") codes.add(entry.code);
      }
    }
  }
  return [...codes].sort();
}

suite("explanations", (test) => {
  test("exist for every diagnostic, once, and say something", async () => {
    const codes = await reportedCodes();
    assert.ok(codes.length > 150, `${codes.length} codes`);
    assert.equal(
      allDiagnostics.map((one) => one.code),
      codes,
    );
    for (const chapter of [
      "01",
      "02",
      "10",
      "11",
      "12",
      "13",
      "14",
      "15",
      "16",
      "20",
      "21",
      "22",
      "30",
      "40",
      "41",
      "50",
      "55",
      "60",
    ]) {
      assert.ok(
        codes.some((code) => code.startsWith(`DMC${chapter}`)),
        `no code of DMC${chapter}xx was found`,
      );
    }
    for (const { code, text } of allDiagnostics)
      assert.ok(text.trim().length > 20, `${code} is explained by \`${text}\``);
  });
});
