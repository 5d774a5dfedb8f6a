/** Routing instances of type `vrf`: interfaces, targets, routes, sessions and relays (Juniper, "Layer 3 VPNs User Guide"). */
import type { ReadChannel, ReadInterface, ReadTable, RoutePolicy } from "../../../compiler/validate/readback.js";
import { formatAddress } from "../../../grammar/address.js";
import { sessions } from "./bgp.js";
import { routeTarget } from "./communities.js";
import type { Unit, Units } from "./interfaces.js";
import type { ConfigNode } from "./node.js";
import type { Policies } from "./policies.js";
import type { Reading } from "./reading.js";
import { connectedRoutes, type InstanceScope, statedRoutes } from "./statics.js";

/** The tables of a router with their interfaces and sessions. */
export interface Instances {
  readonly tables: readonly ReadTable[];
  readonly interfaces: readonly ReadInterface[];
  readonly channels: readonly ReadChannel[];
}

/** Reads `routing-instances`. */
export function readInstances(
  reading: Reading,
  top: ConfigNode | undefined,
  { units }: Units,
  policies: Policies,
): Instances {
  const nodes = top?.all() ?? [];
  const ids = new Map(nodes.map((node) => [node.word, reading.id("vrf", node.word)]));
  const owners = new Map<string, string>();
  const out = { tables: [] as ReadTable[], interfaces: [] as ReadInterface[], channels: [] as ReadChannel[] };
  for (const node of nodes) {
    const own = bound(reading, node, units, owners);
    const scope: InstanceScope = { reading, name: node.word, units: own, policies, tables: ids };
    const id = ids.get(node.word) ?? "";
    const table = readTable(scope, node, id);
    const same = out.tables.find(({ vpn }) => vpn !== undefined && vpn.distinguisher === table.vpn?.distinguisher);
    // Juniper, "Configuring Routing Instances on PE Routers in VPNs": each instance of a router has one of its own.
    if (same !== undefined) reading.refuse(node, `its route distinguisher is that of \`${same.name}\` too`);
    out.tables.push(table);
    out.interfaces.push(...own.map((unit) => interfaceOf(unit, id, reading.folder)));
    out.channels.push(...sessions(scope, node.take("protocols")?.take("bgp"), id));
    readRelays(scope, node.take("forwarding-options")?.take("dhcp-relay"));
  }
  for (const unit of units.values())
    if (!owners.has(unit.name)) reading.refuse(unit.node, "the unit is in no routing instance");
  return out;
}

/** The units that an instance names; each belongs to one instance. */
function bound(
  reading: Reading,
  node: ConfigNode,
  units: ReadonlyMap<string, Unit>,
  owners: Map<string, string>,
): readonly Unit[] {
  const out: Unit[] = [];
  const addresses = new Set<string>();
  for (const name of reading.values(node.take("interface"))) {
    const unit = units.get(name.word);
    const owner = owners.get(name.word);
    if (unit === undefined) reading.refuse(name, "there is no such unit");
    else if (owner !== undefined) reading.refuse(name, `the unit is in ${owner} already`);
    else out.push(unit);
    owners.set(name.word, node.word);
    for (const { address } of unit?.addresses ?? []) {
      if (addresses.has(formatAddress(address))) reading.refuse(name, `another unit has ${formatAddress(address)} too`);
      addresses.add(formatAddress(address));
    }
  }
  return out;
}

function interfaceOf({ name, node, ...unit }: Unit, table: string, device: string): ReadInterface {
  return { ...unit, device, table };
}

function readTable(scope: InstanceScope, node: ConfigNode, id: string): ReadTable {
  const { reading } = scope;
  reading.value(node.take("description"));
  const type = reading.value(node.take("instance-type"));
  if (type?.word !== "vrf") reading.refuse(type ?? node, "only routing instances of type `vrf` are modelled");
  // Without it Junos announces no route of a LAN, and does not look labelled packets up in the instance.
  if (!node.has("vrf-table-label")) reading.refuse(node, "it lacks `vrf-table-label`");
  const options = node.take("routing-options");
  const routerId = reading.value(options?.take("router-id"));
  if (routerId !== undefined) reading.address(routerId, 4);
  const local = options?.has("auto-export") ?? false;
  const distinguisher = reading.value(node.take("route-distinguisher"));
  const policies = targets(scope, node);
  if (distinguisher === undefined) reading.refuse(node, "it has no route distinguisher");
  else if (!/^(?:[0-9]{1,10}L?|[0-9.]{7,15}):[0-9]{1,10}$/.test(distinguisher.word))
    reading.refuse(distinguisher, "it is no route distinguisher");
  return {
    id,
    device: reading.folder,
    name: node.word,
    kind: "vrf",
    routes: [...connectedRoutes(scope), ...statedRoutes(scope, options)],
    ...(policies === undefined || distinguisher === undefined
      ? {}
      : { vpn: { distinguisher: distinguisher.word, ...policies, local } }),
    at: reading.at(node),
  };
}

/** What leaves for the VPN and comes from it: by policies, or all of it with one target. */
function targets(scope: InstanceScope, node: ConfigNode): { export: RoutePolicy; import: RoutePolicy } | undefined {
  const { reading, policies } = scope;
  const [imports, exports] = [reading.values(node.take("vrf-import")), reading.values(node.take("vrf-export"))];
  const target = reading.value(node.take("vrf-target"));
  if (target !== undefined) {
    if (imports.length + exports.length > 0)
      return reading.refuse(target, "it stands beside policies for the same routes");
    const community = routeTarget(reading, target);
    if (community === undefined) return undefined;
    const at = reading.at(target);
    const policy = (term: Partial<RoutePolicy["terms"][number]>): RoutePolicy => ({
      name: target.word,
      terms: [{ match: {}, action: "accept", at, ...term }],
      at,
    });
    return {
      import: policy({ match: { communities: [[community]] } }),
      export: policy({ communities: { add: [community] } }),
    };
  }
  const chains = [policies.chain(imports, undefined), policies.chain(exports, undefined)];
  const [first, second] = chains;
  if (imports.length === 0 || exports.length === 0)
    return reading.refuse(node, "it does not say what it exports and imports");
  return first === undefined || second === undefined ? undefined : { import: first, export: second };
}

/** Relays send packets of the router's own; what matters is that they name what exists. */
function readRelays(scope: InstanceScope, node: ConfigNode | undefined): void {
  if (node === undefined) return;
  relaysOf(scope, node, 4);
  const six = node.take("dhcpv6");
  if (six !== undefined) relaysOf(scope, six, 6);
}

function relaysOf({ reading, units }: InstanceScope, node: ConfigNode, family: 4 | 6): void {
  const servers = new Set<string>();
  for (const list of node.take("server-group")?.all() ?? []) {
    servers.add(list.word);
    for (const server of reading.values(list)) reading.address(server, family);
  }
  for (const group of node.take("group")?.all() ?? []) {
    const active = reading.value(group.take("active-server-group"));
    if (active === undefined) reading.refuse(group, "it has no servers");
    else if (!servers.has(active.word)) reading.refuse(active, "there is no such group of servers");
    for (const name of reading.values(group.take("interface")))
      if (!units.some((unit) => unit.name === name.word))
        reading.refuse(name, "the unit is not in this routing instance");
  }
}
