/** What endpoint expressions denote, by example; and that faults of declarations do not cascade into them. */
import { evaluateEndpoints } from "../../../compiler/check/expressions/endpoints.js";
import { checkStatements } from "../../../compiler/check/statements/statements.js";
import { assert, suite } from "../../support/harness.js";
import { ACME, type ContextOptions, headlines, packageOf } from "./estate-context.js";

/** The value of an expression as `segment: ranges`, or the findings where it has none. */
function denoted(expr: string, options: ContextOptions = {}, more = ""): readonly string[] {
  const made = packageOf(`${ACME}${more}\ngroup probe = ${expr}`, options);
  const [file] = made.files;
  const probe = file?.items.at(-1);
  if (file === undefined || probe?.kind !== "Declaration" || probe.value === undefined) throw new Error("no probe");
  const set = evaluateEndpoints(probe.value, made.context, file);
  if (set === undefined) return headlines(made.diagnostics);
  assert.equal(headlines(made.diagnostics), []);
  return [...set.parts].map(([segment, addresses]) => `${segment}: ${addresses.texts().join(" ")}`);
}

const WEB = "prod: 10.20.1.0/24";
const DB = "prod: 10.20.2.0/24";
const SHOP = "prod: 10.20.1.0..10.20.2.255";

suite("values of endpoint expressions", (test) => {
  test("a segment is all its endpoints, of both families", () => {
    assert.equal(denoted("pci"), ["pci: 10.30.1.0/24 10.31.0.0/24"]);
    assert.equal(denoted("prod"), [
      "prod: 10.1.0.0/24 10.5.0.0/24 10.20.1.0..10.20.2.255 2001:db8:5::/64 2001:db8:9::/64",
    ]);
  });

  test("a network with subnets is exactly its subnets", () => {
    assert.equal(denoted("shop"), [SHOP]);
    assert.equal(denoted("shop.web"), [WEB]);
  });

  test("a host is its addresses, and stays one of its network's", () => {
    assert.equal(denoted("floor.orders"), ["prod: 10.1.0.9"]);
    assert.equal(denoted("floor"), ["prod: 10.1.0.0/24"]);
    assert.equal(denoted("floor - floor.orders"), ["prod: 10.1.0.0..10.1.0.8 10.1.0.10..10.1.0.255"]);
  });

  test("a place is the networks at it, whatever their segments; an external is itself", () => {
    assert.equal(denoted("use1"), ["pci: 10.30.1.0/24", SHOP]);
    assert.equal(denoted("globex"), ["partners: 203.0.113.0/26"]);
    assert.equal(denoted("globex.edi"), ["partners: 203.0.113.9"]);
  });

  test("a LAN on several routers is at each of them", () => {
    assert.equal(denoted("chi"), ["pci: 10.31.0.0/24", "prod: 10.5.0.0/24 2001:db8:5::/64"]);
    assert.equal(denoted("ash"), ["prod: 10.1.0.0/24 10.5.0.0/24 2001:db8:5::/64 2001:db8:9::/64"]);
  });

  test("a subnet on several routers is at each of them, its network's other subnets are not", () => {
    const plant = `
      network plant in dev at chi {
        cidr = 10.70.0.0/16
        subnet hall { cidr = 10.70.1.0/24  attach ash { } }
        subnet yard { cidr = 10.70.2.0/24 }
      }`;
    assert.equal(denoted("ash & dev", {}, plant), ["dev: 10.70.1.0/24"]);
    assert.equal(denoted("chi & dev", {}, plant), ["dev: 10.70.1.0..10.70.2.255"]);
  });

  test("`any` is every endpoint, externals included", () => {
    assert.equal(denoted("any - prod"), ["partners: 203.0.113.0/26", "pci: 10.30.1.0/24 10.31.0.0/24"]);
  });

  test("a group is its value, in other groups too", () => {
    assert.equal(denoted("frontends"), [WEB]);
    assert.equal(denoted("[frontends, both]", {}, "group both = [frontends, shop.db]"), [SHOP]);
  });

  test("`&` binds tighter than `+` and `-`, which lean to the left", () => {
    assert.equal(denoted("shop.web + shop & shop.db"), [SHOP]);
    assert.equal(denoted("shop - shop.db - globex"), [WEB]);
    assert.equal(denoted("shop - (shop.db - globex)"), [WEB]);
    assert.equal(denoted("(shop.web + tills) & prod"), [WEB]);
  });

  test("a literal is the declared endpoints among its addresses, hosts inside included", () => {
    assert.equal(denoted("10.20.0.0/16"), [SHOP]);
    assert.equal(denoted("10.1.0.9"), ["prod: 10.1.0.9"]);
    assert.equal(denoted("10.1.0.8..10.1.0.10"), ["prod: 10.1.0.8..10.1.0.10"]);
    assert.equal(denoted("2001:db8::/32"), ["prod: 2001:db8:5::/64 2001:db8:9::/64"]);
  });

  test("a literal in several segments stands below an `&`, at any depth", () => {
    assert.equal(denoted("10.0.0.0/8 & pci"), ["pci: 10.30.1.0/24 10.31.0.0/24"]);
    assert.equal(denoted("([10.0.0.0/8, globex] - shop) & [pci, partners]"), [
      "partners: 203.0.113.0/26",
      "pci: 10.30.1.0/24 10.31.0.0/24",
    ]);
    assert.equal(denoted("10.0.0.0/8 & 10.30.0.0/15"), ["pci: 10.30.1.0/24 10.31.0.0/24"]);
  });

  test("labels are merged inwards, the inner value wins", () => {
    assert.equal(denoted('prod where app = "shop"'), [SHOP]);
    assert.equal(denoted('floor where tier = "floor"'), ["prod: 10.1.0.0..10.1.0.8 10.1.0.10..10.1.0.255"]);
    assert.equal(denoted('any where tier in ["api", "edge"]'), ["partners: 203.0.113.9", "prod: 10.1.0.9"]);
    assert.equal(denoted('10.20.0.0/16 where tier = "db"'), [DB]);
    assert.equal(denoted('10.20.1.128..10.20.2.7 where tier = "db"'), ["prod: 10.20.2.0/29"]);
    assert.equal(denoted('prod where tier = "web" or not tier in ["floor", "office", "guests", "api", "db"]'), [WEB]);
  });

  test("a negated test is sound where every endpoint has the label", () => {
    assert.equal(denoted('shop where tier != "web"'), [DB]);
    assert.equal(denoted('shop where not (tier = "web")'), [DB]);
    assert.equal(denoted('vault - (vault where tier = "web")'), ["pci: 10.30.1.0/24"]);
  });

  test("what stands right of `-` may be empty", () => {
    assert.equal(denoted("shop - dev"), [SHOP]);
    assert.equal(denoted("shop - (shop & vault)"), [SHOP]);
    assert.equal(denoted("shop - []"), [SHOP]);
  });

  test("keywords and odd names are labels too", () => {
    const lab =
      'network lab in dev at ue4 { cidr = 10.60.0.0/24 subnet a { cidr = 10.60.0.0/25 labels = { at = "x", "not" = "y" } } }';
    assert.equal(denoted('dev where at = "x" and "not" = "y"', {}, lab), ["dev: 10.60.0.0/25"]);
  });
});

