/** What the exports of declarations and of statements have in common. */
import type { Span } from "../../grammar/source.js";
import type { EndpointSet } from "./endpoint-set.js";
import type { Declared } from "./estate.js";

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An object of JSON, entries without a value left out. */
export function object(entries: Readonly<Record<string, Json | undefined>>): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** Where something is declared: file relative to the package, line and column from 1. */
export function sourceJson(span: Span): Json {
  const { line, column } = span.source.position(span.start);
  return { file: span.source.path, line, column };
}

/** Endpoints by segment, as addresses, prefixes and ranges. */
export function endpointsJson(set: EndpointSet): Json {
  return Object.fromEntries([...set.parts].map(([domain, addresses]) => [domain, addresses.texts()]));
}

/** What every declaration has. */
export function declaredJson({ path, name, span, doc }: Declared): Readonly<Record<string, Json | undefined>> {
  return { path, name, source: sourceJson(span), documentation: doc };
}
