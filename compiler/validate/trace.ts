/** Where packets go from a table: longest prefix first, over every way that the tables hold. */
import type { Address, Prefix } from "../../grammar/address.js";
import type { Circuit } from "../design/design.js";
import { AddressSet } from "../sets/address-set.js";
import { boundsUpTo, fromPairs, toPairs } from "../sets/bounds.js";
import type { ReadChannel } from "./readback.js";
import type { RouteTables, TableNext, TableRoute } from "./route-tables.js";
import type { MatchedSession } from "./sessions.js";

/** Where packets to some addresses come to. */
export interface Arrival {
  readonly addresses: AddressSet;
  /**
   * `attached`: an interface or a network; `session`: out of our hands, at the far end of a circuit; `unread`: at a router that
   * nobody read; else nowhere.
   */
  readonly at: "attached" | "session" | "unread" | "nowhere";
  /** Id of the interface, network or circuit, or the place. */
  readonly id: string;
  /** Of a session: the end of the circuit that the packets leave from. */
  readonly end?: 0 | 1;
}

/** The routes of one prefix that are used, and how long the prefix is. */
interface Used {
  readonly prefix: Prefix;
  readonly nexts: readonly TableNext[];
}

/** A table, ready for lookups: prefixes from the longest, and which of them decides where. */
interface Lookup {
  readonly used: readonly Used[];
  /** Where on the address line another prefix decides than before, ascending from 0. */
  readonly starts: readonly bigint[];
  /** Of each start the index into `used`, or -1 where no prefix matches. */
  readonly deciding: readonly number[];
}

/** The far end of an interface; sessions compare addresses by their value, as the routes to them do. */
function neighbourKey(near: string | undefined, remote: Address | undefined): string {
  return `${remote?.value} ${near}`;
}

/** Follows packets through the tables of an output. */
export class Trace {
  private readonly tables: Pick<RouteTables, "of">;
  private readonly channels: ReadonlyMap<string, ReadChannel>;
  private readonly lookups = new Map<string, Lookup>();
  /** By interface and address of the far end; the first of several. */
  private readonly byNeighbour = new Map<string, MatchedSession>();
  private readonly byChannel = new Map<ReadChannel, MatchedSession>();
  private readonly byCircuit = new Map<Circuit, MatchedSession[]>();

  constructor(tables: Pick<RouteTables, "of">, sessions: readonly MatchedSession[], channels: Iterable<ReadChannel>) {
    this.tables = tables;
    this.channels = new Map([...channels].map((one) => [one.id, one] as const));
    for (const one of sessions) {
      const { interface: near, remote } = one.session;
      const key = neighbourKey(near, remote);
      if (near !== undefined && remote !== undefined && !this.byNeighbour.has(key)) this.byNeighbour.set(key, one);
      if (!this.byChannel.has(one.channel)) this.byChannel.set(one.channel, one);
      const list = this.byCircuit.get(one.circuit);
      if (list === undefined) this.byCircuit.set(one.circuit, [one]);
      else list.push(one);
    }
  }

  /** Everywhere that packets looked up in a table come to. A way that comes back to a table it has passed is left. */
  from(table: string, addresses: AddressSet, passed: ReadonlySet<string> = new Set()): readonly Arrival[] {
    if (passed.has(table) || addresses.isEmpty()) return [];
    const seen = new Set([...passed, table]);
    const out: Arrival[] = [];
    const { used, parts } = this.split(table, addresses);
    for (const [index, part] of parts) {
      const nexts = used[index]?.nexts;
      if (nexts === undefined) out.push({ addresses: part, at: "nowhere", id: table });
      else for (const next of nexts) out.push(...this.follow(next, part, seen));
    }
    return out;
  }

  private follow(next: TableNext, addresses: AddressSet, passed: ReadonlySet<string>): readonly Arrival[] {
    switch (next.kind) {
      case "attached":
        return [{ addresses, at: "attached", id: next.to }];
      case "table":
      case "vpn":
        return this.from(next.table, addresses, passed);
      case "unread":
        return [{ addresses, at: "unread", id: next.place }];
      case "discard":
        return [{ addresses, at: "nowhere", id: "discard" }];
      case "neighbour": {
        const session = this.sessionOf(next);
        if (session !== undefined) return this.cross(session, addresses, passed);
        return [{ addresses, at: "attached", id: next.interface }];
      }
      case "session": {
        const session = this.sessionOf(next);
        if (session !== undefined) return this.cross(session, addresses, passed);
        return [{ addresses, at: "nowhere", id: next.channel }];
      }
    }
  }

  /** Over a circuit: into the far end's table, or out of our hands. */
  private cross(near: MatchedSession, addresses: AddressSet, passed: ReadonlySet<string>): readonly Arrival[] {
    const far = this.farOf(near);
    if (far !== undefined) return this.from(far.channel.table, addresses, passed);
    return [{ addresses, at: "session", id: near.circuit.id, end: near.end }];
  }

