/** The designs that several tests of the AWS target look at. */
import type { Design } from "../../../compiler/design/design.js";
import type { Network } from "../../../compiler/model/estate.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import * as make from "../../support/designs.js";

const https = ServiceSet.ports("tcp", 443);
const postgres = ServiceSet.ports("tcp", 5432);

function own(net: Network, ...texts: readonly string[]) {
  return texts.map((text) => make.route(text, net.path, { kind: "attachment", attachment: net.path }));
}

/** One VPC with a web and a database subnet in one segment, an order host of its own, nothing else. */
export function shopDesign(): Design {
  const shop = make.network("shop", "prod", "use1", "10.20.0.0/16", [
    make.subnet("shop.db", "10.20.2.0/24"),
    make.subnet("shop.web", "10.20.1.0/24", { hosts: [make.host("shop.web.orders", "10.20.1.9")] }),
  ]);
  const flows: readonly make.Flow[] = [
    {
      rule: "shop-5c0d9f31",
      source: make.addresses("10.20.1.0/24"),
      destination: make.addresses("10.20.2.0/24"),
      service: postgres,
    },
    {
      rule: "shop-e1a2b3c4",
      source: make.addresses("10.20.2.0/24"),
      destination: make.addresses("10.20.1.9"),
      service: https,
    },
  ];
  return make.design({
    estate: make.estate({
      segments: [make.segment("prod")],
      clouds: [make.awsCloud("use1", { account: make.located("111122223333"), asn: make.located(64601) })],
      networks: [shop],
    }),
    instances: [make.instance("prod", { kind: "cloud", name: "use1" }, own(shop, "10.20.0.0/16"))],
    points: make.subnetPoints(shop, flows),
    rules: new Map([
      ["shop-5c0d9f31", make.ruleRecord("shop-5c0d9f31", "shop.web -> shop.db on tcp/5432")],
      ["shop-e1a2b3c4", make.ruleRecord("shop-e1a2b3c4", "shop.db -> shop.web.orders on tcp/443")],
    ]),
  });
}

