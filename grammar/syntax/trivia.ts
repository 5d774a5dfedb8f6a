/** One comment. Blanks and line ends are not kept: they are the gaps between tokens and comments. */
export interface Trivia {
  readonly kind: "line" | "block" | "doc";
  readonly start: number;
  readonly end: number;
}
