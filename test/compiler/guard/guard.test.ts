/** The guard phase: findings on source lines, settings, waivers, and that nothing that did not run has passed. */
import { checkProject } from "../../../compiler/driver.js";
import type { GuardRunner } from "../../../compiler/guard/runner.js";
import { memoryHost } from "../../../compiler/host/memory.js";
import { registry } from "../../../targets/registry.js";
import { TODAY } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { twoSegments } from "../../support/two-segments.js";
import { A_RULE, CLOCK, HOSTILE, manifestFor, type RailsOptions, runRails } from "./rails.js";

const ESTATE = twoSegments("allow shop -> floor on tcp/443 until 2026-07-31");
const SOUND = "hostile/sound";

const run = (entrypoint: string, options: RailsOptions = {}) => runRails(ESTATE, entrypoint, options);

/** The one finding of a run that could not judge: its code must be this and the run must have failed. */
async function failing(code: string, entrypoint: string, options: RailsOptions = {}): Promise<string> {
  const { outcome, diagnostics, lines } = await run(entrypoint, options);
  assert.equal(
    diagnostics.map((one) => [one.code, one.severity]),
    [[code, "error"]],
    lines.join("\n"),
  );
  if (code !== "DMC5515" && code !== "DMC5513") assert.is(outcome, undefined);
  return lines[0] ?? "";
}

suite("guard rails", (test) => {
  test("find things on the line of their subject, with a message made of the data", async () => {
    const { outcome, lines, diagnostics } = await run(SOUND);
    assert.equal(lines, [
      "guard/a-rule `prod`: `prod` was found at prod",
      "guard/a-rule `pci`: `pci` was found at pci",
      "guard/a-rule `dev`: `dev` was found at dev",
    ]);
    const [first] = diagnostics;
    assert.equal(
      [first?.name, first?.severity, first?.data],
      ["a-rule", "warning", { subject: "segment:prod", name: "prod" }],
    );
    assert.equal(
      outcome?.rules.map(({ info, bundle, findings, waived }) => [info.name, bundle, findings, waived]),
      [["a-rule", "rails", 3, 0]],
    );
  });

  test("take severities and parameters from demarc.json", async () => {
    const { diagnostics } = await run(SOUND, { settings: { severity: { "a-rule": "error" } } });
    assert.equal([...new Set(diagnostics.map((one) => one.severity))], ["error"]);
    const usual = await run("hostile/parameter");
    assert.equal(usual.lines, ["guard/a-rule `acme`: `usual` was found at acme"]);
    const set = await run("hostile/parameter", { settings: { parameters: { "a-rule": { word: "special" } } } });
    assert.equal(set.lines, ["guard/a-rule `acme`: `special` was found at acme"]);
  });

  test("refuse settings that name nothing or are of another type", async () => {
    const cases: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
      ['DMC5517 `"a-rul"`: there is no guard rail `a-rul`', { severity: { "a-rul": "error" } }],
      ['DMC5517 `"b"`: there is no guard rail `b`', { parameters: { b: { word: "x" } } }],
      [
        'DMC5518 `"wort"`: the guard rail `a-rule` has no parameter `wort`',
        { parameters: { "a-rule": { wort: "x" } } },
      ],
      ["DMC5519 `3`: the parameter `word` does not take this value", { parameters: { "a-rule": { word: 3 } } }],
      ['DMC5519 `"x"`: the parameter `list` does not take this value', { parameters: { "a-rule": { list: "x" } } }],
      ["DMC5519 `[22]`: the parameter `list` does not take this value", { parameters: { "a-rule": { list: [22] } } }],
    ];
    for (const [line, settings] of cases) assert.ok((await run(SOUND, { settings })).lines.includes(line), line);
    const { diagnostics } = await run(SOUND, { settings: { severity: { "a-rul": "error" } } });
    const unknown = diagnostics.find((one) => one.code === "DMC5517");
    assert.equal([unknown?.help, unknown?.edits[0]?.changes[0]?.text], ["did you mean `a-rule`?", '"a-rule"']);
  });

  test("tell what depends on the calendar apart", async () => {
    const { outcome, diagnostics } = await run("hostile/daily");
    assert.equal(
      diagnostics.map((one) => one.data?.daysLeft),
      [30],
    );
    assert.equal([outcome?.rules[0]?.findings, outcome?.lasting.rules[0]?.findings], [1, 0]);
    assert.is(outcome?.lasting.daily.size, 1);
  });
});

