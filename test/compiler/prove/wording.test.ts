/** What findings of proofs say in words. */
import { affectedText } from "../../../compiler/prove/invariants.js";
import { ask, pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { twoSegments } from "../../support/two-segments.js";

suite("the wording of proofs", (test) => {
  test("counts pairs exactly up to a million, then by powers of ten", () => {
    assert.is(affectedText(1n), "1 pair of endpoints is affected");
    assert.is(affectedText(2n), "2 pairs of endpoints are affected");
    assert.is(affectedText(1_000_000n), "1000000 pairs of endpoints are affected");
    assert.is(affectedText(1_000_001n), "more than 10^6 pairs of endpoints are affected");
    assert.is(affectedText(10_000_000n), "more than 10^6 pairs of endpoints are affected");
    assert.is(affectedText(10_000_001n), "more than 10^7 pairs of endpoints are affected");
    assert.is(
      affectedText(680_564_733_841_876_926_926_749_214_863_536_553_984n),
      "more than 10^38 pairs of endpoints are affected",
    );
  });
});

suite("an open region", (test) => {
  test("that two shares route is told once", () => {
    const made = pipeline(
      twoSegments("share vault with prod  share vault.cards with prod  allow shop.web -> vault.cards on tcp/8443"),
    );
    const { open } = ask(made, "shop.web -> vault.cards on tcp/8443");
    assert.equal(
      open.map(({ source, destination, service }) => [source, destination, service]),
      [["shop", "vault", "tcp/8443"]],
    );
  });
});

suite("the path of a flow", (test) => {
  test("does not lead to the router that its core is named after and back", () => {
    const made = pipeline(`
      edition 1
      estate acme { asn = 64520  owner = "network@acme.example" }
      segment prod {}
      segment office {}
      router aaa { os = junos  loopback = 192.0.2.1 }
      router chi { os = junos  loopback = 192.0.2.2 }
      router dal { os = junos  loopback = 192.0.2.3 }
      link north between aaa and chi { kind = mpls }
      link south between chi and dal { kind = mpls }
      network desks in office at chi { cidr = 10.1.0.0/24  interface = "ge-0/0/3"  vlan = 110 }
      network servers in prod at dal { cidr = 10.2.0.0/24  interface = "ge-0/0/3"  vlan = 120 }
      network phones in office at chi { cidr = 10.3.0.0/24  interface = "ge-0/0/4"  vlan = 130 }
      network telephony in prod at chi { cidr = 10.4.0.0/24  interface = "ge-0/0/4"  vlan = 140 }
      policy desks {
        owner = "workplace@acme.example"
        share servers with office
        share telephony with office
        allow desks -> servers on tcp/443
        allow phones -> telephony on udp/5060
      }`);
    const places = (question: string): readonly (readonly string[])[] =>
      ask(made, question).open.map(({ path }) => path.map((hop) => hop.place));
    assert.equal(places("desks -> servers on tcp/443"), [["chi", "dal"]]);
    assert.equal(places("phones -> telephony on udp/5060"), [["chi"]]);
  });
});
