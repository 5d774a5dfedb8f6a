/** Witnesses: one concrete flow, as data and as a sentence. */
import { type Address, type Family, formatAddress } from "../../grammar/address.js";
import type { DomainId } from "../model/estate.js";
import type { PairRelation } from "../relations/pair.js";
import type { Relations } from "../relations/relations.js";
import { placesOf } from "../relations/routing.js";
import { AddressSet } from "../sets/address-set.js";
import { type FlowSet, PLAUSIBLE_SERVICES, type Region } from "../sets/engine.js";
import { type ServiceSet, slotMeaning } from "../sets/service-set.js";
import { serviceTexts } from "../sets/service-text.js";
import { PROTOCOL_NAMES } from "../std/names.js";

/** One side of a witness: the segment and the path of the declaration that owns the address. */
export interface WitnessEnd {
  readonly segment: DomainId;
  readonly path: string;
}

/** A concrete flow, in the shape of the JSON output. */
export interface Witness {
  readonly from: WitnessEnd;
  readonly to: WitnessEnd;
  readonly sourceAddress: string;
  readonly destinationAddress: string;
  readonly protocol: string | number;
  readonly destinationPort?: number;
  readonly icmp?: { readonly type: number; readonly code: number };
}

/** A flow with its ends as values. */
export interface ConcreteFlow {
  readonly from: DomainId;
  readonly to: DomainId;
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: number;
  readonly slot: number;
}

/** A plausible flow of a set between two domains; undefined where the set has none between different endpoints. */
export function pickFlow(relations: Relations, pair: PairRelation, set: FlowSet): ConcreteFlow | undefined {
  const regions = pair.regions(set);
  const region = regions[0];
  if (region === undefined) return undefined;
  return pickInRegion(relations, pair, region);
}

/** A plausible flow of a region. */
export function pickInRegion(relations: Relations, pair: PairRelation, region: Region): ConcreteFlow | undefined {
  const { naming } = relations;
  const source = naming.pick(pair.from, region.source);
  if (source === undefined) return undefined;
  const others = pair.distinct ? region.destination.subtract(AddressSet.ofAddress(source)) : region.destination;
  const destination = naming.pick(pair.to, others.isEmpty() ? region.destination : others);
  if (destination === undefined) return undefined;
  const service = plausibleService(region);
  if (pair.distinct && others.isEmpty()) {
    // The source is the only destination: take another source.
    const another = naming.pick(pair.from, region.source.subtract(AddressSet.ofAddress(destination)));
    if (another === undefined) return undefined;
    return { from: pair.from, to: pair.to, source: another, destination, ...service };
  }
  return { from: pair.from, to: pair.to, source, destination, ...service };
}

function plausibleService(region: Region): { readonly protocol: number; readonly slot: number } {
  const set =
    PLAUSIBLE_SERVICES.find((one) => one.overlaps(region.service))?.intersect(region.service) ?? region.service;
  const service = set.first();
  if (service === undefined) throw new Error("a region has a service");
  return service;
}

/** Name of a protocol number, where the language has one. */
function protocolName(protocol: number): string | undefined {
  return [...PROTOCOL_NAMES].find(([, number]) => number === protocol)?.[0];
}

/** The witness of a flow. */
export function witnessOf(relations: Relations, flow: ConcreteFlow): Witness {
  const { naming } = relations;
  const meaning = slotMeaning(flow.protocol);
  return {
    from: { segment: flow.from, path: naming.ownerOf(flow.from, flow.source)?.path ?? flow.from },
    to: { segment: flow.to, path: naming.ownerOf(flow.to, flow.destination)?.path ?? flow.to },
    sourceAddress: formatAddress(flow.source),
    destinationAddress: formatAddress(flow.destination),
    protocol: protocolName(flow.protocol) ?? flow.protocol,
    ...(meaning === "port" ? { destinationPort: flow.slot } : {}),
    ...(meaning === "icmp" ? { icmp: { type: flow.slot >> 8, code: flow.slot & 255 } } : {}),
  };
}

/** `tcp/22`, `icmp/8/0`, `ip/47`. */
export function serviceText(witness: Witness): string {
  const { protocol, destinationPort, icmp } = witness;
  if (destinationPort !== undefined) return `${protocol}/${destinationPort}`;
  if (icmp !== undefined) return `${protocol}/${icmp.type}/${icmp.code}`;
  return typeof protocol === "number" ? `ip/${protocol}` : protocol;
}

/** The places a flow passes; empty where it has no route. */
export function pathOf(pair: PairRelation, flow: ConcreteFlow): readonly string[] {
  const box = pair.parts.routed.find(
    (one) => one.source.contains(flow.source) && one.destination.contains(flow.destination),
  );
  return box === undefined ? [] : placesOf(box).map((place) => place.name);
}

/** The verb of a flow that no rule permits and nobody filters. */
export const NOT_STOPPED = "is not stopped from opening";

/** "`10.20.1.7` in `shop.web` can open tcp/22 to `10.30.1.9` in `vault.cards` through `chi`". */
export function sentence(relations: Relations, pair: PairRelation, flow: ConcreteFlow, verb: string): string {
  const witness = witnessOf(relations, flow);
  const path = pathOf(pair, flow);
  const inner = path.length > 2 ? path.slice(1, -1) : path.length === 1 ? path : [];
  const through = inner.length === 0 ? "" : ` through ${inner.map((place) => `\`${place}\``).join(", ")}`;
  return (
    `\`${witness.sourceAddress}\` in \`${witness.from.path}\` ${verb} ${serviceText(witness)} to ` +
    `\`${witness.destinationAddress}\` in \`${witness.to.path}\`${through}`
  );
}

/** Services as a person writes them: one, or a list in brackets. */
export function serviceListText(service: ServiceSet, family?: Family): string {
  const texts = serviceTexts(service, family);
  return texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
}
