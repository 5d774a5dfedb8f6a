/**
 * Small estates over AWS and Junos as fast-check makes them, to be compiled whole: two accounts, cores, carriers, partners
 * by VPN and by handoff with and without BGP, several links with preferences, IPv6, shared LANs, outer tags, things that
 * exist. Each part is there or not by itself, so a counterexample shrinks to the parts that it needs.
 */
import fc from "fast-check";

const KINDS = ["none", "one", "two"] as const;
const BRANCHES = [...KINDS, "over the carrier"] as const;

/** What an estate has. */
export interface EstateParts {
  /** Routers of one core, or chi1 alone. */
  readonly core: boolean;
  /** A router of another ASN behind one or both of ours. */
  readonly branch: (typeof BRANCHES)[number];
  readonly carrier: "none" | "one" | "two";
  /** Direct Connect to chi2 as well. */
  readonly second: boolean;
  readonly preferences: readonly [number, number];
  /** A hub of another account behind chi1. */
  readonly otherAccount: boolean;
  /** The hub exists already, a network too. */
  readonly existing: "none" | "hub" | "network";
  /** A network of the hub lies in an account of its own. */
  readonly foreign: boolean;
  /** What the VPN externals of the hub are. */
  readonly vpns: readonly ("bgp" | "static")[];
  readonly handoff: "none" | "bgp" | "static" | "summary";
  readonly ipv6: "none" | "both" | "only";
  /** A LAN on both routers. */
  readonly sharedLan: boolean;
  readonly tagged: "single" | "double";
  /** Pairs of names, by turns. */
  readonly rules: readonly (readonly [source: number, destination: number, service: number])[];
  /** Whole networks are shared, or what a rule names. */
  readonly wholeShares: boolean;
}

/** Estates; most of them are sound. */
export const estateParts: fc.Arbitrary<EstateParts> = fc.record({
  core: fc.boolean(),
  branch: fc.constantFrom(...BRANCHES),
  carrier: fc.constantFrom(...KINDS),
  second: fc.boolean(),
  preferences: fc.constantFrom<(readonly [number, number])[]>([100, 100], [200, 100], [100, 200]),
  otherAccount: fc.boolean(),
  existing: fc.constantFrom("none", "hub", "network"),
  foreign: fc.boolean(),
  vpns: fc.array(fc.constantFrom("bgp", "static"), { maxLength: 3 }),
  handoff: fc.constantFrom("none", "bgp", "static", "summary"),
  ipv6: fc.constantFrom("none", "both", "only"),
  sharedLan: fc.boolean(),
  tagged: fc.constantFrom("single", "double"),
  rules: fc.array(fc.tuple(fc.nat(30), fc.nat(30), fc.nat(6)), { minLength: 1, maxLength: 8 }),
  wholeShares: fc.boolean(),
});

/** Something that rules name. */
interface Named {
  readonly path: string;
  readonly segment: string;
}

const SERVICES = [
  "tcp/443",
  "tcp/8000-8100",
  "udp/53",
  "[tcp/22, udp/123]",
  "icmp/echo-request",
  "tcp",
  "any",
] as const;

class Writer {
  readonly lines: string[] = [];
  readonly named: Named[] = [];
  private readonly parts: EstateParts;
  private readonly segments = ["prod", "pci", "partners", "office"] as const;

  constructor(parts: EstateParts) {
    this.parts = parts;
  }

  private say(text: string): void {
    this.lines.push(text);
  }

  private name(segment: string, ...paths: readonly string[]): void {
    for (const path of paths) this.named.push({ path, segment });
  }

  /** Prefixes in the families of the estate. */
  private both(four: string, six: string): string {
    const { ipv6 } = this.parts;
    return ipv6 === "both" ? `[${four}, ${six}]` : ipv6 === "only" ? six : four;
  }

  text(): string {
    this.places();
    this.cloudNetworks();
    this.directConnects();
    this.lans();
    this.branchOffice();
    this.carrierPlaces();
    this.partners();
    this.policies();
    return `${this.lines.join("\n")}\n`;
  }

