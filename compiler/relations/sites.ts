/**
 * Sites: the units that routing speaks about. A site is what attaches to the network as one thing: a network at a cloud
 * or an unmanaged router, a LAN at routers of ours, or an external. Endpoints of one site share their routes.
 */
import type { Prefix } from "../../grammar/address.js";
import { compareCodePoints, type Span } from "../../grammar/source.js";
import type { DomainId, Estate, External, Lan, Located, Network, PlaceRef, Subnet } from "../model/estate.js";
import { platformOf } from "../schema/platforms.js";
import { AddressSet } from "../sets/address-set.js";

/** What a site attaches to. */
export type SiteKind = "cloud" | "lan" | "remote" | "external";

/** A unit of attachment with its endpoints. */
export interface Site {
  /** Path of the network, of the subnet where that is the LAN, or of the external. */
  readonly path: string;
  readonly kind: SiteKind;
  readonly domain: DomainId;
  /** Where it attaches; several for a LAN on several routers. Sorted by name. */
  readonly places: readonly PlaceRef[];
  /** The prefixes declared for it. */
  readonly cidrs: readonly Located<Prefix>[];
  /** A part of it can be announced by itself; else only the prefixes declared for it can. */
  readonly announcesParts: boolean;
  /** All its endpoints. */
  readonly endpoints: AddressSet;
  readonly network?: Network;
  readonly subnet?: Subnet;
  readonly external?: External;
  readonly span: Span;
}

/** All sites of an estate, sorted by path. */
export function estateSites(estate: Estate): readonly Site[] {
  const endpoints = new Map<string, AddressSet[]>();
  for (const holding of estate.holdings) {
    const list = endpoints.get(holding.site) ?? [];
    list.push(holding.addresses);
    endpoints.set(holding.site, list);
  }
  const held = (path: string): AddressSet => AddressSet.unionAll(endpoints.get(path) ?? []);
  const sites: Site[] = [];
  for (const network of estate.networks) sites.push(...networkSites(estate, network, held));
  for (const external of estate.externals) {
    sites.push({
      path: external.path,
      kind: "external",
      domain: external.domain,
      places: [{ kind: "external", name: external.name }],
      cidrs: external.cidrs,
      announcesParts: platformOf({ kind: "external" }).announcesParts,
      endpoints: held(external.path),
      external,
      span: external.span,
    });
  }
  return sites.sort((a, b) => compareCodePoints(a.path, b.path));
}

function networkSites(estate: Estate, network: Network, held: (path: string) => AddressSet): readonly Site[] {
  const announcesParts = announcesPartsOf(estate, network.place);
  const base = { domain: network.domain, network, announcesParts, span: network.span };
  if (network.place.kind === "cloud" || isUnmanaged(estate, network.place)) {
    const kind = network.place.kind === "cloud" ? "cloud" : "remote";
    return [
      {
        ...base,
        path: network.path,
        kind,
        places: [network.place],
        cidrs: network.cidrs,
        endpoints: held(network.path),
      },
    ];
  }
  if (network.subnets.length === 0) {
    const places = lanPlaces(network.lan, network.place);
    return [{ ...base, path: network.path, kind: "lan", places, cidrs: network.cidrs, endpoints: held(network.path) }];
  }
  return network.subnets.map((subnet) => ({
    ...base,
    path: subnet.path,
    kind: "lan" as const,
    places: lanPlaces(subnet.lan, network.place),
    cidrs: subnet.cidrs,
    endpoints: held(subnet.path),
    subnet,
    span: subnet.span,
  }));
}

function announcesPartsOf({ clouds, routers }: Estate, { kind, name }: PlaceRef): boolean {
  const cloud = kind === "cloud" ? clouds.find((one) => one.name === name) : undefined;
  if (cloud !== undefined) return platformOf({ kind: "cloud", cloud }).announcesParts;
  const router = routers.find((one) => one.name === name);
  return router !== undefined && platformOf({ kind: "router", router }).announcesParts;
}

function lanPlaces(lan: Lan | undefined, at: PlaceRef): readonly PlaceRef[] {
  if (lan === undefined || lan.attachments.length === 0) return [at];
  return lan.attachments
    .map((one) => ({ kind: "router" as const, name: one.router }))
    .sort((a, b) => compareCodePoints(a.name, b.name));
}

function isUnmanaged(estate: Estate, place: PlaceRef): boolean {
  return place.kind === "router" && estate.routers.find((router) => router.name === place.name)?.os === "unmanaged";
}

/** Names a site's attachment for keys: its places joined, `ash+chi` for a LAN on both. */
export function siteAnchor(site: Site): string {
  return site.places.map((place) => place.name).join("+");
}
