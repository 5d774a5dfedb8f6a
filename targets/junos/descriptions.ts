/** Descriptions of interfaces and routing instances: what the object is, and what its declaration says of itself. */
import { limits } from "./limit-data.js";

/** Where a declaration says what it is: its `description`, else its doc comment. */
export interface Described {
  readonly description?: { readonly value: string };
  readonly doc?: string;
}

/**
 * The text behind `description`: `what`, and after a colon the first of `of` that says something. One line of printable
 * ASCII (accents are dropped, other characters become `-`), cut at the limit; quotes are escaped where it is printed.
 */
export function describe(what: string, ...of: readonly (Described | undefined)[]): string {
  const said = of.map((one) => plain(one?.description?.value ?? one?.doc ?? "")).find((text) => text !== "");
  const text = said === undefined ? plain(what) : `${plain(what)}: ${said}`;
  const most = limits.description.allowed;
  return text.length <= most ? text : `${text.slice(0, most - 3).trimEnd()}...`;
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[\s\p{C}]+/gu, " ")
    .replace(/[^\x20-\x7e]/gu, "-")
    .trim();
}
