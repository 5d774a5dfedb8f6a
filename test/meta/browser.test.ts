/** The compiler also runs in a browser: everything but the Node host bundles for one. */
import { build } from "esbuild";
import { assert, suite } from "../support/harness.js";
import { readSources } from "../support/sources.js";

const FLOORS = /^(?:grammar|compiler|targets)\//;
const NODE_HOST = "compiler/host/node.ts";

/** The complaints of the bundler about these modules, bundled together for a browser. */
async function complaints(modules: readonly string[]): Promise<readonly string[]> {
  const contents = modules.map((path) => `import "./${path}";`).join("\n");
  try {
    await build({
      stdin: { contents, resolveDir: ".", loader: "ts" },
      bundle: true,
      write: false,
      treeShaking: false,
      format: "esm",
      platform: "browser",
      target: "es2022",
      logLevel: "silent",
    });
    return [];
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    return thrown.message.split("\n").slice(1);
  }
}

suite("the compiler in a browser", (test) => {
  test("bundles without anything of Node's", async () => {
    const modules = readSources().map(({ path }) => path);
    const floors = modules.filter((path) => FLOORS.test(path) && path.endsWith(".ts") && path !== NODE_HOST);
    assert.ok(floors.length > 0);
    assert.equal(await complaints(floors), []);
  });

  test("is judged by a check that finds Node's modules", async () => {
    assert.match((await complaints(["test/support/golden.ts"])).join("\n"), 'Could not resolve "node:fs"');
  });
});
