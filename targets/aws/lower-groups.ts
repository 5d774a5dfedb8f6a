/** Security groups, one rule for each prefix (or prefix list) and range of ports, and the prefix lists. */

import type { RuleRecord } from "../../compiler/design/design.js";
import type { Network } from "../../compiler/model/estate.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import { sha256 } from "../../compiler/sha256.js";
import { type Family, formatPrefix, type Prefix } from "../../grammar/address.js";
import { type ServiceMatch, serviceMatches } from "../shared/matches.js";
import { manglePath } from "../shared/names.js";
import { type BlockPlace, displayName, type Lowering, type ModuleBuilder, objectTags, originOf } from "./builder.js";
import { type Direction, familiesOf, type GroupClass, groupsOf, type SubnetGroups } from "./groups.js";
import { type Origin, ref } from "./model.js";
import { networkModule, prefixKey, vpcId } from "./refs.js";
import type { SecurityGroupRule } from "./resources.js";
import { descriptionText } from "./text.js";

/**
 * The most prefixes of one side of a rule that are written as rules of their own. Above it they are one managed prefix
 * list: it counts as many rules, but is one object that several groups share.
 */
export const PREFIXES_INLINE = 8;

/** One rule of a group before it has a name. */
interface Draft {
  readonly match: ServiceMatch;
  readonly side: { readonly prefix: Prefix } | { readonly list: string };
  readonly ids: Set<string>;
  readonly origins: Origin[];
}

/** Emits every security group of the slice. */
export function lowerGroups(lowering: Lowering): void {
  for (const groups of groupsOf(lowering.slice)) {
    const attachment = groups.cloud.attachments.find(({ network }) => network === groups.network);
    if (attachment === undefined) continue;
    const module = networkModule(lowering, groups.cloud, attachment);
    for (const group of groups.groups) lowerGroup(lowering, module, groups, group);
    lowerProbes(lowering, module, groups);
    for (const [host, holder] of groups.hostGroups) lowerGroupOutput(module, host, holder);
    lowerGroupOutput(module, groups.subnet.path, groups.subnet.path);
  }
}

function lowerGroupOutput(module: ModuleBuilder, path: string, holder: string): void {
  const what = "Id of the security group that workloads of each subnet or host take";
  module.output("security_group_ids", what, path, ref("aws_security_group", manglePath(holder), "id"));
}

function lowerGroup(lowering: Lowering, module: ModuleBuilder, groups: SubnetGroups, group: GroupClass): void {
  const key = manglePath(group.path);
  const region = groups.cloud.region;
  const origins = [{ id: group.path, span: group.span }];
  const place: BlockPlace = { concern: "security-groups", region, origins };
  const body = {
    name: displayName(lowering.settings, group.path),
    description: descriptionText(`${group.kind} ${group.path}${group.doc === undefined ? "" : `: ${group.doc}`}`),
    vpc_id: vpcId(groups.network),
    tags: objectTags(lowering.settings, group.path),
  };
  module.resource({ type: "aws_security_group", body }, key, place);
  for (const direction of ["in", "out"] as const) {
    for (const [name, draft] of drafts(lowering, module, groups, group, direction)) {
      lowerRule(lowering, module, { direction, key: name, group: key, draft, place });
    }
  }
}

/** The rules of one direction by key. Equal ones of several Demarc rules are one: AWS refuses a second. */
function drafts(
  lowering: Lowering,
  module: ModuleBuilder,
  groups: SubnetGroups,
  group: GroupClass,
  direction: Direction,
): ReadonlyMap<string, Draft> {
  const out = new Map<string, Draft>();
  for (const one of group.entries) {
    if (one.direction !== direction) continue;
    const { entry, written } = one;
    const origins = entry.sources.map((span) => ({ id: entry.rule, span }));
    for (const side of sidesOf(lowering, module, groups, written, entry.family, origins)) {
      for (const match of serviceMatches(entry.service, entry.family)) {
        const tail = "prefix" in side ? prefixKey(side.prefix) : side.list;
        const key = `${manglePath(group.path)}--${matchKey(match)}--${tail}`;
        const draft = out.get(key) ?? { match, side, ids: new Set<string>(), origins: [] };
        draft.ids.add(entry.rule);
        draft.origins.push(...origins);
        out.set(key, draft);
      }
    }
  }
  return out;
}

/** A set of addresses as exact sides of rules: its prefixes, or one prefix list of them. */
function sidesOf(
  lowering: Lowering,
  module: ModuleBuilder,
  groups: SubnetGroups,
  addresses: AddressSet,
  family: Family,
  origins: readonly Origin[],
): readonly Draft["side"][] {
  const prefixes = addresses.prefixes();
  if (prefixes.length <= PREFIXES_INLINE) return prefixes.map((prefix) => ({ prefix }));
  const cidrs = prefixes.map(formatPrefix);
  const list = `${groups.cloud.region}--${sha256(cidrs.join(" ")).slice(0, 12)}`;
  if (!module.has("aws_ec2_managed_prefix_list", list)) {
    const body = {
      name: displayName(lowering.settings, list),
      address_family: family === 4 ? ("IPv4" as const) : ("IPv6" as const),
      max_entries: cidrs.length,
      entry: cidrs.map((cidr) => ({ cidr })),
    };
    const place: BlockPlace = { concern: "security-groups", region: groups.cloud.region, origins };
    module.resource({ type: "aws_ec2_managed_prefix_list", body }, list, place);
  }
  return [{ list }];
}

