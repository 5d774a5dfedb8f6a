/**
 * The command line's entry. It answers `--version` by itself and loads the rest only when it is needed, so that starting is
 * quick: in one piece where that was prepared for this Node, else in chunks, of each verb its own.
 */
import { type Engine, preparedEngine } from "./prepared.js";
import { VERSION } from "./version.js";

async function main(words: readonly string[]): Promise<number> {
  if (words[0] === "--version" || words[0] === "-V") {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const { run, nodeIo } = preparedEngine() ?? (await chunks());
  return run(words, nodeIo());
}

async function chunks(): Promise<Engine> {
  const [run, io] = await Promise.all([import("./run.js"), import("./node-io.js")]);
  return { ...run, ...io };
}

process.exitCode = await main(process.argv.slice(2));
