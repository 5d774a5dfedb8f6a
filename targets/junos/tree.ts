/** From the typed configuration to Junos statements: the one tree that both printed forms come from. */
import { type Family, familyBits, formatAddress, formatInterfaceAddress, formatPrefix } from "../../grammar/address.js";
import {
  type AddressMatch,
  type BgpNeighbor,
  type Community,
  type DhcpRelay,
  type FilterMatch,
  type FilterTerm,
  type FirewallFilter,
  familyName,
  type Instance,
  type InterfaceUnit,
  type JunosConfig,
  type NumberRange,
  type Origin,
  type PolicyAction,
  type PolicyStatement,
  type PolicyTerm,
  type PrefixList,
  type StaticRoute,
  type UnitFamily,
  type VpnGroup,
} from "./model.js";

/**
 * A statement of the configuration. `leaf` is one line; `values` is a leaf with several values; `members` is a block of
 * bare values; `block` is a container or a list entry. An owned block is replaced and deleted as a whole.
 */
export type Statement =
  | { readonly kind: "leaf"; readonly words: readonly string[] }
  | { readonly kind: "values"; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: "members"; readonly name: string; readonly members: readonly (readonly string[])[] }
  | {
      readonly kind: "block";
      readonly words: readonly string[];
      readonly owned: boolean;
      readonly origins: readonly Origin[];
      readonly children: readonly Statement[];
    };

const leaf = (...words: readonly string[]): Statement => ({ kind: "leaf", words });
const block = (
  words: readonly string[],
  children: readonly Statement[],
  origins: readonly Origin[] = [],
): Statement => ({
  kind: "block",
  words,
  owned: false,
  origins,
  children,
});
const owned = (words: readonly string[], children: readonly Statement[], origins: readonly Origin[]): Statement => ({
  kind: "block",
  words,
  owned: true,
  origins,
  children,
});

/** Keeps what has something to say. */
function some(...parts: readonly (Statement | undefined | false)[]): readonly Statement[] {
  return parts.filter((part) => part !== undefined && part !== false);
}

/** Values of one leaf, one `set` line each; nothing where there are none. */
function values(name: string, list: readonly string[]): Statement | undefined {
  return list.length === 0 ? undefined : { kind: "values", name, values: list };
}

function when<T>(value: T | undefined, make: (value: T) => Statement): Statement | undefined {
  return value === undefined ? undefined : make(value);
}

/** A block around children; nothing where there are none. */
function around(words: readonly string[], children: readonly Statement[]): Statement | undefined {
  return children.length === 0 ? undefined : block(words, children);
}

/** The statements of a configuration, in the order of Junos' own top level. */
export function statementsOf(config: JunosConfig): readonly Statement[] {
  const policyOptions = [
    ...config.prefixLists.map(prefixList),
    ...config.policies.map(policyStatement),
    ...config.communities.map(community),
  ];
  const filters = ([4, 6] as const).map((family) =>
    around(["family", familyName(family)], config.filters.filter((one) => one.family === family).map(firewallFilter)),
  );
  return some(
    around(["interfaces"], interfaces(config.units)),
    around(["policy-options"], policyOptions),
    around(["firewall"], some(...filters)),
    around(["routing-instances"], config.instances.map(instance)),
    around(["protocols"], some(around(["bgp"], config.vpnGroups.map(vpnGroup)))),
  );
}

function interfaces(units: readonly InterfaceUnit[]): readonly Statement[] {
  const ports = [...new Set(units.map(({ port }) => port))];
  return ports.map((port) => block([port], units.filter((one) => one.port === port).map(interfaceUnit)));
}

function interfaceUnit(unit: InterfaceUnit): Statement {
  const { vlan, outerVlan } = unit;
  const tags =
    vlan === undefined
      ? undefined
      : outerVlan === undefined
        ? leaf("vlan-id", String(vlan))
        : leaf("vlan-tags", "outer", String(outerVlan), "inner", String(vlan));
  return owned(
    ["unit", String(unit.number)],
    some(leaf("description", unit.description), tags, ...unit.families.map(unitFamily)),
    unit.origins,
  );
}

