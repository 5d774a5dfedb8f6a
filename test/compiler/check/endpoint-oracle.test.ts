/**
 * Endpoint expressions against an oracle that enumerates single addresses. It shares no code with the evaluator: it reads
 * neither the program's text nor its tree, but its own description of estate and expression.
 */
import fc from "fast-check";
import { evaluateEndpoints } from "../../../compiler/check/expressions/endpoints.js";
import type { EndpointSet } from "../../../compiler/model/endpoint-set.js";
import { formatAddress } from "../../../grammar/address.js";
import { assert, suite } from "../../support/harness.js";
import { packageOf } from "./estate-context.js";

/** One endpoint: what names it, and its labels. `key` is `segment address`. */
interface Endpoint {
  readonly key: string;
  readonly segment: string;
  readonly address: string;
  readonly names: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Three segments with overlapping addresses; networks with subnets, hosts, labels that are overridden, both families. */
const ESTATE = `
segment prod {}  segment pci {}  segment dev {}  segment empty {}
cloud use1 {}  router chi {}
network shop in prod at use1 {
  cidr = 10.0.0.0/28
  labels = { tier = "shop"  site = "a" }
  subnet web { cidr = 10.0.0.0/30  labels = { tier = "web" } }
  subnet db { cidr = 10.0.0.4/30  host primary { address = 10.0.0.5  labels = { tier = "db" } } }
}
network floor in prod at chi {
  cidr = [10.0.0.32/30, 2001:db8::/126]
  host orders { address = [10.0.0.33, 2001:db8::2]  labels = { site = "b" } }
}
network vault in pci at use1 { cidr = 10.0.0.0/29  subnet cards { cidr = 10.0.0.2/31  labels = { tier = "db"  site = "a" } } }
network tills in pci at chi { cidr = 10.0.0.8/31 }
network lab in dev at chi { cidr = 10.0.0.4/30  labels = { site = "b" } }
external globex in dev { cidr = 10.0.0.32/31  host edi { address = 10.0.0.33  labels = { tier = "web" } } }
group fronts = [shop.web, globex.edi]
`;

function endpoints(
  segment: string,
  addresses: readonly string[],
  names: readonly string[],
  labels: Readonly<Record<string, string>> = {},
): readonly Endpoint[] {
  return addresses.map((address) => ({
    key: `${segment} ${address}`,
    segment,
    address,
    names: [...names, segment, "any"],
    labels,
  }));
}

const v4 = (first: number, last: number): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `10.0.0.${first + index}`);

const WORLD: readonly Endpoint[] = [
  ...endpoints("prod", v4(0, 3), ["shop", "shop.web", "use1", "fronts"], { tier: "web", site: "a" }),
  ...endpoints("prod", ["10.0.0.4", "10.0.0.6", "10.0.0.7"], ["shop", "shop.db", "use1"], { tier: "shop", site: "a" }),
  ...endpoints("prod", ["10.0.0.5"], ["shop", "shop.db", "shop.db.primary", "use1"], { tier: "db", site: "a" }),
  ...endpoints("prod", ["10.0.0.32", "10.0.0.34", "10.0.0.35"], ["floor", "chi"]),
  ...endpoints("prod", ["2001:db8::", "2001:db8::1", "2001:db8::3"], ["floor", "chi"]),
  ...endpoints("prod", ["10.0.0.33", "2001:db8::2"], ["floor", "floor.orders", "chi"], { site: "b" }),
  ...endpoints("pci", v4(2, 3), ["vault", "vault.cards", "use1"], { tier: "db", site: "a" }),
  ...endpoints("pci", v4(8, 9), ["tills", "chi"]),
  ...endpoints("dev", v4(4, 7), ["lab", "chi"], { site: "b" }),
  ...endpoints("dev", ["10.0.0.32"], ["globex"]),
  ...endpoints("dev", ["10.0.0.33"], ["globex", "globex.edi", "fronts"], { tier: "web" }),
];

type Expression =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "literal"; readonly text: string; readonly addresses: readonly string[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "binary"; readonly op: "+" | "-" | "&"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "where"; readonly term: Expression; readonly condition: Test };

