/** Products of addresses and services, and what of one lies in none of others. */
import type { AddressSet } from "../../compiler/sets/address-set.js";
import type { ServiceSet } from "../../compiler/sets/service-set.js";

/** A product of addresses and services. */
export interface Box {
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
}

/** A part of a box that lies in none of the others; undefined where together they cover it. */
export function uncovered(box: Box, others: readonly Box[]): Box | undefined {
  if (box.source.isEmpty() || box.destination.isEmpty() || box.service.isEmpty()) return undefined;
  const at = others.findIndex((other) => overlaps(box, other));
  const cover = others[at];
  if (cover === undefined) return box;
  const rest = others.slice(at + 1);
  const source = box.source.intersect(cover.source);
  const destination = box.destination.intersect(cover.destination);
  return (
    uncovered({ ...box, source: box.source.subtract(cover.source) }, rest) ??
    uncovered({ ...box, source, destination: box.destination.subtract(cover.destination) }, rest) ??
    uncovered({ source, destination, service: box.service.subtract(cover.service) }, rest)
  );
}

function overlaps(a: Box, b: Box): boolean {
  return a.source.overlaps(b.source) && a.destination.overlaps(b.destination) && a.service.overlaps(b.service);
}
