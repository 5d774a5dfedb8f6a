/** The part of a design that lies at AWS: what each transit gateway and each root module has to hold. */
import type {
  Circuit,
  CircuitEnd,
  CloudAttachment,
  Design,
  EnforcementPoint,
  RoutingInstance,
} from "../../compiler/design/design.js";
import type { AwsCloud, DomainId } from "../../compiler/model/estate.js";
import { compareCodePoints } from "../../grammar/source.js";

/** One circuit seen from its AWS end. */
export interface AwsCircuit {
  readonly circuit: Circuit;
  /** The AWS end and the other. */
  readonly near: CircuitEnd;
  readonly far: CircuitEnd;
  /** Position of the AWS end in `between` order. */
  readonly index: 0 | 1;
  /** The far end is a router that we configure, which then filters what it accepts and sends. */
  readonly managed: boolean;
}

/** One AWS cloud: a transit gateway and what is attached to it. */
export interface CloudSlice {
  readonly cloud: AwsCloud;
  /** Folder of the module that holds the hub. */
  readonly folder: string;
  readonly region: string;
  readonly attachments: readonly CloudAttachment[];
  /** By domain, sorted. */
  readonly instances: readonly RoutingInstance[];
  readonly circuits: readonly AwsCircuit[];
  /** Domains that need a route table, sorted. */
  readonly domains: readonly DomainId[];
}

/** The AWS part of a design. */
export interface AwsSlice {
  readonly design: Design;
  readonly clouds: readonly CloudSlice[];
  /** Points at subnets of these clouds, by `<path of the subnet>/<direction>`. */
  readonly points: ReadonlyMap<string, EnforcementPoint>;
}

/** The AWS clouds of a design, by name. */
export function awsClouds(design: Design): readonly AwsCloud[] {
  return design.estate.clouds.filter((cloud): cloud is AwsCloud => cloud.provider === "aws");
}

/** The folder of a cloud's module: its account, else its own name. */
export function folderOf(cloud: AwsCloud): string {
  return cloud.account?.value ?? cloud.name;
}

/** The folder of the module that holds a network: its own account's, else the cloud's. */
export function networkFolder(cloud: AwsCloud, attachment: CloudAttachment): string {
  return attachment.network.account?.value ?? folderOf(cloud);
}

/** Cuts the AWS part out of a design. */
export function sliceDesign(design: Design): AwsSlice {
  const clouds = awsClouds(design)
    .filter((cloud) => cloud.hub === "transit-gateway")
    .map((cloud) => sliceCloud(design, cloud));
  const networks = new Set(clouds.flatMap((cloud) => cloud.attachments.map((attachment) => attachment.id)));
  const points = new Map<string, EnforcementPoint>();
  for (const point of design.points) {
    if (point.attachment.kind !== "subnet" || !networks.has(point.attachment.network)) continue;
    points.set(`${point.attachment.subnet}/${point.direction}`, point);
  }
  return { design, clouds, points };
}

function sliceCloud(design: Design, cloud: AwsCloud): CloudSlice {
  const attachments = design.attachments.filter(
    (one): one is CloudAttachment => one.kind === "cloud-network" && one.cloud === cloud.name,
  );
  const instances = design.instances.filter(({ place }) => place.kind === "cloud" && place.name === cloud.name);
  const circuits = design.circuits.flatMap((circuit) => awsCircuit(design, circuit, cloud.name));
  const domains = new Set([
    ...instances.map(({ domain }) => domain),
    ...attachments.map(({ domain }) => domain),
    ...circuits.map(({ circuit }) => circuit.domain),
  ]);
  return {
    cloud,
    folder: folderOf(cloud),
    region: cloud.region.value,
    attachments,
    instances,
    circuits,
    domains: [...domains].sort(compareCodePoints),
  };
}

function awsCircuit(design: Design, circuit: Circuit, cloud: string): readonly AwsCircuit[] {
  const [first, second] = circuit.ends;
  if (isCloud(first, cloud))
    return [{ circuit, near: first, far: second, index: 0, managed: isManaged(design, second) }];
  if (!isCloud(second, cloud)) return [];
  return [{ circuit, near: second, far: first, index: 1, managed: isManaged(design, first) }];
}

function isManaged(design: Design, { place }: CircuitEnd): boolean {
  if (place.kind !== "router") return false;
  return design.estate.routers.some(({ name, os }) => name === place.name && os !== "unmanaged");
}

function isCloud(end: CircuitEnd, cloud: string): boolean {
  return end.place.kind === "cloud" && end.place.name === cloud;
}
