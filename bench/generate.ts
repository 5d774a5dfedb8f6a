/**
 * Makes estates of any size for benchmarks: applications in virtual networks of two AWS regions, LANs at four Junos
 * routers of one core, and as many `allow` rules as wanted. The number of networks grows with the rules, so that each
 * subnet has about the same number of rules at every size. The same seed gives the same text.
 */

/** What to make. */
export interface EstateSize {
  readonly rules: number;
  readonly seed: number;
}

interface Cloud {
  readonly name: string;
  readonly region: string;
  readonly router: string;
}

interface Application {
  readonly name: string;
  readonly segment: string;
  readonly cloud: Cloud;
  /** The second number of its addresses (`10.<block>.0.0/16`). */
  readonly block: number;
}

interface Lan {
  readonly name: string;
  readonly segment: string;
}

interface Rule {
  readonly source: string;
  readonly destination: string;
  /** The wider pair it belongs to: one rule of a pair has a service that has a name, or rules would cover each other. */
  readonly pair: string;
  /** The application that has to be shared with a segment for this rule. */
  readonly share?: { readonly application: string; readonly segment: string };
}

interface Estate {
  readonly applications: readonly Application[];
  readonly lans: readonly Lan[];
  readonly random: Random;
}

const CLOUDS: readonly Cloud[] = [
  { name: "euc1", region: "eu-central-1", router: "ham1" },
  { name: "euw1", region: "eu-west-1", router: "rtm1" },
];
const ROUTERS = ["ham1", "ham2", "rtm1", "rtm2"] as const;
const CLOUD_SEGMENTS = ["prod", "data", "dev"] as const;
const LAN_SEGMENTS = ["office", "stores", "plant"] as const;
const TIERS = ["web", "app", "db", "batch"] as const;
const ZONES = ["a", "b", "c"] as const;
const SERVICES = {
  checkout: "tcp/8080-8083",
  metrics: "[tcp/9100, tcp/9182, tcp/9256]",
  orders: "[tcp/5671, tcp/8443]",
  telemetry: "[udp/8125, tcp/8126]",
  transfer: "[tcp/989-990, tcp/50000-50100]",
} as const;
const STANDARD = ["https", "postgresql", "kafka", "ldaps", "mysql", "mqtt", "redis"] as const;
const RULES_PER_POLICY = 25;
/** A Direct Connect session takes 100 prefixes of one family (AWS Direct Connect quotas). */
const MOST_LANS = 72;
const MOST_APPLICATIONS = 80;

/** Numbers that look random and are the same for the same seed (the mulberry32 generator). */
class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick<T>(list: readonly T[]): T {
    return turn(list, this.below(list.length));
  }

  /** One to `most` different items, in their order. */
  some<T>(list: readonly T[], most: number): readonly T[] {
    const wanted = 1 + this.below(Math.min(most, list.length));
    const indices = new Set<number>();
    while (indices.size < wanted) indices.add(this.below(list.length));
    return list.filter((_, index) => indices.has(index));
  }
}

/** The files of an estate by path, `demarc.json` included. */
export function generateEstate({ rules, seed }: EstateSize): ReadonlyMap<string, string> {
  const random = new Random(seed);
  const applications = makeApplications(Math.min(MOST_APPLICATIONS, Math.max(6, Math.ceil(rules / 125))));
  const lans = makeLans(Math.min(MOST_LANS, Math.max(6, Math.ceil(rules / 140))));
  const estate: Estate = { applications, lans, random };
  const policies = makePolicies(estate, rules);
  return new Map([
    ["demarc.json", settingsText()],
    ["estate.demarc", estateText()],
    ["links.demarc", linksText()],
    ["networks.demarc", `${applications.map(applicationText).join("\n")}\n${lans.map(lanText).join("\n")}\n`],
    ["invariants.demarc", invariantsText()],
    ...policies,
  ]);
}

/** The items of a list by turns. */
function turn<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

function numbered(word: string, index: number): string {
  return `${word}-${String(index + 1).padStart(3, "0")}`;
}

