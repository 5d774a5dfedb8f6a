/** Mutants of the AWS target's modules: one small change each, of every sort that an edit or a fault of ours could make. */
import type { Artefact } from "../../compiler/contract.js";
import { bitsOf, type Cidr, cidrOf } from "../support/oracle/aws/address.js";
import type { Mutant, MutantSource, Operator } from "./mutation.js";

type Body = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Body>>>>;
interface Document {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, { readonly value: Readonly<Record<string, unknown>> }>>;
}

/** One change of a block: what it becomes, nothing where it goes; `as` where it becomes a block of another type. */
interface Change {
  readonly what: Operator;
  readonly description: string;
  readonly body?: Body;
  readonly as?: string;
  /** Set where a block is added beside. */
  readonly beside?: string;
}

/** What a type's changes may look at: the names of the blocks of each type in the module. */
type NamesOf = (type: string) => readonly string[];
type ChangesOf = (body: Body, names: NamesOf) => readonly Change[];

const IN = "aws_vpc_security_group_ingress_rule";
const OUT = "aws_vpc_security_group_egress_rule";
const TABLE = "aws_ec2_transit_gateway_route_table";

function set(what: Operator, body: Body, values: Body, description = JSON.stringify(values)): Change {
  const kept = Object.entries({ ...body, ...values }).filter(([, value]) => value !== undefined);
  return { what, description, body: Object.fromEntries(kept) };
}

function textOf({ family, value, length }: Cidr): string {
  const words = family === 4 ? 4 : 8;
  const size = BigInt(bitsOf(family) / words);
  const parts = Array.from(
    { length: words },
    (_, i) => (value >> (size * BigInt(words - 1 - i))) & ((1n << size) - 1n),
  );
  return family === 4
    ? `${parts.join(".")}/${length}`
    : `${parts.map((part) => part.toString(16)).join(":")}/${length}`;
}

/** A prefix one bit shorter, its first half, and its second half; those that there are. */
function resized(text: unknown): readonly (readonly [Operator, string])[] {
  const cidr = cidrOf(text);
  if (cidr === undefined) return [];
  const { family, value, length } = cidr;
  const out: (readonly [Operator, string])[] = [];
  if (length > 0) {
    const rest = BigInt(bitsOf(family) - length + 1);
    out.push(["widen", textOf({ family, value: (value >> rest) << rest, length: length - 1 })]);
  }
  if (length < bitsOf(family)) {
    const half = 1n << BigInt(bitsOf(family) - length - 1);
    out.push(["narrow", textOf({ family, value, length: length + 1 })]);
    out.push(["narrow", textOf({ family, value: value + half, length: length + 1 })]);
  }
  return out;
}

function resize(body: Body, names: readonly string[], as?: Operator): readonly Change[] {
  return names.flatMap((name) => resized(body[name]).map(([what, text]) => set(as ?? what, body, { [name]: text })));
}

/** The same reference to another block of the type. */
function rebind(
  body: Body,
  attribute: string,
  type: string,
  names: NamesOf,
  what: Operator = "re-bind",
): readonly Change[] {
  const text = String(body[attribute]);
  const other = names(type).find((name) => !text.startsWith(`\${${type}.${name}.`));
  if (other === undefined || !text.startsWith(`\${${type}.`)) return [];
  const to = text.replace(/\.[^.]+(?=\.[^.]+\}$)/, `.${other}`);
  return [set(what, body, { [attribute]: to })];
}

function ports(body: Body): readonly Change[] {
  const { from_port: from, to_port: to } = body;
  if (typeof from !== "number" || typeof to !== "number" || from < 0) return [];
  const out = [
    set("widen", body, { to_port: to + 1 }),
    set("renumber", body, { from_port: from + 1, to_port: to + 1 }),
  ];
  if (from > 0) out.push(set("widen", body, { from_port: from - 1 }));
  if (from < to) out.push(set("narrow", body, { from_port: from + 1 }));
  return out;
}

const groupRule =
  (other: string): ChangesOf =>
  (body, names) => [
    ...resize(body, ["cidr_ipv4", "cidr_ipv6"]),
    ...ports(body),
    ...rebind(body, "security_group_id", "aws_security_group", names),
    ...rebind(body, "prefix_list_id", "aws_ec2_managed_prefix_list", names),
    set("widen", body, { ip_protocol: "-1", from_port: undefined, to_port: undefined }),
    ...(body.ip_protocol === "tcp" ? [set("swap", body, { ip_protocol: "udp" })] : []),
    ...(body.cidr_ipv4 === undefined ? [] : [set("family", body, { cidr_ipv4: undefined, cidr_ipv6: "::/0" })]),
    { what: "direction", description: `as ${other}`, body, as: other },
    set("drop", body, { description: undefined }, "no description"),
  ];

