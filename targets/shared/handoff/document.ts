/**
 * The hand-off document of a link as data: everything the two parties have to agree on, and nothing that is secret.
 * Secrets appear by the names of their references.
 */
import type { Artefact } from "../../../compiler/contract.js";
import type { Addressing, Announcement, Circuit, Design } from "../../../compiler/design/design.js";
import type { Link, LinkEnd, PlaceRef } from "../../../compiler/model/estate.js";
import { formatAddress, formatInterfaceAddress, formatPrefix } from "../../../grammar/address.js";
import { type Proposal, proposalOf } from "./proposal.js";

/** One side of a link. */
export interface Party {
  readonly name: string;
  readonly kind: PlaceRef["kind"];
  /** `aws`, `junos`, `unmanaged`, …; absent for an external. */
  readonly platform?: string;
  readonly region?: string;
  readonly account?: string;
  readonly site?: string;
  readonly description?: string;
  readonly interface?: string;
  /** False for an external and an unmanaged router: somebody else configures that side. */
  readonly ours: boolean;
  /** Files of this output that configure this side; empty where it has to be configured from this document. */
  readonly artefacts: readonly string[];
}

/** A route that one end sends and the other accepts. */
export interface AnnouncedRoute {
  readonly prefix: string;
  /** Longer prefixes inside it are accepted up to this length. */
  readonly upTo?: number;
  readonly owner: string;
  readonly cause: "own" | "share" | "return" | "surplus";
}

/** Addresses of one family: by the name of the end, or chosen by the provider. */
export interface FamilyAddresses {
  readonly family: "ipv4" | "ipv6";
  readonly kind: Addressing["kind"];
  readonly ends: Readonly<Record<string, string>>;
}

/** One tunnel. */
export interface TunnelDocument {
  readonly number: number;
  readonly addresses: readonly FamilyAddresses[];
  /** Name of the pre-shared key's reference. */
  readonly psk: string;
}

/** What the link carries of one segment. */
export interface CircuitDocument {
  readonly id: string;
  readonly segment: string;
  readonly vlan?: number;
  readonly outerVlan?: number;
  readonly circuit?: string;
  readonly path?: string;
  readonly bandwidthBitsPerSecond?: number;
  readonly mtu: number;
  readonly addresses: readonly FamilyAddresses[];
  readonly tunnels: readonly TunnelDocument[];
  readonly routing: "bgp" | "static";
  readonly asns: Readonly<Record<string, number>>;
  readonly nextHops: readonly string[];
  readonly bfdMilliseconds?: number;
  /** Name of the MD5 key's reference. */
  readonly md5?: string;
  readonly maxPrefixes?: number;
  readonly preference: number;
  readonly announces: Readonly<Record<string, readonly AnnouncedRoute[]>>;
}

/** The document of one link. */
export interface LinkDocument {
  readonly formatVersion: 1;
  readonly link: string;
  readonly description?: string;
  readonly kind: string;
  readonly connection?: string;
  readonly bandwidthBitsPerSecond?: number;
  readonly parties: readonly [Party, Party];
  readonly ipsec?: {
    readonly public: readonly string[];
    readonly peerPublic: readonly string[];
    readonly wanInterface?: string;
    readonly wanVrf?: string;
    readonly proposal: Proposal;
  };
  readonly circuits: readonly CircuitDocument[];
}

/** The document of a link. `artefacts` are those of the targets, so that each side's own files can be named. */
export function linkDocument(design: Design, link: Link, artefacts: readonly Artefact[]): LinkDocument {
  const [first, second] = link.ends;
  const circuits = design.circuits.filter((circuit) => circuit.link.name === link.name);
  return {
    formatVersion: 1,
    link: link.name,
    ...(link.doc === undefined ? {} : { description: link.doc }),
    kind: link.kind,
    ...(link.connection === undefined ? {} : { connection: link.connection.value }),
    ...(link.bandwidth === undefined ? {} : { bandwidthBitsPerSecond: link.bandwidth.value }),
    parties: [partyOf(design, first, artefacts), partyOf(design, second, artefacts)],
    ...(link.kind === "ipsec" ? { ipsec: ipsecOf(link) } : {}),
    circuits: circuits.map(circuitOf),
  };
}

