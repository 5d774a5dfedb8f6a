/** Growing tables of integers for the diagram: plain typed arrays, no objects per entry. */

/** A typed array read that stays a number; the callers keep their indices inside the array. */
export function at(array: Int32Array, index: number): number {
  return array[index] as number;
}

/** A copy of twice the length. */
export function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2);
  wider.set(array);
  return wider;
}

/** Mixes an integer into a hash (the multiply-and-rotate step of MurmurHash3 by Austin Appleby, in the public domain). */
export function mix(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** The last scrambling of a hash, so that its low bits depend on all of it. */
export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Tables start small: there is a space for every pair of segments, and most stay tiny. */
const FIRST_SLOTS = 1 << 4;

/** A map from pairs of integers above 0 to integers of at least 0. */
export class PairTable {
  /** Three integers an entry: both keys and the value; a first key of 0 is a free place. */
  #entries = new Int32Array(3 * FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  #size = 0;

  /** The value of a pair, or -1. */
  get(a: number, b: number): number {
    const place = this.#find(a, b);
    return at(this.#entries, place) === 0 ? -1 : at(this.#entries, place + 2);
  }

  /** Adds a pair, or gives it another value. */
  set(a: number, b: number, value: number): void {
    if (this.#size * 4 > this.#mask * 3) this.#grow();
    this.#put(a, b, value);
  }

  #put(a: number, b: number, value: number): void {
    const place = this.#find(a, b);
    if (at(this.#entries, place) === 0) this.#size++;
    this.#entries[place] = a;
    this.#entries[place + 1] = b;
    this.#entries[place + 2] = value;
  }

  #find(a: number, b: number): number {
    let slot = finish(mix(mix(0, a), b)) & this.#mask;
    for (;;) {
      const place = slot * 3;
      const key = at(this.#entries, place);
      if (key === 0 || (key === a && at(this.#entries, place + 1) === b)) return place;
      slot = (slot + 1) & this.#mask;
    }
  }

  #grow(): void {
    const old = this.#entries;
    this.#entries = new Int32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    this.#size = 0;
    for (let place = 0; place < old.length; place += 3) {
      if (at(old, place) !== 0) this.#put(at(old, place), at(old, place + 1), at(old, place + 2));
    }
  }
}
