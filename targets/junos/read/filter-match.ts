/**
 * The conditions of a filter term (Juniper, "Firewall Filter Match Conditions for IPv4 Traffic", "… for IPv6 Traffic",
 * "… Based on Address Fields", "… Based on Bit-Field Values").
 *
 * Conditions of different kinds must all hold; values of one condition are alternatives. Junos compares bytes where it
 * expects a field, so ports, types and flags are read only where the term names their protocol. Two things differ between
 * platforms and manuals, and are kept as bounds: whether a condition on layer 4 can match in a later fragment, and which
 * fragments `is-fragment` and `first-fragment` mean.
 */

import type { AddressSet } from "../../../compiler/sets/address-set.js";
import type { FragmentKind, NumberRange, PacketMatch, TransportMatch } from "../../../compiler/validate/readback.js";
import type { Family } from "../../../grammar/address.js";
import { addressSide, type PrefixLists } from "./address-side.js";
import type { ConfigNode } from "./node.js";
import { allBut, joined, within } from "./ranges.js";
import type { Reading } from "./reading.js";

/** What a term matches on every platform, and what it matches on some. */
export interface TermMatch {
  readonly surely: readonly PacketMatch[];
  readonly maybe: readonly PacketMatch[];
}

const ICMP: Readonly<Record<Family, number>> = { 4: 1, 6: 58 };
const TCP = 6;
const UDP = 17;
/** Highest fragment offset, in units of 8 bytes. */
const LAST_OFFSET = 8191;

/** Names of protocols in the CLI reference. */
const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ["ah", 51],
  ["esp", 50],
  ["gre", 47],
  ["icmp", 1],
  ["icmp6", 58],
  ["igmp", 2],
  ["ipip", 4],
  ["ospf", 89],
  ["pim", 103],
  ["sctp", 132],
  ["tcp", TCP],
  ["udp", UDP],
  ["vrrp", 112],
]);
const NO_NAMES: ReadonlyMap<string, number> = new Map();

/** Fragments that a condition matches on every platform and on some. */
interface Kinds {
  readonly surely: readonly FragmentKind[];
  readonly maybe: readonly FragmentKind[];
}

const ALL_KINDS: readonly FragmentKind[] = ["whole", "first", "later"];

/** Reads `from`; without it a term matches everything. Undefined where something was refused. */
export function termMatch(
  reading: Reading,
  from: ConfigNode | undefined,
  family: Family,
  lists: PrefixLists,
): TermMatch | undefined {
  const before = reading.refusals.length;
  const source = addressSide(reading, from, "source", family, lists);
  const destination = addressSide(reading, from, "destination", family, lists);
  const transports = from === undefined ? EVERYTHING : new Transports(reading, from, family).read();
  if (reading.refusals.length > before || source === undefined || destination === undefined) return undefined;
  return {
    surely: packetMatches(family, source, destination, transports.surely),
    maybe: packetMatches(family, source, destination, transports.maybe),
  };
}

function packetMatches(
  family: Family,
  source: AddressSet,
  destination: AddressSet,
  transports: readonly TransportMatch[],
): readonly PacketMatch[] {
  if (transports.length === 0 || source.isEmpty() || destination.isEmpty()) return [];
  return [{ family, source, destination, transports }];
}

interface TransportBounds {
  readonly surely: readonly TransportMatch[];
  readonly maybe: readonly TransportMatch[];
}

const EVERYTHING: TransportBounds = { surely: [{}], maybe: [{}] };

/** Conditions above the addresses of one term. */
class Transports {
  private readonly reading: Reading;
  private readonly from: ConfigNode;
  private readonly family: Family;

  constructor(reading: Reading, from: ConfigNode, family: Family) {
    this.reading = reading;
    this.from = from;
    this.family = family;
  }

  read(): TransportBounds {
    const protocols = this.protocols();
    const ttl = this.ranges(this.family === 4 ? "ttl" : "hop-limit", 255);
    const heads = this.layer4(protocols);
    const kinds = this.fragments();
    const base: TransportMatch = {
      ...(protocols === undefined ? {} : { protocols }),
      ...(ttl === undefined ? {} : { ttl }),
    };
    return { surely: spread(base, heads, kinds.surely, false), maybe: spread(base, heads, kinds.maybe, true) };
  }

  private protocols(): readonly NumberRange[] | undefined {
    const next = this.from.take("next-header");
    if (next !== undefined) {
      this.reading.refuseWhole(next, "it sees the first header only, behind which extension headers hide the protocol");
    }
    return this.ranges(this.family === 4 ? "protocol" : "payload-protocol", 255, PROTOCOLS);
  }

