/**
 * Sessions: every circuit has one for each family at each end that files of ours configure, both ends agree, and what is
 * announced and accepted there is exactly what is meant.
 */
import { type Address, type Family, familyBits, formatAddress, formatPrefix } from "../../grammar/address.js";
import type { Accepted } from "../design/accepted.js";
import type { Addressing, Circuit, CircuitEnd, Design } from "../design/design.js";
import type { ReadTarget, StructureFinding, Subject } from "./judged.js";
import { placeOf } from "./match-points.js";
import { PrefixSpace } from "./prefix-space.js";
import type { ReadChannel, ReadSession } from "./readback.js";
import { passing } from "./route-policy.js";

/** A session as it was read. */
export interface SessionRead {
  readonly channel: ReadChannel;
  readonly session: ReadSession;
  readonly target: ReadTarget;
  /** Name of the place that speaks. */
  readonly place: string;
}

/** A session with the end of the circuit that it stands for. */
export interface MatchedSession extends SessionRead {
  readonly circuit: Circuit;
  readonly end: 0 | 1;
}

/** All sessions, matched, and what is wrong with them. */
export interface SessionPlane {
  readonly sessions: readonly MatchedSession[];
  readonly findings: readonly StructureFinding[];
}

/** Every session of a readback. */
export function sessionsOf(read: readonly ReadTarget[]): readonly SessionRead[] {
  return read.flatMap((target) => {
    const tables = new Map(target.readback.tables.map((table) => [table.id, table] as const));
    return target.readback.channels.flatMap((channel) => {
      if (channel.peer.kind !== "session") return [];
      const device = tables.get(channel.table)?.device ?? "";
      return [{ channel, session: channel.peer, target, place: placeOf(target, device) ?? device }];
    });
  });
}

const sameAddress = (a: Address | undefined, b: Address | undefined): boolean =>
  a !== undefined && b !== undefined && a.family === b.family && a.value === b.value;

/** The addresses that a session of a circuit may have: of the tunnel that it names, or of any. */
function addressings(circuit: Circuit, object?: string): readonly Addressing[] {
  const [, index] = /#tunnel(\d+)$/.exec(object ?? "") ?? [];
  if (index !== undefined) return circuit.tunnels[Number(index) - 1]?.addressing ?? [];
  return [...circuit.addressing, ...circuit.tunnels.flatMap((tunnel) => tunnel.addressing)];
}

/** True where the path that outputs give a session is that of the circuit, or of a connection of it. */
function isNamed({ id }: Circuit, { path }: ReadSession): boolean {
  return path === id || path?.startsWith(`${id}/`) === true;
}

/** The end of a circuit that a session stands for: by its addresses and place, or by the path that outputs give it. */
function findCircuit(design: Design, one: SessionRead): { circuit: Circuit; end: 0 | 1 } | undefined {
  let found: { circuit: Circuit; end: 0 | 1 } | undefined;
  for (const circuit of design.circuits) {
    const end = circuit.ends.findIndex(({ place }) => place.name === one.place);
    if (end !== 0 && end !== 1) continue;
    const far = end === 0 ? 1 : 0;
    const named = isNamed(circuit, one.session);
    const meets = addressings(circuit, one.session.object).some(
      (each) =>
        each.kind !== "provider" &&
        sameAddress(each.ends[end].address, one.session.local) &&
        sameAddress(each.ends[far].address, one.session.remote),
    );
    const fits = one.session.vlan === undefined || one.session.vlan === circuit.vlan;
    if (!(meets ? fits : named && one.session.local === undefined)) continue;
    if (named) return { circuit, end };
    found ??= { circuit, end };
  }
  return found;
}

/** What no two sessions of an end have in common: the family and the address, else the tunnel of the connection. */
function claimOf({ circuit, end, session: { family, local, path, object } }: MatchedSession): string {
  const [tunnel = ""] = /#tunnel\d+$/.exec(object ?? "") ?? [];
  return `${circuit.id} ${end} ${family} ${local === undefined ? `${path}${tunnel}` : formatAddress(local)}`;
}

