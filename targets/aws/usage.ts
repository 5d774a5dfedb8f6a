/** Counts what a lowered design uses of the quotas of AWS. */
import { type Family, formatPrefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import { isExpression } from "../shared/terraform/values.js";
import { circuitAttachments } from "./circuits.js";
import type { LimitKey, Usage } from "./limits.js";
import { holdsRoute, linkTables } from "./link-tables.js";
import type { Lowered } from "./lower.js";
import { announcedByAws } from "./lower-direct-connect.js";
import type { Block, Module, ResourceBlock, ResourceType } from "./model.js";
import { type GroupRule, type RuleGroup, ruleKey } from "./rules.js";
import type { CloudSlice } from "./slice.js";

/** Everything that is used, in order of modules and clouds. */
export function usagesOf(lowered: Lowered): readonly Usage[] {
  return [
    ...lowered.modules.flatMap((module) => moduleUsages(module)),
    ...lowered.slice.clouds.flatMap((cloud) => [
      ...hubUsages(cloud),
      ...directConnectUsages(cloud),
      ...vpnUsages(cloud),
    ]),
  ];
}

type Of<T extends ResourceType> = Extract<ResourceBlock, { readonly type: T }>;

/** The blocks of a module by type, found once. */
const indexes = new WeakMap<Module, ReadonlyMap<string, readonly Block[]>>();

function ofType<T extends ResourceType>(module: Module, type: T): readonly Of<T>[] {
  const known = indexes.get(module) ?? groupBy(module.blocks, (block) => block.type);
  indexes.set(module, known);
  return (known.get(type) ?? []).filter((block): block is Of<T> => block.type === type);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const out = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = out.get(key);
    if (list === undefined) out.set(key, [item]);
    else list.push(item);
  }
  return out;
}

/** The expression of an id, or its text. */
function idText(id: unknown): string {
  return isExpression(id) ? id.expression : String(id);
}

/** What a module has in each region, and what each VPC, table, group and list in it has. */
function moduleUsages(module: Module): readonly Usage[] {
  const perRegion: readonly (readonly [LimitKey, ResourceType])[] = [
    ["vpcs-per-region", "aws_vpc"],
    ["security-groups-per-region", "aws_security_group"],
    ["prefix-lists-per-region", "aws_ec2_managed_prefix_list"],
    ["customer-gateways-per-region", "aws_customer_gateway"],
    ["vpn-connections-per-region", "aws_vpn_connection"],
  ];
  const account = module.folder;
  const out: Usage[] = [];
  for (const region of module.regions) {
    for (const [limit, type] of perRegion) {
      const blocks = ofType(module, type).filter((block) => block.region === region);
      out.push(...count(limit, `${account}/${region}`, blocks, account));
    }
  }
  out.push(...count("transit-gateways-per-account", account, ofType(module, "aws_ec2_transit_gateway"), account));
  return [...out, ...vpcUsages(module), ...routeUsages(module), ...groupUsages(module)];
}

/** A count of blocks; nothing where there are none. The last one is where an excess is shown. */
function count(limit: LimitKey, subject: string, blocks: readonly Block[], account: string): readonly Usage[] {
  const last = blocks[blocks.length - 1];
  if (last === undefined) return [];
  return [{ limit, subject, used: blocks.length, account, span: last.origins[0]?.span }];
}

function vpcUsages(module: Module): readonly Usage[] {
  const account = module.folder;
  const inside = (type: "aws_vpc_ipv4_cidr_block_association" | "aws_vpc_ipv6_cidr_block_association" | "aws_subnet") =>
    groupBy<{ readonly body: { readonly vpc_id: unknown } }>(ofType(module, type), ({ body }) => idText(body.vpc_id));
  const ipv4 = inside("aws_vpc_ipv4_cidr_block_association");
  const ipv6 = inside("aws_vpc_ipv6_cidr_block_association");
  const subnets = inside("aws_subnet");
  return ofType(module, "aws_vpc").flatMap((vpc) => {
    const id = `aws_vpc.${vpc.key}.id`;
    const shared = { subject: vpc.origins[0]?.id ?? vpc.key, account, span: vpc.origins[0]?.span };
    return [
      { limit: "ipv4-prefixes-per-vpc" as const, used: 1 + (ipv4.get(id)?.length ?? 0), ...shared },
      { limit: "ipv6-prefixes-per-vpc" as const, used: ipv6.get(id)?.length ?? 0, ...shared },
      { limit: "subnets-per-vpc" as const, used: subnets.get(id)?.length ?? 0, ...shared },
    ].filter(({ used }) => used > 0);
  });
}

/** Routes by table and family; tables of existing subnets count ours only. */
function routeUsages(module: Module): readonly Usage[] {
  const tables = new Map<string, { used: number; span: Span | undefined }>();
  for (const route of ofType(module, "aws_route")) {
    const id = route.body.route_table_id;
    const family = route.body.destination_cidr_block === undefined ? 6 : 4;
    const subject = `${idText(id).replace(/\.id$/, "")} IPv${family}`;
    const entry = tables.get(subject) ?? { used: 0, span: undefined };
    tables.set(subject, { used: entry.used + 1, span: route.origins[0]?.span });
  }
  return [...tables].map(([subject, { used, span }]) => ({
    limit: "routes-per-route-table",
    subject,
    used,
    account: module.folder,
    span,
  }));
}

