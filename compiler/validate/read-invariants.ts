/**
 * Every `never` and `always` once more, on what was read: packets go from where their endpoints stand through the filled tables,
 * and through every filter on the way. Nothing here looks at permission; what is equal to the intention elsewhere is not
 * taken for granted.
 *
 * A `never` falls where any way lets a packet through that opens a flow, an `always` where any way stops one, or its reply, or
 * where there is none.
 */
import type { Address, Family } from "../../grammar/address.js";
import { accepts } from "../config/settings.js";
import type { DomainId, InvariantStatement, PlaceRef } from "../model/estate.js";
import { flowBox } from "../relations/boxes.js";
import type { Site } from "../relations/sites.js";
import { AddressSet } from "../sets/address-set.js";
import { combine, INTERSECTION } from "../sets/bounds.js";
import { BudgetExceeded } from "../sets/engine.js";
import { type ServicePiece, type ServiceSet, slotMeaning } from "../sets/service-set.js";
import { admittedBy } from "./comparison.js";
import { decidingPlace } from "./deciding-rule.js";
import { answerCubes, OPENING, replyParts } from "./expected-packets.js";
import type { Crossing } from "./intended-flows.js";
import type { Finding, InvariantFinding, Subject } from "./judged.js";
import { type PacketSet, PacketSpace } from "./packet-set.js";
import { type Cube, cubes, everyPacket, flowParts } from "./packet-space.js";
import { type Passage, Passages, type Start } from "./passages.js";
import type { ArtefactPlace, NumberRange, ReadFilter, TransportMatch } from "./readback.js";

/** An invariant with what came of it. */
export interface ProvedAgain {
  readonly invariant: InvariantStatement;
  /** `not-read`: an endpoint of it stands at a place of ours that nobody read, and nothing else refutes it. */
  readonly status: "proved" | "refuted" | "not-proved" | "not-read";
  /** Ways of packets that were followed. */
  readonly passages: number;
  readonly findings: readonly Finding[];
}

/** What passages are made from. */
export type Ways = ConstructorParameters<typeof Passages>[1];

/** One question of an invariant: packets between two domains in one family. */
interface Question {
  readonly from: DomainId;
  readonly to: DomainId;
  readonly family: Family;
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
  /** The packets answer flows on the service, which were opened the other way: stateful filters know them. */
  readonly reply?: true;
}

/** Packets that one way has to do with. */
interface Asked extends Question {
  readonly filters: readonly ReadFilter[];
}

/** Proves all invariants again. */
export function proveAgain(subject: Subject, ways: Ways): readonly ProvedAgain[] {
  const { invariants } = subject.relations.estate;
  if (invariants.length === 0) return [];
  const passages = { 4: new Passages(subject, ways, 4), 6: new Passages(subject, ways, 6) };
  return invariants.map((invariant) => new Prover(subject, passages, invariant).prove());
}

/** Proves one. */
class Prover {
  private readonly subject: Subject;
  private readonly passages: Readonly<Record<Family, Passages>>;
  private readonly invariant: InvariantStatement;
  private followed = 0;

  constructor(subject: Subject, passages: Readonly<Record<Family, Passages>>, invariant: InvariantStatement) {
    this.subject = subject;
    this.passages = passages;
    this.invariant = invariant;
  }

  prove(): ProvedAgain {
    const { invariant } = this;
    const questions = this.questions();
    try {
      for (const question of questions) {
        const { from, to, source, destination } = question;
        const back = {
          ...question,
          from: to,
          to: from,
          source: destination,
          destination: source,
          reply: true,
        } as const;
        const found = this.refute(question) ?? (invariant.kind === "always" ? this.refute(back) : undefined);
        if (found !== undefined) return this.outcome("refuted", [found]);
      }
    } catch (thrown) {
      if (!(thrown instanceof BudgetExceeded)) throw thrown;
      const subject = `${invariant.kind} ${invariant.text}`;
      return this.outcome("not-proved", [{ plane: "invariant", kind: "not-proved", subject, budget: thrown.budget }]);
    }
    return this.outcome(questions.some((one) => this.touchesUnread(one)) ? "not-read" : "proved", []);
  }

  private outcome(status: ProvedAgain["status"], findings: readonly Finding[]): ProvedAgain {
    return { invariant: this.invariant, status, passages: this.followed, findings };
  }

