/**
 * Compiles the guard rails of this folder: `node policies/build.mjs`. Writes `lib/main.rego` and `lib/defaults.rego` from
 * the annotations of the rules, checks, formats and tests all Rego, and writes `dist/policy.wasm` and `manifest.json`.
 *
 * `--check` writes nothing and fails where what is committed is not what the sources give, byte for byte.
 *
 * Needs OPA in the version below: `go install github.com/open-policy-agent/opa@v1.22.2`, in the PATH or named by DEMARC_OPA.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** The version whose compiler wrote the committed policy. Another one may write other bytes. */
const OPA_VERSION = "1.22.2";
const ENTRYPOINT = "demarc/main/results";
const OPA = process.env.DEMARC_OPA || "opa";
const ROOT = dirname(fileURLToPath(import.meta.url));
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const KEYS = new Set(["category", "controls", "daily", "help", "message", "parameters", "rationale", "severity"]);
/** Nothing of these may be called: text is made in TypeScript, arithmetic on addresses too, and nothing reads a clock. */
const FORBIDDEN = /\b(?:sprintf|print|trace|http\.send|opa\.runtime|time\.\w+|rand\.\w+|uuid\.\w+|net\.\w+)\s*\(/;

class Fault extends Error {}

/** Paths below a folder, relative to it, sorted. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split("\\")
        .join("/"),
    )
    .sort();
}

/** Runs OPA in a folder; its words on a fault. */
function opa(folder, ...words) {
  try {
    return execFileSync(OPA, words, { cwd: folder, encoding: "buffer", stdio: ["ignore", "pipe", "pipe"] });
  } catch (thrown) {
    if (thrown.code === "ENOENT") {
      throw new Fault(`there is no \`${OPA}\`: go install github.com/open-policy-agent/opa@v${OPA_VERSION}`);
    }
    throw new Fault(`opa ${words.join(" ")} failed\n${thrown.stdout ?? ""}${thrown.stderr ?? ""}`);
  }
}

function checkVersion() {
  const version = /^Version: (\S+)/m.exec(String(opa(ROOT, "version")))?.[1];
  if (version !== OPA_VERSION) throw new Fault(`this needs OPA ${OPA_VERSION}, and \`${OPA}\` is ${version}`);
}

/** The rules by name, as their annotations describe them. */
function rulesOf(folder) {
  const inspected = JSON.parse(String(opa(folder, "inspect", "--annotations", "--format", "json", "rules")));
  const rules = {};
  for (const { annotations, location } of inspected.annotations ?? []) {
    const found = /^rules\/([^/]+)\/([^/]+)\/rule\.rego$/.exec(location.file.split("\\").join("/"));
    if (found === null || annotations.scope !== "package") continue;
    const [, category, name] = found;
    rules[name] = ruleOf(name, category, annotations, readFileSync(join(folder, location.file), "utf8"));
  }
  const folders = filesBelow(join(folder, "rules")).filter((path) => path.endsWith("/rule.rego"));
  const without = folders.map((path) => path.split("/")[1]).filter((name) => rules[name] === undefined);
  if (without.length > 0) throw new Fault(`rules without annotations of their package: ${without.join(", ")}`);
  if (Object.keys(rules).length !== folders.length) throw new Fault("two rules have one name");
  return Object.fromEntries(Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ruleOf(name, category, { title, description, custom = {} }, text) {
  const fail = (what) => {
    throw new Fault(`${category}/${name}: ${what}`);
  };
  const path = `demarc.rules.${category}.${name.replaceAll("-", "_")}`;
  if (!NAME.test(name)) fail("its folder is no name of small letters, digits and `-`");
  if (!text.includes(`\npackage ${path}\n`)) fail(`its package is not \`${path}\``);
  if (custom.category !== category) fail("its `category` is not its folder");
  if (!["error", "warning", "info"].includes(custom.severity)) fail("its `severity` is none");
  const unknown = Object.keys(custom).filter((key) => !KEYS.has(key));
  if (unknown.length > 0) fail(`its annotations have the unknown key \`${unknown[0]}\``);
  const call = FORBIDDEN.exec(text);
  if (call !== null) fail(`it calls \`${call[0].slice(0, -1)}\`, which no rule may`);
  const texts = { title, description, rationale: custom.rationale, message: custom.message, help: custom.help };
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value !== "string" || value.trim() === "") fail(`its \`${key}\` is no text`);
  }
  return {
    category,
    severity: custom.severity,
    title: oneLine(title),
    description: oneLine(description),
    rationale: oneLine(custom.rationale),
    message: oneLine(custom.message),
    help: oneLine(custom.help),
    controls: custom.controls ?? [],
    parameters: Object.fromEntries(Object.entries(custom.parameters ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(custom.daily === true ? { daily: true } : {}),
  };
}

function oneLine(text) {
  return text.trim().replace(/\s+/g, " ");
}

/** The entrypoint: what every rule has found, and which rules were evaluated. */
function mainText(rules) {
  const lines = Object.entries(rules).map(
    ([name, { category }]) =>
      `findings["${name}"] := data.demarc.rules.${category}.${name.replaceAll("-", "_")}.findings\n`,
  );
  return `# METADATA
# scope: package
# title: All guard rails
# description: Generated by build.mjs from the folders of the rules. One evaluation runs every rule.
package demarc.main

# METADATA
# description: The findings of every rule by its name, and the names of the rules that were evaluated.
# entrypoint: true
results := {"findings": findings, "ran": ran}

ran := sort([name | some name, _ in findings])

${lines.join("\n")}`;
}

/** The defaults of all parameters, so that the annotations are the one place that says them. */
function defaultsText(rules) {
  const defaults = Object.entries(rules)
    .filter(([, { parameters }]) => Object.keys(parameters).length > 0)
    .map(([name, { parameters }]) => [
      name,
      Object.fromEntries(Object.entries(parameters).map(([key, parameter]) => [key, parameter.default])),
    ]);
  return `# METADATA
# scope: package
# title: Defaults of parameters
# description: Generated by build.mjs from the annotations of the rules.
package demarc.defaults

parameters := ${JSON.stringify(Object.fromEntries(defaults))}
`;
}

/** A file of a bundle: a tar archive, compressed. */
function fileOf(bundle, wanted) {
  const archive = gunzipSync(bundle);
  for (let at = 0; at + 512 <= archive.length; ) {
    const name = archive
      .subarray(at, at + 100)
      .toString("utf8")
      .replace(/\0.*$/s, "");
    const size = Number.parseInt(archive.subarray(at + 124, at + 136).toString("utf8"), 8) || 0;
    if (name === wanted) return archive.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Fault(`the bundle has no \`${wanted}\``);
}

/** The version of OPA's binary interface, and the built-in functions that a host would have to supply. */
function inspectPolicy(bytes) {
  const memory = new WebAssembly.Memory({ initial: 64 });
  const none = () => {
    throw new Fault("the policy called its host while it was inspected");
  };
  const env = { memory, opa_abort: none, opa_println: none };
  for (const count of [0, 1, 2, 3, 4]) env[`opa_builtin${count}`] = none;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env });
  const address = exports.opa_json_dump(exports.builtins());
  const view = new Uint8Array(memory.buffer);
  const builtins = JSON.parse(Buffer.from(view.subarray(address, view.indexOf(0, address))).toString("utf8"));
  return {
    abi: `${exports.opa_wasm_abi_version.value}.${exports.opa_wasm_abi_minor_version.value}`,
    builtins: Object.keys(builtins).sort(),
  };
}

/** Writes everything that is generated into a folder that holds the sources. */
function generate(folder) {
  const rules = rulesOf(folder);
  writeFileSync(join(folder, "lib", "main.rego"), mainText(rules));
  writeFileSync(join(folder, "lib", "defaults.rego"), defaultsText(rules));
  opa(folder, "fmt", "--write", "lib/main.rego", "lib/defaults.rego");
  const unformatted = String(opa(folder, "fmt", "--diff", "lib", "rules"));
  if (unformatted !== "") throw new Fault(`not as \`opa fmt\` writes it:\n${unformatted}`);
  opa(folder, "check", "--strict", "lib", "rules");
  opa(folder, "test", "lib", "rules");
  const bundle = join(folder, "bundle.tar.gz");
  const words = ["--target", "wasm", "--entrypoint", ENTRYPOINT, "--ignore", "*_test.rego", "--output", bundle];
  opa(folder, "build", ...words, "lib", "rules");
  const policy = fileOf(readFileSync(bundle), "/policy.wasm");
  rmSync(bundle);
  const { abi, builtins } = inspectPolicy(policy);
  if (builtins.length > 0) throw new Fault(`the rules call what WebAssembly has not: ${builtins.join(", ")}`);
  mkdirSync(join(folder, "dist"), { recursive: true });
  writeFileSync(join(folder, "dist", "policy.wasm"), policy);
  const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
  const sources = filesBelow(folder).filter((path) => path.endsWith(".rego") && !path.endsWith("_test.rego"));
  const manifest = {
    formatVersion: 1,
    opa: OPA_VERSION,
    abi,
    entrypoint: ENTRYPOINT,
    wasm: { path: "dist/policy.wasm", sha256: digest(policy) },
    sources: Object.fromEntries(sources.map((path) => [path, digest(readFileSync(join(folder, path)))])),
    rulesSha256: digest(JSON.stringify(rules)),
    rules,
  };
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return Object.keys(rules).length;
}

/** Generates everything anew elsewhere and names the files that differ from what is here. */
function check() {
  const scratch = mkdtempSync(join(tmpdir(), "demarc-policies-"));
  try {
    cpSync(ROOT, scratch, { recursive: true });
    rmSync(join(scratch, "dist"), { recursive: true, force: true });
    const count = generate(scratch);
    const all = [...new Set([...filesBelow(ROOT), ...filesBelow(scratch)])].sort();
    const differing = all.filter((path) => {
      const [here, there] = [join(ROOT, path), join(scratch, path)];
      return !existsSync(here) || !existsSync(there) || !readFileSync(here).equals(readFileSync(there));
    });
    if (differing.length > 0) {
      throw new Fault(`not what the sources give: ${differing.join(", ")}; run \`npm run policies\` and commit that`);
    }
    return count;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

try {
  checkVersion();
  const checking = process.argv.includes("--check");
  const count = checking ? check() : generate(ROOT);
  console.log(`${count} guard rails ${checking ? "are as their sources give them" : "compiled"}`);
} catch (thrown) {
  if (!(thrown instanceof Fault)) throw thrown;
  console.error(thrown.message);
  process.exitCode = 1;
}
