/**
 * The filters against the meaning of the design: random packets, most of them on boundaries, judged by the small Junos of
 * `device.ts` over the emitted lines and by the definition of a point in language.md §7.
 */
import fc from "fast-check";
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Design, EnforcementPoint, FilterEntry, Prologue } from "../../../compiler/design/design.js";
import type { AddressSet } from "../../../compiler/sets/address-set.js";
import type { Address } from "../../../grammar/address.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { assert, suite } from "../../support/harness.js";
import { Device, groups, type Packet, quad, setPaths } from "./device.js";
import { smallDesigns } from "./small-designs.js";

type Verdict = "prologue" | "management" | "own" | "spoofed" | "flow" | "reply" | "error" | "fragment" | "closed";

const has = (set: AddressSet, family: 4 | 6, value: bigint): boolean => set.contains({ family, value });

/** Slot of a service: a port, or ICMP type and code; 0 for other protocols. */
function slot(packet: Packet, port: number): number {
  if (packet.protocol === 6 || packet.protocol === 17) return port;
  return packet.protocol === 1 || packet.protocol === 58 ? packet.type * 256 + packet.code : 0;
}

/** ICMP of the other family is a protocol like any other. */
const isIcmp = (family: 4 | 6, protocol: number): boolean => protocol === (family === 4 ? 1 : 58);

/** The request that an ICMP packet answers. */
const REQUESTS: Readonly<Record<string, number>> = { "1/0": 8, "1/14": 13, "58/129": 128 };

function answers(entry: FilterEntry, packet: Packet): boolean {
  const { protocol } = packet;
  if (isIcmp(packet.family, protocol)) {
    const request = REQUESTS[`${protocol}/${packet.type}`];
    return request !== undefined && entry.service.contains({ protocol, slot: request * 256 + packet.code });
  }
  if (protocol === 6 && !packet.established) return false;
  return entry.service.contains({ protocol, slot: slot(packet, packet.sourcePort) });
}

/** True where some service of a protocol is in the entry: its later fragments may pass. */
function speaks(entry: FilterEntry, protocol: number): boolean {
  return entry.service.pieces().some((piece) => {
    if (piece.protocol !== protocol) return false;
    if (entry.kind === "flow" || !isIcmp(entry.family, protocol)) return true;
    const requests = protocol === 1 ? [8, 13] : [128];
    return requests.some((type) => piece.first <= type * 256 + 255 && piece.last >= type * 256);
  });
}

function inPrologue(point: EnforcementPoint, packet: Packet, design: Design): boolean {
  return point.prologue.some((one) => admits(one, point, packet, design));
}

function admits(one: Prologue, point: EnforcementPoint, packet: Packet, design: Design): boolean {
  const { family, protocol } = packet;
  // IPv4 takes a first fragment towards the router; IPv6 takes none.
  const whole = packet.offset === 0 && !(family === 6 && packet.more);
  const icmp = isIcmp(family, protocol);
  const is = (address: { readonly family: number; readonly value: bigint }, value: bigint): boolean =>
    address.family === family && address.value === value;
  const session = (pair: { readonly peer: Address; readonly local: Address }): boolean =>
    whole && is(pair.peer, packet.source) && is(pair.local, packet.destination);
  switch (one.kind) {
    case "neighbour-discovery": {
      const local = packet.destination >> 118n === 0x3fan || packet.destination >> 112n === 0xff02n;
      const own = interfaceAddresses(design, point).some((address) => is(address, packet.destination));
      return (
        family === 6 &&
        whole &&
        icmp &&
        packet.type >= 133 &&
        packet.type <= 136 &&
        packet.ttl === 255 &&
        (local || own)
      );
    }
    case "echo":
      return (
        whole && icmp && packet.type === (family === 4 ? 8 : 128) && one.to.some((to) => is(to, packet.destination))
      );
    case "bgp":
      return session(one) && protocol === 6 && (packet.sourcePort === 179 || packet.destinationPort === 179);
    case "bfd":
      return session(one) && protocol === 17 && packet.ttl === 255 && [3784, 3785].includes(packet.destinationPort);
    case "vrrp": {
      if (family === 6 && (packet.offset > 0 || packet.more)) return false;
      if (protocol !== 112 || packet.ttl !== 255 || !one.peers.some((peer) => peer.family === family)) return false;
      return family === 4
        ? packet.destination === quad("224.0.0.18") && one.peers.some((peer) => is(peer, packet.source))
        : packet.destination === groups("ff02::12") && packet.source >> 118n === 0x3fan;
    }
    case "dhcp":
      return whole && protocol === 17 && dhcp(point, packet, design, one);
  }
}

