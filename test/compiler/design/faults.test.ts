/** What designing finds wrong: each finding with its words, its message and its help. */
import { headline, pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { twoSegments } from "../../support/two-segments.js";

/** The findings of designing alone: code, words underlined, message and help. */
function said(text: string): readonly string[] {
  return pipeline(text).designed.map((one) => `${headline(one)} | ${one.help}`);
}

/** The company of two segments with prefixes of its own for link addresses. */
function linkedBy(prefix: string): string {
  const rules = "allow floor -> shop.web on tcp/443  allow tills -> vault.cards on tcp/443";
  return twoSegments(rules).replace("asn = 64520", `asn = 64520  link-addresses = ${prefix}`);
}

const STORE = `
segment prod {}
segment pci {}
router chi { os = junos  loopback = 192.0.2.1 }
network floor in prod at chi { cidr = 10.1.0.0/28  interface = "xe-0/0/1" }
network tills in pci at chi { cidr = 10.2.0.0/28  interface = "xe-0/0/2" }
policy cards { share tills with prod  allow floor -> tills on tcp/443 }
`;

const TUNNEL = `
estate acme { asn = 64520 }
segment prod {}
cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  existing = "tgw-0a1b2c3d4e5f60718" }
router chi { os = junos  loopback = 192.0.2.1 }
link vpn between use1 and chi { kind = ipsec  public = 203.0.113.9  wan-interface = "xe-0/0/2"  carries prod {} }
network floor in prod at chi { cidr = 10.1.0.0/28  interface = "xe-0/0/1" }
network shop in prod at use1 { cidr = 10.20.0.0/16  subnet web { cidr = 10.20.1.0/24 } }
policy shop { allow floor -> shop.web on tcp/443 }
`;

suite("the faults of a design", (test) => {
  test("a pool of link addresses that is too small is said for each circuit without a block", () => {
    assert.equal(said(linkedBy("10.255.0.0/29")), []);
    assert.equal(said(linkedBy("10.255.0.0/30")), [
      "DMC3004: no link address is left for `dx/prod` | prune entries that are no longer used with `--prune-lock`, or give the pool more room",
    ]);
  });

  test("an allocated link address inside a prefix of its segment is shown at the prefix", () => {
    assert.equal(said(linkedBy("10.20.9.0/24")), [
      "DMC3005 `10.20.0.0/16`: the link address 10.20.9.5/30 allocated for `dx/prod` lies inside 10.20.0.0/16 | set `link-addresses` of the estate to prefixes that no network uses, or write `addresses` on the `carries`",
    ]);
  });

  test("a share at a router needs the estate's ASN, also where no router speaks BGP", () => {
    assert.equal(said(`estate acme {}${STORE}`), [
      "DMC3007 `share tills with prod`: a share at a router needs the estate's ASN for its route target | add `asn = 64512` (or your own) to the `estate`",
    ]);
    assert.equal(said(`estate acme { asn = 64512 }${STORE}`), []);
  });

  test("a tunnel by BGP to an existing hub needs the ASN that the hub has", () => {
    assert.equal(said(TUNNEL), [
      "DMC3008 `use1`: the hub of `use1` exists already, and link `vpn` speaks BGP with an ASN that is not written | add `asn` to the cloud: the ASN that its hub has",
    ]);
    assert.equal(said(TUNNEL.replace("provider = aws", "provider = aws  asn = 64601")), []);
  });
});