  /** The values of a condition, or all but those of its exception; undefined where neither stands here. */
  private ranges(word: string, most: number, names = NO_NAMES): readonly NumberRange[] | undefined {
    // An exception of `port` means both ports, so it is not read like the others.
    const except = word === "port" ? undefined : this.from.take(`${word}-except`);
    const plain = this.from.take(word);
    if (plain !== undefined && except !== undefined) this.reading.refuse(except, `it stands beside \`${word}\``);
    const node = plain ?? except;
    if (node === undefined) return undefined;
    const read = this.reading.values(node).flatMap((one) => {
      const range = this.reading.range(one, most, names);
      return range === undefined ? [] : [range];
    });
    return plain === undefined ? allBut(read, most) : joined(read);
  }

  /** Alternatives of what the layer 4 header holds; undefined where the term does not look at it. */
  private layer4(protocols: readonly NumberRange[] | undefined): readonly TransportMatch[] | undefined {
    const port = this.ranges("port", 65_535);
    const sourcePorts = this.ranges("source-port", 65_535);
    const destinationPorts = this.ranges("destination-port", 65_535);
    const types = this.ranges("icmp-type", 255);
    const codes = this.ranges("icmp-code", 255);
    const established = this.from.has("tcp-established");
    const sides = [sourcePorts, destinationPorts].filter((one) => one !== undefined);
    const icmp = [types, codes].filter((one) => one !== undefined);
    if (port !== undefined && sides.length > 0) this.refuse("`port` stands beside a port of one side");
    if ((port !== undefined || sides.length > 0) && !within(protocols, TCP, UDP))
      this.refuse(
        "a port is matched, but the protocol is not named as TCP or UDP: Junos compares whatever bytes stand there",
      );
    if (icmp.length > 0 && !within(protocols, ICMP[this.family]))
      this.refuse(
        "a type of ICMP is matched, but the protocol is not named: Junos compares whatever bytes stand there",
      );
    if (codes !== undefined && types === undefined) this.refuse("a code of ICMP is matched without its type");
    if (established && !within(protocols, TCP))
      this.refuse(
        "`tcp-established` is matched, but the protocol is not named as TCP: Junos compares whatever bits stand there",
      );
    if (port === undefined && sides.length === 0 && icmp.length === 0 && !established) return undefined;
    const rest: TransportMatch = {
      ...(sourcePorts === undefined ? {} : { sourcePorts }),
      ...(destinationPorts === undefined ? {} : { destinationPorts }),
      ...(types === undefined ? {} : { types }),
      ...(codes === undefined ? {} : { codes }),
      ...(established ? { established } : {}),
    };
    if (port === undefined) return [rest];
    return [
      { ...rest, sourcePorts: port },
      { ...rest, destinationPorts: port },
    ];
  }

  private refuse(why: string): void {
    this.reading.refuse(this.from, why);
  }

  private fragments(): Kinds {
    const all: Kinds[] = [];
    if (this.family === 4) {
      const offsets = this.ranges("fragment-offset", LAST_OFFSET);
      if (offsets !== undefined) all.push(kindsOf(offsets));
    }
    // Juniper's table for IPv4 calls this condition an alias of offset 0, which whole packets have too.
    if (this.from.has("first-fragment"))
      all.push({ surely: ["first"], maybe: this.family === 4 ? ["whole", "first"] : ["first"] });
    // Manuals and platforms differ in whether a first fragment is one.
    if (this.from.has("is-fragment")) all.push({ surely: ["later"], maybe: ["first", "later"] });
    const both = (of: (kinds: Kinds) => readonly FragmentKind[]): readonly FragmentKind[] =>
      ALL_KINDS.filter((kind) => all.every((kinds) => of(kinds).includes(kind)));
    return { surely: both(({ surely }) => surely), maybe: both(({ maybe }) => maybe) };
  }
}

/** What offsets say: 0 is a whole packet or a first fragment; a part of the others is some later fragments. */
function kindsOf(offsets: readonly NumberRange[]): Kinds {
  const begins = offsets.some(([low]) => low === 0);
  const some = offsets.some(([, high]) => high > 0);
  const all = offsets.some(([low, high]) => low <= 1 && high === LAST_OFFSET);
  const head: readonly FragmentKind[] = begins ? ["whole", "first"] : [];
  return { surely: all ? [...head, "later"] : head, maybe: some ? [...head, "later"] : head };
}

/** The alternatives of a term: layer 4 is there in whole packets and first fragments, and in later ones only maybe. */
function spread(
  base: TransportMatch,
  heads: readonly TransportMatch[] | undefined,
  kinds: readonly FragmentKind[],
  raw: boolean,
): readonly TransportMatch[] {
  if (kinds.length === 0) return [];
  if (heads === undefined) return [kinds.length === ALL_KINDS.length ? base : { ...base, fragments: kinds }];
  const begins = kinds.filter((kind) => kind !== "later");
  const out = begins.length === 0 ? [] : heads.map((head) => ({ ...base, ...head, fragments: begins }));
  return raw && kinds.includes("later") ? [...out, { ...base, fragments: ["later"] }] : out;
}