const links: ChangesOf = (body) => [
  set("renumber", body, { bgp_asn: Number(body.bgp_asn) + 1 }),
  ...(typeof body.vlan === "number" ? [set("renumber", body, { vlan: body.vlan + 1000 })] : []),
  ...(body.amazon_address === undefined
    ? []
    : [set("swap", body, { amazon_address: body.customer_address, customer_address: body.amazon_address })]),
  set("family", body, { address_family: body.address_family === "ipv4" ? "ipv6" : "ipv4" }),
];

/** Each item of a list taken away. */
function without(body: Body, attribute: string, what: Operator): readonly Change[] {
  const list = body[attribute];
  if (!Array.isArray(list)) return [];
  return list.map((item, index) =>
    set(
      what,
      body,
      { [attribute]: list.filter((_, at) => at !== index) },
      `${attribute} without ${JSON.stringify(item)}`,
    ),
  );
}

const CHANGES: Readonly<Record<string, ChangesOf>> = {
  [IN]: groupRule(OUT),
  [OUT]: groupRule(IN),
  aws_ec2_managed_prefix_list: (body) => {
    const entries = Array.isArray(body.entry) ? body.entry : [];
    const widened = entries.flatMap((one, index) =>
      resized(one.cidr).map(([what, cidr]) =>
        set(
          what,
          body,
          { entry: entries.map((other, at) => (at === index ? { cidr } : other)) },
          `entry ${index}: ${cidr}`,
        ),
      ),
    );
    return [...without(body, "entry", "drop"), ...widened.slice(0, 6)];
  },
  aws_network_acl_rule: (body) => [
    set("flip", body, { rule_action: body.rule_action === "allow" ? "deny" : "allow" }),
    set("direction", body, { egress: body.egress !== true }),
    set("renumber", body, { rule_number: Number(body.rule_number) + 10 }),
    ...resize(body, ["cidr_block", "ipv6_cidr_block"]),
    ...(body.cidr_block === undefined ? [] : [set("family", body, { cidr_block: undefined, ipv6_cidr_block: "::/0" })]),
    set("narrow", body, { protocol: "6", from_port: 0, to_port: 65535 }),
  ],
  aws_network_acl: (body) => without(body, "subnet_ids", "drop"),
  aws_subnet: (body) => [
    ...resize(body, ["cidr_block", "ipv6_cidr_block"]),
    ...(typeof body.availability_zone === "string"
      ? [set("re-bind", body, { availability_zone: body.availability_zone.replace(/[a-z]$/, "f") })]
      : []),
  ],
  aws_vpc: (body) => resize(body, ["cidr_block"]).slice(0, 1),
  aws_route: (body, names) => [
    ...resize(body, ["destination_cidr_block", "destination_ipv6_cidr_block"], "route"),
    ...rebind(body, "route_table_id", "aws_route_table", names),
  ],
  aws_route_table_association: (body, names) => rebind(body, "route_table_id", "aws_route_table", names),
  aws_ec2_transit_gateway: (body) => [
    set("leak", body, { default_route_table_association: "enable" }),
    set("leak", body, { default_route_table_propagation: "enable" }),
    set("renumber", body, { amazon_side_asn: Number(body.amazon_side_asn) + 1 }),
  ],
  aws_ec2_transit_gateway_vpc_attachment: (body) => [
    set("family", body, { ipv6_support: body.ipv6_support === "enable" ? "disable" : "enable" }),
    ...without(body, "subnet_ids", "drop"),
    set("leak", body, { transit_gateway_default_route_table_propagation: true }),
  ],
  aws_ec2_transit_gateway_route: (body, names) => [
    ...resize(body, ["destination_cidr_block"], "route"),
    ...rebind(body, "transit_gateway_route_table_id", TABLE, names),
    ...rebind(body, "transit_gateway_attachment_id", "aws_ec2_transit_gateway_vpc_attachment", names),
    set("flip", body, { transit_gateway_attachment_id: undefined, blackhole: true }),
  ],
  aws_ec2_transit_gateway_route_table_association: (body, names) =>
    rebind(body, "transit_gateway_route_table_id", TABLE, names),
  aws_ec2_transit_gateway_route_table_propagation: (body, names) => [
    ...rebind(body, "transit_gateway_route_table_id", TABLE, names),
    ...rebind(body, "transit_gateway_route_table_id", TABLE, names, "leak").map((change) => ({
      ...change,
      beside: "leaked",
    })),
  ],
  aws_dx_gateway: (body) => [set("renumber", body, { amazon_side_asn: String(Number(body.amazon_side_asn) + 100) })],
  aws_dx_gateway_association: (body) => {
    const list = Array.isArray(body.allowed_prefixes) ? body.allowed_prefixes : [];
    const widened = list.flatMap((text, index) =>
      resized(text).map(([, other]) =>
        set(
          "announce",
          body,
          { allowed_prefixes: list.map((one, at) => (at === index ? other : one)) },
          `${text}: ${other}`,
        ),
      ),
    );
    return [...without(body, "allowed_prefixes", "announce"), ...widened];
  },
  aws_dx_transit_virtual_interface: (body, names) => [
    ...links(body, names),
    ...rebind(body, "dx_gateway_id", "aws_dx_gateway", names),
    set("drop", body, { tags: undefined }, "no tags"),
  ],
  aws_dx_bgp_peer: links,
  aws_customer_gateway: (body) => [set("renumber", body, { bgp_asn: String(Number(body.bgp_asn) + 1) })],
  aws_vpn_connection: (body) => [
    set("flip", body, { static_routes_only: body.static_routes_only !== true }),
    ...(body.tunnel1_inside_cidr === undefined
      ? []
      : [
          set("swap", body, {
            tunnel1_inside_cidr: body.tunnel2_inside_cidr,
            tunnel2_inside_cidr: body.tunnel1_inside_cidr,
          }),
        ]),
  ],
};

