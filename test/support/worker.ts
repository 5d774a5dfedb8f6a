/**
 * One test process: loads the test files it is given, runs their suites and writes a record per line to file descriptor
 * 3, where the runner listens. Writing is synchronous, so that a process that dies has told all it knew.
 */
import { writeSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { declaredTests, declareFrom, reportFault, reportTo, runSuites } from "./harness.js";
import { toFault } from "./records.js";

const RECORDS = 3;
/** Milliseconds that open handles may keep the process alive after the last test. */
const LINGER = 5_000;

reportTo((record) => {
  // Readers of lines may end one at U+2028 and U+2029, which JSON leaves as they are.
  const line = JSON.stringify(record).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
  writeSync(RECORDS, `${line}\n`);
});

/** In CI a run must say the same of the same commit: properties take their cases from this seed, and from chance elsewhere. */
const CI_SEED = 64_520;
if (process.env.CI !== undefined && process.env.CI !== "") {
  const { configureGlobal } = await import("fast-check");
  configureGlobal({ seed: Number(process.env.DEMARC_SEED ?? CI_SEED) });
}

for (const file of process.argv.slice(2)) {
  const path = resolve(file);
  declareFrom(path);
  const before = declaredTests();
  try {
    await import(pathToFileURL(path).href);
    if (declaredTests() === before) reportFault("load", { message: "the file declares no suite", stack: [] });
  } catch (thrown) {
    reportFault("load", toFault(thrown, "the file cannot be loaded: "));
  }
}
await runSuites();

setTimeout(() => {
  process.stderr.write(`an open handle kept the process alive for ${LINGER} ms after the last test\n`);
  process.exit(1);
}, LINGER).unref();
