/** The part of a design that lies at Azure: what each virtual hub and each root module has to hold. */
import { domainsAt, wanKey } from "../../compiler/design/azure-numbers.js";
import type {
  Circuit,
  CircuitEnd,
  CloudAttachment,
  Design,
  EnforcementPoint,
  RoutingInstance,
} from "../../compiler/design/design.js";
import type { AzureCloud, DomainId, Network } from "../../compiler/model/estate.js";
import type { Prefix } from "../../grammar/address.js";

/** One circuit seen from its Azure end. */
export interface AzureCircuit {
  readonly circuit: Circuit;
  /** The Azure end and the other. */
  readonly near: CircuitEnd;
  readonly far: CircuitEnd;
  /** Position of the Azure end in `between` order. */
  readonly index: 0 | 1;
}

/** The hub of one segment at one cloud. */
export interface Hub {
  readonly domain: DomainId;
  /** Absent where `hub-cidr` has no room for it. */
  readonly prefix?: Prefix;
  /** The key of the segment's virtual WAN (`<subscription>/<segment>`), and the cloud that it lies at. */
  readonly wan: string;
  readonly home: string;
  readonly attachments: readonly CloudAttachment[];
  readonly circuits: readonly AzureCircuit[];
  readonly instance?: RoutingInstance;
}

/** One Azure cloud: the hubs of its segments and what is connected to them. */
export interface CloudSlice {
  readonly cloud: AzureCloud;
  /** Folder of the module that holds the hubs. */
  readonly folder: string;
  readonly region: string;
  /** By segment, sorted. */
  readonly hubs: readonly Hub[];
}

/** A network at Azure with where it lies. */
export interface Placed {
  readonly cloud: CloudSlice;
  readonly hub: Hub;
  readonly attachment: CloudAttachment;
  readonly network: Network;
}

/** The Azure part of a design. */
export interface AzureSlice {
  readonly design: Design;
  readonly clouds: readonly CloudSlice[];
  /** Points at subnets of these clouds, by `<path of the subnet>/<direction>`. */
  readonly points: ReadonlyMap<string, EnforcementPoint>;
}

/** The Azure clouds of a design, by name. */
export function azureClouds(design: Design): readonly AzureCloud[] {
  return design.estate.clouds.filter((cloud): cloud is AzureCloud => cloud.provider === "azure");
}

/** The folder of a cloud's module: its subscription, else its own name. */
export function folderOf(cloud: AzureCloud): string {
  return cloud.account?.value ?? cloud.name;
}

/** The folder of the module that holds a network: its own subscription's, else the cloud's. */
export function networkFolder(cloud: AzureCloud, network: Network): string {
  return network.account?.value ?? folderOf(cloud);
}

/** Cuts the Azure part out of a design. */
export function sliceDesign(design: Design): AzureSlice {
  const clouds = azureClouds(design).map((cloud) => sliceCloud(design, cloud));
  const names = new Set(clouds.map(({ cloud }) => cloud.name));
  const points = new Map<string, EnforcementPoint>();
  for (const point of design.points) {
    if (point.attachment.kind !== "subnet" || !names.has(point.place.name)) continue;
    points.set(`${point.attachment.subnet}/${point.direction}`, point);
  }
  return { design, clouds, points };
}

/** Every network of the slice, in order of clouds, segments and networks. */
export function placedNetworks({ clouds }: Pick<AzureSlice, "clouds">): readonly Placed[] {
  return clouds.flatMap((cloud) =>
    cloud.hubs.flatMap((hub) =>
      hub.attachments.map((attachment) => ({ cloud, hub, attachment, network: attachment.network })),
    ),
  );
}

function sliceCloud(design: Design, cloud: AzureCloud): CloudSlice {
  const circuits = design.circuits.flatMap((circuit) => azureCircuit(circuit, cloud.name));
  const attachments = design.attachments.filter(
    (one): one is CloudAttachment => one.kind === "cloud-network" && one.cloud === cloud.name,
  );
  const hubs = domainsAt(design, cloud.name).map((domain): Hub => {
    const wan = wanKey(cloud, domain);
    const prefix = design.azure.hubPrefixes.get(`${cloud.name}/${domain}`);
    const instance = design.instances.find(
      ({ place, domain: own }) => place.kind === "cloud" && place.name === cloud.name && own === domain,
    );
    return {
      domain,
      ...(prefix === undefined ? {} : { prefix }),
      wan,
      home: design.azure.wanHomes.get(wan) ?? cloud.name,
      attachments: attachments.filter((one) => one.domain === domain),
      circuits: circuits.filter(({ circuit }) => circuit.domain === domain),
      ...(instance === undefined ? {} : { instance }),
    };
  });
  return { cloud, folder: folderOf(cloud), region: cloud.region.value, hubs };
}

function azureCircuit(circuit: Circuit, cloud: string): readonly AzureCircuit[] {
  const [first, second] = circuit.ends;
  if (isCloud(first, cloud)) return [{ circuit, near: first, far: second, index: 0 }];
  return isCloud(second, cloud) ? [{ circuit, near: second, far: first, index: 1 }] : [];
}

function isCloud(end: CircuitEnd, cloud: string): boolean {
  return end.place.kind === "cloud" && end.place.name === cloud;
}
