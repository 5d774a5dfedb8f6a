/** How findings of the parser name tokens and places. */
import type { IToken } from "chevrotain";
import { StringToken } from "../tokens.js";

const longest = 40;

/** A token as a person sees it, in back-ticks unless it is a string. */
export function describe(token: IToken): string {
  if (token.tokenType === StringToken) return "the string";
  const { image } = token;
  return `\`${image.length > longest ? `${image.slice(0, longest)}…` : image}\``;
}

const wanted: ReadonlyMap<string, string> = new Map([
  ["->", "a destination"],
  ["<->", "a destination"],
  ["on", "a service"],
  ["allow", "a source"],
  ["never", "a source"],
  ["always", "a source"],
  ["share", "what to share"],
  ["with", "a segment"],
  ["=", "a value"],
  ["!=", "a value"],
  ["+", "an operand"],
  ["-", "an operand"],
  ["&", "an operand"],
  ["where", "a condition on labels"],
  ["and", "a condition on labels"],
  ["or", "a condition on labels"],
  ["not", "a condition on labels"],
]);

/** What an expression would be at the place behind a token. */
export function expectedAfter(token: IToken): string {
  return wanted.get(token.image) ?? "a value or a name";
}
