/** The tree that a design becomes: what is created, what is only referred to, and how attachments meet route tables. */
import type { Remark } from "../../../compiler/contract.js";
import type { Design } from "../../../compiler/design/design.js";
import * as make from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";
import { acmeDesign, legacyDesign, shopDesign } from "./estates.js";
import { compileAws } from "./judge.js";

/** Parsed JSON whose shape each test knows. */
interface Json {
  readonly [key: string]: Json;
}

/** One module, all its files merged: `resource`, `data`, `variable`, `output` by type and key. */
function moduleOf(design: Design, folder: string): Json {
  const { output, findings } = compileAws(design);
  assert.equal(findings, []);
  const merged: Record<string, Record<string, object>> = {};
  for (const { path, text } of output.artefacts) {
    if (!path.startsWith(`aws/${folder}/`)) continue;
    for (const [part, types] of Object.entries<object>(JSON.parse(text))) {
      if (typeof types !== "object" || Array.isArray(types)) continue;
      const known = merged[part] ?? {};
      for (const [type, keys] of Object.entries(types)) known[type] = { ...known[type], ...keys };
      merged[part] = known;
    }
  }
  return merged as unknown as Json;
}

function keys(module: Json, part: string, type: string): readonly string[] {
  return Object.keys(module[part]?.[type] ?? {});
}

function texts(remarks: readonly Remark[]): readonly string[] {
  return remarks.map(({ kind, subject, text }) => `${kind} ${subject}: ${text}`);
}

