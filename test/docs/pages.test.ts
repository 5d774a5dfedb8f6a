/** What the README and the manual show is what the tool prints. `DEMARC_UPDATE=1` writes the pages anew. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Workplace } from "../cli/support.js";
import { readEstate } from "../fixtures/packages.js";
import { assert, matchFile, suite } from "../support/harness.js";
import { replay } from "./replay.js";

function pages(): readonly string[] {
  const below = readdirSync("docs", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
  return ["README.md", ...below.map((path) => join("docs", path)).sort()];
}

suite("the pages", (test) => {
  for (const path of ["README.md", "docs/tutorial.md", "docs/reference/cli.md"]) {
    test(
      `${path} shows what the commands print`,
      async () => {
        const place = new Workplace();
        const estate = Object.entries(readEstate("two-sites"));
        place.put(Object.fromEntries(estate.map(([name, text]) => [`fixtures/estates/two-sites/${name}`, text])));
        const page = readFileSync(path, "utf8");
        assert.ok(page.includes("```console\n"));
        matchFile(path, await replay(page, place, "acme/main.demarc"));
        place.remove();
      },
      { timeout: 120_000 },
    );
  }

  test("link to pages and files that exist", () => {
    const broken = pages().flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map(([, target = ""]) => join(dirname(page), target))
        .filter((target) => !existsSync(target))
        .map((target) => `${page} -> ${target}`),
    );
    assert.equal(broken, []);
  });

  test("are all named in the index or in the README", () => {
    const index = readFileSync("docs/README.md", "utf8") + readFileSync("README.md", "utf8");
    const unnamed = pages().filter((page) => page.startsWith("docs/reference/") && !index.includes(page.slice(5)));
    assert.equal(unnamed, []);
  });
});
