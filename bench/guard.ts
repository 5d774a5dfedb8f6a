/** The guard phase over generated estates: its input, its evaluation and what starting the engine takes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkProject } from "../compiler/driver.js";
import type { EngineRequest } from "../compiler/guard/engine.js";
import type { GuardRunner } from "../compiler/guard/runner.js";
import { nodeHost } from "../compiler/host/node.js";
import { registry } from "../targets/registry.js";
import { median, runNode } from "./measure.js";
import { duration, megabytes, tableText, times } from "./table.js";

const RUNS = 3;
const MEGABYTES = 1024;
const TODAY = { year: 2027, month: 1, day: 15 } as const;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The estate that everything else is compared with: what it takes is start-up. */
const SMALL = here("../fixtures/estates/quickstart");

interface Asked {
  readonly request: EngineRequest;
  /** Milliseconds from the begin of the phase to the evaluation: loading the rules, building and writing the input. */
  readonly building: number;
}

interface Evaluated {
  readonly start: number;
  readonly evaluation: number;
  readonly memory: number;
}

/** The table over estates in these folders, by name. `scratch` is a folder to write into. */
export async function guardTable(scratch: string, estates: ReadonlyMap<string, string>): Promise<string> {
  const rows: (readonly string[])[] = [];
  let small: Evaluated | undefined;
  for (const [name, folder] of [["quickstart", SMALL] as const, ...estates]) {
    const asked = await askedOf(folder);
    const found = evaluated(scratch, asked.request);
    small ??= found;
    const size = Buffer.byteLength(asked.request.input);
    const more = found.memory - small.memory;
    rows.push([
      name,
      `${(size / 1e6).toFixed(2)} MB`,
      duration(asked.building),
      duration(found.start),
      duration(found.evaluation),
      found === small ? "" : `${megabytes(more)} (${times(more / size)})`,
    ]);
  }
  return tableText(["guard rails", "input", "building it", "engine start", "evaluation", "memory, of the input"], rows);
}

/** Checks an estate up to the evaluation of its guard rails, and says what would be evaluated. */
async function askedOf(folder: string): Promise<Asked> {
  let began = 0;
  let asked: Asked | undefined;
  const runner: GuardRunner = {
    run: async (request) => {
      asked = { request, building: performance.now() - began };
      return { kind: "failed", fault: "aborted", detail: "the benchmark evaluates elsewhere" };
    },
  };
  await checkProject({
    host: nodeHost(folder),
    path: ".",
    directory: "",
    today: TODAY,
    registry,
    purpose: "check",
    guard: { runner, library: here("../policies") },
    say: () => {
      began = performance.now();
    },
  });
  if (asked === undefined) throw new Error(`no guard rails were asked of ${folder}`);
  return asked;
}

function evaluated(scratch: string, { policy, data, input, entrypoint }: EngineRequest): Evaluated {
  const folder = join(scratch, "guard");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "policy.wasm"), policy);
  writeFileSync(join(folder, "data.json"), data);
  writeFileSync(join(folder, "input.json"), input);
  const words = ["--import", "tsx", here("guard-evaluation.ts"), folder, entrypoint, String(MEGABYTES)];
  const runs = Array.from({ length: RUNS }, () => {
    const { memory, stdout } = runNode(words, true);
    const { start, evaluation } = JSON.parse(stdout) as { readonly start: number; readonly evaluation: number };
    return { start, evaluation, memory };
  });
  const middle = (of: (run: Evaluated) => number): number => median(runs.map(of));
  return {
    start: middle((run) => run.start),
    evaluation: middle((run) => run.evaluation),
    memory: middle((run) => run.memory),
  };
}
