/**
 * The test harness, and the only file that imports uvu.
 *
 * uvu reports success for several kinds of failure: throws that are not an `Error`, failing hooks, suites that never ran.
 * Here every test and hook runs inside one uvu test, anything thrown counts, and an exit hook fails the process unless
 * every declared test finished.
 */
import { relative } from "node:path";
import { type Assert, expectedError, matches } from "./assert.js";
import { type Fault, type Reporter, type TestName, type TestResult, toFault } from "./records.js";

export { matchFile } from "./golden.js";
export { needs } from "./needs.js";

declare global {
  var UVU_DEFER: number | undefined;
  var UVU_QUEUE: unknown[][];
}

// uvu starts on its own timer unless told before it is loaded, and then has no group to put suites in.
globalThis.UVU_DEFER = 1;
const uvu = await import("uvu");
const raw = await import("uvu/assert");
globalThis.UVU_QUEUE.push([null]);

/** Milliseconds that a test or hook may take unless it says otherwise. */
export const DEFAULT_TIMEOUT = 20_000;

/** `skip` is the reason why the test does not run; it is printed and counted. `timeout` is in milliseconds. */
export interface TestOptions {
  readonly timeout?: number;
  readonly skip?: string;
}

/** What a test or hook does; it fails by throwing or rejecting, with whatever. */
export type TestBody = () => void | Promise<void>;

/** Declares hooks: `before(f)` once for the suite, `before.each(f)` for every test. Each has the default timeout unless given. */
export interface Hook {
  (body: TestBody, timeout?: number): void;
  each(body: TestBody, timeout?: number): void;
}

/** Declares the tests of one suite. Names are unique within a suite. */
export interface SuiteApi {
  (name: string, body: TestBody, options?: TestOptions): void;
  /** Declares a test that does not run, with the reason, which is printed and counted. */
  skip(name: string, reason: string, body?: TestBody): void;
  readonly before: Hook;
  readonly after: Hook;
}

interface Step {
  readonly body: TestBody;
  readonly timeout: number;
}

interface Test extends Step {
  readonly name: string;
  readonly skip: string | undefined;
}

interface Suite {
  readonly file: string;
  readonly name: string;
  readonly tests: Test[];
  readonly before: Step[];
  readonly after: Step[];
  readonly beforeEach: Step[];
  readonly afterEach: Step[];
}

const run = {
  file: process.argv[1] === undefined ? "?" : displayPath(process.argv[1]),
  declared: 0,
  finished: 0,
  failed: 0,
  state: "declaring" as "declaring" | "running" | "done",
  inBody: false,
  strays: [] as Fault[],
  report: undefined as Reporter | undefined,
};

function displayPath(path: string): string {
  return relative(process.cwd(), path).split("\\").join("/");
}

/** Declares a suite. `body` declares its tests and hooks synchronously; a suite without tests is a fault. */
export function suite(name: string, body: (test: SuiteApi) => void): void {
  run.declared++; // Taken back only when the body has come to its end, so that a swallowed throw still fails the run.
  if (run.state !== "declaring") throw new Error(`suite \`${name}\` was declared after the tests began to run`);
  const made: Suite = { file: run.file, name, tests: [], before: [], after: [], beforeEach: [], afterEach: [] };
  let sealed = false;
  const guard = (): void => {
    if (sealed) throw new Error(`a test or hook of suite \`${name}\` was declared after the suite's body ended`);
  };
  const returned: unknown = body(suiteApi(made, guard));
  sealed = true;
  if (returned instanceof Promise) throw new Error(`the body of suite \`${name}\` must not be asynchronous`);
  if (made.tests.length === 0) throw new Error(`suite \`${name}\` declares no test`);
  run.declared += made.tests.length - 1;
  register(made);
}

