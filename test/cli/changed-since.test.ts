/** `--changed-since`: what is shown and what is only counted, in a real repository. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { assert, needs, suite } from "../support/harness.js";
import { acme, QUICKSTART, UNSOUND } from "./quickstart-place.js";
import { Workplace } from "./support.js";

const GIT = needs("git");
const env = {
  PATH: process.env.PATH ?? "",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Acme",
  GIT_AUTHOR_EMAIL: "network@acme.example",
  GIT_COMMITTER_NAME: "Acme",
  GIT_COMMITTER_EMAIL: "network@acme.example",
};
const NEW_NEVER = "never desks -> shop.web on tcp/443\n";

function git(place: Workplace, ...words: readonly string[]): void {
  const child = spawnSync("git", words, { cwd: place.root, env, encoding: "utf8" });
  assert.is(child.status, 0, `git ${words.join(" ")}: ${child.stderr}`);
}

function commit(place: Workplace): void {
  git(place, "add", "--all");
  git(place, "commit", "--quiet", "--message", "Describe the estate");
}

/** A repository whose one commit holds these files. */
function repository(files: Readonly<Record<string, string>>): Workplace {
  const place = new Workplace();
  place.put(files);
  git(place, "init", "--quiet");
  commit(place);
  return place;
}

/** The findings that are shown, as `line code`, and what the last one says is hidden. */
async function shown(place: Workplace, ...words: readonly string[]) {
  const all = ["check", "acme", "--format", "json", "--changed-since", "HEAD", ...words];
  const { code, stdout, stderr } = await place.run(all, { env });
  assert.is(stderr, "");
  const output = JSON.parse(stdout);
  const findings: readonly { code: string; range?: { start: { line: number } }; data?: { hidden?: unknown } }[] =
    output.diagnostics;
  const hidden = findings.find((one) => /^DMC602[01]$/.test(one.code))?.data?.hidden;
  const lines = findings.flatMap((one) => (one.range === undefined ? [] : [one.range.start.line]));
  return { code, ok: output.ok, lines, hidden };
}

/** The number of the first line that holds these words. */
function lineOf(text: string, words: string): number {
  return text.slice(0, text.indexOf(words)).split("\n").length;
}

