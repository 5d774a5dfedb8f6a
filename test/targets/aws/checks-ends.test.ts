/** What AWS refuses of the ends of links and of accounts: each finding with its underlined text, message and help. */
import * as make from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";
import { found, foundWithHelp, goodTunnels, shop, tunnel, use1, vpn } from "./check-parts.js";

suite("the checks of links and accounts at AWS", (test) => {
  test("hold the inside of tunnels to what AWS takes", () => {
    const help =
      "use a /30 of 169.254.0.0/16 (169.254.0.0/30 to 169.254.5.0/30 and 169.254.169.252/30 are taken) or a /126 of fd00::/8, first host to AWS";
    const second = tunnel(1, "169.254.21.5/30", "169.254.21.6/30");
    for (const [first, why] of [
      [tunnel(0, "169.254.21.1/29", "169.254.21.2/29"), "`169.254.21.1/29`: a tunnel has a /30"],
      [tunnel(0, "10.9.0.1/30", "10.9.0.2/30"), "`10.9.0.1/30`: it is not in 169.254.0.0/16"],
      [tunnel(0, "169.254.2.1/30", "169.254.2.2/30"), "`169.254.2.1/30`: AWS keeps that prefix for itself"],
      [tunnel(0, "169.254.21.2/30", "169.254.21.1/30"), "`169.254.21.2/30`: AWS takes the first host of the prefix"],
    ] as const) {
      const [address, reason] = why.split(/: (.*)/);
      assert.equal(foundWithHelp(vpn({}, { tunnels: [first, second] })), [
        `DMC4013 carries prod: ${address} cannot be inside a tunnel of AWS: ${reason} | ${help}`,
      ]);
    }
    assert.equal(found(vpn({}, { tunnels: [{ ...second, index: 0 }, second] })), [
      "DMC4013 carries prod: `169.254.21.5/30` cannot be inside a tunnel of AWS: tunnel 1 has the same prefix",
    ]);
  });

  test("refuse a link that a transit gateway cannot end", () => {
    const help = "end Direct Connect and IPsec at a router, an external or a cloud of another provider";
    const near = make.link("regions", "ipsec", [use1, { kind: "cloud", name: "euc1" }], {
      carries: [make.carries("prod")],
    });
    const circuit = make.circuit({
      link: near,
      segment: "prod",
      announces: [["10.20.0.0/16"], ["10.40.0.0/16"]],
      asns: [64601, 64602],
      mtu: 1400,
      tunnels: goodTunnels,
    });
    const between = {
      links: [near],
      circuits: [circuit],
      clouds: [make.awsCloud("euc1", { asn: make.located(64602) })],
    };
    const [served] = foundWithHelp(between).filter((line) => line.startsWith("DMC4028"));
    assert.is(
      served,
      `DMC4028 regions: \`ipsec\` here is not served: both ends of a VPN between two AWS clouds wait for the other to begin; join them through a router | ${help}`,
    );
  });

  test("say which account shares the hub with that of a network", () => {
    const own = {
      ...shop("10.20.0.0/16", make.subnet("shop.web", "10.20.1.0/24")),
      account: make.located("444455556666"),
    };
    assert.equal(foundWithHelp({ networks: [own] }), [
      "DMC4029 444455556666: `shop` is in another account than `use1`, whose own account is not written | write `account` of the cloud, so that its hub can be shared",
    ]);
  });

  test("refuse an account that is called like a cloud without one", () => {
    const own = { ...shop("10.20.0.0/16", make.subnet("shop.web", "10.20.1.0/24")), account: make.located("use1") };
    assert.equal(
      foundWithHelp({ networks: [own] }).filter((line) => line.startsWith("DMC4023")),
      ["DMC4023 use1: `cloud use1` and `account use1` would both be called `use1` | rename one of them"],
    );
  });
});
