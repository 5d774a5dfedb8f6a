/** Prints statements in Junos' two text forms, mechanically, with the line ranges that provenance needs. */
import type { Origin } from "./model.js";
import type { Statement } from "./tree.js";

/** Which lines (from 1) an emitted block fills, and where it comes from. */
export interface PrintedRange {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly origins: readonly Origin[];
}

/** A printed file with the line ranges of its blocks. */
export interface Printed {
  readonly text: string;
  readonly ranges: readonly PrintedRange[];
}

class Lines {
  readonly lines: string[] = [];
  readonly ranges: PrintedRange[] = [];

  add(line: string): void {
    this.lines.push(line);
  }

  /** Adds lines that were printed by themselves: each behind `indent`, the first behind `tag` too. */
  addAll({ lines, ranges }: Lines, indent: string, tag: string): void {
    const before = this.lines.length;
    for (const [index, line] of lines.entries()) this.lines.push(index === 0 ? indent + tag + line : indent + line);
    for (const { firstLine, lastLine, origins } of ranges) {
      this.ranges.push({ firstLine: before + firstLine, lastLine: before + lastLine, origins });
    }
  }

  /** Runs `print` and notes the lines it adds. */
  within(origins: readonly Origin[], print: () => void): void {
    const firstLine = this.lines.length + 1;
    print();
    if (origins.length > 0 && this.lines.length >= firstLine) {
      this.ranges.push({ firstLine, lastLine: this.lines.length, origins });
    }
  }

  printed(): Printed {
    return { text: this.lines.length === 0 ? "" : `${this.lines.join("\n")}\n`, ranges: this.ranges };
  }
}

/** A word of the configuration, quoted where Junos' scanner would split or misread it. */
export function word(text: string): string {
  if (/^[A-Za-z0-9._:/-]+$/.test(text)) return text;
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

const joined = (words: readonly string[]): string => words.map(word).join(" ");

type Block = Extract<Statement, { readonly kind: "block" }>;
type Members = Extract<Statement, { readonly kind: "members" }>;

/** Texts of members made already: many terms share the statement of a side, and each form prints it. */
const texts = new WeakMap<Members, readonly string[]>();

function memberTexts(statement: Members): readonly string[] {
  const known = texts.get(statement) ?? statement.members.map(joined);
  texts.set(statement, known);
  return known;
}

/** The `set` form: one value a line, so that differences stay small and `load set` takes it as it is. */
export function printSet(statements: readonly Statement[]): Printed {
  const out = new Lines();
  for (const statement of statements) printSetLines(out, statement, "set ");
  return out.printed();
}

/** `prefix` is the verb and the path, with a space behind it. */
function printSetLines(out: Lines, statement: Statement, prefix: string): void {
  switch (statement.kind) {
    case "leaf":
      out.add(prefix + joined(statement.words));
      return;
    case "values":
      for (const value of statement.values) out.add(`${prefix}${word(statement.name)} ${word(value)}`);
      return;
    case "members":
      for (const member of memberTexts(statement)) out.add(`${prefix}${word(statement.name)} ${member}`);
      return;
    case "block": {
      const inner = prefix + joined(statement.words);
      out.within(statement.origins, () => {
        if (statement.children.length === 0) out.add(inner);
        for (const child of statement.children) printSetLines(out, child, `${inner} `);
      });
    }
  }
}

/** The structured form for `load replace`: a `replace:` tag ahead of each block that we own. */
export function printReplace(statements: readonly Statement[]): Printed {
  const out = new Lines();
  for (const statement of statements) printStructured(out, statement, 0);
  return out.printed();
}

function printStructured(out: Lines, statement: Statement, depth: number): void {
  const indent = "    ".repeat(depth);
  switch (statement.kind) {
    case "leaf":
      out.add(`${indent}${joined(statement.words)};`);
      return;
    case "values":
      out.add(`${indent}${word(statement.name)} ${valueList(statement.values)};`);
      return;
    case "members":
      out.add(`${indent}${word(statement.name)} {`);
      for (const member of memberTexts(statement)) out.add(`${indent}    ${member};`);
      out.add(`${indent}}`);
      return;
    case "block":
      if (statement.owned) out.addAll(printedAlone(statement), indent, "replace: ");
      else printBlock(out, statement, depth);
  }
}

/** Owned blocks printed by themselves, without tag: the structured form and the list of what is ours share their lines. */
const alone = new WeakMap<Block, Lines>();

function printedAlone(block: Block): Lines {
  const known = alone.get(block);
  if (known !== undefined) return known;
  const out = new Lines();
  printBlock(out, block, 0);
  alone.set(block, out);
  return out;
}

function printBlock(out: Lines, block: Block, depth: number): void {
  const indent = "    ".repeat(depth);
  out.within(block.origins, () => {
    const head = indent + joined(block.words);
    if (block.children.length === 0) {
      out.add(`${head};`);
      return;
    }
    out.add(`${head} {`);
    for (const child of block.children) printStructured(out, child, depth + 1);
    out.add(`${indent}}`);
  });
}

function valueList(values: readonly string[]): string {
  return values.length === 1 ? joined(values) : `[ ${joined(values)} ]`;
}

/** One owned block: its path, and its structured text without the tag. */
export interface OwnedBlock {
  readonly path: readonly string[];
  readonly text: string;
  readonly origins: readonly Origin[];
}

/** The owned blocks in the order of the tree. */
export function ownedBlocks(statements: readonly Statement[], path: readonly string[] = []): readonly OwnedBlock[] {
  const out: OwnedBlock[] = [];
  for (const statement of statements) {
    if (statement.kind !== "block") continue;
    const inner = [...path, ...statement.words];
    if (statement.owned) {
      const { text } = printedAlone(statement).printed();
      out.push({ path: inner, text, origins: statement.origins });
    } else {
      out.push(...ownedBlocks(statement.children, inner));
    }
  }
  return out;
}

/** Deletes every owned block and nothing else. */
export function printRollback(blocks: readonly OwnedBlock[]): string {
  return blocks.map(({ path }) => `delete ${joined(path)}\n`).join("");
}
