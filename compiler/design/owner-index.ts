/** Finds which of many address sets a set meets, without asking each. */
import type { Family } from "../../grammar/address.js";
import type { AddressSet } from "../sets/address-set.js";

/** A range of addresses over which the same owners hold. */
interface Stretch<T> {
  readonly first: bigint;
  readonly last: bigint;
  readonly owners: readonly T[];
}

/** An index over owners with their sets, which may overlap. */
export class OwnerIndex<T> {
  private readonly stretches: Readonly<Record<Family, readonly Stretch<T>[]>>;

  constructor(owners: Iterable<readonly [T, AddressSet]>) {
    const all = [...owners];
    this.stretches = { 4: stretchesOf(all, 4), 6: stretchesOf(all, 6) };
  }

  /** The owners that have an address of the set, each once, in order of address. */
  meeting(set: AddressSet): readonly T[] {
    const found = new Set<T>();
    for (const { family, first, last } of set.ranges()) {
      const list = this.stretches[family];
      for (let i = firstEndingAt(list, first); i < list.length; i++) {
        const stretch = list[i];
        if (stretch === undefined || stretch.first > last) break;
        for (const owner of stretch.owners) found.add(owner);
      }
    }
    return [...found];
  }
}

/** Cuts the addresses at every boundary of every owner. */
function stretchesOf<T>(owners: readonly (readonly [T, AddressSet])[], family: Family): readonly Stretch<T>[] {
  const opening = new Map<bigint, T[]>();
  const closing = new Map<bigint, T[]>();
  for (const [owner, set] of owners) {
    for (const range of set.family(family).ranges()) {
      push(opening, range.first, owner);
      push(closing, range.last + 1n, owner);
    }
  }
  const cuts = [...new Set([...opening.keys(), ...closing.keys()])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const active = new Set<T>();
  const out: Stretch<T>[] = [];
  for (const [index, first] of cuts.entries()) {
    for (const owner of closing.get(first) ?? []) active.delete(owner);
    for (const owner of opening.get(first) ?? []) active.add(owner);
    const next = cuts[index + 1];
    if (next !== undefined && active.size > 0) out.push({ first, last: next - 1n, owners: [...active] });
  }
  return out;
}

function push<T>(map: Map<bigint, T[]>, key: bigint, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function firstEndingAt<T>(list: readonly Stretch<T>[], value: bigint): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.last ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