function dhcp(
  point: EnforcementPoint,
  packet: Packet,
  design: Design,
  one: Prologue & { readonly kind: "dhcp" },
): boolean {
  const { family } = packet;
  const [client, server] = family === 4 ? [68, 67] : [546, 547];
  if (packet.destinationPort !== server) return false;
  const among = (list: readonly Address[], value: bigint): boolean =>
    list.some((address) => address.family === family && address.value === value);
  if (one.relays !== undefined) {
    const behind = among(one.servers, packet.source) && has(point.sourceCheck as AddressSet, family, packet.source);
    return behind && packet.sourcePort === server && among(one.relays, packet.destination);
  }
  if (packet.sourcePort !== client || !one.servers.some((address) => address.family === family)) return false;
  const everyone = family === 4 ? quad("255.255.255.255") : groups("ff02::1:2");
  const renews = family === 4 && among(one.servers, packet.destination);
  return renews || packet.destination === everyone || among(interfaceAddresses(design, point), packet.destination);
}

function lanOf(design: Design, { attachment: at }: EnforcementPoint) {
  return design.attachments.find((one) => one.kind === "lan" && at.kind === "lan" && one.id === at.lan) as
    | Extract<Design["attachments"][number], { kind: "lan" }>
    | undefined;
}

/** The addresses of the point's own interface. */
function interfaceAddresses(
  design: Design,
  point: EnforcementPoint,
): readonly { readonly family: 4 | 6; readonly value: bigint }[] {
  const lan = lanOf(design, point);
  if (lan !== undefined) {
    const own = lan.attachments
      .filter(({ router }) => router === point.place.name)
      .flatMap(({ addresses }) => addresses);
    return [...lan.gateways, ...own.map(({ value }) => value.address)];
  }
  const { attachment: at } = point;
  const circuit = design.circuits.find((one) => at.kind === "circuit" && one.id === at.circuit);
  const end = circuit?.ends[0].place.name === point.place.name ? 0 : 1;
  return (circuit?.addressing ?? []).flatMap((one) => (one.kind === "provider" ? [] : [one.ends[end].address]));
}

/** What a point says of a packet. */
function meaning(design: Design, point: EnforcementPoint, packet: Packet): Verdict {
  const { family } = packet;
  if (!point.families.includes(family)) return "closed";
  if (inPrologue(point, packet, design)) return "prologue";
  if (has(point.ownAddresses, family, packet.destination)) {
    const managed = point.management.some(
      (one) =>
        one.family === family &&
        packet.source >= one.value &&
        packet.source < one.value + (1n << BigInt(32 - one.length)),
    );
    return managed ? "management" : "own";
  }
  if (point.sourceCheck === undefined || !has(point.sourceCheck, family, packet.source)) return "spoofed";
  const entries = point.entries.filter(
    (entry) =>
      entry.family === family &&
      has(entry.source, family, packet.source) &&
      has(entry.destination, family, packet.destination),
  );
  if (packet.offset > 0) return entries.some((entry) => speaks(entry, packet.protocol)) ? "fragment" : "closed";
  if (
    entries.some(
      (entry) =>
        entry.kind === "flow" &&
        entry.service.contains({ protocol: packet.protocol, slot: slot(packet, packet.destinationPort) }),
    )
  )
    return "flow";
  const replies = entries.filter(({ kind }) => kind === "reply");
  if (replies.some((entry) => answers(entry, packet))) return "reply";
  const error =
    family === 4
      ? packet.protocol === 1 && [3, 11, 12].includes(packet.type)
      : packet.protocol === 58 && packet.type >= 1 && packet.type <= 4;
  return error && replies.length > 0 && !(family === 6 && packet.more) ? "error" : "closed";
}

const ADMITTED: ReadonlySet<Verdict> = new Set(["prologue", "management", "flow", "reply", "error", "fragment"]);

