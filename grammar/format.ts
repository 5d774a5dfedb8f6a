/** The formatter: canonical layout, every comment kept, and a guard that it never changes what a program says. */

import { Diagnostics } from "./diagnostic.js";
import { formatCatalogue } from "./format-catalogue.js";
import { parseFile } from "./parse.js";
import { outlineOf, separators } from "./print/outline.js";
import { piecesOf } from "./print/pieces.js";
import { printPieces } from "./print/printer.js";
import { sameShape } from "./print/shape.js";
import { Reporter } from "./reporter.js";
import { scan } from "./scanner.js";
import { SourceFile, span } from "./source.js";
import type { SyntaxFile } from "./syntax/nodes.js";
import { sign } from "./tokens.js";

/** What `formatSource` yields: the text in canonical layout, and whether that is another text. */
export interface Formatted {
  readonly text: string;
  readonly changed: boolean;
}

/** The canonical text of a file that was parsed without errors; line ends are `\n`, and a BOM is dropped. */
export function formatFile(file: SyntaxFile): string {
  const { source } = file;
  const { tokens } = scan(new Reporter(source, new Diagnostics()));
  const comma = sign(",");
  const commas = tokens.filter((token) => token.tokenType === comma).map((token) => token.startOffset);
  const pieces = piecesOf(source.text, tokens, file.trivia, separators(file, commas));
  return printPieces(pieces, outlineOf(file, pieces));
}

/**
 * Formats one text. Undefined where it has syntax errors, which are reported: such a text is to be left as it is. The
 * result is parsed again; should it not say the same, that is reported as an internal fault, and the result is undefined.
 * `print` makes the text: another one lets a test see the guard at work.
 */
export function formatSource(
  source: SourceFile,
  diagnostics: Diagnostics,
  print: (file: SyntaxFile) => string = formatFile,
): Formatted | undefined {
  const found = new Diagnostics();
  const file = parseFile(source, found);
  diagnostics.addAll(found.sorted());
  if (found.hasErrors) return undefined;
  const text = print(file);
  const again = new Diagnostics();
  const printed = parseFile(new SourceFile(source.path, text, source.kind), again);
  if (again.hasErrors || !sameShape(file, printed)) {
    diagnostics.report(formatCatalogue["format-changes-meaning"], {}, span(source, 0, 0));
    return undefined;
  }
  return { text, changed: text !== source.text };
}
