/**
 * The lock file: allocated numbers and chosen meeting places, so that adding one thing never renumbers the rest.
 *
 * Pools map keys (paths) to values. A value once given stays with its key, and the entry stays when the key is gone until
 * the lock is pruned. New keys take the lowest free value in order of their names.
 */
import { compareCodePoints } from "../../grammar/source.js";

/** A value of a pool: a number, a prefix, a letter. */
export type LockValue = string | number;

/** The content of `demarc.lock.json`. */
export interface LockFile {
  readonly lockVersion: 1;
  readonly pools: Readonly<Record<string, Readonly<Record<string, LockValue>>>>;
  /** Chosen meeting places by unordered pair of places. */
  readonly meetings: Readonly<Record<string, string>>;
}

/** A lock without entries. */
export const emptyLock: LockFile = { lockVersion: 1, pools: {}, meetings: {} };

/** The canonical text of a lock: keys in code-point order, `\n` line ends. */
export function printLock(lock: LockFile): string {
  const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareCodePoints(a, b)));
  const pools = sorted(Object.fromEntries(Object.entries(lock.pools).map(([name, pool]) => [name, sorted(pool)])));
  return `${JSON.stringify({ lockVersion: lock.lockVersion, pools, meetings: sorted(lock.meetings) }, undefined, 2)}\n`;
}

/** Values of a pool, listed or by a rule. */
export interface ValueSet {
  has(value: LockValue): boolean;
}

/** One request of a pool. */
export interface PoolRequest {
  readonly pool: string;
  readonly keys: readonly string[];
  /** Values in the order they are given out; may be long, and is read only as far as needed. */
  readonly candidates: Iterable<LockValue>;
  /** Values written in the source: they win over what the lock says. */
  readonly pinned?: ReadonlyMap<string, LockValue>;
  /** Values that must not be given out: who holds one gets another. */
  readonly taken?: ValueSet;
  /** Values that must not be given out anew: who holds one keeps it. */
  readonly avoid?: ValueSet;
  /** True where several keys may hold one value (zones); values are then given out in turn by name. */
  readonly repeat?: boolean;
}

const NONE: ValueSet = { has: () => false };

/** Gives out values and remembers them. */
export class Allocator {
  private readonly old: LockFile;
  private readonly pools = new Map<string, Map<string, LockValue>>();
  private readonly used = new Map<string, Set<string>>();

  constructor(old: LockFile) {
    this.old = old;
  }

  /** The values of the keys; a key for which no candidate is left is absent. */
  allocate(request: PoolRequest): ReadonlyMap<string, LockValue> {
    const pool = this.pool(request.pool);
    const keys = [...new Set(request.keys)].sort(compareCodePoints);
    const used = this.used.get(request.pool) ?? new Set<string>();
    for (const key of keys) used.add(key);
    this.used.set(request.pool, used);
    const { pinned = new Map<string, LockValue>(), taken = NONE, avoid = NONE } = request;
    for (const [key, value] of pinned) {
      // A pinned value wins: whoever held it before gets another.
      for (const [other, held] of pool) if (held === value && other !== key) pool.delete(other);
      pool.set(key, value);
    }
    for (const key of keys) {
      const held = pool.get(key);
      if (held !== undefined && !pinned.has(key) && taken.has(held)) pool.delete(key);
    }
    if (request.repeat === true) rotate(pool, keys, [...request.candidates]);
    else this.fill(pool, keys, request.candidates, { has: (value) => taken.has(value) || avoid.has(value) });
    return new Map(keys.flatMap((key) => (pool.has(key) ? [[key, pool.get(key) ?? 0] as const] : [])));
  }

  private fill(
    pool: Map<string, LockValue>,
    keys: readonly string[],
    candidates: Iterable<LockValue>,
    taken: ValueSet,
  ): void {
    const missing = keys.filter((key) => !pool.has(key));
    if (missing.length === 0) return;
    const held = new Set(pool.values());
    let next = 0;
    for (const value of candidates) {
      if (held.has(value) || taken.has(value)) continue;
      const key = missing[next++];
      if (key === undefined) return;
      pool.set(key, value);
      if (next === missing.length) return;
    }
  }

  /** The values that a pool holds by now, of keys that are gone too. */
  held(name: string): ReadonlySet<LockValue> {
    return new Set(this.pool(name).values());
  }

  private pool(name: string): Map<string, LockValue> {
    const known = this.pools.get(name) ?? new Map(Object.entries(this.old.pools[name] ?? {}));
    this.pools.set(name, known);
    return known;
  }

  /** The lock after this compile: unused entries stay unless `prune`. */
  finish(meetings: ReadonlyMap<string, string>, prune: boolean): LockFile {
    const pools = new Map<string, Readonly<Record<string, LockValue>>>();
    for (const name of new Set([...Object.keys(this.old.pools), ...this.pools.keys()])) {
      const entries = [...this.pool(name)].filter(([key]) => !prune || this.used.get(name)?.has(key) === true);
      if (entries.length > 0) pools.set(name, Object.fromEntries(entries));
    }
    return {
      lockVersion: 1,
      pools: Object.fromEntries(pools),
      meetings: { ...(prune ? {} : this.old.meetings), ...Object.fromEntries(meetings) },
    };
  }
}

/** Gives each key that has none the value at its turn among all keys. */
function rotate(pool: Map<string, LockValue>, keys: readonly string[], values: readonly LockValue[]): void {
  for (const [index, key] of keys.entries()) {
    const value = values[index % values.length];
    if (!pool.has(key) && value !== undefined) pool.set(key, value);
  }
}
