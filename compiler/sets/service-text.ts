/** Services as people write them. */
import type { Family } from "../../grammar/address.js";
import {
  ICMP,
  ICMPV6,
  type Service,
  type ServicePiece,
  ServiceSet,
  SLOTS,
  slotMeaning,
  TCP,
  UDP,
} from "./service-set.js";

const NAMES: ReadonlyMap<number, string> = new Map([
  [ICMP, "icmp"],
  [TCP, "tcp"],
  [UDP, "udp"],
  [ICMPV6, "icmpv6"],
]);

/**
 * The texts of a set in canonical order: `any`, `tcp`, `tcp/443`, `udp/1024-65535`, `icmp`, `icmp/3`, `icmp/8/0`, `ip/47`.
 * Runs of ICMP types and codes and of protocols without a name print as ranges (`icmp/3-5`, `icmp/3/0-4`, `ip/2-5`), which
 * are no literals of the language. With a family, `any` is every service that has a meaning in it.
 */
export function serviceTexts(set: ServiceSet, family?: Family): readonly string[] {
  const any = family === undefined ? ServiceSet.any : ServiceSet.any.forFamily(family);
  if (set.equals(any) || set.equals(ServiceSet.any)) return ["any"];
  const out: string[] = [];
  const pieces = set.pieces();
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece === undefined) break;
    if (NAMES.has(piece.protocol)) {
      out.push(...pieceTexts(piece));
    } else {
      const last = runEnd(pieces, i);
      out.push(`ip/${rangeText(piece.protocol, piece.protocol + last - i)}`);
      i = last;
    }
  }
  return out;
}

/** The text of one service: `tcp/443`, `icmp/8/0`, `ip/47`. */
export function serviceText(service: Service): string {
  const last = slotMeaning(service.protocol) === "none" ? SLOTS - 1 : service.slot;
  return pieceTexts({ protocol: service.protocol, first: service.slot, last }).join(", ");
}

/** The index of the last piece of a run of neighbouring protocols without a name. */
function runEnd(pieces: readonly ServicePiece[], start: number): number {
  let end = start;
  for (;;) {
    const next = pieces[end + 1];
    if (next === undefined || NAMES.has(next.protocol) || next.protocol !== (pieces[end]?.protocol ?? 0) + 1)
      return end;
    end++;
  }
}

function pieceTexts(piece: ServicePiece): readonly string[] {
  const name = NAMES.get(piece.protocol) ?? `ip/${piece.protocol}`;
  if (piece.last - piece.first === SLOTS - 1 || slotMeaning(piece.protocol) === "none") return [name];
  if (slotMeaning(piece.protocol) === "port") return [`${name}/${rangeText(piece.first, piece.last)}`];
  return icmpTexts(name, piece.first, piece.last);
}

/** Whole types as one range of types, with a range of codes before and after where the ends cut a type. */
function icmpTexts(name: string, first: number, last: number): readonly string[] {
  const firstType = first >> 8;
  const lastType = last >> 8;
  const codes = (type: number, from: number, to: number): string => `${name}/${type}/${rangeText(from, to)}`;
  const cutFirst = (first & 255) !== 0;
  const cutLast = (last & 255) !== 255;
  if (firstType === lastType && (cutFirst || cutLast)) return [codes(firstType, first & 255, last & 255)];
  const from = cutFirst ? firstType + 1 : firstType;
  const to = cutLast ? lastType - 1 : lastType;
  return [
    ...(cutFirst ? [codes(firstType, first & 255, 255)] : []),
    ...(from <= to ? [`${name}/${rangeText(from, to)}`] : []),
    ...(cutLast ? [codes(lastType, 0, last & 255)] : []),
  ];
}

function rangeText(first: number, last: number): string {
  return first === last ? String(first) : `${first}-${last}`;
}
