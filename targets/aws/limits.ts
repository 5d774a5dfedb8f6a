/**
 * Quotas of AWS as data, and what a tree uses of them.
 *
 * Each limit has its default, the most that AWS raises it to where that is known, and the vendor page it is from. A quota
 * that was raised is written under `limits` in `demarc.json`, for every account or for one.
 */

import type { RaisedLimit, Settings } from "../../compiler/config/settings.js";
import type { Headroom } from "../../compiler/contract.js";
import { nearest } from "../../compiler/suggest.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import { awsDiagnostics } from "./catalogue.js";

/** One quota. */
export interface Limit {
  /** What is counted, in the plural. */
  readonly what: string;
  readonly allowed: number;
  /** The most it can be raised to; absent where AWS names none. */
  readonly most?: number;
  /** False where AWS does not raise it. */
  readonly adjustable: boolean;
  /** Title of the vendor page, and the year it was read. */
  readonly source: string;
}

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
export interface Usage {
  readonly limit: LimitKey;
  readonly subject: string;
  readonly used: number;
  /** Folder of the module: the account, or the cloud where it has none. */
  readonly account: string;
  /** Where an excess is shown; found only then where it takes a search. */
  readonly span: Span | undefined | (() => Span | undefined);
}

/** Compares usages with the quotas: headroom for all, an error for each that is exceeded. */
export function judgeLimits(
  usages: readonly Usage[],
  settings: Settings,
  diagnostics: Diagnostics,
): readonly Headroom[] {
  const raised = raisedLimits(settings, diagnostics);
  return usages.map(({ limit, subject, used, account, span }) => {
    const { what, source } = awsLimits[limit];
    const allowed = allowedFor(limit, account, raised);
    if (used > allowed) {
      const at = typeof span === "function" ? span() : span;
      const help = awsLimits[limit].adjustable ? {} : { help: "AWS does not raise this quota: use fewer" };
      diagnostics.report(awsDiagnostics["aws-limit-exceeded"], { subject, used, allowed, what, limit }, at, help);
    }
    return { target: "aws", limit, subject, used, allowed, source };
  });
}

/** The value that counts: one for the account before one for all accounts before the default. */
function allowedFor(limit: LimitKey, account: string, raised: readonly RaisedLimit[]): number {
  const own = raised.filter((one) => one.limit === limit);
  const best = own.find((one) => one.account === account) ?? own.find((one) => one.account === undefined);
  return best?.value ?? awsLimits[limit].allowed;
}

/** The raised quotas that can be; the others are reported. */
function raisedLimits(settings: Settings, diagnostics: Diagnostics): readonly RaisedLimit[] {
  return settings.limits.filter((one) => {
    if (one.target !== "aws") return false;
    const why = refusal(one);
    if (why !== undefined)
      diagnostics.report(awsDiagnostics["aws-limit-setting"], { limit: one.limit, why }, undefined);
    return why === undefined;
  });
}

function refusal(raised: RaisedLimit): string | undefined {
  const known: Limit | undefined = Object.hasOwn(table, raised.limit) ? table[raised.limit as LimitKey] : undefined;
  if (known === undefined) {
    const near = nearest(raised.limit, Object.keys(table));
    return near === undefined ? "is no limit of AWS" : `is no limit of AWS; did you mean \`${near}\`?`;
  }
  if (!known.adjustable) return `is ${known.allowed} at AWS and is not raised`;
  if (known.most !== undefined && raised.value > known.most) return `is raised by AWS to ${known.most} at most`;
  return undefined;
}
