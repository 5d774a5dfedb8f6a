/** The `opa` program: found on the path, run, and asked for its version. */
import { spawnSync } from "node:child_process";
import type { Io } from "../io.js";
import { Misuse } from "../io.js";
import { findProgram } from "../programs.js";

/** How to get it, for who has not. */
const HOW_TO_GET =
  "get it from https://www.openpolicyagent.org/docs/latest/#running-opa, with `brew install opa`, or with " +
  "`go install github.com/open-policy-agent/opa@latest`; then put it on the PATH";

/** What a run of `opa` ended with. */
export interface OpaRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program's path. Throws `Misuse` that says how to get it where it is not installed. */
export function findOpa({ env }: Pick<Io, "env">): string {
  const found = findProgram("opa", env);
  if (found === undefined) throw new Misuse(`Rego is compiled by \`opa\`, which is not installed: ${HOW_TO_GET}`);
  return found;
}

/** Runs it with these words in a folder. */
export function runOpa(program: string, words: readonly string[], folder: string): OpaRun {
  const child = spawnSync(program, words, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  const failed = child.error === undefined ? "" : child.error.message;
  return { code: child.status ?? 1, stdout: child.stdout ?? "", stderr: `${child.stderr ?? ""}${failed}` };
}

/** Its version, `1.22.2`. */
export function opaVersion(program: string, folder: string): string {
  return /Version: *(\S+)/.exec(runOpa(program, ["version"], folder).stdout)?.[1] ?? "unknown";
}
