/** Puts the findings of validation into words. */
import { type Address, formatAddress } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import { validateCatalogue as say } from "../diagnostics/validate-catalogue.js";
import type { Relations } from "../relations/relations.js";
import { slotMeaning } from "../sets/service-set.js";
import { serviceText } from "../sets/service-text.js";
import type { FilterFinding, Finding, InvariantFinding } from "./judged.js";
import type { Packet, PacketRegion } from "./packet-set.js";
import type { ArtefactPlace } from "./readback.js";
import { serviceRange } from "./region-text.js";
import type { Validation } from "./validate.js";

/** Finds the line of the source that a place of an artefact comes from. */
export type SourceOf = (place: ArtefactPlace) => Span | undefined;

/** `routers/chi/junos.set:12`, `aws/…/network.tf.json#/resource/…`. */
export function placeText({ file, at }: ArtefactPlace): string {
  return typeof at === "number" ? `${file}:${at}` : `${file}#${at}`;
}

/** Reports everything that keeps an output from being good. */
export function reportFindings(
  validation: Pick<Validation, "findings" | "refusals">,
  relations: Relations,
  sourceOf: SourceOf,
  diagnostics: Diagnostics,
): void {
  for (const { place, what, why } of validation.refusals) {
    const data = { artefact: { ...place } };
    diagnostics.report(say["output-refused"], { where: placeText(place), what, why }, sourceOf(place), { data });
  }
  for (const finding of validation.findings) reportFinding(finding, relations, sourceOf, diagnostics);
}

function reportFinding(finding: Finding, relations: Relations, sourceOf: SourceOf, diagnostics: Diagnostics): void {
  if (finding.kind === "not-proved") {
    diagnostics.report(say["output-not-proved"], { subject: finding.subject, budget: `${finding.budget}` }, undefined);
    return;
  }
  if (finding.plane === "invariant") {
    reportInvariant(finding, relations, sourceOf, diagnostics);
    return;
  }
  if ("witness" in finding) {
    reportPacket(finding, relations, sourceOf, diagnostics);
    return;
  }
  const { subject, what, place } = finding;
  const where = place === undefined ? "" : ` in ${placeText(place)}`;
  const kind = finding.plane === "filter" ? say["output-filter"] : say["output-route"];
  const span = finding.source ?? (place === undefined ? undefined : sourceOf(place));
  const data = { difference: finding.kind, ...(place === undefined ? {} : { artefact: { ...place } }) };
  diagnostics.report(kind, { where, subject, what }, span, { data });
}

function reportPacket(
  finding: FilterFinding,
  relations: Relations,
  sourceOf: SourceOf,
  diagnostics: Diagnostics,
): void {
  const { point, place, witness, source } = finding;
  const kind = finding.kind === "opens" ? say["output-opens"] : say["output-closes"];
  const packet = packetText(relations, witness);
  const span = source ?? sourceOf(place);
  const origin = sourceOf(place);
  const related =
    origin === undefined || origin === span ? [] : [{ message: "the artefact's line comes from here", span: origin }];
  diagnostics.report(kind, { where: placeText(place), packet, point }, span, {
    related,
    data: { point, artefact: { ...place }, packet: packetData(witness), regions: finding.regions.map(regionData) },
  });
}

function reportInvariant(
  finding: InvariantFinding,
  relations: Relations,
  sourceOf: SourceOf,
  diagnostics: Diagnostics,
): void {
  const { place, witness, invariant, regions } = finding;
  const kind = finding.kind === "never-open" ? say["output-breaks-never"] : say["output-breaks-always"];
  const origin = sourceOf(place);
  const related = origin === undefined ? [] : [{ message: "the artefact's line comes from here", span: origin }];
  const params = { where: placeText(place), packet: packetText(relations, witness), invariant: invariant.text };
  diagnostics.report(kind, params, invariant.span, {
    related,
    data: {
      invariant: invariant.id,
      artefact: { ...place },
      packet: packetData(witness),
      regions: regions.map(regionData),
    },
  });
}

/** "tcp/443 from `10.1.0.2` in `desks` to `10.2.0.9` in `shelf.orders`", and what else marks the packet. */
export function packetText(relations: Relations, packet: Packet): string {
  const from = `\`${formatAddress(packet.source)}\`${ownerText(relations, packet.source)}`;
  const to = `\`${formatAddress(packet.destination)}\`${ownerText(relations, packet.destination)}`;
  const marks = [
    ...(slotMeaning(packet.protocol) === "port" && packet.sourcePort !== 0 ? [`from port ${packet.sourcePort}`] : []),
    ...(packet.established ? ["with ACK or RST"] : []),
    ...(packet.fragment === "whole" ? [] : [`a ${packet.fragment} fragment`]),
  ];
  const service =
    packet.fragment === "later" ? serviceText({ ...packet, slot: 0 }).replace(/\/.*$/, "") : serviceText(packet);
  return `${service} from ${from} to ${to}${marks.length === 0 ? "" : ` (${marks.join(", ")})`}`;
}

function ownerText(relations: Relations, address: Address): string {
  const paths = relations.estate.segments.flatMap(
    (segment) => relations.naming.ownerOf(segment.name, address)?.path ?? [],
  );
  return paths[0] === undefined ? "" : ` in \`${paths[0]}\``;
}

/** A packet for machines. */
export function packetData(packet: Packet): Readonly<Record<string, unknown>> {
  const { protocol, slot, fragment, established } = packet;
  const meaning = slotMeaning(protocol);
  const headed = fragment !== "later";
  return {
    source: formatAddress(packet.source),
    destination: formatAddress(packet.destination),
    protocol,
    ...(meaning === "port" && headed ? { sourcePort: packet.sourcePort, destinationPort: slot } : {}),
    ...(meaning === "icmp" && headed ? { icmp: { type: slot >> 8, code: slot & 255 } } : {}),
    ...(protocol === 6 && headed ? { established } : {}),
    fragment,
  };
}

/** A region for machines. */
export function regionData(region: PacketRegion): Readonly<Record<string, unknown>> {
  return {
    source: region.source.texts(),
    destination: region.destination.texts(),
    service: serviceRange(region),
  };
}
