/** VPCs, subnets, route tables and network ACLs. */
import type { CloudAttachment, RoutingInstance } from "../../compiler/design/design.js";
import type { Network, Subnet } from "../../compiler/model/estate.js";
import { comparePrefixes, type Family, formatPrefix, type Prefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import { manglePath } from "../shared/names.js";
import type { Text } from "../shared/terraform/values.js";
import { zoneOfSubnet } from "./attachment-subnets.js";
import {
  type BlockPlace,
  displayName,
  type Lowering,
  type ModuleBuilder,
  objectTags,
  originOf,
  originsOf,
} from "./builder.js";
import { type Origin, ref } from "./model.js";
import { hubIdFor, networkModule, prefixKey, subnetId, vpcId } from "./refs.js";
import type { CloudSlice } from "./slice.js";

/** One network with what its blocks need. */
interface Work {
  readonly lowering: Lowering;
  readonly slice: CloudSlice;
  readonly attachment: CloudAttachment;
  readonly network: Network;
  readonly module: ModuleBuilder;
  readonly place: BlockPlace;
}

/** Emits every network of a cloud. */
export function lowerNetworks(lowering: Lowering, slice: CloudSlice): void {
  for (const attachment of slice.attachments) {
    const { network } = attachment;
    const module = networkModule(lowering, slice, attachment);
    const place: BlockPlace = { concern: "network", region: slice.region, origins: [originOf(network)] };
    const work: Work = { lowering, slice, attachment, network, module, place };
    if (network.existing === undefined) lowerVpc(work);
    else remarkExisting(work, network.existing.span);
    for (const subnet of network.subnets) if (subnet.existing === undefined) lowerSubnet(work, subnet);
    lowerRoutes(work);
    lowerAcl(work);
    lowerIds(work);
  }
}

/** An existing VPC is somebody else's: its defaults are left alone, so that they may be open. */
function remarkExisting(work: Work, span: Span): void {
  const { path } = work.network;
  const text = `\`${path}\` exists: its default security group, network ACL and main route table stay as they are`;
  work.lowering.remarks.push({ kind: "not-served", target: "aws", subject: path, text, sources: [span] });
}

/** The prefixes of one family, sorted. */
export function prefixesOf(declared: Pick<Network | Subnet, "cidrs">, family: Family): readonly Prefix[] {
  return declared.cidrs
    .map(({ value }) => value)
    .filter((prefix) => prefix.family === family)
    .sort(comparePrefixes);
}

/** The block of a network that is the VPC's own: its first IPv4 prefix as written, so that adding one moves nothing. */
function primaryPrefix(network: Network): Prefix | undefined {
  return network.cidrs.map(({ value }) => value).find(({ family }) => family === 4);
}

function lowerVpc(work: Work): void {
  const { network, module, place, lowering } = work;
  const key = manglePath(network.path);
  const primary = primaryPrefix(network);
  if (primary === undefined) return;
  const vpc_id = vpcId(network);
  const tags = objectTags(lowering.settings, network.path, network.doc);
  const body = { cidr_block: formatPrefix(primary), enable_dns_hostnames: true, enable_dns_support: true, tags };
  module.resource({ type: "aws_vpc", body }, key, place);
  for (const { value: prefix } of network.cidrs) {
    if (prefix !== primary) lowerExtraPrefix(work, prefix, vpc_id);
  }
  const unused = { ...tags, Name: `${displayName(lowering.settings, network.path)}-unused` };
  module.resource(
    { type: "aws_default_security_group", body: { vpc_id, ingress: [], egress: [], tags: unused } },
    key,
    place,
  );
  const default_route_table_id = ref("aws_vpc", key, "default_route_table_id");
  module.resource(
    { type: "aws_default_route_table", body: { default_route_table_id, route: [], tags: unused } },
    key,
    place,
  );
  const default_network_acl_id = ref("aws_vpc", key, "default_network_acl_id");
  const lifecycle = [{ ignore_changes: ["subnet_ids"] }] as const;
  module.resource(
    { type: "aws_default_network_acl", body: { default_network_acl_id, lifecycle, tags: unused } },
    key,
    place,
  );
}

/** Every prefix of a VPC but its first IPv4 one is an association of its own. */
function lowerExtraPrefix(work: Work, prefix: Prefix, vpc_id: Text): void {
  const key = associationKey(work.network, prefix);
  if (prefix.family === 4) {
    const body = { vpc_id, cidr_block: formatPrefix(prefix) };
    work.module.resource({ type: "aws_vpc_ipv4_cidr_block_association", body }, key, work.place);
    return;
  }
  const pool = work.slice.cloud.ipv6Pool?.value ?? "";
  const from = pool.startsWith("ipam-pool-") ? { ipv6_ipam_pool_id: pool } : { ipv6_pool: pool };
  const body = { vpc_id, ipv6_cidr_block: formatPrefix(prefix), ...from };
  work.module.resource({ type: "aws_vpc_ipv6_cidr_block_association", body }, key, work.place);
}

function associationKey(network: Network, prefix: Prefix): string {
  return `${manglePath(network.path)}--${prefixKey(prefix)}`;
}

function lowerSubnet(work: Work, subnet: Subnet): void {
  const { network, module, lowering } = work;
  const [ipv4] = prefixesOf(subnet, 4);
  const [ipv6] = prefixesOf(subnet, 6);
  const native = ipv4 === undefined ? { ipv6_native: true } : { cidr_block: formatPrefix(ipv4) };
  const second =
    ipv6 === undefined ? {} : { ipv6_cidr_block: formatPrefix(ipv6), assign_ipv6_address_on_creation: true };
  const body = {
    vpc_id: vpcId(network),
    ...native,
    ...second,
    ...zoneOf(work, subnet),
    map_public_ip_on_launch: false,
    tags: objectTags(lowering.settings, subnet.path, subnet.doc),
  };
  const origins = [originOf(subnet)];
  const place = { ...work.place, origins, dependsOn: associationsFor(work, subnet) };
  module.resource({ type: "aws_subnet", body }, manglePath(subnet.path), place);
}

/** The associations that must be there before a subnet in their prefixes. */
function associationsFor(work: Work, subnet: Subnet): readonly string[] {
  if (work.network.existing !== undefined) return [];
  const primary = primaryPrefix(work.network);
  const out: string[] = [];
  for (const { value: outer } of work.network.cidrs) {
    if (outer === primary || !subnet.cidrs.some(({ value }) => covers(outer, value))) continue;
    out.push(`aws_vpc_ipv${outer.family}_cidr_block_association.${associationKey(work.network, outer)}`);
  }
  return out;
}

function covers(outer: Prefix, inner: Prefix): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false;
  const shift = BigInt((outer.family === 4 ? 32 : 128) - outer.length);
  return outer.value >> shift === inner.value >> shift;
}

