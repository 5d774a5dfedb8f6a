/** The text of a file taken apart for printing: tokens with the comments before them. */
import type { TokenType } from "chevrotain";
import type { Trivia } from "../syntax/trivia.js";
import type { Token } from "../tokens.js";
import { tokenText } from "./text.js";

/** One comment and how it stood. */
export interface Comment {
  readonly kind: Trivia["kind"];
  /** Line ends as `\n`, no blanks at the end. */
  readonly text: string;
  /** Line ends between it and what stands before it. */
  readonly feeds: number;
}

/** One token to print, or the end of the file (`type` undefined, no text). */
export interface Piece {
  readonly type: TokenType | undefined;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly comments: readonly Comment[];
  /** Line ends between it and what stands before it, comments included. */
  readonly feeds: number;
}

/** The text of a comment as it is printed. */
export function commentText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[ \t]+$/gm, "");
}

/** The pieces of a text in order; `dropped` are the offsets of tokens that are printed anew (separators). */
export function piecesOf(
  text: string,
  tokens: readonly Token[],
  trivia: readonly Trivia[],
  dropped: ReadonlySet<number>,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let behind = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let next = 0;
  const commentsBefore = (start: number): readonly Comment[] => {
    const comments: Comment[] = [];
    for (let one = trivia[next]; one !== undefined && one.start < start; one = trivia[++next]) {
      const feeds = countFeeds(text, behind, one.start);
      comments.push({ kind: one.kind, text: commentText(text.slice(one.start, one.end)), feeds });
      behind = one.end;
    }
    return comments;
  };
  let held: readonly Comment[] = [];
  for (const token of tokens) {
    const comments = [...held, ...commentsBefore(token.startOffset)];
    held = [];
    if (dropped.has(token.startOffset)) {
      held = comments;
      continue;
    }
    const { tokenType: type, startOffset: start, end } = token;
    pieces.push({ type, text: tokenText(token), start, end, comments, feeds: countFeeds(text, behind, start) });
    behind = end;
  }
  const comments = [...held, ...commentsBefore(text.length)];
  const { length } = text;
  pieces.push({ type: undefined, text: "", start: length, end: length, comments, feeds: 0 });
  return pieces;
}

function countFeeds(text: string, start: number, end: number): number {
  let feeds = 0;
  for (let i = text.indexOf("\n", start); i >= 0 && i < end; i = text.indexOf("\n", i + 1)) feeds++;
  return feeds;
}
