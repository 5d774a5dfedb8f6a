/**
 * Tiny estates as plain data, and their program text. The oracle reads the data, the compiler reads the text; they share
 * nothing but this description.
 *
 * Every address lies in 10.0.0.0/24 or in 2001:db8::/32 and is kept as its distance from there.
 */

/** What a place is. */
export type PlaceKind = "aws" | "gcp" | "azure" | "managed" | "unmanaged" | "external";

/** A place; clouds that share `account` are of one account. */
export interface Place {
  readonly name: string;
  readonly kind: PlaceKind;
  readonly account?: string;
  readonly asn: number;
}

/** A link and the segments it carries; `mpls` lists none and carries all. */
export interface WorldLink {
  readonly name: string;
  readonly kind: string;
  readonly ends: readonly [string, string];
  readonly carries: readonly string[];
}

/** A prefix: `size` addresses from `base` on. */
export interface Block {
  readonly family: 4 | 6;
  readonly base: bigint;
  readonly size: bigint;
}

/** An address with its family. */
export type Numbered = readonly [family: 4 | 6, value: bigint];

/** What owns addresses at a place: a network of two halves at a cloud, a LAN, a network at an unmanaged router, an external. */
export interface Site {
  readonly name: string;
  readonly kind: "cloud" | "lan" | "remote" | "external";
  readonly segment: string;
  readonly places: readonly string[];
  readonly blocks: readonly Block[];
  readonly summary: boolean;
  /** The site declares `host box`. */
  readonly host: boolean;
}

/** A side of a statement: names joined by `+`, less names after `-`. */
export interface Side {
  readonly plus: readonly string[];
  readonly minus: readonly string[];
}

/** A service by its text, and which of `POINTS` it holds. */
export interface WorldService {
  readonly text: string;
  readonly holds: (protocol: number, slot: number) => boolean;
}

/** An `allow`, `never`, `always` or a question. */
export interface Opening {
  readonly source: Side;
  readonly destination: Side;
  readonly both: boolean;
  readonly service: WorldService;
}

/** A `share`. */
export interface WorldShare {
  readonly what: Side;
  readonly with: string;
  readonly at: readonly string[];
}

/** A whole tiny estate. */
export interface World {
  readonly segments: readonly string[];
  readonly places: readonly Place[];
  readonly links: readonly WorldLink[];
  readonly sites: readonly Site[];
  readonly shares: readonly WorldShare[];
  readonly rules: readonly Opening[];
  readonly nevers: readonly Opening[];
  readonly alwayses: readonly Opening[];
}

/** One service of each kind that the services below tell apart. `slot` is a port, or type * 256 + code. */
export const POINTS: readonly (readonly [protocol: number, slot: number])[] = [
  [6, 22],
  [6, 443],
  [6, 444],
  [6, 8443],
  [17, 53],
  [17, 123],
  [1, 8 * 256],
  [1, 0],
  [58, 128 * 256],
  [58, 129 * 256],
  [47, 0],
  [99, 0],
];

/** Services that statements use: every part that some of them tell apart holds one of `POINTS`. */
export const SERVICES: readonly WorldService[] = [
  { text: "tcp/443", holds: (protocol, slot) => protocol === 6 && slot === 443 },
  { text: "tcp/22-443", holds: (protocol, slot) => protocol === 6 && slot >= 22 && slot <= 443 },
  { text: "tcp", holds: (protocol) => protocol === 6 },
  { text: "udp/53", holds: (protocol, slot) => protocol === 17 && slot === 53 },
  {
    text: "[tcp/8443, udp/53]",
    holds: (protocol, slot) => (protocol === 6 && slot === 8443) || (protocol === 17 && slot === 53),
  },
  { text: "udp", holds: (protocol) => protocol === 17 },
  { text: "icmp", holds: (protocol) => protocol === 1 },
  { text: "icmp/echo-request", holds: (protocol, slot) => protocol === 1 && slot >> 8 === 8 },
  { text: "icmpv6/echo-request", holds: (protocol, slot) => protocol === 58 && slot >> 8 === 128 },
  { text: "gre", holds: (protocol) => protocol === 47 },
  { text: "any", holds: () => true },
];