/** The zone of a subnet: a letter of the cloud's region, a full name, or an id (`use1-az1`). */
function zoneOf(work: Work, subnet: Subnet): { availability_zone?: string; availability_zone_id?: string } {
  const zone = zoneOfSubnet(work.attachment, subnet);
  if (zone === undefined) return {};
  if (/^[a-z]$/.test(zone)) return { availability_zone: `${work.slice.region}${zone}` };
  return /-az[0-9]+$/.test(zone) ? { availability_zone_id: zone } : { availability_zone: zone };
}

/**
 * Routes to the hub for every prefix that the segment reaches beyond the network itself, in one route table of our own
 * and in each named table of an existing subnet. Only families that the network has: the other never leaves a subnet.
 */
function lowerRoutes(work: Work): void {
  const { lowering, slice, attachment, network, module, place } = work;
  const own = network.subnets.filter(({ existing }) => existing === undefined);
  const key = manglePath(network.path);
  const tables = new Map<string, Text>();
  if (own.length > 0) {
    const tags = objectTags(lowering.settings, network.path, network.doc);
    module.resource({ type: "aws_route_table", body: { vpc_id: vpcId(network), tags } }, key, place);
    tables.set(key, ref("aws_route_table", key, "id"));
  }
  for (const subnet of own) {
    const body = { subnet_id: subnetId(subnet), route_table_id: ref("aws_route_table", key, "id") };
    const origins = [originOf(subnet)];
    module.resource({ type: "aws_route_table_association", body }, manglePath(subnet.path), { ...place, origins });
  }
  for (const [name, id] of existingTables(work)) tables.set(name, id);
  const dependsOn = [`aws_ec2_transit_gateway_vpc_attachment.${key}`];
  for (const { prefix, origins } of reachable(work)) {
    const destination =
      prefix.family === 4
        ? { destination_cidr_block: formatPrefix(prefix) }
        : { destination_ipv6_cidr_block: formatPrefix(prefix) };
    for (const [name, route_table_id] of tables) {
      const body = { route_table_id, ...destination, transit_gateway_id: hubIdFor(lowering, slice, attachment) };
      const at = { ...place, origins, dependsOn };
      module.resource({ type: "aws_route", body }, `${name}--${prefixKey(prefix)}`, at);
    }
  }
}

