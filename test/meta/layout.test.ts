/** What may lie at the top of the project: the floors of the architecture and ordinary root files. */
import { execFileSync } from "node:child_process";
import { assert, needs, suite } from "../support/harness.js";

const FOLDERS = [
  "grammar",
  "compiler",
  "targets",
  "policies",
  "fixtures",
  "test",
  "cli",
  "editor",
  "bench",
  "docs",
  // GitLab looks for what a project offers to others here.
  "templates",
  ".ci",
];
const FILES = [
  ".dockerignore",
  ".editorconfig",
  ".gitattributes",
  ".gitignore",
  ".npmrc",
  ".pre-commit-hooks.yaml",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "Dockerfile",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "action.yml",
  "biome.json",
  "package-lock.json",
  "package.json",
  "tsconfig.json",
];

function git(...args: readonly string[]): readonly string[] {
  return execFileSync("git", args, { encoding: "utf8" })
    .split("\0")
    .filter((line) => line !== "");
}

suite("the layout of the project", (test) => {
  test(
    "has nothing at its top but the floors and ordinary files",
    () => {
      const files = git("ls-files", "-z", "--cached", "--others", "--exclude-standard");
      const tops = new Set(files.map((path) => (path.includes("/") ? `${path.split("/")[0]}/` : path)));
      const allowed = new Set([...FOLDERS.map((folder) => `${folder}/`), ...FILES]);
      assert.ok(tops.size > 0);
      assert.equal(
        [...tops].filter((top) => !allowed.has(top)),
        [],
      );
    },
    needs("git"),
  );

  test(
    "checks its texts out with line feeds, fixtures as they are",
    () => {
      const attribute = (path: string): string => git("check-attr", "-z", "eol", "--", path)[2] ?? "";
      assert.is(attribute("grammar/source.ts"), "lf");
      assert.is(attribute("README.md"), "lf");
      const [, , text] = git("check-attr", "-z", "text", "--", "fixtures/cases/crlf/main.demarc");
      assert.is(text, "unset");
    },
    needs("git"),
  );
});
