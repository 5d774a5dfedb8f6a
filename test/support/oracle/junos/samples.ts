/**
 * Packets and routes that lie on the boundaries of a Junos configuration, and configurations that use every condition the
 * reader knows. Made from `set` paths alone.
 */
import type { Random } from "../random.js";
import { type Device, groups, type Packet, quad, type Term } from "./device.js";
import type { Route } from "./policies.js";

type Family = 4 | 6;

const bitsOf = (family: Family): number => (family === 4 ? 32 : 128);

/** First value and length of a prefix or an address. */
function parsed(prefix: string): { readonly family: Family; readonly value: bigint; readonly length: number } {
  const [base = "", length] = prefix.split("/");
  const family = base.includes(":") ? 6 : 4;
  return { family, value: family === 4 ? quad(base) : groups(base), length: Number(length ?? bitsOf(family)) };
}

/** An address at the edge of a prefix, or next to it. */
function edge(random: Random, prefix: string): bigint {
  const { family, value, length } = parsed(prefix);
  const last = value + (1n << BigInt(bitsOf(family) - length)) - 1n;
  const most = (1n << BigInt(bitsOf(family))) - 1n;
  const at = random.of([
    value,
    value,
    last,
    last,
    value + 1n,
    last - 1n,
    (value + last) / 2n,
    value,
    value - 1n,
    last + 1n,
  ]);
  return at < 0n ? 0n : at > most ? most : at;
}

const NAMED: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 };

/** A number that some values of a condition hold, or one beside them. */
function near(random: Random, values: readonly string[][] | undefined, most: number): number {
  const [text = ""] = values === undefined ? [] : random.of(values);
  const ends = text.split("-").map((end) => NAMED[end] ?? Number(end));
  const number = text === "" ? random.below(most + 1) : random.of(ends) + random.of([0, 0, 0, 0, 0, 0, 0, 0, -1, 1]);
  return Math.max(0, Math.min(most, number));
}

/** Makes packets that meet the terms of one filter, most of them nearly. */
export class PacketSource {
  private readonly random: Random;
  private readonly device: Device;
  private readonly terms: readonly Term[];
  private readonly family: Family;

  constructor(random: Random, device: Device, terms: readonly Term[], family: Family) {
    this.random = random;
    this.device = device;
    this.terms = terms;
    this.family = family;
  }

  next(): Packet {
    const { random } = this;
    const term = random.of(this.terms);
    // Now and then a part comes from another term, so that a packet lies between two.
    const from = (): Term["from"] => (random.once(40) ? random.of(this.terms) : term).from;
    return this.packet(from, from, from);
  }

  /** A packet with the source of one term, the destination of another, and the rest of a third. */
  between(source: Term, destination: Term, rest: Term): Packet {
    return this.packet(
      () => source.from,
      () => destination.from,
      () => rest.from,
    );
  }

  private packet(source: () => Term["from"], destination: () => Term["from"], rest: () => Term["from"]): Packet {
    const { random, family } = this;
    const protocol = rest();
    const protocols = protocol.get("protocol") ?? protocol.get("payload-protocol");
    const fragments = rest().get("fragment-offset");
    return {
      family,
      source: this.address(source(), "source"),
      destination: this.address(destination(), "destination"),
      protocol: protocols === undefined ? random.of([1, 6, 17, 58, 89, 112]) : near(random, protocols, 255),
      sourcePort: this.port(rest(), "source-port"),
      destinationPort: this.port(rest(), "destination-port"),
      type: near(random, rest().get("icmp-type"), 255),
      code: near(random, rest().get("icmp-code") ?? [["0"]], 255),
      established: random.once(2),
      ttl: near(random, rest().get("ttl") ?? rest().get("hop-limit") ?? [["64"], ["255"]], 255),
      offset: fragments !== undefined || random.once(4) ? near(random, fragments ?? [["185"]], 8191) : 0,
      more: random.once(5),
    };
  }

  private port(from: Term["from"], word: string): number {
    return near(this.random, from.get(word) ?? (this.random.once(2) ? from.get("port") : undefined), 65_535);
  }

  private address(from: Term["from"], side: "source" | "destination"): bigint {
    const { random, device, family } = this;
    const written = (from.get(`${side}-address`) ?? []).map(([prefix = ""]) => prefix);
    const listed = (from.get(`${side}-prefix-list`) ?? []).flatMap(([list = ""]) => device.list(list));
    const prefixes = [...written, ...listed];
    return prefixes.length === 0 || random.once(20) ? random.bits(bitsOf(family)) : edge(random, random.of(prefixes));
  }
}

