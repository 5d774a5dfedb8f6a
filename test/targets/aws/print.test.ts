/** The text of the modules: golden files, escaping, determinism and provenance. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { awsTarget } from "../../../targets/aws/index.js";
import { escapeText } from "../../../targets/aws/print.js";
import { assert, matchFile, suite } from "../../support/harness.js";
import { acmeDesign, shopDesign } from "./estates.js";

function compile(design: Design) {
  const diagnostics = new Diagnostics();
  const output = awsTarget.compile(design, defaultSettings, diagnostics);
  assert.equal(diagnostics.sorted(), []);
  return output;
}

/** What a JSON pointer names in a parsed document. */
function at(document: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document);
}

suite("the AWS modules as text", (test) => {
  for (const [name, design] of [
    ["shop", shopDesign()],
    ["acme", acmeDesign()],
  ] as const) {
    test(`are the golden files of ${name}`, () => {
      for (const { path, text } of compile(design).artefacts) matchFile(`fixtures/goldens/${name}/${path}`, text);
    });
  }

  test("do not depend on the order of parts of the design", () => {
    const design = acmeDesign();
    const turned: Design = {
      ...design,
      attachments: [...design.attachments].reverse(),
      circuits: [...design.circuits].reverse(),
      points: [...design.points].reverse(),
    };
    const byPath = (one: Design) => new Map(compile(one).artefacts.map(({ path, text }) => [path, text] as const));
    for (const [path, text] of byPath(design)) assert.is(byPath(turned).get(path), text);
  });

  test("name the source of every rule, and every pointer leads to a block", () => {
    const { artefacts, provenance } = compile(acmeDesign());
    const documents = new Map(artefacts.map(({ path, text }) => [path, JSON.parse(text)] as const));
    for (const { file, at: pointer } of provenance) {
      assert.ok(typeof pointer === "string");
      assert.ok(at(documents.get(file), pointer) !== undefined, pointer);
    }
    const rules = documents.get("aws/111122223333/security-groups.tf.json").resource;
    const told = new Set(provenance.map(({ at: pointer }) => pointer));
    for (const type of ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"]) {
      for (const key of Object.keys(rules[type])) assert.ok(told.has(`/resource/${type}/${key}`), key);
    }
    const entry = provenance.find(({ id }) => id === "cards-1a2b3c4d");
    assert.is(entry?.source.source.text, "allow cards-1a2b3c4d");
  });

  test("escape what Terraform would evaluate", () => {
    const opener = "$" + "{";
    assert.is(escapeText(`100%{of} ${opener}it}`), `100%%{of} $${opener}it}`);
    assert.is(escapeText("a plain $ and % stay"), "a plain $ and % stay");
  });
});
