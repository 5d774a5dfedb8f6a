/** What a tree uses of the limits. */
import { expressRouteCircuits, vpnCircuits } from "./circuits.js";
import type { LimitKey, Usage } from "./limits.js";
import type { Lowered } from "./lower.js";
import { expressRouteUnits } from "./lower-express-route.js";
import { vpnUnits } from "./lower-vpn.js";
import { type Block, type BlockOf, blocksOf, type Module, type ResourceType } from "./model.js";
import type { CloudSlice, Hub } from "./slice.js";

/** Every usage, in order of modules and clouds. */
export function usagesOf({ modules, slice }: Lowered): readonly Usage[] {
  const hubs = slice.clouds.flatMap((cloud) => cloud.hubs.flatMap((hub) => hubUsages(slice.clouds, cloud, hub)));
  return [...modules.flatMap(moduleUsages), ...hubs];
}

function moduleUsages(module: Module): readonly Usage[] {
  return [
    ...regional(module, "azurerm_virtual_network", "networks-per-region"),
    ...regional(module, "azurerm_network_security_group", "security-groups-per-region"),
    ...regional(module, "azurerm_route_table", "route-tables-per-region"),
    ...scoped(module, "azurerm_subnet", "subnets-per-network"),
    ...scoped(module, "azurerm_virtual_network_peering", "peerings-per-network"),
    ...ruleUsages(module),
  ];
}

type Regional = "azurerm_virtual_network" | "azurerm_network_security_group" | "azurerm_route_table";

function regional(module: Module, type: Regional, limit: LimitKey): readonly Usage[] {
  const blocks: readonly BlockOf<Regional>[] = blocksOf(module, type);
  return counted(module, limit, blocks, (block) => ("location" in block.body ? block.body.location : ""));
}

/** Blocks counted by the object that holds them. */
function scoped(module: Module, type: ResourceType, limit: LimitKey): readonly Usage[] {
  return counted(module, limit, blocksOf(module, type), ({ scope }) => scope);
}

/** An excess is shown at the last block by key. */
function counted<B extends Block>(
  module: Module,
  limit: LimitKey,
  blocks: readonly B[],
  subjectOf: (block: B) => string,
): readonly Usage[] {
  const groups = new Map<string, B[]>();
  for (const block of blocks) {
    const subject = subjectOf(block);
    const known = groups.get(subject);
    if (known === undefined) groups.set(subject, [block]);
    else known.push(block);
  }
  return [...groups].map(([subject, list]) => ({
    limit,
    subject,
    used: list.length,
    account: module.folder,
    span: list.at(-1)?.origins[0]?.span,
  }));
}

type Rule = BlockOf<"azurerm_network_security_rule">;

/** Rules of a group, and prefixes for the side that has more of them. An excess is shown at the last permitting rule. */
function ruleUsages(module: Module): readonly Usage[] {
  const groups = new Map<string, Rule[]>();
  for (const block of blocksOf(module, "azurerm_network_security_rule")) {
    const known = groups.get(block.scope);
    if (known === undefined) groups.set(block.scope, [block]);
    else known.push(block);
  }
  return [...groups].flatMap(([subject, rules]) => {
    const span = rules.filter(({ body }) => body.access === "Allow").at(-1)?.origins[0]?.span;
    const sources = rules.reduce((sum, { body }) => sum + (body.source_address_prefixes?.length ?? 1), 0);
    const destinations = rules.reduce((sum, { body }) => sum + (body.destination_address_prefixes?.length ?? 1), 0);
    const shared = { subject, account: module.folder, span };
    return [
      { limit: "rules-per-security-group" as const, used: rules.length, ...shared },
      { limit: "prefixes-per-security-group" as const, used: Math.max(sources, destinations), ...shared },
    ];
  });
}

/** A hub has room for 500 networks less the hubs of its virtual WAN, which are counted with them here. */
function hubUsages(clouds: readonly CloudSlice[], cloud: CloudSlice, hub: Hub): readonly Usage[] {
  const siblings = clouds.flatMap(({ hubs }) => hubs).filter(({ wan }) => wan === hub.wan).length;
  const shared = { subject: `${cloud.cloud.name}/${hub.domain}`, account: cloud.folder };
  const span = hub.attachments.at(-1)?.network.span ?? cloud.cloud.span;
  const routes = hub.instance?.routes.length ?? 0;
  return [
    { limit: "connections-per-hub" as const, used: hub.attachments.length + siblings, span, ...shared },
    { limit: "routes-per-hub" as const, used: routes, span: cloud.cloud.span, ...shared },
    ...linkUsages(hub, shared, cloud.cloud.span),
  ];
}

type Shared = Pick<Usage, "subject" | "account">;

function linkUsages(hub: Hub, shared: Shared, hubSpan: Usage["span"]): readonly Usage[] {
  const vpn = vpnCircuits(hub);
  const express = expressRouteCircuits(hub);
  const span = hub.circuits.at(-1)?.circuit.carries.span ?? hubSpan;
  const all: Usage[] = [];
  if (vpn.length > 0) {
    all.push({ limit: "vpn-connections-per-hub", used: vpn.length, span, ...shared });
    all.push({ limit: "vpn-scale-units", used: vpnUnits(hub), span, ...shared });
  }
  if (express.size > 0) {
    all.push({ limit: "express-route-circuits-per-hub", used: express.size, span, ...shared });
    all.push({ limit: "express-route-scale-units", used: expressRouteUnits(hub), span, ...shared });
  }
  for (const { circuit, near, far } of hub.circuits) {
    const own = { subject: circuit.id, account: shared.account, span: circuit.carries.span };
    if (circuit.kind === "ipsec") {
      all.push({ limit: "links-per-vpn-site", used: circuit.tunnels.length, ...own });
      if (far.announces.length > 0) all.push({ limit: "vpn-prefixes-in", used: far.announces.length, ...own });
    } else {
      all.push({ limit: "express-route-prefixes-in", used: far.announces.length, ...own });
      all.push({ limit: "express-route-prefixes-out", used: near.announces.length, ...own });
    }
  }
  return all;
}
