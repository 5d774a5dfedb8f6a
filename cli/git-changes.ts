/** What git says has changed since a revision: by file, the lines of the work tree. Git is run here and nowhere else. */
import { spawnSync } from "node:child_process";
import { posix } from "node:path";
import { type Call, flagValue } from "./arguments.js";
import { type Io, Misuse } from "./io.js";
import { findProgram } from "./programs.js";
import type { LocatedPackage } from "./project.js";
import { type ChangedLines, changedLines } from "./unified-diff.js";

/** The lines of a package's files that are not as they were. */
export interface Changes {
  /** The revision as the user wrote it. */
  readonly revision: string;
  /**
   * True where one of these lines (from 1, both included) of a file has changed. Every line of a file that git does not
   * follow has, and of a text that is no file of the package's directory.
   */
  readonly touch: (path: string, first: number, last: number) => boolean;
}

/** Output of git beyond this many bytes ends in an error. */
const LARGEST_OUTPUT = 1 << 30;

/**
 * Ahead of every command: a repository that came with somebody's files must not have git run a program of its own, neither
 * by a hook of the file system monitor nor by a bare repository that lies among the files (git-config,
 * `core.fsmonitor` and `safe.bareRepository`).
 */
const GUARDED = ["-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit"] as const;

/** Independent of what a user or a repository has configured about diffs. */
const DIFF = [
  "-c",
  "core.quotePath=false",
  "diff",
  "--unified=0",
  "--inter-hunk-context=0",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--find-renames",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "--text",
] as const;

/** What has changed since the revision of `--changed-since`; undefined where the flag does not stand. Throws `Misuse`. */
export function changesOf(call: Call, located: LocatedPackage): Changes | undefined {
  const revision = flagValue(call, "changed-since");
  return revision === undefined ? undefined : changesSince(call.io, located, revision);
}

function changesSince(io: Io, located: LocatedPackage, revision: string): Changes {
  const git = gitIn(io, located);
  const prefix = git(["rev-parse", "--show-prefix"]).replace(/\n$/, "");
  const commit = commitOf(git, revision);
  const changed = changedLines(git([...DIFF, commit, "--", "."]));
  const followed = comparedFiles(git);
  return { revision, touch: (path, first, last) => touches(changed, followed, posix.join(prefix, path), first, last) };
}

/**
 * The files whose lines git really compares: plain ones that it has not been told to take as unchanged. Of all others
 * (links, submodules, `assume-unchanged`, `skip-worktree`) everything counts as changed, so that nothing is hidden.
 */
function comparedFiles(git: (words: readonly string[]) => string): ReadonlySet<string> {
  const list = (flag: string): readonly string[] => git(["ls-files", "-z", "--full-name", flag]).split("\0");
  const plain = list("--stage").flatMap((line) => /^100\d{3} \S+ 0\t(.*)$/s.exec(line)?.[1] ?? []);
  const normal = new Set(list("-v").flatMap((line) => /^H (.*)$/s.exec(line)?.[1] ?? []));
  return new Set(plain.filter((path) => normal.has(path)));
}

function touches(
  changed: ChangedLines,
  followed: ReadonlySet<string>,
  path: string,
  first: number,
  last: number,
): boolean {
  if (!followed.has(path)) return true;
  return (changed.get(path) ?? []).some((range) => range.first <= last && range.last >= first);
}

/** The full name of the commit that a revision stands for. What begins with `-` would be an option of git. */
function commitOf(git: (words: readonly string[]) => string, revision: string): string {
  if (revision.startsWith("-")) throw new Misuse(`\`--changed-since\` takes a revision of git, not \`${revision}\``);
  try {
    return git(["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]).trim();
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    throw new Misuse(
      `\`--changed-since\`: git knows no commit \`${revision}\` here; where the clone is shallow, fetch its history`,
    );
  }
}

/** Runs git in the directory of the package and gives what it prints. Throws `Misuse` where it fails. */
function gitIn(io: Io, { absolute, path }: LocatedPackage): (words: readonly string[]) => string {
  const program = findProgram("git", io.env);
  if (program === undefined) throw new Misuse("`--changed-since` asks git, and there is no `git` on the PATH");
  const env = { ...io.env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_DIFF_OPTS: undefined };
  return (words) => {
    const child = spawnSync(program, [...GUARDED, ...words], {
      cwd: absolute,
      env,
      encoding: "utf8",
      maxBuffer: LARGEST_OUTPUT,
    });
    if (child.status === 0) return child.stdout;
    const said = (child.error?.message ?? child.stderr.trim().split("\n")[0] ?? "").replace(/^fatal: /, "");
    throw new Misuse(`\`--changed-since\`: git cannot say what has changed in \`${path}\`: ${said}`);
  };
}
