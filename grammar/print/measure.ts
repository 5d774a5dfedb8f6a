/** How wide pieces are when nothing breaks. */
import { sign } from "../tokens.js";
import type { Group, Outline } from "./outline.js";
import type { Piece } from "./pieces.js";

const tight = new Set([sign("("), sign("["), sign(".")]);
const tightBefore = new Set([sign(")"), sign("]"), sign("."), sign(",")]);

/** The blanks between pieces on one line, and the columns that follow from them. */
export class Measure {
  /** What stands before each piece on its line: "", " " or two blanks. */
  readonly gaps: readonly string[];
  /** A `,` stands behind the piece when its group is on one line. */
  readonly commas: ReadonlySet<number>;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly pieces: readonly Piece[];

  constructor(pieces: readonly Piece[], outline: Outline) {
    this.pieces = pieces;
    const commas = new Set<number>();
    const wide = new Set<number>();
    for (const { kind, units } of outline.groups) {
      for (const unit of units.slice(1)) if (kind === "body" || kind === "file") wide.add(unit.first);
      for (const unit of units.slice(0, -1)) if (kind === "object" || kind === "list") commas.add(unit.last);
    }
    this.commas = commas;
    this.gaps = pieces.map((_, index) => (wide.has(index) ? "  " : this.gap(index, outline)));
    let column = 0;
    for (const [index, piece] of pieces.entries()) {
      column += (this.gaps[index] ?? "").length;
      for (const comment of piece.comments) column += comment.text.length + 1;
      this.starts.push(column);
      column += piece.text.length + (commas.has(index) ? 1 : 0);
      this.ends.push(column);
    }
  }

  /** The width of pieces `first` to `last` on one line, with the comments between them. */
  width(first: number, last: number): number {
    return (this.ends[last] ?? 0) - (this.starts[first] ?? 0);
  }

  /** True where the line must end before a piece: a `//` comment or one of several lines stands there. */
  mustBreak(index: number): boolean {
    return this.pieces[index]?.comments.some((one) => one.kind !== "block" || one.text.includes("\n")) ?? false;
  }

  private gap(index: number, outline: Outline): string {
    const type = this.pieces[index]?.type;
    const before = this.pieces[index - 1]?.type;
    if (type === undefined || before === undefined) return "";
    if (tight.has(before) || tightBefore.has(type) || outline.calls.has(index)) return "";
    return before === sign("{") && type === sign("}") ? "" : " ";
  }
}

/** True where the text had a group on several lines. */
export function spansLines(group: Group, pieces: readonly Piece[]): boolean {
  for (let i = group.open + 1; i <= group.close; i++) {
    const piece = pieces[i];
    if (piece === undefined) break;
    if (
      piece.feeds > 0 ||
      piece.comments.some((one) => one.feeds > 0 || one.kind !== "block" || one.text.includes("\n"))
    ) {
      return true;
    }
  }
  return false;
}
