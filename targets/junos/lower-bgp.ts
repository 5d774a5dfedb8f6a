/** eBGP of circuits: one group a circuit, one neighbour a family, an explicit policy in each direction. */
import type { Addressing, Circuit, CircuitEnd, Design } from "../../compiler/design/design.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
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
      terms: [...acceptTerms("announce", near.announces, [...strip, ...prepend]), rejectRest],
      origins: from,
    }),
  };
}

/**
 * How many different preferences above this circuit's there are among the circuits of its domain between the same two
 * sides: so many times the announcing end's ASN is prepended, so that both ends prefer the same circuit. Both ends come to
 * the same number, since it depends on the pair alone.
 */
function higherPreferences(design: Design, circuit: Circuit): number {
  const pair = sidesOf(design, circuit);
  const rivals = design.circuits.filter(
    (one) => one.domain === circuit.domain && one.preference > circuit.preference && sidesOf(design, one) === pair,
  );
  return new Set(rivals.map(({ preference }) => preference)).size;
}

/**
 * The two sides of a circuit in either order. Between routers of ours they are the routers, those of a core as one;
 * towards a place of somebody else all routers of ours are one side.
 */
function sidesOf(design: Design, { ends }: Circuit): string {
  const ours = ({ place: { kind, name } }: CircuitEnd): boolean =>
    kind === "router" && !design.estate.routers.some((one) => one.name === name && one.os === "unmanaged");
  const between = ends.every(ours);
  const side = (end: CircuitEnd): string => {
    const { kind, name } = end.place;
    if (!between && ours(end)) return "ours";
    const core = between ? design.cores.find(({ routers }) => routers.includes(name)) : undefined;
    return core === undefined ? `${kind} ${name}` : `core ${core.id}`;
  };
  return ends.map(side).sort().join(" | ");
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
