/** The prepared script: it serves alone where its cache fits this Node, and the chunks serve where it does not. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, suite } from "../support/harness.js";

const QUICKSTART = join("fixtures", "estates", "quickstart");

/** What `check` of the quickstart prints, run from a folder as the bundler leaves it. Throws where it fails. */
function checkFrom(dist: string): string {
  return execFileSync(process.execPath, [join(dist, "demarc.js"), "check", QUICKSTART], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: "pipe",
  });
}

suite("the prepared script", (test) => {
  let scratch = "";
  test.before(() => {
    scratch = mkdtempSync(join(tmpdir(), "demarc-prepared-"));
  });
  test.after(() => rmSync(scratch, { recursive: true, force: true }));

  /** A copy of `dist/` that is of kind ES module, as inside the package. */
  function copied(name: string): string {
    const folder = join(scratch, name);
    cpSync("dist", join(folder, "dist"), { recursive: true });
    cpSync(join("policies", "manifest.json"), join(folder, "policies", "manifest.json"));
    cpSync(join("policies", "dist"), join(folder, "policies", "dist"), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    return join(folder, "dist");
  }

  test("serves without the chunks", () => {
    const dist = copied("alone");
    for (const name of readdirSync(join(dist, "chunks"))) {
      if (!name.startsWith("chunk-")) rmSync(join(dist, "chunks", name));
    }
    assert.match(checkFrom(dist), /^sound: no findings$/m);
  });

  test("gives way to the chunks where it is not there, has no cache for this Node, or its cache is damaged", () => {
    const expected = checkFrom("dist");
    const without = copied("without");
    rmSync(join(without, "prepared"), { recursive: true });
    assert.is(checkFrom(without), expected);
    const other = copied("other");
    const damaged = copied("damaged");
    for (const name of readdirSync(join(other, "prepared")).filter((one) => one.endsWith(".cache"))) {
      rmSync(join(other, "prepared", name));
      writeFileSync(join(damaged, "prepared", name), "no cache");
    }
    assert.is(checkFrom(other), expected);
    assert.is(checkFrom(damaged), expected);
  });
});
