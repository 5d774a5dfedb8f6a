/** eBGP of circuits: one group a circuit, one neighbour a family, an explicit policy in each direction. */
import type { Addressing, Circuit, Design } from "../../compiler/design/design.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { DIRECT_CONNECT_RANKS, directConnectRank, higherPreferences } from "../shared/preference.js";
import { fit, mangle } from "../shared/routers/names.js";
import type { CircuitSlice, InstanceSlice, RouterSlice } from "../shared/routers/slice.js";
import { type Build, origins } from "./build.js";
import { junosDiagnostics } from "./catalogue.js";
import { limits, OWNED_PREFIX } from "./limit-data.js";
import { ownTarget } from "./lower-vrf-policies.js";
import type { BgpGroup, BgpNeighbor, PolicyAction } from "./model.js";
import { acceptTerms, rejectRest } from "./policy-terms.js";

/** The key chain that stands for a secret; whoever delivers the configuration defines it. */
export function keyChainName(secret: string): string {
  return fit(`${OWNED_PREFIX}${mangle(secret)}`, limits.keyChainName.allowed);
}

/** Names of the policies of a circuit, which are made as well. Accepted and announced is exactly what the ends say. */
function circuitPolicies(
  design: Design,
  slice: InstanceSlice,
  { circuit, near, far }: CircuitSlice,
  build: Build,
): { readonly importPolicy: string; readonly exportPolicy: string } {
  const from = origins(circuit.id, circuit.sources);
  const targets = [...ownTarget(slice), ...slice.leaks.map(({ importTarget }) => importTarget)];
  const strip = [...new Set(targets)].map(
    (target): PolicyAction => ({ kind: "community-delete", community: build.targets([target], from) }),
  );
  const times = higherPreferences(design, circuit);
  const prepend: readonly PolicyAction[] =
    times === 0 || near.asn === undefined ? [] : [{ kind: "as-path-prepend", asn: near.asn, times }];
  return {
    importPolicy: build.policy({
      name: build.name("LINK", circuit.id, "IN"),
      terms: [
        ...acceptTerms("accept", far.announces, [{ kind: "local-preference", value: circuit.preference }]),
        rejectRest,
      ],
      origins: from,
    }),
    exportPolicy: build.policy({
      name: build.name("LINK", circuit.id, "OUT"),
      terms: [
        ...acceptTerms("announce", near.announces, [...strip, ...rankActions(design, circuit, build), ...prepend]),
        rejectRest,
      ],
      origins: from,
    }),
  };
}

/**
 * Over Direct Connect what is announced carries the community of the circuit's rank and no other one of them: somebody
 * behind us may have attached one, and AWS takes two on a route for no order at all.
 */
function rankActions(design: Design, circuit: Circuit, build: Build): readonly PolicyAction[] {
  const rank = directConnectRank(design, circuit);
  if (rank === undefined) return [];
  const from = origins(circuit.id, circuit.sources);
  const named = (community: string): string => build.community(`DX-${community.replace(":", "-")}`, community, from);
  return [
    ...DIRECT_CONNECT_RANKS.filter((community) => community !== rank.community).map(
      (community): PolicyAction => ({ kind: "community-delete", community: named(community) }),
    ),
    { kind: "community-add", community: named(rank.community) },
  ];
}

/** The group of a circuit. Families whose addresses the provider chooses later have no neighbour yet. */
export function circuitGroup(
  design: Design,
  router: RouterSlice,
  slice: InstanceSlice,
  one: CircuitSlice,
  build: Build,
  diagnostics: Diagnostics,
): BgpGroup | undefined {
  const { circuit, near, far } = one;
  if (circuit.routing !== "bgp") return undefined;
  const policies = circuitPolicies(design, slice, one, build);
  const { asn: peerAs } = far;
  const { asn: ownAs } = near;
  if (peerAs === undefined || ownAs === undefined) {
    const end = peerAs === undefined ? far.place.name : near.place.name;
    diagnostics.report(junosDiagnostics["junos-asn-missing"], { circuit: circuit.id, end }, circuit.sources[0]);
    return undefined;
  }
  const from = origins(circuit.id, circuit.sources);
  const neighbor = (addressing: Addressing): readonly BgpNeighbor[] => {
    if (addressing.kind === "provider") return [];
    const local = addressing.ends[one.end].address;
    return [
      {
        address: addressing.ends[one.end === 0 ? 1 : 0].address,
        description: `${circuit.id} at ${far.place.name}`,
        localAddress: local,
        peerAs,
        ...(ownAs === router.router.asn?.value ? {} : { localAs: ownAs }),
        ...policies,
        ...(circuit.md5 === undefined ? {} : { keyChain: keyChainName(circuit.md5.name) }),
        ...(circuit.bfd === undefined ? {} : { bfd: circuit.bfd }),
        ...(circuit.maxPrefixes === undefined ? {} : { maxPrefixes: circuit.maxPrefixes }),
        origins: from,
      },
    ];
  };
  const neighbors = circuit.addressing.flatMap(neighbor);
  if (neighbors.length === 0) return undefined;
  return { name: build.name("PEER", circuit.id, ""), neighbors, origins: from };
}
