/** Units of ports: LANs and circuits, their tags, addresses, MTU and input filters. */

import type { External } from "../../compiler/model/estate.js";
import { sha256 } from "../../compiler/sha256.js";
import {
  type Address,
  addressIn,
  type Family,
  formatAddress,
  type InterfaceAddress,
  prefixOf,
} from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import type { CircuitSlice, LanSlice } from "../shared/routers/slice.js";
import { origins } from "./build.js";
import { junosDiagnostics } from "./catalogue.js";
import { describe } from "./descriptions.js";
import { limits } from "./limit-data.js";
import type { InterfaceUnit, UnitAddress, UnitFamily } from "./model.js";

/** Names of the input filters by family. */
export type UnitFilters = ReadonlyMap<Family, string>;

/** First unit of the range kept for doubly tagged interfaces; units up to 4094 are the VLANs of singly tagged ones. */
const QINQ_FIRST = 4096;

/**
 * Unit numbers of one router by port and tags: the VLAN, 0 without one. Two tags do not fit the range of unit numbers, so
 * they are hashed into the numbers above the VLANs, the next free one where two pairs meet.
 */
export class UnitNumbers {
  private readonly taken = new Map<string, string>();

  number(port: string, vlan: number | undefined, outer: number | undefined): number {
    if (outer === undefined || vlan === undefined) return vlan ?? 0;
    const tags = `${outer}.${vlan}`;
    const room = limits.unit.allowed - QINQ_FIRST + 1;
    let at = Number.parseInt(sha256(tags).slice(0, 8), 16) % room;
    for (;;) {
      const key = `${port}.${QINQ_FIRST + at}`;
      const holder = this.taken.get(key) ?? tags;
      if (holder === tags) {
        this.taken.set(key, tags);
        return QINQ_FIRST + at;
      }
      at = (at + 1) % room;
    }
  }
}

/** The name of a logical interface. */
export function unitName(unit: { readonly port: string; readonly number: number }): string {
  return `${unit.port}.${unit.number}`;
}

/** Checks a written interface name: a Junos port without its unit. */
export function checkPort(name: string, at: Span, diagnostics: Diagnostics): void {
  if (/^[a-z]{2,5}(?:-[0-9]+\/[0-9]+\/[0-9]+(?::[0-9]+)?|[0-9]+)$/.test(name)) return;
  const unit = /^(.+)\.[0-9]+$/.exec(name)?.[1];
  diagnostics.report(
    junosDiagnostics["junos-interface-name"],
    { name, ...(unit === undefined ? {} : { port: unit }) },
    at,
  );
}

/** The unit of a LAN. Reports an interface address that is missing for a prefix. */
export function lanUnit(
  { lan, attachment, rank }: LanSlice,
  numbers: UnitNumbers,
  filters: UnitFilters,
  diagnostics: Diagnostics,
): InterfaceUnit {
  const port = attachment.interface.value;
  checkPort(port, attachment.interface.span, diagnostics);
  const vlan = attachment.vlan?.value;
  const outerVlan = attachment.outerVlan?.value;
  const several = lan.attachments.length > 1;
  const own = lanAddresses({ lan, attachment, rank });
  const addresses = own.map((address): UnitAddress => {
    const virtual = several ? lan.gateways.find((gateway) => inSubnet(address, gateway)) : undefined;
    if (virtual === undefined || lan.vrrpGroup === undefined) return { address };
    return { address, vrrp: { number: lan.vrrpGroup, virtual, priority: vrrpPriority(rank) } };
  });
  for (const gateway of several ? lan.gateways : []) {
    if (own.some((address) => inSubnet(address, gateway))) continue;
    diagnostics.report(
      junosDiagnostics["junos-gateway-without-address"],
      { lan: lan.id, gateway: formatAddress(gateway) },
      attachment.span,
    );
  }
  return {
    port,
    number: numbers.number(port, vlan, outerVlan),
    description: describe(`${lan.id} in ${lan.domain}`, lan.subnet, lan.network),
    ...(vlan === undefined ? {} : { vlan }),
    ...(outerVlan === undefined ? {} : { outerVlan }),
    families: unitFamilies(addresses, lan.mtu, filters),
    origins: origins(lan.id, [attachment.span]),
  };
}

/** The router's own addresses on a LAN: the written ones, else the gateways with the lengths of their prefixes. */
export function lanAddresses({ lan, attachment }: LanSlice): readonly InterfaceAddress[] {
  const written = attachment.addresses.map(({ value }) => value);
  if (lan.attachments.length > 1 || lan.nextHops.length > 0) return written;
  const derived = lan.gateways.flatMap((address): readonly InterfaceAddress[] => {
    const around = lan.prefixes.find((prefix) => addressIn(prefix, address));
    return around === undefined ? [] : [{ address, length: around.length }];
  });
  const missing = derived.filter(({ address }) => !written.some((one) => sameAddress(one.address, address)));
  return [...written, ...missing];
}

function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.value === b.value;
}

function inSubnet(address: InterfaceAddress, other: Address): boolean {
  return address.address.family === other.family && addressIn(prefixOf(address.address, address.length), other);
}

/** The `at` router is the master; the others follow in the order they are written. */
function vrrpPriority(rank: number): number {
  return Math.max(1, 200 - 10 * rank);
}

/** The unit of a circuit on a port of ours; `external` is its far end where that is one. */
export function circuitUnit(
  { circuit, end, near, far }: CircuitSlice,
  external: External | undefined,
  numbers: UnitNumbers,
  filters: UnitFilters,
  diagnostics: Diagnostics,
): InterfaceUnit {
  const port = near.interface ?? "";
  const written = circuit.link.ends.find(({ place }) => place.name === near.place.name)?.interface;
  checkPort(port, written?.span ?? circuit.link.span, diagnostics);
  const addresses = circuit.addressing.flatMap((one): readonly UnitAddress[] =>
    one.kind === "provider" ? [] : [{ address: one.ends[end] }],
  );
  return {
    port,
    number: numbers.number(port, circuit.vlan, circuit.outerVlan),
    description: describe(`${circuit.id} to ${far.place.name}`, circuit.link, external),
    ...(circuit.vlan === undefined ? {} : { vlan: circuit.vlan }),
    ...(circuit.outerVlan === undefined ? {} : { outerVlan: circuit.outerVlan }),
    families: unitFamilies(addresses, circuit.mtu, filters),
    origins: origins(circuit.id, circuit.sources),
  };
}

/** A family is configured where it has an address or a filter: a filter without addresses closes the family. */
function unitFamilies(
  addresses: readonly UnitAddress[],
  mtu: number | undefined,
  filters: UnitFilters,
): readonly UnitFamily[] {
  return ([4, 6] as const).flatMap((family): readonly UnitFamily[] => {
    const own = addresses.filter(({ address }) => address.address.family === family);
    const filter = filters.get(family);
    if (own.length === 0 && filter === undefined) return [];
    return [
      {
        family,
        ...(mtu === undefined || own.length === 0 ? {} : { mtu }),
        ...(filter === undefined ? {} : { filter }),
        addresses: own,
      },
    ];
  });
}
