/** What two outputs of the AWS target make AWS do differently, as far as the naive evaluator sees. */
import type { Artefact } from "../../../../compiler/contract.js";
import { cidrOf, edgesOf, type Point } from "./address.js";
import { faultOf } from "./faults.js";
import { aclOf, defaultGroupOpen, type Filters, filtersOf, opens, passes, type RawPacket } from "./filters.js";
import { cidrsOf } from "./packets.js";
import { NaiveRouter, type World } from "./routes.js";
import { type Item, itemsOf, meant, meantBy, type State, stateOf, told } from "./state.js";

type Direction = "in" | "out";
const DIRECTIONS: readonly Direction[] = ["in", "out"];
/** Types whose blocks decide where packets go. */
const ROUTE_TYPE = /^(?:data\.)?aws_(?:vpc$|vpc_ipv|subnet|route|ec2_transit|dx_|vpn|customer|ram_)/;
/** What no packet notices. */
const UNSEEN = new Set(["description", "tags", "name", "depends_on"]);

/** The first difference in words, or undefined. What AWS or Terraform would refuse differs from anything. */
export function awsDifference(before: readonly Artefact[], after: readonly Artefact[]): string | undefined {
  const [old, now] = [stateOf(before), stateOf(after)];
  const fault = faultOf(now);
  if (fault !== undefined) return `refused: ${fault}`;
  return (
    filterDifference(old, now) ?? edgeDifference(old, now) ?? factDifference(old, now) ?? routeDifference(old, now)
  );
}

/** A text that is equal where blocks are equal but for what no packet notices. */
function signature(items: readonly Item[]): string {
  const plain = items.map(({ folder, address, body }) => {
    const seen = Object.entries(body).filter(([name]) => !UNSEEN.has(name));
    return `${folder}/${address} ${JSON.stringify(seen)}`;
  });
  return plain.sort().join("\n");
}

/** The rules of the groups of a path, with the entries of their prefix lists. */
function rulesOf({ state, rules, groups }: Filters, path: string, direction: Direction): readonly Item[] {
  const own = (groups.get(path) ?? []).flatMap((group) =>
    (rules.get(`${direction} ${group}`) ?? []).map(({ item }) => item),
  );
  const lists = own.flatMap((item) => {
    const list = item.body.prefix_list_id === undefined ? "" : meantBy(state, item, "prefix_list_id");
    return state.items.get(list) ?? [];
  });
  return [...own, ...new Set(lists)];
}

/**
 * Packets that tell the two sets of rules apart if anything does: each rule is a product of a prefix, a protocol and a range,
 * so that one packet for each side of each edge is enough.
 */
function probes(items: readonly Item[], direction: Direction): readonly RawPacket[] {
  const points = new Map<string, Point>();
  const services = new Map<string, readonly [protocol: number, first: number, code: number]>();
  const add = (protocol: number, first: number, code = 0) =>
    services.set(`${protocol} ${first} ${code}`, [protocol, first, code]);
  const numbers: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };
  for (const { body } of items) {
    const entries = Array.isArray(body.entry) ? body.entry.map((one) => one.cidr) : [];
    for (const text of [body.cidr_ipv4, body.cidr_ipv6, body.cidr_block, body.ipv6_cidr_block, ...entries]) {
      const cidr = cidrOf(text);
      for (const point of cidr === undefined ? [] : edgesOf(cidr)) points.set(`${point.family} ${point.value}`, point);
    }
    const text = String(body.ip_protocol ?? body.protocol);
    const protocol = numbers[text] ?? Number(text);
    if (!(protocol >= 0)) continue;
    const [from, to] = [Number(body.from_port ?? body.icmp_type ?? 0), Number(body.to_port ?? body.icmp_code ?? 0)];
    for (const near of [-1, 0, 1]) {
      add(protocol, Math.max(0, from + near), Math.max(0, to));
      if (protocol === 6 || protocol === 17) add(protocol, Math.min(65_535, Math.max(0, to + near)));
      else add(protocol, Math.max(0, from), Math.max(0, to + near));
    }
  }
  for (const protocol of [1, 6, 17, 47, 58, 255]) add(protocol, 0);
  return [...points.values()].flatMap((point) =>
    [...services.values()].map(([protocol, number, code]): RawPacket => {
      const other: Point = { family: point.family, value: 1n };
      const [source, destination] = direction === "in" ? [point, other] : [other, point];
      const ports = { sourcePort: 40_000, destinationPort: number, type: number % 256, code: code % 256 };
      return { source, destination, protocol, fragment: "whole", ...ports, established: false };
    }),
  );
}

function filterDifference(old: State, now: State): string | undefined {
  const [first, second] = [filtersOf(old), filtersOf(now)];
  const paths = [...first.groups.keys()].sort();
  if (paths.join() !== [...second.groups.keys()].sort().join()) return "other workloads have a group";
  for (const path of paths) {
    for (const direction of DIRECTIONS) {
      const [a, b] = [rulesOf(first, path, direction), rulesOf(second, path, direction)];
      if (signature(a) === signature(b)) continue;
      const packet = probes([...a, ...b], direction).find(
        (one) => opens(first, path, direction, one) !== opens(second, path, direction, one),
      );
      if (packet !== undefined) return `${path} ${direction}: ${textOf(packet)}`;
    }
  }
  return undefined;
}

