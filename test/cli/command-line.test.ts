/** The command line as a whole: words, help, exit codes, faults of its own. */
import { FORMATS, VERBS, type Verb } from "../../cli/verbs.js";
import { assert, suite } from "../support/harness.js";
import { Workplace } from "./support.js";

/** A verb that does what the test says. */
function verb(run: () => Promise<number>, more: Partial<Verb> = {}): Verb {
  return { summary: "try something", positionals: [], flags: {}, load: async () => ({ run }), ...more };
}

suite("the command line", (test) => {
  let place: Workplace;
  test.before.each(() => {
    place = new Workplace();
  });
  test.after.each(() => place.remove());

  test("says its version, its usage and the usage of every verb", async () => {
    assert.match((await place.run(["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
    for (const words of [["--help"], ["-h"], ["help"]]) {
      const { code, stdout, stderr } = await place.run(words);
      assert.is(code, 0);
      assert.is(stderr, "");
      for (const name of Object.keys(VERBS)) assert.match(stdout, `\n  ${name} `);
    }
    for (const [name, { flags }] of Object.entries(VERBS)) {
      const { code, stdout } = await place.run([name, "--help"]);
      assert.is(code, 0);
      assert.match(stdout, `usage: demarc ${name}`);
      for (const flag of Object.keys(flags)) assert.match(stdout, `--${flag}`);
      assert.is((await place.run(["help", name])).stdout, stdout);
    }
  });

  test("ends with 2 and a hint where it is used wrongly", async () => {
    const wrong: Readonly<Record<string, readonly string[]>> = {
      "usage: demarc <verb>": [],
      "unknown verb `chek`; did you mean `check`?": ["chek"],
      "unknown verb `frobnicate`; see `demarc --help`": ["frobnicate"],
      "`explain` has no flag `--fromat`; did you mean `--format`?": ["explain", "--fromat", "json"],
      "`--format` does not take `jsn`; did you mean `json`?": ["explain", "--format", "jsn"],
      "`--format` does not take `yaml`; it takes pretty, json": ["explain", "--format=yaml"],
      "`--format` needs a value: FORMAT": ["explain", "--format"],
      "`--format` stands twice": ["explain", "--format", "json", "--format", "json"],
      "`explain` does not take `DMC0102`; see `demarc explain --help`": ["explain", "DMC0101", "DMC0102"],
      "there is no diagnostic `DMC600X`; did you mean `DMC600": ["explain", "DMC600X"],
    };
    for (const [says, words] of Object.entries(wrong)) {
      const { code, stdout, stderr } = await place.run(words);
      assert.is(code, 2, words.join(" "));
      assert.is(stdout, "");
      assert.match(stderr, says);
    }
  });

  test("takes every format that it documents", async () => {
    assert.equal([...FORMATS], ["pretty", "json", "sarif", "github", "junit"]);
  });

  test("ends with 70, one calm paragraph and a report where demarc itself fails", async () => {
    const verbs = {
      break: verb(async () => {
        throw new TypeError("the interval diagram is upside down");
      }),
    };
    const { code, stdout, stderr } = await place.run(["break"], { verbs });
    assert.is(code, 70);
    assert.is(stdout, "");
    assert.noMatch(stderr, "upside down");
    const [, path = ""] = /The details are in (.*)\.\n$/.exec(stderr) ?? [];
    const report = place.get(path.slice(place.root.length + 1));
    assert.match(report, "TypeError: the interval diagram is upside down");
    assert.match(report, "command line: demarc break");
    const again = await place.run(["break"], { verbs });
    assert.notEqual(again.stderr, stderr);
  });

  test("prints the details where they cannot be saved", async () => {
    const { nodeFiles } = await import("../../cli/file-system.js");
    const files = {
      ...nodeFiles,
      writeNew: () => {
        throw Object.assign(new Error("full"), { code: "ENOSPC" });
      },
    };
    const verbs = { break: verb(() => Promise.reject(new Error("upside down"))) };
    const { code, stderr } = await place.run(["break"], { verbs, files });
    assert.is(code, 70);
    assert.match(stderr, "could not be saved");
    assert.match(stderr, "upside down");
  });
});

suite("explain", (test) => {
  let place: Workplace;
  test.before.each(() => {
    place = new Workplace();
  });
  test.after.each(() => place.remove());

  test("takes a code, the digits of one, or a name, in any case", async () => {
    const { code, stdout } = await place.run(["explain", "DMC6001"]);
    assert.is(code, 0);
    assert.match(stdout, "error DMC6001 edited-artefact\n\nA file that demarc wrote");
    for (const word of ["dmc6001", "6001", "edited-artefact", "Edited-Artefact"]) {
      assert.is((await place.run(["explain", word])).stdout, stdout);
    }
  });

  test("lists everything, sorted, and gives JSON", async () => {
    const { stdout } = await place.run(["explain"]);
    const codes = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0] ?? "");
    assert.equal(codes, [...codes].sort());
    assert.is(new Set(codes).size, codes.length);
    const json = JSON.parse((await place.run(["explain", "6001", "--format", "json"])).stdout);
    assert.is(json.command, "explain");
    assert.is(json.result.diagnostics[0].name, "edited-artefact");
  });
});

suite("init", (test) => {
  let place: Workplace;
  test.before.each(() => {
    place = new Workplace();
  });
  test.after.each(() => place.remove());

  test("writes the quickstart and says what to do next", async () => {
    const { code, stdout } = await place.run(["init", "acme"]);
    assert.is(code, 0);
    assert.is(stdout, "wrote 1 file:\n  acme/main.demarc\nnext: `demarc check acme`, then `demarc compile acme`\n");
    assert.match(place.get("acme/main.demarc"), "estate acme");
  });

  test("never writes over a file, nor into a package", async () => {
    for (const path of ["main.demarc", "prod.demarc"]) {
      const other = new Workplace();
      other.put({ [path]: "edition 1\n" });
      const { code, stdout } = await other.run(["init"]);
      assert.is(code, 1);
      assert.match(stdout, `error DMC6009: \`${path}\` is there already`);
      assert.equal(other.all(), { [path]: "edition 1\n" });
      other.remove();
    }
  });

  test("leaves nothing behind where the disk is full", async () => {
    const { nodeFiles } = await import("../../cli/file-system.js");
    const files = {
      ...nodeFiles,
      writeNew: (path: string, bytes: Uint8Array) => {
        nodeFiles.writeNew(path, bytes.slice(0, 10));
        throw Object.assign(new Error("full"), { code: "ENOSPC" });
      },
    };
    const { code, stdout } = await place.run(["init"], { files });
    assert.is(code, 1);
    assert.match(stdout, "DMC6005: `main.demarc` cannot be written: no space is left on the disk");
    assert.equal(place.all(), {});
  });
});

suite("completion", (test) => {
  let place: Workplace;
  test.before.each(() => {
    place = new Workplace();
  });
  test.after.each(() => place.remove());

  test("prints a script, and completes verbs, flags and formats", async () => {
    const script = await place.run(["completion"]);
    assert.is(script.code, 0);
    assert.match(script.stdout, "demarc --get-yargs-completions");
    const verbs = await place.run(["--get-yargs-completions", "demarc", "ex"]);
    assert.match(verbs.stdout, "explain");
    assert.match(verbs.stdout, "export");
    const queries = await place.run(["--get-yargs-completions", "demarc", "query", "--"]);
    assert.match(queries.stdout, "--open-only");
    const flags = await place.run(["--get-yargs-completions", "demarc", "explain", "--"]);
    assert.match(flags.stdout, "--format");
    const since = await place.run(["--get-yargs-completions", "demarc", "check", "--ch"]);
    assert.match(since.stdout, "--changed-since");
  });
});
