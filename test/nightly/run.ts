/**
 * What is too long for every change: `npm run nightly [-- --packets N] [--bytes N] [--seed N] [part…]`.
 *
 * Each reader judges a million packets beside a naive evaluator of its vendor, and reads a million bytes of damaged files.
 * The exit code is 1 where anything differs or fails.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { awsPart } from "./aws.js";
import { junosPart } from "./junos.js";
import type { NightlyPart } from "./part.js";

const PARTS: readonly NightlyPart[] = [awsPart, junosPart];

const { values, positionals } = parseArgs({
  options: {
    packets: { type: "string", default: "1000000" },
    bytes: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
  },
  allowPositionals: true,
});

/** Runs a part and says what it found; true where nothing differs. */
async function runPart(part: NightlyPart): Promise<boolean> {
  const started = performance.now();
  const { packets, answers, admitted, differences } = await part.run(Number(values.packets), Number(values.seed));
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${part.name}: ${packets} packets, ${answers} answers, ${admitted} of them yes, in ${seconds} s`);
  for (const difference of differences) console.log(`  ${difference}`);
  return differences.length === 0 && admitted > 0;
}

/** Runs the fuzz tests of the readers with more bytes than the suite takes. */
function runFuzz(parts: readonly NightlyPart[]): boolean {
  const filters = parts.map(({ name }) => `test/targets/${name}/read-fuzz.test.ts`);
  const env = { ...process.env, DEMARC_FUZZ_BYTES: values.bytes };
  const args = ["--import", "tsx", "test/support/run.ts", ...filters];
  return spawnSync(process.execPath, args, { env, stdio: "inherit" }).status === 0;
}

const chosen = PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
let sound = chosen.length > 0;
for (const part of chosen) sound = (await runPart(part)) && sound;
sound = runFuzz(chosen) && sound;
process.exitCode = sound ? 0 : 1;