  private questions(): readonly Question[] {
    const { flows, service } = this.invariant;
    const { hiding } = this.subject.relations;
    return flows.flatMap((flow) =>
      flow.source.domains().flatMap((from) =>
        flow.destination.domains().flatMap((to) => {
          const box = flowBox(flow, from, to, service, hiding);
          if (box === undefined) return [];
          return ([4, 6] as const).flatMap((family): readonly Question[] => {
            const [source, destination] = [box.source.family(family), box.destination.family(family)];
            if (source.isEmpty() || destination.isEmpty()) return [];
            return [{ from, to, family, source, destination, service }];
          });
        }),
      ),
    );
  }

  private touchesUnread({ from, to, source, destination }: Question): boolean {
    const { relations, read } = this.subject;
    const isRead = (place: string): boolean => read.some((target) => target.places.includes(place));
    const starts = [...this.passages[4].starts, ...this.passages[6].starts];
    const stands = ({ kind, domain, places, endpoints }: Site): boolean => {
      if (kind === "cloud" || kind === "lan") return places.every((place) => isRead(place.name));
      const beside = this.besideOf(domain, places);
      if (beside.length > 0) return beside.every(isRead);
      return starts.some((one) => one.domain === domain && one.addresses.overlaps(endpoints));
    };
    const unread = (domain: DomainId, set: AddressSet): boolean =>
      relations.topology.sitesOf(domain).some((site) => site.endpoints.overlaps(set) && !stands(site));
    return unread(from, source) || unread(to, destination);
  }

  /** Names of the places of ours that links of a domain join to places of others. */
  private besideOf(domain: DomainId, places: readonly PlaceRef[]): readonly string[] {
    const { design, relations } = this.subject;
    const names = new Set(places.map((place) => place.name));
    const isOurs = ({ kind, name }: PlaceRef): boolean =>
      kind === "cloud" || (kind === "router" && relations.topology.router(name)?.os !== "unmanaged");
    return design.circuits.flatMap((circuit) => {
      if (circuit.domain !== domain) return [];
      const [a, b] = circuit.ends;
      return [...(names.has(a.place.name) ? [b] : []), ...(names.has(b.place.name) ? [a] : [])]
        .map((end) => end.place)
        .filter(isOurs)
        .map(({ name }) => name);
    });
  }

