/** The texts of `--help`, made from the table of verbs. */
import { VERBS, type Verb } from "./verbs.js";

/** The usage of the tool. */
export function usageText(): string {
  const rows = Object.entries(VERBS).map(([name, { summary }]) => [name, summary] as const);
  return [
    "usage: demarc <verb> [options]",
    "",
    "Compiles one description of a segmented network into the configuration of clouds and routers, and proves it.",
    "",
    ...table(rows),
    "",
    "`demarc <verb> --help` says more of a verb, `demarc --version` which version this is.",
    "Exit codes: 0 clean, 1 errors were found, 2 wrong use, 70 a fault of demarc itself.",
    "",
  ].join("\n");
}

/** The usage of one verb. */
export function verbUsage(name: string, verb: Verb): string {
  const places = verb.positionals.map((one) => {
    const shown = `${one.name}${one.many === true ? "…" : ""}`;
    return one.needed === true ? ` <${shown}>` : ` [${shown}]`;
  });
  const flags = Object.entries(verb.flags).map(([key, flag]) => {
    const short = flag.short === undefined ? "" : `-${flag.short}, `;
    const value = flag.value === undefined ? "" : ` ${flag.value}`;
    return [`${short}--${key}${value}`, `${flag.summary}${choicesText(flag.choices)}`] as const;
  });
  return [
    `usage: demarc ${name}${places.join("")}${flags.length > 0 ? " [options]" : ""}`,
    "",
    `${verb.summary[0]?.toUpperCase() ?? ""}${verb.summary.slice(1)}.`,
    "",
    ...table(verb.positionals.map((one) => [one.name, `${one.summary}${choicesText(one.choices)}`] as const)),
    ...table(flags),
    ...(places.length + flags.length > 0 ? [""] : []),
  ].join("\n");
}

function choicesText(choices: readonly string[] | undefined): string {
  return choices === undefined ? "" : `: ${choices.join(", ")}`;
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}