/** The whole of the target: two segments with a share, Direct Connect to a router in both families, a partner by VPN. */
export function acmeDesign(): Design {
  const shop = make.network(
    "shop",
    "prod",
    "use1",
    ["10.20.0.0/16", "2001:db8:20::/48"],
    [
      make.subnet("shop.web", ["10.20.1.0/24", "2001:db8:20:1::/64"], {
        healthProbes: make.located(https, "std.https"),
      }),
      make.subnet("shop.db", ["10.20.2.0/24", "2001:db8:20:2::/64"]),
    ],
  );
  const vault = make.network("vault", "pci", "use1", "10.30.0.0/16", [make.subnet("vault.cards", "10.30.1.0/24")]);
  const use1 = { kind: "cloud", name: "use1" } as const;
  const dx = make.link("dx", "direct-connect", [use1, { kind: "router", name: "chi" }], {
    connection: make.located("dxcon-0a1b2c3d"),
    carries: [make.carries("prod", { vlan: make.located(101) }), make.carries("pci", { vlan: make.located(102) })],
  });
  const vpn = make.link("globex-vpn", "ipsec", [use1, { kind: "external", name: "globex" }], {
    carries: [make.carries("prod")],
    ipsec: {
      public: [],
      peerPublic: [make.located(make.addressOf("198.51.100.7"))],
      psk: [make.located({ name: "globex-1" }), make.located({ name: "globex-2" })],
      ike: new Map([["dh-group", make.located<string | number>(20)]]),
    },
  });
  const flows: readonly make.Flow[] = [
    {
      rule: "cards-1a2b3c4d",
      source: make.addresses("10.20.1.0/24"),
      destination: make.addresses("10.30.1.0/24"),
      service: ServiceSet.ports("tcp", 8443),
      sourceDomain: "prod",
      destinationDomain: "pci",
      log: true,
    },
    {
      rule: "floor-77aa88bb",
      source: make.addresses("10.1.0.0/24", "2001:db8:1::/64"),
      destination: make.addresses("10.20.1.0/24", "2001:db8:20:1::/64"),
      service: https.union(ServiceSet.icmp(4, 8)).union(ServiceSet.protocol(50)),
      sourceDomain: "prod",
      destinationDomain: "prod",
    },
    {
      rule: "stores-0badcafe",
      source: make.addresses(...Array.from({ length: 12 }, (_, i) => `10.5.${2 * i}.0/24`)),
      destination: make.addresses("10.20.2.0/24"),
      service: postgres,
      sourceDomain: "prod",
      destinationDomain: "prod",
    },
  ];
  const leak = (domain: string, attachment: string) =>
    ({ kind: "leak", domain, origin: { kind: "attachment", attachment } }) as const;
  return make.design({
    estate: make.estate({
      segments: [make.segment("pci"), make.segment("prod")],
      clouds: [
        make.awsCloud("use1", {
          account: make.located("111122223333"),
          asn: make.located(64601),
          ipv6Pool: make.located("ipam-pool-0a1b2c3d4e5f60718"),
          flowLogs: make.located("arn:aws:s3:::acme-flow-logs"),
        }),
      ],
      routers: [make.router("chi")],
      externals: [make.external("globex", "prod", "203.0.113.0/26")],
      networks: [shop, vault],
      links: [dx, vpn],
    }),
    instances: [
      make.instance("pci", use1, [
        ...own(vault, "10.30.0.0/16"),
        make.route("10.20.0.0/16", "shop", leak("prod", "shop"), {
          kind: "return",
          share: "cards-5aaa5aaa",
          domain: "prod",
        }),
        make.route("10.31.0.0/24", "tills", { kind: "circuit", circuit: "dx/pci" }),
      ]),
      make.instance("prod", use1, [
        ...own(shop, "10.20.0.0/16", "2001:db8:20::/48"),
        make.route("10.30.1.0/24", "vault", leak("pci", "vault"), {
          kind: "share",
          share: "cards-5aaa5aaa",
          domain: "pci",
        }),
        make.route("10.1.0.0/24", "floor", { kind: "circuit", circuit: "dx/prod" }),
        make.route("2001:db8:1::/64", "floor", { kind: "circuit", circuit: "dx/prod" }),
        make.route("203.0.113.0/26", "globex", { kind: "circuit", circuit: "globex-vpn/prod" }),
      ]),
    ],
    circuits: [
      make.circuit({
        link: dx,
        segment: "pci",
        announces: [["10.30.0.0/16"], ["10.31.0.0/24"]],
        asns: [64611, 64520],
        vlan: 102,
        mtu: 8500,
        addressing: [make.pair("169.254.60.2/30", "169.254.60.1/30")],
        md5: { name: "dx-pci" },
      }),
      make.circuit({
        link: dx,
        segment: "prod",
        announces: [
          ["10.20.0.0/16", "2001:db8:20::/48"],
          ["10.1.0.0/24", "2001:db8:1::/64"],
        ],
        asns: [64612, 64520],
        vlan: 101,
        mtu: 8500,
        addressing: [make.pair("169.254.60.6/30", "169.254.60.5/30"), { family: 6, kind: "provider" }],
        md5: { name: "dx-prod" },
      }),
      make.circuit({
        link: vpn,
        segment: "prod",
        announces: [["10.20.0.0/16"], ["203.0.113.0/26"]],
        asns: [64601, 65010],
        mtu: 1400,
        tunnels: [
          { index: 1, addressing: [make.pair("169.254.21.1/30", "169.254.21.2/30")], psk: { name: "globex-1" } },
          { index: 2, addressing: [make.pair("169.254.21.5/30", "169.254.21.6/30")], psk: { name: "globex-2" } },
        ],
      }),
    ],
    points: [...make.subnetPoints(shop, flows), ...make.subnetPoints(vault, flows)],
    rules: new Map([
      ["cards-1a2b3c4d", make.ruleRecord("cards-1a2b3c4d", "shop.web -> vault.cards on tcp/8443")],
      ["floor-77aa88bb", make.ruleRecord("floor-77aa88bb", "floor -> shop.web on [std.https, icmp/echo-request, esp]")],
      ["stores-0badcafe", make.ruleRecord("stores-0badcafe", 'stores where size < "big" -> shop.db on tcp/5432')],
    ]),
    gatewayAsns: new Map([
      ["use1/pci", 64611],
      ["use1/prod", 64612],
    ]),
  });
}

/**
 * What an established company has: two regions, a hub that exists, a VPC with subnets of somebody else, a network in
 * another account, a hosted connection, a carrier by VPN in both families with a long ASN, a partner with static routes.
 */
