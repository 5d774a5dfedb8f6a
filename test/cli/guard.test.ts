/** `guard`: list, init, build and test; guard rails in `check`, `compile` and `explain`, through the worker. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workerRunner } from "../../cli/guard-runner.js";
import { STARTER } from "../../cli/rails/starter.js";
import { rulesDigest } from "../../compiler/guard/manifest.js";
import { sha256 } from "../../compiler/sha256.js";
import { assert, needs, suite } from "../support/harness.js";
import { acme, json } from "./quickstart-place.js";
import type { Workplace } from "./support.js";

const OWN = "fixtures/rails/own";
const HOSTILE = readFileSync("fixtures/rails/hostile/hostile.wasm");
const env = { PATH: process.env.PATH ?? "" };

/** The quickstart with the rails of the fixture in `rails/`, and these settings beside them. */
function withRails(settings: Readonly<Record<string, unknown>> = {}): Workplace {
  const place = acme();
  for (const path of readdirSync(OWN, { recursive: true, encoding: "utf8" })) {
    if (/\.[a-z]+$/.test(path)) place.put({ [`acme/rails/${path}`]: readFileSync(join(OWN, path)) });
  }
  place.put({ "acme/demarc.json": JSON.stringify({ guardrails: { sources: ["rails"], ...settings } }) });
  return place;
}

/** A place whose rails are the hostile policy at one entrypoint. */
function hostile(entrypoint: string): Workplace {
  const place = withRails();
  const manifest = JSON.parse(place.get("acme/rails/manifest.json"));
  const { "network-documented": rule } = manifest.rules;
  const wasm = { path: "hostile.wasm", sha256: sha256(HOSTILE) };
  const rules = { "a-rule": rule };
  const rulesSha256 = rulesDigest(rules);
  const other = { ...manifest, entrypoint: `hostile/${entrypoint}`, wasm, rulesSha256, rules };
  place.put({ "acme/rails/manifest.json": JSON.stringify(other), "acme/rails/hostile.wasm": HOSTILE });
  return place;
}

