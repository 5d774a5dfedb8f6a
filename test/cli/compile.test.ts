/** `compile`: what is written, when, and that nothing is lost. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { validationSchema } from "../../compiler/json/schemas.js";
import { assert, suite } from "../support/harness.js";
import { acme, json, QUICKSTART, UNSOUND } from "./quickstart-place.js";
import { faultsBy, Workplace } from "./support.js";

suite("compile", (test) => {
  test("writes every file with its digest, the lock, and says so", async () => {
    const place = acme();
    const { code, stdout } = await place.run(["compile", "acme", "-o", "build"]);
    assert.is(code, 0);
    assert.match(stdout, /^ {2}files .* \d+ in build: \d+ new, 0 changed, 0 as before$/m);
    assert.match(stdout, /^compiled: no findings$/m);
    assert.match(place.get("acme/demarc.lock.json"), '"lockVersion": 1');
    const files = JSON.parse(place.get("build/manifest.json")).files.map((file: { path: string }) => file.path);
    assert.equal([...files, "manifest.json"].sort(), Object.keys(place.all("build")));
    for (const path of ["provenance.json", "report/report.json", "links/dx/hand-off.md"]) {
      assert.ok(files.includes(path), path);
    }
    place.remove();
  });

  test("gives the same bytes again, anywhere, on any day, in any order of files", async () => {
    const place = acme();
    const start = /\n(?=\/\/\/|(?:cloud|router|network|policy|never)\b)(?<!\/\/\/.*\n)/;
    const [head = "", ...items] = QUICKSTART.split(start);
    place.put({ "split/z.demarc": head, "split/deep/ignored.txt": "" });
    items.forEach((item, index) => {
      place.put({ [`split/part-${items.length - index}.demarc`]: `${item}\n` });
    });
    assert.is((await place.run(["compile", "acme", "--today", "2027-01-01"])).code, 0);
    const first = place.all("acme/out");
    place.put({ "copy/main.demarc": QUICKSTART });
    assert.is((await place.run(["compile", "copy", "--today", "2029-12-31"])).code, 0);
    assert.equal(place.all("copy/out"), first);
    const split = await place.run(["compile", "split"]);
    assert.is(split.code, 0, split.stdout);
    for (const folder of ["aws", "routers", "links"]) {
      assert.equal(place.all(`split/out/${folder}`), place.all(`acme/out/${folder}`));
    }
    assert.is(place.get("split/demarc.lock.json"), place.get("acme/demarc.lock.json"));
    place.remove();
  });

  test("lists the files in JSON, new, then the same", async () => {
    const place = acme();
    const first = await json(place, "compile", ["acme"]);
    assert.is(first.code, 0);
    assert.is(first.output.result.written, true);
    assert.is(first.output.result.output, "acme/out");
    assert.is(first.output.result.lock.changed, true);
    const again = await json(place, "compile", ["acme"]);
    const states = again.output.result.files.map((file: { state: string }) => file.state);
    assert.equal([...new Set(states)], ["same"]);
    assert.is(again.output.result.lock.changed, false);
    place.remove();
  });

  test("writes nothing where there is an error, and leaves the old output", async () => {
    const place = acme();
    await place.run(["compile", "acme"]);
    const before = place.all("acme/out");
    place.put({ "acme/main.demarc": UNSOUND });
    const { code, output } = await json(place, "compile", ["acme"]);
    assert.is(code, 1);
    assert.not("result" in output);
    assert.equal(place.all("acme/out"), before);
    place.remove();
  });

  test("says what was read back, on screen and in the report, by its schema and without times", async () => {
    const place = acme();
    const { stdout } = await place.run(["compile", "acme"]);
    const read = /^ {2}read back +(\d+ files of 2 targets: \d+ filters, \d+ tables: as meant)$/m;
    const [, said = "absent"] = read.exec(stdout) ?? [];
    assert.match(place.get("acme/out/report/report.md"), `Read back ${said}.`);
    const text = place.get("acme/out/report/validation.json");
    const output = JSON.parse(text);
    assert.equal(faultsBy(validationSchema(), output), []);
    assert.is(output.proved, true);
    assert.equal(output.targets[0], { target: "aws", files: 8, filters: 10, tables: 5, sessions: 1 });
    assert.equal([output.differences, output.kept, output.unread], [[], [], []]);
    assert.ok(output.axioms.some((one: { id: string }) => one.id === "workload-group"));
    await place.run(["compile", "acme", "--today", "2027-02-20"]);
    assert.is(place.get("acme/out/report/validation.json"), text);
    await place.run(["compile", "acme", "--target", "aws"]);
    const part = JSON.parse(place.get("acme/out/report/validation.json"));
    assert.equal([part.read, part.kept], [["aws"], ["junos"]]);
    place.remove();
  });

  test("shows what would change, grouped by place, and writes nothing", async () => {
    const place = acme();
    await place.run(["compile", "acme"]);
    const before = place.all();
    place.put({ "acme/main.demarc": QUICKSTART.replaceAll("tcp/5432", "tcp/3306") });
    const { code, stdout } = await place.run(["compile", "acme", "--diff"]);
    assert.is(code, 0);
    assert.match(stdout, /^aws\/111122223333: 1 file$/m);
    for (const path of ["manifest.json", "provenance.json", "report/report.json", "report/report.md"]) {
      assert.ok(stdout.split("\n").includes(`${path} would change`), path);
      assert.noMatch(stdout, `+++ b/${path}`);
    }
    assert.ok(stdout.indexOf("aws/111122223333: ") < stdout.indexOf("manifest.json would change"));
    assert.match(stdout, /^-.*"from_port": 5432,$/m);
    assert.match(stdout, /^\+.*"from_port": 3306,$/m);
    assert.match(stdout, /files would change; nothing was written\n$/);
    assert.equal({ ...place.all(), "acme/main.demarc": QUICKSTART }, before);
    const { output } = await json(place, "compile", ["acme", "--diff"]);
    assert.is(output.result.written, false);
    const shown = output.result.files.filter((file: { diff?: string }) => file.diff?.includes("@@"));
    assert.ok(shown.length > 0);
    assert.equal(
      shown.filter((file: { path: string }) => /^(?:manifest|provenance|report)\b/.test(file.path)),
      [],
    );
    place.remove();
  });

  test("shows one line for each derived file where only a blank line came in", async () => {
    const place = acme();
    await place.run(["compile", "acme"]);
    place.put({ "acme/main.demarc": QUICKSTART.replace("\nestate", "\n\nestate") });
    const { stdout } = await place.run(["compile", "acme", "--diff"]);
    assert.match(stdout, /^provenance\.json would change$/m);
    assert.noMatch(stdout, "@@");
    assert.ok(stdout.split("\n").length < 12, stdout);
    place.remove();
  });

  test("tells remarks by kind, and in full what is not served, on screen and in both reports", async () => {
    const place = acme();
    const said = /^ {2}not served +`(shop-[0-9a-f]{8})`: (.*)$/m;
    for (const [verb, where] of [
      ["check", "a compile lists them in report/report.json"],
      ["compile", "acme/out/report/report.json"],
    ] as const) {
      const { code, stdout } = await place.run([verb, "acme"]);
      assert.is(code, 0, stdout);
      assert.match(stdout, new RegExp(`^ {2}remarks +1 not-served, \\d+ residual-exposure: ${where}$`, "m"));
      assert.match(stdout, said);
    }
    const [, subject = "absent", text = "absent"] = said.exec((await place.run(["check", "acme"])).stdout) ?? [];
    const report = JSON.parse(place.get("acme/out/report/report.json"));
    assert.equal(
      report.notServed.map((one: { subject: string; text: string }) => [one.subject, one.text]),
      [[subject, text]],
    );
    const lines = place.get("acme/out/report/report.md").split("\n");
    assert.is(lines.filter((line) => line.endsWith(`: ${text}`)).length, 1);
    for (const line of ["# Report of `acme`", "## Proofs", "## Remarks: residual-exposure"]) {
      assert.ok(lines.includes(line), line);
    }
    place.remove();
  });

  test("compiles chosen targets only, and leaves the files of the others", async () => {
    const place = acme();
    await place.run(["compile", "acme"]);
    const before = place.all("acme/out");
    place.put({
      "acme/main.demarc": QUICKSTART.replaceAll("tcp/5432", "tcp/3306").replace("vlan      = 110", "vlan      = 111"),
    });
    assert.is((await place.run(["compile", "acme", "--target", "aws"])).code, 0);
    const after = place.all("acme/out");
    assert.is(after["routers/chi/junos.set"], before["routers/chi/junos.set"]);
    assert.notEqual(
      after["aws/111122223333/security-groups.tf.json"],
      before["aws/111122223333/security-groups.tf.json"],
    );
    const targets = (text: string | undefined): readonly string[] => [
      ...new Set<string>(JSON.parse(text ?? "").entries.map((entry: { target: string }) => entry.target)),
    ];
    assert.equal(targets(after["provenance.json"]), ["aws", "junos"]);
    assert.equal(Object.keys(JSON.parse(after["report/report.json"] ?? "").targets), ["aws", "junos"]);
    const listed = (text: string | undefined): readonly string[] =>
      JSON.parse(text ?? "").files.map((file: { path: string }) => file.path);
    assert.equal(listed(after["manifest.json"]), listed(before["manifest.json"]));
    assert.is((await place.run(["compile", "acme"])).code, 0);
    assert.notEqual(place.all("acme/out")["routers/chi/junos.set"], before["routers/chi/junos.set"]);
    place.remove();
  });

  test("fails at the provider that no target serves, unless others are chosen", async () => {
    const place = acme();
    const ash = "\nrouter ash { os = iosxr  loopback = 192.0.2.2 }\nlink core between chi and ash { kind = mpls }\n";
    place.put({ "acme/main.demarc": `${QUICKSTART}${ash}` });
    const check = await json(place, "check", ["acme"]);
    assert.is(check.code, 0);
    assert.equal(check.output.result.notServed, [{ place: "ash", platform: "iosxr" }]);
    const all = await place.run(["compile", "acme"]);
    assert.is(all.code, 1);
    assert.match(all.stdout, "error DMC6010: no target of this version serves `ash`: `iosxr` is not compiled yet");
    assert.match(all.stdout, `${" ".repeat(13)}^^^^^`);
    assert.is((await place.run(["compile", "acme", "--target", "junos", "--target", "aws"])).code, 0);
    place.remove();
  });

  test("never writes an output of nothing", async () => {
    const place = new Workplace();
    place.put({
      "acme/main.demarc": [
        "estate acme { asn = 64520 }",
        "segment prod {}",
        'cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601 }',
        "network shop in prod at use1 { cidr = 10.20.0.0/16  subnet web { cidr = 10.20.1.0/24 } }",
        "policy shop { allow shop.web -> shop.web on std.https }",
        "",
      ].join("\n"),
    });
    const { code, output } = await json(place, "compile", ["acme", "--target", "junos"]);
    assert.is(code, 1);
    const ours = output.diagnostics.filter((one: { code: string }) => !one.code.startsWith("guard/"));
    assert.equal(
      ours.map((one: Record<string, unknown>) => [one.code, one.message, one.help]),
      [
        [
          "DMC6012",
          "no place of this estate is served by `junos`",
          "choose a target that serves one of its places, or declare a cloud or a router of ours",
        ],
      ],
    );
    assert.equal(Object.keys(place.all()), ["acme/main.demarc"]);
    place.remove();
  });

  test("says what of an earlier output cannot be read, and replaces nothing", async () => {
    const place = acme();
    await place.run(["compile", "acme"]);
    rmSync(join(place.root, "acme/out/routers/chi/junos.set"));
    place.put({ "acme/out/routers/chi/junos.set/notes.txt": "ours\n" });
    const before = place.all();
    const { code, output } = await json(place, "compile", ["acme"]);
    assert.is(code, 1);
    assert.equal(
      output.diagnostics.map((one: Record<string, unknown>) => [one.code, one.message, one.help]),
      [
        [
          "DMC6006",
          "`routers/chi/junos.set` cannot be read: something other than a file is there",
          "demarc reads what is there before it replaces anything; make it readable",
        ],
      ],
    );
    assert.equal(place.all(), before);
    place.remove();
  });

  test("ends with 2 for a target that is none, or none yet", async () => {
    const place = acme();
    assert.match((await place.run(["compile", "acme", "--target", "gcp"])).stderr, "does not compile for `gcp` yet");
    const { code, stderr } = await place.run(["compile", "acme", "--target", "junoss"]);
    assert.is(code, 2);
    assert.match(stderr, "there is no target `junoss`; did you mean `junos`?");
    place.remove();
  });

  test("fails with a frozen lock that would change, and only then", async () => {
    const place = acme();
    const fresh = await place.run(["compile", "acme", "--frozen-lock"]);
    assert.is(fresh.code, 1);
    assert.match(fresh.stdout, "DMC3003");
    assert.equal(Object.keys(place.all()), ["acme/main.demarc"]);
    await place.run(["compile", "acme"]);
    assert.is((await place.run(["compile", "acme", "--frozen-lock"])).code, 0);
    place.remove();
  });

  test("keeps numbers when something is added, and drops unused ones only when asked", async () => {
    const place = acme();
    await place.run(["compile", "acme"]);
    const before = place.get("acme/demarc.lock.json");
    place.put({ "acme/extra.demarc": "segment audit {}\n" });
    await place.run(["compile", "acme"]);
    const more = JSON.parse(place.get("acme/demarc.lock.json")).pools.segment;
    assert.equal({ ...JSON.parse(before).pools.segment, audit: more.audit }, more);
    place.put({ "acme/extra.demarc": "" });
    await place.run(["compile", "acme"]);
    assert.ok("audit" in JSON.parse(place.get("acme/demarc.lock.json")).pools.segment);
    await place.run(["compile", "acme", "--prune-lock"]);
    assert.is(place.get("acme/demarc.lock.json"), before);
    place.remove();
  });

  test("refuses a folder that somebody made, and an edited artefact, and loses neither", async () => {
    const place = acme();
    place.put({ "acme/out/main.tf": 'resource "aws_vpc" "mine" {}\n' });
    const foreign = await place.run(["compile", "acme"]);
    assert.is(foreign.code, 1);
    assert.match(foreign.stdout, "DMC6002: the output directory `acme/out` holds files and no manifest of demarc");
    assert.equal(Object.keys(place.all()), ["acme/main.demarc", "acme/out/main.tf"]);
    assert.is((await place.run(["compile", "acme", "--force"])).code, 0);
    assert.match(place.get("acme/out/main.tf"), "mine");
    place.put({ "acme/out/routers/chi/junos.set": "set system host-name chi\n" });
    place.put({ "acme/main.demarc": QUICKSTART.replace("vlan      = 110", "vlan      = 111") });
    const edited = await place.run(["compile", "acme"]);
    assert.is(edited.code, 1);
    assert.match(edited.stdout, "DMC6001: `routers/chi/junos.set` was edited after demarc wrote it");
    assert.is(place.get("acme/out/routers/chi/junos.set"), "set system host-name chi\n");
    place.remove();
  });

  test("survives a full disk", async () => {
    const { nodeFiles } = await import("../../cli/file-system.js");
    const place = acme();
    await place.run(["compile", "acme"]);
    const before = place.all();
    place.put({ "acme/main.demarc": QUICKSTART.replaceAll("tcp/5432", "tcp/3306") });
    let written = 0;
    const files = {
      ...nodeFiles,
      writeNew: (path: string, bytes: Uint8Array) => {
        if (++written > 2) throw Object.assign(new Error("full"), { code: "ENOSPC" });
        nodeFiles.writeNew(path, bytes);
      },
    };
    const { code, stdout } = await place.run(["compile", "acme"], { files });
    assert.is(code, 1);
    assert.match(stdout, /DMC6005: .* cannot be written: no space is left on the disk/);
    assert.match(stdout, "nothing written: 1 error");
    assert.equal({ ...place.all(), "acme/main.demarc": QUICKSTART }, before);
    place.remove();
  });

  test("says what may not be written", async () => {
    const { nodeFiles } = await import("../../cli/file-system.js");
    const place = acme();
    const files = {
      ...nodeFiles,
      makeDirectory: () => {
        throw Object.assign(new Error("denied"), { code: "EACCES" });
      },
    };
    const { code, stdout } = await place.run(["compile", "acme"], { files });
    assert.is(code, 1);
    assert.match(stdout, "DMC6005: `acme/out` cannot be written: permission denied");
    assert.equal(Object.keys(place.all()), ["acme/main.demarc"]);
    place.remove();
  });

  test("refuses to write among the sources", async () => {
    const place = acme();
    for (const out of ["acme", "."]) {
      const { code, stdout } = await place.run(["compile", "acme", "-o", out, "--force"]);
      assert.is(code, 1);
      assert.match(stdout, `DMC6013: the output directory \`${out}\` holds the sources themselves`);
    }
    place.put({ "acme/demarc.json": '{ "out": "build" }' });
    assert.is((await place.run(["compile", "acme"])).code, 0);
    assert.ok("manifest.json" in place.all("acme/build"));
    place.remove();
  });

  test("writes outside the package only where the command says so", async () => {
    const place = acme();
    place.put({ "acme/demarc.json": '{ "out": "../build" }' });
    for (const verb of ["check", "compile"]) {
      const { code, stdout } = await place.run([verb, "acme"]);
      assert.is(code, 1);
      assert.match(stdout, "DMC5009: `out` must name a folder inside the package, and `../build` does not");
    }
    assert.equal(Object.keys(place.all()), ["acme/demarc.json", "acme/main.demarc"]);
    place.put({ "acme/demarc.json": "{}" });
    assert.is((await place.run(["compile", "acme", "-o", "build"])).code, 0);
    assert.ok("manifest.json" in place.all("build"));
    place.remove();
  });
});
