/** The route plane on hand-made readbacks: two segments on one router, a share between them, nothing else. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import { PrefixSpace } from "../../../compiler/validate/prefix-space.js";
import type { Readback, ReadTable, RoutePolicy } from "../../../compiler/validate/readback.js";
import { judgeRoutes } from "../../../compiler/validate/route-plane.js";
import { type Prefix, prefixOf } from "../../../grammar/address.js";
import { addressOf } from "../../support/designs.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";

const { relations, design } = pipeline(`
segment prod { }
segment office { }
router chi { os = junos  loopback = 192.0.2.1  asn = 64520 }
network desks in office at chi { cidr = 10.1.0.0/24  interface = "xe-0/0/1" }
network shelf in prod at chi { cidr = 10.2.0.0/24  interface = "xe-0/0/2" }
policy shop { share shelf with office  allow desks -> shelf on tcp/443 }
`);

const at = { file: "routers/chi/junos.set", at: 7 };
const DESKS = prefixOf(addressOf("10.1.0.0"), 24);
const SHELF = prefixOf(addressOf("10.2.0.0"), 24);

/** Accepts some prefixes, whatever their origin, or those of the table itself. */
function policy(name: string, prefixes: readonly Prefix[], own = true): RoutePolicy {
  const origins = own ? { origins: ["connected"] as const } : {};
  const match = { prefixes: PrefixSpace.ofPrefixes(prefixes), ...origins };
  return { name, at, terms: [{ match, action: "accept", at }] };
}

function table(
  name: string,
  own: Prefix,
  port: string,
  given: Pick<NonNullable<ReadTable["vpn"]>, "export" | "import">,
) {
  const route = { prefix: own, next: { kind: "attached", to: port }, origin: "connected", at } as const;
  const vpn = { distinguisher: `192.0.2.1:${port}`, local: true, ...given };
  return { id: `chi/${name}`, device: "routers/chi", name, kind: "vrf", routes: [route], vpn, at } as const;
}

function lan(id: string, vrf: string, gateway: string) {
  const rest = { virtual: [], families: [4] as const, addresses: [{ address: addressOf(gateway), length: 24 }], at };
  return { id, device: "routers/chi", port: id, table: `chi/${vrf}`, ...rest };
}

const office = table("office", DESKS, "xe-0/0/1", {
  export: policy("office-out", [DESKS]),
  import: policy("office-in", [SHELF], false),
});
const prod = table("prod", SHELF, "xe-0/0/2", {
  export: policy("prod-out", [SHELF]),
  import: policy("prod-in", [DESKS], false),
});

function judge(...tables: readonly ReadTable[]): readonly string[] {
  const readback: Readback = {
    target: "junos",
    devices: [{ id: "routers/chi", folder: "routers/chi", at }],
    tables,
    interfaces: [lan("xe-0/0/1", "office", "10.1.0.1"), lan("xe-0/0/2", "prod", "10.2.0.1")],
    ...{ channels: [], attachments: [], filters: [], bindings: [], assumptions: [] },
  };
  const read = [{ target: "junos", places: ["chi"], readback }];
  const { findings } = judgeRoutes({ relations, design, settings: defaultSettings, read }, []);
  return findings.map((one) => `${one.kind} ${one.subject}: ${one.what}`);
}

suite("the route plane", (test) => {
  test("finds nothing where what is shared has a way there and back", () => {
    assert.equal(judge(office, prod), []);
  });

  test("wants both halves of a leak", () => {
    const deaf = { ...prod, vpn: { ...prod.vpn, import: policy("prod-in", [], false) } };
    assert.ok(
      judge(office, deaf).includes("route-missing prod: packets from `shelf` to `10.1.0.0` in `desks` lead nowhere"),
    );
    const alone = { ...office, vpn: { ...office.vpn, import: policy("office-in", [], false) } };
    assert.ok(
      judge(alone, prod).includes("route-missing office: packets from `desks` to `10.2.0.0` in `shelf` lead nowhere"),
    );
  });

  test("finds a route that nothing brings", () => {
    const stray = {
      prefix: prefixOf(addressOf("10.9.0.0"), 16),
      next: { kind: "discard" },
      origin: "static",
      at,
    } as const;
    assert.equal(judge(office, { ...prod, routes: [...prod.routes, stray] }), [
      "route-surplus prod: the table has a route to 10.9.0.0/16, which nothing brings into `prod`",
    ]);
  });

  test("refuses an export of what was imported from another segment", () => {
    const again = { ...office, vpn: { ...office.vpn, export: policy("office-out", [DESKS, SHELF], false) } };
    assert.equal(judge(again, prod), ["re-export office: it exports 10.2.0.0/24 again, which it imported from `prod`"]);
  });
});
