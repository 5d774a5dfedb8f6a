/** Designs of one construct each, for goldens and for the packet evaluator. */
import type { Design, FilterEntry, Leak, Prologue } from "../../../compiler/design/design.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import {
  address,
  addresses,
  announced,
  at,
  circuit,
  design,
  domain,
  entries,
  fromCircuit,
  fromCore,
  fromLan,
  instance,
  lan,
  located,
  point,
  prefix,
  route,
  router,
} from "../../support/designs-junos.js";

export const HTTPS = ServiceSet.ports("tcp", 443);
const DNS = ServiceSet.ports("tcp", 53).union(ServiceSet.ports("udp", 53));
const PING = ServiceSet.icmp(4, 8);

const bgp = (local: string, peer: string): Prologue => ({
  kind: "bgp",
  family: local.includes(":") ? 6 : 4,
  local: address(local),
  peer: address(peer),
});
const bfd = (local: string, peer: string): Prologue => ({ ...bgp(local, peer), kind: "bfd" }) as Prologue;
const echo = (...to: readonly string[]): Prologue => ({ kind: "echo", to: to.map(address) });

/** The two directions of a rule that crosses one router: the flow where it enters, the reply where that enters. */
export function both(
  rule: string,
  domains: string,
  source: string,
  destination: string,
  service: ServiceSet,
  log = false,
): { readonly flow: readonly FilterEntry[]; readonly reply: readonly FilterEntry[] } {
  const [from, to] = domains.split(" -> ");
  const sides = { source: addresses(...source.split(" ")), destination: addresses(...destination.split(" ")) };
  return {
    flow: entries({ rule, domains, ...sides, service, log }),
    reply: entries({
      rule,
      kind: "reply",
      domains: `${to} -> ${from}`,
      source: sides.destination,
      destination: sides.source,
      service,
    }),
  };
}

/** A shop floor at Chicago that uses web servers in the cloud over Direct Connect; the router has a management network. */
export function cloudLink(): Design {
  const own = addresses("10.1.0.1", "169.254.101.1", "192.0.2.1");
  const browse = both(
    "shop-9c41d07e",
    "prod -> prod",
    "10.1.0.0/24",
    "10.20.1.0/24",
    HTTPS.union(ServiceSet.ports("tcp", 8080, 8090)),
    true,
  );
  const names = both("shop-1d2c3b4a", "prod -> prod", "10.1.0.0/25", "10.20.2.53", DNS);
  const ping = both("shop-77aa00ff", "prod -> prod", "10.20.1.0/24", "10.1.0.9", PING);
  return design({
    routers: [router("chi", ["192.0.2.1"], { management: [located(prefix("10.9.9.0/28"), "chi")] })],
    domains: [domain("prod", 10)],
    instances: [
      instance("prod", "chi", "192.0.2.1:10", [
        route("floor", "10.1.0.0/24", fromLan("floor")),
        route("shop", "10.20.0.0/16", fromCircuit("dx/prod")),
      ]),
    ],
    attachments: [
      lan({
        path: "floor",
        segment: "prod",
        prefixes: ["10.1.0.0/24"],
        gateways: ["10.1.0.1"],
        attach: ["chi xe-0/0/1 110 10.1.0.1/24"],
      }),
    ],
    circuits: [
      circuit({
        link: "dx",
        segment: "prod",
        ends: ["cloud:use1 - 64611", "router:chi xe-0/0/2 64520"],
        announces: [[announced("shop", "10.20.0.0/16")], [announced("floor", "10.1.0.0/24")]],
        addressing: ["169.254.101.2/30 169.254.101.1/30"],
        vlan: 101,
        mtu: 8500,
        bfd: 300,
        md5: "dx prod",
        maxPrefixes: 100,
      }),
    ],
    points: [
      point({
        router: "chi",
        lan: "floor",
        segment: "prod",
        sources: addresses("10.1.0.0/24"),
        own,
        management: ["10.9.9.0/28"],
        prologue: [echo("10.1.0.1")],
        entries: [browse.flow, names.flow, ping.reply],
      }),
      point({
        router: "chi",
        circuit: "dx/prod",
        segment: "prod",
        sources: addresses("10.20.0.0/16"),
        own,
        management: ["10.9.9.0/28"],
        prologue: [bgp("169.254.101.1", "169.254.101.2"), bfd("169.254.101.1", "169.254.101.2"), echo("169.254.101.1")],
        entries: [ping.flow, browse.reply, names.reply],
      }),
    ],
  });
}

