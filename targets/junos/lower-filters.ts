/**
 * The input filter of an attachment in one family.
 *
 * In order: control-plane prologue, routers' addresses as sources, routers' addresses as destinations (management first),
 * source check, flows, replies, non-initial fragments, ICMP errors, and the discard of everything else. Permit terms name
 * both sides, whose sources lie inside the source check; only addresses that those discards close are filled in, where
 * that makes fewer prefixes.
 */
import type { EnforcementPoint, FilterEntry } from "../../compiler/design/design.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import { PairMemo } from "../../compiler/sets/memo.js";
import { ICMP, ICMPV6, TCP } from "../../compiler/sets/service-set.js";
import type { Family } from "../../grammar/address.js";
import { mangle } from "../shared/routers/names.js";
import { type ServiceMatch, serviceMatches } from "../shared/routers/services.js";
import { type Build, origins } from "./build.js";
import { FilterBuilder, type L4Match } from "./filter-builder.js";
import { addPrologue, type PrologueContext } from "./filter-prologue.js";
import type { FilterTerm, FirewallFilter, NumberRange } from "./model.js";

/** ICMP errors by family: unreachable, time exceeded, parameter problem; in IPv6 packet too big as well (RFC 4443). */
const ERRORS: Readonly<Record<Family, { readonly protocol: number; readonly types: readonly NumberRange[] }>> = {
  4: {
    protocol: ICMP,
    types: [
      [3, 3],
      [11, 12],
    ],
  },
  6: { protocol: ICMPV6, types: [[1, 4]] },
};

/** Reply types of ICMP by request type: echo, timestamp, and echo of ICMPv6 (language.md §7). */
const REPLY_TYPES: Readonly<Record<Family, ReadonlyMap<number, number>>> = {
  4: new Map([
    [8, 0],
    [13, 14],
  ]),
  6: new Map([[128, 129]]),
};

/** The filter of a point in one family; of a family that does not exist at the point, one that discards everything. */
export function lowerFilter(
  name: string,
  point: EnforcementPoint,
  family: Family,
  context: PrologueContext,
  build: Build,
): FirewallFilter {
  const builder = new FilterBuilder(family, build);
  if (point.families.includes(family)) {
    if (family === 6) addManagement(builder, point, context);
    addPrologue(builder, point, context);
    closeSources(builder, point, context);
    if (family === 4) addManagement(builder, point, context);
    builder.add({
      name: "own-addresses",
      destination: closedAddresses(point),
      action: "discard",
      origins: context.origins,
    });
    addRules(builder, point, context);
  }
  builder.add({ name: "default", action: "discard", count: "default-drop", log: "log", origins: [] });
  return { name, family, terms: builder.terms, origins: context.origins };
}

/** Destinations that are closed ahead of the rules. */
function closedAddresses(point: EnforcementPoint): AddressSet {
  return point.routerAddresses ?? point.ownAddresses;
}

/** No host of the LAN has an address of a router; what routers say there is the prologue. */
function closeSources(builder: FilterBuilder, { ownSources }: EnforcementPoint, context: PrologueContext): void {
  if (ownSources === undefined) return;
  builder.add({ name: "own-sources", source: ownSources, action: "discard", origins: context.origins });
}

/**
 * Management prefixes that may arrive here keep access to the router's own addresses, which is an axiom; without any there
 * is no term. In IPv6 they come ahead of the prologue, which begins by closing the router's addresses to fragments, so
 * routers' own addresses are taken out of them.
 */
function addManagement(builder: FilterBuilder, point: EnforcementPoint, context: PrologueContext): void {
  if (point.management.length === 0) return;
  const prefixes = AddressSet.ofPrefixes(point.management);
  builder.add({
    name: "own-management",
    source: builder.family === 4 ? prefixes : prefixes.subtract(point.ownSources ?? AddressSet.empty),
    destination: point.ownAddresses,
    action: "accept",
    origins: context.origins,
  });
}

