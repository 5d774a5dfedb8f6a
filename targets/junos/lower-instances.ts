/** Routing instances: interfaces, targets, static and aggregate routes, relays and BGP groups. */

import { accepts } from "../../compiler/design/accepted.js";
import type { Announcement, Design } from "../../compiler/design/design.js";
import {
  type Address,
  addressIn,
  comparePrefixes,
  familyBits,
  formatAddress,
  formatPrefix,
  type Prefix,
  prefixContains,
} from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { fit, mangle } from "../shared/routers/names.js";
import type { CircuitSlice, InstanceSlice, LanSlice, RouterSlice } from "../shared/routers/slice.js";
import { type Build, origins } from "./build.js";
import { junosDiagnostics } from "./catalogue.js";
import { describe } from "./descriptions.js";
import { limits, OWNED_PREFIX, RESERVED_INSTANCES } from "./limit-data.js";
import { circuitGroup } from "./lower-bgp.js";
import { vrfPolicies } from "./lower-vrf-policies.js";
import type { AggregateRoute, DhcpRelay, Instance, Origin, StaticNext, StaticRoute } from "./model.js";
import { isHost, localParts } from "./parts.js";
import { acceptTerms, FAMILIES, filterKey, rejectRest } from "./policy-terms.js";

/** The names of the logical interfaces of an instance, by LAN or circuit id. */
export type InstanceUnits = ReadonlyMap<string, string>;

