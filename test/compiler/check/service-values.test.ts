/** What service expressions denote: by example, and against an oracle that asks about single services. */
import fc from "fast-check";
import { evaluateService } from "../../../compiler/check/expressions/service.js";
import { checkStatements } from "../../../compiler/check/statements/statements.js";
import type { ServiceSet } from "../../../compiler/sets/service-set.js";
import { serviceTexts } from "../../../compiler/sets/service-text.js";
import { assert, suite } from "../../support/harness.js";
import { ACME, headlines, packageOf } from "./estate-context.js";

const APPS = "service till = tcp/8443 service both = [till, udp/53]";

function evaluate(expr: string): { readonly set: ServiceSet | undefined; readonly findings: readonly string[] } {
  const made = packageOf(`${ACME} service probe = ${expr}`, { imports: { apps: APPS } });
  const [file] = made.files;
  const probe = file?.items.at(-1);
  if (file === undefined || probe?.kind !== "Declaration" || probe.value === undefined) throw new Error("no probe");
  const set = evaluateService(probe.value, made.context, file);
  return { set, findings: headlines(made.diagnostics) };
}

function denoted(expr: string): readonly string[] {
  const { set, findings } = evaluate(expr);
  return set === undefined ? findings : serviceTexts(set);
}

suite("values of service expressions", (test) => {
  test("literals", () => {
    assert.equal(denoted("tcp/443"), ["tcp/443"]);
    assert.equal(denoted("udp/1024-65535"), ["udp/1024-65535"]);
    assert.equal(denoted("ip/47"), ["ip/47"]);
    assert.equal(denoted("icmp/3/4"), ["icmp/3/4"]);
    assert.equal(denoted("any"), ["any"]);
  });

  test("`tcp` is `ip/6` and every port; the other protocols likewise", () => {
    const tcp = evaluate("tcp").set;
    assert.ok(tcp !== undefined);
    for (const same of ["ip/6", "tcp/0-65535", "[tcp/0-1023, tcp/1024-65535]"])
      assert.ok(evaluate(same).set?.equals(tcp), same);
    assert.equal(denoted("[gre, esp]"), ["ip/47", "ip/50"]);
    assert.equal(denoted("[icmp, icmpv6, udp]"), ["icmp", "udp", "icmpv6"]);
  });

  test("a name of an ICMP type means every code, in its own family", () => {
    assert.equal(denoted("icmp/echo-request"), ["icmp/8"]);
    assert.equal(denoted("icmp/echo"), ["icmp/8"]);
    assert.equal(denoted("icmpv6/echo-request"), ["icmpv6/128"]);
    assert.equal(denoted("icmpv6/packet-too-big"), ["icmpv6/2"]);
    assert.equal(denoted("icmp/3"), ["icmp/3"]);
  });

  test("`std`, imports and named services", () => {
    assert.equal(denoted("std.https"), ["tcp/443"]);
    assert.equal(denoted("std.dns"), ["tcp/53", "udp/53"]);
    assert.equal(denoted("std.ping"), ["icmp/8", "icmpv6/128"]);
    assert.equal(denoted("browse - std.https"), ["tcp/80"]);
    assert.equal(denoted("apps.both"), ["tcp/8443", "udp/53"]);
  });

  test("names of an imported package are its own", () => {
    const made = packageOf(`${ACME} service till = tcp/1`, { imports: { apps: `${APPS} service far = browse` } });
    checkStatements(made, made.context);
    assert.equal(headlines(made.diagnostics), [
      "DMC1518 error [browse] no service is called `browse` | declare it, or write it out, as in `tcp/443`",
    ]);
  });

  test("unions, differences and intersections keep ports tied to their protocol", () => {
    assert.equal(denoted("[tcp/80, udp/53]"), ["tcp/80", "udp/53"]);
    assert.equal(denoted("tcp/0-99 + tcp/100-199 - tcp/50"), ["tcp/0-49", "tcp/51-199"]);
    assert.equal(denoted("(tcp/53 + udp) & std.dns"), ["tcp/53", "udp/53"]);
    assert.equal(denoted("tcp/80 - (tcp & udp)"), ["tcp/80"]);
  });
});