  private places(): void {
    const { core, existing } = this.parts;
    this.say("estate acme { asn = 64520 }");
    for (const segment of this.segments) this.say(`segment ${segment} {}`);
    const hub = existing === "hub" ? '  existing = "tgw-0a1b2c3d4e5f60718"' : "";
    this.say(
      `cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601  ipv6-pool = "ipv6pool-ec2-0a1b2c3d"${hub} }`,
    );
    this.say("router chi1 { os = junos  loopback = 192.0.2.1 }");
    if (!core) return;
    this.say("router chi2 { os = junos  loopback = 192.0.2.2 }");
    this.say("link chi-core between chi1 and chi2 { kind = mpls }");
  }

  private cloudNetworks(): void {
    const { foreign, existing } = this.parts;
    const account = foreign ? '  account = "444455556666"' : "";
    const six = this.parts.ipv6 !== "none";
    const subnet = (name: string, four: string, tail: string): string =>
      `subnet ${name} { cidr = ${six ? `[${four}, ${tail}]` : four} }`;
    const cidr = (four: string, wide: string): string => (six ? `[${four}, ${wide}]` : four);
    this.say(`network shop in prod at use1 { cidr = ${cidr("10.20.0.0/16", "2001:db8:20::/56")}${account}
  ${subnet("web", "10.20.1.0/24", "2001:db8:20:1::/64")}
  ${subnet("db", "10.20.2.0/24", "2001:db8:20:2::/64")} }`);
    const vpc = existing === "network" ? '  existing = "vpc-0a1b2c3d4e5f60718"' : "";
    const own = (id: string): string =>
      vpc === "" ? "" : `  existing = "subnet-0a1b2c3d4e5f6071${id}"  route-table = "rtb-0a1b2c3d4e5f6071${id}"`;
    this.say(`network vault in pci at use1 { cidr = ${cidr("10.30.0.0/16", "2001:db8:30::/56")}${vpc}
  subnet cards { cidr = ${cidr("10.30.1.0/26", "2001:db8:30:1::/64")}${own("1")} }
  subnet keys { cidr = ${cidr("10.30.2.0/26", "2001:db8:30:2::/64")}${own("2")} } }`);
    this.name("prod", "shop.web", "shop.db", "shop");
    this.name("pci", "vault.cards", "vault.keys");
  }

  private directConnects(): void {
    const { core, second, preferences, otherAccount } = this.parts;
    const port = (name: string, cloud: string, router: string, at: number, preference: number): void => {
      this.say(`link ${name} between ${cloud} and ${router} {
  kind = direct-connect  connection = "dxcon-0a1b2c3${at}"  interface = "xe-0/0/${at}"  preference = ${preference}
  carries prod { vlan = 101 }
  carries pci { vlan = 102 } }`);
    };
    port("dx-a", "use1", "chi1", 4, preferences[0]);
    if (core && second) port("dx-b", "use1", "chi2", 5, preferences[1]);
    if (!otherAccount) return;
    this.say('cloud usw2 { provider = aws  region = "us-west-2"  account = "777788889999"  asn = 64602 }');
    port("dx-c", "usw2", "chi1", 6, 100);
    this.say("network lake in prod at usw2 { cidr = 10.50.0.0/16  subnet raw { cidr = 10.50.1.0/24 } }");
    this.name("prod", "lake.raw");
  }

  private lans(): void {
    const { core, sharedLan, tagged } = this.parts;
    const tag = tagged === "double" ? "vlan = 110  outer-vlan = 20" : "vlan = 110";
    this.say(`network servers in prod at chi1 { cidr = ${this.both("10.2.0.0/24", "2001:db8:2::/64")}
  interface = "xe-0/0/1"  ${tag}
  host orders { address = ${this.both("10.2.0.9", "2001:db8:2::9")} } }`);
    this.name("prod", "servers", "servers.orders");
    if (core && sharedLan) {
      const address = (last: number): string => this.both(`10.1.0.${last}/22`, `2001:db8:1::${last}/64`);
      this.say(`network desks in office at chi1 { cidr = ${this.both("10.1.0.0/22", "2001:db8:1::/64")}
  attach chi1 { interface = "xe-0/0/2"  vlan = 120  address = ${address(2)} }
  attach chi2 { interface = "xe-0/0/2"  vlan = 120  address = ${address(3)} } }`);
    } else {
      this.say(`network desks in office at chi1 { cidr = ${this.both("10.1.0.0/22", "2001:db8:1::/64")}
  interface = "xe-0/0/2"  vlan = 120 }`);
    }
    this.name("office", "desks");
  }

