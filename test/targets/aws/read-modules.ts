/** Small Terraform modules written by hand, for tests of the reader. */
import type { Artefact } from "../../../compiler/contract.js";
import type { Readback, ReadFilter, ReadTable } from "../../../compiler/validate/readback.js";
import { formatPrefix } from "../../../grammar/address.js";
import { readAws } from "../../../targets/aws/read.js";
import { assert } from "../../support/harness.js";

/** Members of a JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** Parts of a module; resources and data sources by `type.name`, each managed in us-east-1 unless it says otherwise. */
export interface ModuleParts {
  readonly resource?: Readonly<Record<string, Json>>;
  readonly data?: Readonly<Record<string, Json>>;
  readonly output?: Readonly<Record<string, Json>>;
  readonly variable?: Readonly<Record<string, string>>;
}

/** The folder of a module that names none. */
export const FOLDER = "aws/111122223333";
/** The file of all parts of a module. */
export const FILE = `${FOLDER}/main.tf.json`;

function nest(blocks: Readonly<Record<string, Json>> = {}): Json {
  const out: Record<string, Record<string, Json>> = {};
  for (const [address, body] of Object.entries(blocks)) {
    const [type = "", name = ""] = address.split(".");
    out[type] = { ...out[type], [name]: { provider: "aws.us-east-1", ...body } };
  }
  return out;
}

/** One module as one file. */
export function moduleFile(parts: ModuleParts, folder = FOLDER): Artefact {
  const account = folder.split("/")[1];
  const text = JSON.stringify({
    provider: { aws: [{ alias: "us-east-1", region: "us-east-1", allowed_account_ids: [account] }] },
    variable: Object.fromEntries(
      Object.entries(parts.variable ?? {}).map(([name, description]) => [name, { type: "string", description }]),
    ),
    resource: nest(parts.resource),
    data: nest(parts.data),
    output: Object.fromEntries(Object.entries(parts.output ?? {}).map(([name, value]) => [name, { value }])),
  });
  return { path: `${folder}/main.tf.json`, text };
}

/** A reference to an attribute, mostly the id. */
export function ref(address: string, attribute = "id"): string {
  return `\${${address}.${attribute}}`;
}

/** What the reader makes of modules; a refusal fails the test. */
export function readOf(...files: readonly Artefact[]): Readback {
  const { readback, refusals } = readAws(files);
  assert.equal(refusals, []);
  return readback;
}

/** The refusals of modules, as `pointer: why` in the file of `moduleFile`. */
export function refusalsOf(...files: readonly Artefact[]): readonly string[] {
  return readAws(files).refusals.map(({ place, why }) =>
    place.file === FILE ? `${place.at}: ${why}` : `${place.file} ${place.at}: ${why}`,
  );
}

/** The refusals of one module. */
export function refused(parts: ModuleParts): readonly string[] {
  return refusalsOf(moduleFile(parts));
}

/** A table's routes as `prefix origin next`. */
export function routesOf(table: ReadTable | undefined): readonly string[] {
  return (table?.routes ?? []).map(({ prefix, origin, next }) => {
    const to =
      next.kind === "attached"
        ? next.to
        : next.kind === "table"
          ? next.table
          : next.kind === "session"
            ? next.channel
            : "";
    return `${formatPrefix(prefix)} ${origin} ${next.kind}${to === "" ? "" : ` ${to.replace(`${FOLDER}/`, "")}`}`;
  });
}

/** The table with an id below the module's folder. */
export function tableOf(readback: Readback, id: string): ReadTable | undefined {
  return readback.tables.find((table) => table.id === `${FOLDER}/${id}`);
}

/** The filter with an id below the module's folder. */
export function filterOf(readback: Readback, id: string): ReadFilter | undefined {
  return readback.filters.find((filter) => filter.id === `${FOLDER}/${id}`);
}