interface Bench {
  readonly name: string;
  readonly design: Design;
  readonly point: EnforcementPoint;
  readonly device: Device;
  readonly unit: string;
}

/** Every filtered interface of the small designs, with the emitted lines of its router. */
function benches(): readonly Bench[] {
  const out: Bench[] = [];
  for (const [name, make] of smallDesigns) {
    const design = make();
    const { artefacts } = junosTarget.compile(design, defaultSettings, new Diagnostics());
    for (const point of design.points) {
      const lines = artefacts.find(({ path }) => path === `routers/${point.place.name}/junos.set`);
      assert.ok(lines);
      const id =
        point.attachment.kind === "lan"
          ? `${point.attachment.lan} in `
          : point.attachment.kind === "circuit"
            ? `${point.attachment.circuit} to `
            : "";
      const found = /^set interfaces (\S+) unit (\d+) description/.exec(
        lines.text.split("\n").find((line) => line.includes(`description "${id}`)) ?? "",
      );
      assert.ok(found, id);
      const unit = `${found[1]}.${found[2]}`;
      out.push({ name: `${name} ${point.id}`, design, point, device: new Device(setPaths(lines.text)), unit });
    }
  }
  return out;
}

/** Addresses worth trying: bounds of every set of the point and their neighbours. */
function corners({ design, point }: Bench, family: 4 | 6): readonly bigint[] {
  const most = family === 4 ? (1n << 32n) - 1n : (1n << 128n) - 1n;
  const values = new Set<bigint>([0n, most]);
  const add = (value: bigint): void => {
    for (const near of [value - 1n, value, value + 1n]) if (near >= 0n && near <= most) values.add(near);
  };
  const sets = [
    point.sourceCheck,
    point.ownAddresses,
    ...point.entries.flatMap(({ source, destination }) => [source, destination]),
  ];
  for (const set of sets) {
    for (const range of set?.ranges() ?? []) {
      if (range.family !== family) continue;
      add(range.first);
      add(range.last);
    }
  }
  for (const one of point.prologue) {
    const lists =
      "servers" in one
        ? one.servers
        : "peers" in one
          ? one.peers
          : "to" in one
            ? one.to
            : "peer" in one
              ? [one.peer, one.local]
              : [];
    for (const address of lists) if (address.family === family) add(address.value);
  }
  for (const address of interfaceAddresses(design, point)) if (address.family === family) add(address.value);
  for (const one of point.management) if (one.family === family) add(one.value);
  for (const text of family === 4 ? ["224.0.0.18", "255.255.255.255"] : ["ff02::12", "ff02::1:2", "ff02::1", "fe80::1"])
    add(family === 4 ? quad(text) : groups(text));
  return [...values];
}

function packets(bench: Bench, family: 4 | 6): fc.Arbitrary<Packet> {
  const most = family === 4 ? (1n << 32n) - 1n : (1n << 128n) - 1n;
  const address = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...corners(bench, family)) },
    { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: most }) },
  );
  const port = fc.oneof(
    fc.constantFrom(
      0,
      22,
      53,
      67,
      68,
      179,
      442,
      443,
      444,
      546,
      547,
      3784,
      3785,
      4784,
      8079,
      8080,
      8090,
      8091,
      8443,
      65535,
    ),
    fc.integer({ min: 0, max: 65_535 }),
  );
  const pairs = bench.point.entries
    .filter((entry) => entry.family === family)
    .map((entry) => fc.record({ source: edgeOf(entry.source), destination: edgeOf(entry.destination) }));
  for (const one of bench.point.prologue) {
    if (!("peer" in one) || one.family !== family) continue;
    pairs.push(fc.record({ source: fc.constant(one.peer.value), destination: fc.constant(one.local.value) }));
  }
  const own = bench.point.ownAddresses.family(family);
  for (const one of bench.point.management.filter((prefix) => prefix.family === family))
    pairs.push(fc.record({ source: fc.constant(one.value), destination: edgeOf(own) }));
  const sides = fc.oneof(
    { weight: 3, arbitrary: fc.record({ source: address, destination: address }) },
    ...pairs.map((arbitrary) => ({ weight: 1, arbitrary })),
  );
  const rest = fc.record({
    family: fc.constant(family),
    protocol: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(1, 6, 17, 58, 112) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
    ),
    sourcePort: port,
    destinationPort: port,
    type: fc.constantFrom(0, 1, 3, 4, 5, 8, 11, 12, 13, 14, 128, 129, 133, 135, 136, 137),
    code: fc.constantFrom(0, 1, 4),
    established: fc.boolean(),
    ttl: fc.constantFrom(1, 64, 254, 255),
    offset: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(1, 185, 8191) }),
    more: fc.boolean(),
  });
  const any = fc.tuple(sides, rest).map(([addresses, other]): Packet => ({ ...other, ...addresses }));
  const control = bench.point.prologue.flatMap((one) => controlPackets(one, family));
  if (control.length === 0) return any;
  const near = fc.tuple(any, fc.constantFrom(...control)).map(([packet, wanted]): Packet => ({ ...packet, ...wanted }));
  return fc.oneof({ weight: 6, arbitrary: any }, { weight: 1, arbitrary: near });
}

