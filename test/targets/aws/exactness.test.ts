/** Rules for a part of a subnet that is no declared host: cut by the other end, or an error. */
import type { Settings } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import { uncovered } from "../../../targets/shared/boxes.js";
import * as make from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";
import { compileAws } from "./judge.js";

const shop = make.network("shop", "prod", "use1", "10.20.0.0/16", [
  make.subnet("shop.db", "10.20.2.0/24"),
  make.subnet("shop.web", "10.20.1.0/24"),
]);
const floor = make.addresses("10.1.0.0/24");
const postgres = ServiceSet.ports("tcp", 5432);
const ssh = ServiceSet.ports("tcp", 22);

function shopWith(flows: readonly make.Flow[], withFloor: boolean): Design {
  const points = make.subnetPoints(shop, flows);
  return make.design({
    estate: make.estate({
      segments: [make.segment("prod")],
      clouds: [make.awsCloud("use1")],
      networks: [shop],
      routers: [make.router("chi")],
    }),
    points: withFloor ? [...points, make.lanPoint("floor", "prod", "chi", floor, flows)] : points,
  });
}

const fromFloor: make.Flow = {
  rule: "shop-00000001",
  source: floor,
  destination: make.addresses("10.20.2.128/25"),
  service: postgres,
};

/** A rule between a half of the web subnet and a half of the database subnet. */
function halves(rule: string, source: string, destination: string, service: ServiceSet): make.Flow {
  return { rule, source: make.addresses(source), destination: make.addresses(destination), service };
}

suite("a rule for a part of a subnet", (test) => {
  test("is a remark where a router's filter at the other end cuts it", () => {
    const { output, findings } = compileAws(shopWith([fromFloor], true));
    assert.equal(findings, []);
    const [remark, ...more] = output.remarks;
    assert.is(more.length, 0);
    assert.is(remark?.kind, "coarse-point");
    assert.is(remark?.subject, "shop.db/in");
    assert.match(remark?.text ?? "", "`10.20.2.128/25`");
    assert.match(remark?.text ?? "", "declare a host or a subnet");
  });

  test("is an error at the rule where nothing else filters", () => {
    const { output, findings } = compileAws(shopWith([fromFloor], false));
    assert.equal(
      findings.map(({ code, span, message }) => [code, span?.source.text, message]),
      [
        [
          "DMC4012",
          "allow shop-00000001",
          "`shop-00000001` names `10.20.2.128/25`, a part of `shop.db` that no other filter on the way cuts out",
        ],
      ],
    );
    assert.match(findings[0]?.help ?? "", "declare a host or a subnet");
    assert.is(output.remarks.filter(({ kind }) => kind === "coarse-point").length, 0);
  });

  test("is a remark where the gap is accepted by name", () => {
    const settings: Settings = { accept: [{ gap: "part-of-subnet", target: "aws" }], limits: [], targets: new Map() };
    const { output, findings } = compileAws(shopWith([fromFloor], false), settings);
    assert.equal(findings, []);
    assert.equal(
      output.remarks.map(({ kind }) => kind),
      ["coarse-point"],
    );
  });

  test("is exact between two groups that name each other's part", () => {
    const flows = [halves("shop-00000001", "10.20.1.0/25", "10.20.2.0/25", postgres)];
    const { output, findings } = compileAws(shopWith(flows, false));
    assert.equal(findings, []);
    assert.equal(
      output.remarks.map(({ subject }) => subject),
      ["shop.db/in", "shop.web/out"],
    );
  });

  test("is an error where two such rules cross between the same groups", () => {
    const flows = [
      halves("shop-00000001", "10.20.1.0/25", "10.20.2.0/25", postgres),
      halves("shop-00000002", "10.20.1.128/25", "10.20.2.128/25", postgres),
    ];
    const { findings } = compileAws(shopWith(flows, false));
    assert.equal([...new Set(findings.map(({ code }) => code))], ["DMC4012"]);
  });

  test("does not cross where the services differ", () => {
    const flows = [
      halves("shop-00000001", "10.20.1.0/25", "10.20.2.0/25", postgres),
      halves("shop-00000002", "10.20.1.128/25", "10.20.2.128/25", ssh),
    ];
    assert.equal(compileAws(shopWith(flows, false)).findings, []);
  });
});

suite("covering a product by products", (test) => {
  const box = (source: string, destination: string, service = postgres) => ({
    source: make.addresses(source),
    destination: make.addresses(destination),
    service,
  });

  test("takes several that only together cover it", () => {
    const parts = [
      box("10.0.0.0/25", "10.9.0.0/24"),
      box("10.0.0.128/25", "10.9.0.0/25"),
      box("10.0.0.128/25", "10.9.0.128/25", postgres.union(ssh)),
    ];
    assert.is(uncovered(box("10.0.0.0/24", "10.9.0.0/24"), parts), undefined);
  });

  test("finds the part that is left", () => {
    const left = uncovered(box("10.0.0.0/24", "10.9.0.0/24"), [
      box("10.0.0.0/25", "10.9.0.0/24"),
      box("10.0.0.0/24", "10.9.0.0/25"),
    ]);
    assert.equal(left?.source.texts(), ["10.0.0.128/25"]);
    assert.equal(left?.destination.texts(), ["10.9.0.128/25"]);
  });
});
