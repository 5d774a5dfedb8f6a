/** Baselines of the relations: sites and ways, what is present, and what is open, unenforced or residual per pair. */
import { nameRegion } from "../../../compiler/prove/invariants.js";
import type { PairRelation } from "../../../compiler/relations/pair.js";
import type { Relations } from "../../../compiler/relations/relations.js";
import { placesOf, type RoutedBox } from "../../../compiler/relations/routing.js";
import type { FlowSet } from "../../../compiler/sets/engine.js";
import { formatPrefix } from "../../../grammar/address.js";

/** All relations of an estate, pair by pair. */
export function relationsText(relations: Relations): string {
  const domains = relations.estate.segments.map(({ name }) => name);
  const pairs = domains.flatMap((from) => domains.map((to) => [from, to] as const));
  const parts: (readonly [string, readonly string[]])[] = [
    ["sites", domains.flatMap((domain) => sitesOf(relations, domain))],
    ["present", domains.flatMap((domain) => presentOf(relations, domain))],
    [
      "routed",
      pairs.flatMap(([from, to]) => relations.routing.routed(from, to).map((box) => routeText(relations, box))),
    ],
    ...(["open", "unenforced", "residual", "tcpResidual"] as const).map(
      (set) =>
        [
          set === "tcpResidual" ? "replies with ACK or RST" : set,
          pairs.flatMap(([from, to]) => regionsOf(relations, relations.pair(from, to), set)),
        ] as const,
    ),
  ];
  return parts.map(([title, lines]) => `${title}${lines.length === 0 ? ": none" : ""}\n${lines.join("")}`).join("");
}

const line = (text: string): string => `  ${text}\n`;

function sitesOf(relations: Relations, domain: string): readonly string[] {
  return relations.topology
    .sitesOf(domain)
    .map((site) => line(`${domain}: ${site.path} (${site.kind}) at ${site.places.map(({ name }) => name).join(", ")}`));
}

function presentOf(relations: Relations, domain: string): readonly string[] {
  return relations
    .present(domain)
    .map(({ prefix, cause, owner, summary, pair }) =>
      line(
        `${domain}: ${formatPrefix(prefix)} of ${owner}, ${cause}${pair === undefined ? "" : ` by ${pair.share.id}`}${summary ? ", summary" : ""}`,
      ),
    );
}

function routeText(relations: Relations, box: RoutedBox): string {
  const [from, to] = [box.sourceGroup.domain, box.destinationGroup.domain];
  const sides = `${relations.naming.describe(from, box.source)} -> ${relations.naming.describe(to, box.destination)}`;
  const meeting = box.crossing?.meeting;
  const share = box.pair === undefined ? "" : ` by ${box.pair.share.id} at ${meeting?.kind}/${meeting?.id}`;
  const places = placesOf(box).map(({ name }) => name);
  return line(`${from} -> ${to}: ${sides}${share} through ${places.join(", ")}`);
}

function regionsOf(
  relations: Relations,
  pair: PairRelation,
  name: "open" | "unenforced" | "residual" | "tcpResidual",
): readonly string[] {
  const set: FlowSet = pair[name]();
  return pair.regions(set).map((region) => {
    const { source, destination, service } = nameRegion(relations, pair.from, pair.to, region);
    return line(`${pair.from} -> ${pair.to}: ${source} -> ${destination} on ${service}`);
  });
}
