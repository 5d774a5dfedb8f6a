/**
 * Passages: the ways of packets through what was read, each with every filter on it. They start where endpoints stand, follow
 * the filled tables, and end where endpoints stand; filters are those bound to the interfaces and subnets on the way.
 */
import type { Family } from "../../grammar/address.js";
import type { DomainId } from "../model/estate.js";
import type { Site } from "../relations/sites.js";
import type { AddressSet } from "../sets/address-set.js";
import { filtersOf } from "./comparison.js";
import { type Port, portKey, portOwners } from "./design-ports.js";
import { groupsOf } from "./groups.js";
import type { IntendedPoint } from "./intended-flows.js";
import type { Subject } from "./judged.js";
import { type MatchedPoint, placeOf } from "./match-points.js";
import { readIndex } from "./read-index.js";
import type { ArtefactPlace, ReadFilter } from "./readback.js";
import type { TableNext } from "./route-tables.js";
import type { MatchedSession } from "./sessions.js";
import type { Side, Sides } from "./sides.js";
import type { Trace } from "./trace.js";

/** Where packets of some endpoints come into our hands: the filters that they meet there, the table that they are looked up in. */
export interface Start {
  readonly domain: DomainId;
  readonly addresses: AddressSet;
  readonly filters: readonly ReadFilter[];
  readonly table: string;
  /** Where the far end of a link brings them to us for: what stands on our side of it. Absent: they go everywhere. */
  readonly towards?: Side;
}

/** A way from a table to endpoints of one domain. */
export interface Passage {
  readonly domain: DomainId;
  readonly destination: AddressSet;
  readonly filters: readonly ReadFilter[];
  /** Where it ends. */
  readonly at: ArtefactPlace | undefined;
}

/** Where endpoints stand, by what leads to it: the id of a network or interface, or the end of a circuit. */
type Ends = ReadonlyMap<string, readonly Passage[]>;

/** All starts and passages of an output in one family. */
export class Passages {
  readonly starts: readonly Start[];
  private readonly subject: Subject;
  private readonly trace: Trace;
  private readonly family: Family;
  private readonly sides: Sides;
  private readonly ends: Ends;
  private readonly filters: ReadonlyMap<string, ReadFilter>;
  private readonly inbound: ReadonlyMap<string, readonly ReadFilter[]>;

  constructor(
    subject: Subject,
    given: {
      readonly matched: readonly MatchedPoint[];
      readonly intended: readonly IntendedPoint[];
      readonly sessions: readonly MatchedSession[];
      readonly trace: Trace;
      readonly sides: Sides;
    },
    family: Family,
  ) {
    this.subject = subject;
    this.trace = given.trace;
    this.family = family;
    this.sides = given.sides;
    this.filters = new Map(
      subject.read.flatMap(({ readback }) => readback.filters.map((one) => [one.id, one] as const)),
    );
    this.inbound = this.interfaceFilters();
    const intended = new Map(given.intended.map((one) => [one.point.id, one] as const));
    const subnets = given.matched.flatMap((match) => {
      const found = intended.get(match.point.id);
      return found === undefined || match.point.attachment.kind !== "subnet"
        ? []
        : [{ match, intended: found, subject }];
    });
    this.starts = [
      ...subnets.filter(({ match }) => match.point.direction === "out").flatMap((one) => this.subnetStarts(one)),
      ...this.lans().map(({ site, id, table }): Start => {
        const filters = this.inbound.get(id) ?? [];
        return { domain: site.domain, addresses: site.endpoints.family(family), filters, table };
      }),
      ...given.sessions.flatMap((one) => this.sessionStarts(one)),
    ];
    this.ends = this.endsOf(subnets.filter(({ match }) => match.point.direction === "in"));
  }

  /** Filters of packets that come in, by interface. Where a family is off nothing comes in, which is left to the tables. */
  private interfaceFilters(): ReadonlyMap<string, readonly ReadFilter[]> {
    const out = new Map<string, readonly ReadFilter[]>();
    for (const target of this.subject.read) {
      const { atInterface } = readIndex(target);
      for (const { id, families } of target.readback.interfaces) {
        const bindings = (atInterface.get(id) ?? []).filter(({ direction }) => direction === "in");
        const off = families.includes(this.family) ? [] : [CLOSED];
        out.set(id, [...filtersOf({ bindings }, this.family, this.filters), ...off]);
      }
    }
    return out;
  }

  private subnetStarts(one: { match: MatchedPoint; intended: IntendedPoint; subject: Subject }): readonly Start[] {
    const { point, target } = one.match;
    const { attachment } = point;
    const tables = attachment.kind === "subnet" ? (readIndex(target).attachments.get(attachment.subnet) ?? []) : [];
    return groupsOf(one).flatMap((group) =>
      tables.map(({ table }) => ({
        domain: point.domain,
        addresses: group.addresses.family(this.family),
        filters: filtersOf(group, this.family, this.filters),
        table,
      })),
    );
  }

