/** One evaluation of guard rails, in a process of its own: `guard.ts` runs it to learn the time and the memory it takes. */
import { readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { evaluatePolicy, inspectPolicy } from "../compiler/guard/engine.js";

const [folder = "", entrypoint = "", megabytes = "0"] = process.argv.slice(2);
const policy = readFileSync(join(folder, "policy.wasm"));
const [data, input] = ["data.json", "input.json"].map((name) => readFileSync(join(folder, name), "utf8"));
if (data === undefined || input === undefined) throw new Error("the evaluation needs data and input");

const began = performance.now();
await inspectPolicy(policy, entrypoint);
const loaded = performance.now();
await evaluatePolicy({ policy, entrypoint, data, input, memory: Number(megabytes) * 1024 * 1024 });
const done = performance.now();
writeSync(1, JSON.stringify({ start: loaded - began, evaluation: done - loaded }));
