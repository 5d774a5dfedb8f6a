/** Writing output where somebody has laid a trap, where something else is, and where another compile is at work. */
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { nodeFiles } from "../../cli/file-system.js";
import { STAGING } from "../../compiler/emit.js";
import { assert, suite } from "../support/harness.js";
import { acme } from "./quickstart-place.js";
import type { Ended, Workplace } from "./support.js";

const CHI = "routers/chi/junos.set";

/** What a compile of `acme` says of the findings with a code, once. */
function finding({ code, stdout }: Ended): string {
  assert.is(code, 1, stdout);
  return /^error (DMC\d{4}: .*)$/m.exec(stdout)?.[1] ?? stdout;
}

/** A process that has ended, and the number it had. */
function deadProcess(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

function stage(place: Workplace, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) place.put({ [`acme/out/${STAGING}/${name}`]: text });
}

suite("the journal of a write", (test) => {
  test("is followed nowhere but inside the output directory", async () => {
    const place = acme();
    place.put({ "precious.txt": "keep\n", "elsewhere/x": "keep\n" });
    await place.run(["compile", "acme"]);
    symlinkSync("../../elsewhere", join(place.root, "acme/out/odd"));
    const precious = join(place.root, "precious.txt");
    const entry = { isWritten: true, wasThere: false };
    const journals = [
      [{ path: "../../precious.txt", ...entry }],
      [{ path: precious, ...entry }],
      [{ path: "a/../../../precious.txt", ...entry }],
      [{ path: "odd/x", ...entry }],
      [{ path: `${STAGING}/${"0.old"}`, ...entry }],
      [{ path: "manifest.json", ...entry, goal: precious }],
      [{ path: "precious.txt", goal: precious, staged: "gone", old: precious }],
      [
        { path: "manifest.json", ...entry },
        { path: "../../precious.txt", ...entry },
      ],
      { path: "../../precious.txt" },
    ];
    for (const journal of journals) {
      stage(place, { "journal.json": JSON.stringify(journal), "0.old": "evil\n", "1.old": "evil\n" });
      const before = place.all();
      const said = finding(await place.run(["compile", "acme"]));
      assert.match(said, `DMC6015: \`acme/out/${STAGING}\` is not what a compile leaves behind: its journal `);
      assert.equal(place.all(), before, JSON.stringify(journal));
    }
    rmSync(join(place.root, "acme/out", STAGING), { recursive: true });
    rmSync(join(place.root, "acme/out/odd"));
    assert.is((await place.run(["compile", "acme"])).code, 0);
    place.remove();
  });

  test("brings no link into the output, and is no link itself", async () => {
    const place = acme();
    place.put({ "precious.txt": "[]", "trap/journal.json": "[]" });
    await place.run(["compile", "acme"]);
    const staging = join(place.root, "acme/out", STAGING);
    const copied = [{ path: CHI, isWritten: true, wasThere: true }];
    stage(place, { "journal.json": JSON.stringify(copied) });
    symlinkSync("../../../precious.txt", join(staging, "0.old"));
    assert.match(finding(await place.run(["compile", "acme"])), `its copy of \`${CHI}\` is not a file`);
    rmSync(join(staging, "journal.json"));
    symlinkSync("../../../precious.txt", join(staging, "journal.json"));
    assert.match(finding(await place.run(["compile", "acme"])), "leaves behind: its journal is not a file");
    rmSync(staging, { recursive: true });
    symlinkSync("../../trap", staging);
    assert.match(finding(await place.run(["compile", "acme"])), "leaves behind: it is a link");
    rmSync(staging);
    writeFileSync(staging, "");
    assert.match(finding(await place.run(["compile", "acme"])), "leaves behind: it is a file");
    assert.is(place.get("precious.txt"), "[]");
    assert.is(place.get("trap/journal.json"), "[]");
    place.remove();
  });

  test("puts back what a killed process had replaced, and its lock", async () => {
    const place = acme();
    await place.run(["compile", "acme"]);
    const before = place.all();
    const lock = "acme/demarc.lock.json";
    place.put({ [`acme/out/${CHI}`]: "half\n", "acme/out/new.txt": "half\n", [lock]: `${before[lock]}\n` });
    place.put({ [`${lock}.demarc-old`]: before[lock] ?? "" });
    const entries = [
      { isWritten: true, wasThere: true },
      { path: CHI, isWritten: true, wasThere: true },
      { path: "new.txt", isWritten: true, wasThere: false },
    ];
    stage(place, {
      "owner-0.json": JSON.stringify({ pid: deadProcess(), host: hostname() }),
      "journal.json": JSON.stringify(entries),
      "1.old": before[`acme/out/${CHI}`] ?? "",
    });
    // This run has read the lock before it is put back.
    assert.match(finding(await place.run(["compile", "acme"])), "DMC6019: `demarc.lock.json` has changed");
    assert.equal(place.all(), before);
    const { code, stdout } = await place.run(["compile", "acme"]);
    assert.is(code, 0, stdout);
    assert.equal(place.all(), before);
    place.remove();
  });
});

