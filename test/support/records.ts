/**
 * What a test process tells the runner, and how anything thrown becomes a readable fault.
 */
import { inspect } from "node:util";

/** One thing that went wrong in a test: a message, an optional comparison of values, and the stack without Node's own frames. */
export interface Fault {
  readonly message: string;
  readonly details?: string;
  readonly stack: readonly string[];
}

/** How a test ended. */
export type Outcome = "passed" | "failed" | "skipped";

/** Which test a record speaks of. `file` is relative to the working directory, with `/`. */
export interface TestName {
  readonly file: string;
  readonly suite: string;
  readonly test: string;
}

/** The end of one test. `milliseconds` is wall time; `reason` is set for skipped tests. */
export interface TestResult extends TestName {
  readonly outcome: Outcome;
  readonly milliseconds: number;
  readonly faults: readonly Fault[];
  readonly reason?: string;
}

/**
 * The records of one test process, in order: any number of `start` and `end`, then `done` once. `timeout` (milliseconds)
 * is the longest time until the next record. A process without `done`, or whose `declared` and `finished` differ, failed.
 */
export type TestRecord =
  | { readonly event: "start"; readonly name: TestName; readonly timeout: number }
  | { readonly event: "end"; readonly result: TestResult }
  | { readonly event: "done"; readonly declared: number; readonly finished: number };

/** Receives the records of a run. */
export type Reporter = (record: TestRecord) => void;

/** The closing line of a run: `N passed, N failed`, and `, N skipped` when there are any. */
export function summary(results: readonly TestResult[]): string {
  const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length;
  const skipped = count("skipped");
  return `${count("passed")} passed, ${count("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

const INTERNAL_FRAME = /\(node:|at node:|node_modules\/(?:tsx|uvu)\//;
const OWN_FRAME = /test\/support\//;

/** Turns anything thrown into a fault, also bare strings and plain objects, which some libraries throw. */
export function toFault(thrown: unknown, prefix = ""): Fault {
  if (!(thrown instanceof Error))
    return { message: `${prefix}thrown without an Error: ${describe(thrown)}`, stack: [] };
  const details = "details" in thrown && typeof thrown.details === "string" ? thrown.details : undefined;
  const lines = String(thrown.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && !INTERNAL_FRAME.test(line));
  const outside = lines.filter((line) => !OWN_FRAME.test(line));
  const stack = (outside.length > 0 ? outside : lines).map((line) => line.trim());
  const kind = thrown.name === "Error" || thrown.name === "Assertion" ? "" : `${thrown.name}: `;
  const message = `${prefix}${kind}${thrown.message || "an Error without a message"}`;
  return { message, ...(details === undefined ? {} : { details }), stack: stack.slice(0, 12) };
}

function describe(value: unknown): string {
  if (typeof value === "string") return `\`${value}\``;
  return inspect(value, { depth: 4, breakLength: Number.POSITIVE_INFINITY, customInspect: false });
}