suite("AWS modules", (test) => {
  test("are one for each account, and one for a cloud without", () => {
    const folders = (design: Design) => [
      ...new Set(compileAws(design).output.artefacts.map(({ path }) => path.split("/")[1])),
    ];
    assert.equal(folders(legacyDesign()), ["111122223333", "444455556666"]);
    const shop = shopDesign();
    const clouds = [make.awsCloud("use1", { asn: make.located(64601) })];
    assert.equal(folders({ ...shop, estate: { ...shop.estate, clouds } }), ["use1"]);
  });

  test("have a provider for each region, tied to the account", () => {
    const { output } = compileAws(legacyDesign());
    const providers = output.artefacts.find(({ path }) => path === "aws/111122223333/providers.tf.json");
    const aws = JSON.parse(providers?.text ?? "{}").provider.aws;
    assert.equal(
      aws.map((one: { alias: string; allowed_account_ids: readonly string[] }) => [one.alias, one.allowed_account_ids]),
      [
        ["us-east-1", ["111122223333"]],
        ["us-west-2", ["111122223333"]],
      ],
    );
  });

  test("refer to an existing hub, VPC, subnet and route table by id and make none of them", () => {
    const module = moduleOf(legacyDesign(), "111122223333");
    assert.equal(keys(module, "resource", "aws_vpc"), []);
    assert.equal(keys(module, "resource", "aws_ec2_transit_gateway"), ["usw2"]);
    assert.equal(keys(module, "resource", "aws_subnet"), ["till--new"]);
    assert.equal(keys(module, "resource", "aws_default_security_group"), []);
    assert.is(
      module.resource?.aws_ec2_transit_gateway_vpc_attachment?.till?.vpc_id as unknown,
      "vpc-0a1b2c3d4e5f60718",
    );
    assert.equal(keys(module, "resource", "aws_route"), [
      "till--10-1-0-0-24",
      "till--app--10-1-0-0-24",
      "till--batch--10-1-0-0-24",
    ]);
    const routes = module.resource?.aws_route;
    assert.is(routes?.["till--app--10-1-0-0-24"]?.route_table_id as unknown, "rtb-0a1b2c3d4e5f60718");
    assert.match(String(routes?.["till--batch--10-1-0-0-24"]?.route_table_id), "var.route_table_till--batch");
    assert.equal(keys(module, "data", "aws_vpc"), []);
    const association = module.resource?.aws_ec2_transit_gateway_route_table_association?.["vpc--till"];
    assert.is(association?.replace_existing_association as unknown, true);
  });

  test("share a hub with the account of a network that lies elsewhere", () => {
    const hub = moduleOf(legacyDesign(), "111122223333");
    const other = moduleOf(legacyDesign(), "444455556666");
    assert.equal(keys(hub, "resource", "aws_ram_principal_association"), ["usw2--444455556666"]);
    assert.equal(keys(hub, "resource", "aws_ec2_transit_gateway_vpc_attachment_accepter"), ["lake"]);
    assert.equal(
      keys(hub, "resource", "aws_ec2_transit_gateway_route_table_propagation").includes("usw2--prod--vpc--lake"),
      true,
    );
    const attachment = other.resource?.aws_ec2_transit_gateway_vpc_attachment?.lake;
    assert.match(String(attachment?.transit_gateway_id), "var.transit_gateway_usw2");
    assert.is(attachment?.transit_gateway_default_route_table_association, undefined);
    assert.equal(
      Object.keys(hub.variable ?? {}).filter((name) => name.startsWith("attachment_")),
      ["attachment_lake"],
    );
    assert.match(
      String(other.output?.vpc_attachment_ids?.value?.lake),
      "aws_ec2_transit_gateway_vpc_attachment.lake.id",
    );
  });

  test("give a VPC all its prefixes, IPv6 from the pool, and its subnets after them", () => {
    const other = moduleOf(legacyDesign(), "444455556666").resource;
    assert.is(other?.aws_vpc?.lake?.cidr_block as unknown, "10.50.0.0/16");
    assert.equal(Object.keys(other?.aws_vpc_ipv4_cidr_block_association ?? {}), ["lake--10-51-0-0-16"]);
    const six = other?.aws_vpc_ipv6_cidr_block_association?.["lake--2001_db8_50__-56"];
    assert.is(six?.ipv6_pool as unknown, "ipv6pool-ec2-0a1b2c3d");
    assert.equal(other?.aws_subnet?.["lake--raw"]?.depends_on as unknown, [
      "aws_vpc_ipv6_cidr_block_association.lake--2001_db8_50__-56",
      "aws_vpc_ipv4_cidr_block_association.lake--10-51-0-0-16",
    ]);
    assert.is(other?.aws_subnet?.["lake--six"]?.ipv6_native as unknown, true);
    assert.is(other?.aws_subnet?.["lake--six"]?.availability_zone_id as unknown, "usw2-az4");
  });

  test("route a VPN without BGP by static routes, and one of both families by a connection each", () => {
    const { resource } = moduleOf(legacyDesign(), "111122223333");
    assert.equal(keys({ resource } as unknown as Json, "resource", "aws_vpn_connection"), [
      "carrier--prod--ipv4-1",
      "carrier--prod--ipv6-1",
      "depot-vpn--prod--ipv4-1",
    ]);
    const connections = resource?.aws_vpn_connection;
    assert.is(connections?.["depot-vpn--prod--ipv4-1"]?.static_routes_only as unknown, true);
    assert.is(connections?.["carrier--prod--ipv6-1"]?.tunnel1_inside_ipv6_cidr as unknown, "fd64::/126");
    assert.is(connections?.["carrier--prod--ipv6-1"]?.tunnel1_inside_cidr, undefined);
    assert.equal(Object.keys(resource?.aws_ec2_transit_gateway_route ?? {}), ["usw2--prod--203-0-113-64-26"]);
    assert.equal(Object.keys(resource?.aws_ec2_transit_gateway_route_table_propagation ?? {}), [
      "use1--prod--dx--use1--prod",
      "use1--prod--vpc--till",
      "usw2--prod--links--vpc--lake",
      "usw2--prod--vpc--lake",
      "usw2--prod--vpn--carrier--prod--ipv4-1",
      "usw2--prod--vpn--carrier--prod--ipv6-1",
    ]);
    const gateways = Object.values(resource?.aws_customer_gateway ?? {}) as unknown as readonly Json[];
    assert.equal(
      gateways.map(({ bgp_asn, bgp_asn_extended }) => [bgp_asn, bgp_asn_extended] as unknown),
      [
        [undefined, "4200000100"],
        ["65000", undefined],
      ],
    );
  });

  test("ask for ids and secrets that the source does not hold", () => {
    const { variable } = moduleOf(legacyDesign(), "111122223333");
    assert.equal(Object.keys(variable ?? {}), [
      "attachment_lake",
      "connection_port",
      "flow_log_role_use1",
      "public_carrier_1",
      "public_depot-vpn_1",
      "route_table_till--batch",
      "secret_port-prod",
      "secret_vpn_x20_key_x20_1",
      "secret_vpn_x20_key_x20_2",
      "secret_vpn_x20_key_x20_3",
      "secret_vpn_x20_key_x20_4",
    ]);
    for (const [name, one] of Object.entries(variable ?? {})) {
      assert.is(Boolean(one.sensitive), name.startsWith("secret_"), name);
    }
  });

  test("accept a hosted connection before they use it", () => {
    const { resource } = moduleOf(legacyDesign(), "111122223333");
    assert.match(String(resource?.aws_dx_connection_confirmation?.port?.connection_id), "var.connection_port");
    const face = resource?.aws_dx_transit_virtual_interface?.["port--prod"];
    assert.match(String(face?.connection_id), "aws_dx_connection_confirmation.port.id");
    assert.is(face?.amazon_address as unknown, "169.254.60.2/30");
    assert.is(face?.bgp_asn as unknown, 64520);
  });

  test("hold no secret", () => {
    for (const { text } of compileAws(acmeDesign()).output.artefacts) {
      for (const match of text.matchAll(/"(?:bgp_auth_key|tunnel[12]_preshared_key)": "([^"]*)"/g)) {
        assert.match(match[1] ?? "", /^\$\{var\.secret_[A-Za-z0-9_-]+\}$/);
      }
    }
  });

  test("propagate a link into a table that it is leaked to, and keep the surplus out of VPCs", () => {
    const base = acmeDesign();
    const origin = { kind: "leak", domain: "pci", origin: { kind: "circuit", circuit: "dx/pci" } } as const;
    const share = { share: "tills-11112222", domain: "pci" } as const;
    const instances = base.instances.map((one) =>
      one.domain === "prod"
        ? {
            ...one,
            routes: [
              ...one.routes,
              make.route("10.31.0.0/24", "tills", origin, { kind: "share", ...share }),
              make.route("10.32.0.0/24", "vaults", origin, { kind: "surplus", ...share }),
            ],
          }
        : one,
    );
    const { resource } = moduleOf({ ...base, instances }, "111122223333");
    assert.ok("use1--prod--dx--use1--pci" in (resource?.aws_ec2_transit_gateway_route_table_propagation ?? {}));
    assert.ok("shop--10-31-0-0-24" in (resource?.aws_route ?? {}));
    assert.not("shop--10-32-0-0-24" in (resource?.aws_route ?? {}));
  });

  test("keep links from one another: packets of a link find attached networks only", () => {
    const { resource } = moduleOf(acmeDesign(), "111122223333");
    const table = (key: string) => `aws_ec2_transit_gateway_route_table.${key}.id`;
    const associations = resource?.aws_ec2_transit_gateway_route_table_association;
    const of = (key: string) => String(associations?.[key]?.transit_gateway_route_table_id).slice(2, -1);
    assert.is(of("vpc--shop"), table("use1--prod"));
    assert.is(of("dx--use1--prod"), table("use1--prod--links"));
    assert.is(of("vpn--globex-vpn--prod--ipv4-1"), table("use1--prod--links-own"), "nothing of pci is for globex");
    assert.is(of("dx--use1--pci"), table("use1--pci"), "a segment with one link needs no second table");
    const filled = ["aws_ec2_transit_gateway_route_table_propagation", "aws_ec2_transit_gateway_route"].flatMap(
      (type) => Object.keys(resource?.[type] ?? {}).filter((key) => key.startsWith("use1--prod--links--")),
    );
    assert.equal(filled, ["use1--prod--links--vpc--shop", "use1--prod--links--10-30-1-0-24"]);
  });

  test("say what they cannot cut or serve", () => {
    assert.equal(texts(compileAws(legacyDesign()).output.remarks), [
      "surplus-route carrier/prod: a transit gateway takes every route that `telco` announces over `carrier/prod`, not only the declared ones",
      "not-served till: `till` exists: its default security group, network ACL and main route table stay as they are",
    ]);
  });

  test("leave out a virtual interface over which AWS has nothing to say", () => {
    const base = acmeDesign();
    const circuits = base.circuits.map((one) =>
      one.id === "dx/pci" ? { ...one, ends: [{ ...one.ends[0], announces: [] }, one.ends[1]] as const } : one,
    );
    const { output, findings } = compileAws({ ...base, circuits });
    assert.equal(findings, []);
    assert.not(output.artefacts.some(({ text }) => text.includes("dx--pci")));
    assert.ok(texts(output.remarks).some((text) => text.startsWith("not-served dx/pci: nothing at `use1` uses")));
  });
});
