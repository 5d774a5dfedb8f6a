/** Putting the estate together from what is sound. */
import { compareCodePoints } from "../../grammar/source.js";
import type { Estate, External, Host, Network, Omissions, Router, Subnet } from "../model/estate.js";
import type { Drafts } from "./declarations/drafts.js";

/** The declarations of the estate, without what is faulty, sorted by name. */
export type Places = Pick<Estate, "name" | "segments" | "clouds" | "routers" | "externals" | "networks" | "links"> &
  Partial<Pick<Estate, "header">>;

/** The sound part of the drafts. */
export function soundPlaces(drafts: Drafts): Places {
  const { header } = drafts;
  return {
    name: header?.name ?? "estate",
    ...(header === undefined ? {} : { header }),
    segments: byName(drafts.sound(drafts.segments)),
    clouds: byName(drafts.sound(drafts.clouds)),
    routers: byName(drafts.sound(drafts.routers).map((router) => withAsn(router, drafts))),
    externals: byName(drafts.sound(drafts.externals).map((each) => soundExternal(each, drafts))),
    networks: byName(drafts.sound(drafts.networks).map((each) => soundNetwork(each, drafts))),
    links: byName(drafts.soundLinks()),
  };
}

/** A router without an ASN of its own has the estate's. */
function withAsn(router: Router, { header }: Drafts): Router {
  if (router.asn !== undefined || header?.asn === undefined) return router;
  return { ...router, asn: header.asn };
}

function soundExternal(external: External, drafts: Drafts): External {
  return { ...external, hosts: soundHosts(external.hosts, drafts) };
}

function soundNetwork(network: Network, drafts: Drafts): Network {
  const subnets = network.subnets
    .filter(({ path }) => !drafts.faulty.has(path))
    .map((subnet): Subnet => ({ ...subnet, hosts: soundHosts(subnet.hosts, drafts) }));
  return { ...network, subnets: byName(subnets), hosts: soundHosts(network.hosts, drafts) };
}

function soundHosts(hosts: readonly Host[], { faulty }: Drafts): readonly Host[] {
  return byName(hosts.filter(({ path }) => !faulty.has(path)));
}

function byName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => compareCodePoints(a.name, b.name));
}

/** Both of two accounts of what is missing. */
export function joinOmissions(a: Omissions, b: Omissions): Omissions {
  return { any: a.any || b.any, routing: a.routing || b.routing };
}
