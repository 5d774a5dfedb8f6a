/** `fmt`: the canonical layout, in place and as a filter; nothing is lost. */
import { assert, suite } from "../support/harness.js";
import { json } from "./quickstart-place.js";
import { Workplace } from "./support.js";

suite("fmt", (test) => {
  const untidy = "edition 1\nestate   acme {\nasn=64520 // ours\n}\n";
  const tidy = "edition 1\nestate acme {\n  asn = 64520  // ours\n}\n";

  test("brings files into the canonical layout, once", async () => {
    const place = new Workplace();
    place.put({ "a/main.demarc": untidy, "a/notes.txt": untidy, "a/sub/x.demarc": untidy });
    const { code, stdout } = await place.run(["fmt", "a"]);
    assert.is(code, 0);
    assert.is(stdout, "a/main.demarc\n1 file changed, 0 in order\n");
    assert.equal(place.all(), { "a/main.demarc": tidy, "a/notes.txt": untidy, "a/sub/x.demarc": untidy });
    assert.is((await place.run(["fmt", "a"])).stdout, "0 files changed, 1 in order\n");
    place.remove();
  });

  test("says with --check and --diff what it would do, and writes nothing", async () => {
    const place = new Workplace();
    place.put({ "main.demarc": untidy });
    const check = await json(place, "fmt", ["--check"]);
    assert.is(check.code, 1);
    assert.equal(check.output.result.files, [{ path: "main.demarc", state: "changed" }]);
    assert.equal(
      check.output.diagnostics.map((one: Record<string, unknown>) => [one.code, one.message, one.help]),
      [
        [
          "DMC6014",
          "`main.demarc` is not in the canonical layout",
          "`demarc fmt` brings it there, `demarc fmt --diff` shows what would change",
        ],
      ],
    );
    const diff = await place.run(["fmt", "--diff"]);
    assert.is(diff.code, 0);
    assert.match(diff.stdout, "-estate   acme {\n");
    assert.match(diff.stdout, "+estate acme {\n");
    assert.is(place.get("main.demarc"), untidy);
    place.remove();
  });

  test("filters standard input", async () => {
    const place = new Workplace();
    assert.equal(await place.run(["fmt", "-"], { stdin: untidy }), { code: 0, stdout: tidy, stderr: "" });
    const broken = await place.run(["fmt", "-"], { stdin: "estate a { asn = }" });
    assert.is(broken.code, 1);
    assert.match(broken.stdout, "<stdin>:1:18: error DMC0101");
    assert.is((await place.run(["fmt", "-", "x.demarc"])).code, 2);
    assert.is((await place.run(["fmt", "-", "--check"], { stdin: untidy })).code, 1);
    place.remove();
  });

  test("leaves a file with syntax errors as it is, and does the others", async () => {
    const place = new Workplace();
    place.put({ "a.demarc": "estate a { asn = }\n", "b.demarc": untidy, "c.demarc": new Uint8Array([0xff]) });
    const { code, stdout } = await place.run(["fmt"]);
    assert.is(code, 1);
    assert.match(stdout, "b.demarc\n1 file changed, 0 in order, 2 left as they are");
    assert.is(place.get("a.demarc"), "estate a { asn = }\n");
    assert.is(place.get("b.demarc"), tidy);
    place.remove();
  });

  test("keeps CRLF where every line has it, and drops a byte order mark", async () => {
    const place = new Workplace();
    place.put({
      "crlf.demarc": `\ufeff${untidy.replace(/\n/g, "\r\n")}`,
      "mixed.demarc": untidy.replace("\n", "\r\n"),
    });
    assert.is((await place.run(["fmt"])).code, 0);
    assert.is(place.get("crlf.demarc"), tidy.replace(/\n/g, "\r\n"));
    assert.is(place.get("mixed.demarc"), tidy);
    place.remove();
  });

  test("loses nothing on a full disk", async () => {
    const { nodeFiles } = await import("../../cli/file-system.js");
    const place = new Workplace();
    place.put({ "main.demarc": untidy });
    const files = {
      ...nodeFiles,
      writeNew: (path: string, bytes: Uint8Array) => {
        nodeFiles.writeNew(path, bytes.slice(0, 5));
        throw Object.assign(new Error("full"), { code: "ENOSPC" });
      },
    };
    const { code, stdout } = await place.run(["fmt"], { files });
    assert.is(code, 1);
    assert.match(stdout, "DMC6005");
    assert.equal(place.all(), { "main.demarc": untidy });
    place.remove();
  });
});