suite("faulty declarations", (test) => {
  test("silence what names them, and only that", () => {
    assert.equal(denoted("shop", { faulty: ["shop"] }), []);
    assert.equal(denoted("shop.web", { faulty: ["shop"] }), []);
    assert.equal(denoted("shop.nowhere", { faulty: ["shop"] }), []);
    assert.equal(denoted("shop.web", { faulty: ["shop.web"] }), []);
    assert.equal(denoted("pci", { faulty: ["pci"] }), []);
    assert.equal(denoted("use1", { faulty: ["use1"] }), []);
    assert.equal(denoted("nowhere", { faulty: ["nowhere"] }), []);
    assert.equal(denoted("shop.db", { faulty: ["shop.web"] }), [DB]);
    assert.equal(denoted("tills", { faulty: ["shop"] }), ["pci: 10.31.0.0/24"]);
  });

  test("leave the rest of a wider name", () => {
    assert.equal(denoted("pci", { faulty: ["vault"] }), ["pci: 10.31.0.0/24"]);
    assert.equal(denoted("shop", { faulty: ["shop.web"] }), [DB]);
    assert.equal(denoted("use1", { faulty: ["vault.cards"] }), [SHOP]);
  });

  test("are not reported again as emptiness", () => {
    assert.equal(denoted("vault", { faulty: ["vault.cards"] }), []);
    assert.equal(denoted("pci", { faulty: ["vault", "tills"] }), []);
    assert.equal(denoted("prod & vault", { faulty: ["vault.cards"] }), []);
    assert.equal(denoted('any where tier = "web"', { faulty: ["shop.web"] }), []);
    assert.equal(denoted("pci & use1", { faulty: ["vault"] }), []);
    assert.equal(denoted("10.30.1.9", { faulty: ["vault"] }), []);
    assert.equal(denoted("pci", { faulty: ["use1", "chi"] }), []);
  });

  test("do not hide faults of other sorts", () => {
    assert.equal(denoted("[vault, nowhere]", { faulty: ["vault"] }), [
      "DMC1501 error [nowhere] nothing is called `nowhere` | name a segment, cloud, router, external, network, subnet, host or group",
    ]);
    assert.equal(denoted("dev", { faulty: ["vault"] }).length, 1);
  });

  test("leave out the rules that need them, and say so", () => {
    const text = `${ACME}
      policy cards {
        share vault with prod
        allow tills -> vault on tcp/8443
        allow shop.web -> shop.db on tcp/5432
      }
      never globex -> vault`;
    const made = packageOf(text, { faulty: ["vault"] });
    const { policies, invariants, omitted } = checkStatements(made, made.context);
    assert.equal(headlines(made.diagnostics), []);
    assert.equal(
      policies.flatMap(({ rules, shares }) => [...rules, ...shares].map((each) => each.text)),
      ["shop.web -> shop.db on tcp/5432"],
    );
    assert.equal(invariants, []);
    assert.equal(omitted, { any: true, routing: true });
  });

  test("left out rules alone keep routing judged", () => {
    const made = packageOf(`${ACME} policy shop { allow shop.wbe -> shop.db on tcp/5432 }`);
    assert.equal(checkStatements(made, made.context).omitted, { any: true, routing: false });
    const sound = packageOf(`${ACME} policy shop { allow shop.web -> shop.db on tcp/5432 }`);
    assert.equal(checkStatements(sound, sound.context).omitted, { any: false, routing: false });
  });
});
