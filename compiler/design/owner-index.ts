/** Finds which of many disjoint address sets a set meets, without asking each. */
import type { AddressSet } from "../sets/address-set.js";

interface Entry<T> {
  readonly first: bigint;
  readonly last: bigint;
  readonly owner: T;
}

/** An index over owners whose sets are disjoint within a family. */
export class OwnerIndex<T> {
  private readonly entries: Readonly<Record<4 | 6, readonly Entry<T>[]>>;

  constructor(owners: Iterable<readonly [T, AddressSet]>) {
    const lists: Record<4 | 6, Entry<T>[]> = { 4: [], 6: [] };
    for (const [owner, set] of owners) {
      for (const { family, first, last } of set.ranges()) lists[family].push({ first, last, owner });
    }
    for (const list of Object.values(lists)) list.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
    this.entries = lists;
  }

  /** The owners that have an address of the set, each once, in order of address. */
  meeting(set: AddressSet): readonly T[] {
    const found = new Set<T>();
    for (const { family, first, last } of set.ranges()) {
      const list = this.entries[family];
      for (let i = this.firstEndingAt(list, first); i < list.length; i++) {
        const entry = list[i];
        if (entry === undefined || entry.first > last) break;
        found.add(entry.owner);
      }
    }
    return [...found];
  }

  private firstEndingAt(list: readonly Entry<T>[], value: bigint): number {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.last ?? value) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
