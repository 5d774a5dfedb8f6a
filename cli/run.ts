/** One run of the command line: finds the verb, calls it, and turns whatever happens into an exit code. */

import { safeLine } from "../compiler/diagnostics/render/cells.js";
import { nearest } from "../compiler/suggest.js";
import { parseCall } from "./arguments.js";
import { usageText, verbUsage } from "./help.js";
import { type Io, Misuse } from "./io.js";
import { VERBS, type Verb } from "./verbs.js";
import { VERSION } from "./version.js";

/** Exit codes, as architecture.md promises them. */
export const EXIT = { clean: 0, findings: 1, misuse: 2, fault: 70 } as const;

/** Runs the words of a command line (without the program's own) and gives the exit code. Never throws. */
export async function run(
  words: readonly string[],
  io: Io,
  verbs: Readonly<Record<string, Verb>> = VERBS,
): Promise<number> {
  try {
    return await dispatch(words, io, verbs);
  } catch (error) {
    if (error instanceof Misuse) {
      io.stderr.write(`demarc: ${safeLine(error.message)}\n`);
      return EXIT.misuse;
    }
    const { reportFault } = await import("./fault.js");
    reportFault(error, words, io);
    return EXIT.fault;
  }
}

async function dispatch(words: readonly string[], io: Io, verbs: Readonly<Record<string, Verb>>): Promise<number> {
  const [word, ...rest] = words;
  if (word === "--version" || word === "-V") {
    io.stdout.write(`${VERSION}\n`);
    return EXIT.clean;
  }
  if (word === undefined) {
    io.stderr.write(usageText());
    return EXIT.misuse;
  }
  if (word === "--help" || word === "-h" || word === "help") {
    const [about] = rest;
    const verb = about === undefined ? undefined : verbNamed(about, verbs);
    io.stdout.write(about === undefined || verb === undefined ? usageText() : verbUsage(about, verb));
    return EXIT.clean;
  }
  if (word === "--get-yargs-completions") {
    const { complete } = await import("./verbs/completion.js");
    return complete(words, io);
  }
  const verb = verbNamed(word, verbs);
  const call = parseCall(word, verb, rest, io);
  if (call === "help") {
    io.stdout.write(verbUsage(word, verb));
    return EXIT.clean;
  }
  return (await verb.load()).run(call);
}

function verbNamed(word: string, verbs: Readonly<Record<string, Verb>>): Verb {
  const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
  if (verb !== undefined) return verb;
  const near = nearest(word, Object.keys(verbs));
  throw new Misuse(
    `unknown verb \`${word}\`; ${near === undefined ? "see `demarc --help`" : `did you mean \`${near}\`?`}`,
  );
}