function suiteApi(made: Suite, guard: () => void): SuiteApi {
  const declare = (name: string, body: TestBody, options: TestOptions = {}): void => {
    guard();
    if (made.tests.some((test) => test.name === name))
      throw new Error(`two tests of \`${made.name}\` are called \`${name}\``);
    made.tests.push({ name, body, timeout: options.timeout ?? DEFAULT_TIMEOUT, skip: options.skip });
  };
  const hook = (once: Step[], each: Step[]): Hook => {
    const into =
      (steps: Step[]) =>
      (body: TestBody, timeout: number = DEFAULT_TIMEOUT) => {
        guard();
        steps.push({ body, timeout });
      };
    return Object.assign(into(once), { each: into(each) });
  };
  return Object.assign(declare, {
    skip: (name: string, reason: string, body: TestBody = () => {}) => declare(name, body, { skip: reason }),
    before: hook(made.before, made.beforeEach),
    after: hook(made.after, made.afterEach),
  });
}

/** Hands a suite to uvu. Hooks run inside uvu tests, because uvu loses what its own hooks throw. */
function register(made: Suite): void {
  const target = uvu.suite(made.name);
  let broken: readonly Fault[] = [];
  const name = (test: string): TestName => ({ file: made.file, suite: made.name, test });
  const live = made.tests.some((test) => test.skip === undefined);
  if (live && made.before.length > 0) {
    target("before", async () => {
      broken = await runSteps(made.before, name("before"), "before hook: ", true);
    });
  }
  for (const test of made.tests) target(test.name, () => runTest(made, test, name(test.name), broken));
  if (live && made.after.length > 0) {
    target("after", async () => {
      const faults = await runSteps(made.after, name("after"), "after hook: ", false);
      if (faults.length > 0) fail({ ...name("after"), outcome: "failed", milliseconds: 0, faults });
    });
  }
  target.run();
}

async function runTest(made: Suite, test: Test, name: TestName, broken: readonly Fault[]): Promise<void> {
  if (test.skip !== undefined) {
    run.finished++;
    run.report?.({
      event: "end",
      result: { ...name, outcome: "skipped", milliseconds: 0, faults: [], reason: test.skip },
    });
    return;
  }
  const began = performance.now();
  const faults = [...broken];
  if (broken.length === 0) {
    faults.push(...(await runSteps(made.beforeEach, name, "before.each hook: ", true)));
    if (faults.length === 0) faults.push(...(await runSteps([test], name, "", true)));
    faults.push(...(await runSteps(made.afterEach, name, "after.each hook: ", false)));
  }
  faults.push(...run.strays.splice(0));
  run.finished++;
  const result: TestResult = {
    ...name,
    outcome: faults.length > 0 ? "failed" : "passed",
    milliseconds: performance.now() - began,
    faults,
  };
  if (faults.length > 0) fail(result);
  else run.report?.({ event: "end", result });
}

/** Reports a failed test and fails the uvu test that stands for it, so that uvu's verdict agrees. */
function fail(result: TestResult): never {
  run.failed++;
  run.report?.({ event: "end", result });
  throw new Error(result.faults[0]?.message ?? "failed");
}

async function runSteps(steps: readonly Step[], name: TestName, prefix: string, stop: boolean): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const step of steps) {
    run.report?.({ event: "start", name, timeout: step.timeout });
    run.inBody = true;
    try {
      await inTime(step);
    } catch (thrown) {
      faults.push(toFault(thrown, prefix));
    } finally {
      run.inBody = false;
    }
    if (stop && faults.length > 0) break;
  }
  return faults;
}

