/** The argument of `demarc query`. */
import { type EvaluatedQuery, evaluateQuery } from "../../../compiler/check/expressions/query.js";
import { serviceTexts } from "../../../compiler/sets/service-text.js";
import { parseQuery } from "../../../grammar/parse.js";
import { SourceFile, spanText } from "../../../grammar/source.js";
import { assert, suite } from "../../support/harness.js";
import { ACME, headlines, packageOf } from "./estate-context.js";

function ask(text: string): { readonly query: EvaluatedQuery | undefined; readonly findings: readonly string[] } {
  const made = packageOf(ACME);
  const parsed = parseQuery(new SourceFile("<query>", text, "query"), made.diagnostics);
  const query = parsed === undefined ? undefined : evaluateQuery(parsed, made.context);
  return { query, findings: headlines(made.diagnostics) };
}

suite("queries", (test) => {
  test("have one direction after `->`, and every service without `on`", () => {
    const { query, findings } = ask("shop.web -> vault");
    assert.equal(findings, []);
    assert.equal(
      query?.flows.map((flow) => [spanText(flow.sourceSpan), spanText(flow.destinationSpan)]),
      [["shop.web", "vault"]],
    );
    assert.equal(query?.flows[0]?.destination.in("pci").texts(), ["10.30.1.0/24"]);
    assert.equal(serviceTexts(query?.service ?? assert.unreachable()), ["any"]);
  });

  test("have two directions after `<->`", () => {
    const { query } = ask("shop.web <-> 10.1.0.9 on std.https");
    assert.equal(
      query?.flows.map((flow) => [spanText(flow.sourceSpan), spanText(flow.destinationSpan)]),
      [
        ["shop.web", "10.1.0.9"],
        ["10.1.0.9", "shop.web"],
      ],
    );
    assert.equal(query?.flows[1]?.source.in("prod").texts(), ["10.1.0.9"]);
    assert.equal(serviceTexts(query?.service ?? assert.unreachable()), ["tcp/443"]);
  });

  test("that are wrong say why", () => {
    assert.equal(ask("shop.wbe -> valt on https").findings, [
      "DMC1502 error [wbe] network `shop` has no subnet or host called `wbe` | did you mean `web`?",
      "DMC1501 error [valt] nothing is called `valt` | did you mean `vault`?",
      "DMC1518 error [https] no service is called `https` | did you mean `std.https`?",
    ]);
    assert.equal(ask("floor -> guests").findings, [
      "DMC1603 error [floor -> guests] no flow can match this query: its source has only IPv4 and its destination only IPv6 | a flow goes between two different endpoints of one address family",
    ]);
    assert.equal(ask("floor.orders -> 10.1.0.9").findings.length, 1);
    assert.equal(ask("dev -> pci").findings, [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ]);
  });
});
