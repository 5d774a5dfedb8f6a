/** Which routes stand in the tables that the links of a hub are associated with. */
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { compileAws, readEmitted } from "./judge.js";

/** Partners at one hub: `beside` adds to the acquirer, whom the vault's cards are for. */
function hub(statements: string, beside = ""): string {
  return `
estate acme { asn = 64520 }
segment partners { }
segment pci { }
cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601 }
network vault in pci at use1 { cidr = 10.30.0.0/16  subnet cards { cidr = 10.30.1.0/26 } subnet keys { cidr = 10.30.2.0/26 } }
network desk in partners at use1 { cidr = 10.40.0.0/16  subnet front { cidr = 10.40.1.0/26 } }
external acquirer in partners { cidr = 203.0.113.64/27  asn = 65020 }
link acquirer-vpn between use1 and acquirer { kind = ipsec  peer-public = 198.51.100.20  carries partners { } }
${beside}
policy cards { ${statements} }
`;
}

const courier = `
external courier in partners { cidr = 203.0.113.96/27  asn = 65030 }
link courier-vpn between use1 and courier { kind = ipsec  peer-public = 198.51.100.30  carries partners { } }
`;

/** What the connections are associated with, and the routes of each of those tables. */
function tables(text: string): Readonly<Record<string, readonly string[]>> {
  const { output, findings } = compileAws(pipeline(text).design);
  assert.equal(findings, []);
  const { blocks } = readEmitted(output);
  const all = (type: string) => [...(blocks.get(`aws_ec2_transit_gateway_${type}`) ?? [])];
  const keyOf = (id: unknown) => /route_table\.(.*)\.id/.exec(String(id))?.[1] ?? "";
  return Object.fromEntries(
    all("route_table_association")
      .filter(([key]) => !key.startsWith("vpc--"))
      .map(([key, body]) => {
        const table = keyOf(body.transit_gateway_route_table_id);
        const within = [...all("route"), ...all("route_table_propagation")]
          .filter(([, one]) => keyOf(one.transit_gateway_route_table_id) === table)
          .map(([route]) => route.slice(table.length + 2));
        return [`${key} in ${table}`, within.sort()] as const;
      }),
  );
}

suite("route tables of links", (test) => {
  test("are the segment's where all of it is for the one link", () => {
    assert.equal(tables(hub("share vault.cards with partners  allow acquirer -> vault.cards on tcp/443")), {
      "vpn--acquirer-vpn--partners--ipv4-1 in use1--partners": [
        "10-30-1-0-26",
        "vpc--desk",
        "vpn--acquirer-vpn--partners--ipv4-1",
      ],
    });
  });

  test("lead a link that nothing is shared with to its own segment only", () => {
    assert.equal(tables(hub("share vault.cards with partners  allow acquirer -> vault.cards on tcp/443", courier)), {
      "vpn--acquirer-vpn--partners--ipv4-1 in use1--partners--links": ["10-30-1-0-26", "vpc--desk"],
      "vpn--courier-vpn--partners--ipv4-1 in use1--partners--links-own": ["vpc--desk"],
    });
    const desk =
      "share vault.cards with partners  allow desk.front -> vault.cards on tcp/443  allow acquirer -> desk.front on tcp/443";
    assert.equal(tables(hub(desk)), {
      "vpn--acquirer-vpn--partners--ipv4-1 in use1--partners--links-own": ["vpc--desk"],
    });
  });

  test("are one for each link that some of what is shared is for", () => {
    const both = `share vault with partners
      allow acquirer -> vault.cards on tcp/443  allow courier -> vault.keys on tcp/443`;
    const parts = both.replace("share vault with", "share vault.cards with partners  share vault.keys with");
    assert.equal(tables(hub(parts, courier)), {
      "vpn--acquirer-vpn--partners--ipv4-1 in use1--partners--link--acquirer-vpn": ["10-30-1-0-26", "vpc--desk"],
      "vpn--courier-vpn--partners--ipv4-1 in use1--partners--link--courier-vpn": ["10-30-2-0-26", "vpc--desk"],
    });
  });

  test("count towards the quota of the hub", () => {
    const text = hub("share vault.cards with partners  allow acquirer -> vault.cards on tcp/443", courier);
    const { headroom } = compileAws(pipeline(text).design).output;
    const used = headroom.find(({ limit }) => limit === "transit-gateway-route-tables");
    assert.is(used?.used, 4);
  });
});
