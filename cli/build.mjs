/**
 * Bundles the command line into `dist/`: `demarc.js`, one chunk per verb and what they share, and the licences of the
 * packages inside. Files whose content is unchanged are left alone, so that building again while the tool runs is safe.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
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

const result = await build({
  absWorkingDir: ROOT,
  entryPoints: { demarc: "cli/main.ts" },
  outdir: OUT,
  bundle: true,
  splitting: true,
  write: false,
  metafile: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  chunkNames: "chunks/[name]-[hash]",
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
});

const wanted = new Set();
for (const file of result.outputFiles) {
  const entry = relative(OUT, file.path) === "demarc.js";
  const contents = entry ? Buffer.concat([Buffer.from("#!/usr/bin/env node\n"), file.contents]) : file.contents;
  write(file.path, contents, entry ? 0o755 : 0o644);
  wanted.add(relative(OUT, file.path));
}
const folders = packageFolders(Object.keys(result.metafile.inputs));
write(join(OUT, "THIRD-PARTY-LICENSES.txt"), Buffer.from(licences(folders)), 0o644);
wanted.add("THIRD-PARTY-LICENSES.txt");

for (const entry of readdirSync(OUT, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !wanted.has(relative(OUT, path))) rmSync(path, { force: true });
}
