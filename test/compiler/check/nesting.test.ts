/** Long chains of named definitions: refused with a finding, never an exhausted stack. */

import { checkedFrom, type Sources } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";

const ESTATE = `estate acme { asn = 64500 }
segment prod { id = 1 }
cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64520 }
network shop in prod at use1 { cidr = 10.0.0.0/16  subnet web { cidr = 10.0.1.0/24 } }
`;

function chain(kind: string, length: number, last: string, around = (name: string): string => `[${name}]`): string {
  const lines = Array.from({ length: length - 1 }, (_, i) => `${kind} s${i} = ${around(`s${i + 1}`)}`);
  return [...lines, `${kind} s${length - 1} = ${last}`, ""].join("\n");
}

function said(sources: Sources): readonly string[] {
  return checkedFrom(sources, { faulty: true })
    .diagnostics.filter((one) => one.severity === "error")
    .map((one) => `${one.code} ${one.message}`);
}

suite("chains of definitions", (test) => {
  for (const [kind, last] of [
    ["service", "tcp/443"],
    ["group", "shop.web"],
  ] as const) {
    test(`a ${kind} through 200 names is fine`, () => {
      assert.equal(said(ESTATE + chain(kind, 200, last)), []);
    });

    for (const length of [201, 1_000, 5_000]) {
      test(`of ${length} of kind ${kind} the first that goes too deep is reported`, () => {
        const name = `s${length - 201}`;
        assert.equal(said(ESTATE + chain(kind, length, last)), [
          `DMC1522 ${kind} \`${name}\` is defined through too many others`,
        ]);
      });
    }

    test(`the order in which a ${kind} is declared does not matter`, () => {
      const text = chain(kind, 300, last).trimEnd().split("\n").reverse().join("\n");
      assert.equal(said(`${ESTATE}${text}\n`), [`DMC1522 ${kind} \`s99\` is defined through too many others`]);
    });

    test(`brackets around the names of a ${kind} count`, () => {
      const deep = (name: string): string => `${"(".repeat(80)}${name}${")".repeat(80)}`;
      assert.equal(said(ESTATE + chain(kind, 150, last, deep)), [
        `DMC1522 ${kind} \`s139\` is defined through too many others`,
      ]);
    });

    test(`a circle of 2000 of kind ${kind} ends in a finding`, () => {
      const found = said(ESTATE + chain(kind, 2_000, "s0"));
      assert.ok(found.length > 0 && found.every((one) => /^DMC15(17|22) /.test(one)), found.join("; "));
    });
  }

  test("an imported service counts as one of the package", () => {
    const found = said({
      "main.demarc": `${ESTATE}import "ports" as ports\npolicy base { allow shop.web -> shop.web on ports.s0 }\n`,
      "ports/main.demarc": chain("service", 1_000, "tcp/443"),
    });
    assert.equal(found, ["DMC1522 service `s799` is defined through too many others"]);
  });
});
