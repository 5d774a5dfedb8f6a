/**
 * The test runner: `node --import tsx test/support/run.ts [--junit FILE] [filter…]`.
 *
 * Finds every `*.test.ts` under `test/`, runs one process per top folder, at most two at once, and ends with the line
 * `N passed, N failed` or `N passed, N failed, N skipped`. A filter is a file, a folder (with or without `test/`), or a
 * part of a path. The exit code is 1 when anything failed, when no test ran or when a filter fits nothing.
 */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { toJUnit } from "./junit.js";
import { type ProcessRun, runProcess } from "./process.js";
import { summary, type TestResult } from "./records.js";

const ROOT = "test";
const PROCESSES = 2;

interface Group {
  readonly title: string;
  readonly files: readonly string[];
  readonly bytes: number;
}

function findTests(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path).split("\\").join("/"))
    .filter((path) => path.endsWith(".test.ts"))
    .sort();
}

/** The files that the filters ask for, and the filters that fit nothing. A filter that is a file is taken as it is. */
function select(filters: readonly string[]): { readonly files: readonly string[]; readonly unused: readonly string[] } {
  const all = findTests(ROOT);
  if (filters.length === 0) return { files: all, unused: [] };
  const chosen = new Set<string>();
  const unused: string[] = [];
  for (const filter of filters) {
    const files = filesOf(filter.replace(/^\.\//, "").replace(/\/$/, ""), all);
    for (const file of files) chosen.add(file);
    if (files.length === 0) unused.push(filter);
  }
  return { files: [...chosen].sort(), unused };
}

function filesOf(filter: string, all: readonly string[]): readonly string[] {
  if (existsSync(filter) && statSync(filter).isFile()) return [filter];
  const inFolder = all.filter((file) => file.startsWith(`${filter}/`) || file.startsWith(`${ROOT}/${filter}/`));
  return inFolder.length > 0 ? inFolder : all.filter((file) => file.includes(filter));
}

/**
 * One group per top folder, largest first, so that the longest process starts early. A folder with more than half of all
 * the code is split by its subfolders, or the other process would idle.
 */
function groupFiles(files: readonly string[]): readonly Group[] {
  const total = bytesOf(files);
  const groups = groupByFolder(files, 2).flatMap((group) =>
    group.bytes * 2 > total ? groupByFolder(group.files, 3) : [group],
  );
  return groups.sort((a, b) => b.bytes - a.bytes || (a.title < b.title ? -1 : 1));
}

function groupByFolder(files: readonly string[], depth: number): readonly Group[] {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const title = file.split("/").slice(0, -1).slice(0, depth).join("/") || ".";
    const folder = folders.get(title) ?? [];
    folder.push(file);
    folders.set(title, folder);
  }
  return [...folders].map(([title, members]) => ({ title, files: members, bytes: bytesOf(members) }));
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

async function runGroups(groups: readonly Group[]): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  const waiting = [...groups];
  const lane = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      const run = await runProcess(group.title, group.files);
      printRun(group.title, run);
      results.push(...run.results);
    }
  };
  await Promise.all(Array.from({ length: PROCESSES }, lane));
  return results.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

function printRun(title: string, run: ProcessRun): void {
  const seconds = (run.milliseconds / 1000).toFixed(1);
  print(`${title}: ${summary(run.results)} (${seconds} s)`);
  if (run.output !== "") print(indent(run.output.trimEnd(), "  | "));
}

function printDetails(results: readonly TestResult[]): void {
  for (const result of results.filter(({ outcome }) => outcome === "skipped")) {
    print(`skipped: ${titleOf(result)}: ${result.reason ?? "no reason given"}`);
  }
  for (const result of results.filter(({ outcome }) => outcome === "failed")) {
    print(`\nFAILED ${titleOf(result)}`);
    for (const { message, details, stack } of result.faults) {
      print(indent(message, "  "));
      if (details !== undefined) print(indent(details, "    "));
      for (const frame of stack) print(`    ${frame}`);
    }
  }
}

function titleOf({ file, suite, test }: TestResult): string {
  return [file, suite, test].filter((part) => part !== "").join(" > ");
}

function indent(text: string, margin: string): string {
  return text.replace(/^/gm, margin);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { junit: { type: "string" } }, allowPositionals: true });
  const { files, unused } = select(positionals);
  const results = await runGroups(groupFiles(files));
  if (values.junit !== undefined) {
    mkdirSync(dirname(values.junit), { recursive: true });
    writeFileSync(values.junit, toJUnit(results));
  }
  printDetails(results);
  for (const filter of unused) print(`no test file fits \`${filter}\``);
  const ran = results.some(({ outcome }) => outcome !== "skipped");
  if (!ran) print("no test ran");
  const failed = results.some(({ outcome }) => outcome === "failed");
  print(summary(results));
  process.exitCode = ran && !failed && unused.length === 0 ? 0 : 1;
}

await main();