  /** A second router, where there is one. */
  private other(): string {
    return this.parts.core ? "chi2" : "chi1";
  }

  private branchOffice(): void {
    const { branch } = this.parts;
    if (branch === "none") return;
    this.say("router den { os = junos  loopback = 192.0.2.9  asn = 64530 }");
    const join = (name: string, router: string, port: number): void =>
      this.say(`link ${name} between ${router} and den { kind = handoff  interface = ["xe-0/1/${port}", "xe-0/1/${port}"]
  carries prod { vlan = 801 }
  carries office { vlan = 802 } }`);
    if (branch !== "over the carrier") join("den-a", "chi1", 0);
    if (branch === "two") join("den-b", this.other(), 1);
    this.say(
      `network counter in office at den { cidr = ${this.both("10.7.0.0/24", "2001:db8:7::/64")}  interface = "xe-0/0/1" }`,
    );
    this.name("office", "counter");
  }

  private carrierPlaces(): void {
    const { carrier, branch } = this.parts;
    if (carrier === "none") return;
    this.say("router carrier { os = unmanaged  asn = 65030 }");
    const join = (name: string, router: string, port: number): void =>
      this.say(`link ${name} between ${router} and carrier { kind = handoff  interface = "xe-0/2/${port}"
  carries pci { vlan = 700 }
  carries office { vlan = 701 } }`);
    join("carrier-a", "chi1", 0);
    if (carrier === "two") join("carrier-b", this.other(), 1);
    if (branch === "over the carrier") join("carrier-den", "den", 2);
    this.say(`network tills in pci at carrier { cidr = ${this.both("10.81.1.0/24", "2001:db8:81::/64")} }`);
    this.name("pci", "tills");
  }

  private partners(): void {
    const { vpns, handoff } = this.parts;
    for (const [index, routing] of vpns.entries()) {
      const name = `partner-${index + 1}`;
      const asn = routing === "bgp" ? `asn = ${65101 + index}` : "";
      this.say(`external ${name} in partners { cidr = 203.0.113.${index * 32}/27  ${asn} }
link ${name}-vpn between use1 and ${name} { kind = ipsec  peer-public = 198.51.100.${index + 1}  carries partners {} }`);
      this.name("partners", name);
    }
    if (handoff === "none") return;
    const cidr = handoff === "summary" ? "172.20.0.0/14  summary = true" : "198.18.7.0/24";
    const asn = handoff === "static" ? "" : "asn = 65201";
    this.say(`external globex in partners { cidr = ${cidr}  ${asn} }
link globex-line between ${this.other()} and globex { kind = handoff  interface = "xe-0/3/0"  carries partners { vlan = 900 } }`);
    this.name("partners", "globex");
  }

  private policies(): void {
    const { rules, wholeShares } = this.parts;
    const lines = new Set<string>();
    for (const [a, b, c] of rules) {
      const source = this.named[a % this.named.length];
      const destination = this.named[b % this.named.length];
      if (source === undefined || destination === undefined || source.path === destination.path) continue;
      const service = SERVICES[c % SERVICES.length] ?? SERVICES[0];
      if (source.segment !== destination.segment) {
        const shared = wholeShares ? (destination.path.split(".")[0] ?? "") : destination.path;
        lines.add(`  share ${shared} with ${source.segment}`);
      }
      lines.add(`  allow ${source.path} -> ${destination.path} on ${service}`);
    }
    this.say(`policy traffic {\n${[...lines].join("\n")}\n}`);
  }
}

/** The program text of an estate. */
export function smallEstate(parts: EstateParts): string {
  return new Writer(parts).text();
}
