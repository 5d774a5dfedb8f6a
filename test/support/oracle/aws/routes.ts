/**
 * Where AWS sends one packet, from the Amazon VPC User Guide ("Route tables") and Amazon VPC, Transit Gateways ("How transit
 * gateways work"): the longest prefix of the subnet's table, then of the one table that the attachment is associated with.
 */
import { bitsOf, type Cidr, cidrOf, covers, type Point } from "./address.js";
import { type Item, itemsOf, listOf, meant, meantBy, type State, told } from "./state.js";

/** What is not in the files: what the far ends of links announce, and the prefixes of networks that exist. */
export interface World {
  readonly heard: ReadonlyMap<string, readonly Cidr[]>;
  readonly existing: ReadonlyMap<string, readonly Cidr[]>;
}

/** Where a packet comes out: `drop`, `vpc <key>`, `link <key>` (a VPN connection, a Direct Connect gateway). */
export type Exit = string;

/** Something that hangs on a transit gateway. */
interface Attached {
  readonly key: string;
  readonly kind: "vpc" | "vpn" | "dx";
  readonly hub: string;
  readonly item: Item;
  /** The VPC, the connection or the gateway. */
  readonly object: string;
}

/** The attachments of a state by the keys that references have. */
export function attachmentsOf(state: State): ReadonlyMap<string, Attached> {
  const out = new Map<string, Attached>();
  const key = (item: Item) => `${item.folder}/${item.address}`;
  for (const item of itemsOf(state, "aws_ec2_transit_gateway_vpc_attachment")) {
    const [hub, object] = [meantBy(state, item, "transit_gateway_id"), meantBy(state, item, "vpc_id")];
    out.set(key(item), { key: key(item), kind: "vpc", hub, item, object });
  }
  for (const item of itemsOf(state, "aws_vpn_connection")) {
    out.set(key(item), {
      key: key(item),
      kind: "vpn",
      hub: meantBy(state, item, "transit_gateway_id"),
      item,
      object: key(item),
    });
  }
  const gateways = new Map<string, Attached>();
  for (const item of itemsOf(state, "aws_dx_gateway_association")) {
    const [hub, object] = [meantBy(state, item, "associated_gateway_id"), meantBy(state, item, "dx_gateway_id")];
    const attached: Attached = { key: key(item), kind: "dx", hub, item, object };
    gateways.set(`${hub} ${object}`, attached);
    out.set(key(item), attached);
  }
  for (const item of itemsOf(state, "data.aws_ec2_transit_gateway_dx_gateway_attachment")) {
    const found = gateways.get(
      `${meantBy(state, item, "transit_gateway_id")} ${meantBy(state, item, "dx_gateway_id")}`,
    );
    if (found !== undefined) out.set(key(item), found);
  }
  for (const item of itemsOf(state, "aws_ec2_transit_gateway_vpc_attachment_accepter")) {
    const found = out.get(meantBy(state, item, "transit_gateway_attachment_id"));
    if (found !== undefined) out.set(key(item), found);
  }
  return out;
}

/** The router of a state. */
export class NaiveRouter {
  readonly state: State;
  readonly attachments: ReadonlyMap<string, Attached>;
  private readonly tables = new Map<string, string>();
  private readonly statics = new Map<string, readonly (readonly [Cidr, Item])[]>();
  private readonly sources = new Map<string, readonly Attached[]>();
  private readonly usable = new Map<Attached, boolean>();
  private readonly routes = new Map<string, (readonly [Cidr | undefined, string])[]>();
  private readonly blocks = new Map<string, readonly Cidr[]>();
  private readonly places = new Map<string, { readonly vpc: string; readonly table: string }>();

  constructor(state: State) {
    this.state = state;
    this.attachments = attachmentsOf(state);
    for (const item of itemsOf(state, "aws_ec2_transit_gateway_route_table_association")) {
      const attached = this.attachments.get(meantBy(state, item, "transit_gateway_attachment_id"));
      if (attached !== undefined) this.tables.set(attached.key, meantBy(state, item, "transit_gateway_route_table_id"));
    }
    for (const item of itemsOf(state, "aws_ec2_transit_gateway_route")) {
      const table = meantBy(state, item, "transit_gateway_route_table_id");
      const cidr = cidrOf(item.body.destination_cidr_block);
      if (cidr !== undefined) this.statics.set(table, [...(this.statics.get(table) ?? []), [cidr, item]]);
    }
    for (const item of itemsOf(state, "aws_ec2_transit_gateway_route_table_propagation")) {
      const table = meantBy(state, item, "transit_gateway_route_table_id");
      const attached = this.attachments.get(meantBy(state, item, "transit_gateway_attachment_id"));
      if (attached !== undefined) this.sources.set(table, [...(this.sources.get(table) ?? []), attached]);
    }
    for (const item of itemsOf(state, "aws_route")) {
      const table = meantBy(state, item, "route_table_id");
      const cidr = cidrOf(item.body.destination_cidr_block ?? item.body.destination_ipv6_cidr_block);
      const route = [cidr, meantBy(state, item, "transit_gateway_id")] as const;
      this.routes.set(table, [...(this.routes.get(table) ?? []), route]);
    }
    this.defaults();
  }

