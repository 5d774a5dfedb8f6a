/** Values as compact text for baselines: one line where it fits, else one line per member, indented. */

import { AddressSet } from "../../../compiler/sets/address-set.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import { serviceTexts } from "../../../compiler/sets/service-text.js";
import {
  type Address,
  formatAddress,
  formatInterfaceAddress,
  formatPrefix,
  type InterfaceAddress,
  type Prefix,
} from "../../../grammar/address.js";
import { SourceFile, type Span } from "../../../grammar/source.js";

/** What a value is shown as: JSON without nulls. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

const WIDTH = 118;
const BARE = /^[\w./:@-]+$/;

/** The text of a value with its line end; nothing for an object or list without members. */
export function compactText(value: Plain): string {
  return lines(value, 0)
    .map((line) => `${line}\n`)
    .join("");
}

function lines(value: Plain, depth: number): readonly string[] {
  const pad = "  ".repeat(depth);
  if (!isObject(value)) {
    const items = Array.isArray(value) ? (value as readonly Plain[]) : [value];
    return items.flatMap((item) => {
      const short = inline(item);
      if (fits(pad, `- ${short}`) || isScalar(item)) return [`${pad}- ${short}`];
      const [first = "", ...rest] = lines(item, depth + 1);
      return [`${pad}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, member]) => {
    const short = inline(member);
    if (depth > 0 || isScalar(member)) {
      if (fits(pad, `${key}: ${short}`) || isScalar(member)) return [`${pad}${key}: ${short}`];
    }
    return [`${pad}${key}:`, ...lines(member, depth + 1)];
  });
}

function fits(pad: string, text: string): boolean {
  return pad.length + text.length <= WIDTH;
}

function isScalar(value: Plain): value is string | number | boolean {
  return typeof value !== "object";
}

function isObject(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === "object" && !Array.isArray(value);
}

function inline(value: Plain): string {
  if (typeof value === "string") return BARE.test(value) ? value : JSON.stringify(value);
  if (isScalar(value)) return String(value);
  if (!isObject(value)) return `[${(value as readonly Plain[]).map(inline).join(", ")}]`;
  const members = Object.entries(value).map(([key, member]) => `${key}: ${inline(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** `main.demarc:3:8`: where a span begins. */
export function placeText(at: Span): string {
  const { line, column } = at.source.position(at.start);
  return `${at.source.path}:${line}:${column}`;
}

/**
 * A value of the compiler as a plain one. Sets, addresses and spans become text, a located value its value, a reference
 * to a declaration its path; what is undefined is left out, and so are the members that `omit` names.
 */
export function plain(value: unknown, omit: ReadonlySet<string> = new Set()): Plain {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, omit));
  if (value instanceof Map) return plain(Object.fromEntries(value), omit);
  if (value instanceof AddressSet) return value.isEmpty() ? "nothing" : value.texts().join(", ");
  if (value instanceof ServiceSet) return serviceTexts(value).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return known(value) ?? members(value, omit);
}

function members(value: object, omit: ReadonlySet<string>): Plain {
  const kept = Object.entries(value).filter(([key, member]) => member !== undefined && !omit.has(key));
  return Object.fromEntries(kept.map(([key, member]) => [key, plain(member, omit)]));
}

function known(value: object): Plain | undefined {
  if ("source" in value && value.source instanceof SourceFile) return placeText(value as Span);
  if ("value" in value && "span" in value && Object.keys(value).length === 2) return plain(value.value);
  if ("path" in value && "name" in value && "span" in value && typeof value.path === "string") return value.path;
  if ("domain" in value && "span" in value && typeof value.domain === "string") return value.domain;
  const keys = Object.keys(value).sort().join(" ");
  if (keys === "column file line") return sourceText(value as { file: string; line: number; column: number });
  if (keys === "family value") return formatAddress(value as Address);
  if (keys === "family length value") return formatPrefix(value as Prefix);
  if (keys === "address length") return formatInterfaceAddress(value as InterfaceAddress);
  return undefined;
}

function sourceText({ file, line, column }: { file: string; line: number; column: number }): string {
  return `${file}:${line}:${column}`;
}
