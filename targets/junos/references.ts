/**
 * Our own check of the configuration that was made, before it is printed.
 *
 * Junos takes some dangling names silently (an undefined prefix list in an import policy falls back to accept), and its
 * YANG checks no values, so nothing is left to the device. Any finding is a fault of the compiler.
 */
import type { Router } from "../../compiler/model/estate.js";
import { addressIn, familyBits, type Prefix, prefixOf } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { junosDiagnostics } from "./catalogue.js";
import { limits } from "./limit-data.js";
import type {
  AddressMatch,
  FilterMatch,
  FilterTerm,
  FirewallFilter,
  InterfaceUnit,
  JunosConfig,
  NumberRange,
  PolicyStatement,
  PrefixList,
} from "./model.js";

const NAME = /^[A-Za-z0-9-]+$/;

/** The faults of a configuration, in the order they are found; empty where it is sound. */
export function referenceFaults(config: JunosConfig): readonly string[] {
  return new Checker(config).run();
}

/** Reports the faults of the configuration of a router, each at its name: an error keeps it from being printed. */
export function reportReferenceFaults(config: JunosConfig, router: Router, diagnostics: Diagnostics): void {
  for (const fault of referenceFaults(config)) {
    diagnostics.report(junosDiagnostics["junos-inconsistent-output"], { fault }, router.span);
  }
}

class Checker {
  private readonly faults: string[] = [];
  private readonly config: JunosConfig;
  private readonly lists: ReadonlyMap<string, PrefixList>;
  /** Inline sides that were found sound in filters of a family: most are shared by many terms. */
  private readonly sound = { 4: new Set<AddressMatch>(), 6: new Set<AddressMatch>() };
  private readonly communities: ReadonlySet<string>;
  private readonly policies: ReadonlySet<string>;

  constructor(config: JunosConfig) {
    this.config = config;
    this.lists = new Map(config.prefixLists.map((list) => [list.name, list] as const));
    this.communities = new Set(config.communities.map(({ name }) => name));
    this.policies = new Set(config.policies.map(({ name }) => name));
  }

  run(): readonly string[] {
    const { config } = this;
    this.unique("prefix list", config.prefixLists);
    this.unique("community", config.communities);
    this.unique("policy", config.policies);
    this.unique("routing instance", config.instances);
    this.unique(
      "filter",
      config.filters.map(({ name, family }) => ({ name: `${name} of IPv${family}` })),
    );
    for (const list of config.prefixLists) {
      this.name("prefix list", list.name, limits.name.allowed);
      if (list.prefixes.length === 0) this.fault(`prefix list ${list.name} is empty`);
      for (const prefix of list.prefixes) this.prefix(prefix, list.name);
    }
    for (const one of config.communities) {
      this.name("community", one.name, limits.name.allowed);
      if (one.members.length === 0) this.fault(`community ${one.name} is empty`);
    }
    for (const policy of config.policies) this.policy(policy);
    for (const filter of config.filters) this.filter(filter);
    this.units();
    this.instances();
    return this.faults;
  }

  private fault(text: string): void {
    this.faults.push(text);
  }

  private unique(kind: string, items: readonly { readonly name: string }[]): void {
    const seen = new Set<string>();
    for (const { name } of items) {
      if (seen.has(name)) this.fault(`${kind} ${name} is made twice`);
      seen.add(name);
    }
  }

  private name(kind: string, name: string, most: number): void {
    if (!NAME.test(name)) this.fault(`${kind} ${name} has other characters than letters, digits and hyphens`);
    if (name.length > most) this.fault(`${kind} ${name} has more than ${most} characters`);
  }

  private prefix(prefix: Prefix, where: string): void {
    const fits = prefix.length >= 0 && prefix.length <= familyBits(prefix.family);
    const clear =
      fits && prefixOf({ family: prefix.family, value: prefix.value }, prefix.length).value === prefix.value;
    if (!clear) this.fault(`a prefix of ${where} has host bits set`);
  }

  private refers(kind: string, known: Pick<ReadonlySet<string>, "has">, name: string, where: string): void {
    if (!known.has(name)) this.fault(`${where} refers to the ${kind} ${name}, which does not exist`);
  }

  private policy(policy: PolicyStatement): void {
    this.name("policy", policy.name, limits.name.allowed);
    const where = `policy ${policy.name}`;
    this.unique(`term of ${where}`, policy.terms);
    const last = policy.terms.at(-1);
    const closed = last !== undefined && last.routeFilters.length === 0 && last.community === undefined;
    if (!closed || last.actions.at(-1)?.kind !== "reject")
      this.fault(`${where} does not end in a reject of everything`);
    for (const term of policy.terms) {
      this.name(`term of ${where}`, term.name, limits.name.allowed);
      if (term.community !== undefined) this.refers("community", this.communities, term.community, where);
      const accepts = term.actions.some(({ kind }) => kind === "accept");
      if (accepts && term.routeFilters.length === 0 && term.community === undefined)
        this.fault(`term ${term.name} of ${where} accepts every route`);
      if (new Set(term.routeFilters.map(({ prefix }) => prefix.family)).size > 1)
        this.fault(`term ${term.name} of ${where} mixes families`);
      for (const { prefix, upTo } of term.routeFilters) {
        this.prefix(prefix, where);
        if (upTo !== undefined && (upTo < prefix.length || upTo > familyBits(prefix.family)))
          this.fault(`a route filter of ${where} ends at a length out of range`);
      }
      for (const action of term.actions) {
        if ("community" in action) this.refers("community", this.communities, action.community, where);
      }
    }
  }