/** An address as text. */
export function addressText(family: 4 | 6, value: bigint): string {
  if (family === 4) return `10.0.0.${value}`;
  const groups = Array.from({ length: 6 }, (_, index) => ((value >> BigInt(16 * (5 - index))) & 0xffffn).toString(16));
  return `2001:db8:${groups.join(":")}`;
}

/** Length of the prefix of a block. */
function lengthOf({ family, size }: Block): number {
  return (family === 4 ? 32 : 128) - (size.toString(2).length - 1);
}

function blockText(block: Block): string {
  return `${addressText(block.family, block.base)}/${lengthOf(block)}`;
}

const SUBNET_6 = 1n << 64n;

/** The subnets of a network at a cloud: the halves of its IPv4 prefix, the first two /64 of its IPv6 prefix. */
export function subnetsOf(site: Site): readonly (readonly [name: string, blocks: readonly Block[]])[] {
  const part = (index: 0 | 1): readonly Block[] =>
    site.blocks.map(({ family, base, size }) => {
      const own = family === 4 ? size / 2n : SUBNET_6;
      return { family, base: base + BigInt(index) * own, size: own };
    });
  return [
    ["web", part(0)],
    ["db", part(1)],
  ];
}

/** The addresses of `host box`, in the last subnet or the whole: the last but one of each block. */
export function hostNumbers(site: Site): readonly Numbered[] {
  if (!site.host) return [];
  const blocks = site.kind === "cloud" ? (subnetsOf(site)[1]?.[1] ?? []) : site.blocks;
  return blocks.map(({ family, base, size }) => [family, base + size - 2n] as const);
}

/** The routers' own addresses on a LAN: the gateway, and where two routers attach their own two. */
export function routerNumbers(site: Site): readonly Numbered[] {
  if (site.kind !== "lan") return [];
  const own = site.places.map((_, index) => BigInt(index) + 2n);
  const offsets = site.places.length > 1 ? [1n, ...own] : [1n];
  return site.blocks.flatMap(({ family, base }) => offsets.map((offset) => [family, base + offset] as const));
}

/** A side as the language writes it. */
export function sideText({ plus, minus }: Side): string {
  return [plus.join(" + "), ...minus].join(" - ");
}

/** A statement without its word. */
export function openingText({ source, destination, both, service }: Opening): string {
  return `${sideText(source)} ${both ? "<->" : "->"} ${sideText(destination)} on ${service.text}`;
}

/** The lines of the statements in the text, from 1. */
export interface WorldText {
  readonly text: string;
  /** Line of each rule, share, `never` and `always`, by its index. */
  readonly lines: Readonly<Record<"rules" | "shares" | "nevers" | "alwayses", readonly number[]>>;
}

/** The program text of a world. */
export function worldText(world: World): WorldText {
  const out: string[] = ["estate acme { asn = 64520 }", ...world.segments.map((name) => `segment ${name} {}`)];
  for (const [index, place] of world.places.entries()) out.push(placeText(place, index));
  for (const site of world.sites) if (site.kind === "external") out.push(externalText(site, world));
  for (const [index, link] of world.links.entries()) out.push(linkText(link, index, world));
  for (const [index, site] of world.sites.entries()) if (site.kind !== "external") out.push(networkText(site, index));
  const lines = { rules: [] as number[], shares: [] as number[], nevers: [] as number[], alwayses: [] as number[] };
  const say = (into: number[], text: string): void => {
    out.push(text);
    into.push(out.length);
  };
  out.push("policy traffic {");
  for (const { what, with: to, at } of world.shares) {
    say(lines.shares, `  share ${sideText(what)} with ${to}${at.map((place) => ` at ${place}`).join("")}`);
  }
  for (const rule of world.rules) say(lines.rules, `  allow ${openingText(rule)}`);
  out.push("}");
  for (const never of world.nevers) say(lines.nevers, `never ${openingText(never)}`);
  for (const always of world.alwayses) say(lines.alwayses, `always ${openingText(always)}`);
  return { text: `${out.join("\n")}\n`, lines };
}