suite("waivers", (test) => {
  const waiver = { rule: "a-rule", owner: "ann", reason: "moves in spring", until: "2026-07-01" };
  const waived = (...waivers: readonly Readonly<Record<string, unknown>>[]) => run(SOUND, { settings: { waivers } });

  test("hide what they are about through their last day", async () => {
    const { outcome, lines } = await waived({ ...waiver, subject: "segment:p*" });
    assert.equal(lines, ["guard/a-rule `dev`: `dev` was found at dev"]);
    assert.equal([outcome?.rules[0]?.findings, outcome?.rules[0]?.waived], [1, 2]);
    assert.equal(outcome?.waivers, [{ ...waiver, subject: "segment:p*", findings: 2 }]);
    assert.equal((await waived(waiver)).lines, []);
  });

  test("that are over hide nothing and are errors", async () => {
    const { lines } = await waived({ ...waiver, until: "2026-06-30" });
    assert.is(lines.length, 4);
    assert.ok(lines.includes('DMC5520 `"2026-06-30"`: this waiver of `a-rule` expired at the end of 2026-06-30 (UTC)'));
  });

  test("that match nothing, or say nothing, are told", async () => {
    const stale = await waived({ ...waiver, subject: "segment:moon" });
    assert.is(stale.lines.length, 4);
    assert.match(stale.lines.join("\n"), "DMC5521");
    assert.match(stale.lines.join("\n"), "this waiver matches no finding of `a-rule` about `segment:moon`");
    const blank = await waived({ ...waiver, reason: "  " });
    assert.ok(blank.lines.some((line) => line.startsWith("DMC5522")));
    assert.is(blank.lines.length, 4);
    assert.match((await waived({ ...waiver, rule: "a-rul" })).lines.join("\n"), "DMC5517");
  });

  test("need an owner and a reason that somebody can read", async () => {
    const unseen = ["\u200b\u200d", "\u2060 \ufeff", "\u3164", "\u00ad", "\u2800", "-- …", "\u0301", "\u{e0041}"];
    for (const text of unseen) {
      for (const key of ["owner", "reason"]) {
        const { lines } = await waived({ ...waiver, [key]: text });
        assert.ok(
          lines.some((line) => line.startsWith("DMC5522")),
          JSON.stringify(text),
        );
        assert.is(lines.length, 4, "nothing is hidden");
      }
    }
    for (const text of ["net", "网络", "7", "e\u0301quipe"]) {
      assert.equal((await waived({ ...waiver, owner: text })).lines, []);
    }
  });

  test("match the whole of a subject", async () => {
    const about = async (subject: string) => (await waived({ ...waiver, subject })).outcome?.rules[0]?.waived;
    assert.equal(
      [await about("segment"), await about("prod"), await about("*"), await about("s*:*d*"), await about("*prod")],
      [0, 0, 3, 2, 1],
    );
  });
});

