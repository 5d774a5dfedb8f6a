/** LANs of designed estates in the emitted lines: descriptions and DHCP relays. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { describe } from "../../../targets/junos/descriptions.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { quad } from "../../support/oracle/junos/device.js";
import { benches } from "./benches.js";

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
      ["DMC4109 warning the DHCP server `10.9.0.5` is no declared address that segment `shop` itself has a route to"],
    );
    const elsewhere = shop("10.2.0.5")
      .replace("network racks in shop", "segment core { }\nnetwork racks in core")
      .replace("policy sales {", "policy sales { share racks with shop ");
    assert.equal(
      compiled(elsewhere).findings.map(({ code }) => code),
      ["DMC4109"],
      "answers to the relay have no way between segments",
    );
  });

  test("let relays behind a carrier reach their server, and its answers come back", () => {
    const text = `estate acme { asn = 65000 }
segment shop { }
router chi { os = junos loopback = 192.0.2.1 }
router ash { os = junos loopback = 192.0.2.2 asn = 65002 }
router wan { os = unmanaged asn = 65010 }
link west between chi and wan { kind = handoff interface = "ge-0/0/5" carries shop { } }
link east between ash and wan { kind = handoff interface = "ge-0/0/5" carries shop { } }
network floor in shop at chi { cidr = 10.1.0.0/24 interface = "ge-0/0/1" dhcp-relay = 10.2.0.5 }
network racks in shop at ash { cidr = 10.2.0.0/24 interface = "ge-0/0/2" host dhcp { address = 10.2.0.5 } }
policy sales { allow floor -> racks on tcp/80 }
`;
    const all = benches("carrier", pipeline(text).design);
    const judge = (id: string, source: string, destination: string) => {
      const found = all.find(({ point }) => point.id === id);
      assert.ok(found);
      const packet = { family: 4, protocol: 17, sourcePort: 67, destinationPort: 67, type: 0, code: 0 } as const;
      const rest = { established: false, ttl: 64, offset: 0, more: false };
      const sides = { source: quad(source), destination: quad(destination) };
      return found.device.judge(found.device.filterOf(found.unit, 4), { ...packet, ...rest, ...sides });
    };
    const asked = judge("east/shop@ash/in", "10.1.0.1", "10.2.0.5");
    assert.equal(asked, { term: "ctl-dhcp-requests", accept: true });
    for (const id of ["racks@ash/in", "west/shop@chi/in"])
      assert.equal(judge(id, "10.2.0.5", "10.1.0.1"), { term: "ctl-dhcp-servers", accept: true });
  });

  test("say of each IPv6 LAN that no router advertisements are sent", () => {
    const text = `estate acme { asn = 65000 }
segment shop { }
router chi { os = junos loopback = 192.0.2.1 }
network floor in shop at chi { cidr = [10.1.0.0/24, 2001:db8:1::/64] interface = "ge-0/0/1" }
network racks in shop at chi { cidr = 10.2.0.0/24 interface = "ge-0/0/2" }
policy sales { allow floor -> racks on tcp/80 }
`;
    const { remarks, artefacts } = junosTarget.compile(pipeline(text).design, defaultSettings, new Diagnostics());
    assert.equal(
      remarks.flatMap(({ kind, text }) => (kind === "not-served" ? [text] : [])),
      ["no router advertisements are sent on `floor`: its IPv6 hosts get their gateway by other means"],
    );
    assert.not(artefacts.some((one) => one.text.includes("router-advertisement")));
  });

  test("open a renewal by unicast by a rule only: client and server are endpoints, and nothing is open by default", () => {
    const office = (rule: string): Design =>
      pipeline(`estate acme { asn = 65000 }
segment shop { }
router chi { os = junos loopback = 192.0.2.1 }
network floor in shop at chi { cidr = 10.1.0.0/24 interface = "ge-0/0/1" dhcp-relay = 10.2.0.5 }
network racks in shop at chi { cidr = 10.2.0.0/24 interface = "ge-0/0/2" host dhcp { address = 10.2.0.5 } }
policy sales { allow floor -> racks on tcp/80 ${rule} }
never floor -> racks on udp/${rule === "" ? 67 : 68} because "leases"
`).design;
    const said = (design: Design): readonly string[] => {
      const { remarks } = junosTarget.compile(design, defaultSettings, new Diagnostics());
      return remarks.flatMap(({ kind, subject, text }) => (kind === "not-served" ? [`${subject}: ${text}`] : []));
    };
    const admitted = (design: Design): readonly boolean[] => {
      const all = benches("office", design);
      const rest = {
        family: 4,
        protocol: 17,
        type: 0,
        code: 0,
        established: false,
        ttl: 64,
        offset: 0,
        more: false,
      } as const;
      return (
        [
          ["floor@chi/in", "10.1.0.50", 68, "10.2.0.5", 67],
          ["racks@chi/in", "10.2.0.5", 67, "10.1.0.50", 68],
        ] as const
      ).map(([id, source, sourcePort, destination, destinationPort]) => {
        const found = all.find(({ point }) => point.id === id);
        assert.ok(found);
        const packet = { ...rest, sourcePort, destinationPort, source: quad(source), destination: quad(destination) };
        return found.device.judge(found.device.filterOf(found.unit, 4), packet).accept;
      });
    };
    assert.equal(admitted(office("")), [false, false]);
    assert.equal(said(office("")), [
      "chi/floor: no rule lets DHCP clients of `floor` renew by unicast at `10.2.0.5` (udp/67): they do so by broadcast, later",
    ]);
    const rule = "allow floor -> racks.dhcp on udp/67";
    assert.equal(admitted(office(rule)), [true, true]);
    assert.equal(said(office(rule)), []);
  });
});
