/** Finds in a readback what stands for each point of the estate: interfaces by router, port and tags; subnets by path. */

import type { Design, EnforcementPoint } from "../design/design.js";
import type { Subnet } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import { type Port, portKey, portOfEnd, portOfLan, portOwners } from "./design-ports.js";
import type { ReadTarget, StructureFinding, Subject } from "./judged.js";
import { readIndex } from "./read-index.js";
import type { ReadBinding, ReadInterface } from "./readback.js";

/** A point with what was read for it. */
export interface MatchedPoint {
  readonly point: EnforcementPoint;
  readonly target: ReadTarget;
  readonly interface?: ReadInterface;
  /** Bindings in the direction of the point; of a subnet by the path of those that take the group. */
  readonly bindings: readonly ReadBinding[];
}

/** All matches, and what could not be matched. */
export interface PointMatches {
  readonly matched: readonly MatchedPoint[];
  readonly findings: readonly StructureFinding[];
  /** Points at places whose target has no reader. */
  readonly unread: readonly EnforcementPoint[];
  /** Points that no file of ours renders: the other party types its half from a hand-off document. */
  readonly handedOff: readonly EnforcementPoint[];
}

/** The router that a device is. */
export function placeOf(target: ReadTarget, device: string): string | undefined {
  return readIndex(target).places.get(device);
}

/** Port and tags of a point; undefined where it is none or has no interface of ours. */
function portOf(design: Design, { attachment }: EnforcementPoint): Port | undefined {
  if (attachment.kind === "subnet") return undefined;
  const { router } = attachment;
  if (attachment.kind === "circuit") {
    const circuit = design.circuits.find((one) => one.id === attachment.circuit);
    const end = circuit?.ends[0].place.name === router ? 0 : 1;
    return circuit === undefined ? undefined : portOfEnd(circuit, end);
  }
  const lan = design.attachments.find((one) => one.kind === "lan" && one.id === attachment.lan);
  const here = lan?.kind === "lan" ? lan.attachments.find((one) => one.router === router) : undefined;
  return here === undefined ? undefined : portOfLan(here);
}

/** Ports of circuits between two routers of ours, where nothing is filtered. */
function unfilteredPorts(design: Design): ReadonlySet<string> {
  const points = new Set(design.points.map((point) => point.id));
  return new Set(
    [...portOwners(design)].flatMap(([key, owners]) =>
      owners.some(
        (one) => one.kind === "circuit" && !points.has(`${one.circuit.id}@${one.circuit.ends[one.end].place.name}/in`),
      )
        ? [key]
        : [],
    ),
  );
}

/** Matches every point of the design, and every interface that was read. */
export function matchPoints({ design, read }: Subject): PointMatches {
  const findings: StructureFinding[] = [];
  const interfaces = indexInterfaces(read, findings);
  const matched: MatchedPoint[] = [];
  const unread: EnforcementPoint[] = [];
  const handedOff: EnforcementPoint[] = [];
  const used = new Set<string>();
  const subnets = new Map(
    design.estate.networks.flatMap((network) => network.subnets.map((one) => [one.path, one] as const)),
  );
  for (const point of design.points) {
    const target = read.find((one) => one.places.includes(point.place.name));
    if (target === undefined) unread.push(point);
    else if (point.attachment.kind === "subnet") {
      findings.push(...subnetFindings(subnets, target, point));
      matched.push({ point, target, bindings: workloadBindings(target, point) });
    } else {
      const port = portOf(design, point);
      if (port === undefined) {
        handedOff.push(point);
        continue;
      }
      const found = interfaces.get(portKey(port));
      if (found === undefined) {
        findings.push({ plane: "filter", kind: "missing-interface", subject: point.id, what: describePort(port) });
        continue;
      }
      used.add(portKey(port));
      const bindings = interfaceBindings(target, found, point.direction);
      matched.push({ point, target, interface: found, bindings });
    }
  }
  for (const port of unfilteredPorts(design)) used.add(port);
  for (const [key, one] of interfaces) {
    if (used.has(key)) continue;
    const what = "no network and no link of the estate is there";
    findings.push({ plane: "filter", kind: "stray-interface", subject: one.id, what, place: one.at });
  }
  return { matched, findings, unread, handedOff };
}

/** A subnet is there under its path, once, with the addresses that the estate gives it. */
function subnetFindings(
  subnets: ReadonlyMap<string, Subnet>,
  target: ReadTarget,
  point: EnforcementPoint,
): readonly StructureFinding[] {
  const { attachment, direction } = point;
  if (attachment.kind !== "subnet" || direction === "out") return [];
  const about = { plane: "filter", kind: "missing-interface", subject: attachment.subnet } as const;
  const [found, more] = readIndex(target).attachments.get(attachment.subnet) ?? [];
  if (found === undefined) return [{ ...about, what: "no subnet has this path in the outputs of its module" }];
  if (more !== undefined) return [{ ...about, what: "two subnets have this path", place: more.at }];
  const subnet = subnets.get(attachment.subnet);
  if (found.addresses === undefined && subnet !== undefined && subnet.existing === undefined)
    return [{ ...about, what: "an existing subnet stands in the place of one that is to be created", place: found.at }];
  const cidrs = subnet?.cidrs ?? [];
  const meant = AddressSet.ofPrefixes(cidrs.map((cidr) => cidr.value));
  if (found.addresses === undefined || found.addresses.equals(meant)) return [];
  const what = `the subnet has ${found.addresses.texts().join(", ")}, not ${meant.texts().join(", ")}`;
  return [{ ...about, what, place: found.at }];
}

function describePort({ port, vlan, outerVlan }: Port): string {
  const tags = [outerVlan, vlan].filter((tag) => tag !== undefined);
  return `nothing is configured on \`${port}\`${tags.length === 0 ? "" : ` with VLAN ${tags.join(".")}`}`;
}

/** Every interface that was read, by port and tags; one more with the same port and tags would be judged by nobody. */
function indexInterfaces(
  read: readonly ReadTarget[],
  findings: StructureFinding[],
): ReadonlyMap<string, ReadInterface> {
  const out = new Map<string, ReadInterface>();
  for (const target of read) {
    for (const one of target.readback.interfaces) {
      const { port, vlan, outerVlan } = one;
      const key = portKey({ router: placeOf(target, one.device) ?? one.device, port, vlan, outerVlan });
      if (!out.has(key)) out.set(key, one);
      else {
        const what = "another interface has the same port and tags";
        findings.push({ plane: "filter", kind: "stray-interface", subject: one.id, what, place: one.at });
      }
    }
  }
  return out;
}

function interfaceBindings(target: ReadTarget, at: ReadInterface, direction: "in" | "out"): readonly ReadBinding[] {
  return (readIndex(target).atInterface.get(at.id) ?? []).filter((one) => one.direction === direction);
}

/** Groups of the subnet and of hosts inside it, and what stands before the subnet as a whole. */
function workloadBindings(target: ReadTarget, { attachment, direction }: EnforcementPoint): readonly ReadBinding[] {
  if (attachment.kind !== "subnet") return [];
  return (readIndex(target).atSubnet.get(attachment.subnet) ?? []).filter((one) => one.direction === direction);
}