/** One routing instance. Reports names that Junos does not take. */
export function lowerInstance(
  design: Design,
  router: RouterSlice,
  slice: InstanceSlice,
  units: InstanceUnits,
  build: Build,
  diagnostics: Diagnostics,
): Instance {
  const { instance, domain } = slice;
  checkInstanceName(design, slice, diagnostics);
  checkRelays(router, slice, diagnostics);
  const interfaces = [...slice.lans.map(({ lan }) => lan.id), ...slice.circuits.map(({ circuit }) => circuit.id)];
  const routerId = router.router.loopbacks.find(({ value }) => value.family === 4)?.value;
  return {
    name: domain.vrf,
    description: describe(
      `segment ${instance.domain}`,
      design.estate.segments.find(({ name }) => name === instance.domain),
    ),
    interfaces: interfaces.map((id) => units.get(id) ?? "").sort(compareUnits),
    routeDistinguisher: instance.routeDistinguisher ?? "",
    ...vrfPolicies(router, slice, build),
    ...(routerId === undefined ? {} : { routerId }),
    statics: staticRoutes(router, slice, diagnostics),
    aggregates: aggregateRoutes(slice, build),
    relays: slice.lans.flatMap((lan) => dhcpRelays(lan, units.get(lan.lan.id) ?? "")),
    groups: slice.circuits.flatMap((one) => circuitGroup(design, router, slice, one, build, diagnostics) ?? []),
    origins: origins(instance.domain, domain.sources),
  };
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function checkInstanceName(design: Design, { domain }: InstanceSlice, diagnostics: Diagnostics): void {
  const { vrf } = domain;
  const reason = RESERVED_INSTANCES.has(vrf)
    ? "Junos keeps that name for itself"
    : /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(vrf)
      ? vrf.length > limits.instanceName.allowed
        ? `it has more than ${limits.instanceName.allowed} characters`
        : undefined
      : "it may hold letters, digits, `_` and `-`";
  if (reason === undefined) return;
  const segment = design.estate.segments.find(({ name }) => name === domain.domain);
  diagnostics.report(
    junosDiagnostics["junos-instance-name"],
    { name: vrf, reason },
    segment?.vrf.span ?? domain.sources[0],
  );
}

/**
 * Relayed requests to a server without a route are lost. A shared route leads there, but the answers come back into another
 * segment's instance, in which the relay has no address, and no filter lets them in.
 */
function checkRelays({ router }: RouterSlice, { instance, lans }: InstanceSlice, diagnostics: Diagnostics): void {
  for (const { lan } of lans) {
    for (const { value, span } of (lan.subnet?.lan ?? lan.network.lan)?.dhcpRelay ?? []) {
      if (instance.routes.some(({ prefix, cause }) => cause.kind === "own" && addressIn(prefix, value))) continue;
      const params = { server: formatAddress(value), segment: instance.domain, router: router.name };
      diagnostics.report(junosDiagnostics["junos-dhcp-server"], params, span);
    }
  }
}

function staticRoutes(router: RouterSlice, slice: InstanceSlice, diagnostics: Diagnostics): readonly StaticRoute[] {
  const out = [
    ...slice.lans.flatMap(lanStatics),
    ...circuitStatics(slice.circuits.filter(({ circuit }) => circuit.routing === "static")),
    ...localStatics(router, slice, diagnostics),
  ];
  const unique = new Map<string, StaticRoute>();
  for (const route of out) {
    const key = formatPrefix(route.prefix);
    if (!unique.has(key)) unique.set(key, route);
  }
  return [...unique.values()].sort((a, b) => comparePrefixes(a.prefix, b.prefix));
}

function viaHops(addresses: readonly Address[]): StaticNext {
  return { kind: "next-hop", addresses, backups: [] };
}

/** Prefixes behind a `next-hop`, and parts of the LAN (see `parts.ts`). */
function lanStatics({ lan }: LanSlice): readonly StaticRoute[] {
  const from = origins(lan.id, lan.sources);
  const behind = (prefix: Prefix): StaticRoute => ({
    prefix,
    next: viaHops(lan.nextHops.filter(({ family }) => family === prefix.family)),
    origins: from,
  });
  if (lan.nextHops.length > 0) return [...lan.prefixes, ...lan.parts].map(behind);
  return lan.parts.map((prefix) => ({
    prefix,
    next:
      isHost(prefix) && !isSubnetAddress(lan.prefixes, prefix)
        ? viaHops([{ family: prefix.family, value: prefix.value }])
        : { kind: "announce-only" },
    origins: from,
  }));
}

/**
 * True for the network's own address and, in IPv6, the subnet-router anycast address (RFC 4291), which no neighbour answers
 * for: such a route has no next hop. In /31, /32, /127 and /128 every address is a neighbour's (RFC 3021, RFC 6164).
 */
function isSubnetAddress(prefixes: readonly Prefix[], { family, value }: Prefix): boolean {
  return prefixes.some(
    (prefix) => prefix.family === family && prefix.value === value && prefix.length < familyBits(family) - 1,
  );
}

/** Junos' preference of static routes; a higher number is used later. */
const STATIC_PREFERENCE = 5;

/** Static routes to what the far ends have; of several circuits the preferred one first. */
function circuitStatics(circuits: readonly CircuitSlice[]): readonly StaticRoute[] {
  const byPrefix = new Map<
    string,
    { readonly prefix: Prefix; readonly hops: [number, Address][]; origins: Origin[] }
  >();
  for (const { circuit, end, far } of circuits) {
    for (const { prefix } of far.announces) {
      const entry = byPrefix.get(formatPrefix(prefix)) ?? { prefix, hops: [], origins: [] };
      for (const hop of nextHops(circuit.nextHops, circuit.addressing, end, prefix))
        entry.hops.push([circuit.preference, hop]);
      entry.origins.push(...origins(circuit.id, circuit.sources));
      byPrefix.set(formatPrefix(prefix), entry);
    }
  }
  return [...byPrefix.values()].map(({ prefix, hops, origins: from }) => {
    const levels = [...new Set(hops.map(([preference]) => preference))].sort((a, b) => b - a);
    return {
      prefix,
      next: {
        kind: "next-hop",
        addresses: hops.filter(([preference]) => preference === levels[0]).map(([, address]) => address),
        backups: hops
          .filter(([preference]) => preference !== levels[0])
          .map(([preference, address]) => ({ address, preference: STATIC_PREFERENCE + levels.indexOf(preference) })),
      },
      origins: from,
    };
  });
}

function nextHops(
  given: readonly Address[],
  addressing: CircuitSlice["circuit"]["addressing"],
  end: 0 | 1,
  prefix: Prefix,
): readonly Address[] {
  const own = given.filter(({ family }) => family === prefix.family);
  const local = addressing.flatMap((one) => (one.kind === "provider" ? [] : [one.ends[end].address]));
  const usable = own.filter((hop) => !local.some(({ family, value }) => family === hop.family && value === hop.value));
  if (usable.length > 0) return usable;
  return addressing.flatMap((one) =>
    one.kind === "provider" || one.family !== prefix.family ? [] : [one.ends[end === 0 ? 1 : 0].address],
  );
}

/** Larger parts of LANs of other domains on this router are looked up in the table that has the LAN. */
function localStatics(router: RouterSlice, slice: InstanceSlice, diagnostics: Diagnostics): readonly StaticRoute[] {
  return localParts(router, slice).map(({ prefix, leak, owner }) => {
    const back = localParts(router, owner).some((part) => part.owner.instance.domain === slice.instance.domain);
    if (back && owner.instance.domain < slice.instance.domain) {
      const params = { one: owner.instance.domain, other: slice.instance.domain, router: router.router.name };
      diagnostics.report(junosDiagnostics["junos-mutual-parts"], params, leak.leak.sources[0]);
    }
    return {
      prefix,
      next: { kind: "next-table", table: `${owner.domain.vrf}.inet${prefix.family === 6 ? "6" : ""}.0` },
      origins: origins(leak.leak.share, leak.leak.sources),
    };
  });
}

/** Covering prefixes that a circuit announces in place of routes: aggregates that live while one of those routes does. */
function aggregateRoutes(slice: InstanceSlice, build: Build): readonly AggregateRoute[] {
  const out = new Map<string, AggregateRoute>();
  const { routes } = slice.instance;
  for (const { circuit, near } of slice.circuits) {
    for (const one of near.announces) {
      const key = formatPrefix(one.prefix);
      if (out.has(key) || !isAggregate(slice, one)) continue;
      const contributors = routes.filter(
        ({ prefix, origin }) =>
          prefixContains(one.prefix, prefix) && !(origin.kind === "circuit" && origin.circuit === circuit.id),
      );
      const from = origins(one.site, one.sources);
      const name = fit(
        `${OWNED_PREFIX}COVER-${mangle(slice.instance.domain)}-${prefixName(one.prefix)}`,
        limits.name.allowed,
      );
      const policy = build.policy({
        name,
        terms: [...acceptTerms("covered", contributors, []), rejectRest],
        origins: from,
      });
      out.set(key, { prefix: one.prefix, policy, origins: from });
    }
  }
  return [...out.values()].sort((a, b) => comparePrefixes(a.prefix, b.prefix));
}

/** An announced prefix is an aggregate where the instance has no such route, but longer ones inside it. */
function isAggregate({ instance, lans }: InstanceSlice, { prefix }: Announcement): boolean {
  const exact = instance.routes.some((route) => accepts(route, prefix));
  const part = lans.some(({ lan }) => lan.parts.some((one) => filterKey({ prefix: one }) === filterKey({ prefix })));
  return !exact && !part && instance.routes.some((route) => prefixContains(prefix, route.prefix));
}

function prefixName(prefix: Prefix): string {
  return formatPrefix(prefix).replace(/[.:/]+/g, "-");
}

/** The relay of a LAN: its servers by family, reached inside the instance. */
function dhcpRelays({ lan }: LanSlice, unit: string): readonly DhcpRelay[] {
  return FAMILIES.flatMap((family): readonly DhcpRelay[] => {
    const servers = lan.dhcpRelay.filter((server) => server.family === family);
    if (servers.length === 0) return [];
    const name = fit(`${OWNED_PREFIX}${mangle(lan.id)}`, limits.name.allowed);
    return [{ name, family, interface: unit, servers, origins: origins(lan.id, lan.sources) }];
  });
}
