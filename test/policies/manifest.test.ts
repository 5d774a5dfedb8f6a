/** The compiled guard rails are what the sources are: found without OPA, by digests. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { assert, suite } from "../support/harness.js";
import { filesBelow, folderOf, manifestOfLibrary } from "./support.js";

const manifest = manifestOfLibrary();
const rules = Object.entries(manifest.rules);

function digestOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

suite("the compiled guard rails", (test) => {
  test("were compiled from the sources that lie beside them (else run `npm run policies`)", () => {
    const sources = filesBelow("policies").filter((path) => path.endsWith(".rego") && !path.endsWith("_test.rego"));
    assert.equal(manifest.sources, Object.fromEntries(sources.map((path) => [path, digestOf(`policies/${path}`)])));
  });

  test("are the bytes that the manifest names", () => {
    assert.is(digestOf(`policies/${manifest.wasm.path}`), manifest.wasm.sha256);
    assert.equal(filesBelow("policies/dist"), ["policy.wasm"]);
  });

  test("name the version of OPA and of its interface that they were made with", () => {
    const script = readFileSync("policies/build.mjs", "utf8");
    assert.match(script, `const OPA_VERSION = "${manifest.opa}";`);
    assert.match(manifest.abi, /^1\.\d+$/);
    assert.is(manifest.entrypoint, "demarc/main/results");
    assert.is(manifest.formatVersion, 1);
  });
});

suite("every guard rail", (test) => {
  test("has a folder, its own tests and two fixtures, and no folder has none", () => {
    const expected = rules.flatMap(([name, rule]) => {
      const folder = folderOf(name, rule);
      return [`${folder}/rule.rego`, `${folder}/rule_test.rego`];
    });
    const fixtures = rules.flatMap(([name]) =>
      ["violating", "conforming"].map((one) => `fixtures/guard/${name}/${one}.demarc`),
    );
    const missing = [...expected, ...fixtures].filter((path) => !existsSync(path));
    assert.equal(missing, []);
    const folders = readdirSync("policies/rules").flatMap((category) => readdirSync(`policies/rules/${category}`));
    assert.equal(folders.sort(), rules.map(([name]) => name).sort());
    const fixtureFolders = readdirSync("fixtures/guard").filter((name) => !name.includes("."));
    assert.equal(fixtureFolders.sort(), rules.map(([name]) => name).sort());
    assert.ok(rules.length >= 25);
  });

  test("speaks as messages do: lower case at the start, no full stop, and help that says what to do", () => {
    const wrong = rules.filter(
      ([, { message, help }]) => /^[A-Z]/.test(message) || /\.$/.test(message) || /\.$|^[A-Z]/.test(help),
    );
    assert.equal(
      wrong.map(([name]) => name),
      [],
    );
  });

  test("names controls by standard and number", () => {
    const forms = [
      /^PCI DSS 4\.0 \d+\.\d+\.\d+$/,
      /^NIST SP 800-53 r5 [A-Z]{2}-\d+(?:\(\d+\))?$/,
      /^NIST SP 800-207 2\.1 tenet [1-7]$/,
      /^CIS Controls v8 \d+\.\d+$/,
    ];
    const strange = rules.flatMap(([, { controls }]) =>
      controls.filter((one) => !forms.some((form) => form.test(one))),
    );
    assert.equal(strange, []);
  });

  test("is asked for its parameters by its own name, or by that of the rule that has them", () => {
    const asked = rules.flatMap(([name, rule]) => {
      const text = readFileSync(`${folderOf(name, rule)}/rule.rego`, "utf8");
      return [...text.matchAll(/lib\.parameter\("([a-z-]+)", "([a-z0-9-]+)"\)/g)].map(([, owner = "", key = ""]) => ({
        name,
        owner,
        key,
      }));
    });
    const unknown = asked.filter(
      ({ name, owner, key }) => owner !== name || manifest.rules[owner]?.parameters[key] === undefined,
    );
    assert.equal(unknown, []);
    const unused = rules.flatMap(([name, { parameters }]) =>
      Object.keys(parameters)
        .filter((key) => !asked.some((one) => one.owner === name && one.key === key))
        .map((key) => `${name}.${key}`),
    );
    assert.equal(
      unused,
      ["sensitive-without-never.words"],
      "the words are asked for in lib.rego, for every rule about sensitive segments",
    );
  });
});
