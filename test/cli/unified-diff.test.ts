/** Unified diffs, read for the lines that have changed. */
import { changedLines } from "../../cli/unified-diff.js";
import { assert, suite } from "../support/harness.js";

const read = (...lines: readonly string[]) =>
  Object.fromEntries(
    [...changedLines(`${lines.join("\n")}\n`)].map(([path, ranges]) => [
      path,
      ranges.map(({ first, last }) => `${first}-${last}`),
    ]),
  );

suite("unified diffs", (test) => {
  test("give added and changed lines, and both neighbours of a gap", () => {
    assert.equal(
      read(
        "diff --git a/acme/main.demarc b/acme/main.demarc",
        "--- a/acme/main.demarc",
        "+++ b/acme/main.demarc",
        "@@ -3 +3 @@ segment prod",
        "-asn = 64520",
        "+asn = 64521",
        "@@ -9,0 +10,2 @@",
        "+one",
        "+two",
        "@@ -20,3 +22,0 @@",
        "-a",
        "-b",
        "-c",
        "@@ -1,2 +0,0 @@",
        "-a",
        "-b",
      ),
      { "acme/main.demarc": ["3-3", "10-11", "22-23", "0-1"] },
    );
  });

  test("are not misled by lines that look like heads", () => {
    assert.equal(
      read(
        "--- a/x",
        "+++ b/x",
        "@@ -1,2 +1,2 @@",
        "--- a/y",
        "-@@ -1 +1 @@",
        "\\ No newline at end of file",
        "+++ b/y",
        "+@@ -7 +7 @@",
        "\\ No newline at end of file",
        "@@ -9 +9 @@",
        "-a",
        "+b",
      ),
      { x: ["1-2", "9-9"] },
    );
  });

  test("leave deleted files out, and read names as git quotes them", () => {
    assert.equal(
      read(
        "--- a/gone.demarc",
        "+++ /dev/null",
        "@@ -1 +0,0 @@",
        "-a",
        "--- /dev/null",
        "+++ b/two words.demarc\t",
        "@@ -0,0 +1 @@",
        "+a",
        "--- /dev/null",
        '+++ "b/\\"a\\"\\\\\\t\\001.demarc"',
        "@@ -0,0 +1 @@",
        "+a",
      ),
      { "two words.demarc": ["1-1"], '"a"\\\t\u0001.demarc': ["1-1"] },
    );
  });
});
