/** Network security groups: one for each subnet, one resource for each rule, closed at the end in both directions. */

import type { RuleRecord } from "../../compiler/design/design.js";
import { type NsgLine, type NsgMatch, nsgLines, nsgMatches } from "../../compiler/design/nsg-lines.js";
import type { Subnet } from "../../compiler/model/estate.js";
import type { AddressSet } from "../../compiler/sets/address-set.js";
import { formatPrefix } from "../../grammar/address.js";
import { manglePath } from "../shared/names.js";
import type { Text } from "../shared/terraform/values.js";
import { type BlockPlace, type Lowering, type ModuleBuilder, objectName, objectTags, originOf } from "./builder.js";
import { type Origin, ref } from "./model.js";
import { groupName, networkModule, subnetId } from "./refs.js";
import type { ResourceBodies } from "./resources.js";
import { type Placed, placedNetworks } from "./slice.js";
import { ruleDescription } from "./text.js";

type Rule = ResourceBodies["azurerm_network_security_rule"];

/** Priority of the last rule: it stands ahead of Azure's own rules from 65000 on, which let a network's peers in. */
export const DENY_PRIORITY = 4_096;
/** Priority of the first rule for health probes; further ones go down from it. */
export const PROBE_PRIORITY = 4_094;

/** A direction of opening as seen from a subnet. */
type Direction = "in" | "out";

/** One subnet with what its rules need. */
interface Work {
  readonly lowering: Lowering;
  readonly module: ModuleBuilder;
  readonly subnet: Subnet;
  readonly key: string;
  readonly group: Text;
}

/** Emits the security group of every subnet of the slice. */
export function lowerGroups(lowering: Lowering): void {
  for (const placed of placedNetworks(lowering.slice)) {
    for (const subnet of placed.network.subnets) lowerGroup(lowering, placed, subnet);
  }
}

function lowerGroup(lowering: Lowering, placed: Placed, subnet: Subnet): void {
  const { cloud } = placed;
  const module = networkModule(lowering, placed);
  const key = manglePath(subnet.path);
  const group = groupName(lowering, module, cloud.cloud);
  const place: BlockPlace = { concern: "security-groups", origins: [originOf(subnet)], scope: cloud.cloud.name };
  const body = {
    name: objectName(lowering.settings, subnet.path),
    resource_group_name: group,
    location: cloud.region,
    tags: objectTags(lowering, subnet.path, subnet.doc),
  };
  module.resource("azurerm_network_security_group", key, body, place);
  const work: Work = { lowering, module, subnet, key, group };
  for (const direction of ["in", "out"] as const) {
    lowerLines(work, direction);
    lowerDeny(work, direction);
  }
  lowerProbes(work);
  const association = {
    subnet_id: subnetId(subnet),
    network_security_group_id: ref("azurerm_network_security_group", key, "id"),
  };
  module.resource("azurerm_subnet_network_security_group_association", key, association, place);
}

function lowerLines(work: Work, direction: Direction): void {
  const { slice } = work.lowering;
  const point = slice.points.get(`${work.subnet.path}/${direction}`);
  if (point === undefined) return;
  const priorities = slice.design.azure.priorities.get(point.id);
  for (const line of nsgLines(point)) {
    const priority = priorities?.get(line.key);
    // Without a number left the quota of rules is exceeded by far, which is reported.
    if (priority === undefined) continue;
    const { entry } = line;
    const name = `${line.key.replaceAll("/", "-")}-${direction}`;
    const body = {
      ...common(work, name, direction),
      description: ruleDescription(ruleText(slice.design.rules.get(entry.rule), entry.rule)),
      priority,
      access: "Allow" as const,
      protocol: line.match.protocol,
      ...portsOf(line.match),
      ...sidesOf(line, direction),
    };
    lowerRule(
      work,
      direction,
      name,
      body,
      entry.sources.map((span) => ({ id: entry.rule, span })),
    );
  }
}

function lowerRule(work: Work, direction: Direction, name: string, body: Rule, origins: readonly Origin[]): void {
  const place: BlockPlace = { concern: "security-groups", origins, scope: work.subnet.path };
  work.module.resource("azurerm_network_security_rule", `${work.key}--${direction}--${name}`, body, place);
}

