/** Profiles of endpoint sets and service sets: each different set is described once, and objects refer to it by its key. */
import type { EndpointSet } from "../model/endpoint-set.js";
import type { DomainId, Holding } from "../model/estate.js";
import type { Relations } from "../relations/relations.js";
import { AddressSet } from "../sets/address-set.js";
import { ICMP, ICMPV6, ServiceSet, SLOTS, TCP, UDP } from "../sets/service-set.js";
import { serviceTexts } from "../sets/service-text.js";
import { compact, counted, domainId, objectId } from "./ids.js";
import type { GuardEndpoints, GuardService, ObjectId } from "./input.js";
import { classesOf } from "./service-classes.js";

/** A holding of a domain with its place on the address line. */
interface Piece {
  readonly start: bigint;
  readonly end: bigint;
  readonly holding: Holding;
}

/** Collects the profiles that the objects of a document refer to. */
export class Profiles {
  private readonly relations: Relations;
  private readonly services = new Map<string, { readonly text: string; readonly profile: GuardService }>();
  private readonly sets = new Map<string, { readonly text: string; readonly profile: GuardEndpoints }>();
  private readonly pieces = new Map<DomainId, readonly Piece[]>();
  private readonly wholes = new Map<DomainId, AddressSet>();

  constructor(relations: Relations) {
    this.relations = relations;
  }

  /** The key of a service set: its services as the language writes them. */
  service(set: ServiceSet): string {
    const known = this.services.get(set.key());
    if (known !== undefined) return known.text;
    const text = serviceTexts(set).join(", ");
    this.services.set(set.key(), { text, profile: serviceProfile(set) });
    return text;
  }

  /** The keys of an endpoint set: one for each domain that it has endpoints in. */
  endpoints(set: EndpointSet): readonly string[] {
    return [...set.parts].map(([domain, addresses]) => this.addresses(domain, addresses));
  }

  /** The key of endpoints of one domain: its name and the endpoints in the estate's own words. */
  addresses(domain: DomainId, set: AddressSet): string {
    const key = `${domain} ${set.key()}`;
    const known = this.sets.get(key);
    if (known !== undefined) return known.text;
    const described = this.relations.naming.describe(domain, set);
    const text = described === domain ? domain : `${domain}: ${described}`;
    this.sets.set(key, { text, profile: this.endpointProfile(domain, set) });
    return text;
  }

  /** All profiles of services met so far, sorted by key. */
  serviceTable(): Readonly<Record<string, GuardService>> {
    return tableOf(this.services.values());
  }

  /** All profiles of endpoints met so far, sorted by key. */
  endpointTable(): Readonly<Record<string, GuardEndpoints>> {
    return tableOf(this.sets.values());
  }

