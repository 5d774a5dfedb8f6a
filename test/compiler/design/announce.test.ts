import { formatPrefix } from "../../../grammar/address.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";

const estate = (policy: string): string => `
  estate acme { asn = 64520 }
  segment prod {}
  segment pci {}
  cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601 }
  router chi { os = junos  loopback = 192.0.2.1 }
  router ash { os = junos  loopback = 192.0.2.2 }
  link backbone between chi and ash { kind = mpls }
  link dx between use1 and chi {
    kind = direct-connect
    interface = "xe-0/0/2"
    carries prod { vlan = 101  announce = { use1 = 10.0.0.0/8 } }
  }
  network shop in prod at use1 {
    cidr = 10.20.0.0/16
    subnet web { cidr = 10.20.1.0/24 }
    subnet db { cidr = 10.20.2.0/24 }
  }
  network floor in prod at ash { cidr = 192.168.1.0/24  interface = "xe-0/0/1" }
  network tills in pci at ash { cidr = 192.168.2.0/24  interface = "xe-0/0/3" }
  policy shop { ${policy} }
`;

suite("announce", (test) => {
  test("beyond an end that announces a covering prefix, through the core too, that one is known", () => {
    const { design } = pipeline(estate("allow floor -> shop.web on tcp/443"));
    const shop = design.instances.find(({ id }) => id === "prod@ash")?.routes.filter(({ site }) => site === "shop");
    assert.equal(
      shop?.map(({ prefix, origin }) => [formatPrefix(prefix), origin.kind]),
      [["10.0.0.0/8", "core"]],
    );
    const ends = design.circuits.find(({ id }) => id === "dx/prod")?.ends ?? [];
    assert.equal(
      ends.map(({ announces }) => announces.map(({ prefix }) => formatPrefix(prefix))),
      [["10.0.0.0/8"], ["192.168.1.0/24"]],
    );
  });

  test("the filter of the link holds the rules of what lies behind it, whatever is announced", () => {
    const { design } = pipeline(estate("allow floor <-> shop.web on tcp/443"));
    const point = design.points.find(({ id }) => id === "dx/prod@chi/in");
    assert.equal(point?.entries.map(({ kind, source }) => [kind, source.texts()]).sort(), [
      ["flow", ["10.20.1.0/24"]],
      ["reply", ["10.20.1.0/24"]],
    ]);
  });

  test("a share of a part that a covering prefix hides is an error, since no route would come of it", () => {
    const { findings } = pipeline(estate("share shop.web with pci  allow tills -> shop.web on tcp/443"), {
      faulty: true,
    });
    assert.equal(
      findings.map(({ code, message }) => `${code} ${message}`),
      [
        "DMC3009 10.20.1.0/24 of `shop` never comes to where this share meets: a link on the way announces another prefix in its place",
      ],
    );
  });
});
