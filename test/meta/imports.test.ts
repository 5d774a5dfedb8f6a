/** The direction of imports: one floor each, imports only run down. */
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import ts from "typescript";
import { assert, suite } from "../support/harness.js";
import { type Import, importsOf, lineOf, parseSource, readSources, type Source, walk } from "../support/sources.js";

/** What the files of each folder may import. `policies` is data: it imports nothing. Nothing imports `cli` or `editor` but tests. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  grammar: ["grammar"],
  compiler: ["grammar", "compiler", "policies"],
  targets: ["grammar", "compiler", "targets"],
  policies: ["policies"],
  cli: ["grammar", "compiler", "targets", "policies", "cli", "root"],
  editor: ["grammar", "compiler", "targets", "policies", "editor", "root"],
  bench: ["grammar", "compiler", "targets", "policies", "bench", "test"],
  test: ["grammar", "compiler", "targets", "policies", "cli", "editor", "bench", "test", "root"],
};

/** The files, or folders ending in `/`, that may use Node's own modules. */
const NODE_PLACES = ["compiler/host/node.ts", "cli/", "editor/server/main.ts", "policies/build.mjs", "test/", "bench/"];
const UVU_PLACE = "test/support/harness.ts";
const PURE_FLOORS = ["grammar/", "compiler/", "targets/"];

function folderOf(path: string): string {
  return path.includes("/") ? (path.split("/")[0] ?? "") : "root";
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

function isNode(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

function within(path: string, places: readonly string[]): boolean {
  return places.some((place) => (place.endsWith("/") ? path.startsWith(place) : path === place));
}

/** The faults of one import, as lines for a person. */
function judge({ from, specifier, line, target }: Import): readonly string[] {
  const at = `${from}:${line} imports ${specifier}`;
  const faults: string[] = [];
  if (target !== undefined) {
    const allowed = MAY_IMPORT[folderOf(from)] ?? [];
    if (!allowed.includes(folderOf(target))) faults.push(`${at}: ${folderOf(from)} may import ${allowed.join(", ")}`);
    if (crossesTargets(from, target)) faults.push(`${at}: a target may not import another target`);
  }
  if (isNode(specifier) && !within(from, NODE_PLACES))
    faults.push(`${at}: Node's modules belong in ${NODE_PLACES.join(", ")}`);
  if (packageOf(specifier) === "uvu" && from !== UVU_PLACE) faults.push(`${at}: uvu belongs in ${UVU_PLACE}`);
  return faults;
}

function crossesTargets(from: string, target: string): boolean {
  const [floor, vendor, inVendor] = from.split("/");
  const [otherFloor, other, inOther] = target.split("/");
  if (floor !== "targets" || otherFloor !== "targets" || inVendor === undefined || inOther === undefined) return false;
  return other !== "shared" && vendor !== other;
}

/** Globals that a pure phase may not touch: they exist only in Node, print, or differ from run to run. */
function impureUses(source: Source): readonly string[] {
  const faults: string[] = [];
  walk(source.tree, (node) => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const { text: object } = node.expression;
      const use = `${object}.${node.name.text}`;
      const impure = ["process", "Buffer", "console"].includes(object) || ["Date.now", "Math.random"].includes(use);
      if (impure) faults.push(`${source.path}:${lineOf(source, node)} uses ${use}`);
    }
    const date = ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "Date";
    if (date && (node.arguments ?? []).length === 0)
      faults.push(`${source.path}:${lineOf(source, node)} reads the clock`);
  });
  return faults;
}

/** The files reachable from `start` through imports, with the way there. */
function reachable(start: string, imports: ReadonlyMap<string, readonly Import[]>): ReadonlyMap<string, string> {
  const ways = new Map([[start, start]]);
  for (const [path, way] of ways) {
    for (const { target } of imports.get(path) ?? []) {
      if (target !== undefined && !ways.has(target)) ways.set(target, `${way} -> ${target}`);
    }
  }
  return ways;
}

/** Whether the file is the named room (`read.ts`, `read-x.ts` or inside `read/`) of a target. */
function isRoom(path: string, room: string): boolean {
  return new RegExp(`^targets/[^/]+/(?:${room}(?:-[^/]+)?\\.ts$|${room}/)`).test(path);
}

suite("the direction of imports", (test) => {
  const sources = readSources();
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
  const all = [...imports.values()].flat();

  test("runs down the floors, keeps Node and uvu in their places", () => {
    assert.ok(all.length > 0);
    assert.is(all.flatMap(judge).join("\n"), "");
  });

  test("finds a fault of each kind", () => {
    const text = [
      'import { compile } from "../compiler/driver.js";',
      'import type { Verb } from "../cli/main.js";',
      'export * from "../targets/registry.js";',
      'const late = await import("node:fs");',
      'import { readFile } from "fs";',
      'type T = import("../editor/server/main.js").T;',
      'import { suite } from "uvu";',
    ].join("\n");
    const faults = importsOf(parseSource("grammar/wrong.ts", text)).flatMap(judge);
    assert.is(faults.length, 7, faults.join("\n"));
    const inTarget = 'import { print } from "../junos/print.js";\nimport { wrap } from "../shared/wrap.js";';
    assert.is(importsOf(parseSource("targets/aws/lower.ts", inTarget)).flatMap(judge).length, 1);
    const inCompiler = importsOf(parseSource("compiler/driver.ts", 'import { aws } from "../targets/aws/index.js";'));
    assert.is(inCompiler.flatMap(judge).length, 1);
  });

  test("names files that exist", () => {
    const known = new Set(sources.map(({ path }) => path));
    const unknown = all.filter(({ target }) => target?.match(/\.[mc]?ts$/) && !known.has(target));
    assert.is(unknown.map(({ from, line, specifier }) => `${from}:${line} ${specifier}`).join("\n"), "");
  });

  test("names packages that package.json declares", () => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly dependencies?: Readonly<Record<string, string>>;
      readonly devDependencies?: Readonly<Record<string, string>>;
    };
    const declared = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
    const packages = all.filter(({ target, specifier }) => target === undefined && !isNode(specifier));
    const unknown = packages.filter(({ specifier }) => !declared.has(packageOf(specifier)));
    assert.is(unknown.map(({ from, line, specifier }) => `${from}:${line} ${specifier}`).join("\n"), "");
  });

  test("keeps a target's reader apart from what it reads back", () => {
    const faults: string[] = [];
    for (const start of [...imports.keys()].filter((path) => isRoom(path, "read"))) {
      for (const [path, way] of reachable(start, imports)) {
        if (isRoom(path, "lower") || isRoom(path, "print")) faults.push(way);
      }
    }
    assert.is(faults.join("\n"), "");
  });
});

suite("the pure floors", (test) => {
  test("use no clock, no chance, no console and nothing of Node's globals", () => {
    const pure = readSources().filter(({ path }) => within(path, PURE_FLOORS) && !within(path, NODE_PLACES));
    assert.ok(pure.length > 0);
    assert.is(pure.flatMap(impureUses).join("\n"), "");
  });

  test("are judged by a check that finds each", () => {
    const text = "console.log(Date.now(), Math.random(), new Date(), process.env.HOME, Buffer.from(''), new Date(0));";
    assert.is(impureUses(parseSource("grammar/wrong.ts", text)).length, 6);
  });
});
