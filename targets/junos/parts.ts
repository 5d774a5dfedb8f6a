/**
 * Parts of LANs that are announced as prefixes of their own.
 *
 * Junos has no route onto a broadcast interface (a static route wants a next hop there). So: a part behind a `next-hop`
 * gets a static route to it; a single host gets a static route to itself, resolved on the LAN; a larger part gets a
 * route that is announced but never installed, while packets keep following the LAN's connected route (labelled packets
 * are looked up in the instance because of `vrf-table-label`). A domain that shares a larger part on the same router
 * looks it up in the LAN's table instead of importing it.
 */
import { accepts } from "../../compiler/design/accepted.js";
import type { Prefix } from "../../grammar/address.js";
import { familyBits } from "../../grammar/address.js";
import type { InstanceSlice, LanSlice, LeakSlice, RouterSlice } from "../shared/routers/slice.js";
import { filterKey } from "./policy-terms.js";

/** True where the part is a single address. */
export function isHost(prefix: Prefix): boolean {
  return prefix.length === familyBits(prefix.family);
}

/** A part of a LAN of another domain on the same router which an instance reaches by that domain's table. */
export interface LocalPart {
  readonly prefix: Prefix;
  readonly leak: LeakSlice;
  /** The instance that has the LAN. */
  readonly owner: InstanceSlice;
}

/** The LAN whose announce-only part a prefix is, among the LANs of an instance. */
function announceOnlyPart(instance: InstanceSlice, prefix: Prefix): LanSlice | undefined {
  if (isHost(prefix)) return undefined;
  return instance.lans.find(
    ({ lan }) =>
      lan.nextHops.length === 0 && lan.parts.some((part) => filterKey({ prefix: part }) === filterKey({ prefix })),
  );
}

/** The local parts that an instance imports, sorted as the leaks and their prefixes are. */
export function localParts(slice: RouterSlice, instance: InstanceSlice): readonly LocalPart[] {
  return instance.leaks.flatMap((leak) => {
    const ownerDomain = leak.role === "to" ? leak.leak.from : leak.leak.to;
    const owner = slice.instances.find((one) => one.instance.domain === ownerDomain);
    if (owner === undefined) return [];
    return leak.imports
      .filter(({ prefix }) => announceOnlyPart(owner, prefix) !== undefined)
      .map(({ prefix }) => ({ prefix, leak, owner }));
  });
}

/** True where an instance originates an announced prefix on this router: by a LAN, a part of one, or a circuit. */
export function originatesHere(instance: InstanceSlice, prefix: Prefix): boolean {
  const byRoute = instance.instance.routes.some((route) => {
    if (route.origin.kind !== "attachment" && route.origin.kind !== "circuit") return false;
    return accepts(route, prefix);
  });
  return (
    byRoute ||
    instance.lans.some(({ lan }) => lan.parts.some((part) => filterKey({ prefix: part }) === filterKey({ prefix }))) ||
    instance.circuits.some(({ far }) => far.announces.some((one) => accepts(one, prefix)))
  );
}
