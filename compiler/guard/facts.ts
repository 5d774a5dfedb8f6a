/** Facts of the relations: what is open between domains, what externals reach, what leaks, which prefixes are used twice. */
import { formatPrefix } from "../../grammar/address.js";
import { compareCodePoints, type Span } from "../../grammar/source.js";
import type { DomainId, Estate, External, Holding } from "../model/estate.js";
import { type OwnedPrefix, Ownership } from "../model/ownership.js";
import type { RuleBox } from "../relations/boxes.js";
import type { PairRelation } from "../relations/pair.js";
import type { Relations } from "../relations/relations.js";
import type { RoutedBox } from "../relations/routing.js";
import { AddressSet } from "../sets/address-set.js";
import type { FlowSet } from "../sets/engine.js";
import { ServiceSet } from "../sets/service-set.js";
import { compact, counted, domainId, objectId, type Subjects } from "./ids.js";
import type { ById, GuardExposure, GuardOverlap, GuardPair, GuardRegion, GuardSurplus, ObjectId } from "./input.js";
import { holdingId, type Profiles, serviceProfile } from "./profiles.js";

/** What is open, unenforced or residual between pairs of domains; pairs without any of it are left out. May throw `BudgetExceeded`. */
export function pairsOf(relations: Relations, subjects: Subjects): ById<GuardPair> {
  const found: Record<ObjectId, GuardPair> = {};
  for (const from of relations.estate.segments) {
    for (const to of relations.estate.segments) {
      const rules = relations.rulesBetween(from.name, to.name);
      const answered = relations.rulesBetween(to.name, from.name);
      if (from !== to && rules.length === 0 && answered.length === 0) continue;
      const pair = relations.pair(from.name, to.name);
      const facts = {
        open: regionOf(pair, pair.open()),
        unenforced: from === to ? regionOf(pair, pair.unenforced()) : undefined,
        residual: regionOf(pair, pair.residual()),
        tcpResidual: regionOf(pair, pair.tcpResidual()),
      };
      if (Object.values(facts).every((region) => region === undefined)) continue;
      const span = rules[0]?.rule.span ?? from.span;
      const id = subjects.add("pair", `${from.name}->${to.name}`, span);
      const base = { from: domainId(from.name), to: domainId(to.name) };
      found[id] = compact({ ...base, rules: new Set(rules.map((box) => box.rule)).size, ...facts });
    }
  }
  return found;
}

function regionOf(pair: PairRelation, set: FlowSet): GuardRegion | undefined {
  if (pair.isVoid(set)) return undefined;
  const { any, tcpPorts, udpPorts, classes } = serviceProfile(set.services());
  return {
    any,
    tcpPorts,
    udpPorts,
    classes,
    sources: counted(set.sources().size()),
    destinations: counted(set.destinations().size()),
    pairs: counted(pair.pairs(set)),
  };
}

/** What an exposure gathers over the rules that make it. */
interface Gathered {
  readonly external: External;
  readonly direction: GuardExposure["direction"];
  readonly owner: Holding;
  services: ServiceSet;
  addresses: AddressSet;
  readonly rules: Map<ObjectId, Span>;
}

/** Which externals reach which holdings on which services, and which of them are reached: exactly the open flows. */
export function exposuresOf(relations: Relations, profiles: Profiles, subjects: Subjects): ById<GuardExposure> {
  const gathered = new Map<string, Gathered>();
  for (const external of relations.estate.externals) {
    const own = relations.topology.site(external.path)?.endpoints ?? AddressSet.empty;
    for (const box of relations.boxes) {
      if (box.from === external.domain && box.source.overlaps(own)) {
        gather(relations, profiles, gathered, { external, own, box, direction: "from-external" });
      }
      if (box.to === external.domain && box.destination.overlaps(own)) {
        gather(relations, profiles, gathered, { external, own, box, direction: "to-external" });
      }
    }
  }
  const sorted = [...gathered].sort(([a], [b]) => compareCodePoints(a, b));
  return Object.fromEntries(
    sorted.map(([name, one]) => [
      subjects.add("exposure", name, [...one.rules.values()][0]),
      exposureOf(one, profiles),
    ]),
  );
}

interface Seen {
  readonly external: External;
  readonly own: AddressSet;
  readonly box: RuleBox;
  readonly direction: GuardExposure["direction"];
}

