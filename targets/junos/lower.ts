/** From the design to the Junos configuration of one router. */
import type { Design } from "../../compiler/design/design.js";
import type { Address, Family } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { CircuitSlice, LanSlice, RouterSlice } from "../shared/routers/slice.js";
import { Build, byName, origins } from "./build.js";
import { junosDiagnostics } from "./catalogue.js";
import type { PrologueContext } from "./filter-prologue.js";
import { limits } from "./limit-data.js";
import { vpnGroups } from "./lower-core.js";
import { lowerFilter } from "./lower-filters.js";
import { lowerInstance } from "./lower-instances.js";
import { circuitUnit, lanAddresses, lanUnit, type UnitFilters, UnitNumbers, unitName } from "./lower-interfaces.js";
import type { FirewallFilter, InterfaceUnit, JunosConfig } from "./model.js";
import { FAMILIES } from "./policy-terms.js";

/** Lowers one router. Reports what Junos cannot take; the configuration then counts for nothing. */
export function lowerRouter(design: Design, slice: RouterSlice, diagnostics: Diagnostics): JunosConfig {
  if (slice.instances.some(({ instance }) => instance.routeDistinguisher === undefined)) {
    diagnostics.report(junosDiagnostics["junos-no-ipv4-loopback"], { router: slice.router.name }, slice.router.span);
  }
  const build = new Build();
  const numbers = new UnitNumbers();
  const units: InterfaceUnit[] = [];
  const filters: FirewallFilter[] = [];
  const names = new Map<string, string>();
  const bind = (made: readonly FirewallFilter[]): UnitFilters => {
    filters.push(...made);
    return new Map(made.map(({ family, name }) => [family, name] as const));
  };
  for (const instance of slice.instances) {
    for (const lan of instance.lans) {
      const unit = lanUnit(lan, numbers, bind(lanFilters(lan, build)), diagnostics);
      names.set(lan.lan.id, unitName(unit));
      units.push(unit);
    }
    for (const circuit of instance.circuits) {
      const external = design.externals.find(
        ({ name }) => circuit.far.place.kind === "external" && name === circuit.far.place.name,
      );
      const unit = circuitUnit(circuit, external, numbers, bind(circuitFilters(design, circuit, build)), diagnostics);
      names.set(circuit.circuit.id, unitName(unit));
      units.push(unit);
    }
  }
  reportMixedTagging(units, slice.router.name, diagnostics);
  const instances = slice.instances.map((one) => lowerInstance(design, slice, one, names, build, diagnostics));
  return {
    router: slice.router.name,
    units: [...units].sort((a, b) => (a.port < b.port ? -1 : a.port > b.port ? 1 : a.number - b.number)),
    prefixLists: build.prefixLists(),
    communities: build.communities(),
    policies: build.policies(),
    filters: byName(filters),
    instances: byName(instances),
    vpnGroups: vpnGroups(slice, diagnostics),
  };
}

function reportMixedTagging(units: readonly InterfaceUnit[], router: string, diagnostics: Diagnostics): void {
  for (const { port, vlan, origins: from } of units) {
    const tagged = units.find((other) => other.port === port && other.vlan !== undefined);
    if (vlan !== undefined || tagged === undefined) continue;
    const related = tagged.origins.map(({ id, span }) => ({ message: `\`${id}\` is tagged`, span }));
    diagnostics.report(junosDiagnostics["junos-mixed-tagging"], { port, router }, from[0]?.span, { related });
  }
}

/** Both families of a LAN, always: a family without a filter would be open. */
function lanFilters(slice: LanSlice, build: Build): readonly FirewallFilter[] {
  const { lan, attachment, point } = slice;
  if (point === undefined) throw new Error(`the LAN ${lan.id} has no enforcement point at ${attachment.router}`);
  const several = lan.attachments.length > 1;
  const own = lanAddresses(slice).map(({ address }) => address);
  const context: PrologueContext = {
    interfaceAddresses: several ? [...own, ...lan.gateways] : own,
    origins: origins(lan.id, [attachment.span]),
  };
  return FAMILIES.map((family) => lowerFilter(filterName(build, "LAN", lan.id, family), point, family, context, build));
}

/** Both families of a circuit, except between two routers of ours, where nothing is filtered. */
function circuitFilters(design: Design, slice: CircuitSlice, build: Build): readonly FirewallFilter[] {
  const { circuit, point, end, far } = slice;
  if (point === undefined) {
    if (isOurs(design, far.place.kind, far.place.name)) return [];
    throw new Error(`the circuit ${circuit.id} has no enforcement point at ${slice.near.place.name}`);
  }
  const interfaceAddresses = circuit.addressing.flatMap((one): readonly Address[] =>
    one.kind === "provider" ? [] : [one.ends[end].address],
  );
  const context = { interfaceAddresses, origins: origins(circuit.id, circuit.sources) };
  return FAMILIES.map((family) =>
    lowerFilter(filterName(build, "LINK", circuit.id, family), point, family, context, build),
  );
}

function isOurs(design: Design, kind: string, name: string): boolean {
  return kind === "router" && design.estate.routers.some((one) => one.name === name && one.os !== "unmanaged");
}

function filterName(build: Build, kind: "LAN" | "LINK", id: string, family: Family): string {
  return build.name(kind, id, `V${family}`, limits.filterName.allowed);
}