function addRules(builder: FilterBuilder, point: EnforcementPoint, context: PrologueContext): void {
  const { family } = builder;
  const sources = point.sourceCheck?.family(family) ?? AddressSet.empty;
  if (sources.isEmpty()) return;
  builder.add({ name: "source-check", sourceExcept: sources, action: "discard", origins: context.origins });
  const rules = point.entries
    .filter((entry) => entry.family === family)
    .map((entry) => new Rule(point, entry, sources))
    .filter((rule) => !rule.isEmpty());
  for (const rule of rules.filter(({ entry }) => entry.kind === "flow")) rule.addTerms(builder);
  const replies = rules.filter(({ entry }) => entry.kind === "reply");
  for (const rule of replies) rule.addTerms(builder);
  addFragments(builder, rules, replies.length > 0, context);
  for (const rule of replies) rule.addErrors(builder);
}

/**
 * Later fragments of what the terms above admit. IPv6 has no condition for the offset: a first fragment that no term took
 * is closed ahead of them, and what is left of fragments behind them, so that no term below sees a piece of a packet.
 */
function addFragments(builder: FilterBuilder, rules: readonly Rule[], more: boolean, context: PrologueContext): void {
  const { family } = builder;
  const fragmented = rules.filter((rule) => rule.fragmentProtocols().length > 0);
  const close = (name: string, fragment: "first" | "later"): void =>
    builder.add({ name, match: { fragment }, action: "discard", origins: context.origins });
  if (family === 6 && fragmented.length > 0) close("first-fragments", "first");
  for (const rule of fragmented) rule.addFragments(builder);
  if (family === 6 && more) close("other-fragments", "later");
}

/** A match with the suffix of its term's name, and the protocol whose later fragments it cannot see. */
interface RuleMatch {
  readonly suffix: string;
  readonly match: L4Match;
  readonly fragments?: number;
}

/**
 * The set, with those addresses of `coarse` (which holds it) that let it be written in fewer prefixes: no packet that comes
 * so far has one of the others.
 */
const shortened = new PairMemo((set, coarse) => {
  if (coarse === set || set.prefixes().length <= 1) return set;
  const shorter = coarse.prefixes().map(AddressSet.ofPrefix);
  return AddressSet.unionAll(shorter.filter((one) => one.overlaps(set)));
});

/** What of a set lies in another. */
const common = new PairMemo((set, other) => set.intersect(other));

/** One entry of a point, in the terms of one family. */
class Rule {
  readonly entry: FilterEntry;
  private readonly source: AddressSet;
  private readonly destination: AddressSet;
  private readonly matches: readonly RuleMatch[];
  private readonly base: string;

  constructor(point: EnforcementPoint, entry: FilterEntry, sources: AddressSet) {
    const { family } = entry;
    this.entry = entry;
    const { source, destination } = entry.coarse ?? entry;
    this.source = common.of(shortened.of(entry.source, source), sources);
    this.destination = shortened.of(entry.destination, destination);
    const services = serviceMatches(entry.service, family);
    this.matches =
      entry.kind === "flow" ? services.map(flowMatch) : services.flatMap((one) => replyMatches(one, family));
    const other = entry.destinationDomain === point.domain ? "" : `-${entry.destinationDomain}`;
    this.base = `${entry.rule}${other}`;
  }

  isEmpty(): boolean {
    return this.source.isEmpty() || this.destination.isEmpty() || this.matches.length === 0;
  }

  addTerms(builder: FilterBuilder): void {
    const flow = this.entry.kind === "flow";
    for (const { suffix, match } of this.matches) {
      this.add(builder, flow ? suffix : `reply-${suffix}`, match, flow && this.entry.log ? "syslog" : "none");
    }
  }

  /** Errors about the flow that this entry answers, from those who answer to those who opened. */
  addErrors(builder: FilterBuilder): void {
    const { protocol, types } = ERRORS[builder.family];
    const match: L4Match = { protocols: [protocol], icmpTypes: types };
    this.add(builder, "errors", builder.family === 4 ? { ...match, fragment: "initial" } : match, "none");
  }

  /** Protocols of which a term above sees only the first fragment. */
  fragmentProtocols(): readonly number[] {
    return [...new Set(this.matches.flatMap(({ fragments }) => fragments ?? []))];
  }

  addFragments(builder: FilterBuilder): void {
    const word = this.entry.kind === "flow" ? "fragments" : "reply-fragments";
    for (const protocol of this.fragmentProtocols()) {
      this.add(builder, `${word}-${protocolWord(protocol)}`, { protocols: [protocol], fragment: "later" }, "none");
    }
  }

