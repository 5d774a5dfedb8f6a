/** The schema of kinds: every declaration of the language with its headers and properties (language.md §5). */
import { estateKind, segmentKind } from "./kinds/estate.js";
import { carriesKind, linkKind } from "./kinds/links.js";
import { attachKind, hostKind, networkKind, subnetKind } from "./kinds/networks.js";
import { cloudKind, externalKind, routerKind } from "./kinds/places.js";
import { groupKind, policyKind, serviceKind } from "./kinds/statements.js";
import type { Fact, KindSchema, KindWord, PropertySchema } from "./types.js";

/** All kinds by their word, in the order of the manual. */
export const kinds: Readonly<Record<KindWord, KindSchema>> = {
  estate: estateKind,
  segment: segmentKind,
  cloud: cloudKind,
  router: routerKind,
  external: externalKind,
  network: networkKind,
  subnet: subnetKind,
  host: hostKind,
  attach: attachKind,
  link: linkKind,
  carries: carriesKind,
  service: serviceKind,
  group: groupKind,
  policy: policyKind,
};

/** Words of all kinds. */
export const kindWords = Object.keys(kinds) as readonly KindWord[];

/** Words of the kinds that stand at top level. */
export const topWords: readonly KindWord[] = kindWords.filter((word) => kinds[word].inside.length === 0);

/** The kind of a word, undefined where the word names none. */
export function kindOf(word: string): KindSchema | undefined {
  return Object.hasOwn(kinds, word) ? kinds[word as KindWord] : undefined;
}

/** Words of the kinds that may be nested in a kind. */
export function nestedWords(word: KindWord): readonly KindWord[] {
  return kindWords.filter((each) => kinds[each].inside.includes(word));
}

/** The property of a kind by name. */
export function propertyOf(kind: KindSchema, name: string): PropertySchema | undefined {
  return kind.properties.find((property) => property.name === name);
}

/** What is known of a declaration's facts; a fact that is absent is unknown. */
export type Facts = ReadonlyMap<Fact, readonly string[]>;

/** True where the property is used by a declaration with these facts; unknown facts count as fulfilled. */
export function isUsed(property: PropertySchema, facts: Facts): boolean {
  return (property.when ?? []).every(({ fact, oneOf }) => {
    const values = facts.get(fact);
    return values === undefined || values.some((value) => oneOf.includes(value));
  });
}

/** The first condition of the property that a declaration does not fulfil. */
export function unmetUse(
  property: PropertySchema,
  facts: Facts,
): { readonly fact: Fact; readonly oneOf: readonly string[] } | undefined {
  return (property.when ?? []).find(({ fact, oneOf }) => {
    const values = facts.get(fact);
    return values !== undefined && !values.some((value) => oneOf.includes(value));
  });
}
