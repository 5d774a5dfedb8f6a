/**
 * What each platform can do, as one table: whether it passes traffic between its attachments, joins its clouds natively,
 * can be a meeting place of shares, and what such a meeting leaks beyond the share. Language.md §7 rests on it; nothing
 * asks "is it a router" instead.
 */
import type { Cloud, RouterOs } from "../model/estate.js";

/** How exactly a share meets at a platform. */
export interface MeetingCapability {
  /** `both`: source and destination attached there; `one-behind-link`: one of them may lie behind a link. `any`: both may. */
  readonly serves: "both" | "one-behind-link" | "any";
  /** What is leaked beyond the shared and returned prefixes. */
  readonly surplus: {
    /** For two attached sides: nothing, the whole networks concerned, or every attached network of both domains. */
    readonly attached: "none" | "networks" | "domains";
    /** For the side behind a link: every prefix of its domain that comes over those links, or nothing. */
    readonly behindLink: "none" | "learned";
  };
}

/** One row of the platform table. */
export interface PlatformCapability {
  /** A packet may enter by one attachment or link and leave by another link. */
  readonly passesTraffic: boolean;
  /** Clouds of one account are one fabric per domain. */
  readonly joinsNatively: boolean;
  /** Absent: no share meets here. */
  readonly meeting?: MeetingCapability;
  /** A part of an attached network can be announced as a prefix of its own, beside the network's. */
  readonly announcesParts: boolean;
  /** Filters what enters or leaves its attachments, with or without state. */
  readonly enforcement: "stateful" | "stateless" | "none";
}

/** Rows of the platform table. */
export type PlatformKey =
  | "aws/transit-gateway"
  | "aws/cloud-wan"
  | "azure/virtual-wan"
  | "gcp/vpc-network"
  | "router/managed"
  | "router/unmanaged"
  | "external";

/** The platform table. Sources: language.md §7 (Sharing, Routing, Enforcement) and the vendors' own documents. */
export const platforms: Readonly<Record<PlatformKey, PlatformCapability>> = {
  // Static routes in a transit gateway route table are exact; a propagated Direct Connect or VPN attachment brings all it
  // learned ("How transit gateways work"). Transit gateways are never joined to each other.
  "aws/transit-gateway": {
    passesTraffic: false,
    joinsNatively: false,
    meeting: { serves: "one-behind-link", surplus: { attached: "none", behindLink: "learned" } },
    announcesParts: true,
    enforcement: "stateful",
  },
  "aws/cloud-wan": {
    passesTraffic: false,
    joinsNatively: true,
    meeting: { serves: "one-behind-link", surplus: { attached: "none", behindLink: "learned" } },
    announcesParts: true,
    enforcement: "stateful",
  },
  // A peering exchanges the whole address spaces of the two virtual networks and is not transitive ("Virtual network
  // peering"), so only attached sides are served. A hub announces the prefixes of address spaces, which are disjoint and
  // stay while a network is connected ("Virtual WAN FAQ").
  "azure/virtual-wan": {
    passesTraffic: false,
    joinsNatively: true,
    meeting: { serves: "both", surplus: { attached: "networks", behindLink: "none" } },
    announcesParts: false,
    enforcement: "stateful",
  },
  // A peering always exchanges all subnet routes of both VPC networks ("VPC Network Peering").
  "gcp/vpc-network": {
    passesTraffic: false,
    joinsNatively: true,
    meeting: { serves: "one-behind-link", surplus: { attached: "domains", behindLink: "learned" } },
    announcesParts: true,
    enforcement: "stateful",
  },
  "router/managed": {
    passesTraffic: true,
    joinsNatively: false,
    meeting: { serves: "any", surplus: { attached: "none", behindLink: "none" } },
    announcesParts: true,
    enforcement: "stateless",
  },
  "router/unmanaged": { passesTraffic: true, joinsNatively: false, announcesParts: false, enforcement: "none" },
  external: { passesTraffic: false, joinsNatively: false, announcesParts: false, enforcement: "none" },
};

/** A place as the platform table sees it. */
export type PlatformPlace =
  | { readonly kind: "cloud"; readonly cloud: Cloud }
  | { readonly kind: "router"; readonly router: { readonly os: RouterOs } }
  | { readonly kind: "external" };

/** The row of the table for a place. */
export function platformKey(place: PlatformPlace): PlatformKey {
  if (place.kind === "external") return "external";
  if (place.kind === "router") return place.router.os === "unmanaged" ? "router/unmanaged" : "router/managed";
  if (place.cloud.provider === "aws") return place.cloud.hub === "cloud-wan" ? "aws/cloud-wan" : "aws/transit-gateway";
  return place.cloud.provider === "azure" ? "azure/virtual-wan" : "gcp/vpc-network";
}

/** What the platform of a place can do. */
export function platformOf(place: PlatformPlace): PlatformCapability {
  return platforms[platformKey(place)];
}

/** True where a packet may pass from one attachment or link of the place to another link. */
export function passesTraffic(place: PlatformPlace): boolean {
  return platformOf(place).passesTraffic;
}

/** True where the provider joins clouds of one account by itself. */
export function joinsNatively(cloud: Cloud): boolean {
  return platformOf({ kind: "cloud", cloud }).joinsNatively;
}
