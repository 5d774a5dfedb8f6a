/** Outputs as names of objects: `subnet_ids` says which subnet is `shop.web`. */
import { isArray, isObject, type JsonValue } from "./json.js";
import type { Module } from "./module.js";
import type { Place } from "./place.js";
import type { Reading } from "./reading.js";
import type { Target, Wanted } from "./reference.js";

/** A path of the estate. */
const PATH = /^[A-Za-z_][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*$/;

/** One name for one object. */
export interface Named {
  readonly path: string;
  readonly target: Target;
  readonly module: Module;
}

/** A member of an output: a path with the values that it names, mostly one. */
export interface OutputEntry {
  readonly path: string;
  readonly module: Module;
  readonly values: readonly { readonly value: JsonValue; readonly at: Place }[];
  readonly at: Place;
}

/** The members of an output of that name in every module. */
export function outputEntries(reading: Reading, name: string): readonly OutputEntry[] {
  const out: OutputEntry[] = [];
  for (const module of reading.modules) {
    const output = module.outputs.get(name);
    if (output === undefined) continue;
    if (!isObject(output.value)) {
      reading.refusals.add(output.at.place, name, "an object from paths to ids is expected here");
      continue;
    }
    for (const [path, value] of output.value) {
      const at = output.at.at(path);
      if (!PATH.test(path)) reading.refusals.add(at.place, path, "this is no path");
      const values = isArray(value) ? value.map((one, index) => ({ value: one, at: at.at(index) })) : [{ value, at }];
      out.push({ path, module, values, at });
    }
  }
  return out;
}

/** The names that an output of the modules gives to objects. No path names two of them, no object has two paths. */
export class Names {
  readonly entries: readonly Named[];
  private readonly paths = new Map<string, string>();

  constructor(reading: Reading, name: string, wanted: readonly Wanted[], literal?: RegExp) {
    const entries: Named[] = [];
    const seen = new Set<string>();
    for (const { path, module, values, at } of outputEntries(reading, name)) {
      const [only, more] = values;
      if (only === undefined || more !== undefined) {
        reading.refusals.add(at.place, path, "one id is expected here");
        continue;
      }
      const target = reading.resolver.follow(module, only, wanted, literal);
      if (target === undefined) continue;
      if (seen.has(path)) reading.refusals.add(at.place, path, "this path stands twice");
      const other = this.paths.get(target.key);
      if (other !== undefined) reading.refusals.add(at.place, path, `the same object is \`${other}\``);
      seen.add(path);
      this.paths.set(target.key, path);
      entries.push({ path, target, module });
    }
    this.entries = entries;
  }

  /** The path of an object. */
  pathOf(key: string): string | undefined {
    return this.paths.get(key);
  }
}
