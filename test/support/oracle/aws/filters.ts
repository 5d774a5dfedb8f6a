/**
 * What AWS's filters do with one packet, from the Amazon VPC User Guide: "Security group rules" (a union of allow rules of
 * all groups, by direction), "Network ACL rules" (ascending numbers, first match, an implicit deny).
 */
import { type Cidr, cidrOf, covers, type Point } from "./address.js";
import { type Item, itemsOf, listOf, meant, meantBy, type State, told } from "./state.js";

/** A packet as it is on the wire. A later fragment has no ports and no types. */
export interface RawPacket {
  readonly source: Point;
  readonly destination: Point;
  readonly protocol: number;
  readonly fragment: "whole" | "first" | "later";
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly type: number;
  readonly code: number;
  /** TCP: ACK or RST is set. */
  readonly established: boolean;
}

type Direction = "in" | "out";
const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

interface Rule {
  readonly peers: readonly Cidr[];
  readonly protocol: string;
  readonly item: Item;
}

/** The filters of all modules, ready to be asked. */
export interface Filters {
  readonly state: State;
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** Prepares the filters of a state. */
export function filtersOf(state: State): Filters {
  const rules = new Map<string, Rule[]>();
  for (const [direction, type] of [
    ["in", "aws_vpc_security_group_ingress_rule"],
    ["out", "aws_vpc_security_group_egress_rule"],
  ] as const) {
    for (const item of itemsOf(state, type)) {
      const key = `${direction} ${meantBy(state, item, "security_group_id")}`;
      const protocol = String(item.body.ip_protocol);
      rules.set(key, [...(rules.get(key) ?? []), { peers: peersOf(state, item), protocol, item }]);
    }
  }
  const groups = new Map<string, readonly string[]>();
  for (const [path, folder, value] of told(state, "security_group_ids")) {
    groups.set(
      path,
      (Array.isArray(value) ? value : [value]).map((one) => meant(state, folder, one)),
    );
  }
  return { state, rules, groups };
}

function peersOf(state: State, item: Item): readonly Cidr[] {
  const list =
    item.body.prefix_list_id === undefined ? undefined : state.items.get(meantBy(state, item, "prefix_list_id"));
  const entries = list === undefined ? [] : listOf(list, "entry");
  const texts = [item.body.cidr_ipv4, item.body.cidr_ipv6, ...entries.map((one) => Object(one).cidr)];
  return texts.flatMap((text) => cidrOf(text) ?? []);
}

function protocolFits(protocol: string, packet: RawPacket): boolean {
  return protocol === "-1" || (NUMBERS[protocol] ?? Number(protocol)) === packet.protocol;
}

function portsFit(first: unknown, last: unknown, port: number, packet: RawPacket): boolean {
  return packet.fragment !== "later" && Number(first) <= port && port <= Number(last);
}

function icmpFits(type: unknown, code: unknown, packet: RawPacket): boolean {
  if (type === -1 && code === -1) return true;
  return packet.fragment !== "later" && type === packet.type && (code === -1 || code === packet.code);
}

/** Whether a workload that takes the groups of a path may open (`out`) or be opened to (`in`). */
export function opens({ rules, groups }: Filters, path: string, direction: Direction, packet: RawPacket): boolean {
  const peer = direction === "in" ? packet.source : packet.destination;
  for (const group of groups.get(path) ?? []) {
    for (const { peers, protocol, item } of rules.get(`${direction} ${group}`) ?? []) {
      if (!protocolFits(protocol, packet) || !peers.some((cidr) => covers(cidr, peer))) continue;
      const { from_port: from, to_port: to } = item.body;
      if (protocol === "-1" || ![1, 6, 17, 58].includes(packet.protocol)) return true;
      const icmp = packet.protocol === 1 || packet.protocol === 58;
      if (icmp ? icmpFits(from, to, packet) : portsFit(from, to, packet.destinationPort, packet)) return true;
    }
  }
  return false;
}

/** The key of the ACL that guards a subnet: `closed` is an emptied default one, `open` one as AWS makes it. */
export function aclOf(state: State, subnet: string): string {
  for (const acl of itemsOf(state, "aws_network_acl")) {
    const own = listOf(acl, "subnet_ids").some((one) => meant(state, acl.folder, one) === subnet);
    if (own) return `${acl.folder}/${acl.address}`;
  }
  const item = state.items.get(subnet);
  const vpc = item === undefined ? "" : meantBy(state, item, "vpc_id");
  const emptied = itemsOf(state, "aws_default_network_acl").some(
    (acl) => meantBy(state, acl, "default_network_acl_id") === vpc,
  );
  return emptied ? "closed" : "open";
}

const acls = new WeakMap<State, Map<string, string>>();
const ordered = new WeakMap<State, Map<string, readonly Item[]>>();

function cached<T>(of: WeakMap<State, Map<string, T>>, state: State, key: string, make: () => T): T {
  const known = of.get(state) ?? new Map<string, T>();
  of.set(state, known);
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

/** The entries of an ACL in one direction, by ascending number. */
function entriesOf(state: State, acl: string, direction: Direction): readonly Item[] {
  return itemsOf(state, "aws_network_acl_rule")
    .filter((item) => meantBy(state, item, "network_acl_id") === acl)
    .filter((item) => (item.body.egress === true) === (direction === "out"))
    .sort((a, b) => Number(a.body.rule_number) - Number(b.body.rule_number));
}

/** Whether a packet passes the edge of a subnet. */
export function passes(state: State, subnet: string, direction: Direction, packet: RawPacket): boolean {
  const acl = cached(acls, state, subnet, () => aclOf(state, subnet));
  if (acl === "open" || acl === "closed") return acl === "open";
  const peer = direction === "in" ? packet.source : packet.destination;
  const entries = cached(ordered, state, `${direction} ${acl}`, () => entriesOf(state, acl, direction));
  for (const { body } of entries) {
    const protocol = String(body.protocol);
    const cidr = cidrOf(body.cidr_block ?? body.ipv6_cidr_block);
    if (cidr === undefined || !covers(cidr, peer) || !protocolFits(protocol, packet)) continue;
    if (protocol !== "-1" && (packet.protocol === 6 || packet.protocol === 17)) {
      if (!portsFit(body.from_port, body.to_port, packet.destinationPort, packet)) continue;
    }
    if (protocol !== "-1" && (packet.protocol === 1 || packet.protocol === 58)) {
      if (!icmpFits(body.icmp_type, body.icmp_code, packet)) continue;
    }
    return body.rule_action === "allow";
  }
  return false;
}

/** True where the default group of a VPC is as AWS makes it: open among its members and outwards. */
export function defaultGroupOpen(state: State, vpc: string): boolean {
  return !itemsOf(state, "aws_default_security_group").some((item) => meantBy(state, item, "vpc_id") === vpc);
}
