/**
 * What evaluating expressions and statements needs to know of the declarations: handed from the checker of declarations
 * to the checkers of expressions, policies and invariants.
 */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Symbols } from "../bind/symbols.js";
import type { Day, DomainId, Holding } from "../model/estate.js";

/** What the checkers of expressions and statements are handed. */
export interface CheckContext {
  readonly symbols: Symbols;
  readonly diagnostics: Diagnostics;
  /** Every holding of the estate, sorted by path. Holdings of faulty declarations are absent. */
  readonly holdings: readonly Holding[];
  /** Domains by name of segment, the faulty ones left out. */
  readonly domains: ReadonlySet<DomainId>;
  /**
   * Paths of declarations that exist in the source but were left out as faulty (and reported). An expression that needs
   * one is itself left out silently: faults do not cascade.
   */
  readonly faulty: ReadonlySet<string>;
  /** The day that `until` is judged against. */
  readonly today: Day;
}