/** Tables of existing subnets by the part of a key that names them; one table of several subnets counts once. */
function existingTables(work: Work): ReadonlyMap<string, Text> {
  const tables = new Map<string, Text>();
  const seen = new Set<string>();
  for (const subnet of work.network.subnets) {
    if (subnet.existing === undefined) continue;
    const written = subnet.routeTable?.value;
    if (written !== undefined && seen.has(written)) continue;
    if (written !== undefined) seen.add(written);
    tables.set(manglePath(subnet.path), existingTable(work, subnet));
  }
  return tables;
}

/** The table of an existing subnet: the id that is written, else a variable. */
function existingTable(work: Work, subnet: Subnet): Text {
  return (
    subnet.routeTable?.value ??
    work.module.variable({
      name: `route_table_${manglePath(subnet.path)}`,
      description: `Id of the route table of the existing subnet ${subnet.path}, which gets the routes to the transit gateway`,
      sensitive: false,
      origins: [originOf(subnet)],
    })
  );
}

/** The prefixes that packets leave a network for, each with what it comes from, in address order. */
function reachable(work: Work): readonly { prefix: Prefix; origins: readonly Origin[] }[] {
  const { slice, network } = work;
  const families = new Set(network.cidrs.map(({ value }) => value.family));
  const found = new Map<string, { prefix: Prefix; origins: Origin[] }>();
  for (const instance of slice.instances) {
    if (instance.domain !== network.domain) continue;
    for (const { prefix, key, site, origins } of wantedRoutes(instance)) {
      if (site === network.path || !families.has(prefix.family)) continue;
      const entry = found.get(key);
      if (entry === undefined) found.set(key, { prefix, origins: [...origins] });
      else entry.origins.push(...origins);
    }
  }
  return [...found.values()].sort((a, b) => comparePrefixes(a.prefix, b.prefix));
}

interface WantedRoute {
  readonly prefix: Prefix;
  readonly key: string;
  readonly site: string;
  readonly origins: readonly Origin[];
}

/** The routes of an instance by what a VPC needs of them, found once for all its networks. */
const wanted = new WeakMap<RoutingInstance, readonly WantedRoute[]>();

/** Surplus stays in the table of the hub: no VPC sends anything there. */
function wantedRoutes(instance: RoutingInstance): readonly WantedRoute[] {
  const known = wanted.get(instance);
  if (known !== undefined) return known;
  const routes = instance.routes
    .filter(({ cause }) => cause.kind !== "surplus")
    .map(({ prefix, site, sources }) => ({ prefix, key: prefixKey(prefix), site, origins: originsOf(site, sources) }));
  wanted.set(instance, routes);
  return routes;
}

/**
 * One network ACL for the subnets we create. It is a coarse guard only and admits every packet of the families that the
 * network has: the route tables already confine a network to its segment, the security groups hold the exact filter, and
 * stateless entries of twenty at most could only repeat the first or cut a reply. The default ACL is emptied, so that a
 * subnet which somebody adds beside ours is closed.
 */
function lowerAcl(work: Work): void {
  const { network, module, place, lowering } = work;
  const own = network.subnets.filter(({ existing }) => existing === undefined);
  if (own.length === 0) return;
  const key = manglePath(network.path);
  const tags = objectTags(lowering.settings, network.path, network.doc);
  const subnet_ids = own.map(subnetId);
  module.resource({ type: "aws_network_acl", body: { vpc_id: vpcId(network), subnet_ids, tags } }, key, place);
  const network_acl_id = ref("aws_network_acl", key, "id");
  const families = new Set(own.flatMap(({ cidrs }) => cidrs.map(({ value }) => value.family)));
  for (const family of [...families].sort()) {
    const side = family === 4 ? { cidr_block: "0.0.0.0/0" } : { ipv6_cidr_block: "::/0" };
    for (const egress of [false, true]) {
      const body = {
        network_acl_id,
        egress,
        protocol: "-1",
        rule_action: "allow" as const,
        rule_number: family === 4 ? 100 : 101,
        ...side,
      };
      const name = `${key}--${egress ? "out" : "in"}--ipv${family}`;
      module.resource({ type: "aws_network_acl_rule", body }, name, place);
    }
  }
}

/** What a workload team needs of a network. */
function lowerIds(work: Work): void {
  const { network, module } = work;
  module.output("vpc_ids", "Id of the VPC of each network", network.path, vpcId(network));
  for (const subnet of network.subnets) {
    module.output("subnet_ids", "Id of each subnet", subnet.path, subnetId(subnet));
    if (subnet.existing === undefined) continue;
    const what = "Id of the route table that each existing subnet must use: it gets the routes to the transit gateway";
    module.output("route_table_ids", what, subnet.path, existingTable(work, subnet));
  }
}
