/**
 * The soundness faults of other policy compilers, as far as evaluation could commit them. Each test names its row in the
 * catalogue of such faults (P1 to P13): what must never happen is that a statement ends up meaning more than it says.
 */
import { evaluateQuery } from "../../../compiler/check/expressions/query.js";
import { type CheckedStatements, checkStatements } from "../../../compiler/check/statements/statements.js";
import type { AllowRule } from "../../../compiler/model/estate.js";
import { serviceTexts } from "../../../compiler/sets/service-text.js";
import { parseQuery } from "../../../grammar/parse.js";
import { SourceFile } from "../../../grammar/source.js";
import { assert, suite } from "../../support/harness.js";
import { ACME, type ContextOptions, headlines, packageOf } from "./estate-context.js";

interface Outcome extends CheckedStatements {
  readonly codes: readonly string[];
  readonly rules: readonly AllowRule[];
}

function check(text: string, options: ContextOptions = {}): Outcome {
  const made = packageOf(ACME + text, options);
  const checked = checkStatements(made, made.context);
  const codes = headlines(made.diagnostics).map((line) => line.split(" ").slice(0, 2).join(" "));
  return { ...checked, codes, rules: checked.policies.flatMap((policy) => policy.rules) };
}

/** Ways to write a side that ends up empty. */
const EMPTIED = [
  "floor - floor",
  "floor - prod",
  "floor & vault",
  '[floor] where tier = "web"',
  "[]",
  "dev",
  "floor & (vault - pci)",
];

