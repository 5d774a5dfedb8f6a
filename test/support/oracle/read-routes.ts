/** Where a packet goes in what a reader made: longest prefix, table by table, from the words of the contract alone. */
import type { Readback, ReadNext, ReadTable } from "../../../compiler/validate/readback.js";
import { bitsOf, type Cidr, covers, type Point } from "./aws/address.js";

/** What far ends say, by the table that it goes into, and the prefixes of opaque routes, by what they are of. */
export interface ReadWorld {
  readonly heard: ReadonlyMap<string, readonly Cidr[]>;
  readonly existing: ReadonlyMap<string, readonly Cidr[]>;
}

interface Candidate {
  readonly cidr: Cidr;
  /** Own routes win over what channels bring. */
  readonly rank: number;
  readonly next: ReadNext;
}

/** A readback that can be asked for many packets. */
export class ReadRouter {
  private readonly readback: Readback;
  private readonly world: ReadWorld;
  private readonly tables: ReadonlyMap<string, ReadTable>;
  private readonly candidates = new Map<string, readonly Candidate[]>();

  constructor(readback: Readback, world: ReadWorld) {
    this.readback = readback;
    this.world = world;
    this.tables = new Map(readback.tables.map((table) => [table.id, table]));
  }

  /** `drop`, `attached <network>`, or `learned <table that heard of it>`, looked up from a table on. */
  from(table: string, to: Point, hops = 0): string {
    if (hops > 8) return "loop";
    const fitting = this.candidatesOf(table).filter(({ cidr }) => covers(cidr, to));
    fitting.sort((a, b) => b.cidr.length - a.cidr.length || a.rank - b.rank);
    const next = fitting[0]?.next;
    switch (next?.kind) {
      case "attached":
        return `attached ${next.to}`;
      case "table":
        return this.from(next.table, to, hops + 1);
      case "session": {
        const channel = this.readback.channels.find(({ id }) => id === next.channel);
        return `learned ${channel?.into ?? channel?.table ?? next.channel}`;
      }
      default:
        return "drop";
    }
  }

  private candidatesOf(id: string): readonly Candidate[] {
    const known = this.candidates.get(id);
    if (known !== undefined) return known;
    const table = this.tables.get(id);
    const own = (table?.routes ?? []).map(({ prefix, next }) => ({ cidr: prefix, rank: 0, next }));
    const opaque = (table?.opaque ?? []).flatMap(({ of, next, families }) =>
      (this.world.existing.get(of) ?? [])
        .filter(({ family }) => families.includes(family))
        .map((cidr) => ({ cidr, rank: 0.5, next })),
    );
    const heard = this.readback.channels.flatMap((channel): readonly Candidate[] => {
      if (channel.peer.kind === "table") {
        if (channel.table !== id) return [];
        return (this.world.heard.get(channel.peer.table) ?? []).map((cidr) => ({ cidr, rank: 1, next: channel.next }));
      }
      if ((channel.into ?? channel.table) !== id) return [];
      return (this.world.heard.get(id) ?? []).map((cidr) => ({ cidr, rank: 1, next: channel.next }));
    });
    const all = [...own, ...opaque, ...heard].filter(({ cidr }) => cidr.length <= bitsOf(cidr.family));
    this.candidates.set(id, all);
    return all;
  }
}
