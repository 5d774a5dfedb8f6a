/** Shares that meet at Azure: a direct peering between exactly the two networks of each pair that a rule needs. */
import { AddressSet } from "../../compiler/sets/address-set.js";
import { manglePath } from "../shared/names.js";
import { type BlockPlace, type Lowering, objectName, originOf } from "./builder.js";
import { networkIdFor, networkModule, networkRef } from "./refs.js";
import { type AzureSlice, type Placed, placedNetworks } from "./slice.js";

/** Two networks of different segments with the shares that peer them. */
export interface PeeredPair {
  readonly first: Placed;
  readonly second: Placed;
  /** Leaks of the design that the pair realises, by id. */
  readonly leaks: readonly string[];
}

/** The pairs of networks that a flow of some rule crosses and a share joins here, in order of paths. */
export function peeredPairs(slice: AzureSlice): readonly PeeredPair[] {
  const byPath = new Map(placedNetworks(slice).map((placed) => [placed.network.path, placed] as const));
  const pairs = new Map<string, { first: Placed; second: Placed; leaks: string[] }>();
  for (const leak of slice.design.leaks) {
    if (leak.meeting.kind !== "azure-fabric") continue;
    for (const shared of new Set(leak.shared.map(({ site }) => site))) {
      for (const returned of new Set(leak.returned.map(({ site }) => site))) {
        const [one, other] = [byPath.get(returned), byPath.get(shared)];
        if (one === undefined || other === undefined || !isNeeded(slice, one, other)) continue;
        const [first, second] = returned < shared ? [one, other] : [other, one];
        const key = `${first.network.path} ${second.network.path}`;
        const known = pairs.get(key) ?? { first, second, leaks: [] };
        known.leaks.push(leak.id);
        pairs.set(key, known);
      }
    }
  }
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}

/** True where some rule opens from the one network to the other. */
function isNeeded({ points }: AzureSlice, from: Placed, to: Placed): boolean {
  const sources = AddressSet.ofPrefixes(from.network.cidrs.map(({ value }) => value));
  return to.network.subnets.some(({ path }) =>
    (points.get(`${path}/in`)?.entries ?? []).some(
      ({ sourceDomain, source }) => sourceDomain === from.network.domain && source.overlaps(sources),
    ),
  );
}

/** Emits both halves of each peering. */
export function lowerSharing(lowering: Lowering): void {
  for (const { first, second, leaks } of peeredPairs(lowering.slice)) {
    lowerHalf(lowering, first, second, leaks);
    lowerHalf(lowering, second, first, leaks);
  }
}

function lowerHalf(lowering: Lowering, near: Placed, far: Placed, leaks: readonly string[]): void {
  const module = networkModule(lowering, near);
  const { name, group } = networkRef(lowering, near);
  const body = {
    name: objectName(lowering.settings, far.network.path),
    resource_group_name: group,
    virtual_network_name: name,
    remote_virtual_network_id: networkIdFor(lowering, far, module),
    allow_virtual_network_access: true,
    allow_forwarded_traffic: false,
    allow_gateway_transit: false,
    use_remote_gateways: false,
  } as const;
  const shares = lowering.slice.design.leaks.filter(({ id }) => leaks.includes(id));
  const origins = [
    originOf(near.network),
    ...shares.flatMap(({ share, sources }) => sources.map((span) => ({ id: share, span }))),
  ];
  const place: BlockPlace = { concern: "network", origins, scope: near.network.path };
  const key = `${manglePath(near.network.path)}--${manglePath(far.network.path)}`;
  module.resource("azurerm_virtual_network_peering", key, body, place);
}
