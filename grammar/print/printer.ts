/**
 * Prints pieces: one item a line, brackets on one line where they were and fit, else one unit a line.
 *
 * Whether a pair of brackets is broken is settled when its opener is printed, outer ones first; a statement that is too
 * long then breaks before its arrows, clauses and operators.
 */
import { Measure, spansLines } from "./measure.js";
import type { Group, Outline, Unit } from "./outline.js";
import type { Comment, Piece } from "./pieces.js";

/** The width that lines are kept within where they can be. */
export const lineWidth = 100;
const step = 2;
const continuation = 4;

/** A group whose closer is not printed yet. */
interface OpenGroup {
  readonly group: Group;
  readonly broken: boolean;
  /** The indentation of the line with its opener. */
  readonly indent: number;
}

/** The text of the pieces in canonical layout. */
export function printPieces(pieces: readonly Piece[], outline: Outline): string {
  return new Printer(pieces, outline).run();
}

class Printer {
  private readonly pieces: readonly Piece[];
  private readonly outline: Outline;
  private readonly measure: Measure;
  private readonly opening = new Map<number, Group>();
  private readonly unitStarts = new Map<number, Unit>();
  private readonly stack: OpenGroup[] = [];
  /** Units that stay in the line of the one before. */
  private readonly joined = new Set<number>();
  /** Blanks put before `=` to line it up with its neighbours. */
  private readonly padding = new Map<number, number>();
  /** Pieces behind which a broken list has its comma. */
  private readonly commas = new Set<number>();
  private out = "";
  /** The last piece or comment written. */
  private last = "";
  private column = 0;
  private indent = 0;
  private unitIndent = 0;

  constructor(pieces: readonly Piece[], outline: Outline) {
    this.pieces = pieces;
    this.outline = outline;
    this.measure = new Measure(pieces, outline);
    for (const group of outline.groups) {
      this.opening.set(group.open, group);
      for (const unit of group.units) this.unitStarts.set(unit.first, unit);
    }
  }

  run(): string {
    const whole = this.opening.get(-1);
    if (whole !== undefined) this.openBroken(whole, -step);
    for (const [index, piece] of this.pieces.entries()) {
      this.before(index, piece);
      this.write(piece.text);
      this.behind(index);
    }
    const text = this.out.trimEnd();
    return text === "" ? "" : `${text}\n`;
  }

  private get top(): OpenGroup | undefined {
    return this.stack.at(-1);
  }

  /** Writes comments and blanks, or a line end, before a piece. */
  private before(index: number, piece: Piece): void {
    const { top } = this;
    const closes = top !== undefined && top.group.close === index;
    if (closes) this.stack.pop();
    const unit = this.unitStarts.get(index);
    const newLine = closes ? top.broken : unit !== undefined && top?.broken === true && !this.joined.has(index);
    if (newLine) {
      const indent = closes ? Math.max(0, top.indent) : this.unitIndentOf(top);
      const inner = closes ? top.indent + step : indent;
      this.comments(piece.comments, inner, true);
      this.lineBreak(indent, closes || this.column === 0 ? 0 : piece.feeds, this.opensGroup(index));
      this.unitIndent = indent;
      if (unit !== undefined) this.indent = indent;
      return;
    }
    const wraps = this.wraps(index);
    const goesOn = this.unitIndent + continuation;
    const ended = this.comments(piece.comments, goesOn, false);
    if (ended || wraps) this.lineBreak(goesOn, 0, true);
    else this.write(this.blanks(index, piece));
  }

  private unitIndentOf(open: OpenGroup | undefined): number {
    return open === undefined ? 0 : open.indent + step;
  }

  /** The first unit of a group follows its opener without an empty line. */
  private opensGroup(index: number): boolean {
    return this.opening.has(index - 1) && this.pieces[index]?.comments.length === 0;
  }

  private blanks(index: number, piece: Piece): string {
    const gap = this.measure.gaps[index] ?? "";
    const padding = " ".repeat(this.padding.get(index) ?? 0);
    return (piece.comments.length > 0 && gap === "" ? " " : gap) + padding;
  }