  private filter(filter: FirewallFilter): void {
    const where = `filter ${filter.name}`;
    this.name("filter", filter.name, limits.filterName.allowed);
    this.unique(`term of ${where}`, filter.terms);
    const last = filter.terms.at(-1);
    if (last === undefined || last.action !== "discard" || !matchesAll(last.match))
      this.fault(`${where} does not end in a discard of everything`);
    for (const term of filter.terms) this.term(term, filter, where);
  }

  private term(term: FilterTerm, filter: FirewallFilter, where: string): void {
    const at = `term ${term.name} of ${where}`;
    this.name(`term of ${where}`, term.name, limits.name.allowed);
    const { match } = term;
    const layer4 = match.port !== undefined || match.sourcePorts.length + match.destinationPorts.length > 0;
    const icmp = match.icmpTypes.length + match.icmpCodes.length > 0;
    if ((layer4 || icmp || match.tcpEstablished) && match.protocols.length !== 1)
      this.fault(`${at} matches ports, types or flags without its protocol`);
    if (match.tcpEstablished && match.protocols[0] !== 6) this.fault(`${at} matches TCP flags of another protocol`);
    if (match.protocols.length > 0 && match.protocolsExcept.length > 0)
      this.fault(`${at} matches protocols and their exceptions`);
    if (term.action === "accept" && match.destination === undefined) this.fault(`${at} accepts towards every address`);
    for (const side of [match.source, match.sourceExcept, match.destination]) this.side(side, filter, at);
    const numbers: readonly (readonly [readonly NumberRange[], number])[] = [
      [match.sourcePorts, 65_535],
      [match.destinationPorts, 65_535],
      [match.icmpTypes, 255],
      [match.icmpCodes, 255],
    ];
    for (const [ranges, most] of numbers)
      if (ranges.some(([low, high]) => low < 0 || low > high || high > most))
        this.fault(`${at} has a number out of range`);
  }

  private side(side: AddressMatch | undefined, filter: FirewallFilter, at: string): void {
    if (side === undefined || this.sound[filter.family].has(side)) return;
    const before = this.faults.length;
    if (side.kind === "list") {
      this.refers("prefix list", this.lists, side.list, at);
      const list = this.lists.get(side.list);
      if (list?.prefixes.some(({ family }) => family !== filter.family))
        this.fault(`${at} matches a list of another family`);
      return;
    }
    if (side.prefixes.length === 0) this.fault(`${at} has an empty address side`);
    for (const prefix of side.prefixes) {
      this.prefix(prefix, at);
      if (prefix.family !== filter.family) this.fault(`${at} matches addresses of another family`);
    }
    if (this.faults.length === before) this.sound[filter.family].add(side);
  }

  private units(): void {
    const { units, filters } = this.config;
    this.unique(
      "unit",
      units.map(({ port, number }) => ({ name: `${port}.${number}` })),
    );
    const tags = units.map(({ port, vlan, outerVlan }) => ({ name: `${port} VLAN ${outerVlan ?? ""}.${vlan ?? ""}` }));
    this.unique("tagging", tags);
    const used = new Set<string>();
    for (const unit of units) {
      this.unit(unit);
      for (const { filter, family } of unit.families) {
        if (filter === undefined) continue;
        used.add(`${filter} ${family}`);
        if (!filters.some((one) => one.name === filter && one.family === family))
          this.fault(`unit ${unit.port}.${unit.number} refers to the filter ${filter}, which does not exist`);
      }
    }
    for (const { name, family } of filters)
      if (!used.has(`${name} ${family}`)) this.fault(`filter ${name} of IPv${family} is bound to no unit`);
  }

  private unit(unit: InterfaceUnit): void {
    const at = `unit ${unit.port}.${unit.number}`;
    if (unit.number < 0 || unit.number > limits.unit.allowed) this.fault(`${at} is out of range`);
    for (const vlan of [unit.vlan, unit.outerVlan])
      if (vlan !== undefined && (vlan < 1 || vlan > 4094)) this.fault(`${at} has a VLAN out of range`);
    if (unit.outerVlan !== undefined && unit.vlan === undefined) this.fault(`${at} has an outer tag alone`);
    for (const family of unit.families) {
      for (const { address, vrrp } of family.addresses) {
        if (address.address.family !== family.family) this.fault(`${at} has an address of another family`);
        if (vrrp !== undefined && !addressIn(prefixOf(address.address, address.length), vrrp.virtual))
          this.fault(`${at} has a virtual address outside its subnet`);
      }
    }
  }

  private instances(): void {
    const bound = new Map<string, string>();
    const known = new Set(this.config.units.map(({ port, number }) => `${port}.${number}`));
    for (const one of this.config.instances) {
      const at = `routing instance ${one.name}`;
      for (const name of one.interfaces) {
        this.refers("unit", known, name, at);
        if (bound.has(name)) this.fault(`${name} is in ${bound.get(name)} and in ${one.name}`);
        bound.set(name, one.name);
      }
      const used = [
        one.importPolicy,
        one.exportPolicy,
        ...one.aggregates.map(({ policy }) => policy),
        ...one.groups.flatMap(({ neighbors }) => neighbors.flatMap((n) => [n.importPolicy, n.exportPolicy])),
      ];
      for (const name of used) this.refers("policy", this.policies, name, at);
      for (const { next, prefix } of one.statics) {
        this.prefix(prefix, at);
        if (next.kind === "next-hop" && next.addresses.length === 0)
          this.fault(`a static route of ${at} has no next hop`);
      }
      for (const relay of one.relays)
        if (!one.interfaces.includes(relay.interface)) this.fault(`${at} relays elsewhere`);
    }
    for (const name of known) if (!bound.has(name)) this.fault(`unit ${name} is in no routing instance`);
  }
}

function matchesAll(match: FilterMatch): boolean {
  return Object.values(match).every((value) => value === false || (Array.isArray(value) && value.length === 0));
}
