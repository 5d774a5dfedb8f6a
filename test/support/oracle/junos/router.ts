/**
 * A router of the tests' own as far as its neighbours notice it: units, routing instances, static routes, BGP sessions. Read
 * from the paths of `set` lines alone; shares no code with the target.
 */
import { Device, groups, quad } from "./device.js";
import { Policies } from "./policies.js";

/** Statements as words. */
export type Paths = readonly (readonly string[])[];

/** A prefix, or an address with the length of its subnet. */
export interface Block {
  readonly family: 4 | 6;
  readonly value: bigint;
  readonly length: number;
}

/** What a text like `10.1.0.1/24` says; without a length it is one address. */
export function blockOf(text: string): Block {
  const [base = "", length] = text.split("/");
  const family = base.includes(":") ? 6 : 4;
  return { family, value: family === 4 ? quad(base) : groups(base), length: Number(length ?? bitsOf(family)) };
}

/** 32 or 128. */
export function bitsOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

/** The subnet of an address. */
export function subnetOf({ family, value, length }: Block): Block {
  const shift = BigInt(bitsOf(family) - length);
  return { family, value: (value >> shift) << shift, length };
}

/** True where an address or prefix lies in another prefix. */
export function inside(outer: Block, inner: Block): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false;
  return subnetOf({ ...inner, length: outer.length }).value === subnetOf(outer).value;
}

/** A text that is equal for equal blocks. */
export function keyOf({ family, value, length }: Block): string {
  return `${family} ${value.toString(16)}/${length}`;
}

/** A unit of a port. */
export interface Unit {
  readonly name: string;
  /** Port and tags: what the other side of the cable sees. */
  readonly wire: string;
  readonly families: ReadonlySet<string>;
  readonly addresses: readonly string[];
  /** Virtual addresses of VRRP with the address they stand beside. */
  readonly virtual: readonly (readonly [address: string, virtual: string])[];
  readonly mtu: readonly string[];
  /** Filters on what leaves. */
  readonly outputs: readonly string[];
}

/** What a neighbour has, its group's settings included: words by statement, `family inet` with what follows as one text. */
export interface Neighbour {
  readonly group: string;
  readonly address: string;
  readonly settings: ReadonlyMap<string, readonly string[]>;
}

/** A static route. */
export interface Static {
  readonly prefix: string;
  /** `next-hop`, `next-table` or `discard`. */
  readonly kind: string;
  readonly to: string;
}

/** A routing instance. */
export interface Instance {
  readonly name: string;
  readonly statements: Paths;
  readonly units: readonly string[];
  readonly statics: readonly Static[];
  readonly neighbours: readonly Neighbour[];
}

/** What follows some words, of the statements that begin with them. */
export function below(paths: Paths, ...words: readonly string[]): Paths {
  return paths.filter((path) => words.every((word, at) => path[at] === word)).map((path) => path.slice(words.length));
}

/** The words that follow some others, each once. */
export function wordsBelow(paths: Paths, ...words: readonly string[]): readonly string[] {
  return [...new Set(below(paths, ...words).flatMap(([word]) => word ?? []))];
}

function unitsOf(paths: Paths): readonly Unit[] {
  return wordsBelow(paths, "interfaces").flatMap((port) =>
    wordsBelow(paths, "interfaces", port, "unit").map((number): Unit => {
      const own = below(paths, "interfaces", port, "unit", number);
      const families = wordsBelow(own, "family");
      const inFamilies = families.flatMap((family) => below(own, "family", family));
      const addresses = wordsBelow(inFamilies, "address");
      const tags = [...below(own, "vlan-tags", "outer"), ...below(own, "vlan-id")].flat().join(" ");
      const virtual = addresses.flatMap((address) =>
        below(inFamilies, "address", address).flatMap(([, , kind = "", value = ""]) =>
          kind.startsWith("virtual-") ? [[address, value] as const] : [],
        ),
      );
      const mtu = wordsBelow(inFamilies, "mtu");
      const outputs = ["output", "output-list"].flatMap((word) => wordsBelow(inFamilies, "filter", word));
      const wire = `${port} ${tags}`;
      return { name: `${port}.${number}`, wire, families: new Set(families), addresses, virtual, mtu, outputs };
    }),
  );
}

function staticsOf(own: Paths, name: string): readonly Static[] {
  const options = below(own, "routing-options");
  const routes = [...below(options, "static", "route"), ...below(options, "rib", `${name}.inet6.0`, "static", "route")];
  return routes.map(([prefix = "", kind = "", to = ""]) => ({ prefix, kind, to }));
}

/** The neighbours below `protocols bgp`; what a neighbour says itself replaces what its group says. */
export function neighboursOf(bgp: Paths): readonly Neighbour[] {
  return wordsBelow(bgp, "group").flatMap((group) => {
    const statements = below(bgp, "group", group);
    const general = statements.filter(([word]) => word !== "neighbor");
    return wordsBelow(statements, "neighbor").map((address) => {
      const own = below(statements, "neighbor", address);
      const settings = new Map<string, string[]>();
      for (const list of [general, own]) {
        for (const word of new Set(list.map(([first = ""]) => first)))
          settings.set(
            word,
            below(list, word).map((rest) => rest.join(" ")),
          );
      }
      return { group, address, settings };
    });
  });
}

/** One router. */
export class Router {
  readonly name: string;
  readonly paths: Paths;
  readonly units: ReadonlyMap<string, Unit>;
  readonly instances: readonly Instance[];
  /** Sessions outside instances, which carry the VPN. */
  readonly core: readonly Neighbour[];
  readonly device: Device;
  readonly policies: Policies;

  constructor(name: string, paths: Paths) {
    this.name = name;
    this.paths = paths;
    this.units = new Map(unitsOf(paths).map((unit) => [unit.name, unit] as const));
    this.instances = wordsBelow(paths, "routing-instances").map((instance) => {
      const statements = below(paths, "routing-instances", instance);
      return {
        name: instance,
        statements,
        units: wordsBelow(statements, "interface"),
        statics: staticsOf(statements, instance),
        neighbours: neighboursOf(below(statements, "protocols", "bgp")),
      };
    });
    this.core = neighboursOf(below(paths, "protocols", "bgp"));
    this.device = new Device(paths);
    this.policies = new Policies(paths);
  }

  /** The instance of a unit. */
  instanceOf(unit: string): Instance | undefined {
    return this.instances.find(({ units }) => units.includes(unit));
  }
}
