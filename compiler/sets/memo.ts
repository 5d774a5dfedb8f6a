/** Remembered sets: an estate of many rules speaks of few different sets, so that one object may stand for all equal ones. */
import type { AddressSet } from "./address-set.js";

/** One object for all sets with one key. */
export class Pool<S extends { key(): string }> {
  private readonly known = new Map<string, S>();

  /** The first set that was given with this key. */
  one(set: S): S {
    const key = set.key();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, set);
    return set;
  }
}

/** The results of one operation on two sets, by the identity of both. */
export class PairMemo {
  private readonly known = new WeakMap<AddressSet, WeakMap<AddressSet, AddressSet>>();
  private readonly operation: (a: AddressSet, b: AddressSet) => AddressSet;

  constructor(operation: (a: AddressSet, b: AddressSet) => AddressSet) {
    this.operation = operation;
  }

  of(a: AddressSet, b: AddressSet): AddressSet {
    let results = this.known.get(a);
    if (results === undefined) {
      results = new WeakMap();
      this.known.set(a, results);
    }
    let result = results.get(b);
    if (result === undefined) {
      result = this.operation(a, b);
      results.set(b, result);
    }
    return result;
  }
}
