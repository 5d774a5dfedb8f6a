/**
 * Benchmarks: `npm run bench`, or `npm run bench -- 1000` for estates of other sizes. Measures what is built in `dist/` and prints tables; it judges nothing. Medians, and
 * ratios between figures of the same run: those can be compared between machines, the milliseconds cannot.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateEstate } from "./generate.js";
import { guardTable } from "./guard.js";
import { median, medians, type ProcessRun, runNode } from "./measure.js";
import { parsingTable } from "./parsing.js";
import { duration, megabytes, tableText, times } from "./table.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = join(root, "dist", "demarc.js");
const SIZES = [1_000, 10_000] as const;
const PARSED_RULES = 10_000;
const RUNS = 3;
const START_ROUNDS = 11;
const SEED = 20_261;

async function main(words: readonly string[]): Promise<void> {
  const given = words.map(Number).filter((size) => Number.isInteger(size) && size > 0);
  const sizes = given.length > 0 ? given : SIZES;
  const scratch = mkdtempSync(join(tmpdir(), "demarc-bench-"));
  try {
    console.log(`Node ${process.version}, ${process.platform} ${process.arch}\n`);
    console.log(parsingTable(generateEstate({ rules: PARSED_RULES, seed: SEED })));
    console.log(scaleTable(scratch, sizes));
    const estates = sizes.map((rules) => [`${rules.toLocaleString("en")} rules`, writeEstate(scratch, rules)] as const);
    console.log(await guardTable(scratch, new Map(estates)));
    console.log(startTable());
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** `check` and `compile` on generated estates, and their growth from each size to the next. */
function scaleTable(scratch: string, sizes: readonly number[]): string {
  const rows: (readonly string[])[] = [];
  for (const verb of ["check", "compile"] as const) {
    let before: number | undefined;
    for (const rules of sizes) {
      const folder = writeEstate(scratch, rules);
      const runs = Array.from({ length: RUNS }, () => runVerb(verb, folder));
      const time = median(runs.map((run) => run.time));
      const memory = median(runs.map((run) => run.memory));
      const growth = before === undefined ? "" : times(time / before);
      rows.push([`${verb}, ${rules.toLocaleString("en")} rules`, duration(time), megabytes(memory), growth]);
      before = time;
    }
  }
  return tableText(["estate", "time", "peak memory", "of the size before"], rows);
}

function writeEstate(scratch: string, rules: number): string {
  const folder = join(scratch, `estate-${rules}`);
  for (const [path, text] of generateEstate({ rules, seed: SEED })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** One run; `compile` writes into an empty folder and without a lock each time. */
function runVerb(verb: "check" | "compile", folder: string): ProcessRun {
  if (verb === "check") return runNode([program, verb, folder], true);
  rmSync(join(folder, "out"), { recursive: true, force: true });
  rmSync(join(folder, "demarc.lock.json"), { force: true });
  return runNode([program, verb, folder, "-o", join(folder, "out")], true);
}

/** Start-up against a Node that does nothing. */
function startTable(): string {
  const quickstart = join(root, "fixtures", "estates", "quickstart");
  const lines = [
    ["-e", "0"],
    [program, "--version"],
    [program, "check", quickstart],
  ] as const;
  const names = ["node -e 0", "demarc --version", "demarc check, quickstart"] as const;
  const found = medians(
    lines.map((words) => () => {
      runNode(words);
    }),
    START_ROUNDS,
  );
  const bare = found[0] ?? 0;
  return tableText(
    ["start-up", "time", "over bare node"],
    names.map((name, index) => {
      const time = found[index] ?? 0;
      return [name, duration(time), index === 0 ? "" : duration(time - bare)];
    }),
  );
}

await main(process.argv.slice(2));
