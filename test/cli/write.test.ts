/** Writing output: all or nothing, and nothing of anybody else. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type FileSystem, nodeFiles } from "../../cli/file-system.js";
import { holdOutput, writePlan } from "../../cli/write.js";
import { type OutputFile, planOutput, STAGING } from "../../compiler/emit.js";
import { memoryHost } from "../../compiler/host/memory.js";
import { sha256 } from "../../compiler/sha256.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { assert, suite } from "../support/harness.js";

/** Every file below a directory, by its relative path. */
function contents(directory: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(directory, { recursive: true, encoding: "utf8" }).sort()) {
    if (statSync(join(directory, path)).isFile()) found[path] = readFileSync(join(directory, path), "utf8");
  }
  return found;
}

function put(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** A run of writing into `root/out`, with the lock at `root/demarc.lock.json`. */
interface Attempt {
  readonly files: readonly OutputFile[];
  readonly targets?: readonly string[];
  readonly force?: boolean;
  readonly fileSystem?: FileSystem;
  readonly lock?: string;
  /** Collects the findings in full. */
  readonly diagnostics?: Diagnostics;
}

function write(root: string, attempt: Attempt): readonly string[] {
  const { diagnostics = new Diagnostics() } = attempt;
  const goal = {
    files: attempt.fileSystem ?? nodeFiles,
    output: join(root, "out"),
    lock: join(root, "demarc.lock.json"),
    shown: "out",
  };
  const hold = holdOutput(goal, diagnostics);
  if (hold === undefined) return said(diagnostics);
  const lock = attempt.lock ?? '{ "numbers": 1 }\n';
  const output = {
    files: attempt.files,
    ...(attempt.targets === undefined ? {} : { targets: attempt.targets }),
    about: { version: "1.0.0", edition: 1, sources: [], lock: { path: "demarc.lock.json", sha256: sha256(lock) } },
  };
  const options = { host: memoryHost(contents(root)), directory: "out", shown: "out", force: attempt.force ?? false };
  const plan = planOutput(output, options, diagnostics);
  if (plan !== undefined) writePlan(plan, lock, goal, hold, diagnostics);
  hold.release();
  return said(diagnostics);
}

function said(diagnostics: Diagnostics): readonly string[] {
  return diagnostics.sorted().map((one) => `${one.code} ${one.message}`);
}

/** A file system whose `call` fails from its `nth` use on, as a full disk or a power cut would. */
function failing(call: keyof FileSystem, nth: number, code: string, forever = false): FileSystem {
  let used = 0;
  const fail = (): never => {
    throw Object.assign(new Error(code), { code });
  };
  const wrapped: FileSystem = { ...nodeFiles };
  const original = nodeFiles[call] as (...args: readonly unknown[]) => unknown;
  const counting = (...args: readonly unknown[]): unknown => {
    used++;
    return used === nth || (forever && used > nth) ? fail() : original(...args);
  };
  return { ...wrapped, [call]: counting };
}

const vpc: OutputFile = { path: "aws/111122223333/main.tf.json", text: '{ "vpc": 1 }\n', target: "aws" };
const chi: OutputFile = { path: "routers/chi/set.conf", text: "set vrf prod\n", target: "junos" };
const ash: OutputFile = { path: "routers/ash/set.conf", text: "set vrf pci\n", target: "junos" };
const proof: OutputFile = { path: "report/report.json", text: "{}\n" };

suite("writing output", (test) => {
  let root = "";
  test.before.each(() => {
    root = mkdtempSync(join(tmpdir(), "demarc-write-"));
  });
  test.after.each(() => rmSync(root, { recursive: true, force: true }));

  test("writes the files, the lock and a manifest that lists every file with its digest", () => {
    assert.equal(write(root, { files: [vpc, chi, proof] }), []);
    const out = contents(join(root, "out"));
    assert.equal(Object.keys(out), [vpc.path, "manifest.json", proof.path, chi.path].sort());
    const manifest = JSON.parse(out["manifest.json"] ?? "");
    assert.equal(manifest.files, [
      { path: vpc.path, sha256: sha256(vpc.text), target: "aws" },
      { path: proof.path, sha256: sha256(proof.text) },
      { path: chi.path, sha256: sha256(chi.text), target: "junos" },
    ]);
    assert.is(readFileSync(join(root, "demarc.lock.json"), "utf8"), '{ "numbers": 1 }\n');
  });

  test("replaces and removes only files of the previous manifest", () => {
    write(root, { files: [vpc, chi, ash] });
    put(join(root, "out"), { "aws/111122223333/terraform.tfstate": "state", "routers/notes.txt": "mine" });
    assert.equal(write(root, { files: [{ ...vpc, text: "{}\n" }, chi] }), []);
    const out = contents(join(root, "out"));
    assert.is(out[vpc.path], "{}\n");
    assert.is(out["aws/111122223333/terraform.tfstate"], "state");
    assert.is(out["routers/notes.txt"], "mine");
    assert.not(ash.path in out);
    assert.not(readdirSync(join(root, "out/routers")).includes("ash"));
  });

  test("leaves the files and entries of other targets under `--target`", () => {
    write(root, { files: [vpc, chi] });
    assert.equal(write(root, { files: [{ ...vpc, text: "{}\n" }], targets: ["aws"] }), []);
    const out = contents(join(root, "out"));
    assert.is(out[chi.path], chi.text);
    assert.match(out["manifest.json"] ?? "", chi.path);
    write(root, { files: [vpc] });
    assert.not(chi.path in contents(join(root, "out")));
  });

  test("refuses an edited file, a foreign file and a folder that is not ours, unless forced", () => {
    write(root, { files: [vpc] });
    put(root, { [`out/${vpc.path}`]: "edited\n" });
    const changed = { ...vpc, text: "{}\n" };
    assert.equal(write(root, { files: [changed] }), [`DMC6001 \`${vpc.path}\` was edited after demarc wrote it`]);
    assert.equal(write(root, { files: [] }), [`DMC6001 \`${vpc.path}\` was edited after demarc wrote it`]);
    assert.is(contents(join(root, "out"))[vpc.path], "edited\n");
    assert.equal(write(root, { files: [changed], force: true }), []);
    put(root, { [`out/${chi.path}`]: "by hand\n" });
    assert.match(write(root, { files: [changed, chi] }).join(), `DMC6003 \`${chi.path}\``);
    rmSync(join(root, "out/manifest.json"));
    assert.match(write(root, { files: [changed] }).join(), "DMC6002");
    assert.equal(write(root, { files: [changed, chi], force: true }), []);
    assert.is(contents(join(root, "out"))[chi.path], chi.text);
  });

  test("trusts no manifest that leads out of the directory", () => {
    put(root, { "precious.txt": "keep", "out/manifest.json": "" });
    for (const path of ["../precious.txt", "/etc/hosts", "a/../../precious.txt", "C:\\x"]) {
      const files = [{ path, sha256: sha256("keep") }];
      put(root, { "out/manifest.json": JSON.stringify({ formatVersion: 1, files }) });
      assert.match(write(root, { files: [vpc] }).join(), "DMC6004");
      assert.equal(write(root, { files: [vpc], force: true }), []);
      assert.is(readFileSync(join(root, "precious.txt"), "utf8"), "keep");
      rmSync(join(root, "out"), { recursive: true });
    }
  });

  test("refuses two paths that differ in case alone", () => {
    assert.match(write(root, { files: [chi, { ...chi, path: "routers/CHI/set.conf" }] }).join(), "DMC6007");
  });

  test("is all or nothing, wherever it fails", () => {
    write(root, { files: [vpc, ash], lock: "old lock\n" });
    const before = contents(root);
    const next = { files: [{ ...vpc, text: "{}\n" }, chi, proof], lock: "new lock\n" };
    let failures = 0;
    for (const call of ["writeNew", "copyFile", "rename", "removeFile", "makeDirectory"] as const) {
      for (let nth = 1; nth <= 8; nth++) {
        const findings = write(root, { ...next, fileSystem: failing(call, nth, "ENOSPC") });
        if (findings.length === 0) {
          rmSync(root, { recursive: true });
          put(root, before);
          continue;
        }
        failures++;
        assert.match(findings.join(), /DMC6005 .* no space is left on the disk/);
        assert.equal(contents(root), before, `${call} ${nth}`);
      }
    }
    assert.ok(failures > 12, `${failures} failures`);
  });

  test("is all or nothing where one folder lets nothing be changed, for good", () => {
    write(root, { files: [vpc, ash, chi], lock: "old lock\n" });
    const before = contents(root);
    for (const locked of [vpc, ash, chi]) {
      const denied = (path: string): boolean => path === join(root, "out", locked.path);
      const refuse = (): never => {
        throw Object.assign(new Error("denied"), { code: "EACCES" });
      };
      const fileSystem: FileSystem = {
        ...nodeFiles,
        rename: (from, to) => (denied(to) ? refuse() : nodeFiles.rename(from, to)),
        removeFile: (path) => (denied(path) ? refuse() : nodeFiles.removeFile(path)),
      };
      const files = [{ ...vpc, text: "{}\n" }, { ...chi, text: "set vrf dev\n" }, proof];
      assert.equal(write(root, { files, lock: "new lock\n", fileSystem }), [
        `DMC6005 \`${locked.path}\` cannot be written: permission denied`,
      ]);
      assert.equal(contents(root), before, locked.path);
    }
  });

  test("says where the former text is kept that could not be put back", () => {
    write(root, { files: [vpc, ash] });
    const changed = [
      { ...vpc, text: "{}\n" },
      { ...ash, text: "set vrf dev\n" },
    ];
    const diagnostics = new Diagnostics();
    const fileSystem = failing("rename", 3, "EIO", true);
    assert.equal(write(root, { files: changed, fileSystem, diagnostics, lock: '{ "numbers": 2 }\n' }), [
      `DMC6005 \`${ash.path}\` cannot be written: EIO`,
      `DMC6008 \`${vpc.path}\` could not be put back after a failed write: EIO`,
      "DMC6008 `demarc.lock.json` could not be put back after a failed write: EIO",
    ]);
    const helps = diagnostics.sorted().map(({ help = "" }) => help);
    const kept = helps.flatMap(
      (help) => /^its former content is kept in `(.*)`: move it back by hand$/.exec(help)?.[1] ?? [],
    );
    assert.equal(
      kept.map((path) => readFileSync(path, "utf8")),
      [vpc.text, '{ "numbers": 1 }\n'],
    );
  });

  test("leaves nothing behind where the first write fails", () => {
    for (const nth of [1, 2, 3]) {
      const findings = write(root, { files: [vpc, chi], fileSystem: failing("writeNew", nth, "ENOSPC") });
      assert.is(findings.length, 1);
      assert.equal(readdirSync(root), []);
    }
  });

  test("puts back what a killed run had replaced", () => {
    write(root, { files: [vpc, ash], lock: "old lock\n" });
    const before = contents(root);
    for (let nth = 1; nth <= 5; nth++) {
      const dying = {
        ...failing("rename", nth, "EIO", true),
        removeFile: failing("removeFile", 1, "EIO", true).removeFile,
      };
      write(root, { files: [chi, { ...vpc, text: "{}\n" }], lock: "new lock\n", fileSystem: dying });
      if (readdirSync(join(root, "out")).includes(STAGING)) {
        const lock = join(root, "demarc.lock.json");
        holdOutput({ files: nodeFiles, output: join(root, "out"), lock, shown: "out" }, new Diagnostics())?.release();
      }
      assert.equal(contents(root), before, `killed at rename ${nth}`);
    }
  });

  test("writes nothing anew where nothing has changed", () => {
    write(root, { files: [vpc] });
    const fileSystem = failing("writeNew", 4, "ENOSPC", true);
    assert.equal(write(root, { files: [vpc], fileSystem }), []);
  });
});
