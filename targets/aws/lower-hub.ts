/** The transit gateway, its attachments to VPCs, one route table per segment, associations, propagations and leaks. */
import type { CloudAttachment, Route, RouteOrigin, RoutingInstance } from "../../compiler/design/design.js";
import { formatPrefix, type Prefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import { manglePath } from "../shared/names.js";
import type { Expression } from "../shared/terraform/values.js";
import { attachmentSubnets } from "./attachment-subnets.js";
import { type BlockPlace, displayName, type Lowering, objectTags, originOf, originsOf } from "./builder.js";
import { awsDiagnostics } from "./catalogue.js";
import { circuitAttachments } from "./circuits.js";
import { linkTables } from "./link-tables.js";
import { lowerSharedHub } from "./lower-sharing.js";
import type { Origin } from "./model.js";
import {
  attachmentId,
  hubId,
  hubIdFor,
  hubModule,
  isForeign,
  linkTableKey,
  networkModule,
  prefixKey,
  subnetId,
  tableId,
  tableKey,
  vpcId,
} from "./refs.js";
import type { CloudSlice } from "./slice.js";
import { descriptionText } from "./text.js";

/** Emits the hub of a cloud with everything that only concerns routes between attachments. */
export function lowerHub(lowering: Lowering, slice: CloudSlice): void {
  const module = hubModule(lowering, slice);
  const { cloud } = slice;
  const place: BlockPlace = { concern: "transit-gateway", region: slice.region, origins: [originOf(cloud)] };
  const asn = lowering.slice.design.cloudAsns.get(cloud.name) ?? cloud.asn?.value;
  if (cloud.existing === undefined) {
    const body = {
      description: cloud.doc === undefined ? displayName(lowering.settings, cloud.name) : descriptionText(cloud.doc),
      ...(asn === undefined ? {} : { amazon_side_asn: asn }),
      auto_accept_shared_attachments: "disable" as const,
      default_route_table_association: "disable" as const,
      default_route_table_propagation: "disable" as const,
      tags: objectTags(lowering.settings, cloud.name),
    };
    module.resource({ type: "aws_ec2_transit_gateway", body }, cloud.name, place);
  }
  module.output("transit_gateway_ids", "Id of the transit gateway of each cloud", cloud.name, hubId(slice));
  for (const domain of slice.domains) {
    const segment = lowering.slice.design.estate.segments.find((one) => one.name === domain);
    const origins = [originOf(segment ?? cloud)];
    const names = [
      `${cloud.name}.${domain}`,
      ...linkTables(slice, domain).map((table) => `${cloud.name}.${domain}.${table.name}`),
    ];
    for (const name of names) {
      const body = { transit_gateway_id: hubId(slice), tags: objectTags(lowering.settings, name, segment?.doc) };
      module.resource({ type: "aws_ec2_transit_gateway_route_table", body }, manglePath(name), { ...place, origins });
    }
  }
  for (const attachment of slice.attachments) lowerAttachment(lowering, slice, attachment);
  lowerSharedHub(lowering, slice);
  for (const instance of slice.instances) lowerInstance(lowering, slice, instance);
}

/** A VPC attachment in one subnet of each zone, tied to its segment's table and to no other. */
function lowerAttachment(lowering: Lowering, slice: CloudSlice, attachment: CloudAttachment): void {
  const { network } = attachment;
  const key = manglePath(network.path);
  const foreign = isForeign(slice, attachment);
  const place: BlockPlace = { concern: "transit-gateway", region: slice.region, origins: [originOf(network)] };
  const subnets = attachmentSubnets(attachment);
  const six = network.subnets.some(({ cidrs }) => cidrs.some(({ value }) => value.family === 6));
  const defaults = {
    transit_gateway_default_route_table_association: false,
    transit_gateway_default_route_table_propagation: false,
  } as const;
  const body = {
    transit_gateway_id: hubIdFor(lowering, slice, attachment),
    vpc_id: vpcId(network),
    subnet_ids: subnets.map(subnetId),
    ipv6_support: six ? ("enable" as const) : ("disable" as const),
    ...(foreign ? {} : defaults),
    tags: objectTags(lowering.settings, network.path),
  };
  networkModule(lowering, slice, attachment).resource(
    { type: "aws_ec2_transit_gateway_vpc_attachment", body },
    key,
    place,
  );
  lowerAssociation(lowering, slice, {
    key: `vpc--${key}`,
    attachment: attachmentId(slice, attachment),
    table: tableKey(slice, attachment.domain),
    origins: [originOf(network)],
  });
}

/** What ties an attachment to the one table that decides where its packets go. */
export interface Association {
  readonly key: string;
  readonly attachment: Expression;
  /** Key of the table. */
  readonly table: string;
  readonly origins: readonly Origin[];
}

/** Associates an attachment with its table; at an existing hub a default association gives way. */
export function lowerAssociation(lowering: Lowering, slice: CloudSlice, association: Association): void {
  const body = {
    transit_gateway_attachment_id: association.attachment,
    transit_gateway_route_table_id: tableId(association.table),
    ...(slice.cloud.existing === undefined ? {} : { replace_existing_association: true as const }),
  };
  const place: BlockPlace = { concern: "transit-gateway", region: slice.region, origins: association.origins };
  hubModule(lowering, slice).resource(
    { type: "aws_ec2_transit_gateway_route_table_association", body },
    association.key,
    place,
  );
}

/** A way into a table: the attachment that packets leave by, and whether its own routes may come by propagation. */
interface Target {
  /** Unique among the attachments of the hub; part of keys. */
  readonly key: string;
  /** Path of the network, or id of the circuit. */
  readonly name: string;
  readonly attachment: Expression;
  readonly kind: "vpc" | "bgp" | "static";
}

interface Propagated {
  readonly target: Target;
  readonly origins: Origin[];
}

interface Fixed extends Propagated {
  readonly prefix: Prefix;
}

/**
 * Fills a segment's table: propagation for own attachments and the side behind a link, static routes for the rest. Tables
 * of links hold of the same what is attached and meant for them.
 */
function lowerInstance(lowering: Lowering, slice: CloudSlice, instance: RoutingInstance): void {
  const all = collectRoutes(lowering, slice, instance);
  const key = tableKey(slice, instance.domain);
  fillTable(lowering, slice, key, all);
  const attached = <T extends Propagated>(list: readonly T[]): readonly T[] =>
    list.filter(({ target }) => target.kind === "vpc");
  for (const table of linkTables(slice, instance.domain)) {
    const fixed = attached(all.fixed).filter(({ prefix }) => table.holds(prefix));
    const rest = { propagated: attached(all.propagated), fixed };
    fillTable(lowering, slice, linkTableKey(slice, instance.domain, table), rest);
  }
}

/** What stands in a table. */
interface TableRoutes {
  readonly propagated: readonly Propagated[];
  readonly fixed: readonly Fixed[];
}

function fillTable(lowering: Lowering, slice: CloudSlice, name: string, routes: TableRoutes): void {
  const table = tableId(name);
  const module = hubModule(lowering, slice);
  const at = (origins: readonly Origin[]): BlockPlace => ({
    concern: "transit-gateway",
    region: slice.region,
    origins: uniqueOrigins(origins),
  });
  for (const { target, origins } of routes.propagated) {
    const body = { transit_gateway_attachment_id: target.attachment, transit_gateway_route_table_id: table };
    const key = `${name}--${target.key}`;
    module.resource({ type: "aws_ec2_transit_gateway_route_table_propagation", body }, key, at(origins));
  }
  for (const { prefix, target, origins } of routes.fixed) {
    const body = {
      destination_cidr_block: formatPrefix(prefix),
      transit_gateway_attachment_id: target.attachment,
      transit_gateway_route_table_id: table,
    };
    module.resource({ type: "aws_ec2_transit_gateway_route", body }, `${name}--${prefixKey(prefix)}`, at(origins));
  }
}

/** Sorts the routes of a table into propagations and static routes; one prefix to two targets is an error. */
function collectRoutes(lowering: Lowering, slice: CloudSlice, instance: RoutingInstance): TableRoutes {
  const propagated = new Map<string, Propagated>();
  const fixed = new Map<string, Fixed>();
  for (const route of instance.routes) {
    const leaked = route.origin.kind === "leak";
    const origins = originsOf(leaked && "share" in route.cause ? route.cause.share : route.site, route.sources);
    for (const target of targetsOf(slice, route.origin, route.prefix)) {
      if (target.kind === "bgp" || (target.kind === "vpc" && !leaked)) {
        const entry = propagated.get(target.key) ?? { target, origins: [] };
        entry.origins.push(...origins);
        propagated.set(target.key, entry);
        continue;
      }
      const key = prefixKey(route.prefix);
      const entry = fixed.get(key) ?? { prefix: route.prefix, target, origins: [] };
      if (entry.target.key !== target.key) reportTwice(lowering, slice, instance, route, entry.target, target);
      entry.origins.push(...origins);
      fixed.set(key, entry);
    }
  }
  return { propagated: [...propagated.values()], fixed: [...fixed.values()] };
}

/** Keeps one origin for each id and place. */
function uniqueOrigins(origins: readonly Origin[]): readonly Origin[] {
  const seen = new Map<string, Origin>();
  for (const origin of origins) {
    seen.set(`${origin.id} ${origin.span.source.path} ${origin.span.start}`, origin);
  }
  return [...seen.values()];
}

/** The attachments that a route leaves by: several where a circuit is several connections. */
function targetsOf(slice: CloudSlice, origin: RouteOrigin, prefix: Prefix): readonly Target[] {
  switch (origin.kind) {
    case "leak":
      return targetsOf(slice, origin.origin, prefix);
    case "attachment": {
      const attachment = slice.attachments.find(({ id }) => id === origin.attachment);
      if (attachment === undefined) return [];
      const key = `vpc--${manglePath(attachment.id)}`;
      return [{ key, name: attachment.id, attachment: attachmentId(slice, attachment), kind: "vpc" }];
    }
    case "circuit": {
      const found = slice.circuits.find(({ circuit }) => circuit.id === origin.circuit);
      if (found === undefined) return [];
      return circuitAttachments(slice, found)
        .filter(({ family }) => family === undefined || family === prefix.family)
        .map(({ key, attachment, kind }) => ({ key, name: origin.circuit, attachment, kind }));
    }
    case "core":
    case "fabric":
      throw new Error(`a route of ${slice.cloud.name} has the origin ${origin.kind}, which no transit gateway has`);
  }
}

function reportTwice(
  lowering: Lowering,
  slice: CloudSlice,
  instance: RoutingInstance,
  route: Route,
  first: Target,
  second: Target,
): void {
  const table = `${slice.cloud.name}.${instance.domain}`;
  const at: Span | undefined = route.sources[0] ?? slice.cloud.span;
  const params = { prefix: formatPrefix(route.prefix), table, first: first.name, second: second.name };
  lowering.diagnostics.report(awsDiagnostics["aws-route-twice"], params, at);
}
