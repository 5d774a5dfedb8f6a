/** Every way in which a test run could be falsely green, run in a process of its own, must show red. */
import { type ExecFileException, execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { assert, suite } from "../support/harness.js";
import { runProcess } from "../support/process.js";
import { summary, type TestResult } from "../support/records.js";

interface Ended {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

function node(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error: ExecFileException | null, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? "?"), stdout, stderr });
    });
  });
}

function runner(...args: readonly string[]): Promise<Ended> {
  return node("--import", "tsx", "test/support/run.ts", ...args);
}

function trap(name: string): string {
  return `test/meta/traps/${name}.trap.ts`;
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

/** Traps that end as failed tests of a living process, with what one of their faults must say, and the verdict. */
const FAILING: Readonly<Record<string, readonly [says: string, verdict: string]>> = {
  "throws-error": ["the price is wrong", "0 passed, 1 failed"],
  "throws-string": ["thrown without an Error: `the price is wrong`", "1 passed, 1 failed"],
  "throws-undefined": ["thrown without an Error: undefined", "0 passed, 1 failed"],
  "rejects-object": ["thrown without an Error: { price: 'wrong' }", "0 passed, 1 failed"],
  "before-fails": ["before hook: thrown without an Error: `no till`", "0 passed, 1 failed"],
  "after-fails": ["after hook: the till stays open", "1 passed, 1 failed"],
  "before-each-fails": ["before.each hook: no customer", "0 passed, 1 failed"],
  "after-each-fails": ["after.each hook: thrown without an Error: { customer: 'still here' }", "0 passed, 1 failed"],
  "hook-hangs": ["before.each hook: did not finish within 50 ms", "0 passed, 1 failed"],
  hangs: ["did not finish within 50 ms", "1 passed, 1 failed"],
  "no-test": ["suite `an empty suite` declares no test", "0 passed, 1 failed"],
  "no-suite": ["the file declares no suite", "0 passed, 1 failed"],
  "late-test": ["was declared after the suite's body ended", "0 passed, 1 failed"],
  "same-name": ["two tests of `a suite` are called `has a name`", "0 passed, 1 failed"],
  "stray-rejection": ["nobody listens", "0 passed, 1 failed"],
  unloadable: ["the file cannot be loaded: thrown without an Error", "1 passed, 1 failed"],
};

/** Traps that spoil their whole process, and so have one each. */
const SPOILING: typeof FAILING = {
  "never-runs": ["only 2 of 3 declared tests finished", "2 passed, 1 failed"],
  "body-throws": ["only 1 of 2 declared tests finished", "1 passed, 1 failed"],
  "async-body": ["must not be asynchronous", "0 passed, 2 failed"],
  "exits-early": ["the test process died before its tests were done", "0 passed, 1 failed"],
  "exits-while-loading": ["the test process died before its tests were done", "0 passed, 1 failed"],
  killed: ["signal SIGKILL", "0 passed, 1 failed"],
  spins: ["the test process hung and was killed", "0 passed, 1 failed"],
};

/** Traps run as a file by itself, where only the exit code speaks. */
const BY_ITSELF = [
  "throws-string",
  "before-fails",
  "after-fails",
  "after-each-fails",
  "hangs",
  "no-test",
  "no-suite",
  "never-runs",
  "body-throws",
  "stray-rejection",
  "exits-early",
  "exits-while-loading",
  "unloadable",
];

/** Milliseconds beyond its timeout that a test may hold its process here. */
const GRACE = 500;

function checkTrap(results: readonly TestResult[], [says, verdict]: readonly [string, string]): void {
  const faults = results.flatMap((result) => result.faults).map((fault) => fault.message);
  assert.match(faults.join("\n"), says);
  assert.is(summary(results), verdict);
}

suite("the harness in a process of the runner", (test) => {
  let together: readonly TestResult[] = [];
  test.before(async () => {
    together = (await runProcess("traps", Object.keys(FAILING).map(trap))).results;
  });
  for (const [name, expected] of Object.entries(FAILING)) {
    test(`shows red: ${name}`, () => {
      checkTrap(
        together.filter(({ file }) => file === trap(name)),
        expected,
      );
    });
  }
  test("adds no failure of its own to theirs", () => {
    const files = new Set(together.map(({ file }) => file));
    assert.equal([...files].sort(), Object.keys(FAILING).map(trap).sort());
  });
  for (const [name, expected] of Object.entries(SPOILING)) {
    test(`shows red: ${name}`, async () => {
      checkTrap((await runProcess(name, [trap(name)], GRACE)).results, expected);
    });
  }
});

suite("the runner", (test) => {
  test("shows green for a sound suite, with the skipped test in sight", async () => {
    const ended = await runner(trap("green"));
    assert.match(
      ended.stdout,
      "skipped: test/meta/traps/green.trap.ts > a sound suite > is left out: its tool is absent",
    );
    assert.is(lastLine(ended.stdout), "2 passed, 0 failed, 1 skipped");
    assert.is(ended.code, 0);
  });

  test("fails when all it finds is skipped", async () => {
    const ended = await runner(trap("all-skipped"));
    assert.match(ended.stdout, "no test ran");
    assert.is(lastLine(ended.stdout), "0 passed, 0 failed, 1 skipped");
    assert.is(ended.code, 1);
  });

  test("fails on a filter that fits nothing", async () => {
    const ended = await runner(trap("green"), "no-such-folder");
    assert.match(ended.stdout, "no test file fits `no-such-folder`");
    assert.is(ended.code, 1);
  });

  test("writes JUnit", async () => {
    const folder = mkdtempSync(join(tmpdir(), "demarc-junit-"));
    try {
      const file = join(folder, "reports", "junit.xml");
      await runner(trap("green"), trap("throws-string"), "--junit", file);
      const xml = readFileSync(file, "utf8");
      assert.match(xml, /<testsuites tests="5" failures="1" skipped="1" time="[0-9.]+">/);
      assert.match(xml, '<failure message="thrown without an Error: `the price is wrong`">');
      assert.match(xml, '<skipped message="its tool is absent"/>');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

suite("the harness in a file run by itself", (test) => {
  let folder = "";
  const alone = (name: string): Promise<Ended> => node(join(folder, `${name}.trap.mjs`));
  test.before(async () => {
    folder = mkdtempSync(join(tmpdir(), "demarc-traps-"));
    // Bundled once, because a process that must first translate TypeScript takes several times as long.
    await build({
      entryPoints: [...BY_ITSELF, "green"].map(trap),
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20.19",
      logLevel: "warning",
    });
  });
  test.after(() => rmSync(folder, { recursive: true }));

  for (const name of BY_ITSELF) {
    test(`shows red: ${name}`, async () => {
      const ended = await alone(name);
      assert.is(ended.code, 1, `exit code ${ended.code}, and it said:\n${ended.stdout}${ended.stderr}`);
      assert.match(ended.stdout + ended.stderr, /failed|declared tests finished/);
    });
  }

  test("shows green for a sound suite", async () => {
    const ended = await alone("green");
    assert.is(ended.code, 0, `${ended.stdout}${ended.stderr}`);
    assert.match(ended.stdout, "3 of 3 tests finished, 0 failed");
  });

  test("needs no bundling", async () => {
    assert.is((await node("--import", "tsx", trap("green"))).code, 0);
    assert.is((await node("--import", "tsx", trap("throws-string"))).code, 1);
  });
});
