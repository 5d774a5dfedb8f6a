/** Loading packages: what belongs to one, imports, and everything that can be wrong with files. */
import type { Host } from "../../compiler/host/host.js";
import { memoryHost } from "../../compiler/host/memory.js";
import { joinPath, normalisePath, parentPath } from "../../compiler/host/path.js";
import { loadPackage, type Package, packageSources } from "../../compiler/package.js";
import { decodeUtf8 } from "../../compiler/utf8.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { checkTexts, renderFindings } from "../support/cases.js";
import { assert, suite } from "../support/harness.js";

const SEGMENT = "segment prod {}\n";

function load(host: Host, path = "."): { readonly loaded: Package | undefined; readonly findings: string } {
  const diagnostics = new Diagnostics();
  const loaded = loadPackage(host, path, diagnostics);
  return { loaded, findings: renderFindings(diagnostics.sorted()) };
}

/** A host in which some paths fail in a way of their own. */
function failing(
  files: Readonly<Record<string, string>>,
  failures: Readonly<Record<string, "unreadable" | "too-large">>,
): Host {
  const inner = memoryHost(files);
  const failureOf = (path: string) => {
    const failure = failures[normalisePath(path)];
    return failure === undefined
      ? undefined
      : { failure, detail: failure === "too-large" ? "64 MiB" : "permission denied" };
  };
  return {
    readDirectory: (path) => failureOf(path) ?? inner.readDirectory(path),
    readFile: (path) => failureOf(path) ?? inner.readFile(path),
  };
}

suite("a package", (test) => {
  test("is all source files of a directory, in code-point order", () => {
    const files = {
      "acme/b.demarc": "",
      "acme/a.demarc": "",
      "acme/B.demarc": "",
      "acme/notes.txt": "",
      "acme/old/c.demarc": "",
    };
    const { loaded, findings } = load(memoryHost(files), "acme");
    assert.is(findings, "no findings\n");
    assert.equal(
      loaded?.files.map(({ source }) => source.path),
      ["B.demarc", "a.demarc", "b.demarc"],
    );
    assert.is(loaded?.incomplete, false);
  });

  test("is meant by any of its files", () => {
    const { loaded } = load(memoryHost({ "acme/main.demarc": SEGMENT, "acme/net.demarc": "" }), "acme/main.demarc");
    assert.equal(
      loaded?.files.map(({ source }) => source.path),
      ["main.demarc", "net.demarc"],
    );
  });

  test("leaves hidden files to editors", () => {
    const { loaded } = load(memoryHost({ "main.demarc": SEGMENT, ".main.demarc": "segment {" }));
    assert.is(loaded?.files.length, 1);
  });

  test("must be there", () => {
    const host = memoryHost({ "acme/main.tf": "", "acme/net/main.demarc": SEGMENT });
    const missing = "there is no directory `globex` | name a directory that holds `.demarc` files, or one of the files";
    assert.is(load(host, "globex").findings, `- DMC0201 missing-directory ${missing}\n`);
    assert.match(load(host, "acme").findings, "DMC0203 no-sources the directory `acme` holds no `.demarc` file");
    assert.match(
      load(host, "acme/main.tf").findings,
      "DMC0209 not-a-source-file `acme/main.tf` is not a `.demarc` file",
    );
    const closed = failing({ "acme/main.demarc": SEGMENT }, { acme: "unreadable" });
    assert.match(
      load(closed, "acme").findings,
      "DMC0202 unreadable-directory the directory `acme` cannot be read: permission denied",
    );
  });

  test("goes on without a file that cannot be read, and says that it does", () => {
    const files = { "a.demarc": SEGMENT, "b.demarc": SEGMENT, "c.demarc": "segment pci {}\n" };
    const { loaded, findings } = load(failing(files, { "a.demarc": "unreadable", "b.demarc": "too-large" }));
    assert.is(loaded?.files.length, 1);
    assert.is(loaded?.incomplete, true);
    assert.match(findings, "DMC0204 unreadable-file the file `a.demarc` cannot be read: permission denied");
    assert.match(findings, "DMC0206 too-large-file the file `b.demarc` is larger than 64 MiB");
  });

  test("reports a binary file once, and judges the rest", () => {
    const binary = new Uint8Array([0x73, 0x65, 0xff, 0xfe, 0x00, 0x80]);
    const { checked, diagnostics } = checkTexts({ "logo.demarc": binary, "main.demarc": SEGMENT });
    const wanted = "the file `logo.demarc` is not UTF-8 text: byte 4 is NUL";
    assert.is(
      renderFindings(diagnostics),
      `- DMC0205 not-utf-8 ${wanted} | save it as UTF-8; a binary file must not end in \`.demarc\`\n`,
    );
    assert.equal(
      checked?.estate.segments.map(({ name }) => name),
      ["prod"],
    );
    assert.equal(checked?.estate.omitted, { any: true, routing: true });
  });

  test("accepts a byte order mark and line feeds of any kind", () => {
    const { diagnostics } = checkTexts({ "main.demarc": "\ufeffedition 1\r\n\r\nsegment prod {}\r\n" });
    assert.equal(diagnostics, []);
  });

  test("is of an edition that is known", () => {
    const { diagnostics, checked } = checkTexts({
      "a.demarc": `edition 2\n${SEGMENT}`,
      "b.demarc": "segment pci {}\n",
    });
    assert.equal(
      diagnostics.map(({ code, message }) => `${code} ${message}`),
      ["DMC0207 edition 2 of the language is not known"],
    );
    assert.is(checked?.estate.omitted.any, true);
  });
});