type Test =
  | { readonly kind: "compare"; readonly label: string; readonly value: string; readonly negated: boolean }
  | { readonly kind: "in"; readonly label: string; readonly values: readonly string[] }
  | { readonly kind: "not"; readonly inner: Test }
  | { readonly kind: "join"; readonly word: "and" | "or"; readonly left: Test; readonly right: Test };

class Fault extends Error {}

/** The endpoints of an expression by enumeration; throws `Fault` where the language calls it an error. */
function denote(expr: Expression, belowMeet: boolean): readonly Endpoint[] {
  switch (expr.kind) {
    case "name":
      return WORLD.filter((each) => each.names.includes(expr.name));
    case "literal": {
      const found = WORLD.filter((each) => expr.addresses.includes(each.address));
      if (found.length === 0) throw new Fault("not declared");
      if (!belowMeet && new Set(found.map((each) => each.segment)).size > 1) throw new Fault("several segments");
      return found;
    }
    case "list":
      return expr.items.flatMap((item) => used(item, belowMeet));
    case "binary": {
      const below = belowMeet || expr.op === "&";
      const left = used(expr.left, below);
      const right = expr.op === "-" ? denote(expr.right, below) : used(expr.right, below);
      if (expr.op === "+") return [...left, ...right];
      return left.filter((each) => right.includes(each) === (expr.op === "&"));
    }
    case "where": {
      const term = used(expr.term, belowMeet);
      const labels = negatedLabels(expr.condition, false);
      if (term.some((each) => labels.some((label) => each.labels[label] === undefined))) throw new Fault("no label");
      return term.filter((each) => holds(expr.condition, each));
    }
  }
}

function used(expr: Expression, belowMeet: boolean): readonly Endpoint[] {
  const found = denote(expr, belowMeet);
  if (found.length === 0) throw new Fault("empty");
  return found;
}

function holds(test: Test, endpoint: Endpoint): boolean {
  switch (test.kind) {
    case "compare":
      return (endpoint.labels[test.label] === test.value) !== test.negated;
    case "in":
      return test.values.includes(endpoint.labels[test.label] ?? "-");
    case "not":
      return !holds(test.inner, endpoint);
    case "join":
      return test.word === "and"
        ? holds(test.left, endpoint) && holds(test.right, endpoint)
        : holds(test.left, endpoint) || holds(test.right, endpoint);
  }
}

function negatedLabels(test: Test, below: boolean): readonly string[] {
  switch (test.kind) {
    case "compare":
      return below || test.negated ? [test.label] : [];
    case "in":
      return below ? [test.label] : [];
    case "not":
      return negatedLabels(test.inner, true);
    case "join":
      return [...negatedLabels(test.left, below), ...negatedLabels(test.right, below)];
  }
}

function write(expr: Expression): string {
  switch (expr.kind) {
    case "name":
      return expr.name;
    case "literal":
      return expr.text;
    case "list":
      return `[${expr.items.map(write).join(", ")}]`;
    case "binary":
      return `${enclosed(expr.left)} ${expr.op} ${enclosed(expr.right)}`;
    case "where":
      return `${enclosed(expr.term)} where ${writeTest(expr.condition)}`;
  }
}

function enclosed(expr: Expression): string {
  return expr.kind === "binary" || expr.kind === "where" ? `(${write(expr)})` : write(expr);
}

function writeTest(test: Test): string {
  switch (test.kind) {
    case "compare":
      return `${test.label} ${test.negated ? "!=" : "="} "${test.value}"`;
    case "in":
      return `${test.label} in [${test.values.map((value) => `"${value}"`).join(", ")}]`;
    case "not":
      return `not (${writeTest(test.inner)})`;
    case "join":
      return `(${writeTest(test.left)}) ${test.word} (${writeTest(test.right)})`;
  }
}

const VALUES: Readonly<Record<string, readonly string[]>> = { tier: ["web", "db", "shop"], site: ["a", "b"] };
const NAMES = [...new Set(WORLD.flatMap((each) => each.names)), "empty"];

