/** What the Junos target reports, and that nothing is emitted for a router with an error. */
import { defaultSettings, type Settings } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import { type Diagnostic, Diagnostics } from "../../../grammar/diagnostic.js";
import { junosDiagnostics } from "../../../targets/junos/catalogue.js";
import { junosExplanations } from "../../../targets/junos/explain.js";
import { junosTarget } from "../../../targets/junos/index.js";
import {
  addresses,
  announced,
  at,
  design,
  domain,
  entries,
  fromLan,
  instance,
  lan,
  located,
  point,
  route,
  router,
} from "../../support/designs-junos.js";
import { assert, suite } from "../../support/harness.js";
import { cloudLink, sharedLan } from "./small-designs.js";

function findings(one: Design, settings: Settings = defaultSettings): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  const { artefacts } = junosTarget.compile(one, settings, diagnostics);
  if (diagnostics.hasErrors && one.estate.routers.length === 1)
    assert.equal(artefacts, [], "nothing for a router with an error");
  return diagnostics.sorted();
}

const said = (list: readonly Diagnostic[]): readonly string[] =>
  list.map(({ code, message, help }) => `${code} ${message} | ${help}`);

function withPort(name: string): Design {
  const base = cloudLink();
  const attachments = base.attachments.map((one) =>
    one.kind === "lan"
      ? { ...one, attachments: one.attachments.map((each) => ({ ...each, interface: located(name, "chi") })) }
      : one,
  );
  return { ...base, attachments };
}

