/** Makes the terms of one filter: unique names, counters, and address sides that are never empty. */

import type { AddressSet } from "../../compiler/sets/address-set.js";
import type { Family } from "../../grammar/address.js";
import { mangle, Names } from "../shared/routers/names.js";
import type { Build } from "./build.js";
import { limits } from "./limit-data.js";
import { type FilterMatch, type FilterTerm, matchAll, type Origin } from "./model.js";

/** The conditions of a term that are not addresses. */
export type L4Match = Partial<Omit<FilterMatch, "source" | "sourceExcept" | "destination">>;

/** A term to be added. An absent address side matches every address on purpose; an empty set is never passed on. */
export interface TermSpec {
  readonly name: string;
  readonly source?: AddressSet;
  readonly sourceExcept?: AddressSet;
  readonly destination?: AddressSet;
  readonly match?: L4Match;
  readonly action: "accept" | "discard";
  readonly count?: string;
  readonly log?: FilterTerm["log"];
  readonly origins: readonly Origin[];
}

/** Collects the terms of one filter in order. */
export class FilterBuilder {
  readonly family: Family;
  readonly terms: FilterTerm[] = [];
  private readonly names = new Names();
  private readonly build: Build;

  constructor(family: Family, build: Build) {
    this.family = family;
    this.build = build;
  }

  /** Adds a term, or nothing where one of its sides has no address of the family: then no packet would match it. */
  add(spec: TermSpec): void {
    const sides = [spec.source, spec.sourceExcept, spec.destination].filter((side) => side !== undefined);
    if (sides.some((side) => side.family(this.family).isEmpty())) return;
    const side = (set: AddressSet) => this.build.side(set, this.family, spec.origins);
    const name = this.names.unique(mangle(spec.name), limits.name.allowed);
    this.terms.push({
      name,
      match: {
        ...matchAll,
        ...spec.match,
        ...(spec.source === undefined ? {} : { source: side(spec.source) }),
        ...(spec.sourceExcept === undefined ? {} : { sourceExcept: side(spec.sourceExcept) }),
        ...(spec.destination === undefined ? {} : { destination: side(spec.destination) }),
      },
      count: spec.count ?? name,
      log: spec.log ?? "none",
      action: spec.action,
      origins: spec.origins,
    });
  }
}
