/** Measuring: medians of several runs, in this process and in processes of their own. */
import { spawnSync } from "node:child_process";

/** What one run of a process took. */
export interface ProcessRun {
  /** Wall time in milliseconds, from spawning to exit. */
  readonly time: number;
  /** Most memory the process held, in bytes. Zero where it was not asked for. */
  readonly memory: number;
  readonly stdout: string;
}

/** Makes a process write its peak memory (kilobytes) to descriptor 3 when it ends. */
const MEMORY_HOOK = `data:text/javascript,${encodeURIComponent(
  'import fs from "node:fs"; process.on("exit", () => fs.writeSync(3, String(process.resourceUsage().maxRSS)));',
)}`;

/** Runs `node` with the words given. Throws where it ends with another code than 0. */
export function runNode(words: readonly string[], withMemory = false): ProcessRun {
  const hook = withMemory ? ["--import", MEMORY_HOOK] : [];
  const before = performance.now();
  const child = spawnSync(process.execPath, [...hook, ...words], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: "1" },
  });
  const time = performance.now() - before;
  if (child.status !== 0) {
    const said = `${child.stdout}${child.stderr}`.slice(0, 2_000);
    throw new Error(`\`node ${words.join(" ")}\` ended with ${child.status ?? child.signal}\n${said}`);
  }
  return { time, memory: Number(child.output[3] ?? 0) * 1_024, stdout: child.stdout };
}

/** The middle one of numbers, or the mean of the middle two. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new Error("no numbers to take the median of");
  return (low + high) / 2;
}

/**
 * Median milliseconds of each task, after one round to warm up. The tasks take turns, so that a slow moment of the
 * machine falls on all of them and their ratios stay true.
 */
export function medians(tasks: readonly (() => void)[], rounds: number): readonly number[] {
  const times = tasks.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const before = performance.now();
      task();
      if (round > 0) times[index]?.push(performance.now() - before);
    }
  }
  return times.map(median);
}