  /** The holdings that own addresses of a set, by path. */
  ownersOf(domain: DomainId, set: AddressSet): readonly Holding[] {
    const pieces = this.piecesOf(domain);
    const found = new Set<Holding>();
    for (let i = 0; i + 1 < set.bounds.length; i += 2) {
      const start = set.bounds[i] ?? 0n;
      const end = set.bounds[i + 1] ?? 0n;
      for (let at = firstEndingAfter(pieces, start); at < pieces.length; at++) {
        const piece = pieces[at];
        if (piece === undefined || piece.start >= end) break;
        found.add(piece.holding);
      }
    }
    return [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private piecesOf(domain: DomainId): readonly Piece[] {
    const known = this.pieces.get(domain);
    if (known !== undefined) return known;
    const pieces: Piece[] = [];
    for (const holding of this.relations.naming.holdingsOf(domain)) {
      const { bounds } = holding.addresses;
      for (let i = 0; i + 1 < bounds.length; i += 2) {
        pieces.push({ start: bounds[i] ?? 0n, end: bounds[i + 1] ?? 0n, holding });
      }
    }
    pieces.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    this.pieces.set(domain, pieces);
    return pieces;
  }

  /** All endpoints of a domain. */
  wholeOf(domain: DomainId): AddressSet {
    const known = this.wholes.get(domain);
    if (known !== undefined) return known;
    const whole = AddressSet.unionAll(this.relations.naming.holdingsOf(domain).map((holding) => holding.addresses));
    this.wholes.set(domain, whole);
    return whole;
  }

  private endpointProfile(domain: DomainId, set: AddressSet): GuardEndpoints {
    const owners = this.ownersOf(domain, set);
    const externals = this.externalsAmong(owners);
    return compact({
      domain: domainId(domain),
      addresses: counted(set.size()),
      widestIpv4: widest(set, 4),
      widestIpv6: widest(set, 6),
      whole: set.containsSet(this.wholeOf(domain)),
      owners: owners.map(holdingId),
      externals: externals.length === 0 ? undefined : externals,
    });
  }

  /** The externals that endpoints of a set lie in. */
  externalsOf(domain: DomainId, set: AddressSet): readonly ObjectId[] {
    const known = this.sets.get(`${domain} ${set.key()}`);
    return known === undefined ? this.externalsAmong(this.ownersOf(domain, set)) : (known.profile.externals ?? []);
  }

  private externalsAmong(owners: readonly Holding[]): readonly ObjectId[] {
    return [...new Set(owners.flatMap((one) => this.externalOf(one)))];
  }

  /** The external that a holding is or lies in; none where it is of a network. */
  private externalOf(holding: Holding): readonly ObjectId[] {
    const site = this.relations.topology.site(holding.site);
    return site?.kind === "external" ? [objectId("external", site.path)] : [];
  }
}

/** The id of the object that holds addresses. */
export function holdingId({ kind, path }: Pick<Holding, "kind" | "path">): ObjectId {
  return objectId(kind, path);
}

function tableOf<T>(entries: Iterable<{ readonly text: string; readonly profile: T }>): Readonly<Record<string, T>> {
  const sorted = [...entries].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return Object.fromEntries(sorted.map(({ text, profile }) => [text, profile] as const));
}

function firstEndingAfter(pieces: readonly Piece[], at: bigint): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.end ?? 0n) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The length of the shortest prefix that the largest range of a family fits in by its size; undefined without one. */
function widest(set: AddressSet, family: 4 | 6): number | undefined {
  let largest = 0n;
  for (const range of set.family(family).ranges()) {
    const size = range.last - range.first + 1n;
    if (size > largest) largest = size;
  }
  if (largest === 0n) return undefined;
  return (family === 4 ? 32 : 128) - (largest - 1n).toString(2).length + (largest === 1n ? 1 : 0);
}

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [ICMP, "icmp"],
  [TCP, "tcp"],
  [UDP, "udp"],
  [ICMPV6, "icmpv6"],
]);

/** What a set of services is made of. */
export function serviceProfile(set: ServiceSet): GuardService {
  const any = set.equals(ServiceSet.any);
  const pieces = set.pieces();
  const name = (protocol: number): string => PROTOCOLS.get(protocol) ?? `ip/${protocol}`;
  const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
  const ports = (protocol: number): number =>
    pieces.filter((piece) => piece.protocol === protocol).reduce((sum, piece) => sum + piece.last - piece.first + 1, 0);
  const ranges = pieces.filter((piece) => piece.protocol === TCP || piece.protocol === UDP);
  return {
    any,
    protocols: any ? ["any"] : unique(pieces.map((piece) => name(piece.protocol))),
    wholeProtocols: any
      ? ["any"]
      : unique(pieces.filter((piece) => piece.last - piece.first === SLOTS - 1).map((piece) => name(piece.protocol))),
    tcpPorts: ports(TCP),
    udpPorts: ports(UDP),
    widestRange: Math.max(0, ...ranges.map((piece) => piece.last - piece.first + 1)),
    classes: classesOf(set),
  };
}
