/** The package as users get it: packed, installed into an empty folder elsewhere, and run there. No network is used. */
import { type ExecFileOptions, execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, needs, suite } from "../support/harness.js";

interface Ended {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

const SLOW = 120_000;
const MANIFEST = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };

function execute(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  // npm hands its own settings to what it runs as npm_* variables; they must not leak into the npm under test.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|INIT_CWD$)/i.test(name)));
  const options: ExecFileOptions = { cwd, env };
  return new Promise((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : (error.code ?? error.signal ?? "?");
      resolve({ code, stdout: String(stdout), stderr: String(stderr) });
    });
  });
}

async function succeed(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await execute(command, args, cwd);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

function filesOf(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

suite("the package", (test) => {
  let folder = "";
  let home = "";
  test.before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "demarc package-")));
    home = process.cwd();
  });
  test.after(() => rmSync(folder, { recursive: true, force: true }));

  test(
    "runs after being packed and installed into an empty folder",
    async () => {
      await succeed("npm", ["pack", "--pack-destination", folder], home);
      const tarball = `demarc-${MANIFEST.version}.tgz`;
      assert.equal(readdirSync(folder), [tarball]);
      writeFileSync(join(folder, "package.json"), '{ "name": "acme-network", "private": true }\n');
      await succeed("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], folder);
      assert.equal(
        readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")),
        ["demarc"],
        "the package must bring no dependencies along",
      );
      const version = await succeed("npx", ["--offline", "demarc", "--version"], folder);
      assert.is(version, `${MANIFEST.version}\n`);
      const byPath = await succeed(join(folder, "node_modules", ".bin", "demarc"), ["--version"], folder);
      assert.is(byPath, `${MANIFEST.version}\n`);
    },
    { ...needs("npm"), timeout: SLOW },
  );

  test("holds what a user needs and nothing of the workshop", () => {
    const installed = join(folder, "node_modules", "demarc");
    const names = readdirSync(installed).sort();
    for (const name of ["LICENSE", "dist", "package.json"]) assert.ok(names.includes(name), `${name} is not packed`);
    const allowed = ["LICENSE", "README.md", "dist", "docs", "package.json", "policies"];
    assert.equal(
      names.filter((name) => !allowed.includes(name)),
      [],
    );
    const policies = filesOf(join(installed, "policies")).map((path) => path.slice(installed.length + 1));
    assert.equal(policies.sort(), [join("policies", "dist", "policy.wasm"), join("policies", "manifest.json")]);
    const licences = readFileSync(join(installed, "dist", "THIRD-PARTY-LICENSES.txt"), "utf8");
    assert.match(licences, "demarc contains code of the following packages.");
    const bundle = filesOf(join(installed, "dist")).filter((path) => path.endsWith(".js"));
    for (const path of bundle) {
      const code = readFileSync(path, "utf8");
      assert.noMatch(code, home, `${path} holds an absolute path`);
      assert.noMatch(code, "Dynamic require of", `${path} holds a \`require\` that fails in an ES module`);
    }
  });

  test(
    "is built to the same bytes again, and files that stay the same are left alone",
    async () => {
      const state = (): readonly string[] => filesOf("dist").map((path) => `${path} ${statSync(path).mtimeMs}`);
      await succeed(process.execPath, ["cli/build.mjs"], home);
      const before = state();
      await succeed(process.execPath, ["cli/build.mjs"], home);
      assert.ok(before.length > 0);
      assert.equal(state(), before);
    },
    { timeout: SLOW },
  );

  test("answers `--version` without loading a verb, and a wrong verb with exit code 2", async () => {
    const entry = readFileSync("dist/demarc.js", "utf8");
    const imports = [...entry.matchAll(/^import\s*(?:[^"'(]*from)?\s*["']([^"']+)["']/gm)].map(
      (found) => found[1] ?? "",
    );
    const size = statSync("dist/demarc.js").size;
    assert.ok(size < 20_000, `the entry has grown to ${size} bytes: load what it needs by dynamic import`);
    assert.equal(
      imports.filter((name) => !name.startsWith("./chunks/") && !name.startsWith("node:")),
      [],
    );
    const wrong = await execute(process.execPath, ["dist/demarc.js", "frobnicate"], home);
    assert.is(wrong.code, 2);
    assert.is(wrong.stdout, "");
    assert.match(wrong.stderr, "unknown verb `frobnicate`");
  });
});
