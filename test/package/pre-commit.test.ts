/**
 * The hooks, run by the real pre-commit at a real commit. `DEMARC_PRE_COMMIT` names the program, else it is looked for in
 * the `PATH`. What is built in `dist/` stands for the installed package; with `DEMARC_HOOKS_INSTALLED` set, pre-commit
 * installs the last commit of this repository by itself, which needs a registry.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { assert, needs, suite } from "../support/harness.js";
import { findTool } from "../support/needs.js";

const SLOW = 600_000;
const HOOKS = ".pre-commit-hooks.yaml";
const QUICKSTART = readFileSync("fixtures/estates/quickstart/main.demarc", "utf8");
const NEVER = "never desks -> shop.web on std.https\n";

function findPreCommit(): string | undefined {
  const named = process.env.DEMARC_PRE_COMMIT;
  return named === undefined || named === "" ? findTool("pre-commit") : named;
}

function needsPreCommit(also?: () => string | undefined): { readonly skip?: string } {
  const missing = "`pre-commit` (in the PATH or named by DEMARC_PRE_COMMIT), which is not installed";
  return needs("git", () => (findPreCommit() === undefined ? missing : also?.()));
}

/** A folder with a repository in `network`, whose hooks come from the repository at `source`. */
class Desk {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "demarc-hooks-")));
  readonly home = join(this.root, "network");
  private readonly env: NodeJS.ProcessEnv;

  constructor() {
    const bin = join(this.root, "bin");
    mkdirSync(bin);
    mkdirSync(this.home);
    const program = join(process.cwd(), "dist", "demarc.js");
    writeFileSync(join(bin, "demarc"), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
    chmodSync(join(bin, "demarc"), 0o755);
    const own = Object.entries(process.env).filter(([name]) => !/^(?:GIT_|npm_|PRE_COMMIT)/i.test(name));
    this.env = {
      ...Object.fromEntries(own),
      PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
      PRE_COMMIT_HOME: join(this.root, "cache"),
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "Acme",
      GIT_AUTHOR_EMAIL: "network@acme.example",
      GIT_COMMITTER_NAME: "Acme",
      GIT_COMMITTER_EMAIL: "network@acme.example",
    };
  }

  run(program: string, words: readonly string[], folder = this.home) {
    const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, env: this.env, encoding: "utf8" });
    return { code: status, said: `${stdout}${stderr}` };
  }

  git(words: readonly string[], folder = this.home): string {
    const { code, said } = this.run("git", words, folder);
    assert.is(code, 0, `git ${words.join(" ")}: ${said}`);
    return said.trim();
  }

  put(path: string, text: string): void {
    mkdirSync(dirname(join(this.home, path)), { recursive: true });
    writeFileSync(join(this.home, path), text);
  }

  /** A repository that holds nothing but the definitions of the hooks. */
  definitions(): string {
    const folder = join(this.root, "hooks");
    mkdirSync(folder);
    cpSync(HOOKS, join(folder, HOOKS));
    this.git(["init", "--quiet"], folder);
    this.git(["add", "--all"], folder);
    this.git(["commit", "--quiet", "--message", "Define hooks"], folder);
    return folder;
  }

  /** Makes the repository, with these keys beside the `id` of each hook, and installs the hooks into it. */
  configure(source: string, keys: string, args = "[estate]"): void {
    const revision = this.git(["rev-parse", "HEAD"], source);
    const check = `{ id: demarc-check, args: ${args}${keys} }`;
    const hooks = `[${check}, { id: demarc-fmt${keys} }]`;
    this.git(["init", "--quiet"]);
    this.put(".pre-commit-config.yaml", `repos: [{ repo: '${source}', rev: ${revision}, hooks: ${hooks} }]\n`);
    const installed = this.run(findPreCommit() ?? "", ["install"]);
    assert.is(installed.code, 0, installed.said);
  }

  commit() {
    this.git(["add", "--all"]);
    return this.run("git", ["commit", "--message", "Change the estate"]);
  }
}

