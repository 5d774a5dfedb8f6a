/** What the tests rest on besides the harness: assertions, golden files, outside tools, JUnit. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, matchFile, needs, suite } from "../support/harness.js";
import { toJUnit } from "../support/junit.js";
import { findTool } from "../support/needs.js";
import { toFault } from "../support/records.js";

/** Runs with some environment variables set or, where undefined, unset, and puts them back. */
function withEnvironment<T>(values: Readonly<Record<string, string | undefined>>, run: () => T): T {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  try {
    for (const [name, value] of Object.entries(values)) set(name, value);
    return run();
  } finally {
    for (const [name, value] of before) set(name, value);
  }
}

suite("assertions", (test) => {
  test("hold for what is so", async () => {
    assert.is("allow", "allow");
    assert.equal({ ports: [22, 443], open: undefined }, { ports: [22, 443], open: undefined });
    assert.equal(new Map([["web", new Set([1n])]]), new Map([["web", new Set([1n])]]));
    assert.ok(1);
    assert.not(0);
    assert.isNot("a", "b");
    assert.notEqual([1], [2]);
    assert.match("no route to vault", /route/g);
    assert.match("no route to vault", "vault");
    assert.noMatch("no route", "vault");
    const error = assert.throws(() => {
      throw new TypeError("no such segment");
    }, "segment");
    assert.is(error.name, "TypeError");
    await assert.rejects(Promise.reject(new Error("no such segment")), /^no/);
    await assert.rejects(async () => {
      throw new Error("no such segment");
    });
  });

  test("fail for what is not so", async () => {
    const wrong: readonly (() => void)[] = [
      () => assert.is<unknown>("1", 1),
      () => assert.is("a\n", "a\r\n"),
      () => assert.equal<unknown>({ open: undefined }, {}),
      () => assert.equal<unknown>([1, 2], [2, 1]),
      () => assert.equal(new Set([1]), new Set([2])),
      () => assert.ok(""),
      () => assert.not("x"),
      () => assert.isNot(1, 1),
      () => assert.notEqual([1], [1]),
      () => assert.match("abc", "d"),
      () => assert.match("abc", /^b/),
      () => assert.noMatch("abc", "b"),
      () => assert.throws(() => 1),
      () => assert.throws(async () => Promise.resolve()),
      () =>
        assert.throws(() => {
          throw new Error("one thing");
        }, "another"),
      () =>
        assert.throws(() => {
          throw "a bare string";
        }),
      () => assert.unreachable(),
    ];
    wrong.forEach((claim, index) => {
      let held = true;
      try {
        claim();
      } catch (thrown) {
        held = false;
        if (!(thrown instanceof Error)) throw new Error(`claim ${index} threw no Error`);
      }
      if (held) throw new Error(`claim ${index} held`);
    });
    await assert.rejects(() => assert.rejects(Promise.resolve()), "fulfilled");
    await assert.rejects(() => assert.rejects(Promise.reject("a bare string")), "bare string");
  });
});

suite("golden files", (test) => {
  let folder = "";
  test.before(() => {
    folder = mkdtempSync(join(tmpdir(), "demarc-golden-"));
  });
  test.after(() => rmSync(folder, { recursive: true }));

  test("match byte for byte and show the difference", () => {
    const path = join(folder, "filter.txt");
    writeFileSync(path, "term web\nterm ssh\n");
    withEnvironment({ DEMARC_UPDATE: undefined }, () => {
      matchFile(path, "term web\nterm ssh\n");
      const error = assert.throws(() => matchFile(path, "term web\nterm dns\n"));
      assert.match(error.message, "-term ssh\n+term dns\n");
      const ending = assert.throws(() => matchFile(path, "term web\r\nterm ssh\n"));
      assert.match(ending.message, "+term web\\r\n");
      assert.throws(() => matchFile(path, "term web\nterm ssh"), "No newline at end of file");
    });
  });

  test("are not there by themselves", () => {
    const path = join(folder, "absent.txt");
    withEnvironment({ DEMARC_UPDATE: undefined, CI: undefined }, () => {
      assert.throws(() => matchFile(path, ""), "does not exist");
    });
    assert.not(existsSync(path));
  });

  test("are written when asked, and never in CI", () => {
    const path = join(folder, "deep", "routes.txt");
    withEnvironment({ DEMARC_UPDATE: "1", CI: "true" }, () => {
      assert.throws(() => matchFile(path, "10.0.0.0/8\n"), "does not exist");
    });
    withEnvironment({ DEMARC_UPDATE: "1", CI: undefined }, () => matchFile(path, "10.0.0.0/8\n"));
    assert.is(readFileSync(path, "utf8"), "10.0.0.0/8\n");
    withEnvironment({ DEMARC_UPDATE: "1", CI: "true" }, () => {
      assert.throws(() => matchFile(path, "10.0.0.0/9\n"), "differs");
    });
    assert.is(readFileSync(path, "utf8"), "10.0.0.0/8\n");
  });
});

suite("outside tools", (test) => {
  test("are skipped by name when absent, and run when present", () => {
    const folder = mkdtempSync(join(tmpdir(), "demarc-tools-"));
    try {
      const tool = join(folder, "planner");
      writeFileSync(tool, "#!/bin/sh\n");
      withEnvironment({ PATH: folder }, () => {
        assert.is(findTool("planner"), undefined, "a file that cannot be executed is no tool");
        chmodSync(tool, 0o755);
        assert.is(findTool("planner"), tool);
        assert.equal(needs("planner"), {});
        assert.equal(
          needs("planner", () => undefined),
          {},
        );
        assert.equal(
          needs("planner", () => "the plug-in of acme"),
          { skip: "needs the plug-in of acme" },
        );
        assert.equal(needs("terraform"), { skip: "needs `terraform`, which is not installed" });
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

suite("faults", (test) => {
  test("are made of anything thrown", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    const bare: { self?: unknown } = Object.create(null);
    bare.self = bare;
    for (const thrown of ["text", 7, null, undefined, { a: 1 }, 5n, Symbol("s"), loop, () => 1, bare]) {
      assert.match(toFault(thrown).message, "thrown without an Error: ");
    }
    assert.is(toFault(new RangeError("too far")).message, "RangeError: too far");
    assert.is(toFault(new Error("")).message, "an Error without a message");
  });

  test("are escaped in JUnit", () => {
    const xml = toJUnit([
      {
        file: "test/a.test.ts",
        suite: 'a "quoted" <suite>',
        test: "a & b",
        outcome: "failed",
        milliseconds: 1234,
        faults: [{ message: "bell \u0007, half a pair \ud800, emoji \u{1f600}", stack: [] }],
      },
    ]);
    assert.match(xml, 'classname="test/a.test.ts a &quot;quoted&quot; &lt;suite&gt;" name="a &amp; b" time="1.234"');
    assert.match(xml, '<failure message="bell \ufffd, half a pair \ufffd, emoji \u{1f600}">');
  });
});
