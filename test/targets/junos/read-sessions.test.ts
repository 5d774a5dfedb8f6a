/** What the reader makes of routing instances, their routes and sessions. */
import type { ReadChannel } from "../../../compiler/validate/readback.js";
import { formatPrefix } from "../../../grammar/address.js";
import { assert, suite } from "../../support/harness.js";
import { PLAIN, PLAIN_LINES, plainWith, policyText, readbackOf, refusalsOf } from "./readings.js";

const SESSION = "routing-instances corp protocols bgp group PEER";
const EXTERNAL = [`${SESSION} type external`, `${SESSION} neighbor 10.11.0.2 peer-as 64601`];

function sessionOf(...more: readonly string[]): ReadChannel {
  const [channel] = readbackOf(plainWith(...EXTERNAL, ...more)).channels;
  assert.ok(channel);
  return channel;
}

suite("the reader of Junos on instances and sessions", (test) => {
  test("reads the routes that an instance states, each in its family", () => {
    const routing = "routing-instances corp routing-options";
    const { tables } = readbackOf(
      plainWith(
        `${routing} static route 10.20.0.0/16 next-hop 10.11.0.9`,
        `${routing} static route 10.20.0.0/16 qualified-next-hop 10.11.0.8 preference 6`,
        `${routing} static route 10.11.0.0/25 discard`,
        `${routing} static route 10.11.0.0/25 no-install`,
        `${routing} static route 10.30.0.0/16 reject`,
        `${routing} aggregate route 10.0.0.0/8 policy NOTHING`,
        `${routing} auto-export`,
        "interfaces xe-0/0/1 unit 100 family inet6 address 2001:db8:11::1/64",
        `${routing} rib corp.inet6.0 static route 2001:db8:20::/48 next-hop 2001:db8:11::9`,
      ),
    );
    const unit = "routers/chi/interface/xe-0/0/1.100";
    const [table] = tables;
    assert.equal(
      table?.routes.map(({ prefix: to, next, origin, preference, forwards }) => [
        formatPrefix(to),
        next.kind,
        origin,
        preference,
        forwards,
      ]),
      [
        ["10.11.0.0/24", "attached", "connected", undefined, undefined],
        ["2001:db8:11::/64", "attached", "connected", undefined, undefined],
        ["10.20.0.0/16", "neighbour", "static", 5, undefined],
        ["10.20.0.0/16", "neighbour", "static", 6, undefined],
        ["10.11.0.0/25", "discard", "static", 5, false],
        ["10.30.0.0/16", "discard", "static", 5, undefined],
        ["10.0.0.0/8", "discard", "aggregate", undefined, undefined],
        ["2001:db8:20::/48", "neighbour", "static", 5, undefined],
      ],
    );
    const [, , first] = table?.routes ?? [];
    assert.ok(first?.next.kind === "neighbour" && first.next.interface === unit);
    assert.is(table?.vpn?.local, true);
    assert.is(table?.vpn?.distinguisher, "192.0.2.1:10");
  });

  test("refuses static routes that lead nowhere, or in two ways", () => {
    const why = (...lines: readonly string[]) =>
      refusalsOf(plainWith(...lines.map((line) => `routing-instances corp routing-options ${line}`))).map(
        (text) => text.split(" | ")[1],
      );
    assert.equal(why("static route 10.20.0.0/16 next-hop 10.99.0.1"), [
      "it lies on no interface of the routing instance",
    ]);
    assert.equal(why("static route 10.20.0.0/16 next-hop 10.11.0.1"), ["it is the router's own address"]);
    assert.equal(why("static route 10.20.0.0/16 no-install"), ["it does not say in exactly one way where packets go"]);
    assert.equal(why("static route 10.20.0.0/16 discard", "static route 10.20.0.0/16 next-hop 10.11.0.9"), [
      "it does not say in exactly one way where packets go",
    ]);
    assert.equal(why("static route 10.20.0.0/16 next-table pci.inet.0"), [
      "it is no table of another routing instance",
    ]);
    assert.equal(why("static route 2001:db8::/48 discard"), ["it is of the other family"]);
    assert.equal(why("rib pci.inet6.0 static route ::/0 discard").length, 1);
    assert.equal(why("static route 10.20.0.1/16 discard"), ["it has host bits; 10.20.0.0/16 has none"]);
    assert.equal(why("aggregate route 10.0.0.0/8 policy GONE"), ["there is no such policy"]);
  });

  test("makes BGP's defaults explicit: everything is taken, what BGP has is announced", () => {
    const channel = sessionOf();
    assert.equal(policyText(channel.import), ["{action:accept}"]);
    assert.equal(policyText(channel.export), ["{origins:[bgp,vpn],action:accept}"]);
  });

  test("puts those defaults behind policies that leave routes undecided", () => {
    const channel = sessionOf(
      `${SESSION} neighbor 10.11.0.2 import SOME`,
      "policy-options policy-statement SOME term a from protocol static",
      "policy-options policy-statement SOME term a then reject",
    );
    assert.equal(policyText(channel.import), ["{origins:[static],action:reject}", "{action:accept}"]);
  });

  test("lets a neighbour override its group, and a group what stands above", () => {
    const policy = (name: string) =>
      `policy-options policy-statement ${name} term last then ${name === "YES" ? "accept" : "reject"}`;
    const bgp = "routing-instances corp protocols bgp";
    const chain = (...lines: readonly string[]) => sessionOf(policy("YES"), policy("NO"), ...lines).import?.name;
    assert.is(chain(`${bgp} import YES`), "YES");
    assert.is(chain(`${bgp} import YES`, `${SESSION} import NO`), "NO");
    assert.is(chain(`${SESSION} import YES`, `${SESSION} neighbor 10.11.0.2 import NO`), "NO");
    assert.is(chain(`${SESSION} import YES`, `${SESSION} import NO`), "YES NO");
  });

  test("reads what a session rests on", () => {
    const neighbor = `${SESSION} neighbor 10.11.0.2`;
    const { peer, next, id, table } = sessionOf(
      `${neighbor} local-address 10.11.0.1`,
      `${neighbor} local-as 64999 no-prepend-global-as`,
      `${neighbor} authentication-algorithm md5`,
      `${neighbor} authentication-key-chain DEMARC-KEY`,
      `${neighbor} bfd-liveness-detection minimum-interval 300`,
      `${neighbor} bfd-liveness-detection multiplier 3`,
      `${neighbor} family inet unicast prefix-limit maximum 50`,
      `${neighbor} family inet unicast prefix-limit teardown 90 idle-timeout 5`,
    );
    const unit = "routers/chi/interface/xe-0/0/1.100";
    const { address } = { address: { family: 4 as const, value: 0x0a0b0002n } };
    assert.is(id, "routers/chi/vrf/corp/bgp/PEER/10.11.0.2");
    assert.is(table, "routers/chi/vrf/corp");
    assert.equal(next, { kind: "neighbour", interface: unit, address });
    assert.equal(peer, {
      kind: "session",
      routing: "bgp",
      family: 4,
      local: { family: 4, value: 0x0a0b0001n },
      remote: address,
      localAsn: 64999,
      remoteAsn: 64601,
      vlan: 100,
      interface: unit,
      authenticated: true,
      bfd: true,
      maxPrefixes: 50,
    });
  });

  test("counts a prefix limit only where it ends the session, and an algorithm without a key for nothing", () => {
    const neighbor = `${SESSION} neighbor 10.11.0.2`;
    const { peer } = sessionOf(
      `${neighbor} family inet unicast prefix-limit maximum 50`,
      `${neighbor} authentication-algorithm md5`,
    );
    assert.ok(peer.kind === "session");
    assert.is(peer.maxPrefixes, undefined);
    assert.is(peer.authenticated, false);
  });

  test("refuses sessions of other kinds and settings it does not model", () => {
    const why = (...lines: readonly string[]) => refusalsOf(plainWith(...lines)).map((text) => text.split(" | ")[1]);
    assert.equal(why(`${SESSION} type internal`, EXTERNAL[1] ?? ""), [
      "only sessions with another ASN are modelled here",
    ]);
    assert.equal(why(EXTERNAL[0] ?? "", `${SESSION} neighbor 10.11.0.2`), ["it has no `peer-as`"]);
    assert.equal(why(EXTERNAL[0] ?? "", `${SESSION} neighbor 10.99.0.2 peer-as 64601`), [
      "it lies on no interface of the routing instance",
    ]);
    const neighbor = `${SESSION} neighbor 10.11.0.2`;
    for (const line of [
      "as-override",
      "multihop ttl 2",
      "passive",
      "allow 0.0.0.0/0",
      "remove-private",
      "family inet6 unicast",
      "local-address 10.11.0.7",
    ])
      assert.is(why(...EXTERNAL, `${neighbor} ${line}`).length, 1, line);
  });

  test("reads the sessions of a core, and which of them reflect", () => {
    const core = "protocols bgp group CLIENTS";
    const { channels } = readbackOf(
      plainWith(
        `${core} type internal`,
        `${core} local-address 192.0.2.1`,
        `${core} family inet-vpn unicast`,
        `${core} family inet6-vpn unicast`,
        `${core} cluster 192.0.2.1`,
        `${core} neighbor 192.0.2.9 description ash`,
      ),
    );
    const [local, remote] = [0xc0000201n, 0xc0000209n].map((value) => ({ family: 4 as const, value }));
    assert.equal(
      channels.map(({ at: _, ...channel }) => channel),
      [
        {
          id: "routers/chi/bgp/CLIENTS/192.0.2.9",
          table: "routers/chi",
          peer: {
            kind: "vpn" as const,
            local: local as never,
            remote: remote as never,
            families: [4, 6],
            reflectorClient: true,
          },
          next: { kind: "session" as const, channel: "routers/chi/bgp/CLIENTS/192.0.2.9" },
        },
      ],
    );
    const plain = [`${core} type internal`, `${core} local-address 192.0.2.1`, `${core} neighbor 192.0.2.9`];
    assert.is(refusalsOf(plainWith(...plain)).length, 1, "no family");
    assert.is(refusalsOf(plainWith(...plain, `${core} family inet unicast`)).length, 2, "no VPN family");
  });

  test("refuses units and instances that do not belong together", () => {
    const pci = PLAIN.split("\n")
      .filter((line) => line.includes("routing-instances"))
      .join("\n")
      .replaceAll(" corp ", " pci ");
    assert.equal(refusalsOf(`${PLAIN}${pci}\n`), [
      `${PLAIN_LINES + 1}: routing-instances pci | its route distinguisher is that of \`corp\` too`,
      `${PLAIN_LINES + 2}: routing-instances pci interface xe-0/0/1.100 | the unit is in corp already`,
    ]);
    assert.equal(refusalsOf(plainWith("routing-instances corp interface xe-0/0/9.0")), [
      `${PLAIN_LINES + 1}: routing-instances corp interface xe-0/0/9.0 | there is no such unit`,
    ]);
    assert.equal(refusalsOf(plainWith("interfaces xe-0/0/2 unit 0 family inet address 10.12.0.1/24")), [
      `${PLAIN_LINES + 1}: interfaces xe-0/0/2 unit 0 | the unit is in no routing instance`,
    ]);
    for (const [line, why] of [
      ["instance-type vrf", "only routing instances of type `vrf` are modelled"],
      ["vrf-table-label", "it lacks `vrf-table-label`"],
      ["route-distinguisher 192.0.2.1:10", "it has no route distinguisher"],
      ["vrf-import NOTHING", "it does not say what it exports and imports"],
    ] as const) {
      const found = refusalsOf(PLAIN.replace(`set routing-instances corp ${line}\n`, ""));
      assert.equal(found, [`4: routing-instances corp | ${why}`]);
    }
  });

  test("reads tags, several addresses, MTU and VRRP of a unit", () => {
    const unit = "interfaces ae1 unit 4100";
    const group = `${unit} family inet address 10.7.0.2/24 vrrp-group 7`;
    const { interfaces } = readbackOf(
      plainWith(
        `${unit} vlan-tags outer 20 inner 310`,
        `${unit} family inet mtu 1500`,
        `${group} virtual-address 10.7.0.1`,
        `${group} priority 190`,
        `${group} accept-data`,
        `${unit} family inet6 address 2001:db8:7::2/64`,
        "routing-instances corp interface ae1.4100",
      ),
    );
    const unitRead = interfaces.find(({ port }) => port === "ae1");
    assert.ok(unitRead);
    const { at: _, ...found } = unitRead;
    assert.equal(found, {
      id: "routers/chi/interface/ae1.4100",
      port: "ae1",
      vlan: 310,
      outerVlan: 20,
      addresses: [
        { address: { family: 4, value: 0x0a070002n }, length: 24 },
        { address: { family: 6, value: 0x20010db8000700000000000000000002n }, length: 64 },
      ],
      virtual: [{ family: 4, value: 0x0a070001n }],
      families: [4, 6],
      mtu: 1500,
      device: "routers/chi",
      table: "routers/chi/vrf/corp",
    });
  });

  test("refuses tags used twice, virtual addresses outside the subnet, and addresses two units have", () => {
    const why = (...lines: readonly string[]) => refusalsOf(plainWith(...lines)).map((text) => text.split(" | ")[1]);
    const second = "interfaces xe-0/0/1 unit 101 vlan-id 100";
    assert.equal(why(second, "routing-instances corp interface xe-0/0/1.101"), [
      "unit 100 of the port has the same tags",
    ]);
    const group = "interfaces xe-0/0/1 unit 100 family inet address 10.11.0.1/24 vrrp-group 7";
    assert.equal(why(`${group} virtual-address 10.12.0.1`), ["it lies outside the subnet of 10.11.0.1"]);
    assert.equal(why(`${group} priority 100`), ["it has no virtual address"]);
    assert.equal(
      why("interfaces xe-0/0/2 unit 0 family inet address 10.11.0.1/24", "routing-instances corp interface xe-0/0/2.0"),
      ["another unit has 10.11.0.1 too"],
    );
  });

  test("checks that relays name servers and units that exist", () => {
    const relay = "routing-instances corp forwarding-options dhcp-relay";
    const good = [
      `${relay} server-group S 10.8.0.53`,
      `${relay} group G active-server-group S`,
      `${relay} group G interface xe-0/0/1.100`,
    ];
    assert.equal(refusalsOf(plainWith(...good)), []);
    assert.is(refusalsOf(plainWith(...good.slice(1))).length, 1);
    assert.is(refusalsOf(plainWith(...good, `${relay} group G interface xe-0/0/9.0`)).length, 1);
    assert.is(refusalsOf(plainWith(...good, `${relay} group G overrides trust-option-82`)).length, 1);
  });
});
