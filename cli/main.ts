/**
 * The command line's entry. It answers `--version` by itself and loads a verb's code only when that verb is called, so
 * that starting is quick.
 */
import { VERBS } from "./verbs.js";
import { VERSION } from "./version.js";

/** Exit code for a wrong command line: an unknown verb or flag, a missing path. */
const MISUSE = 2;

function usage(): string {
  const width = Math.max(0, ...Object.keys(VERBS).map((name) => name.length));
  const verbs = Object.entries(VERBS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}\n`);
  return `usage: demarc <verb> [options]\n\n${verbs.join("")}\n  --help, --version\n`;
}

async function main(args: readonly string[]): Promise<number> {
  const [word, ...rest] = args;
  if (word === "--version" || word === "-V") {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  if (word === undefined || word === "--help" || word === "-h") {
    (word === undefined ? process.stderr : process.stdout).write(usage());
    return word === undefined ? MISUSE : 0;
  }
  const verb = Object.hasOwn(VERBS, word) ? VERBS[word] : undefined;
  if (verb === undefined) {
    process.stderr.write(`demarc: unknown verb \`${word}\`\n\n${usage()}`);
    return MISUSE;
  }
  const { run } = await verb.load();
  return run(rest);
}

process.exitCode = await main(process.argv.slice(2));
