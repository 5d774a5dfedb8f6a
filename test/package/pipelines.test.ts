/** The definitions for hooks, actions, GitLab and containers: what they name is there, and their scripts do what they say. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { VERBS } from "../../cli/verbs.js";
import { assert, needs, suite } from "../support/harness.js";

interface Step {
  readonly name: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Job {
  readonly script: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly artifacts: { readonly paths: readonly string[]; readonly reports: Readonly<Record<string, string>> };
}

const action: Action = parse(readFileSync("action.yml", "utf8"));
const page = readFileSync("docs/pipelines.md", "utf8");
const UNSOUND = "\nnever desks -> shop.web on std.https\n";
const LINUX = needs("bash");

/** The blocks of YAML of the page. */
function blocks(): readonly unknown[] {
  return [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => parse(text));
}

function gitlab(): { readonly inputs: Readonly<Record<string, object>>; readonly job: Job } {
  const [head, body] = parseAllDocuments(readFileSync("templates/demarc.yml", "utf8")).map((one) => one.toJS());
  return { inputs: head.spec.inputs, job: body.demarc };
}

/** Every flag that a script gives `demarc` with its verb. */
function assertFlags(script: string): void {
  const verb = /\b(check|compile) /.exec(script)?.[1];
  if (verb === undefined) return;
  for (const [, flag = ""] of script.matchAll(/(?<=[\s("])--([a-z]+(?:-[a-z]+)*)/g)) {
    assert.ok(VERBS[verb]?.flags[flag] !== undefined, `${verb} --${flag}`);
  }
}

/** A repository with the quickstart in `network`, and what scripts see there. */
class Runner {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "demarc-pipeline-")));

  constructor(more = "") {
    cpSync("fixtures/estates/quickstart", join(this.root, "network"), { recursive: true });
    const main = join(this.root, "network", "main.demarc");
    writeFileSync(main, `${readFileSync(main, "utf8")}${more}`);
  }

  run(script: string, env: Readonly<Record<string, string>>) {
    const given = { PATH: process.env.PATH, GITHUB_OUTPUT: join(this.root, "outputs"), ...env };
    const child = spawnSync("bash", ["-eo", "pipefail", "-c", script], {
      cwd: this.root,
      env: given,
      encoding: "utf8",
    });
    return { code: child.status, stdout: child.stdout, stderr: child.stderr };
  }

  /** Runs a step of the action with these inputs; the others have their defaults. */
  step(name: string, inputs: Readonly<Record<string, string>>) {
    const step = action.runs.steps.find((one) => one.name === name);
    const values: Readonly<Record<string, string>> = {
      "github.action_path": process.cwd(),
      "runner.temp": this.root,
      ...Object.fromEntries(Object.entries(action.inputs).map(([key, one]) => [`inputs.${key}`, one.default])),
      ...Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`inputs.${key}`, value])),
    };
    const filled = (text: string): string => text.replace(/\$\{\{ (\S+) \}\}/g, (_, key: string) => values[key] ?? "?");
    const env = Object.entries(step?.env ?? {}).map(([key, value]) => [key, filled(value)]);
    return this.run(step?.run ?? "exit 99", Object.fromEntries(env));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

suite("the action of GitHub", (test) => {
  test("has a shell for every script, and puts no expression into one", () => {
    assert.is(action.runs.using, "composite");
    for (const { name, run, shell, uses } of action.runs.steps) {
      assert.ok((run === undefined) !== (uses === undefined), name);
      if (run === undefined) continue;
      assert.is(shell, "bash", name);
      assert.noMatch(run, "${{");
      assertFlags(run);
    }
  });

  test("knows every input that it uses, uses every input, and the page tells of each", () => {
    const used = new Set(
      [...readFileSync("action.yml", "utf8").matchAll(/inputs\.([a-z-]+)/g)].map(([, name = ""]) => name),
    );
    assert.equal([...used].sort(), Object.keys(action.inputs).sort());
    for (const name of used) assert.match(page, `\`${name}\``);
  });

  test(
    "keeps all findings for code scanning and fails in the step after",
    () => {
      const runner = new Runner(UNSOUND);
      const judged = runner.step("Judge everything", { path: "network" });
      assert.is(judged.code, 0, judged.stderr);
      const sarif = JSON.parse(readFileSync(join(runner.root, "demarc.sarif"), "utf8"));
      assert.is(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, "network/main.demarc");
      assert.is(readFileSync(join(runner.root, "outputs"), "utf8"), `sarif=${join(runner.root, "demarc.sarif")}\n`);
      const checked = runner.step("Check", { path: "network" });
      assert.is(checked.code, 1);
      assert.match(checked.stdout, /^::error file=network\/main\.demarc,line=\d+,/m);
      runner.remove();
    },
    LINUX,
  );

  test(
    "fails at once where the call itself is wrong",
    () => {
      const runner = new Runner();
      assert.is(runner.step("Judge everything", { path: "netwrok" }).code, 1);
      assert.is(existsSync(join(runner.root, "outputs")), false);
      assert.is(runner.step("Check", { path: "network", "changed-since": "--all" }).code, 2);
      assert.is(runner.step("Check", { path: "--format" }).code, 2);
      runner.remove();
    },
    LINUX,
  );

  test(
    "compiles where that is wanted, with the lock as it is",
    () => {
      const runner = new Runner();
      const compiled = runner.step("Check and compile", { path: "network", output: "out" });
      assert.is(compiled.code, 0, compiled.stdout);
      assert.ok(existsSync(join(runner.root, "out", "manifest.json")));
      rmSync(join(runner.root, "network", "demarc.lock.json"));
      const frozen = runner.step("Check and compile", { path: "network", output: "out" });
      assert.is(frozen.code, 1);
      assert.match(frozen.stdout, /^::error .*lock/m);
      runner.remove();
    },
    LINUX,
  );
});

