/** The input of guard rails: its schema, its page, and what it says of known estates. */
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { BuiltInput } from "../../../compiler/guard/build-input.js";
import { MOST_COUNTED } from "../../../compiler/guard/input.js";
import { guardInputPage } from "../../../compiler/guard/input-page.js";
import { guardInputSchema } from "../../../compiler/guard/input-schema.js";
import { jsonText } from "../../../compiler/json/diagnostics.js";
import { spanText } from "../../../grammar/source.js";
import { assert, matchFile, suite } from "../../support/harness.js";
import { twoSegments } from "../../support/two-segments.js";
import { guardInputOf } from "./support.js";

const ESTATES = "fixtures/estates";
const validate = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(guardInputSchema());

function judged(built: BuiltInput): BuiltInput {
  const plain: unknown = JSON.parse(JSON.stringify(built.input));
  assert.ok(validate(plain), JSON.stringify(validate.errors?.slice(0, 3)));
  return built;
}

function texts(name: string): Readonly<Record<string, string>> {
  const paths = readdirSync(`${ESTATES}/${name}`, { recursive: true, encoding: "utf8" });
  const sources = paths.filter((path) => path.endsWith(".demarc"));
  return Object.fromEntries(sources.map((path) => [path, readFileSync(`${ESTATES}/${name}/${path}`, "utf8")] as const));
}

const shop = (statements: string) => judged(guardInputOf(twoSegments(statements)));

suite("the input of guard rails", (test) => {
  test("of the sample estate is as expected", () => {
    const { input } = judged(guardInputOf(texts("two-sites")));
    matchFile("fixtures/goldens/guard/two-sites.json", jsonText(input));
  });

  test("has the schema and the page that ship", () => {
    matchFile("docs/schema/guard-input.schema.json", jsonText(guardInputSchema()));
    matchFile("docs/reference/guard-input.md", guardInputPage());
  });

  test("fits its schema for every estate, and each subject is written where it says", () => {
    for (const { name } of readdirSync(ESTATES, { withFileTypes: true })) {
      const { input, subjects } = judged(guardInputOf(texts(name)));
      const tables = Object.values(input).filter((value) => typeof value === "object");
      const ids = tables.flatMap((table) => Object.keys(table)).filter((key) => subjects.has(key));
      assert.ok(ids.length > 10, name);
      for (const id of subjects.ids()) assert.ok(ids.includes(id) || id.startsWith("estate:"), id);
    }
  });

  test("does not change with the order and layout of sources", () => {
    const all = texts("two-sites");
    const joined = Object.entries(all)
      .filter(([path]) => !path.includes("/"))
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .map(([, text]) => text.replace(/^edition 1$/m, ""));
    const head = joined.join("\n").match(/^import .*$/m)?.[0] ?? "";
    const one = { "all.demarc": `edition 1\n${head}\n${joined.join("\n").replace(head, "")}` };
    const services = Object.fromEntries(Object.entries(all).filter(([path]) => path.includes("/")));
    const bytes = (built: BuiltInput): string => jsonText(built.input);
    assert.is(bytes(guardInputOf({ ...one, ...services })), bytes(guardInputOf(all)));
  });

  test("is refused by the schema where something is missing, unknown or of another kind", () => {
    const { input } = guardInputOf(texts("acme-sample"));
    const [id = "", rule] = Object.entries(input.rules)[0] ?? [];
    const wrong: readonly unknown[] = [
      { ...input, pairs: undefined },
      { ...input, colour: "red" },
      { ...input, rules: { [id]: { ...rule, colour: "red" } } },
      { ...input, rules: { [id]: { ...rule, policy: "rule:x" } } },
      { ...input, rules: { "share:x": rule } },
    ];
    for (const one of wrong) assert.not(validate(JSON.parse(JSON.stringify(one))));
  });
});

suite("facts for guard rails", (test) => {
  test("point a rule at its policy, endpoints and service, with its last day counted", () => {
    const { input, subjects } = shop(
      'share vault.cards with prod  allow shop.web -> vault.cards on tcp/22 log until 2026-07-31 because "audit"',
    );
    const [[id, rule] = ["", undefined]] = Object.entries(input.rules);
    assert.ok(rule);
    assert.equal(rule.flows, [{ source: ["prod: shop"], destination: ["pci: vault"] }]);
    assert.equal([rule.daysLeft, rule.until, rule.because, rule.log], [30, "2026-07-31", "audit", true]);
    assert.equal([rule.crossing, rule.anyToAny], [true, false]);
    assert.equal(input.services[rule.service]?.classes, { "remote-administration": ["ssh"] });
    const span = subjects.spanOf(id);
    assert.ok(span);
    assert.match(spanText(span), /^allow shop\.web/);
  });

  test("call a rule any to any only where both sides are whole", () => {
    const anyToAny = (text: string): readonly boolean[] =>
      Object.values(shop(text).input.rules).map((rule) => rule.anyToAny);
    assert.equal(anyToAny("allow prod -> prod on tcp/443"), [true]);
    assert.equal(anyToAny("allow shop.web -> prod on tcp/443"), [false]);
    assert.equal(anyToAny("share pci with prod  allow prod -> pci on any"), [true]);
  });

  test("give a count that is too large as the largest", () => {
    const { input } = guardInputOf(texts("two-sites"));
    const office = input.endpoints.office;
    assert.equal([office?.addresses, office?.widestIpv4, office?.widestIpv6], [MOST_COUNTED, 22, 64]);
  });
});
