/** `demarc.json`: what is read, and that every fault is shown at its exact words. */
import { readFileSync } from "node:fs";
import { GAPS } from "../../../compiler/config/gaps.js";
import { loadSettings } from "../../../compiler/config/load.js";
import { settingsSchema } from "../../../compiler/config/schema.js";
import { defaultSettings, type Settings } from "../../../compiler/config/settings.js";
import type { Host } from "../../../compiler/host/host.js";
import { memoryHost } from "../../../compiler/host/memory.js";
import { jsonText } from "../../../compiler/json/diagnostics.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { spanText } from "../../../grammar/source.js";
import { registry } from "../../../targets/registry.js";
import { assert, matchFile, suite } from "../../support/harness.js";

async function load(
  text: string | Uint8Array,
  limits?: ReadonlyMap<string, readonly string[]>,
): Promise<{ settings: Settings; findings: readonly string[] }> {
  const diagnostics = new Diagnostics();
  const { settings } = await loadSettings(memoryHost({ "acme/demarc.json": text }), "acme", diagnostics, limits);
  const findings = diagnostics
    .sorted()
    .map((one) => `${one.code} ${one.span === undefined ? "" : spanText(one.span)} | ${one.message} | ${one.help}`);
  return { settings, findings };
}

suite("the settings of a package", (test) => {
  test("are the defaults without a file", async () => {
    const diagnostics = new Diagnostics();
    const loaded = await loadSettings(memoryHost({ "acme/main.demarc": "" }), "acme", diagnostics);
    assert.equal(loaded, { settings: defaultSettings });
    assert.equal(diagnostics.sorted(), []);
  });

  test("are read from a file", async () => {
    const { settings, findings } = await load(
      JSON.stringify({
        out: "build",
        accept: ["residual-reply", { gap: "part-of-subnet", target: "aws", because: "the far end cuts it" }],
        limits: { aws: { "*": { "rules-per-security-group": 120 }, "111122223333": { "prefixes-per-session": 200 } } },
        targets: { aws: { prefix: "acme", tags: { owner: "network" }, "provider-version": "~> 5.100" } },
      }),
    );
    assert.equal(findings, []);
    assert.equal(settings, {
      out: "build",
      accept: [{ gap: "residual-reply" }, { gap: "part-of-subnet", target: "aws" }],
      limits: [
        { target: "aws", limit: "rules-per-security-group", value: 120 },
        { target: "aws", account: "111122223333", limit: "prefixes-per-session", value: 200 },
      ],
      targets: new Map([
        ["aws", { prefix: "acme", tags: new Map([["owner", "network"]]), providerVersion: "~> 5.100" }],
      ]),
    });
  });

  test("name an unknown key with the one that is near", async () => {
    assert.equal((await load('{ "acept": [] }')).findings, [
      'DMC5003 "acept" | `acept` is no known setting here | did you mean `accept`?',
    ]);
    assert.equal((await load('{ "targets": { "awss": {} } }')).findings, [
      'DMC5003 "awss" | `awss` is no known setting here | did you mean `aws`?',
    ]);
    assert.equal((await load('{ "targets": { "aws": { "colour": 1 } } }')).findings, [
      'DMC5003 "colour" | `colour` is no known setting here | known here: `prefix`, `tags`, `provider-version`',
    ]);
  });

  test("say what a setting takes", async () => {
    assert.equal((await load('{ "out": 5 }')).findings, [
      "DMC5004 5 | `out` does not take this value | write a text in double quotes: output directory, a folder inside the package",
    ]);
    assert.equal((await load('{ "limits": { "aws": { "*": { "rules-per-security-group": 0 } } } }')).findings, [
      "DMC5004 0 | `limits.aws.*.rules-per-security-group` does not take this value | write the quota, a whole number from 1",
    ]);
    assert.equal((await load('{ "accept": [{ "target": "aws" }] }')).findings, [
      'DMC5005 { "target": "aws" } | `gap` is missing in `accept.0` | add `"gap": …`',
    ]);
    assert.equal((await load("[]")).findings, [
      "DMC5004 [] | `demarc.json` does not take this value | write an object `{ … }`: Settings of a Demarc package. Nothing here changes what the program means.",
    ]);
  });

  test("take only gaps that exist, for targets that have them", async () => {
    assert.equal((await load('{ "accept": ["residual-replies", { "gap": "weak-logs" }] }')).findings, [
      'DMC5007 "residual-replies" | there is no gap `residual-replies` that could be accepted | did you mean `residual-reply`?',
      'DMC5007 "weak-logs" | there is no gap `weak-logs` that could be accepted | gaps are `residual-reply`, `part-of-subnet`, `coarse-service`',
    ]);
    assert.equal((await load('{ "accept": [{ "gap": "residual-reply", "target": "aws" }] }')).findings, [
      'DMC5008 "aws" | `residual-reply` is no gap of target `aws` | it is a gap of the proofs: take `target` out',
    ]);
    assert.equal((await load('{ "accept": [{ "gap": "part-of-subnet", "target": "junos" }] }')).findings, [
      'DMC5008 "junos" | `part-of-subnet` is no gap of target `junos` | targets with this gap: `aws`',
    ]);
    assert.equal((await load('{ "accept": ["part-of-subnet", "residual-reply"] }')).findings, []);
    assert.equal((await load('{ "accept": [5] }')).findings.length, 1);
  });

  test("say in the manual what every gap means", () => {
    const manual = readFileSync("docs/reference/cli.md", "utf8");
    for (const [name, { meaning }] of Object.entries(GAPS)) assert.match(manual, `| \`${name}\` | ${meaning} |`);
  });

  test("keep the output inside the package", async () => {
    const refused = [
      "../../etc",
      "..",
      ".",
      "./",
      "a/../..",
      "/etc/demarc",
      "C:\\\\out",
      "..\\\\out",
      "\\\\\\\\host\\\\out",
    ];
    for (const out of refused) {
      const [finding = "none", ...more] = (await load(`{ "out": "${out}" }`)).findings;
      assert.match(finding, /^DMC5009 .*`out` must name a folder inside the package/, out);
      assert.equal(more, []);
    }
    for (const out of ["out", "./out/", "build/demarc", "a/../out", "..out"]) {
      assert.equal(await load(`{ "out": "${out}" }`), { settings: { ...defaultSettings, out }, findings: [] });
    }
  });

  test("name guard rails inside the package alone, however the package is named", async () => {
    for (const path of ["/etc/rails", "\\\\etc", "C:/rails", "../rails", "a/../../rails", "..\\\\rails", ".."]) {
      const text = `{ "guardrails": { "sources": ["rails", "${path}"] } }`;
      const [finding = "none", ...more] = (await load(text)).findings;
      assert.ok(finding.startsWith("DMC5010 "), path);
      assert.match(finding, "guard rails must lie inside the package");
      assert.equal(more, []);
    }
    for (const path of ["rails", "./rails/", "a/../rails", "..rails", ".", "rails/policy.wasm"]) {
      assert.equal((await load(`{ "guardrails": { "sources": ["${path}"] } }`)).findings, []);
    }
  });

  test("are not guessed where the file cannot be read", async () => {
    const help = "make it a readable UTF-8 file of at most 1 MB, or take it away: it is optional";
    assert.equal(await load(new Uint8Array([0x7b, 0xff, 0x7d])), {
      settings: defaultSettings,
      findings: [`DMC5001  | \`demarc.json\` cannot be read: it is not UTF-8 | ${help}`],
    });
    assert.equal((await load(`{}${" ".repeat(1_000_000)}`)).findings, [
      `DMC5001  | \`demarc.json\` cannot be read: it has 1000002 bytes | ${help}`,
    ]);
    const diagnostics = new Diagnostics();
    const host: Host = { ...memoryHost({}), readFile: () => ({ failure: "unreadable", detail: "permission denied" }) };
    await loadSettings(host, "acme", diagnostics);
    assert.equal(
      diagnostics.sorted().map(({ code, message }) => `${code} ${message}`),
      ["DMC5001 `demarc.json` cannot be read: permission denied"],
    );
  });

  test("judge dates by the calendar", async () => {
    const waiver = { rule: "no-telnet", owner: "security", reason: "old switch", until: "2027-02-30" };
    const { findings } = await load(JSON.stringify({ guardrails: { waivers: [waiver] } }));
    assert.is(findings.length, 1);
    assert.match(findings[0] ?? "", 'DMC5004 "2027-02-30"');
  });

  test("hold guard rails with the places of what names something", async () => {
    const waiver = { rule: "any-service", owner: "ann", reason: "moves", until: "2027-06-30" };
    const rails = {
      sources: ["rails"],
      severity: { "any-service": "error" },
      parameters: { "wide-prefix": { ipv4: 20 } },
      waivers: [waiver],
    };
    const { settings, findings } = await load(JSON.stringify({ guardrails: rails }));
    assert.equal(findings, []);
    const { sources = [], severity = [], parameters = [], waivers = [] } = settings.guardrails ?? {};
    assert.equal(
      [sources, severity.map((one) => one.rule), parameters.map((one) => one.parameter)]
        .flat()
        .map((one) => [one.value, spanText(one.span)]),
      [
        ["rails", '"rails"'],
        ["any-service", '"any-service"'],
        ["ipv4", '"ipv4"'],
      ],
    );
    assert.equal([severity[0]?.severity, parameters[0]?.value.value], ["error", 20]);
    assert.equal(
      waivers.map(({ rule, until, subject }) => [rule.value, until.value, subject]),
      [["any-service", "2027-06-30", undefined]],
    );
  });

  test("are refused with a place where they are not JSON", async () => {
    const faults: Readonly<Record<string, string>> = {
      '{ "out": }': "DMC5002 } | this is not JSON: a value is expected here",
      '{ "out": "x" "accept": [] }': 'DMC5002 " | this is not JSON: `,` or `}` is expected here',
      '{ "out": "x", "out": "y" }': 'DMC5002 "out" | this is not JSON: the key `out` stands twice',
      '{ "out": "x" } // why': "DMC5002 / | this is not JSON: text after the end of the document",
      "{ 'out': 1 }": "DMC5002 ' | this is not JSON: a key in double quotes is expected here",
      "": "DMC5002  | this is not JSON: the text ends where a value is expected",
    };
    for (const [text, start] of Object.entries(faults)) {
      const found = (await load(text)).findings;
      assert.is(found.length, 1);
      assert.ok(found[0]?.startsWith(start), found[0]);
    }
    assert.match((await load(`${"[".repeat(100_000)}`)).findings[0] ?? "", "nested more than 64 levels deep");
    assert.match((await load(new Uint8Array([0xff, 0xfe, 0x00]))).findings[0] ?? "", "it is not UTF-8");
    assert.match((await load(" ".repeat(1_000_001))).findings[0] ?? "", "1000001 bytes");
  });

  test("have a schema that ships", () => {
    matchFile("docs/schema/demarc.schema.json", jsonText(settingsSchema));
  });

  test("raise only limits that the target has", async () => {
    const limits = new Map(registry.targets.map((target) => [target.name, target.limits ?? []] as const));
    const known = { aws: { "*": { "rules-per-security-group": 120 } }, junos: { "*": { "terms-per-filter": 9000 } } };
    assert.equal((await load(JSON.stringify({ limits: known }), limits)).findings, []);
    const wrong = {
      aws: { "*": { "rules-per-securty-group": 120 }, "111122223333": { hosts: 5 } },
      junos: { "*": { "name-length": 99 } },
    };
    const { settings, findings } = await load(JSON.stringify({ limits: wrong }), limits);
    assert.equal(settings, defaultSettings);
    assert.equal(
      findings.filter((one) => !one.includes("| `hosts`")),
      [
        'DMC5003 "rules-per-securty-group" | `rules-per-securty-group` is no known setting here | did you mean `rules-per-security-group`?',
        'DMC5003 "name-length" | `name-length` is no known setting here | known here: `terms-per-filter`',
      ],
    );
    assert.match(findings.find((one) => one.includes("| `hosts`")) ?? "", "known here: `vpcs-per-region`");
  });
});
