/** Ids of objects in the guard-rail input, and where each is written. */
import type { Span } from "../../grammar/source.js";
import type { PlaceRef } from "../model/estate.js";
import { MOST_COUNTED, type ObjectId } from "./input.js";

/** Kinds of objects that a finding may name as its subject; the first part of every id. */
export const OBJECT_KINDS = [
  "estate",
  "segment",
  "cloud",
  "router",
  "external",
  "network",
  "subnet",
  "host",
  "link",
  "carries",
  "group",
  "policy",
  "rule",
  "share",
  "never",
  "always",
  "pair",
  "exposure",
  "surplus",
  "overlap",
  "limit",
  "remark",
] as const;

/** One of the kinds. */
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** The id of an object. */
export function objectId(kind: ObjectKind, name: string): ObjectId {
  return `${kind}:${name}`;
}

/** The id of a domain: segments are the only kind of domain. */
export function domainId(domain: string): ObjectId {
  return objectId("segment", domain);
}

/** The id of a place: an external is one object, as a place and as an owner of addresses. */
export function placeId({ kind, name }: PlaceRef): ObjectId {
  return objectId(kind, name);
}

/** Where the objects of a document are written; an object without a place in a text is known with none. */
export class Subjects {
  private readonly spans = new Map<ObjectId, Span | undefined>();

  /** Notes an object and returns its id. An id that is taken gets a number behind it. */
  add(kind: ObjectKind, name: string, span: Span | undefined): ObjectId {
    const wanted = objectId(kind, name);
    let id = wanted;
    for (let copy = 2; this.spans.has(id); copy++) id = `${wanted}#${copy}`;
    this.spans.set(id, span);
    return id;
  }

  has(id: ObjectId): boolean {
    return this.spans.has(id);
  }

  /** Where an object is written; undefined for one without a place, and for an unknown one. */
  spanOf(id: ObjectId): Span | undefined {
    return this.spans.get(id);
  }

  /** All ids, in the order of the document. */
  ids(): readonly ObjectId[] {
    return [...this.spans.keys()];
  }
}

/** A count as the document holds it. */
export function counted(count: bigint): number {
  return count > BigInt(MOST_COUNTED) ? MOST_COUNTED : Number(count);
}

/** A type whose keys that may be undefined may be absent instead. */
type Compact<T> = { readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> } & {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K];
};

/** An object without its undefined entries and empty texts. */
export function compact<T extends object>(entries: T): Compact<T> {
  const kept = Object.entries(entries).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(kept) as Compact<T>;
}
