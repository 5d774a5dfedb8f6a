/**
 * The table of verbs with their arguments, as data: parsing, help and shell completion come from it. A verb's code is
 * loaded by a dynamic import, which the bundler turns into a chunk of its own.
 */
import type { Call } from "./arguments.js";

/** The code of one verb. `run` gives the exit code. */
export interface VerbModule {
  readonly run: (call: Call) => Promise<number>;
}

/** An argument with a name. Without `value` it is a switch. */
export interface Flag {
  readonly summary: string;
  /** Placeholder of its value, in capitals. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly short?: string;
  /** May stand more than once. */
  readonly many?: true;
}

/** An argument by place. */
export interface Positional {
  readonly name: string;
  readonly summary: string;
  readonly needed?: true;
  readonly many?: true;
  readonly choices?: readonly string[];
}

/** A verb: what it does, what it takes, and how to load it. */
export interface Verb {
  readonly summary: string;
  readonly positionals: readonly Positional[];
  readonly flags: Readonly<Record<string, Flag>>;
  readonly load: () => Promise<VerbModule>;
}

/** The forms that findings and results can be had in. */
export const FORMATS = ["pretty", "json", "sarif", "github", "junit"] as const;

const format: Flag = { summary: "how results are printed (pretty)", value: "FORMAT", choices: FORMATS };
const today: Flag = { summary: "the day that dates are judged against (today in UTC)", value: "YYYY-MM-DD" };
const changedSince: Flag = {
  summary: "show only findings about lines that have changed since this revision of git",
  value: "REV",
};
const path: Positional = {
  name: "path",
  summary: "the package: a directory of `.demarc` files (the working directory)",
};

/** All verbs by name, in the order of the usage text. */
export const VERBS: Readonly<Record<string, Verb>> = {
  init: {
    summary: "write a small estate that compiles",
    positionals: [{ name: "path", summary: "the directory to write into (the working directory)" }],
    flags: { format },
    load: () => import("./verbs/init.js"),
  },
  check: {
    summary: "judge a package, up to the output it would give",
    positionals: [path],
    flags: { "changed-since": changedSince, format, today },
    load: () => import("./verbs/check.js"),
  },
  compile: {
    summary: "check, then write the artefacts and the lock file",
    positionals: [path],
    flags: {
      out: { summary: "output directory (`out` beside the sources, or as demarc.json says)", value: "DIR", short: "o" },
      target: { summary: "compile for this target only; may be repeated", value: "NAME", many: true },
      diff: { summary: "show what would change in the output directory, and write nothing" },
      force: { summary: "overwrite edited artefacts and write into a directory that is not ours" },
      "frozen-lock": { summary: "fail where the lock file would change" },
      "prune-lock": { summary: "drop entries of the lock file that nothing uses any more" },
      "changed-since": changedSince,
      format,
      today,
    },
    load: () => import("./verbs/compile.js"),
  },
  fmt: {
    summary: "bring sources into the canonical layout",
    positionals: [
      { name: "paths", summary: "files or directories, or `-` for standard input (the working directory)", many: true },
    ],
    flags: {
      check: { summary: "write nothing; exit code 1 where a file is not in the canonical layout" },
      diff: { summary: "show the changes, and write nothing" },
      format,
    },
    load: () => import("./verbs/fmt.js"),
  },
  verify: {
    summary: "judge an output as it stands: what it opens or closes beside what is meant",
    positionals: [
      { name: "output", summary: "the output directory, or files in the same forms", needed: true },
      { ...path },
    ],
    flags: {
      target: { summary: "judge the files of this target only; may be repeated", value: "NAME", many: true },
      format,
      today,
    },
    load: () => import("./verbs/verify.js"),
  },
  query: {
    summary: "say which flows are open, and through what",
    positionals: [{ name: "query", summary: "`A -> B on S`, in quotes", needed: true }, { ...path }],
    flags: { "open-only": { summary: "list what is open, and nothing else" }, format, today },
    load: () => import("./verbs/query.js"),
  },
  export: {
    summary: "print the checked estate as JSON, for other programs",
    positionals: [path],
    flags: { format: { ...format, summary: "always json", choices: ["json"] }, today },
    load: () => import("./verbs/export.js"),
  },
  guard: {
    summary: "list guard rails, or write, test and build your own",
    positionals: [
      { name: "action", summary: "what to do", needed: true, choices: ["list", "init", "build", "test"] },
      { name: "path", summary: "`list`: the package; else the folder of the rails (rails), or for `build` a bundle" },
    ],
    flags: { format },
    load: () => import("./verbs/guard.js"),
  },
  explain: {
    summary: "explain a diagnostic or a guard rail, offline",
    positionals: [{ name: "code", summary: "a code (DMC1203) or a name; without one, all are listed" }],
    flags: { format: { ...format, choices: ["pretty", "json"] } },
    load: () => import("./verbs/explain.js"),
  },
  completion: {
    summary: "print the completion script of your shell",
    positionals: [],
    flags: {},
    load: () => import("./verbs/completion.js"),
  },
};