function unitFamily(family: UnitFamily): Statement {
  const addresses = family.addresses.map(({ address, vrrp }): Statement => {
    const words = ["address", formatInterfaceAddress(address)];
    if (vrrp === undefined) return leaf(...words);
    const six = family.family === 6;
    return block(words, [
      block(
        [six ? "vrrp-inet6-group" : "vrrp-group", String(vrrp.number)],
        [
          leaf(six ? "virtual-inet6-address" : "virtual-address", formatAddress(vrrp.virtual)),
          leaf("priority", String(vrrp.priority)),
          leaf("accept-data"),
        ],
      ),
    ]);
  });
  return block(
    ["family", familyName(family.family)],
    some(
      when(family.mtu, (mtu) => leaf("mtu", String(mtu))),
      when(family.filter, (name) => block(["filter"], [leaf("input", name)])),
      ...addresses,
    ),
  );
}

function prefixList(list: PrefixList): Statement {
  const entries = list.prefixes.map((prefix) => leaf(formatPrefix(prefix)));
  return owned(["prefix-list", list.name], entries, list.origins);
}

function community(one: Community): Statement {
  return owned(["community", one.name], some(values("members", one.members)), one.origins);
}

function policyStatement(policy: PolicyStatement): Statement {
  return owned(["policy-statement", policy.name], policy.terms.map(policyTerm), policy.origins);
}

function policyTerm(term: PolicyTerm): Statement {
  const filters = term.routeFilters.map(({ prefix, upTo }) =>
    leaf(
      "route-filter",
      formatPrefix(prefix),
      ...(upTo === undefined || upTo <= prefix.length
        ? ["exact"]
        : upTo === familyBits(prefix.family)
          ? ["orlonger"]
          : ["upto", `/${upTo}`]),
    ),
  );
  const from = some(
    when(term.community, (name) => leaf("community", name)),
    ...filters,
  );
  return block(
    ["term", term.name],
    some(around(["from"], from), block(["then"], term.actions.map(policyAction))),
    term.origins,
  );
}

function policyAction(action: PolicyAction): Statement {
  switch (action.kind) {
    case "accept":
    case "reject":
      return leaf(action.kind);
    case "local-preference":
      return leaf("local-preference", String(action.value));
    case "as-path-prepend":
      return leaf("as-path-prepend", new Array<string>(action.times).fill(String(action.asn)).join(" "));
    case "community-set":
      return leaf("community", "set", action.community);
    case "community-add":
      return leaf("community", "add", action.community);
    case "community-delete":
      return leaf("community", "delete", action.community);
  }
}

function firewallFilter(filter: FirewallFilter): Statement {
  return owned(
    ["filter", filter.name],
    [leaf("interface-specific"), ...filter.terms.map((term) => filterTerm(term, filter.family))],
    filter.origins,
  );
}

function filterTerm(term: FilterTerm, family: Family): Statement {
  const then = some(
    when(term.count, (name) => leaf("count", name)),
    term.log !== "none" && leaf("log"),
    term.log === "syslog" && leaf("syslog"),
    leaf(term.action),
  );
  return block(
    ["term", term.name],
    some(around(["from"], filterMatch(term.match, family)), block(["then"], then)),
    term.origins,
  );
}

/** Protocols that have a name in every release; the others are written as numbers. */
const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map([
  [1, "icmp"],
  [6, "tcp"],
  [17, "udp"],
  [58, "icmp6"],
]);

function protocolName(protocol: number): string {
  return PROTOCOL_NAMES.get(protocol) ?? String(protocol);
}

