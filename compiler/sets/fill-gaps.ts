/** Fills gaps in address sets: ranges that border on what is there. */
import { AddressSet, lineOf } from "./address-set.js";
import { PairMemo } from "./memo.js";

/** Ranges of a set by where they begin and by what follows them on the address line. */
interface Borders {
  readonly byStart: ReadonlyMap<bigint, AddressSet>;
  readonly byEnd: ReadonlyMap<bigint, AddressSet>;
}

const bordersOf = new WeakMap<AddressSet, Borders>();

function borders(owned: AddressSet): Borders {
  const known = bordersOf.get(owned);
  if (known !== undefined) return known;
  const ranges = owned.ranges().map((range) => {
    const { family, first, last } = range;
    return {
      start: lineOf({ family, value: first }),
      end: lineOf({ family, value: last }) + 1n,
      set: AddressSet.ofRanges([range]),
    };
  });
  const made = {
    byStart: new Map(ranges.map(({ start, set }) => [start, set] as const)),
    byEnd: new Map(ranges.map(({ end, set }) => [end, set] as const)),
  };
  bordersOf.set(owned, made);
  return made;
}

/** The set with every range of `owned` that borders on it. */
export function fillGaps(owned: AddressSet, set: AddressSet): AddressSet {
  return owned.isEmpty() ? set : filled.of(owned, set);
}

/** What was filled already: many rules speak of the same sets. */
const filled = new PairMemo((owned, set) => {
  const { byStart, byEnd } = borders(owned);
  const found = set.ranges().flatMap(({ family, first, last }) => {
    const after = byStart.get(lineOf({ family, value: last }) + 1n);
    const before = byEnd.get(lineOf({ family, value: first }));
    return [before, after].filter((one) => one !== undefined);
  });
  return found.length === 0 ? set : AddressSet.unionAll([set, ...found]);
});