function placeText({ name, kind, account, asn }: Place, index: number): string {
  switch (kind) {
    case "aws":
      return `cloud ${name} { provider = aws  region = "us-east-1"  account = "${account}"  asn = ${asn}  ipv6-pool = "pool" }`;
    case "gcp":
      return `cloud ${name} { provider = gcp  region = "us-east4"  project = "${account}"  asn = ${asn} }`;
    case "azure":
      return `cloud ${name} { provider = azure  region = "eastus2"  subscription = "${account}"  hub-cidr = 10.9.${index}.0/24 }`;
    case "managed":
      return `router ${name} { os = junos  loopback = 192.0.2.${index + 1}  asn = ${asn} }`;
    case "unmanaged":
      return `router ${name} { os = unmanaged  asn = ${asn} }`;
    case "external":
      return "";
  }
}

function externalText(site: Site, world: World): string {
  const asn = world.places.find((place) => place.name === site.name)?.asn;
  const host = hostText(site, site.host ? hostNumbers(site) : []);
  const summary = site.summary ? "  summary = true" : "";
  return `external ${site.name} in ${site.segment} { cidr = ${cidrText(site.blocks)}  asn = ${asn}${summary} ${host} }`;
}

function cidrText(blocks: readonly Block[]): string {
  return `[${blocks.map(blockText).join(", ")}]`;
}

function hostText(site: Site, numbers: readonly Numbered[]): string {
  if (!site.host || numbers.length === 0) return "";
  return ` host box { address = [${numbers.map(([family, value]) => addressText(family, value)).join(", ")}] }`;
}

function linkText(link: WorldLink, index: number, world: World): string {
  const ours = link.ends.filter((end) => world.places.find((place) => place.name === end)?.kind === "managed");
  const interfaces = `[${ours.map((_, end) => `"xe-0/${end}/${index}"`).join(", ")}]`;
  const facts = [`kind = ${link.kind}`];
  if (link.kind === "ipsec") facts.push("peer-public = 198.51.100.1");
  else if (link.kind !== "mpls" && ours.length > 0) facts.push(`interface = ${interfaces}`);
  const carries = link.carries.map((segment, at) => {
    const circuit = link.kind === "express-route" ? `  circuit = "c${index}-${at}"  path = primary` : "";
    const vlan = link.kind === "ipsec" ? "" : `vlan = ${100 + index * 4 + at}`;
    return `carries ${segment} { ${vlan}${circuit} }`;
  });
  return `link ${link.name} between ${link.ends[0]} and ${link.ends[1]} { ${[...facts, ...carries].join("  ")} }`;
}

function networkText(site: Site, index: number): string {
  const head = `network ${site.name} in ${site.segment} at ${site.places[0]} { cidr = ${cidrText(site.blocks)}`;
  if (site.kind === "remote") return `${head} ${hostText(site, hostNumbers(site))} }`;
  if (site.kind === "cloud") {
    const subnets = subnetsOf(site).map(([name, blocks]) => {
      const host = name === "db" ? hostText(site, hostNumbers(site)) : "";
      return `subnet ${name} { cidr = ${cidrText(blocks)} ${host} }`;
    });
    return `${head} ${subnets.join(" ")} }`;
  }
  const on = `interface = "xe-1/0/${index}"  vlan = ${10 + index}`;
  const own = (router: number): string =>
    site.blocks
      .map((block) => `${addressText(block.family, block.base + 2n + BigInt(router))}/${lengthOf(block)}`)
      .join(", ");
  if (site.places.length === 1) return `${head}  ${on} ${hostText(site, hostNumbers(site))} }`;
  const attach = `attach ${site.places[1]} { ${on}  address = [${own(1)}] }`;
  return `${head}  ${on}  address = [${own(0)}] ${attach} ${hostText(site, hostNumbers(site))} }`;
}
