/** Runs one test process and gathers its records; a process that dies, hangs or leaves tests out becomes a failed test. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { TestName, TestRecord, TestResult } from "./records.js";

/** Milliseconds for loading the files. */
const LOADING = 60_000;
/** Milliseconds beyond a test's own timeout before its process is killed. */
const GRACE = 10_000;
/** Milliseconds that a grandchild may hold on to the output after the process has ended. */
const ORPHANS = 2_000;

/** What one process left behind: results in order, and everything it printed. */
export interface ProcessRun {
  readonly results: readonly TestResult[];
  readonly output: string;
  readonly milliseconds: number;
}

interface Watch {
  readonly results: TestResult[];
  current: TestName | undefined;
  done: { readonly declared: number; readonly finished: number } | undefined;
  hung: boolean;
}

/**
 * Runs the test files in one Node process. `title` names the process in the failures made here; `grace` is how long
 * (milliseconds) a test may stay beyond its timeout before the process is killed. Never rejects.
 */
export async function runProcess(title: string, files: readonly string[], grace = GRACE): Promise<ProcessRun> {
  const began = performance.now();
  const worker = fileURLToPath(new URL("./worker.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", worker, ...files], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const watch: Watch = { results: [], current: undefined, done: undefined, hung: false };
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  let timer = setTimeout(() => kill(), LOADING + grace);
  const kill = (): void => {
    watch.hung = true;
    child.kill("SIGKILL");
  };
  createInterface({ input: child.stdio[3] as Readable }).on("line", (line) => {
    const record = JSON.parse(line) as TestRecord;
    clearTimeout(timer);
    timer = setTimeout(kill, (record.event === "start" ? record.timeout : LOADING) + grace);
    take(watch, record);
  });
  const ended = await new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(`could not start: ${error.message}`));
    const end = (code: number | null, signal: string | null): void =>
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`);
    child.on("close", end);
    child.on("exit", (code, signal) => setTimeout(end, ORPHANS, code, signal).unref());
  });
  clearTimeout(timer);
  const fault = processFault(watch, ended);
  if (fault !== undefined) watch.results.push(failedProcess(title, watch.current, fault));
  return { results: watch.results, output, milliseconds: performance.now() - began };
}

function take(watch: Watch, record: TestRecord): void {
  if (record.event === "start") watch.current = record.name;
  else if (record.event === "end") {
    watch.results.push(record.result);
    watch.current = undefined;
  } else watch.done = record;
}

/** Why the process as a whole failed, beyond the tests that it reported as failed; undefined when it did not. */
function processFault(watch: Watch, ended: string): string | undefined {
  const failed = watch.results.some((result) => result.outcome === "failed");
  if (watch.hung) return "the test process hung and was killed";
  if (watch.done === undefined) return `the test process died before its tests were done (${ended})`;
  const { declared, finished } = watch.done;
  if (!failed && declared !== finished) return `only ${finished} of ${declared} declared tests finished`;
  if (!failed && declared === 0) return "no test was declared";
  if (ended === "exit code 0" ? !failed : failed && ended === "exit code 1") return undefined;
  return `the test process ended with ${ended}, which its records do not explain`;
}

function failedProcess(title: string, current: TestName | undefined, message: string): TestResult {
  const name = current ?? { file: title, suite: "", test: "process" };
  return { ...name, outcome: "failed", milliseconds: 0, faults: [{ message, stack: [] }] };
}
