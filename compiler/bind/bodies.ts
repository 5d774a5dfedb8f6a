/** Bodies of declarations: nested declarations and their names, and statements that stand in the wrong place. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Declaration, SyntaxFile } from "../../grammar/syntax/nodes.js";
import { article } from "../diagnostics/entry.js";
import { kindsCatalogue } from "../diagnostics/kinds-catalogue.js";
import { namesCatalogue as findings } from "../diagnostics/names-catalogue.js";
import { kinds, nestedWords } from "../schema/kinds.js";
import type { KindSchema } from "../schema/types.js";
import { isMissing, refText, spanIn } from "./lookup.js";
import { kindOfWord, reportMisplaced } from "./placement.js";
import type { MemberSymbol } from "./symbols.js";

/** What a body holds, as far as names go. */
export interface BodyNames {
  readonly members: ReadonlyMap<string, MemberSymbol>;
  /** Something in the body, other than a member, is faulty. */
  readonly faulty: boolean;
}

/**
 * Checks that a declaration has the form of its kind and that what is nested in it may stand there. Members that are
 * faulty are added to `faulty` by their path.
 */
export function checkBody(
  kind: KindSchema,
  declaration: Declaration,
  file: SyntaxFile,
  path: string,
  diagnostics: Diagnostics,
  faulty: Set<string>,
): BodyNames {
  const members = new Map<string, MemberSymbol>();
  const { body, value } = declaration;
  const misformed = kind.form === "value" ? body !== undefined : value !== undefined;
  if (misformed) {
    const entry = kind.form === "value" ? kindsCatalogue["needs-value"] : kindsCatalogue["needs-body"];
    diagnostics.report(entry, { word: kind.word, example: kind.example }, spanIn(file, body ?? value ?? declaration));
    return { members, faulty: true };
  }
  const place = { words: nestedWords(kind.word), where: `inside ${article(kind.word)}` };
  let broken = false;
  for (const item of body?.items ?? []) {
    if (item.kind === "Skipped" || (item.kind === "Property" && item.faulty === true)) broken = true;
    if (item.kind !== "Declaration") {
      if (reportMisplaced(item, file, kind, diagnostics)) broken = true;
      continue;
    }
    const word = kindOfWord(item, file, place, diagnostics);
    if (word === undefined || isMissing(item.name)) {
      broken = true;
      continue;
    }
    const nested = kinds[word.kind];
    const own = nested.name === "declares" ? `${path}.${refText(item.name)}` : path;
    const inner = checkBody(nested, item, file, own, diagnostics, faulty);
    const isFaulty = !word.exact || inner.faulty || item.faulty === true;
    if (nested.name !== "declares") {
      if (isFaulty) broken = true;
      continue;
    }
    const sound = addMember(members, nested, item, file, own, inner, diagnostics);
    if (isFaulty || !sound) faulty.add(own);
  }
  return { members, faulty: broken };
}

/** Enters a subnet or host under its name; false, and reported, where the name is taken or is none. */
function addMember(
  members: Map<string, MemberSymbol>,
  kind: KindSchema,
  declaration: Declaration,
  file: SyntaxFile,
  path: string,
  inner: BodyNames,
  diagnostics: Diagnostics,
): boolean {
  const name = refText(declaration.name);
  const span = spanIn(file, declaration.name);
  if (declaration.name.names.length > 1) {
    diagnostics.report(findings["name-with-dots"], { name }, span);
    return false;
  }
  const word = kind.word === "subnet" ? "subnet" : "host";
  const taken = members.get(name);
  if (taken !== undefined) {
    const related = [{ message: `\`${name}\` is first declared here`, span: taken.span }];
    diagnostics.report(findings["duplicate-name"], { name, kind: word, other: taken.kind }, span, { related });
    return true;
  }
  members.set(name, { kind: word, name, path, declaration, file, span, members: inner.members });
  return true;
}
