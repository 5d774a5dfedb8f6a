/**
 * What must hold of a lowered tree: names in the lengths and alphabets of Azure, and what no provider compares between two
 * resources: priorities in a group, prefixes of hubs.
 */
import { type Prefix, parseAddress, prefixesOverlap } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { azureDiagnostics } from "./catalogue.js";
import { type Block, type BlockOf, blocksOf, type Module, type ResourceType } from "./model.js";

interface NameRule {
  readonly what: string;
  readonly least: number;
  readonly most: number;
}

/**
 * Lengths of names: those of Microsoft, "Naming rules and restrictions for Azure resources"; of a hub connection the
 * provider's own (2 to 80).
 */
const nameRules: Readonly<Partial<Record<ResourceType, NameRule>>> = {
  azurerm_resource_group: { what: "the resource group", least: 1, most: 90 },
  azurerm_virtual_wan: { what: "the virtual WAN", least: 1, most: 80 },
  azurerm_virtual_hub: { what: "the virtual hub", least: 1, most: 80 },
  azurerm_virtual_hub_connection: { what: "the hub connection", least: 2, most: 80 },
  azurerm_virtual_network: { what: "the virtual network", least: 2, most: 64 },
  azurerm_subnet: { what: "the subnet", least: 1, most: 80 },
  azurerm_route_table: { what: "the route table", least: 1, most: 80 },
  azurerm_network_security_group: { what: "the security group", least: 1, most: 80 },
  azurerm_network_security_rule: { what: "the rule", least: 1, most: 80 },
  azurerm_virtual_network_peering: { what: "the peering", least: 1, most: 80 },
  azurerm_network_watcher_flow_log: { what: "the flow log", least: 1, most: 80 },
  azurerm_express_route_gateway: { what: "the ExpressRoute gateway", least: 1, most: 80 },
  azurerm_express_route_connection: { what: "the ExpressRoute connection", least: 1, most: 80 },
  azurerm_vpn_gateway: { what: "the VPN gateway", least: 1, most: 80 },
  azurerm_vpn_site: { what: "the VPN site", least: 1, most: 80 },
  azurerm_vpn_gateway_connection: { what: "the VPN connection", least: 1, most: 80 },
};

/** Names of subnets that Azure gives a meaning. Source: the same, and "Azure Virtual Network FAQ". */
const RESERVED_SUBNETS = [
  "gatewaysubnet",
  "azurefirewallsubnet",
  "azurefirewallmanagementsubnet",
  "azurebastionsubnet",
  "routeserversubnet",
];

/** Reports what Azure does not take of a tree. */
export function checkTree(modules: readonly Module[], diagnostics: Diagnostics): void {
  for (const module of modules) {
    for (const block of module.blocks) checkName(block, diagnostics);
    checkPriorities(module, diagnostics);
  }
  checkHubs(
    modules.flatMap((module) => blocksOf(module, "azurerm_virtual_hub")),
    diagnostics,
  );
}

function checkName(block: Block, diagnostics: Diagnostics): void {
  const rule = nameRules[block.type];
  const name = "name" in block.body ? block.body.name : undefined;
  if (rule === undefined || name === undefined) return;
  const why = nameFault(block.type, name, rule);
  if (why === undefined) return;
  diagnostics.report(azureDiagnostics["azure-name"], { what: rule.what, name, why }, block.origins[0]?.span);
}

function nameFault(type: ResourceType, name: string, { least, most }: NameRule): string | undefined {
  if (name.length < least) return `is shorter than ${least} characters`;
  if (name.length > most) return `is longer than ${most} characters`;
  if (type === "azurerm_subnet" && RESERVED_SUBNETS.includes(name.toLowerCase()))
    return "is one that Azure gives a meaning";
  if (!/^[A-Za-z0-9]/.test(name)) return "must begin with a letter or a digit";
  if (!/[A-Za-z0-9_]$/.test(name)) return "must end with a letter, a digit or `_`";
  return /^[A-Za-z0-9_.-]+$/.test(name) ? undefined : "holds a character that Azure does not take";
}

/** One priority, one rule: for each group and direction. */
function checkPriorities(module: Module, diagnostics: Diagnostics): void {
  const holders = new Map<string, BlockOf<"azurerm_network_security_rule">>();
  for (const block of blocksOf(module, "azurerm_network_security_rule")) {
    const key = `${block.scope} ${block.body.direction} ${block.body.priority}`;
    const holder = holders.get(key);
    holders.set(key, block);
    if (holder === undefined) continue;
    const params = { what: `the priority ${block.body.priority}`, first: holder.body.name, second: block.body.name };
    diagnostics.report(azureDiagnostics["azure-conflict"], params, block.origins[0]?.span);
  }
}

/** Hubs of one virtual WAN are meshed, so that their prefixes must not overlap. */
function checkHubs(hubs: readonly BlockOf<"azurerm_virtual_hub">[], diagnostics: Diagnostics): void {
  for (const [index, hub] of hubs.entries()) {
    const other = hubs.slice(0, index).find((one) => sameWan(one, hub) && overlap(one, hub));
    if (other === undefined) continue;
    const params = { what: "overlapping prefixes", first: other.body.name, second: hub.body.name };
    diagnostics.report(azureDiagnostics["azure-conflict"], params, hub.origins[0]?.span);
  }
}

function sameWan(a: BlockOf<"azurerm_virtual_hub">, b: BlockOf<"azurerm_virtual_hub">): boolean {
  return JSON.stringify(a.body.virtual_wan_id) === JSON.stringify(b.body.virtual_wan_id);
}

function overlap(a: BlockOf<"azurerm_virtual_hub">, b: BlockOf<"azurerm_virtual_hub">): boolean {
  const [one, other] = [prefixOf(a.body.address_prefix), prefixOf(b.body.address_prefix)];
  return one === undefined || other === undefined || prefixesOverlap(one, other);
}

function prefixOf(text: string): Prefix | undefined {
  const [address = "", length = ""] = text.split("/");
  const parsed = parseAddress(address);
  return parsed === undefined ? undefined : { family: parsed.family, value: parsed.value, length: Number(length) };
}
