/**
 * Enforcement points: what each cloud subnet, LAN and link admits, from the permission of every rule.
 *
 * A point holds exact product sets. Flows that do not cross it (inside one LAN, behind one link) are left out of it.
 */
import type { Address, Family, Prefix } from "../../grammar/address.js";
import { compareCodePoints } from "../../grammar/source.js";
import type { DomainId, PlaceRef, Router } from "../model/estate.js";
import type { Relations } from "../relations/relations.js";
import { AddressSet } from "../sets/address-set.js";
import { announcedKey } from "./circuits.js";
import type {
  Announcement,
  Circuit,
  EnforcementPoint,
  LanAttachmentDesign,
  Prologue,
  RoutingInstance,
} from "./design.js";
import { fillEntries, type PointDraft, type Side } from "./entries.js";
import { Gaps, routerOwned } from "./gaps.js";

/** What points are made from. */
export interface PointInputs {
  readonly relations: Relations;
  readonly circuits: readonly Circuit[];
  /** What each end of a circuit announces of sites, by `announcedKey`. */
  readonly announced: ReadonlyMap<string, readonly Announcement[]>;
  readonly lans: readonly LanAttachmentDesign[];
  readonly instances: readonly RoutingInstance[];
}

/** With router-owned addresses by domain and router, made once for all points of an instance. */
interface Inputs extends PointInputs {
  readonly closed: Map<string, AddressSet>;
}

/** Builds every enforcement point, by id. */
export function designPoints(given: PointInputs): readonly EnforcementPoint[] {
  const inputs: Inputs = { ...given, closed: new Map() };
  const drafts = [...subnetPoints(inputs), ...lanPoints(inputs), ...circuitPoints(inputs)];
  const entries = fillEntries(inputs.relations.boxes, drafts, new Gaps(inputs.lans));
  return drafts
    .map((draft) => ({ ...draft.point, entries: entries.get(draft) ?? [] }))
    .sort((a, b) => compareCodePoints(a.id, b.id));
}

function subnetPoints({ relations }: PointInputs): readonly PointDraft[] {
  const endpoints = holdingsByPath(relations);
  return relations.estate.networks.flatMap((network) => {
    if (network.place.kind !== "cloud") return [];
    return network.subnets.flatMap((subnet) =>
      (["in", "out"] as const).map((direction): PointDraft => {
        const addresses = endpoints.get(subnet.path) ?? AddressSet.empty;
        return {
          point: {
            id: `${subnet.path}/${direction}`,
            place: network.place,
            attachment: { kind: "subnet", network: network.path, subnet: subnet.path },
            domain: network.domain,
            direction,
            state: "stateful",
            prologue: [],
            ownAddresses: AddressSet.empty,
            management: [],
            families: familiesOf(subnet.cidrs.map((cidr) => cidr.value)),
          },
          here: new Map([[network.domain, addresses]]),
          needs: direction === "in" ? "to-here" : "from-here",
          beyond: "all",
        };
      }),
    );
  });
}

/** All endpoints below each path of two or more names: subnets with their hosts. */
function holdingsByPath(relations: Relations): ReadonlyMap<string, AddressSet> {
  const lists = new Map<string, AddressSet[]>();
  for (const holding of relations.estate.holdings) {
    const path = holding.path.split(".").slice(0, 2).join(".");
    const list = lists.get(path) ?? [];
    lists.set(path, list);
    list.push(holding.addresses);
  }
  return new Map([...lists].map(([path, list]) => [path, AddressSet.unionAll(list)] as const));
}

function lanPoints(inputs: Inputs): readonly PointDraft[] {
  const { relations, lans } = inputs;
  return lans.flatMap((lan) => {
    const site = relations.topology.site(lan.id);
    if (site === undefined) return [];
    return lan.attachments.map((attachment): PointDraft => {
      const place: PlaceRef = { kind: "router", name: attachment.router };
      return {
        point: {
          id: `${lan.id}@${attachment.router}/in`,
          place,
          attachment: { kind: "lan", lan: lan.id, router: attachment.router },
          domain: lan.domain,
          direction: "in",
          state: "stateless",
          sourceCheck: AddressSet.ofPrefixes(lan.prefixes),
          prologue: [
            ...lanPrologue(lan, attachment.router),
            ...serversBehind(lans, lan.domain, AddressSet.ofPrefixes(lan.prefixes)),
          ],
          ownSources: routerOwned(lan),
          ownAddresses: ownAddresses(inputs, lan.domain, attachment.router),
          routerAddresses: routerAddresses(inputs, lan.domain, attachment.router),
          management: managementOf(relations.topology.router(attachment.router), AddressSet.ofPrefixes(lan.prefixes)),
          families: familiesOf(lan.prefixes),
        },
        here: new Map([[lan.domain, site.endpoints]]),
        needs: "both-ways",
        beyond: "not-here",
      };
    });
  });
}