/** Rules by group, direction and family; a prefix list counts as its `max_entries`. */
function groupUsages(module: Module): readonly Usage[] {
  const account = module.folder;
  const rules = module.rules.flatMap((subnet) =>
    subnet.groups.flatMap((group) => [...ruleUsages(group, "in", account), ...ruleUsages(group, "out", account)]),
  );
  const entries = ofType(module, "aws_ec2_managed_prefix_list").map(({ body, origins }) => ({
    limit: "prefix-list-entries" as const,
    subject: body.name,
    used: body.max_entries,
    account,
    span: origins[0]?.span,
  }));
  return [...rules, ...entries];
}

/** What a group has of rules in one direction. An excess is shown at the last rule by key. */
function ruleUsages(group: RuleGroup, direction: "in" | "out", account: string): readonly Usage[] {
  const used = { 4: 0, 6: 0 };
  for (const { side } of group[direction]) used[side.family] += side.weight;
  return ([4, 6] as const)
    .filter((family) => used[family] > 0)
    .map((family) => ({
      limit: "rules-per-security-group",
      subject: `${group.path} ${direction} IPv${family}`,
      used: used[family],
      account,
      span: () => lastRule(group, direction, family)?.causes[0]?.origins[0]?.span,
    }));
}

function lastRule(group: RuleGroup, direction: "in" | "out", family: Family): GroupRule | undefined {
  const rules = group[direction].filter(({ side }) => side.family === family);
  const keyed = rules.map((rule) => [ruleKey(group.key, rule), rule] as const);
  return keyed.reduce<(typeof keyed)[number] | undefined>(
    (last, one) => (last === undefined || one[0] > last[0] ? one : last),
    undefined,
  )?.[1];
}

function hubUsages(cloud: CloudSlice): readonly Usage[] {
  const shared = { subject: cloud.cloud.name, account: cloud.folder, span: cloud.cloud.span };
  const circuits = new Set(cloud.circuits.flatMap((at) => circuitAttachments(cloud, at).map(({ key }) => key)));
  const tables = cloud.domains.reduce((sum, domain) => sum + 1 + linkTables(cloud, domain).length, 0);
  const routes = cloud.instances.reduce((sum, { domain, routes: own }) => {
    const held = linkTables(cloud, domain).map((table) => own.filter((route) => holdsRoute(table, route)).length);
    return sum + own.length + held.reduce((all, one) => all + one, 0);
  }, 0);
  const gateways = new Set(
    cloud.circuits.filter(({ circuit }) => circuit.kind === "direct-connect").map(({ circuit }) => circuit.domain),
  );
  const all: readonly (Usage & { readonly limit: LimitKey })[] = [
    { limit: "transit-gateway-route-tables", used: tables, ...shared },
    { limit: "transit-gateway-routes", used: routes, ...shared },
    { limit: "transit-gateway-attachments", used: cloud.attachments.length + circuits.size, ...shared },
    { limit: "direct-connect-gateways-per-transit-gateway", used: gateways.size, ...shared },
  ];
  return all.filter(({ used }) => used > 0);
}

/** Virtual interfaces by link, prefixes by session and by gateway. */
function directConnectUsages(cloud: CloudSlice): readonly Usage[] {
  const account = cloud.folder;
  const out: Usage[] = [];
  const circuits = cloud.circuits.filter(({ circuit }) => circuit.kind === "direct-connect");
  const links = new Map(circuits.map(({ circuit }) => [circuit.link.name, circuit.link] as const));
  for (const link of links.values()) {
    const limit = link.hosted ? "transit-interfaces-per-hosted-connection" : "transit-interfaces-per-connection";
    const used = circuits.filter(({ circuit }) => circuit.link === link).length;
    out.push({ limit, subject: link.name, used, account, span: link.span });
  }
  for (const { circuit, far } of circuits) {
    for (const family of [4, 6] as const) {
      const used = far.announces.filter(({ prefix }) => prefix.family === family).length;
      if (used === 0) continue;
      const subject = `${circuit.id} IPv${family}`;
      out.push({ limit: "direct-connect-prefixes-in", subject, used, account, span: circuit.carries.span });
    }
  }
  for (const domain of new Set(circuits.map(({ circuit }) => circuit.domain))) {
    const members = circuits.filter(({ circuit }) => circuit.domain === domain);
    const used = announcedByAws(members).map(formatPrefix).length;
    const subject = `${cloud.cloud.name}/${domain}`;
    const span = members[0]?.circuit.carries.span;
    out.push({ limit: "direct-connect-prefixes-out", subject, used, account, span });
  }
  return out;
}

function vpnUsages(cloud: CloudSlice): readonly Usage[] {
  const account = cloud.folder;
  return cloud.circuits
    .filter(({ circuit }) => circuit.kind === "ipsec")
    .flatMap(({ circuit, near, far }) => {
      const shared = { subject: circuit.id, account, span: circuit.carries.span };
      return [
        { limit: "vpn-routes-in" as const, used: far.announces.length, ...shared },
        { limit: "vpn-routes-out" as const, used: near.announces.length, ...shared },
      ].filter(({ used }) => used > 0);
    });
}
