/**
 * The hand-off document of a link as data: everything the two parties have to agree on, and nothing that is secret.
 * Secrets appear by the names of their references.
 */
import type { Artefact, ProvenanceEntry } from "../../../compiler/contract.js";
import type { Addressing, Announcement, Circuit, Design, Tunnel } from "../../../compiler/design/design.js";
import type { Cloud, Link, LinkEnd, PlaceRef } from "../../../compiler/model/estate.js";
import { formatAddress, formatInterfaceAddress, formatPrefix } from "../../../grammar/address.js";
import { directConnectRank, higherPreferences } from "../preference.js";
import { outsideAttribute, TUNNEL_OUTPUT, tunnelOutputKey, vpnConnections } from "../vpn-connections.js";
import { type OuterAddresses, outerAddresses } from "./outer.js";
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
  /** True where this output has files for this side. */
  readonly compiled: boolean;
  /** Those of these files that configure this link. */
  readonly artefacts: readonly string[];
}

/** A route that one end sends and the other accepts. */
export interface AnnouncedRoute {
  readonly prefix: string;
  /** Longer prefixes inside it are accepted up to this length. */
  readonly upTo?: number;
  /** Prefixes of others inside it: neither these nor longer ones are accepted. */
  readonly except?: readonly string[];
  readonly owner: string;
  readonly cause: "own" | "share" | "return" | "surplus";
}

/** Addresses of one family: by the name of the end, or chosen by the provider. */
export interface FamilyAddresses {
  readonly family: "ipv4" | "ipv6";
  readonly kind: Addressing["kind"];
  readonly ends: Readonly<Record<string, string>>;
}

/** One tunnel. At AWS it is one of the two of a connection, which carries one family inside. */
export interface TunnelDocument {
  /** From 1, in its connection where it has one. */
  readonly number: number;
  /** Key of the VPN connection, as the provider's configuration names it. */
  readonly connection?: string;
  readonly addresses: readonly FamilyAddresses[];
  /** Name of the pre-shared key's reference. */
  readonly psk: string;
  /** Where the provider's outer address of this tunnel stands after apply. */
  readonly outside?: { readonly output: string; readonly key: string; readonly attribute: string };
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
  /**
   * What the far party of a Direct Connect link sets on every route that it announces to AWS, where several links of the
   * segment are preferred differently: a community, and how often it prepends its own ASN.
   */
  readonly towardsAws?: { readonly community: string; readonly prepends: number };
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
    readonly outer: readonly [OuterAddresses, OuterAddresses];
    readonly wanInterface?: string;
    readonly wanVrf?: string;
    readonly proposal: Proposal;
  };
  readonly circuits: readonly CircuitDocument[];
}

/** What the targets made: the files, and where each part of them comes from. */
export interface Made {
  readonly artefacts: readonly Pick<Artefact, "path">[];
  readonly provenance: readonly Pick<ProvenanceEntry, "file" | "id">[];
}

/** The document of a link. `made` is what the targets made, so that each side's own files can be named. */
export function linkDocument(design: Design, link: Link, made: Made): LinkDocument {
  const [first, second] = link.ends;
  const circuits = design.circuits.filter((circuit) => circuit.link.name === link.name);
  const ids = new Set([link.name, ...circuits.map((circuit) => circuit.id)]);
  const own = new Set(made.provenance.filter((one) => ids.has(one.id)).map((one) => one.file));
  const party = (end: LinkEnd): Party => partyOf(design, end, made.artefacts, own);
  return {
    formatVersion: 1,
    link: link.name,
    ...(link.doc === undefined ? {} : { description: link.doc }),
    kind: link.kind,
    ...(link.connection === undefined ? {} : { connection: link.connection.value }),
    ...(link.bandwidth === undefined ? {} : { bandwidthBitsPerSecond: link.bandwidth.value }),
    parties: [party(first), party(second)],
    ...(link.kind === "ipsec" ? { ipsec: ipsecOf(design, link) } : {}),
    circuits: circuits.map((circuit) => circuitOf(design, circuit)),
  };
}

