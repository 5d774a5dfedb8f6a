/** What may stand where: declaration words, statements and properties at top level and in bodies. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Declaration, Item, Name, SyntaxFile } from "../../grammar/syntax/nodes.js";
import { article } from "../diagnostics/entry.js";
import { namesCatalogue as findings } from "../diagnostics/names-catalogue.js";
import { kindOf, topWords } from "../schema/kinds.js";
import type { KindSchema, KindWord } from "../schema/types.js";
import { nearest } from "../suggest.js";
import { spanIn } from "./lookup.js";

/** Which words may stand somewhere, and how to say where that is. */
export interface Place {
  readonly words: readonly KindWord[];
  readonly where: string;
}

/** The kind that a declaration is of, or most likely meant to be (then it was reported and `exact` is false). */
export function kindOfWord(
  { word }: Declaration,
  file: SyntaxFile,
  place: Place,
  diagnostics: Diagnostics,
): { readonly kind: KindWord; readonly exact: boolean } | undefined {
  if (word.missing === true) return undefined;
  const kind = kindOf(word.text);
  if (kind === undefined) return reportUnknown(word, file, place, diagnostics);
  if (place.words.includes(kind.word)) return { kind: kind.word, exact: true };
  const belongs = kind.inside.map((each) => each as string);
  const params = { word: word.text, where: place.where, belongs };
  diagnostics.report(findings["misplaced-declaration"], params, spanIn(file, word));
  return undefined;
}

function reportUnknown(
  word: Name,
  file: SyntaxFile,
  place: Place,
  diagnostics: Diagnostics,
): { readonly kind: KindWord; readonly exact: boolean } | undefined {
  const near = nearest(word.text, place.words) as KindWord | undefined;
  const span = spanIn(file, word);
  const edits =
    near === undefined ? [] : [{ title: `change it to \`${near}\``, certain: true, changes: [{ span, text: near }] }];
  diagnostics.report(findings["unknown-declaration"], { word: word.text, near, known: place.words }, span, { edits });
  return near === undefined ? undefined : { kind: near, exact: false };
}

/** Reports a statement, import or property that may not stand at top level, or in a body of `kind`. True where it did. */
export function reportMisplaced(
  item: Exclude<Item, Declaration>,
  file: SyntaxFile,
  kind: KindSchema | undefined,
  diagnostics: Diagnostics,
): boolean {
  const where = kind === undefined ? "at top level" : `inside ${article(kind.word)}`;
  switch (item.kind) {
    case "Skipped":
      return false;
    case "Import":
      if (kind !== undefined) diagnostics.report(findings["misplaced-import"], {}, spanIn(file, item));
      return kind !== undefined;
    case "Property": {
      if (kind !== undefined || item.key.missing === true) return false;
      const near = [...topWords].find((word) => word === item.key.text);
      diagnostics.report(findings["misplaced-property"], { key: item.key.text, near }, spanIn(file, item.key));
      return true;
    }
    default: {
      const statement = item.kind.toLowerCase() as "allow" | "share" | "never" | "always";
      const fits =
        kind === undefined ? statement === "never" || statement === "always" : kind.statements.includes(statement);
      if (fits) return false;
      const at = { start: item.start, end: item.start + statement.length };
      diagnostics.report(findings["misplaced-statement"], { statement, where }, spanIn(file, at));
      return true;
    }
  }
}