/** A shop of one VPC with one subnet, its table, its ACL and its group, attached to a hub with one table. */
export function shop(): Required<Pick<ModuleParts, "resource" | "output">> {
  const vpc_id = ref("aws_vpc.shop");
  const transit_gateway_id = ref("aws_ec2_transit_gateway.use1");
  return {
    resource: {
      "aws_vpc.shop": { cidr_block: "10.20.0.0/16" },
      "aws_subnet.web": { vpc_id, cidr_block: "10.20.1.0/24", availability_zone: "us-east-1a" },
      "aws_route_table.shop": { vpc_id },
      "aws_route_table_association.web": {
        subnet_id: ref("aws_subnet.web"),
        route_table_id: ref("aws_route_table.shop"),
      },
      "aws_route.office": {
        route_table_id: ref("aws_route_table.shop"),
        destination_cidr_block: "10.1.0.0/24",
        transit_gateway_id,
      },
      "aws_default_security_group.shop": { vpc_id, ingress: [], egress: [] },
      "aws_default_network_acl.shop": { default_network_acl_id: ref("aws_vpc.shop", "default_network_acl_id") },
      "aws_network_acl.shop": { vpc_id, subnet_ids: [ref("aws_subnet.web")] },
      "aws_network_acl_rule.in": {
        network_acl_id: ref("aws_network_acl.shop"),
        rule_number: 100,
        rule_action: "allow",
        protocol: "-1",
        cidr_block: "0.0.0.0/0",
      },
      "aws_security_group.web": { vpc_id, name: "web" },
      "aws_vpc_security_group_ingress_rule.https": {
        security_group_id: ref("aws_security_group.web"),
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
        cidr_ipv4: "10.1.0.0/24",
      },
      "aws_ec2_transit_gateway.use1": {
        amazon_side_asn: 64601,
        default_route_table_association: "disable",
        default_route_table_propagation: "disable",
      },
      "aws_ec2_transit_gateway_route_table.prod": { transit_gateway_id },
      "aws_ec2_transit_gateway_vpc_attachment.shop": {
        transit_gateway_id,
        vpc_id,
        subnet_ids: [ref("aws_subnet.web")],
        transit_gateway_default_route_table_association: false,
        transit_gateway_default_route_table_propagation: false,
      },
      "aws_ec2_transit_gateway_route_table_association.shop": inTable("aws_ec2_transit_gateway_vpc_attachment.shop"),
      "aws_ec2_transit_gateway_route_table_propagation.shop": inTable("aws_ec2_transit_gateway_vpc_attachment.shop"),
    },
    output: {
      vpc_ids: { shop: vpc_id },
      subnet_ids: { "shop.web": ref("aws_subnet.web") },
      security_group_ids: { "shop.web": ref("aws_security_group.web") },
      transit_gateway_ids: { use1: transit_gateway_id },
    },
  };
}

/** An association or a propagation of an attachment with the table of `prod`, or another. */
export function inTable(attachment: string, table = "prod", attribute = "id"): Json {
  return {
    transit_gateway_attachment_id: ref(attachment, attribute),
    transit_gateway_route_table_id: ref(`aws_ec2_transit_gateway_route_table.${table}`),
  };
}

/** The shop with more, other or, where `undefined`, fewer resources, and more outputs. */
export function shopWith(
  resource: Readonly<Record<string, Json | undefined>>,
  output: Readonly<Record<string, Json>> = {},
): ModuleParts {
  const base = shop();
  const all = Object.entries({ ...base.resource, ...resource });
  const kept = all.flatMap(([address, body]) => (body === undefined ? [] : [[address, body] as const]));
  return { resource: Object.fromEntries(kept), output: { ...base.output, ...output } };
}

/** The shop with one resource's attributes changed; `undefined` takes one away. */
export function shopChanged(address: string, changes: Readonly<Record<string, unknown>>): ModuleParts {
  const body: Json = { ...shop().resource[address], ...changes };
  return shopWith({ [address]: body });
}

/** Deep equality of values whose literal types would stand in the way. */
export function same(actual: unknown, expected: unknown, why?: string): void {
  assert.equal(actual, expected, why);
}