/** A LAN of both families on two routers with VRRP and a DHCP relay; one port carries two tags. */
export function sharedLan(): Design {
  const lanInput = {
    path: "campus.desks",
    segment: "corp_it",
    prefixes: ["10.7.0.0/23", "2001:db8:7::/64"],
    gateways: ["10.7.0.1", "2001:db8:7::1"],
    dhcpRelay: ["10.8.0.53", "2001:db8:8::53"],
    mtu: 9000,
    vrrpGroup: 7,
    attach: ["chi ae10 700 10.7.0.2/23 2001:db8:7::2/64", "ash et-0/1/2:0 20.700 10.7.0.3/23 2001:db8:7::3/64"],
  };
  const web = both(
    "desks-00c0ffee",
    "corp_it -> corp_it",
    "10.7.0.0/23 2001:db8:7::/64",
    "10.8.0.0/24 2001:db8:8::/64",
    HTTPS,
  );
  const sync = both(
    "desks-5eed5eed",
    "corp_it -> corp_it",
    "10.8.0.0/24 2001:db8:8::/64",
    "10.7.0.0/23 2001:db8:7::/64",
    ServiceSet.any,
  );
  const desks = (name: string, own: readonly string[], peers: readonly string[]) =>
    point({
      router: name,
      lan: "campus.desks",
      segment: "corp_it",
      sources: addresses("10.7.0.0/23", "2001:db8:7::/64"),
      own: addresses("10.7.0.1", "2001:db8:7::1", ...own),
      prologue: [
        { kind: "neighbour-discovery" },
        echo("10.7.0.1", "2001:db8:7::1"),
        { kind: "dhcp", servers: [address("10.8.0.53"), address("2001:db8:8::53")] },
        { kind: "vrrp", peers: peers.map(address) },
      ],
      entries: [web.flow, sync.reply],
      families: [4, 6],
    });
  const racks = lan({
    path: "racks",
    segment: "corp_it",
    prefixes: ["10.8.0.0/24", "2001:db8:8::/64"],
    gateways: ["10.8.0.1", "2001:db8:8::1"],
    attach: ["chi xe-0/0/5 - 10.8.0.1/24 2001:db8:8::1/64"],
  });
  const corp = (name: string, rd: string) =>
    instance("corp_it", name, rd, [
      route("campus", "10.7.0.0/23", fromLan("campus.desks")),
      ...(name === "chi"
        ? [route("racks", "10.8.0.0/24", fromLan("racks"))]
        : [route("racks", "10.8.0.0/24", fromCore)]),
      route("campus", "2001:db8:7::/64", fromLan("campus.desks")),
      ...(name === "chi"
        ? [route("racks", "2001:db8:8::/64", fromLan("racks"))]
        : [route("racks", "2001:db8:8::/64", fromCore)]),
    ]);
  return design({
    routers: [router("ash", ["192.0.2.2"]), router("chi", ["192.0.2.1", "2001:db8::1"])],
    domains: [domain("corp_it", 20, { vrf: "corp-it" })],
    instances: [corp("ash", "192.0.2.2:20"), corp("chi", "192.0.2.1:20")],
    attachments: [lan(lanInput), racks],
    cores: [{ id: "ash", routers: ["ash", "chi"], asn: 64520, reflectors: [], links: ["backbone"] }],
    points: [
      desks("ash", ["10.7.0.3", "2001:db8:7::3"], ["10.7.0.2", "2001:db8:7::2"]),
      desks("chi", ["10.7.0.2", "2001:db8:7::2", "10.8.0.1", "2001:db8:8::1"], ["10.7.0.3", "2001:db8:7::3"]),
      point({
        router: "chi",
        lan: "racks",
        segment: "corp_it",
        sources: addresses("10.8.0.0/24", "2001:db8:8::/64"),
        own: addresses("10.7.0.1", "2001:db8:7::1", "10.7.0.2", "2001:db8:7::2", "10.8.0.1", "2001:db8:8::1"),
        prologue: [
          { kind: "neighbour-discovery" },
          echo("10.8.0.1", "2001:db8:8::1"),
          {
            kind: "dhcp",
            servers: [address("10.8.0.53"), address("2001:db8:8::53")],
            relays: ["10.7.0.2", "10.7.0.3", "2001:db8:7::2"].map(address),
          },
        ],
        entries: [sync.flow, web.reply],
        families: [4, 6],
      }),
    ],
  });
}

