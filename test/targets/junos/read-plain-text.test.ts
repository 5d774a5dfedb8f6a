/**
 * What is read in one pass means the same to the scanner of all texts: the same tree with the same lines, and a second form
 * that it finds no fault with and no difference in. Texts are broken by chance; what is not plain counts for nothing.
 */
import { isOwned, type TagRule } from "../../../targets/junos/read/loading.js";
import { type ConfigNode, type ConfigTree, firstDifference } from "../../../targets/junos/read/node.js";
import { plainSetLines, saysTheSame } from "../../../targets/junos/read/plain-text.js";
import { readSetLines, readStructured } from "../../../targets/junos/read/text.js";
import { assert, suite } from "../../support/harness.js";
import { Random } from "../../support/oracle/random.js";
import { mutated } from "./broken-texts.js";
import { fixtureRouters, PLAIN, structuredOf } from "./readings.js";

const ROUNDS = Number(process.env.DEMARC_FUZZ_ROUNDS ?? 4_000);

function lines(node: ConfigNode): readonly string[] {
  return [`${node.path().join(" ")} ${node.line}`, ...node.all().flatMap(lines)];
}

function isTree(tree: ConfigTree, set: string): void {
  const meant = readSetLines(set);
  assert.equal(meant.faults, [], set);
  assert.equal(lines(tree.root), lines(meant.tree.root), set);
}

/** Lines moved and said again: the order of statements is the meaning of some. */
function shuffled(random: Random, text: string): string {
  const all = text.split("\n");
  const [from, to] = [random.below(all.length), random.below(all.length)];
  const moved = random.once(3) ? all.slice(from, from + 1) : all.splice(from, 1 + random.below(3));
  all.splice(to, 0, ...moved);
  return all.join("\n");
}

const broken = (random: Random, text: string): string =>
  random.once(2) ? shuffled(random, text) : mutated(random, text);

const BLOCKS = `/* the first
of two */
replace: policy-options {
    prefix-list OWN { 10.1.0.0/16; 10.2.0.0/16; } # by hand
    prefix-list [ ALSO NONE ];
}
firewall {
    replace: family inet {
        filter LAN {
            term a { from { protocol [ tcp udp ]; } then accept; }
            term b { then { discard; } }
        }
    }
}
interfaces { replace: xe-0/0/1 { description "a \\"b\\" # c"; } }
`;
const LINES = `# from the archive

set policy-options prefix-list OWN 10.1.0.0/16
set policy-options prefix-list OWN 10.2.0.0/16
set firewall family inet filter LAN term a from protocol tcp
set firewall family inet filter LAN term a from protocol udp
set firewall family inet filter LAN term a then accept
set firewall family inet filter LAN term b then discard
set policy-options prefix-list ALSO
set policy-options prefix-list NONE
set interfaces xe-0/0/1 description "a \\"b\\" # c"
`;

/** The same with tags at the levels that are ours. */
const OWNED = `policy-options {
    replace: prefix-list OWN { 10.1.0.0/16; 10.2.0.0/16; }
}
firewall {
    family inet {
        /* replace: { */
        replace: filter LAN {
            term a { from { protocol [ tcp udp ]; } then accept; } # replace: term
            term b then discard;
        }
    }
}
interfaces xe-0/0/1 { replace: unit 100 { description "replace: {"; } }
`;
const OWNED_LINES = `set policy-options prefix-list OWN 10.1.0.0/16
set policy-options prefix-list OWN 10.2.0.0/16
set firewall family inet filter LAN term a from protocol tcp
set firewall family inet filter LAN term a from protocol udp
set firewall family inet filter LAN term a then accept
set firewall family inet filter LAN term b then discard
set interfaces xe-0/0/1 unit 100 description "replace: {"
`;

const anywhere: TagRule = () => true;

