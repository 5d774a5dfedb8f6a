/** The guard rails over estates, through the whole compiler and the compiled policy: what they find, where, and what not. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateEstate } from "../../bench/generate.js";
import { estateNames, readEstate } from "../fixtures/packages.js";
import { assert, matchFile, suite } from "../support/harness.js";
import { baseText, evaluateLibrary, fixtureInput, inputOf, judge, libraryManifest } from "./library.js";
import { findOpa, needsOpa } from "./opa.js";

const RULES = [...libraryManifest().rules.keys()];
const KINDS = ["violating", "conforming"] as const;
const slow = { timeout: 120_000 };

suite("guard rails", (test) => {
  test(
    "have nothing to say about what the fixtures have in common",
    async () => {
      assert.equal(await judge(await inputOf({ "base.demarc": baseText() })), []);
    },
    slow,
  );

  for (const rule of RULES) {
    test(
      `${rule} finds what violates it, where it stands, and is content when it is mended`,
      async () => {
        const found = await judge(await fixtureInput(rule, "violating"));
        assert.ok(
          found.some((line) => line.includes(` ${rule}: `)),
          "the violating fixture violates nothing",
        );
        matchFile(`fixtures/guard/${rule}/findings.txt`, `${found.join("\n")}\n`);
        assert.equal(await judge(await fixtureInput(rule, "conforming")), []);
      },
      slow,
    );
  }
});

/** What is truly lacking in the estates that ship: everything else is quiet. */
const LACKING: Readonly<Record<string, readonly string[]>> = {
  "acme-sample": [
    "main.demarc:13:7: warning sensitive-flow-logs: `use1` holds `vault` of a sensitive segment and writes no flow logs",
    "main.demarc:29:11: info sensitive-single-link: `pci` has no other way when `dx` fails",
    "main.demarc:82:3: warning sensitive-unlogged: what `prod` can open in the sensitive segment `pci` is not logged",
  ],
  "three-clouds": [
    "links.demarc:12:6: warning failover-without-bfd: a failure of `er-two` is noticed by the hold timer only",
    "links.demarc:4:6: warning failover-without-bfd: a failure of `er-one` is noticed by the hold timer only",
    "policies.demarc:30:3: warning partner-unlogged: what `sawmill` can open is not logged",
  ],
};

suite("good estates", (test) => {
  for (const name of estateNames()) {
    test(
      `such as ${name} are left in peace`,
      async () => {
        const targets = name === "acme-sample" ? ["aws", "junos"] : undefined;
        assert.equal(await judge(await inputOf(readEstate(name), targets)), LACKING[name] ?? []);
      },
      slow,
    );
  }

  test(
    "of 500 rules are judged by every guard rail, and only what their generator leaves out is found",
    async () => {
      const files = Object.fromEntries(generateEstate({ rules: 500, seed: 20_261 }));
      const found = await judge(await inputOf(files));
      const names = new Set(found.map((line) => line.split(" ")[2]));
      assert.equal([...names].sort(), ["router-site:"]);
    },
    slow,
  );
});

suite("parameters", (test) => {
  test("change what a rule finds, and a rule without any of its own is not touched", async () => {
    const { input } = await fixtureInput("wide-ports", "conforming");
    const names = async (parameters: Readonly<Record<string, unknown>>): Promise<readonly string[]> => {
      const { findings } = (await evaluateLibrary(input, parameters)) as { findings: Record<string, unknown[]> };
      return Object.keys(findings)
        .filter((name) => (findings[name] ?? []).length > 0)
        .sort();
    };
    assert.equal(await names({}), []);
    assert.equal(await names({ "wide-ports": { most: 100 } }), ["wide-ports"]);
    assert.equal(await names({ "owner-contact": { mark: "@acme.test" } }), ["owner-contact"]);
    assert.equal(await names({ "sensitive-without-never": { words: ["prod"] } }), [
      "sensitive-from-externals",
      "sensitive-unlogged",
      "sensitive-without-never",
    ]);
  });
});

suite("the two engines of OPA", (test) => {
  let folder = "";
  test.before(() => {
    folder = mkdtempSync(join(tmpdir(), "demarc-opa-"));
  });
  test.after(() => rmSync(folder, { recursive: true, force: true }));

  test(
    "agree on every fixture",
    async () => {
      for (const rule of RULES) {
        for (const kind of KINDS) {
          const { input } = await fixtureInput(rule, kind);
          const path = join(folder, "input.json");
          writeFileSync(path, JSON.stringify(input));
          const words = ["eval", "--format", "json", "-d", "policies/lib", "-d", "policies/rules", "-i", path];
          const text = execFileSync(findOpa() ?? "opa", [...words, "data.demarc.main.results"], { encoding: "utf8" });
          const answer = JSON.parse(text) as { result: { expressions: { value: unknown }[] }[] };
          const compiled = await evaluateLibrary(input);
          assert.equal(compiled, answer.result[0]?.expressions[0]?.value, `${rule}, ${kind}`);
        }
      }
    },
    { ...needsOpa(), timeout: 300_000 },
  );
});
