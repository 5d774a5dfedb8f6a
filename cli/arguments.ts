/** From the words of a command line to a call of a verb. What does not fit is a `Misuse` with a helpful text. */
import { nearest } from "../compiler/suggest.js";
import { type Io, Misuse } from "./io.js";
import type { Flag, Verb } from "./verbs.js";

/** What a verb is called with. */
export interface Call {
  readonly verb: string;
  readonly io: Io;
  readonly positionals: readonly string[];
  /** True for a switch that stands; the values of a flag that takes some. */
  readonly flags: ReadonlyMap<string, true | readonly string[]>;
}

/** The value of a flag that may stand once. */
export function flagValue(call: Call, name: string): string | undefined {
  const values = call.flags.get(name);
  return values === undefined || values === true ? undefined : values[0];
}

/** The values of a flag that may be repeated; empty where it does not stand. */
export function flagValues(call: Call, name: string): readonly string[] {
  const values = call.flags.get(name);
  return values === undefined || values === true ? [] : values;
}

/** Parses the words after a verb. `help` where help is asked for. Throws `Misuse`. */
export function parseCall(name: string, verb: Verb, words: readonly string[], io: Io): Call | "help" {
  const flags = new Map<string, true | readonly string[]>();
  const positionals: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      positionals.push(...rest.splice(0));
    } else if (word === "--help" || word === "-h") {
      return "help";
    } else if (word.startsWith("-") && word !== "-" && !word.startsWith("->")) {
      takeFlag(name, verb, word, rest, flags);
    } else {
      positionals.push(word);
    }
  }
  checkPositionals(name, verb, positionals);
  return { verb: name, io, positionals, flags };
}

function takeFlag(
  name: string,
  verb: Verb,
  word: string,
  rest: string[],
  flags: Map<string, true | readonly string[]>,
): void {
  const equals = word.indexOf("=");
  const written = equals < 0 ? word : word.slice(0, equals);
  const key = flagNamed(verb, written);
  const flag = key === undefined ? undefined : verb.flags[key];
  if (key === undefined || flag === undefined) throw new Misuse(unknownFlag(name, verb, written));
  const before = flags.get(key);
  if (flag.value === undefined) {
    if (equals >= 0) throw new Misuse(`\`--${key}\` takes no value`);
    flags.set(key, true);
    return;
  }
  const value = equals < 0 ? rest.shift() : word.slice(equals + 1);
  if (value === undefined || value === "") throw new Misuse(`\`--${key}\` needs a value: ${flag.value}`);
  checkChoice(key, flag, value);
  if (before !== undefined && flag.many === undefined) throw new Misuse(`\`--${key}\` stands twice`);
  flags.set(key, [...(before === undefined || before === true ? [] : before), value]);
}

function flagNamed(verb: Verb, written: string): string | undefined {
  if (written.startsWith("--")) {
    const key = written.slice(2);
    return Object.hasOwn(verb.flags, key) ? key : undefined;
  }
  return Object.entries(verb.flags).find(([, flag]) => flag.short === written.slice(1))?.[0];
}

function unknownFlag(name: string, verb: Verb, written: string): string {
  const near = nearest(written.replace(/^-+/, ""), [...Object.keys(verb.flags), "help"]);
  const hint = near === undefined ? `see \`demarc ${name} --help\`` : `did you mean \`--${near}\`?`;
  return `\`${name}\` has no flag \`${written}\`; ${hint}`;
}

function checkChoice(key: string, flag: Flag, value: string): void {
  if (flag.choices === undefined || flag.choices.includes(value)) return;
  const near = nearest(value, flag.choices);
  const hint = near === undefined ? `it takes ${flag.choices.join(", ")}` : `did you mean \`${near}\`?`;
  throw new Misuse(`\`--${key}\` does not take \`${value}\`; ${hint}`);
}

function checkPositionals(name: string, verb: Verb, positionals: readonly string[]): void {
  const needed = verb.positionals.filter((one) => one.needed === true);
  const missing = needed[positionals.length];
  if (missing !== undefined) throw new Misuse(`\`${name}\` needs its ${missing.name}: ${missing.summary}`);
  for (const [index, { name: place, choices }] of verb.positionals.entries()) {
    const value = positionals[index];
    if (value === undefined || choices === undefined || choices.includes(value)) continue;
    const near = nearest(value, choices);
    const hint = near === undefined ? `it takes ${choices.join(", ")}` : `did you mean \`${near}\`?`;
    throw new Misuse(`\`${name}\` does not take \`${value}\` as its ${place}; ${hint}`);
  }
  const open = verb.positionals.some((one) => one.many === true);
  const extra = open ? undefined : positionals[verb.positionals.length];
  if (extra !== undefined) throw new Misuse(`\`${name}\` does not take \`${extra}\`; see \`demarc ${name} --help\``);
}
