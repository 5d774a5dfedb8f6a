/**
 * Interfaces as the estate has them: in the table of their domain, with the addresses of their LAN or circuit and no others,
 * filtered where points stand and nowhere else. Next hops are judged in `strays.ts`.
 */
import { type Address, addressIn, formatAddress, type InterfaceAddress, prefixOf } from "../../grammar/address.js";
import type { Circuit, Design, LanAttachmentDesign } from "../design/design.js";
import type { DomainId } from "../model/estate.js";
import { portKey, portOwners } from "./design-ports.js";
import type { StructureFinding, Subject } from "./judged.js";
import { placeOf } from "./match-points.js";
import type { ReadBinding, ReadInterface, ReadTable } from "./readback.js";

/** What an interface is meant to be. */
interface Meant {
  readonly domain: DomainId;
  readonly addresses: readonly InterfaceAddress[];
  readonly virtual: readonly Address[];
  readonly mtu?: number;
}

/** Judges every interface that was read and belongs to a LAN or a circuit of the design. */
export function judgePorts(subject: Subject): readonly StructureFinding[] {
  const vrfs = new Map(subject.relations.estate.segments.map((one) => [one.name, one.vrf.value] as const));
  return subject.read.flatMap((target) => {
    const { interfaces, tables, bindings } = target.readback;
    const byId = new Map(tables.map((table) => [table.id, table] as const));
    return interfaces.flatMap((one): readonly StructureFinding[] => {
      const meant = meantAt(subject.design, placeOf(target, one.device) ?? one.device, one);
      if (meant === undefined) return [];
      const table = byId.get(one.table);
      return [
        ...tableFinding(one, table, vrfs.get(meant.domain)),
        ...addressFindings(one, meant),
        ...outFindings(one, bindings),
      ];
    });
  });
}

/** What has the interface: one LAN or circuit, since a design gives no port to two. */
function meantAt(design: Design, router: string, { port, vlan, outerVlan }: ReadInterface): Meant | undefined {
  const owner = portOwners(design).get(portKey({ router, port, vlan, outerVlan }))?.[0];
  if (owner === undefined) return undefined;
  if (owner.kind === "circuit") return meantOfCircuit(owner.circuit, owner.end);
  return meantOfLan(
    owner.lan,
    owner.attachment.addresses.map(({ value }) => value),
  );
}

/** Where one router alone is the gateway it has the gateway's address; where several are, each stands in for it. */
function meantOfLan(lan: LanAttachmentDesign, written: readonly InterfaceAddress[]): Meant {
  const { domain, gateways, nextHops, prefixes, mtu } = lan;
  const several = lan.attachments.length > 1;
  const about = { domain, ...(mtu === undefined ? {} : { mtu }) };
  if (several || nextHops.length > 0) {
    const near = gateways.filter((gateway) =>
      written.some((one) => addressIn(prefixOf(one.address, one.length), gateway)),
    );
    return { ...about, addresses: written, virtual: several && lan.vrrpGroup !== undefined ? near : [] };
  }
  const own = gateways.flatMap((address): readonly InterfaceAddress[] => {
    const around = prefixes.find((prefix) => addressIn(prefix, address));
    const known = written.some((one) => formatAddress(one.address) === formatAddress(address));
    return around === undefined || known ? [] : [{ address, length: around.length }];
  });
  return { ...about, addresses: [...written, ...own], virtual: [] };
}

function meantOfCircuit({ domain, addressing, mtu }: Circuit, end: 0 | 1): Meant {
  const known = addressing.flatMap((one) => (one.kind === "provider" ? [] : [one.ends]));
  return { domain, addresses: known.map((ends) => ends[end]), virtual: [], mtu };
}

function about(one: ReadInterface, kind: StructureFinding["kind"], what: string): StructureFinding {
  return { plane: "filter", kind, subject: one.id, what, place: one.at };
}

function tableFinding(
  one: ReadInterface,
  table: ReadTable | undefined,
  vrf: string | undefined,
): readonly StructureFinding[] {
  if (table === undefined || vrf === undefined || table.name === vrf) return [];
  return [about(one, "interface-differs", `it is in \`${table.name}\`, not in \`${vrf}\``)];
}

function addressFindings(one: ReadInterface, meant: Meant): readonly StructureFinding[] {
  const texts = (list: readonly InterfaceAddress[]): string =>
    list
      .map(({ address, length }) => `${formatAddress(address)}/${length}`)
      .sort()
      .join(", ") || "no address";
  const virtual = (list: readonly Address[]): string => [...list].map(formatAddress).sort().join(", ") || "none";
  const out: StructureFinding[] = [];
  const expect = (what: string, is: string, wanted: string): void => {
    if (is !== wanted) out.push(about(one, "interface-differs", `${what} ${is}, not ${wanted}`));
  };
  expect("it has", texts(one.addresses), texts(meant.addresses));
  expect("the shared address is", virtual(one.virtual), virtual(meant.virtual));
  if (meant.mtu !== undefined && meant.addresses.length > 0)
    expect("its MTU is", String(one.mtu ?? "not set"), String(meant.mtu));
  return out;
}

/** No point stands where packets leave a router. */
function outFindings(one: ReadInterface, bindings: readonly ReadBinding[]): readonly StructureFinding[] {
  return bindings
    .filter(({ direction, where }) => direction === "out" && where.kind === "interface" && where.interface === one.id)
    .map(({ at }) => ({
      ...about(one, "stray-filter", "what leaves is filtered, where nothing is meant to be"),
      place: at,
    }));
}
