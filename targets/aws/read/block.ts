/** A resource or data block: what it says, attribute by attribute, each with its place and type. */
import type { ArtefactPlace } from "../../../compiler/validate/readback.js";
import { isArray, isObject, type JsonObject, type JsonValue } from "./json.js";
import type { Module } from "./module.js";
import type { Place } from "./place.js";
import type { Refusals } from "./refusals.js";

/** A value with its place. */
export interface Placed<T> {
  readonly value: T;
  readonly at: Place;
}

/** One block of a module. Readers of attributes refuse a value of another type and then answer undefined. */
export class Block {
  readonly module: Module;
  /** `aws_vpc`, `data.…`. */
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
  readonly at: Place;
  private readonly refusals: Refusals;

  constructor(module: Module, type: string, name: string, body: JsonObject, at: Place, refusals: Refusals) {
    this.module = module;
    this.type = type;
    this.name = name;
    this.body = body;
    this.at = at;
    this.refusals = refusals;
  }

  /** The address in its module. */
  get address(): string {
    return `${this.type}.${this.name}`;
  }

  /** Unique among all modules. */
  get id(): string {
    return `${this.module.folder}/${this.address}`;
  }

  get place(): ArtefactPlace {
    return this.at.place;
  }

  /** Region of the provider that manages the block; undefined, and refused elsewhere, where it names none. */
  get region(): string | undefined {
    const written = this.body.get("provider");
    if (written === undefined) return this.module.providers.get("");
    return typeof written === "string" && written.startsWith("aws.")
      ? this.module.providers.get(written.slice("aws.".length))
      : undefined;
  }

  /** The value of an attribute; `null` is none, as for Terraform. */
  raw(attribute: string): JsonValue | undefined {
    return this.body.get(attribute) ?? undefined;
  }

  has(attribute: string): boolean {
    return this.raw(attribute) !== undefined;
  }

  /** Refuses an attribute, or without one the block. */
  refuse(attribute: string | undefined, why: string): undefined {
    const at = attribute === undefined || !this.body.has(attribute) ? this.at : this.at.at(attribute);
    this.refusals.add(at.place, attribute ?? this.address, why);
    return undefined;
  }

  /** A text without templates. */
  text(attribute: string): string | undefined {
    const value = this.raw(attribute);
    if (value === undefined) return undefined;
    if (typeof value !== "string") return this.refuse(attribute, "a text is expected here");
    if (hasTemplate(value)) return this.refuse(attribute, "only a value that is written out is modelled here");
    return value;
  }

  /** One of several words. */
  word<T extends string>(attribute: string, words: readonly T[], otherwise?: T): T | undefined {
    const value = this.raw(attribute);
    if (value === undefined && otherwise !== undefined) return otherwise;
    const found = words.find((word) => word === value);
    return found ?? this.refuse(attribute, `\`${words.join("` or `")}\` is expected here`);
  }

  /** A boolean, with what its absence means. */
  flag(attribute: string, otherwise: boolean): boolean | undefined {
    const value = this.raw(attribute);
    if (value === undefined) return otherwise;
    return typeof value === "boolean" ? value : this.refuse(attribute, "`true` or `false` is expected here");
  }

  /** A whole number inside bounds; undefined where absent, and refused where it is none. */
  integer(attribute: string, first: number, last: number): number | undefined {
    const value = this.raw(attribute);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !Number.isInteger(value) || value < first || value > last) {
      return this.refuse(attribute, `a whole number from ${first} to ${last} is expected here`);
    }
    return value;
  }

  /** The items of a list attribute; empty where absent. */
  items(attribute: string): readonly Placed<JsonValue>[] | undefined {
    const value = this.raw(attribute);
    if (value === undefined) return [];
    if (!isArray(value)) return this.refuse(attribute, "a list is expected here");
    const at = this.at.at(attribute);
    return value.map((item, index) => ({ value: item, at: at.at(index) }));
  }

  /** The nested blocks of a name: one object, or a list of them. */
  nested(attribute: string): readonly Placed<JsonObject>[] | undefined {
    const value = this.raw(attribute);
    if (isObject(value)) return [{ value, at: this.at.at(attribute) }];
    const out: Placed<JsonObject>[] = [];
    for (const { value: item, at } of this.items(attribute) ?? []) {
      if (!isObject(item)) return this.refuse(attribute, "a block is expected here");
      out.push({ value: item, at });
    }
    return out;
  }

  /** Refuses the block where an attribute is absent. */
  demand(...attributes: readonly string[]): boolean {
    const missing = attributes.filter((attribute) => !this.has(attribute));
    for (const attribute of missing) this.refuse(undefined, `\`${attribute}\` is missing`);
    return missing.length === 0;
  }
}

/** True where Terraform would evaluate or unescape a text. */
export function hasTemplate(text: string): boolean {
  return /[$%]\{/.test(text);
}