/** A prefix one bit shorter, and its two halves; those that there are. */
export function resized(prefix: string): readonly string[] {
  const { family, value, length } = parsed(prefix);
  const bits = bitsOf(family);
  const out: string[] = [];
  if (length > 0) {
    const rest = BigInt(bits - length + 1);
    out.push(prefixText(family, (value >> rest) << rest, length - 1));
  }
  if (length < bits) {
    const half = 1n << BigInt(bits - length - 1);
    out.push(prefixText(family, value, length + 1), prefixText(family, value + half, length + 1));
  }
  return out;
}

/** The text of an address. */
export function addressText(family: Family, value: bigint): string {
  const words = family === 4 ? 4 : 8;
  const size = BigInt(bitsOf(family) / words);
  const parts = Array.from(
    { length: words },
    (_, at) => (value >> (size * BigInt(words - 1 - at))) & ((1n << size) - 1n),
  );
  return family === 4 ? parts.join(".") : parts.map((part) => part.toString(16)).join(":");
}

function prefixText(family: Family, value: bigint, length: number): string {
  return `${addressText(family, value)}/${length}`;
}

/** A route at or near one of some prefixes, with some of the communities. */
export function sampleRoute(random: Random, prefixes: readonly string[], communities: readonly string[]): Route {
  const { family, value, length } = parsed(random.of(prefixes));
  const bits = bitsOf(family);
  const wanted = Math.max(0, Math.min(bits, length + random.of([0, 0, 0, -1, 1, 2, 6, 8, 9])));
  const last = value + (1n << BigInt(bits - length)) - 1n;
  const shift = BigInt(bits - wanted);
  return {
    family,
    value: (random.of([value, value, last, (value + last) / 2n]) >> shift) << shift,
    length: wanted,
    communities: new Set(communities.filter(() => random.once(2))),
    protocol: random.of(["direct", "static", "aggregate", "bgp"]),
  };
}

/** Nested prefixes, so that longest match has something to decide. */
const PREFIXES: Readonly<Record<Family, readonly string[]>> = {
  4: [
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.1.0.0/16",
    "10.1.2.0/24",
    "10.1.2.128/25",
    "10.1.2.130/32",
    "10.2.0.0/15",
    "192.0.2.0/24",
  ],
  6: ["::/0", "2001:db8::/32", "2001:db8:1::/48", "2001:db8:1:2::/64", "2001:db8:1:2::9/128", "fe80::/10"],
};

/** Lines of a filter `LAN` of random terms, with the lists it refers to, each without `set`. */
export function sampleFilter(random: Random, family: Family): readonly string[] {
  const word = family === 4 ? "inet" : "inet6";
  const list = `policy-options prefix-list SOME ${random.of(PREFIXES[family].slice(1))}`;
  const terms = Array.from({ length: 1 + random.below(6) }, (_, index) => sampleTerm(random, family, `t${index}`));
  return [
    "policy-options prefix-list NONE",
    list,
    ...terms.flat().map((line) => `firewall family ${word} filter LAN term ${line}`),
  ];
}

function sampleTerm(random: Random, family: Family, name: string): readonly string[] {
  const from = [
    ...sampleSide(random, family, "source"),
    ...sampleSide(random, family, "destination"),
    ...sampleLayer4(random, family),
  ];
  const then = random.of([
    [],
    ["accept"],
    ["accept"],
    ["discard"],
    ["discard"],
    ["reject"],
    ["next term"],
    ["count c"],
    ["log", "discard"],
  ]);
  const lines = [...from.map((one) => `${name} from ${one}`), ...then.map((one) => `${name} then ${one}`)];
  return lines.length === 0 ? [`${name} then accept`] : lines;
}

function sampleSide(random: Random, family: Family, side: string): readonly string[] {
  if (random.once(2)) return [];
  const chosen = PREFIXES[family].filter(() => random.once(3));
  const lines = chosen.map(
    (prefix, index) => `${side}-address ${prefix}${index > 0 && random.once(3) ? " except" : ""}`,
  );
  if (lines.length === 0) return [`${side}-prefix-list ${random.of(["SOME", "NONE"])}`];
  return lines;
}

