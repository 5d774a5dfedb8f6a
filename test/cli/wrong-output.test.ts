/** A target that writes what the source does not mean: exit code 70, nothing written, a finding that shows the fault. */
import type { Target } from "../../compiler/contract.js";
import type { Registry } from "../../compiler/driver.js";
import { registry } from "../../targets/registry.js";
import { assert, suite } from "../support/harness.js";
import { acme } from "./quickstart-place.js";
import { type Ended, schemaFaults } from "./support.js";

/** Each compiles and judges. */
const slow = { timeout: 120_000 };

/** The targets, one of which writes its files with some text put in place of another. */
function wrong(name: string, from: RegExp, to: string): Registry {
  const spoil = (target: Target): Target => ({
    ...target,
    compile: (...given) => {
      const made = target.compile(...given);
      const artefacts = made.artefacts.map((one) => ({ ...one, text: one.text.replace(from, to) }));
      return { ...made, artefacts };
    },
  });
  return { ...registry, targets: registry.targets.map((one) => (one.name === name ? spoil(one) : one)) };
}

interface Outcome extends Ended {
  /** The text of the report, and every file that the run left beside the sources and it. */
  readonly report: string;
  readonly left: readonly string[];
}

async function runWith(given: Registry, words: readonly string[]): Promise<Outcome> {
  const place = acme();
  const ended = await place.run(words, { registry: given });
  const files = place.all();
  const [path] = Object.keys(files).filter((one) => one.startsWith("demarc-fault-"));
  assert.ok(path !== undefined, ended.stderr);
  assert.match(ended.stderr, `Nothing was written. The details are in ${place.root}/${path}.`);
  const report = files[path] ?? "";
  const left = Object.keys(files).filter((one) => one !== path);
  place.remove();
  return { ...ended, report, left };
}

const COMPILE = ["compile", "acme", "-o", "out"];

suite("an output that is not what the source means", (test) => {
  test(
    "is not written where it opens too much: a packet, its line and the rule",
    async () => {
      const { code, stdout, report, left } = await runWith(wrong("aws", /"to_port": 443/, '"to_port": 444'), COMPILE);
      assert.is(code, 70);
      assert.equal(left, ["acme/main.demarc"]);
      assert.match(stdout, /^acme\/main\.demarc:45:\d+: error DMC3502: /m);
      const what =
        "aws/111122223333/security-groups.tf.json#/resource/aws_vpc_security_group_ingress_rule/shop--web--tcp-443--10-1-0-0-24" +
        " lets in tcp/444 from `10.1.0.2` in `desks` to `10.20.1.1` in `shop.web` at `shop.web/in`, which nothing permits";
      assert.match(stdout, what);
      assert.match(report, `main.demarc:45: DMC3502 ${what}`);
      assert.noMatch(stdout, "compiled:");
    },
    slow,
  );

  test(
    "is not written where a router is more closed than meant",
    async () => {
      // Both forms say the same, so that it is the judgement that finds it and not the comparison of the two.
      const given = wrong("junos", /destination-port 443/g, "destination-port 442");
      const { code, stdout, report, left } = await runWith(given, COMPILE);
      assert.is(code, 70);
      assert.equal(left, ["acme/main.demarc"]);
      const what =
        /routers\/chi\/junos\.[a-z.]+:\d+ stops tcp\/443 from `10\.1\.0\.2` in `desks` to `10\.20\.1\.1` in `shop\.web` at `desks@chi\/in`, which is permitted/;
      assert.match(stdout, what);
      assert.match(report, what);
      assert.match(report, /^main\.demarc:45: DMC3503 /m);
    },
    slow,
  );

  test(
    "is not called sound by a check where it cannot be read",
    async () => {
      const given = wrong("junos", /^set firewall /m, "set firewal ");
      const { code, stdout, report, left } = await runWith(given, ["check", "acme"]);
      assert.is(code, 70);
      assert.equal(left, ["acme/main.demarc"]);
      assert.match(stdout, /DMC3501.*`?firewal/);
      assert.match(report, /DMC3501 .*routers\/chi\/junos\.set:\d+ cannot be judged/);
      const json = await runWith(given, ["check", "acme", "--format", "json"]);
      assert.is(json.code, 70);
      const output = JSON.parse(json.stdout);
      assert.equal(schemaFaults("check", output), []);
      assert.is(output.ok, false);
      assert.not("result" in output);
    },
    slow,
  );
});
