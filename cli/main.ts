/**
 * The command line's entry. It answers `--version` by itself and loads the rest, and a verb's code, only when they are
 * needed, so that starting is quick.
 */
import { VERSION } from "./version.js";

async function main(words: readonly string[]): Promise<number> {
  if (words[0] === "--version" || words[0] === "-V") {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const [{ run }, { nodeIo }] = await Promise.all([import("./run.js"), import("./node-io.js")]);
  return run(words, nodeIo());
}

process.exitCode = await main(process.argv.slice(2));