function sampleLayer4(random: Random, family: Family): readonly string[] {
  const protocol = family === 4 ? "protocol" : "payload-protocol";
  const icmp = family === 4 ? "icmp" : "icmp6";
  const ports = ["443", "53", "8080-8090", "0", "65535", "1-1023"];
  const fragments = family === 4 ? FRAGMENTS : ["", "", "first-fragment", "is-fragment"];
  const fragment = random.of(fragments);
  const limit = random.once(6) ? [`${family === 4 ? "ttl" : "hop-limit"} ${random.of(["255", "1-64"])}`] : [];
  const rest = [...(fragment === "" ? [] : [fragment]), ...limit];
  switch (random.below(8)) {
    case 0:
      return rest;
    case 1:
      return [`${protocol} ${random.of(["tcp", "89", "1-6", icmp])}`, ...rest];
    case 2:
      return [`${protocol}-except tcp`, `${protocol}-except ${icmp}`, ...rest];
    case 3:
      return [
        `${protocol} tcp`,
        "tcp-established",
        ...(random.once(2) ? [`source-port ${random.of(ports)}`] : []),
        ...rest,
      ];
    case 4:
      return [
        `${protocol} ${icmp}`,
        `icmp-type ${random.of(["8", "1-4", "128", "0"])}`,
        ...(random.once(3) ? ["icmp-code 0"] : []),
        ...rest,
      ];
    case 5:
      return [`${protocol} tcp`, `port ${random.of(ports)}`, ...rest];
    case 6:
      return [`${protocol} udp`, `${random.of(["source", "destination"])}-port-except ${random.of(ports)}`, ...rest];
    default:
      return [
        `${protocol} tcp`,
        `${protocol} udp`,
        `source-port ${random.of(ports)}`,
        `destination-port ${random.of(ports)}`,
        ...rest,
      ];
  }
}

const FRAGMENTS = [
  "",
  "",
  "",
  "fragment-offset 0",
  "fragment-offset 1-8191",
  "fragment-offset-except 0",
  "fragment-offset 0-4",
  "is-fragment",
  "first-fragment",
];

/** Communities that sampled policies use. */
export const COMMUNITIES: readonly string[] = ["target:64520:1", "target:64520:2", "64520:7"];

/** Lines of a policy `P` of random terms with what it refers to, each without `set`. */
export function samplePolicy(random: Random): readonly string[] {
  const named = ["A", "B", "C"].map((name, index) => `policy-options community ${name} members ${COMMUNITIES[index]}`);
  const both = COMMUNITIES.slice(0, 2).map((member) => `policy-options community BOTH members ${member}`);
  const list = PREFIXES[4].slice(1, 3).map((prefix) => `policy-options prefix-list SOME ${prefix}`);
  const terms = Array.from({ length: 1 + random.below(5) }, (_, index) => policyTerm(random, `t${index}`));
  const end = `last then ${random.of(["accept", "reject"])}`;
  return [
    ...named,
    ...both,
    ...list,
    ...[...terms.flat(), end].map((line) => `policy-options policy-statement P term ${line}`),
  ];
}

function policyTerm(random: Random, name: string): readonly string[] {
  const from: string[] = [];
  if (random.once(3)) from.push(`community ${random.of(["A", "B", "C", "BOTH"])}`);
  if (random.once(5)) from.push("community C");
  if (random.once(4)) from.push(`protocol ${random.of(["direct", "static", "bgp"])}`, "protocol aggregate");
  const family = random.of([4, 4, 6] as const);
  if (random.once(6)) from.push("prefix-list SOME");
  else if (!random.once(4))
    for (const prefix of PREFIXES[family].filter(() => random.once(2)))
      from.push(`route-filter ${prefix} ${matchType(random, prefix, family)}`);
  const then = random.of([
    ["accept"],
    ["reject"],
    ["community add A"],
    ["community delete B", "community add C", "next term"],
    ["community set BOTH", "accept"],
    ["local-preference 110", "accept"],
    ['as-path-prepend "64520 64520"'],
  ]);
  return [...new Set(from)].map((one) => `${name} from ${one}`).concat(then.map((one) => `${name} then ${one}`));
}

function matchType(random: Random, prefix: string, family: Family): string {
  const length = Number(prefix.split("/")[1]);
  const most = bitsOf(family);
  const to = Math.min(most, length + random.of([0, 1, 8]));
  const kinds = ["exact", "orlonger", `upto /${to}`, `prefix-length-range /${length}-/${to}`];
  return random.of(length < most ? [...kinds, "longer"] : kinds);
}
