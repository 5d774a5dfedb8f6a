/**
 * A small universe for the oracle of the packet sets: the address line and the service line cut into blocks of known size,
 * and sets of flows as plain lists of block numbers. It shares nothing with the engine but the constructors of the sets.
 */
import fc from "fast-check";
import { AddressSet } from "../../../compiler/sets/address-set.js";
import type { FlowSet, FlowSpace } from "../../../compiler/sets/engine.js";
import { type ServicePiece, ServiceSet } from "../../../compiler/sets/service-set.js";
import { SpaceBuilder } from "../../../compiler/sets/space-builder.js";
import { type Family, parseAddress } from "../../../grammar/address.js";

export interface AddressBlock {
  readonly family: Family;
  readonly first: string;
  readonly last: string;
  readonly size: bigint;
}

/** Blocks that fill both families, single addresses at both ends of each among them. */
export const ADDRESSES: readonly AddressBlock[] = [
  { family: 4, first: "0.0.0.0", last: "0.0.0.0", size: 1n },
  { family: 4, first: "0.0.0.1", last: "10.20.0.255", size: 169_083_135n },
  { family: 4, first: "10.20.1.0", last: "10.20.1.0", size: 1n },
  { family: 4, first: "10.20.1.1", last: "10.20.1.3", size: 3n },
  { family: 4, first: "10.20.1.4", last: "255.255.255.254", size: 4_125_884_155n },
  { family: 4, first: "255.255.255.255", last: "255.255.255.255", size: 1n },
  { family: 6, first: "::", last: "::", size: 1n },
  { family: 6, first: "::1", last: "::ff", size: 255n },
  { family: 6, first: "::100", last: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", size: 2n ** 128n - 257n },
  {
    family: 6,
    first: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    last: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    size: 1n,
  },
];

export interface ServiceBlock {
  readonly pieces: readonly ServicePiece[];
  readonly families: readonly Family[];
  readonly size: bigint;
}

const whole = (first: number, last: number): readonly ServicePiece[] =>
  Array.from({ length: last - first + 1 }, (_, i) => ({ protocol: first + i, first: 0, last: 65_535 }));
const BOTH: readonly Family[] = [4, 6];

/** Blocks that fill the service line. */
export const SERVICES: readonly ServiceBlock[] = [
  { pieces: whole(0, 0), families: BOTH, size: 1n },
  { pieces: [{ protocol: 1, first: 0, last: 2047 }], families: [4], size: 2048n },
  { pieces: [{ protocol: 1, first: 2048, last: 2048 }], families: [4], size: 1n },
  { pieces: [{ protocol: 1, first: 2049, last: 65_535 }], families: [4], size: 63_487n },
  { pieces: whole(2, 5), families: BOTH, size: 4n },
  { pieces: [{ protocol: 6, first: 443, last: 443 }], families: BOTH, size: 1n },
  {
    pieces: [
      { protocol: 6, first: 0, last: 442 },
      { protocol: 6, first: 444, last: 65_535 },
    ],
    families: BOTH,
    size: 65_535n,
  },
  { pieces: whole(7, 16), families: BOTH, size: 10n },
  { pieces: whole(17, 17), families: BOTH, size: 65_536n },
  { pieces: whole(18, 57), families: BOTH, size: 40n },
  { pieces: [{ protocol: 58, first: 32_768, last: 32_768 }], families: [6], size: 1n },
  {
    pieces: [
      { protocol: 58, first: 0, last: 32_767 },
      { protocol: 58, first: 32_769, last: 65_535 },
    ],
    families: [6],
    size: 65_535n,
  },
  { pieces: whole(59, 255), families: BOTH, size: 197n },
];

/** A box by block numbers. */
export interface Box {
  readonly sources: readonly number[];
  readonly destinations: readonly number[];
  readonly services: readonly number[];
}

/** An expression over boxes. */
export type Term =
  | { readonly op: "box"; readonly box: Box }
  | { readonly op: "union" | "intersect" | "subtract"; readonly left: Term; readonly right: Term };

export function addressValue(text: string): bigint {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`\`${text}\` is no address`);
  return address.value;
}

