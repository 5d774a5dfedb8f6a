/** LANs of designed estates in the emitted lines: descriptions and DHCP relays. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { describe } from "../../../targets/junos/descriptions.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";

const shop = (server: string): string => `estate acme { asn = 65000 }
/// Everything that sells
segment shop { }
router chi { os = junos loopback = 192.0.2.1 }
/// The "north" hall,
/// with a café
network floor in shop at chi { cidr = 10.1.0.0/24 interface = "ge-0/0/1" dhcp-relay = ${server} }
network racks in shop at chi {
  cidr = 10.2.0.0/24
  description = "Servers"
  interface = "ge-0/0/2"
  host dhcp { address = 10.2.0.5 }
}
policy sales { allow floor -> racks on tcp/80 }
`;

function compiled(text: string) {
  const diagnostics = new Diagnostics();
  const { artefacts } = junosTarget.compile(pipeline(text).design, defaultSettings, diagnostics);
  const lines = artefacts.find(({ path }) => path.endsWith("junos.set"))?.text ?? "";
  return { lines, findings: diagnostics.sorted() };
}

suite("LANs of Junos routers", (test) => {
  test("carry doc comments and descriptions on one line", () => {
    const { lines } = compiled(shop("10.2.0.5"));
    assert.match(lines, `ge-0/0/1 unit 0 description "floor in shop: The \\"north\\" hall, with a cafe"\n`);
    assert.match(lines, `ge-0/0/2 unit 0 description "racks in shop: Servers"\n`);
    assert.match(lines, `routing-instances shop description "segment shop: Everything that sells"\n`);
  });

  test("cut long descriptions", () => {
    const text = describe("floor", { doc: "x".repeat(400) });
    assert.is(text.length, 255);
    assert.ok(text.endsWith("x..."));
    assert.is(describe("floor", {}, { doc: " \n " }, undefined), "floor");
  });

  test("relay DHCP to a server that the segment reaches; another one is a warning at the address", () => {
    assert.equal(compiled(shop("10.2.0.5")).findings, []);
    assert.equal(
      compiled(shop("10.9.0.5")).findings.map(({ code, severity, message }) => `${code} ${severity} ${message}`),
      ["DMC4109 warning the DHCP server `10.9.0.5` is no declared address that segment `shop` has a route to"],
    );
  });
});
