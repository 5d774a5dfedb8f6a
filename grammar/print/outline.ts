/** What the printer needs of the tree: groups in brackets with their units, and where a long line may break. */
import type * as Tree from "../syntax/nodes.js";
import type { Piece } from "./pieces.js";

/** An item, an entry of an object or an element of a list: pieces `first` to `last`. */
export interface Unit {
  readonly first: number;
  readonly last: number;
  /** The `=` behind the only key, where it is a property or an entry. */
  readonly equals?: number;
  /** It may share a line with its neighbours in a body of several lines. */
  readonly short: boolean;
}

/** A pair of brackets; the whole file is a group too, with `open` -1. */
export interface Group {
  readonly kind: "file" | "body" | "object" | "list" | "paren";
  readonly open: number;
  readonly close: number;
  readonly units: readonly Unit[];
}

/** The outline of one file. Indices are those of the pieces. */
export interface Outline {
  readonly groups: readonly Group[];
  /** A line that is too long may break before these. */
  readonly breaks: ReadonlySet<number>;
  /** Opening parentheses of calls: no blank before them. */
  readonly calls: ReadonlySet<number>;
}

/** The offsets of the commas of lists and objects: they are printed anew. */
export function separators(file: Tree.SyntaxFile, commas: readonly number[]): ReadonlySet<number> {
  const dropped = new Set<number>();
  const at = (start: number, end: number): void => {
    let low = 0;
    let high = commas.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((commas[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    const comma = commas[low];
    if (comma !== undefined && comma < end) dropped.add(comma);
  };
  walkExpressions(file.items, (expr) => {
    if (expr.kind === "List") gaps(expr.items, expr.end, at);
    if (expr.kind === "Object") gaps(expr.entries, expr.end, at);
  });
  return dropped;
}

/** Calls `at` for each gap behind one of `nodes`; the last gap ends at `end`. */
function gaps(nodes: readonly Tree.NodeBase[], end: number, at: (start: number, end: number) => void): void {
  for (const [index, node] of nodes.entries()) at(node.end, nodes[index + 1]?.start ?? end);
}

/** Calls `see` for every expression below some items, outer ones first. */
function walkExpressions(items: readonly Tree.Item[], see: (expr: Tree.Expr) => void): void {
  new Walker({ expr: see }).items(items);
}

/** The outline of a file without faults. */
export function outlineOf(file: Tree.SyntaxFile, pieces: readonly Piece[]): Outline {
  const builder = new OutlineBuilder(pieces);
  return builder.build(file);
}

interface Visitor {
  readonly expr?: (expr: Tree.Expr) => void;
  readonly condition?: (condition: Tree.Condition) => void;
  readonly item?: (item: Tree.Item) => void;
}

/** Visits every node once, outer ones first. */
class Walker {
  private readonly visitor: Visitor;

  constructor(visitor: Visitor) {
    this.visitor = visitor;
  }

  items(items: readonly Tree.Item[]): void {
    for (const item of items) {
      this.visitor.item?.(item);
      for (const expr of expressionsOf(item)) this.expr(expr);
      if (item.kind === "Declaration" && item.body !== undefined) this.items(item.body.items);
    }
  }

  private expr(expr: Tree.Expr): void {
    this.visitor.expr?.(expr);
    switch (expr.kind) {
      case "List":
        for (const item of expr.items) this.expr(item);
        break;
      case "Object":
        for (const entry of expr.entries) this.expr(entry.value);
        break;
      case "Paren":
        this.expr(expr.inner);
        break;
      case "Binary":
        this.expr(expr.left);
        this.expr(expr.right);
        break;
      case "Where":
        this.expr(expr.term);
        this.condition(expr.condition);
        break;
      case "RefExpr":
        for (const arg of expr.args ?? []) this.expr(arg);
        break;
      default:
    }
  }

  private condition(condition: Tree.Condition): void {
    this.visitor.condition?.(condition);
    switch (condition.kind) {
      case "Or":
      case "And":
        for (const term of condition.terms) this.condition(term);
        break;
      case "Not":
      case "ParenCondition":
        this.condition(condition.inner);
        break;
      case "Compare":
        this.expr(condition.value);
        break;
      case "In":
        this.expr(condition.list);
        break;
      default:
    }
  }
}

function expressionsOf(item: Tree.Item): readonly Tree.Expr[] {
  switch (item.kind) {
    case "Property":
      return [item.value];
    case "Declaration":
      return item.value === undefined ? [] : [item.value];
    case "Allow":
      return [item.source, item.destination, item.service];
    case "Share":
      return [item.what, item.with];
    case "Never":
    case "Always":
      return [item.source, item.destination, ...(item.service === undefined ? [] : [item.service])];
    default:
      return [];
  }
}

class OutlineBuilder {
  private readonly groups: Group[] = [];
  private readonly breaks = new Set<number>();
  private readonly calls = new Set<number>();
  private readonly starts: ReadonlyMap<number, number>;
  private readonly ends: ReadonlyMap<number, number>;

  constructor(pieces: readonly Piece[]) {
    this.starts = new Map(pieces.map((piece, index) => [piece.start, index]));
    // Without the end of the file, which may lie where the last token ends.
    this.ends = new Map(pieces.slice(0, -1).map((piece, index) => [piece.end, index]));
  }

  build(file: Tree.SyntaxFile): Outline {
    const edition = file.edition === undefined ? [] : [this.unit(file.edition, false)];
    const units = [...edition, ...file.items.map((item) => this.itemUnit(item))];
    this.groups.push({ kind: "file", open: -1, close: this.starts.get(file.source.text.length) ?? 0, units });
    new Walker({
      item: (item) => this.item(item),
      expr: (expr) => this.expr(expr),
      condition: (condition) => this.condition(condition),
    }).items(file.items);
    return { groups: this.groups, breaks: this.breaks, calls: this.calls };
  }

  private first(node: Tree.NodeBase): number {
    return found(this.starts.get(node.start));
  }

  private last(node: Tree.NodeBase): number {
    return found(this.ends.get(node.end));
  }

  private unit(node: Tree.NodeBase, short: boolean, key?: Tree.NodeBase): Unit {
    const ends = { first: this.first(node), last: this.last(node), short };
    return key === undefined ? ends : { ...ends, equals: this.last(key) + 1 };
  }

  private itemUnit(item: Tree.Item): Unit {
    if (item.kind === "Property") return this.unit(item, true, item.key);
    return this.unit(item, false);
  }

  private item(item: Tree.Item): void {
    if (item.kind === "Declaration") {
      for (const header of item.headers) this.breaks.add(this.first(header));
      if (item.body !== undefined)
        this.group(
          "body",
          item.body,
          item.body.items.map((one) => this.itemUnit(one)),
        );
    } else if (item.kind === "Share") {
      this.breaks.add(this.last(item.what) + 1);
      for (const clause of item.clauses) this.breaks.add(this.first(clause));
    } else if (item.kind === "Allow" || item.kind === "Never" || item.kind === "Always") {
      this.breaks.add(this.last(item.source) + 1);
      if (item.service !== undefined) this.breaks.add(this.last(item.destination) + 1);
      for (const clause of item.clauses) this.breaks.add(this.first(clause));
    }
  }

  private group(kind: Group["kind"], node: Tree.NodeBase, units: readonly Unit[]): void {
    this.groups.push({ kind, open: this.first(node), close: this.last(node), units });
  }

  private expr(expr: Tree.Expr): void {
    if (expr.kind === "List") {
      this.group(
        "list",
        expr,
        expr.items.map((item) => this.unit(item, false)),
      );
    } else if (expr.kind === "Object") {
      const unit = (entry: Tree.ObjectEntry): Unit =>
        this.unit({ start: entry.key.start, end: entry.value.end }, false, entry.key);
      this.group("object", expr, expr.entries.map(unit));
    } else if (expr.kind === "Paren") {
      this.group("paren", expr, []);
    } else if (expr.kind === "Binary") {
      this.breaks.add(found(this.starts.get(expr.opStart)));
    } else if (expr.kind === "Where") {
      this.breaks.add(this.last(expr.term) + 1);
    } else if (expr.kind === "RefExpr" && expr.args !== undefined) {
      const open = this.last(expr.ref) + 1;
      this.calls.add(open);
      this.groups.push({ kind: "paren", open, close: this.last(expr), units: [] });
    }
  }

  private condition(condition: Tree.Condition): void {
    if (condition.kind === "Or" || condition.kind === "And") {
      for (const term of condition.terms.slice(0, -1)) this.breaks.add(this.last(term) + 1);
    } else if (condition.kind === "ParenCondition") this.group("paren", condition, []);
  }
}

function found(index: number | undefined): number {
  if (index === undefined) throw new Error("a node of the tree has no token");
  return index;
}
