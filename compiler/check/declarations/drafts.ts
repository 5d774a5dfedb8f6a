/** The declarations of a package as far as they are checked: gathered one by one, thinned by the rules between them. */

import type { Cloud, EstateHeader, External, Link, Network, PlaceRef, Router, Segment } from "../../model/estate.js";
import type { PlaceTag } from "../../schema/types.js";

/** Everything declared, by name; what turns out to be faulty is only named. */
export class Drafts {
  header: EstateHeader | undefined;
  readonly segments = new Map<string, Segment>();
  readonly clouds = new Map<string, Cloud>();
  readonly routers = new Map<string, Router>();
  readonly externals = new Map<string, External>();
  readonly networks = new Map<string, Network>();
  readonly links = new Map<string, Link>();
  /** What each place is, known even where the place is faulty. */
  readonly tags = new Map<string, PlaceTag>();
  /** Paths of what is left out: of names, and of subnets and hosts. */
  readonly faulty: Set<string>;
  /** Names of links that are left out. */
  readonly faultyLinks = new Set<string>();
  /** The estate's header is faulty: what needs its ASN is not judged. */
  faultyHeader = false;

  constructor(faulty: Iterable<string>) {
    this.faulty = new Set(faulty);
  }

  /** The sound ones of a kind. */
  sound<T extends { readonly path: string }>(kind: ReadonlyMap<string, T>): readonly T[] {
    return [...kind.values()].filter(({ path }) => !this.faulty.has(path));
  }

  /** The links that are not left out. */
  soundLinks(): readonly Link[] {
    return [...this.links.values()].filter(({ name }) => !this.faultyLinks.has(name));
  }

  /** True where a place exists and is sound. */
  isSound(place: PlaceRef): boolean {
    return !this.faulty.has(place.name);
  }
}