suite("links in the output directory", (test) => {
  test("are not written or removed through", async () => {
    const place = acme();
    await place.run(["compile", "acme"]);
    const folder = join(place.root, "acme/out/routers/chi");
    mkdirSync(join(place.root, "elsewhere"));
    nodeFiles.rename(folder, join(place.root, "elsewhere/chi"));
    symlinkSync("../../../elsewhere/chi", folder);
    place.put({ "acme/main.demarc": place.get("acme/main.demarc").replace("vlan      = 110", "vlan      = 111") });
    const before = place.all();
    const said = finding(await place.run(["compile", "acme"]));
    assert.is(
      said,
      "DMC6016: `routers/chi` in the output directory `acme/out` is a link, and demarc writes through none",
    );
    assert.equal(place.all(), before);
    assert.is(readlinkSync(folder), "../../../elsewhere/chi");
    place.remove();
  });

  test("are replaced where they are files, and followed where the user names one", async () => {
    const place = acme();
    await place.run(["compile", "acme"]);
    const file = join(place.root, "acme/out", CHI);
    const text = readFileSync(file, "utf8");
    place.put({ "elsewhere.set": text });
    rmSync(file);
    symlinkSync("../../../../elsewhere.set", file);
    place.put({ "acme/main.demarc": place.get("acme/main.demarc").replace("vlan      = 110", "vlan      = 111") });
    assert.is((await place.run(["compile", "acme"])).code, 0);
    assert.ok(lstatSync(file).isFile());
    assert.is(place.get("elsewhere.set"), text);
    mkdirSync(join(place.root, "real"));
    symlinkSync("real", join(place.root, "link"));
    assert.is((await place.run(["compile", "acme", "-o", "link"])).code, 0);
    assert.ok(existsSync(join(place.root, "real", CHI)));
    place.remove();
  });
});

suite("an output directory that is none", (test) => {
  test("is a finding, whatever it is", async () => {
    const place = acme();
    place.put({ "notes.txt": "mine\n" });
    symlinkSync("nowhere", join(place.root, "dangling"));
    const before = Object.keys(place.all("acme"));
    const something = "something else is there";
    const cases = [
      ["notes.txt", something],
      ["/dev/null", something],
      ["notes.txt/x", "a part of its path is not a directory"],
      ["notes.txt/x/y", "a part of its path is not a directory"],
      ["dangling", "there is no such file or directory"],
    ] as const;
    for (const [output, reason] of cases) {
      for (const more of [[], ["--diff"], ["--force"]]) {
        const ended = await place.run(["compile", "acme", "-o", output, ...more]);
        assert.is(finding(ended), `DMC6017: \`${output}\` cannot be the output directory: ${reason}`);
        assert.is(ended.stderr, "");
      }
    }
    place.put({ "acme/demarc.json": '{ "out": "main.demarc" }' });
    assert.match(finding(await place.run(["compile", "acme"])), "DMC6017: `acme/main.demarc` cannot be the output");
    assert.is(place.get("notes.txt"), "mine\n");
    assert.equal(Object.keys(place.all("acme")), ["demarc.json", ...before]);
    place.remove();
  });
});