function leak(
  from: string,
  to: string,
  shared: Leak["shared"],
  returned: Leak["returned"],
  more: Partial<Leak> = {},
): Leak {
  return {
    id: "cards-0badcafe@core",
    share: "cards-0badcafe",
    from,
    to,
    meeting: { kind: "core", id: "ash" },
    shared,
    returned,
    surplus: [],
    sharedTarget: "64520:31",
    returnedTarget: "64520:32",
    sources: [at("policy shop")],
    ...more,
  };
}

/** Two segments of a core that share: parts of LANs, a host behind a next hop, and sessions through a reflector. */
export function shares(): Design {
  const pay = both(
    "cards-11112222",
    "prod -> pci",
    "10.1.0.0/24",
    "10.31.0.64/26 10.32.5.5 10.31.0.9",
    ServiceSet.ports("tcp", 8443),
  );
  const cause = { kind: "share", share: "cards-0badcafe", domain: "pci" } as const;
  const back = { kind: "return", share: "cards-0badcafe", domain: "prod" } as const;
  const shared = ["10.31.0.9/32", "10.31.0.64/26", "10.32.5.5/32"].map((text) => announced("tills", text, cause));
  const returned = [announced("floor", "10.1.0.0/24", back)];
  return design({
    routers: [
      router("ash", ["192.0.2.2"]),
      router("chi", ["192.0.2.1"], { routeReflector: true }),
      router("dal", ["192.0.2.3"]),
    ],
    domains: [domain("pci", 30), domain("prod", 10)],
    instances: [
      instance("pci", "chi", "192.0.2.1:30", [
        route("tills", "10.31.0.0/24", fromLan("tills")),
        route("vaults", "10.32.0.0/16", fromLan("vaults")),
      ]),
      instance("prod", "ash", "192.0.2.2:10", [route("floor", "10.1.0.0/24", fromLan("floor"))]),
      instance("prod", "chi", "192.0.2.1:10", [route("floor", "10.1.0.0/24", fromCore)]),
    ],
    attachments: [
      lan({
        path: "floor",
        segment: "prod",
        prefixes: ["10.1.0.0/24"],
        gateways: ["10.1.0.1"],
        attach: ["ash xe-0/0/1 110 10.1.0.1/24"],
      }),
      lan({
        path: "tills",
        segment: "pci",
        prefixes: ["10.31.0.0/24"],
        gateways: ["10.31.0.1"],
        parts: ["10.31.0.9/32", "10.31.0.64/26"],
        attach: ["chi xe-0/0/3 310 10.31.0.1/24"],
      }),
      lan({
        path: "vaults",
        segment: "pci",
        prefixes: ["10.32.0.0/16"],
        nextHops: ["10.33.0.2"],
        parts: ["10.32.5.5/32"],
        attach: ["chi xe-0/0/4 - 10.33.0.1/30"],
      }),
    ],
    cores: [{ id: "ash", routers: ["ash", "chi", "dal"], asn: 64520, reflectors: ["chi"], links: ["backbone"] }],
    leaks: [leak("pci", "prod", shared, returned)],
    points: [
      point({
        router: "ash",
        lan: "floor",
        segment: "prod",
        sources: addresses("10.1.0.0/24"),
        own: addresses("10.1.0.1"),
        entries: [pay.flow],
        prologue: [echo("10.1.0.1")],
      }),
      point({
        router: "chi",
        lan: "tills",
        segment: "pci",
        sources: addresses("10.31.0.0/24"),
        own: addresses("10.31.0.1", "10.33.0.1"),
        entries: [pay.reply.map((one) => ({ ...one, source: addresses("10.31.0.64/26", "10.31.0.9") }))],
        prologue: [echo("10.31.0.1")],
      }),
      point({
        router: "chi",
        lan: "vaults",
        segment: "pci",
        sources: addresses("10.32.0.0/16"),
        own: addresses("10.31.0.1", "10.33.0.1"),
        entries: [pay.reply.map((one) => ({ ...one, source: addresses("10.32.5.5") }))],
        prologue: [echo("10.33.0.1")],
      }),
    ],
  });
}