function partyOf(design: Design, end: LinkEnd, artefacts: Made["artefacts"], own: ReadonlySet<string>): Party {
  const { kind, name } = end.place;
  const details = detailsOf(design, end.place);
  const folder = folderOf(design, end.place);
  const paths = artefacts.map((one) => one.path).filter((path) => folder !== undefined && path.startsWith(folder));
  return {
    name,
    kind,
    ...details,
    ...(end.interface === undefined ? {} : { interface: end.interface.value }),
    ours: kind !== "external" && details.platform !== "unmanaged",
    compiled: paths.length > 0,
    artefacts: paths.filter((path) => own.has(path)).sort(),
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

function isCloudOf(design: Design, place: PlaceRef, provider: Cloud["provider"]): boolean {
  return (
    place.kind === "cloud" && design.estate.clouds.some((one) => one.name === place.name && one.provider === provider)
  );
}

/** True where the module of an end says its outer addresses after apply. */
function hasTunnelOutput(design: Design, place: PlaceRef): boolean {
  return isCloudOf(design, place, "aws") || isCloudOf(design, place, "azure");
}

function ipsecOf(design: Design, link: Link): NonNullable<LinkDocument["ipsec"]> {
  const options = link.ipsec;
  const module = ({ place }: LinkEnd): string | undefined =>
    hasTunnelOutput(design, place) ? folderOf(design, place)?.replace(/\/$/, "") : undefined;
  return {
    outer: outerAddresses(link, design.estate.routers, module),
    ...(options?.wanInterface === undefined ? {} : { wanInterface: options.wanInterface.value }),
    ...(options?.wanVrf === undefined ? {} : { wanVrf: options.wanVrf.value }),
    proposal: proposalOf(options),
  };
}

/** The tunnels of a circuit: by connection and family where an end is AWS, else with all their families. */
function tunnelsOf(design: Design, circuit: Circuit, names: readonly [string, string]): readonly TunnelDocument[] {
  const document = (tunnel: Tunnel, number: number, addressing: readonly Addressing[]): TunnelDocument => ({
    number,
    addresses: addressing.map((one) => addressesOf(one, names)),
    psk: tunnel.psk.name,
  });
  const atAzure = circuit.ends.some((end) => isCloudOf(design, end.place, "azure"));
  if (!circuit.ends.some((end) => isCloudOf(design, end.place, "aws"))) {
    return circuit.tunnels.map((tunnel) => {
      const attribute = outsideAttribute(tunnel.index + 1);
      return {
        ...document(tunnel, tunnel.index + 1, tunnel.addressing),
        ...(atAzure ? { outside: { output: TUNNEL_OUTPUT, key: circuit.id, attribute } } : {}),
      };
    });
  }
  return vpnConnections(circuit).flatMap((connection) =>
    connection.tunnels.map((tunnel, index): TunnelDocument => {
      const inside = tunnel.addressing.filter((one) => one.family === connection.family);
      return {
        ...document(tunnel, index + 1, inside),
        connection: connection.key,
        outside: {
          output: TUNNEL_OUTPUT,
          key: tunnelOutputKey(circuit, connection),
          attribute: outsideAttribute(index + 1),
        },
      };
    }),
  );
}

function circuitOf(design: Design, circuit: Circuit): CircuitDocument {
  const { carries, ends } = circuit;
  const names = [ends[0].place.name, ends[1].place.name] as const;
  const rank = directConnectRank(design, circuit);
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
    tunnels: tunnelsOf(design, circuit, names),
    routing: circuit.routing,
    asns: Object.fromEntries(ends.flatMap((end) => (end.asn === undefined ? [] : [[end.place.name, end.asn]]))),
    nextHops: circuit.nextHops.map(formatAddress),
    ...(circuit.bfd === undefined ? {} : { bfdMilliseconds: circuit.bfd }),
    ...(circuit.md5 === undefined ? {} : { md5: circuit.md5.name }),
    ...(circuit.maxPrefixes === undefined ? {} : { maxPrefixes: circuit.maxPrefixes }),
    preference: circuit.preference,
    ...(rank === undefined
      ? {}
      : { towardsAws: { community: rank.community, prepends: higherPreferences(design, circuit) } }),
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
    ...(route.except === undefined ? {} : { except: route.except.map(formatPrefix) }),
    owner: route.site,
    cause: route.cause.kind,
  };
}
