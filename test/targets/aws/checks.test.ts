/** What AWS refuses and the provider does not check: each finding with its code, its underlined text and its message. */
import type { Design } from "../../../compiler/design/design.js";
import { awsDiagnostics } from "../../../targets/aws/catalogue.js";
import { awsExplanations } from "../../../targets/aws/explain.js";
import * as make from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";
import { chi, designOf, dx, found, globex, goodTunnels, shop, tunnel, use1, vpn } from "./check-parts.js";
import { compileAws } from "./judge.js";

suite("the checks of the AWS target", (test) => {
  test("refuse Cloud WAN at the cloud that asks for it", () => {
    assert.equal(found({ cloud: { hub: "cloud-wan" } }), [
      "DMC4001 use1: `hub = cloud-wan` of `use1` is not compiled by this edition",
    ]);
  });

  test("hold VPCs and subnets to the lengths of AWS", () => {
    assert.equal(found({ networks: [shop("10.0.0.0/15", make.subnet("shop.web", "10.0.1.0/29"))] }), [
      "DMC4004 10.0.0.0/15: AWS takes no VPC of `10.0.0.0/15`: its length must be /16 to /28",
      "DMC4004 10.0.1.0/29: AWS takes no subnet of `10.0.1.0/29`: its length must be /16 to /28",
    ]);
    const pool = { ipv6Pool: make.located("ipam-pool-0a1b2c3d") };
    const six = shop(["10.0.0.0/16", "2001:db8::/50"], make.subnet("shop.web", ["10.0.1.0/24", "2001:db8::/66"]));
    assert.equal(found({ cloud: pool, networks: [six] }), [
      "DMC4004 2001:db8::/50: AWS takes no VPC of `2001:db8::/50`: its length must be /44 to /60 in steps of 4",
      "DMC4004 2001:db8::/66: AWS takes no subnet of `2001:db8::/66`: its length must be /44 to /64 in steps of 4",
    ]);
  });

  test("want an IPv4 prefix, a pool for IPv6 and one prefix of a family in a subnet", () => {
    assert.equal(found({ networks: [shop("2001:db8::/48")] }), [
      "DMC4005 shop: `shop` has no IPv4 prefix, and a VPC needs one",
      "DMC4007 2001:db8::/48: `use1` has IPv6 networks and no `ipv6-pool`",
    ]);
    assert.equal(found({ networks: [shop("10.0.0.0/16", make.subnet("shop.web", ["10.0.1.0/24", "10.0.2.0/24"]))] }), [
      "DMC4006 10.0.2.0/24: `shop.web` has 2 IPv4 prefixes, and a subnet at AWS has at most one",
    ]);
  });

  test("warn of a host on an address that AWS keeps", () => {
    const hosts = ["10.0.1.3", "10.0.1.4", "10.0.1.254", "10.0.1.255"].map((address, i) =>
      make.host(`shop.web.h${i}`, address),
    );
    assert.equal(found({ networks: [shop("10.0.0.0/16", make.subnet("shop.web", "10.0.1.0/24", { hosts }))] }), [
      "DMC4008 10.0.1.3: AWS keeps `10.0.1.3` of `shop.web` for itself",
      "DMC4008 10.0.1.255: AWS keeps `10.0.1.255` of `shop.web` for itself",
    ]);
  });

  test("hold ASNs to what transit gateways and Direct Connect take", () => {
    assert.equal(found({ cloud: { asn: make.located(65010 + 1000) } }), [
      "DMC4009 66010: 66010 is no ASN for a transit gateway",
    ]);
    assert.equal(found({ ...dx(), gateways: new Map([["use1/prod", 64601]]) }), [
      "DMC4010 use1: 64601 cannot be the ASN of the Direct Connect gateway `use1/prod`: the transit gateway has it",
    ]);
    const written = { gatewayAsns: new Map([["prod", make.located(7224)]]) };
    assert.equal(found({ ...dx(), cloud: written, gateways: new Map([["use1/prod", 7224]]) }), [
      "DMC4010 7224: 7224 cannot be the ASN of the Direct Connect gateway `use1/prod`: AWS takes private ASNs only",
    ]);
    assert.equal(found(dx({}, { asns: [64611, 2147483648] })), [
      "DMC4011 dx: 2147483648 is too large for Direct Connect: the Terraform provider holds it in 31 bits",
    ]);
    assert.equal(found(dx({}, { asns: [64611, 2147483647] })), []);
  });

  test("hold virtual interfaces to BGP, one tag and two MTUs", () => {
    assert.equal(found(dx({ mtu: make.located(9001) }, { mtu: 9001 })), [
      "DMC4014 9001: `direct-connect` at AWS has no MTU of 9001",
    ]);
    assert.equal(found(dx({}, { asns: [64611, undefined], routing: "static" })), [
      "DMC4026 dx: `dx/prod` cannot be a virtual interface: Direct Connect routes by BGP only, so its other end needs an `asn`",
    ]);
    const { vlan: _, ...untagged } = dx().circuits?.[0] ?? make.circuit(never());
    assert.equal(found({ ...dx(), circuits: [untagged] }), [
      "DMC4026 carries prod: `dx/prod` cannot be a virtual interface: it has no `vlan`",
    ]);
    assert.equal(found(dx({ connection: make.located("port 7") })), [
      "DMC4021 port 7: `port 7` is no id of a Direct Connect connection",
    ]);
  });

  test("refuse options that nobody could carry out", () => {
    assert.equal(found(vpn({ bfd: make.located(300, "300ms") }, { bfd: 300 })), [
      "DMC4017 300ms: `bfd` on `ipsec`: AWS has no BFD inside a VPN",
    ]);
    const secret = { name: "globex" };
    assert.equal(found(vpn({ md5: make.located(secret, "secret") }, { md5: secret })), [
      "DMC4017 secret: `md5` on `ipsec`: AWS has no BGP authentication inside a VPN",
    ]);
    const limited = [make.carries("prod", { maxPrefixes: make.located(10) })];
    assert.equal(found(vpn({ carries: limited })), [
      "DMC4017 10: `max-prefixes` on `ipsec`: a transit gateway has no limit of its own, and no router of ours is at the other end",
    ]);
  });

  test("say how to mend a virtual interface without a tag", () => {
    const { vlan: _, ...untagged } = dx().circuits?.[0] ?? make.circuit(never());
    const { findings } = compileAws(designOf({ ...dx(), circuits: [untagged] }));
    assert.equal(
      findings.map(({ help }) => help),
      ["add `vlan = …` to `carries`"],
    );
  });

  test("say once what two segments of one link share", () => {
    const link = make.link("dx", "direct-connect", [use1, chi], {
      connection: make.located("port 7"),
      carries: [make.carries("pci"), make.carries("prod")],
    });
    const circuits = ["pci", "prod"].map((segment, i) =>
      make.circuit({
        link,
        segment,
        announces: [["10.20.0.0/16"], ["10.1.0.0/24"]],
        vlan: 101 + i,
        addressing: [make.pair(`169.254.60.${4 * i + 1}/30`, `169.254.60.${4 * i + 2}/30`)],
      }),
    );
    assert.equal(found({ links: [link], circuits }), [
      "DMC4021 port 7: `port 7` is no id of a Direct Connect connection",
    ]);
  });

  test("want a public IPv4 address of each customer gateway", () => {
    const peer = (...addresses: readonly string[]) => {
      const peerPublic = addresses.map((one) => make.located(make.addressOf(one), one));
      const networks = [shop("198.18.0.0/16", make.subnet("shop.web", "198.18.1.0/24"))];
      return found({ ...vpn({ ipsec: { public: [], peerPublic, psk: [], ike: new Map() } }), networks });
    };
    const refusal = (address: string, why: string) => [
      `DMC4032 ${address}: \`${address}\` cannot be the address of a customer gateway: ${why}`,
    ];
    const hidden = "it is private, and AWS reaches it over the internet";
    for (const address of ["10.9.9.9", "172.31.0.1", "192.168.7.7", "100.64.0.1", "169.254.9.9"]) {
      assert.equal(peer(address), refusal(address, hidden));
    }
    assert.equal(peer("198.18.1.9"), refusal("198.18.1.9", "it lies in the network `shop`"));
    assert.equal(peer("2001:db8::1"), refusal("2001:db8::1", "AWS reaches it by IPv4"));
    for (const address of ["172.32.0.1", "100.128.0.1", "203.0.113.9"]) assert.equal(peer(address), []);
  });

  test("refuse the ASNs that AWS keeps in the region", () => {
    const far = (asn: number, region = "us-east-1") => {
      const externals = [{ ...make.external("globex", "prod", "203.0.113.0/26"), asn: make.located(asn) }];
      const cloud = { region: make.located(region) };
      return found({ ...vpn({}, { asns: [64601, asn] }), externals, cloud });
    };
    assert.equal(far(7224), ["DMC4033 7224: AWS keeps the ASN 7224 for itself in `us-east-1`"]);
    assert.equal(far(9059, "eu-west-1"), ["DMC4033 9059: AWS keeps the ASN 9059 for itself in `eu-west-1`"]);
    assert.equal(far(9059), []);
    assert.equal(far(17943, "ap-southeast-1").length, 1);
    assert.equal(far(10124, "ap-northeast-1").length, 1);
    assert.equal(found(dx({}, { asns: [64611, 7224] })), [
      "DMC4033 dx: AWS keeps the ASN 7224 for itself in `us-east-1`",
    ]);
  });

  test("hold BFD on Direct Connect to the shortest interval of AWS", () => {
    assert.equal(found(dx({ bfd: make.located(100, "100ms") }, { bfd: 100 })), [
      "DMC4034 100ms: Direct Connect has no BFD of 100ms: its shortest interval is 300ms",
    ]);
    assert.equal(found(dx({ bfd: make.located(300, "300ms") }, { bfd: 300 })), []);
  });

  test("hold tunnels to the inside addresses of AWS", () => {
    const inside = (first: string, second: string) =>
      found(vpn({}, { tunnels: [tunnel(0, first, second), ...goodTunnels.slice(1)] })).map((line) =>
        line.split(": ").pop(),
      );
    assert.equal(inside("169.254.21.2/30", "169.254.21.1/30"), ["AWS takes the first host of the prefix"]);
    assert.equal(inside("169.254.169.253/30", "169.254.169.254/30"), ["AWS keeps that prefix for itself"]);
    assert.equal(inside("10.9.0.1/30", "10.9.0.2/30"), ["it is not in 169.254.0.0/16"]);
    assert.equal(inside("169.254.21.1/29", "169.254.21.2/29"), ["a tunnel has a /30"]);
    assert.equal(inside("169.254.21.5/30", "169.254.21.6/30"), ["tunnel 1 has the same prefix"]);
    assert.equal(inside("fd00::1/126", "fd00::2/126"), ["1 of them carry IPv4", "1 of them carry IPv6"]);
    assert.equal(found(vpn({}, { tunnels: goodTunnels.slice(1) })), [
      "DMC4025 carries prod: the tunnels of `globex-vpn/prod` do not fit AWS: 1 of them carry IPv4",
    ]);
  });

  test("take of `ike` what AWS has", () => {
    const ike = (key: string, value: string | number) =>
      found(vpn({ ipsec: { public: [], peerPublic: [], psk: [], ike: new Map([[key, make.located(value)]]) } }));
    assert.equal(ike("dh-group", 20), []);
    assert.equal(ike("encryption", "aes256-gcm"), []);
    assert.equal(ike("dh-group", 2), ["DMC4018 2: AWS takes no `2` as `dh-group`"]);
    assert.equal(ike("cipher", "rot13"), ["DMC4018 rot13: `cipher` is no option of `ike` at AWS"]);
    assert.equal(ike("lifetime", 3600), ["DMC4018 3600: AWS takes no `3600` as `lifetime`"]);
  });

  test("refuse preferences that a transit gateway turns round", () => {
    const port = dx({ preference: 100 }, { announces: [["10.20.0.0/16"], ["203.0.113.0/26"]] });
    const tunnels = vpn({ preference: 200 });
    const both = {
      links: [...(port.links ?? []), ...(tunnels.links ?? [])],
      circuits: [...(port.circuits ?? []), ...(tunnels.circuits ?? [])],
      externals: tunnels.externals ?? [],
    };
    assert.equal(found(both), [
      "DMC4015 globex-vpn: a transit gateway cannot prefer `globex-vpn` to `dx`: it takes Direct Connect before VPN by BGP",
    ]);
  });

  test("say what of `preference` AWS or the other party leaves undone", () => {
    const several = (far: typeof chi | typeof globex, preferences: readonly number[]): readonly string[] => {
      const parts = preferences.map((preference, index) => {
        const ends = [use1, far] as const;
        const name = `dx-${index}`;
        const link = make.link(name, "direct-connect", ends, { carries: [make.carries("prod")], preference });
        return make.circuit({ link, segment: "prod", announces: [["10.20.0.0/16"], ["10.1.0.0/24"]], vlan: 101 });
      });
      const design = designOf({
        links: parts.map(({ link }) => link),
        circuits: parts,
        externals: [make.external("globex", "prod", "10.1.0.0/24")],
      });
      const { remarks } = compileAws(design).output;
      return remarks.flatMap(({ text }) => (text.startsWith("`preference`") ? [text] : []));
    };
    assert.equal(several(chi, [200, 100]), []);
    assert.equal(several(chi, [40, 30, 20, 10]), [
      "`preference` of `dx-2`: Direct Connect has three ranks, and `7224:7100` stands for more than one; these only the AS path orders",
      "`preference` of `dx-3`: Direct Connect has three ranks, and `7224:7100` stands for more than one; these only the AS path orders",
    ]);
    assert.equal(several(globex, [200, 100]), [
      "`preference` of `dx-0`: AWS orders these links by what `globex` announces: `7224:7300`, see the hand-off document",
      "`preference` of `dx-1`: AWS orders these links by what `globex` announces: `7224:7200`, see the hand-off document",
    ]);
  });

  test("refuse a prefix that would leave a table by two static routes", () => {
    const [first, second] = ["globex-vpn", "globex-vpn-2"].map((name) => {
      const link = make.link(name, "ipsec", [use1, globex], { carries: [make.carries("prod")] });
      return make.circuit({
        link,
        segment: "prod",
        announces: [["10.20.0.0/16"], ["203.0.113.0/26"]],
        asns: [undefined, undefined],
        routing: "static",
        mtu: 1400,
        tunnels: goodTunnels,
      });
    });
    assert.ok(first !== undefined && second !== undefined);
    const design: Design = {
      ...designOf({ circuits: [first, second], externals: vpn().externals ?? [] }),
      instances: [
        make.instance("prod", use1, [
          make.route("203.0.113.0/26", "globex", { kind: "circuit", circuit: "globex-vpn/prod" }),
          make.route("203.0.113.0/26", "globex", { kind: "circuit", circuit: "globex-vpn-2/prod" }),
        ]),
      ],
    };
    assert.equal(
      compileAws(design).findings.map(({ code, message }) => `${code} ${message}`),
      [
        "DMC4016 the route table `use1.prod` would need `203.0.113.0/26` twice, to `globex-vpn/prod` and to `globex-vpn-2/prod`",
      ],
    );
  });

  test("refuse a shared gateway that tells a far end more than it shall hear", () => {
    const acme = dx();
    const other = make.link("dx-2", "direct-connect", [use1, globex], { carries: [make.carries("prod")] });
    const narrow = make.circuit({
      link: other,
      segment: "prod",
      announces: [["10.20.1.0/24"], ["203.0.113.0/26"]],
      asns: [64611, 65010],
      vlan: 7,
      addressing: [make.pair("169.254.60.5/30", "169.254.60.6/30")],
    });
    const parts = {
      links: [...(acme.links ?? []), other],
      circuits: [...(acme.circuits ?? []), narrow],
      externals: vpn().externals ?? [],
    };
    assert.equal(found(parts), [
      "DMC4027 carries prod: `dx-2/prod` would also announce `10.20.0.0/16`, which only `dx/prod` shall announce",
    ]);
  });

  test("refuse a summary that a VPN would never announce", () => {
    const wide = vpn({}, { announces: [["10.0.0.0/8"], ["203.0.113.0/26"]] });
    assert.equal(found(wide), [
      "DMC4031 10.0.0.0/8: AWS cannot announce `10.0.0.0/8` over `globex-vpn/prod`: a VPN announces the routes of its table and no summary",
    ]);
    assert.equal(found(dx({}, { announces: [["10.0.0.0/8"], ["203.0.113.0/26"]] })), []);
  });

  test("want a subnet with every family in each zone", () => {
    const zone = make.located("b");
    const pool = { ipv6Pool: make.located("ipam-pool-0a1b2c3d") };
    const mixed = shop(
      ["10.0.0.0/16", "2001:db8::/48"],
      make.subnet("shop.db", "10.0.2.0/24", { zone }),
      make.subnet("shop.web", ["10.0.1.0/24", "2001:db8:0:1::/64"], { zone: make.located("a") }),
    );
    assert.equal(found({ cloud: pool, networks: [mixed] }), [
      "DMC4030 shop.db: zone `b` of `shop` has no subnet with IPv6 for the transit gateway",
    ]);
    const six = shop(["10.0.0.0/16", "2001:db8::/48"], make.subnet("shop.web", "2001:db8:0:1::/64", { zone }));
    assert.equal(found({ cloud: pool, networks: [six] }), [
      "DMC4030 shop.web: zone `b` of `shop` has no subnet with IPv4 for the transit gateway",
    ]);
  });

  test("refuse ids, zones, destinations and accounts of no known form", () => {
    assert.equal(found({ cloud: { existing: make.located("hub-1") } }), [
      "DMC4021 hub-1: `hub-1` is no id of a transit gateway",
    ]);
    assert.equal(found({ cloud: { account: make.located("../etc") } }), [
      "DMC4021 ../etc: `../etc` is no id of an AWS account",
    ]);
    assert.equal(found({ cloud: { flowLogs: make.located("s3://logs") } }), [
      "DMC4019 s3://logs: `s3://logs` is no place for flow logs",
    ]);
    const zoned = (zone: string) =>
      found({
        networks: [shop("10.0.0.0/16", make.subnet("shop.web", "10.0.1.0/24", { zone: make.located(zone) }))],
      });
    assert.equal(zoned("eu-west-1a"), ["DMC4020 eu-west-1a: `eu-west-1a` is no availability zone of `us-east-1`"]);
    assert.equal(zoned("z"), ["DMC4020 z: `z` is no availability zone of `us-east-1`"]);
    assert.equal(zoned("us-east-1g"), ["DMC4020 us-east-1g: `us-east-1g` is no availability zone of `us-east-1`"]);
    for (const zone of ["a", "us-east-1f", "us-east-1-bos-1a", "use1-az4"]) assert.equal(zoned(zone), []);
  });

  test("refuse an existing subnet in a VPC to be made", () => {
    const web = make.subnet("shop.web", "10.0.1.0/24", { existing: make.located("subnet-0a1b") });
    assert.equal(found({ networks: [shop("10.0.0.0/16", web)] }), [
      "DMC4022 subnet-0a1b: `shop.web` exists already, but its network `shop` would be created",
    ]);
  });

  test("refuse tags and names that AWS does not take", () => {
    assert.equal(found({}, { tags: new Map([["aws:owner", "x"]]) }), [
      "DMC4024 -: the tag `aws:owner` begins with `aws:`, which AWS keeps for itself",
    ]);
    assert.equal(found({}, { tags: new Map([["team", "ops & more"]]) }), [
      "DMC4024 -: the tag `team` holds a character that AWS does not take everywhere",
    ]);
    assert.equal(found({}, { tags: new Map([["Name", "acme"]]) }), [
      "DMC4024 -: the tag `Name` is one that demarc sets itself",
    ]);
    const networks = [shop("10.0.0.0/16", make.subnet("shop.web", "10.0.1.0/24"))];
    assert.equal(found({ networks }, { tags: new Map(), prefix: "sg" }), [
      "DMC4024 shop.web: the name of a security group `sg-shop.web` must not begin with `sg-`",
    ]);
  });

  test("write nothing when there is an error", () => {
    const { output } = compileAws(designOf({ cloud: { hub: "cloud-wan" } }));
    assert.equal(output.artefacts, []);
  });
});

suite("the catalogue of the AWS target", (test) => {
  test("has its own codes, each once and each explained", () => {
    const codes = Object.values(awsDiagnostics).map(({ code }) => code);
    assert.is(new Set(codes).size, codes.length);
    for (const code of codes) assert.match(code, /^DMC40[0-9]{2}$/);
    assert.equal(Object.keys(awsExplanations).sort(), Object.keys(awsDiagnostics).sort());
    for (const text of Object.values(awsExplanations)) assert.ok(text.length > 80);
  });
});

function never(): never {
  throw new Error("the fixture has a circuit");
}