export function legacyDesign(): Design {
  const use1 = { kind: "cloud", name: "use1" } as const;
  const usw2 = { kind: "cloud", name: "usw2" } as const;
  const till = make.network(
    "till",
    "prod",
    "use1",
    "10.40.0.0/16",
    [
      make.subnet("till.app", "10.40.1.0/24", {
        existing: make.located("subnet-0a1b2c3d4e5f60718"),
        routeTable: make.located("rtb-0a1b2c3d4e5f60718"),
      }),
      make.subnet("till.batch", "10.40.2.0/24", { existing: make.located("subnet-0a1b2c3d4e5f60719") }),
      make.subnet("till.new", "10.40.3.0/24"),
    ],
    { existing: make.located("vpc-0a1b2c3d4e5f60718") },
  );
  const lake = make.network(
    "lake",
    "prod",
    "usw2",
    ["10.50.0.0/16", "2001:db8:50::/56", "10.51.0.0/16"],
    [
      make.subnet("lake.raw", ["10.51.1.0/24", "2001:db8:50:1::/64"], { zone: make.located("usw2-az4") }),
      make.subnet("lake.six", "2001:db8:50:2::/64", { zone: make.located("usw2-az4") }),
    ],
    { account: make.located("444455556666") },
  );
  const port = make.link("port", "direct-connect", [{ kind: "router", name: "chi" }, use1], {
    hosted: true,
    carries: [make.carries("prod")],
  });
  const carrier = make.link("carrier", "ipsec", [usw2, { kind: "router", name: "telco" }], {
    carries: [make.carries("prod")],
  });
  const depot = make.link("depot-vpn", "ipsec", [usw2, { kind: "external", name: "depot" }], {
    carries: [make.carries("prod")],
  });
  const tunnel = (index: number, ...inside: readonly (readonly [string, string])[]) => ({
    index,
    addressing: inside.map(([near, far]) => make.pair(near, far)),
    psk: { name: `vpn key ${index + 1}` },
  });
  return make.design({
    estate: make.estate({
      segments: [make.segment("prod")],
      clouds: [
        make.awsCloud("use1", {
          account: make.located("111122223333"),
          existing: make.located("tgw-0a1b2c3d4e5f60718"),
          asn: make.located(64601),
          flowLogs: make.located("arn:aws:logs:us-east-1:111122223333:log-group:flows"),
        }),
        make.awsCloud("usw2", {
          account: make.located("111122223333"),
          region: make.located("us-west-2"),
          asn: make.located(64602),
          ipv6Pool: make.located("ipv6pool-ec2-0a1b2c3d"),
        }),
      ],
      routers: [make.router("chi"), make.router("telco", "unmanaged")],
      externals: [make.external("depot", "prod", "203.0.113.64/26")],
      networks: [lake, till],
      links: [carrier, depot, port],
    }),
    instances: [
      make.instance("prod", use1, [
        ...own(till, "10.40.0.0/16"),
        make.route("10.1.0.0/24", "floor", { kind: "circuit", circuit: "port/prod" }),
      ]),
      make.instance("prod", usw2, [
        ...own(lake, "10.50.0.0/16", "10.51.0.0/16", "2001:db8:50::/56"),
        make.route("10.9.0.0/16", "branches", { kind: "circuit", circuit: "carrier/prod" }),
        make.route("2001:db8:9::/48", "branches", { kind: "circuit", circuit: "carrier/prod" }),
        make.route("203.0.113.64/26", "depot", { kind: "circuit", circuit: "depot-vpn/prod" }),
      ]),
    ],
    circuits: [
      make.circuit({
        link: carrier,
        segment: "prod",
        announces: [
          ["10.50.0.0/16", "10.51.0.0/16", "2001:db8:50::/56"],
          ["10.9.0.0/16", "2001:db8:9::/48"],
        ],
        asns: [64602, 4200000100],
        mtu: 1400,
        tunnels: [
          tunnel(0, ["169.254.6.1/30", "169.254.6.2/30"], ["fd64::1/126", "fd64::2/126"]),
          tunnel(1, ["169.254.6.5/30", "169.254.6.6/30"], ["fd64::5/126", "fd64::6/126"]),
        ],
      }),
      make.circuit({
        link: depot,
        segment: "prod",
        announces: [["10.50.0.0/16"], ["203.0.113.64/26"]],
        asns: [undefined, undefined],
        routing: "static",
        mtu: 1400,
        tunnels: [tunnel(2, ["169.254.6.9/30", "169.254.6.10/30"]), tunnel(3, ["169.254.6.13/30", "169.254.6.14/30"])],
      }),
      make.circuit({
        link: port,
        segment: "prod",
        announces: [["10.1.0.0/24"], ["10.40.0.0/16"]],
        asns: [64520, 64611],
        vlan: 301,
        addressing: [make.pair("169.254.60.1/30", "169.254.60.2/30")],
        md5: { name: "port-prod" },
      }),
    ],
    points: [...make.subnetPoints(lake, []), ...make.subnetPoints(till, [])],
    cloudAsns: new Map([["usw2", 64602]]),
    gatewayAsns: new Map([["use1/prod", 64611]]),
  });
}
