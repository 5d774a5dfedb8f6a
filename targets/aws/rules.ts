/**
 * The rules of security groups as the tree holds them: one small node a rule, which quotas are judged from and which the
 * printer expands to a resource. Of all blocks of a module they are by far the most, and a check prints none of them.
 */
import type { Family } from "../../grammar/address.js";
import type { ServiceMatch } from "../shared/matches.js";
import type { Text } from "../shared/terraform/values.js";
import type { Origin } from "./model.js";

/** What a rule matches beside addresses, as AWS spells it. For ICMP `from_port` is the type and `to_port` the code, -1 for any. */
export interface RuleMatch {
  /** As part of a rule's key: `tcp-443`, `udp-1024-65535`, `icmp-3-4`, `icmp-8`, `ip-47`, `any`. */
  readonly key: string;
  readonly ip_protocol: string;
  readonly from_port?: number;
  readonly to_port?: number;
}

/** The other side of a rule: one prefix, or one prefix list. */
export interface RuleSide {
  /** As part of a rule's key. */
  readonly key: string;
  readonly attribute: "cidr_ipv4" | "cidr_ipv6" | "prefix_list_id";
  readonly value: Text;
  readonly family: Family;
  /** How many rules the quota counts it as: one, or every entry of the list. */
  readonly weight: number;
}

/** Why a rule is there: one Demarc rule, or the health probes of a subnet. */
export interface RuleCause {
  readonly id: string;
  /** What the rule's description says where nothing else has the rule: the cause's own text. */
  readonly text: string;
  readonly origins: readonly Origin[];
}

/** One rule of a group. Its parts are shared with every rule that has the same. */
export interface GroupRule {
  readonly match: RuleMatch;
  readonly side: RuleSide;
  /** At least one. */
  readonly causes: readonly RuleCause[];
}

/** The directions of a rule as seen from a subnet, in the order of the resource types. */
export const ruleTypes = {
  out: "aws_vpc_security_group_egress_rule",
  in: "aws_vpc_security_group_ingress_rule",
} as const;

/** The rules of one group. */
export interface RuleGroup {
  /** Key of the group. */
  readonly key: string;
  /** Path of the subnet or host. */
  readonly path: string;
  readonly in: readonly GroupRule[];
  readonly out: readonly GroupRule[];
}

/** The groups of one subnet: its own, and those of its hosts, whose keys all begin with the subnet's. */
export interface SubnetRules {
  /** Key of the subnet. */
  readonly key: string;
  /** Region whose provider alias manages the rules. */
  readonly region: string;
  readonly groups: readonly RuleGroup[];
}

/** The end of a rule's key, which names the rule inside its group. */
export function ruleTail(match: RuleMatch, side: RuleSide): string {
  return `${match.key}--${side.key}`;
}

/**
 * The key of a rule's block. No two rules of a module have one: a group's key holds no part that is a match's, and neither
 * a match's nor a prefix's holds two hyphens in a row.
 */
export function ruleKey(group: string, rule: GroupRule): string {
  return `${group}--${ruleTail(rule.match, rule.side)}`;
}

/** One rule with its key. */
export interface KeyedRule {
  readonly key: string;
  readonly group: RuleGroup;
  readonly rule: GroupRule;
}

/** The rules of one direction of a subnet by key. Keys are ASCII, so that code units are code points. */
export function keyedRules(subnet: SubnetRules, direction: "in" | "out"): readonly KeyedRule[] {
  return subnet.groups
    .flatMap((group) => group[direction].map((rule): KeyedRule => ({ key: ruleKey(group.key, rule), group, rule })))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The description of a rule: of a single cause its text, of several their ids. */
export function ruleText(causes: readonly RuleCause[]): string {
  const [first] = causes;
  const ids = [...new Set(causes.map(({ id }) => id))].sort();
  return ids.length === 1 && first !== undefined ? first.text : ids.join(", ");
}

const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map([
  [1, "icmp"],
  [6, "tcp"],
  [17, "udp"],
  [58, "icmpv6"],
]);

/** A match as AWS spells it: protocol by name where it has ports or types, else by number, `-1` for every protocol. */
export function ruleMatch(match: ServiceMatch): RuleMatch {
  if (match.protocol === "any") return { key: "any", ip_protocol: "-1" };
  const known = PROTOCOL_NAMES.get(match.protocol);
  const name = known ?? `ip-${match.protocol}`;
  const ip_protocol = known ?? String(match.protocol);
  if ("type" in match) {
    const key = match.code === undefined ? `${name}-${match.type}` : `${name}-${match.type}-${match.code}`;
    return { key, ip_protocol, from_port: match.type, to_port: match.code ?? -1 };
  }
  if ("ports" in match && match.ports !== undefined) {
    const [first, last] = match.ports;
    const key = first === last ? `${name}-${first}` : `${name}-${first}-${last}`;
    return { key, ip_protocol, from_port: first, to_port: last };
  }
  return match.protocol === 1 || match.protocol === 58
    ? { key: name, ip_protocol, from_port: -1, to_port: -1 }
    : { key: name, ip_protocol };
}
