/**
 * The IPsec options of AWS tunnels: what `ike` of a link may say, which values AWS takes, and what stands without it.
 * Source: AWS Site-to-Site VPN User Guide, "Tunnel options for your AWS Site-to-Site VPN connection".
 */
import type { IpsecOptions } from "../../compiler/model/estate.js";
import type { Span } from "../../grammar/source.js";
import type { TunnelOptions } from "./resources.js";

/** The options of a tunnel that `ike` decides. */
export type Proposal = Omit<TunnelOptions, "inside_cidr" | "inside_ipv6_cidr" | "preshared_key">;

/** Why a value of `ike` is refused. */
export interface IkeFault {
  readonly key: string;
  readonly value?: string;
  readonly allowed: string;
  readonly span: Span;
}

/** The proposal that stands where `ike` says nothing: one that all three clouds and the routers accept. */
export const defaultProposal: Proposal = {
  ike_versions: ["ikev2"],
  phase1_encryption_algorithms: ["AES256"],
  phase1_integrity_algorithms: ["SHA2-256"],
  phase1_dh_group_numbers: [14],
  phase1_lifetime_seconds: 28_800,
  phase2_encryption_algorithms: ["AES256-GCM-16"],
  phase2_integrity_algorithms: ["SHA2-256"],
  phase2_dh_group_numbers: [14],
  phase2_lifetime_seconds: 3_600,
  dpd_timeout_action: "restart",
  dpd_timeout_seconds: 30,
  startup_action: "add",
};

const encryptions: ReadonlyMap<string, string> = new Map([
  ["aes128", "AES128"],
  ["aes256", "AES256"],
  ["aes128-gcm", "AES128-GCM-16"],
  ["aes256-gcm", "AES256-GCM-16"],
]);
const integrities: ReadonlyMap<string, string> = new Map([
  ["sha256", "SHA2-256"],
  ["sha384", "SHA2-384"],
  ["sha512", "SHA2-512"],
]);
/** Groups of at least 2048 bits that AWS has in both phases. */
const groups: readonly number[] = [14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

type Setter = (value: string | number) => Partial<Proposal> | undefined;

interface IkeOption {
  readonly allowed: string;
  readonly set: Setter;
}

const named =
  (table: ReadonlyMap<string, string>, use: (value: string) => Partial<Proposal>): Setter =>
  (value) => {
    const found = table.get(String(value).toLowerCase());
    return found === undefined ? undefined : use(found);
  };

const number =
  (low: number, high: number, use: (value: number) => Partial<Proposal>): Setter =>
  (value) =>
    typeof value === "number" && value >= low && value <= high ? use(value) : undefined;

const group =
  (use: (value: number) => Partial<Proposal>): Setter =>
  (value) =>
    typeof value === "number" && groups.includes(value) ? use(value) : undefined;

const names = (table: ReadonlyMap<string, string>): string => [...table.keys()].map((key) => `\`${key}\``).join(", ");
const groupNames = groups.join(", ");

/** The keys of `ike` that AWS serves. Those without `esp-` count for both phases where AWS has one value for both. */
export const ikeOptions: ReadonlyMap<string, IkeOption> = new Map<string, IkeOption>([
  [
    "version",
    { allowed: "1 or 2", set: number(1, 2, (value) => ({ ike_versions: [value === 1 ? "ikev1" : "ikev2"] })) },
  ],
  [
    "encryption",
    {
      allowed: names(encryptions),
      set: named(encryptions, (value) => ({
        phase1_encryption_algorithms: [value],
        phase2_encryption_algorithms: [value],
      })),
    },
  ],
  [
    "integrity",
    {
      allowed: names(integrities),
      set: named(integrities, (value) => ({
        phase1_integrity_algorithms: [value],
        phase2_integrity_algorithms: [value],
      })),
    },
  ],
  [
    "dh-group",
    {
      allowed: groupNames,
      set: group((value) => ({ phase1_dh_group_numbers: [value], phase2_dh_group_numbers: [value] })),
    },
  ],
  [
    "lifetime",
    { allowed: "900 to 28800 seconds", set: number(900, 28_800, (value) => ({ phase1_lifetime_seconds: value })) },
  ],
  [
    "esp-encryption",
    {
      allowed: names(encryptions),
      set: named(encryptions, (value) => ({ phase2_encryption_algorithms: [value] })),
    },
  ],
  [
    "esp-integrity",
    { allowed: names(integrities), set: named(integrities, (value) => ({ phase2_integrity_algorithms: [value] })) },
  ],
  ["pfs-group", { allowed: groupNames, set: group((value) => ({ phase2_dh_group_numbers: [value] })) }],
  [
    "esp-lifetime",
    { allowed: "900 to 3600 seconds", set: number(900, 3_600, (value) => ({ phase2_lifetime_seconds: value })) },
  ],
  [
    "dpd-timeout",
    { allowed: "30 seconds or more", set: number(30, 86_400, (value) => ({ dpd_timeout_seconds: value })) },
  ],
]);

/** The proposal of a link's tunnels, and what of its `ike` AWS does not take. */
export function proposalOf(options: IpsecOptions | undefined): {
  readonly proposal: Proposal;
  readonly faults: readonly IkeFault[];
} {
  let proposal = defaultProposal;
  const faults: IkeFault[] = [];
  const written = options?.ike ?? new Map();
  for (const key of [...ikeOptions.keys(), ...written.keys()].filter((one, i, all) => all.indexOf(one) === i)) {
    const given = written.get(key);
    if (given === undefined) continue;
    const option = ikeOptions.get(key);
    const change = option?.set(given.value);
    if (change !== undefined) proposal = { ...proposal, ...change };
    else if (option === undefined) {
      const allowed = [...ikeOptions.keys()].map((one) => `\`${one}\``).join(", ");
      faults.push({ key, allowed, span: given.span });
    } else faults.push({ key, value: String(given.value), allowed: option.allowed, span: given.span });
  }
  // RFC 5282 defines GCM for the first phase of IKEv2 alone.
  const version = written.get("version");
  if (version?.value === 1 && proposal.phase1_encryption_algorithms.some((one) => one.includes("GCM"))) {
    const allowed = "IKE of version 2 for GCM in the first phase (`version = 2`, or `encryption` without it)";
    faults.push({ key: "version", value: "1", allowed, span: version.span });
  }
  const lifetime = written.get("lifetime") ?? written.get("esp-lifetime");
  if (lifetime !== undefined && proposal.phase2_lifetime_seconds >= proposal.phase1_lifetime_seconds) {
    const allowed = "a lifetime of the first phase (`lifetime`) above that of the second (`esp-lifetime`, 3600)";
    faults.push({ key: "lifetime", value: String(lifetime.value), allowed, span: lifetime.span });
  }
  return { proposal, faults };
}
