/** Loads guard rails: a folder with a manifest and a compiled policy, or a bundle that holds both. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { compareCodePoints, type Span } from "../../grammar/source.js";
import { guardCatalogue as say } from "../diagnostics/guard-catalogue.js";
import { type Host, isFailure } from "../host/host.js";
import { sha256 } from "../sha256.js";
import { type GuardManifest, parseManifest } from "./manifest.js";
import { unpackTar } from "./tar.js";

/** Name of the manifest in a folder or bundle. */
export const MANIFEST_FILE = "manifest.json";

/** Compiled guard rails with what they say of themselves. */
export interface GuardBundle {
  /** The path as `demarc.json` has it, or the name of the library. */
  readonly name: string;
  readonly manifest: GuardManifest;
  readonly policy: Uint8Array;
  /** Where `demarc.json` names it. */
  readonly span?: Span;
}

/** What to load. */
export interface BundleSource {
  readonly name: string;
  /** As the host knows it. */
  readonly path: string;
  readonly span?: Span;
  /** The Rego sources that lie in the folder must be those that were compiled; a bundle holds none. */
  readonly withSources: boolean;
}

/** Reads a file of a folder or bundle: its bytes, or why it cannot be read. */
type Read = (path: string) => Uint8Array | string;

/** Loads guard rails; undefined where they cannot be used, which has been reported. */
export async function loadBundle(
  host: Host,
  source: BundleSource,
  diagnostics: Diagnostics,
): Promise<GuardBundle | undefined> {
  const { name, span } = source;
  const { folder, file } = placeOf(source.path);
  const read = await readerOf(host, source.path);
  const bytes = typeof read === "string" ? read : read(MANIFEST_FILE);
  if (typeof read === "string" || typeof bytes === "string") {
    const reason = typeof bytes === "string" ? bytes : "nothing is there";
    diagnostics.report(say["guard-bundle-unreadable"], { bundle: name, reason }, span);
    return undefined;
  }
  const manifest = parseManifest(new TextDecoder().decode(bytes));
  if ("fault" in manifest) {
    diagnostics.report(say["guard-manifest-faulty"], { bundle: name, reason: manifest.fault }, span);
    return undefined;
  }
  if (file !== undefined && file !== manifest.wasm.path) {
    const reason = `the \`${MANIFEST_FILE}\` beside it describes \`${manifest.wasm.path}\``;
    diagnostics.report(say["guard-bundle-unreadable"], { bundle: name, reason }, span);
    return undefined;
  }
  const policy = read(manifest.wasm.path);
  if (typeof policy === "string") {
    diagnostics.report(say["guard-bundle-unreadable"], { bundle: name, reason: policy }, span);
    return undefined;
  }
  if (sha256(policy) !== manifest.wasm.sha256) {
    diagnostics.report(say["guard-digest-differs"], { bundle: name }, span);
    return undefined;
  }
  const differing = source.withSources ? differingSource(host, folder, manifest) : undefined;
  if (differing !== undefined) {
    diagnostics.report(say["guard-bundle-stale"], { bundle: name, file: differing }, span);
    return undefined;
  }
  return { name, manifest, policy, ...(span === undefined ? {} : { span }) };
}

async function readerOf(host: Host, path: string): Promise<Read | string> {
  if (/\.(?:tar\.gz|tgz)$/.test(path)) return bundleReader(host, path);
  const { folder, file } = placeOf(path);
  const policy = file === undefined ? undefined : host.readFile(path);
  if (policy !== undefined && isFailure(policy))
    return policy.failure === "missing" ? "nothing is there" : policy.detail;
  return readerIn(host, folder);
}

/** The folder of the manifest, and the file that was named where it was not the folder. */
function placeOf(path: string): { readonly folder: string; readonly file?: string } {
  if (!path.endsWith(".wasm")) return { folder: path };
  const end = path.lastIndexOf("/");
  return { folder: end < 0 ? "" : path.slice(0, end), file: path.slice(end + 1) };
}

function inFolder(folder: string, file: string): string {
  return folder === "" ? file : `${folder}/${file}`;
}

function readerIn(host: Host, folder: string): Read {
  return (file) => {
    const bytes = host.readFile(inFolder(folder, file));
    if (!isFailure(bytes)) return bytes;
    return bytes.failure === "missing" ? `there is no \`${file}\` in it` : `\`${file}\`: ${bytes.detail}`;
  };
}

async function bundleReader(host: Host, path: string): Promise<Read | string> {
  const bytes = host.readFile(path);
  if (isFailure(bytes)) return bytes.failure === "missing" ? "nothing is there" : bytes.detail;
  const files = await unpackTar(bytes);
  if (files === undefined) return "it is no bundle: a tar archive, compressed with gzip";
  return (file) => files.get(file) ?? `there is no \`${file}\` in it`;
}

/** The first source, by name, that was changed, added or removed since the policy was compiled. */
function differingSource(host: Host, folder: string, manifest: GuardManifest): string | undefined {
  const now = new Map(
    regoFiles(host, folder, "").map((file) => [file, digestOf(host, inFolder(folder, file))] as const),
  );
  const all = [...new Set([...now.keys(), ...Object.keys(manifest.sources)])].sort(compareCodePoints);
  return all.find((file) => now.get(file) !== manifest.sources[file]);
}

/** Every Rego file below a folder, relative to it; tests only where asked for. Linked folders are not entered. */
export function regoFiles(host: Host, folder: string, below: string, withTests = false): readonly string[] {
  const entries = host.readDirectory(below === "" ? folder : inFolder(folder, below));
  if (isFailure(entries)) return [];
  return entries.flatMap(({ name, kind, isLink }) => {
    const path = below === "" ? name : `${below}/${name}`;
    if (kind === "directory") {
      return name.startsWith(".") || isLink === true ? [] : regoFiles(host, folder, path, withTests);
    }
    const wanted = name.endsWith(".rego") && (withTests || !name.endsWith("_test.rego"));
    return kind === "file" && wanted ? [path] : [];
  });
}

function digestOf(host: Host, path: string): string | undefined {
  const bytes = host.readFile(path);
  return isFailure(bytes) ? undefined : sha256(bytes);
}