/** What makes a packet one of the control plane; the rest of it stays random. */
function controlPackets(one: Prologue, family: 4 | 6): readonly Partial<Packet>[] {
  const six = family === 6;
  switch (one.kind) {
    case "neighbour-discovery":
      return six ? [{ protocol: 58, type: 135, ttl: 255, destination: groups("ff02::1") }] : [];
    case "echo":
      return one.to
        .filter((to) => to.family === family)
        .map((to) => ({ protocol: six ? 58 : 1, type: six ? 128 : 8, destination: to.value }));
    case "bgp":
    case "bfd": {
      if (one.family !== family) return [];
      const pair = { source: one.peer.value, destination: one.local.value };
      return [
        one.kind === "bgp"
          ? { ...pair, protocol: 6, destinationPort: 179 }
          : { ...pair, protocol: 17, ttl: 255, destinationPort: 3784 },
      ];
    }
    case "vrrp":
      return one.peers
        .filter((peer) => peer.family === family)
        .map((peer) => ({
          protocol: 112,
          ttl: 255,
          source: six ? groups("fe80::5") : peer.value,
          destination: six ? groups("ff02::12") : quad("224.0.0.18"),
        }));
    case "dhcp":
      if (one.relays !== undefined) {
        const port = six ? 547 : 67;
        const [relay, server] = [one.relays, one.servers].map((list) =>
          list.find((address) => address.family === family),
        );
        if (relay === undefined || server === undefined) return [];
        return [
          { protocol: 17, sourcePort: port, destinationPort: port, source: server.value, destination: relay.value },
        ];
      }
      return six
        ? [{ protocol: 17, sourcePort: 546, destinationPort: 547, destination: groups("ff02::1:2") }]
        : [{ protocol: 17, sourcePort: 68, destinationPort: 67, destination: quad("255.255.255.255") }];
  }
}

function edgeOf(set: AddressSet): fc.Arbitrary<bigint> {
  return fc.constantFrom(...set.ranges().flatMap(({ first, last }) => [first, last]));
}

suite("the filters of Junos routers", (test) => {
  const seen = new Map<Verdict, number>();
  for (const bench of benches()) {
    for (const family of [4, 6] as const) {
      test(`admit in IPv${family} exactly what the design says: ${bench.name}`, () => {
        const filter = bench.device.filterOf(bench.unit, family);
        fc.assert(
          fc.property(packets(bench, family), (packet) => {
            const expected = meaning(bench.design, bench.point, packet);
            seen.set(expected, (seen.get(expected) ?? 0) + 1);
            const actual = bench.device.judge(filter, packet);
            assert.is(actual.accept, ADMITTED.has(expected), `${expected}, decided by \`${actual.term}\``);
          }),
          { numRuns: 1500, seed: 20311 },
        );
      });
    }
  }

  test("have met every kind of verdict in those packets", () => {
    const kinds: readonly Verdict[] = [
      "prologue",
      "management",
      "own",
      "spoofed",
      "flow",
      "reply",
      "error",
      "fragment",
      "closed",
    ];
    assert.equal(
      kinds.filter((kind) => (seen.get(kind) ?? 0) < 20),
      [],
    );
  });
});
