/** Finding what a name stands for, outside expressions: in headers, keys and names of nested declarations. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { type Span, span } from "../../grammar/source.js";
import type { Name, Ref, SyntaxFile } from "../../grammar/syntax/nodes.js";
import { namesCatalogue as findings } from "../diagnostics/names-catalogue.js";
import type { ReferredKind } from "../schema/types.js";
import { nearest } from "../suggest.js";
import type { ImportSymbol, NamedSymbol, Symbols } from "./symbols.js";

/** A word that may be a name, with its place. */
export interface Written {
  readonly text: string;
  readonly span: Span;
}

/** The written form of a path. */
export function refText(ref: Ref): string {
  return ref.names.map(({ text }) => text).join(".");
}

/** The span of a node of a file. */
export function spanIn(file: SyntaxFile, node: { readonly start: number; readonly end: number }): Span {
  return span(file.source, node.start, node.end);
}

/** True where the parser put something in for a name that is not there. */
export function isMissing(ref: Ref): boolean {
  return ref.names.length === 0 || ref.names.some((name: Name) => name.missing === true);
}

/** Looks names up and reports those that do not fit. */
export class Lookup {
  private readonly symbols: Symbols;
  private readonly faulty: ReadonlySet<string>;
  private readonly diagnostics: Diagnostics;

  constructor(symbols: Symbols, faulty: ReadonlySet<string>, diagnostics: Diagnostics) {
    this.symbols = symbols;
    this.faulty = faulty;
    this.diagnostics = diagnostics;
  }

  /** What a path of one name stands for, if it is of a wanted kind; else reported, once, and undefined. */
  ref(ref: Ref, file: SyntaxFile, wanted: readonly ReferredKind[]): NamedSymbol | undefined {
    if (isMissing(ref)) return undefined;
    return this.name({ text: refText(ref), span: spanIn(file, ref) }, wanted);
  }

  /** What a name stands for, if it is of a wanted kind; else reported, once, and undefined. */
  name(name: Written, wanted: readonly ReferredKind[]): NamedSymbol | undefined {
    const symbol = this.symbols.names.get(name.text);
    if (symbol === undefined) {
      if (!this.faulty.has(name.text)) this.reportUnknown(name, wanted);
      return undefined;
    }
    if (symbol.kind !== "import" && isWanted(symbol, wanted)) return symbol;
    this.reportKind(name, symbol, wanted);
    return undefined;
  }

  private reportUnknown(name: Written, wanted: readonly ReferredKind[]): void {
    const fitting = [...this.symbols.names.values()].filter((each) => each.kind !== "import" && isWanted(each, wanted));
    const near = nearest(
      name.text,
      fitting.map((each) => each.name),
    );
    const edits =
      near === undefined
        ? []
        : [{ title: `change it to \`${near}\``, certain: false, changes: [{ span: name.span, text: near }] }];
    this.diagnostics.report(findings["unknown-name"], { name: name.text, wanted, near }, name.span, { edits });
  }

  private reportKind(name: Written, symbol: NamedSymbol | ImportSymbol, wanted: readonly ReferredKind[]): void {
    const related = [{ message: `\`${name.text}\` is declared here`, span: symbol.span }];
    this.diagnostics.report(findings["wrong-kind"], { name: name.text, kind: symbol.kind, wanted }, name.span, {
      related,
    });
  }
}

function isWanted(symbol: NamedSymbol, wanted: readonly ReferredKind[]): boolean {
  return wanted.some((kind) => kind === symbol.kind);
}
