/** Guard rails over fixtures: compiled policies with a manifest that a test makes. */
import { readFileSync } from "node:fs";
import { loadSettings } from "../../../compiler/config/load.js";
import { type GuardOutcome, type GuardServices, guard } from "../../../compiler/guard/guard.js";
import { rulesDigest } from "../../../compiler/guard/manifest.js";
import { type GuardRunner, inThread } from "../../../compiler/guard/runner.js";
import { memoryHost } from "../../../compiler/host/memory.js";
import { sha256 } from "../../../compiler/sha256.js";
import { type Diagnostic, Diagnostics } from "../../../grammar/diagnostic.js";
import { headline, pipeline, TODAY } from "../../support/estate-from.js";

/** The policy whose entrypoints each do something wrong, and one that calls the clock. */
export const HOSTILE: Uint8Array = readFileSync("fixtures/rails/hostile/hostile.wasm");
/** See `HOSTILE`. */
export const CLOCK: Uint8Array = readFileSync("fixtures/rails/hostile/clock.wasm");

/** A rule as a manifest has it. */
export const A_RULE = {
  category: "naming",
  severity: "warning",
  title: "A rule",
  description: "It finds something.",
  rationale: "It is a fixture.",
  message: "`{name}` was found at {subject}",
  controls: [],
  parameters: { word: { default: "usual", description: "a word" }, list: { default: ["a"], description: "a list" } },
};

/** What a test may vary of a bundle and of its evaluation. */
export interface RailsOptions {
  readonly policy?: Uint8Array;
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sources?: string;
  readonly runner?: GuardRunner;
  readonly timeout?: number;
  readonly memory?: number;
  /** Steps that the packet sets may take. */
  readonly budget?: number;
}

/** What came of it. */
export interface RailsRun {
  readonly outcome: GuardOutcome | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** One line for each finding. */
  readonly lines: readonly string[];
}

/** The manifest of a policy with one rule. */
export function manifestFor(policy: Uint8Array, entrypoint: string): Readonly<Record<string, unknown>> {
  return {
    formatVersion: 1,
    opa: "1.22.2",
    abi: "1.3",
    entrypoint,
    wasm: { path: "policy.wasm", sha256: sha256(policy) },
    sources: {},
    rulesSha256: rulesDigest({ "a-rule": A_RULE }),
    rules: { "a-rule": A_RULE },
  };
}

/** Runs the rails of `rails/` over an estate: the entrypoint `hostile/<name>`, or what the options say. */
export async function runRails(text: string, entrypoint: string, options: RailsOptions = {}): Promise<RailsRun> {
  const { policy = HOSTILE, runner = inThread } = options;
  const changed = options.manifest?.rules;
  const digest = changed === undefined ? {} : { rulesSha256: rulesDigest(changed) };
  const manifest = { ...manifestFor(policy, entrypoint), ...digest, ...options.manifest };
  const settings = { guardrails: { sources: ["rails"], ...options.settings } };
  const files = {
    "demarc.json": JSON.stringify(settings),
    "rails/manifest.json": JSON.stringify(manifest),
    "rails/policy.wasm": policy,
    ...options.files,
  };
  const host = memoryHost(files);
  const diagnostics = new Diagnostics();
  const loaded = await loadSettings(host, "", diagnostics);
  const services: GuardServices = {
    runner,
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    ...(options.memory === undefined ? {} : { memory: options.memory }),
  };
  const made = pipeline(text, options.budget === undefined ? {} : { budget: options.budget });
  const outputs = new Map();
  const request = { ...made, outputs, today: TODAY, host, directory: "", settings: loaded.settings, services };
  const outcome = await guard(request, diagnostics);
  const found = diagnostics.sorted();
  return { outcome, diagnostics: found, lines: found.map(headline) };
}
