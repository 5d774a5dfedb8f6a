/** Which interface of which router stands for what of the design: a LAN's attachment, or one end of a circuit. */
import type { Circuit, Design, LanAttachmentDesign } from "../design/design.js";
import type { LanAttachment } from "../model/estate.js";

/** An interface of a router as the source names it, with its tags. */
export interface Port {
  readonly router: string;
  readonly port: string;
  readonly vlan: number | undefined;
  readonly outerVlan: number | undefined;
}

/** What of the design has a port. */
export type PortOwner =
  | { readonly kind: "lan"; readonly lan: LanAttachmentDesign; readonly attachment: LanAttachment }
  | { readonly kind: "circuit"; readonly circuit: Circuit; readonly end: 0 | 1 };

/** A text that is equal for equal ports. */
export function portKey({ router, port, vlan, outerVlan }: Port): string {
  return `${router} ${port} ${outerVlan ?? ""} ${vlan ?? ""}`;
}

const known = new WeakMap<Design, ReadonlyMap<string, readonly PortOwner[]>>();

/** The owners of every port of the design, by `portKey`; a sound design has one each. */
export function portOwners(design: Design): ReadonlyMap<string, readonly PortOwner[]> {
  const made = known.get(design) ?? indexed(design);
  known.set(design, made);
  return made;
}

function indexed(design: Design): ReadonlyMap<string, readonly PortOwner[]> {
  const out = new Map<string, PortOwner[]>();
  const add = (port: Port, owner: PortOwner): void => {
    const key = portKey(port);
    const list = out.get(key);
    if (list === undefined) out.set(key, [owner]);
    else list.push(owner);
  };
  for (const lan of design.attachments) {
    if (lan.kind !== "lan") continue;
    for (const attachment of lan.attachments) add(portOfLan(attachment), { kind: "lan", lan, attachment });
  }
  for (const circuit of design.circuits) {
    for (const end of [0, 1] as const) {
      const port = portOfEnd(circuit, end);
      if (port !== undefined) add(port, { kind: "circuit", circuit, end });
    }
  }
  return out;
}

/** The port of one router of a LAN. */
export function portOfLan({ router, interface: port, vlan, outerVlan }: LanAttachment): Port {
  return { router, port: port.value, vlan: vlan?.value, outerVlan: outerVlan?.value };
}

/** The port of one end of a circuit; undefined where files of ours configure none there. */
export function portOfEnd({ ends, vlan, outerVlan }: Circuit, end: 0 | 1): Port | undefined {
  const { place, interface: port } = ends[end];
  return place.kind !== "router" || port === undefined ? undefined : { router: place.name, port, vlan, outerVlan };
}
