/** The folder of guard rails as tests see it: its manifest, its rules, their fixtures. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A rule as the manifest describes it. */
export interface ManifestRule {
  readonly category: string;
  readonly severity: string;
  readonly title: string;
  readonly description: string;
  readonly rationale: string;
  readonly message: string;
  readonly help: string;
  readonly controls: readonly string[];
  readonly parameters: Readonly<Record<string, { readonly default: unknown; readonly description: string }>>;
  readonly daily?: boolean;
}

/** What `policies/manifest.json` holds. */
export interface Manifest {
  readonly formatVersion: number;
  readonly opa: string;
  readonly abi: string;
  readonly entrypoint: string;
  readonly wasm: { readonly path: string; readonly sha256: string };
  readonly sources: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<string, ManifestRule>>;
}

/** The manifest of the library. */
export function manifestOfLibrary(): Manifest {
  return JSON.parse(readFileSync("policies/manifest.json", "utf8")) as Manifest;
}

/** Files below a folder, relative to it, sorted. */
export function filesBelow(folder: string): readonly string[] {
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

/** The folder of a rule. */
export function folderOf(name: string, { category }: Pick<ManifestRule, "category">): string {
  return `policies/rules/${category}/${name}`;
}