const literals: readonly Expression[] = [
  { kind: "literal", text: "10.0.0.0/30", addresses: v4(0, 3) },
  { kind: "literal", text: "10.0.0.4/30", addresses: v4(4, 7) },
  { kind: "literal", text: "10.0.0.1..10.0.0.8", addresses: v4(1, 8) },
  { kind: "literal", text: "10.0.0.9", addresses: ["10.0.0.9"] },
  { kind: "literal", text: "10.0.0.33", addresses: ["10.0.0.33"] },
  { kind: "literal", text: "10.0.0.34..10.0.0.35", addresses: v4(34, 35) },
  { kind: "literal", text: "10.0.0.40", addresses: ["10.0.0.40"] },
  { kind: "literal", text: "2001:db8::2/127", addresses: ["2001:db8::2", "2001:db8::3"] },
  { kind: "literal", text: "0.0.0.0/0", addresses: v4(0, 35) },
];

const arbitraryTest: fc.Arbitrary<Test> = fc.letrec<{ test: Test }>((tie) => ({
  test: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("tier", "site").chain((label) =>
      fc.record({
        kind: fc.constant("compare" as const),
        label: fc.constant(label),
        value: fc.constantFrom(...(VALUES[label] ?? [])),
        negated: fc.boolean(),
      }),
    ),
    fc.constantFrom("tier", "site").chain((label) =>
      fc.record({
        kind: fc.constant("in" as const),
        label: fc.constant(label),
        values: fc.subarray([...(VALUES[label] ?? [])], { minLength: 1 }),
      }),
    ),
    fc.record({ kind: fc.constant("not" as const), inner: tie("test") }),
    fc.record({
      kind: fc.constant("join" as const),
      word: fc.constantFrom("and" as const, "or" as const),
      left: tie("test"),
      right: tie("test"),
    }),
  ),
})).test;

const arbitraryExpression: fc.Arbitrary<Expression> = fc.letrec<{ expr: Expression }>((tie) => ({
  expr: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...NAMES).map((name): Expression => ({ kind: "name", name })),
    fc.constantFrom(...literals),
    fc.array(tie("expr"), { minLength: 1, maxLength: 3 }).map((items): Expression => ({ kind: "list", items })),
    fc.record({
      kind: fc.constant("binary" as const),
      op: fc.constantFrom("+" as const, "-" as const, "&" as const),
      left: tie("expr"),
      right: tie("expr"),
    }),
    fc.record({ kind: fc.constant("where" as const), term: tie("expr"), condition: arbitraryTest }),
  ),
})).expr;

/** The endpoints of a set, one text each. */
function enumerated(set: EndpointSet): readonly string[] {
  const out: string[] = [];
  for (const [segment, addresses] of set.parts) {
    for (const { family, first, last } of addresses.ranges()) {
      for (let value = first; value <= last; value++) out.push(`${segment} ${formatAddress({ family, value })}`);
    }
  }
  return out.sort();
}

function expected(expr: Expression): readonly string[] | undefined {
  try {
    return [...new Set(used(expr, false).map((each) => each.key))].sort();
  } catch (fault) {
    if (fault instanceof Fault) return undefined;
    throw fault;
  }
}

function evaluated(expr: Expression): { readonly endpoints: readonly string[] | undefined; readonly errors: number } {
  const made = packageOf(`${ESTATE}\ngroup probe = ${write(expr)}`);
  const value = made.files[0]?.items.at(-1);
  if (value?.kind !== "Declaration" || value.value === undefined || made.files[0] === undefined) {
    throw new Error("the probe is a group with a value");
  }
  const set = evaluateEndpoints(value.value, made.context, made.files[0]);
  return { endpoints: set === undefined ? undefined : enumerated(set), errors: made.diagnostics.errorCount };
}

suite("endpoint expressions against single addresses", (test) => {
  test("denote the same endpoints, and are faulty alike", () => {
    let sound = 0;
    fc.assert(
      fc.property(arbitraryExpression, (expr) => {
        const wanted = expected(expr);
        const { endpoints: found, errors } = evaluated(expr);
        assert.equal(found, wanted, write(expr));
        // What has no value has been reported; what has one has not been complained of.
        assert.is(errors > 0, wanted === undefined, write(expr));
        if (wanted !== undefined) sound++;
      }),
      { numRuns: 700 },
    );
    assert.ok(sound > 100, `only ${sound} expressions were sound`);
  });
});
