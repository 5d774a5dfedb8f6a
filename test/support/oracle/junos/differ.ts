/** What two sets of Junos files make routers do differently, as far as the naive device and the naive policies see. */
import type { Artefact } from "../../../../compiler/contract.js";
import { Random } from "../random.js";
import { type Device, type Packet, setPaths, structuredPaths, type Term } from "./device.js";
import { faultOf } from "./faults.js";
import { settle } from "./network.js";
import { blockOf, inside, type Neighbour, type Paths, Router } from "./router.js";
import { PacketSource, resized } from "./samples.js";

/** Packets for one filter: each term that changed meets each other one in every mixture a few times. */
const PACKETS = 3000;

interface Side {
  readonly routers: ReadonlyMap<string, Router>;
  /** A router whose two forms say different things. */
  readonly torn?: string;
}

const known = new WeakMap<Artefact, readonly [string, Paths]>();

/** The statements of a file, in an order that shows only what order means: of what follows one and the same word. */
function pathsOf(file: Artefact, read: (text: string) => Paths): readonly [string, Paths] {
  const found = known.get(file);
  if (found !== undefined) return found;
  const paths = read(file.text);
  const made = [ordered(paths), paths] as const;
  known.set(file, made);
  return made;
}

interface Tree extends Map<string, Tree> {}

function ordered(paths: Paths): string {
  const top: Tree = new Map();
  for (const path of paths) {
    let at = top;
    for (const word of path) {
      const next: Tree = at.get(word) ?? new Map();
      at.set(word, next);
      at = next;
    }
  }
  const text = (tree: Tree): string => `{${[...tree].map(([word, rest]) => JSON.stringify(word) + text(rest)).join()}}`;
  return text(top);
}

const routers = new WeakMap<Paths, Router>();

function sideOf(artefacts: readonly Artefact[]): Side {
  const out = new Map<string, Router>();
  for (const file of artefacts) {
    const [, name] = /^routers\/([^/]+)\/junos\.set$/.exec(file.path) ?? [];
    if (name === undefined) continue;
    const [order, paths] = pathsOf(file, setPaths);
    const other = artefacts.find(({ path }) => path === `routers/${name}/junos.replace.conf`);
    if (other === undefined || pathsOf(other, structuredPaths)[0] !== order) return { routers: out, torn: name };
    const router = routers.get(paths) ?? new Router(name, paths);
    routers.set(paths, router);
    out.set(name, router);
  }
  return { routers: out };
}

/** The first difference in words, or undefined. What Junos would refuse, and forms that contradict each other, differ. */
export function junosDifference(before: readonly Artefact[], after: readonly Artefact[]): string | undefined {
  const [old, now] = [sideOf(before), sideOf(after)];
  if (now.torn !== undefined) return `refused: the forms of ${now.torn} differ`;
  for (const [name, router] of now.routers) {
    const fault = old.routers.get(name) === router ? undefined : faultOf(router);
    if (fault !== undefined) return `refused: ${fault}`;
  }
  const [first, second] = [[...old.routers.values()], [...now.routers.values()]];
  return factDifference(first, second) ?? packetDifference(first, second) ?? routeDifference(first, second);
}

function factsOf(all: readonly Router[]): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const session = (key: string, { settings }: Neighbour, local?: string): void => {
    const said = ["type", "peer-as", "local-as", "cluster"].map((word) => settings.get(word)?.join());
    said.push(settings.get("local-address")?.[0] ?? local);
    const families = (settings.get("family") ?? ["inet unicast"]).map((one) => one.split(" ").slice(0, 2).join(" "));
    const limits = (settings.get("family") ?? []).map((one) => /prefix-limit (teardown|maximum \d+)/.exec(one)?.[1]);
    const limit = limits.includes("teardown") ? limits.find((one) => one?.startsWith("maximum")) : undefined;
    const secured = settings.has("authentication-key-chain") || settings.has("authentication-key");
    const bfd = settings.has("bfd-liveness-detection");
    facts.set(key, JSON.stringify([said, [...new Set(families)].sort(), limit, secured, bfd]));
  };
  for (const router of all) {
    for (const { name, wire, addresses, virtual, mtu, outputs } of router.units.values()) {
      const own = [router.instanceOf(name)?.name, [...addresses].sort(), [...virtual].sort(), mtu, outputs];
      facts.set(`${router.name} ${wire}`, JSON.stringify(own));
    }
    for (const { name, neighbours } of router.instances) {
      for (const one of neighbours) session(`${router.name} ${name} ${one.address}`, one, localOf(router, one.address));
    }
  }
  return facts;
}

/** The own address on the subnet of a neighbour, with which a router speaks if nothing else is said. */
function localOf({ units }: Router, neighbour: string): string | undefined {
  const addresses = [...units.values()].flatMap((unit) => unit.addresses);
  return addresses.find((one) => inside(blockOf(one), blockOf(neighbour)))?.split("/")[0];
}

function factDifference(before: readonly Router[], after: readonly Router[]): string | undefined {
  const [a, b] = [factsOf(before), factsOf(after)];
  return [...new Set([...a.keys(), ...b.keys()])].find((key) => a.get(key) !== b.get(key));
}

type Terms = readonly Term[];

const textOf = ({ name, from, actions }: Term): string => JSON.stringify([name, [...from], actions]);

