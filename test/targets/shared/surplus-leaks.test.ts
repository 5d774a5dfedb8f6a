/** What meeting places lead across beyond shares is told by the target that has the meeting place. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { awsTarget } from "../../../targets/aws/index.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { twoSegments } from "../../support/two-segments.js";

function surplus(text: string): readonly string[] {
  const { design } = pipeline(text);
  return [awsTarget, junosTarget].flatMap(({ compile }) =>
    compile(design, defaultSettings, new Diagnostics()).remarks.flatMap(({ kind, target, text }) =>
      kind === "surplus-route" && text.includes("into segment") ? [`${target}: ${text}`] : [],
    ),
  );
}

suite("remarks on what is led across beyond a share", (test) => {
  test("name the covering prefix of an external of which a host is shared, at the router", () => {
    const beside = `external globex in pci { cidr = 203.0.113.0/24  asn = 65010  host portal { address = 203.0.113.9 } }
link port between chi and globex { kind = handoff  interface = "xe-0/0/8"  carries pci { vlan = 900 } }`;
    const shared = (what: string): string =>
      twoSegments(`share ${what} with prod  allow floor -> ${what} on tcp/443`, beside);
    assert.equal(surplus(shared("globex.portal")), [
      "junos: `ash` also leads `203.0.113.0/24` of `globex` into segment `prod`: it has no route of its own for less",
    ]);
    assert.equal(surplus(shared("globex")), []);
  });

  test("name what a hub propagates beside the networks that replies go to", () => {
    const desk = 'network desk in prod at chi { cidr = 10.6.0.0/28  interface = "xe-0/0/8" }';
    const text = twoSegments("share vault.cards with prod at use1  allow floor -> vault.cards on tcp/443", desk);
    assert.equal(surplus(text), [
      "aws: `use1` also leads `10.6.0.0/28` of `desk` into segment `pci`: it has no route of its own for less",
    ]);
  });
});
