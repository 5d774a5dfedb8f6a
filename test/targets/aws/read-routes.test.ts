/** The route plane that the reader makes of small modules: exact attachments and tables. */
import { addresses } from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";
import {
  FILE,
  FOLDER,
  inTable,
  type Json,
  moduleFile,
  readOf,
  ref,
  routesOf,
  same,
  shop,
  shopWith,
  tableOf,
} from "./read-modules.js";

const at = (pointer: string) => ({ file: FILE, at: pointer });

/** A second VPC in a segment of its own, its table associated and nothing propagated. */
const vault: Readonly<Record<string, Json>> = {
  "aws_vpc.vault": { cidr_block: "10.30.0.0/16" },
  "aws_subnet.cards": {
    vpc_id: ref("aws_vpc.vault"),
    cidr_block: "10.30.1.0/24",
    availability_zone: "us-east-1a",
  },
  "aws_ec2_transit_gateway_vpc_attachment.vault": {
    transit_gateway_id: ref("aws_ec2_transit_gateway.use1"),
    vpc_id: ref("aws_vpc.vault"),
    subnet_ids: [ref("aws_subnet.cards")],
    transit_gateway_default_route_table_association: false,
    transit_gateway_default_route_table_propagation: false,
  },
};

suite("the route plane of an AWS module", (test) => {
  test("a subnet is an attachment with its addresses, its path and its table", () => {
    same(readOf(moduleFile(shop())).attachments, [
      {
        id: `${FOLDER}/aws_subnet.web`,
        kind: "subnet",
        device: `${FOLDER}/use1`,
        path: "shop.web",
        addresses: addresses("10.20.1.0/24"),
        table: `${FOLDER}/aws_route_table.shop`,
        network: `${FOLDER}/aws_vpc.shop`,
        at: at("/resource/aws_subnet/web"),
      },
    ]);
  });

  test("a VPC's table has its local route by itself, and leads into the hub's table of the attachment", () => {
    const readback = readOf(moduleFile(shop()));
    same(routesOf(tableOf(readback, "aws_route_table.shop")), [
      "10.20.0.0/16 provider attached aws_vpc.shop",
      "10.1.0.0/24 static table aws_ec2_transit_gateway_route_table.prod",
    ]);
    same(routesOf(tableOf(readback, "aws_vpc.shop#main")), ["10.20.0.0/16 provider attached aws_vpc.shop"]);
  });

  test("propagation brings every block of the VPC, IPv6 only where the attachment carries it", () => {
    const more: Readonly<Record<string, Json>> = {
      "aws_vpc_ipv4_cidr_block_association.more": { vpc_id: ref("aws_vpc.shop"), cidr_block: "10.21.0.0/16" },
      "aws_vpc_ipv6_cidr_block_association.six": {
        vpc_id: ref("aws_vpc.shop"),
        ipv6_cidr_block: "2001:db8:20::/56",
        ipv6_pool: "ipv6pool-ec2-0a1b2c3d",
      },
    };
    const four = readOf(moduleFile(shopWith(more)));
    same(routesOf(tableOf(four, "aws_ec2_transit_gateway_route_table.prod")), [
      "10.20.0.0/16 provider attached aws_vpc.shop",
      "10.21.0.0/16 provider attached aws_vpc.shop",
    ]);
    const attachment = "aws_ec2_transit_gateway_vpc_attachment.shop";
    const both = readOf(
      moduleFile(shopWith({ ...more, [attachment]: { ...shop().resource[attachment], ipv6_support: "enable" } })),
    );
    same(routesOf(tableOf(both, "aws_ec2_transit_gateway_route_table.prod")), [
      "10.20.0.0/16 provider attached aws_vpc.shop",
      "10.21.0.0/16 provider attached aws_vpc.shop",
      "2001:db8:20::/56 provider attached aws_vpc.shop",
    ]);
  });

  test("a static route of the hub hides the propagated one; a blackhole discards", () => {
    const route = (body: Json): Json => ({
      transit_gateway_route_table_id: ref("aws_ec2_transit_gateway_route_table.prod"),
      ...body,
    });
    const readback = readOf(
      moduleFile(
        shopWith({
          ...vault,
          "aws_ec2_transit_gateway_route.own": route({
            destination_cidr_block: "10.20.0.0/16",
            transit_gateway_attachment_id: ref("aws_ec2_transit_gateway_vpc_attachment.vault"),
          }),
          "aws_ec2_transit_gateway_route.none": route({ destination_cidr_block: "10.99.0.0/16", blackhole: true }),
        }),
      ),
    );
    same(routesOf(tableOf(readback, "aws_ec2_transit_gateway_route_table.prod")), [
      "10.20.0.0/16 static attached aws_vpc.vault",
      "10.99.0.0/16 static discard",
    ]);
  });

  test("without an association packets that reach the hub go nowhere", () => {
    const readback = readOf(
      moduleFile(shopWith({ "aws_ec2_transit_gateway_route_table_association.shop": undefined })),
    );
    same(routesOf(tableOf(readback, "aws_route_table.shop"))[1], "10.1.0.0/24 static discard");
  });

  test("trap: the default table of a hub is on unless it is disabled, and holds every attachment", () => {
    const attachment = "aws_ec2_transit_gateway_vpc_attachment.shop";
    const { transit_gateway_default_route_table_association: _, ...open } = shop().resource[attachment] ?? {};
    const readback = readOf(
      moduleFile(
        shopWith({
          "aws_ec2_transit_gateway.use1": {},
          [attachment]: open,
          "aws_ec2_transit_gateway_route_table_association.shop": undefined,
        }),
      ),
    );
    same(routesOf(tableOf(readback, "aws_route_table.shop"))[1], "10.1.0.0/24 static table use1#default");
    same(routesOf(tableOf(readback, "use1#default")), []);
  });

  test("trap: a subnet in a zone without an attachment does not reach the hub", () => {
    const readback = readOf(
      moduleFile(
        shopWith({
          "aws_subnet.db": { vpc_id: ref("aws_vpc.shop"), cidr_block: "10.20.2.0/24", availability_zone: "us-east-1b" },
          "aws_route_table_association.db": {
            subnet_id: ref("aws_subnet.db"),
            route_table_id: ref("aws_route_table.shop"),
          },
        }),
      ),
    );
    const db = readback.attachments.find(({ id }) => id.endsWith("aws_subnet.db"));
    assert.is(db?.table, `${FOLDER}/aws_route_table.shop#no-zone`);
    same(routesOf(tableOf(readback, "aws_route_table.shop#no-zone")), [
      "10.20.0.0/16 provider attached aws_vpc.shop",
      "10.1.0.0/24 static discard",
    ]);
  });

  test("trap: a subnet without an association uses the main table", () => {
    const readback = readOf(moduleFile(shopWith({ "aws_route_table_association.web": undefined })));
    assert.is(readback.attachments[0]?.table, `${FOLDER}/aws_vpc.shop#main`);
  });

  test("trap: an attachment of another account does nothing until it is accepted and shared", () => {
    const hub = shop().resource["aws_ec2_transit_gateway.use1"] ?? {};
    const transit_gateway_id = ref("aws_ec2_transit_gateway.use1");
    const share: Readonly<Record<string, Json>> = {
      "aws_ram_resource_share.use1": { name: "use1", allow_external_principals: false },
      "aws_ram_resource_association.use1": {
        resource_arn: ref("aws_ec2_transit_gateway.use1", "arn"),
        resource_share_arn: ref("aws_ram_resource_share.use1", "arn"),
      },
      "aws_ram_principal_association.use1": {
        principal: "444455556666",
        resource_share_arn: ref("aws_ram_resource_share.use1", "arn"),
      },
    };
    const accepter = "aws_ec2_transit_gateway_vpc_attachment_accepter.lake";
    const home = (more: Readonly<Record<string, Json>>) =>
      moduleFile({
        resource: {
          "aws_ec2_transit_gateway.use1": hub,
          "aws_ec2_transit_gateway_route_table.prod": { transit_gateway_id },
          [accepter]: {
            transit_gateway_attachment_id: ref("var", "attachment_lake"),
            transit_gateway_default_route_table_association: false,
            transit_gateway_default_route_table_propagation: false,
          },
          "aws_ec2_transit_gateway_route_table_propagation.lake": inTable(
            accepter,
            "prod",
            "transit_gateway_attachment_id",
          ),
          ...more,
        },
        variable: {
          attachment_lake: "Id of the attachment of lake: output vpc_attachment_ids of module aws/444455556666",
        },
        output: { transit_gateway_ids: { use1: transit_gateway_id } },
      });
    const away = moduleFile(
      {
        resource: {
          "aws_vpc.lake": { cidr_block: "10.50.0.0/16" },
          "aws_subnet.raw": {
            vpc_id: ref("aws_vpc.lake"),
            cidr_block: "10.50.1.0/24",
            availability_zone: "us-east-1a",
          },
          "aws_ec2_transit_gateway_vpc_attachment.lake": {
            transit_gateway_id: ref("var", "hub"),
            vpc_id: ref("aws_vpc.lake"),
            subnet_ids: [ref("aws_subnet.raw")],
          },
        },
        variable: { hub: "Id of the transit gateway use1: output transit_gateway_ids of module aws/111122223333" },
        output: { vpc_attachment_ids: { lake: ref("aws_ec2_transit_gateway_vpc_attachment.lake") } },
      },
      "aws/444455556666",
    );
    const routes = (more: Readonly<Record<string, Json>>) =>
      routesOf(tableOf(readOf(home(more), away), "aws_ec2_transit_gateway_route_table.prod"));
    same(routes({}), []);
    same(routes(share), ["10.50.0.0/16 provider attached aws/444455556666/aws_vpc.lake"]);
    same(
      readOf(home(share), away).assumptions.map(({ id }) => id),
      ["aws/111122223333/var.attachment_lake", "aws/444455556666/var.hub"],
    );
  });
});
