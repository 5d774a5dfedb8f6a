/** The command line as a real process: exit codes, streams, and a reader that goes away. */
import { spawn } from "node:child_process";
import { chmodSync } from "node:fs";
import { join, resolve } from "node:path";
import { assert, suite } from "../support/harness.js";
import { acme, UNSOUND } from "./quickstart-place.js";
import type { Ended, Workplace } from "./support.js";

const MAIN = resolve("cli/main.ts");
const SLOW = { timeout: 120_000 };

/** Starts the tool in a place; `reader` may close the standard output early. */
function start(place: Workplace, words: readonly string[], stdin = "", reader = true): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), MAIN, ...words], { cwd: place.root });
  const out = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      out[name] += text;
    });
  }
  if (!reader) child.stdout.destroy();
  child.stdin.end(stdin);
  return new Promise((ended, failed) => {
    child.on("error", failed);
    child.on("close", (code) => ended({ code: code ?? -1, ...out }));
  });
}

suite("a real process", (test) => {
  test(
    "keeps results and logs apart, and ends with the promised codes",
    async () => {
      const place = acme();
      place.put({ "unsound/main.demarc": UNSOUND });
      const sound = await start(place, ["compile", "acme"]);
      assert.is(sound.code, 0, sound.stderr);
      assert.is(sound.stderr, "");
      assert.match(sound.stdout, "compiled: no findings");
      assert.is((await start(place, ["check", "unsound"])).code, 1);
      const misuse = await start(place, ["check", "nowhere"]);
      assert.equal(misuse, { code: 2, stdout: "", stderr: "demarc: there is no file or directory `nowhere`\n" });
      place.remove();
    },
    SLOW,
  );

  test(
    "reads standard input, and bears a reader that goes away",
    async () => {
      const place = acme();
      const piped = await start(place, ["fmt", "-"], "segment   prod {}\n");
      assert.equal(piped, { code: 0, stdout: "segment prod {}\n", stderr: "" });
      const gone = await start(place, ["explain"], "", false);
      assert.equal(gone, { code: 0, stdout: "", stderr: "" });
      place.remove();
    },
    SLOW,
  );

  test(
    "says why a directory cannot be read or written",
    async () => {
      const place = acme();
      chmodSync(join(place.root, "acme"), 0o555);
      const written = await start(place, ["compile", "acme"]);
      assert.is(written.code, 1);
      assert.match(written.stdout, "DMC6005: `acme/out` cannot be written: permission denied");
      chmodSync(join(place.root, "acme"), 0o000);
      const read = await start(place, ["check", "acme"]);
      assert.is(read.code, 1);
      assert.match(read.stdout, "DMC0202: the directory `acme` cannot be read: permission denied");
      chmodSync(join(place.root, "acme"), 0o755);
      place.remove();
    },
    process.getuid?.() === 0 ? { skip: "permissions do not bind the superuser" } : SLOW,
  );
});