  /** The LANs of routers that were read, by interface. */
  private lans(): readonly { site: Site; id: string; table: string; at: ArtefactPlace }[] {
    const { design, read, relations } = this.subject;
    const owners = portOwners(design);
    const siteAt = (port: Port): Site | undefined => {
      const lan = owners.get(portKey(port))?.find((one) => one.kind === "lan");
      return lan?.kind === "lan" ? relations.topology.site(lan.lan.id) : undefined;
    };
    return read.flatMap((target) =>
      target.readback.interfaces.flatMap(({ id, device, port, vlan, outerVlan, table, at }) => {
        const site = siteAt({ router: placeOf(target, device) ?? device, port, vlan, outerVlan });
        return site === undefined ? [] : [{ site, id, table, at }];
      }),
    );
  }

  /** What the far end of a circuit sends that nobody read: packets of all who stand behind it. */
  private sessionStarts(near: MatchedSession): readonly Start[] {
    const { circuit, end, session, channel } = near;
    if (session.family !== this.family || this.trace.farOf(near) !== undefined) return [];
    const far = circuit.ends[end === 0 ? 1 : 0].place;
    const behind = this.sides.behind(circuit.domain, far, circuit.ends[end].place);
    const towards = this.sides.behind(circuit.domain, circuit.ends[end].place, far);
    const filters = this.inbound.get(session.interface ?? "") ?? [];
    return [...behind].map(([domain, addresses]) => ({
      ...{ domain, filters, table: channel.table, towards },
      addresses: addresses.family(this.family),
    }));
  }

  private endsOf(subnets: readonly { match: MatchedPoint; intended: IntendedPoint; subject: Subject }[]): Ends {
    const ends = new Map<string, Passage[]>();
    const add = (id: string, passage: Passage): void => {
      if (passage.destination.isEmpty()) return;
      const list = ends.get(id);
      if (list === undefined) ends.set(id, [passage]);
      else list.push(passage);
    };
    for (const one of subnets) {
      const { point, target } = one.match;
      const { attachment } = point;
      const here = attachment.kind === "subnet" ? readIndex(target).attachments.get(attachment.subnet) : undefined;
      for (const { network, at } of here ?? []) {
        if (network === undefined) continue;
        for (const group of groupsOf(one)) {
          const destination = group.addresses.family(this.family);
          const filters = filtersOf(group, this.family, this.filters);
          add(network, { domain: point.domain, destination, filters, at });
        }
      }
    }
    for (const { site, id, at } of this.lans()) {
      add(id, { domain: site.domain, destination: site.endpoints.family(this.family), filters: [], at });
    }
    return ends;
  }

  /** The ways of packets from a table to addresses. A way that comes back to a table it has passed is left. */
  from(table: string, addresses: AddressSet): readonly Passage[] {
    return this.walk(table, addresses.family(this.family), [], new Set());
  }

  private walk(
    table: string,
    addresses: AddressSet,
    filters: readonly ReadFilter[],
    passed: ReadonlySet<string>,
  ): readonly Passage[] {
    if (passed.has(table) || addresses.isEmpty()) return [];
    const seen = new Set([...passed, table]);
    const out: Passage[] = [];
    for (const [part, nexts] of this.trace.hops(table, addresses)) {
      for (const next of nexts) out.push(...this.follow(next, part, filters, seen));
    }
    return out;
  }

  private follow(
    next: TableNext,
    addresses: AddressSet,
    filters: readonly ReadFilter[],
    passed: ReadonlySet<string>,
  ): readonly Passage[] {
    if (next.kind === "table" || next.kind === "vpn") return this.walk(next.table, addresses, filters, passed);
    if (next.kind === "attached") return this.arrive(this.ends.get(next.to) ?? [], addresses, filters);
    if (next.kind === "discard" || next.kind === "unread") return [];
    const near = this.trace.sessionOf(next);
    if (near === undefined) {
      return next.kind === "session" ? [] : this.arrive(this.ends.get(next.interface) ?? [], addresses, filters);
    }
    const far = this.trace.farOf(near);
    if (far !== undefined) {
      const more = this.inbound.get(far.session.interface ?? "") ?? [];
      return this.walk(far.channel.table, addresses, [...filters, ...more], passed);
    }
    const { circuit, end, channel } = near;
    const beyond = this.sides.behind(circuit.domain, circuit.ends[end === 0 ? 1 : 0].place, circuit.ends[end].place);
    const ends = [...beyond].map(([domain, destination]) => ({ domain, destination, filters: [], at: channel.at }));
    return this.arrive(ends, addresses, filters);
  }

  private arrive(ends: readonly Passage[], addresses: AddressSet, filters: readonly ReadFilter[]): readonly Passage[] {
    return ends.flatMap((end) => {
      const destination = end.destination.intersect(addresses);
      return destination.isEmpty() ? [] : [{ ...end, destination, filters: [...filters, ...end.filters] }];
    });
  }
}

/** Stands for an interface on which a family is switched off. */
const CLOSED: ReadFilter = {
  id: "",
  name: "a family that is switched off",
  state: "stateless",
  evaluation: "first-match",
  rules: [],
  otherwise: "drop",
  at: { file: "", at: 0 },
};
