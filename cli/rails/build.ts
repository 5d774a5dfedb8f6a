/** `demarc guard build`: compiles a folder of Rego, or takes a bundle that `opa` has built, and writes its manifest. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { regoFiles } from "../../compiler/guard/bundle.js";
import { EngineError, inspectPolicy } from "../../compiler/guard/engine.js";
import { parseManifest, rulesDigest } from "../../compiler/guard/manifest.js";
import { unpackTar } from "../../compiler/guard/tar.js";
import { jsonText } from "../../compiler/json/diagnostics.js";
import { sha256 } from "../../compiler/sha256.js";
import type { Io } from "../io.js";
import { opaVersion, runOpa } from "./opa.js";
import { entrypointText, manifestEntry, type Rails, railsOf } from "./sources.js";

/** The compiled form, relative to the folder of the manifest. */
const WASM_PATH = "dist/policy.wasm";
const MANIFEST = "manifest.json";

/** What was built: the files, and how many rules they hold. */
export interface BuiltRails {
  readonly files: readonly string[];
  readonly rules: number;
}

/** Compiles the folder `folder` (absolute); a text says what is wrong. Writes `manifest.json` and `dist/policy.wasm` in it. */
export async function buildFolder(io: Io, folder: string, opa: string): Promise<BuiltRails | string> {
  const sources = regoFiles(io.host, folder, "");
  if (sources.length === 0) return "there is no `.rego` file in it";
  return inScratch(io, async (scratch) => {
    for (const file of sources) {
      mkdirSync(dirname(join(scratch, file)), { recursive: true });
      writeFileSync(join(scratch, file), readFileSync(join(folder, file)));
    }
    const rails = inspect(opa, ["."], scratch);
    if (typeof rails === "string") return rails;
    const entry = join(scratch, "entrypoint.rego");
    if (sources.includes("entrypoint.rego"))
      return "`entrypoint.rego` is the name of the file that is made of the rules";
    writeFileSync(entry, entrypointText(rails));
    const target = join(scratch, "bundle.tar.gz");
    const words = ["build", "--target", "wasm", "--entrypoint", entrypointOf(rails), "--output", target, "."];
    const ended = runOpa(opa, words, scratch);
    if (ended.code !== 0) return `opa refuses it:\n${ended.stderr.trim()}`;
    const policy = (await unpackTar(readFileSync(target)))?.get("policy.wasm");
    if (policy === undefined) return "opa wrote no compiled policy";
    const digests = sources.map((file) => [file, sha256(readFileSync(join(folder, file)))] as const);
    return write(folder, policy, rails, opaVersion(opa, scratch), Object.fromEntries(digests));
  });
}

/** Takes a bundle that holds a compiled policy with its Rego; writes into the folder `folder`. */
export async function takeBundle(io: Io, bundle: string, folder: string, opa: string): Promise<BuiltRails | string> {
  const policy = (await unpackTar(readFileSync(bundle)))?.get("policy.wasm");
  if (policy === undefined) return "it holds no `policy.wasm`: build it with `opa build --target wasm`";
  return inScratch(io, async (scratch) => {
    const rails = inspect(opa, [bundle], scratch);
    if (typeof rails === "string") return rails;
    return write(folder, policy, rails, opaVersion(opa, scratch), {});
  });
}

function inspect(opa: string, paths: readonly string[], folder: string): Rails | string {
  const ended = runOpa(opa, ["inspect", "--annotations", "--format", "json", ...paths], folder);
  return ended.code === 0 ? railsOf(ended.stdout) : `opa refuses it:\n${(ended.stderr || ended.stdout).trim()}`;
}

function entrypointOf({ prefix }: Rails): string {
  return [...prefix, "main", "results"].join("/");
}

async function write(
  folder: string,
  policy: Uint8Array,
  rails: Rails,
  opa: string,
  sources: Readonly<Record<string, string>>,
): Promise<BuiltRails | string> {
  const entrypoint = entrypointOf(rails);
  const foreign = foreignManifest(join(folder, MANIFEST));
  if (foreign !== undefined) return foreign;
  const abi = await abiOf(policy, entrypoint);
  if (typeof abi !== "string") return abi.message;
  const rules = Object.fromEntries(rails.rules.map((rule) => [rule.name, manifestEntry(rule)] as const));
  const manifest = jsonText({
    formatVersion: 1,
    opa,
    abi,
    entrypoint,
    wasm: { path: WASM_PATH, sha256: sha256(policy) },
    sources,
    rulesSha256: rulesDigest(rules),
    rules,
  });
  const parsed = parseManifest(manifest);
  if ("fault" in parsed) return parsed.fault;
  replace(join(folder, WASM_PATH), policy);
  replace(join(folder, MANIFEST), new TextEncoder().encode(manifest));
  return { files: [MANIFEST, WASM_PATH], rules: rails.rules.length };
}

async function abiOf(policy: Uint8Array, entrypoint: string): Promise<string | EngineError> {
  try {
    return await inspectPolicy(policy, entrypoint);
  } catch (thrown) {
    if (thrown instanceof EngineError) return thrown;
    throw thrown;
  }
}

/** Why the manifest that is there must stay: it is somebody else's, such as that of a compiled output. */
function foreignManifest(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const parsed = parseManifest(readFileSync(path, "utf8"));
  return "fault" in parsed
    ? `\`${MANIFEST}\` is there and is none of guard rails: move it, or build elsewhere`
    : undefined;
}

/** Writes beside and renames, so that no link is followed and no file that is there is written into. */
function replace(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const scratch = mkdtempSync(join(dirname(path), ".demarc-new-"));
  try {
    writeFileSync(join(scratch, "file"), bytes, { flag: "wx" });
    renameSync(join(scratch, "file"), path);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function inScratch<T>({ temporary }: Io, run: (folder: string) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(temporary, "demarc-rails-"));
  try {
    return await run(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
