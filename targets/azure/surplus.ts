/** Where the route plane of Azure holds or tells more than the design: listed, never an error, the filters stay exact. */
import type { Remark } from "../../compiler/contract.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import { formatPrefix } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import { isManaged } from "./circuits.js";
import { peeredPairs } from "./lower-sharing.js";
import type { AzureSlice, Placed } from "./slice.js";

/** The surplus routes of a slice. */
export function surplusOf(slice: AzureSlice): readonly Remark[] {
  return [...peeringRemarks(slice), ...linkRemarks(slice)];
}

function peeringRemarks(slice: AzureSlice): readonly Remark[] {
  return peeredPairs(slice).flatMap(({ first, second, leaks }) => {
    const spans = slice.design.leaks.filter(({ id }) => leaks.includes(id)).flatMap(({ sources }) => sources);
    const sources = [...new Set(spans)];
    return [...peeringRemark(slice, first, second, sources), ...peeringRemark(slice, second, first, sources)];
  });
}

/** A peering brings whole prefixes of a network, whatever of them rules speak of. */
function peeringRemark(
  slice: AzureSlice,
  network: Placed,
  into: Placed,
  sources: Remark["sources"],
): readonly Remark[] {
  const needed = neededOf(slice, network, into);
  const extra = network.network.cidrs
    .map(({ value }) => value)
    .filter((prefix) => !needed.containsSet(AddressSet.ofPrefix(prefix)));
  if (extra.length === 0) return [];
  const { path } = network.network;
  const list = extra.map((prefix) => `\`${formatPrefix(prefix)}\``).join(", ");
  const text = `the peering of \`${path}\` with \`${into.network.path}\` leads all of ${list} into segment \`${into.hub.domain}\`: rules need less`;
  return [{ kind: "surplus-route", target: "azure", subject: path, text, sources }];
}

/** The addresses of a network that rules open to or from the other. */
function neededOf({ points }: AzureSlice, { network }: Placed, other: Placed): AddressSet {
  const far = AddressSet.ofPrefixes(other.network.cidrs.map(({ value }) => value));
  const sets = network.subnets.flatMap(({ path }) => [
    ...(points.get(`${path}/in`)?.entries ?? [])
      .filter(({ sourceDomain, source }) => sourceDomain === other.hub.domain && source.overlaps(far))
      .map(({ destination }) => destination),
    ...(points.get(`${path}/out`)?.entries ?? [])
      .filter(
        ({ destinationDomain, destination }) => destinationDomain === other.hub.domain && destination.overlaps(far),
      )
      .map(({ source }) => source),
  ]);
  return AddressSet.unionAll(sets);
}

/** Links: what the hub tells and takes beyond what is meant, and what of their settings it does not carry out. */
function linkRemarks(slice: AzureSlice): readonly Remark[] {
  const { azure } = slice.design;
  return slice.clouds.flatMap(({ hubs }) =>
    hubs.flatMap((hub) =>
      hub.circuits.flatMap((at): readonly Remark[] => {
        const { circuit } = at;
        const say = (kind: Remark["kind"], text: string, span: Span = circuit.carries.span): Remark => ({
          kind,
          target: "azure",
          subject: circuit.id,
          text,
          sources: [span],
        });
        const prefixes = slice.clouds
          .filter((cloud) => cloud.hubs.some(({ wan }) => wan === hub.wan))
          .flatMap(({ cloud }) => azure.hubPrefixes.get(`${cloud.name}/${hub.domain}`) ?? [])
          .map((prefix) => `\`${formatPrefix(prefix)}\``);
        const out: Remark[] = [];
        if (circuit.routing === "bgp" && prefixes.length > 0) {
          const what = prefixes.length === 1 ? "the prefix of its hub" : "the prefixes of its hubs";
          out.push(say("surplus-route", `Azure also announces ${prefixes.join(", ")} over \`${circuit.id}\`: ${what}`));
        }
        if (circuit.routing === "bgp" && !isManaged(slice, at)) {
          const whose = `every route that \`${at.far.place.name}\` announces over \`${circuit.id}\``;
          out.push(say("surplus-route", `a virtual hub takes ${whose}, not only the declared ones`));
        }
        if (circuit.kind === "ipsec") {
          const text = `the second instance of the VPN gateway has no tunnel of \`${circuit.id}\`: while Azure services the first, the link is down`;
          out.push(say("not-served", text));
        }
        const { bandwidth } = circuit.carries;
        if (bandwidth !== undefined) {
          out.push(
            say(
              "not-served",
              `\`bandwidth\` of \`${circuit.id}\`: Azure gives no segment a rate of its own`,
              bandwidth.span,
            ),
          );
        }
        const rivals = hub.circuits.some((one) => one.circuit.preference !== circuit.preference);
        if (rivals && !isManaged(slice, at) && circuit.kind === "ipsec") {
          const text = `\`preference\` of \`${circuit.link.name}\`: Azure orders these links by the path that \`${at.far.place.name}\` announces`;
          out.push(say("not-served", text, circuit.link.span));
        }
        return out;
      }),
    ),
  );
}
