/**
 * Limits of Azure as data, and the comparison with what a tree uses.
 *
 * Each limit has its default, whether Microsoft raises it, and the page it is from. A raised one is written under `limits`
 * in `demarc.json`, for every subscription or for one.
 */
import type { Settings } from "../../compiler/config/settings.js";
import type { Headroom } from "../../compiler/contract.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { judgeUsages, type Limit, type LimitTable, type Usage as UsageOf } from "../shared/terraform/limits.js";
import { azureDiagnostics } from "./catalogue.js";

const NETWORK = "Azure networking limits (2022)";
const WAN = "Azure Virtual WAN limits (2022)";
const EXPRESS_ROUTE = "ExpressRoute limits (2022)";

const table = {
  "networks-per-region": { what: "virtual networks in one region", allowed: 1_000, adjustable: true, source: NETWORK },
  "subnets-per-network": { what: "subnets", allowed: 3_000, adjustable: false, source: NETWORK },
  "peerings-per-network": {
    what: "peerings, one for each network it shares with",
    allowed: 500,
    adjustable: false,
    source: NETWORK,
  },
  "security-groups-per-region": {
    what: "security groups in one region",
    allowed: 5_000,
    adjustable: false,
    source: NETWORK,
  },
  "rules-per-security-group": { what: "rules of both directions", allowed: 1_000, adjustable: false, source: NETWORK },
  "prefixes-per-security-group": {
    what: "prefixes on one side of all its rules",
    allowed: 4_000,
    adjustable: false,
    source: NETWORK,
  },
  "route-tables-per-region": { what: "route tables in one region", allowed: 200, adjustable: true, source: NETWORK },
  "connections-per-hub": {
    what: "connected networks, for which there is room beside the hubs of the virtual WAN",
    allowed: 500,
    adjustable: false,
    source: WAN,
  },
  "routes-per-hub": { what: "routes", allowed: 10_000, adjustable: false, source: WAN },
  "vpn-connections-per-hub": { what: "VPN connections", allowed: 1_000, adjustable: false, source: WAN },
  "express-route-circuits-per-hub": { what: "ExpressRoute circuits", allowed: 8, adjustable: false, source: WAN },
  "links-per-vpn-site": { what: "tunnels of one circuit", allowed: 4, adjustable: false, source: WAN },
  "vpn-scale-units": {
    what: "scale units of 500 Mbps, for the bandwidths of its links",
    allowed: 20,
    adjustable: false,
    source: WAN,
  },
  "express-route-scale-units": {
    what: "scale units of 2 Gbps, for the bandwidths of its links",
    allowed: 10,
    adjustable: true,
    source: WAN,
  },
  "vpn-prefixes-in": {
    what: "prefixes towards Azure, above which the session goes down",
    allowed: 4_000,
    adjustable: false,
    source: "VPN Gateway FAQ, BGP (2019)",
  },
  "express-route-prefixes-in": {
    what: "prefixes towards Azure, above which the session goes down",
    allowed: 4_000,
    most: 10_000,
    adjustable: true,
    source: EXPRESS_ROUTE,
  },
  "express-route-prefixes-out": {
    what: "prefixes from Azure, above which the session goes down",
    allowed: 1_000,
    adjustable: false,
    source: EXPRESS_ROUTE,
  },
} as const satisfies Readonly<Record<string, Limit>>;

/** The key of a limit in `demarc.json`. */
export type LimitKey = keyof typeof table;

/** The limits, by the key that `demarc.json` uses. */
export const azureLimits: Readonly<Record<LimitKey, Limit>> = table;

/** How much one subject uses of one limit. */
export type Usage = UsageOf<LimitKey>;

const known: LimitTable<LimitKey> = {
  target: "azure",
  vendor: "Azure",
  word: "limit",
  limits: table,
  exceeded: azureDiagnostics["azure-limit-exceeded"],
  setting: azureDiagnostics["azure-limit-setting"],
};

/** Compares usages with the limits: headroom for all, an error for each that is exceeded. */
export function judgeLimits(
  usages: readonly Usage[],
  settings: Settings,
  diagnostics: Diagnostics,
): readonly Headroom[] {
  return judgeUsages(known, usages, settings, diagnostics);
}
