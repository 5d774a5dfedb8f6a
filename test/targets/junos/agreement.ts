/** The reader against the tests' own Junos: the same packets and routes, judged by what was read and by the lines themselves. */
import type { Artefact } from "../../../compiler/contract.js";
import type { ReadFilter, RoutePolicy } from "../../../compiler/validate/readback.js";
import { readJunos } from "../../../targets/junos/read.js";
import { assert } from "../../support/harness.js";
import { Device, type Outcomes, type Packet, setPaths } from "../../support/oracle/junos/device.js";
import { Policies, type Result, type Route } from "../../support/oracle/junos/policies.js";
import { PacketSource, sampleRoute } from "../../support/oracle/junos/samples.js";
import type { Random } from "../../support/oracle/random.js";
import { admits, decide, type PlainResult } from "../../support/oracle/readback.js";

/** What a comparison came to: how often it was made, and of which packets or routes the two said yes. */
export interface Tally {
  judged: number;
  accepted: number;
  /** Packets of which platforms differ. */
  doubtful: number;
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { judged: 0, accepted: 0, doubtful: 0 };
}

/** The `set` lines of a router's files. */
export function linesOf(artefacts: readonly Artefact[], folder: string): string {
  return artefacts.find(({ path }) => path === `${folder}/junos.set`)?.text ?? "";
}

/** Offsets other than 0 and all the rest: what a reader knows of fragments does not tell such apart. */
const PARTIAL_OFFSETS = /fragment-offset (?!0\n|1-8191\n)/;

/** Compares one packet: the upper bound admits what may be accepted, the lower one what may not be discarded. */
function comparePacket(filter: ReadFilter, possible: Outcomes, packet: Packet, exact: boolean, tally: Tally): void {
  const [most, least] = [possible.accept, !possible.discard];
  tally.judged++;
  if (most) tally.accepted++;
  if (most !== least) tally.doubtful++;
  const [upper, lower] = [admits(filter, packet, "most"), admits(filter, packet, "least")];
  if (upper === most && lower === least) return;
  if (!exact && (upper || !most) && (!lower || least)) return;
  const text = JSON.stringify(packet, (_, value: unknown) => (typeof value === "bigint" ? value.toString(16) : value));
  assert.equal([upper, lower], [most, least], `${filter.id}: ${text}`);
}

/** Sends `count` packets at every filter of some routers. */
export function compareFilters(artefacts: readonly Artefact[], random: Random, count: number, tally: Tally): void {
  const { readback, refusals } = readJunos(artefacts);
  assert.equal(refusals, []);
  for (const { folder } of readback.devices) {
    const lines = linesOf(artefacts, folder);
    const exact = !PARTIAL_OFFSETS.test(lines);
    const device = new Device(setPaths(lines));
    const bound = new Map(readback.bindings.map(({ filters, where }) => [filters[0], where] as const));
    for (const [key, terms] of device.all()) {
      const [word = "", name = ""] = key.split(" ");
      const filter = readback.filters.find(({ id }) => id === `${folder}/firewall/${word}/${name}`);
      assert.ok(filter, key);
      const family = word === "inet" ? 4 : 6;
      const source = new PacketSource(random, device, terms, family);
      const where = bound.get(filter.id);
      const unit = where?.kind === "interface" ? where.interface.slice(`${folder}/interface/`.length) : undefined;
      for (let index = 0; index < count; index++) {
        const packet = source.next();
        const possible = unit === undefined ? device.outcomes([name], packet) : device.enters(unit, packet);
        comparePacket(filter, possible, packet, exact, tally);
      }
    }
  }
}

/** Sends `count` routes through every policy that a readback names, and through the lines it came from. */
export function comparePolicies(artefacts: readonly Artefact[], random: Random, count: number, tally: Tally): void {
  const { readback } = readJunos(artefacts);
  for (const { folder } of readback.devices) {
    const lines = linesOf(artefacts, folder);
    const policies = new Policies(setPaths(lines));
    const prefixes = [...lines.matchAll(/(?:route-filter|prefix-list \S+) (\S+\/\d+)/g)].map(
      ([, prefix = ""]) => prefix,
    );
    const communities = [...new Set([...lines.matchAll(/ members (\S+)/g)].map(([, member = ""]) => member))];
    if (prefixes.length === 0) continue;
    for (const policy of policiesOf(readback, folder)) {
      if (policy.name.includes(" ") || policy.name === "default" || policy.name === "") continue;
      for (let index = 0; index < count; index++) {
        const route = sampleRoute(random, prefixes, communities);
        compareRoute(policy, policies.run(policy.name, route), route, tally);
      }
    }
  }
}

function policiesOf(readback: ReturnType<typeof readJunos>["readback"], folder: string): readonly RoutePolicy[] {
  const tables = readback.tables.filter(({ device }) => device === folder);
  const channels = readback.channels.filter(({ id }) => id.startsWith(`${folder}/`));
  return [
    ...tables.flatMap(({ vpn, routes }) => [
      vpn?.export,
      vpn?.import,
      ...routes.map(({ contributors }) => contributors),
    ]),
    ...channels.flatMap((channel) => [channel.import, channel.export]),
  ].filter((policy) => policy !== undefined);
}

const ORIGINS = { direct: "connected", static: "static", aggregate: "aggregate", bgp: "bgp" } as const;

function compareRoute(policy: RoutePolicy, expected: Result, route: Route, tally: Tally): void {
  const origin = ORIGINS[(route.protocol ?? "bgp") as keyof typeof ORIGINS];
  const plain = (all: ReadonlySet<string>): Set<string> =>
    new Set([...all].map((one) => one.replace(/^target:(\d+)L/, "target:$1")));
  const found = decide(policy, { ...route, communities: plain(route.communities), origin });
  tally.judged++;
  if (expected.accepted) tally.accepted++;
  const shown = ({ accepted, communities, localPreference }: PlainResult | Result, prepend: number) =>
    accepted ? [[...plain(communities)].sort().join(" "), localPreference ?? "", prepend] : "rejected";
  assert.equal(
    shown(found, found.prepend),
    shown(expected, expected.prepended.length),
    `${policy.name}: ${route.value.toString(16)}/${route.length} ${[...route.communities].join(" ")}`,
  );
}