/** Single services that tell every literal of the oracle from the others: protocol, and port or type and code. */
const POINTS: readonly (readonly [number, number])[] = [
  ...[6, 17].flatMap((protocol) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 65535].map((port) => [protocol, port] as const)),
  ...[1, 58].flatMap((protocol) =>
    [0, 255, 768, 772, 2048, 2049, 32768, 65535].map((slot) => [protocol, slot] as const),
  ),
  ...[0, 47, 50, 200].map((protocol) => [protocol, 0] as const),
];

type Holds = (protocol: number, slot: number) => boolean;
type Node =
  | { readonly kind: "leaf"; readonly text: string; readonly holds: Holds }
  | { readonly kind: "join"; readonly op: "+" | "-" | "&"; readonly left: Node; readonly right: Node };

const leaves: readonly (readonly [string, Holds])[] = [
  ["any", () => true],
  ["tcp", (protocol) => protocol === 6],
  ["ip/17", (protocol) => protocol === 17],
  ["gre", (protocol) => protocol === 47],
  ["icmp", (protocol) => protocol === 1],
  ["icmp/3", (protocol, slot) => protocol === 1 && slot >> 8 === 3],
  ["icmp/3/4", (protocol, slot) => protocol === 1 && slot === 772],
  ["icmp/echo", (protocol, slot) => protocol === 1 && slot >> 8 === 8],
  ["icmpv6/echo-request", (protocol, slot) => protocol === 58 && slot >> 8 === 128],
  ["tcp/2", (protocol, slot) => protocol === 6 && slot === 2],
  ["tcp/1-5", (protocol, slot) => protocol === 6 && slot >= 1 && slot <= 5],
  ["tcp/4-7", (protocol, slot) => protocol === 6 && slot >= 4 && slot <= 7],
  ["udp/2-4", (protocol, slot) => protocol === 17 && slot >= 2 && slot <= 4],
];

const arbitraryNode: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...leaves).map(([text, holds]): Node => ({ kind: "leaf", text, holds })),
    fc.record({
      kind: fc.constant("join" as const),
      op: fc.constantFrom("+" as const, "-" as const, "&" as const),
      left: tie("node"),
      right: tie("node"),
    }),
  ),
})).node;

function write(node: Node): string {
  return node.kind === "leaf" ? node.text : `(${write(node.left)} ${node.op} ${write(node.right)})`;
}

/** The points of an expression; undefined where the language calls it an error. */
function pointsOf(node: Node, mayBeEmpty = false): readonly (readonly [number, number])[] | undefined {
  if (node.kind === "leaf") return POINTS.filter(([protocol, slot]) => node.holds(protocol, slot));
  const left = pointsOf(node.left);
  const right = pointsOf(node.right, node.op === "-");
  if (left === undefined || right === undefined) return undefined;
  const found = POINTS.filter((point) => {
    if (node.op === "+") return left.includes(point) || right.includes(point);
    return left.includes(point) && right.includes(point) === (node.op === "&");
  });
  return found.length === 0 && !mayBeEmpty ? undefined : found;
}

suite("service expressions against single services", (test) => {
  test("hold the same services, and are faulty alike", () => {
    fc.assert(
      fc.property(arbitraryNode, (node) => {
        const wanted = pointsOf(node);
        const { set, findings } = evaluate(write(node));
        const found =
          set === undefined ? undefined : POINTS.filter(([protocol, slot]) => set.contains({ protocol, slot }));
        assert.equal(found, wanted, write(node));
        assert.is(findings.length > 0, wanted === undefined, write(node));
      }),
      { numRuns: 500 },
    );
  });
});