function edgeDifference(old: State, now: State): string | undefined {
  for (const [path, folder, value] of told(old, "subnet_ids")) {
    const subnet = meant(old, folder, value);
    if (!old.items.has(subnet) || !now.items.has(subnet)) continue;
    const entries = [old, now].flatMap((state) => {
      const acl = aclOf(state, subnet);
      return itemsOf(state, "aws_network_acl_rule").filter((item) => meantBy(state, item, "network_acl_id") === acl);
    });
    for (const direction of DIRECTIONS) {
      const packet = probes(entries, direction).find(
        (one) => passes(old, subnet, direction, one) !== passes(now, subnet, direction, one),
      );
      if (packet !== undefined) return `edge of ${path} ${direction}: ${textOf(packet)}`;
    }
  }
  return undefined;
}

/** Facts that are compared as they stand: which subnet is where, which sessions there are, which defaults are open. */
function factsOf(state: State): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  for (const [path, folder, value] of told(state, "subnet_ids")) {
    const body = state.items.get(meant(state, folder, value))?.body ?? {};
    facts.set(
      `subnet ${path}`,
      JSON.stringify([body.cidr_block, body.ipv6_cidr_block, body.vpc_id, meant(state, folder, value)]),
    );
  }
  for (const item of itemsOf(state, "aws_vpc")) {
    const key = `${item.folder}/${item.address}`;
    facts.set(`default group of ${key}`, String(defaultGroupOpen(state, key)));
  }
  for (const type of ["aws_dx_gateway", "aws_dx_transit_virtual_interface", "aws_dx_bgp_peer", "aws_vpn_connection"]) {
    for (const item of itemsOf(state, type)) {
      const gateway =
        type === "aws_vpn_connection" ? state.items.get(meantBy(state, item, "customer_gateway_id")) : undefined;
      const asn = [gateway?.body.bgp_asn, gateway?.body.bgp_asn_extended];
      facts.set(`${item.folder}/${item.address}`, `${signature([item])} ${JSON.stringify(asn)}`);
    }
  }
  for (const { folder, address, body } of itemsOf(state, "aws_ec2_transit_gateway")) {
    facts.set(`${folder}/${address}`, String(body.amazon_side_asn));
  }
  return facts;
}

function factDifference(old: State, now: State): string | undefined {
  const [a, b] = [factsOf(old), factsOf(now)];
  return [...new Set([...a.keys(), ...b.keys()])].find((key) => a.get(key) !== b.get(key));
}

function routeDifference(old: State, now: State): string | undefined {
  const relevant = (state: State) => [...state.byType].flatMap(([type, items]) => (ROUTE_TYPE.test(type) ? items : []));
  if (signature(relevant(old)) === signature(relevant(now))) return undefined;
  const [first, second] = [new NaiveRouter(old), new NaiveRouter(now)];
  const existing = madeUp(old, first);
  const cidrs = [...cidrsOf(old), ...cidrsOf(now), ...[...existing.values()].flat()];
  const points = new Map(cidrs.flatMap(edgesOf).map((point) => [`${point.family} ${point.value}`, point] as const));
  const subnets = told(old, "subnet_ids").map(([, folder, value]) => meant(old, folder, value));
  const links = new Set(
    [...first.attachments.values()].filter(({ kind }) => kind !== "vpc").map(({ object }) => object),
  );
  for (const teller of ["", ...links]) {
    const world: World = { heard: new Map([[teller, cidrs]]), existing };
    for (const link of links) {
      if (first.told(link, world).join() !== second.told(link, world).join()) return `what ${link} is told`;
    }
    for (const point of points.values()) {
      const subnet = subnets.find(
        (one) => first.fromSubnet(one, point, world) !== second.fromSubnet(one, point, world),
      );
      if (subnet !== undefined)
        return `from ${subnet} to ${point.value.toString(16)} while ${teller || "no link"} tells`;
      const link = [...links].find((one) => first.fromLink(one, point, world) !== second.fromLink(one, point, world));
      if (link !== undefined) return `from ${link} to ${point.value.toString(16)} while ${teller || "no link"} tells`;
    }
  }
  return undefined;
}

/** A prefix of its own for each network that exists, whose real ones no file holds. */
function madeUp(state: State, router: NaiveRouter): World["existing"] {
  const objects = [...router.attachments.values()].filter(({ kind }) => kind === "vpc").map(({ object }) => object);
  const unknown = [...new Set(objects)].filter((object) => !state.items.has(object));
  return new Map(
    unknown.map((object, index) => [object, [cidrOf(`198.18.${index}.0/24`)].flatMap((one) => one ?? [])]),
  );
}

function textOf({ source, destination, protocol, destinationPort }: RawPacket): string {
  return `${source.value.toString(16)} to ${destination.value.toString(16)}, ${protocol}/${destinationPort}`;
}
