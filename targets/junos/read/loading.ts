/**
 * What of the files decides how they are loaded, beside what they say: at which level `replace:` tags stand, and which
 * files lie in the folder of a router. Juniper, "CLI User Guide", "Loading a Configuration from a File or the Terminal".
 */
import type { Artefact } from "../../../compiler/contract.js";
import type { ReadResult, Refusal } from "../../../compiler/validate/readback.js";
import { readJunos } from "../read.js";
import { shorten } from "./text.js";

/** The only files of a router's folder. */
const FILES: ReadonlySet<string> = new Set([
  "junos.set",
  "junos.replace.conf",
  "rollback.set",
  "ownership.json",
  "delivery.md",
]);

/** Words around what is replaced as a whole, and how many words name it; `*` is any word. */
const LEVELS: readonly (readonly [around: string, own: string])[] = [
  ["interfaces *", "unit *"],
  ["policy-options", "prefix-list *"],
  ["policy-options", "policy-statement *"],
  ["policy-options", "community *"],
  ["firewall family *", "filter *"],
  ["routing-instances", "*"],
  ["protocols bgp", "group *"],
];

/** Reads the routers of an output, and refuses what would be loaded otherwise than it reads. Never throws. */
export function readOutput(artefacts: readonly Artefact[]): ReadResult {
  const read = readJunos(artefacts);
  const refusals = artefacts.flatMap(({ path, text }): readonly Refusal[] => {
    const [, name] = /^routers\/(?:[^/]+\/)?(.+)$/s.exec(path) ?? [];
    if (name === undefined) return [];
    const known = FILES.has(name) && path.split("/").length === 3;
    if (!known) return [{ place: { file: path, at: 1 }, what: name, why: "no such file belongs to a router" }];
    return name === "junos.replace.conf" ? strayTags(path, text) : [];
  });
  return { ...read, refusals: [...read.refusals, ...refusals] };
}

/** A tag above what we own deletes what others configured there; one below leaves what the tags around it should delete. */
function strayTags(file: string, text: string): readonly Refusal[] {
  const out: Refusal[] = [];
  const around: (readonly string[])[] = [];
  let words: string[] = [];
  let tag: number | undefined;
  let line = 1;
  for (const [token] of text.matchAll(/"(?:\\[\s\S]|[^"\\])*"|#[^\n]*|\/\*[\s\S]*?\*\/|[{};\n]|[^\s{};"]+/g)) {
    if (token === "\n") line++;
    else if (token === "replace:" && words.length === 0) tag = line;
    else if (token === "{" || token === ";") {
      if (tag !== undefined && !isOwned(around.flat(), words)) {
        const why = "a `replace:` tag stands only at what is ours as a whole, neither above nor below";
        out.push({ place: { file, at: tag }, what: shorten([...around.flat(), ...words].join(" ")), why });
      }
      if (token === "{") around.push(words);
      [words, tag] = [[], undefined];
    } else if (token === "}") {
      around.pop();
      [words, tag] = [[], undefined];
    } else if (/^(?:#|\/\*)/.test(token)) line += token.split("\n").length - 1;
    else words.push(token);
  }
  return out;
}

function isOwned(around: readonly string[], own: readonly string[]): boolean {
  return LEVELS.some(([outer, inner]) => fits(outer, around) && fits(inner, own));
}

function fits(pattern: string, words: readonly string[]): boolean {
  const parts = pattern.split(" ");
  return parts.length === words.length && parts.every((part, index) => part === "*" || part === words[index]);
}