  /** The session at the near end of a circuit that a next hop goes over. */
  sessionOf(next: Extract<TableNext, { kind: "neighbour" | "session" }>): MatchedSession | undefined {
    if (next.kind === "neighbour") return this.byNeighbour.get(neighbourKey(next.interface, next.address));
    const channel = this.channels.get(next.channel);
    return channel === undefined ? undefined : this.byChannel.get(channel);
  }

  /** The same session as the far end has it; undefined where nobody read that end. */
  farOf({ circuit, end, session }: MatchedSession): MatchedSession | undefined {
    const sessions = this.byCircuit.get(circuit) ?? [];
    return sessions.find(
      (one) =>
        one.end !== end && one.session.family === session.family && one.session.local?.value === session.remote?.value,
    );
  }

  /** Where a table sends packets next: each part of the addresses with its next hops; none for what it has no route to. */
  hops(table: string, addresses: AddressSet): readonly (readonly [AddressSet, readonly TableNext[]])[] {
    const { used, parts } = this.split(table, addresses);
    return parts.map(([index, part]) => [part, used[index]?.nexts ?? []] as const);
  }

  /** Addresses by the prefix that decides about them, the longest first; last those that no prefix matches. */
  private split(
    table: string,
    addresses: AddressSet,
  ): { readonly used: readonly Used[]; readonly parts: readonly (readonly [number, AddressSet])[] } {
    const { used, starts, deciding } = this.lookupOf(table);
    const found = new Map<number, (readonly [bigint, bigint])[]>();
    for (const [start, end] of toPairs(addresses.bounds)) {
      for (let piece = boundsUpTo(starts, start) - 1; piece < starts.length; piece++) {
        const from = starts[piece] ?? 0n;
        if (from >= end) break;
        const next = starts[piece + 1];
        const pair = [from > start ? from : start, next === undefined || next > end ? end : next] as const;
        const index = deciding[piece] ?? -1;
        const list = found.get(index);
        if (list === undefined) found.set(index, [pair]);
        else list.push(pair);
      }
    }
    const order = (index: number): number => (index < 0 ? used.length : index);
    const parts = [...found].sort(([a], [b]) => order(a) - order(b));
    return { used, parts: parts.map(([index, pairs]) => [index, AddressSet.ofBounds(fromPairs(pairs))] as const) };
  }

  private lookupOf(table: string): Lookup {
    const known = this.lookups.get(table);
    if (known !== undefined) return known;
    const byPrefix = new Map<string, TableRoute[]>();
    for (const route of this.tables.of(table)) {
      if (!route.forwards) continue;
      const key = `${route.prefix.family} ${route.prefix.value}/${route.prefix.length}`;
      const list = byPrefix.get(key);
      if (list === undefined) byPrefix.set(key, [route]);
      else list.push(route);
    }
    const used = [...byPrefix.values()].map(bestOf).sort((a, b) => b.prefix.length - a.prefix.length);
    const made = { used, ...decidingAt(used) };
    this.lookups.set(table, made);
    return made;
  }
}

/** Stated routes win over heard ones, of them the lowest preference with what stands in when it fails. */
function bestOf(routes: readonly TableRoute[]): Used {
  const stated = routes.filter((route) => route.stated);
  const used = stated.length > 0 ? stated : routes;
  const prefix = used[0]?.prefix ?? { family: 4 as const, value: 0n, length: 0 };
  return { prefix, nexts: used.map((route) => route.next) };
}

/** Which of some prefixes, the longest first, decides where. Two prefixes lie apart, or one in the other. */
function decidingAt(used: readonly Used[]): Pick<Lookup, "starts" | "deciding"> {
  const sides = used.map(({ prefix }, index) => {
    const [start = 0n, end = 0n] = AddressSet.ofPrefix(prefix).bounds;
    return { start, end, index };
  });
  // By start, the widest first: then whatever holds a prefix is open when it begins.
  sides.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : b.index - a.index));
  const starts: bigint[] = [0n];
  const deciding: number[] = [-1];
  const put = (at: bigint, index: number): void => {
    if (starts.at(-1) === at) deciding[deciding.length - 1] = index;
    else {
      starts.push(at);
      deciding.push(index);
    }
  };
  const open: { readonly end: bigint; readonly index: number }[] = [];
  const closeUpTo = (at: bigint | undefined): void => {
    for (let last = open.at(-1); last !== undefined && (at === undefined || last.end <= at); last = open.at(-1)) {
      open.pop();
      put(last.end, open.at(-1)?.index ?? -1);
    }
  };
  for (const side of sides) {
    closeUpTo(side.start);
    put(side.start, side.index);
    open.push(side);
  }
  closeUpTo(undefined);
  return { starts, deciding };
}