function stopsBadAndPassesGood(desk: Desk): void {
  desk.put("estate/main.demarc", QUICKSTART);
  const good = desk.commit();
  assert.is(good.code, 0, good.said);
  assert.match(good.said, /^demarc check\.*Passed$/m);
  assert.match(good.said, /^demarc fmt\.*Passed$/m);
  desk.put("estate/main.demarc", `${QUICKSTART}\n${NEVER}`);
  const bad = desk.commit();
  assert.is(bad.code, 1, bad.said);
  assert.match(bad.said, /^demarc check\.*Failed$/m);
  const line = QUICKSTART.split("\n").length + 1;
  assert.match(bad.said, new RegExp(`^estate/main\\.demarc:${line}:\\d+: error DMC21`, "m"));
  assert.is(desk.git(["rev-list", "--count", "HEAD"]), "1", "the bad change is not committed");
}

suite("the hooks of pre-commit", (test) => {
  let desk: Desk;
  test.before.each(() => {
    desk = new Desk();
  });
  test.after.each(() => rmSync(desk.root, { recursive: true, force: true }));

  test(
    "stop a bad change with the finding on its line, and pass a good one",
    () => {
      desk.configure(desk.definitions(), ", language: system");
      stopsBadAndPassesGood(desk);
    },
    { ...needsPreCommit(), timeout: SLOW },
  );

  test(
    "judge what is staged, not what lies beside it",
    () => {
      desk.configure(desk.definitions(), ", language: system");
      desk.put("estate/main.demarc", QUICKSTART);
      desk.git(["add", "--all"]);
      desk.put("estate/main.demarc", `${QUICKSTART}\n${NEVER}`);
      const { code, said } = desk.run("git", ["commit", "--message", "Add the estate"]);
      assert.is(code, 0, said);
      assert.match(said, "Unstaged files detected");
      assert.match(readFileSync(join(desk.home, "estate/main.demarc"), "utf8"), NEVER);
    },
    { ...needsPreCommit(), timeout: SLOW },
  );

  test(
    "show changed lines only where that is asked for, and still stop at an error elsewhere",
    () => {
      desk.configure(desk.definitions(), ", language: system", "[estate, --changed-since, HEAD]");
      desk.put("estate/main.demarc", `${QUICKSTART}\n${NEVER}`);
      desk.git(["add", "--all"]);
      desk.git(["commit", "--quiet", "--no-verify", "--message", "Add the estate"]);
      desk.put("estate/main.demarc", `// The estate.\n${QUICKSTART}\n${NEVER}`);
      const { code, said } = desk.commit();
      assert.is(code, 1, said);
      assert.match(said, "error DMC6020: 1 error about lines that have not changed since `HEAD` are not shown");
      assert.noMatch(said, "error DMC21");
    },
    { ...needsPreCommit(), timeout: SLOW },
  );

  test(
    "bring a staged source into the canonical layout and stop, so that it is staged again",
    () => {
      desk.configure(desk.definitions(), ", language: system");
      desk.put("estate/main.demarc", QUICKSTART.replace("asn   = 64520", "asn=64520"));
      const { code, said } = desk.commit();
      assert.is(code, 1, said);
      assert.match(said, /^demarc fmt\.*Failed$/m);
      assert.match(said, "files were modified by this hook");
      assert.is(readFileSync(join(desk.home, "estate/main.demarc"), "utf8"), QUICKSTART);
      assert.is(desk.commit().code, 0);
    },
    { ...needsPreCommit(), timeout: SLOW },
  );

  test(
    "install from this repository",
    () => {
      desk.configure(process.cwd(), "");
      stopsBadAndPassesGood(desk);
    },
    {
      ...needsPreCommit(() =>
        (process.env.DEMARC_HOOKS_INSTALLED ?? "") === "" ? "a registry: set DEMARC_HOOKS_INSTALLED" : undefined,
      ),
      timeout: SLOW,
    },
  );
});