function makeApplications(count: number): readonly Application[] {
  return Array.from({ length: count }, (_, index) => ({
    name: numbered("app", index),
    segment: turn(CLOUD_SEGMENTS, index),
    cloud: turn(CLOUDS, Math.floor(index / CLOUD_SEGMENTS.length)),
    block: 16 + index,
  }));
}

function makeLans(count: number): readonly Lan[] {
  return Array.from({ length: count }, (_, index) => ({
    name: numbered("lan", index),
    segment: turn(LAN_SEGMENTS, index),
  }));
}

/** Policies of a few rules each, four files of them, and one policy with all shares that the rules need. */
function makePolicies(estate: Estate, count: number): readonly (readonly [string, string])[] {
  const shares = new Map<string, string>();
  const files: string[][] = [[], [], [], []];
  const taken = new Set<string>();
  for (let first = 0, index = 0; first < count; first += RULES_PER_POLICY, index++) {
    const lines = new Set<string>();
    while (lines.size < Math.min(RULES_PER_POLICY, count - first)) {
      const rule = makeRule(estate);
      const service = makeService(estate.random);
      const key = `${rule.pair} on ${service}`;
      if (taken.has(key)) continue;
      taken.add(key);
      lines.add(`  allow ${rule.source} -> ${rule.destination} on ${service}`);
      if (rule.share !== undefined) {
        const line = `  share ${rule.share.application} with ${rule.share.segment}`;
        shares.set(line, line);
      }
    }
    files[index % files.length]?.push(policyText(numbered("policy", index), [...lines]));
  }
  const sharing = policyText("sharing", [...shares.keys()].sort());
  return [
    ...files.map((texts, index) => [`policies-${index + 1}.demarc`, texts.join("\n")] as const),
    ["sharing.demarc", sharing],
  ];
}

/** Of 20 rules: 9 inside an application, 4 between applications of a segment, 4 from LANs, 2 between LANs, 1 to a host. */
function makeRule(estate: Estate): Rule {
  const { applications, lans, random } = estate;
  const draw = random.below(20);
  const home = random.pick(applications);
  if (draw < 9) return between(subnets(random, home), subnets(random, home));
  if (draw < 13) {
    const others = applications.filter(({ segment }) => segment === home.segment);
    return between(subnets(random, home), subnets(random, random.pick(others)));
  }
  const lan = random.pick(lans);
  if (draw < 17) {
    const share = { application: home.name, segment: lan.segment };
    const destination = `${home.name} where tier = "web"`;
    return { source: lan.name, destination, pair: `${lan.name} -> ${home.name}`, share };
  }
  if (draw < 19) {
    const near = lans.filter(({ segment, name }) => segment === lan.segment && name !== lan.name);
    const destination = join(random.some(near, 4).map(({ name }) => name));
    return { source: lan.name, destination, pair: `${lan.name} -> ${lan.segment}` };
  }
  return between(subnets(random, home), { text: `${home.name}.db-a.primary`, wider: `${home.name}.db` });
}

/** An expression, and the tier of an application that it is part of. */
interface Side {
  readonly text: string;
  readonly wider: string;
}

function between(source: Side, destination: Side): Rule {
  return { source: source.text, destination: destination.text, pair: `${source.wider} -> ${destination.wider}` };
}

/** One tier of an application, in one to three zones. */
function subnets(random: Random, { name }: Application): Side {
  const tier = random.pick(TIERS);
  return {
    text: join(random.some(ZONES, 3).map((zone) => `${name}.${tier}-${zone}`)),
    wider: `${name}.${tier}`,
  };
}

function join(names: readonly string[]): string {
  return names.length === 1 ? names.join() : `[${names.join(", ")}]`;
}

function makeService(random: Random): string {
  const draw = random.below(4);
  if (draw === 0) return random.pick(Object.keys(SERVICES));
  if (draw === 1) return `std.${random.pick(STANDARD)}`;
  const ports = Array.from({ length: 1 + random.below(3) }, () => `tcp/${10_000 + random.below(40_000)}`);
  return join([...new Set(ports)]);
}

