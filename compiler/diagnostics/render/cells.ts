/** How many terminal cells a text takes, and how to show a text so that it can do nothing to a terminal but be read. */

/** Cells between two tab stops in an excerpt. */
const TAB = 4;

/** Ranges of code points that take two cells: Unicode Standard Annex 11, the blocks whose characters are Wide or Fullwidth. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x26a1, 0x26a1],
  [0x2705, 0x2705],
  [0x274c, 0x274c],
  [0x2753, 0x2755],
  [0x2795, 0x2797],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1b000, 0x1b2ff],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** Control characters, halves of pairs, line and paragraph separators, and marks that turn the direction of writing. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;
const IS_HIDDEN = new RegExp(`^${HIDDEN.source}$`, "u");

/** Cells of one character as `shown` gives it: 0 for combining marks, 2 for wide ones, else 1. */
export function cellWidth(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x300) return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}

/** One character of a line as it is shown: its offset in the line, the text to print and its cells. */
export interface Cell {
  readonly offset: number;
  readonly text: string;
  readonly width: number;
}

/** The characters of a line as they are shown: tabs become blanks up to the next stop, control characters `U+FFFD`. */
export function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let offset = 0;
  for (const character of line) {
    const cell = cellOf(character, column, offset);
    cells.push(cell);
    column += cell.width;
    offset += character.length;
  }
  return cells;
}

function cellOf(character: string, column: number, offset: number): Cell {
  if (character === "\t") {
    const width = TAB - (column % TAB);
    return { offset, text: " ".repeat(width), width };
  }
  if (IS_HIDDEN.test(character)) return { offset, text: "\ufffd", width: 1 };
  return { offset, text: character, width: cellWidth(character) };
}

/**
 * A text of one or more lines that a terminal may print: control characters (escape sequences among them) and marks
 * that turn the direction of writing become `U+FFFD`. Line ends and tabs stay.
 */
export function safeText(text: string): string {
  return text.replace(HIDDEN, (one) => (one === "\n" || one === "\t" ? one : "\ufffd"));
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text that stays on one line whatever is in it, so that words of a source or the name of a file cannot begin a line
 * of their own, which the log of a pipeline might take for a command. Hidden characters are shown as the escapes of
 * the language (`\n`, `\u{1b}`).
 */
export function safeLine(text: string): string {
  return text.replace(HIDDEN, (one) => ESCAPES[one] ?? `\\u{${one.codePointAt(0)?.toString(16) ?? ""}}`);
}
