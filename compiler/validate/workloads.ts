/**
 * Stateful filters of workloads: the groups of a subnet and of its hosts, over packets that open a flow.
 *
 * A group does not see the address of the workload that takes it. Where rules speak of a part of a subnet it admits for the
 * whole of it: that is coarse, and good where another filter on the way cuts it or `demarc.json` accepts the gap by name.
 */
import { accepts } from "../config/settings.js";
import type { DomainId } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import { combine, INTERSECTION } from "../sets/bounds.js";
import { PairMemo } from "../sets/memo.js";
import { admittedBy, type Comparison, differenceOf, filtersOf, spaceFor } from "./comparison.js";
import { crossingCubes, OPENING } from "./expected-packets.js";
import { groupsOf } from "./groups.js";
import type { Coarse, Finding, Subject } from "./judged.js";
import { type OtherPoints, survivors } from "./other-points.js";
import type { PacketSet } from "./packet-set.js";
import { type Cube, cubes, everyPacket, type Transport } from "./packet-space.js";
import type { ReadFilter } from "./readback.js";

/** Findings, and what is coarse. */
interface Outcome {
  readonly findings: readonly Finding[];
  readonly coarse: readonly Coarse[];
}

/** Judges the groups of one subnet in one direction and family. */
export function judgeWorkloads(
  one: Comparison,
  filters: ReadonlyMap<string, ReadFilter>,
  others: OtherPoints,
): Outcome {
  const { point } = one.intended;
  if (!point.families.includes(one.family)) return closedFamily(one);
  const findings: Finding[] = [...judgeWhole(one, filters)];
  const coarse: Coarse[] = [];
  for (const members of groupsOf(one)) {
    const here = members.addresses.family(one.family);
    if (here.isEmpty()) continue;
    const group = filtersOf(members, one.family, filters);
    if (group.length === 0) {
      const what = `IPv${one.family} packets pass without a filter`;
      findings.push({ plane: "filter", kind: "no-filter", subject: `${members.path}/${point.direction}`, what });
      continue;
    }
    const found = compare({ ...one, filters: group }, here, others);
    findings.push(...found.findings);
    coarse.push(...found.coarse);
  }
  return { findings, coarse };
}

/**
 * What stands before a subnet as a whole sees neither state nor who takes which group: it has to let everything pass, so
 * that replies, fragments and errors do, and groups decide.
 */
function judgeWhole(one: Comparison, filters: ReadonlyMap<string, ReadFilter>): readonly Finding[] {
  const bindings = one.match.bindings.filter((binding) => binding.where.kind === "subnet");
  const whole = filtersOf({ bindings }, one.family, filters);
  if (whole.length === 0) return [];
  const space = spaceFor(one.subject, [], whole, one.family);
  const everything = space.cubes(cubes(everyPacket(one.family), "may"));
  const closed = space.subtract(everything, admittedBy(space, whole, one.family, everything, true, "least"));
  return differenceOf({ ...one, filters: whole }, space, "closes", closed);
}

/** Nobody has an address of a family that the subnet lacks; what its group admits there reaches nobody. */
function closedFamily({ family, filters, intended }: Comparison): Outcome {
  const groups = filters.filter((filter) => filter.state === "stateful");
  const open = groups.flatMap((filter) =>
    filter.rules.filter((rule) => rule.action === "admit" && rule.matches.some((match) => match.family === family)),
  );
  const findings = open.map((rule): Finding => {
    const what = `\`${rule.name}\` admits IPv${family}, which the subnet does not have`;
    return { plane: "filter", kind: "stray-filter", subject: intended.point.id, what, place: rule.at };
  });
  return { findings, coarse: [] };
}

const openings = new WeakMap<Transport, Transport>();

/** Those of some packets that open a flow. */
function opening(cube: Cube): Cube {
  const { transport } = cube;
  const known = openings.get(transport);
  if (known !== undefined) return { ...cube, transport: known };
  const made = {
    ...transport,
    fragment: combine(transport.fragment, OPENING.fragment, INTERSECTION),
    established: combine(transport.established, OPENING.established, INTERSECTION),
  };
  openings.set(transport, made);
  return { ...cube, transport: made };
}

function compare(one: Comparison, here: AddressSet, others: OtherPoints): Outcome {
  const { family, subject } = one;
  const side = one.intended.point.direction === "in" ? "destination" : "source";
  const remote = side === "source" ? "destination" : "source";
  const inside = new PairMemo((a, b) => a.intersect(b));
  const must = crossingCubes(one.intended.crossings, family)
    .map((cube) => opening({ ...cube, [side]: inside.of(cube[side], here) }))
    .filter((cube) => !cube[side].isEmpty() && cube.transport.fragment.length > 0);
  const ignored = routerOwned(one).family(family);
  const space = spaceFor(subject, must, one.filters, family, [here, ignored]);
  const base = { ...everyPacket(family), [side]: here };
  const all = AddressSet.allOf(family);
  const universe = space.cubes(cubes({ ...base, [remote]: all.subtract(ignored) }, "may").map(opening));
  const admitted = (which: "most" | "least"): PacketSet =>
    space.intersect(admittedBy(space, one.filters, family, universe, true, which), universe);
  const most = admitted("most");
  const least = one.filters.some((filter) => filter.least !== undefined) ? admitted("least") : most;
  const mustSet = space.cubes(must);
  const findings: Finding[] = [...differenceOf(one, space, "closes", space.subtract(mustSet, least))];
  const excess = space.subtract(most, mustSet);
  if (space.isEmpty(excess)) return { findings, coarse: [] };
  // A group that cannot tell its members apart admits for all what some of them may have.
  const closure = space.cubes(must.map((cube) => ({ ...cube, [side]: here })));
  const wrong = space.subtract(excess, closure);
  findings.push(...differenceOf(one, space, "opens", wrong));
  const rest = space.regions(space.intersect(excess, closure));
  if (rest.length === 0) return { findings, coarse: [] };
  const left = survivors(one, rest, others);
  const { id } = one.intended.point;
  const accepted = left.set !== left.space.none && accepts(subject.settings, "part-of-subnet", one.match.target.target);
  if (!accepted) findings.push(...differenceOf(one, left.space, "opens", left.set));
  return { findings, coarse: [{ point: id, family, regions: rest, accepted }] };
}

const ownedMemo = new WeakMap<Subject, Map<string, AddressSet>>();

/** Addresses of routers on LANs of the segment and of those that meet it: their own filters close them. */
function routerOwned({ intended, subject }: Comparison): AddressSet {
  const domains = [...new Set([intended.point.domain, ...intended.crossings.flatMap((one) => [one.from, one.to])])];
  const memo = ownedMemo.get(subject) ?? new Map<string, AddressSet>();
  ownedMemo.set(subject, memo);
  const key = JSON.stringify(domains.sort());
  const found = memo.get(key) ?? ownedIn(subject, new Set(domains));
  memo.set(key, found);
  return found;
}

function ownedIn({ relations, design }: Subject, domains: ReadonlySet<DomainId>): AddressSet {
  const owned: AddressSet[] = [];
  for (const lan of design.attachments) {
    if (lan.kind !== "lan" || !domains.has(lan.domain)) continue;
    const addresses = [
      ...lan.gateways,
      ...lan.attachments.flatMap((each) => each.addresses.map((a) => a.value.address)),
    ];
    owned.push(AddressSet.unionAll(addresses.map(AddressSet.ofAddress)));
  }
  const endpoints = [...domains].flatMap((each) => relations.topology.sitesOf(each).map((site) => site.endpoints));
  return AddressSet.unionAll(owned).subtract(AddressSet.unionAll(endpoints));
}
