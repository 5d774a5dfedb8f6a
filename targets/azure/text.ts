/** Texts in the alphabets and lengths of Azure. */

/** Longest description of a rule. Source: Microsoft, "Network Security Rules" (REST API, `description`). */
export const DESCRIPTION_LENGTH = 140;
/** Longest value of a tag. Source: Microsoft, "Use tags to organize your Azure resources" (limitations). */
export const TAG_VALUE_LENGTH = 256;
/** Longest name of a tag, and what it must not hold. Source: the same. */
export const TAG_NAME_LENGTH = 512;
/** Characters that the name of a tag must not hold. Source: the same. */
export const OUTSIDE_TAG_NAMES = /[<>%&\\?/]/;

/** A text as the description of a rule: blanks of every kind become one space, the end is cut. */
export function ruleDescription(text: string): string {
  return shortened(text, DESCRIPTION_LENGTH);
}

/** A text as the value of a tag; empty where nothing is left of it. */
export function descriptionTag(text: string): string {
  return shortened(text, TAG_VALUE_LENGTH);
}

function shortened(text: string, most: number): string {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  return plain.length <= most ? plain : `${plain.slice(0, most - 3).trimEnd()}...`;
}
