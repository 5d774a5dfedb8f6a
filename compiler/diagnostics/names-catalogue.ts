/** Findings about names and where things stand: DMC10xx. */
import { catalogue } from "../../grammar/diagnostic.js";
import { article, didYouMean, error, listed } from "./entry.js";

/** What to say about a near name: the question, or that only the case differs. */
function nearHelp(name: string, near: string | undefined): string | undefined {
  if (near === undefined || near.toLowerCase() !== name.toLowerCase()) return didYouMean(near);
  return `names distinguish capital and small letters: did you mean \`${near}\`?`;
}

/** The catalogue of names. */
export const namesCatalogue = catalogue({
  "unknown-name": error<{ name: string; wanted: readonly string[]; near: string | undefined }>(
    "DMC1001",
    ({ name, wanted }) => `no ${wanted.join(" or ")} is called \`${name}\``,
    ({ name, wanted, near }) => nearHelp(name, near) ?? `declare it: \`${wanted[0] ?? ""} ${name} …\``,
  ),
  "duplicate-name": error<{ name: string; kind: string; other: string }>(
    "DMC1002",
    ({ name, kind, other }) =>
      kind === other
        ? `the ${kind} \`${name}\` is declared twice`
        : `\`${name}\` is the name of ${article(other)} already`,
    ({ kind, other }) =>
      kind === other ? "give one of them another name" : "the two kinds share one namespace; choose another name",
  ),
  "wrong-kind": error<{ name: string; kind: string; wanted: readonly string[] }>(
    "DMC1003",
    ({ name, kind, wanted }) => `\`${name}\` is ${article(kind)}, not ${wanted.map(article).join(" or ")}`,
    ({ wanted }) => `the name of ${wanted.map(article).join(" or ")} belongs here`,
  ),
  "name-of-the-language": error<{ name: string }>(
    "DMC1004",
    ({ name }) => `\`${name}\` cannot be declared: the language gives it a meaning`,
    () => "choose another name",
  ),
  "unknown-declaration": error<{ word: string; near: string | undefined; known: readonly string[] }>(
    "DMC1005",
    ({ word }) => `\`${word}\` is no kind of declaration`,
    ({ near, known }) => didYouMean(near) ?? `the kinds are ${listed(known, "and")}`,
  ),
  "misplaced-statement": error<{ statement: string; where: string }>(
    "DMC1006",
    ({ statement, where }) => `\`${statement}\` cannot stand ${where}`,
    ({ statement }) =>
      statement === "allow" || statement === "share"
        ? `write it inside a policy: \`policy NAME { ${statement} … }\``
        : "it stands at top level or inside a policy",
  ),
  "misplaced-declaration": error<{ word: string; where: string; belongs: readonly string[] }>(
    "DMC1007",
    ({ word, where }) => `\`${word}\` cannot stand ${where}`,
    ({ belongs }) =>
      belongs.length === 0
        ? "it is declared at top level, and joined by name"
        : `it is declared inside ${belongs.map((each) => `${article(each)}`).join(" or ")}`,
  ),
  "misplaced-property": error<{ key: string; near: string | undefined }>(
    "DMC1008",
    ({ key }) => `the property \`${key}\` stands outside any declaration`,
    ({ near }) =>
      near === undefined
        ? "move it into the declaration that it belongs to"
        : `a declaration has a name: \`${near} NAME = …\``,
  ),
  "name-with-dots": error<{ name: string }>(
    "DMC1009",
    ({ name }) => `\`${name}\` is a path; a declaration is given one name`,
    () => "members are declared inside their parent",
  ),
  "misplaced-import": error<object>(
    "DMC1010",
    () => "an import cannot stand inside a declaration",
    () => "imports stand at top level",
  ),
  "second-estate": error<{ name: string }>(
    "DMC1011",
    ({ name }) => `\`${name}\` is a second estate`,
    () => "a package describes one estate",
  ),
});
