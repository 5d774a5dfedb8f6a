/**
 * Replays a page of the manual: runs the commands of its `console` blocks, applies its `diff` blocks to one file, and gives
 * the page with what the commands really print.
 */
import type { Workplace } from "../cli/support.js";

const FENCE = /^```(console|diff)\n([\s\S]*?)^```$/gm;

/** The page with actual output. `file` is what `diff` blocks change. Throws where one does not fit. */
export async function replay(page: string, place: Workplace, file: string): Promise<string> {
  let out = "";
  let last = 0;
  for (const match of page.matchAll(FENCE)) {
    const [whole, language, body = ""] = match;
    out += page.slice(last, match.index);
    last = match.index + whole.length;
    if (language === "diff") applyChange(place, file, body);
    out += language === "diff" ? whole : `\`\`\`console\n${await runAll(body, place)}\`\`\``;
  }
  return out + page.slice(last);
}

/** Runs each line that begins with `$ demarc` or `$ npx demarc`. */
async function runAll(body: string, place: Workplace): Promise<string> {
  const parts: string[] = [];
  for (const part of body.split(/^(?=\$ )/m)) {
    const [command = "", ...shown] = part.trimEnd().split("\n");
    const text = /^\$ (?:npx )?demarc (.*)$/.exec(command)?.[1];
    if (text === undefined) throw new Error(`no command of demarc: ${command}`);
    const words = [...text.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
    const { stdout, stderr } = await place.run(words);
    parts.push(`${[command, ...shorten(`${stderr}${stdout}`.trimEnd().split("\n"), shown)].join("\n")}\n`);
  }
  return parts.join("\n");
}

/** The lines printed; where the page leaves some out with a line `…`, as many before and behind it as the page has. */
function shorten(printed: readonly string[], shown: readonly string[]): readonly string[] {
  const cut = shown.indexOf("…");
  if (cut < 0) return printed;
  const behind = shown.length - cut - 1;
  return [...printed.slice(0, cut), "…", ...printed.slice(printed.length - behind)];
}

/** Replaces the lines marked `-` (and unmarked ones) by those marked `+` (and unmarked ones). They stand there once. */
function applyChange(place: Workplace, file: string, body: string): void {
  const lines = body.trimEnd().split("\n");
  const side = (mark: string): string =>
    lines
      .filter((line) => line.startsWith(mark) || line.startsWith(" "))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const before = place.get(file).split(side("-"));
  if (before.length !== 2) throw new Error(`${file} has these lines ${before.length - 1} times:\n${side("-")}`);
  place.put({ [file]: before.join(side("+")) });
}
