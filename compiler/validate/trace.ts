/** Where packets go from a table: longest prefix first, over every way that the tables hold. */
import { AddressSet } from "../sets/address-set.js";
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
}

/** The part of a table's addresses that one set of routes of one length decides about. */
interface Slice {
  readonly addresses: AddressSet;
  readonly nexts: readonly TableNext[];
}

/** Follows packets through the tables of an output. */
export class Trace {
  private readonly tables: RouteTables;
  private readonly sessions: readonly MatchedSession[];
  private readonly channels: ReadonlyMap<string, ReadChannel>;
  private readonly slices = new Map<string, readonly Slice[]>();

  constructor(tables: RouteTables, sessions: readonly MatchedSession[], channels: Iterable<ReadChannel>) {
    this.tables = tables;
    this.sessions = sessions;
    this.channels = new Map([...channels].map((one) => [one.id, one] as const));
  }

  /** Everywhere that packets looked up in a table come to. A way that comes back to a table it has passed is left. */
  from(table: string, addresses: AddressSet, passed: ReadonlySet<string> = new Set()): readonly Arrival[] {
    if (passed.has(table) || addresses.isEmpty()) return [];
    const seen = new Set([...passed, table]);
    const out: Arrival[] = [];
    let rest = addresses;
    for (const slice of this.slicesOf(table)) {
      const part = rest.intersect(slice.addresses);
      if (part.isEmpty()) continue;
      rest = rest.subtract(part);
      for (const next of slice.nexts) out.push(...this.follow(next, part, seen));
    }
    if (!rest.isEmpty()) out.push({ addresses: rest, at: "nowhere", id: table });
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
        const session = this.sessions.find(
          ({ session }) => session.interface === next.interface && session.remote?.value === next.address.value,
        );
        if (session !== undefined) return this.cross(session, addresses, passed);
        return [{ addresses, at: "attached", id: next.interface }];
      }
      case "session": {
        const channel = this.channels.get(next.channel);
        const session = this.sessions.find((one) => one.channel === channel);
        if (session !== undefined) return this.cross(session, addresses, passed);
        return [{ addresses, at: "nowhere", id: next.channel }];
      }
    }
  }

  /** Over a circuit: into the far end's table, or out of our hands. */
  private cross(near: MatchedSession, addresses: AddressSet, passed: ReadonlySet<string>): readonly Arrival[] {
    const { circuit, end, session } = near;
    const far = this.sessions.find(
      (one) =>
        one.circuit === circuit &&
        one.end !== end &&
        one.session.family === session.family &&
        one.session.local?.value === session.remote?.value,
    );
    if (far !== undefined) return this.from(far.channel.table, addresses, passed);
    return [{ addresses, at: "session", id: circuit.id }];
  }

  private slicesOf(table: string): readonly Slice[] {
    const known = this.slices.get(table);
    if (known !== undefined) return known;
    const byPrefix = new Map<string, TableRoute[]>();
    for (const route of this.tables.of(table)) {
      if (!route.forwards) continue;
      const key = `${route.prefix.family} ${route.prefix.value}/${route.prefix.length}`;
      const list = byPrefix.get(key);
      if (list === undefined) byPrefix.set(key, [route]);
      else list.push(route);
    }
    const made = [...byPrefix.values()]
      .map((routes) => bestOf(routes))
      .sort((a, b) => b.length - a.length)
      .map(({ addresses, nexts }) => ({ addresses, nexts }));
    this.slices.set(table, made);
    return made;
  }
}

/** Stated routes win over heard ones, of them the lowest preference with what stands in when it fails. */
function bestOf(routes: readonly TableRoute[]): Slice & { readonly length: number } {
  const stated = routes.filter((route) => route.stated);
  const used = stated.length > 0 ? stated : routes;
  const prefix = used[0]?.prefix ?? { family: 4 as const, value: 0n, length: 0 };
  return { addresses: AddressSet.ofPrefix(prefix), nexts: used.map((route) => route.next), length: prefix.length };
}