function policyText(name: string, lines: readonly string[]): string {
  const head = `policy ${name} {\n  owner  = "${name}@meridian.example"\n  ticket = "NET-${name.slice(-3)}"\n`;
  return `/// Flows of ${name}.\n${head}${lines.join("\n")}\n}\n`;
}

function applicationText({ name, segment, cloud, block }: Application): string {
  const lines = TIERS.flatMap((tier, row) =>
    ZONES.map((zone, column) => {
      const part = row * 16 + column;
      const head = `  subnet ${tier}-${zone} { cidr = 10.${block}.${part}.0/24  zone = "${zone}"`;
      const labels = `  labels = { tier = "${tier}" }`;
      const host = tier === "db" && zone === "a" ? `  host primary { address = 10.${block}.${part}.20 }` : "";
      return `${head}${labels}${host} }`;
    }),
  );
  const head = `network ${name} in ${segment} at ${cloud.name} {\n  cidr = 10.${block}.0.0/16\n`;
  return `/// Application ${name}.\n${head}${lines.join("\n")}\n}\n`;
}

function lanText({ name, segment }: Lan, index: number): string {
  const router = turn(ROUTERS, index);
  const body = `cidr = 10.${128 + index}.0.0/22  interface = "xe-0/0/1"  vlan = ${100 + index}`;
  return `network ${name} in ${segment} at ${router} { ${body} }`;
}

function estateText(): string {
  const segments = [...CLOUD_SEGMENTS, ...LAN_SEGMENTS].map(
    (name) => `segment ${name} { owner = "${name}@meridian.example" }\n`,
  );
  const clouds = CLOUDS.map(
    ({ name, region }, index) =>
      `cloud ${name} { provider = aws  region = "${region}"  account = "444455556666"  asn = ${64_601 + index} }\n`,
  );
  const routers = ROUTERS.map((name, index) => `router ${name} { os = junos  loopback = 192.0.2.${index + 1} }\n`);
  const services = Object.entries(SERVICES).map(([name, ports]) => `service ${name} = ${ports}\n`);
  const estate = 'edition 1\n\nestate meridian { asn = 64520  owner = "network@meridian.example" }\n';
  return [estate, ...segments, ...clouds, ...routers, ...services].join("");
}

function linksText(): string {
  const ring = ROUTERS.map((name, index) => {
    const next = turn(ROUTERS, index + 1);
    return `link core-${index + 1} between ${name} and ${next} { kind = mpls }\n`;
  });
  const carries = CLOUD_SEGMENTS.map((name, index) => `  carries ${name} { vlan = ${101 + index} }\n`).join("");
  const ports = CLOUDS.map(({ name, router }) => {
    const body = `  kind      = direct-connect\n  interface = "xe-0/0/4"\n  bandwidth = 10Gbps\n${carries}`;
    return `link dx-${name} between ${name} and ${router} {\n${body}}\n`;
  });
  return [...ring, ...ports].join("");
}

function invariantsText(): string {
  const cloud = CLOUD_SEGMENTS.map((name) => `never any -> ${name} on [std.ssh, std.telnet]\n`);
  const between = CLOUD_SEGMENTS.flatMap((one) =>
    CLOUD_SEGMENTS.filter((two) => two !== one).map((two) => `never ${one} -> ${two}\n`),
  );
  const lans = LAN_SEGMENTS.flatMap((one) =>
    LAN_SEGMENTS.filter((two) => two !== one).map((two) => `never ${one} -> ${two}\n`),
  );
  return [...cloud, ...between, ...lans].join("");
}

/** Quotas that an organisation of this size has had raised. */
function settingsText(): string {
  const raised = {
    "vpcs-per-region": 100,
    "rules-per-security-group": 1000,
    "prefix-lists-per-region": 20_000,
  };
  return `${JSON.stringify({ out: "out", limits: { aws: { "*": raised } } }, undefined, 2)}\n`;
}