suite("plain texts of Junos", (test) => {
  test("are those that are written, of every case", async () => {
    const routers = await fixtureRouters();
    assert.ok(routers.length > 0);
    for (const [name, files] of routers) {
      for (const { path, text } of files.filter((one) => one.path.endsWith("/junos.set"))) {
        const other = files.find((one) => one.path === path.replace("junos.set", "junos.replace.conf"))?.text ?? "";
        const tree = plainSetLines(text);
        assert.ok(tree !== undefined && saysTheSame(tree, other, isOwned), `${name}: ${path}`);
        isTree(tree, text);
      }
    }
  });

  test("are taken with comments, lists, escapes and statements that mingle", () => {
    const tree = plainSetLines(LINES);
    assert.ok(tree !== undefined && saysTheSame(tree, BLOCKS, anywhere));
  });

  test("have tags only where they may stand, as the scanner has it", () => {
    const why = "a `replace:` tag stands only at what is ours as a whole, neither above nor below";
    const same = (text: string): boolean => {
      const tree = plainSetLines(OWNED_LINES);
      return tree !== undefined && saysTheSame(tree, text, isOwned);
    };
    assert.ok(same(OWNED));
    assert.equal(readStructured(OWNED, isOwned).faults, []);
    for (const [from, to, line, what] of [
      ["policy-options {\n    replace:", "replace: policy-options {\n   ", 1, "policy-options"],
      ["replace: filter LAN {", "replace: filter LAN {\nreplace:", 8, "firewall family inet filter LAN term a"],
      ["firewall {", "firewall {\nreplace:", 5, "firewall family inet"],
      [
        "replace: unit 100 {",
        "replace: unit 100 { replace:",
        13,
        "interfaces xe-0/0/1 unit 100 description replace: {",
      ],
      ["interfaces xe-0/0/1 {", "replace: interfaces xe-0/0/1 {", 13, "interfaces xe-0/0/1"],
    ] as const) {
      const text = OWNED.replace(from, to);
      assert.is(same(text), false, text);
      assert.equal(readStructured(text, isOwned).faults, [{ line, what, why }]);
    }
  });

  test("mean the same to the scanner, however they are broken", () => {
    const random = new Random(11);
    const bases = [
      [LINES, BLOCKS, anywhere],
      [PLAIN, structuredOf(PLAIN), anywhere],
      [OWNED_LINES, OWNED, isOwned],
    ] as const;
    let [plain, same] = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      const [set, structured, mayTag] = random.of(bases);
      const first = random.once(2) ? broken(random, set) : set;
      const second = random.once(2) ? broken(random, structured) : structured;
      const tree = plainSetLines(first);
      if (tree === undefined) continue;
      plain++;
      isTree(tree, first);
      if (!saysTheSame(tree, second, mayTag)) continue;
      same++;
      const read = readStructured(second, mayTag);
      assert.equal(read.faults, [], second);
      assert.is(firstDifference(readSetLines(first).tree, read.tree), undefined, `${first}\n${second}`);
    }
    assert.ok(plain > ROUNDS / 4 && same > ROUNDS / 40, `${plain} plain, ${same} the same, of ${ROUNDS}`);
  });

  test("are none with a fault or a difference", () => {
    const [set, same] = ["set a b\nset a c\n", "replace: a {\n b;\n c;\n}\n"];
    const judge = (text: string): boolean => {
      const tree = plainSetLines(set);
      return tree !== undefined && saysTheSame(tree, text, anywhere);
    };
    assert.ok(judge(same));
    for (const text of [
      "",
      "a { b; c; }",
      "replace: a { c; b; }",
      "replace: a { b; }",
      "replace: a { b; c; d; }",
      "replace: a { b; c; } replace: a;",
      "replace: a { replace: b; c; replace: b; }",
      "replace: a { b; c; ",
      "replace: a { b; c }",
      "replace: a { [ b c ]; }",
      "replace: a [ b c ] d;",
      "replace: a [ b c ] { }",
      "replace: a { b c; }",
      'replace: a { "b""c"; }',
      "replace: a { b; c; } replace:",
      "replace: replace: a { b; c; }",
      "replace: a { inactive: b; c; }",
      "replace: a { b; c; } /*",
      "replace: a { b; c/* x */; }",
    ])
      assert.not(judge(text), text);
    for (const line of [
      "set",
      "set ",
      "set  a",
      "set a ",
      "delete a",
      "set a/*",
      "set a;",
      'set "a',
      'set "a"b',
      "set a\r",
    ])
      assert.is(plainSetLines(`${line}\n`), undefined, line);
  });
});
