/**
 * Which security groups a subnet needs and what each must admit, before anything is written as Terraform.
 *
 * A group belongs to a class of workloads: one declared host, or the subnet with all that is no declared host with
 * rules of its own. An entry of a point belongs to every class that it touches.
 */
import type { EnforcementPoint, FilterEntry } from "../../compiler/design/design.js";
import type { Host, Network, Subnet } from "../../compiler/model/estate.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import type { Family } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import type { AwsSlice, CloudSlice } from "./slice.js";

/** A direction of opening as seen from a subnet. */
export type Direction = "in" | "out";

/** One entry as a class holds it. */
export interface ClassEntry {
  readonly entry: FilterEntry;
  readonly direction: Direction;
  readonly point: string;
  /** The part of the class that the entry speaks of. */
  readonly local: AddressSet;
  /** The other side. */
  readonly remote: AddressSet;
  /** The other side as it is written: gaps that routers own are filled, which the routers' own filters close. */
  readonly written: AddressSet;
  /** True where `local` is the whole class in the entry's family. */
  readonly whole: boolean;
}

/** One security group. */
export interface GroupClass {
  /** Path of the subnet or host. */
  readonly path: string;
  readonly kind: "subnet" | "host";
  readonly subnet: string;
  readonly span: Span;
  readonly doc?: string;
  readonly addresses: AddressSet;
  readonly entries: readonly ClassEntry[];
}

/** The groups of one subnet: its own first, then those of hosts whose rules differ, by path. */
export interface SubnetGroups {
  readonly subnet: Subnet;
  readonly network: Network;
  readonly cloud: CloudSlice;
  readonly groups: readonly GroupClass[];
  /** Path of the group that each host takes. */
  readonly hostGroups: ReadonlyMap<string, string>;
}

/** The groups of every subnet of the slice, in order of clouds, networks and subnets. */
export function groupsOf(slice: AwsSlice): readonly SubnetGroups[] {
  const known = found.get(slice);
  if (known !== undefined) return known;
  const groups = slice.clouds.flatMap((cloud) =>
    cloud.attachments.flatMap(({ network }) =>
      network.subnets.map((subnet) => subnetGroups(slice, cloud, network, subnet)),
    ),
  );
  found.set(slice, groups);
  return groups;
}

/** The groups of a slice, found once: exactness and lowering both ask. */
const found = new WeakMap<AwsSlice, readonly SubnetGroups[]>();

function subnetGroups(slice: AwsSlice, cloud: CloudSlice, network: Network, subnet: Subnet): SubnetGroups {
  const points = (["in", "out"] as const).flatMap((direction) => {
    const point = slice.points.get(`${subnet.path}/${direction}`);
    return point === undefined ? [] : [{ point, direction }];
  });
  const hosts = subnet.hosts.map((host) => hostClass(subnet, host, points));
  const declared = AddressSet.unionAll(hosts.map(({ addresses }) => addresses));
  const all = AddressSet.ofPrefixes(subnet.cidrs.map(({ value }) => value));
  const rest = classOf(points, all.subtract(declared));
  const own: GroupClass = {
    path: subnet.path,
    kind: "subnet",
    subnet: subnet.path,
    span: subnet.span,
    ...(subnet.doc === undefined ? {} : { doc: subnet.doc }),
    ...rest,
  };
  const restKey = signature(own.entries);
  const differing = hosts.filter((host) => signature(host.entries) !== restKey);
  const hostGroups = new Map(
    hosts.map((host) => [host.path, differing.includes(host) ? host.path : subnet.path] as const),
  );
  return { subnet, network, cloud, groups: [widen(own, hosts, differing), ...differing], hostGroups };
}

/** The subnet's group also holds the hosts whose rules do not differ from its own. */
function widen(own: GroupClass, hosts: readonly GroupClass[], differing: readonly GroupClass[]): GroupClass {
  const joined = hosts.filter((host) => !differing.includes(host)).map(({ addresses }) => addresses);
  return joined.length === 0 ? own : { ...own, addresses: AddressSet.unionAll([own.addresses, ...joined]) };
}

interface DirectedPoint {
  readonly point: EnforcementPoint;
  readonly direction: Direction;
}

function hostClass(subnet: Subnet, host: Host, points: readonly DirectedPoint[]): GroupClass {
  const addresses = AddressSet.unionAll(host.addresses.map(({ value }) => AddressSet.ofAddress(value)));
  return {
    path: host.path,
    kind: "host",
    subnet: subnet.path,
    span: host.span,
    ...(host.doc === undefined ? {} : { doc: host.doc }),
    ...classOf(points, addresses),
  };
}

function classOf(points: readonly DirectedPoint[], addresses: AddressSet) {
  const entries: ClassEntry[] = [];
  for (const { point, direction } of points) {
    for (const entry of point.entries) {
      if (entry.kind !== "flow") continue;
      const side = direction === "in" ? entry.destination : entry.source;
      const own = addresses.family(entry.family);
      const local = side.intersect(own);
      if (local.isEmpty()) continue;
      const remote = (direction === "in" ? entry.source : entry.destination).family(entry.family);
      if (remote.isEmpty()) continue;
      const coarse = direction === "in" ? entry.coarse?.source : entry.coarse?.destination;
      const written = coarse?.family(entry.family) ?? remote;
      entries.push({ entry, direction, point: point.id, local, remote, written, whole: local.containsSet(own) });
    }
  }
  return { addresses, entries };
}

/** Equal for classes that need the same rules: what each entry adds, whichever part of the class it speaks of. */
function signature(entries: readonly ClassEntry[]): string {
  const keys = entries.map(({ entry, direction, remote, whole }) => {
    const parts = [entry.rule, direction, entry.family, remote.key(), entry.service.key(), whole];
    return parts.join("|");
  });
  return [...new Set(keys)].sort().join("\n");
}

/** The families of a class. */
export function familiesOf(group: GroupClass): readonly Family[] {
  return group.addresses.families();
}
