/** What the filters of designed estates say of addresses that routers own: compact sides, and nothing admitted by them. */

import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { groups, type Packet, quad } from "../../support/oracle/junos/device.js";
import { benches } from "./benches.js";

const SHOP = `estate acme { asn = 65000 }
segment shop { }
router chi { os = junos loopback = 192.0.2.1 management = 10.1.0.0/24 }
router ash { os = junos loopback = 192.0.2.2 }
link backbone between chi and ash { kind = mpls }
network floor in shop at chi { cidr = [10.1.0.0/24, 2001:db8:1::/64] interface = "ge-0/0/1" }
network racks in shop at ash { cidr = [10.2.0.0/24, 2001:db8:2::/64] interface = "ge-0/0/1" }
policy sales { allow floor <-> racks on any }
`;

const packet = (source: string, destination: string): Packet => {
  const six = source.includes(":");
  const value = six ? groups : quad;
  return {
    family: six ? 6 : 4,
    source: value(source),
    destination: value(destination),
    protocol: 6,
    sourcePort: 40_000,
    destinationPort: 443,
    type: 0,
    code: 0,
    established: false,
    ttl: 64,
    offset: 0,
    more: false,
  };
};

suite("addresses that routers own, in filters", (test) => {
  const found = benches("shop", pipeline(SHOP).design).find(({ point }) => point.id === "floor@chi/in");
  assert.ok(found);
  const bench = found;
  const judge = (source: string, destination: string) => {
    const one = packet(source, destination);
    return bench.device.judge(bench.device.filterOf(bench.unit, one.family), one);
  };

  test("a gateway in a LAN does not break its prefixes up: no prefix list, one prefix a side", () => {
    const lines = bench.lines.filter((line) =>
      /DEMARC-LAN-floor-V[46] term sales-\S+ from (source|destination)-/.test(line),
    );
    assert.ok(lines.length > 0);
    assert.equal([...new Set(lines.map((line) => line.replace(/^.* from /, "")))].sort(), [
      "destination-address 10.2.0.0/24",
      "destination-address 2001:db8:2::/64",
      "source-address 10.1.0.0/24",
      "source-address 2001:db8:1::/64",
    ]);
  });

  test("hosts pass, and the gateway's address as a source does not, towards hosts and routers alike", () => {
    assert.ok(judge("10.1.0.7", "10.2.0.7").accept);
    assert.ok(judge("2001:db8:1::7", "2001:db8:2::7").accept);
    for (const [source, destination] of [
      ["10.1.0.1", "10.2.0.7"],
      ["10.1.0.1", "10.1.0.1"],
      ["2001:db8:1::1", "2001:db8:2::7"],
    ] as const)
      assert.equal(judge(source, destination), { term: "own-sources", accept: false });
  });

  test("the gateway of a LAN at another router is closed as a destination", () => {
    assert.equal(judge("10.1.0.7", "10.2.0.1"), { term: "own-addresses", accept: false });
    assert.equal(judge("2001:db8:1::7", "2001:db8:2::1"), { term: "own-addresses", accept: false });
  });
});