suite("soundness of evaluation", (test) => {
  for (const side of EMPTIED) {
    test(`P1: an emptied side is an error and no rule comes of it: ${side}`, () => {
      for (const rule of [`allow ${side} -> shop.web on tcp/443`, `allow shop.web -> ${side} on tcp/443`]) {
        const { codes, rules, omitted } = check(`policy shop { ${rule} }`);
        assert.equal(codes, ["DMC1510 error"]);
        assert.equal(rules, []);
        assert.is(omitted.any, true);
      }
    });

    test(`P1: nor does an emptied part vanish from a list: ${side}`, () => {
      const { codes, rules } = check(`policy shop { allow [floor, ${side}] -> shop.web on tcp/443 }`);
      assert.equal(codes, ["DMC1510 error"]);
      assert.equal(rules, []);
    });

    test(`P2: the same of \`always\` and of \`never\`: ${side}`, () => {
      const always = check(`always ${side} -> shop.web on tcp/443`);
      assert.equal([always.codes, always.invariants], [["DMC1510 error"], []]);
      const never = check(`never shop.web -> ${side}`);
      if (side === "dev") {
        // Just the name of a segment that has no endpoint yet: it holds, and is about no flow at all.
        assert.equal(never.codes, ["DMC1612 warning"]);
        assert.equal(
          never.invariants.map((each) => each.flows),
          [[]],
        );
      } else {
        assert.equal([never.codes, never.invariants], [["DMC1510 error"], []]);
      }
    });

    test(`P1: nor is an emptied side shared or asked about: ${side}`, () => {
      const { codes, policies } = check(`policy cards { share ${side} with pci }`);
      assert.equal(codes, ["DMC1510 error"]);
      assert.equal(policies[0]?.shares, []);
      const made = packageOf(ACME);
      const query = parseQuery(new SourceFile("<query>", `${side} -> shop.web`, "query"), made.diagnostics);
      assert.ok(query !== undefined);
      assert.is(evaluateQuery(query, made.context), undefined);
      assert.is(made.diagnostics.errorCount, 1);
    });
  }

  test("P1: an emptied service is an error, not every service", () => {
    for (const service of ["[]", "tcp/80 & udp/80", "tcp/80 - tcp", "[tcp/443, tcp/80 - tcp]"]) {
      const { codes, rules } = check(`policy shop { allow floor -> shop.web on ${service} }`);
      assert.equal([codes, rules], [["DMC1511 error"], []], service);
    }
  });

  test("P3: a side of both families meets a side of one in that family alone", () => {
    const { codes, rules } = check("policy shop { allow office -> floor on tcp/443 }");
    assert.equal(codes, []);
    const flow = rules[0]?.flows[0];
    assert.equal(flow?.source.in("prod").family(6).texts(), ["2001:db8:5::/64"]);
    assert.equal(flow?.destination.in("prod").family(6).texts(), []);
    assert.equal(flow?.destination.domains(), ["prod"]);
  });

  test("P4: sides without a common family are an error", () => {
    const { codes, rules } = check("policy shop { allow floor -> guests on tcp/443  allow guests <-> floor on any }");
    assert.equal([codes, rules], [["DMC1603 error", "DMC1603 error"], []]);
  });

  test("P5: ports are never crossed with protocols", () => {
    const { rules } = check("policy shop { allow floor -> shop.web on [tcp/10123, udp/10456] }");
    assert.equal(
      rules.map((rule) => serviceTexts(rule.service)),
      [["tcp/10123", "udp/10456"]],
    );
  });

  test("P8: a service of the other family is an error, and a mixed one keeps to its families", () => {
    const { codes, rules } = check(
      "policy shop { allow guests -> office on icmp  allow floor -> shop on icmpv6  allow office -> prod on [icmp, icmpv6] }",
    );
    assert.equal(codes, ["DMC1603 error", "DMC1603 error"]);
    assert.equal(
      rules.map((rule) => serviceTexts(rule.service.forFamily(4))),
      [["icmp"]],
    );
    assert.equal(
      rules.map((rule) => serviceTexts(rule.service.forFamily(6))),
      [["icmpv6"]],
    );
  });

  test("P10: a difference takes away exactly what it names", () => {
    const { rules } = check("policy shop { allow floor - 10.1.0.0/25 -> shop.web on tcp/443 }");
    assert.equal(rules[0]?.flows[0]?.source.in("prod").texts(), ["10.1.0.128/25"]);
  });

  test("P11: a protocol without ports is that protocol, with port 0", () => {
    const { rules } = check("policy shop { allow floor -> shop.web on tcp }");
    assert.equal(rules[0]?.service.pieces(), [{ protocol: 6, first: 0, last: 65535 }]);
  });

  test("P12: an expired rule is an error, is not in force, and keeps proofs from being claimed", () => {
    const text = `policy shop {
      allow floor -> shop.web on tcp/443 until 2026-06-30
      share vault.cards with prod until 2026-06-30
    }`;
    const { codes, rules, policies, omitted } = check(text);
    assert.equal(codes, ["DMC1601 error", "DMC1601 error"]);
    assert.equal([rules, policies[0]?.shares], [[], []]);
    assert.equal(omitted, { any: true, routing: true });
  });

  test("P12: a rule is in force through the end of its last day", () => {
    const text = "policy shop { allow floor -> shop.web on tcp/443 until 2028-02-29 }";
    const on = (year: number, month: number, day: number): string => {
      const { codes, rules } = check(text, { today: { year, month, day } });
      return `${rules.length} ${codes.join()}`;
    };
    assert.is(on(2028, 1, 29), "1 ");
    assert.is(on(2028, 1, 30), "1 DMC1602 warning");
    assert.is(on(2028, 2, 29), "1 DMC1602 warning");
    assert.is(on(2028, 3, 1), "0 DMC1601 error");
    assert.is(on(2029, 1, 1), "0 DMC1601 error");
  });

  test("P13: a difference on either side alone", () => {
    const { codes, rules } = check(
      "policy shop { allow prod - shop -> shop.web on tcp/443  allow floor -> shop - shop.db on tcp/80 }",
    );
    assert.equal(codes, []);
    assert.is(rules.length, 2);
  });

  test("a faulty part of a statement leaves out the whole of it", () => {
    for (const text of [
      "allow [floor, nowhere] -> shop.web on tcp/443",
      "allow floor -> shop.web on [tcp/443, nowhere]",
      "allow floor -> shop.web on tcp/443 until 2020-01-01",
      "allow floor -> shop.web on tcp/443 log log",
    ]) {
      const { codes, rules } = check(`policy shop { ${text} }`);
      assert.equal([codes.length, rules], [1, []], text);
    }
  });
});
