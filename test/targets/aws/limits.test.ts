/** Quotas: what is counted, what is exceeded, and what `demarc.json` may raise. */
import type { RaisedLimit } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import * as make from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";
import { acmeDesign } from "./estates.js";
import { compileAws } from "./judge.js";

function limitsOf(design: Design, ...limits: readonly Omit<RaisedLimit, "target">[]) {
  const raised = limits.map((one) => ({ target: "aws", ...one }));
  return compileAws(design, { accept: [], limits: raised, targets: new Map() });
}

/** A subnet that `count` ports of one place may reach. */
function portsDesign(count: number): Design {
  const shop = make.network("shop", "prod", "use1", "10.20.0.0/16", [make.subnet("shop.web", "10.20.1.0/24")]);
  const service = ServiceSet.unionAll(Array.from({ length: count }, (_, i) => ServiceSet.ports("tcp", 1000 + 2 * i)));
  const flow = {
    rule: "shop-00000001",
    source: make.addresses("10.1.0.0/24"),
    destination: make.addresses("10.20.1.0/24"),
    service,
  };
  return make.design({
    estate: make.estate({
      segments: [make.segment("prod")],
      clouds: [make.awsCloud("use1", { account: make.located("111122223333"), asn: make.located(64601) })],
      networks: [shop],
    }),
    points: make.subnetPoints(shop, [flow]),
  });
}

suite("the limits of AWS", (test) => {
  test("count each use with the headroom that is left", () => {
    const { output } = limitsOf(acmeDesign());
    const lines = output.headroom.map(
      ({ limit, subject, used, allowed }) => `${limit} ${subject}: ${used} of ${allowed}`,
    );
    for (const line of [
      "vpcs-per-region 111122223333/us-east-1: 2 of 5",
      "rules-per-security-group shop.db in IPv4: 12 of 60",
      "rules-per-security-group shop.web in IPv6: 4 of 60",
      "prefix-list-entries demarc-us-east-1--",
      "transit-gateway-route-tables use1: 4 of 20",
      "transit-gateway-attachments use1: 5 of 5000",
      "transit-interfaces-per-connection dx: 2 of 4",
      "direct-connect-prefixes-in dx/prod IPv4: 1 of 100",
      "direct-connect-prefixes-out use1/prod: 2 of 200",
      "routes-per-route-table aws_route_table.shop IPv4: 3 of 500",
    ]) {
      assert.ok(
        lines.some((one) => one.startsWith(line)),
        line,
      );
    }
    for (const { source } of output.headroom) assert.match(source, /\(20[0-9]{2}\)$/);
  });

  test("are met exactly and broken by one more", () => {
    assert.equal(limitsOf(portsDesign(60)).findings, []);
    const { findings } = limitsOf(portsDesign(61));
    assert.equal(
      findings.map(({ code, span, message }) => [code, span?.source.text, message]),
      [
        [
          "DMC4002",
          "allow shop-00000001",
          "`shop.web in IPv4` needs 61 rules of one direction and family, AWS allows 60",
        ],
      ],
    );
    assert.match(findings[0]?.help ?? "", '"rules-per-security-group": …');
  });

  test("are raised for every account, and for one before that", () => {
    const limit = "rules-per-security-group";
    assert.equal(limitsOf(portsDesign(61), { limit, value: 100 }).findings, []);
    assert.equal(limitsOf(portsDesign(61), { limit, value: 100, account: "111122223333" }).findings, []);
    assert.is(limitsOf(portsDesign(61), { limit, value: 100, account: "999900001111" }).findings.length, 1);
    const both = [
      { limit, value: 100 },
      { limit, value: 61, account: "111122223333" },
    ];
    assert.is(limitsOf(portsDesign(62), ...both).findings.length, 1);
  });

  test("are not raised where AWS does not, nor beyond what it does", () => {
    const messages = (limit: string, value: number) =>
      limitsOf(portsDesign(1), { limit, value }).findings.map(({ code, message }) => `${code} ${message}`);
    assert.equal(messages("transit-interfaces-per-connection", 8), [
      "DMC4003 the limit `transit-interfaces-per-connection` in `demarc.json` is 4 at AWS and is not raised",
    ]);
    assert.equal(messages("routes-per-route-table", 5000), [
      "DMC4003 the limit `routes-per-route-table` in `demarc.json` is raised by AWS to 1000 at most",
    ]);
    assert.equal(messages("rules-per-security-grup", 80), [
      "DMC4003 the limit `rules-per-security-grup` in `demarc.json` is no limit of AWS; did you mean `rules-per-security-group`?",
    ]);
  });

  test("say so where AWS raises nothing", () => {
    const base = acmeDesign();
    const [first] = base.circuits;
    assert.ok(first !== undefined);
    const circuits = base.circuits.map((one) => ({ ...one, link: { ...one.link, hosted: true } }));
    const links = new Map(circuits.map(({ link }) => [link.name, link] as const));
    const shared = circuits.map((one) => ({ ...one, link: links.get(one.link.name) ?? one.link }));
    const { findings } = limitsOf({ ...base, circuits: shared });
    assert.equal(
      findings.map(({ message, help }) => [message, help]),
      [
        [
          "`dx` needs 2 transit virtual interfaces, one for each carried segment, AWS allows 1",
          "AWS does not raise this quota: use fewer",
        ],
      ],
    );
  });
});