/** Runs a body against a timer that keeps the process alive, so that a promise nobody settles ends as a fault. */
async function inTime(step: Step): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not finish within ${step.timeout} ms`)), step.timeout);
  });
  try {
    await Promise.race([step.body(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Names the file whose suites are declared next. For the worker, which loads files one after another. */
export function declareFrom(path: string): void {
  run.file = displayPath(path);
}

/** Reports a fault outside any test, such as a file that cannot be loaded. Counts as a failed test. */
export function reportFault(test: string, fault: Fault): void {
  run.failed++;
  const name = { file: run.file, suite: "", test };
  (run.report ?? printRecord)({
    event: "end",
    result: { ...name, outcome: "failed", milliseconds: 0, faults: [fault] },
  });
}

/** How many tests have been declared so far. */
export function declaredTests(): number {
  return run.declared;
}

/** Sets where records go. Without it they are printed, which suits a test file run by itself. */
export function reportTo(reporter: Reporter): void {
  run.report = reporter;
}

/** Runs all declared suites once. Afterwards the exit code is 1 unless every declared test finished and none failed. */
export async function runSuites(): Promise<void> {
  if (run.state !== "declaring") throw new Error("the suites run only once");
  run.state = "running";
  const write = process.stdout.write.bind(process.stdout);
  // uvu prints dots between the tests; what a test prints itself is kept.
  process.stdout.write = ((...args: Parameters<typeof write>) => (run.inBody ? write(...args) : true)) as typeof write;
  try {
    await uvu.exec();
  } finally {
    process.stdout.write = write;
  }
  run.state = "done";
  if (process.exitCode !== 0 && run.failed === 0) {
    reportFault("verdict", toFault(new Error("uvu saw a failure that the harness did not")));
  }
  for (const stray of run.strays.splice(0)) reportFault("after the tests", stray);
  run.report?.({ event: "done", declared: run.declared, finished: run.finished });
}

function catchStray(thrown: unknown): void {
  const fault = toFault(thrown, "outside any awaited code: ");
  if (run.state === "running") run.strays.push(fault);
  else reportFault("outside the tests", fault);
}

function printRecord(record: Parameters<Reporter>[0]): void {
  if (record.event === "done") {
    process.stdout.write(`${record.finished} of ${record.declared} tests finished, ${run.failed} failed\n`);
  } else if (record.event === "end" && record.result.outcome !== "passed") {
    const { suite: inSuite, test, outcome, reason, faults } = record.result;
    process.stdout.write(`${outcome}: ${inSuite} > ${test}${reason === undefined ? "" : ` (${reason})`}\n`);
    for (const { message, details = "", stack } of faults) {
      process.stdout.write(`${[message, details, ...stack].filter((line) => line !== "").join("\n")}\n`);
    }
  }
}

process.on("unhandledRejection", catchStray);
process.on("uncaughtException", catchStray);
process.once("beforeExit", () => {
  if (run.report !== undefined || run.state !== "declaring") return;
  run.report = printRecord;
  void runSuites();
});
process.on("exit", () => {
  const whole = run.state === "done" && run.declared > 0 && run.finished === run.declared;
  if (!whole) process.stderr.write(`tests: ${run.finished} of ${run.declared} declared tests finished\n`);
  if (!whole || run.failed > 0) process.exitCode = 1;
});

/** The assertions; see `assert.ts` for the contract. */
export const assert: Assert = {
  is: (actual, expected, message) => raw.is(actual, expected, message),
  equal: (actual, expected, message) => raw.equal(actual, expected, message),
  ok: (value, message) => raw.ok(value, message),
  not: (value, message) => raw.not(value, message),
  isNot: (actual, expected, message) => raw.is.not(actual, expected, message),
  notEqual: (actual, expected, message) => raw.not.equal(actual, expected, message),
  match: (text, expected, message) => {
    if (!matches(text, expected)) throw new Error(message ?? `expected ${String(expected)} in:\n${text}`);
  },
  noMatch: (text, expected, message) => {
    if (matches(text, expected)) throw new Error(message ?? `did not expect ${String(expected)} in:\n${text}`);
  },
  throws: (body, expected) => {
    let returned: unknown;
    try {
      returned = body();
    } catch (thrown) {
      return expectedError(thrown, expected);
    }
    const hint = returned instanceof Promise ? "it returned a promise: use `rejects`" : "nothing was thrown";
    throw new Error(`expected an error, but ${hint}`);
  },
  rejects: async (body, expected) => {
    try {
      await (typeof body === "function" ? body() : body);
    } catch (thrown) {
      return expectedError(thrown, expected);
    }
    throw new Error("expected a rejected promise, but it was fulfilled");
  },
  unreachable: (message) => {
    throw new Error(message ?? "expected not to come here");
  },
};
