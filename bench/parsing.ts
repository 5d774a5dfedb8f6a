/** Parsing against `JSON.parse` of the same tree, in one process. */
import { Diagnostics } from "../grammar/diagnostic.js";
import { parseFile } from "../grammar/parse.js";
import { SourceFile } from "../grammar/source.js";
import { medians } from "./measure.js";
import { duration, tableText, times } from "./table.js";

const ROUNDS = 9;

/** The table of one comparison. Throws where a text does not parse. */
export function parsingTable(files: ReadonlyMap<string, string>): string {
  const texts = [...files].filter(([path]) => path.endsWith(".demarc"));
  const parse = (): readonly unknown[] =>
    texts.map(([path, text]) => {
      const diagnostics = new Diagnostics();
      const tree = parseFile(new SourceFile(path, text), diagnostics);
      if (diagnostics.hasErrors) throw new Error(`${path} does not parse`);
      return tree;
    });
  const json = JSON.stringify(parse(), plain);
  const [ours = 0, theirs = 0] = medians([parse, () => JSON.parse(json)], ROUNDS);
  const size = texts.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  const row = (what: string, bytes: number, time: number): readonly string[] => [
    what,
    `${(bytes / 1e6).toFixed(2)} MB`,
    duration(time),
    `${(bytes / 1e3 / time).toFixed(1)} MB/s`,
    times(time / theirs),
  ];
  return tableText(
    ["parsing", "text", "time", "speed", "of JSON.parse"],
    [row("demarc source", size, ours), row("the same tree as JSON", Buffer.byteLength(json), theirs)],
  );
}

/** The source's own text is left out, and addresses are written in digits, which JSON has no other form for. */
function plain(key: string, value: unknown): unknown {
  if (key === "source") return undefined;
  return typeof value === "bigint" ? value.toString() : value;
}