function filterMatch(match: FilterMatch, family: Family): readonly Statement[] {
  const six = family === 6;
  const protocol = six ? "payload-protocol" : "protocol";
  return some(
    when(match.source, (side) => addresses("source", side)),
    ...(match.sourceExcept === undefined ? [] : allBut(match.sourceExcept, family)),
    when(match.destination, (side) => addresses("destination", side)),
    values(protocol, match.protocols.map(protocolName)),
    values(`${protocol}-except`, match.protocolsExcept.map(protocolName)),
    when(match.port, (port) => leaf("port", String(port))),
    values("source-port", match.sourcePorts.map(numberRange)),
    values("destination-port", match.destinationPorts.map(numberRange)),
    values("icmp-type", match.icmpTypes.map(numberRange)),
    values("icmp-code", match.icmpCodes.map(numberRange)),
    match.tcpEstablished && leaf("tcp-established"),
    when(match.hopLimit, (limit) => leaf(six ? "hop-limit" : "ttl", String(limit))),
    when(match.fragment, (fragment) => fragmentMatch(fragment, family)),
  );
}

/**
 * IPv4 by the offset field, whose meaning is one on every platform (`is-fragment` is not). IPv6 has no offset condition:
 * `later` is `is-fragment`, which takes first fragments as well on some platforms; filters are made so that this is no harm.
 */
function fragmentMatch(fragment: "initial" | "later" | "first", family: Family): Statement {
  if (family === 4) {
    if (fragment === "first") return leaf("first-fragment");
    return leaf("fragment-offset", fragment === "initial" ? "0" : "1-8191");
  }
  if (fragment === "initial") throw new Error("IPv6 filters have no condition for packets at offset 0");
  return leaf(fragment === "first" ? "first-fragment" : "is-fragment");
}

/** Sides made already: many terms share one. */
const sides = { source: new WeakMap<AddressMatch, Statement>(), destination: new WeakMap<AddressMatch, Statement>() };

function addresses(side: "source" | "destination", match: AddressMatch): Statement {
  const known = sides[side].get(match) ?? newSide(side, match);
  sides[side].set(match, known);
  return known;
}

function newSide(side: "source" | "destination", match: AddressMatch): Statement {
  if (match.kind === "list") return { kind: "members", name: `${side}-prefix-list`, members: [[match.list]] };
  if (match.prefixes.length === 0) throw new Error("an address side of a filter term is empty");
  return { kind: "members", name: `${side}-address`, members: match.prefixes.map((prefix) => [formatPrefix(prefix)]) };
}

/** A list of exceptions alone matches nothing: the zero-length prefix is written out ahead of it. */
function allBut(match: AddressMatch, family: Family): readonly Statement[] {
  const every = family === 4 ? "0.0.0.0/0" : "::/0";
  if (match.kind === "list") {
    return [
      { kind: "members", name: "source-address", members: [[every]] },
      { kind: "members", name: "source-prefix-list", members: [[match.list, "except"]] },
    ];
  }
  const except = match.prefixes.map((prefix) => [formatPrefix(prefix), "except"]);
  return [{ kind: "members", name: "source-address", members: [[every], ...except] }];
}