function partyOf(design: Design, end: LinkEnd, artefacts: readonly Artefact[]): Party {
  const { kind, name } = end.place;
  const details = detailsOf(design, end.place);
  const folder = folderOf(design, end.place);
  const own = folder === undefined ? [] : artefacts.filter((one) => one.path.startsWith(folder)).map((one) => one.path);
  return {
    name,
    kind,
    ...details,
    ...(end.interface === undefined ? {} : { interface: end.interface.value }),
    ours: kind !== "external" && details.platform !== "unmanaged",
    artefacts: [...own].sort(),
  };
}

type Details = Pick<Party, "platform" | "region" | "account" | "site" | "description">;

function detailsOf(design: Design, place: PlaceRef): Details {
  const { estate } = design;
  const cloud = place.kind === "cloud" ? estate.clouds.find((one) => one.name === place.name) : undefined;
  if (cloud !== undefined) {
    const account = cloud.account === undefined ? {} : { account: cloud.account.value };
    return { platform: cloud.provider, region: cloud.region.value, ...account };
  }
  const router = place.kind === "router" ? estate.routers.find((one) => one.name === place.name) : undefined;
  if (router !== undefined)
    return { platform: router.os, ...(router.site === undefined ? {} : { site: router.site.value }) };
  const external = estate.externals.find((one) => one.name === place.name);
  return external?.description === undefined ? {} : { description: external.description.value };
}

/** Where language.md section 8 puts the files of a place. */
function folderOf(design: Design, place: PlaceRef): string | undefined {
  if (place.kind === "router") return `routers/${place.name}/`;
  const cloud = design.estate.clouds.find((one) => place.kind === "cloud" && one.name === place.name);
  return cloud === undefined ? undefined : `${cloud.provider}/${cloud.account?.value ?? cloud.name}/`;
}

function ipsecOf(link: Link): NonNullable<LinkDocument["ipsec"]> {
  const options = link.ipsec;
  return {
    public: (options?.public ?? []).map((one) => formatAddress(one.value)),
    peerPublic: (options?.peerPublic ?? []).map((one) => formatAddress(one.value)),
    ...(options?.wanInterface === undefined ? {} : { wanInterface: options.wanInterface.value }),
    ...(options?.wanVrf === undefined ? {} : { wanVrf: options.wanVrf.value }),
    proposal: proposalOf(options),
  };
}

function circuitOf(circuit: Circuit): CircuitDocument {
  const { carries, ends } = circuit;
  const names = [ends[0].place.name, ends[1].place.name] as const;
  return {
    id: circuit.id,
    segment: circuit.domain,
    ...(circuit.vlan === undefined ? {} : { vlan: circuit.vlan }),
    ...(circuit.outerVlan === undefined ? {} : { outerVlan: circuit.outerVlan }),
    ...(carries.circuit === undefined ? {} : { circuit: carries.circuit.value }),
    ...(carries.path === undefined ? {} : { path: carries.path.value }),
    ...(circuit.bandwidth === undefined ? {} : { bandwidthBitsPerSecond: circuit.bandwidth }),
    mtu: circuit.mtu,
    addresses: circuit.addressing.map((one) => addressesOf(one, names)),
    tunnels: circuit.tunnels.map((tunnel) => ({
      number: tunnel.index,
      addresses: tunnel.addressing.map((one) => addressesOf(one, names)),
      psk: tunnel.psk.name,
    })),
    routing: circuit.routing,
    asns: Object.fromEntries(ends.flatMap((end) => (end.asn === undefined ? [] : [[end.place.name, end.asn]]))),
    nextHops: circuit.nextHops.map(formatAddress),
    ...(circuit.bfd === undefined ? {} : { bfdMilliseconds: circuit.bfd }),
    ...(circuit.md5 === undefined ? {} : { md5: circuit.md5.name }),
    ...(circuit.maxPrefixes === undefined ? {} : { maxPrefixes: circuit.maxPrefixes }),
    preference: circuit.preference,
    announces: Object.fromEntries(ends.map((end) => [end.place.name, end.announces.map(announcedOf)])),
  };
}

function addressesOf(one: Addressing, names: readonly [string, string]): FamilyAddresses {
  const family = one.family === 4 ? "ipv4" : "ipv6";
  if (one.kind === "provider") return { family, kind: one.kind, ends: {} };
  const ends = one.ends.map((address, index) => [names[index] ?? "", formatInterfaceAddress(address)] as const);
  return { family, kind: one.kind, ends: Object.fromEntries(ends) };
}

function announcedOf(route: Announcement): AnnouncedRoute {
  return {
    prefix: formatPrefix(route.prefix),
    ...(route.upTo === undefined ? {} : { upTo: route.upTo }),
    owner: route.site,
    cause: route.cause.kind,
  };
}