suite("guard rails of a package", (test) => {
  test("are judged by a check, on the line of what they are about", async () => {
    const place = withRails();
    place.put({ "acme/main.demarc": place.get("acme/main.demarc").replace("/// Desks in Chicago.\n", "") });
    const { code, output } = await json(place, "check", ["acme"]);
    assert.is(code, 0);
    const [found, ...more] = output.diagnostics;
    assert.equal(more, []);
    assert.equal(
      [found.code, found.name, found.severity, found.message, found.data],
      [
        "guard/network-documented",
        "network-documented",
        "warning",
        "the network `desks` does not say what it is for",
        { subject: "network:desks", name: "desks" },
      ],
    );
    const line = place.get("acme/main.demarc").split("\n")[found.range.start.line - 1];
    assert.match(line ?? "", /^network desks/);
    const ran = output.result.guardRails.rules.filter((rule: { bundle: string }) => rule.bundle === "rails");
    assert.equal(
      ran.map((rule: { name: string; findings: number }) => [rule.name, rule.findings]),
      [
        ["network-documented", 1],
        ["partner-service", 0],
      ],
    );
    place.remove();
  });

  test("stop a compile where they are errors, and are in its report where they are not", async () => {
    const stopped = withRails({ severity: { "network-documented": "error" } });
    const text = stopped.get("acme/main.demarc").replace("/// Desks in Chicago.\n", "");
    stopped.put({ "acme/main.demarc": text });
    const refused = await stopped.run(["compile", "acme"]);
    assert.is(refused.code, 1);
    assert.match(refused.stdout, "error guard/network-documented: the network `desks` does not say what it is for");
    assert.equal(stopped.all("acme/rails/..").out, undefined);
    stopped.remove();
    const place = withRails();
    place.put({ "acme/main.demarc": text });
    assert.is((await place.run(["compile", "acme"])).code, 0);
    const report = JSON.parse(place.get("acme/out/report/report.json"));
    const own = report.guardRails.rules.filter((rule: { bundle: string }) => rule.bundle === "rails");
    assert.is(own[0].findings, 1);
    assert.match(place.get("acme/out/report/report.md"), "- `network-documented` (warning): 1");
    assert.match(place.get("acme/out/report/findings.sarif"), '"ruleId": "guard/network-documented"');
    place.remove();
  });

  test("that were changed and not built again stop a check, and so does a missing policy", async () => {
    const place = withRails();
    const rule = "acme/rails/rules/naming/network-documented/rule.rego";
    place.put({ [rule]: `${place.get(rule)}\n# changed\n` });
    const { code, stdout } = await place.run(["check", "acme"]);
    assert.is(code, 1);
    assert.match(stdout, /^acme\/demarc\.json:1:\d+: error DMC5504: .*network-documented\/rule\.rego` differs$/m);
    place.remove();
    const empty = acme();
    empty.put({ "acme/demarc.json": '{ "guardrails": { "sources": ["rails"] } }' });
    assert.match((await empty.run(["check", "acme"])).stdout, "DMC5501");
    empty.remove();
  });

  test("do not touch a query", async () => {
    const place = hostile("loops");
    const { code, stdout } = await place.run(["query", "desks -> shop.web on std.https", "acme"]);
    assert.is(code, 0);
    assert.noMatch(stdout, "DMC55");
    place.remove();
  });

  test("print nothing, whatever they do, and end with an error", async () => {
    const place = hostile("text");
    const { code, output } = await json(place, "check", ["acme"]);
    assert.is(code, 1);
    assert.equal(
      output.diagnostics.map((one: { code: string }) => one.code),
      ["DMC5513"],
    );
    place.remove();
  });
});

suite("the worker of guard rails", (test) => {
  const request = {
    policy: HOSTILE,
    data: "{}",
    input: '{"segments": {"segment:prod": {"name": "prod"}}}',
    memory: 1 << 28,
  };

  test("ends a rule that loops", async () => {
    const before = performance.now();
    const run = await workerRunner.run({ ...request, entrypoint: "hostile/loops" }, 2_000);
    assert.equal(run, { kind: "failed", fault: "timeout", detail: "" });
    assert.ok(performance.now() - before < 20_000);
  });

  test("gives values and faults as the engine does", async () => {
    const value = await workerRunner.run({ ...request, entrypoint: "hostile/sound" }, 60_000);
    assert.equal(value, {
      kind: "value",
      value: { ran: ["a-rule"], findings: { "a-rule": [{ subject: "segment:prod", data: { name: "prod" } }] } },
    });
    const fault = await workerRunner.run({ ...request, entrypoint: "hostile/nothing" }, 60_000);
    assert.is(fault.kind === "failed" && fault.fault, "undefined");
  });
});

suite("guard", (test) => {
  test("lists every rule with what is in force of it", async () => {
    const place = withRails({
      severity: { "partner-service": "info" },
      parameters: { "partner-service": { agreed: ["tcp/443", "tcp/8443"] } },
    });
    const { code, output } = await json(place, "guard", ["list", "acme"]);
    assert.is(code, 0);
    const rule = output.result.rules.find((one: { name: string }) => one.name === "partner-service");
    assert.equal(
      [rule.severity, rule.defaultSeverity, rule.bundle, rule.category],
      ["info", "error", "rails", "exposure"],
    );
    assert.equal(rule.parameters, [
      {
        name: "agreed",
        default: ["tcp/443"],
        value: ["tcp/443", "tcp/8443"],
        description: "services that partners may call",
      },
    ]);
    assert.match((await place.run(["guard", "list", "acme"])).stdout, /^ {2}info {5}partner-service +Service that/m);
    place.remove();
  });

  test("explains a rule by its name", async () => {
    const place = withRails();
    place.put({ "demarc.json": '{ "guardrails": { "sources": ["acme/rails"] } }' });
    for (const name of ["partner-service", "guard/partner-service"]) {
      const { code, stdout } = await place.run(["explain", name]);
      assert.is(code, 0);
      assert.match(stdout, /^error guard\/partner-service partner-service\n\nService that partners may not call\.\n/);
      assert.match(stdout, 'agreed = ["tcp/443"]: services that partners may call');
    }
    assert.match((await place.run(["explain", "partner-servce"])).stderr, "did you mean `partner-service`?");
    place.remove();
  });

  test("writes a rule to begin with, never over a file", async () => {
    const place = acme();
    const { code, stdout } = await place.run(["guard", "init", "acme/rails"]);
    assert.is(code, 0);
    assert.match(stdout, "next: `demarc guard test acme/rails`");
    assert.equal(place.all("acme/rails"), STARTER);
    const again = await place.run(["guard", "init", "acme/rails"]);
    assert.is(again.code, 1);
    assert.equal(place.all("acme/rails"), STARTER);
    place.remove();
  });

  test("says how to get opa where it is not installed", async () => {
    const place = withRails();
    for (const action of ["build", "test"]) {
      const { code, stderr } = await place.run(["guard", action, "acme/rails"], { env: { PATH: place.root } });
      assert.is(code, 2);
      assert.match(stderr, "Rego is compiled by `opa`, which is not installed: get it from https://");
    }
    assert.match((await place.run(["guard", "bild"])).stderr, "did you mean `build`?");
    place.remove();
  });

  test(
    "tests and builds what it wrote, and a check then judges by it",
    async () => {
      const place = acme();
      await place.run(["guard", "init", "acme/rails"]);
      const tested = await place.run(["guard", "test", "acme/rails"], { env });
      assert.equal([tested.code, tested.stdout], [0, "2 passed, 0 failed\n"]);
      const built = await place.run(["guard", "build", "acme/rails"], { env });
      assert.is(built.code, 0);
      assert.match(built.stdout, "1 rule built: commit both files with the sources");
      place.put({ "acme/demarc.json": '{ "guardrails": { "sources": ["rails"] } }' });
      const { output } = await json(place, "check", ["acme"]);
      assert.ok(output.result.guardRails.rules.some((rule: { name: string }) => rule.name === "network-documented"));
      place.remove();
    },
    needs("opa"),
  );

  test(
    "leaves a manifest that is not of guard rails, and what a link beside it leads to",
    async () => {
      const place = withRails();
      place.put({ "acme/rails/manifest.json": '{ "files": [] }\n', "precious.txt": "kept\n" });
      symlinkSync(join(place.root, "precious.txt"), join(place.root, "acme/rails/manifest.json.new"));
      const built = await place.run(["guard", "build", "acme/rails"], { env });
      assert.is(built.code, 1);
      assert.match(built.stdout, "`manifest.json` is there and is none of guard rails");
      assert.equal([place.get("acme/rails/manifest.json"), place.get("precious.txt")], ['{ "files": [] }\n', "kept\n"]);
      place.remove();
    },
    needs("opa"),
  );

  test(
    "ends with 1 where a test of a rule fails, or a rule does not compile",
    async () => {
      const place = withRails();
      const path = "acme/rails/rules/naming/network-documented/rule_test.rego";
      place.put({ [path]: place.get(path).replace("count(found) == 0", "count(found) == 1") });
      const tested = await place.run(["guard", "test", "acme/rails"], { env });
      assert.is(tested.code, 1);
      assert.match(tested.stdout, /^failed: .*test_documented$/m);
      place.put({
        "acme/rails/rules/naming/network-documented/rule.rego": "package own.rules.naming.network_documented\nx :=",
      });
      const built = await place.run(["guard", "build", "acme/rails"], { env });
      assert.is(built.code, 1);
      assert.match(built.stdout, "error DMC5524");
      place.remove();
    },
    needs("opa"),
  );

  test(
    "takes a bundle that opa has built",
    async () => {
      const place = withRails();
      const words = ["build", "-t", "wasm", "-e", "acme/main/results", "-o", "ready.tar.gz", "rails"];
      const source = join(place.root, "acme");
      mkdirSync(join(source, "plain"));
      const main =
        'package acme.main\n\nresults := {"ran": ["network-documented", "partner-service"], "findings": {}}\n';
      writeFileSync(join(source, "rails", "main.rego"), main);
      const ended = spawnSync("opa", words, { cwd: source });
      assert.is(ended.status, 0, String(ended.stderr));
      const built = await place.run(["guard", "build", "acme/ready.tar.gz"], { env });
      assert.is(built.code, 0, built.stdout);
      const manifest = JSON.parse(place.get("acme/ready/manifest.json"));
      assert.equal(
        [manifest.entrypoint, Object.keys(manifest.rules)],
        ["acme/main/results", ["network-documented", "partner-service"]],
      );
      place.remove();
    },
    needs("opa"),
  );
});
