/**
 * Every property that the schema of kinds declares is read. What is judged is the call that reads it (`properties.text("owner")`)
 * in the files that make the model of its kind: a property that nobody reads would be accepted, documented, and do nothing.
 */
import ts from "typescript";
import { kinds, kindWords } from "../../compiler/schema/kinds.js";
import type { KindWord } from "../../compiler/schema/types.js";
import { assert, suite } from "../support/harness.js";
import { parseSource, readSources, type Source, walk } from "../support/sources.js";

/** Calls that name a property without taking its value. */
const NAMING = new Set(["require", "has", "keySpan", "valueSpan", "get", "set", "add", "includes"]);

/** The files below `compiler/check/` that make the model of each kind. */
const READERS: Readonly<Record<KindWord, readonly string[]>> = {
  estate: ["declarations/estate"],
  segment: ["declarations/estate"],
  cloud: ["declarations/places"],
  router: ["declarations/places"],
  external: ["declarations/places"],
  network: ["declarations/networks", "declarations/lan"],
  subnet: ["declarations/networks", "declarations/lan"],
  host: ["declarations/hosts"],
  attach: ["declarations/attach", "declarations/lan"],
  link: ["declarations/links", "declarations/ends"],
  carries: ["declarations/carries", "declarations/lan"],
  service: [],
  group: [],
  policy: ["statements/statements"],
};

/**
 * What stands as a text in the first argument of each call that reads: of a method, or of `read` where a file has such a
 * helper. `labels()` reads `labels`, and the name of an account's property is taken from a table by provider.
 */
function namesRead(source: Source): readonly string[] {
  const found: string[] = [];
  walk(source.tree, (node) => {
    if (isAccountTable(node)) found.push(...textsBelow(node));
    if (!ts.isCallExpression(node)) return;
    const { expression: callee } = node;
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : "";
    const reads = ts.isPropertyAccessExpression(callee) ? !NAMING.has(name) : name === "read";
    const [first] = node.arguments;
    if (reads) found.push(...(first === undefined ? [name] : textsBelow(first)));
  });
  return found;
}

function isAccountTable(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === "ACCOUNTS";
}

/** The texts that an expression is, or that an object in it has as values. */
function textsBelow(top: ts.Node): readonly string[] {
  if (ts.isStringLiteralLike(top)) return [top.text];
  const found: string[] = [];
  top.forEachChild((child) => {
    found.push(...textsBelow(child));
  });
  return found;
}

/** Properties of a kind that none of the files reads. */
function unread(word: KindWord, names: readonly string[], sources: readonly Source[]): readonly string[] {
  const files = READERS[word].map((file) => `compiler/check/${file}.ts`);
  const read = new Set(sources.filter(({ path }) => files.includes(path)).flatMap(namesRead));
  return names.filter((name) => !read.has(name)).map((name) => `${word}.${name}`);
}

suite("every property of the schema of kinds", (test) => {
  test("is read where the model of its kind is made", () => {
    const sources = readSources();
    for (const file of Object.values(READERS).flat()) {
      assert.ok(
        sources.some(({ path }) => path === `compiler/check/${file}.ts`),
        file,
      );
    }
    const names = (word: KindWord): readonly string[] => kinds[word].properties.map(({ name }) => name);
    assert.ok(kindWords.flatMap(names).length > 80);
    assert.equal(
      kindWords.flatMap((word) => unread(word, names(word), sources)),
      [],
    );
  });

  test("is judged by a check that finds one that is only named", () => {
    const text = 'declare(properties.text("owner")); properties.require("zone"); say("vlan"); // text("mtu")\n';
    const source = parseSource("compiler/check/declarations/hosts.ts", text);
    assert.equal(unread("host", ["owner", "zone", "vlan", "mtu"], [source]), ["host.zone", "host.vlan", "host.mtu"]);
    assert.equal(unread("cloud", ["owner"], [source]), ["cloud.owner"]);
  });
});
