/** Holdings: who owns which endpoints, with which labels (language.md §6). */
import type { Holding } from "../../../compiler/model/estate.js";
import { checkTexts } from "../../support/cases.js";
import { assert, suite } from "../../support/harness.js";

const PLACES = `estate acme { asn = 64520 }
segment prod {}
cloud use1 { provider = aws  region = "us-east-1"  asn = 64601 }
router chi { os = junos  loopback = 192.0.2.1 }
router ash { os = iosxr  loopback = 192.0.2.2 }
router carrier { os = unmanaged  asn = 64999 }
`;

function holdingsOf(text: string): readonly Holding[] {
  const { checked, diagnostics } = checkTexts({ "main.demarc": `${PLACES}${text}` });
  assert.equal(
    diagnostics.map(({ message }) => message),
    [],
  );
  return checked?.estate.holdings ?? [];
}

const lines = (holdings: readonly Holding[]): readonly string[] =>
  holdings.map(({ kind, path, addresses, site }) => `${kind} ${path} at ${site}: ${addresses.texts().join(" ")}`);

suite("holdings", (test) => {
  test("leave the gateway of a LAN to the router, and keep the first and last address", () => {
    const text = 'network floor in prod at chi { cidr = 10.1.0.0/29  interface = "ge-0/0/1" }\n';
    assert.equal(lines(holdingsOf(text)), ["network floor at floor: 10.1.0.0 10.1.0.2..10.1.0.7"]);
  });

  test("leave every router's address on a LAN to it", () => {
    const text = `network floor in prod at chi {
      cidr = 10.1.0.0/29  interface = "ge-0/0/1"  address = 10.1.0.2/29
      attach ash { interface = "GigabitEthernet0/0/0/1"  address = 10.1.0.3/29 }
      host till { address = 10.1.0.6 }
    }\n`;
    assert.equal(lines(holdingsOf(text)), [
      "network floor at floor: 10.1.0.0 10.1.0.4/31 10.1.0.7",
      "host floor.till at floor: 10.1.0.6",
    ]);
  });

  test("keep all addresses behind a next hop and at an unmanaged router", () => {
    const text = `network depot in prod at chi { cidr = 10.2.0.0/30  interface = "ge-0/0/1"  next-hop = 192.168.9.2  address = 192.168.9.1/30 }
network yard in prod at carrier { cidr = 10.3.0.0/30 }\n`;
    assert.equal(lines(holdingsOf(text)), ["network depot at depot: 10.2.0.0/30", "network yard at yard: 10.3.0.0/30"]);
  });

  test("are of the subnets where a network has any; a subnet is a site where it is a LAN", () => {
    const text = `network shop in prod at use1 {
      cidr = 10.20.0.0/16
      subnet web { cidr = 10.20.1.0/28  host front { address = 10.20.1.7 } }
    }
network floor in prod at chi {
      cidr = 10.1.0.0/24
      subnet east { cidr = 10.1.0.0/30  interface = "ge-0/0/1" }
    }\n`;
    assert.equal(lines(holdingsOf(text)), [
      "subnet floor.east at floor.east: 10.1.0.0 10.1.0.2/31",
      "subnet shop.web at shop: 10.20.1.0..10.20.1.6 10.20.1.8/29",
      "host shop.web.front at shop: 10.20.1.7",
    ]);
  });

  test("of a summary are what no longer prefix of the segment owns", () => {
    const text = `external branches in prod { cidr = 10.0.0.0/29  summary = true }
external north in prod { cidr = 10.0.0.4/31  summary = true }
external kiosk in prod { cidr = 10.0.0.5/32 }\n`;
    assert.equal(lines(holdingsOf(text)), [
      "external branches at branches: 10.0.0.0/30 10.0.0.6/31",
      "external kiosk at kiosk: 10.0.0.5",
      "external north at north: 10.0.0.4",
    ]);
  });

  test("have labels merged inwards, of which the inner wins", () => {
    const text = `network shop in prod at use1 {
      cidr = 10.20.0.0/16
      labels = { tier = "any", team = "shop" }
      subnet web {
        cidr = 10.20.1.0/28
        labels = { tier = "web" }
        host front { address = 10.20.1.7  labels = { role = "front", team = "edge" } }
      }
    }\n`;
    const labels = holdingsOf(text).map(({ path, labels: own }) => `${path} ${JSON.stringify([...own])}`);
    assert.equal(labels, [
      'shop.web [["team","shop"],["tier","web"]]',
      'shop.web.front [["role","front"],["team","edge"],["tier","web"]]',
    ]);
  });

  test("go without what is faulty, whose name stays known", () => {
    const text = `${PLACES}network shop in prod at use1 {
      cidr = 10.20.0.0/16
      subnet web { cidr = 10.20.1.0/24 }
      subnet db { cidr = 10.21.2.0/24 }
    }
policy shop { allow shop.web -> shop.db on tcp/5432 }\n`;
    const { checked, diagnostics } = checkTexts({ "main.demarc": text });
    assert.equal(
      diagnostics.map(({ code }) => code),
      ["DMC1303"],
    );
    assert.equal(
      checked?.estate.holdings.map(({ path }) => path),
      ["shop.web"],
    );
    assert.equal([...(checked?.context.faulty ?? [])], ["shop.db"]);
    assert.equal(checked?.estate.omitted, { any: true, routing: true });
  });
});