  private refute(question: Question): InvariantFinding | undefined {
    const { starts } = this.passages[question.family];
    const isNever = this.invariant.kind === "never";
    const known = new Map<string, readonly Passage[]>();
    // A filter stands on many ways: what it has to do with the question at all is found once.
    const whole = new Map<ReadFilter, ReadFilter>();
    const narrow = (filters: readonly ReadFilter[], part: Question): readonly ReadFilter[] =>
      decidingFor(question, filters).map((filter) => {
        const once = whole.get(filter) ?? narrowed(filter, question);
        whole.set(filter, once);
        return isClosed(once) ? once : narrowed(once, part);
      });
    for (const start of starts) {
      if (start.domain !== question.from) continue;
      const source = start.addresses.intersect(question.source);
      if (source.isEmpty()) continue;
      const ways = known.get(start.table) ?? this.waysTo(start.table, question, narrow);
      known.set(start.table, ways);
      this.followed += ways.length;
      const missing = isNever ? undefined : this.missing({ ...question, source }, ways, start);
      if (missing !== undefined) return missing;
      const first = narrow(start.filters, { ...question, source });
      if (isNever && first.some(isClosed)) continue;
      for (const { destination, filters, at } of ways) {
        if (isNever && filters.some(isClosed)) continue;
        const asked = { ...question, source, destination, filters: [...first, ...filters] };
        const found = isNever ? this.opened(asked, at) : this.stopped(asked, at);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  /** The ways from a table to where a question goes, their filters narrowed to it. */
  private waysTo(
    table: string,
    question: Question,
    narrow: (filters: readonly ReadFilter[], part: Question) => readonly ReadFilter[],
  ): readonly Passage[] {
    const { to, family, destination } = question;
    const ways = this.passages[family].from(table, destination).filter((one) => one.domain === to);
    return ways.map((way) => ({
      ...way,
      filters: narrow(way.filters, { ...question, destination: way.destination }),
    }));
  }

  /** A packet that no way leads to its destination. What waits for addresses of a provider is an axiom of its link. */
  private missing(question: Question, ways: readonly Passage[], start: Start): InvariantFinding | undefined {
    const { from, to, family, destination } = question;
    const { read, design } = this.subject;
    const led = AddressSet.unionAll(ways.map((one) => one.destination));
    const brought = start.towards === undefined ? destination : (start.towards.get(to) ?? AddressSet.empty);
    const rest = destination.intersect(brought).subtract(led);
    const waits = design.circuits.some(
      ({ domain, addressing }) =>
        (domain === from || domain === to) &&
        addressing.some((one) => one.kind === "provider" && one.family === family),
    );
    if (rest.isEmpty() || waits || this.touchesUnread(question)) return undefined;
    const table = read.flatMap(({ readback }) => readback.tables).find((one) => one.id === start.table);
    const asked = { ...question, destination: rest, filters: [] };
    const space = spaceOf(asked, [], [], this.subject.budget);
    return this.finding("always-closed", asked, space, openings(space, asked), table?.at);
  }

  /** A packet that a way lets through and that no reply explains, where somebody filters. */
  private opened(asked: Asked, end: ArtefactPlace | undefined): InvariantFinding | undefined {
    const filters = asked.filters.map((filter) => narrowed(filter, asked));
    if (filters.some(isClosed)) return undefined;
    const { family } = asked;
    const { settings, budget } = this.subject;
    const alone = spaceOf(asked, filters, [], budget);
    if (alone.isEmpty(alone.intersect(openings(alone, asked), passing(alone, filters, family)))) return undefined;
    const answers = answerCubes(this.repliesIn(asked), family, accepts(settings, "residual-reply"));
    const explained = [...answers, ...this.unenforced(asked)];
    const space = spaceOf(asked, filters, explained, budget);
    const through = space.intersect(openings(space, asked), passing(space, filters, family));
    const left = space.subtract(through, space.cubes(explained));
    return this.finding("never-open", { ...asked, filters }, space, left, end);
  }

  /** A packet that a way stops. */
  private stopped(asked: Asked, end: ArtefactPlace | undefined): InvariantFinding | undefined {
    const filters = asked.filters.map((filter) => narrowed(filter, asked));
    const space = spaceOf(asked, filters, [], this.subject.budget);
    const all = openings(space, asked);
    const left = space.subtract(all, passing(space, filters, asked.family));
    return this.finding("always-closed", asked, space, left, end);
  }

  private finding(
    kind: InvariantFinding["kind"],
    asked: Asked,
    space: PacketSpace,
    set: PacketSet,
    end: ArtefactPlace | undefined,
  ): InvariantFinding | undefined {
    if (space.isEmpty(set)) return undefined;
    const regions = space
      .regions(set)
      .filter(
        ({ source, destination }) => asked.from !== asked.to || source.size() > 1n || !source.equals(destination),
      );
    if (regions.length === 0) return undefined;
    const { naming } = this.subject.relations;
    const prefer = (side: "source" | "destination", of: AddressSet): Address | undefined =>
      naming.pick(side === "source" ? asked.from : asked.to, of) ?? of.first();
    const shown = space.cubes(
      regions.map((region) => ({ source: region.source, destination: region.destination, transport: region })),
    );
    const witness = space.pick(shown, prefer);
    if (witness === undefined) return undefined;
    const { family } = asked;
    const closing = asked.filters.find((filter) => !isIn(space, filter, asked, set));
    const deciding = kind === "never-open" ? asked.filters.at(-1) : (closing ?? asked.filters.at(-1));
    const place = deciding === undefined ? end : decidingPlace(deciding, witness);
    const { invariant } = this;
    return { plane: "invariant", kind, invariant, family, witness, regions, place: place ?? { file: "", at: 0 } };
  }

  /** Replies to permitted flows of the other direction. */
  private repliesIn({ from, to, source, destination }: Asked): readonly Crossing[] {
    return this.subject.relations.rulesBetween(to, from).flatMap((box) => {
      const [here, there] = [box.destination.intersect(source), box.source.intersect(destination)];
      if (here.isEmpty() || there.isEmpty()) return [];
      const { rule, service } = box;
      return [{ kind: "reply" as const, rule, from, to, source: here, destination: there, service }];
    });
  }

  /** Pairs between which nobody filters: a `never` leaves them out. */
  private unenforced({ from, to, family, service }: Asked): readonly Cube[] {
    const boxes = from === to ? this.subject.relations.pair(from, to).parts.unenforced : [];
    return boxes.flatMap(({ source, destination }) => flowCubes({ source, destination, service, family }));
  }
}

function flowCubes({
  source,
  destination,
  service,
  family,
  reply,
}: Pick<Question, "source" | "destination" | "service" | "family" | "reply">): readonly Cube[] {
  const [from, to] = [source.family(family), destination.family(family)];
  if (from.isEmpty() || to.isEmpty()) return [];
  const parts = reply === true ? replyParts(service, family) : flowParts(service, family);
  return parts.map((transport) => ({ source: from, destination: to, transport }));
}

/** The packets asked about: those that open a flow, or answer one; later fragments follow either. */
function openings(space: PacketSpace, asked: Asked): PacketSet {
  const list = flowCubes(asked)
    .map(({ source, destination, transport }) => {
      const { fragment, established } = transport;
      const opening = {
        ...transport,
        fragment: combine(fragment, OPENING.fragment, INTERSECTION),
        established: asked.reply === true ? established : combine(established, OPENING.established, INTERSECTION),
      };
      return { source, destination, transport: opening };
    })
    .filter(({ transport }) => transport.fragment.length > 0 && transport.established.length > 0);
  return space.cubes(list);
}

/** What all filters of a way admit: in doubt all that some platform does for a `never`, which `openings` makes the same. */
function passing(space: PacketSpace, filters: readonly ReadFilter[], family: Family): PacketSet {
  const everything = space.cubes(cubes(everyPacket(family), "may"));
  return admittedBy(space, filters, family, everything, true, "most");
}

/** The filters of a way that decide about packets: of replies those that keep no state. */
function decidingFor({ reply }: Question, filters: readonly ReadFilter[]): readonly ReadFilter[] {
  return reply === true ? filters.filter((one) => one.state === "stateless") : filters;
}

/** A filter with the rules alone that can match the packets asked about. */
function narrowed(filter: ReadFilter, question: Question): ReadFilter {
  const { family, source, destination } = question;
  const pieces = question.reply === true ? undefined : question.service.pieces();
  const rules = filter.rules.flatMap((rule) => {
    const matches = rule.matches.flatMap((match) => {
      if (match.family !== family) return [];
      const transports = match.transports.filter((one) => meets(one, pieces));
      if (transports.length === 0) return [];
      if (!match.source.overlaps(source) || !match.destination.overlaps(destination)) return [];
      return [{ ...match, transports }];
    });
    return matches.length === 0 ? [] : [{ ...rule, matches }];
  });
  const { least: _, ...rest } = filter;
  return { ...rest, rules };
}

/** False where no opening packet of some services is matched: another protocol or port, a flag or fragments that open nothing. */
function meets(
  { protocols, destinationPorts, established, fragments }: TransportMatch,
  pieces: readonly ServicePiece[] | undefined,
): boolean {
  if (pieces === undefined) return true;
  if (established === true || fragments?.every((one) => one === "later") === true) return false;
  const within = (ranges: readonly NumberRange[] | undefined, first: number, last: number): boolean =>
    ranges === undefined || ranges.some(([low, high]) => low <= last && high >= first);
  return pieces.some(
    ({ protocol, first, last }) =>
      within(protocols, protocol, protocol) &&
      (slotMeaning(protocol) !== "port" || within(destinationPorts, first, last)),
  );
}

/** True where a filter lets no packet through. */
function isClosed({ otherwise, rules }: ReadFilter): boolean {
  return otherwise === "drop" && !rules.some((rule) => rule.action === "admit");
}

function spaceOf(
  asked: Asked,
  filters: readonly ReadFilter[],
  more: readonly Cube[],
  budget: number | undefined,
): PacketSpace {
  const sets = new Set<AddressSet>([AddressSet.all, asked.source, asked.destination]);
  for (const family of [4, 6] as const) sets.add(AddressSet.allOf(family));
  for (const { source, destination } of more) sets.add(source).add(destination);
  for (const { rules } of filters) {
    for (const { matches } of rules) {
      for (const { family, source, destination } of matches)
        sets.add(source.family(family)).add(destination.family(family));
    }
  }
  return new PacketSpace(sets, budget);
}

function isIn(space: PacketSpace, filter: ReadFilter, asked: Asked, set: PacketSet): boolean {
  return space.subset(set, passing(space, [narrowed(filter, asked)], asked.family));
}
