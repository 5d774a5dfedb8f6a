/** What every part of the reader works with: the modules of one reading, references between them, refusals, assumptions. */
import type { ArtefactPlace, ReadAssumption } from "../../../compiler/validate/readback.js";
import type { Module } from "./module.js";
import { Resolver } from "./reference.js";
import type { Refusals } from "./refusals.js";

/** One reading of all modules of the target. */
export class Reading {
  readonly modules: readonly Module[];
  readonly refusals: Refusals;
  readonly resolver: Resolver;
  private readonly assumed = new Map<string, ReadAssumption>();

  constructor(modules: readonly Module[], refusals: Refusals) {
    this.modules = modules;
    this.refusals = refusals;
    this.resolver = new Resolver(modules, refusals);
  }

  /** Records a fact that no file enforces, once for each id. */
  assume(id: string, text: string, place: ArtefactPlace): void {
    if (!this.assumed.has(id)) this.assumed.set(id, { id, text, place });
  }

  /** Every assumption so far, by id. */
  get assumptions(): readonly ReadAssumption[] {
    const all = [...this.assumed.values(), ...this.resolver.assumptions];
    return all.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  }
}