/** Every mutant of a target's files. */
export const awsMutants: MutantSource = (artefacts) => {
  const files = artefacts.filter(({ path }) => /^aws\/[^/]+\/[^/]+\.tf\.json$/.test(path));
  const documents = new Map(files.map(({ path, text }) => [path, JSON.parse(text) as Document]));
  const out: Mutant[] = [];
  for (const file of files) {
    const document = documents.get(file.path) ?? {};
    const folder = file.path.slice(0, file.path.lastIndexOf("/"));
    const own = [...documents].filter(([path]) => path.startsWith(`${folder}/`)).map(([, one]) => one);
    const names: NamesOf = (type) => own.flatMap(({ resource }) => Object.keys(resource?.[type] ?? {}));
    const emit = (what: Operator, description: string, changed: Document) => {
      const text = `${JSON.stringify(changed, null, 2)}\n`;
      const all: readonly Artefact[] = artefacts.map((one) =>
        one.path === file.path ? { path: one.path, text } : one,
      );
      out.push({ target: "aws", file: file.path, what, description, files: all });
    };
    for (const mode of ["resource", "data"] as const) {
      for (const [type, named] of Object.entries(document[mode] ?? {})) {
        for (const [name, body] of Object.entries(named)) {
          const drop: Change = { what: mode === "data" ? "re-bind" : dropOf(type), description: "gone" };
          for (const change of [drop, ...(CHANGES[type]?.(body, names) ?? [])]) {
            emit(change.what, `${type}.${name}: ${change.description}`, apply(document, mode, type, name, change));
          }
        }
      }
    }
    for (const [what, description, changed] of outputChanges(document)) emit(what, description, changed);
  }
  return out;
};

/** What the loss of a block is called. */
function dropOf(type: string): Operator {
  if (type === "aws_route" || type === "aws_ec2_transit_gateway_route") return "route";
  return type.endsWith("_propagation") ? "leak" : "drop";
}

function apply(document: Document, mode: "resource" | "data", type: string, name: string, change: Change): Document {
  const blocks = document[mode] ?? {};
  const { [name]: before, ...others } = blocks[type] ?? {};
  const kept = change.beside === undefined || before === undefined ? others : { ...others, [name]: before };
  const target = change.as ?? type;
  const placed = change.beside === undefined ? name : `${name}--${change.beside}`;
  const added = change.body === undefined ? {} : { [placed]: change.body };
  const changed =
    target === type ? { [type]: { ...kept, ...added } } : { [type]: kept, [target]: { ...blocks[target], ...added } };
  return { ...document, [mode]: { ...blocks, ...changed } };
}

/** Names that lose their object, and pairs that exchange theirs. */
function outputChanges(document: Document): readonly (readonly [Operator, string, Document])[] {
  const out: (readonly [Operator, string, Document])[] = [];
  for (const output of ["security_group_ids", "subnet_ids"]) {
    const value = document.output?.[output]?.value ?? {};
    const paths = Object.keys(value);
    const put = (what: Operator, description: string, changed: Readonly<Record<string, unknown>>) => {
      const told = { ...document.output?.[output], value: changed };
      out.push([what, `${output} ${description}`, { ...document, output: { ...document.output, [output]: told } }]);
    };
    for (const [index, path] of paths.entries()) {
      const { [path]: mine, ...rest } = value;
      put("drop", `${path}: gone`, rest);
      const other = paths[index + 1];
      if (other !== undefined) put("swap", `${path} with ${other}`, { ...value, [path]: value[other], [other]: mine });
    }
  }
  return out;
}
