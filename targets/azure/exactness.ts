/**
 * Where a security group is coarser than a rule, whether another filter cuts what it lets through beyond.
 *
 * A group names both sides exactly, so that it is coarse in the service only: types of ICMP and protocol numbers. Another
 * filter cuts the excess where it holds the same flows and can say the service: one of a router or of AWS. Two groups of
 * Azure that face each other are coarse alike.
 */
import type { GapName } from "../../compiler/config/gaps.js";
import { accepts, type Settings } from "../../compiler/config/settings.js";
import type { Remark } from "../../compiler/contract.js";
import type { Design, EnforcementPoint, FilterEntry } from "../../compiler/design/design.js";
import { type NsgMatch, nsgLines } from "../../compiler/design/nsg-lines.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { type Box, uncovered } from "../shared/boxes.js";
import { azureDiagnostics } from "./catalogue.js";
import type { AzureSlice } from "./slice.js";

/** The gap that `demarc.json` can accept: a service that nothing on the way says exactly. */
const COARSE_SERVICE: GapName = "coarse-service";

/** Judges every coarse line: a remark where another filter cuts it, else an error unless the gap is accepted. */
export function judgeServices(slice: AzureSlice, settings: Settings, diagnostics: Diagnostics): readonly Remark[] {
  const accepted = accepts(settings, COARSE_SERVICE, "azure");
  const remarks: Remark[] = [];
  const reported = new Set<string>();
  for (const point of slice.points.values()) {
    for (const { entry, match } of nsgLines(point)) {
      const excess = match.service.subtract(entry.service);
      if (excess.isEmpty()) continue;
      const box: Box = { source: entry.source, destination: entry.destination, service: excess };
      const cut = isCut(slice.design, point, entry, box);
      if (cut || accepted) remarks.push(remarkOf(point, entry, match, cut));
      else if (!reported.has(entry.rule)) {
        reported.add(entry.rule);
        const params = { rule: entry.rule, admitted: admittedBy(match) };
        diagnostics.report(azureDiagnostics["azure-service-not-cut"], params, entry.sources[0]);
      }
    }
  }
  return remarks;
}

function admittedBy({ protocol }: NsgMatch): string {
  return protocol === "*" ? "every protocol" : protocol === "Icmp" ? "all of ICMP" : `all of ${protocol}`;
}

function remarkOf(point: EnforcementPoint, entry: FilterEntry, match: NsgMatch, cut: boolean): Remark {
  const what = `the security group admits ${admittedBy(match)} for \`${entry.rule}\``;
  const why = cut ? "another filter on the way is exact" : "accepted";
  return { kind: "coarse-point", target: "azure", subject: point.id, text: `${what}; ${why}`, sources: entry.sources };
}

/** True where every packet of the excess passes a point that says services exactly and that holds nothing of the excess. */
function isCut(design: Design, own: EnforcementPoint, entry: FilterEntry, box: Box): boolean {
  const exact = design.points.filter((point) => point.id !== own.id && saysServices(design, point));
  const passing = exact.flatMap((point) => point.entries.filter((one) => sameFlows(one, entry)));
  // What of the rule's flows crosses exact points; the flows of one rule all have its service.
  const asked: Box = { source: box.source, destination: box.destination, service: entry.service };
  if (uncovered(asked, passing) !== undefined) return false;
  const [from, to] = [entry.sourceDomain, entry.destinationDomain];
  return exact.every((point) =>
    point.entries.every((one) => {
      if (
        one.kind !== "flow" ||
        one.sourceDomain !== from ||
        one.destinationDomain !== to ||
        one.family !== entry.family
      )
        return true;
      const wide = widened(design, point, one);
      const met: Box = {
        source: box.source.intersect(wide.source),
        destination: box.destination.intersect(wide.destination),
        service: box.service.intersect(one.service),
      };
      return (
        uncovered(
          met,
          own.entries.filter(({ kind }) => kind === "flow"),
        ) === undefined
      );
    }),
  );
}

function sameFlows(one: FilterEntry, entry: FilterEntry): boolean {
  return (
    one.kind === "flow" &&
    one.rule === entry.rule &&
    one.family === entry.family &&
    one.sourceDomain === entry.sourceDomain &&
    one.destinationDomain === entry.destinationDomain
  );
}

/** Routers and AWS match types of ICMP and every protocol number; the clouds of Microsoft and Google do not. */
function saysServices(design: Design, { place }: EnforcementPoint): boolean {
  if (place.kind !== "cloud") return true;
  return design.estate.clouds.some((cloud) => cloud.name === place.name && cloud.provider === "aws");
}

/** The sides of an entry as the platform of its point may hold them: AWS speaks of whole subnets on the near side. */
function widened(design: Design, point: EnforcementPoint, entry: FilterEntry): Pick<Box, "source" | "destination"> {
  const { source, destination } = entry;
  if (point.attachment.kind !== "subnet") return { source, destination };
  const { network: path, subnet } = point.attachment;
  const network = design.estate.networks.find((one) => one.path === path);
  const prefixes = network?.subnets.find((one) => one.path === subnet)?.cidrs.map(({ value }) => value) ?? [];
  const whole = AddressSet.ofPrefixes(prefixes);
  return point.direction === "in" ? { source, destination: whole } : { source: whole, destination };
}
