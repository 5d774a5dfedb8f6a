/** Correct programs: the tree they give. */
import { readFileSync } from "node:fs";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { parseFile, parseQuery } from "../../grammar/parse.js";
import { DemarcParser } from "../../grammar/parser/grammar.js";
import { SourceFile } from "../../grammar/source.js";
import type { Item } from "../../grammar/syntax/nodes.js";
import { assert, suite } from "../support/harness.js";

const sample = readFileSync("fixtures/estates/acme-sample/main.demarc", "utf8");

function head(item: Item): string {
  if (item.kind !== "Declaration") return item.kind;
  return `${item.word.text} ${item.name.names.map((name) => name.text).join(".")}`;
}

suite("parsing correct programs", (test) => {
  test("the grammar is LL(2): Chevrotain's own validations pass", () => {
    assert.ok(new DemarcParser(true));
  });

  test("the sample of the specification has no fault and all its statements", () => {
    const diagnostics = new Diagnostics();
    const file = parseFile(new SourceFile("main.demarc", sample), diagnostics);
    assert.equal(diagnostics.sorted(), []);
    assert.is(file.edition?.value, 1);
    assert.is(file.items.length, 27);
    assert.equal(file.items.slice(0, 3).map(head), ["estate acme", "segment prod", "segment pci"]);
    const shop = file.items.find((item) => head(item) === "network shop");
    assert.is(shop?.kind === "Declaration" ? shop.doc : undefined, "The shop.");
  });

  test("a query has two sides and a service", () => {
    const diagnostics = new Diagnostics();
    const query = parseQuery(new SourceFile("<query>", "shop.web -> vault on tcp/8443", "query"), diagnostics);
    assert.equal(diagnostics.sorted(), []);
    assert.is(query?.arrow, "->");
    assert.is(query?.service?.kind, "Literal");
  });
});
