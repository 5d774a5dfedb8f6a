/** What both ends of an IPsec tunnel must agree on, in neutral terms. */
import type { IpsecOptions } from "../../../compiler/model/estate.js";

/** One phase: IKE, or the ESP that carries the traffic. */
export interface Phase {
  readonly encryption: string;
  /** Absent where the cipher authenticates by itself (GCM). */
  readonly integrity?: string;
  readonly dhGroup: number | string;
  readonly lifetimeSeconds: number | string;
}

/** The proposal of a link's tunnels. */
export interface Proposal {
  readonly ikeVersion: number | string;
  readonly ike: Phase;
  readonly esp: Phase;
  readonly deadPeerSeconds: number | string;
}

/** Stands where `ike` of the link says nothing: one proposal that all clouds and router systems take. */
const DEFAULTS: Readonly<Record<string, string | number>> = {
  version: 2,
  encryption: "aes256",
  integrity: "sha256",
  "dh-group": 14,
  lifetime: 28_800,
  "esp-encryption": "aes256-gcm",
  "esp-lifetime": 3_600,
  "dpd-timeout": 30,
};

/** The proposal of a link: what it writes, else the defaults. A key without `esp-` counts for both phases. */
export function proposalOf(options: IpsecOptions | undefined): Proposal {
  const written = options?.ike;
  const one = (...keys: readonly string[]): string | number => {
    const found = keys.map((key) => written?.get(key)?.value).find((value) => value !== undefined);
    return found ?? keys.map((key) => DEFAULTS[key]).find((value) => value !== undefined) ?? "";
  };
  const phase = (prefix: "" | "esp-"): Phase => {
    const keys = (key: string): readonly string[] => (prefix === "" ? [key] : [`${prefix}${key}`, key]);
    const encryption = String(one(...keys("encryption")));
    const lifetimeSeconds = one(`${prefix}lifetime`);
    const dhGroup = prefix === "" ? one("dh-group") : one("pfs-group", "dh-group");
    const base = { encryption, dhGroup, lifetimeSeconds };
    return encryption.endsWith("gcm") ? base : { ...base, integrity: String(one(...keys("integrity"))) };
  };
  return { ikeVersion: one("version"), ike: phase(""), esp: phase("esp-"), deadPeerSeconds: one("dpd-timeout") };
}
