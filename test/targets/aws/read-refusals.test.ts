/** What the reader does not model it refuses, at the JSON pointer where it stands. */
import { readAws } from "../../../targets/aws/read.js";
import { assert, suite } from "../../support/harness.js";
import {
  FILE,
  FOLDER,
  inTable,
  type Json,
  type ModuleParts,
  moduleFile,
  ref,
  refusalsOf,
  refused,
  shop,
  shopChanged,
  shopWith,
} from "./read-modules.js";

const RULE = "aws_vpc_security_group_ingress_rule.https";
const ENTRY = "aws_network_acl_rule.in";
const ATTACHMENT = "aws_ec2_transit_gateway_vpc_attachment.shop";
const route = (body: Json): Json => ({
  transit_gateway_route_table_id: ref("aws_ec2_transit_gateway_route_table.prod"),
  ...body,
});

/** What stands in a module, and the refusals with their pointers. */
const cases: Readonly<Record<string, readonly [ModuleParts, ...(readonly string[])]>> = {
  "a type of resource": [
    shopWith({ "aws_internet_gateway.shop": { vpc_id: ref("aws_vpc.shop") } }),
    "/resource/aws_internet_gateway/shop: this type is not modelled",
  ],
  "an attribute": [
    shopChanged("aws_vpc.shop", { instance_tenancy: "dedicated" }),
    "/resource/aws_vpc/shop/instance_tenancy: this attribute is not modelled",
  ],
  "repeated blocks": [
    shopChanged(RULE, { for_each: ["10.1.0.0/24"] }),
    "/resource/aws_vpc_security_group_ingress_rule/https/for_each: this attribute is not modelled",
  ],
  "a reference to nothing": [
    shopChanged(RULE, { security_group_id: ref("aws_security_group.gone") }),
    "/resource/aws_vpc_security_group_ingress_rule/https/security_group_id: the module has no such block",
  ],
  "a reference to something else": [
    shopChanged(RULE, { security_group_id: ref("aws_vpc.shop", "default_security_group_id") }),
    "/resource/aws_vpc_security_group_ingress_rule/https/security_group_id: `aws_security_group.id` is expected here",
  ],
  "a template that computes": [
    shopChanged("aws_route_table_association.web", { subnet_id: "$" + "{element(aws_subnet.web[*].id, 0)}" }),
    "/resource/aws_route_table_association/web/subnet_id: only references to one attribute or variable are modelled",
  ],
  "a variable where a prefix stands": [
    { ...shopChanged(RULE, { cidr_ipv4: ref("var", "office") }), variable: { office: "The office" } },
    "/resource/aws_vpc_security_group_ingress_rule/https/cidr_ipv4: only a value that is written out is modelled here",
  ],
  "a variable that may be any attachment": [
    {
      ...shopWith({
        "aws_ec2_transit_gateway_route_table_propagation.lake": {
          ...inTable(ATTACHMENT),
          transit_gateway_attachment_id: ref("var", "lake"),
        },
      }),
      variable: { lake: "Some attachment" },
    },
    "/resource/aws_ec2_transit_gateway_route_table_propagation/lake/transit_gateway_attachment_id: nothing says what this holds",
  ],
  "trap: a group as peer of a rule is a set of members": [
    shopChanged(RULE, { cidr_ipv4: undefined, referenced_security_group_id: ref("aws_security_group.web") }),
    "/resource/aws_vpc_security_group_ingress_rule/https/referenced_security_group_id: this attribute is not modelled",
    "/resource/aws_vpc_security_group_ingress_rule/https: a rule has one prefix or prefix list",
  ],
  "a rule with two peers": [
    shopChanged(RULE, { cidr_ipv6: "2001:db8::/48" }),
    "/resource/aws_vpc_security_group_ingress_rule/https/cidr_ipv4: a rule has one prefix or prefix list",
  ],
  "trap: ports beside every protocol": [
    shopChanged(RULE, { ip_protocol: "-1" }),
    "/resource/aws_vpc_security_group_ingress_rule/https/from_port: this protocol takes no ports",
  ],
  "trap: TCP without ports": [
    shopChanged(RULE, { from_port: undefined, to_port: undefined }),
    "/resource/aws_vpc_security_group_ingress_rule/https: `from_port` is missing",
    "/resource/aws_vpc_security_group_ingress_rule/https: `to_port` is missing",
  ],
  "a reversed range of ports": [
    shopChanged(RULE, { from_port: 444 }),
    "/resource/aws_vpc_security_group_ingress_rule/https/from_port: the range of ports is reversed",
  ],
  "any text as a protocol": [
    shopChanged(RULE, { ip_protocol: "https" }),
    "/resource/aws_vpc_security_group_ingress_rule/https/ip_protocol: a protocol number, `tcp`, `udp`, `icmp`, `icmpv6` or `-1` is expected here",
  ],
  "ICMP of the other family": [
    shopChanged(RULE, { ip_protocol: "icmpv6", from_port: -1, to_port: -1 }),
    "/resource/aws_vpc_security_group_ingress_rule/https/ip_protocol: this protocol does not go with IPv4",
  ],
  "an ICMP code without a type": [
    shopChanged(RULE, { ip_protocol: "icmp", from_port: -1, to_port: 4 }),
    "/resource/aws_vpc_security_group_ingress_rule/https/to_port: a code needs a type",
  ],
  "host bits in a prefix": [
    shopChanged(RULE, { cidr_ipv4: "10.1.0.1/24" }),
    "/resource/aws_vpc_security_group_ingress_rule/https/cidr_ipv4: this is no prefix with clear host bits",
  ],
  "rules inside a group": [
    shopChanged("aws_security_group.web", { ingress: [{ protocol: "-1", cidr_blocks: ["0.0.0.0/0"] }] }),
    "/resource/aws_security_group/web/ingress: this attribute is not modelled",
  ],
  "rules in a default group": [
    shopChanged("aws_default_security_group.shop", { ingress: [{ protocol: "-1", self: true }] }),
    "/resource/aws_default_security_group/shop/ingress: rules in a default group are not modelled",
  ],
  "a prefix list of the provider": [
    shopChanged(RULE, { cidr_ipv4: undefined, prefix_list_id: "pl-63a5400a" }),
    "/resource/aws_vpc_security_group_ingress_rule/https/prefix_list_id: a reference is expected here",
  ],
  "more entries than a prefix list takes": [
    shopWith({
      "aws_ec2_managed_prefix_list.stores": {
        address_family: "IPv4",
        max_entries: 1,
        entry: [{ cidr: "10.3.0.0/24" }, { cidr: "10.4.0.0/24" }],
      },
    }),
    "/resource/aws_ec2_managed_prefix_list/stores/max_entries: the list has 2 entries, which AWS refuses",
  ],
  "two ACL entries of one number": [
    shopWith({ "aws_network_acl_rule.more": { ...shop().resource[ENTRY], cidr_block: "10.0.0.0/8" } }),
    "/resource/aws_network_acl_rule/more/rule_number: another entry of this direction has the same number",
  ],
  "a number that no ACL has": [
    shopChanged(ENTRY, { rule_number: 40000 }),
    "/resource/aws_network_acl_rule/in/rule_number: a whole number from 1 to 32766 is expected here",
  ],
  "a number in quotes": [
    shopChanged(ENTRY, { rule_number: "100" }),
    "/resource/aws_network_acl_rule/in/rule_number: a whole number from 1 to 32766 is expected here",
  ],
  "two ACLs of one subnet": [
    shopWith({ "aws_network_acl.more": { vpc_id: ref("aws_vpc.shop"), subnet_ids: [ref("aws_subnet.web")] } }),
    "/resource/aws_network_acl/more/subnet_ids/0: a subnet has one network ACL",
  ],
  "two tables of one attachment": [
    shopWith({
      "aws_ec2_transit_gateway_route_table.pci": { transit_gateway_id: ref("aws_ec2_transit_gateway.use1") },
      "aws_ec2_transit_gateway_route_table_association.twice": inTable(ATTACHMENT, "pci"),
    }),
    "/resource/aws_ec2_transit_gateway_route_table_association/twice/transit_gateway_attachment_id: this attachment is associated with two tables",
  ],
  "an association beside the default one": [
    shopWith({
      "aws_ec2_transit_gateway.use1": { default_route_table_propagation: "disable" },
      [ATTACHMENT]: { ...shop().resource[ATTACHMENT], transit_gateway_default_route_table_association: true },
    }),
    "/resource/aws_ec2_transit_gateway_route_table_association/shop/transit_gateway_attachment_id: the default of the hub associates this attachment already",
  ],
  "two routes of one prefix": [
    shopWith({
      "aws_ec2_transit_gateway_route.a": route({ destination_cidr_block: "10.9.0.0/16", blackhole: true }),
      "aws_ec2_transit_gateway_route.b": route({
        destination_cidr_block: "10.9.0.0/16",
        transit_gateway_attachment_id: ref(ATTACHMENT),
      }),
    }),
    "/resource/aws_ec2_transit_gateway_route/b/destination_cidr_block: the table has two routes for 10.9.0.0/16",
  ],
  "a route to nowhere": [
    shopWith({ "aws_ec2_transit_gateway_route.a": route({ destination_cidr_block: "10.9.0.0/16" }) }),
    "/resource/aws_ec2_transit_gateway_route/a: `transit_gateway_attachment_id` is missing",
  ],
  "a route to the hub inside the VPC": [
    shopChanged("aws_route.office", { destination_cidr_block: "10.20.1.0/24" }),
    "/resource/aws_route/office: 10.20.1.0/24 lies inside the VPC, where AWS takes no route to a transit gateway",
  ],
  "a route in the main table": [
    shopWith({
      "aws_default_route_table.shop": {
        default_route_table_id: ref("aws_vpc.shop", "default_route_table_id"),
        route: [{ cidr_block: "0.0.0.0/0", transit_gateway_id: ref("aws_ec2_transit_gateway.use1") }],
      },
    }),
    "/resource/aws_default_route_table/shop/route: routes in the main table are not modelled",
  ],
  "a subnet outside its VPC": [
    shopChanged("aws_subnet.web", { cidr_block: "10.21.1.0/24" }),
    "/resource/aws_subnet/web/cidr_block: 10.21.1.0/24 lies outside the blocks of the VPC, which AWS refuses",
  ],
  "public addresses": [
    shopChanged("aws_subnet.web", { map_public_ip_on_launch: true }),
    "/resource/aws_subnet/web/map_public_ip_on_launch: public addresses are not modelled",
  ],
  "changes that Terraform leaves alone": [
    shopChanged(RULE, { lifecycle: [{ ignore_changes: ["cidr_ipv4"] }] }),
    "/resource/aws_vpc_security_group_ingress_rule/https/lifecycle/0/ignore_changes: what Terraform then leaves alone is not in the files",
  ],
  "a provider that is not configured": [
    shopChanged("aws_subnet.web", { provider: "aws.us-west-2" }),
    "/resource/aws_subnet/web/provider: no provider of the module has this name",
  ],
  "a path that two outputs give": [
    shopWith({}, { subnet_ids: { "shop.web": ref("aws_subnet.web"), "shop.db": ref("aws_subnet.web") } }),
    "/output/subnet_ids/value/shop.db: the same object is `shop.web`",
  ],
  "an output that leads nowhere": [
    shopWith({}, { hints: { db: ref("aws_subnet.db") } }),
    "/output/hints/value/db: the module has no such block",
  ],
  "a secret in a file": [
    shopWith({
      "aws_customer_gateway.globex": { type: "ipsec.1", bgp_asn: "65010", ip_address: "198.51.100.7" },
      "aws_vpn_connection.globex": {
        type: "ipsec.1",
        customer_gateway_id: ref("aws_customer_gateway.globex"),
        transit_gateway_id: ref("aws_ec2_transit_gateway.use1"),
        static_routes_only: false,
        tunnel_inside_ip_version: "ipv4",
        tunnel1_preshared_key: "correct.horse.battery",
      },
    }),
    "/resource/aws_vpn_connection/globex/tunnel1_preshared_key: a secret stands in a file, or is not a variable",
  ],
};

