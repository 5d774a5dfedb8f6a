/** Structured text of a Junos router with `replace:` tags at the level of what is owned as a whole. */

type Path = readonly string[];

/** First words of a statement, `*` for any; how many words stand around what is owned, and how many name it. */
const LEVELS: readonly (readonly [words: Path, around: number])[] = [
  [["interfaces", "*", "unit", "*"], 2],
  [["policy-options", "*", "*"], 1],
  [["firewall", "family", "*", "filter", "*"], 3],
  [["routing-instances", "*"], 1],
  [["protocols", "bgp", "group", "*"], 2],
];

const quoted = (word: string): string => (/^[^\s"{};[\]#]+$/.test(word) ? word : JSON.stringify(word));

/** One block for each owned object, in order of their first statements, with one statement a line; else plain statements. */
export function ownedText(paths: readonly Path[]): string {
  const blocks = new Map<string, { readonly around: number; readonly own: Path; readonly inside: Path[] }>();
  for (const path of paths) {
    const level = LEVELS.find(
      ([words]) => words.length <= path.length && words.every((word, at) => word === "*" || word === path[at]),
    );
    const own = level === undefined ? path : path.slice(0, level[0].length);
    const key = JSON.stringify(own);
    const block = blocks.get(key) ?? { around: level?.[1] ?? 0, own, inside: [] };
    blocks.set(key, block);
    if (path.length > own.length) block.inside.push(path.slice(own.length));
  }
  return [...blocks.values()].map(blockText).join("");
}

function blockText({ around, own, inside }: { readonly around: number; readonly own: Path; readonly inside: Path[] }) {
  const text = (words: Path): string => words.map(quoted).join(" ");
  if (around === 0) return `${text(own)};\n`;
  const lines = inside.map((path) => `${text(path)};\n`).join("");
  const block = lines === "" ? `${text(own.slice(around))};\n` : `${text(own.slice(around))} {\n${lines}}\n`;
  return `${text(own.slice(0, around))} {\nreplace: ${block}}\n`;
}