  /** A hub whose defaults are on has a table that takes every attachment which does not refuse it. */
  private defaults(): void {
    for (const attached of new Set(this.attachments.values())) {
      const hub = this.state.items.get(attached.hub);
      const asks = (what: "association" | "propagation"): boolean => {
        const name = `transit_gateway_default_route_table_${what}`;
        const accepter = itemsOf(this.state, "aws_ec2_transit_gateway_vpc_attachment_accepter").find(
          (item) => meantBy(this.state, item, "transit_gateway_attachment_id") === attached.key,
        );
        return (attached.item.body[name] ?? accepter?.body[name]) !== false;
      };
      const on = (what: "association" | "propagation") =>
        hub !== undefined && hub.body[`default_route_table_${what}`] !== "disable" && asks(what);
      const table = `${attached.hub}#default`;
      if (on("association") && !this.tables.has(attached.key)) this.tables.set(attached.key, table);
      if (on("propagation")) this.sources.set(table, [...(this.sources.get(table) ?? []), attached]);
    }
  }

  /** The blocks of addresses of a VPC. */
  prefixesOf(vpc: string, world: World): readonly Cidr[] {
    const known = world.existing.get(vpc) ?? this.blocks.get(vpc);
    if (known !== undefined) return known;
    const own = cidrOf(this.state.items.get(vpc)?.body.cidr_block);
    const more = [
      ...itemsOf(this.state, "aws_vpc_ipv4_cidr_block_association"),
      ...itemsOf(this.state, "aws_vpc_ipv6_cidr_block_association"),
    ].filter((item) => meantBy(this.state, item, "vpc_id") === vpc);
    const others = more.flatMap(({ body }) => cidrOf(body.cidr_block ?? body.ipv6_cidr_block) ?? []);
    const all = own === undefined ? others : [own, ...others];
    this.blocks.set(vpc, all);
    return all;
  }

  /** Where a packet from a subnet goes. */
  fromSubnet(subnet: string, to: Point, world: World): Exit {
    const place = this.places.get(subnet) ?? { vpc: this.vpcOf(subnet), table: this.tableOf(subnet) };
    this.places.set(subnet, place);
    const { vpc } = place;
    if (this.prefixesOf(vpc, world).some((cidr) => covers(cidr, to))) return `vpc ${vpc}`;
    const hub = longest(this.routes.get(place.table) ?? [], to);
    if (hub === undefined) return "drop";
    const attached = [...this.attachments.values()].find((one) => one.object === vpc && one.hub === hub);
    if (attached === undefined || !this.carries(attached, to.family) || !this.inZone(attached, subnet)) return "drop";
    return this.inHub(this.tables.get(attached.key), to, world);
  }

  /** Where a packet from the far end of a link goes: a VPN connection or a Direct Connect gateway. */
  fromLink(link: string, to: Point, world: World): Exit {
    const own = [...new Set(this.attachments.values())].filter((one) => one.object === link);
    if (own[0]?.kind === "vpn") return this.inHub(this.tables.get(own[0].key), to, world);
    const allowed = own.flatMap((one) =>
      listOf(one.item, "allowed_prefixes").map((text) => [cidrOf(text), one] as const),
    );
    const best = longest(allowed, to);
    return best === undefined ? "drop" : this.inHub(this.tables.get(best.key), to, world);
  }

  /** What the other side of a link is told: of Direct Connect the allowed prefixes, else the associated table. */
  told(link: string, world: World): readonly string[] {
    const own = [...new Set(this.attachments.values())].filter((one) => one.object === link);
    if (own[0]?.kind !== "vpn") return own.flatMap((one) => listOf(one.item, "allowed_prefixes").map(String)).sort();
    const table = this.tables.get(own[0].key) ?? "";
    const fixed = (this.statics.get(table) ?? []).map(([cidr]) => cidr);
    const propagated = (this.sources.get(table) ?? []).flatMap((one) => this.brings(one, world));
    const texts = [...fixed, ...propagated].map((cidr) => `${cidr.family} ${cidr.value}/${cidr.length}`);
    return [...new Set(texts)].sort();
  }

  private vpcOf(subnet: string): string {
    const item = this.state.items.get(subnet);
    if (item !== undefined) return meantBy(this.state, item, "vpc_id");
    const path = told(this.state, "subnet_ids").find(
      ([, folder, value]) => meant(this.state, folder, value) === subnet,
    )?.[0];
    const named = told(this.state, "vpc_ids").find(([name]) => path?.startsWith(`${name}.`));
    return named === undefined ? "" : meant(this.state, named[1], named[2]);
  }

