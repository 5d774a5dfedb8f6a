/** What circuits announce, what instances hold, what leaks and what points admit: examples with exact values. */
import type { Circuit, RoutingInstance } from "../../../compiler/design/design.js";
import { formatPrefix } from "../../../grammar/address.js";
import { headline, type Pipeline, pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { twoSegments } from "../../support/two-segments.js";

function circuit(made: Pipeline, id: string): Circuit {
  const found = made.design.circuits.find((one) => one.id === id);
  assert.ok(found, `there is a circuit ${id}`);
  return found;
}

/** What each end of a circuit announces: `place: prefix cause`. */
function announced(made: Pipeline, id: string): readonly string[] {
  return circuit(made, id).ends.flatMap(({ place, announces }) =>
    announces.map(({ prefix, cause }) => `${place.name}: ${formatPrefix(prefix)} ${cause.kind}`),
  );
}

function routes(made: Pipeline, id: string): readonly string[] {
  const found: RoutingInstance | undefined = made.design.instances.find((one) => one.id === id);
  assert.ok(found, `there is an instance ${id}`);
  return found.routes.map(
    ({ prefix, cause, origin }) => `${formatPrefix(prefix)} ${cause.kind} ${JSON.stringify(origin)}`,
  );
}

function entries(made: Pipeline, id: string): readonly string[] {
  const point = made.design.points.find((one) => one.id === id);
  assert.ok(point, `there is a point ${id}`);
  return point.entries.map(({ kind, source, destination }) => `${kind} ${source.texts()} -> ${destination.texts()}`);
}

suite("announcements", (test) => {
  test("each end announces what lies behind it of the segment, and shares only on the way to a permitted source", () => {
    const made = pipeline(twoSegments("share tills with prod  allow floor -> tills on tcp/443"));
    assert.equal(announced(made, "dx/prod"), ["use1: 10.20.0.0/16 own", "chi: 10.1.0.0/28 own"]);
    assert.equal(announced(made, "dx/pci"), ["use1: 10.30.0.0/16 own", "chi: 10.2.0.0/28 own"]);
    const needed = pipeline(twoSegments("share tills with prod  allow shop.web -> tills on tcp/443"));
    assert.equal(announced(needed, "dx/prod"), [
      "use1: 10.20.0.0/16 own",
      "chi: 10.1.0.0/28 own",
      "chi: 10.2.0.0/28 share",
    ]);
  });

  test("a fabric is no way from one link to another", () => {
    const made = pipeline(
      twoSegments(
        "allow floor -> shop on tcp/443",
        `router den { os = junos  loopback = 192.0.2.3 }
link dx-den between den and use1 { kind = direct-connect  interface = "xe-0/0/1"  carries prod { vlan = 9 } }
network yard in prod at den { cidr = 10.5.0.0/28  interface = "xe-0/0/2" }`,
      ),
    );
    assert.equal(announced(made, "dx-den/prod"), ["den: 10.5.0.0/28 own", "use1: 10.20.0.0/16 own"]);
    assert.equal(announced(made, "dx/prod"), ["use1: 10.20.0.0/16 own", "chi: 10.1.0.0/28 own"]);
  });

  test("a carrier tells a core nothing that it has heard from it, at another of the core's routers neither", () => {
    const made = pipeline(
      twoSegments(
        "allow office -> shop on tcp/443",
        `router carrier { os = unmanaged  asn = 65030 }
link carrier-a between ash and carrier { kind = handoff  interface = "xe-0/0/7"  carries prod { vlan = 700 } }
link carrier-b between chi and carrier { kind = handoff  interface = "xe-0/0/7"  carries prod { vlan = 700 } }
network office in prod at carrier { cidr = 10.6.0.0/28 }`,
      ),
    );
    for (const [id, router] of [
      ["carrier-a/prod", "ash"],
      ["carrier-b/prod", "chi"],
    ] as const) {
      assert.equal(announced(made, id), [
        `${router}: 10.1.0.0/28 own`,
        `${router}: 10.20.0.0/16 own`,
        "carrier: 10.6.0.0/28 own",
      ]);
    }
  });

  test("`announce` replaces what it covers, and points go on filtering by the endpoints behind the link", () => {
    const plain = twoSegments("allow floor -> shop.web on tcp/443");
    const wide = pipeline(
      plain.replace("carries prod { vlan = 101 }", "carries prod { vlan = 101  announce = { use1 = 10.0.0.0/8 } }"),
    );
    assert.equal(announced(wide, "dx/prod"), ["use1: 10.0.0.0/8 own", "chi: 10.1.0.0/28 own"]);
    const expected = ["reply 10.20.1.0/24 -> 10.1.0.0,10.1.0.2..10.1.0.15"];
    assert.equal(entries(wide, "dx/prod@chi/in"), expected);
    assert.equal(entries(pipeline(plain), "dx/prod@chi/in"), expected);
  });
});

suite("instances and leaks", (test) => {
  test("a core brings a share to the segment's router though the two segments have none in common", () => {
    const made = pipeline(
      twoSegments(
        "share tills with dev  allow lab -> tills on tcp/443",
        'network lab in dev at chi { cidr = 10.3.0.0/28  interface = "xe-0/0/3" }',
      )
        .replace("  carries pci { vlan = 102 }\n", "")
        .replace(/network vault[^\n]*\n/, ""),
    );
    assert.equal(made.findings.map(headline), []);
    assert.equal(routes(made, "dev@chi"), [
      '10.2.0.0/28 share {"kind":"leak","domain":"pci","origin":{"kind":"core"}}',
      '10.3.0.0/28 own {"kind":"attachment","attachment":"lab"}',
    ]);
    assert.equal(routes(made, "pci@ash"), [
      '10.2.0.0/28 own {"kind":"attachment","attachment":"tills"}',
      '10.3.0.0/28 return {"kind":"leak","domain":"dev","origin":{"kind":"core"}}',
    ]);
    const [leak] = made.design.leaks;
    assert.equal(leak?.meeting, { kind: "core", id: "ash" });
    assert.equal([leak?.returnedTarget, leak?.sharedTarget], ["64520:10001", "64520:10002"]);
  });

  test("a hub leaks what propagation brings as surplus, and names it", () => {
    const made = pipeline(
      twoSegments(
        "share vault.cards with prod at use1  allow floor -> vault.cards on tcp/443",
        'network desk in prod at chi { cidr = 10.6.0.0/28  interface = "xe-0/0/8" }',
      ),
    );
    const [leak] = made.design.leaks;
    // All endpoints of the network are shared, so its own prefix is.
    assert.equal(
      leak?.shared.map(({ prefix }) => formatPrefix(prefix)),
      ["10.30.0.0/16"],
    );
    assert.equal(
      leak?.returned.map(({ prefix }) => formatPrefix(prefix)),
      ["10.1.0.0/28"],
    );
    // What the share or its replies ask for is no surplus.
    assert.equal(
      leak?.surplus.map(({ prefix, into }) => `${formatPrefix(prefix)} into ${into}`),
      ["10.6.0.0/28 into pci"],
    );
  });

  test("of an external and of an unmanaged router's network the covering prefix is led across, and named as surplus", () => {
    const made = pipeline(
      twoSegments(
        "share globex.portal + depot.desk with prod  allow floor -> globex.portal + depot.desk on tcp/443",
        `external globex in pci { cidr = 203.0.113.0/24  asn = 65010  host portal { address = 203.0.113.9 } }
router telco { os = unmanaged  asn = 65020 }
link port between chi and globex { kind = handoff  interface = "xe-0/0/8"  carries pci { vlan = 900 } }
link carrier between chi and telco { kind = handoff  interface = "xe-0/0/8"  carries pci { vlan = 901 } }
network depot in pci at telco { cidr = 10.7.0.0/24  host desk { address = 10.7.0.9 } }`,
      ),
    );
    const leaks = made.design.leaks.flatMap(({ shared, surplus }) => [shared, surplus]);
    const texts = leaks.map((list) => list.map(({ prefix }) => formatPrefix(prefix)));
    assert.equal(texts, [
      ["10.7.0.0/24", "203.0.113.0/24"],
      ["10.7.0.0/24", "203.0.113.0/24"],
    ]);
    // The route of the share is there already: surplus adds none.
    assert.equal(routes(made, "prod@chi").filter((one) => one.startsWith("203.")).length, 1);
  });

  test("what two shares bring has the sources of both", () => {
    const made = pipeline(
      twoSegments(
        "share tills with prod  share tills with dev  allow floor -> tills on tcp/443  allow lab -> tills on tcp/443",
        `network lab in dev at chi { cidr = 10.3.0.0/28  interface = "xe-0/0/3" }
external globex in prod { cidr = 203.0.113.0/24  asn = 65010 }
link port between chi and globex { kind = handoff  interface = "xe-0/0/8"  carries prod { vlan = 900 } }
policy more { share tills with prod because "stock"  allow globex -> tills on tcp/443 }`,
      ),
    );
    const [one] = circuit(made, "port/prod").ends[0].announces.filter(({ cause }) => cause.kind === "share");
    assert.is(one?.sources.length, 2);
  });
});

suite("points", (test) => {
  test("a LAN admits flows from here and replies to flows to here, of its own prefixes, never to the router itself", () => {
    const made = pipeline(twoSegments("allow shop.web -> floor on tcp/22  allow floor -> shop.web on tcp/443"));
    const point = made.design.points.find(({ id }) => id === "floor@chi/in");
    assert.equal(point?.entries.map(({ kind, service }) => [kind, service.pieces().map(({ first }) => first)]).sort(), [
      ["flow", [443]],
      ["reply", [22]],
    ]);
    assert.equal(point?.sourceCheck?.texts(), ["10.1.0.0/28"]);
    assert.is(point?.ownAddresses.contains({ family: 4, value: 0x0a010001n }), true);
    assert.equal(point?.prologue, [{ kind: "echo", to: [{ family: 4, value: 0x0a010001n }] }]);
  });

  test("a side may be said with the gateway filled in: a stateless point then closes the gateway as a source itself", () => {
    const made = pipeline(twoSegments("allow floor -> shop.web on tcp/443"));
    const entry = (id: string) => made.design.points.find((one) => one.id === id)?.entries[0];
    assert.equal(entry("shop.web/in")?.coarse?.source.texts(), ["10.1.0.0/28"]);
    assert.equal(entry("shop.web/in")?.source.texts(), ["10.1.0.0", "10.1.0.2..10.1.0.15"]);
    assert.equal(entry("floor@chi/in")?.coarse?.source.texts(), ["10.1.0.0/28"]);
    const point = made.design.points.find((one) => one.id === "floor@chi/in");
    assert.equal(point?.ownSources?.texts(), ["10.1.0.1"]);
  });

  test("links between our routers, and a cloud's link, have no point", () => {
    const made = pipeline(twoSegments("allow floor -> shop.web on tcp/443"));
    assert.equal(
      made.design.points.filter(({ attachment }) => attachment.kind === "circuit").map(({ id }) => id),
      ["dx/pci@chi/in", "dx/prod@chi/in"],
    );
  });
});
