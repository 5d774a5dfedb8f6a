/** What an endpoint expression denotes while it is being evaluated. */

import { EndpointSet } from "../../model/endpoint-set.js";
import type { DomainId, Holding } from "../../model/estate.js";
import { AddressSet } from "../../sets/address-set.js";

/**
 * An immutable set of endpoints. As long as an expression only combines names, its value is a set of whole holdings,
 * which are disjoint, so that no addresses need to be compared; with a literal in it, it becomes a set of addresses.
 */
export class EndpointValue {
  /** The holdings that make up the value; absent where it cuts one. */
  readonly holdings: readonly Holding[] | undefined;
  /**
   * True where a faulty declaration would have added endpoints. What is there counts, but that the value is empty is then
   * no fault of its own.
   */
  readonly incomplete: boolean;
  readonly #make: () => EndpointSet;
  #set: EndpointSet | undefined;

  private constructor(holdings: readonly Holding[] | undefined, make: () => EndpointSet, incomplete: boolean) {
    this.holdings = holdings;
    this.#make = make;
    this.incomplete = incomplete;
  }

  static ofHoldings(holdings: readonly Holding[], incomplete = false): EndpointValue {
    return new EndpointValue(holdings, () => setOfHoldings(holdings), incomplete);
  }

  static ofSet(set: EndpointSet, incomplete = false): EndpointValue {
    return new EndpointValue(undefined, () => set, incomplete);
  }

  /** The union of values in one pass. */
  static unionAll(values: readonly EndpointValue[]): EndpointValue {
    const [only] = values;
    if (values.length === 1 && only !== undefined) return only;
    const incomplete = values.some((value) => value.incomplete);
    const holdings = new Set<Holding>();
    for (const value of values) {
      if (value.holdings === undefined)
        return EndpointValue.ofSet(unionOfSets(values.map((each) => each.set)), incomplete);
      for (const holding of value.holdings) holdings.add(holding);
    }
    return EndpointValue.ofHoldings([...holdings], incomplete);
  }

  get set(): EndpointSet {
    this.#set ??= this.#make();
    return this.#set;
  }

  isEmpty(): boolean {
    return this.holdings === undefined ? this.set.isEmpty() : this.holdings.every((each) => each.addresses.isEmpty());
  }

  intersect(other: EndpointValue): EndpointValue {
    const incomplete = this.incomplete || other.incomplete;
    if (this.holdings === undefined || other.holdings === undefined) {
      return EndpointValue.ofSet(this.set.intersect(other.set), incomplete);
    }
    const others = new Set(other.holdings);
    return EndpointValue.ofHoldings(
      this.holdings.filter((each) => others.has(each)),
      incomplete,
    );
  }

  subtract(other: EndpointValue): EndpointValue {
    if (this.holdings === undefined || other.holdings === undefined) {
      return EndpointValue.ofSet(this.set.subtract(other.set), this.incomplete);
    }
    const others = new Set(other.holdings);
    const left = this.holdings.filter((each) => !others.has(each));
    // What is subtracted is mostly far smaller than what is left, and the set of the whole is known by then.
    return new EndpointValue(left, () => this.set.subtract(other.set), this.incomplete);
  }
}

/** The endpoints of holdings. */
export function setOfHoldings(holdings: readonly Holding[]): EndpointSet {
  return collect(holdings.map((each) => [each.domain, each.addresses] as const));
}

function unionOfSets(sets: readonly EndpointSet[]): EndpointSet {
  return collect(sets.flatMap((each) => [...each.parts]));
}

function collect(parts: readonly (readonly [DomainId, AddressSet])[]): EndpointSet {
  const [only, more] = parts;
  if (only !== undefined && more === undefined) return EndpointSet.of([only]);
  const byDomain = new Map<DomainId, AddressSet[]>();
  for (const [domain, addresses] of parts) {
    const list = byDomain.get(domain);
    if (list === undefined) byDomain.set(domain, [addresses]);
    else list.push(addresses);
  }
  return EndpointSet.of([...byDomain].map(([domain, list]) => [domain, AddressSet.unionAll(list)] as const));
}
