/**
 * Bundles the command line into `dist/`: `demarc.js`, one chunk per verb and what they share, the same in one prepared
 * script with V8's code cache for the Node that builds (see `cli/prepared.ts`), and the licences of the packages inside.
 * Files whose content is unchanged are left alone, so that building again while the tool runs is safe.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";
import vm from "node:vm";
import { build } from "esbuild";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OUT = join(ROOT, "dist");
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** The folders of the packages that went into the bundle, by the last `node_modules/` in each input's path. */
function packageFolders(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const found = input
      .split("\\")
      .join("/")
      .match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (found !== null) folders.add(resolve(ROOT, found[1]));
  }
  return [...folders];
}

/** One package's name, version, declared licence and licence texts. A package without a text cannot be shipped. */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file) && statSync(join(folder, file)).isFile());
  if (files.length === 0) throw new Error(`${name}@${version} has no licence file and cannot be bundled`);
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  return { title: `${name} ${version} (${license})`, text: texts.join("\n\n") };
}

function licences(folders) {
  const parts = folders.map(licenceOf).sort((a, b) => (a.title < b.title ? -1 : 1));
  const head = "demarc contains code of the following packages.\n";
  return [head, ...parts.map(({ title, text }) => `${"=".repeat(80)}\n${title}\n\n${text}\n`)].join("\n");
}

/** Writes a file in one step, unless it has that content already. */
function write(path, contents, mode) {
  const same = existsSync(path) && Buffer.compare(readFileSync(path), contents) === 0;
  if (same && (statSync(path).mode & 0o777) === mode) return;
  mkdirSync(dirname(path), { recursive: true });
  const staged = `${path}.${process.pid}.tmp`;
  writeFileSync(staged, contents, { mode });
  renameSync(staged, path);
}

const common = {
  absWorkingDir: ROOT,
  bundle: true,
  external: ["tsx/esm/api"],
  write: false,
  metafile: true,
  platform: "node",
  target: "node20.19",
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
};

/** The whole command line as one CommonJS module in a function, named by its digest: a cache must never meet another text. */
async function buildScript() {
  const { outputFiles } = await build({
    ...common,
    entryPoints: ["cli/engine.ts"],
    outdir: OUT,
    format: "cjs",
    // What lies beside the entry is found from there, as from the chunks.
    define: { "import.meta.url": "entryUrl", "import.meta.resolve": "require.resolve" },
    banner: {
      js: `(function (exports, require, module) {
const entryUrl = require("node:url").pathToFileURL(require.resolve("../demarc.js")).href;`,
    },
    footer: { js: "})" },
  });
  const [{ contents }] = outputFiles;
  return { name: `engine-${createHash("sha256").update(contents).digest("hex").slice(0, 12)}`, contents };
}

/** The code cache of the script, made after a check of a small estate, so that it holds the functions which that runs. */
async function codeCache(text, filename) {
  const script = new vm.Script(text, { filename });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(filename), module);
  const { run, nodeIo } = module.exports;
  const silent = { write: () => {}, isTty: false };
  const words = ["check", join(ROOT, "fixtures", "estates", "quickstart"), "--today", "2026-01-01"];
  const code = await run(words, { ...nodeIo(), stdout: silent, stderr: silent });
  if (code !== 0) throw new Error(`the check that warms the code cache ended with ${code}`);
  return script.createCachedData();
}

const wanted = new Set();
const script = await buildScript();
const result = await build({
  ...common,
  entryPoints: { demarc: "cli/main.ts", "guard-worker": "cli/guard-worker.ts" },
  outdir: OUT,
  splitting: true,
  format: "esm",
  define: { PREPARED_SCRIPT: JSON.stringify(script.name) },
  chunkNames: "chunks/[name]-[hash]",
});

for (const file of result.outputFiles) {
  const entry = relative(OUT, file.path) === "demarc.js";
  const contents = entry ? Buffer.concat([Buffer.from("#!/usr/bin/env node\n"), file.contents]) : file.contents;
  write(file.path, contents, entry ? 0o755 : 0o644);
  wanted.add(relative(OUT, file.path));
}
// Last, since making the cache runs a check, which needs the worker beside the entry.
const scriptPath = join(OUT, "prepared", `${script.name}.js`);
const cachePath = join(OUT, "prepared", `${script.name}-${v8.cachedDataVersionTag()}.cache`);
write(scriptPath, script.contents, 0o644);
if (!existsSync(cachePath)) write(cachePath, await codeCache(readFileSync(scriptPath, "utf8"), scriptPath), 0o644);
for (const path of [scriptPath, cachePath]) wanted.add(relative(OUT, path));
const folders = packageFolders(Object.keys(result.metafile.inputs));
write(join(OUT, "THIRD-PARTY-LICENSES.txt"), Buffer.from(licences(folders)), 0o644);
wanted.add("THIRD-PARTY-LICENSES.txt");

for (const entry of readdirSync(OUT, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !wanted.has(relative(OUT, path))) rmSync(path, { force: true });
}