function common({ group, key }: Work, name: string, direction: Direction) {
  return {
    name,
    resource_group_name: group,
    network_security_group_name: ref("azurerm_network_security_group", key, "name"),
    direction: direction === "in" ? ("Inbound" as const) : ("Outbound" as const),
    source_port_range: "*" as const,
  };
}

/** The identity of a rule, its text and what the source says of it. */
function ruleText(record: RuleRecord | undefined, id: string): string {
  if (record === undefined) return id;
  return record.doc === undefined ? `${id}: ${record.text}` : `${id}: ${record.text} - ${record.doc}`;
}

/** One range in the singular form, several in the plural; `*` only where the match asks for no ports, never for none. */
function portsOf({ ports }: NsgMatch): Pick<Rule, "destination_port_range" | "destination_port_ranges"> {
  if (ports === undefined) return { destination_port_range: "*" };
  const texts = ports.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`));
  const [only] = texts;
  if (only === undefined) throw new Error("a rule of a security group with an empty list of ports");
  return texts.length > 1 ? { destination_port_ranges: texts } : { destination_port_range: only };
}

/**
 * Both sides by address, never by a tag. The subnet's own side is exact; the far side has the gaps filled that our routers
 * own inside their LANs, which are no endpoints and which the routers close.
 */
function sidesOf({ entry }: NsgLine, direction: Direction): SidesOfRule {
  const { source, destination, coarse } = entry;
  const from = direction === "in" ? (coarse?.source ?? source) : source;
  const to = direction === "in" ? destination : (coarse?.destination ?? destination);
  return { ...sourceOf(textsOf(from)), ...destinationOf(textsOf(to)) };
}

/** The attributes of both sides. */
type SidesOfRule = Pick<
  Rule,
  "source_address_prefix" | "source_address_prefixes" | "destination_address_prefix" | "destination_address_prefixes"
>;

/** Of each position one form: singular for one prefix, plural for several. */
function sourceOf(prefixes: readonly string[]): SidesOfRule {
  const [only] = prefixes;
  return prefixes.length === 1 && only !== undefined
    ? { source_address_prefix: only }
    : { source_address_prefixes: prefixes };
}

function destinationOf(prefixes: readonly string[]): SidesOfRule {
  const [only] = prefixes;
  return prefixes.length === 1 && only !== undefined
    ? { destination_address_prefix: only }
    : { destination_address_prefixes: prefixes };
}

function textsOf(set: AddressSet): readonly string[] {
  const prefixes = set.family(4).prefixes();
  if (prefixes.length === 0) throw new Error("a rule of a security group without addresses on one side");
  return prefixes.map(formatPrefix);
}

/** Everything else is denied ahead of Azure's own rules, which no one can remove. */
function lowerDeny(work: Work, direction: Direction): void {
  const name = `deny-all-${direction}`;
  const body = {
    ...common(work, name, direction),
    description: "Nothing that no rule of the estate permits",
    priority: DENY_PRIORITY,
    access: "Deny" as const,
    protocol: "*" as const,
    destination_port_range: "*",
    source_address_prefix: "*",
    destination_address_prefix: "*",
  };
  lowerRule(work, direction, name, body, [originOf(work.subnet)]);
}

/** Health probes come from one address of the platform, which the tag `AzureLoadBalancer` names. */
function lowerProbes(work: Work): void {
  const { subnet, lowering } = work;
  const probes = subnet.healthProbes;
  if (probes === undefined) return;
  const origins = [originOf(subnet), { id: subnet.path, span: probes.span }];
  for (const [index, match] of nsgMatches(probes.value).entries()) {
    const protocol = match.protocol === "*" ? "any" : match.protocol.toLowerCase();
    const name = `health-probes-${protocol}`;
    const body = {
      ...common(work, name, "in"),
      description: ruleDescription(`Health probes of ${subnet.path}`),
      priority: PROBE_PRIORITY - index,
      access: "Allow" as const,
      protocol: match.protocol,
      ...portsOf(match),
      source_address_prefix: "AzureLoadBalancer",
      ...destinationOf(subnet.cidrs.map(({ value }) => formatPrefix(value))),
    };
    lowerRule(work, "in", name, body, origins);
  }
  lowering.remarks.push({
    kind: "residual-exposure",
    target: "azure",
    subject: subnet.path,
    text: `health probes: load balancers of the platform reach \`${subnet.path}\` on the probes' service`,
    sources: [probes.span],
  });
}