function lanPrologue(lan: LanAttachmentDesign, router: string): readonly Prologue[] {
  const out: Prologue[] = [];
  if (lan.prefixes.some((prefix) => prefix.family === 6)) out.push({ kind: "neighbour-discovery" });
  const own = lan.attachments.find((one) => one.router === router)?.addresses ?? [];
  const gateways = [...lan.gateways, ...own.map((one) => one.value.address)];
  if (gateways.length > 0) out.push({ kind: "echo", to: uniqueAddresses(gateways) });
  if (lan.dhcpRelay.length > 0) out.push({ kind: "dhcp", servers: lan.dhcpRelay });
  const peers = lan.attachments.filter((one) => one.router !== router);
  if (peers.length > 0) {
    const addresses = peers.flatMap((one) => one.addresses.map((address) => address.value.address));
    out.push({ kind: "vrrp", peers: uniqueAddresses(addresses) });
  }
  return out;
}

/**
 * DHCP servers of relayed LANs that lie behind a point. They answer to the relays, which are router addresses: no rule can
 * name those, and the server's side would otherwise close.
 */
function serversBehind(
  lans: readonly LanAttachmentDesign[],
  domain: DomainId,
  behind: AddressSet,
): readonly Prologue[] {
  return lans.flatMap((lan): readonly Prologue[] => {
    const servers = lan.domain === domain ? lan.dhcpRelay.filter((server) => behind.contains(server)) : [];
    if (servers.length === 0) return [];
    const own = lan.attachments.flatMap((one) => one.addresses.map((address) => address.value.address));
    return [{ kind: "dhcp", servers, relays: uniqueAddresses([...lan.gateways, ...own]) }];
  });
}

/** Relays behind a link: what they send comes from router addresses, which no rule can name. */
function relaysBehind(lans: readonly LanAttachmentDesign[], domain: DomainId, behind: AddressSet): readonly Prologue[] {
  return lans.flatMap((lan): readonly Prologue[] => {
    if (lan.domain !== domain || lan.dhcpRelay.length === 0) return [];
    const own = lan.attachments.flatMap((one) => one.addresses.map((address) => address.value.address));
    const relays = uniqueAddresses([...lan.gateways, ...own]).filter((address) => behind.contains(address));
    return relays.length === 0 ? [] : [{ kind: "dhcp-requests", servers: lan.dhcpRelay, relays }];
  });
}

function circuitPoints(inputs: Inputs): readonly PointDraft[] {
  const { relations, circuits, announced, lans } = inputs;
  return circuits.flatMap((circuit) =>
    ([0, 1] as const).flatMap((index): readonly PointDraft[] => {
      const other = index === 0 ? 1 : 0;
      const near = circuit.ends[index];
      const far = circuit.ends[other];
      const router = relations.topology.router(near.place.name);
      const filters = near.place.kind === "router" && router !== undefined && router.os !== "unmanaged";
      // Between two routers of ours nothing is filtered: each has filtered what entered it.
      if (!filters || isManagedRouter(relations, far.place)) return [];
      const accepted = AddressSet.ofPrefixes(far.announces.map((one) => one.prefix));
      return [
        {
          point: {
            id: `${circuit.id}@${near.place.name}/in`,
            place: near.place,
            attachment: { kind: "circuit", circuit: circuit.id, router: near.place.name },
            domain: circuit.domain,
            direction: "in",
            state: "stateless",
            sourceCheck: accepted,
            prologue: [
              ...circuitPrologue(circuit, index),
              ...serversBehind(lans, circuit.domain, accepted),
              ...relaysBehind(lans, circuit.domain, accepted),
            ],
            ownAddresses: ownAddresses(inputs, circuit.domain, near.place.name),
            routerAddresses: routerAddresses(inputs, circuit.domain, near.place.name),
            management: managementOf(router, accepted),
            families: familiesOf([...near.announces, ...far.announces].map((one) => one.prefix)),
          },
          here: behind(relations, circuit.domain, announced.get(announcedKey(circuit.id, other)) ?? []),
          needs: "both-ways",
          // Where ways are redundant one address may lie on both sides of a link: what this end announces crosses it.
          beyond: behind(relations, circuit.domain, announced.get(announcedKey(circuit.id, index)) ?? []),
        },
      ];
    }),
  );
}

function isManagedRouter(relations: Relations, place: PlaceRef): boolean {
  return place.kind === "router" && relations.topology.router(place.name)?.os !== "unmanaged";
}

/** Endpoints behind an end of a link: those of the sites whose prefixes it announces, by domain. */
function behind(relations: Relations, domain: DomainId, announces: readonly Announcement[]): Side {
  const lists = new Map<DomainId, AddressSet[]>();
  for (const one of announces) {
    const owner = one.cause.kind === "own" ? domain : one.cause.domain;
    const covered = AddressSet.ofPrefix(one.prefix);
    const list = lists.get(owner) ?? [];
    lists.set(owner, list);
    // Only of the site: a summary covers addresses that others own.
    const site = relations.topology.site(one.site);
    if (site !== undefined) list.push(site.endpoints.intersect(covered));
  }
  return new Map([...lists].map(([owner, list]) => [owner, AddressSet.unionAll(list)] as const));
}

