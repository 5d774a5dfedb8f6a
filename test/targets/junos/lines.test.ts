/** Single constructs, by the lines that they must come to. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { UnitNumbers } from "../../../targets/junos/lower-interfaces.js";
import { router } from "../../support/designs-junos.js";
import { assert, suite } from "../../support/harness.js";
import { cloudLink, partners, sharedLan, shares } from "./small-designs.js";

function fileOf(one: Design, name: string, file = "junos.set"): string {
  const { artefacts } = junosTarget.compile(one, defaultSettings, new Diagnostics());
  const found = artefacts.find(({ path }) => path === `routers/${name}/${file}`);
  assert.ok(found);
  return found.text;
}

/** Lines that begin with a text, without it. */
function below(text: string, start: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length));
}

suite("the lines of Junos constructs", (test) => {
  test("parts of LANs: behind a next hop, a host, a larger part, and its lookup from the same router", () => {
    const text = fileOf(shares(), "chi");
    assert.equal(below(text, "set routing-instances pci routing-options static route "), [
      "10.31.0.9/32 next-hop 10.31.0.9",
      "10.31.0.64/26 discard",
      "10.31.0.64/26 no-install",
      "10.32.0.0/16 next-hop 10.33.0.2",
      "10.32.5.5/32 next-hop 10.33.0.2",
    ]);
    assert.equal(below(text, "set routing-instances prod routing-options static route "), [
      "10.31.0.64/26 next-table pci.inet.0",
    ]);
    assert.not(
      text.includes("DEMARC-VRF-prod-IMPORT term share-cards-0badcafe-pci-v4 from route-filter 10.31.0.64/26"),
    );
  });

  test("static circuits: the preferred next hop, the other one behind it", () => {
    assert.equal(below(fileOf(partners(), "ash"), "set routing-instances partners routing-options static route "), [
      "198.18.0.0/24 next-hop 198.51.100.6",
      "198.18.0.0/24 qualified-next-hop 198.51.100.10 preference 6",
    ]);
  });

  test("one tag, none and two on a unit", () => {
    assert.ok(fileOf(cloudLink(), "chi").includes("set interfaces xe-0/0/1 unit 110 vlan-id 110\n"));
    const two = fileOf(partners(), "ash");
    assert.match(two, /set interfaces xe-0\/0\/4 unit (\d+) vlan-tags outer 90 inner 900\n/);
    assert.not(two.includes("set interfaces xe-0/0/5 unit 0 vlan-id"));
  });

  test("units of two tags are the same whatever else is on the port, and never a VLAN's", () => {
    const alone = new UnitNumbers().number("xe-0/0/0", 20, 10);
    const numbers = new UnitNumbers();
    const seen = new Set<number>();
    for (let vlan = 1; vlan <= 400; vlan++) {
      const unit = numbers.number("xe-0/0/0", vlan, 10);
      assert.ok(unit >= 4096 && unit <= 16_384);
      seen.add(unit);
    }
    assert.is(seen.size, 400);
    assert.is(numbers.number("xe-0/0/0", 20, 10), alone);
    assert.is(numbers.number("xe-0/0/0", 20, undefined), 20);
    assert.is(numbers.number("xe-0/0/0", undefined, undefined), 0);
  });

  test("VRRP in both families, the `at` router first", () => {
    assert.match(fileOf(sharedLan(), "chi"), "address 10.7.0.2/23 vrrp-group 7 priority 200\n");
    assert.match(
      fileOf(sharedLan(), "ash"),
      "address 2001:db8:7::3/64 vrrp-inet6-group 7 virtual-inet6-address 2001:db8:7::1\n",
    );
    assert.match(fileOf(sharedLan(), "ash"), "address 10.7.0.3/23 vrrp-group 7 priority 190\n");
  });

  test("VPN sessions: mesh, reflector and clients, and none where they exist", () => {
    assert.equal(below(fileOf(sharedLan(), "ash"), "set protocols bgp group DEMARC-CORE neighbor "), [
      "192.0.2.1 description chi",
    ]);
    const reflector = fileOf(shares(), "chi");
    assert.equal(below(reflector, "set protocols bgp group DEMARC-CLIENTS "), [
      "type internal",
      "local-address 192.0.2.1",
      "family inet-vpn unicast",
      "family inet6-vpn unicast",
      "cluster 192.0.2.1",
      "neighbor 192.0.2.2 description ash",
      "neighbor 192.0.2.3 description dal",
    ]);
    assert.equal(below(fileOf(shares(), "dal"), "set protocols bgp group DEMARC-CORE neighbor "), [
      "192.0.2.1 description chi",
    ]);
    const base = sharedLan();
    const routers = [router("ash", ["192.0.2.2"], { vpnSessions: "existing" }), router("chi", ["192.0.2.1"])];
    const existing = { ...base, estate: { ...base.estate, routers } };
    assert.not(fileOf(existing, "ash").includes("set protocols"));
    assert.match(fileOf(existing, "ash", "delivery.md"), "VPN sessions exist already");
  });

  test("secrets by the name of a key chain, listed for whoever delivers", () => {
    const neighbour = "set routing-instances prod protocols bgp group DEMARC-PEER-dx--prod neighbor 169.254.101.2 ";
    const lines = below(fileOf(cloudLink(), "chi"), neighbour);
    assert.ok(lines.includes("authentication-algorithm md5"));
    assert.ok(lines.includes("authentication-key-chain DEMARC-dx--920-prod"));
    assert.match(fileOf(cloudLink(), "chi", "delivery.md"), "| `DEMARC-dx--920-prod` | `dx prod` | `dx/prod` |");
  });

  test("sessions: prefix limit, BFD, and an ASN of the link", () => {
    const dx = below(
      fileOf(cloudLink(), "chi"),
      "set routing-instances prod protocols bgp group DEMARC-PEER-dx--prod neighbor 169.254.101.2 ",
    );
    for (const line of [
      "family inet unicast prefix-limit maximum 100",
      "family inet unicast prefix-limit teardown 90 idle-timeout 5",
      "bfd-liveness-detection minimum-interval 300",
      "bfd-liveness-detection multiplier 3",
      "peer-as 64611",
    ]) {
      assert.ok(dx.includes(line), line);
    }
    assert.match(fileOf(partners(), "ash"), "neighbor 169.254.102.2 local-as 64999 no-prepend-global-as\n");
  });

  test("a session whose addresses the provider chooses is left out and said", () => {
    const { remarks } = junosTarget.compile(partners(), defaultSettings, new Diagnostics());
    assert.ok(remarks.some(({ kind, subject }) => kind === "not-served" && subject === "er/partners"));
    assert.match(
      fileOf(partners(), "ash", "delivery.md"),
      "`er/partners`, IPv6: `addresses` in `carries partners` of `link er`.",
    );
  });

  test("a tunnel's half is left out and said", () => {
    const base = cloudLink();
    const circuits = base.circuits.map((one) => ({ ...one, kind: "ipsec" as const, addressing: [] }));
    const tunnel = { ...base, circuits, points: base.points.filter(({ attachment }) => attachment.kind === "lan") };
    assert.not(fileOf(tunnel, "chi").includes("dx"));
    assert.match(fileOf(tunnel, "chi", "delivery.md"), "`dx/prod`: the hand-off document is `links/dx/`.");
    const { remarks } = junosTarget.compile(tunnel, defaultSettings, new Diagnostics());
    assert.equal(
      remarks.filter(({ kind }) => kind === "not-served").map(({ subject }) => subject),
      ["dx/prod"],
    );
  });
});
