/**
 * What nobody reads back is taken from the design: the halves of tunnels that people type from a hand-off document, and the far
 * ends of links at places of targets that are left out, have no reader or could not be read. Each is said as an assumption.
 */
import type { Accepted } from "../design/accepted.js";
import type { Addressing, Circuit } from "../design/design.js";
import type { ReadTarget, Subject } from "./judged.js";
import { placeOf } from "./match-points.js";
import type { ArtefactPlace, ReadAssumption, ReadChannel, ReadSession, ReadTable, RoutePolicy } from "./readback.js";
import { exactly, isHandedOff, type MatchedSession, spaceOf } from "./sessions.js";

/** Sessions of halves that no file of ours configures, as the design has them, in the tables of routers that were read. */
export function handedOffSessions({ design, relations, read }: Subject): readonly MatchedSession[] {
  const vrfs = new Map(relations.estate.segments.map((segment) => [segment.name, segment.vrf.value] as const));
  return design.circuits.flatMap((circuit) =>
    ([0, 1] as const).flatMap((end): readonly MatchedSession[] => {
      const target = isHandedOff(circuit, end) ? readOf(read, circuit, end) : undefined;
      if (target === undefined) return [];
      const place = circuit.ends[end].place.name;
      const table = target.readback.tables.find(
        ({ kind, name, device }) =>
          kind === "vrf" && name === vrfs.get(circuit.domain) && placeOf(target, device) === place,
      );
      if (table === undefined) return [];
      const addressings = [...circuit.addressing, ...circuit.tunnels.flatMap((tunnel) => tunnel.addressing)];
      return addressings.map((addressing) => sessionOf({ circuit, end, target, table, addressing }));
    }),
  );
}

function readOf(read: readonly ReadTarget[], circuit: Circuit, end: 0 | 1): ReadTarget | undefined {
  return read.find((one) => one.places.includes(circuit.ends[end].place.name));
}

/** The session of one tunnel in one family. It announces and accepts exactly what its circuit says. */
function sessionOf(given: {
  readonly circuit: Circuit;
  readonly end: 0 | 1;
  readonly target: ReadTarget;
  readonly table: ReadTable;
  readonly addressing: Addressing;
}): MatchedSession {
  const { circuit, end, target, table, addressing } = given;
  const { family } = addressing;
  const near = circuit.ends[end];
  const far = circuit.ends[end === 0 ? 1 : 0];
  const addresses =
    addressing.kind === "provider"
      ? {}
      : { local: addressing.ends[end].address, remote: addressing.ends[end === 0 ? 1 : 0].address };
  const { routing } = circuit;
  const [authenticated, bfd] = [circuit.md5 !== undefined, circuit.bfd !== undefined];
  const session: ReadSession = { routing, family, authenticated, bfd, ...addresses };
  const local = addressing.kind === "provider" ? "" : ` ${addressing.ends[end].address.value}`;
  const id = `${table.device} half of ${circuit.id} IPv${family}${local}`;
  const channel: ReadChannel = {
    ...{ id, table: table.id, peer: { kind: "session", ...session }, at: table.at },
    import: accepting(far.announces, given),
    announces: exactly(near.announces, family),
    next: { kind: "session", channel: id },
  };
  return { circuit, end, channel, session, target, place: near.place.name };
}

function accepting(
  list: readonly Accepted[],
  { addressing, table }: { readonly addressing: Addressing; readonly table: ReadTable },
): RoutePolicy {
  const { at } = table;
  const prefixes = spaceOf(list, addressing.family);
  return { name: "the hand-off document", terms: [{ match: { prefixes }, action: "accept", at }], at };
}

/** What of the judgement rests on halves and far ends that nobody read. Far ends of others are axioms of the estate. */
export function takenFromDesign(
  { read, design }: Subject,
  sessions: readonly MatchedSession[],
  handedOff: readonly MatchedSession[],
): readonly ReadAssumption[] {
  const found = new Map<string, ReadAssumption>();
  const assume = (id: string, text: string, place: ArtefactPlace): void => {
    if (!found.has(id)) found.set(id, { id, text, place });
  };
  const { externals, routers } = design.estate;
  const unmanaged = routers.filter(({ os }) => os === "unmanaged");
  const others = new Set([...externals, ...unmanaged].map(({ name }) => name));
  for (const { circuit, place, channel } of handedOff) {
    const text = `\`${place}\` has its half of \`${circuit.id}\` as the hand-off document says`;
    assume(`${circuit.id}@${place}/handed-off`, text, channel.at);
  }
  for (const { circuit, end, channel } of sessions) {
    const { place } = circuit.ends[end === 0 ? 1 : 0];
    if (others.has(place.name) || read.some((one) => one.places.includes(place.name))) continue;
    const text = `\`${place.name}\` was not read: over \`${circuit.id}\` it says what the design has it announce, and leads packets on`;
    assume(`${circuit.id}@${place.name}/not-read`, text, channel.at);
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