/** Texts that are no module, and the places that are refused. */
const texts: Readonly<Record<string, readonly [string, string]>> = {
  "a key twice": ['{\n"resource": {},\n"resource": {}}', "3: the key `resource` stands twice"],
  "a text that ends": ['{"resource": {', "1: a key in double quotes is expected here"],
  "another document": ["[]", ": a Terraform file is an object"],
  "a module call": ['{"module": {}}', "/module: this part of a Terraform module is not modelled"],
  "local values": ['{"locals": {"a": 1}}', "/locals: this part of a Terraform module is not modelled"],
  "another provider": [
    '{"terraform": {"required_providers": {"aws": {"source": "acme/aws"}}}}',
    "/terraform/required_providers/aws/source: only the provider `hashicorp/aws` is modelled",
  ],
  "half a surrogate pair": ['{"\\ud800": 1}', "1: this string holds half a surrogate pair"],
  "a name that is no identifier": [
    '{"resource": {"aws_vpc": {"a b": {}}}}',
    "/resource/aws_vpc/a b: this is no Terraform identifier",
  ],
};

suite("what the AWS reader refuses", (test) => {
  for (const [name, [parts, ...expected]] of Object.entries(cases)) {
    test(`refuses ${name}`, () => assert.equal(refused(parts), expected));
  }

  for (const [name, [text, expected]] of Object.entries(texts)) {
    test(`refuses ${name}`, () => assert.equal(refusalsOf({ path: FILE, text })[0], expected));
  }

  test("refuses files that Terraform would read in another way, and leaves alone what it keeps beside a module", () => {
    const names = ["main.tf", "override.tf.json", "web_override.tf.json", "notes.md", "modules/web/main.tf.json"];
    for (const name of names) assert.is(readAws([{ path: `${FOLDER}/${name}`, text: "{}" }]).refusals.length, 1, name);
    const beside = ["terraform.tfstate", ".terraform.lock.hcl", "acme.tfvars", ".terraform/modules/modules.json"];
    for (const name of beside) assert.equal(readAws([{ path: `${FOLDER}/${name}`, text: "no" }]).refusals, [], name);
    assert.equal(readAws([{ path: "routers/chi/demarc.set", text: "no" }]).refusals, []);
  });

  test("the account of a provider is that of the folder", () => {
    const file = moduleFile(shop());
    const text = file.text.replace('["111122223333"]', '["999988887777"]');
    assert.equal(refusalsOf({ ...file, text }), [
      "/provider/aws/0/allowed_account_ids: the folder is that of account 111122223333",
    ]);
  });

  test("merges the files of a module, and refuses a block in two of them", () => {
    const whole = moduleFile(shop());
    assert.equal(refusalsOf(whole, { path: `${FOLDER}/other.tf.json`, text: '{"//": "nothing"}' }), []);
    const again = { path: `${FOLDER}/other.tf.json`, text: '{"output": {"vpc_ids": {"value": {}}}}' };
    assert.equal(refusalsOf(whole, again), [`${FOLDER}/other.tf.json /output/vpc_ids: this output stands twice`]);
  });

  test("refuses what is shared with other accounts and is no transit gateway, though nobody uses the share", () => {
    const refusals = refused({
      resource: {
        "aws_ram_resource_share.cards": { name: "cards", allow_external_principals: false },
        "aws_ram_resource_association.cards": {
          resource_share_arn: ref("aws_ram_resource_share.cards", "arn"),
          resource_arn: "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-0a1b2c3d",
        },
      },
    });
    assert.equal(refusals, [
      "/resource/aws_ram_resource_association/cards/resource_arn: this is no id of the kind expected here",
    ]);
  });

  test("refuses routes in the main table of an existing VPC", () => {
    const at = "/resource/aws_default_route_table/shop";
    const refusals = refused({
      resource: {
        "aws_default_route_table.shop": {
          default_route_table_id: "rtb-0a1b2c3d",
          route: [{ cidr_block: "0.0.0.0/0", gateway_id: "igw-0a1b2c3d" }],
        },
      },
    });
    assert.equal(refusals, [
      `${at}/default_route_table_id: a reference is expected here`,
      `${at}/route: routes in the main table are not modelled`,
    ]);
  });
});
