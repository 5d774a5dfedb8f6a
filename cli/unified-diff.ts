/** Reads unified diffs without context, as git prints them: which lines of the later side are new or stand beside a gap. */

/** Lines from 1, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Changed lines by path, as the later side of the diff has it. */
export type ChangedLines = ReadonlyMap<string, readonly LineRange[]>;

const LATER_SIDE = "+++ ";
const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * The changed lines of each file. Where lines were only taken out, the lines before and after the gap count as changed:
 * what was lost has no line of its own.
 */
export function changedLines(diff: string): ChangedLines {
  const changed = new Map<string, LineRange[]>();
  const lines = diff.split("\n");
  let ranges: LineRange[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const hunk = HUNK.exec(line);
    if (hunk !== null) {
      const [before, start, count] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
      ranges.push(count === 0 ? { first: start, last: start + 1 } : { first: start, last: start + count - 1 });
      index = afterBody(lines, index, before + count);
    } else if (line.startsWith(LATER_SIDE)) {
      ranges = [];
      const path = pathOf(line.slice(LATER_SIDE.length));
      if (path !== undefined) changed.set(path, ranges);
    }
  }
  return changed;
}

/** The index of a hunk's last line. Its lines are counted, since a line of a file may look like a head of the diff. */
function afterBody(lines: readonly string[], head: number, length: number): number {
  let index = head;
  for (let left = length; left > 0 && index < lines.length; ) {
    index++;
    // `\ No newline at end of file` is no line of either side.
    if (lines[index]?.startsWith("\\") !== true) left--;
  }
  return index;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
};

/** The path of a head line: quoted as in C where it holds control characters, followed by a tab where it holds blanks. */
function pathOf(written: string): string | undefined {
  const quoted = /^"(.*)"\t?$/.exec(written)?.[1];
  const plain =
    quoted?.replace(/\\([0-7]{3}|.)/g, (_, one: string) =>
      /^\d/.test(one) ? String.fromCharCode(Number.parseInt(one, 8)) : (ESCAPES[one] ?? one),
    ) ?? written.replace(/\t$/, "");
  return plain.startsWith("b/") ? plain.slice(2) : undefined;
}