export function addressesOf(blocks: readonly number[]): AddressSet {
  return AddressSet.ofRanges(
    blocks.map((index) => {
      const { family, first, last } = pick(ADDRESSES, index);
      return { family, first: addressValue(first), last: addressValue(last) };
    }),
  );
}

export function servicesOf(blocks: readonly number[]): ServiceSet {
  return ServiceSet.ofPieces(blocks.flatMap((index) => pick(SERVICES, index).pieces));
}

export function pick<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error(`there is no item ${index}`);
  return item;
}

/** A space that knows every boundary of the blocks, and `more` besides. */
export function openSpace(more: readonly AddressSet[] = [], budget?: number): FlowSpace {
  const builder = new SpaceBuilder();
  for (const index of ADDRESSES.keys()) builder.addAddresses(addressesOf([index]));
  for (const index of SERVICES.keys()) builder.addServices(servicesOf([index]));
  for (const set of more) builder.addAddresses(set);
  return builder.build(budget === undefined ? {} : { budget });
}

export function build(space: FlowSpace, term: Term): FlowSet {
  if (term.op === "box") {
    const { sources, destinations, services } = term.box;
    return space.box(addressesOf(sources), addressesOf(destinations), servicesOf(services));
  }
  return build(space, term.left)[term.op](build(space, term.right));
}

/** A flow of the oracle: block numbers of source, destination and service. */
export type Point = readonly [source: number, destination: number, service: number];

/** Every flow that has a meaning. */
export const POINTS: readonly Point[] = [...ADDRESSES.entries()].flatMap(([source, from]) =>
  [...ADDRESSES.entries()].flatMap(([destination, to]) =>
    [...SERVICES.entries()].flatMap(([service, on]): readonly Point[] =>
      from.family === to.family && on.families.includes(from.family) ? [[source, destination, service]] : [],
    ),
  ),
);

/** The oracle: membership of a point by the definition of the operations. */
export function holds(term: Term, point: Point): boolean {
  const [source, destination, service] = point;
  switch (term.op) {
    case "box": {
      const { sources, destinations, services } = term.box;
      return sources.includes(source) && destinations.includes(destination) && services.includes(service);
    }
    case "union":
      return holds(term.left, point) || holds(term.right, point);
    case "intersect":
      return holds(term.left, point) && holds(term.right, point);
    case "subtract":
      return holds(term.left, point) && !holds(term.right, point);
  }
}

export function pointsOf(term: Term): readonly Point[] {
  return POINTS.filter((point) => holds(term, point));
}

/** The points of an engine's set, asked one by one through one flow of each block combination. */
export function pointsIn(set: FlowSet): readonly Point[] {
  return POINTS.filter((point) => set.contains(flowOf(point)));
}

/** The first flow of a block combination. */
export function flowOf([source, destination, service]: Point): Parameters<FlowSet["contains"]>[0] {
  const address = (index: number) => {
    const { family, first } = pick(ADDRESSES, index);
    return { family, value: addressValue(first) };
  };
  const { protocol, first } = pick(pick(SERVICES, service).pieces, 0);
  return { source: address(source), destination: address(destination), protocol, slot: first };
}

export function sizeOf([source, destination, service]: Point): bigint {
  return pick(ADDRESSES, source).size * pick(ADDRESSES, destination).size * pick(SERVICES, service).size;
}

const blocks = (count: number): fc.Arbitrary<readonly number[]> =>
  fc.subarray(
    Array.from({ length: count }, (_, i) => i),
    { minLength: 0, maxLength: count },
  );

export const boxes: fc.Arbitrary<Box> = fc.record({
  sources: blocks(ADDRESSES.length),
  destinations: blocks(ADDRESSES.length),
  services: blocks(SERVICES.length),
});

const boxTerms: fc.Arbitrary<Term> = boxes.map((box): Term => ({ op: "box", box }));

/** Expressions of up to a few dozen boxes. */
export const terms: fc.Arbitrary<Term> = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    boxTerms,
    fc.record({
      op: fc.constantFrom("union" as const, "intersect" as const, "subtract" as const, "union" as const),
      left: tie("term"),
      right: tie("term"),
    }),
  ),
})).term;
