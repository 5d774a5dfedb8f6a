/**
 * A small Junos of the tests' own: it reads `set` lines and structured text, and judges packets against the filters, as
 * Juniper's manuals describe evaluation. It shares no code with the target: addresses and prefixes are its own bit strings.
 */

/** A raw packet. `offset` is the fragment offset in units of 8 bytes; `more` says that fragments follow. */
export interface Packet {
  readonly family: 4 | 6;
  readonly source: bigint;
  readonly destination: bigint;
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly type: number;
  readonly code: number;
  /** ACK or RST is set. */
  readonly established: boolean;
  readonly ttl: number;
  readonly offset: number;
  readonly more: boolean;
}

/** What a router may do with a packet, where platforms and manuals differ in what a condition matches. */
export interface Outcomes {
  readonly accept: boolean;
  readonly discard: boolean;
}

/** Conditions on what stands behind the IP header. */
const LAYER4: ReadonlySet<string> = new Set([
  "port",
  "source-port",
  "destination-port",
  "icmp-type",
  "icmp-code",
  "tcp-established",
]);

/** Words of one line; quoted words lose their quotes. */
export function words(line: string): readonly string[] {
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(
    (match) => match[2] ?? (match[1] ?? "").replace(/\\(.)/g, "$1"),
  );
}

/** The paths that `set` lines say. */
export function setPaths(text: string): readonly (readonly string[])[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [verb, ...path] = words(line);
      if (verb !== "set") throw new Error(`not a set line: ${line}`);
      return path;
    });
}

/** The same paths from structured text: braces nest, brackets repeat, `replace:` is a tag. */
export function structuredPaths(text: string): readonly (readonly string[])[] {
  const tokens = [...text.matchAll(/"(?:\\.|[^"\\])*"|[{};[\]]|[^\s{};[\]]+/g)].map(([token]) => token);
  const out: (readonly string[])[] = [];
  const stack: (readonly string[])[] = [];
  let current: string[] = [];
  let list: string[] | undefined;
  for (const token of tokens) {
    if (token === "replace:") continue;
    if (token === "[") list = [];
    else if (token === "]") continue;
    else if (token === "{") {
      stack.push(current);
      current = [];
    } else if (token === "}") {
      if (current.length > 0) throw new Error(`unfinished statement ${current.join(" ")}`);
      if (stack.pop() === undefined) throw new Error("a brace too many");
    } else if (token === ";") {
      const path = [...stack.flat(), ...current];
      if (list === undefined) out.push(path);
      else for (const value of list) out.push([...path, value]);
      list = undefined;
      current = [];
    } else (list ?? current).push(words(token)[0] ?? "");
  }
  if (stack.length > 0) throw new Error("a brace too few");
  return out;
}

/** One term as read: conditions by keyword, in the order of the file. */
export interface Term {
  readonly name: string;
  readonly from: Map<string, string[][]>;
  readonly actions: string[][];
}

/** The filters of a configuration: terms in order, and prefix lists. */
export class Device {
  private readonly filters = new Map<string, Term[]>();
  private readonly lists = new Map<string, string[]>();
  private readonly inputs = new Map<string, string[]>();

  constructor(paths: readonly (readonly string[])[]) {
    for (const path of paths) this.read(path);
  }

  private read(path: readonly string[]): void {
    const [top, second] = path;
    if (top === "policy-options" && second === "prefix-list") {
      const [, , name = "", ...entries] = path;
      this.lists.set(name, [...(this.lists.get(name) ?? []), ...entries]);
    } else if (top === "interfaces" && path[6] === "filter" && path[7]?.startsWith("input")) {
      const [, port, , unit, , family, , , filter = ""] = path;
      const key = `${port}.${unit} ${family}`;
      this.inputs.set(key, [...(this.inputs.get(key) ?? []), filter]);
    } else if (top === "firewall") {
      const [, , family = "", , name = "", kind, termName = "", part, keyword = "", ...values] = path;
      if (kind === "interface-specific") return;
      if (kind !== "term") throw new Error(`unknown statement ${path.join(" ")}`);
      const key = `${family} ${name}`;
      const terms = this.filters.get(key) ?? [];
      this.filters.set(key, terms);
      let term = terms.find((one) => one.name === termName);
      if (term === undefined) {
        term = { name: termName, from: new Map(), actions: [] };
        terms.push(term);
      }
      if (part === "from") term.from.set(keyword, [...(term.from.get(keyword) ?? []), values]);
      else term.actions.push([keyword, ...values]);
    }
  }