  private tableOf(subnet: string): string {
    const item = itemsOf(this.state, "aws_route_table_association").find(
      (one) => meantBy(this.state, one, "subnet_id") === subnet,
    );
    if (item !== undefined) return meantBy(this.state, item, "route_table_id");
    const path = told(this.state, "subnet_ids").find(
      ([, folder, value]) => meant(this.state, folder, value) === subnet,
    )?.[0];
    const named = told(this.state, "route_table_ids").find(([name]) => name === path);
    return named === undefined ? "main" : meant(this.state, named[1], named[2]);
  }

  /** The longest prefix of a hub's table; of equals static, then VPC, then Direct Connect, then VPN. */
  private inHub(table: string | undefined, to: Point, world: World): Exit {
    if (table === undefined) return "drop";
    const candidates: [Cidr, number, Exit][] = (this.statics.get(table) ?? []).map(([cidr, item]) => {
      const attached = this.attachments.get(meantBy(this.state, item, "transit_gateway_attachment_id"));
      return [cidr, 0, item.body.blackhole === true || attached === undefined ? "drop" : this.leave(attached, to)];
    });
    for (const attached of this.sources.get(table) ?? []) {
      const rank = attached.kind === "vpc" ? 1 : attached.kind === "dx" ? 2 : 3;
      for (const cidr of this.brings(attached, world)) candidates.push([cidr, rank, this.leave(attached, to)]);
    }
    const fitting = candidates.filter(([cidr]) => covers(cidr, to));
    fitting.sort((a, b) => b[0].length - a[0].length || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
    return fitting[0]?.[2] ?? "drop";
  }

  /** The prefixes that an attachment propagates. */
  private brings(attached: Attached, world: World): readonly Cidr[] {
    if (attached.kind !== "vpc") return world.heard.get(attached.object) ?? [];
    return this.prefixesOf(attached.object, world).filter((cidr) => this.carries(attached, cidr.family));
  }

  private leave(attached: Attached, to: Point): Exit {
    if (!this.carries(attached, to.family)) return "drop";
    return `${attached.kind === "vpc" ? "vpc" : "link"} ${attached.object}`;
  }

  /** IPv6 crosses a VPC attachment only where it is switched on; another account's only once accepted and shared. */
  private carries(attached: Attached, family: 4 | 6): boolean {
    if (attached.kind === "dx") return true;
    if (attached.kind === "vpn") return (attached.item.body.tunnel_inside_ip_version === "ipv6") === (family === 6);
    if (family === 6 && attached.item.body.ipv6_support !== "enable") return false;
    const known = this.usable.get(attached) ?? this.isUp(attached);
    this.usable.set(attached, known);
    return known;
  }

  private isUp({ key, hub, item }: Attached): boolean {
    const tables = itemsOf(this.state, "aws_ec2_transit_gateway_route_table");
    const home = tables.find((one) => meantBy(this.state, one, "transit_gateway_id") === hub)?.folder;
    if (item.folder === (this.state.items.get(hub)?.folder ?? home)) return true;
    const accepted = itemsOf(this.state, "aws_ec2_transit_gateway_vpc_attachment_accepter").some(
      (one) => meantBy(this.state, one, "transit_gateway_attachment_id") === key,
    );
    const account = item.folder.split("/")[1];
    const shares = itemsOf(this.state, "aws_ram_principal_association")
      .filter(({ body }) => body.principal === account)
      .map((one) => meantBy(this.state, one, "resource_share_arn"));
    return (
      accepted &&
      itemsOf(this.state, "aws_ram_resource_association").some((one) => {
        const resource = meantBy(this.state, one, "resource_arn");
        return (
          (resource === hub || resource.endsWith(`/${hub}`)) &&
          shares.includes(meantBy(this.state, one, "resource_share_arn"))
        );
      })
    );
  }

  /** A subnet reaches a hub where its zone has a subnet of the attachment; of an existing subnet that is taken for granted. */
  private inZone(attached: Attached, subnet: string): boolean {
    const zone = (key: string): unknown => {
      const body = this.state.items.get(key)?.body;
      return body?.availability_zone ?? body?.availability_zone_id;
    };
    const own = zone(subnet);
    const zones = listOf(attached.item, "subnet_ids").map((one) => zone(meant(this.state, attached.item.folder, one)));
    return own === undefined || zones.includes(own) || zones.includes(undefined);
  }
}

function longest<T>(routes: readonly (readonly [Cidr | undefined, T])[], to: Point): T | undefined {
  let [best, length]: [T | undefined, number] = [undefined, -1];
  for (const [cidr, what] of routes) {
    if (cidr !== undefined && cidr.length > length && cidr.length <= bitsOf(to.family) && covers(cidr, to)) {
      [best, length] = [what, cidr.length];
    }
  }
  return best;
}
