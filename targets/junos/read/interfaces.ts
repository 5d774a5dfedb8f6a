/** Units of ports: tags, families, addresses, VRRP, and the filters bound to them. */
import type { ReadBinding, ReadInterface } from "../../../compiler/validate/readback.js";
import {
  type Address,
  addressIn,
  type Family,
  formatAddress,
  type InterfaceAddress,
  prefixOf,
} from "../../../grammar/address.js";
import type { Filters } from "./filters.js";
import type { ConfigNode } from "./node.js";
import { FAMILY_WORDS, type Reading } from "./reading.js";

/** A unit before it is known which routing instance has it. */
export interface Unit extends Omit<ReadInterface, "table" | "device"> {
  /** `xe-0/0/1.100`. */
  readonly name: string;
  readonly node: ConfigNode;
}

/** The units of a router, and their bindings. */
export interface Units {
  readonly units: ReadonlyMap<string, Unit>;
  readonly bindings: readonly ReadBinding[];
}

/** Statements of a port that change nothing of what its units do. */
const HARMLESS = ["description", "vlan-tagging", "flexible-vlan-tagging", "stacked-vlan-tagging"];

/** Reads `interfaces`. */
export function readInterfaces(reading: Reading, top: ConfigNode | undefined, filters: Filters): Units {
  const units = new Map<string, Unit>();
  const bindings: ReadBinding[] = [];
  for (const port of top?.all() ?? []) {
    for (const word of HARMLESS) port.take(word);
    reading.value(port.child("description") !== undefined ? port.take("description") : undefined);
    const tags = new Map<string, string>();
    for (const node of reading.values(port.take("unit"))) {
      if (reading.number(node, 0, 16_385) === undefined) continue;
      const unit = readUnit(reading, port.word, node, filters, bindings);
      const key = `${unit.outerVlan ?? ""}.${unit.vlan ?? ""}`;
      const other = tags.get(key);
      if (other !== undefined) reading.refuse(node, `unit ${other} of the port has the same tags`);
      tags.set(key, node.word);
      units.set(unit.name, unit);
    }
  }
  return { units, bindings };
}

function readUnit(reading: Reading, port: string, node: ConfigNode, filters: Filters, bindings: ReadBinding[]): Unit {
  reading.value(node.take("description"));
  const name = `${port}.${node.word}`;
  const id = reading.id("interface", name);
  const tags = readTags(reading, node);
  const families: Family[] = [];
  const addresses: InterfaceAddress[] = [];
  const virtual: Address[] = [];
  const mtus: number[] = [];
  for (const [family, word] of FAMILY_WORDS) {
    const own = node.take("family")?.take(word);
    if (own === undefined) continue;
    families.push(family);
    const mtu = reading.numberOf(own.take("mtu"), 256, 16_000);
    if (mtu !== undefined) mtus.push(mtu);
    bindings.push(...readBindings(reading, own, family, word, id, filters));
    for (const one of own.take("address")?.all() ?? []) {
      const address = reading.interfaceAddress(one, family);
      if (address === undefined) continue;
      addresses.push(address);
      virtual.push(...readVrrp(reading, one, address));
    }
  }
  if (new Set(mtus).size > 1) reading.refuse(node, "the families have different MTUs");
  const [mtu] = mtus;
  return {
    id,
    port,
    name,
    node,
    ...tags,
    addresses,
    virtual,
    families,
    ...(mtu === undefined ? {} : { mtu }),
    at: reading.at(node),
  };
}

function readTags(reading: Reading, node: ConfigNode): Pick<ReadInterface, "vlan" | "outerVlan"> {
  const [single, double] = [node.take("vlan-id"), node.take("vlan-tags")];
  if (single !== undefined && double !== undefined) reading.refuse(double, "a unit has one tag and two");
  if (double !== undefined) {
    // Both stand in one statement: the inner tag follows the outer one.
    const outer = reading.value(double.take("outer"));
    const inner = reading.value(outer?.take("inner"));
    if (outer === undefined || inner === undefined) reading.refuse(double, "it lacks an outer or an inner tag");
    const [outerVlan, vlan] = [outer, inner].map((one) => (one === undefined ? undefined : tag(reading, one)));
    return { ...(vlan === undefined ? {} : { vlan }), ...(outerVlan === undefined ? {} : { outerVlan }) };
  }
  const value = reading.value(single);
  const vlan = value === undefined ? undefined : tag(reading, value);
  return vlan === undefined ? {} : { vlan };
}

function tag(reading: Reading, node: ConfigNode): number | undefined {
  return reading.number(node, 1, 4094);
}

function readBindings(
  reading: Reading,
  family: ConfigNode,
  number: Family,
  word: "inet" | "inet6",
  id: string,
  filters: Filters,
): readonly ReadBinding[] {
  const node = family.take("filter");
  if (node === undefined) return [];
  if (node.size === 0) reading.refuse(node, "it binds no filter");
  const out: ReadBinding[] = [];
  for (const [direction, one, several] of [
    ["in", node.take("input"), node.take("input-list")],
    ["out", node.take("output"), node.take("output-list")],
  ] as const) {
    if (one !== undefined && several !== undefined)
      reading.refuse(several, "a filter and a list of filters are bound at once");
    const single = reading.value(one);
    const list = reading.values(several);
    const bound = single ?? list[0];
    if (bound === undefined) continue;
    const filter = single === undefined ? filters.chain(word, list) : filters.named(word, single);
    const where = { kind: "interface", interface: id } as const;
    if (filter !== undefined)
      out.push({ filters: [filter], direction, families: [number], where, at: reading.at(bound) });
  }
  return out;
}

/** The virtual addresses of the VRRP groups below an address. */
function readVrrp(reading: Reading, node: ConfigNode, { address, length }: InterfaceAddress): readonly Address[] {
  const six = address.family === 6;
  const groups = node.take(six ? "vrrp-inet6-group" : "vrrp-group");
  return reading.values(groups).flatMap((group) => {
    reading.number(group, 0, 255);
    reading.numberOf(group.take("priority"), 1, 255);
    group.take("accept-data");
    const leaf = group.take(six ? "virtual-inet6-address" : "virtual-address");
    if (leaf === undefined) reading.refuse(group, "it has no virtual address");
    return reading.values(leaf).flatMap((one): readonly Address[] => {
      const virtual = reading.address(one, address.family);
      if (virtual === undefined) return [];
      if (!addressIn(prefixOf(address, length), virtual))
        reading.refuse(one, `it lies outside the subnet of ${formatAddress(address)}`);
      return [virtual];
    });
  });
}
