/** Which brackets balance in a whole file, and how many of each kind are lacking or too many. */
import type { TokenType } from "chevrotain";
import { sign, type Token } from "../tokens.js";

const pairs: readonly (readonly [TokenType, TokenType])[] = [
  [sign("{"), sign("}")],
  [sign("["), sign("]")],
  [sign("("), sign(")")],
];
const closers: ReadonlyMap<TokenType, TokenType> = new Map(pairs);
const openers: ReadonlyMap<TokenType, TokenType> = new Map(pairs.map(([open, close]) => [close, open]));

/** True for `{`, `[` and `(`. */
export function isOpener(type: TokenType): boolean {
  return closers.has(type);
}

/** True for `}`, `]` and `)`. */
export function isCloser(type: TokenType): boolean {
  return openers.has(type);
}

/** The closer of an opener. Throws for any other token type. */
export function closerOf(opener: TokenType): TokenType {
  const closer = closers.get(opener);
  if (closer === undefined) throw new Error(`${opener.name} opens nothing`);
  return closer;
}

/** The opener of a closer. Throws for any other token type. */
export function openerOf(closer: TokenType): TokenType {
  const opener = openers.get(closer);
  if (opener === undefined) throw new Error(`${closer.name} closes nothing`);
  return opener;
}

/** The account of one file; it is kept up to date while brackets are put in or taken out. */
export class Balance {
  /** Some bracket has no partner, or pairs cross. */
  readonly broken: boolean;
  /** Indentation decides what is closed, whatever the counts: two faults may cancel out in them. */
  readonly byIndent: boolean;
  private readonly counts: Map<TokenType, number>;

  constructor(broken: boolean, byIndent: boolean, counts: Map<TokenType, number>) {
    this.broken = broken || byIndent;
    this.byIndent = byIndent;
    this.counts = counts;
  }

  /** More openers than closers of this kind are left, or may be. */
  lacking(closer: TokenType): boolean {
    return this.byIndent || (this.counts.get(closer) ?? 0) > 0;
  }

  /** More closers than openers of this kind are left. */
  surplus(closer: TokenType): boolean {
    return (this.counts.get(closer) ?? 0) < 0;
  }

  /** A closer was put in. */
  closed(closer: TokenType): void {
    this.counts.set(closer, (this.counts.get(closer) ?? 0) - 1);
  }

  /** An opener was put in, or a closer taken out. */
  opened(opener: TokenType): void {
    const closer = closerOf(opener);
    this.counts.set(closer, (this.counts.get(closer) ?? 0) + 1);
  }
}

/** The account of a file before anything is mended. */
export function balanceOf(tokens: readonly Token[], byIndent: boolean): Balance {
  const counts = new Map<TokenType, number>();
  const stack: TokenType[] = [];
  let broken = false;
  for (const { tokenType } of tokens) {
    const closer = closers.get(tokenType);
    if (closer !== undefined) {
      counts.set(closer, (counts.get(closer) ?? 0) + 1);
      stack.push(closer);
    } else if (openers.has(tokenType)) {
      counts.set(tokenType, (counts.get(tokenType) ?? 0) - 1);
      if (stack.pop() !== tokenType) broken = true;
    }
  }
  return new Balance(broken || stack.length > 0, byIndent, counts);
}
