/** The reader against the naive evaluator: the same packets, the same answers. */
import type { Artefact } from "../../../../compiler/contract.js";
import type { Readback } from "../../../../compiler/validate/readback.js";
import { readAws } from "../../../../targets/aws/read.js";
import { filterAdmits } from "../read-filter.js";
import { ReadRouter } from "../read-routes.js";
import { type Cidr, cidrOf, type Point } from "./address.js";
import { filtersOf, opens, passes, type RawPacket } from "./filters.js";
import { cidrsOf, edgesIn, packetAt, randomFrom } from "./packets.js";
import { NaiveRouter, type World } from "./routes.js";
import { itemsOf, meant, meantBy, stateOf, told } from "./state.js";

/** How much to compare. */
export interface Sample {
  readonly packets: number;
  readonly seed: number;
  /** The prefixes of networks that the files only refer to, by their ids. */
  readonly existing?: Readonly<Record<string, readonly string[]>>;
}

/** What came of it: how many answers were compared, and the first that differ. */
export interface Comparison {
  readonly answers: number;
  readonly admitted: number;
  readonly differences: readonly string[];
}

/** Compares on packets at the edges of what stands in the files. Throws where the reader refuses them. */
export function compareAws(files: readonly Artefact[], { packets, seed, existing = {} }: Sample): Comparison {
  const { readback, refusals } = readAws(files);
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals[0]));
  const state = stateOf(files);
  const [filters, random, edges] = [filtersOf(state), randomFrom(seed), edgesIn(state)];
  const known = new Map(
    Object.entries(existing).map(([id, texts]) => [id, texts.flatMap((text) => cidrOf(text) ?? [])]),
  );
  const routers = new Routers(readback, new NaiveRouter(state), spokenOver(state), known, cidrsOf(state), random);
  const [paths, subnets] = [[...filters.groups.keys()], subnetsOf(readback, state)];
  const taken = filtersByPlace(readback);
  const differences: string[] = [];
  let [answers, admitted] = [0, 0];
  const check = (what: string, mine: unknown, naive: unknown): void => {
    answers++;
    if (naive === true) admitted++;
    if (mine !== naive && differences.length < 20) differences.push(`${what}: read ${mine}, naive ${naive}`);
  };
  for (let i = 0; i < packets; i++) {
    const packet = packetAt(edges, random);
    const [path, subnet] = [paths[random(paths.length)], subnets[random(subnets.length)]];
    if (packet === undefined || subnet === undefined) break;
    const direction = random(2) === 0 ? "in" : "out";
    if (path !== undefined) {
      const mine = taken(`${direction} ${path}`).every((filter) => filterAdmits(filter, packet));
      check(`${path} ${direction} ${textOf(packet)}`, mine, opens(filters, path, direction, packet));
    }
    const edge = taken(`${direction} ${subnet.id}`);
    if (edge.length > 0) {
      const mine = edge.every((filter) => filterAdmits(filter, packet));
      check(`${subnet.id} ${direction} ${textOf(packet)}`, mine, passes(state, subnet.key, direction, packet));
    }
    if (i % 8 === 0) routers.check(subnet, packet.destination, check);
  }
  return { answers, admitted, differences };
}

interface SubnetKeys {
  readonly id: string;
  readonly key: string;
  readonly table: string;
}

/** The subnets of a readback with the keys that the naive evaluator has for them. */
function subnetsOf(readback: Readback, state: ReturnType<typeof stateOf>): readonly SubnetKeys[] {
  const byPath = new Map(told(state, "subnet_ids").map(([path, folder, value]) => [path, meant(state, folder, value)]));
  return readback.attachments.map(({ id, path, table }) => ({
    id,
    key: state.items.has(id) ? id : (byPath.get(path ?? "") ?? id),
    table,
  }));
}

/** Filters by `in shop.web` and `in aws/…/aws_subnet.web`. */
function filtersByPlace(readback: Readback) {
  const byId = new Map(readback.filters.map((filter) => [filter.id, filter]));
  const places = new Map<string, Readback["filters"][number][]>();
  for (const { where, direction, filters } of readback.bindings) {
    const name = where.kind === "workloads" ? where.path : where.kind === "subnet" ? where.attachment : undefined;
    if (name === undefined) continue;
    const key = `${direction} ${name}`;
    places.set(key, [...(places.get(key) ?? []), ...filters.flatMap((id) => byId.get(id) ?? [])]);
  }
  return (key: string) => places.get(key) ?? [];
}

/** The Direct Connect gateways that some virtual interface leads to: over others nobody can tell anything. */
function spokenOver(state: ReturnType<typeof stateOf>): ReadonlySet<string> {
  const interfaces = itemsOf(state, "aws_dx_transit_virtual_interface");
  return new Set(interfaces.map((item) => meantBy(state, item, "dx_gateway_id")));
}

/** Both routers, with one link at a time that tells everything, so that no link hides behind another. */
class Routers {
  private readonly naive: NaiveRouter;
  private readonly links: readonly { readonly link: string; readonly world: World; readonly read: ReadRouter }[];
  private readonly readback: Readback;
  private readonly random: (below: number) => number;

  constructor(
    readback: Readback,
    naive: NaiveRouter,
    spoken: ReadonlySet<string>,
    existing: ReadonlyMap<string, readonly Cidr[]>,
    cidrs: readonly Cidr[],
    random: (below: number) => number,
  ) {
    this.readback = readback;
    this.naive = naive;
    this.random = random;
    const links = [...naive.attachments.values()].filter(
      ({ kind, object }) => kind !== "vpc" && (kind !== "dx" || spoken.has(object)),
    );
    const families = new Map(
      links.map(({ kind, item, object }) => [object, kind === "dx" ? "" : item.body.tunnel_inside_ip_version]),
    );
    this.links = [["", ""] as const, ...families].map(([link, version]) => {
      const told = cidrs.filter(({ family }) => version === "" || version === `ipv${family}`);
      const heard = new Map([[link, told]]);
      const mine = new Map([[`${link}#learned`, told]]);
      return { link, world: { heard, existing }, read: new ReadRouter(readback, { heard: mine, existing }) };
    });
  }

  check(subnet: SubnetKeys, to: Point, check: (what: string, mine: unknown, naive: unknown) => void): void {
    const chosen = this.links[this.random(this.links.length)];
    if (chosen === undefined) return;
    const { link, world, read } = chosen;
    const text = `${to.family} ${to.value.toString(16)} while ${link || "no link"} tells`;
    check(
      `${subnet.id} to ${text}`,
      plain(read.from(subnet.table, to)),
      plain(this.naive.fromSubnet(subnet.key, to, world)),
    );
    for (const { link: other } of this.links) {
      const session = this.readback.channels.find(({ into }) => into === `${other}#learned`);
      if (session === undefined) continue;
      check(`${other} to ${text}`, plain(read.from(session.table, to)), plain(this.naive.fromLink(other, to, world)));
    }
  }
}

/** `vpc <name>`, `link <name>` or `drop`, with the same names on both sides. */
function plain(exit: string): string {
  const [kind = "", name = ""] = exit
    .replace("#learned", "")
    .replace("attached ", "vpc ")
    .replace("learned ", "link ")
    .split(" ");
  return name === "" ? kind : `${kind} ${/(?:vpc|tgw)-[0-9a-f]+$/.exec(name)?.[0] ?? name}`;
}

function textOf(packet: RawPacket): string {
  const { source, destination, ...rest } = packet;
  return `${source.value.toString(16)} to ${destination.value.toString(16)} ${JSON.stringify(rest)}`;
}