function numberRange([first, last]: NumberRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function instance(one: Instance): Statement {
  const routing = some(
    when(one.routerId, (id) => leaf("router-id", formatAddress(id))),
    leaf("auto-export"),
    around(["static"], staticRoutes(one, 4)),
    around(["aggregate"], aggregates(one, 4)),
    around(
      ["rib", `${one.name}.inet6.0`],
      some(around(["static"], staticRoutes(one, 6)), around(["aggregate"], aggregates(one, 6))),
    ),
  );
  const groups = one.groups.map((group) =>
    block(["group", group.name], [leaf("type", "external"), ...group.neighbors.map(neighbor)], group.origins),
  );
  return owned(
    [one.name],
    some(
      leaf("description", one.description),
      leaf("instance-type", "vrf"),
      ...one.interfaces.map((name) => leaf("interface", name)),
      leaf("route-distinguisher", one.routeDistinguisher),
      leaf("vrf-import", one.importPolicy),
      leaf("vrf-export", one.exportPolicy),
      leaf("vrf-table-label"),
      block(["routing-options"], routing),
      around(["forwarding-options"], some(around(["dhcp-relay"], relays(one.relays)))),
      around(["protocols"], some(around(["bgp"], groups))),
    ),
    one.origins,
  );
}

function staticRoutes(one: Instance, family: Family): readonly Statement[] {
  return one.statics
    .filter(({ prefix }) => prefix.family === family)
    .map((route) => block(["route", formatPrefix(route.prefix)], staticNext(route), route.origins));
}

function staticNext({ next }: StaticRoute): readonly Statement[] {
  switch (next.kind) {
    case "next-hop":
      return some(
        values("next-hop", next.addresses.map(formatAddress)),
        ...next.backups.map(({ address, preference }) =>
          block(["qualified-next-hop", formatAddress(address)], [leaf("preference", String(preference))]),
        ),
      );
    case "next-table":
      return [leaf("next-table", next.table)];
    case "announce-only":
      return [leaf("discard"), leaf("no-install")];
  }
}

function aggregates(one: Instance, family: Family): readonly Statement[] {
  return one.aggregates
    .filter(({ prefix }) => prefix.family === family)
    .map((route) =>
      block(["route", formatPrefix(route.prefix)], [leaf("policy", route.policy), leaf("discard")], route.origins),
    );
}

function relays(all: readonly DhcpRelay[]): readonly Statement[] {
  const of = (family: Family): readonly Statement[] => {
    const list = all.filter((one) => one.family === family);
    const servers = list.map((one) =>
      block(
        [one.name],
        one.servers.map((server) => leaf(formatAddress(server))),
        one.origins,
      ),
    );
    const groups = list.map((one) =>
      block(
        ["group", one.name],
        [leaf("active-server-group", one.name), leaf("interface", one.interface)],
        one.origins,
      ),
    );
    return list.length === 0 ? [] : [block(["server-group"], servers), ...groups];
  };
  return some(around(["dhcpv6"], of(6)), ...of(4));
}

/** At which share of a prefix limit Junos warns, and the minutes it keeps a session down that went over the limit. */
const WARN_PERCENT = "90";
const RESTART_MINUTES = "5";

function neighbor(one: BgpNeighbor): Statement {
  const family = familyName(one.address.family);
  const limit = when(one.maxPrefixes, (maximum) =>
    block(
      ["prefix-limit"],
      [leaf("maximum", String(maximum)), leaf("teardown", WARN_PERCENT, "idle-timeout", RESTART_MINUTES)],
    ),
  );
  return block(
    ["neighbor", formatAddress(one.address)],
    some(
      leaf("description", one.description),
      leaf("local-address", formatAddress(one.localAddress)),
      leaf("import", one.importPolicy),
      ...(one.keyChain === undefined
        ? []
        : [leaf("authentication-algorithm", "md5"), leaf("authentication-key-chain", one.keyChain)]),
      block(["family", family], [block(["unicast"], some(limit))]),
      leaf("export", one.exportPolicy),
      leaf("peer-as", String(one.peerAs)),
      when(one.localAs, (asn) => leaf("local-as", String(asn), "no-prepend-global-as")),
      when(one.bfd, (interval) =>
        block(["bfd-liveness-detection"], [leaf("minimum-interval", String(interval)), leaf("multiplier", "3")]),
      ),
    ),
    one.origins,
  );
}

function vpnGroup(group: VpnGroup): Statement {
  return owned(
    ["group", group.name],
    some(
      leaf("type", "internal"),
      leaf("local-address", formatAddress(group.localAddress)),
      block(["family", "inet-vpn"], [leaf("unicast")]),
      block(["family", "inet6-vpn"], [leaf("unicast")]),
      when(group.cluster, (cluster) => leaf("cluster", formatAddress(cluster))),
      ...group.neighbors.map(({ address, description }) =>
        block(["neighbor", formatAddress(address)], [leaf("description", description)]),
      ),
    ),
    group.origins,
  );
}
