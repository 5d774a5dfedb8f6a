/**
 * Quotas of AWS as data, and what a tree uses of them.
 *
 * Each limit has its default, the most that AWS raises it to where that is known, and the vendor page it is from. A quota
 * that was raised is written under `limits` in `demarc.json`, for every account or for one.
 */
import type { Settings } from "../../compiler/config/settings.js";
import type { Headroom } from "../../compiler/contract.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { judgeUsages, type Limit, type LimitTable, type Usage as UsageOf } from "../shared/terraform/limits.js";
import { awsDiagnostics } from "./catalogue.js";

const VPC = "Amazon VPC quotas (2026)";
const TGW = "AWS Transit Gateway quotas (2026)";
const DX = "AWS Direct Connect quotas (2023)";
const VPN = "AWS Site-to-Site VPN quotas (2023)";

const table = {
  "vpcs-per-region": { what: "VPCs in one region", allowed: 5, adjustable: true, source: VPC },
  "ipv4-prefixes-per-vpc": { what: "IPv4 prefixes", allowed: 5, most: 50, adjustable: true, source: VPC },
  "ipv6-prefixes-per-vpc": { what: "IPv6 prefixes", allowed: 5, most: 50, adjustable: true, source: VPC },
  "subnets-per-vpc": { what: "subnets", allowed: 200, adjustable: true, source: VPC },
  "routes-per-route-table": {
    what: "static routes of one family",
    allowed: 500,
    most: 1_000,
    adjustable: true,
    source: VPC,
  },
  "security-groups-per-region": {
    what: "security groups in one region",
    allowed: 2_500,
    adjustable: true,
    source: VPC,
  },
  "rules-per-security-group": {
    what: "rules of one direction and family",
    allowed: 60,
    most: 1_000,
    adjustable: true,
    source: VPC,
  },
  "prefix-lists-per-region": { what: "prefix lists in one region", allowed: 100, adjustable: true, source: VPC },
  "prefix-list-entries": { what: "entries", allowed: 1_000, adjustable: true, source: VPC },
  "transit-gateways-per-account": { what: "transit gateways", allowed: 5, adjustable: true, source: TGW },
  "transit-gateway-route-tables": {
    what: "route tables, one for each segment and one for its links where there are several",
    allowed: 20,
    adjustable: true,
    source: TGW,
  },
  "transit-gateway-routes": { what: "routes over all its tables", allowed: 10_000, adjustable: true, source: TGW },
  "transit-gateway-attachments": { what: "attachments", allowed: 5_000, adjustable: false, source: TGW },
  "direct-connect-gateways-per-transit-gateway": {
    what: "Direct Connect gateways, one for each segment",
    allowed: 20,
    adjustable: false,
    source: DX,
  },
  "transit-interfaces-per-connection": {
    what: "transit virtual interfaces, one for each carried segment",
    allowed: 4,
    adjustable: false,
    source: DX,
  },
  "transit-interfaces-per-hosted-connection": {
    what: "transit virtual interfaces, one for each carried segment",
    allowed: 1,
    adjustable: false,
    source: DX,
  },
  "direct-connect-prefixes-in": {
    what: "prefixes of one family towards AWS, above which the session goes down",
    allowed: 100,
    adjustable: false,
    source: DX,
  },
  "direct-connect-prefixes-out": { what: "allowed prefixes", allowed: 200, adjustable: false, source: DX },
  "customer-gateways-per-region": {
    what: "customer gateways in one region",
    allowed: 50,
    adjustable: true,
    source: VPN,
  },
  "vpn-connections-per-region": { what: "VPN connections in one region", allowed: 50, adjustable: true, source: VPN },
  "vpn-routes-in": { what: "routes towards AWS", allowed: 1_000, adjustable: false, source: VPN },
  "vpn-routes-out": { what: "routes from AWS", allowed: 5_000, adjustable: false, source: VPN },
} as const satisfies Readonly<Record<string, Limit>>;

/** The key of a quota in `demarc.json`. */
export type LimitKey = keyof typeof table;

/** The quotas, by the key that `demarc.json` uses. */
export const awsLimits: Readonly<Record<LimitKey, Limit>> = table;

/** How much one subject uses of one quota. */
export type Usage = UsageOf<LimitKey>;

const known: LimitTable<LimitKey> = {
  target: "aws",
  vendor: "AWS",
  word: "quota",
  limits: table,
  exceeded: awsDiagnostics["aws-limit-exceeded"],
  setting: awsDiagnostics["aws-limit-setting"],
};

/** Compares usages with the quotas: headroom for all, an error for each that is exceeded. */
export function judgeLimits(
  usages: readonly Usage[],
  settings: Settings,
  diagnostics: Diagnostics,
): readonly Headroom[] {
  return judgeUsages(known, usages, settings, diagnostics);
}