suite("the template of GitLab", (test) => {
  test("knows every input that it uses, and the page gives those without a default", () => {
    const { inputs } = gitlab();
    const text = readFileSync("templates/demarc.yml", "utf8");
    const used = new Set([...text.matchAll(/\$\[\[ inputs\.([a-z-]+) \]\]/g)].map(([, name = ""]) => name));
    assert.equal([...used].sort(), Object.keys(inputs).sort());
    const needed = Object.entries(inputs).flatMap(([name, one]) => ("default" in one ? [] : [name]));
    const included = blocks().flatMap((one) => (one as { include?: { inputs: object }[] }).include ?? []);
    assert.is(included.length, 1);
    for (const name of Object.keys(included[0]?.inputs ?? {})) assert.ok(name in inputs, name);
    for (const name of needed) assert.ok(name in (included[0]?.inputs ?? {}), name);
  });

  test(
    "leaves both reports, and ends with the code of the compile",
    () => {
      const { job } = gitlab();
      for (const line of job.script) assertFlags(line);
      const runner = new Runner(UNSOUND);
      const shim = `demarc() { '${process.execPath}' '${join(process.cwd(), "dist/demarc.js")}' "$@"; }`;
      const { code } = runner.run([shim, ...job.script].join("\n"), { DEMARC_PATH: "network", DEMARC_OUT: "out" });
      assert.is(code, 1);
      assert.match(readFileSync(join(runner.root, job.artifacts.reports.junit ?? ""), "utf8"), 'failures="1"');
      assert.match(readFileSync(join(runner.root, job.artifacts.paths[0] ?? ""), "utf8"), '"level": "error"');
      runner.remove();
    },
    LINUX,
  );
});

suite("the page on pipelines", (test) => {
  test("names hooks that there are, and inputs that the action takes", () => {
    const hooks: readonly { readonly id: string; readonly entry: string }[] = parse(
      readFileSync(".pre-commit-hooks.yaml", "utf8"),
    );
    for (const { entry } of hooks) assert.ok(VERBS[entry.split(" ")[1] ?? ""] !== undefined, entry);
    const [config, workflow] = blocks() as [
      { repos: { hooks: { id: string }[] }[] },
      { jobs: { demarc: { steps: { uses: string; with: object }[] } } },
    ];
    const named = config.repos.flatMap((one) => one.hooks.map(({ id }) => id));
    assert.equal(
      named,
      hooks.map(({ id }) => id),
    );
    const step = workflow.jobs.demarc.steps.find(({ uses }) => uses.startsWith("acme/demarc"));
    for (const input of Object.keys(step?.with ?? {})) assert.ok(input in action.inputs, input);
  });
});

suite("the image", (test) => {
  test("copies what it was built from, is no root, and begins with the command line", () => {
    const lines = readFileSync("Dockerfile", "utf8")
      .replace(/\\\n\s*/g, "")
      .split("\n");
    const of = (word: string) =>
      lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
    const bases = of("FROM").map((from) => /^node:(\d+)-\S+/.exec(from)?.[1]);
    assert.equal(new Set(bases).size, 1, "the code cache is made for one Node");
    assert.equal([of("USER"), of("ENTRYPOINT")], [["node"], ['["demarc"]']]);
    assert.match(of("RUN").join("\n"), "install --yes --no-install-recommends git");
    const ignored = readFileSync(".dockerignore", "utf8").split("\n");
    for (const name of ["node_modules", "dist", ".git"]) assert.ok(ignored.includes(name), name);
  });
});
