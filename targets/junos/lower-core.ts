/** VPN sessions among the routers of a core: full mesh, or through the declared route reflectors. */

import type { Router } from "../../compiler/model/estate.js";
import type { Address } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { RouterSlice } from "../shared/routers/slice.js";
import { origins } from "./build.js";
import { junosDiagnostics } from "./catalogue.js";
import { OWNED_PREFIX } from "./limit-data.js";
import type { VpnGroup } from "./model.js";

/** The groups of one router; none where it has no peers or its sessions exist already. */
export function vpnGroups({ router, core, peers }: RouterSlice, diagnostics: Diagnostics): readonly VpnGroup[] {
  if (core === undefined || router.vpnSessions === "existing") return [];
  const reflects = core.reflectors.includes(router.name);
  const mesh = core.reflectors.length === 0;
  const equals = peers.filter(({ name }) => mesh || core.reflectors.includes(name));
  const clients = reflects ? peers.filter(({ name }) => !core.reflectors.includes(name)) : [];
  return [
    ...groupsOf(`${OWNED_PREFIX}CORE`, router, equals, false, diagnostics),
    ...groupsOf(`${OWNED_PREFIX}CLIENTS`, router, clients, true, diagnostics),
  ];
}

function groupsOf(
  name: string,
  router: Router,
  peers: readonly Router[],
  reflect: boolean,
  diagnostics: Diagnostics,
): readonly VpnGroup[] {
  const byFamily = new Map<number, { local: Address; neighbors: { address: Address; description: string }[] }>();
  for (const peer of peers) {
    const pair = commonLoopbacks(router, peer);
    if (pair === undefined) {
      diagnostics.report(
        junosDiagnostics["junos-no-common-loopback"],
        { router: router.name, peer: peer.name },
        router.span,
        {
          related: [{ message: `\`${peer.name}\` is declared here`, span: peer.span }],
        },
      );
      continue;
    }
    const [local, address] = pair;
    const group = byFamily.get(local.family) ?? { local, neighbors: [] };
    group.neighbors.push({ address, description: peer.name });
    byFamily.set(local.family, group);
  }
  return [...byFamily].map(([family, { local, neighbors }]) => ({
    name: family === 4 ? name : `${name}-V6`,
    localAddress: local,
    ...(reflect ? { cluster: clusterId(router) ?? local } : {}),
    neighbors,
    origins: origins(router.name, [router.span]),
  }));
}

/** A cluster id is written as an IPv4 address. */
function clusterId(router: Router): Address | undefined {
  return router.loopbacks.find(({ value }) => value.family === 4)?.value;
}

/** Loopbacks of one family, IPv4 before IPv6. */
function commonLoopbacks(a: Router, b: Router): readonly [Address, Address] | undefined {
  for (const family of [4, 6] as const) {
    const one = a.loopbacks.find(({ value }) => value.family === family)?.value;
    const other = b.loopbacks.find(({ value }) => value.family === family)?.value;
    if (one !== undefined && other !== undefined) return [one, other];
  }
  return undefined;
}
