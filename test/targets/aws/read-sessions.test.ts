/** Direct Connect and VPN as the reader sees them: exact sessions, and where their routes go. */
import { addresses, addressOf } from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";
import {
  FOLDER,
  inTable,
  type Json,
  moduleFile,
  readOf,
  ref,
  routesOf,
  same,
  shopWith,
  tableOf,
} from "./read-modules.js";

suite("the sessions of an AWS module", (test) => {
  const gateway: Readonly<Record<string, Json>> = {
    "aws_dx_gateway.prod": { name: "prod", amazon_side_asn: "64611" },
    "aws_dx_gateway_association.prod": {
      dx_gateway_id: ref("aws_dx_gateway.prod"),
      associated_gateway_id: ref("aws_ec2_transit_gateway.use1"),
      allowed_prefixes: ["10.20.0.0/16", "2001:db8:20::/56"],
    },
    "aws_dx_transit_virtual_interface.prod": {
      name: "prod",
      connection_id: "dxcon-0a1b2c3d",
      dx_gateway_id: ref("aws_dx_gateway.prod"),
      vlan: 101,
      address_family: "ipv4",
      bgp_asn: 64520,
      bgp_auth_key: ref("var", "key"),
      amazon_address: "169.254.60.2/30",
      customer_address: "169.254.60.1/30",
    },
    "aws_dx_bgp_peer.six": {
      virtual_interface_id: ref("aws_dx_transit_virtual_interface.prod"),
      address_family: "ipv6",
      bgp_asn: 64520,
    },
  };
  const attachment = "data.aws_ec2_transit_gateway_dx_gateway_attachment.prod";
  const connected = (propagated: boolean) =>
    moduleFile({
      ...shopWith(
        {
          ...gateway,
          "aws_ec2_transit_gateway_route_table_association.dx": inTable(attachment),
          ...(propagated ? { "aws_ec2_transit_gateway_route_table_propagation.dx": inTable(attachment) } : {}),
        },
        {
          direct_connect_interfaces: {
            "dx/prod": { virtual_interface_id: ref("aws_dx_transit_virtual_interface.prod") },
          },
        },
      ),
      data: {
        "aws_ec2_transit_gateway_dx_gateway_attachment.prod": {
          dx_gateway_id: ref("aws_dx_gateway.prod"),
          transit_gateway_id: ref("aws_ec2_transit_gateway.use1"),
          depends_on: ["aws_dx_gateway_association.prod"],
        },
      },
      variable: { key: "BGP MD5 key" },
    });

  test("Direct Connect announces exactly the allowed prefixes of the family, whatever the hub's table holds", () => {
    const readback = readOf(connected(true));
    const [four, six] = readback.channels.filter(({ peer }) => peer.kind === "session");
    same(four?.announces?.addresses(), addresses("10.20.0.0/16"));
    same(six?.announces?.addresses(), addresses("2001:db8:20::/56"));
    same(four?.peer, {
      kind: "session",
      routing: "bgp",
      family: 4,
      local: addressOf("169.254.60.2"),
      remote: addressOf("169.254.60.1"),
      localAsn: 64611,
      remoteAsn: 64520,
      vlan: 101,
      connection: "dxcon-0a1b2c3d",
      object: "aws_dx_transit_virtual_interface.prod",
      path: "dx/prod",
      authenticated: true,
      bfd: true,
      mtu: 1500,
    });
    assert.is(six?.peer.kind === "session" ? six.peer.local : "", undefined, "AWS chooses the IPv6 addresses");
  });

  test("packets of a router are looked up among the allowed prefixes, then in the table of the attachment", () => {
    const readback = readOf(connected(true));
    same(routesOf(tableOf(readback, "aws_dx_gateway.prod")), [
      "10.20.0.0/16 static table aws_ec2_transit_gateway_route_table.prod",
      "2001:db8:20::/56 static table aws_ec2_transit_gateway_route_table.prod",
    ]);
    const session = readback.channels.find(({ id }) => id.endsWith("#ipv4"));
    assert.is(session?.table, `${FOLDER}/aws_dx_gateway.prod`);
    assert.is(session?.into, `${FOLDER}/aws_dx_gateway.prod#learned`);
  });

  test("what routers tell reaches a hub's table only by propagation", () => {
    const heard = (propagated: boolean) =>
      readOf(connected(propagated))
        .channels.filter(({ peer }) => peer.kind === "table")
        .map(({ table, next }) => ({ table, next }));
    same(heard(false), []);
    same(heard(true), [
      {
        table: `${FOLDER}/aws_ec2_transit_gateway_route_table.prod`,
        next: { kind: "table", table: `${FOLDER}/aws_dx_gateway.prod#learned` },
      },
    ]);
  });

  const vpn = (more: Json = {}): Readonly<Record<string, Json>> => ({
    "aws_customer_gateway.globex": { type: "ipsec.1", bgp_asn: "65010", ip_address: "198.51.100.7" },
    "aws_vpn_connection.globex": {
      type: "ipsec.1",
      customer_gateway_id: ref("aws_customer_gateway.globex"),
      transit_gateway_id: ref("aws_ec2_transit_gateway.use1"),
      static_routes_only: false,
      tunnel_inside_ip_version: "ipv4",
      tunnel1_inside_cidr: "169.254.21.0/30",
      tunnel2_inside_cidr: "169.254.21.4/30",
      ...more,
    },
    "aws_ec2_transit_gateway_route_table_association.globex": inTable(
      "aws_vpn_connection.globex",
      "prod",
      "transit_gateway_attachment_id",
    ),
  });

  test("a VPN connection is two sessions; AWS is the first host of each inside prefix", () => {
    const readback = readOf(moduleFile(shopWith(vpn())));
    same(
      readback.channels.map(({ id, table, into, peer }) => ({ id, table, into, peer })),
      [1, 2].map((tunnel) => ({
        id: `${FOLDER}/aws_vpn_connection.globex#tunnel${tunnel}`,
        table: `${FOLDER}/aws_ec2_transit_gateway_route_table.prod`,
        into: `${FOLDER}/aws_vpn_connection.globex#learned`,
        peer: {
          kind: "session",
          routing: "bgp",
          family: 4,
          local: addressOf(tunnel === 1 ? "169.254.21.1" : "169.254.21.5"),
          remote: addressOf(tunnel === 1 ? "169.254.21.2" : "169.254.21.6"),
          localAsn: 64601,
          remoteAsn: 65010,
          object: `aws_vpn_connection.globex#tunnel${tunnel}`,
          outside: { family: 4, value: 0xc6336407n },
          authenticated: false,
          bfd: false,
        },
      })),
    );
  });

  test("a static VPN route leaves by both tunnels", () => {
    const readback = readOf(
      moduleFile(
        shopWith({
          ...vpn({ static_routes_only: true }),
          "aws_ec2_transit_gateway_route.globex": {
            destination_cidr_block: "203.0.113.0/26",
            ...inTable("aws_vpn_connection.globex", "prod", "transit_gateway_attachment_id"),
          },
        }),
      ),
    );
    same(routesOf(tableOf(readback, "aws_ec2_transit_gateway_route_table.prod")).slice(0, 2), [
      "203.0.113.0/26 static session aws_vpn_connection.globex#tunnel1",
      "203.0.113.0/26 static session aws_vpn_connection.globex#tunnel2",
    ]);
  });
});
