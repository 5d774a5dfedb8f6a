/**
 * The design against the oracle: on every way that an open flow may take, every place has the routes, every circuit
 * announces them, every point admits the packets and their replies; and no point admits anything outside permission.
 * `DEMARC_ORACLE_RUNS` sets how many estates are compared.
 */
import fc from "fast-check";
import type { Design, EnforcementPoint, FilterEntry } from "../../../compiler/design/design.js";
import type { AddressSet } from "../../../compiler/sets/address-set.js";
import { type Address, formatPrefix, type Prefix, prefixRange } from "../../../grammar/address.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { addressOf, indexesIn } from "../../support/oracle/expand.js";
import { type Endpoint, Oracle } from "../../support/oracle/oracle.js";
import { type Path, pathsOf } from "../../support/oracle/paths.js";
import { POINTS, subnetsOf, worldText } from "../../support/oracle/world.js";
import { type Case, cases } from "../../support/oracle/worlds.js";

const RUNS = { numRuns: Number(process.env.DEMARC_ORACLE_RUNS ?? 40) };
const TIMEOUT = { timeout: 3_600_000 };

/** Runs a property over random cases; a failure says what differs, in the text of the smallest case found. */
function forAll(check: (one: Case) => void): void {
  const found = fc.check(fc.property(cases, check), RUNS);
  if (!found.failed) return;
  const { errorInstance, seed, counterexamplePath: path } = found;
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  throw new Error(`${why}\nseed ${seed}, path ${path}`);
}

/** One open flow with one of its ways. */
interface Travel {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Bits of `POINTS` that are open. */
  readonly services: number;
  readonly path: Path;
}

interface Judged {
  readonly design: Design;
  readonly oracle: Oracle;
  readonly travels: readonly Travel[];
  readonly text: string;
}

function judged({ world }: Case): Judged {
  const { text } = worldText(world);
  const { design, findings } = pipeline(text);
  const oracle = new Oracle(world);
  const travels: Travel[] = [];
  // Where prefixes overlap in a domain, which is an error, routes are ambiguous.
  if (findings.some((finding) => finding.name === "share-overlap")) return { design, oracle, travels, text };
  for (const [source, from] of oracle.endpoints.entries()) {
    for (const [destination, to] of oracle.endpoints.entries()) {
      const { permitted, routed } = oracle.pair(source, destination);
      if (!routed || permitted === 0) continue;
      for (const path of pathsOf(oracle, from, to)) travels.push({ from, to, services: permitted, path });
    }
  }
  return { design, oracle, travels, text };
}

function about({ from, to, path }: Travel, text: string): string {
  const way = path.stands.map(({ place, segment }) => `${segment}@${place}`).join(" ");
  return `${name(from)} -> ${name(to)} over ${way} in\n${text}`;
}

function name(one: Endpoint): string {
  return `${one.site.name} ${one.family}/${one.value}`;
}

function covers(prefix: Prefix, { family, value }: Address): boolean {
  const { first, last } = prefixRange(prefix);
  return prefix.family === family && first <= value && value <= last;
}

/** The owner that longest-prefix routing finds for an address; undefined where there is no route. */
function routeTo(design: Design, segment: string, place: string, address: Address): string | undefined {
  const instance = design.instances.find((one) => one.domain === segment && one.place.name === place);
  const fit = (instance?.routes ?? []).filter((route) => covers(route.prefix, address));
  const longest = Math.max(...fit.map((route) => route.prefix.length));
  const owners = new Set(fit.filter((route) => route.prefix.length === longest).map((route) => route.site));
  return owners.size === 1 ? [...owners][0] : owners.size === 0 ? undefined : [...owners].join(" and ");
}

/** Points that packets from one end to the other meet on a way. */
function pointsOn(
  design: Design,
  oracle: Oracle,
  from: Endpoint,
  to: Endpoint,
  path: Path,
): readonly EnforcementPoint[] {
  const ids: string[] = [];
  if (from.site.kind === "cloud") ids.push(`${subnetOf(from)}/out`);
  // Inside a LAN nothing is crossed.
  if (from.site.kind === "lan" && from.site !== to.site) ids.push(`${from.site.name}@${path.stands[0]?.place}/in`);
  for (const { link, segment, from: near, to: far } of path.steps) {
    if (oracle.kind(far) === "managed" && oracle.kind(near) !== "managed")
      ids.push(`${link.name}/${segment}@${far}/in`);
  }
  if (to.site.kind === "cloud") ids.push(`${subnetOf(to)}/in`);
  return ids.map((id) => {
    const point = design.points.find((one) => one.id === id);
    assert.ok(point, `there is a point ${id}`);
    return point;
  });
}

function subnetOf({ site, names }: Endpoint): string {
  const found = subnetsOf(site).find(([subnet]) => names.has(`${site.name}.${subnet}`));
  return `${site.name}.${found?.[0]}`;
}