suite("imports", (test) => {
  const root = "acme";
  const services = "service web = tcp/443\n";

  test("bring the services of another directory, under its name or an alias", () => {
    const files = {
      "acme/main.demarc": `import "../common"\nimport "../common" as shared\n${SEGMENT}service both = [common.web, shared.web]\n`,
      "common/web.demarc": services,
    };
    const { checked, diagnostics } = checkTexts(files, root);
    assert.equal(diagnostics, []);
    assert.equal(checked?.estate.services.map(({ name, service }) => `${name} ${service.key()}`).length, 1);
  });

  test("have their texts digested with the package, each once, in order", () => {
    const files = {
      "acme/main.demarc": 'import "../common"\nimport "parts"\n',
      "acme/parts/p.demarc": 'import "../../common"\nservice db = tcp/5432\n',
      "common/web.demarc": services,
    };
    const { loaded } = load(memoryHost(files), root);
    assert.ok(loaded);
    assert.equal(
      packageSources(loaded).map(({ path }) => path),
      ["../common/web.demarc", "main.demarc", "parts/p.demarc"],
    );
  });

  const wrong = (name: string, files: Readonly<Record<string, string>>, expected: string): void => {
    test(name, () => assert.match(renderFindings(checkTexts(files, root).diagnostics), expected));
  };

  wrong(
    "are relative",
    { "acme/main.demarc": 'import "/etc/services"\n' },
    'main.demarc:1:8-23 DMC0210 absolute-import ""/etc/services"" `/etc/services` is not a relative directory',
  );
  wrong(
    "lead somewhere",
    { "acme/main.demarc": 'import "../common"\n' },
    'DMC0211 missing-import ""../common"" there is no directory `../common` to import',
  );
  wrong(
    "lead to a directory",
    { "acme/main.demarc": 'import "../common"\n', common: services },
    'DMC0212 unreadable-import ""../common"" `../common` cannot be imported: it is no directory',
  );
  wrong(
    "lead to sources",
    { "acme/main.demarc": 'import "../common"\n', "common/readme.md": "" },
    "`../common` cannot be imported: it holds no `.demarc` file",
  );
  wrong(
    "do not lead back",
    { "acme/main.demarc": 'import "a"\n', "acme/a/a.demarc": 'import "../b"\n', "acme/b/b.demarc": 'import "../a"\n' },
    'b/b.demarc:1:8-14 DMC0213 import-cycle ""../a"" this import comes back to where it began: `a` imports `b` imports `a`',
  );
  wrong(
    "do not lead to the package itself",
    { "acme/main.demarc": 'import "../acme"\n' },
    "main.demarc:1:8-17 DMC0213 import-cycle",
  );
  wrong(
    "have a name",
    { "acme/main.demarc": 'import "../net.d"\n', "net.d/web.demarc": services },
    'DMC0214 import-without-name ""../net.d"" `net.d` cannot be used as a name',
  );
  wrong(
    "hold services only",
    { "acme/main.demarc": 'import "../common"\n', "common/web.demarc": `${services}${SEGMENT}` },
    'DMC0215 not-importable ""../common"" `../common` is imported, but holds a `segment`',
  );
  wrong(
    "do not clash with names",
    { "acme/main.demarc": `${SEGMENT}import "../common" as prod\n`, "common/web.demarc": services },
    'main.demarc:2:23-27 DMC1002 duplicate-name "prod" `prod` is the name of a segment already',
  );
  wrong(
    "do not take names of the language",
    { "acme/main.demarc": 'import "../std"\n', "std/web.demarc": services },
    'DMC1004 name-of-the-language ""../std"" `std` cannot be declared',
  );
});

suite("paths and texts", (test) => {
  test("are resolved without a file system", () => {
    assert.is(normalisePath("./a//b/../c/"), "a/c");
    assert.is(normalisePath("../../a"), "../../a");
    assert.is(normalisePath("/../a"), "/a");
    assert.is(normalisePath("a/.."), ".");
    assert.is(joinPath("acme", "../common"), "common");
    assert.is(joinPath("..", "../x"), "../../x");
    assert.is(parentPath("main.demarc"), ".");
    assert.is(parentPath("/main.demarc"), "/");
  });

  test("name the first byte that belongs to no character", () => {
    assert.equal(decodeUtf8(new Uint8Array([0x61, 0xc3, 0xa4])), { text: "aä" });
    assert.equal(decodeUtf8(new Uint8Array([0x61, 0x62, 0xc3, 0x28])), { offset: 3, nul: false });
    assert.equal(decodeUtf8(new Uint8Array([0xed, 0xa0, 0x80])), { offset: 1, nul: false });
  });
});
