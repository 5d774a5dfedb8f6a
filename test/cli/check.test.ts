/** `check`: exit codes and formats; bad input has a clear error. */
import { FORMATS } from "../../cli/verbs.js";
import { assert, suite } from "../support/harness.js";
import { acme, json, QUICKSTART, UNSOUND } from "./quickstart-place.js";
import { Workplace } from "./support.js";

suite("check", (test) => {
  test("ends with 0 and says what was judged", async () => {
    const place = acme();
    const { code, stdout } = await place.run(["check", "acme"]);
    assert.is(code, 0);
    assert.match(stdout, /^ {2}estate +acme: 2 segments, 2 networks, 1 link$/m);
    assert.match(stdout, /^sound: no findings$/m);
    assert.equal(Object.keys(place.all()), ["acme/main.demarc"]);
    const { output } = await json(place, "check", ["acme"]);
    assert.is(output.ok, true);
    assert.is(output.result.estate.name, "acme");
    assert.ok(output.result.proofs.every((proof: { status: string }) => proof.status === "proved"));
    assert.equal(output.result.targets, [
      { name: "aws", places: ["use1"] },
      { name: "junos", places: ["chi"] },
    ]);
    place.remove();
  });

  test("ends with 1 and a witness where an invariant fails", async () => {
    const place = acme();
    place.put({ "acme/main.demarc": UNSOUND });
    const { code, output } = await json(place, "check", ["acme"]);
    assert.is(code, 1);
    assert.is(output.ok, false);
    assert.not("result" in output);
    const [first] = output.diagnostics;
    assert.is(first.severity, "error");
    assert.is(first.file, "main.demarc");
    assert.is(first.data.witness.destinationPort, 443);
    const pretty = await place.run(["check", "acme"]);
    assert.is(pretty.code, 1);
    assert.match(pretty.stdout, /^acme\/main\.demarc:\d+:\d+: error DMC/m);
    assert.match(pretty.stdout, "not sound: 1 error");
    place.remove();
  });

  test("prints findings in every format, with the same exit code", async () => {
    const place = acme();
    place.put({ "acme/main.demarc": UNSOUND });
    const starts: Readonly<Record<string, RegExp>> = {
      pretty: /^acme\/main\.demarc:/,
      json: /^\{\n {2}"formatVersion": 1,/,
      sarif: /^\{\n {2}"\$schema": /,
      github: /^::error file=acme\/main\.demarc,line=\d+,/,
      junit: /^<\?xml version="1\.0"/,
    };
    for (const format of FORMATS) {
      const { code, stdout } = await place.run(["check", "acme", "--format", format]);
      assert.is(code, 1, format);
      assert.match(stdout, starts[format] ?? /^$/);
    }
    place.remove();
  });

  test("uses colour only on a terminal and never under NO_COLOR", async () => {
    const place = acme();
    assert.match((await place.run(["check", "acme"], { tty: true })).stdout, "\u001b[32msound");
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
      assert.noMatch((await place.run(["check", "acme"], { tty: true, env })).stdout, "\u001b");
    }
    assert.noMatch((await place.run(["check", "acme"])).stdout, "\u001b");
    place.remove();
  });

  test("takes a file of the package, and the working directory", async () => {
    const place = acme();
    assert.is((await place.run(["check", "acme/main.demarc"])).code, 0);
    place.put({ "main.demarc": QUICKSTART });
    assert.is((await place.run(["check"])).code, 0);
    assert.is((await place.run(["check", `${place.root}/acme`])).code, 0);
    place.remove();
  });

  test("ends with 2 where the path or the day is none", async () => {
    const place = acme();
    const missing = await place.run(["check", "acne"]);
    assert.is(missing.code, 2);
    assert.match(missing.stderr, "there is no file or directory `acne`");
    for (const day of ["tomorrow", "2027-02-30", "2027-2-3"]) {
      const { code, stderr } = await place.run(["check", "acme", "--today", day]);
      assert.is(code, 2);
      assert.match(stderr, "`--today` takes a day of the calendar");
    }
    place.remove();
  });

  test("judges dates against --today", async () => {
    const place = acme();
    place.put({ "acme/main.demarc": QUICKSTART.replace("on std.https log", "on std.https log until 2030-06-30") });
    assert.is((await place.run(["check", "acme", "--today", "2030-06-30"])).code, 0);
    assert.is((await place.run(["check", "acme", "--today", "2030-07-01"])).code, 1);
    assert.match((await place.run(["check", "acme", "--today", "2030-06-10"])).stdout, "warning DMC16");
    place.remove();
  });
});

suite("bad input", (test) => {
  const cases: Readonly<Record<string, readonly [files: Readonly<Record<string, string | Uint8Array>>, says: RegExp]>> =
    {
      "a binary file": [
        { "a.demarc": new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]) },
        /DMC0205.*`a\.demarc`/,
      ],
      "UTF-16": [{ "a.demarc": new Uint8Array([0xff, 0xfe, 0x65, 0, 0x64, 0]) }, /DMC0205/],
      "10 MB on one line": [{ "a.demarc": `estate ${"x".repeat(10_000_000)} {` }, /DMC\d{4}/],
      "a hundred thousand closers": [{ "a.demarc": "}".repeat(100_000) }, /DMC01/],
      "a directory without sources": [{ "notes.txt": "" }, /DMC0203/],
      "a directory called like a source": [{ "a.demarc/x.txt": "" }, /DMC0203/],
      "deep nesting": [{ "a.demarc": `group g = ${"(".repeat(50_000)}` }, /DMC01/],
      "an import of itself": [{ "a.demarc": 'import "."\n' }, /DMC02/],
      "a broken demarc.json": [{ "a.demarc": QUICKSTART, "demarc.json": "{" }, /demarc\.json:1:2: error DMC5002/],
      "a broken lock": [
        { "a.demarc": QUICKSTART, "demarc.lock.json": "<<<<<<< ours\n" },
        /demarc\.lock\.json:1:1: error DMC3001/,
      ],
    };
  for (const [name, [files, says]] of Object.entries(cases)) {
    test(
      `has a clear error: ${name}`,
      async () => {
        const place = new Workplace();
        place.put(files);
        for (const verb of ["check", "compile"]) {
          const { code, stdout, stderr } = await place.run([verb]);
          assert.is(code, 1, stderr);
          assert.match(stdout, says);
          assert.ok(stdout.length < 100_000, `${stdout.length} characters`);
        }
        assert.not("out/manifest.json" in place.all());
        place.remove();
      },
      { timeout: 60_000 },
    );
  }

  test("has a clear error: a directory that cannot be read", async () => {
    const place = acme();
    const failure = { failure: "unreadable", detail: "permission denied" } as const;
    const host = { readDirectory: () => failure, readFile: () => failure };
    const { code, stdout } = await place.run(["check", "acme"], { host });
    assert.is(code, 1);
    assert.match(stdout, "error DMC0202: the directory `acme` cannot be read: permission denied");
    assert.match(stdout, "not sound: 1 error");
    place.remove();
  });

  test("takes CRLF and a byte order mark, with the same output", async () => {
    const place = acme();
    place.put({ "crlf/main.demarc": `\ufeff${QUICKSTART.replace(/\n/g, "\r\n")}` });
    assert.is((await place.run(["compile", "acme"])).code, 0);
    assert.is((await place.run(["compile", "crlf"])).code, 0);
    for (const folder of ["aws", "routers", "links"]) {
      assert.equal(place.all(`crlf/out/${folder}`), place.all(`acme/out/${folder}`));
    }
    place.remove();
  });
});