/** Partners at one router: one by BGP with a covering announcement, one by static routes over two ports, and a cloud in IPv6. */
export function partners(): Design {
  const own = addresses("198.51.100.1", "198.51.100.5", "198.51.100.9", "169.254.102.1");
  const orders = both("orders-deadbeef", "partners -> partners", "203.0.113.0/26", "10.5.16.0/20", HTTPS);
  const cloud = [announced("hall", "10.5.16.0/20"), announced("hall", "2001:db8:5::/48")];
  return design({
    routers: [router("ash", ["192.0.2.2"])],
    domains: [domain("partners", 40)],
    instances: [
      instance("partners", "ash", "192.0.2.2:40", [
        route("hall", "10.5.16.0/20", fromCircuit("er/partners")),
        route("initech", "198.18.0.0/24", fromCircuit("initech-a/partners")),
        route("globex", "203.0.113.0/26..32", fromCircuit("globex-port/partners")),
        route("hall", "2001:db8:5::/48", fromCircuit("er/partners")),
      ]),
    ],
    circuits: [
      circuit({
        link: "er",
        segment: "partners",
        ends: ["cloud:use1 - 64612", "router:ash xe-0/0/2 64999"],
        announces: [cloud, [announced("globex", "203.0.113.0/26"), announced("initech", "198.18.0.0/24")]],
        addressing: ["169.254.102.2/30 169.254.102.1/30", "provider:6"],
        vlan: 102,
      }),
      circuit({
        link: "globex-port",
        segment: "partners",
        kind: "handoff",
        ends: ["external:globex - 65010", "router:ash xe-0/0/4 64520"],
        announces: [[announced("globex", "203.0.113.0/26..32")], [announced("hall", "10.0.0.0/8")]],
        addressing: ["198.51.100.2/30 198.51.100.1/30"],
        vlan: 900,
        outerVlan: 90,
        maxPrefixes: 10,
      }),
      circuit({
        link: "initech-a",
        segment: "partners",
        kind: "handoff",
        routing: "static",
        ends: ["external:initech -", "router:ash xe-0/0/5"],
        announces: [[announced("initech", "198.18.0.0/24")], [announced("hall", "10.5.16.0/20")]],
        addressing: ["198.51.100.6/30 198.51.100.5/30"],
        nextHops: ["198.51.100.6"],
        preference: 200,
      }),
      circuit({
        link: "initech-b",
        segment: "partners",
        kind: "handoff",
        routing: "static",
        ends: ["external:initech -", "router:ash xe-0/0/6"],
        announces: [[announced("initech", "198.18.0.0/24")], [announced("hall", "10.5.16.0/20")]],
        addressing: ["198.51.100.10/30 198.51.100.9/30"],
        nextHops: ["198.51.100.10"],
        preference: 100,
      }),
    ],
    points: [
      point({
        router: "ash",
        circuit: "er/partners",
        segment: "partners",
        sources: addresses("10.5.16.0/20", "2001:db8:5::/48"),
        own,
        entries: [orders.reply],
        prologue: [bgp("169.254.102.1", "169.254.102.2")],
        families: [4, 6],
      }),
      point({
        router: "ash",
        circuit: "globex-port/partners",
        segment: "partners",
        sources: addresses("203.0.113.0/26"),
        own,
        entries: [orders.flow],
        prologue: [bgp("198.51.100.1", "198.51.100.2")],
      }),
      point({
        router: "ash",
        circuit: "initech-a/partners",
        segment: "partners",
        sources: addresses("198.18.0.0/24"),
        own,
      }),
      point({
        router: "ash",
        circuit: "initech-b/partners",
        segment: "partners",
        sources: addresses("198.18.0.0/24"),
        own,
      }),
    ],
  });
}

/** Every small design by the name of its golden folder. */
export const smallDesigns: ReadonlyMap<string, () => Design> = new Map([
  ["cloud-link", cloudLink],
  ["partners", partners],
  ["shared-lan", sharedLan],
  ["shares", shares],
]);
