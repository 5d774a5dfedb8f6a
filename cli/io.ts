/**
 * What a run of the command line touches: streams, environment, the clock and the file system. Handed in, so that a run
 * can be tested within a process and with a file system that fails.
 */
import type { Registry } from "../compiler/driver.js";
import type { GuardRunner } from "../compiler/guard/runner.js";
import type { Host } from "../compiler/host/host.js";
import type { Day } from "../compiler/model/estate.js";
import type { FileSystem } from "./file-system.js";

/** A stream that text goes to. */
export interface Output {
  write(text: string): void;
  readonly isTty: boolean;
}

/** The surroundings of one run. */
export interface Io {
  /** Working directory, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly stdout: Output;
  /** Progress, logs and misuse. */
  readonly stderr: Output;
  /** Everything on standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  readonly files: FileSystem;
  /** What the compiler reads through; relative paths are relative to the working directory. */
  readonly host: Host;
  /** Today in UTC. */
  readonly today: () => Day;
  /** The targets; loaded only for verbs that judge a package. */
  readonly registry: () => Promise<Registry>;
  /** Evaluates guard rails. */
  readonly guardRunner: GuardRunner;
  /** Directory for temporary files. */
  readonly temporary: string;
}

/** A wrong use of the command line: said on standard error, exit code 2. */
export class Misuse extends Error {
  override readonly name = "Misuse";
}