/** The terms that are not in both lists, or not in the same place; and the addresses of lists that differ count as terms. */
function changedTerms(old: Terms, now: Terms, lists: (name: string) => boolean): Terms {
  const [a, b] = [old.map(textOf), now.map(textOf)];
  const uses = (term: Term): boolean =>
    [...term.from].some(([word, values]) => word.endsWith("prefix-list") && values.some(([name = ""]) => lists(name)));
  const gone = old.filter((term, at) => !b.includes(a[at] ?? "") || uses(term));
  const come = now.filter((_, at) => !a.includes(b[at] ?? ""));
  if (gone.length + come.length > 0) return [...gone, ...come];
  return old.filter((_, at) => a[at] !== b[at]);
}

/** Packets at each wire that tell two routers apart, those that meet changed terms above all. */
function packetDifference(before: readonly Router[], after: readonly Router[]): string | undefined {
  for (const [at, old] of before.entries()) {
    const now = after[at];
    if (now === undefined || now === old) continue;
    for (const unit of old.units.values()) {
      const same = [...now.units.values()].find(({ wire }) => wire === unit.wire);
      if (same === undefined) return `${old.name} ${unit.wire} is gone`;
      for (const family of [4, 6] as const) {
        const [a, b] = [new Gate(old, unit.name, family), new Gate(now, same.name, family)];
        const packet = a.apart(b);
        if (packet !== undefined) return `${old.name} ${unit.wire}: ${words(packet)}`;
      }
    }
  }
  return undefined;
}

/** A unit in one family. */
class Gate {
  readonly device: Device;
  readonly terms: Terms;
  readonly bound: boolean;
  private readonly on: boolean;
  private readonly unit: string;
  private readonly family: 4 | 6;

  constructor({ device, units }: Router, unit: string, family: 4 | 6) {
    const word = family === 4 ? "inet" : "inet6";
    const own = units.get(unit);
    this.device = device;
    this.unit = unit;
    this.family = family;
    this.on = own?.families.has(word) === true;
    this.terms = device.termsAt(unit, family);
    this.bound = device.bound(unit, family) !== "";
  }

  /** What may happen to a packet: nothing enters in a family that is off. */
  private judge(packet: Packet): string {
    if (!this.on) return "false true";
    const { accept, discard } = this.device.enters(this.unit, packet);
    return `${accept} ${discard}`;
  }

  /** A packet that the two treat differently. */
  apart(other: Gate): Packet | undefined {
    const lists = (name: string): boolean => this.device.list(name).join() !== other.device.list(name).join();
    const changed = changedTerms(this.terms, other.terms, lists);
    if (changed.length === 0 && this.on === other.on && this.bound === other.bound) return undefined;
    const random = new Random(this.terms.length + 7 * this.family);
    const open: Term = { name: "any", from: new Map(), actions: [] };
    const all = [...this.terms, ...other.terms, open];
    const chosen = changed.length === 0 ? all : changed;
    const sources = [this, other].map(({ device }) => new PacketSource(random, device, all, this.family));
    for (let count = 0; count < PACKETS; count++) {
      const [one, two] = [random.of(chosen), random.of(all)];
      const either = (): Term => random.of([one, two]);
      const packet = sources[count % 2]?.between(either(), either(), either());
      if (packet !== undefined && this.judge(packet) !== other.judge(packet)) return packet;
    }
    return undefined;
  }
}

function words({ source, destination, protocol, sourcePort, destinationPort, type }: Packet): string {
  return `${source.toString(16)} to ${destination.toString(16)}, ${protocol}/${sourcePort}/${destinationPort}/${type}`;
}

const ROUTES = /^(?:policy-options|routing-instances|protocols)$/;

/** Prefixes that a configuration names, and those next to the ones that changed. */
function routeDifference(before: readonly Router[], after: readonly Router[]): string | undefined {
  const lines = (all: readonly Router[]): readonly string[] =>
    all.flatMap(({ name, paths }) =>
      paths.filter(([top = ""]) => ROUTES.test(top)).map((path) => `${name} ${path.join(" ")}`),
    );
  const [a, b] = [lines(before), lines(after)];
  if (a.join("\n") === b.join("\n")) return undefined;
  const [had, has] = [new Set(a), new Set(b)];
  const changed = [...a.filter((line) => !has.has(line)), ...b.filter((line) => !had.has(line))];
  const named = (list: readonly string[]): readonly string[] =>
    list.flatMap((line) => [...line.matchAll(/ ([0-9a-f.:]+\/\d+)(?= |$)/g)].map(([, prefix = ""]) => prefix));
  const said = [...new Set([...named(a), ...named(b), ...named(changed).flatMap((one) => resized(one))])].sort();
  const [x, y] = [settle(before, said), settle(after, said)];
  for (const part of ["tables", "told", "policies", "ranks"] as const) {
    for (const key of new Set([...x[part].keys(), ...y[part].keys()])) {
      const [one, two] = [x[part].get(key) ?? [], y[part].get(key) ?? []];
      const other = [...one.filter((line) => !two.includes(line)), ...two.filter((line) => !one.includes(line))][0];
      if (other !== undefined) return `${part} ${key}: ${other}`;
    }
  }
  return undefined;
}
