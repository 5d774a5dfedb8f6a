/** Security groups, one rule for each prefix (or prefix list) and range of ports, and the prefix lists. */

import type { FilterEntry, RuleRecord } from "../../compiler/design/design.js";
import type { Network } from "../../compiler/model/estate.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import type { ServiceSet } from "../../compiler/sets/service-set.js";
import { sha256 } from "../../compiler/sha256.js";
import { type Family, formatPrefix, type Prefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import { serviceMatches } from "../shared/matches.js";
import { manglePath } from "../shared/names.js";
import { type BlockPlace, displayName, type Lowering, type ModuleBuilder, objectTags, originOf } from "./builder.js";
import { familiesOf, type GroupClass, groupsOf, type SubnetGroups } from "./groups.js";
import { ref } from "./model.js";
import { networkModule, prefixKey, vpcId } from "./refs.js";
import {
  type GroupRule,
  type RuleCause,
  type RuleGroup,
  type RuleMatch,
  type RuleSide,
  ruleMatch,
  ruleTail,
} from "./rules.js";
import { descriptionText } from "./text.js";

/**
 * The most prefixes of one side of a rule that are written as rules of their own. Above it they are one managed prefix
 * list: it counts as many rules, but is one object that several groups share.
 */
export const PREFIXES_INLINE = 8;

/** Emits every security group of the slice. */
export function lowerGroups(lowering: Lowering): void {
  const parts = new RuleParts(lowering);
  for (const groups of groupsOf(lowering.slice)) {
    const attachment = groups.cloud.attachments.find(({ network }) => network === groups.network);
    if (attachment === undefined) continue;
    const module = networkModule(lowering, groups.cloud, attachment);
    const made = groups.groups.map((group) => lowerGroup(lowering, parts, module, groups, group));
    module.rules({ key: manglePath(groups.subnet.path), region: groups.cloud.region, groups: made });
    if (groups.subnet.healthProbes !== undefined) remarkProbes(lowering, groups.subnet.healthProbes.span, groups);
    for (const [host, holder] of groups.hostGroups) lowerGroupOutput(module, host, holder);
    lowerGroupOutput(module, groups.subnet.path, groups.subnet.path);
  }
}

function lowerGroupOutput(module: ModuleBuilder, path: string, holder: string): void {
  const what = "Id of the security group that workloads of each subnet or host take";
  module.output("security_group_ids", what, path, ref("aws_security_group", manglePath(holder), "id"));
}

function lowerGroup(
  lowering: Lowering,
  parts: RuleParts,
  module: ModuleBuilder,
  groups: SubnetGroups,
  group: GroupClass,
): RuleGroup {
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
  const rules = { in: new RuleSet(), out: new RuleSet() };
  for (const { entry, direction, written } of group.entries) {
    const causes = parts.causes(entry);
    const matches = parts.matches(entry.service, entry.family);
    for (const side of parts.sides(module, region, written, entry, causes)) {
      for (const match of matches) rules[direction].add(match, side, causes);
    }
  }
  addProbes(parts, rules.in, groups, group);
  return { key, path: group.path, in: rules.in.list(), out: rules.out.list() };
}

/** The rules of one direction of a group. Equal ones of several causes are one: AWS refuses a second. */
class RuleSet {
  private readonly rules = new Map<string, GroupRule>();

  add(match: RuleMatch, side: RuleSide, causes: readonly RuleCause[]): void {
    const key = ruleTail(match, side);
    const known = this.rules.get(key);
    this.rules.set(key, { match, side, causes: known === undefined ? causes : [...known.causes, ...causes] });
  }

  has(match: RuleMatch, side: RuleSide): boolean {
    return this.rules.has(ruleTail(match, side));
  }

  list(): readonly GroupRule[] {
    return [...this.rules.values()];
  }
}

/** The parts that rules share, each made once: equal matches, sides and causes are one object. */
class RuleParts {
  private readonly lowering: Lowering;
  private readonly known = new Map<string, RuleMatch>();
  private readonly byService = {
    4: new Map<ServiceSet, readonly RuleMatch[]>(),
    6: new Map<ServiceSet, readonly RuleMatch[]>(),
  };
  private readonly byPrefix = new Map<string, RuleSide>();
  private readonly bySet = new Map<AddressSet, readonly RuleSide[]>();
  private readonly lists = new Map<ModuleBuilder, Map<string, RuleSide>>();
  private readonly digests = new Map<readonly Prefix[], string>();
  private readonly byRule = new Map<string, readonly [RuleCause]>();

  constructor(lowering: Lowering) {
    this.lowering = lowering;
  }

  /** What an entry is there for. */
  causes({ rule: id, sources }: FilterEntry): readonly RuleCause[] {
    const known = this.byRule.get(id);
    if (known !== undefined && isFrom(known[0], sources)) return known;
    const text = singleDescription(this.lowering.slice.design.rules.get(id), id);
    const made = [{ id, text, origins: sources.map((span) => ({ id, span })) }] as const;
    this.byRule.set(id, made);
    return made;
  }

  matches(service: ServiceSet, family: Family): readonly RuleMatch[] {
    const known = this.byService[family].get(service);
    if (known !== undefined) return known;
    const made = serviceMatches(service, family).map((one) => this.match(ruleMatch(one)));
    this.byService[family].set(service, made);
    return made;
  }

  private match(match: RuleMatch): RuleMatch {
    const known = this.known.get(match.key) ?? match;
    this.known.set(match.key, known);
    return known;
  }

  /** One prefix as the side of a rule. */
  side(prefix: Prefix): RuleSide {
    const key = prefixKey(prefix);
    const known = this.byPrefix.get(key);
    if (known !== undefined) return known;
    const { family } = prefix;
    const attribute = family === 4 ? "cidr_ipv4" : "cidr_ipv6";
    const made: RuleSide = { key, attribute, value: formatPrefix(prefix), family, weight: 1 };
    this.byPrefix.set(key, made);
    return made;
  }

  /** A set of addresses as exact sides of rules of a module: its prefixes, or one prefix list of them. */
  sides(
    module: ModuleBuilder,
    region: string,
    addresses: AddressSet,
    { family }: FilterEntry,
    causes: readonly RuleCause[],
  ): readonly RuleSide[] {
    const prefixes = addresses.prefixes();
    if (prefixes.length > PREFIXES_INLINE) return [this.list(module, region, prefixes, family, causes)];
    const known = this.bySet.get(addresses);
    if (known !== undefined) return known;
    const made = prefixes.map((prefix) => this.side(prefix));
    this.bySet.set(addresses, made);
    return made;
  }

  private list(
    module: ModuleBuilder,
    region: string,
    prefixes: readonly Prefix[],
    family: Family,
    causes: readonly RuleCause[],
  ): RuleSide {
    const lists = this.lists.get(module) ?? new Map<string, RuleSide>();
    this.lists.set(module, lists);
    const digest = this.digests.get(prefixes) ?? sha256(prefixes.map(formatPrefix).join(" ")).slice(0, 12);
    this.digests.set(prefixes, digest);
    const key = `${region}--${digest}`;
    const known = lists.get(key);
    if (known !== undefined) return known;
    const cidrs = prefixes.map(formatPrefix);
    const body = {
      name: displayName(this.lowering.settings, key),
      address_family: family === 4 ? ("IPv4" as const) : ("IPv6" as const),
      max_entries: cidrs.length,
      entry: cidrs.map((cidr) => ({ cidr })),
    };
    const origins = causes.flatMap((cause) => cause.origins);
    module.resource({ type: "aws_ec2_managed_prefix_list", body }, key, {
      concern: "security-groups",
      region,
      origins,
    });
    const value = ref("aws_ec2_managed_prefix_list", key, "id");
    const made: RuleSide = { key, attribute: "prefix_list_id", value, family, weight: cidrs.length };
    lists.set(key, made);
    return made;
  }
}

function isFrom({ origins }: RuleCause, spans: readonly Span[]): boolean {
  return origins.length === spans.length && origins.every(({ span }, index) => span === spans[index]);
}

/** The identity of a rule, its text and what the source says of it. */
function singleDescription(record: RuleRecord | undefined, id: string): string {
  if (record === undefined) return id;
  return record.doc === undefined ? `${id}: ${record.text}` : `${id}: ${record.text} - ${record.doc}`;
}

/**
 * Health probes: load balancers probe from their own addresses, which lie in subnets of the network. The groups of the
 * subnet admit the probes' service from exactly those subnets; the remark counts it as exposure.
 */
function addProbes(parts: RuleParts, rules: RuleSet, { subnet, network }: SubnetGroups, group: GroupClass): void {
  const probes = subnet.healthProbes;
  if (probes === undefined) return;
  const text = `health probes of ${subnet.path}`;
  const causes = [{ id: subnet.path, text, origins: [originOf(subnet), { id: subnet.path, span: probes.span }] }];
  for (const prefix of probeSources(network, group)) {
    const side = parts.side(prefix);
    for (const match of parts.matches(probes.value, prefix.family)) {
      if (!rules.has(match, side)) rules.add(match, side, causes);
    }
  }
}

function remarkProbes({ remarks }: Lowering, span: Span, { subnet, network }: SubnetGroups): void {
  remarks.push({
    kind: "residual-exposure",
    target: "aws",
    subject: subnet.path,
    text: `health probes: load balancers in any subnet of \`${network.path}\` reach \`${subnet.path}\` on the probes' service`,
    sources: [span],
  });
}

/** The prefixes of the network's subnets, of the families that a group has. */
function probeSources(network: Network, group: GroupClass): readonly Prefix[] {
  const families = familiesOf(group);
  return AddressSet.ofPrefixes(network.subnets.flatMap(({ cidrs }) => cidrs.map(({ value }) => value)))
    .prefixes()
    .filter(({ family }) => families.includes(family));
}
