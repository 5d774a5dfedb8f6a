/** What findings offer: edits that mend the fault, and related places. */
import { checkStatements } from "../../../compiler/check/statements/statements.js";
import type { Diagnostic, Edit } from "../../../grammar/diagnostic.js";
import { spanText } from "../../../grammar/source.js";
import { assert, suite } from "../../support/harness.js";
import { ACME, packageOf } from "./estate-context.js";

function findings(text: string): readonly Diagnostic[] {
  const made = packageOf(ACME + text, { imports: { apps: "service till = tcp/8443" } });
  checkStatements(made, made.context);
  return made.diagnostics.sorted();
}

/** The text that an edit leaves, without the company around it. */
function applied(text: string, edit: Edit): string {
  const whole = ACME + text;
  const changes = [...edit.changes].sort((a, b) => b.span.start - a.span.start);
  return changes
    .reduce((at, { span, text: put }) => at.slice(0, span.start) + put + at.slice(span.end), whole)
    .slice(ACME.length);
}

/** A text with one fault, and what its edits make of it: `!` before a certain one. */
const MENDED: readonly (readonly [string, readonly string[]])[] = [
  ["group g = shpo", ["group g = shop"]],
  ["group g = web", ["group g = shop.web"]],
  ["group g = [shop.wbe]", ["group g = [shop.web]"]],
  ["group g = shpo.web", ["group g = shop.web"]],
  ['group g = "10.20.1.0/24"', ["!group g = 10.20.1.0/24"]],
  ['group g = "shop.web"', ["group g = shop.web"]],
  ['group g = "nothing"', []],
  ["group g = 10.20.1.0/16", ["group g = 10.20.0.0/16"]],
  ["group g = tills + 10.0.0.0/8", ["group g = tills + (10.0.0.0/8 & pci)", "group g = tills + (10.0.0.0/8 & prod)"]],
  [
    'group g = tills + prod where tier = "web"',
    ['group g = tills + (prod where tier = "web")', 'group g = (tills + prod) where tier = "web"'],
  ],
  ['group g = prod where tier = "web" - tills', ['group g = (prod where tier = "web") - tills']],
  ['group g = prod where teir = "web"', ['group g = prod where tier = "web"']],
  ['group g = prod where tier = "wbe"', ['group g = prod where tier = "web"']],
  ["group g = prod where tier = web", ['!group g = prod where tier = "web"']],
  ['group g = vault where tier != "web"', ['group g = vault - (vault where tier = "web")']],
  [
    'group g = [prod] where not (tier = "web" or app = "shop")',
    ['group g = prod - (prod where tier = "web" or app = "shop")'],
  ],
  ["service s = https", ["service s = std.https"]],
  ["service s = icmpv6/echo", ["service s = icmpv6/echo-request"]],
  ["service s = 443", ["service s = tcp/443", "service s = udp/443"]],
  ["service s = apps.tll", ["service s = apps.till"]],
  ["policy p { share vault with prdo at ch }", ["policy p { share vault with prod at ch }"]],
  ["policy p { share vault with prod at chy }", ["policy p { share vault with prod at chi }"]],
];

suite("edits", (test) => {
  for (const [text, wanted] of MENDED) {
    test(text, () => {
      const found = findings(text)[0]?.edits ?? [];
      assert.equal(
        found.map((edit) => `${edit.certain ? "!" : ""}${applied(text, edit)}`),
        wanted,
      );
    });
  }

  test("leave fewer findings than there were", () => {
    for (const [text] of MENDED) {
      const before = findings(text);
      for (const edit of before[0]?.edits ?? []) {
        const after = findings(applied(text, edit));
        assert.ok(after.length < before.length, `${text} -> ${applied(text, edit)}`);
      }
    }
  });
});

suite("related places", (test) => {
  const related = (text: string): readonly string[] =>
    (findings(text)[0]?.related ?? []).map(({ message, span }) => `${message} [${spanText(span)}]`);

  test("show the first of two equal statements", () => {
    assert.equal(related('never pci -> shop never pci -> [shop] because "x"'), [
      "the other one is here [never pci -> shop]",
    ]);
  });

  test("show the first of two equal clauses", () => {
    assert.equal(related("policy p { allow floor -> shop on tcp/1 log log }"), ["it stands here already [log]"]);
  });

  test("show where an ambiguous address is declared", () => {
    assert.equal(related("group g = 10.30.0.0/15 + 10.0.0.0/10"), [
      "declared here in `pci` [tills]",
      "declared here in `prod` [floor]",
    ]);
  });

  test("show what lacks a label, and each link of a circle", () => {
    assert.equal(related('group g = vault where tier != "web"'), ["no label `tier` here [cards]"]);
    assert.equal(related("group east = west group west = east"), [
      "`east` is defined here [east]",
      "`west` is defined here [west]",
    ]);
  });
});
