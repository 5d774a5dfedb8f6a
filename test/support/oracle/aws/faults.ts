/** What Terraform or AWS would refuse in a changed module, as far as mutations can bring it about. */
import { bitsOf, type Cidr, cidrOf, covers } from "./address.js";
import { attachmentsOf } from "./routes.js";
import { type Item, itemsOf, listOf, meant, meantBy, type State } from "./state.js";

/** The first fault in words, or undefined. */
export function faultOf(state: State): string | undefined {
  return (
    state.faults[0] ??
    [...state.items.values()]
      .map((item) => danglingIn(state, item.folder, item.body))
      .find((fault) => fault !== undefined) ??
    [...state.outputs]
      .map(([folder, outputs]) => danglingIn(state, folder, [...outputs.values()]))
      .find((fault) => fault !== undefined) ??
    repeated(state) ??
    wrongPrefix(state) ??
    wrongPlace(state) ??
    itemsOf(state, "aws_dx_transit_virtual_interface")
      .map(wrongInterface)
      .find((fault) => fault !== undefined)
  );
}

/** A reference to a block that is not there. */
function danglingIn(state: State, folder: string, value: unknown): string | undefined {
  if (typeof value === "string") {
    const inner =
      /^\$\{((?:data\.)?aws_[^}]+)\.[a-z0-9_]+\}$/.exec(value)?.[1] ??
      (/^aws_\w+\.[\w-]+$/.test(value) ? value : undefined);
    return inner === undefined || state.items.has(`${folder}/${inner}`) ? undefined : `${inner} is not there`;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const part of Object.values(value)) {
    const fault = danglingIn(state, folder, part);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** What may stand once: each type with what makes two of its blocks the same thing. */
const UNIQUE: Readonly<Record<string, (state: State, item: Item) => readonly unknown[]>> = {
  aws_network_acl_rule: (state, item) => [
    meantBy(state, item, "network_acl_id"),
    item.body.egress === true,
    item.body.rule_number,
  ],
  aws_ec2_transit_gateway_route: (state, item) => [
    meantBy(state, item, "transit_gateway_route_table_id"),
    item.body.destination_cidr_block,
  ],
  aws_route: (state, item) => [
    meantBy(state, item, "route_table_id"),
    item.body.destination_cidr_block ?? item.body.destination_ipv6_cidr_block,
  ],
  aws_route_table_association: (state, item) => [meantBy(state, item, "subnet_id")],
  aws_dx_gateway_association: (state, item) => [
    meantBy(state, item, "dx_gateway_id"),
    meantBy(state, item, "associated_gateway_id"),
  ],
  aws_dx_transit_virtual_interface: (state, item) => [meantBy(state, item, "connection_id"), item.body.vlan],
  aws_dx_bgp_peer: (state, item) => [meantBy(state, item, "virtual_interface_id"), item.body.address_family],
  aws_ec2_transit_gateway_route_table_association: (state, item) => [attachedKey(state, item)],
  aws_ec2_transit_gateway_route_table_propagation: (state, item) => [
    attachedKey(state, item),
    meantBy(state, item, "transit_gateway_route_table_id"),
  ],
  aws_ec2_transit_gateway_vpc_attachment: (state, item) => [
    meantBy(state, item, "transit_gateway_id"),
    meantBy(state, item, "vpc_id"),
  ],
};

function attachedKey(state: State, item: Item): string {
  return attachmentsOf(state).get(meantBy(state, item, "transit_gateway_attachment_id"))?.key ?? "none";
}

function repeated(state: State): string | undefined {
  for (const [type, keyOf] of Object.entries(UNIQUE)) {
    const seen = new Set<string>();
    for (const item of itemsOf(state, type)) {
      const key = JSON.stringify(keyOf(state, item));
      if (seen.has(key)) return `${item.address} stands beside its equal`;
      seen.add(key);
    }
  }
  const guarded = itemsOf(state, "aws_network_acl").flatMap((acl) =>
    listOf(acl, "subnet_ids").map((one) => meant(state, acl.folder, one)),
  );
  if (new Set(guarded).size < guarded.length) return "a subnet has two ACLs";
  for (const item of itemsOf(state, "aws_dx_transit_virtual_interface")) {
    const peers = itemsOf(state, "aws_dx_bgp_peer").filter(
      (peer) => meantBy(state, peer, "virtual_interface_id") === `${item.folder}/${item.address}`,
    );
    if (peers.some(({ body }) => body.address_family === item.body.address_family))
      return "an interface has two peers of a family";
  }
  return undefined;
}

const PREFIXES = [
  "cidr_ipv4",
  "cidr_ipv6",
  "cidr_block",
  "ipv6_cidr_block",
  "destination_cidr_block",
  "destination_ipv6_cidr_block",
];

function wrongPrefix(state: State): string | undefined {
  for (const { address, body } of state.items.values()) {
    for (const name of PREFIXES) {
      if (body[name] === undefined) continue;
      const cidr = cidrOf(body[name]);
      const rest = cidr === undefined ? 0n : BigInt(bitsOf(cidr.family) - cidr.length);
      if (cidr === undefined || (cidr.value >> rest) << rest !== cidr.value) return `${address}: ${name}`;
    }
    const [from, to] = [body.from_port, body.to_port];
    if (
      typeof from === "number" &&
      typeof to === "number" &&
      (to > 65_535 || (to !== -1 && from > to && body.ip_protocol !== "icmp" && body.ip_protocol !== "icmpv6"))
    ) {
      return `${address}: ports`;
    }
  }
  return undefined;
}

/** Subnets in their VPC and apart, routes out of it, groups and ACLs and tables of one VPC, tables and attachments of one hub. */
function wrongPlace(state: State): string | undefined {
  const blocks = new Map<string, readonly Cidr[]>();
  const add = (key: string, text: unknown) => {
    const cidr = cidrOf(text);
    if (cidr !== undefined) blocks.set(key, [...(blocks.get(key) ?? []), cidr]);
  };
  for (const item of itemsOf(state, "aws_vpc")) add(`${item.folder}/${item.address}`, item.body.cidr_block);
  for (const type of ["aws_vpc_ipv4_cidr_block_association", "aws_vpc_ipv6_cidr_block_association"]) {
    for (const item of itemsOf(state, type))
      add(meantBy(state, item, "vpc_id"), item.body.cidr_block ?? item.body.ipv6_cidr_block);
  }
  const taken = new Map<string, readonly Cidr[]>();
  for (const item of itemsOf(state, "aws_subnet")) {
    const vpc = meantBy(state, item, "vpc_id");
    for (const cidr of [cidrOf(item.body.cidr_block), cidrOf(item.body.ipv6_cidr_block)]) {
      if (cidr === undefined) continue;
      const outside =
        blocks.has(vpc) && !blocks.get(vpc)?.some((outer) => outer.length <= cidr.length && covers(outer, cidr));
      if (outside || taken.get(vpc)?.some((one) => covers(one, cidr) || covers(cidr, one)))
        return `${item.address}: addresses`;
      taken.set(vpc, [...(taken.get(vpc) ?? []), cidr]);
    }
  }
  for (const item of itemsOf(state, "aws_route")) {
    const table = state.items.get(meantBy(state, item, "route_table_id"));
    const cidr = cidrOf(item.body.destination_cidr_block ?? item.body.destination_ipv6_cidr_block);
    const own = table === undefined ? [] : (blocks.get(meantBy(state, table, "vpc_id")) ?? []);
    if (cidr !== undefined && own.some((outer) => outer.length <= cidr.length && covers(outer, cidr)))
      return `${item.address}: inside its VPC`;
  }
  return wrongOwner(state);
}

/** Pairs of references that must lead to parts of one VPC or one hub. */
const OWNERS: readonly (readonly [type: string, first: string, second: string, owner: string])[] = [
  ["aws_route_table_association", "subnet_id", "route_table_id", "vpc_id"],
];

function wrongOwner(state: State): string | undefined {
  const ownerOf = (key: string, attribute: string): string => {
    const item = state.items.get(key);
    return item === undefined ? "" : meantBy(state, item, attribute);
  };
  for (const [type, first, second, owner] of OWNERS) {
    for (const item of itemsOf(state, type)) {
      if (ownerOf(meantBy(state, item, first), owner) !== ownerOf(meantBy(state, item, second), owner))
        return item.address;
    }
  }
  for (const acl of itemsOf(state, "aws_network_acl")) {
    const other = listOf(acl, "subnet_ids").some(
      (one) => ownerOf(meant(state, acl.folder, one), "vpc_id") !== meantBy(state, acl, "vpc_id"),
    );
    if (other) return acl.address;
  }
  return wrongHub(state) ?? wrongDefaults(state);
}

/** References that lead to another hub or, but for what is global, another region. */
function wrongHub(state: State): string | undefined {
  const attachments = attachmentsOf(state);
  for (const what of ["_association", "_propagation", ""]) {
    const type = what === "" ? "aws_ec2_transit_gateway_route" : `aws_ec2_transit_gateway_route_table${what}`;
    for (const item of itemsOf(state, type)) {
      const attached = attachments.get(meantBy(state, item, "transit_gateway_attachment_id"));
      const table = state.items.get(meantBy(state, item, "transit_gateway_route_table_id"));
      const hub = table === undefined ? undefined : meantBy(state, table, "transit_gateway_id");
      if (attached !== undefined && attached.hub !== hub) return `${item.address}: another hub`;
    }
  }
  for (const item of state.items.values()) {
    for (const text of Object.values(item.body)) {
      const other =
        typeof text === "string" && text.startsWith("${aws_")
          ? state.items.get(meant(state, item.folder, text))
          : undefined;
      if (
        other === undefined ||
        /^aws_dx_gateway[._]/.test(other.address) ||
        item.address.startsWith("aws_dx_gateway.")
      )
        continue;
      if (other.body.provider !== item.body.provider) return `${item.address}: another region`;
    }
  }
  return undefined;
}

/** An association beside the one that the hub's default makes, and attachments of no subnet or of two in a zone. */
function wrongDefaults(state: State): string | undefined {
  const attachments = attachmentsOf(state);
  for (const item of itemsOf(state, "aws_ec2_transit_gateway_route_table_association")) {
    const attached = attachments.get(meantBy(state, item, "transit_gateway_attachment_id"));
    const hub = state.items.get(attached?.hub ?? "");
    const on = hub !== undefined && hub.body.default_route_table_association !== "disable";
    const takes = attached?.item.body.transit_gateway_default_route_table_association !== false;
    if (on && takes && item.body.replace_existing_association !== true) return `${item.address}: beside the default`;
  }
  const empty = itemsOf(state, "aws_ec2_transit_gateway_vpc_attachment").find(
    (item) => listOf(item, "subnet_ids").length === 0,
  );
  return empty?.address;
}

function wrongInterface({ address, body }: Item): string | undefined {
  const [near, far] = [cidrOf(body.amazon_address), cidrOf(body.customer_address)];
  const family = near === undefined ? undefined : `ipv${near.family}`;
  return near?.family !== far?.family || (family !== undefined && family !== body.address_family) ? address : undefined;
}