/** Matches sessions with circuits and judges each. */
export function judgeSessions({ design, read }: Subject): SessionPlane {
  const findings: StructureFinding[] = [];
  const sessions: MatchedSession[] = [];
  const claimed = new Set<string>();
  for (const one of sessionsOf(read)) {
    const found = findCircuit(design, one);
    if (found === undefined) {
      const what = `its addresses are those of no link: ${describe(one.session)}`;
      findings.push({ plane: "route", kind: "stray-session", subject: one.channel.id, what, place: one.channel.at });
      continue;
    }
    const matched = { ...one, ...found };
    sessions.push(matched);
    const claim = claimOf(matched);
    if (claimed.has(claim)) {
      const what = `another session stands for the same end of \`${found.circuit.id}\` already`;
      findings.push({ plane: "route", kind: "stray-session", subject: one.channel.id, what, place: one.channel.at });
    }
    claimed.add(claim);
    findings.push(...differences(matched));
  }
  for (const circuit of design.circuits) {
    for (const end of [0, 1] as const) findings.push(...missing(circuit, end, sessions, read));
  }
  return { sessions, findings };
}

/** True for a half that no file of ours configures: people type it from the hand-off document of its link. */
export function isHandedOff({ kind, ends }: Circuit, end: 0 | 1): boolean {
  return kind === "ipsec" && ends[end].place.kind === "router";
}

function describe({ local, remote, family }: ReadSession): string {
  const text = (address: Address | undefined): string => (address === undefined ? "?" : formatAddress(address));
  return `IPv${family} from ${text(local)} to ${text(remote)}`;
}

/** Families and tunnels of a circuit without a session at an end that files of ours configure. */
function missing(
  circuit: Circuit,
  end: 0 | 1,
  sessions: readonly MatchedSession[],
  read: readonly ReadTarget[],
): readonly StructureFinding[] {
  const { place } = circuit.ends[end];
  const target = read.find((one) => one.places.includes(place.name));
  if (target === undefined || isHandedOff(circuit, end) || circuit.routing !== "bgp") return [];
  // A cloud that has nothing to say over a circuit needs no end of it: no provider makes one, and no flow has a use for it.
  if (place.kind === "cloud" && circuit.ends[end].announces.length === 0) return [];
  return addressings(circuit).flatMap((one): readonly StructureFinding[] => {
    if (one.kind === "provider" && place.kind === "router") return [];
    const held = sessions.some(
      (session) =>
        session.circuit === circuit &&
        session.end === end &&
        session.session.family === one.family &&
        (one.kind === "provider" || sameAddress(session.session.local, one.ends[end].address)),
    );
    if (held) return [];
    const what = `\`${place.name}\` has no IPv${one.family} session`;
    return [{ plane: "route", kind: "missing-session", subject: circuit.id, what }];
  });
}

/** What of a session is not as its circuit says. */
function differences(one: MatchedSession): readonly StructureFinding[] {
  const { circuit, end, session, channel } = one;
  const near = circuit.ends[end];
  const far = circuit.ends[end === 0 ? 1 : 0];
  const wrong: string[] = [];
  const expect = (what: string, is: unknown, wanted: unknown): void => {
    if (is !== wanted) wrong.push(`${what} is ${is ?? "not set"}, not ${wanted ?? "unset"}`);
  };
  expect("the routing", session.routing, circuit.routing);
  if (session.path !== undefined && !isNamed(circuit, session)) expect("its path", session.path, circuit.id);
  wrong.push(...carrierDifferences(one));
  if (circuit.routing === "bgp") {
    expect("the ASN of the far end", session.remoteAsn, far.asn);
    if (session.localAsn !== undefined) expect("its own ASN", session.localAsn, near.asn);
    if (near.place.kind === "router") {
      expect("authentication", session.authenticated, circuit.md5 !== undefined);
      expect("the prefix limit", session.maxPrefixes, circuit.maxPrefixes);
      expect("BFD", session.bfd, circuit.bfd !== undefined);
      for (const rank of preferencesOf(channel, session.family))
        expect("the preference of what it accepts", rank, circuit.preference);
    }
  }
  const { interfaces } = one.target.readback;
  const mtu = session.mtu ?? interfaces.find(({ id }) => id === session.interface)?.mtu;
  // Two ends that differ lose large packets without a word. What has neither (a tunnel of a provider) has none to compare.
  if (session.mtu !== undefined || session.interface !== undefined) expect("the MTU", mtu, circuit.mtu);
  const about = { plane: "route", subject: circuit.id, place: channel.at } as const;
  const place = near.place.name;
  return [
    ...wrong.map((text): StructureFinding => ({ ...about, kind: "session-differs", what: `at \`${place}\` ${text}` })),
    ...policyDifferences(one, near, far).map((found): StructureFinding => ({ ...about, ...found })),
  ];
}

