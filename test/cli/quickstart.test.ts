/** What `init` writes is the quickstart of the fixtures. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, matchFile, suite } from "../support/harness.js";

const FOLDER = "fixtures/estates/quickstart";

/** The module that carries the texts into the bundle. */
function moduleText(): string {
  const entries = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".demarc"))
    .sort()
    .map((name) => {
      const text = readFileSync(join(FOLDER, name), "utf8").replace(/[\\`]|\$\{/g, (found) => `\\${found}`);
      return `  ${JSON.stringify(name)}: \`${text}\`,\n`;
    });
  return `/** The estate that \`demarc init\` writes: a copy of \`${FOLDER}\`, which a test keeps equal. */

/** Texts by path. */
export const QUICKSTART: Readonly<Record<string, string>> = {
${entries.join("")}};
`;
}

suite("the quickstart", (test) => {
  test("is carried in the bundle as the fixtures have it", () => {
    assert.ok(readdirSync(FOLDER).length > 0);
    matchFile("cli/quickstart.ts", moduleText());
  });
});