suite("check --changed-since", (test) => {
  test(
    "shows what is about changed lines and counts the rest, which still fails",
    async () => {
      const place = repository({ "acme/main.demarc": UNSOUND });
      assert.equal(await shown(place), {
        code: 1,
        ok: false,
        lines: [],
        hidden: { errors: 1, warnings: 0, notes: 0 },
      });
      place.put({ "acme/main.demarc": `${UNSOUND}${NEW_NEVER}` });
      const found = await shown(place);
      assert.equal(found.lines, [lineOf(`${UNSOUND}${NEW_NEVER}`, NEW_NEVER)]);
      assert.equal([found.code, found.hidden], [1, { errors: 1, warnings: 0, notes: 0 }]);
      git(place, "add", "--all");
      assert.equal(await shown(place), found, "staged or not is the same");
      const pretty = await place.run(["check", "acme", "--changed-since=HEAD"], { env });
      assert.is(pretty.code, 1);
      assert.match(
        pretty.stdout,
        "error DMC6020: 1 error about lines that have not changed since `HEAD` are not shown",
      );
      assert.match(pretty.stdout, "help: leave `--changed-since` out to see them");
      assert.match(pretty.stdout, /^not sound: 1 error shown, 1 finding hidden$/m);
      place.remove();
    },
    GIT,
  );

  test(
    "shows a failed invariant when only the rule that breaks it has changed",
    async () => {
      const place = repository({ "acme/main.demarc": UNSOUND.replace("std.https log", "std.https") });
      place.put({ "acme/main.demarc": UNSOUND });
      const { code, lines, hidden } = await shown(place);
      assert.equal([code, lines, hidden], [1, [lineOf(UNSOUND, "never desks -> shop.web on std.https")], undefined]);
      place.remove();
    },
    GIT,
  );

  test(
    "takes the lines beside a gap for changed",
    async () => {
      const text = UNSOUND.replace(/\nnever desks -> shop\.web/, "\n// A rule of the house.\nnever desks -> shop.web");
      const place = repository({ "acme/main.demarc": text });
      place.put({ "acme/main.demarc": UNSOUND });
      assert.equal((await shown(place)).hidden, undefined);
      place.remove();
    },
    GIT,
  );

  test(
    "takes a file that git does not follow for changed, and one that was only moved for unchanged",
    async () => {
      const place = repository({ "acme/main.demarc": QUICKSTART, "acme/rules.demarc": "edition 1\n" });
      const rules = "edition 1\nnever desks -> shop.web on std.https\n";
      place.put({ "acme/rules of the house.demarc": rules });
      assert.equal(await shown(place), { code: 1, ok: false, lines: [2], hidden: undefined });
      commit(place);
      git(place, "mv", "acme/rules of the house.demarc", 'acme/"rules" of the haus.demarc');
      assert.equal((await shown(place)).hidden, { errors: 1, warnings: 0, notes: 0 });
      place.put({ 'acme/"rules" of the haus.demarc': `${rules}${NEW_NEVER}` });
      assert.equal((await shown(place)).lines, [3]);
      place.remove();
    },
    GIT,
  );

  test(
    "takes a link, and a file that git was told to take as unchanged, for changed",
    async () => {
      const place = repository({ "acme/main.demarc": QUICKSTART, "shared/rules.demarc": "edition 1\n" });
      symlinkSync("../shared/rules.demarc", join(place.root, "acme/rules.demarc"));
      commit(place);
      place.put({ "shared/rules.demarc": "edition 1\nnever desks -> shop.web on std.https\n" });
      assert.equal((await shown(place)).hidden, undefined);
      for (const flag of ["--assume-unchanged", "--skip-worktree"]) {
        git(place, "checkout", "--quiet", "--", ".");
        git(place, "update-index", flag, "acme/main.demarc");
        place.put({ "acme/main.demarc": UNSOUND });
        assert.equal((await shown(place)).hidden, undefined, flag);
        git(place, "update-index", flag.replace("--", "--no-"), "acme/main.demarc");
      }
      place.remove();
    },
    GIT,
  );

  test(
    "has git run nothing that the package brings along",
    async () => {
      const place = repository({ "acme/main.demarc": UNSOUND });
      const mark = join(place.root, "ran");
      place.put({
        "acme/HEAD": "ref: refs/heads/main\n",
        "acme/config": `[core]\n\trepositoryformatversion = 0\n\tworktree = .\n\tfsmonitor = "touch '${mark}' #"\n`,
      });
      for (const folder of ["acme/objects", "acme/refs"]) mkdirSync(join(place.root, folder));
      const { code } = await place.run(["check", "acme", "--changed-since", "HEAD"], { env });
      assert.not(existsSync(mark));
      assert.is(code, 2);
      git(place, "config", "core.fsmonitor", `touch '${mark}' #`);
      for (const path of ["HEAD", "config", "objects", "refs"])
        rmSync(join(place.root, "acme", path), { recursive: true });
      await place.run(["check", "acme", "--changed-since", "HEAD"], { env });
      assert.not(existsSync(mark));
      place.remove();
    },
    GIT,
  );

  test(
    "asks the same whatever is configured about diffs",
    async () => {
      const place = repository({ "acme/main.demarc": UNSOUND });
      const settings = { "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.ui": "always" };
      const more = { "diff.external": "false", "diff.interHunkContext": "500", "diff.relative": "true" };
      for (const [key, value] of Object.entries({ ...settings, ...more })) git(place, "config", key, value);
      place.put({ "acme/main.demarc": `${NEW_NEVER.replace("never", "// never")}${UNSOUND}${NEW_NEVER}` });
      const { lines, hidden } = await shown(place);
      assert.equal([lines.length, hidden], [1, { errors: 1, warnings: 0, notes: 0 }]);
      place.remove();
    },
    GIT,
  );

  test(
    "counts in every format, and notes alone pass",
    async () => {
      const warning = QUICKSTART.replace(/segment office \{.*\}/, "segment office { }");
      const place = repository({ "acme/main.demarc": warning });
      const { code, ok, lines, hidden } = await shown(place);
      assert.equal([code, ok, lines, hidden], [0, true, [], { errors: 0, warnings: 1, notes: 0 }]);
      const said = "1 warning about lines that have not changed since `HEAD` are not shown";
      for (const [format, words] of [
        ["pretty", `info DMC6021: ${said}`],
        ["sarif", '"ruleId": "DMC6021"'],
        ["github", `::notice title=DMC6021 hidden-findings::${said}`],
        ["junit", '<testcase classname="DMC6021"'],
      ] as const) {
        const ended = await place.run(["check", "acme", "--format", format, "--changed-since", "HEAD"], { env });
        assert.is(ended.code, 0, format);
        assert.match(ended.stdout, words);
      }
      place.remove();
    },
    GIT,
  );

  test(
    "hides nothing of what a compile writes",
    async () => {
      const place = repository({ "acme/main.demarc": QUICKSTART });
      assert.is((await place.run(["compile", "acme", "--changed-since", "HEAD", "-o", "limited"], { env })).code, 0);
      assert.is((await place.run(["compile", "acme", "-o", "whole"])).code, 0);
      assert.equal(place.all("limited"), place.all("whole"));
      place.remove();
      const failing = repository({ "acme/main.demarc": UNSOUND });
      const refused = await failing.run(["compile", "acme", "--changed-since", "HEAD"], { env });
      assert.is(refused.code, 1);
      assert.match(refused.stdout, "nothing written: no findings shown, 1 finding hidden");
      failing.remove();
    },
    GIT,
  );

  test(
    "ends with 2 and a reason where git cannot say what has changed",
    async () => {
      const place = repository({ "acme/main.demarc": QUICKSTART });
      const refused = async (words: readonly string[], reason: string | RegExp, given = env): Promise<void> => {
        const { code, stdout, stderr } = await place.run(["check", "acme", ...words], { env: given });
        assert.equal([code, stdout], [2, ""], words.join(" "));
        assert.match(stderr, reason);
      };
      await refused(["--changed-since", "mian"], "git knows no commit `mian` here");
      await refused(["--changed-since", "HEAD..HEAD"], "git knows no commit `HEAD..HEAD` here");
      await refused(["--changed-since", "HEAD:acme"], "git knows no commit `HEAD:acme` here");
      await refused(["--changed-since", "--output=x"], "takes a revision of git, not `--output=x`");
      await refused(["--changed-since", ""], "needs a value: REV");
      await refused(["--changed-since", "HEAD"], "there is no `git` on the PATH", { ...env, PATH: place.root });
      place.remove();
      const plain = acme();
      const { code, stderr } = await plain.run(["check", "acme", "--changed-since", "HEAD"], {
        env: { ...env, GIT_CEILING_DIRECTORIES: plain.root },
      });
      assert.is(code, 2);
      assert.match(stderr, "git cannot say what has changed in `acme`: not a git repository");
      plain.remove();
    },
    GIT,
  );
});
