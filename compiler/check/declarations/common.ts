/** What building the declarations of several kinds has in common. */
import type { Declaration, SyntaxFile } from "../../../grammar/syntax/nodes.js";
import type { Bound } from "../../bind/bind.js";
import { refText, spanIn } from "../../bind/lookup.js";
import type { MemberSymbol } from "../../bind/symbols.js";
import { kindsCatalogue } from "../../diagnostics/kinds-catalogue.js";
import type { Declared, Located } from "../../model/estate.js";
import type { KindSchema, KindWord } from "../../schema/types.js";
import { Properties, type Tools } from "../properties.js";

/** The parts that every declaration has. Its text is `description` where it is given, else the doc comment. */
export function declared(bound: Pick<Bound, "name" | "span" | "declaration">, path = bound.name): Declared {
  const doc = descriptionOf(bound.declaration) ?? bound.declaration.doc;
  return { path, name: bound.name, span: bound.span, ...(doc === undefined ? {} : { doc }) };
}

/** What `description` says, whose type is judged with the other properties. */
function descriptionOf(declaration: Declaration): string | undefined {
  for (const item of declaration.body?.items ?? []) {
    if (item.kind !== "Property" || item.key.text !== "description") continue;
    return item.value.kind === "String" ? item.value.value : undefined;
  }
  return undefined;
}

/** The properties of a bound declaration. */
export function propertiesOf(bound: Bound, tools: Tools): Properties {
  const properties = new Properties(bound.kind, bound.declaration, bound.file, tools);
  if (bound.faulty) properties.fail();
  return properties;
}

/** The nested declarations of a word, in order of writing. */
export function nestedOf(declaration: Declaration, word: KindWord): readonly Declaration[] {
  return (declaration.body?.items ?? []).filter(
    (item): item is Declaration => item.kind === "Declaration" && item.word.text === word,
  );
}

/** The members of a kind that bear their name rightfully. */
export function membersOf(
  members: ReadonlyMap<string, MemberSymbol>,
  kind: MemberSymbol["kind"],
): readonly MemberSymbol[] {
  return [...members.values()].filter((member) => member.kind === kind);
}

/** An object with one entry, or none where there is no value. */
export function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}

/** A located value that is taken from elsewhere: shown at the name of what lacks it. */
export function defaulted<T>(value: T, declaration: Declared): Located<T> {
  return { value, span: declaration.span };
}

/** Reports headers that are missing, superfluous or repeated. Undefined where one cannot be read. */
export function headerRefs(
  kind: KindSchema,
  declaration: Declaration,
  file: SyntaxFile,
  properties: Properties,
): ReadonlyMap<string, Declaration["headers"][number]> {
  const found = new Map<string, Declaration["headers"][number]>();
  for (const header of declaration.headers) {
    const at = spanIn(file, { start: header.start, end: header.start + header.word.length });
    if (!kind.headers.some(({ word }) => word === header.word)) {
      const params = { word: kind.word, header: header.word, example: kind.example };
      properties.report(kindsCatalogue["needless-header"], params, at);
    } else if (found.has(header.word)) {
      properties.report(kindsCatalogue["repeated-header"], { word: kind.word, header: header.word }, at);
    } else {
      found.set(header.word, header);
    }
  }
  if (declaration.faulty === true) return found;
  for (const { word, refers } of kind.headers) {
    if (found.has(word)) continue;
    const names = word === "between" ? "between PLACE and PLACE" : `${word} ${refers.length > 1 ? "PLACE" : "SEGMENT"}`;
    const params = { word: kind.word, name: refText(declaration.name), header: names, example: kind.example };
    properties.report(kindsCatalogue["missing-header"], params, properties.span);
  }
  return found;
}
