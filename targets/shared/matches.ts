/** Services as filters of most platforms match them: one protocol with one range of ports, or one ICMP type and code. */

import { type ServicePiece, ServiceSet, SLOTS, slotMeaning } from "../../compiler/sets/service-set.js";
import type { Family } from "../../grammar/address.js";

/** One match. Without ports and type it is the whole protocol; `type` without `code` is every code. */
export type ServiceMatch =
  | { readonly protocol: "any" }
  | { readonly protocol: number; readonly ports?: readonly [number, number] }
  | { readonly protocol: number; readonly type: number; readonly code?: number };

/**
 * The matches that together are exactly the services of a set that have a meaning in a family, in canonical order. The
 * set of all of them is the one match `any`.
 */
export function serviceMatches(service: ServiceSet, family: Family): readonly ServiceMatch[] {
  const own = service.forFamily(family);
  if (own.equals(ServiceSet.any.forFamily(family))) return [{ protocol: "any" }];
  return own.pieces().flatMap(pieceMatches);
}

function pieceMatches(piece: ServicePiece): readonly ServiceMatch[] {
  const { protocol, first, last } = piece;
  switch (slotMeaning(protocol)) {
    case "none":
      return [{ protocol }];
    case "port":
      return [{ protocol, ports: [first, last] }];
    case "icmp":
      return first === 0 && last === SLOTS - 1 ? [{ protocol }] : icmpMatches(protocol, first, last);
  }
}

function icmpMatches(protocol: number, first: number, last: number): readonly ServiceMatch[] {
  const out: ServiceMatch[] = [];
  for (let slot = first; slot <= last; ) {
    const type = slot >> 8;
    const code = slot & 255;
    if (code === 0 && slot + 255 <= last) {
      out.push({ protocol, type });
      slot += 256;
    } else {
      out.push({ protocol, type, code });
      slot++;
    }
  }
  return out;
}
