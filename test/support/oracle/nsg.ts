/**
 * What Azure does with network security groups, written from Microsoft's description and apart from the code that makes
 * them: rules of one direction by ascending priority, the first that matches decides, then the rules that nobody can remove.
 * One packet at a time, from the JSON of a module. Source: Microsoft, "Network security groups" and "How network security
 * groups filter network traffic".
 */

/** A packet that opens a flow, in IPv4. */
export interface OpeningPacket {
  readonly source: string;
  readonly destination: string;
  /** IP protocol number. */
  readonly protocol: number;
  /** Destination port of TCP and UDP. */
  readonly port?: number;
}

type Attributes = Readonly<Record<string, unknown>>;

/** Resources of a module, or of several, by type and key. */
export type Resources = ReadonlyMap<string, ReadonlyMap<string, Attributes>>;

/** Where the load balancers' probes come from, which the tag `AzureLoadBalancer` stands for. */
const PROBES = "168.63.129.16/32";
const NUMBERS: Readonly<Record<string, number>> = { Tcp: 6, Udp: 17, Icmp: 1, Esp: 50, Ah: 51 };

/** Whether a subnet, by the key of its block, lets a packet in (`Inbound`) or out. Throws where it has no single group. */
export function nsgAdmits(
  resources: Resources,
  subnet: string,
  direction: "Inbound" | "Outbound",
  packet: OpeningPacket,
): boolean {
  const group = groupOf(resources, subnet);
  const rules = [...(resources.get("azurerm_network_security_rule")?.values() ?? [])]
    .filter((rule) => rule.network_security_group_name === `\${azurerm_network_security_group.${group}.name}`)
    .filter((rule) => rule.direction === direction)
    .sort((a, b) => Number(a.priority) - Number(b.priority));
  for (const rule of rules) if (matches(rule, packet)) return rule.access === "Allow";
  // 65000 lets the tag VirtualNetwork through, which may be any address; inbound 65001 the probes, outbound 65001 the rest.
  return true;
}

function groupOf(resources: Resources, subnet: string): string {
  const id = `\${azurerm_subnet.${subnet}.id}`;
  const found = [...(resources.get("azurerm_subnet_network_security_group_association")?.values() ?? [])].filter(
    (one) => one.subnet_id === id,
  );
  const group = /^\$\{azurerm_network_security_group\.(.+)\.id\}$/.exec(
    String(found[0]?.network_security_group_id),
  )?.[1];
  if (found.length !== 1 || group === undefined) throw new Error(`${subnet} has ${found.length} groups`);
  return group;
}

function matches(rule: Attributes, packet: OpeningPacket): boolean {
  if (rule.protocol !== "*" && NUMBERS[String(rule.protocol)] !== packet.protocol) return false;
  return (
    inside(listOf(rule, "source_address_prefix", "source_address_prefixes"), packet.source) &&
    inside(listOf(rule, "destination_address_prefix", "destination_address_prefixes"), packet.destination) &&
    listOf(rule, "destination_port_range", "destination_port_ranges").some((range) => holds(range, packet.port))
  );
}

function listOf(rule: Attributes, one: string, many: string): readonly string[] {
  const list = rule[many];
  return Array.isArray(list) ? list.map(String) : [String(rule[one])];
}

function holds(range: string, port: number | undefined): boolean {
  if (range === "*") return true;
  const [first = "", last = first] = range.split("-");
  return port !== undefined && Number(first) <= port && port <= Number(last);
}

function inside(prefixes: readonly string[], address: string): boolean {
  return prefixes.some((prefix) => {
    if (prefix === "*") return true;
    const [base = "", length = ""] = (prefix === "AzureLoadBalancer" ? PROBES : prefix).split("/");
    if (!/^[0-9.]+$/.test(base) || length === "") throw new Error(`${prefix} is no prefix`);
    const size = 2 ** (32 - Number(length));
    return Math.floor(numberOf(base) / size) === Math.floor(numberOf(address) / size);
  });
}

/** An IPv4 address as a number. */
export function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