suite("two compiles into one directory", (test) => {
  test("are one that writes and one that says so", async () => {
    const place = acme();
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const journal = JSON.stringify([{ path: CHI, isWritten: true, wasThere: false }]);
    stage(place, {
      "owner-0.json": JSON.stringify({ pid: other.pid, host: hostname() }),
      "journal.json": journal,
    });
    const before = place.all();
    const said = finding(await place.run(["compile", "acme"]));
    assert.is(said, `DMC6018: another compile is writing into \`acme/out\`: process ${other.pid}`);
    assert.equal(place.all(), before);
    const ended = new Promise((resolve) => other.on("exit", resolve));
    other.kill();
    await ended;
    assert.is((await place.run(["compile", "acme"])).code, 0);
    assert.not(readdirSync(join(place.root, "acme/out")).includes(STAGING));
    place.remove();
  });

  test("are told apart by the machine, and by nothing where the other gives no name", async () => {
    const owners = [
      [JSON.stringify({ pid: 1, host: "build-7" }), "process 1 of `build-7`"],
      [JSON.stringify({ pid: 0, host: hostname() }), "a process that did not give its name"],
      [JSON.stringify({ pid: -1, host: hostname() }), "a process that did not give its name"],
      ["", "a process that did not give its name"],
    ] as const;
    for (const [owner, by] of owners) {
      const place = acme();
      stage(place, { "owner-0.json": owner });
      const ended = await place.run(["compile", "acme"]);
      assert.is(finding(ended), `DMC6018: another compile is writing into \`acme/out\`: ${by}`);
      assert.match(ended.stdout, `where no compile is running, remove \`acme/out/${STAGING}\` by hand`);
      assert.equal(Object.keys(place.all("acme")), ["main.demarc", `out/${STAGING}/owner-0.json`]);
      place.remove();
    }
  });

  test("cannot both take over from one that was killed", async () => {
    const place = acme();
    const dead = JSON.stringify({ pid: deadProcess(), host: hostname() });
    stage(place, { "owner-0.json": dead, "owner-4.json": dead });
    const files = {
      ...nodeFiles,
      writeNew: (path: string, bytes: Uint8Array) => {
        // The other one was there between the look and the claim.
        if (path.endsWith("owner-5.json") && !existsSync(path)) writeFileSync(path, "");
        nodeFiles.writeNew(path, bytes);
      },
    };
    const said = finding(await place.run(["compile", "acme"], { files }));
    assert.is(said, "DMC6018: another compile is writing into `acme/out`: a process that was faster");
    assert.not(existsSync(join(place.root, "acme/demarc.lock.json")));
    place.remove();
  });

  test("do not lose the numbers of the other", async () => {
    const place = acme();
    const lock = "acme/demarc.lock.json";
    const files = {
      ...nodeFiles,
      writeNew: (path: string, bytes: Uint8Array) => {
        if (path.endsWith("owner-0.json")) place.put({ [lock]: "{}\n" });
        nodeFiles.writeNew(path, bytes);
      },
    };
    const said = finding(await place.run(["compile", "acme"], { files }));
    assert.is(said, "DMC6019: `demarc.lock.json` has changed since this compile read it");
    assert.equal(place.all("acme"), { "demarc.lock.json": "{}\n", "main.demarc": place.get("acme/main.demarc") });
    place.remove();
  });
});

suite("words of a source", (test) => {
  test("begin no line of what is printed", async () => {
    const place = acme();
    const evil = "x\\n::add-mask::foo";
    place.put({ "acme/odd\n::stop-commands::x.demarc": `segment "${evil}" {}\nlet k = secret("${evil}")\n` });
    for (const verb of ["check", "compile", "fmt"]) {
      const { stdout, stderr } = await place.run([verb, "acme"]);
      assert.noMatch(`${stdout}${stderr}`, /^\s*::/m);
    }
    const misuse = await place.run(["check", "nowhere\n::add-mask::foo"]);
    assert.is(misuse.stderr, "demarc: there is no file or directory `nowhere\\n::add-mask::foo`\n");
    place.remove();
  });
});