function gather(relations: Relations, profiles: Profiles, into: Map<string, Gathered>, seen: Seen): void {
  const { external, own, box, direction } = seen;
  const isFrom = direction === "from-external";
  const domain = isFrom ? box.to : box.from;
  for (const routed of relations.routing.routed(box.from, box.to)) {
    const other = openSide(box, routed, own, isFrom);
    for (const owner of profiles.ownersOf(domain, other)) {
      if (owner.site === external.path) continue;
      const name = isFrom ? `${external.path}->${owner.path}` : `${owner.path}->${external.path}`;
      // Between two externals the same flows are told once from each side.
      const key = `${name} ${direction}`;
      const known = into.get(key) ?? {
        external,
        direction,
        owner,
        services: ServiceSet.empty,
        addresses: AddressSet.empty,
        rules: new Map<ObjectId, Span>(),
      };
      known.services = known.services.union(box.service);
      known.addresses = known.addresses.union(other.intersect(owner.addresses));
      known.rules.set(objectId("rule", box.rule.id), box.rule.span);
      into.set(key, known);
    }
  }
}

/** The far side of a rule's flows with an external, as far as a route has it. */
function openSide(box: RuleBox, routed: RoutedBox, own: AddressSet, isFrom: boolean): AddressSet {
  const near = isFrom ? box.source.intersect(routed.source) : box.destination.intersect(routed.destination);
  if (!near.overlaps(own)) return AddressSet.empty;
  return isFrom ? box.destination.intersect(routed.destination) : box.source.intersect(routed.source);
}

function exposureOf(one: Gathered, profiles: Profiles): GuardExposure {
  return {
    external: objectId("external", one.external.path),
    direction: one.direction,
    owner: holdingId(one.owner),
    domain: domainId(one.owner.domain),
    service: profiles.service(one.services),
    addresses: counted(one.addresses.size()),
    rules: [...one.rules.keys()],
  };
}

/** Prefixes that become visible in a domain beyond what is shared with it. */
export function surplusOf(relations: Relations, subjects: Subjects): ById<GuardSurplus> {
  const owners = ownerIds(relations.estate);
  const found = new Map<string, readonly [GuardSurplus, Span]>();
  for (const { name: domain } of relations.estate.segments) {
    for (const one of relations.present(domain)) {
      if (one.cause !== "surplus" || one.pair === undefined) continue;
      const prefix = formatPrefix(one.prefix);
      const key = `${domain}/${prefix}`;
      if (found.has(key)) continue;
      const share = objectId("share", one.pair.share.id);
      const owner = owners.get(one.owner) ?? objectId("network", one.owner);
      found.set(key, [{ prefix, into: domainId(domain), owner, share }, one.pair.share.span]);
    }
  }
  const sorted = [...found].sort(([a], [b]) => compareCodePoints(a, b));
  return Object.fromEntries(sorted.map(([key, [surplus, span]]) => [subjects.add("surplus", key, span), surplus]));
}

function ownerIds(estate: Estate): ReadonlyMap<string, ObjectId> {
  return new Map([
    ...estate.networks.map(({ path }) => [path, objectId("network", path)] as const),
    ...estate.externals.map(({ path }) => [path, objectId("external", path)] as const),
    ...estate.clouds.map(({ path }) => [path, objectId("cloud", path)] as const),
  ]);
}

/** Declared prefixes of different domains that have addresses in common; summaries are meant to cover others. */
export function overlapsOf(estate: Estate, subjects: Subjects): ById<GuardOverlap> {
  const ids = ownerIds(estate);
  const domains = new Map<string, DomainId>();
  const entries: OwnedPrefix[] = [];
  for (const each of [...estate.networks, ...estate.externals]) {
    domains.set(each.path, each.domain);
    const summary = "summary" in each && each.summary;
    for (const { value, span } of each.cidrs) entries.push({ prefix: value, owner: each.path, summary, span });
  }
  const found: Record<ObjectId, GuardOverlap> = {};
  for (const { later, earlier } of Ownership.of(entries).overlaps()) {
    if (domains.get(later.owner) === domains.get(earlier.owner)) continue;
    const narrow = later.prefix.length >= earlier.prefix.length ? later : earlier;
    const both = [earlier.owner, later.owner];
    const id = subjects.add("overlap", `${later.owner}/${earlier.owner}`, later.span);
    found[id] = {
      owners: both.map((path) => ids.get(path) ?? objectId("network", path)),
      domains: both.map((path) => domainId(domains.get(path) ?? "")),
      prefix: formatPrefix(narrow.prefix),
    };
  }
  return found;
}
