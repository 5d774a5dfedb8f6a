/** Services as stateless router filters match them: one protocol, with ports or with ICMP types and codes. */

import { type ServicePiece, ServiceSet, SLOTS, slotMeaning } from "../../../compiler/sets/service-set.js";
import type { Family } from "../../../grammar/address.js";

/** A closed range of ports. */
export type PortRange = readonly [number, number];

/**
 * What one filter term can match. `protocols` are whole protocols that have no ports and types in the match; `ports` and
 * `icmp` always come with exactly one protocol.
 */
export type ServiceMatch =
  | { readonly kind: "any" }
  | { readonly kind: "protocols"; readonly protocols: readonly number[] }
  | { readonly kind: "ports"; readonly protocol: number; readonly ports: readonly PortRange[] }
  | { readonly kind: "icmp"; readonly protocol: number; readonly types: readonly number[] }
  | {
      readonly kind: "icmp-code";
      readonly protocol: number;
      readonly type: number;
      readonly codes: readonly PortRange[];
    };

/**
 * The matches that together are exactly the services of a set which have a meaning in a family, in canonical order: none
 * where there are none. The set of all of them is the one match `any`.
 */
export function serviceMatches(service: ServiceSet, family: Family): readonly ServiceMatch[] {
  const own = service.forFamily(family);
  if (own.equals(ServiceSet.any.forFamily(family))) return [{ kind: "any" }];
  const whole: number[] = [];
  const partial = new Map<number, ServicePiece[]>();
  for (const piece of own.pieces()) {
    if (piece.first === 0 && piece.last === SLOTS - 1) whole.push(piece.protocol);
    else partial.set(piece.protocol, [...(partial.get(piece.protocol) ?? []), piece]);
  }
  return [
    ...(whole.length === 0 ? [] : [{ kind: "protocols", protocols: whole } as const]),
    ...[...partial].flatMap(([protocol, pieces]) => partialMatches(protocol, pieces)),
  ];
}

function partialMatches(protocol: number, pieces: readonly ServicePiece[]): readonly ServiceMatch[] {
  if (slotMeaning(protocol) === "port") {
    return [{ kind: "ports", protocol, ports: pieces.map(({ first, last }) => [first, last] as const) }];
  }
  const types: number[] = [];
  const codes = new Map<number, PortRange[]>();
  for (const { first, last } of pieces) {
    for (let type = first >> 8; type <= last >> 8; type++) {
      const low = Math.max(first - type * 256, 0);
      const high = Math.min(last - type * 256, 255);
      if (low === 0 && high === 255) types.push(type);
      else codes.set(type, [...(codes.get(type) ?? []), [low, high]]);
    }
  }
  const out: ServiceMatch[] = types.length === 0 ? [] : [{ kind: "icmp", protocol, types }];
  for (const [type, ranges] of codes) out.push({ kind: "icmp-code", protocol, type, codes: ranges });
  return out;
}