suite("the findings of the Junos target", (test) => {
  test("explain every entry of the catalogue", () => {
    assert.equal(Object.keys(junosExplanations).sort(), Object.keys(junosDiagnostics).sort());
  });

  test("refuse names that are no Junos port", () => {
    for (const name of ["ae10", "xe-0/0/3", "et-0/1/2:0", "irb", "ge-1/0/47"]) {
      assert.equal(
        said(findings(withPort(name))),
        name === "irb"
          ? ["DMC4101 `irb` is not the name of a Junos port | write a port like `xe-0/0/3`, `et-0/1/2:0` or `ae10`"]
          : [],
        name,
      );
    }
    assert.equal(said(findings(withPort("xe-0/0/3.310"))), [
      "DMC4101 `xe-0/0/3.310` is not the name of a Junos port | write `xe-0/0/3`: the unit follows from `vlan`",
    ]);
    assert.equal(said(findings(withPort('xe-0/0/3"; delete'))).length, 1);
  });

  test("say where a core has no common loopback family", () => {
    const base = sharedLan();
    const routers = [router("ash", ["192.0.2.2"]), router("chi", ["2001:db8::1"])];
    const list = said(findings({ ...base, estate: { ...base.estate, routers } }));
    assert.ok(
      list.includes(
        "DMC4103 `ash` and `chi` have no loopback of one family for their VPN session | give both routers a `loopback` of the same family",
      ),
    );
  });

  test("want an IPv4 loopback for route distinguishers", () => {
    const base = cloudLink();
    const instances = base.instances.map(({ routeDistinguisher: _, ...rest }) => rest);
    assert.equal(said(findings({ ...base, instances })), [
      "DMC4107 `chi` has no IPv4 loopback, which the route distinguishers of its routing instances begin with | give the router an IPv4 `loopback` beside the IPv6 one",
    ]);
  });

  test("want an address of its own for each virtual gateway", () => {
    const base = sharedLan();
    const attachments = base.attachments.map((one) =>
      one.kind === "lan" && one.id === "campus.desks"
        ? { ...one, gateways: [...one.gateways, { family: 4 as const, value: 1n }] }
        : one,
    );
    assert.match(
      said(findings({ ...base, attachments })).join("\n"),
      "DMC4104 the virtual gateway `0.0.0.1` of `campus.desks` lies in no subnet of the router's own addresses",
    );
  });

  test("want both ASNs of a session", () => {
    const base = cloudLink();
    const circuits = base.circuits.map((one) => {
      const { asn: _, ...far } = one.ends[0];
      return { ...one, ends: [far, one.ends[1]] as const };
    });
    assert.equal(said(findings({ ...base, circuits })), [
      "DMC4106 the BGP session of `dx/prod` has no ASN at `use1` | give the place or the estate an `asn`",
    ]);
  });

  test("refuse larger parts of LANs led both ways on one router", () => {
    const parts = (path: string, segment: string, net: string, port: string, part: string) =>
      lan({
        path,
        segment,
        prefixes: [`10.${net}.0.0/24`],
        gateways: [`10.${net}.0.1`],
        parts: [part],
        attach: [`chi ${port} - 10.${net}.0.1/24`],
      });
    const closed = (path: string, segment: string, net: string) =>
      point({
        router: "chi",
        lan: path,
        segment,
        sources: addresses(`10.${net}.0.0/24`),
        own: addresses(`10.${net}.0.1`),
      });
    const list = findings(
      design({
        routers: [router("chi", ["192.0.2.1"])],
        domains: [domain("pci", 30), domain("prod", 10)],
        instances: [
          instance("pci", "chi", "192.0.2.1:30", [route("tills", "10.31.0.0/24", fromLan("tills"))]),
          instance("prod", "chi", "192.0.2.1:10", [route("floor", "10.1.0.0/24", fromLan("floor"))]),
        ],
        attachments: [
          parts("floor", "prod", "1", "xe-0/0/1", "10.1.0.64/26"),
          parts("tills", "pci", "31", "xe-0/0/3", "10.31.0.64/26"),
        ],
        leaks: [
          {
            id: "cards-0badcafe@chi",
            share: "cards-0badcafe",
            from: "pci",
            to: "prod",
            meeting: { kind: "router", id: "chi" },
            shared: [announced("tills", "10.31.0.64/26")],
            returned: [announced("floor", "10.1.0.64/26")],
            surplus: [],
            sharedTarget: "64520:31",
            returnedTarget: "64520:32",
            sources: [at("policy shop")],
          },
        ],
        points: [closed("floor", "prod", "1"), closed("tills", "pci", "31")],
      }),
    );
    assert.equal(
      list.map(({ code }) => code),
      ["DMC4105"],
    );
  });

  test("keep a filter inside its budget, which settings can raise", () => {
    const base = cloudLink();
    const many = Array.from({ length: 4000 }, (_, index) =>
      entries({
        rule: `shop-${index.toString(16).padStart(8, "0")}`,
        domains: "prod -> prod",
        source: addresses("10.1.0.0/24"),
        destination: addresses("10.20.1.0/24"),
        service: ServiceSet.protocol(47),
      }),
    ).flat();
    const points = base.points.map((one) => (one.attachment.kind === "lan" ? { ...one, entries: many } : one));
    const over = findings({ ...base, points });
    assert.equal(
      over.map(({ code }) => code),
      ["DMC4110"],
    );
    assert.match(
      over[0]?.message ?? "",
      "the filter `DEMARC-LAN-floor-V4` on `chi` has 4006 terms, more than the budget of 4000",
    );
    const raised: Settings = {
      ...defaultSettings,
      limits: [{ target: "junos", limit: "terms-per-filter", value: 5000 }],
    };
    assert.equal(findings({ ...base, points }, raised), []);
  });

  test("refuse a port with tagged and untagged units", () => {
    const list = findings(withPort("xe-0/0/2"));
    assert.equal(list, []);
    const base = withPort("xe-0/0/2");
    const attachments = base.attachments.map((one) =>
      one.kind === "lan" ? { ...one, attachments: one.attachments.map(({ vlan: _, ...rest }) => rest) } : one,
    );
    assert.equal(said(findings({ ...base, attachments })), [
      "DMC4108 port `xe-0/0/2` of `chi` has tagged units and an untagged one | give what lies on the untagged one a `vlan`, or a port of its own",
    ]);
  });

  test("serve routers with `os = junos` and no others", () => {
    const base = cloudLink();
    const routers = [...base.estate.routers, router("dal", ["192.0.2.9"], { os: "iosxr" })];
    assert.equal(junosTarget.serves({ ...base, estate: { ...base.estate, routers } }), ["chi"]);
  });
});