  /** The name of the filter on the input of an interface. */
  filterOf(unit: string, family: 4 | 6): string {
    const [name] = this.inputs.get(`${unit} ${family === 4 ? "inet" : "inet6"}`) ?? [];
    if (name === undefined) throw new Error(`${unit} has no input filter of IPv${family}`);
    return name;
  }

  /** The names of the filters on the input of a unit, in order; an empty text where there is none. */
  bound(unit: string, family: 4 | 6): string {
    return (this.inputs.get(`${unit} ${family === 4 ? "inet" : "inet6"}`) ?? []).join(" ");
  }

  /** The terms of these filters, in order. */
  termsAt(unit: string, family: 4 | 6): readonly Term[] {
    const word = family === 4 ? "inet" : "inet6";
    return (this.inputs.get(`${unit} ${word}`) ?? []).flatMap((name) => this.filters.get(`${word} ${name}`) ?? []);
  }

  /** The filters by family and name (`inet LAN`), with their terms. */
  all(): ReadonlyMap<string, readonly Term[]> {
    return this.filters;
  }

  /** The prefixes of a list. */
  list(name: string): readonly string[] {
    return this.lists.get(name) ?? [];
  }

  /**
   * What may become of a packet on a unit, by its input filter or the chain of them; without one it passes. A condition on
   * layer 4 may or may not match a later fragment, and `is-fragment` a first one; `first-fragment` of IPv4 may be offset 0.
   */
  enters(unit: string, packet: Packet): Outcomes {
    const family = packet.family === 4 ? "inet" : "inet6";
    const names = this.inputs.get(`${unit} ${family}`);
    return names === undefined ? { accept: true, discard: false } : this.outcomes(names, packet);
  }

  /** The same for filters in a row, bound or not. */
  outcomes(names: readonly string[], packet: Packet): Outcomes {
    const found = { accept: false, discard: false };
    for (const name of names) {
      const terms = this.filters.get(`${packet.family === 4 ? "inet" : "inet6"} ${name}`);
      if (terms === undefined) throw new Error(`there is no filter ${name}`);
      for (const term of terms) {
        const matched = this.mayMatchAll(term, packet);
        if (matched === "no" || term.actions.some(([action]) => action === "next")) continue;
        found[term.actions.some(([action]) => action === "discard" || action === "reject") ? "discard" : "accept"] =
          true;
        if (matched === "yes") return found;
      }
    }
    return { ...found, discard: true };
  }

  private mayMatchAll(term: Term, packet: Packet): "yes" | "maybe" | "no" {
    let all: "yes" | "maybe" = "yes";
    for (const [keyword, values] of term.from) {
      const one = this.mayMatch(keyword, values, term, packet);
      if (one === "no") return "no";
      if (one === "maybe") all = "maybe";
    }
    return all;
  }

  private mayMatch(keyword: string, values: readonly string[][], term: Term, packet: Packet): "yes" | "maybe" | "no" {
    const { offset, more, family } = packet;
    if (offset > 0 && LAYER4.has(keyword.replace(/-except$/, ""))) return "maybe";
    if (keyword === "is-fragment" && offset === 0 && more) return "maybe";
    if (keyword === "first-fragment" && family === 4 && offset === 0 && !more) return "maybe";
    return this.holds(keyword, values, term, packet) ? "yes" : "no";
  }