function circuitPrologue(circuit: Circuit, near: 0 | 1): readonly Prologue[] {
  const out: Prologue[] = [];
  const all = [...circuit.addressing, ...circuit.tunnels.flatMap((tunnel) => tunnel.addressing)];
  if (all.some((one) => one.family === 6)) out.push({ kind: "neighbour-discovery" });
  for (const one of all) {
    if (one.kind === "provider") continue;
    const local = one.ends[near].address;
    const peer = one.ends[near === 0 ? 1 : 0].address;
    if (circuit.routing === "bgp") out.push({ kind: "bgp", family: one.family, local, peer });
    if (circuit.bfd !== undefined) out.push({ kind: "bfd", family: one.family, local, peer });
    out.push({ kind: "echo", to: [local] });
  }
  return out;
}

/**
 * The router's own addresses that packets of a domain could be routed to: gateways and interface addresses of its LANs,
 * link addresses of its circuits, and those of other domains that are leaked to it there.
 */
function ownAddresses({ circuits, lans, instances }: PointInputs, domain: DomainId, router: string): AddressSet {
  const own: Address[] = [];
  const reachable = leakedTo(instances, domain, router);
  const add = (owner: DomainId, addresses: readonly Address[]): void => {
    own.push(...addresses.filter((address) => owner === domain || reachable.get(owner)?.contains(address) === true));
  };
  for (const lan of lans) {
    const here = lan.attachments.find((one) => one.router === router);
    if (here === undefined) continue;
    add(lan.domain, [...lan.gateways, ...here.addresses.map((one) => one.value.address)]);
  }
  for (const circuit of circuits) {
    const index = circuit.ends.findIndex((end) => end.place.kind === "router" && end.place.name === router);
    if (index < 0) continue;
    for (const one of [...circuit.addressing, ...circuit.tunnels.flatMap((tunnel) => tunnel.addressing)]) {
      const end = one.kind === "provider" ? undefined : one.ends[index];
      if (end !== undefined) add(circuit.domain, [end.address]);
    }
  }
  return AddressSet.unionAll(own.map((address) => AddressSet.ofAddress(address)));
}

/** What an instance has from other domains, by the domain that owns it. */
function leakedTo(
  instances: readonly RoutingInstance[],
  domain: DomainId,
  router: string,
): ReadonlyMap<DomainId, AddressSet> {
  const lists = new Map<DomainId, Prefix[]>();
  for (const { domain: of, place, routes } of instances) {
    if (of !== domain || place.kind !== "router" || place.name !== router) continue;
    for (const { cause, prefix } of routes) {
      if (cause.kind === "own") continue;
      const list = lists.get(cause.domain) ?? [];
      lists.set(cause.domain, list);
      list.push(prefix);
    }
  }
  return new Map([...lists].map(([owner, list]) => [owner, AddressSet.ofPrefixes(list)] as const));
}

/**
 * Addresses that any router of ours owns, as far as packets of the domain could be routed to them from this router: its
 * own, those of every LAN of the domain wherever it lies, and of LANs of other domains as far as they are leaked here.
 */
function routerAddresses(inputs: Inputs, domain: DomainId, router: string): AddressSet {
  const key = `${domain} ${router}`;
  const known = inputs.closed.get(key);
  if (known !== undefined) return known;
  const leaked = leakedTo(inputs.instances, domain, router);
  const remote = inputs.lans.flatMap((lan) => {
    const owned = lan.domain === domain || leaked.has(lan.domain) ? routerOwned(lan) : AddressSet.empty;
    return lan.domain === domain ? [owned] : [owned.intersect(leaked.get(lan.domain) ?? AddressSet.empty)];
  });
  const made = AddressSet.unionAll([ownAddresses(inputs, domain, router), ...remote]);
  inputs.closed.set(key, made);
  return made;
}

/**
 * The management prefixes that may arrive at a point: the part of them that its source check lets in. Elsewhere their
 * addresses could only be forged.
 */
function managementOf(router: Router | undefined, check: AddressSet): readonly Prefix[] {
  const prefixes = router?.management.map((one) => one.value) ?? [];
  return AddressSet.ofPrefixes(prefixes).intersect(check).prefixes();
}

function familiesOf(prefixes: readonly Prefix[]): readonly Family[] {
  return ([4, 6] as const).filter((family) => prefixes.some((prefix) => prefix.family === family));
}

function uniqueAddresses(addresses: readonly Address[]): readonly Address[] {
  const byKey = new Map(addresses.map((one) => [`${one.family}:${one.value}`, one] as const));
  return [...byKey.values()];
}
