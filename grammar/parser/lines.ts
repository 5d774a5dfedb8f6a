/** Where the lines of a file begin, token by token: what layout can be read from. */
import type { Token } from "../tokens.js";

const tabWidth = 4;

/** The place of one token in the lines of its text. */
export interface LinePlace {
  /** Counts the lines on which a token stands, from 0. */
  readonly line: number;
  /** The token is the first of its line. */
  readonly first: boolean;
  /** The column of the first token of the line, from 0; a tab counts 4. */
  readonly indent: number;
}

/** The places of all tokens, in their order. */
export function linePlaces(tokens: readonly Token[], text: string): readonly LinePlace[] {
  let line = -1;
  let indent = 0;
  let end = 0;
  return tokens.map((token) => {
    const gap = text.slice(end, token.startOffset);
    end = token.end;
    const feed = gap.lastIndexOf("\n");
    const first = feed >= 0 || line < 0;
    if (first) {
      line++;
      indent = width(gap.slice(feed + 1));
    }
    return { line, first, indent };
  });
}

function width(blanks: string): number {
  let columns = 0;
  for (const char of blanks) columns += char === "\t" ? tabWidth : char === "\ufeff" ? 0 : 1;
  return columns;
}