suite("guard rails that cannot run", (test) => {
  test("are an error for every fault of the compiled policy", async () => {
    assert.match(
      await failing("DMC5505", SOUND, { policy: HOSTILE.subarray(0, 9_000) }),
      "no sound WebAssembly module",
    );
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    assert.match(await failing("DMC5505", SOUND, { policy: empty }), "no policy that OPA has compiled");
    assert.match(await failing("DMC5507", "hostile/main"), "no entrypoint `hostile/main`");
    assert.match(await failing("DMC5508", "clock/sound", { policy: CLOCK }), "`time.now_ns`");
    assert.match(await failing("DMC5511", "hostile/torn"), "gave up");
    assert.match(await failing("DMC5512", "hostile/nothing"), "no value");
  });

  test("are an error where memory runs out, at loading and at evaluation", async () => {
    const memory = 32 * 1024 * 1024;
    assert.match(await failing("DMC5509", "hostile/hungry", { memory }), "need more than 32 MiB of memory");
    assert.match(await failing("DMC5509", SOUND, { memory: 65_536 }), "need more than 1 MiB of memory");
  });

  test("are an error for another version of the binary interface", async () => {
    const other = Uint8Array.from(HOSTILE);
    const global = versionAt(other);
    other[global] = 2;
    assert.match(await failing("DMC5506", SOUND, { policy: other }), "another engine");
  });

  test("are an error for every result that is none", async () => {
    const nonsense: Readonly<Record<string, string>> = {
      text: "it is no object",
      no_list: "`ran` is no list of names",
      no_findings: "`findings` is no object",
      unknown_rule: "the rule `b-rule` is not in the manifest",
      bare: "a finding that is no",
      no_data: "a finding that is no",
      no_words: "needs `name`",
    };
    for (const [name, says] of Object.entries(nonsense))
      assert.match(await failing("DMC5513", `hostile/${name}`), says);
    assert.match(await failing("DMC5514", "hostile/not_run"), "the guard rail `a-rule` of `rails` did not run");
    assert.match(await failing("DMC5514", "hostile/silent"), "did not run");
    assert.match(await failing("DMC5515", "hostile/unknown_subject"), "speaks of `segment:moon`");
  });

  test("are an error where the runner says so, or runs too long", async () => {
    const slow: GuardRunner = { run: async () => ({ kind: "failed", fault: "timeout", detail: "" }) };
    assert.match(await failing("DMC5510", SOUND, { runner: slow, timeout: 5_000 }), "did not end within 5 s");
  });

  test("are an error where files are missing, changed or not sound", async () => {
    const absent = { settings: { sources: ["gone"] } };
    assert.match(await failing("DMC5501", SOUND, absent), "there is no `manifest.json` in it");
    const other = { wasm: { path: "other.wasm", sha256: "0".repeat(64) } };
    assert.match(await failing("DMC5501", SOUND, { manifest: other }), "there is no `other.wasm` in it");
    const changed = { wasm: { path: "policy.wasm", sha256: "0".repeat(64) } };
    assert.match(await failing("DMC5503", SOUND, { manifest: changed }), "not those that their manifest describes");
    const newer = { files: { "rails/rules/naming/new/rule.rego": "package own.rules.naming.new\n" } };
    assert.match(await failing("DMC5504", SOUND, newer), "`rules/naming/new/rule.rego` differs");
    const gone = { manifest: { sources: { "rule.rego": "0".repeat(64) } } };
    assert.match(await failing("DMC5504", SOUND, gone), "`rule.rego` differs");
    await failing("DMC5501", SOUND, { settings: { sources: ["rails.tar.gz"] }, files: { "rails.tar.gz": "no" } });
  });

  test("are named by a compiled policy only where it is there and is that of the manifest beside it", async () => {
    const policy = (name: string, more: RailsOptions = {}) => ({ ...more, settings: { sources: [`rails/${name}`] } });
    assert.is((await run(SOUND, policy("policy.wasm"))).lines.length, 3);
    assert.match(await failing("DMC5501", SOUND, policy("gone.wasm")), "nothing is there");
    const another = { files: { "rails/other.wasm": HOSTILE } };
    const says = "`manifest.json` beside it describes `policy.wasm`";
    assert.match(await failing("DMC5501", SOUND, policy("other.wasm", another)), says);
    const newer = { files: { "rails/rules/naming/new/rule.rego": "package own.rules.naming.new\n" } };
    assert.match(await failing("DMC5504", SOUND, policy("policy.wasm", newer)), "`rules/naming/new/rule.rego` differs");
  });

  test("are an error for every fault of a manifest", async () => {
    const faults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      "its `formatVersion` is not 1": { formatVersion: 2 },
      "it has the unknown key `colour`": { colour: "red" },
      "it lists no rule": { rules: {} },
      "`../x` lies outside its folder": { wasm: { path: "../x", sha256: "0".repeat(64) } },
      "`A Rule` is no name of a rule": { rules: { "A Rule": A_RULE } },
      "the severity of `a-rule` is none of": { rules: { "a-rule": { ...A_RULE, severity: "off" } } },
      "`message` is no text": { rules: { "a-rule": { ...A_RULE, message: " " } } },
    };
    const built = manifestFor(HOSTILE, SOUND);
    for (const change of [{ severity: "info" }, { message: "fine" }, { daily: true }, { controls: ["none"] }]) {
      const manifest = { rules: { "a-rule": { ...A_RULE, ...change } }, rulesSha256: built.rulesSha256 };
      assert.match(await failing("DMC5502", SOUND, { manifest }), "its `rules` are not those that were compiled");
    }
    assert.match(await failing("DMC5502", SOUND, { manifest: { rulesSha256: "" } }), "`rulesSha256` has no SHA-256");
    for (const [says, manifest] of Object.entries(faults)) {
      assert.match(await failing("DMC5502", SOUND, { manifest }), says);
    }
    const broken = { files: { "rails/manifest.json": "{" } };
    assert.match(await failing("DMC5502", SOUND, broken), "it is not JSON");
  });

  test("are an error where the facts take too long to compute", async () => {
    assert.match(await failing("DMC5516", SOUND, { budget: 1 }), "cannot be computed");
  });

  test("are told where nobody evaluates them", async () => {
    const files = {
      "demarc.json": '{ "guardrails": { "sources": ["rails"] } }',
      "main.demarc": `edition 1\n${ESTATE}`,
    };
    const request = { host: memoryHost(files), path: "", directory: "", today: TODAY, registry };
    const { diagnostics, guard } = await checkProject({ ...request, purpose: "check" });
    assert.is(guard, undefined);
    assert.ok(diagnostics.some((one) => one.code === "DMC5006" && one.severity === "info"));
  });

  test("are an error where two bundles have one name for a rule", async () => {
    const twice = { settings: { sources: ["rails", "rails"] } };
    assert.match(await failing("DMC5523", SOUND, twice), "has the name of one of `rails`");
  });
});

