/** Where the route plane of Azure holds or tells more than the design: listed, never an error, the filters stay exact. */
import type { Remark } from "../../compiler/contract.js";
import { AddressSet } from "../../compiler/sets/address-set.js";
import { formatPrefix } from "../../grammar/address.js";
import { peeredPairs } from "./lower-sharing.js";
import type { AzureSlice, Placed } from "./slice.js";

/** The surplus routes of a slice. */
export function surplusOf(slice: AzureSlice): readonly Remark[] {
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