  /** The name of the first matching term and what it does; without a match the packet is discarded. */
  judge(filter: string, packet: Packet): { readonly term: string; readonly accept: boolean } {
    const terms = this.filters.get(`${packet.family === 4 ? "inet" : "inet6"} ${filter}`);
    if (terms === undefined) throw new Error(`there is no filter ${filter}`);
    for (const term of terms) {
      if (![...term.from].every(([keyword, values]) => this.holds(keyword, values, term, packet))) continue;
      if (term.actions.some(([action]) => action === "next")) continue;
      // A matching term without a terminating action accepts.
      return { term: term.name, accept: !term.actions.some(([action]) => action === "discard" || action === "reject") };
    }
    return { term: "", accept: false };
  }

  private holds(keyword: string, values: readonly string[][], term: Term, packet: Packet): boolean {
    const except = keyword.endsWith("-except");
    return this.matches(except ? keyword.slice(0, -"-except".length) : keyword, values, term, packet) !== except;
  }

  private matches(keyword: string, values: readonly string[][], term: Term, packet: Packet): boolean {
    switch (keyword) {
      case "source-address":
      case "source-prefix-list":
        return this.address("source", packet.source, term, packet.family);
      case "destination-address":
      case "destination-prefix-list":
        return this.address("destination", packet.destination, term, packet.family);
      case "protocol":
      case "payload-protocol":
        return inRanges(values, packet.protocol);
      case "port":
        return inRanges(values, packet.sourcePort) || inRanges(values, packet.destinationPort);
      case "source-port":
        return inRanges(values, packet.sourcePort);
      case "destination-port":
        return inRanges(values, packet.destinationPort);
      case "icmp-type":
        return inRanges(values, packet.type);
      case "icmp-code":
        return inRanges(values, packet.code);
      case "tcp-established":
        return packet.established;
      case "ttl":
      case "hop-limit":
        return inRanges(values, packet.ttl);
      case "fragment-offset":
        return inRanges(values, packet.offset);
      case "is-fragment":
        return packet.offset > 0 || packet.more;
      case "first-fragment":
        return packet.offset === 0 && packet.more;
      default:
        throw new Error(`unknown condition ${keyword}`);
    }
  }

  /** Longest match over addresses and lists of one side; the entry decides whether it is an exception. */
  private address(side: "source" | "destination", value: bigint, term: Term, family: 4 | 6): boolean {
    const entries: [string, boolean][] = [];
    for (const [prefix = "", except] of term.from.get(`${side}-address`) ?? [])
      entries.push([prefix, except === "except"]);
    for (const [list = "", except] of term.from.get(`${side}-prefix-list`) ?? []) {
      const prefixes = this.lists.get(list);
      if (prefixes === undefined) throw new Error(`there is no prefix list ${list}`);
      for (const prefix of prefixes) entries.push([prefix, except === "except"]);
    }
    let best = -1;
    let result = false;
    for (const [prefix, except] of entries) {
      const length = Number(prefix.split("/")[1] ?? (family === 4 ? 32 : 128));
      if (length <= best || !within(value, prefix, family)) continue;
      best = length;
      result = !except;
    }
    return result;
  }
}

const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 };

function inRanges(values: readonly string[][], number: number): boolean {
  return values.some(([text = ""]) => {
    const known = NUMBERS[text];
    if (known !== undefined) return known === number;
    const [low, high] = text.split("-").map(Number);
    return number >= (low ?? 0) && number <= (high ?? low ?? 0);
  });
}

function within(value: bigint, prefix: string, family: 4 | 6): boolean {
  const bits = family === 4 ? 32 : 128;
  const [base = "", length = bits] = prefix.split("/");
  const shift = BigInt(bits - Number(length));
  const start = family === 4 ? quad(base) : groups(base);
  if ((start >> shift) << shift !== start) throw new Error(`${prefix} has host bits set`);
  return value >> shift === start >> shift;
}

/** The number of a dotted quad. */
export function quad(text: string): bigint {
  return text.split(".").reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

/** The number of an IPv6 address. */
export function groups(text: string): bigint {
  const [left = "", right] = text.split("::");
  const split = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const head = split(left);
  const tail = split(right ?? "");
  const zeros = new Array<string>(right === undefined ? 0 : 8 - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...tail].reduce((sum, part) => (sum << 16n) | BigInt(`0x${part}`), 0n);
}