/** Where the initial value of the first exported version lies: `i32.const 1` of the ABI's major number. */
function versionAt(bytes: Uint8Array): number {
  const globals = sectionAt(bytes, 6);
  // Each entry: type, mutability, `i32.const` (0x41), value, `end` (0x0b). The versions 1 and 3 stand side by side.
  for (let at = globals; at < bytes.length; at++) {
    const entry = [0x7f, 0x00, 0x41, 0x01, 0x0b, 0x7f, 0x00, 0x41, 0x03, 0x0b];
    if (entry.every((byte, i) => bytes[at + i] === byte)) return at + 3;
  }
  throw new Error("the module has no versions where they are expected");
}

function sectionAt(bytes: Uint8Array, wanted: number): number {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    let size = 0;
    let shift = 0;
    let end = at + 1;
    for (; ; end++) {
      const byte = bytes[end] ?? 0;
      size |= (byte & 0x7f) << shift;
      shift += 7;
      if (byte < 0x80) break;
    }
    if (id === wanted) return end + 1;
    at = end + 1 + size;
  }
  throw new Error("no such section");
}

suite("a fixture of guard rails", (test) => {
  test("has the form of a manifest", () => {
    assert.is(manifestFor(HOSTILE, SOUND).formatVersion, 1);
  });
});