/** What routers give a route that no policy gives a preference (Juniper, "local-preference"). */
const PREFERENCE = 100;

/** The preferences that routes are accepted with, each once. */
function preferencesOf({ import: policy }: ReadChannel, family: Family): readonly number[] {
  const own = PrefixSpace.allOf(family);
  const accepting = (policy?.terms ?? []).filter(
    ({ action, match: { prefixes = own } }) => action === "accept" && prefixes.intersect(own).first() !== undefined,
  );
  return [...new Set(accepting.map(({ localPreference = PREFERENCE }) => localPreference))];
}

/** What carries the session is what the link says: the port of a provider, the public address of the far end. */
function carrierDifferences({ circuit, end, session }: MatchedSession): readonly string[] {
  const { link, ends } = circuit;
  if (ends[end].place.kind !== "cloud") return [];
  const out: string[] = [];
  const { connection, outside } = session;
  const written = link.connection?.value;
  if (written !== undefined && connection !== undefined && connection !== written)
    out.push(`the connection is ${connection}, not ${written}`);
  // Where the source names none, the files ask whoever applies them.
  if (written === undefined && connection !== undefined && !connection.includes("/"))
    out.push(`the connection is ${connection}, which the source does not say`);
  const { public: own = [], peerPublic = [] } = link.ipsec ?? {};
  const meant = (own.length > 0 ? own : peerPublic).map(({ value }) => formatAddress(value));
  const is = outside === undefined ? undefined : formatAddress(outside);
  if (circuit.kind !== "ipsec" || (is === undefined ? meant.length === 0 : meant.includes(is))) return out;
  const wanted = meant.length === 0 ? "one that the source leaves open" : meant.join(" or ");
  return [...out, `the public address of the far end is ${is ?? "not written"}, not ${wanted}`];
}

type PolicyFinding = Pick<StructureFinding, "kind" | "what">;

function policyDifferences(
  { channel, session }: MatchedSession,
  near: CircuitEnd,
  far: CircuitEnd,
): readonly PolicyFinding[] {
  if (session.routing !== "bgp") return [];
  const { family } = session;
  const place = `\`${near.place.name}\``;
  const out: PolicyFinding[] = [];
  const add = (kind: PolicyFinding["kind"], verb: string, space: PrefixSpace): void => {
    const first = space.first();
    if (first !== undefined) out.push({ kind, what: `${place} ${verb} ${formatPrefix(first)}` });
  };
  // A cloud takes whatever it is told; what it tells is fixed. A router has a policy for both.
  if (near.place.kind === "router") {
    const accepted = passing(channel.import).intersect(PrefixSpace.allOf(family));
    const meant = spaceOf(far.announces, family);
    add("accept-surplus", "would accept", accepted.subtract(meant));
    add("accept-missing", "does not accept", meant.subtract(accepted));
  }
  const fixed = near.place.kind === "router" ? passing(channel.export) : channel.announces;
  if (fixed !== undefined) {
    const announced = fixed.intersect(PrefixSpace.allOf(family));
    const meant = exactly(near.announces, family);
    add("announce-surplus", "would announce", announced.subtract(spaceOf(near.announces, family)));
    add("announce-missing", "does not announce", meant.subtract(announced));
  }
  return out;
}

/** The prefixes of one family that an end announces itself. */
export function exactly(list: readonly Accepted[], family: Family): PrefixSpace {
  return PrefixSpace.ofPrefixes(list.map((one) => one.prefix).filter((prefix) => prefix.family === family));
}

/** The prefixes of one family that the other end accepts of what an end announces. */
export function spaceOf(list: readonly Accepted[], family: Family): PrefixSpace {
  const own = list.filter((one) => one.prefix.family === family);
  return own.reduce((all, { prefix, upTo = prefix.length, except = [] }) => {
    const whole = PrefixSpace.ofRanges([{ prefix, from: prefix.length, to: upTo }]);
    const taken = except.map((one) => ({ prefix: one, from: one.length, to: familyBits(family) }));
    return all.union(whole.subtract(PrefixSpace.ofRanges(taken)));
  }, PrefixSpace.empty);
}
