/** The built-in guard rails on estates of any size: the size of what they are given, and the time that they take. */
import { readFileSync } from "node:fs";
import { checkProject } from "../compiler/driver.js";
import { buildGuardInput } from "../compiler/guard/build-input.js";
import { evaluatePolicy } from "../compiler/guard/engine.js";
import { parseManifest } from "../compiler/guard/manifest.js";
import { memoryHost } from "../compiler/host/memory.js";
import { registry } from "../targets/registry.js";
import { generateEstate } from "./generate.js";
import { median } from "./measure.js";
import { duration, tableText } from "./table.js";

const TODAY = { year: 2027, month: 1, day: 15 } as const;
const ROUNDS = 3;
const MEMORY = 1024 * 1024 * 1024;
const EMPTY = "start-up of the engine, no input";

/** The table for estates of these numbers of rules. Each evaluation compiles and loads the policy anew, as a check does. */
export async function guardTable(sizes: readonly number[], seed: number): Promise<string> {
  const manifest = parseManifest(readFileSync("policies/manifest.json", "utf8"));
  if ("fault" in manifest) throw new Error(manifest.fault);
  const policy = readFileSync("policies/dist/policy.wasm");
  const evaluate = async (input: string): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = performance.now();
      await evaluatePolicy({ policy, entrypoint: manifest.entrypoint, data: "{}", input, memory: MEMORY });
      times.push(performance.now() - before);
    }
    return median(times);
  };
  const count = manifest.rules.size;
  const row = async (what: string, input: string): Promise<readonly string[]> => {
    const time = await evaluate(input);
    return [
      what,
      `${(Buffer.byteLength(input) / 1e6).toFixed(2)} MB`,
      duration(time),
      `${(time / count).toFixed(1)} ms`,
    ];
  };
  const rows = [
    await row(EMPTY, JSON.stringify({ estate: { id: "estate:acme", name: "acme", owner: "a@acme.example" } })),
  ];
  for (const rules of sizes) {
    rows.push(await row(`${count} guard rails, ${rules.toLocaleString("en")} rules`, await inputText(rules, seed)));
  }
  return tableText(["guard rails", "input", "time", "per guard rail"], rows);
}

/** The input of a generated estate. Throws where the estate has errors that leave none. */
async function inputText(rules: number, seed: number): Promise<string> {
  const project = await checkProject({
    host: memoryHost(Object.fromEntries(generateEstate({ rules, seed }))),
    path: "",
    directory: "",
    today: TODAY,
    registry,
    purpose: "check",
  });
  const { relations, proofs, design, outputs } = project;
  if (relations === undefined || proofs === undefined || design === undefined) throw new Error("nothing was designed");
  return JSON.stringify(buildGuardInput({ relations, proofs, design, outputs, today: TODAY }).input);
}