function admits(point: EnforcementPoint, kind: FilterEntry["kind"], from: Address, to: Address): number {
  const fit = point.entries.filter(
    (one) => one.kind === kind && one.source.contains(from) && one.destination.contains(to),
  );
  return POINTS.reduce(
    (mask, [protocol, slot], bit) =>
      fit.some((one) => one.service.contains({ protocol, slot })) ? mask | (1 << bit) : mask,
    0,
  );
}

suite("the design against the oracle", (test) => {
  test(
    "every point on every way admits the packets of open flows, and their replies",
    () => {
      let crossed = 0;
      forAll((one) => {
        const { design, oracle, travels, text } = judged(one);
        for (const travel of travels) {
          const { from, to, services, path } = travel;
          const [source, destination] = [addressOf(from), addressOf(to)];
          for (const point of pointsOn(design, oracle, from, to, path)) {
            const where = `at ${point.id} of ${about(travel, text)}`;
            assert.is(services & ~admits(point, "flow", source, destination), 0, `packets ${where}`);
            assert.ok(point.sourceCheck?.contains(source) !== false, `the source ${where}`);
            assert.ok(!point.ownAddresses.contains(destination), `the destination ${where}`);
            assert.ok(point.families.includes(from.family), `the family ${where}`);
            crossed++;
          }
          const back: Path = {
            steps: path.steps.map((step) => ({ ...step, from: step.to, to: step.from })),
            stands: [...path.stands].reverse(),
          };
          for (const point of pointsOn(design, oracle, to, from, back)) {
            if (point.state === "stateful") continue;
            const where = `at ${point.id} of ${about(travel, text)}`;
            assert.is(services & ~admits(point, "reply", destination, source), 0, `replies ${where}`);
            assert.ok(point.sourceCheck?.contains(destination) !== false, `the source of replies ${where}`);
            crossed++;
          }
        }
      });
      assert.ok(crossed > 0);
      console.log(`oracle: ${crossed} crossings of points compared`);
    },
    TIMEOUT,
  );

  test(
    "no point admits a flow, or replies of one, outside permission",
    () => {
      let entries = 0;
      forAll((one) => {
        const { design, oracle, text } = judged(one);
        for (const point of design.points) {
          for (const entry of point.entries) {
            entries++;
            checkEntry(oracle, point, entry, text);
          }
        }
      });
      assert.ok(entries > 0);
    },
    TIMEOUT,
  );

  test(
    "every place on every way has the routes, there and back",
    () => {
      forAll((one) => {
        const { design, oracle, travels, text } = judged(one);
        for (const travel of travels) {
          const { from, to, path } = travel;
          for (const { place, segment } of path.stands) {
            if (["unmanaged", "external"].includes(oracle.kind(place))) continue;
            const where = `at ${segment}@${place} for ${about(travel, text)}`;
            assert.is(routeTo(design, segment, place, addressOf(to)), to.site.name, `the route ${where}`);
            assert.is(routeTo(design, segment, place, addressOf(from)), from.site.name, `the way back ${where}`);
          }
        }
      });
    },
    TIMEOUT,
  );

  test(
    "every circuit on every way announces the routes, there and back",
    () => {
      forAll((one) => {
        const { design, travels, text } = judged(one);
        for (const travel of travels) {
          for (const { link, segment, from, to } of travel.path.steps) {
            if (link.kind === "mpls") continue;
            const circuit = design.circuits.find(({ id }) => id === `${link.name}/${segment}`);
            assert.ok(circuit);
            for (const [end, address] of [
              [to, addressOf(travel.to)],
              [from, addressOf(travel.from)],
            ] as const) {
              const announces = circuit.ends.find(({ place }) => place.name === end)?.announces ?? [];
              const isHeard = announces.some(({ prefix }) => covers(prefix, address));
              const texts = announces.map(({ prefix }) => formatPrefix(prefix)).join();
              assert.ok(isHeard, `${end} announces ${texts} on ${circuit.id} for ${about(travel, text)}`);
            }
          }
        }
      });
    },
    TIMEOUT,
  );
});

function checkEntry(oracle: Oracle, point: EnforcementPoint, entry: FilterEntry, text: string): void {
  const services = POINTS.reduce(
    (mask, service, bit) =>
      entry.service.contains({ protocol: service[0], slot: service[1] }) ? mask | (1 << bit) : mask,
    0,
  );
  const within = (segment: string, set: AddressSet): readonly number[] => indexesIn(oracle, segment, set);
  const sources = within(entry.sourceDomain, entry.source);
  const destinations = within(entry.destinationDomain, entry.destination);
  for (const from of sources) {
    for (const to of destinations) {
      if (from === to) continue;
      const { permitted } = entry.kind === "flow" ? oracle.pair(from, to) : oracle.pair(to, from);
      assert.is(services & ~permitted, 0, `${entry.rule} as ${entry.kind} at ${point.id} in\n${text}`);
    }
  }
  if (entry.coarse === undefined) return;
  assert.equal(within(entry.sourceDomain, entry.coarse.source), sources, `coarse sources at ${point.id} in\n${text}`);
  assert.equal(
    within(entry.destinationDomain, entry.coarse.destination),
    destinations,
    `coarse at ${point.id} in\n${text}`,
  );
}
