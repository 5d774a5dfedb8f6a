/**
 * Where a security group is coarser than a rule, whether other filters cut what it lets through beyond.
 *
 * A group belongs to a whole subnet or a declared host. A rule for another part is written into the group that holds the
 * part, with the exact other side. What it admits too much is closed where the other end has a filter that names the part
 * exactly; where two coarse groups face each other, both together may still admit a flow nobody allowed.
 */
import type { GapName } from "../../compiler/config/gaps.js";
import { accepts, type Settings } from "../../compiler/config/settings.js";
import type { Remark } from "../../compiler/contract.js";
import type { Design, EnforcementPoint, FilterEntry } from "../../compiler/design/design.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import { ServiceSet } from "../../compiler/sets/service-set.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { type Box, uncovered } from "../shared/boxes.js";
import { awsDiagnostics } from "./catalogue.js";
import { type ClassEntry, type GroupClass, groupsOf, type SubnetGroups } from "./groups.js";
import type { AwsSlice } from "./slice.js";

/** The gap that `demarc.json` can accept: a part of a subnet that nothing else on the way cuts out. */
const PART_OF_SUBNET: GapName = "part-of-subnet";

/** One class of a subnet with what is around it. */
interface Holder {
  readonly groups: SubnetGroups;
  readonly group: GroupClass;
}

/** Judges every coarse entry: a remark where other filters cut it, else an error unless the gap is accepted. */
export function judgeParts(slice: AwsSlice, settings: Settings, diagnostics: Diagnostics): readonly Remark[] {
  const holders: readonly Holder[] = groupsOf(slice).flatMap((groups) =>
    groups.groups.map((group) => ({ groups, group })),
  );
  const remarks: Remark[] = [];
  for (const holder of holders) {
    for (const entry of holder.group.entries) {
      if (entry.whole) continue;
      const cut = isCut(slice, holders, holder, entry);
      if (cut || accepts(settings, PART_OF_SUBNET, "aws")) remarks.push(remarkOf(holder, entry, cut));
      else {
        const part = entry.local.texts().join(", ");
        const params = { rule: entry.entry.rule, part, group: holder.group.path };
        diagnostics.report(awsDiagnostics["aws-part-not-cut"], params, entry.entry.sources[0]);
      }
    }
  }
  return remarks;
}

function remarkOf(holder: Holder, entry: ClassEntry, cut: boolean): Remark {
  const part = entry.local.texts().join(", ");
  const whole = `the security group of \`${holder.group.path}\` admits \`${entry.entry.rule}\` for all of it, not only for \`${part}\``;
  const why = cut ? "the filter at the other end cuts the rest; declare a host or a subnet to be exact" : "accepted";
  return {
    kind: "coarse-point",
    target: "aws",
    subject: entry.point,
    text: `${whole}; ${why}`,
    sources: entry.entry.sources,
  };
}

/** True where no flow that the coarse entry admits beyond its rule passes every other filter. */
function isCut(slice: AwsSlice, holders: readonly Holder[], holder: Holder, one: ClassEntry): boolean {
  if (!passesAnother(slice, one)) return false;
  const own = slice.points.get(`${holder.group.subnet}/${one.direction}`);
  return own !== undefined && holders.every((other) => facesExactly(own, holder, one, other));
}

/** True where every flow of the entry passes another point, which holds an entry of the same rule for it. */
function passesAnother(slice: AwsSlice, one: ClassEntry): boolean {
  const boxes = (entriesByRule(slice.design).get(one.entry.rule) ?? [])
    .filter(({ point, entry }) => point !== one.point && sameRule(entry, one.entry))
    .map(({ entry }) => entry);
  return uncovered(boxOf(one, one.local, one.remote, one.entry.service), boxes) === undefined;
}

interface PointEntry {
  readonly point: string;
  readonly entry: FilterEntry;
}

const byRule = new WeakMap<Design, ReadonlyMap<string, readonly PointEntry[]>>();

/** The entries of all points by rule, found once. */
function entriesByRule(design: Design): ReadonlyMap<string, readonly PointEntry[]> {
  const known = byRule.get(design);
  if (known !== undefined) return known;
  const out = new Map<string, PointEntry[]>();
  for (const point of design.points) {
    for (const entry of point.entries) {
      const list = out.get(entry.rule) ?? [];
      list.push({ point: point.id, entry });
      out.set(entry.rule, list);
    }
  }
  byRule.set(design, out);
  return out;
}

function sameRule(a: FilterEntry, b: FilterEntry): boolean {
  return (
    a.kind === "flow" &&
    a.rule === b.rule &&
    a.family === b.family &&
    a.sourceDomain === b.sourceDomain &&
    a.destinationDomain === b.destinationDomain
  );
}

/** True where a group at the other end admits, together with this coarse entry, nothing that the point does not. */
function facesExactly(own: EnforcementPoint, holder: Holder, one: ClassEntry, other: Holder): boolean {
  const { entry, direction } = one;
  const remoteDomain = direction === "in" ? entry.sourceDomain : entry.destinationDomain;
  if (other.groups.network.domain !== remoteDomain || !other.group.addresses.overlaps(one.remote)) return true;
  const here = holder.group.addresses.family(entry.family);
  const there = other.group.addresses.intersect(one.remote);
  const probes = probesOf(other, one);
  const probed = here.intersect(probes.source);
  if (uncovered(boxOf(one, probed, there, entry.service.intersect(probes.service)), own.entries) !== undefined) {
    return false;
  }
  for (const facing of other.group.entries) {
    if (facing.direction === direction || facing.entry.family !== entry.family) continue;
    const local = here.intersect(facing.remote);
    const service = entry.service.intersect(facing.entry.service);
    if (local.isEmpty() || service.isEmpty()) continue;
    if (uncovered(boxOf(one, local, there, service), own.entries) !== undefined) return false;
  }
  return true;
}

/** Who may open what at the other end by its health probes, beside all rules; nobody where the entry comes from there. */
function probesOf(other: Holder, one: ClassEntry): { readonly source: AddressSet; readonly service: ServiceSet } {
  const { subnet, network } = other.groups;
  if (one.direction === "in" || subnet.healthProbes === undefined) {
    return { source: AddressSet.empty, service: ServiceSet.empty };
  }
  const source = AddressSet.ofPrefixes(network.subnets.flatMap(({ cidrs }) => cidrs.map(({ value }) => value)));
  return { source: source.family(one.entry.family), service: subnet.healthProbes.value };
}

function boxOf(one: ClassEntry, local: AddressSet, remote: AddressSet, service: ServiceSet): Box {
  return one.direction === "in"
    ? { source: remote, destination: local, service }
    : { source: local, destination: remote, service };
}
