/** Findings about headers, bodies and properties of declarations: DMC11xx. */
import { catalogue } from "../../grammar/diagnostic.js";
import { article, didYouMean, error, listed } from "./entry.js";

/** A declaration by its kind and name; what is nested and bears the name of another is named as it is written. */
function subject(word: string, name: string): string {
  return word === "carries" || word === "attach" ? `\`${word} ${name}\`` : `the ${word} \`${name}\``;
}

/** The catalogue of the shape of declarations. */
export const kindsCatalogue = catalogue({
  "missing-header": error<{ word: string; name: string; header: string; example: string }>(
    "DMC1101",
    ({ word, name, header }) => `the ${word} \`${name}\` lacks \`${header}\``,
    ({ example }) => `write it as in \`${example}\``,
  ),
  "needless-header": error<{ word: string; header: string; example: string }>(
    "DMC1102",
    ({ word, header }) => `${article(word)} has no \`${header}\``,
    ({ example }) => `write it as in \`${example}\``,
  ),
  "repeated-header": error<{ word: string; header: string }>(
    "DMC1103",
    ({ header }) => `\`${header}\` stands twice`,
    ({ word, header }) => `${article(word)} has one \`${header}\``,
  ),
  "needs-body": error<{ word: string; example: string }>(
    "DMC1104",
    ({ word }) => `${article(word)} has a body, not a value`,
    ({ example }) => `write it as in \`${example}\``,
  ),
  "needs-value": error<{ word: string; example: string }>(
    "DMC1105",
    ({ word }) => `${article(word)} has a value, not a body`,
    ({ example }) => `write it as in \`${example}\``,
  ),
  "unknown-property": error<{ word: string; name: string; near: string | undefined; known: readonly string[] }>(
    "DMC1106",
    ({ word, name }) => `${article(word)} has no property \`${name}\``,
    ({ near, known, word }) =>
      didYouMean(near) ??
      (known.length === 0 ? `${article(word)} has no properties` : `it has ${listed(known, "and")}`),
  ),
  "repeated-property": error<{ name: string; list: boolean }>(
    "DMC1107",
    ({ name }) => `\`${name}\` is given twice`,
    ({ name, list }) => (list ? `several values are one list: \`${name} = [a, b]\`` : "keep one of them"),
  ),
  "missing-property": error<{ word: string; name: string; property: string; meaning: string }>(
    "DMC1108",
    ({ word, name, property }) => `${subject(word, name)} lacks \`${property}\``,
    ({ property, meaning }) => `add \`${property} = …\`: ${meaning}`,
  ),
  "unused-property": error<{ property: string; where: string; used: string }>(
    "DMC1109",
    ({ property, where }) => `\`${property}\` is not used ${where}`,
    ({ used }) => `take it away; it is used ${used}`,
  ),
  "unused-declaration": error<{ word: string; where: string; used: string }>(
    "DMC1110",
    ({ word, where }) => `\`${word}\` is not used ${where}`,
    ({ used }) => `take it away; it is used ${used}`,
  ),
});