interface RuleWork {
  readonly direction: Direction;
  readonly key: string;
  readonly group: string;
  readonly draft: Draft;
  readonly place: BlockPlace;
}

function lowerRule(lowering: Lowering, module: ModuleBuilder, work: RuleWork): void {
  const { draft, direction, key } = work;
  const body: SecurityGroupRule = {
    security_group_id: ref("aws_security_group", work.group, "id"),
    description: ruleDescription(lowering.slice.design.rules, [...draft.ids].sort()),
    ...matchFields(draft.match),
    ...sideFields(draft.side),
  };
  const place = { ...work.place, origins: draft.origins };
  const type = direction === "in" ? "aws_vpc_security_group_ingress_rule" : "aws_vpc_security_group_egress_rule";
  module.resource({ type, body }, key, place);
}

function sideFields(side: Draft["side"]) {
  if ("list" in side) return { prefix_list_id: ref("aws_ec2_managed_prefix_list", side.list, "id") };
  const cidr = formatPrefix(side.prefix);
  return side.prefix.family === 4 ? { cidr_ipv4: cidr } : { cidr_ipv6: cidr };
}

const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map([
  [1, "icmp"],
  [6, "tcp"],
  [17, "udp"],
  [58, "icmpv6"],
]);

/** A match as AWS spells it: protocol by name where it has ports or types, else by number, `-1` for every protocol. */
function matchFields(match: ServiceMatch) {
  if (match.protocol === "any") return { ip_protocol: "-1" };
  const ip_protocol = PROTOCOL_NAMES.get(match.protocol) ?? String(match.protocol);
  if ("type" in match) return { ip_protocol, from_port: match.type, to_port: match.code ?? -1 };
  if ("ports" in match && match.ports !== undefined) {
    return { ip_protocol, from_port: match.ports[0], to_port: match.ports[1] };
  }
  return match.protocol === 1 || match.protocol === 58 ? { ip_protocol, from_port: -1, to_port: -1 } : { ip_protocol };
}

/** A match as part of a key: `tcp-443`, `udp-1024-65535`, `icmp-3-4`, `icmp-8`, `ip-47`, `any`. */
function matchKey(match: ServiceMatch): string {
  if (match.protocol === "any") return "any";
  const name = PROTOCOL_NAMES.get(match.protocol) ?? `ip-${match.protocol}`;
  if ("type" in match)
    return match.code === undefined ? `${name}-${match.type}` : `${name}-${match.type}-${match.code}`;
  if (!("ports" in match) || match.ports === undefined) return name;
  const [first, last] = match.ports;
  return first === last ? `${name}-${first}` : `${name}-${first}-${last}`;
}

/** Descriptions already made, by the rules of a design and the identities: a rule has one in many groups. */
const descriptions = new WeakMap<ReadonlyMap<string, RuleRecord>, Map<string, string>>();

/** The identities of the rules, and of a single one its text. */
function ruleDescription(rules: ReadonlyMap<string, RuleRecord>, ids: readonly string[]): string {
  const known = descriptions.get(rules) ?? new Map<string, string>();
  descriptions.set(rules, known);
  const key = ids.join(", ");
  const found = known.get(key) ?? descriptionText(ids.length === 1 ? singleDescription(rules.get(key), key) : key);
  known.set(key, found);
  return found;
}

function singleDescription(record: RuleRecord | undefined, id: string): string {
  if (record === undefined) return id;
  return record.doc === undefined ? `${id}: ${record.text}` : `${id}: ${record.text} - ${record.doc}`;
}

/**
 * Health probes: load balancers probe from their own addresses, which lie in subnets of the network. The groups of the
 * subnet admit the probes' service from exactly those subnets; the remark counts it as exposure.
 */
function lowerProbes(lowering: Lowering, module: ModuleBuilder, groups: SubnetGroups): void {
  const { subnet, network, cloud } = groups;
  const probes = subnet.healthProbes;
  if (probes === undefined) return;
  const origins = [originOf(subnet), { id: subnet.path, span: probes.span }];
  const place: BlockPlace = { concern: "security-groups", region: cloud.region, origins };
  for (const group of groups.groups) {
    for (const side of probeSources(network, group)) {
      for (const match of serviceMatches(probes.value, side.family)) {
        const key = `${manglePath(group.path)}--${matchKey(match)}--${prefixKey(side)}`;
        if (module.has("aws_vpc_security_group_ingress_rule", key)) continue;
        const body: SecurityGroupRule = {
          security_group_id: ref("aws_security_group", manglePath(group.path), "id"),
          description: descriptionText(`health probes of ${subnet.path}`),
          ...matchFields(match),
          ...sideFields({ prefix: side }),
        };
        module.resource({ type: "aws_vpc_security_group_ingress_rule", body }, key, place);
      }
    }
  }
  lowering.remarks.push({
    kind: "residual-exposure",
    target: "aws",
    subject: subnet.path,
    text: `health probes: load balancers in any subnet of \`${network.path}\` reach \`${subnet.path}\` on the probes' service`,
    sources: [probes.span],
  });
}

/** The prefixes of the network's subnets, of the families that a group has. */
function probeSources(network: Network, group: GroupClass): readonly Prefix[] {
  const families = familiesOf(group);
  return AddressSet.ofPrefixes(network.subnets.flatMap(({ cidrs }) => cidrs.map(({ value }) => value)))
    .prefixes()
    .filter(({ family }) => families.includes(family));
}
