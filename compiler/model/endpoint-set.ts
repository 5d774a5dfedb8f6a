/** Sets of endpoints: pairs (domain, address), kept as one address set per domain. */
import { compareCodePoints } from "../../grammar/source.js";
import { AddressSet } from "../sets/address-set.js";
import type { DomainId } from "./estate.js";

/** An immutable set of endpoints. Domains without addresses are not kept. */
export class EndpointSet {
  static readonly empty = new EndpointSet(new Map());
  /** By domain, in code-point order of the domain's id. */
  readonly parts: ReadonlyMap<DomainId, AddressSet>;

  private constructor(parts: ReadonlyMap<DomainId, AddressSet>) {
    this.parts = parts;
  }

  /** The set with these parts; empty parts are dropped. */
  static of(parts: Iterable<readonly [DomainId, AddressSet]>): EndpointSet {
    const merged = new Map<DomainId, AddressSet>();
    for (const [domain, addresses] of parts) {
      if (addresses.isEmpty()) continue;
      merged.set(domain, merged.get(domain)?.union(addresses) ?? addresses);
    }
    return new EndpointSet(new Map([...merged].sort(([a], [b]) => compareCodePoints(a, b))));
  }

  isEmpty(): boolean {
    return this.parts.size === 0;
  }

  /** The addresses of a domain; empty where it has none. */
  in(domain: DomainId): AddressSet {
    return this.parts.get(domain) ?? AddressSet.empty;
  }

  /** The domains that have endpoints in the set. */
  domains(): readonly DomainId[] {
    return [...this.parts.keys()];
  }

  union(other: EndpointSet): EndpointSet {
    return EndpointSet.of([...this.parts, ...other.parts]);
  }

  intersect(other: EndpointSet): EndpointSet {
    return EndpointSet.of([...this.parts].map(([domain, set]) => [domain, set.intersect(other.in(domain))] as const));
  }

  subtract(other: EndpointSet): EndpointSet {
    return EndpointSet.of([...this.parts].map(([domain, set]) => [domain, set.subtract(other.in(domain))] as const));
  }

  equals(other: EndpointSet): boolean {
    return (
      this.parts.size === other.parts.size && [...this.parts].every(([domain, set]) => set.equals(other.in(domain)))
    );
  }

  containsSet(other: EndpointSet): boolean {
    return other.subtract(this).isEmpty();
  }

  /** How many endpoints. */
  size(): bigint {
    return [...this.parts.values()].reduce((sum, set) => sum + set.size(), 0n);
  }
}