  /** True where the line is broken before a piece because what follows does not fit. */
  private wraps(index: number): boolean {
    if (!this.outline.breaks.has(index) || this.column <= this.unitIndent + continuation) return false;
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const open = this.stack[i];
      if (open === undefined || open.broken) break;
      if (open.group.kind !== "paren") return false;
    }
    return this.column + 1 + this.widthToBreak(index, index) > lineWidth;
  }

  /** The width from `first` to the next place after `from` where a line may end. */
  private widthToBreak(first: number, from: number): number {
    let last = from;
    while (!this.mayBreakBefore(last + 1)) last++;
    return this.measure.width(first, last);
  }

  private mayBreakBefore(index: number): boolean {
    if (index >= this.pieces.length - 1 || this.outline.breaks.has(index) || this.measure.mustBreak(index)) return true;
    const open = this.stack.findLast((one) => one.group.kind !== "paren");
    return (
      (open?.broken === true && open.group.close === index) || (this.unitStarts.has(index) && !this.joined.has(index))
    );
  }

  /** Opens a group behind its opener, or puts a comma. */
  private behind(index: number): void {
    const flat = this.measure.commas.has(index) && this.top?.broken !== true;
    if (flat || this.commas.has(index)) this.write(",");
    const group = this.opening.get(index);
    if (group === undefined) return;
    const { indent } = this;
    if (group.kind !== "paren" && this.breaks(group)) this.openBroken(group, indent);
    else this.stack.push({ group, broken: false, indent });
  }

  private breaks(group: Group): boolean {
    if (this.top !== undefined && !this.top.broken && this.top.group.kind !== "paren") return false;
    if (spansLines(group, this.pieces)) return group.units.length > 0 || this.hasComments(group);
    const { close } = group;
    let last = close;
    while (!this.mayBreakBefore(last + 1)) last++;
    const gap = this.measure.gaps[group.open + 1]?.length ?? 0;
    const comma = this.commas.has(last) ? 1 : 0;
    return group.units.length > 0 && this.column + gap + this.measure.width(group.open + 1, last) + comma > lineWidth;
  }

  private hasComments(group: Group): boolean {
    return (this.pieces[group.close]?.comments.length ?? 0) > 0;
  }

  private openBroken(group: Group, indent: number): void {
    this.stack.push({ group, broken: true, indent });
    const rows = this.rowsOf(group, indent + step);
    if (group.kind === "list") for (const unit of group.units) this.commas.add(unit.last);
    if (group.kind !== "list") this.alignRows(rows);
  }

  /**
   * The units of a group by lines: short neighbours that shared a line still do where they fit. A body that was on one
   * line and is opened because it is too long has one unit a line.
   */
  private rowsOf(group: Group, indent: number): readonly (readonly Unit[])[] {
    if (group.open >= 0 && !spansLines(group, this.pieces)) return group.units.map((unit) => [unit]);
    const rows: Unit[][] = [];
    for (const unit of group.units) {
      const row = rows.at(-1);
      const last = row?.at(-1);
      if (row !== undefined && last !== undefined && this.sharesLine(last, unit)) row.push(unit);
      else rows.push([unit]);
    }
    return rows.flatMap((row) => {
      const first = row[0];
      const last = row.at(-1);
      if (first === undefined || last === undefined) return [];
      if (indent + this.measure.width(first.first, last.last) > lineWidth) return row.map((unit) => [unit]);
      for (const unit of row.slice(1)) this.joined.add(unit.first);
      return [row];
    });
  }

  private sharesLine(a: Unit, b: Unit): boolean {
    const piece = this.pieces[b.first];
    if (!a.short || !b.short || piece === undefined || piece.feeds > 0 || piece.comments.length > 0) return false;
    return !this.holdsLines(a) && !this.holdsLines(b);
  }

  private holdsLines(unit: Unit): boolean {
    for (let i = unit.first + 1; i <= unit.last; i++) {
      if ((this.pieces[i]?.feeds ?? 0) > 0 || (this.pieces[i]?.comments.length ?? 0) > 0) return true;
    }
    return false;
  }

  /** Lines up the `=` of single properties on consecutive lines. */
  private alignRows(rows: readonly (readonly Unit[])[]): void {
    let block: Unit[] = [];
    for (const row of rows) {
      const unit = row[0];
      const single = row.length === 1 && unit?.equals !== undefined;
      const piece = unit === undefined ? undefined : this.pieces[unit.first];
      const apart = piece === undefined || piece.feeds > 1 || piece.comments.some((one) => one.feeds > 1);
      if (!single || apart) {
        this.alignBlock(block);
        block = [];
      }
      if (single && unit !== undefined) block.push(unit);
    }
    this.alignBlock(block);
  }

  private alignBlock(block: readonly Unit[]): void {
    const widths = block.map((unit) => this.measure.width(unit.first, (unit.equals ?? unit.first + 1) - 1));
    const widest = Math.max(0, ...widths);
    for (const [index, unit] of block.entries()) {
      const width = widths[index] ?? 0;
      if (unit.equals !== undefined && width < widest) this.padding.set(unit.equals, widest - width);
    }
  }

  /**
   * Writes comments. Those that began a line do so again where `ownLines`, and everywhere where they end with the line.
   * True where the last one ends its line.
   */
  private comments(comments: readonly Comment[], indent: number, ownLines: boolean): boolean {
    let ended = false;
    for (const comment of comments) {
      const toLineEnd = comment.kind !== "block";
      if (ended || this.column === 0 || (comment.feeds > 0 && (ownLines || toLineEnd))) {
        this.lineBreak(indent, ownLines ? comment.feeds : 0, this.opensHere());
      } else this.write(toLineEnd ? "  " : " ");
      this.writeComment(comment.text);
      ended = toLineEnd;
    }
    return ended;
  }

  /** True directly behind an opener. */
  private opensHere(): boolean {
    return this.last === "{" || this.last === "[";
  }

  private writeComment(text: string): void {
    this.out += text;
    this.last = text;
    const feed = text.lastIndexOf("\n");
    this.column = feed < 0 ? this.column + text.length : text.length - feed - 1;
  }

  private lineBreak(indent: number, feeds: number, tight: boolean): void {
    if (this.out !== "") this.out += feeds > 1 && !tight ? "\n\n" : "\n";
    this.out += " ".repeat(indent);
    this.column = indent;
    this.indent = indent;
  }

  private write(text: string): void {
    this.out += text;
    if (text.trim() !== "") this.last = text;
    this.column += text.length;
  }
}
