/** The two text forms as the reader takes them: quoting, comments, lists, braces and tags; and what it refuses of texts. */
import fc from "fast-check";
import { readJunos } from "../../../targets/junos/read.js";
import { assert, suite } from "../../support/harness.js";
import { PLAIN, PLAIN_LINES, plainWith, readLines, refusalsOf, routerFiles, structuredOf } from "./readings.js";

/** Refusals of two texts of one router. */
function refused(set: string, structured: string): readonly string[] {
  const files = [
    { path: "routers/chi/junos.set", text: set },
    { path: "routers/chi/junos.replace.conf", text: structured },
  ];
  return readJunos(files).refusals.map(
    ({ place, what, why }) => `${place.file.slice(12)}:${place.at}: ${what} | ${why}`,
  );
}

const ONE = "set policy-options prefix-list OWN 10.1.0.0/16\n";

/** Refusals of a structured text beside the lines that it should say. */
const structured = (text: string, lines = ONE): readonly string[] => refused(lines, text);

suite("the reader of Junos on texts", (test) => {
  test("takes quotes, escapes, comments, lists and empty blocks for what they say", () => {
    const set = `# from the archive\n\nset policy-options prefix-list [ OWN ALSO ]\r\nset interfaces xe-0/0/1 description "a \\"b\\" # c"\n`;
    const text = `/* two
lines */ replace: policy-options { prefix-list [ OWN ALSO ]; } # end
replace: interfaces { xe-0/0/1 { description "a \\"b\\" # c"; } }`;
    assert.equal(refused(set, text), []);
    assert.equal(structured("replace: policy-options { prefix-list OWN { 10.1.0.0/16; } }"), []);
    assert.equal(structured("policy-options { replace: prefix-list OWN { 10.1.0.0/16; } }"), []);
    assert.equal(
      refused("set policy-options prefix-list OWN\n", "replace: policy-options { prefix-list OWN { } }"),
      [],
    );
  });

  test("refuses a statement that is merged with what the router has, for want of a tag", () => {
    assert.equal(structured("policy-options {\n  prefix-list OWN {\n    10.1.0.0/16;\n  }\n}\n"), [
      "junos.replace.conf:3: policy-options prefix-list OWN 10.1.0.0/16 | without a `replace:` tag it is merged with what the router has already",
    ]);
  });

  test("refuses other tags, and an object that is replaced twice", () => {
    for (const tag of ["inactive:", "protect:", "delete:"])
      assert.match(
        structured(`replace: policy-options { ${tag} prefix-list OWN { 10.1.0.0/16; } }`)[0] ?? "",
        /only the tag `replace:` is read$/,
      );
    const twice =
      "policy-options { replace: prefix-list OWN { 10.2.0.0/16; } replace: prefix-list OWN { 10.1.0.0/16; } }";
    assert.match(structured(twice)[0] ?? "", /the same object is replaced twice$/);
    assert.match(structured("replace: replace: policy-options;")[0] ?? "", /two tags stand at one statement$/);
  });

  test("refuses a structure that does not close, with its line", () => {
    for (const [text, why] of [
      ["replace: policy-options {\n", "junos.replace.conf:1: policy-options | a block does not end"],
      ["replace: policy-options { } }\n", "junos.replace.conf:1: } | no block is open here"],
      ["replace: policy-options {\nprefix-list }", "junos.replace.conf:2: } | a statement does not end"],
      ["replace: a [ b;\n", "junos.replace.conf:1: ; | a list does not end"],
      ["replace: a [ b ] c;\n", "junos.replace.conf:1: c | a word follows a list"],
      ["replace: ;\n", "junos.replace.conf:1: ; | a statement has no words"],
      ["replace: { a; }\n", "junos.replace.conf:1: { | a block has no name"],
      ["replace: a ] ;\n", "junos.replace.conf:1: ] | no list is open here"],
      ["replace: a [ ] ;\n", "junos.replace.conf:1: a | a list is empty"],
      ["replace: a\n", "junos.replace.conf:1: a | a statement does not end"],
      ['replace: a "b\n', 'junos.replace.conf:1: "b  | a quotation ends on its line and holds plain text'],
      ['replace: a "b\\"', 'junos.replace.conf:1: "b\\" | a quotation ends on its line and holds plain text'],
      ["replace: a; /* b\n", "junos.replace.conf:1: /* b  | no comment may stand here"],
    ] as const)
      assert.is(structured(text)[0], why, text);
  });

  test("refuses everything but `set` in lines, and signs that have no place there", () => {
    for (const [line, why] of [
      ["delete policy-options", "delete | only `set` lines are read"],
      ["deactivate policy-options", "deactivate | only `set` lines are read"],
      ["set", "set | a statement has no words"],
      ["set a { b; }", "{ | only one list may stand here, at the end"],
      ["set a [ b ] c", "[ | only one list may stand here, at the end"],
      ["set a [ b", "[ | only one list may stand here, at the end"],
      ["set a b # c", "# c | no comment may stand here"],
      ["set a b /* c */", "/* c */ | no comment may stand here"],
      ['set a"b"', '"b" | words touch each other'],
      ["set a <*>", "<*> | no such word stands in a configuration"],
      [`set a "b\u0007"`, '"b " | a quotation ends on its line and holds plain text'],
    ] as const)
      assert.is(refused(`${line}\n`, "")[0], `junos.set:1: ${why}`, line);
  });

  test("refuses a router whose two forms differ, at the place where they do", () => {
    assert.equal(structured("replace: policy-options { prefix-list OWN { 10.2.0.0/16; } }"), [
      "junos.set:1: policy-options prefix-list OWN 10.1.0.0/16 | `junos.replace.conf` has another statement in its place, `policy-options prefix-list OWN 10.2.0.0/16`: the router does one or the other by which of the two is loaded",
    ]);
    assert.equal(structured("replace: policy-options { prefix-list OWN { 10.1.0.0/16; 10.2.0.0/16; } }"), [
      "junos.replace.conf:1: policy-options prefix-list OWN 10.2.0.0/16 | `junos.set` lacks this statement of `junos.replace.conf`: the router is with it or without it by which of the two is loaded",
    ]);
    assert.equal(refused(ONE, ""), [
      "junos.set:1: policy-options | `junos.replace.conf` lacks this statement of `junos.set`: the router is with it or without it by which of the two is loaded",
    ]);
  });

  test("names the one statement that a form has lost, not the one after it", () => {
    const list = "set policy-options prefix-list";
    const [own, also] = [`${list} OWN 10.1.0.0/16\n`, `${list} ALSO 10.2.0.0/16\n`];
    assert.equal(refused(also, structuredOf(own + also)), [
      "junos.replace.conf:2: policy-options prefix-list OWN | `junos.set` lacks this statement of `junos.replace.conf`: the router is with it or without it by which of the two is loaded",
    ]);
    assert.equal(refused(own + also, structuredOf(also)), [
      "junos.set:1: policy-options prefix-list OWN | `junos.replace.conf` lacks this statement of `junos.set`: the router is with it or without it by which of the two is loaded",
    ]);
  });

  test("refuses forms whose terms stand in different orders, not statements that only mingle", () => {
    const filter = "set firewall family inet filter LAN term";
    const [a, b] = [`${filter} a then accept\n`, `${filter} b then discard\n`];
    assert.equal(refused(a + b, structuredOf(b + a)), [
      "junos.set:1: firewall family inet filter LAN term a | `junos.replace.conf` has another order, `firewall family inet filter LAN term b`: the router does one or the other by which of the two is loaded",
    ]);
    assert.equal(refused(a + ONE + b, structuredOf(a + b + ONE)), []);
  });

  test("refuses a router of which a form is missing, and configurations beside them", () => {
    const [set, text] = routerFiles(PLAIN);
    assert.ok(set && text);
    const files = (...list: readonly { readonly path: string; readonly text: string }[]) =>
      readJunos(list).refusals.map(({ place, why }) => `${place.file} ${why}`);
    assert.equal(files(set), [
      "routers/chi/junos.replace.conf the file is missing, so that the two forms cannot be compared",
    ]);
    assert.equal(files(text), ["routers/chi/junos.set the file is missing, so that the two forms cannot be compared"]);
    assert.equal(files(set, text, { path: "routers/chi/extra.set", text: "" }), [
      "routers/chi/extra.set it is a configuration that is not known here",
    ]);
    assert.equal(
      files(
        set,
        text,
        { path: "routers/chi/delivery.md", text: "" },
        { path: "aws/111122223333/main.tf.json", text: "" },
      ),
      [],
    );
    assert.equal(files({ path: "routers/lon/eos.cfg", text: "" }), []);
  });

  test("refuses every statement that it does not model, with its line", () => {
    for (const line of [
      "system host-name chi",
      "apply-groups ALL",
      "routing-options static route 0.0.0.0/0 discard",
      "forwarding-options family inet filter input LAN",
      "interfaces xe-0/0/1 unit 100 family mpls",
      "interfaces xe-0/0/1 unit 100 family inet rpf-check",
      "interfaces xe-0/0/1 unit 100 proxy-arp",
      "interfaces xe-0/0/1 unit 100 family inet address 10.11.0.1/24 preferred",
      "interfaces xe-0/0/1 disable",
      "routing-instances corp protocols ospf area 0",
      "routing-instances corp routing-options instance-import P",
      "routing-instances corp no-vrf-advertise",
      "protocols ldp interface all",
      "firewall family inet filter LAN term a then accept\nset firewall family inet filter LAN apply-groups X",
      "firewall policer SLOW then discard",
      "policy-options as-path OWN 64520",
      "logical-systems A interfaces",
    ]) {
      const found = refusalsOf(plainWith(line));
      assert.is(found.length, 1, `${line}: ${found}`);
      const at = PLAIN_LINES + line.split("\n").length;
      assert.ok(found[0]?.startsWith(`${at}: `) && found[0].endsWith(" | the statement is not modelled"), found[0]);
    }
  });

  test("says the same of a router however its lines are quoted and mingled", () => {
    const lines = PLAIN.trim().split("\n");
    const plain = readLines(PLAIN);
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (quotes) => {
        let index = 0;
        const quote = (word: string): string => (quotes[index++ % quotes.length] ? `"${word}"` : word);
        const turned = lines.map((line) =>
          line
            .split(" ")
            .map((word, at) => (at === 0 ? word : quote(word)))
            .join("  "),
        );
        const read = readLines(`${turned.join("\n")}\n`);
        assert.equal(read, plain);
      }),
      { numRuns: 50 },
    );
  });
});
