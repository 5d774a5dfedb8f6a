/** `demarc completion`: the completion script of the shell, by yargs, from the table of verbs. */
import yargs from "yargs";
import type { Call } from "../arguments.js";
import type { Io } from "../io.js";
import { EXIT } from "../run.js";
import { VERBS, type Verb } from "../verbs.js";

/** Prints the script for the shell that `SHELL` names (bash or zsh). */
export async function run(call: Call): Promise<number> {
  return ask(["completion"], call.io);
}

/** Answers what the script asks at every press of the tabulator: `--get-yargs-completions` and the words so far. */
export async function complete(words: readonly string[], io: Io): Promise<number> {
  return ask(words, io);
}

async function ask(words: readonly string[], io: Io): Promise<number> {
  const lines: string[] = [];
  const { log } = console;
  // The parser has no other way out for a script or for completions.
  console.log = (text: unknown) => void lines.push(String(text));
  try {
    await parser().parseAsync([...words]);
  } finally {
    console.log = log;
  }
  io.stdout.write(lines.map((line) => `${line}\n`).join(""));
  return EXIT.clean;
}

function parser(): ReturnType<typeof yargs> {
  let made = yargs([])
    .scriptName("demarc")
    .exitProcess(false)
    .version(false)
    .help(false)
    .completion("completion", false);
  for (const [name, verb] of Object.entries(VERBS)) {
    if (name !== "completion")
      made = made.command(synopsis(name, verb), verb.summary, (inner) => withFlags(inner, verb));
  }
  return made;
}

function synopsis(name: string, verb: Verb): string {
  const places = verb.positionals.map((one) => {
    const many = one.many === true ? ".." : "";
    return one.needed === true ? `<${one.name}${many}>` : `[${one.name}${many}]`;
  });
  return [name, ...places].join(" ");
}

function withFlags(inner: ReturnType<typeof yargs>, verb: Verb): ReturnType<typeof yargs> {
  let made = inner;
  for (const { name, choices } of verb.positionals) {
    if (choices !== undefined) made = made.positional(name, { type: "string", choices });
  }
  for (const [key, flag] of Object.entries(verb.flags)) {
    made = made.option(key, {
      describe: flag.summary,
      type: flag.value === undefined ? "boolean" : "string",
      ...(flag.short === undefined ? {} : { alias: flag.short }),
      ...(flag.choices === undefined ? {} : { choices: flag.choices }),
    });
  }
  return made;
}
