/** Filtered interfaces with the lines of their router, and packets worth sending to them. */
import fc from "fast-check";
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Design, EnforcementPoint, Prologue } from "../../../compiler/design/design.js";
import type { AddressSet } from "../../../compiler/sets/address-set.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { assert } from "../../support/harness.js";
import { Device, groups, type Packet, quad, setPaths } from "../../support/oracle/junos/device.js";
import { interfaceAddresses } from "./meaning.js";

/** A filtered interface: its point in the design, and the router as the emitted lines make it. */
export interface Bench {
  readonly name: string;
  readonly design: Design;
  readonly point: EnforcementPoint;
  readonly device: Device;
  readonly unit: string;
  /** The `set` lines of the router. */
  readonly lines: readonly string[];
}

/** Every interface that a design filters on a Junos router, tunnels apart. */
export function benches(name: string, design: Design): readonly Bench[] {
  const { artefacts } = junosTarget.compile(design, defaultSettings, new Diagnostics());
  const served = junosTarget.serves(design);
  return design.points.flatMap((point): readonly Bench[] => {
    if (!served.includes(point.place.name)) return [];
    const { attachment } = point;
    if (attachment.kind === "subnet") return [];
    if (attachment.kind === "circuit" && tunnels(design, attachment.circuit)) return [];
    const lines =
      artefacts.find(({ path }) => path === `routers/${point.place.name}/junos.set`)?.text.split("\n") ?? [];
    const words = attachment.kind === "lan" ? `${attachment.lan} in ` : `${attachment.circuit} to `;
    const line = lines.find((one) => one.includes(`description "${words}`)) ?? "";
    const found = /^set interfaces (\S+) unit (\d+) description/.exec(line);
    assert.ok(found, `${name}: ${words}`);
    const device = new Device(setPaths(lines.join("\n")));
    return [{ name: `${name} ${point.id}`, design, point, device, unit: `${found[1]}.${found[2]}`, lines }];
  });
}

function tunnels(design: Design, circuit: string): boolean {
  return design.circuits.some((one) => one.id === circuit && one.kind === "ipsec");
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
    point.ownSources,
    point.routerAddresses,
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

/** Packets for one interface, most of them on boundaries. */
export function packets(bench: Bench, family: 4 | 6): fc.Arbitrary<Packet> {
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
  const spoofed = bench.point.ownSources?.family(family);
  if (spoofed !== undefined && !spoofed.isEmpty()) {
    // Spoofed gateways towards whatever some rule of the point opens.
    for (const one of bench.point.entries.filter((entry) => entry.family === family))
      pairs.push(fc.record({ source: edgeOf(spoofed), destination: edgeOf(one.destination) }));
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
      return one.kind === "bgp"
        ? [
            { ...pair, protocol: 6, destinationPort: 179 },
            { ...pair, protocol: 6, sourcePort: 179 },
          ]
        : [{ ...pair, protocol: 17, ttl: 255, destinationPort: 3784 }];
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
    case "dhcp-requests":
      return one.relays
        .filter((relay) => relay.family === family)
        .map((relay) => ({ protocol: 17, sourcePort: 67, destinationPort: 67, source: relay.value }));
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