  private add(builder: FilterBuilder, suffix: string, match: L4Match, log: FilterTerm["log"]): void {
    builder.add({
      name: `${this.base}-${suffix}`,
      source: this.source,
      destination: this.destination,
      match,
      action: "accept",
      log,
      origins: origins(this.entry.rule, this.entry.sources),
    });
  }
}

function flowMatch(service: ServiceMatch): RuleMatch {
  switch (service.kind) {
    case "any":
      return { suffix: "any", match: {} };
    case "protocols":
      return {
        suffix: service.protocols.length === 1 ? protocolWord(service.protocols[0] ?? 0) : "protocols",
        match: { protocols: service.protocols },
      };
    case "ports":
      return {
        suffix: protocolWord(service.protocol),
        match: { protocols: [service.protocol], destinationPorts: service.ports },
        fragments: service.protocol,
      };
    case "icmp":
      return {
        suffix: protocolWord(service.protocol),
        match: { protocols: [service.protocol], icmpTypes: typeRanges(service.types) },
        fragments: service.protocol,
      };
    case "icmp-code":
      return {
        suffix: `${protocolWord(service.protocol)}-${service.type}`,
        match: { protocols: [service.protocol], icmpTypes: [[service.type, service.type]], icmpCodes: service.codes },
        fragments: service.protocol,
      };
  }
}

const TCP_REPLY: RuleMatch = { suffix: "tcp", match: { protocols: [TCP], tcpEstablished: true }, fragments: TCP };

/** What answers a service: TCP with ACK or RST, UDP from the service's port, ICMP by reply type, others as they are. */
function replyMatches(service: ServiceMatch, family: Family): readonly RuleMatch[] {
  const icmp = ERRORS[family].protocol;
  const allIcmp = icmpReply([...REPLY_TYPES[family].keys()], icmp, family);
  switch (service.kind) {
    case "any":
      return [TCP_REPLY, ...allIcmp, { suffix: "others", match: { protocolsExcept: [TCP, icmp] } }];
    case "protocols": {
      const others = service.protocols.filter((protocol) => protocol !== TCP && protocol !== icmp);
      return [
        ...(service.protocols.includes(TCP) ? [TCP_REPLY] : []),
        ...(service.protocols.includes(icmp) ? allIcmp : []),
        ...(others.length === 0 ? [] : [flowMatch({ kind: "protocols", protocols: others })]),
      ];
    }
    case "ports":
      return [
        {
          suffix: protocolWord(service.protocol),
          match: {
            protocols: [service.protocol],
            sourcePorts: service.ports,
            ...(service.protocol === TCP ? { tcpEstablished: true } : {}),
          },
          fragments: service.protocol,
        },
      ];
    case "icmp":
      return icmpReply(service.types, service.protocol, family);
    case "icmp-code": {
      const reply = REPLY_TYPES[family].get(service.type);
      if (reply === undefined) return [];
      const match = { protocols: [service.protocol], icmpTypes: [[reply, reply] as const], icmpCodes: service.codes };
      return [{ suffix: `${protocolWord(service.protocol)}-${reply}`, match, fragments: service.protocol }];
    }
  }
}

function icmpReply(types: readonly number[], protocol: number, family: Family): readonly RuleMatch[] {
  const replies = types.flatMap((type) => REPLY_TYPES[family].get(type) ?? []);
  if (replies.length === 0) return [];
  const match = { protocols: [protocol], icmpTypes: typeRanges(replies) };
  return [{ suffix: protocolWord(protocol), match, fragments: protocol }];
}

/** Ascending numbers as ranges. */
function typeRanges(types: readonly number[]): readonly NumberRange[] {
  const out: [number, number][] = [];
  for (const type of [...new Set(types)].sort((a, b) => a - b)) {
    const last = out.at(-1);
    if (last !== undefined && last[1] === type - 1) last[1] = type;
    else out.push([type, type]);
  }
  return out;
}

const WORDS: ReadonlyMap<number, string> = new Map([
  [1, "icmp"],
  [6, "tcp"],
  [17, "udp"],
  [58, "icmp6"],
]);

function protocolWord(protocol: number): string {
  return WORDS.get(protocol) ?? mangle(`ip-${protocol}`);
}
